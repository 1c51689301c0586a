//! Any text through everything: no panic, mentions inside the text and equal to it.
#![no_main]

use std::sync::LazyLock;

use dateline::{Document, Extractor, Settings};
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Settings::default()));

fuzz_target!(|text: &str| {
    let record = EXTRACTOR.extract(&Document::new("a.txt", text));
    for mention in record.mentions.iter().take(50) {
        let slice: String = text.chars().skip(mention.start).take(mention.end - mention.start).collect();
        assert_eq!(slice, mention.text);
    }
});
