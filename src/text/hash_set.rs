//! A set of token hashes.

/// A set of hashes of words: a table with an empty place beside every used one, and no hashing of
/// what is a hash already.
#[derive(Clone, Debug)]
pub(crate) struct HashSet {
    /// A power of two of places; 0 where none stands.
    places: Vec<u64>,
    used: usize,
}

impl HashSet {
    /// Room for so many hashes before it grows.
    pub(crate) fn with_room(hashes: usize) -> Self {
        Self { places: vec![0; (2 * hashes + 2).next_power_of_two()], used: 0 }
    }

    /// The place of a hash, or the empty one where it would stand.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let last = self.places.len() - 1;
        let mut at = (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & last;
        while self.places[at] != hash && self.places[at] != 0 {
            at = (at + 1) & last;
        }
        at
    }

    /// Puts a hash in.
    #[inline]
    pub(crate) fn insert(&mut self, hash: u64) {
        let hash = hash.max(1);
        let at = self.place(hash);
        // without a branch: whether a word stood before cannot be guessed
        self.used += usize::from(self.places[at] == 0);
        self.places[at] = hash;
        if 2 * self.used > self.places.len() {
            let old = std::mem::replace(self, Self::with_room(2 * self.used));
            old.places.into_iter().filter(|&hash| hash != 0).for_each(|hash| self.insert(hash));
        }
    }

    /// Whether a hash was put in.
    #[inline]
    pub(crate) fn contains(&self, hash: u64) -> bool {
        let hash = hash.max(1);
        self.places[self.place(hash)] == hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_held_and_nothing_else() {
        let mut set = HashSet::with_room(3);
        assert!(!set.contains(0) && !set.contains(7));
        (0..500_u64).for_each(|n| set.insert(n * 4096));
        (0..500_u64).for_each(|n| set.insert(n * 4096));
        assert!((0..500_u64).all(|n| set.contains(n * 4096)));
        assert!(!(0..500_u64).any(|n| set.contains(n * 4096 + 2)));
    }
}
