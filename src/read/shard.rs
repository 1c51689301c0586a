//! A part of a corpus, for runs that share the work.
//!
//! Which part a document belongs to hangs on its id alone, so that adding a document moves no
//! other, and every run can leave out the rest without opening it.

use std::str::FromStr;

use crate::fingerprint::fnv1a;

/// Which part of how many: `1/4` is the first of four.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    part: u64,
    of: u64,
}

impl Shard {
    /// Whether a document of this id belongs to the part.
    #[must_use]
    pub fn holds(self, id: &str) -> bool {
        let hash = fnv1a(id.bytes());
        // the low bits of this hash hang on the last letters alone
        (hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32) % self.of + 1 == self.part
    }
}

impl FromStr for Shard {
    type Err = String;

    /// ```
    /// let shard: dateline::read::Shard = "2/3".parse()?;
    /// assert!("4/3".parse::<dateline::read::Shard>().is_err());
    /// # Ok::<(), String>(())
    /// ```
    fn from_str(written: &str) -> Result<Self, String> {
        let parts = written.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((part, of)) if (1..=of).contains(&part) => Ok(Self { part, of }),
            _ => Err("is no part: write 1/4 for the first of four".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_is_in_one_part_and_the_parts_are_alike() {
        let shards: Vec<Shard> = (1..=4).map(|n| format!("{n}/4").parse().unwrap()).collect();
        let mut counts = [0; 4];
        for n in 0..4000 {
            let id = format!("folder/{n:05}.txt");
            let holders: Vec<usize> = (0..4).filter(|i| shards[*i].holds(&id)).collect();
            assert_eq!(holders.len(), 1, "{id}");
            counts[holders[0]] += 1;
        }
        assert!(counts.iter().all(|count| (900..1100).contains(count)), "{counts:?}");
    }

    #[test]
    fn wrong_parts_are_refused() {
        for wrong in ["", "1", "0/2", "3/2", "a/b", "1/0", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
