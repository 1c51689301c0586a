//! A folder with one release in every encoding: the same record comes from each.

use std::process::Command;

use encoding_rs::{Encoding, IBM866, KOI8_R, WINDOWS_1251, WINDOWS_1252};
use serde_json::Value;

const RUSSIAN: &str = "Школе в Караколе передали новый автобус\n\n\
    Каракол, 5 мая 2020 г. Фонд «Долина» передал школе села Теплоключенка новый автобус для учеников из дальних сел.\n\
    Проект осуществляется при поддержке Программы развития ООН и мэрии города Каракола.\n";
const ENGLISH: &str = "School in Karakol gets a new bus\n\n\
    KARAKOL, 5 May 2020 – The “Valley” Foundation gave the school’s pupils a new bus, said its director Zoë Müller.\n\
    The project is carried out with support from the United Nations Development Programme at a cost of £20,000.\n";

fn utf_16(text: &str, unit: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    mark.encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
}

/// A text that was saved after it had been read in the wrong encoding.
fn misread(text: &str, was: Option<&'static Encoding>, taken_for: &'static Encoding) -> Vec<u8> {
    let bytes = was.map_or(text.as_bytes().to_vec(), |was| was.encode(text).0.into_owned());
    taken_for.decode_without_bom_handling(&bytes).0.into_owned().into_bytes()
}

fn every_way(text: &str, eight_bits: &[&'static Encoding]) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("utf-8.txt".to_string(), text.as_bytes().to_vec()),
        ("utf-8-mark.txt".to_string(), format!("\u{feff}{text}").into_bytes()),
        ("utf-8-crlf.txt".to_string(), text.replace('\n', "\r\n").into_bytes()),
        ("utf-16le.txt".to_string(), utf_16(text, u16::to_le_bytes, false)),
        ("utf-16le-mark.txt".to_string(), utf_16(text, u16::to_le_bytes, true)),
        ("utf-16be.txt".to_string(), utf_16(text, u16::to_be_bytes, false)),
        ("utf-16be-mark.txt".to_string(), utf_16(text, u16::to_be_bytes, true)),
        ("utf-8-as-windows-1252.txt".to_string(), misread(text, None, WINDOWS_1252)),
        ("utf-8-as-windows-1251.txt".to_string(), misread(text, None, WINDOWS_1251)),
    ];
    for &encoding in eight_bits {
        let (bytes, _, lost) = encoding.encode(text);
        // IBM866 and KOI8-R have no quotation marks of print
        let bytes = if lost { encoding.encode(&text.replace(['«', '»'], "\"")).0.into_owned() } else { bytes.into_owned() };
        files.push((format!("{}.txt", encoding.name()), bytes));
    }
    files
}

fn records(files: &[(String, Vec<u8>)]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let run = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["extract", "--format", "jsonl", "--corpus=off"])
        .arg(folder.path())
        .output()
        .expect("the program runs");
    String::from_utf8_lossy(&run.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn same_everywhere(text: &str, eight_bits: &[&'static Encoding], language: &str) {
    let files = every_way(text, eight_bits);
    let records = records(&files);
    assert_eq!(records.len(), files.len());
    for record in &records {
        let id = &record["id"];
        assert_eq!(record["language"], language, "{id}");
        assert_eq!(record["title"], text.lines().next().unwrap_or_default(), "{id}");
        assert_eq!(record["characters"], text.chars().count(), "{id}");
        assert_eq!(record["mentions"].as_array().map(Vec::len), records[0]["mentions"].as_array().map(Vec::len), "{id}");
        assert_eq!(record["published"], "2020-05-05", "{id}");
    }
}

#[test]
fn a_russian_release_is_the_same_in_every_encoding() {
    same_everywhere(RUSSIAN, &[WINDOWS_1251, KOI8_R, IBM866], "ru");
}

#[test]
fn an_english_release_is_the_same_in_every_encoding() {
    same_everywhere(ENGLISH, &[WINDOWS_1252], "en");
}
