//! Any bytes as an archive, a crawl, an office file or a letter: no panic of our own, an end, and
//! no member outside of its archive. The first byte chooses the name.
#![no_main]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use dateline::markup::{self, Told};
use dateline::read::archives::{self, Limits};
use dateline::read::formats::Kind;
use dateline::read::{Item, Sources};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 8] = ["a.zip", "a.tar", "a.gz", "a.zst", "a.tar.gz", "a.warc", "a.docx", "a.eml"];

/// Libraries may give up on a file, which in the program is one error row; our own code may not.
fn told() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            if panic.location().is_none_or(|at| !at.file().contains("/registry/") && !at.file().starts_with("/rustc/")) {
                eprintln!("{panic}");
                std::process::abort();
            }
        }));
    });
}

fuzz_target!(|bytes: &[u8]| {
    told();
    let Some((&first, bytes)) = bytes.split_first() else { return };
    let sources = Sources {
        max_size: 1 << 20,
        unpacking: Limits { unpacked: 8 << 20, members: 1000, nesting: 3, ratio: 400 },
        ..Sources::of(Vec::new())
    };
    let name = NAMES[usize::from(first) % NAMES.len()];
    let Ok(items) = catch_unwind(AssertUnwindSafe(|| archives::held(&sources, name, bytes))) else { return };
    for item in items {
        if let Item::File(file) = item {
            // the addresses of a crawl are what they are
            assert!(file.id.contains(".warc") || !file.id.contains("/../"));
            if file.kind != Kind::Pdf {
                let told = Told { encoding: None, charset: file.charset.as_deref(), limit: 1 << 20 };
                let _ = catch_unwind(AssertUnwindSafe(|| markup::read(file.kind, &file.bytes, told)));
            }
        }
    }
});
