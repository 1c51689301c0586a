//! What a file is, by the ending of its name.

/// What can be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, or an ending that says nothing.
    Text,
    /// A table or stream of documents; read when its text column is named.
    Table(Table),
    /// Never a release; the words say what it is.
    Other(&'static str),
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
}

const OTHER: &[(&str, &[&str])] = &[
    (
        "image",
        &["png", "jpg", "jpeg", "jpe", "gif", "bmp", "tif", "tiff", "webp", "svg", "ico", "heic", "heif", "avif", "psd", "eps", "raw"],
    ),
    ("audio", &["mp3", "wav", "ogg", "oga", "flac", "m4a", "aac", "wma", "opus", "mid", "midi"]),
    ("video", &["mp4", "avi", "mov", "mkv", "webm", "wmv", "flv", "mpg", "mpeg", "m4v", "3gp"]),
    ("archive", &["zip", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar", "tar", "warc", "wet", "jar", "cab", "iso", "dmg"]),
    ("web page, not read yet", &["html", "htm", "xhtml", "shtml", "mht", "mhtml", "maff", "webarchive"]),
    ("letter, not read yet", &["eml", "msg", "mbox"]),
    (
        "office document, not read yet",
        &[
            "pdf", "doc", "docx", "docm", "dot", "dotx", "odt", "ott", "rtf", "pages", "xls", "xlsx", "xlsm", "ods", "ppt", "pptx", "odp",
            "djvu", "epub", "fb2", "ps",
        ],
    ),
    ("database or columnar table", &["parquet", "arrow", "feather", "sqlite", "sqlite3", "db", "mdb", "accdb", "orc", "avro"]),
    (
        "program or code",
        &[
            "exe", "dll", "so", "o", "a", "class", "bin", "dylib", "wasm", "pyc", "py", "r", "rs", "js", "ts", "css", "sh", "bat", "ps1",
            "map",
        ],
    ),
    ("font", &["ttf", "otf", "woff", "woff2", "eot"]),
    (
        "configuration or markup",
        &["json", "toml", "yaml", "yml", "ini", "cfg", "conf", "lock", "xml", "xsd", "dtd", "properties", "url", "lnk", "desktop", "ann"],
    ),
    ("temporary file", &["tmp", "bak", "swp", "part", "crdownload", "log"]),
];

/// What the file of this name is.
///
/// ```
/// use dateline::read::formats::{Format, format};
/// assert_eq!(format("a/Photo.JPG"), Format::Other("image"));
/// assert_eq!(format("2019/tashkent.txt"), Format::Text);
/// ```
#[must_use]
pub fn format(name: &str) -> Format {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let Some((stem, ending)) = file.rsplit_once('.') else { return Format::Text };
    if stem.is_empty() || ending.len() > 12 {
        return Format::Text;
    }
    let ending = ending.to_ascii_lowercase();
    match ending.as_str() {
        "csv" => Format::Table(Table::Csv),
        "tsv" | "tab" => Format::Table(Table::Tsv),
        "jsonl" | "ndjson" => Format::Table(Table::Lines),
        _ => OTHER.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map_or(Format::Text, |&(what, _)| Format::Other(what)),
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
        assert_eq!(format("README"), Format::Text);
        assert_eq!(format(".hidden"), Format::Text);
        assert_eq!(format("minutes of 12.05.2019"), Format::Text);
        assert_eq!(format("x.docx"), Format::Other("office document, not read yet"));
    }

    #[test]
    fn own_tables_are_known_by_their_header() {
        assert!(is_own_output(b"id,language,title,published,event_start,event_end\n"));
        assert!(!is_own_output(b"id,text,published\n1,Hello,2020-01-01\n"));
    }
}
