//! What is read in whole documents, at a glance: a change shows here as a change of lines.
//!
//! After a wanted change: `INSTA_UPDATE=always cargo test --test snapshots`, and read the difference.

use std::fmt::Write;
use std::path::Path;

use dateline::{Document, Extractor, Settings};

fn shown(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples/releases").join(name);
    let bytes = std::fs::read(path).expect("a sample");
    let text = dateline::decode::text(&bytes, None).expect("a text").text;
    let record = Extractor::new(Settings::default()).extract(&Document::new(name, text));
    let mut out =
        format!("title: {:?}\npublished: {:?}\nevent: {:?} at {:?}\n", record.title, record.published, record.event, record.event_place);
    for (kind, role) in record.roles() {
        let words = role.evidence.as_ref().map_or("", |e| e.text.as_str());
        writeln!(out, "{kind}: {} ({words}; {})", role.name, role.rule).expect("a string");
    }
    for m in &record.mentions {
        let value = m.value.as_deref().or(m.name.as_deref()).or(m.currency()).unwrap_or_default();
        let more = m.role.as_deref().or(m.country.as_deref()).or(m.entity.as_deref()).unwrap_or_default();
        writeln!(out, "{:>5} {:12} {:?} = {value} [{more}] {}", m.start, m.kind, m.text, m.rule).expect("a string");
    }
    out
}

#[test]
fn an_english_release_with_ranges_relative_days_and_donors() {
    insta::assert_snapshot!(shown("en-01.txt"));
}

#[test]
fn a_saved_page_with_furniture() {
    insta::assert_snapshot!(shown("en-02.txt"));
}

#[test]
fn a_russian_release_in_windows_1251() {
    insta::assert_snapshot!(shown("ru-04.txt"));
}
