//! What the tables of the program say of single words: asked once for each distinct word.
//!
//! A text has few distinct words, and a corpus not many more, so each thread keeps the answers in
//! a table of fixed size where a newer word takes the place of an older one. An answer depends on
//! the folded form alone; what is kept never changes a result. [`fill`] writes the answers beside
//! the tokens of a page ([`Text::facts`]).
//!
//! To add a bit: a constant, and a row of [`JUDGES`] that asks the table. A bit that is not set
//! must mean "surely not": a judge may say yes too often, never too seldom.

use std::cell::RefCell;

use crate::names::lexicon;
use crate::organizations::{forms, stems, words};
use crate::text::{Facts, Kind, Text, Token};
use crate::zones;

/// Begins a cue of page furniture.
pub const CUE_OF_PAGE: u64 = 1;
/// A word of the calendar that zones look at.
pub const CALENDAR_OF_PAGE: u64 = 1 << 1;

/// Asks a table about a folded form and its hash.
type Judge = fn(hash: u64, fold: &str) -> bool;

const JUDGES: &[(u64, Judge)] =
    &[(CUE_OF_PAGE, |hash, _| zones::may_begin_cue(hash)), (CALENDAR_OF_PAGE, |hash, _| zones::may_be_of_calendar(hash))];

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
    let bits = JUDGES.iter().filter(|(_, judge)| judge(hash, fold)).fold(forms::of(hash).bits(), |bits, (bit, _)| bits | bit);
    let stem = stems::hash(stems::stem(fold));
    Facts { bits, stem, classes: lexicon::classes(fold), body: words::row(stem) }
}
