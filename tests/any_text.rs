//! Whatever the text: no panic, and every offset points at the words it says.
//!
//! The texts are pieces of the samples cut, joined and strewn with odd characters, so that the
//! finders have something to find in them. `PROPTEST_CASES` sets how many are tried.

use std::sync::LazyLock;

use dateline::{Document, Extractor, Record, Settings, decode};
use proptest::prelude::*;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Settings::default()));

static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples/releases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths.iter().map(|path| decode::text(&std::fs::read(path).unwrap(), None).unwrap().text);
    texts.flat_map(|text| text.split_inclusive([' ', '\n']).map(Into::into).collect::<Vec<String>>()).collect()
});

const ODD: &[&str] = &[
    "\u{301}",
    "\u{200d}",
    "\u{feff}",
    "\u{202e}",
    "🦀",
    "𝔄",
    "İ",
    "ß",
    "ǅ",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "\t",
    "\r",
    "«",
    "»",
    "“",
    "(",
    ")",
    "…",
    "—",
    "№",
    "$",
    "€",
    "1",
    "31",
    "2020",
    "99999999999999999999",
    "32.13.2020",
    "0.0.0",
    "-",
    "'",
    "’",
    "@",
    "http://",
    ".",
    "\n\n",
    "ё",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => (any::<prop::sample::Index>(), 1_usize..40).prop_map(|(at, length)| {
            let at = at.index(WORDS.len());
            WORDS[at..(at + length).min(WORDS.len())].concat()
        }),
        3 => prop::sample::select(ODD).prop_map(Into::into),
        1 => "\\PC{0,12}",
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn is_whole(text: &str, record: &Record) {
    let points: Vec<char> = text.chars().collect();
    let slice = |start: usize, end: usize| points.get(start..end).map(|slice| slice.iter().collect::<String>());
    assert_eq!(record.characters, points.len());
    for mention in &record.mentions {
        assert_eq!(slice(mention.start, mention.end).as_deref(), Some(&*mention.text));
        assert!(mention.start < mention.end && (0.0..=1.0).contains(&mention.confidence), "{mention:?}");
        assert!(record.sentence_of(mention.sentence).is_some(), "{mention:?}");
    }
    for (name, role) in record.roles() {
        assert!(record.name_of(&role.entity).is_some(), "{name} {role:?}");
        let evidence = role.evidence.as_ref().unwrap();
        assert_eq!(slice(evidence.start, evidence.end).as_deref(), Some(evidence.text.as_str()));
    }
    for (fact, evidence) in &record.evidence {
        assert_eq!(slice(evidence.start, evidence.end).as_deref(), Some(evidence.text.as_str()), "{fact}");
    }
    let mut last = 0;
    for [start, end] in &record.furniture {
        assert!(last <= *start && start < end && !slice(*start, *end).unwrap().contains('\n'), "{:?}", record.furniture);
        last = *end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_whole_record(text in texts()) {
        let document = Document::new("a", text);
        let record = EXTRACTOR.extract(&document);
        is_whole(&document.text, &record);
        prop_assert_eq!(&record, &EXTRACTOR.extract(&document));
    }

    #[test]
    fn any_bytes_are_a_text_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(decoded) = decode::text(&bytes, None) {
            let document = Document::new("a", decoded.text);
            is_whole(&document.text, &EXTRACTOR.extract(&document));
        }
    }
}
