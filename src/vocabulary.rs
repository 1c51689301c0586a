//! Asks all tables what single words are: the first step of reading a text.
//!
//! A text has few distinct words, and a corpus not many more, so each thread keeps the answers in
//! a table of fixed size where a newer word takes the place of an older one. An answer depends on
//! the folded form alone; what is kept never changes a result. They are noted for the tokens of a page
//! ([`Text::facts`], [`Text::may_be`], [`Text::candidates`]), whose finders then look at candidates only.
//!
//! This file stands above the finders, whose tables it asks, as [`Page`] stands below them.
//!
//! To add a bit: a constant of [`facts`], and a function among [`JUDGES`] that asks the table. A bit that is
//! not set must mean "surely not": a judge may say yes too often, never too seldom.

use std::cell::RefCell;

use crate::language::tables::Tables;
use crate::lexicon::{self, bodies, forms, stems};
use crate::markup::Mark;
use crate::page::Page;
use crate::text::facts::{ADDRESS, BODY, CALENDAR_OF_PAGE, CUE_OF_PAGE, QUOTE};
use crate::text::{Case, Facts, Kind, Script, Text, Token, Words};
use crate::{dates, money, names, organizations, places, roles, zones};

/// Asks the tables of a module about a folded form and its hash.
type Judge = fn(hash: u64, fold: &str) -> u64;

const JUDGES: [Judge; 9] = [
    |_, fold| if organizations::may_begin_small(fold) { Facts::OPEN } else { 0 },
    |_, fold| if fold == "г" { ADDRESS } else { 0 },
    |_, fold| if matches!(fold, "\"" | "'") { QUOTE } else { 0 },
    |hash, _| if zones::may_begin_cue(hash) { CUE_OF_PAGE } else { 0 },
    |hash, _| if zones::may_be_of_calendar(hash) { CALENDAR_OF_PAGE } else { 0 },
    dates::facts,
    money::facts,
    places::facts,
    roles::facts,
];

/// Places for words, in pairs.
const PAIRS: usize = 1 << 15;

/// Two words of a thread's table, in one line of the processor's cache with what the page that is
/// read changes.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Pair {
    hashes: [u64; 2],
    /// Where the words stand, one more; 0 for none.
    places: [u32; 2],
    /// The last page that each stood on.
    pages: [u32; 2],
    /// Their numbers there, in small letters and with a capital.
    numbers: [[u32; 2]; 2],
}

/// What is known of a word.
struct Kept {
    facts: Facts,
    /// What is asked of words with a capital only, once one has stood; [`UNASKED`] before.
    of_capital: u64,
}

/// Not met on the page.
const NONE: u32 = u32::MAX;

/// No answer of the tables.
const UNASKED: u64 = u64::MAX;

/// The words that a thread keeps, one after the other as they were met: common ones stand together.
#[derive(Default)]
struct Vocabulary {
    pairs: Vec<Pair>,
    words: Vec<Kept>,
    /// The number of the page that is read.
    page: u32,
}

impl Vocabulary {
    /// Begins the next page.
    fn turn(&mut self) {
        self.page = self.page.wrapping_add(1);
        if self.pairs.is_empty() || self.page == 0 {
            *self = Self { pairs: vec![Pair::default(); PAIRS], words: Vec::new(), page: 1 };
        }
    }

    fn pair(hash: u64) -> usize {
        (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % PAIRS
    }

    /// Has the processor fetch what [`Self::word`] will read, for all words of `tokens` together: one
    /// after another each would be waited for.
    fn fetch(&self, tokens: &[Token]) {
        let hashes = tokens.iter().map(|token| self.pairs[Self::pair(token.hash)].hashes[0]);
        std::hint::black_box(hashes.fold(0, |all, hash| all ^ hash));
    }

    /// The pair that holds a word, and which of the two it is.
    fn word<'t>(&mut self, hash: u64, fold: impl Fn() -> &'t str) -> (&mut Pair, usize, &mut Kept) {
        let pair = &mut self.pairs[Self::pair(hash)];
        let known = (0..2).find(|&at| pair.hashes[at] == hash && pair.places[at] != 0);
        let at = known.unwrap_or_else(|| {
            // of two words the one leaves that was met on the earlier page
            let at = usize::from(pair.pages[1] < pair.pages[0]);
            let word = Kept { facts: asked(hash, fold()), of_capital: UNASKED };
            (pair.hashes[at], pair.pages[at]) = (hash, 0);
            match pair.places[at].checked_sub(1) {
                Some(place) => self.words[place as usize] = word,
                None => {
                    self.words.push(word);
                    pair.places[at] = self.words.len() as u32;
                }
            }
            at
        });
        let place = pair.places[at] as usize - 1;
        (pair, at, &mut self.words[place])
    }
}

thread_local! {
    static KEPT: RefCell<Vocabulary> = RefCell::default();
}

/// How many words are fetched together.
const AHEAD: usize = 16;

impl<'a> Page<'a> {
    /// Reads a text into tokens, zones and languages.
    #[must_use]
    pub fn new(source: &'a str, keep_furniture: bool) -> Self {
        Self::marked(source, &[], keep_furniture)
    }

    /// The same with what the format of the file says of each line.
    #[must_use]
    pub fn marked(source: &'a str, marks: &[Mark], keep_furniture: bool) -> Self {
        let mut page = Self::unread(source);
        page.read_words();
        page.read_zones(marks, keep_furniture);
        page.read_languages();
        page
    }

    /// Asks the tables what its words are.
    pub(crate) fn read_words(&mut self) {
        fill(&mut self.text);
    }
}

/// Notes for each token of a text what the tables say of it.
fn fill(text: &mut Text) {
    let (mut numbers, mut each) = (Vec::with_capacity(text.tokens.len()), Vec::with_capacity(text.tokens.len()));
    let mut facts: Vec<Facts> = Vec::with_capacity(text.tokens.len() / 2 + 8);
    let mut bits = 0;
    KEPT.with_borrow_mut(|vocabulary| {
        vocabulary.turn();
        let page = vocabulary.page;
        for (some, tokens) in text.tokens.chunks(AHEAD).enumerate() {
            vocabulary.fetch(tokens);
            for (n, token) in tokens.iter().enumerate() {
                let i = some * AHEAD + n;
                let (pair, at, kept) = vocabulary.word(token.hash, || text.fold(i));
                if pair.pages[at] != page {
                    (pair.pages[at], pair.numbers[at]) = (page, [NONE; 2]);
                }
                let how = of_token(token);
                let number = &mut pair.numbers[at][usize::from(how & Facts::CAPITAL != 0)];
                // an apostrophe may be a word or a mark
                if facts.get(*number as usize).is_none_or(|facts| facts.bits & how != how) {
                    *number = facts.len() as u32;
                    let mut own = kept.facts.bits | how;
                    if how & Facts::CAPITAL != 0 {
                        if kept.of_capital == UNASKED {
                            kept.of_capital = places::facts_of_name(text.fold(i));
                        }
                        own |= kept.of_capital;
                    }
                    bits |= own;
                    facts.push(Facts { bits: own, ..kept.facts });
                }
                numbers.push(*number);
                each.push(facts.get(*number as usize).map_or(how, |facts| facts.bits));
            }
        }
    });
    text.words = Words { numbers, facts, each, bits };
}

fn of_token(token: &Token) -> u64 {
    let open = if token.script != Script::Latin || token.case == Case::None { Facts::OPEN } else { 0 };
    let other = if token.script == Script::Other { Facts::OTHER_SCRIPT } else { 0 };
    match token.kind {
        Kind::Word if token.is_capital() => Facts::WORD | Facts::CAPITAL | open | other,
        Kind::Word => Facts::WORD | open | other,
        Kind::Number => Facts::NUMBER,
        Kind::Mark => Facts::MARK,
    }
}

/// What the tables say of a folded form.
fn asked(hash: u64, fold: &str) -> Facts {
    let (stem, classes) = (stems::hash(stems::stem(fold)), lexicon::classes(fold));
    let address = if classes & lexicon::ADDRESS != 0 { ADDRESS } else { 0 };
    let body = if organizations::may_begin_known(stem) { BODY } else { 0 };
    Facts {
        bits: JUDGES.iter().fold(forms::of(hash).bits() | address | body, |bits, judge| bits | judge(hash, fold)),
        stem,
        alphabets: Tables::get().alphabets(fold),
        classes,
        beginning: stems::beginning(fold),
        ending: Tables::get().ending(fold),
        small: Tables::get().small_word(hash),
        body: bodies::row(stem),
        form: names::form(fold),
    }
}
