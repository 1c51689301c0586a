//! One release in every encoding and every format that is read: the same text and facts from each.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;

use encoding_rs::{Encoding, IBM866, KOI8_R, WINDOWS_1251, WINDOWS_1252};
use serde_json::Value;
use tempfile::TempDir;

struct Release {
    title: &'static str,
    paragraphs: &'static [&'static str],
    language: &'static str,
    published: &'static str,
}

const RUSSIAN: Release = Release {
    title: "В селе Кара-Булак открыли фельдшерский пункт",
    paragraphs: &[
        "Бишкек, 12 марта 2019 года. Фонд \"Долина\" передал жителям села Кара-Булак новый фельдшерский пункт, построенный при поддержке посольства Японии.",
        "\"Раньше мы ездили к врачу за сорок километров\", - рассказала заведующая Айгуль Сатарова на встрече с жителями села.",
        "Новый пункт примет первых больных в понедельник; лекарства для него передала районная больница.",
    ],
    language: "ru",
    published: "2019-03-12",
};

const ENGLISH: Release = Release {
    title: "Village clinic opens in Kara-Bulak",
    paragraphs: &[
        "Bishkek, 12 March 2019 - The Valley Foundation has handed over a new clinic to the people of Kara-Bulak, built with support from the Embassy of Japan.",
        "\"We used to travel forty kilometres to see a doctor,\" said Aigul Satarova, who heads the clinic, at a meeting with the villagers.",
        "The clinic will see its first patients on Monday, and the district hospital has sent the medicines that it needs.",
    ],
    language: "en",
    published: "2019-03-12",
};

impl Release {
    fn plain(&self) -> String {
        format!("{}\n\n{}\n", self.title, self.paragraphs.join("\n\n"))
    }

    fn html(&self) -> String {
        let body: String = self.paragraphs.iter().map(|p| format!("<p>{}</p>\n", p.replace('"', "&quot;"))).collect();
        format!("<!DOCTYPE html>\n<html><head><title>{0}</title></head>\n<body><h1>{0}</h1>\n{body}</body></html>\n", self.title)
    }

    fn markdown(&self) -> String {
        format!("# {}\n\n{}\n", self.title, self.paragraphs.join("\n\n"))
    }

    fn word(&self) -> Vec<u8> {
        let mut body = format!("<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>", self.title);
        for paragraph in self.paragraphs {
            // a run for each half, as Word cuts them
            let at = paragraph.char_indices().nth(30).map_or(0, |(at, _)| at);
            let (a, b) = paragraph.split_at(at);
            body += &format!(
                "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
                escaped(a),
                escaped(b)
            );
        }
        let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>");
        zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
    }

    fn open_text(&self) -> Vec<u8> {
        let mut body = format!("<text:h text:outline-level=\"1\">{}</text:h>", self.title);
        for paragraph in self.paragraphs {
            body += &format!("<text:p>{}</text:p>", escaped(paragraph));
        }
        let xml = format!(
            "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", xml.as_bytes())])
    }

    fn letter(&self) -> String {
        let body = self.paragraphs.join("\r\n\r\n");
        format!(
            "From: Press <press@valley.example>\r\nSubject: =?UTF-8?B?{}?=\r\nDate: Tue, 12 Mar 2019 10:00:00 +0600\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(self.title.as_bytes()),
            base64(body.as_bytes())
        )
    }

    fn saved_page(&self) -> String {
        format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://valley.example/1\r\nSubject: x\r\nDate: Fri, 5 May 2023 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
            base64(self.html().as_bytes())
        )
    }

    fn crawl(&self) -> Vec<u8> {
        let page = self.html();
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        record("response", "https://valley.example/1", "application/http; msgtype=response", answer.as_bytes())
    }

    /// One page of PDF 1.4: characters by their UTF-16 codes, and a map that says so.
    fn pdf(&self) -> Vec<u8> {
        let mut lines = vec![self.title.to_string(), String::new()];
        for paragraph in self.paragraphs {
            let mut line = String::new();
            for word in paragraph.split(' ') {
                if line.chars().count() + word.chars().count() > 80 {
                    lines.push(std::mem::take(&mut line));
                }
                line += if line.is_empty() { "" } else { " " };
                line += word;
            }
            lines.extend([line, String::new()]);
        }
        let mut content = "BT /F1 11 Tf 14 TL 50 780 Td\n".to_string();
        for line in lines {
            let codes: String = line.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            content += &format!("<{codes}> Tj T*\n");
        }
        content += "ET";
        let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end";
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 700 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".into(),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
            "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>".into(),
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor 8 0 R >>".into(),
            format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len()),
            "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>".into(),
        ];
        let mut pdf = b"%PDF-1.4\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in objects.iter().enumerate() {
            places.push(pdf.len());
            pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).into_bytes());
        }
        let start = pdf.len();
        pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
        for place in places {
            pdf.extend(format!("{place:010} 00000 n \n").into_bytes());
        }
        pdf.extend(format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).into_bytes());
        pdf
    }

    /// The release in every way it can stand on a disk.
    fn files(&self, eight_bits: &[&'static Encoding]) -> BTreeMap<String, Vec<u8>> {
        let plain = self.plain();
        let utf_16 = |order: fn(u16) -> [u8; 2], mark: bool| {
            let mark = if mark { "\u{feff}" } else { "" };
            format!("{mark}{plain}").encode_utf16().flat_map(order).collect::<Vec<u8>>()
        };
        let mut files: BTreeMap<String, Vec<u8>> = [
            ("plain.txt", plain.clone().into_bytes()),
            ("mark.txt", format!("\u{feff}{plain}").into_bytes()),
            ("dos.txt", plain.replace('\n', "\r\n").into_bytes()),
            ("utf-16le.txt", utf_16(u16::to_le_bytes, false)),
            ("utf-16le-mark.txt", utf_16(u16::to_le_bytes, true)),
            ("utf-16be.txt", utf_16(u16::to_be_bytes, false)),
            ("utf-16be-mark.txt", utf_16(u16::to_be_bytes, true)),
            ("page.html", self.html().into_bytes()),
            ("page-as.txt", self.html().into_bytes()),
            ("note.md", self.markdown().into_bytes()),
            ("word.docx", self.word()),
            ("open.odt", self.open_text()),
            ("paper.pdf", self.pdf()),
            ("letter.eml", self.letter().into_bytes()),
            ("saved.mhtml", self.saved_page().into_bytes()),
            ("crawl.warc", self.crawl()),
            ("crawl.warc.gz", gzipped(&self.crawl())),
            ("texts.wet", record("conversion", "https://valley.example/1", "text/plain", plain.as_bytes())),
            ("plain.txt.gz", gzipped(plain.as_bytes())),
            ("plain.txt.zst", zstd::encode_all(plain.as_bytes(), 3).unwrap()),
            ("word.docx.gz", gzipped(&self.word())),
            ("all.zip", zipped(&[("a/plain.txt", plain.as_bytes()), ("word.docx", &self.word()), ("page.html", self.html().as_bytes())])),
            ("all.tar.gz", gzipped(&tarred(&[("a/plain.txt", plain.as_bytes()), ("paper.pdf", &self.pdf())]))),
            ("all.tar", tarred(&[("inner.zip", &zipped(&[("deep.txt", plain.as_bytes())]))])),
        ]
        .into_iter()
        .map(|(name, bytes)| (name.to_string(), bytes))
        .collect();
        for &encoding in eight_bits {
            files.insert(format!("{}.txt", encoding.name()), encoding.encode(&plain).0.into_owned());
            let page = self.html().replace("<title>", &format!("<meta charset=\"{}\"><title>", encoding.name()));
            files.insert(format!("{}.html", encoding.name()), encoding.encode(&page).0.into_owned());
            let misread = encoding.decode(plain.as_bytes());
            if !misread.2 && encoding == WINDOWS_1251 {
                files.insert("misread.txt".into(), misread.0.into_owned().into_bytes());
            }
        }
        files
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn record(kind: &str, address: &str, content: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2023-05-05T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append_data(&mut header, name, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().chain([0, 0].iter()).take(3).fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte));
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place) & 63) as usize] as char;
            out.push(if place <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

fn run(folder: &Path, line: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_dateline")).args(line).current_dir(folder).output().expect("the program runs");
    assert!(output.status.success(), "{line:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn same_everywhere(release: &Release, eight_bits: &[&'static Encoding]) {
    let folder = TempDir::new().expect("a folder");
    let files = release.files(eight_bits);
    for (name, bytes) in &files {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let records: Vec<Value> = run(folder.path(), &["extract", ".", "--format", "jsonl", "--corpus=off"])
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    // three members of all.zip, two of all.tar.gz, one each of the others
    assert_eq!(records.len(), files.len() + 3);
    let plain = release.plain();
    let facts = |record: &Value| {
        let mentions = record["mentions"].as_array().cloned().unwrap_or_default();
        mentions.iter().map(|m| (m["type"].to_string(), m["text"].to_string())).collect::<Vec<_>>()
    };
    let expected = facts(records.iter().find(|r| r["id"] == "plain.txt").expect("plain.txt"));
    assert!(expected.len() > 4);
    for record in &records {
        let id = record["id"].as_str().expect("an id");
        assert_eq!(record["title"], release.title, "{id}");
        assert_eq!(record["language"], release.language, "{id}");
        assert_eq!(record["published"], release.published, "{id}");
        assert_eq!(facts(record), expected, "{id}");
        let text = run(folder.path(), &["text", id]);
        assert_eq!(text.trim_end(), plain.trim_end(), "{id}");
        assert_eq!(record["characters"], text.chars().count(), "{id}");
        let points: Vec<char> = text.chars().collect();
        for mention in record["mentions"].as_array().expect("mentions") {
            let (start, end) = (mention["start"].as_u64().expect("a number") as usize, mention["end"].as_u64().expect("a number") as usize);
            assert_eq!(points[start..end].iter().collect::<String>(), mention["text"], "{id}");
        }
    }
}

#[test]
fn a_russian_release_is_the_same_in_every_format() {
    same_everywhere(&RUSSIAN, &[WINDOWS_1251, KOI8_R, IBM866]);
}

#[test]
fn an_english_release_is_the_same_in_every_format() {
    same_everywhere(&ENGLISH, &[WINDOWS_1252]);
}
