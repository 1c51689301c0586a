//! Texts decoded with the wrong encoding once, and saved so: `РџСЂРёРІРµС‚`, `Ð¿Ñ€Ð¸Ð²ÐµÑ‚`,
//! `Ïðèâåò`, `donâ€™t`.
//!
//! A line is turned back to the bytes that the wrong encoding made it from, and these are read
//! as they should have been; what reads better ([`super::pairs`]) stays. Text that was UTF-8 is
//! repaired character by character, so that a line may be wrong only in part. The scan costs one
//! pass over the characters outside ASCII; a line is turned back only when it reads badly.

use std::sync::LazyLock;

use encoding_rs::{Encoding, IBM866, KOI8_R, MACINTOSH, WINDOWS_1251, WINDOWS_1252};
use rustc_hash::FxHashMap;

use super::pairs;

/// A text after repair.
pub(super) struct Repair {
    pub(super) text: String,
    /// What was done to it, as `UTF-8 as windows-1251`.
    pub(super) misreading: Option<&'static str>,
    pub(super) lines: usize,
}

/// UTF-8 that was read as another encoding.
const UTF_8_AS: [(&Encoding, &str); 5] = [
    (WINDOWS_1251, "UTF-8 as windows-1251"),
    (WINDOWS_1252, "UTF-8 as windows-1252"),
    (IBM866, "UTF-8 as IBM866"),
    (KOI8_R, "UTF-8 as KOI8-R"),
    (MACINTOSH, "UTF-8 as macintosh"),
];

/// An 8-bit encoding that was read as another: what it was, what it was taken for.
const TAKEN_FOR: [(&Encoding, &Encoding, &str); 8] = [
    (WINDOWS_1251, WINDOWS_1252, "windows-1251 as windows-1252"),
    (KOI8_R, WINDOWS_1251, "KOI8-R as windows-1251"),
    (WINDOWS_1251, KOI8_R, "windows-1251 as KOI8-R"),
    (IBM866, WINDOWS_1251, "IBM866 as windows-1251"),
    (WINDOWS_1251, IBM866, "windows-1251 as IBM866"),
    (KOI8_R, WINDOWS_1252, "KOI8-R as windows-1252"),
    (IBM866, WINDOWS_1252, "IBM866 as windows-1252"),
    (KOI8_R, IBM866, "KOI8-R as IBM866"),
];

/// From a character to its byte, for each encoding that texts are wrongly read in.
static BYTES: LazyLock<[FxHashMap<char, u8>; UTF_8_AS.len()]> = LazyLock::new(|| {
    UTF_8_AS.map(|(encoding, _)| {
        let mut bytes = FxHashMap::default();
        for byte in 0x80..=0xff_u8 {
            for c in encoding.decode_without_bom_handling(&[byte]).0.chars().filter(|&c| c != '\u{fffd}') {
                bytes.insert(c, byte);
            }
        }
        // programs leave bytes without a character as the control character of that number
        for byte in 0x80..=0x9f_u8 {
            bytes.entry(char::from(byte)).or_insert(byte);
        }
        bytes
    })
});

/// The mean cost above which a line reads badly.
const BAD: f32 = 34.0;

/// Undoes misreadings, at most two on top of each other.
pub(super) fn repair(text: String) -> Repair {
    let first = repair_once(text);
    if first.lines == 0 {
        return first;
    }
    let second = repair_once(first.text);
    Repair { text: second.text, misreading: first.misreading, lines: first.lines }
}

fn repair_once(text: String) -> Repair {
    let mut out: Option<String> = None;
    let (mut start, mut lines, mut misreading) = (0, 0, None);
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).chain(std::iter::once(text.len())) {
        let line = &text[start..end];
        match repair_line(line) {
            Some((better, name)) => {
                out.get_or_insert_with(|| text[..start].to_string()).push_str(&better);
                misreading = misreading.or(Some(name));
                lines += 1;
            }
            None => {
                if let Some(out) = &mut out {
                    out.push_str(line);
                }
            }
        }
        start = end;
    }
    Repair { text: out.unwrap_or(text), misreading, lines }
}

/// A better reading of a line, and what had been done to it.
fn repair_line(line: &str) -> Option<(String, &'static str)> {
    if line.is_ascii() {
        return None;
    }
    let now = pairs::cost(line.chars());
    if now.mean() < BAD {
        return None;
    }
    let mut best: Option<(u64, String, &'static str)> = None;
    let mut offer = |reading: String, name, bound: u64| {
        let cost = pairs::cost(reading.chars()).sum;
        if reading.chars().any(|c| !is_expected(c) && !line.contains(c)) {
            return; // a short right word ("янв") that chance makes one rare letter
        }
        if cost < bound && best.as_ref().is_none_or(|(least, ..)| cost < *least) {
            best = Some((cost, reading, name));
        }
    };
    for ((_, name), bytes) in UTF_8_AS.iter().zip(BYTES.iter()) {
        if let Some(reading) = utf_8_again(line, bytes) {
            // a character took two or three letters, each with its cost
            offer(reading, name, (now.sum * 7 / 10).max(1));
        }
    }
    if now.count >= 4 {
        for (was, taken_for, name) in TAKEN_FOR {
            let Some(at) = UTF_8_AS.iter().position(|(encoding, _)| *encoding == taken_for) else { continue };
            if let Some(reading) = again(line, &BYTES[at], was) {
                // as many characters as before: chance must not do it, so the more the fewer there are
                offer(reading, name, (now.sum * 3 / 4).saturating_sub(40));
            }
        }
    }
    best.map(|(_, reading, name)| (reading, name))
}

/// Whether a repaired text may hold a character that the line did not: letters of Europe, quotes, dashes, common signs.
fn is_expected(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{400}'..='\u{52f}' | '\u{2010}'..='\u{2026}' | '\u{2030}'..='\u{203a}' | '€' | '₽' | '₸' | '№' | '™' | '−' | '\u{feff}')
}

/// The line with its runs of misread UTF-8 read again; none when it has none.
fn utf_8_again(line: &str, bytes: &FxHashMap<char, u8>) -> Option<String> {
    let mut out = String::with_capacity(line.len());
    let mut found = 0;
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        let Some(&lead) = bytes.get(&c) else {
            out.push(c);
            continue;
        };
        let length = match lead {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 0,
        };
        let mut unit = [lead, 0, 0, 0];
        let mut ahead = rest.clone();
        let mut whole = length > 0;
        for slot in unit.iter_mut().take(length).skip(1) {
            match ahead.next().map(|c| (c, bytes.get(&c))) {
                Some((_, Some(&byte))) if byte & 0xc0 == 0x80 => *slot = byte,
                // a no-break space that became a plain one, a byte without a character that became "?"
                Some((' ', _)) if matches!(lead, 0xd0 | 0xc2) && length == 2 => *slot = 0xa0,
                Some(('?' | '\u{fffd}', _)) if lead == 0xd0 && length == 2 && found > 0 => *slot = 0x98,
                _ => {
                    whole = false;
                    break;
                }
            }
        }
        match std::str::from_utf8(&unit[..length]) {
            Ok(read) if whole => {
                out.push_str(read);
                found += 1;
                rest = ahead;
            }
            _ => out.push(c),
        }
    }
    (found > 0).then_some(out)
}

/// The whole line in another 8-bit encoding; none when a character is not of the wrong one.
fn again(line: &str, bytes: &FxHashMap<char, u8>, was: &'static Encoding) -> Option<String> {
    let mut raw = Vec::with_capacity(line.len());
    for c in line.chars() {
        raw.push(if c.is_ascii() { c as u8 } else { *bytes.get(&c)? });
    }
    Some(was.decode_without_bom_handling(&raw).0.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn misread(text: &str, was: &'static Encoding, taken_for: &'static Encoding) -> String {
        taken_for.decode_without_bom_handling(&was.encode(text).0).0.into_owned()
    }

    #[test]
    fn a_right_line_of_one_short_word_is_left_alone() {
        for line in ["15 января 2021", "12 января", "янв 2021", "3 мая", "ноя 2020", "Ош, 5 июня"] {
            assert_eq!(repair_line(line), None, "{line}");
        }
    }

    #[test]
    fn utf_8_read_as_another_encoding() {
        let texts = ["Привет", "И Россия, и Иран: «Шёлковый путь» – 5 проектов"];
        for text in texts {
            for (taken_for, name) in UTF_8_AS {
                let wrong = taken_for.decode_without_bom_handling(text.as_bytes()).0.into_owned();
                let repaired = repair(wrong.clone());
                assert_eq!((repaired.text.as_str(), repaired.misreading), (text, Some(name)), "{wrong}");
            }
        }
        assert_eq!(repair("РџСЂРёРІРµС‚".into()).text, "Привет");
        assert_eq!(repair("Ð¿Ñ€Ð¸Ð²ÐµÑ‚".into()).text, "привет");
    }

    #[test]
    fn english_quotation_marks_and_names() {
        assert_eq!(repair("We donâ€™t â€“ said ZoÃ« MÃ¼ller".into()).text, "We don’t – said Zoë Müller");
    }

    #[test]
    fn eight_bits_read_as_another_eight_bits() {
        let text = "Встреча министров прошла в Астане";
        for (was, taken_for, _) in TAKEN_FOR {
            let repaired = repair(misread(text, was, taken_for));
            assert_eq!((repaired.text.as_str(), repaired.lines), (text, 1), "{was:?} {taken_for:?}");
        }
    }

    #[test]
    fn one_line_of_many() {
        let repaired = repair("Хорошая строка\nРџСЂРёРІРµС‚ РІСЃРµРј\nещё одна\n".into());
        assert_eq!((repaired.text.as_str(), repaired.lines), ("Хорошая строка\nПривет всем\nещё одна\n", 1));
    }

    #[test]
    fn good_text_in_any_language_stays() {
        for text in [
            "ЦРУ, ФБР и МВД РФ",
            "РСФСР",
            "Ñandú, São Tomé, Ångström, Çeşme, İzmir",
            "Құрметті әріптестер, бүгін Қазақстан Республикасының Үкіметі",
            "Уважаемые коллеги — 25 °С",
            "Γειά σου Κόσμε",
            "Привіт, їжаче! Ґанок",
            "日本国際協力機構",
            "Ђорђе Његош, љубав",
            "Тоҷикистон ва Ӯзбекистон",
            "ԵՊՀ საქართველო",
        ] {
            assert_eq!(repair(text.into()).text, text);
        }
    }
}
