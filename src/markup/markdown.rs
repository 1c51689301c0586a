//! Markdown (CommonMark with tables, footnotes and a YAML head), by `pulldown-cmark`.
//!
//! The library holds some ten bytes for each of a source, so a long one is parsed in parts, where it
//! can be cut without a doubt: before a paragraph of the first level.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use std::borrow::Cow;

use super::writer::Writer;
use super::{Fault, Mark, Markup, Plain, Stamp, Told};
use crate::decode;

pub(super) fn read(bytes: Cow<[u8]>, told: Told) -> Result<Plain, Fault> {
    let mut plain = Plain::from(decode::text(&bytes, told.encoding)?);
    drop(bytes);
    let (text, markup) = document(&plain.text, PART);
    (plain.text, plain.markup) = (text, markup);
    Ok(plain)
}

/// Bytes of a part at least.
const PART: usize = 1 << 20;

/// Cuts a source where every parser begins a paragraph, whatever stands before: at a line with a
/// letter in its first column, behind a blank line, outside of code. What cannot be judged by lines
/// alone (references, which a parser looks up in the whole source, HTML, code in lists, a head that
/// is not at the beginning) leaves the rest in one part.
fn parts(source: &str, least: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    let (mut blank, mut rule) = (false, false);
    let mut code: Option<&str> = None;
    if source.len() <= least || memchr::memmem::find(source.as_bytes(), b"]:").is_some() {
        return vec![source];
    }
    let mut begin = source.lines().map(trimmed);
    let mut head = begin.next() == Some("---") && !matches!(begin.next(), None | Some("" | "---" | "..."));
    for line in source.split_inclusive('\n') {
        let text = trimmed(line);
        let inner = text.trim_start_matches(' ');
        let indented = inner.len() < text.len();
        let fence = fence(inner);
        if head {
            head = at == 0 || !matches!(text, "---" | "...");
            at += line.len();
            continue;
        }
        if let Some(open) = code {
            if !indented && fence.is_some_and(|fence| fence == text && fence.starts_with(open)) {
                code = None;
            }
        } else if blank && at - start >= least && text.starts_with(char::is_alphabetic) {
            parts.push(&source[start..at]);
            start = at;
        } else if !indented {
            code = fence.filter(|fence| !text[fence.len()..].contains('`'));
        }
        if indented && fence.is_some() || code.is_none() && inner.starts_with('<') || rule && !text.is_empty() {
            break;
        }
        (blank, rule) = (text.is_empty(), text == "---");
        at += line.len();
    }
    parts.push(&source[start..]);
    parts
}

fn trimmed(line: &str) -> &str {
    line.trim_end_matches([' ', '\t', '\r', '\n'])
}

/// The marks that open or close a stretch of code.
fn fence(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(mark).len();
    (length >= 3).then(|| &line[..length])
}

fn document(source: &str, part: usize) -> (String, Markup) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut writer = Writer::default();
    let mut stamps = Vec::new();
    let mut title = None;
    let (mut heading, mut linked, mut kept, mut head, mut image) = (Mark::None, false, false, false, 0_usize);
    let mut headings = 0;
    for event in parts(source, part).into_iter().flat_map(|part| Parser::new_ext(part, options)) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => head = true,
            Event::End(TagEnd::MetadataBlock(_)) => head = false,
            Event::Text(text) if head => (title, stamps) = front(&text),
            Event::Start(Tag::Heading { level, .. }) => {
                writer.end_block();
                headings += 1;
                // the first heading of a note is its title
                heading = if headings == 1 && matches!(level, HeadingLevel::H1 | HeadingLevel::H2) { Mark::Heading } else { Mark::None };
            }
            Event::End(TagEnd::Heading(_)) => {
                writer.end_block();
                heading = Mark::None;
            }
            Event::Start(Tag::CodeBlock(_)) => {
                writer.end_block();
                kept = true;
            }
            Event::End(TagEnd::CodeBlock) => {
                writer.end_block();
                kept = false;
            }
            Event::Start(Tag::Link { .. }) => linked = true,
            Event::End(TagEnd::Link) => linked = false,
            // what stands for a picture is not seen
            Event::Start(Tag::Image { .. }) => image += 1,
            Event::End(TagEnd::Image) => image = image.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if image == 0 => writer.push(&text, heading, linked, kept),
            Event::SoftBreak if image == 0 => writer.push(" ", heading, linked, false),
            Event::Start(Tag::TableCell) => writer.tab(),
            Event::Start(Tag::Item) | Event::HardBreak | Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => {
                writer.end_line()
            }
            Event::Start(Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_) | Tag::Table(_) | Tag::FootnoteDefinition(_))
            | Event::End(TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Table | TagEnd::FootnoteDefinition)
            | Event::Rule => writer.end_block(),
            // a page inside a note: its text without its tags
            Event::Html(source) | Event::InlineHtml(source) => writer.push(&without_tags(&source), heading, linked, false),
            _ => {}
        }
    }
    let (mut text, mut lines) = writer.finish();
    if let Some(title) = title.filter(|title: &String| !text.lines().any(|line| line == title)) {
        text.insert_str(0, &format!("{title}\n\n"));
        lines.splice(0..0, [Mark::Title, Mark::None]);
    }
    (text, Markup { lines, stamps })
}

/// Title and day of a YAML head, as far as they stand on a line of their own.
fn front(block: &str) -> (Option<String>, Vec<Stamp>) {
    let (mut title, mut stamps) = (None, Vec::new());
    for (name, value) in block.lines().filter_map(|line| line.split_once(':')) {
        let value = value.trim().trim_matches(['"', '\'']).trim();
        match name.trim().to_ascii_lowercase().as_str() {
            _ if value.is_empty() => {}
            "title" => title = Some(value.to_string()),
            name @ ("date" | "published" | "pubdate") => {
                stamps.push(Stamp { written: value.into(), rule: format!("markup:head:{name}") });
            }
            _ => {}
        }
    }
    (title, stamps)
}

fn without_tags(source: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in source.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_note_is_its_text() {
        let (text, markup) = document(
            "---\ntitle: Мост открыт\ndate: 2021-05-06\n---\n# Мост открыт\n\nВ селе **Кара-Булак** [открыли](http://a.b) мост,\nпостроенный за год.\n\n- вода\n- свет\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
            PART,
        );
        assert_eq!(text, "Мост открыт\n\nВ селе Кара-Булак открыли мост, построенный за год.\n\nвода\nсвет\n\na\tb\n1\t2\n");
        assert_eq!((markup.lines[0], markup.stamps[0].written.as_str()), (Mark::Heading, "2021-05-06"));
    }

    #[test]
    fn long_notes_are_cut_before_paragraphs() {
        assert_eq!(parts("One\ntwo\n\nthree\n \n- four\n\n  five\n\nsix", 1), ["One\ntwo\n\n", "three\n \n- four\n\n  five\n\n", "six"]);
        assert_eq!(parts("```\n\na\n\n```\n\nb", 1).len(), 2);
        for whole in [
            "One [a].\n\ntwo\n\n> [a]: /b\n",
            "~~~~\n\na\n~~~\n\nb",
            "<!-- one\n\ntwo -->\n\nthree",
            "- ```\n\n  ```\n\na",
            "---\ntitle: a\n\nb: c",
        ] {
            assert_eq!(parts(whole, 1), [whole]);
        }
    }

    proptest! {
        #[test]
        fn parts_together_are_the_whole(
            lines in proptest::collection::vec(
                proptest::sample::select(vec![
                    "", "", "", "One word", "and *two*", "  three", "\tfour", "# Head", "---", "===", "- item", "  - inner", "1. first", "> said",
                    "```", "````", "~~~", "  ```", "- ```", "``` a`b", "```rust", "<div>", "</div>", "<!-- a", "-->", "<script>", "| a | b |",
                    "|---|---|", "[a](b)", "[a]", "[a]: /b", "[^a]: note", "text[^a]", "title: x", "- [ ] a", "***", "    code", "Tom\\", "a  ",
                    "\u{a0}", "Да",
                ]),
                0..40,
            ),
            least in 1..60_usize,
        ) {
            let source = lines.join("\n");
            prop_assert_eq!(parts(&source, least).concat(), source.as_str());
            prop_assert_eq!(document(&source, least), document(&source, usize::MAX));
        }
    }
}
