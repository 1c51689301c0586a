//! From bytes to text: which encoding a file is in, and whether its text was misread before.
//!
//! The order of proof: a byte order mark, the shape of UTF-16, the signature of a binary format,
//! valid UTF-8, and only then a guess among the 8-bit encodings of Russian and English files
//! (see `guess`). A text that was once decoded with the wrong encoding and saved so is repaired
//! line by line (see `mojibake`). Nothing is lost in silence: what no encoding explains becomes
//! U+FFFD and is counted.

mod binary;
mod guess;
mod mojibake;
mod pairs;
mod utf16;

use encoding_rs::{Encoding, UTF_8};

/// A text with how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The text, without a byte order mark; line ends as in the file.
    pub text: String,
    /// The encoding's name as the Encoding Standard has it; `UTF-8+windows-1251` for a file whose
    /// lines are in both.
    pub encoding: String,
    /// From 0 to 1: how sure the guess is; 1 when a mark, valid UTF-8 or the caller says it.
    pub certainty: f32,
    /// The misreading that was undone, as `UTF-8 as windows-1251`; `None` when there was none.
    pub repaired: Option<&'static str>,
    /// How many lines were repaired.
    pub repaired_lines: usize,
    /// How many stretches could not be read and stand as U+FFFD.
    pub replaced: usize,
}

/// Why bytes are not a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// An image, an archive, a program …: the format where its signature tells it.
    #[error("the file is binary ({0}), not text")]
    Binary(&'static str),
}

impl Error {
    /// A short word that scripts can test: `empty` or `binary`.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Error::Empty => "empty",
            Error::Binary(_) => "binary",
        }
    }
}

/// Reads bytes as text, in the encoding `said` or else in the one they show to be in.
///
/// A byte order mark wins over `said`, since it can't be anything else.
///
/// ```
/// let bytes = encoding_rs::KOI8_R.encode("Семинар прошёл в Бишкеке").0;
/// let decoded = dateline::decode::text(&bytes, None).unwrap();
/// assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), ("Семинар прошёл в Бишкеке", "KOI8-R"));
/// ```
///
/// # Errors
/// When there is nothing to read, or the bytes are not text.
pub fn text(bytes: &[u8], said: Option<&'static Encoding>) -> Result<Decoded, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return finish(&bytes[length..], encoding, 1.0);
    }
    if let Some(format) = binary::signature(bytes) {
        return Err(Error::Binary(format));
    }
    if let Some(encoding) = said {
        return finish(bytes, encoding, 1.0);
    }
    if let Some((encoding, certainty)) = utf16::detect(bytes) {
        return finish(bytes, encoding, certainty);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return settle(text.to_string(), UTF_8.name().into(), 1.0, 0);
    }
    if binary::is_binary(bytes) {
        return Err(Error::Binary("no known format"));
    }
    let guessed = guess::read(bytes);
    settle(guessed.text, guessed.encoding, guessed.certainty, guessed.replaced)
}

/// The encoding that a label such as `cp1251`, `koi8-r` or `utf-8` names; labels are those of the
/// Encoding Standard, and the usual other names of them.
#[must_use]
pub fn named(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().to_ascii_lowercase();
    let known = match label.as_str() {
        "cp866" | "dos" | "oem866" => "ibm866",
        "win1251" | "win-1251" | "windows1251" | "ansi" => "windows-1251",
        "win1252" | "win-1252" | "windows1252" => "windows-1252",
        "utf16" | "utf16le" | "utf-16-le" => "utf-16le",
        "utf16be" | "utf-16-be" => "utf-16be",
        "koi8r" => "koi8-r",
        other => other,
    };
    Encoding::for_label(known.as_bytes())
}

/// How unlike Russian a Cyrillic text is: the mean cost of its letters, each after the one before
/// it, in tenths of a nat. Russian prose has 25 to 29; 0 for a text without letters outside ASCII.
#[must_use]
pub fn russian_cost(text: &str) -> f32 {
    pairs::cost(text.chars()).mean()
}

fn finish(bytes: &[u8], encoding: &'static Encoding, certainty: f32) -> Result<Decoded, Error> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let replaced = text.matches('\u{fffd}').count();
    settle(text.into_owned(), encoding.name().into(), certainty, replaced)
}

/// The last steps for every way: control characters are judged, misreadings undone.
fn settle(text: String, encoding: String, certainty: f32, replaced: usize) -> Result<Decoded, Error> {
    if binary::is_noise(&text) {
        return Err(Error::Binary("no known format"));
    }
    let (text, zeros) = binary::without_nul(text);
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let repair = mojibake::repair(text);
    Ok(Decoded {
        text: repair.text,
        encoding,
        certainty,
        repaired: repair.misreading,
        repaired_lines: repair.lines,
        replaced: replaced + zeros,
    })
}

#[cfg(test)]
mod tests {
    use encoding_rs::{IBM866, KOI8_R, WINDOWS_1251, WINDOWS_1252};
    use proptest::prelude::*;

    use super::*;

    const RUSSIAN: &str = "Семинар для учителей прошёл 5 мая 2020 года в Бишкеке при поддержке посольства Японии.\n";
    const ENGLISH: &str = "The fair opened in Osh on 5 May – with Zoë Müller’s help, at a cost of £5,000.\n";

    fn read(bytes: &[u8]) -> Decoded {
        text(bytes, None).expect("a text")
    }

    #[test]
    fn each_encoding_of_russian_is_told() {
        for encoding in [WINDOWS_1251, KOI8_R, IBM866] {
            let decoded = read(&encoding.encode(RUSSIAN).0);
            assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (RUSSIAN, encoding.name()));
            assert!(decoded.certainty > 0.9, "{decoded:?}");
        }
        let decoded = read(&WINDOWS_1252.encode(ENGLISH).0);
        assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (ENGLISH, "windows-1252"));
    }

    #[test]
    fn a_few_words_are_enough() {
        for words in ["Пресс-релиз", "Бишкек, 5 мая", "ОБЩЕСТВО", "Встреча в Оше"] {
            for encoding in [WINDOWS_1251, KOI8_R, IBM866] {
                assert_eq!(read(&encoding.encode(words).0).text, words, "{}", encoding.name());
            }
        }
    }

    #[test]
    fn utf_16_with_and_without_mark() {
        for words in [RUSSIAN, ENGLISH] {
            let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for (bytes, mark, name) in [(little, [0xff, 0xfe], "UTF-16LE"), (big, [0xfe, 0xff], "UTF-16BE")] {
                let marked = [mark.as_slice(), &bytes].concat();
                for bytes in [bytes, marked] {
                    let decoded = read(&bytes);
                    assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (words, name));
                }
            }
        }
        assert_eq!(read("\u{feff}Ош".as_bytes()).text, "Ош");
    }

    #[test]
    fn what_is_said_wins_over_the_guess() {
        let decoded = text(&KOI8_R.encode("Ош").0, Some(KOI8_R)).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.certainty), ("Ош", 1.0));
        assert_eq!(named("CP866"), Some(IBM866));
        assert_eq!(named("koi8-r"), Some(KOI8_R));
        assert_eq!(named("morse"), None);
    }

    #[test]
    fn images_programs_and_noise_are_no_text() {
        assert_eq!(text(b"", None), Err(Error::Empty));
        assert_eq!(text(b" \r\n", None), Err(Error::Empty));
        assert_eq!(text(b"%PDF-1.7\n%\xe2\xe3", None), Err(Error::Binary("PDF")));
        assert_eq!(text(b"\x89PNG\r\n\x1a\n\0\0", None), Err(Error::Binary("PNG")));
        let noise: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(text(&noise, None).map_err(Error::kind), Err("binary"));
    }

    #[test]
    fn a_stray_nul_is_replaced_and_counted() {
        let decoded = read("Meeting\0 in Osh, which was long and had many words in its report, as is usual.".as_bytes());
        assert_eq!((decoded.replaced, &decoded.text[..10]), (1, "Meeting\u{fffd}"));
    }

    #[test]
    fn a_file_in_two_encodings_is_read_line_by_line() {
        let mixed = [RUSSIAN.as_bytes(), &WINDOWS_1251.encode(RUSSIAN).0].concat();
        let decoded = read(&mixed);
        assert_eq!((decoded.text, decoded.encoding.as_str()), (RUSSIAN.repeat(2), "UTF-8+windows-1251"));
    }

    #[test]
    fn broken_utf_8_stays_utf_8() {
        let mut bytes = RUSSIAN.repeat(3).into_bytes();
        bytes.remove(1);
        let decoded = read(&bytes);
        assert_eq!((decoded.encoding.as_str(), decoded.replaced), ("UTF-8", 1));
    }

    /// Sentences of made-up releases.
    fn prose() -> impl Strategy<Value = (String, bool)> {
        let russian = prop::sample::select(vec![
            "Фонд",
            "передал",
            "школе",
            "новое",
            "оборудование",
            "Министр",
            "отметил",
            "что",
            "проект",
            "завершён",
            "в",
            "Нарыне",
            "на",
            "средства",
            "Европейского",
            "союза",
            "жители",
            "сёл",
            "получат",
            "воду",
            "ПРООН",
            "и",
            "мэрия",
            "«Чистый",
            "город»",
        ]);
        let english = prop::sample::select(vec![
            "The",
            "agency",
            "opened",
            "a",
            "new",
            "school",
            "in",
            "Naryn",
            "with",
            "support",
            "from",
            "Société",
            "Générale",
            "– a",
            "café",
            "“garden”",
            "and",
            "training",
            "for",
            "teachers",
            "£20",
            "Zürich",
            "it",
            "said",
        ]);
        let sentence = |words: Vec<&str>| words.join(" ") + ".";
        prop_oneof![
            prop::collection::vec(russian, 4..40).prop_map(move |words| (sentence(words), true)),
            prop::collection::vec(english, 4..40).prop_map(move |words| (sentence(words), false)),
        ]
    }

    proptest! {
        #[test]
        fn prose_comes_back_from_every_encoding((prose, russian) in prose()) {
            let encodings = if russian { vec![WINDOWS_1251, KOI8_R, IBM866] } else { vec![WINDOWS_1252] };
            for encoding in encodings {
                let (bytes, _, lost) = encoding.encode(&prose);
                if !lost {
                    prop_assert_eq!(&read(&bytes).text, &prose, "{}", encoding.name());
                }
            }
            let little: Vec<u8> = prose.encode_utf16().flat_map(u16::to_le_bytes).collect();
            prop_assert_eq!(&read(&little).text, &prose);
            prop_assert_eq!(&read(prose.as_bytes()).text, &prose);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = text(&bytes, None);
        }
    }
}
