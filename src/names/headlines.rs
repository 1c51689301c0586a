//! Headlines: which capitals of a line in Title Case or ALL CAPS tell of a name.
//!
//! "Reed Opens Renovated Library" has a capital on every word. A careful reader takes the line for what a
//! sentence would be, "Reed opens renovated library": a word that the rest of the text, or most texts, write
//! in small letters is ordinary, one that the text has with a capital inside a sentence is of a name, and so
//! is what the tables of bodies and places know as more than one word. Words that names of bodies are made
//! of ("Ministry", "National") are ordinary only where the text says so and nothing of a name stands beside
//! them. The tokens get the case that they would have in the sentence, so that all finders read the line as
//! they read any other. Known in the field as truecasing (Lita et al. 2003).
//!
//! English only, in the headline, the lines beside it and subheads that begin with "On", "How" and the like.
//! Limits: a name of ordinary words that stands in the headline alone is lost.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::Language;
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::{self, CALENDAR, DEMONYM, FIRST_NAME, OF_NAMES, POST, TITLE};
use crate::organizations::{self, KnownBody};
use crate::page::Page;
use crate::places::{self, Candidate};
use crate::table;
use crate::text::{Case, Filter, Kind, Script, Text, Token, hash};

/// Words that English texts write in small letters, by hash.
static ORDINARY: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let rows = table::rows::<2>(include_str!("../../data/text/ordinary.tsv"));
    let mut words = FxHashSet::with_capacity_and_hasher(12_000, rustc_hash::FxBuildHasher);
    rows.for_each(|[_, row]| words.extend(row.split(' ').map(hash)));
    words
});

/// How many lines from the headline on may be a second headline.
const LINES: usize = 4;
/// Tokens of a headline before a colon or somebody's words.
const BEFORE_QUOTE: usize = 4;
/// Words of a line that is a headline only with a verb.
const SHORT: usize = 4;
/// Tokens of a name in quotation marks.
const QUOTED: usize = 10;
/// Words of a line that are looked at: a headline has fewer.
const LONGEST: usize = 80;

/// How a line is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Titled,
    Shouted,
}

/// A line, or its beginning, that is written like a headline.
struct Headline {
    /// From the first to one past the last.
    tokens: (usize, usize),
    style: Style,
}

/// What the text shows of a word outside of headlines.
#[derive(Clone, Copy, Debug, Default)]
struct Shown {
    small: u32,
    /// With a capital inside a sentence.
    capital: u32,
    /// In capitals.
    upper: u32,
}

/// What the text shows of the words of its headlines.
struct Evidence {
    words: FxHashMap<u64, Shown>,
    /// Words with capitals that stand beside one another, of which one is a headline's.
    pairs: FxHashSet<(u64, u64)>,
}

impl Evidence {
    fn of(&self, token: &Token) -> Shown {
        self.words.get(&token.hash).copied().unwrap_or_default()
    }

    /// Whether the text has token `i` beside a neighbour of the line, both with capitals.
    fn has_pair(&self, text: &Text, i: usize) -> bool {
        let beside = |a: usize, b: usize| text.same_line(a, b) && self.pairs.contains(&(text.tokens[a].hash, text.tokens[b].hash));
        i > 0 && beside(i - 1, i) || beside(i, i + 1)
    }
}

/// What the tables know in a page, its headlines settled.
pub(super) fn looked_up(page: &mut Page) -> (Vec<Candidate>, Vec<KnownBody>) {
    let (mut places, bodies) = (places::lookup(page, &places::Gazetteer::default()), organizations::lookup(page));
    settle(page, &mut places, &bodies);
    (places, bodies)
}

/// Gives the words of headlines the case that they would have in a sentence, and takes the places away whose
/// names turn out to be ordinary words.
pub(crate) fn settle(page: &mut Page, places: &mut Vec<Candidate>, bodies: &[KnownBody]) {
    let lines = headlines(page);
    if lines.is_empty() {
        return;
    }
    let evidence = evidence(page, &lines);
    let mut changed = Vec::new();
    for line in &lines {
        read(page, line, &evidence, places, bodies, &mut changed);
    }
    for &(i, case) in &changed {
        page.text.set_case(i, case);
    }
    let text = &page.text;
    places.retain(|place| {
        place.tokens.1 != place.tokens.0 + 1 || text.tokens[place.tokens.0 as usize].case != Case::Lower || place.abbreviation
    });
}

/// The headline and lines below it that are written like one.
fn headlines(page: &Page) -> Vec<Headline> {
    let text = &page.text;
    let Some(first) = title_line(page) else { return Vec::new() };
    let at = text.lines[first].tokens.0 as usize;
    if page.language_of(at) != Language::English && page.languages.main != Language::English {
        return Vec::new();
    }
    let near = (first..text.lines.len().min(first + LINES)).filter(|&n| n == first || !page.in_furniture(text.lines[n].span));
    let near = near.filter_map(|n| headline(page, n, n == first).filter(|line| n == first || is_told(text, line)));
    let below = (first + LINES..text.lines.len()).filter(|&n| is_subhead(page, n)).filter_map(|n| headline(page, n, false));
    near.chain(below).collect()
}

/// "On the Need for Clean Rivers:", "How Young Farmers Learn": what such a line begins with begins no name.
fn is_subhead(page: &Page, n: usize) -> bool {
    let (text, first) = (&page.text, page.text.lines[n].tokens.0 as usize);
    page.words().is_titled(text, first)
        && matches!(text.fold(first), "on" | "how" | "why" | "what" | "when" | "where" | "about")
        && text.tokens[first].line as usize == n
        && text.mark(text.lines[n].tokens.1.saturating_sub(1) as usize) != b'.'
}

/// The line of the headline; where none is known, the first line if it tells something as headlines do.
fn title_line(page: &Page) -> Option<usize> {
    let text = &page.text;
    if let Some(title) = page.zones.title {
        return text.tokens.get(text.token_at(title.start)).map(|t| t.line as usize);
    }
    let first = text.tokens.first()?.line as usize;
    let (from, end) = (text.lines[first].tokens.0 as usize, text.lines[first].tokens.1 as usize);
    let told = (from..end).any(|i| tells(text, i)) || is_told(text, &Headline { tokens: (from, end), style: Style::Titled });
    let free = !page.in_furniture(text.lines[first].span) && !matches!(text.mark(end.saturating_sub(1)), b'.' | b':');
    (told && free && end < text.tokens.len()).then_some(first)
}

/// Whether token `i` is a verb of headlines.
fn tells(text: &Text, i: usize) -> bool {
    text.bits(i).is_some_and(|bits| Form::HEADLINE_VERB.is_in(bits) || Form::ORDER.is_in(bits))
}

/// Whether at least half of a line's longer words are ordinary: no address, no list of bodies.
fn is_told(text: &Text, line: &Headline) -> bool {
    let words = text.tokens[line.tokens.0..line.tokens.1].iter().filter(|t| t.kind == Kind::Word && t.span.len() > 3);
    let (ordinary, all) = words.fold((0, 0), |(ordinary, all), t| (ordinary + u32::from(ORDINARY.contains(&t.hash)), all + 1));
    2 * ordinary >= all
}

/// The headline that line `n` is; a title that ends in a sentence or somebody's words goes up to these.
fn headline(page: &Page, n: usize, is_title: bool) -> Option<Headline> {
    let text = &page.text;
    let (first, end) = (text.lines[n].tokens.0 as usize, text.lines[n].tokens.1 as usize);
    // "Committee on Land Relations of the Assembly": a body's name alone
    let headed = page.words().is(first, Classes::HEAD) && matches!(text.fold(first + 1), "of" | "on" | "for");
    if headed && !(first..end).any(|i| tells(text, i)) {
        return None;
    }
    let part = |first: usize, end: usize| {
        let style = style(&text.tokens[first..end])?;
        // "MEDIA ADVISORY", "Factsheet: Clean Rivers": too short to be a sentence
        let words = text.tokens[first..end].iter().filter(|t| t.kind == Kind::Word).count();
        let verb =
            |i: usize| style == Style::Titled && text.fold(i).ends_with('s') && ORDINARY.contains(&text.tokens[i].hash) && i + 1 < end;
        let told = words > SHORT || (first..end).any(|i| tells(text, i) || verb(i));
        told.then_some(Headline { tokens: (first, end), style })
    };
    let whole = part(first, end);
    if whole.is_some() || !is_title {
        return whole;
    }
    let at = (first + 1..end).find(|&i| matches!(text.fold(i), "\"" | ":"))?;
    if at < first + BEFORE_QUOTE { None } else { part(first, at) }
}

/// Whether nearly all longer words of a line have capitals, or are in capitals.
fn style(tokens: &[Token]) -> Option<Style> {
    let (mut capital, mut upper, mut small) = (0, 0, 0);
    if tokens.len() > LONGEST {
        return None;
    }
    for token in tokens.iter().filter(|t| t.kind == Kind::Word && t.span.len() > 3) {
        if token.script != Script::Latin {
            return None;
        }
        match token.case {
            Case::Lower => small += u32::from(token.span.len() > 4),
            Case::Upper => upper += 1,
            _ => capital += 1,
        }
    }
    let shouts = upper >= 2 && upper >= 4 * (capital + small);
    let titled = capital >= 1 && capital + upper >= 2.max(5 * small);
    shouts.then_some(Style::Shouted).or_else(|| titled.then_some(Style::Titled))
}

/// What the rest of the text shows of the words of `lines`.
fn evidence(page: &Page, lines: &[Headline]) -> Evidence {
    let (text, page_words) = (&page.text, page.words());
    let mut words = FxHashMap::<u64, Shown>::default();
    let mut pairs = FxHashSet::default();
    let mut filter = Filter::new(12);
    for token in lines.iter().flat_map(|line| &text.tokens[line.tokens.0..line.tokens.1]).filter(|t| t.kind == Kind::Word) {
        filter.add(token.hash);
        words.entry(token.hash).or_default();
    }
    for (i, token) in text.tokens.iter().enumerate().filter(|(_, t)| filter.may_hold(t.hash)) {
        if token.kind != Kind::Word || page_words.is_titled(text, i) || page_words.is_shouted(text, i) {
            continue;
        }
        if lines.first().is_some_and(|line| (line.tokens.0..line.tokens.1).contains(&i)) {
            continue;
        }
        let Some(shown) = words.get_mut(&token.hash) else { continue };
        if token.case == Case::Lower {
            shown.small += u32::from(token.spaced); // not so in an address
            continue;
        }
        let near = |k: usize| text.tokens.get(k).filter(|t| t.sentence == token.sentence && t.line == token.line);
        let before = i.checked_sub(1).and_then(near);
        let is_name = |t: &&Token| t.kind == Kind::Word && t.is_capital();
        pairs.extend(before.filter(is_name).map(|t| (t.hash, token.hash)));
        pairs.extend(near(i + 1).filter(is_name).map(|t| (token.hash, t.hash)));
        if token.case == Case::Upper {
            shown.upper += 1;
        } else if before.is_some_and(|t| t.kind == Kind::Word || matches!(text.mark(i - 1), b',' | b'-' | b'&' | b'(')) {
            shown.capital += 1; // behind a word or a comma of its sentence
        }
    }
    Evidence { words, pairs }
}

/// What a word of a headline is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Of a name, or nothing is known of it.
    Own,
    /// Ordinary.
    Ordinary,
    /// A word that names are made of and that this text has in small letters.
    Either,
}

fn read(page: &Page, line: &Headline, evidence: &Evidence, places: &[Candidate], bodies: &[KnownBody], changed: &mut Vec<(usize, Case)>) {
    let text = &page.text;
    let (range, style) = (line.tokens.0..line.tokens.1, line.style);
    let many = places.iter().map(|p| p.tokens).filter(|&(a, b)| b > a + 1);
    let sure = bodies.iter().filter(|b| b.sure || b.tokens.1 > b.tokens.0 + 1).map(|b| b.tokens);
    let mut of_tables = vec![false; range.len()];
    for (a, b) in many.chain(sure) {
        for i in (a as usize..b as usize).filter(|i| range.contains(i)) {
            of_tables[i - range.start] = true;
        }
    }
    mark_named(text, line.tokens, &mut of_tables);
    let written = if style == Style::Shouted { Case::Upper } else { Case::Title };
    let is_open = |i: usize| {
        let token = &text.tokens[i];
        token.kind == Kind::Word && token.case == written && !of_tables[i - range.start]
    };
    let mut words: Vec<Word> = range.clone().map(|i| if is_open(i) { of_text(page, i, evidence) } else { Word::Own }).collect();
    // "Grace Marks Opening", "Mark Stone"
    for i in range.clone().filter(|&i| lexicon::classes_of(text, i) & FIRST_NAME != 0) {
        let n = i - range.start;
        if words[n] == Word::Ordinary
            && evidence.of(&text.tokens[i]).small == 0
            && text.tokens.get(i + 1).is_some_and(|t| t.is_capital() && range.contains(&(i + 1)))
            && words[n + 1] == Word::Own
        {
            words[n] = Word::Own;
        }
    }
    for n in 0..words.len() {
        if words[n] == Word::Either {
            let i = range.start + n;
            words[n] = if is_headed(text, (range.start, i), &words, evidence, places) { Word::Own } else { Word::Ordinary };
        }
    }
    for (i, word) in range.clone().zip(words) {
        let token = &text.tokens[i];
        if token.kind != Kind::Word || token.case != written {
            continue;
        }
        if word == Word::Ordinary {
            changed.push((i, Case::Lower));
        } else if style == Style::Shouted {
            let shown = evidence.of(token);
            if shown.capital > 0 || shown.upper == 0 && token.span.len() > 4 {
                changed.push((i, Case::Title));
            }
        }
    }
}

/// Notes the words of the line that something shows to be a name's: what stands in quotation marks and the
/// type of it before them (Charitable Fund "Light"), and words with their initials in brackets.
fn mark_named(text: &Text, (first, end): (usize, usize), named: &mut [bool]) {
    let capital = |i: usize| i >= first && i < end && text.tokens[i].is_capital();
    for i in first..end {
        if text.fold(i) == "\"" && text.tokens[i].spaced {
            let Some(close) = text.quoted_end(i).filter(|&close| close <= end.min(i + QUOTED)) else { continue };
            let before = (1..=2).take_while(|&n| i >= n && capital(i - n)).last().unwrap_or(0);
            named[i - before - first..close - first].fill(true);
        }
        if text.mark(i) == b'(' && text.mark(i + 2) == b')' && capital(i + 1) {
            let mut at = i;
            let fits = text.fold(i + 1).chars().rev().all(|letter| {
                let word = (first..at).rev().find(|&k| capital(k));
                at = word.unwrap_or(first);
                word.is_some_and(|k| text.fold(k).starts_with(letter))
            });
            if fits {
                named[at - first..i - first].fill(true);
            }
        }
    }
}

/// Whether token `i`, a word that names are made of, is a name's: what stands beside it is one's too.
fn is_headed(text: &Text, (first, i): (usize, usize), words: &[Word], evidence: &Evidence, places: &[Candidate]) -> bool {
    let word = |k: usize| words.get(k.wrapping_sub(first)).copied().filter(|_| text.tokens[k].kind == Kind::Word);
    let own = |k: usize| word(k).is_some_and(|word| word != Word::Ordinary) && text.tokens[k].is_capital();
    let before = (first..i).rev().find(|&k| text.tokens[k].kind == Kind::Word && text.fold(k) != "'s");
    let joined = before.filter(|&k| k + 3 >= i && !matches!(text.mark(i - 1), b',' | b':' | b';'));
    // "Mariupol School", of which the text says "a school in Mariupol"
    // "Police Officers": whoever is of it
    let held = |k: usize| lexicon::classes_of(text, k) & (POST | TITLE) != 0 && evidence.of(&text.tokens[i]).small > 0;
    let placed = |k: usize| places.iter().any(|p| p.tokens.1 as usize == k + 1) && evidence.of(&text.tokens[i]).small > 0;
    // "Road Network", of which the text says "roads are a network"
    let small = |k: usize| evidence.of(&text.tokens[k]).small > 0;
    let open = |k: usize| word(k) == Some(Word::Either) && small(k) && small(i);
    if joined.is_some_and(|k| own(k) && !placed(k) && !open(k)) || own(i + 1) && !open(i + 1) && !held(i + 1) {
        return true;
    }
    let plain = joined.is_some_and(|k| word(k) == Some(Word::Ordinary) && text.fold(k).len() > 3);
    matches!(text.fold(i + 1), "of" | "for" | "on") && !plain
}

/// What the text and the tables say of token `i`.
fn of_text(page: &Page, i: usize, evidence: &Evidence) -> Word {
    let text = &page.text;
    let token = &text.tokens[i];
    let classes = lexicon::classes_of(text, i);
    let shown = evidence.of(token);
    let named = shown.capital > 0 && (shown.small == 0 || shown.capital > shown.small || evidence.has_pair(text, i));
    if named || token.span.len() < 2 || page.words().is(i, Classes::FOREIGN) || classes & (CALENDAR | DEMONYM | TITLE | POST) != 0 {
        return Word::Own;
    }
    let words = page.words();
    if words.is(i, Classes::HEAD.with(Classes::PROJECT).with(Classes::TITLE)) || classes & OF_NAMES != 0 {
        return Word::Either;
    }
    if shown.small > 0 || tells(text, i) || ORDINARY.contains(&token.hash) { Word::Ordinary } else { Word::Own }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headline as it is read, and a text below it.
    fn read_as(headline: &str, body: &str) -> String {
        let source = format!("{headline}\n\n{body}\n");
        let mut page = Page::new(&source, true);
        assert!(page.zones.title.is_some(), "{headline}");
        looked_up(&mut page);
        let tokens = page.text.tokens.iter().enumerate().filter(|(_, t)| (t.span.end as usize) <= headline.len());
        let words = tokens.map(|(i, token)| {
            let word = match token.case {
                Case::Lower => page.text.fold(i).to_string(),
                Case::Title => {
                    let fold = page.text.fold(i);
                    fold[..1].to_uppercase() + &fold[1..]
                }
                _ => page.text.str(i).to_string(),
            };
            if token.spaced && i > 0 { format!(" {word}") } else { word }
        });
        words.collect()
    }

    #[test]
    fn verbs_and_ordinary_words_have_no_capital() {
        let body = "LUGOVO – Senator Anna Reed opened a renovated library in Lugovo on Monday and welcomed the pupils of its school.";
        assert_eq!(read_as("Reed Opens Renovated Library in Lugovo", body), "Reed opens renovated library in Lugovo");
        assert_eq!(read_as("Senator Reed Welcomes Pupils to Hearing", body), "Senator Reed welcomes pupils to hearing");
    }

    #[test]
    fn names_that_the_text_or_a_table_has_keep_their_capitals() {
        let body =
            "The Clean Rivers Network trained 20 farmers in Lugovo, its director Anna Reed said. The clean water reached the rivers.";
        assert_eq!(read_as("Clean Rivers Network Trains Farmers", body), "Clean Rivers Network trains farmers");
        let body = "Lugovo opened a new hospital for children on Monday. Doctors of two countries came, and 40 beds are ready.";
        assert_eq!(read_as("Save the Children Hands Over New Hospital", body), "Save the Children hands over new hospital");
        assert_eq!(read_as("Charitable Fund “Light” Opens New Hospital", body), "Charitable Fund “Light” opens new hospital");
        assert_eq!(read_as("Local Artist Grants (LAG) Begin Second Season", body), "Local Artist Grants (LAG) begin second season");
    }

    #[test]
    fn in_capitals_only_names_keep_theirs() {
        let body = "Ambassador Anna Reed visited the museum of Lugovo on Monday with officers of UNESCO and spoke to the press.";
        assert_eq!(
            read_as("AMBASSADOR REED VISITS MUSEUM IN LUGOVO WITH UNESCO", body),
            "Ambassador Reed visits museum in Lugovo with UNESCO"
        );
    }

    #[test]
    fn subheads_are_read_so_where_their_first_word_shows_them() {
        let source = "Reed speaks in Lugovo\n\nThe senator spoke on Monday about farms.\n\nShe told more.\n\nOn Reed Opening Damaged Farm Library:\n\n\
                      Old books are kept there, Anna Reed said.\n\nDamaged Farm Library Union\n\nCome and read.";
        let mut page = Page::new(source, true);
        looked_up(&mut page);
        let case = |word: &str| -> Vec<Case> {
            let same = page.text.tokens.iter().enumerate().filter(|(i, _)| page.text.fold(*i) == word);
            same.map(|(_, token)| token.case).collect()
        };
        assert_eq!(case("damaged"), [Case::Lower, Case::Title]);
        assert_eq!(case("reed"), [Case::Title; 3]);
    }

    #[test]
    fn sentences_and_names_alone_are_left_as_they_are() {
        let body = "The committee met in Lugovo on Monday. It spoke about the land and its relations with the farmers of the region.";
        for line in ["Reed opens a renovated library in Lugovo", "Committee on Land Relations of the Lugovo Assembly"] {
            assert_eq!(read_as(line, body), line);
        }
    }
}
