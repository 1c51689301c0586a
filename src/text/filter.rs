//! A quick "surely not" before a look-up in a table.

/// A set of hashes that may hold more than was put in: a bit for each, at the place its hash says.
///
/// Most words of a text begin no phrase of a table. The bits of a table's first words lie in a few
/// lines of the processor's cache, so nearly all other words are passed over without a look-up.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    bits: Vec<u64>,
}

impl Filter {
    /// Room for hashes: `1 << size` bits, of which one in ten or fewer should be used.
    pub(crate) fn new(size: u32) -> Self {
        Self { bits: vec![0; 1 << size.saturating_sub(6)] }
    }

    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let spread = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((spread >> 32) as usize & (self.bits.len() - 1), 1 << (spread >> 26 & 63))
    }

    /// Puts a hash in.
    pub(crate) fn add(&mut self, hash: u64) {
        let (at, bit) = self.place(hash);
        self.bits[at] |= bit;
    }

    /// Whether the hash may have been put in; surely not when false.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let (at, bit) = self.place(hash);
        self.bits[at] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_held_and_little_else() {
        let mut filter = Filter::new(13);
        (0..400_u64).for_each(|n| filter.add(n * n * 7919));
        assert!((0..400_u64).all(|n| filter.may_hold(n * n * 7919)));
        let more = (0..10_000_u64).filter(|n| filter.may_hold(n.rotate_left(40) ^ 0x5555_0000_1234_5678)).count();
        assert!(more < 1000, "{more}");
    }
}
