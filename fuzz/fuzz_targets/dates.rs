//! Any text: no panic, spans inside it, every value one that can be read back.
#![no_main]

use dateline::dates::{self, Value};
use dateline::mention::Fact;
use dateline::page::Page;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let page = Page::new(text, true);
    for mention in dates::find(&page, None) {
        let Fact::Date(date) = &mention.fact else { continue };
        assert!(text.get(mention.span.range()).is_some());
        assert_eq!(date.value.to_string().parse::<Value>(), Ok(date.value));
    }
});
