//! The corpus as one page of HTML that needs nothing else: figures to look at, and under every mark
//! the sentences that show it.
//!
//! What comes from documents stands in the page once, as data: JSON in which no character can end
//! the element that holds it, and which the script only ever shows as text. The page's policy allows
//! its own script and style, known by their hashes, and nothing from a network.
//! Beyond [`PLAIN`] bytes the data is packed, for a corpus of 100,000 documents fits into some megabytes
//! so; what is left out then is counted, and the page says it.

mod outlines;
mod payload;

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

use crate::overview::Overview;
use payload::Payload;

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/style.css");

/// The script: one file a figure. They share one scope, which is not the page's.
const SCRIPT: &str = concat!(
    "(() => {\n'use strict';\n",
    include_str!("page/data.js"),
    include_str!("page/marks.js"),
    include_str!("page/panel.js"),
    include_str!("page/timeline.js"),
    include_str!("page/map.js"),
    include_str!("page/heat.js"),
    include_str!("page/network.js"),
    include_str!("page/documents.js"),
    include_str!("page/main.js"),
    "})();\n"
);

/// Data up to so many bytes stands in the page as plain JSON, which other programs can read too.
pub const PLAIN: usize = 1_000_000;

/// What a page says of itself.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Its title.
    pub title: String,
    /// What lies after this day is in the future.
    pub today: jiff::civil::Date,
}

/// Writes the page.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(overview: &Overview, head: &Head, out: &mut impl Write) -> io::Result<()> {
    let payload = serde_json::to_string(&Payload::new(overview, head)).map_err(io::Error::from)?;
    let (kind, data) = if payload.len() > PLAIN {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(payload.as_bytes())?;
        ("application/gzip", base64(&packed.finish()?))
    } else {
        ("application/json", inert(&payload))
    };
    let title = escaped(&head.title);
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(SCRIPT)),
        base64(&Sha256::digest(STYLE))
    );
    let values = [("policy", policy.as_str()), ("title", &title), ("style", STYLE), ("script", SCRIPT), ("kind", kind), ("data", &data)];
    // each value stands once, in this order or another: what is put in is not searched again
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        out.write_all(before.as_bytes())?;
        let value = values.iter().find(|(of, _)| *of == name).map(|(_, value)| *value).unwrap_or_default();
        out.write_all(value.as_bytes())?;
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// JSON that cannot end the element it stands in: these characters stand only in its strings.
fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 50);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= group.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Record;

    #[test]
    fn base64_is_that_of_the_standard() {
        assert_eq!(["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())), ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
    }

    fn page(overview: &Overview, title: &str) -> String {
        let mut out = Vec::new();
        write(overview, &Head { title: title.into(), today: jiff::civil::date(2026, 1, 1) }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_of_a_document_is_markup() {
        let mut overview = Overview::default();
        let evil = "</script><img src=x onerror=alert(1)>{{script}}";
        overview.add(&Record { id: evil.into(), title: Some(evil.into()), ..Record::default() });
        let page = page(&overview, evil);
        assert!(!page.contains("<img") && !page.contains("onerror=alert(1)>"), "markup came through");
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(page.contains(r"\u003c/script\u003e\u003cimg"));
        assert_eq!(page.matches("'use strict'").count(), 1, "what is put in is searched again");
    }

    #[test]
    fn the_same_overview_gives_the_same_bytes() {
        let mut overview = Overview::default();
        for number in 0..100 {
            overview.add(&Record { id: format!("{number}"), ..Record::default() });
        }
        assert_eq!(page(&overview, "t"), page(&overview, "t"));
    }
}
