//! Alphabets and small words of languages: `data/language/`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Language;
use crate::table;
use crate::text::{Filter, Script, Text};

/// Scripts that the tables know: Latin, Cyrillic.
pub(super) const SCRIPTS: usize = 2;

/// No more languages than bits.
const MOST: usize = 40;

/// For each language of the tables, what speaks for it.
#[derive(Clone, Debug)]
pub(super) struct Scores {
    by: [f32; MOST],
}

impl Default for Scores {
    fn default() -> Self {
        Self { by: [0.0; MOST] }
    }
}

impl Scores {
    /// Adds to the languages of the bits.
    #[inline]
    fn add_to(&mut self, mut languages: u64, worth: f32) {
        while languages != 0 {
            if let Some(sum) = self.by.get_mut(languages.trailing_zeros() as usize) {
                *sum += worth;
            }
            languages &= languages - 1;
        }
    }

    pub(super) fn add(&mut self, other: &Scores) {
        for (sum, more) in self.by.iter_mut().zip(&other.by) {
            *sum += more;
        }
    }
}

#[derive(Debug)]
struct Row {
    language: Language,
    code: &'static str,
    script: usize,
}

/// The tables, ready for look-ups.
#[derive(Debug)]
pub(crate) struct Tables {
    rows: Vec<Row>,
    /// Languages of each script, as bits.
    of_script: [u64; SCRIPTS],
    /// For a letter outside ASCII, the languages that have it.
    letters: FxHashMap<char, u64>,
    /// The same for the Cyrillic block, by place.
    cyrillic: Vec<u64>,
    /// Small words: the languages that have them, and what each is worth, by number.
    small: Vec<(u64, f32)>,
    /// Their numbers by hash.
    words: FxHashMap<u64, u16>,
    /// Endings of two to four letters, the same way, by number.
    endings: Vec<(u64, f32)>,
    numbers: FxHashMap<&'static str, u16>,
    /// Which last letters may be those of an ending.
    last: Filter,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// What a word with a letter that a language does not have costs that language.
const FOREIGN: f32 = 2.0;
/// What `whatlang` adds to the language that it names, times its confidence.
const TRIGRAMS: f32 = 2.0;
/// What an ending is worth beside a whole word.
const ENDING: f32 = 0.5;
/// Texts of this program are in these more often than in others.
const PRIOR: f32 = 1.0;
/// Above this margin the tables need no second witness for a script that is not the main one.
const CLEAR: f32 = 3.0;
/// Above this margin no second witness changes the language: none is asked.
const SETTLED: f32 = 4.0;
/// Languages as close as this are not told apart.
const OPEN: f32 = 0.3;
/// Above this mean cost of its letter pairs a sample is not Russian, see `decode::russian_cost`.
const UNRUSSIAN: f32 = 33.0;

/// The last two letters of a Cyrillic word, as a number.
fn last_letters(word: &str) -> u64 {
    word.as_bytes().last_chunk().map_or(0, |&bytes| u64::from(u32::from_le_bytes(bytes)))
}

impl Tables {
    pub(crate) fn get() -> &'static Self {
        &TABLES
    }

    fn read() -> Self {
        let mut tables = Self {
            rows: Vec::new(),
            of_script: [0; SCRIPTS],
            letters: FxHashMap::default(),
            cyrillic: Vec::new(),
            small: Vec::new(),
            words: FxHashMap::default(),
            endings: Vec::new(),
            numbers: FxHashMap::default(),
            last: Filter::new(13),
        };
        let alphabets: Vec<[&'static str; 4]> = table::rows(include_str!("../../data/language/alphabets.tsv")).take(MOST).collect();
        for (number, [code, script, more, lacks]) in alphabets.iter().enumerate() {
            let script = usize::from(*script == "Cyrillic");
            tables.rows.push(Row { language: Language::of_code(code), code, script });
            tables.of_script[script] |= 1 << number;
            if script == 1 {
                for c in ('а'..='я').filter(|&c| !lacks.contains(c)) {
                    *tables.letters.entry(c).or_default() |= 1 << number;
                }
            }
            for c in more.chars() {
                *tables.letters.entry(c).or_default() |= 1 << number;
            }
        }
        let capitals: Vec<(char, u64)> =
            tables.letters.iter().flat_map(|(&c, &mask)| c.to_uppercase().map(move |upper| (upper, mask))).collect();
        for (upper, mask) in capitals.into_iter().filter(|(c, _)| !c.is_ascii()) {
            *tables.letters.entry(upper).or_default() |= mask;
        }
        tables.cyrillic = ('\u{400}'..='\u{52f}').map(|c| tables.letters.get(&c).copied().unwrap_or(0)).collect();
        for [code, script, words] in table::rows(include_str!("../../data/language/words.tsv")) {
            let script = usize::from(script == "Cyrillic");
            let Some(number) = tables.rows.iter().position(|row| row.code == code && row.script == script) else { continue };
            let spaced = words.replace('|', " ");
            for token in &Text::new(&spaced).tokens {
                let next = tables.small.len() as u16;
                let at = *tables.words.entry(token.hash).or_insert(next);
                if at == next {
                    tables.small.push((0, 0.0));
                }
                tables.small[usize::from(at)].0 |= 1 << number;
            }
        }
        for [code, script, endings] in table::rows(include_str!("../../data/language/endings.tsv")) {
            let script = usize::from(script == "Cyrillic");
            let Some(number) = tables.rows.iter().position(|row| row.code == code && row.script == script) else { continue };
            for ending in table::values(endings) {
                tables.last.add(last_letters(ending));
                let next = tables.endings.len() as u16;
                let at = *tables.numbers.entry(ending).or_insert(next);
                if at == next {
                    tables.endings.push((0, 0.0));
                }
                tables.endings[usize::from(at)].0 |= 1 << number;
            }
        }
        for (mask, worth) in &mut tables.endings {
            *worth = ENDING / (mask.count_ones() as f32).sqrt();
        }
        for (mask, worth) in &mut tables.small {
            // a word of many languages tells less
            *worth = 2.0 / (mask.count_ones() as f32).sqrt();
        }
        tables
    }

    /// Whether a language may be written in a script: any in one that the tables do not know.
    pub(super) fn may_write(&self, language: Language, script: usize) -> bool {
        script >= SCRIPTS || self.rows.iter().any(|row| row.script == script && row.language == language)
    }

    /// The languages whose alphabets have all letters of a folded word.
    pub(crate) fn alphabets(&self, fold: &str) -> u64 {
        let mut own = u64::MAX;
        for c in fold.chars().filter(|c| !c.is_ascii()) {
            let at = (c as usize).wrapping_sub(0x400);
            own &= match self.cyrillic.get(at) {
                Some(&mask) => mask,
                // a letter of no alphabet here tells nothing
                None => self.letters.get(&c).copied().unwrap_or(u64::MAX),
            };
        }
        own
    }

    /// The number of the longest ending of a word that leaves a stem of two Cyrillic letters or more;
    /// 0 for none.
    pub(crate) fn ending(&self, word: &str) -> u16 {
        if word.is_ascii() || !self.last.may_hold(last_letters(word)) {
            return 0;
        }
        [8, 6, 4]
            .into_iter()
            .filter_map(|n| word.len().checked_sub(n))
            .filter(|&at| at >= 4)
            .find_map(|at| word.get(at..).and_then(|ending| self.numbers.get(ending)))
            .map_or(0, |&number| number + 1)
    }

    /// The number of a small word by its hash; 0 for none.
    pub(crate) fn small_word(&self, hash: u64) -> u16 {
        self.words.get(&hash).map_or(0, |&number| number + 1)
    }

    /// Adds what the word of token `i` says.
    pub(super) fn hear(&self, script: usize, text: &Text, i: usize, scores: &mut Scores) {
        let token = &text.tokens[i];
        let facts = text.facts(i);
        let small = facts.map_or_else(|| self.small_word(token.hash), |facts| facts.small);
        if let Some(&(mask, worth)) = self.small.get(usize::from(small).wrapping_sub(1)) {
            // a capital letter alone is an initial, not the Czech preposition, and "ozersk.com" ends in no Portuguese one
            let initial = token.span.len() == 1 && token.is_capital() && !matches!(text.str(i), "A" | "I");
            let domain = !token.spaced && i > 0 && text.mark(i - 1) == b'.';
            scores.add_to(if initial || domain { 0 } else { mask & self.of_script[script] }, worth);
        }
        let plain = text.is_plain(i);
        if plain && token.script == Script::Latin {
            return; // all of ASCII
        }
        let word = text.str(i);
        // a word in small letters without a ё is its folded form
        let facts = facts.filter(|_| plain);
        if facts.is_none() && word.is_ascii() {
            return;
        }
        if script == 1 {
            let ending = facts.map_or_else(|| self.ending(word), |facts| facts.ending);
            if let Some(&(mask, worth)) = self.endings.get(usize::from(ending).wrapping_sub(1)) {
                scores.add_to(mask, worth);
            }
        }
        let own = facts.map_or_else(|| self.alphabets(word), |facts| facts.alphabets);
        let foreign = self.of_script[script] & !own;
        if foreign != 0 {
            // names come from anywhere
            let is_capital = !plain && word.starts_with(char::is_uppercase);
            scores.add_to(foreign, if is_capital { -FOREIGN / 4.0 } else { -FOREIGN });
        }
    }

    fn ranked(&self, script: usize, scores: &Scores, trigrams: Option<(&str, f32)>) -> Vec<(Language, f32)> {
        let mut ranked: Vec<(Language, f32)> = self
            .rows
            .iter()
            .zip(&scores.by)
            .filter(|(row, _)| row.script == script)
            .map(|(row, &score)| {
                let prior = if matches!(row.code, "en" | "ru") { PRIOR } else { 0.0 };
                let heard = trigrams.map_or(0.0, |(code, sure)| if code == row.code { TRIGRAMS * sure } else { 0.0 });
                (row.language, score + prior + heard)
            })
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked
    }

    /// The language of a text with these scores, with a certainty.
    pub(super) fn decide(&self, script: usize, scores: &Scores, sample: &str, always: bool) -> (Language, f32) {
        let mut ranked = self.ranked(script, scores, None);
        if let [(best, first), (_, second), ..] = ranked.as_slice()
            && first - second > SETTLED
            && !(*best == Language::Russian && sample.len() > 80 && crate::decode::russian_cost(sample) > UNRUSSIAN)
        {
            return (*best, certainty(first - second));
        }
        if always || matches!(ranked.as_slice(), [(_, first), (_, second), ..] if first - second < CLEAR) {
            let trigrams = super::by_trigrams(sample);
            ranked = self.ranked(script, scores, trigrams);
        }
        if ranked.first().is_some_and(|r| r.0 == Language::Russian) && sample.len() > 80 {
            let cost = crate::decode::russian_cost(sample);
            if cost > UNRUSSIAN {
                ranked[0].1 -= cost - UNRUSSIAN;
                ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
            }
        }
        match ranked.as_slice() {
            [(best, first), (_, second), ..] if first - second > OPEN => (*best, certainty(first - second)),
            _ => (Language::Unknown, 0.0),
        }
    }

    /// The best language of a line, and by how much it is better than the usual one of its script.
    pub(super) fn best_beside(&self, script: usize, scores: &Scores, usual: Language) -> (Language, f32) {
        let (mut best, mut most, mut of_usual) = (usual, 0.0, 0.0);
        for (row, &score) in self.rows.iter().zip(&scores.by).filter(|(row, _)| row.script == script) {
            if row.language == usual {
                of_usual = score;
            }
            if score > most {
                (best, most) = (row.language, score);
            }
        }
        if of_usual >= most { (usual, 0.0) } else { (best, most - of_usual) }
    }
}

/// How sure a language is that is ahead of the next by so much, from 0 to 1.
fn certainty(margin: f32) -> f32 {
    1.0 - (-margin / 3.0).exp()
}

/// ISO 639-1 by ISO 639-3.
static CODES: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| table::rows(include_str!("../../data/language/codes.tsv")).map(|[long, short]| (long, short)).collect());

/// A language as `whatlang` names it; none that it does not know.
pub(super) fn whatlang(language: Language) -> Option<whatlang::Lang> {
    let code = language.code()?;
    whatlang::Lang::all().iter().copied().find(|&own| two_letters(own) == Some(code))
}

/// The ISO 639-1 code of a language that `whatlang` names.
pub(super) fn two_letters(language: whatlang::Lang) -> Option<&'static str> {
    CODES.get(language.code()).copied()
}
