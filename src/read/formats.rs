//! What a file is, by the ending of its name and by its first bytes.

use serde::{Deserialize, Serialize};

/// What can be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One document; [`Kind::Text`] when the ending says nothing.
    Document(Kind),
    /// Holds other files.
    Archive(Archive),
    /// Pages of a web crawl: WARC, or its texts, WET.
    Crawl,
    /// A table or stream of documents; read when its text column is named.
    Table(Table),
    /// A document of a kind that is not read; the words say which.
    Unread(&'static str),
    /// Never a release; the words say what it is.
    Other(&'static str),
}

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Plain text.
    Text,
    /// A web page: HTML, XHTML.
    Page,
    /// Markdown.
    Markdown,
    /// Word, DOCX.
    Word,
    /// OpenDocument text, ODT.
    OpenText,
    /// PDF.
    Pdf,
    /// A letter, EML, or a page saved as one, MHTML.
    Letter,
}

/// A kind of archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archive {
    /// One file, packed by gzip.
    Gzip,
    /// One file, packed by Zstandard.
    Zstandard,
    /// ZIP.
    Zip,
    /// tar, not packed.
    Tar,
}

/// A kind of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// JSON Lines.
    Lines,
    /// Apache Parquet.
    Parquet,
}

const KNOWN: &[(Format, &[&str])] = &[
    (Format::Table(Table::Csv), &["csv"]),
    (Format::Table(Table::Tsv), &["tsv", "tab"]),
    (Format::Table(Table::Lines), &["jsonl", "ndjson"]),
    (Format::Table(Table::Parquet), &["parquet"]),
    (Format::Document(Kind::Page), &["html", "htm", "xhtml", "xht", "shtml"]),
    (Format::Document(Kind::Markdown), &["md", "markdown", "mdown", "mkd"]),
    (Format::Document(Kind::Word), &["docx", "docm", "dotx"]),
    (Format::Document(Kind::OpenText), &["odt", "ott"]),
    (Format::Document(Kind::Pdf), &["pdf"]),
    (Format::Document(Kind::Letter), &["eml", "mht", "mhtml"]),
    (Format::Archive(Archive::Gzip), &["gz", "tgz"]),
    (Format::Archive(Archive::Zstandard), &["zst", "tzst"]),
    (Format::Archive(Archive::Zip), &["zip"]),
    (Format::Archive(Archive::Tar), &["tar"]),
    (Format::Crawl, &["warc", "wet"]),
    (Format::Unread("archive of a kind that is not read"), &["bz2", "xz", "7z", "rar", "cab"]),
    (Format::Unread("letter of a kind that is not read"), &["msg", "mbox"]),
    (Format::Unread("office document of a kind that is not read"), &["rtf", "pages", "djvu", "epub", "fb2", "ps", "maff", "webarchive"]),
    (
        Format::Other("image"),
        &["png", "jpg", "jpeg", "jpe", "gif", "bmp", "tif", "tiff", "webp", "svg", "ico", "heic", "heif", "avif", "psd", "eps", "raw"],
    ),
    (Format::Other("audio"), &["mp3", "wav", "ogg", "oga", "flac", "m4a", "aac", "wma", "opus", "mid", "midi"]),
    (Format::Other("video"), &["mp4", "avi", "mov", "mkv", "webm", "wmv", "flv", "mpg", "mpeg", "m4v", "3gp"]),
    (Format::Other("disk image or package"), &["jar", "iso", "dmg", "deb", "rpm", "apk"]),
    (Format::Other("spreadsheet or slides"), &["xls", "xlsx", "xlsm", "ods", "ppt", "pptx", "odp"]),
    (Format::Other("database or columnar table"), &["arrow", "feather", "sqlite", "sqlite3", "db", "mdb", "accdb", "orc", "avro"]),
    (
        Format::Other("program or code"),
        &[
            "exe", "dll", "so", "o", "a", "class", "bin", "dylib", "wasm", "pyc", "py", "r", "rs", "js", "ts", "css", "sh", "bat", "ps1",
            "map",
        ],
    ),
    (Format::Other("font"), &["ttf", "otf", "woff", "woff2", "eot"]),
    (
        Format::Other("configuration or markup"),
        &["json", "toml", "yaml", "yml", "ini", "cfg", "conf", "lock", "xml", "xsd", "dtd", "properties", "url", "lnk", "desktop", "ann"],
    ),
    (Format::Other("temporary file"), &["tmp", "bak", "swp", "part", "crdownload", "log"]),
];

/// What the file of this name is.
///
/// ```
/// use dateline::read::formats::{Format, Kind, format};
/// assert_eq!(format("a/Photo.JPG"), Format::Other("image"));
/// assert_eq!(format("2019/tashkent.txt"), Format::Document(Kind::Text));
/// ```
#[must_use]
pub fn format(name: &str) -> Format {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let Some((stem, ending)) = file.rsplit_once('.') else { return Format::Document(Kind::Text) };
    if stem.is_empty() || ending.len() > 12 {
        return Format::Document(Kind::Text);
    }
    let ending = ending.to_ascii_lowercase();
    KNOWN.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map_or(Format::Document(Kind::Text), |&(format, _)| format)
}

/// The name of what a packed file holds: `a.csv` for `a.csv.gz`, `a.tar` for `a.tgz`.
#[must_use]
pub fn unpacked(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if ["tgz", "tzst"].iter().any(|short| ending.eq_ignore_ascii_case(short)) => format!("{stem}.tar"),
        Some((stem, ending)) if ["gz", "zst"].iter().any(|short| ending.eq_ignore_ascii_case(short)) => stem.to_string(),
        _ => name.to_string(),
    }
}

/// How many bytes [`sniffed`] wants to see.
pub const START: usize = 4096;

/// What a file is, by its first bytes where they can only be one thing, and else by its name.
///
/// Names lie: pages are saved as `.txt` and `.doc`, an error page as `.pdf`.
#[must_use]
pub fn sniffed(by_name: Format, start: &[u8]) -> Format {
    let zipped = start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06");
    match by_name {
        Format::Table(_) | Format::Other(_) | Format::Unread(_) => return by_name,
        Format::Document(Kind::Word | Kind::OpenText) | Format::Archive(Archive::Zip) if zipped => return by_name,
        Format::Document(Kind::Markdown | Kind::Letter) if !zipped => return by_name,
        _ => {}
    }
    if start.starts_with(b"%PDF-") {
        return Format::Document(Kind::Pdf);
    }
    if start.starts_with(b"\x1f\x8b") {
        return Format::Archive(Archive::Gzip);
    }
    if start.starts_with(b"\x28\xb5\x2f\xfd") {
        return Format::Archive(Archive::Zstandard);
    }
    if zipped {
        let has = |words: &[u8]| memchr::memmem::find(start, words).is_some();
        return if has(b"mimetypeapplication/vnd.oasis.opendocument.text") {
            Format::Document(Kind::OpenText)
        } else if has(b"word/") && has(b"[Content_Types].xml") {
            Format::Document(Kind::Word)
        } else {
            Format::Archive(Archive::Zip)
        };
    }
    if start.get(257..262) == Some(b"ustar") {
        return Format::Archive(Archive::Tar);
    }
    if start.starts_with(b"WARC/1.") {
        return Format::Crawl;
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let begins = |words: &[u8]| text.get(..words.len()).is_some_and(|head| head.eq_ignore_ascii_case(words));
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<?xml") && memchr::memmem::find(text, b"<html").is_some() {
        return Format::Document(Kind::Page);
    }
    if begins(b"MIME-Version:") || begins(b"From: <Saved by") {
        return Format::Document(Kind::Letter);
    }
    match by_name {
        // not what the name says, then: as text it is read or its error is named
        Format::Document(Kind::Pdf | Kind::Word | Kind::OpenText) | Format::Crawl => Format::Document(Kind::Text),
        other => other,
    }
}

/// Whether a table or stream begins as the ones that this program writes.
#[must_use]
pub fn is_own_output(start: &[u8]) -> bool {
    let line = start.split(|&b| b == b'\n').next().unwrap_or_default();
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let has = |words: &[u8]| memchr::memmem::find(line, words).is_some();
    if line.first() == Some(&b'{') {
        return has(b"\"mentions\":[") && has(b"\"furniture\":[") || has(b"\"error\":{\"kind\":");
    }
    [
        &b"id,language,title,published,event_start"[..],
        b"id\tlanguage\ttitle\tpublished\tevent_start",
        b"document,type,text,start,end",
        b"document\ttype\ttext\tstart\tend",
        b"document,role,entity,name",
        b"document\trole\tentity\tname",
        b"name,acronym,kind,country",
        b"name\tacronym\tkind\tcountry",
    ]
    .iter()
    .any(|header| line.starts_with(header))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_say_what_a_file_is() {
        assert_eq!(format("a.csv"), Format::Table(Table::Csv));
        assert_eq!(format("README"), Format::Document(Kind::Text));
        assert_eq!(format(".hidden"), Format::Document(Kind::Text));
        assert_eq!(format("minutes of 12.05.2019"), Format::Document(Kind::Text));
        assert_eq!(format("x.DOCX"), Format::Document(Kind::Word));
        assert_eq!(format("x.tar.gz"), Format::Archive(Archive::Gzip));
        assert_eq!(unpacked("x.tgz"), "x.tar");
        assert!(matches!(format("x.rtf"), Format::Unread(_)));
    }

    #[test]
    fn first_bytes_win_where_they_can_be_one_thing_only() {
        let text = Format::Document(Kind::Text);
        assert_eq!(sniffed(text, b"%PDF-1.4"), Format::Document(Kind::Pdf));
        assert_eq!(sniffed(text, b"\xef\xbb\xbf <!DOCTYPE html><p>"), Format::Document(Kind::Page));
        assert_eq!(sniffed(format("a.html"), b"WARC/1.0\r\n"), Format::Crawl);
        assert_eq!(sniffed(format("a.pdf"), b"Not found"), text);
        assert_eq!(sniffed(format("a.zip"), b"PK\x03\x04word/ [Content_Types].xml"), Format::Archive(Archive::Zip));
        assert_eq!(sniffed(text, b"Bishkek, 5 May"), text);
    }

    #[test]
    fn own_tables_are_known_by_their_header() {
        assert!(is_own_output(b"id,language,title,published,event_start,event_end\n"));
        assert!(!is_own_output(b"id,text,published\n1,Hello,2020-01-01\n"));
    }
}
