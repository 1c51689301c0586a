//! What the tables of the whole program say of a word.
//!
//! Most words of a text begin nothing that any table holds. [`crate::facts`] asks the tables once
//! for each distinct word and notes the answer for every token, so that a finder goes from one
//! candidate to the next, or turns a token down by one bit, without a look-up of its own.

/// What is known of a token by its folded form, its kind and whether it begins with a capital.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What it is, may be or begins: the constants of this type and of `crate::facts`, as bits.
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
