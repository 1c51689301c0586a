//! What the tables of the program say of single words: asked once for each distinct word.
//!
//! A text has few distinct words, and a corpus not many more, so each thread keeps the answers in
//! a table of fixed size where a newer word takes the place of an older one. An answer depends on
//! the folded form alone; what is kept never changes a result. [`fill`] writes the answers beside
//! the tokens of a page ([`Text::facts`]).
//!
//! To add a bit: a constant, and a function among [`JUDGES`] that asks the table. A bit that is not set
//! must mean "surely not": a judge may say yes too often, never too seldom.

use std::cell::RefCell;

use crate::names::lexicon;
use crate::organizations::{forms, stems, words};
use crate::text::{Facts, Kind, Text, Token};
use crate::{dates, money, places, roles, zones};

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
/// Begins a name of the gazetteer, or is an adjective of one.
pub const PLACE: u64 = 1 << 15;
/// A quotation mark, a single one too.
pub const QUOTE: u64 = 1 << 16;
/// «г», which opens «г-н».
pub const ADDRESS_LETTER: u64 = 1 << 17;

/// Asks the tables of a module about a folded form and its hash.
type Judge = fn(hash: u64, fold: &str) -> u64;

const JUDGES: [Judge; 8] = [
    |_, fold| if fold == "г" { ADDRESS_LETTER } else { 0 },
    |_, fold| if matches!(fold, "\"" | "'") { QUOTE } else { 0 },
    |hash, _| if zones::may_begin_cue(hash) { CUE_OF_PAGE } else { 0 },
    |hash, _| if zones::may_be_of_calendar(hash) { CALENDAR_OF_PAGE } else { 0 },
    dates::facts,
    money::facts,
    places::facts,
    roles::facts,
];

/// Places for words: pairs of them, so that a word that comes often keeps its place beside one
/// that comes once.
const PAIRS: usize = 1 << 15;

#[derive(Clone, Copy, Default)]
struct Kept {
    hash: u64,
    facts: Facts,
}

thread_local! {
    static KEPT: RefCell<Vec<[Kept; 2]>> = const { RefCell::new(Vec::new()) };
}

/// Writes beside each token of a text what the tables say of it.
pub(crate) fn fill(text: &mut Text) {
    let mut facts = std::mem::take(&mut text.facts);
    facts.clear();
    facts.reserve_exact(text.tokens.len());
    KEPT.with_borrow_mut(|kept| {
        if kept.is_empty() {
            // no word has the hash of an empty place: its facts would be those of no word
            kept.resize(PAIRS, [Kept { hash: 0, facts: asked(0, "") }; 2]);
        }
        for (i, token) in text.tokens.iter().enumerate() {
            let pair = &mut kept[(token.hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % PAIRS];
            if pair[0].hash != token.hash {
                if pair[1].hash != token.hash {
                    pair[1] = Kept { hash: token.hash, facts: asked(token.hash, text.fold(i)) };
                }
                pair.swap(0, 1);
            }
            let mut found = pair[0].facts;
            found.bits |= of_token(token);
            facts.push(found);
        }
    });
    text.facts = facts;
}

fn of_token(token: &Token) -> u64 {
    match token.kind {
        Kind::Word if token.is_capital() => Facts::WORD | Facts::CAPITAL,
        Kind::Word => Facts::WORD,
        Kind::Number => Facts::NUMBER,
        Kind::Mark => Facts::MARK,
    }
}

/// What the tables say of a folded form.
fn asked(hash: u64, fold: &str) -> Facts {
    let bits = JUDGES.iter().fold(forms::of(hash).bits(), |bits, judge| bits | judge(hash, fold));
    let stem = stems::hash(stems::stem(fold));
    Facts { bits, stem, classes: lexicon::classes(fold), body: words::row(stem) }
}
