//! Hashes that are the same on every machine and in every version, for what runs share (shards of
//! a corpus, the summaries of its parts) and for what is learnt once and stored.

/// FNV-1a, 64 bits (Fowler, Noll, Vo).
pub(crate) fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// 2^64 divided by the golden ratio: odd, and spreads what it multiplies (Knuth).
pub(crate) const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;

/// A hash that never changes: one multiplication for each byte.
pub(crate) fn stable(seed: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(seed.wrapping_mul(PRIME) ^ 0x51_7C_C1_B7_27_22_0A_95, |h, &b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3).rotate_left(23)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn hashes_are_those_of_the_definition() {
        assert_eq!(super::fnv1a(*b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(super::fnv1a(*b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(super::fnv1a(*b"foobar"), 0x8594_4171_f739_67e8);
    }
}
