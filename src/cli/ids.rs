//! The ids that a run has seen, in some nine bytes each.
//!
//! A hash table doubles when it is full, and holds both sizes while it does. Hashes here are dealt by their
//! first bits to short sorted lists, which grow by a quarter.

use std::hash::{DefaultHasher, Hasher};

/// So many first bits of a hash say which list it is in.
const BITS: u32 = 12;

/// The hashes of ids.
#[derive(Debug, Default)]
pub(super) struct Ids {
    lists: Vec<Vec<u64>>,
}

impl Ids {
    /// Adds an id; false when it is there already.
    pub fn insert(&mut self, id: &str) -> bool {
        if self.lists.is_empty() {
            self.lists.resize_with(1 << BITS, Vec::new);
        }
        let hash = hash(id);
        let list = &mut self.lists[(hash >> (u64::BITS - BITS)) as usize];
        let Err(at) = list.binary_search(&hash) else { return false };
        if list.len() == list.capacity() {
            list.reserve_exact(list.len() / 4 + 1);
        }
        list.insert(at, hash);
        true
    }
}

/// The same for an id in every run of one program.
pub(super) fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_new_once() {
        let mut ids = Ids::default();
        let mut all = || (0..50_000).filter(|n| ids.insert(&format!("folder/{n}"))).count();
        assert_eq!((all(), all()), (50_000, 0));
        let held: usize = ids.lists.iter().map(|list| list.capacity() * size_of::<u64>()).sum();
        assert!(held < 50_000 * 11, "{held}");
    }
}
