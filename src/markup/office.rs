//! Word (DOCX, ECMA-376) and OpenDocument text (ODT, ISO/IEC 26300): parts of XML in a ZIP file.
//!
//! `zip` unpacks the parts that hold text, up to the limit, and `quick-xml` reads them as they come,
//! since markup is many times its text; it knows the five entities of XML and no others, so nothing
//! expands. Deleted text of tracked changes,
//! fields' instructions and comments are left out; text boxes, notes, headers and footers are read.

use std::io::{BufRead, Cursor, Read};

use encoding_rs::Decoder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::writer::Writer;
use super::{Fault, Mark, Markup, Plain, Told};

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads a Word document.
pub(super) fn word(bytes: &[u8], told: Told) -> Result<Plain, Fault> {
    let mut archive = open(bytes, "Word document")?;
    let mut left = told.limit;
    let mut names: Vec<String> = archive.file_names().filter_map(Result::ok).map(Into::into).collect();
    names.sort_unstable();
    names.dedup();
    let of = |start: &str| {
        let wanted = format!("word/{start}");
        names.iter().filter(|name| name.starts_with(&wanted) && name.ends_with(".xml")).take(20).cloned().collect::<Vec<_>>()
    };
    let mut writer = Writer::default();
    let mut seen: Vec<String> = Vec::new();
    for part in
        of("header").into_iter().chain(["word/document.xml".into()]).chain(of("footnotes")).chain(of("endnotes")).chain(of("footer"))
    {
        let Some(mut xml) = Part::open(&mut archive, &part, left)? else {
            if part == "word/document.xml" {
                return Err(Fault::broken("Word document", "word/document.xml is missing"));
            }
            continue;
        };
        let mut own = Writer::default();
        let read = word_part(&mut xml, &mut own);
        left = xml.left(told.limit)?;
        read.map_err(|error| Fault::broken("Word document", error))?;
        let (text, marks) = own.finish();
        // the same head stands in the first, the odd and the even pages
        if text.is_empty() || seen.contains(&text) {
            continue;
        }
        for (line, mark) in text.lines().zip(marks) {
            if line.is_empty() {
                writer.end_block();
            } else {
                writer.push(line, mark, false, true);
                writer.end_line();
            }
        }
        writer.end_block();
        seen.push(text);
    }
    let (text, lines) = writer.finish();
    Ok(Plain::of(text, Markup { lines, stamps: Vec::new() }))
}

/// Reads an OpenDocument text.
pub(super) fn open_text(bytes: &[u8], told: Told) -> Result<Plain, Fault> {
    let mut archive = open(bytes, "OpenDocument text")?;
    let xml = Part::open(&mut archive, "content.xml", told.limit)?;
    let mut xml = xml.ok_or_else(|| Fault::broken("OpenDocument text", "content.xml is missing"))?;
    let mut writer = Writer::default();
    let read = open_part(&mut xml, &mut writer);
    xml.left(told.limit)?;
    read.map_err(|error| Fault::broken("OpenDocument text", error))?;
    let (text, lines) = writer.finish();
    Ok(Plain::of(text, Markup { lines, stamps: Vec::new() }))
}

fn open<'a>(bytes: &'a [u8], what: &str) -> Result<Archive<'a>, Fault> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| Fault::broken(what, error))
}

/// Markup is many times the text it holds: parts may be so many times the limit of a text.
const MARKUP: u64 = 10;

/// A part as text, UTF-8 or UTF-16 as XML has it, while it is unpacked.
struct Part<R> {
    packed: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    text: String,
    /// How much of the text has been read.
    at: usize,
    ended: bool,
    /// Bytes that it may still unpack to; none when it was more.
    left: Option<u64>,
}

impl<'a, 'b> Part<ZipFile<'a, Cursor<&'b [u8]>>> {
    /// None when it is missing. What is unpacked counts against what is left.
    fn open(archive: &'a mut Archive<'b>, name: &str, left: u64) -> Result<Option<Self>, Fault> {
        let packed = match archive.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(Fault::broken("document", error)),
        };
        if packed.encrypted() {
            return Err(Fault::new("encrypted", "is protected by a password"));
        }
        let (decoder, left) = (encoding_rs::UTF_8.new_decoder(), Some(left.saturating_mul(MARKUP)));
        Ok(Some(Self { packed, decoder, bytes: vec![0; 1 << 16], text: String::new(), at: 0, ended: false, left }))
    }
}

impl<R> Part<R> {
    /// What is left of the limit of a text.
    fn left(&self, limit: u64) -> Result<u64, Fault> {
        self.left.map(|left| left / MARKUP).ok_or_else(|| Fault::unpacks_to_more(limit))
    }
}

impl<R: Read> BufRead for Part<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        while self.at == self.text.len() && !self.ended {
            let read = self.packed.read(&mut self.bytes)?;
            self.left = self.left.and_then(|left| left.checked_sub(read as u64));
            if self.left.is_none() {
                return Err(std::io::Error::other("too large"));
            }
            self.ended = read == 0;
            self.text.clear();
            self.text.reserve(self.decoder.max_utf8_buffer_length(read).unwrap_or(1 << 18));
            let _ = self.decoder.decode_to_string(&self.bytes[..read], &mut self.text, self.ended);
            self.at = 0;
        }
        Ok(self.text.as_bytes().get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.text.len());
    }
}

impl<R: Read> Read for Part<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

/// The character or text that a reference stands for; a name that XML does not know stays as it is.
fn resolved(name: &str) -> String {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|c| *c != '\0');
    let character = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#') {
            Some(digits) => match digits.strip_prefix(['x', 'X']) {
                Some(hex) => number(hex, 16),
                None => number(digits, 10),
            },
            None => None,
        },
    };
    character.map_or_else(|| format!("&{name};"), String::from)
}

fn attribute(element: &BytesStart, local: &str) -> Option<String> {
    let found = element.attributes().filter_map(Result::ok).find(|attribute| attribute.key.local_name().as_ref() == local)?;
    Some(found.value.to_string())
}

fn word_part(xml: impl BufRead, writer: &mut Writer) -> Result<(), quick_xml::Error> {
    let (mut reader, mut event) = (Reader::from_reader(xml), Vec::new());
    let (mut in_text, mut mark) = (false, Mark::None);
    // inside what is not read, and how deep
    let mut unread = 0_usize;
    let mut cells = 0_usize;
    loop {
        event.clear();
        match reader.read_event_into(&mut event)? {
            Event::Eof => return Ok(()),
            Event::Start(element) => {
                let name = element.local_name();
                let name: &str = name.as_ref();
                if unread > 0 || matches!(name, "Fallback" | "del" | "moveFrom" | "instrText" | "delText" | "rubyPr") {
                    unread += 1;
                    continue;
                }
                match name {
                    "p" => {
                        if cells == 0 {
                            writer.end_line();
                        }
                        mark = Mark::None;
                    }
                    "t" => in_text = true,
                    "pStyle" => mark = style(&element),
                    "tc" => {
                        writer.tab();
                        cells += 1;
                    }
                    "tr" => writer.end_line(),
                    "tbl" | "txbxContent" => writer.end_block(),
                    _ => {}
                }
            }
            Event::Empty(element) if unread == 0 => match element.local_name().as_ref() {
                "tab" | "ptab" => writer.push("\t", mark, false, true),
                "br" | "cr" if cells == 0 => writer.end_line(),
                "br" | "cr" => writer.push(" ", mark, false, false),
                "noBreakHyphen" => writer.push("\u{2011}", mark, false, true),
                "pStyle" => mark = style(&element),
                "p" if cells == 0 => writer.end_block(),
                _ => {}
            },
            Event::End(_) if unread > 0 => unread -= 1,
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "p" if cells == 0 => writer.end_block(),
                "p" => writer.push(" ", mark, false, false),
                "tc" => cells = cells.saturating_sub(1),
                "tr" => writer.end_line(),
                "tbl" | "txbxContent" => writer.end_block(),
                _ => {}
            },
            Event::Text(text) if in_text && unread == 0 => writer.push(&text.xml10_content(), mark, false, true),
            Event::CData(text) if in_text && unread == 0 => writer.push(&text.xml10_content(), mark, false, true),
            Event::GeneralRef(name) if in_text && unread == 0 => writer.push(&resolved(&name.xml10_content()), mark, false, true),
            _ => {}
        }
    }
}

/// Word's own styles of titles.
fn style(element: &BytesStart) -> Mark {
    match attribute(element, "val").as_deref() {
        Some("Title" | "a3") => Mark::Title,
        Some("Heading1" | "1" | "Heading 1") => Mark::Heading,
        _ => Mark::None,
    }
}

fn open_part(xml: impl BufRead, writer: &mut Writer) -> Result<(), quick_xml::Error> {
    let (mut reader, mut event) = (Reader::from_reader(xml), Vec::new());
    let (mut mark, mut unread, mut depth, mut cells, mut body) = (Mark::None, 0_usize, 0_usize, 0_usize, false);
    loop {
        event.clear();
        match reader.read_event_into(&mut event)? {
            Event::Eof => return Ok(()),
            Event::Start(element) => {
                let name = element.local_name();
                let name: &str = name.as_ref();
                if unread > 0 || matches!(name, "tracked-changes" | "annotation" | "note-citation" | "forms" | "ruby-text") {
                    unread += 1;
                    continue;
                }
                match name {
                    "body" => body = true,
                    "p" | "h" => {
                        if cells == 0 {
                            writer.end_line();
                        }
                        depth += 1;
                        let level = attribute(&element, "outline-level");
                        mark = if name == "h" && level.is_none_or(|level| level == "1")
                            || attribute(&element, "style-name").is_some_and(|style| style == "Title")
                        {
                            Mark::Heading
                        } else {
                            Mark::None
                        };
                    }
                    "table-cell" => {
                        writer.tab();
                        cells += 1;
                    }
                    "table-row" => writer.end_line(),
                    "note-body" | "text-box" => writer.end_block(),
                    _ => {}
                }
            }
            Event::Empty(element) if unread == 0 && depth > 0 => match element.local_name().as_ref() {
                "s" => {
                    let count = attribute(&element, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize).min(80);
                    writer.push(&" ".repeat(count), mark, false, true);
                }
                "tab" => writer.push("\t", mark, false, true),
                "line-break" if cells == 0 => writer.end_line(),
                "line-break" => writer.push(" ", mark, false, false),
                _ => {}
            },
            Event::Empty(element) if unread == 0 && element.local_name().as_ref() == "p" => writer.end_block(),
            Event::End(_) if unread > 0 => unread -= 1,
            Event::End(element) => match element.local_name().as_ref() {
                "p" | "h" => {
                    depth = depth.saturating_sub(1);
                    if cells == 0 {
                        writer.end_block();
                    } else {
                        writer.push(" ", mark, false, false);
                    }
                }
                "table-cell" => cells = cells.saturating_sub(1),
                "table-row" => writer.end_line(),
                "note-body" | "text-box" | "table" => writer.end_block(),
                _ => {}
            },
            Event::Text(text) if body && depth > 0 && unread == 0 => writer.push(&text.xml10_content(), mark, false, false),
            Event::CData(text) if body && depth > 0 && unread == 0 => writer.push(&text.xml10_content(), mark, false, false),
            Event::GeneralRef(name) if body && depth > 0 && unread == 0 => {
                writer.push(&resolved(&name.xml10_content()), mark, false, true);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const TOLD: Told = Told { encoding: None, charset: None, limit: 1 << 20 };

    fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn word_documents_are_their_paragraphs() {
        let xml = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "eeee">]><w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Мост </w:t></w:r><w:r><w:t>открыт</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Вода &amp; свет&#8212;&e;</w:t><w:tab/><w:t>да</w:t></w:r><w:del><w:r><w:delText>нет</w:delText></w:r></w:del></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"#;
        let header = r#"<w:hdr xmlns:w="w"><w:p><w:r><w:t>Пресс-служба</w:t></w:r></w:p></w:hdr>"#;
        let plain = word(&zipped(&[("word/document.xml", xml), ("word/header1.xml", header), ("word/header2.xml", header)]), TOLD).unwrap();
        assert_eq!(plain.text, "Пресс-служба\n\nМост открыт\n\nВода & свет—&e;\tда\n\na\tb\n");
        assert_eq!(plain.markup.lines[2], Mark::Title);
        assert_eq!(word(b"PK\x03\x04", TOLD).unwrap_err().kind, "broken");
    }

    #[test]
    fn open_documents_are_their_paragraphs() {
        let xml = r#"<office:document-content xmlns:office="o" xmlns:text="t"><office:automatic-styles>x</office:automatic-styles><office:body><office:text>
<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
<text:h text:outline-level="1">Мост <text:span>открыт</text:span></text:h>
<text:p>Вода<text:s text:c="1"/>&lt;<text:tab/>свет<text:line-break/>и тепло</text:p></office:text></office:body></office:document-content>"#;
        let plain = open_text(&zipped(&[("content.xml", xml)]), TOLD).unwrap();
        assert_eq!(plain.text, "Мост открыт\n\nВода <\tсвет\nи тепло\n");
    }

    #[test]
    fn a_part_that_unpacks_to_too_much_is_refused() {
        let big = format!("<w><t>{}</t></w>", "a".repeat(3 << 20));
        let told = Told { limit: 1 << 10, ..TOLD };
        assert_eq!(word(&zipped(&[("word/document.xml", &big)]), told).unwrap_err().kind, "too-large");
    }
}
