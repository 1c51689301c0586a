//! What the tables of the program say of single words: asked once for each distinct word.
//!
//! A text has few distinct words, and a corpus not many more, so each thread keeps the answers in
//! a table of fixed size where a newer word takes the place of an older one. An answer depends on
//! the folded form alone; what is kept never changes a result. [`fill`] notes the answers for the
//! tokens of a page ([`Text::facts`], [`Text::may_be`], [`Text::candidates`]).
//!
//! To add a bit: a constant, and a function among [`JUDGES`] that asks the table. A bit that is not set
//! must mean "surely not": a judge may say yes too often, never too seldom.

use std::cell::RefCell;

use crate::language::tables::Tables;
use crate::lexicon::{self, bodies, forms, stems};
use crate::organizations;
use crate::text::{Case, Facts, Kind, Script, Text, Token, Words};
use crate::{dates, money, names, places, roles, zones};

/// Begins a cue of page furniture.
pub const CUE_OF_PAGE: u64 = 1;
/// A word of the calendar that zones look at.
pub const CALENDAR_OF_PAGE: u64 = 1 << 1;

/// A word of a calendar expression.
pub const DATE: u64 = 1 << 2;

/// Begins a currency's sign or code, or a number in words.
pub const MONEY: u64 = 1 << 3;
/// A word for the kind of a place.
pub const KIND_OF_PLACE: u64 = 1 << 4;
/// Begins a word for a kind that stands after the place's name.
pub const KIND_AFTER: u64 = 1 << 5;
/// Begins a word for a kind that stands before the place's name.
pub const KIND_BEFORE: u64 = 1 << 6;
/// Begins the name of a people or the adjective of a country.
pub const DEMONYM: u64 = 1 << 7;
/// Begins a cue of where the event is.
pub const CUE_OF_EVENT: u64 = 1 << 8;
/// Begins a cue of what a date is.
pub const CUE_OF_DATE: u64 = 1 << 9;
/// Begins a cue of a role.
pub const CUE_OF_ROLE: u64 = 1 << 10;
/// Begins a passive that may be a cue of a role.
pub const PASSIVE_OF_ROLE: u64 = 1 << 11;
/// Begins a small word that joins or parts bodies.
pub const GLUE_OF_ROLES: u64 = 1 << 12;
/// Begins what a role may be about, or is in the name of a body that pays.
pub const OBJECT_OF_ROLE: u64 = 1 << 13;
/// A hall, a street, a brand: what makes a name beside it none of a place.
pub const VENUE: u64 = 1 << 14;
/// Begins a name of the gazetteer, or is an adjective of one: only of words with a capital.
pub const PLACE: u64 = 1 << 15;
/// A quotation mark, a single one too.
pub const QUOTE: u64 = 1 << 16;
/// Stands before a person's name: Mr; «г», which opens «г-н».
pub const ADDRESS: u64 = 1 << 17;
/// What a place that no table has is named beside: a kind, «с.», "of".
pub const BESIDE_PLACE: u64 = 1 << 18;
/// Begins the name of a body of the table, written small: no word with another stem does.
pub const BODY: u64 = 1 << 19;

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

/// Notes for each token of a text what the tables say of it.
pub(crate) fn fill(text: &mut Text) {
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

/// A hash of the first five letters of a token's word; 0 for one of less than four.
pub(crate) fn beginning_of(text: &Text, token: usize) -> u32 {
    text.facts(token).map_or_else(|| beginning(text.fold(token)), |facts| facts.beginning)
}

/// A hash of the first five letters of a word of four or more: what cases of a word share.
fn beginning(fold: &str) -> u32 {
    let mut ends = fold.char_indices().map(|(at, c)| at + c.len_utf8());
    let Some(fourth) = ends.by_ref().nth(3) else { return 0 };
    let cut = ends.next().unwrap_or(fourth);
    (stems::hash(&fold[..cut]) >> 32) as u32 | 1
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
        beginning: beginning(fold),
        ending: Tables::get().ending(fold),
        small: Tables::get().small_word(hash),
        body: bodies::row(stem),
        form: names::form(fold),
    }
}
