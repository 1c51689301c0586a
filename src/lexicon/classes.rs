//! Classes of English words that stand among the same neighbours.
//!
//! [`crate::names::classes`] learns them from unmarked text. `data/generated/classes.en.bin` holds hashes
//! of words, no words: a sorted run of `u32`, then a byte each.

use std::sync::LazyLock;

use crate::fingerprint::stable;

static ENGLISH: LazyLock<Table> = LazyLock::new(|| Table::new(include_bytes!("../../data/generated/classes.en.bin")));

/// Whether a word is none of those that English texts have often, with or without a capital.
#[must_use]
pub(crate) fn is_strange(fold: &str) -> bool {
    class(fold, true) == 0 && class(fold, false) == 0
}

/// The class of an English word, with or without a capital; 0 for one that is not known.
#[must_use]
pub fn class(fold: &str, capital: bool) -> u8 {
    let key = key(fold, capital);
    ENGLISH.find(key)
}

/// A table with the places where keys of each beginning are.
struct Table {
    bytes: &'static [u8],
    /// For the first bits of keys, the number of keys below.
    beginnings: Vec<u32>,
}

/// How many bits of a key have a place of their own.
const BITS: u32 = 14;

impl Table {
    fn new(bytes: &'static [u8]) -> Self {
        let mut beginnings = vec![0; (1 << BITS) + 1];
        for key in bytes[..bytes.len() / 5 * 4].chunks_exact(4).filter_map(|b| b.try_into().ok()).map(u32::from_le_bytes) {
            beginnings[(key >> (32 - BITS)) as usize + 1] += 1;
        }
        for i in 1..beginnings.len() {
            beginnings[i] += beginnings[i - 1];
        }
        Self { bytes, beginnings }
    }

    fn find(&self, key: u32) -> u8 {
        let place = (key >> (32 - BITS)) as usize;
        find(self.bytes, key, (self.beginnings[place] as usize, self.beginnings[place + 1] as usize))
    }
}

/// The class of a key, which stands between `low` and `high` if anywhere.
pub(crate) fn find(table: &[u8], key: u32, (mut low, mut high): (usize, usize)) -> u8 {
    let count = table.len() / 5;
    let at = |i: usize| table.get(4 * i..4 * i + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
    while low < high {
        let middle = (low + high) / 2;
        if at(middle) < key {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if low < count && at(low) == key { table.get(4 * count + low).copied().unwrap_or(0) } else { 0 }
}

pub(crate) fn key(fold: &str, capital: bool) -> u32 {
    (stable(40 + u64::from(capital), fold.as_bytes()) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_table_knows_common_words() {
        assert_ne!(class("ministry", true), 0);
        assert_eq!(class("", false), 0);
    }
}
