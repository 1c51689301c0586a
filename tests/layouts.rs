//! The same release in another layout says the same: broken lines, no-break spaces, indents, blank lines.

use dateline::{Document, Extractor, Settings, decode};

/// The samples as they were read: name and text.
fn samples() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples/releases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let text = |path: &std::path::Path| decode::text(&std::fs::read(path).unwrap(), None).unwrap().text;
    paths.iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), text(path))).collect()
}

/// What is found in a text: kind, words with plain spaces between them, value or name or country.
fn found(text: &str) -> Vec<String> {
    let record = Extractor::new(Settings::default()).extract(&Document::new("a", text));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mention = |m: &dateline::record::Mention| {
        let stands_for = [m.value.as_deref(), m.country.as_deref(), m.name.as_deref()];
        format!("{} {} {:?}", m.kind, words(&m.text), stands_for.map(|cell| cell.map(words)))
    };
    let mut all: Vec<String> = record.mentions.iter().map(mention).collect();
    all.push(format!("published {:?}", record.published));
    all
}

/// Breaks lines before they are longer than `width`, as letters are.
fn broken(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        let mut length = 0;
        for word in line.split(' ') {
            let own = word.chars().count();
            if length > 0 && length + 1 + own > width {
                out.push('\n');
                length = 0;
            } else if length > 0 {
                out.push(' ');
                length += 1;
            }
            out.push_str(word);
            length += own;
        }
        out.push('\n');
    }
    out
}

#[test]
fn no_break_spaces_change_nothing() {
    for (name, text) in samples() {
        let mut count = 0;
        let other = text.split(' ').fold(String::new(), |out, word| {
            count += 1;
            if out.is_empty() { word.into() } else { out + if count % 3 == 0 { "\u{a0}" } else { " " } + word }
        });
        assert_eq!(found(&other), found(&text), "{name}");
    }
}

#[test]
fn indents_and_blank_lines_change_nothing() {
    for (name, text) in samples() {
        assert_eq!(found(&text.replace('\n', "\n   ")), found(&text), "{name}, indented");
    }
}

/// A short last line or a list may be read otherwise; names, dates and amounts that run over a break are not.
#[test]
fn broken_paragraphs_say_nearly_the_same() {
    let (mut same, mut all) = (0, 0);
    for (_, text) in samples() {
        for width in [60, 72, 78] {
            let (mut there, whole) = (found(&broken(&text, width)), found(&text));
            all += whole.len();
            for mention in whole {
                if let Some(at) = there.iter().position(|other| *other == mention) {
                    there.swap_remove(at);
                    same += 1;
                }
            }
        }
    }
    assert!(same * 100 >= all * 97, "{same} of {all}");
}
