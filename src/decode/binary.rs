//! Bytes that are no text: known by the signature of their format, or by their control characters.

/// Signatures at the start of a file, from the formats' own specifications.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90\0", "Windows program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word, Excel or PowerPoint before 2007"),
    (b"{\\rtf", "RTF"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
    (b"fLaC", "FLAC"),
    (b"SQLite format 3\0", "SQLite"),
    (b"PAR1", "Parquet"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"\0\0\x01\0", "icon"),
    (b"\0asm", "WebAssembly"),
];

/// The format whose signature the bytes begin with.
pub(super) fn signature(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"RIFF") && matches!(bytes.get(8..12), Some(b"WAVE" | b"AVI " | b"WEBP")) {
        return Some("RIFF");
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("MP4");
    }
    // three letters that a text may begin with: "ID3", "BZh" are a format only with what follows
    let format = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, format)| format)?;
    match format {
        "MP3" if bytes.get(3).is_none_or(|&version| version > 9) => None,
        "bzip2" if bytes.get(4..10) != Some(b"1AY&SY") => None,
        format => Some(format),
    }
}

/// How much of a file is looked at.
const SAMPLE: usize = 64 * 1024;

/// Control characters that texts have: tab, line ends, form feed, the end mark of DOS, escape.
fn is_odd_control(b: u8) -> bool {
    b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b) || b == 0x7f
}

/// Whether 8-bit bytes have more control characters than any text: one in fifty.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let odd = sample.iter().filter(|&&b| is_odd_control(b)).count();
    odd * 50 > sample.len()
}

/// Whether a decoded text is noise: more control characters than any text has.
pub(super) fn is_noise(text: &str) -> bool {
    is_binary(text.as_bytes())
}

/// A text whose few NUL bytes became U+FFFD, as CommonMark has it, with their number.
pub(super) fn without_nul(text: String) -> (String, usize) {
    if memchr::memchr(0, text.as_bytes()).is_none() {
        return (text, 0);
    }
    let zeros = memchr::memchr_iter(0, text.as_bytes()).count();
    (text.replace('\0', "\u{fffd}"), zeros)
}
