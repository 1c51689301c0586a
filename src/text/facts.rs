//! What the tables of the whole program say of a word.
//!
//! Most words of a text begin nothing that any table holds. [`crate::facts`] asks the tables once
//! for each distinct word and writes the answer beside every token, so that a finder goes from one
//! candidate to the next, or turns a token down by one bit, without a look-up of its own.

/// What is known of a token by its folded form, and by its kind and capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What it may be or begin: the constants of [`crate::facts`] and of this type, as bits.
    pub bits: u64,
    /// The key of its stem, of a word that is written in small letters but for the first.
    pub stem: u64,
    /// Its classes, see [`crate::names::lexicon`].
    pub classes: u32,
    /// Its row in the table of bodies' words; 0 for none.
    pub body: u16,
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
}
