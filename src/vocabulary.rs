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
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Pair {
    hashes: [u64; 2],
    /// Where the words stand, one more; 0 for none.
    places: [u32; 2],
    /// The last page that each stood on, and its number there: in small letters and with a capital.
    numbers: [[Numbered; 2]; 2],
}

/// The number of a word on a page.
#[derive(Clone, Copy, Debug, Default)]
struct Numbered {
    page: u32,
    number: u32,
}

/// What is known of a word.
struct Kept {
    facts: Facts,
    /// What is asked of words with a capital only, once one has stood; [`UNASKED`] before.
    of_capital: u64,
}

/// No answer of the tables.
const UNASKED: u64 = u64::MAX;

/// The words that a thread keeps, one after the other as they were met: common ones stand together.
struct Vocabulary {
    pairs: Box<[Pair; PAIRS]>,
    words: Vec<Kept>,
    /// The number of the page that is read.
    page: u32,
}

impl Default for Vocabulary {
    fn default() -> Self {
        // made where it stays: it is too large for the stack
        let pairs = vec![Pair::default(); PAIRS].into_boxed_slice();
        Self { pairs: pairs.try_into().expect("so many as were made"), words: Vec::new(), page: 0 }
    }
}

impl Pair {
    /// Which of the two was met on the earlier page.
    fn earlier(&self) -> usize {
        let met = self.numbers.map(|[small, capital]| small.page.max(capital.page));
        usize::from(met[1] < met[0])
    }

    /// Which of the two is the word, and where it stands: asked about, in the place of another, where it
    /// is neither.
    #[inline]
    fn word<'t>(&mut self, words: &mut Vec<Kept>, hash: u64, fold: impl FnOnce() -> &'t str) -> (usize, usize) {
        let at = usize::from(self.hashes[1] == hash);
        if self.hashes[at] == hash && self.places[at] != 0 {
            return (at, self.places[at] as usize - 1);
        }
        // of two words the one leaves that was met on the earlier page
        let at = self.earlier();
        let word = Kept { facts: asked(hash, fold()), of_capital: UNASKED };
        (self.hashes[at], self.numbers[at]) = (hash, Default::default());
        match self.places[at].checked_sub(1) {
            Some(place) => words[place as usize] = word,
            None => {
                words.push(word);
                self.places[at] = words.len() as u32;
            }
        }
        (at, self.places[at] as usize - 1)
    }
}

impl Vocabulary {
    /// Begins the next page.
    fn turn(&mut self) {
        self.page = self.page.wrapping_add(1);
        if self.page == 0 {
            *self = Self { page: 1, ..Self::default() };
        }
    }

    fn pair(hash: u64) -> usize {
        (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % PAIRS
    }

    /// Has the processor fetch what [`Pair::word`] will read, for all words of `tokens` together: one
    /// after another each would be waited for.
    fn fetch(&self, tokens: &[Token]) {
        let hashes = tokens.iter().map(|token| self.pairs[Self::pair(token.hash)].hashes[0]);
        std::hint::black_box(hashes.fold(0, |all, hash| all ^ hash));
    }
}

thread_local! {
    static KEPT: RefCell<Vocabulary> = RefCell::default();
}

/// Frees what this thread keeps.
pub(crate) fn clear() {
    KEPT.with_borrow_mut(|kept| *kept = Vocabulary::default());
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
    let count = text.tokens.len();
    let (mut numbers, mut each) = (vec![0; count], vec![0; count]);
    let mut facts: Vec<Facts> = Vec::with_capacity(count / 2 + 8);
    KEPT.with_borrow_mut(|vocabulary| {
        vocabulary.turn();
        let page = vocabulary.page;
        let places = numbers.chunks_mut(AHEAD).zip(each.chunks_mut(AHEAD));
        for ((some, tokens), (numbers, each)) in text.tokens.chunks(AHEAD).enumerate().zip(places) {
            vocabulary.fetch(tokens);
            for ((n, token), (number, bits)) in tokens.iter().enumerate().zip(numbers.iter_mut().zip(each)) {
                let i = some * AHEAD + n;
                let how = WRITTEN[token.kind as usize][token.case as usize][token.script as usize];
                let is_capital = how & Facts::CAPITAL != 0;
                let pair = &mut vocabulary.pairs[Vocabulary::pair(token.hash)];
                let (at, place) = pair.word(&mut vocabulary.words, token.hash, || text.fold(i));
                let numbered = &mut pair.numbers[at][usize::from(is_capital)];
                let known = if numbered.page == page { facts.get(numbered.number as usize) } else { None };
                // an apostrophe may be a word or a mark
                *bits = match known.filter(|facts| facts.bits & how == how) {
                    Some(facts) => facts.bits,
                    None => {
                        *numbered = Numbered { page, number: facts.len() as u32 };
                        let kept = &mut vocabulary.words[place];
                        let mut own = kept.facts.bits | how;
                        if is_capital {
                            if kept.of_capital == UNASKED {
                                kept.of_capital = places::facts_of_name(text.fold(i));
                            }
                            own |= kept.of_capital;
                        }
                        facts.push(Facts { bits: own, ..kept.facts });
                        own
                    }
                };
                *number = numbered.number;
            }
        }
    });
    text.words = Words::new(numbers, facts, each);
}

/// What is said of a token by how it is written: by [`Kind`], [`Case`] and [`Script`].
const WRITTEN: [[[u64; 4]; 5]; 3] = {
    let mut written = [[[0; 4]; 5]; 3];
    let mut case = 0;
    while case < 5 {
        let mut script = 0;
        while script < 4 {
            let capital = if case >= Case::Title as usize { Facts::CAPITAL } else { 0 };
            let open = if script != Script::Latin as usize || case == Case::None as usize { Facts::OPEN } else { 0 };
            let other = if script == Script::Other as usize { Facts::OTHER_SCRIPT } else { 0 };
            written[Kind::Word as usize][case][script] = Facts::WORD | capital | open | other;
            written[Kind::Number as usize][case][script] = Facts::NUMBER;
            written[Kind::Mark as usize][case][script] = Facts::MARK;
            script += 1;
        }
        case += 1;
    }
    written
};

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
