//! A record as a line of JSON, written straight into bytes.
//!
//! The output of a corpus is several times its text, so what there is most of, mentions and
//! sentences, is written without a serializer's detours. All else, and every number with a point,
//! is left to `serde_json`; the bytes are the same as its own.

use std::io;

use serde::Serialize;

use super::{Mention, Parts, Record, Sentence, Stretch};

/// Bytes that are written at a time.
const ENOUGH: usize = 1 << 18;

/// Writes a key behind another value, then `$write` its value.
macro_rules! field {
    ($out:ident, $name:literal, $write:expr) => {{
        $out.extend_from_slice(concat!(",\"", $name, "\":").as_bytes());
        $write;
    }};
}

/// The same where there is a value.
macro_rules! maybe {
    ($out:ident, $($name:literal $value:expr, $write:ident;)*) => {
        $(if let Some(value) = $value {
            field!($out, $name, $write($out, value));
        })*
    };
}

impl Record {
    /// Writes the record as `serde_json` does.
    pub(crate) fn write_json(&self, out: &mut Vec<u8>) {
        // about what it takes: to grow would copy all that is written
        let sentences: usize = self.sentences.iter().map(|sentence| sentence.text.len() + 40).sum();
        out.reserve(600 + sentences + self.mentions.len() * 290);
        self.begin(out);
        field!(out, "mentions", each(out, &self.mentions, mention));
        field!(out, "furniture", other(out, &self.furniture));
        list(out, "furniture_why", &self.furniture_why);
        self.middle(out);
        field!(out, "sentences", each(out, &self.sentences, sentence));
        self.end(out);
    }

    /// Writes the same of a record of which `parts` were taken, some at a time.
    ///
    /// # Errors
    /// What `write` says, and when the parts were damaged while they waited in a file.
    pub(crate) fn write_json_with<E: From<io::Error>>(
        &self,
        parts: &Parts,
        mut write: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut out = Vec::with_capacity(ENOUGH * 2);
        let out = &mut out;
        self.begin(out);
        open(out, "mentions");
        joined(out, parts.mentions(), &mut write, mention)?;
        out.push(b']');
        open(out, "furniture");
        joined(out, parts.furniture(), &mut write, |out, of| stretch(out, *of))?;
        out.push(b']');
        let mut whys = parts.whys().peekable();
        if whys.peek().is_some() {
            open(out, "furniture_why");
            joined(out, whys, &mut write, other)?;
            out.push(b']');
        }
        self.middle(out);
        open(out, "sentences");
        joined(out, parts.sentences(), &mut write, sentence)?;
        out.push(b']');
        self.end(out);
        write(out)
    }

    /// What stands before the mentions.
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"id\":");
        string(out, &self.id);
        maybe! { out, "error" &self.error, other; }
        field!(out, "language", other(out, &self.language));
        maybe! { out, "language_certainty" &self.language_certainty, other; }
        list(out, "languages", &self.languages);
        field!(out, "title", other(out, &self.title));
        field!(out, "published", other(out, &self.published));
        field!(out, "event", other(out, &self.event));
        field!(out, "event_place", other(out, &self.event_place));
        field!(out, "duplicate_of", other(out, &self.duplicate_of));
        list(out, "duplicate_why", &self.duplicate_why);
        field!(out, "same_event_as", other(out, &self.same_event_as));
        list(out, "same_event_why", &self.same_event_why);
    }

    /// What stands between furniture and sentences.
    fn middle(&self, out: &mut Vec<u8>) {
        field!(out, "donors", other(out, &self.donors));
        field!(out, "implementers", other(out, &self.implementers));
        field!(out, "organizers", other(out, &self.organizers));
        list(out, "partners", &self.partners);
        list(out, "hosts", &self.hosts);
        list(out, "recipients", &self.recipients);
        if !self.evidence.is_empty() {
            field!(out, "evidence", other(out, &self.evidence));
        }
        if !self.why.is_empty() {
            field!(out, "why", other(out, &self.why));
        }
    }

    /// What stands behind the sentences.
    fn end(&self, out: &mut Vec<u8>) {
        field!(out, "characters", number(out, self.characters));
        maybe! {
            out,
            "encoding" &self.encoding, other;
            "encoding_certainty" &self.encoding_certainty, other;
            "repaired" &self.repaired, other;
        }
        if !self.fields.is_empty() {
            field!(out, "fields", other(out, &self.fields));
        }
        maybe! { out, "order" &self.order, other; "text" &self.text, string; }
        list(out, "lost", &self.lost);
        list(out, "edges", &self.edges);
        if !self.sketch.is_empty() {
            field!(out, "sketch", string(out, &self.sketch));
        }
        out.push(b'}');
    }
}

/// Begins a list.
fn open(out: &mut Vec<u8>, name: &str) {
    out.push(b',');
    string(out, name);
    out.extend_from_slice(b":[");
}

/// Writes what stands in a list, of lists that follow each other.
fn joined<T, E: From<io::Error>>(
    out: &mut Vec<u8>,
    lists: impl Iterator<Item = io::Result<Vec<T>>>,
    write: &mut impl FnMut(&[u8]) -> Result<(), E>,
    one: impl Fn(&mut Vec<u8>, &T),
) -> Result<(), E> {
    let mut is_first = true;
    for list in lists {
        for value in &list? {
            if !std::mem::take(&mut is_first) {
                out.push(b',');
            }
            one(out, value);
            if out.len() > ENOUGH {
                write(out)?;
                out.clear();
            }
        }
    }
    Ok(())
}

/// A list that is left out when it is empty.
fn list<T: Serialize>(out: &mut Vec<u8>, name: &str, values: &[T]) {
    if !values.is_empty() {
        out.push(b',');
        string(out, name);
        out.push(b':');
        other(out, values);
    }
}

fn each<T>(out: &mut Vec<u8>, values: &[T], write: impl Fn(&mut Vec<u8>, &T)) {
    out.push(b'[');
    for (n, value) in values.iter().enumerate() {
        if n > 0 {
            out.push(b',');
        }
        write(out, value);
    }
    out.push(b']');
}

fn sentence(out: &mut Vec<u8>, sentence: &Sentence) {
    out.extend_from_slice(b"{\"start\":");
    number(out, sentence.start);
    field!(out, "end", number(out, sentence.end));
    field!(out, "text", string(out, &sentence.text));
    out.push(b'}');
}

fn mention(out: &mut Vec<u8>, m: &Mention) {
    out.extend_from_slice(b"{\"type\":");
    string(out, &m.kind);
    field!(out, "text", string(out, &m.text));
    field!(out, "start", number(out, m.start));
    field!(out, "end", number(out, m.end));
    maybe! {
        out,
        "language" &m.language, string;
        "value" &m.value, string;
        "role" &m.role, string;
        "part" m.part(), string;
        "bound" m.bound(), string;
    }
    if m.date.as_ref().is_some_and(|date| date.ambiguous) {
        field!(out, "ambiguous", out.extend_from_slice(b"true"));
    }
    maybe! {
        out,
        "alternative" m.alternative(), string;
        "entity" &m.entity, string;
        "name" &m.name, string;
        "country" &m.country, string;
        "latitude" m.latitude(), float;
        "longitude" m.longitude(), float;
        "geonames" m.geonames(), id;
        "subtype" &m.subtype, string;
        "admin1" m.admin1(), string;
        "acronym" m.acronym(), string;
        "known" m.known(), string;
        "post" m.post(), string;
        "body" m.body(), string;
        "currency" m.currency(), string;
        "amount" m.amount(), float;
        "upper" m.upper(), float;
    }
    if m.nested {
        field!(out, "nested", out.extend_from_slice(b"true"));
    }
    field!(out, "zone", string(out, &m.zone));
    field!(out, "sentence", stretch(out, m.sentence));
    field!(out, "rule", string(out, &m.rule));
    field!(out, "confidence", other(out, &m.confidence));
    field!(out, "because", each(out, &m.because, |out, why| string(out, why)));
    if !m.joins().is_empty() {
        field!(out, "joins", other(out, m.joins()));
    }
    out.push(b'}');
}

fn stretch(out: &mut Vec<u8>, [start, end]: Stretch) {
    out.push(b'[');
    number(out, start);
    out.push(b',');
    number(out, end);
    out.push(b']');
}

fn other(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    // a record has no map keys that are not strings, and memory does not fail
    let _ = serde_json::to_writer(out, value);
}

fn float(out: &mut Vec<u8>, value: f64) {
    other(out, &value);
}

fn id(out: &mut Vec<u8>, value: u32) {
    number(out, value as usize);
}

fn number(out: &mut Vec<u8>, mut value: usize) {
    // written where it stays: a copy of a few bytes right after them is waited for
    let end = out.len() + value.checked_ilog10().map_or(1, |last| last as usize + 1);
    out.extend_from_slice(&[b'0'; 20]);
    out.truncate(end);
    for digit in out.iter_mut().rev() {
        *digit += (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
}

fn string(out: &mut Vec<u8>, value: impl AsRef<str>) {
    let value = value.as_ref();
    if is_plain(value.as_bytes()) {
        out.reserve(value.len() + 2);
        out.push(b'"');
        out.extend_from_slice(value.as_bytes());
        out.push(b'"');
    } else {
        other(out, value);
    }
}

/// Whether no byte has to be escaped; eight are looked at together.
fn is_plain(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let (words, rest) = bytes.as_chunks::<8>();
    // a byte less than `n` takes one from its highest bit
    let less = |x: u64, n: u8| x.wrapping_sub(ONES * u64::from(n)) & !x;
    let special = |word: &[u8; 8]| {
        let x = u64::from_ne_bytes(*word);
        less(x, b' ') | less(x ^ (ONES * u64::from(b'"')), 1) | less(x ^ (ONES * u64::from(b'\\')), 1)
    };
    let found = words.iter().fold(0, |found, word| found | special(word));
    // the last ones, with some that were looked at
    if let Some(last) = bytes.last_chunk::<8>() {
        return (found | special(last)) & (ONES << 7) == 0;
    }
    rest.iter().all(|&b| b >= b' ' && b != b'"' && b != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Extractor, Settings};

    fn written(record: &Record) -> String {
        let mut out = Vec::new();
        record.write_json(&mut out);
        String::from_utf8(out).expect("JSON is text")
    }

    #[test]
    fn a_line_is_as_serde_writes_it() {
        let text = "Menu | Home | \"About\"\tus\n\nLotus Fund opens a school in Osh\n\nOsh, 5 May 2020 \u{2013} \u{ab}We \\ agree\u{bb}, \"said\" Anna Reed, director of the \
            Lotus Fund (LF), which gave up to 2.5 million US dollars between June and early July 2021 with the Ministry of Education.\n\
            \u{424}\u{43e}\u{43d}\u{434} \u{ab}\u{417}\u{430}\u{440}\u{44f}\u{bb} \u{43f}\u{440}\u{43e}\u{432}\u{451}\u{43b} 03/04/2020 \u{432}\u{441}\u{442}\u{440}\u{435}\u{447}\u{443} \u{432} \u{41e}\u{448}\u{435}.";
        for trace in [false, true] {
            let extractor = Extractor::new(Settings { trace, ..Settings::default() });
            let mut record = extractor.extract(&Document::new("a \"b\".txt", text));
            assert!(record.mentions.len() > 4);
            assert_eq!(written(&record), serde_json::to_string(&record).expect("a record has a JSON form"));
            record.languages = vec!["en".into(), "ru".into()];
            record.duplicate_why = vec!["the same\u{1}".into()];
            record.encoding = Some("windows-1251".into());
            record.order = Some(7);
            record.partners = record.donors.clone();
            record.fields.insert("key".into(), serde_json::json!({"a": [1, null]}));
            assert_eq!(written(&record), serde_json::to_string(&record).expect("a record has a JSON form"));
        }
        let failed = Record::failed("x", "size", "too \n large");
        assert_eq!(written(&failed), serde_json::to_string(&failed).expect("a record has a JSON form"));
    }

    #[test]
    fn strings_are_plain_unless_a_byte_must_be_escaped() {
        assert!(is_plain("Ош, Bishkek \u{7f} – éß".as_bytes()));
        for at in 0..20 {
            for odd in ['"', '\\', '\n', '\u{1f}'] {
                let mut text = "a".repeat(20);
                text.insert(at, odd);
                assert!(!is_plain(text.as_bytes()), "{text:?}");
            }
        }
        let mut out = Vec::new();
        [0, 9, 10, 1_234_567_890, usize::MAX].into_iter().for_each(|n| number(&mut out, n));
        assert_eq!(String::from_utf8(out).expect("digits"), format!("09101234567890{}", usize::MAX));
    }
}
