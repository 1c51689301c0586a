//! What the tables of the whole program say of a word.
//!
//! Most words of a text begin nothing that any table holds. `crate::vocabulary` asks the tables once
//! for each distinct word and notes the answer for every token, so that a finder goes from one
//! candidate to the next, or turns a token down by one bit, without a look-up of its own.

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

/// What is known of a token by its folded form, its kind and whether it begins with a capital.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What it is, may be or begins: the constants of this type and of this file, as bits.
    pub bits: u64,
    /// The key of its stem, of a word that is written in small letters but for the first.
    pub stem: u64,
    /// The languages whose alphabets have all its letters, as bits.
    pub alphabets: u64,
    /// Its classes, see [`crate::lexicon`].
    pub classes: u32,
    /// A hash of its first five letters; 0 for a word of less than four.
    pub beginning: u32,
    /// Its ending in the tables of languages; 0 for none.
    pub ending: u16,
    /// Its number among the small words of languages; 0 for none.
    pub small: u16,
    /// Its row in the table of bodies' words; 0 for none.
    pub body: u16,
    /// Its shape, as the sequence model sees it.
    pub form: u8,
}

impl Facts {
    /// A word that begins with a capital.
    pub const CAPITAL: u64 = 1 << 63;
    /// A word.
    pub const WORD: u64 = 1 << 62;
    /// A number.
    pub const NUMBER: u64 = 1 << 61;
    /// A mark.
    pub const MARK: u64 = 1 << 60;
    /// A word that may begin a name though it has no capital: in other letters than Latin ones, or "al".
    pub const OPEN: u64 = 1 << 21;
    /// A word in other letters than Latin and Cyrillic ones.
    pub const OTHER_SCRIPT: u64 = 1 << 22;
}

/// The words of a page: a number for each token, and what is known of each number.
///
/// Tokens with one number have one folded form; a form has a number in small letters, another with
/// a capital, and now and then more.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) numbers: Vec<u32>,
    pub(crate) facts: Vec<Facts>,
    /// For each token the bits of its facts, which finders ask for far more often than for the rest.
    pub(crate) each: Vec<u64>,
    /// The bits of all.
    pub(crate) bits: u64,
}

/// The tokens of a stretch that may be what some bits name, in order.
pub(super) struct Candidates<'t> {
    bits: u64,
    /// The bits of the tokens from `at` on.
    each: &'t [u64],
    at: usize,
}

/// Tokens that are passed over in one step where none is a candidate.
const STRIDE: usize = 8;

impl Words {
    pub(super) fn candidates(&self, range: std::ops::Range<usize>, bits: u64) -> Candidates<'_> {
        let each = if self.bits & bits == 0 { None } else { self.each.get(range.start..range.end.min(self.each.len())) };
        Candidates { bits, each: each.unwrap_or_default(), at: range.start }
    }
}

impl Iterator for Candidates<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while let Some((ahead, behind)) = self.each.split_first_chunk::<STRIDE>() {
            if ahead.iter().fold(0, |all, own| all | own) & self.bits != 0 {
                break;
            }
            (self.each, self.at) = (behind, self.at + STRIDE);
        }
        let past = self.each.iter().position(|own| own & self.bits != 0)? + 1;
        (self.each, self.at) = (&self.each[past..], self.at + past);
        Some(self.at - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_the_tokens_with_one_of_the_bits() {
        let each: Vec<u64> = (0..100).map(|n: u64| if n % 7 == 3 || n > 90 { 5 } else { 2 }).collect();
        let words = Words { bits: 7, each, ..Words::default() };
        for (from, to) in [(0, 100), (3, 4), (4, 10), (5, 5), (90, 100), (17, 93), (95, 120)] {
            let wanted: Vec<usize> = (from..to.min(100)).filter(|&n| words.each[n] & 4 != 0).collect();
            assert_eq!(words.candidates(from..to, 4).collect::<Vec<_>>(), wanted);
        }
    }
}
