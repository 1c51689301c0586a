//! Damaged and hostile files of every kind: no panic of our own, no hang, no growth.
//!
//! Small documents are damaged at random, the same way in each run: bytes changed, cut out,
//! doubled, lengths and tags put where they do not belong. `DATELINE_ITERATIONS=10000000 cargo test
//! --test hostile -- --nocapture` runs as long as one likes; without it a few hundred are tried.
//! `fuzz/` has the same targets for `cargo fuzz`.

use std::io::{Cursor, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use dateline::markup::{self, Told};
use dateline::page::Page;
use dateline::read::archives::Limits;
use dateline::read::formats::Kind;
use dateline::read::{Item, Sources};

/// Xorshift, Marsaglia 2003.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

const PIECES: [&[u8]; 30] = [
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"<div>",
    b"</p>",
    b"<table><tr><td>",
    b"<!--",
    b"&#x110000;",
    b"&amp",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"Content-Length: 99999999999\r\n",
    b"--b\r\n",
    b"\x1f\x8b\x08",
    b"../",
    b"\xd0",
    b"\xef\xbb\xbf",
    b"=?utf-8?Q?",
    b"<script>",
    b"| a | b |\n|--|\n",
    b"\r\n\r\n",
    b"<b><i class=a><a>",
    b"</b></table></a>",
    b"<template>",
    b"<svg><foreignObject><p>",
    b"<math><annotation-xml encoding=text/html>",
    b"<select><option><selectedcontent>",
    b"<!DOCTYPE html>",
    b"<noscript><frameset>",
    b"<html class=a><body hidden>",
    b"<plaintext>",
];

fn damaged(seed: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.next(6) {
        let at = random.next(bytes.len());
        match random.next(6) {
            0 | 1 if !bytes.is_empty() => bytes[at] = random.next(256) as u8,
            2 => bytes.truncate(at),
            3 => {
                let piece = PIECES[random.next(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            4 => {
                let end = (at + random.next(200)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            _ => {
                let end = (at + random.next(40)).min(bytes.len());
                bytes.drain(at..end);
            }
        }
    }
    bytes
}

fn iterations() -> usize {
    std::env::var("DATELINE_ITERATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const PAGE: &str = "<html><head><title>Мост открыт | Долина</title><meta charset=utf-8><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-05-06\"}</script></head><body><nav><a>Главная</a></nav><article><h1>Мост открыт</h1><p>В селе <b>открыли</b> мост &amp; дорогу.<br>Да.</p><pre>a\n b</pre><table><tr><td>1<td>2</table></article><footer>© 2021</footer></body></html>";
const TOLD: Told = Told { encoding: None, charset: None, limit: 1 << 20 };

#[test]
fn damaged_texts_and_pages_are_read_or_refused() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let russian =
        encoding_rs::WINDOWS_1251.encode("Семинар прошёл 5 мая 2020 года в Бишкеке при поддержке посольства Японии.\n").0.into_owned();
    let note = "---\ntitle: a\n---\n# Мост\n\n- [a](b)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx\n```\n";
    let seeds: [(Kind, &[u8]); 4] =
        [(Kind::Page, PAGE.as_bytes()), (Kind::Text, &russian), (Kind::Text, PAGE.as_bytes()), (Kind::Markdown, note.as_bytes())];
    for number in 0..iterations() {
        let (kind, seed) = seeds[number % seeds.len()];
        let bytes = damaged(seed, &mut random);
        let Ok(plain) = markup::read(kind, &bytes, TOLD) else { continue };
        if kind != Kind::Text {
            assert_eq!(plain.text.lines().count(), plain.markup.lines.len(), "{:?}", String::from_utf8_lossy(&bytes));
        }
        let page = Page::marked(&plain.text, &plain.markup.lines, false);
        assert!(page.zones.stretches.iter().all(|stretch| plain.text.get(stretch.span.range()).is_some()));
    }
}

#[test]
fn damaged_office_files_and_letters_are_read_or_refused() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let word = zipped(&[(
        "word/document.xml",
        b"<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>One &amp; two</w:t></w:r></w:p></w:body></w:document>",
    )]);
    let open = zipped(&[("content.xml", b"<o:d xmlns:o=\"o\"><o:body><o:p>One<o:s/>two</o:p></o:body></o:d>")]);
    let letter = "From: a@b.example\r\nSubject: =?UTF-8?B?0JzQvtGB0YI=?=\r\nDate: Thu, 6 May 2021 09:30:00 +0600\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: base64\r\n\r\n9yDTxczF\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--b--\r\n";
    let seeds: [(Kind, &[u8]); 3] = [(Kind::Word, &word), (Kind::OpenText, &open), (Kind::Letter, letter.as_bytes())];
    std::panic::set_hook(Box::new(|_| {}));
    let mut given_up = 0;
    for number in 0..iterations() {
        let (kind, seed) = seeds[number % seeds.len()];
        let bytes = damaged(seed, &mut random);
        // a library may give up on a file: in the program that is one error row
        given_up += usize::from(catch_unwind(AssertUnwindSafe(|| drop(markup::read(kind, &bytes, TOLD)))).is_err());
    }
    drop(std::panic::take_hook());
    println!("libraries gave up on {given_up} of {}", iterations());
}

#[test]
fn damaged_archives_and_crawls_end_and_stay_inside() {
    let mut random = Random(0xd1b5_4a32_d192_ed03);
    let zip = zipped(&[("a/b.txt", b"One text of a release."), ("c.html", PAGE.as_bytes())]);
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(3);
    header.set_cksum();
    tar.append_data(&mut header, "a/b.txt", &b"One"[..]).unwrap();
    let tar = tar.into_inner().unwrap();
    let zst = zstd::encode_all(tar.as_slice(), 1).unwrap();
    let crawl = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n\r\n\r\n",
        56
    );
    let seeds: [(&str, &[u8]); 4] = [("a.zip", &zip), ("a.tar", &tar), ("a.tar.zst", &zst), ("a.warc", crawl.as_bytes())];
    let folder = tempfile::tempdir().unwrap();
    for number in 0..iterations() {
        let (name, seed) = seeds[number % seeds.len()];
        let path = folder.path().join(name);
        std::fs::write(&path, damaged(seed, &mut random)).unwrap();
        let sources = Sources {
            max_size: 1 << 20,
            unpacking: Limits { unpacked: 8 << 20, members: 1000, nesting: 3, ratio: 400 },
            ..Sources::of(vec![path])
        };
        for item in sources.items().unwrap() {
            if let Item::File(file) = item {
                // the addresses of a crawl are what they are
                assert!(name == "a.warc" || !file.id.split('/').any(|part| part == ".."), "{}", file.id);
            }
        }
    }
}
