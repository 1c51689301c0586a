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
/// A word for an agreement.
pub const AGREEMENT: u64 = 1 << 20;
/// A Roman number.
pub const ROMAN: u64 = 1 << 23;

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
    /// Nothing is known.
    pub(crate) const NONE: Self = Self { bits: 0, stem: 0, alphabets: 0, classes: 0, beginning: 0, ending: 0, small: 0, body: 0, form: 0 };
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
    /// For each bit the tokens that have it, [`BLOCK`] of them as the bits of one number.
    having: Vec<[u64; BLOCK]>,
}

/// The tokens of a stretch that may be what some bits name, in order.
pub(super) struct Candidates<'t> {
    bits: u64,
    having: &'t [[u64; BLOCK]],
    /// The block that is read, and its candidates not given yet.
    block: usize,
    rest: u64,
    end: usize,
}

/// As many tokens as a number has bits.
const BLOCK: usize = 64;

impl Words {
    /// What is known of the tokens with these `numbers`.
    pub(crate) fn new(numbers: Vec<u32>, facts: Vec<Facts>, each: Vec<u64>) -> Self {
        let bits = facts.iter().fold(0, |all, facts| all | facts.bits);
        let blocks = each.chunks(BLOCK).map(|tokens| {
            let mut block = [0; BLOCK];
            block[..tokens.len()].copy_from_slice(tokens);
            turned(block)
        });
        let having = blocks.collect();
        Self { numbers, facts, each, bits, having }
    }

    /// Takes the facts `bits` from one token.
    pub(crate) fn clear(&mut self, token: usize, bits: u64) {
        if let (Some(own), Some(block)) = (self.each.get_mut(token), self.having.get_mut(token / BLOCK)) {
            *own &= !bits;
            for (n, having) in block.iter_mut().enumerate().filter(|(n, _)| bits >> n & 1 != 0) {
                debug_assert!(n < BLOCK);
                *having &= !(1 << (token % BLOCK));
            }
        }
    }

    /// The tokens that have one of the facts `bits`, and those that `more` names, in order.
    pub(crate) fn candidates_and(&self, bits: u64, more: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
        let mut wanted: Vec<u64> = self.having.iter().map(|having| of_block(having, bits)).collect();
        for i in more {
            if let Some(block) = wanted.get_mut(i / BLOCK) {
                *block |= 1 << (i % BLOCK);
            }
        }
        wanted.into_iter().enumerate().flat_map(|(n, mut rest)| {
            std::iter::from_fn(move || {
                let at = (rest != 0).then_some(n * BLOCK + rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(at)
            })
        })
    }

    #[inline]
    pub(super) fn candidates(&self, range: std::ops::Range<usize>, bits: u64) -> Candidates<'_> {
        let end = if self.bits & bits == 0 { 0 } else { range.end.min(self.each.len()) };
        let mut candidates = Candidates { bits, having: &self.having, block: range.start / BLOCK, rest: 0, end };
        if range.start < end {
            candidates.rest = candidates.of_block() & u64::MAX << (range.start % BLOCK);
        }
        candidates
    }
}

impl Candidates<'_> {
    /// The candidates of the block.
    #[inline]
    fn of_block(&self) -> u64 {
        of_block(&self.having[self.block], self.bits)
    }

    /// How many there are.
    pub(super) fn count_all(mut self) -> usize {
        let mut count = 0;
        loop {
            let left = self.end.saturating_sub(self.block * BLOCK);
            if left <= BLOCK {
                let inside = u64::MAX.checked_shr((BLOCK - left) as u32).unwrap_or(0);
                return count + (self.rest & inside).count_ones() as usize;
            }
            count += self.rest.count_ones() as usize;
            self.block += 1;
            self.rest = self.of_block();
        }
    }
}

/// The tokens of a block that have one of the facts `bits`.
#[inline]
fn of_block(having: &[u64; BLOCK], mut bits: u64) -> u64 {
    let mut all = 0;
    while bits != 0 {
        all |= having[bits.trailing_zeros() as usize];
        bits &= bits - 1;
    }
    all
}

impl Iterator for Candidates<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.rest == 0 {
            if (self.block + 1) * BLOCK >= self.end {
                return None;
            }
            self.block += 1;
            self.rest = self.of_block();
        }
        let at = self.block * BLOCK + self.rest.trailing_zeros() as usize;
        self.rest &= self.rest - 1;
        (at < self.end).then_some(at)
    }
}

/// Bit `m` of number `n` as bit `n` of number `m`: halves of the square change places, then halves of those.
fn turned(mut square: [u64; BLOCK]) -> [u64; BLOCK] {
    swap::<32>(&mut square, 0x0000_0000_FFFF_FFFF);
    swap::<16>(&mut square, 0x0000_FFFF_0000_FFFF);
    swap::<8>(&mut square, 0x00FF_00FF_00FF_00FF);
    swap::<4>(&mut square, 0x0F0F_0F0F_0F0F_0F0F);
    swap::<2>(&mut square, 0x3333_3333_3333_3333);
    swap::<1>(&mut square, 0x5555_5555_5555_5555);
    square
}

#[inline]
fn swap<const SIDE: usize>(square: &mut [u64; BLOCK], low: u64) {
    for pair in square.chunks_exact_mut(2 * SIDE) {
        let (above, below) = pair.split_at_mut(SIDE);
        for (a, b) in above.iter_mut().zip(below) {
            let changed = (*a >> SIDE ^ *b) & low;
            *a ^= changed << SIDE;
            *b ^= changed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_the_tokens_with_one_of_the_bits() {
        let each: Vec<u64> = (0..100).map(|n: u64| if n % 7 == 3 || n > 90 { 5 } else { 2 }).collect();
        let facts = vec![Facts { bits: 7, ..Facts::default() }];
        let words = Words::new(Vec::new(), facts, each);
        for (from, to) in [(0, 100), (3, 4), (4, 10), (5, 5), (90, 100), (17, 93), (95, 120)] {
            let wanted: Vec<usize> = (from..to.min(100)).filter(|&n| words.each[n] & 4 != 0).collect();
            assert_eq!(words.candidates(from..to, 4).collect::<Vec<_>>(), wanted);
            assert_eq!(words.candidates(from..to, 4).count_all(), wanted.len());
        }
        let with_more: Vec<usize> = (0..100).filter(|&n| words.each[n] & 4 != 0 || n == 5 || n == 64).collect();
        assert_eq!(words.candidates_and(4, [64, 5, 3, 200].into_iter()).collect::<Vec<_>>(), with_more);
    }
}
