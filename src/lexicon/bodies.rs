//! What single words are to a name: head nouns, legal forms, words that stand before a quoted name.
//!
//! The words stand in `data/organizations/words.tsv`; a page is looked at once, one table look-up a
//! word, and the grammars read the result.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::stems::{self, StemPhrases};
use crate::table;
use crate::text::{Case, Facts, Filter, Kind, Script, Text, Token};

/// What a word can be, as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u16);

impl Classes {
    pub const HEAD: Self = Self(1);
    pub const OFFICE: Self = Self(1 << 1);
    pub const LOOSE: Self = Self(1 << 2);
    pub const LOWER: Self = Self(1 << 3);
    pub const TYPE: Self = Self(1 << 4);
    pub const DESCRIPTOR: Self = Self(1 << 5);
    pub const LEGAL: Self = Self(1 << 6);
    pub const PRELEGAL: Self = Self(1 << 7);
    pub const PROJECT: Self = Self(1 << 8);
    pub const TITLE: Self = Self(1 << 9);
    pub const FOREIGN: Self = Self(1 << 10);
    pub const SOLE: Self = Self(1 << 11);
    pub const POST: Self = Self(1 << 12);

    fn named(name: &str) -> Self {
        match name {
            "head" => Self::HEAD,
            "office" => Self::OFFICE,
            "loose" => Self::LOOSE,
            "lower" => Self::LOWER,
            "type" => Self::TYPE,
            "descriptor" => Self::DESCRIPTOR,
            "legal" => Self::LEGAL,
            "prelegal" => Self::PRELEGAL,
            "project" => Self::PROJECT,
            "title" => Self::TITLE,
            "foreign" => Self::FOREIGN,
            "sole" => Self::SOLE,
            "post" => Self::POST,
            _ => Self::default(),
        }
    }

    /// Both sets together.
    #[inline]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it shares a class with `other`.
    #[inline]
    pub fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A word of the table.
#[derive(Debug)]
pub(crate) struct Word {
    /// What it can be.
    pub classes: Classes,
    /// The kind of body it names.
    pub kind: &'static str,
    /// As the table has it.
    pub word: &'static str,
}

/// The key of the noun by which a firm calls itself: "the Company".
pub(crate) static COMPANY: LazyLock<u64> = LazyLock::new(|| crate::text::hash("company"));

static WORDS: LazyLock<(Vec<Word>, FxHashMap<u64, u16>, Filter)> = LazyLock::new(|| {
    let mut words = vec![Word { classes: Classes::default(), kind: "", word: "" }];
    let mut index = FxHashMap::default();
    for [word, _, classes, kind] in table::rows::<4>(include_str!("../../data/organizations/words.tsv")) {
        let text = Text::new(word);
        let key = stems::key(&text, 0);
        let classes = table::values(classes).fold(Classes::default(), |sum, name| Classes(sum.0 | Classes::named(name).0));
        let at = *index.entry(key).or_insert(words.len() as u16);
        if usize::from(at) == words.len() {
            words.push(Word { classes, kind, word });
        } else {
            let known = &mut words[usize::from(at)];
            known.classes = Classes(known.classes.0 | classes.0);
        }
    }
    let mut filter = Filter::new(14);
    index.keys().for_each(|&key| filter.add(key));
    (words, index, filter)
});

/// What the table says of token `i` of any text.
pub(crate) fn look_up(text: &Text, i: usize) -> &'static Word {
    let (words, index, _) = &*WORDS;
    let row = if text.tokens[i].kind == Kind::Word { index.get(&stems::key(text, i)).copied().unwrap_or(0) } else { 0 };
    &words[usize::from(row)]
}

/// The row of a key; 0 for none.
pub(crate) fn row(key: u64) -> u16 {
    let (_, index, filter) = &*WORDS;
    if filter.may_hold(key) { index.get(&key).copied().unwrap_or(0) } else { 0 }
}

/// Phrases with a head noun that name no body.
pub(crate) static COMMON: LazyLock<StemPhrases<()>> = LazyLock::new(|| {
    let mut phrases = StemPhrases::default();
    for [phrase] in table::rows::<1>(include_str!("../../data/organizations/common.tsv")) {
        *phrases.entry(phrase) = Some(());
    }
    phrases
});

/// The words of a page: their keys and what the table says of them.
#[derive(Debug)]
pub(crate) struct PageWords {
    /// The key of each token.
    pub stems: Vec<u64>,
    rows: Vec<u16>,
    classes: Vec<Classes>,
    /// The tokens that the table has, in order.
    known: Vec<u32>,
    /// The classes of all words.
    all: Classes,
    /// For each sentence the classes of the words with capitals in it and in the next.
    sentences: Vec<Classes>,
    /// Lines of which nearly all letters are capitals: capitals say nothing there.
    shouted: Vec<bool>,
    /// Lines on which nearly all longer words have capitals, as in English headlines.
    titled: Vec<bool>,
}

/// What each byte of a word adds to those in capitals, the lower half, and to other ones: by [`Case`].
const BYTES: [u64; 5] = [0, 1 << 32, 1 << 32, 1, 1 << 32];
/// What a long word adds to those with a capital, the lower half, and to those without.
const LONG: [u64; 5] = [1 << 32, 1 << 32, 1, 1, 1];

/// Bytes of a Cyrillic word in capitals that is no acronym: seven letters.
const LOUD: usize = 14;

impl PageWords {
    /// Looks each word up.
    pub fn new(text: &Text) -> Self {
        let (mut shouted, mut titled) = (Vec::with_capacity(text.lines.len()), Vec::with_capacity(text.lines.len()));
        for line in &text.lines {
            let (mut bytes, mut long) = (0, 0);
            for token in &text.tokens[line.tokens.0 as usize..line.tokens.1 as usize] {
                // without a branch: what the next word is cannot be guessed
                let length = u64::from(token.kind == Kind::Word) * token.span.len() as u64;
                bytes += BYTES[token.case as usize] * length;
                long += LONG[token.case as usize] * u64::from(length > 3);
            }
            let halves = |both: u64| (both & u64::from(u32::MAX), both >> 32);
            let ((upper, other), (capital, small)) = (halves(bytes), halves(long));
            shouted.push(upper > 16 && upper > 3 * other);
            titled.push(capital >= 4 && capital >= 6 * small);
        }
        let (words, ..) = &*WORDS;
        // on a line of capitals a long word is no acronym, nor is one that the text has in small letters:
        // it has the stem that it has elsewhere
        let small: rustc_hash::FxHashSet<u64> = if shouted.contains(&true) {
            let small =
                text.tokens.iter().enumerate().filter(|(_, t)| t.script == Script::Cyrillic && matches!(t.case, Case::Lower | Case::Title));
            small.filter_map(|(i, _)| text.facts(i)).map(|facts| facts.stem).collect()
        } else {
            rustc_hash::FxHashSet::default()
        };
        let loud = |i: usize, token: &Token| {
            let short = || token.span.len() < LOUD && !small.contains(&stems::hash(stems::stem(text.fold(i))));
            token.case == Case::Upper && shouted[token.line as usize] && !short()
        };
        let look_up = |i: usize, token: &Token| {
            if token.kind != Kind::Word {
                return (token.hash, 0);
            }
            let key = if token.script == Script::Cyrillic && loud(i, token) {
                stems::hash(stems::stem(text.fold(i)))
            } else {
                stems::key(text, i)
            };
            (key, row(key))
        };
        let size = text.tokens.len();
        let (mut stems, mut rows, mut classes) = (Vec::with_capacity(size), vec![0; size], vec![Classes::default(); size]);
        let mut known = Vec::with_capacity(size / 8);
        let (mut all, mut sentences) = (Classes::default(), vec![Classes::default(); text.sentences.len()]);
        let mut add = |(i, token): (usize, &Token), (stem, row): (u64, u16)| {
            stems.push(stem);
            if row == 0 {
                return; // most words
            }
            let class = words[usize::from(row)].classes;
            known.push(i as u32);
            (rows[i], classes[i], all) = (row, class, all.with(class));
            if let Some(capital) = sentences.get_mut(token.sentence as usize).filter(|_| token.is_capital()) {
                *capital = capital.with(class);
            }
        };
        // what the tables say of the folded form holds of all words but those in Cyrillic capitals
        let is_usual = |token: &Token, facts: &Facts| match token.script {
            Script::Cyrillic => !matches!(token.case, Case::Upper | Case::Mixed),
            Script::None => false,
            _ => facts.stem == token.hash,
        };
        let tokens = text.tokens.iter().enumerate();
        match text.each_facts() {
            Some(facts) => tokens.zip(facts).for_each(|((i, token), facts)| {
                add((i, token), if is_usual(token, facts) { (facts.stem, facts.body) } else { look_up(i, token) });
            }),
            None => tokens.for_each(|(i, token)| add((i, token), look_up(i, token))),
        }
        for n in 1..sentences.len() {
            sentences[n - 1] = sentences[n - 1].with(sentences[n]);
        }
        Self { stems, rows, classes, known, all, sentences, shouted, titled }
    }

    /// The keys of a name's words; quotes, hyphens, stops and commas inside have none.
    pub fn keys<'a>(&'a self, text: &'a Text, first: usize, end: usize) -> impl Iterator<Item = u64> + 'a {
        (first..end).filter(|&i| !stems::is_skipped(text, i, &text.tokens[i])).map(|i| self.stems[i])
    }

    /// What the table says of token `i`.
    #[inline]
    pub fn get(&self, i: usize) -> &'static Word {
        let (words, ..) = &*WORDS;
        self.rows.get(i).and_then(|&row| words.get(usize::from(row))).unwrap_or(&words[0])
    }

    /// The key of the head noun that token `i` is, without «гос» and «нац»: «Госагентство» is an «агентство».
    pub fn head_stem(&self, i: usize) -> u64 {
        let stem = self.stems.get(i).copied().unwrap_or_default();
        let word = self.get(i).word;
        let Some(rest) = word.strip_prefix("гос").or_else(|| word.strip_prefix("нац")) else { return stem };
        let key = stems::hash(stems::stem(rest));
        if WORDS.1.contains_key(&key) { key } else { stem }
    }

    /// Whether a name of several words has a legal form or a head noun of firms.
    pub fn is_firm(&self, first: usize, end: usize) -> bool {
        end - first > 1 && (first..end).any(|k| self.get(k).kind == "company" && self.is(k, Classes::LEGAL.with(Classes::HEAD)))
    }

    /// Whether token `i` is of one of the classes.
    pub fn is(&self, i: usize, classes: Classes) -> bool {
        self.classes.get(i).is_some_and(|own| own.is(classes))
    }

    /// Whether any word is of one of the classes.
    pub fn has(&self, classes: Classes) -> bool {
        self.all.is(classes)
    }

    /// The tokens of one of the classes, in order.
    pub fn having(&self, classes: Classes) -> impl Iterator<Item = usize> + '_ {
        let known = if self.has(classes) { &self.known[..] } else { &[] };
        known.iter().map(|&i| i as usize).filter(move |&i| self.is(i, classes))
    }

    /// Whether a word of one of the classes stands with a capital in sentence `n`, or in the next,
    /// into which a name may run.
    #[inline]
    pub fn capital_near(&self, n: u32, classes: Classes) -> bool {
        self.sentences.get(n as usize).is_some_and(|capital| capital.is(classes))
    }

    /// Whether token `i` stands on a line written like a headline.
    #[inline]
    pub fn is_titled(&self, text: &Text, i: usize) -> bool {
        text.tokens.get(i).is_some_and(|t| self.titled.get(t.line as usize).copied().unwrap_or(false))
    }

    /// Whether token `i` stands on a line all in capitals.
    #[inline]
    pub fn is_shouted(&self, text: &Text, i: usize) -> bool {
        text.tokens.get(i).is_some_and(|t| self.shouted.get(t.line as usize).copied().unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_one_word() {
        for [word] in table::rows::<1>(include_str!("../../data/organizations/words.tsv")) {
            assert_eq!(Text::new(word).tokens.len(), 1, "{word}");
        }
    }
}
