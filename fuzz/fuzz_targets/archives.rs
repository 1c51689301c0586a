//! Any bytes as an archive, a crawl, an office file or a letter: no panic of our own, an end, and
//! no member outside of its archive. The first byte chooses the name.
#![no_main]

use std::io::Write;

use dateline::markup::{self, Told};
use dateline::read::archives::Limits;
use dateline::read::formats::Kind;
use dateline::read::{Item, Sources};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 8] = ["a.zip", "a.tar", "a.gz", "a.zst", "a.tar.gz", "a.warc", "a.docx", "a.eml"];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, bytes)) = bytes.split_first() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(NAMES[usize::from(first) % NAMES.len()]);
    std::fs::File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("a file");
    let sources = Sources {
        max_size: 1 << 20,
        unpacking: Limits { unpacked: 8 << 20, members: 1000, nesting: 3, ratio: 400 },
        ..Sources::of(vec![path])
    };
    for item in sources.items().expect("no glob") {
        if let Item::File(file) = item {
            // the addresses of a crawl are what they are
            assert!(file.id.contains(".warc") || !file.id.contains("/../"));
            if file.kind != Kind::Pdf {
                let _ = markup::read(file.kind, &file.bytes, Told { encoding: None, charset: None, limit: 1 << 20 });
            }
        }
    }
});
