//! Any bytes: no panic, and what is read is text with nothing in it that was not there.
#![no_main]

use dateline::decode;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(decoded) = decode::text(bytes, None) {
        assert!(decoded.text.len() <= bytes.len() * 4);
        assert!((0.0..=1.0).contains(&decoded.certainty));
    }
});
