//! Markdown (CommonMark with tables, footnotes and a YAML head), by `pulldown-cmark`.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::writer::Writer;
use super::{Fault, Mark, Markup, Plain, Stamp, Told};
use crate::decode;

pub(super) fn read(bytes: &[u8], told: Told) -> Result<Plain, Fault> {
    let mut plain = Plain::from(decode::text(bytes, told.encoding)?);
    let (text, markup) = document(&plain.text);
    (plain.text, plain.markup) = (text, markup);
    Ok(plain)
}

fn document(source: &str) -> (String, Markup) {
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
    for event in Parser::new_ext(source, options) {
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
    use super::*;

    #[test]
    fn a_note_is_its_text() {
        let (text, markup) = document(
            "---\ntitle: Мост открыт\ndate: 2021-05-06\n---\n# Мост открыт\n\nВ селе **Кара-Булак** [открыли](http://a.b) мост,\nпостроенный за год.\n\n- вода\n- свет\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        );
        assert_eq!(text, "Мост открыт\n\nВ селе Кара-Булак открыли мост, построенный за год.\n\nвода\nсвет\n\na\tb\n1\t2\n");
        assert_eq!((markup.lines[0], markup.stamps[0].written.as_str()), (Mark::Heading, "2021-05-06"));
    }
}
