//! Any bytes as a web page and as Markdown: no panic, a mark for each line, zones inside the text.
#![no_main]

use dateline::markup::{self, Told};
use dateline::page::Page;
use dateline::read::formats::Kind;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for kind in [Kind::Page, Kind::Markdown] {
        let Ok(plain) = markup::read(kind, bytes, Told { encoding: None, charset: None, limit: 1 << 20 }) else { continue };
        assert_eq!(plain.text.lines().count(), plain.markup.lines.len());
        let page = Page::marked(&plain.text, &plain.markup.lines, false);
        assert!(page.zones.stretches.iter().all(|stretch| plain.text.get(stretch.span.range()).is_some()));
    }
});
