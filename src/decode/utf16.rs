//! UTF-16 without a byte order mark.
//!
//! Half of the bytes of a text in UTF-16 are the high halves of its code units, and those of
//! English and Russian are almost all 0 or 4. No 8-bit text looks so: two of its bytes together
//! are a unit above U+2020.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

const SAMPLE: usize = 16 * 1024;

/// The byte order, with a certainty, when the bytes read as UTF-16.
pub(super) fn detect(bytes: &[u8]) -> Option<(&'static Encoding, f32)> {
    if bytes.len() < 4 {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let little = plausible(sample, u16::from_le_bytes);
    let big = plausible(sample, u16::from_be_bytes);
    let (encoding, share) = if little >= big { (UTF_16LE, little) } else { (UTF_16BE, big) };
    (share > 0.8).then_some((encoding, share))
}

/// The share of code units that are characters of a text in an alphabet.
fn plausible(sample: &[u8], unit: fn([u8; 2]) -> u16) -> f32 {
    let (mut good, mut all) = (0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        all += 1;
        let unit = unit([pair[0], pair[1]]);
        good += usize::from(matches!(unit, 9 | 10 | 13 | 0x20..=0x7e | 0xa0..=0x17f | 0x400..=0x52f | 0x2010..=0x201f | 0x2022 | 0x2026));
    }
    good as f32 / all.max(1) as f32
}
