//! Letters (EML, RFC 5322 and MIME) and pages saved as one file (MHTML, RFC 2557), by `mail-parser`.
//!
//! Of a letter the subject is the first line and the plain text is taken before the page that may
//! stand beside it. The date of a letter is a witness of the day of publication; that of a saved
//! page is the day of its saving and none.

use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::html;
use super::{Fault, Mark, Markup, Plain, Stamp, Told};
use crate::decode;

pub(super) fn read(bytes: &[u8], told: Told) -> Result<Plain, Fault> {
    let message = MessageParser::default().parse(bytes).filter(|message| !message.headers().is_empty());
    let message = message.ok_or_else(|| Fault::broken("letter", "it has no header"))?;
    let saved = message.header_raw("Snapshot-Content-Location").is_some()
        || message.header_raw("From").is_some_and(|from| from.to_ascii_lowercase().contains("saved by"))
        || message.content_type().is_some_and(|kind| kind.subtype() == Some("related"));
    let plain = message.text_part(0).filter(|part| matches!(part.body, PartType::Text(_)));
    let page = message.html_part(0).filter(|part| matches!(part.body, PartType::Html(_)));
    let plain = plain.map(|part| content(&message, part, told)).filter(|text| !text.trim().is_empty());
    let (mut text, mut markup) = match (plain, page) {
        (Some(text), None) => (lines_of(&text), Markup::default()),
        (Some(text), Some(_)) if !saved => (lines_of(&text), Markup::default()),
        (_, Some(part)) => html::page(content(&message, part, told), told.limit)?,
        (None, None) => return Err(Fault::new("empty", "the letter has no text, only attachments")),
    };
    if saved {
        return Ok(Plain::of(text, markup));
    }
    let subject = message.subject().map(|subject| subject.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default();
    if markup.lines.is_empty() {
        markup.lines = text.lines().map(|_| Mark::None).collect();
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if !subject.is_empty() && first.trim() != subject {
        text.insert_str(0, &format!("{subject}\n\n"));
        markup.lines.splice(0..0, [Mark::Title, Mark::None]);
    }
    if let Some(date) = message.date().filter(|date| date.is_valid()) {
        let written = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        markup.stamps.push(Stamp { written, rule: "markup:letter:date".into() });
    }
    Ok(Plain::of(text, markup))
}

/// The text of a part. Where no character set is named, the bytes show it.
fn content(message: &Message, part: &MessagePart, told: Told) -> String {
    let named = part.content_type().is_some_and(|kind| kind.has_attribute("charset"));
    if !named && part.encoding == Encoding::None {
        let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
        if let Ok(decoded) = decode::text(raw, told.encoding) {
            return decoded.text;
        }
    }
    match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.to_string(),
        _ => String::new(),
    }
}

/// A text with `\n` line ends.
fn lines_of(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: Told = Told { encoding: None, charset: None, limit: 1 << 20 };

    #[test]
    fn a_letter_is_its_subject_and_text() {
        let letter = "From: a@b.example\r\nSubject: =?UTF-8?B?0JzQvtGB0YIg0L7RgtC60YDRi9GC?=\r\nDate: Thu, 6 May 2021 09:30:00 +0600\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=koi8-r\r\n\
            Content-Transfer-Encoding: base64\r\n\r\n9yDTxczFIM/Uy9LZzMkgzc/T1C4=\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>other</p>\r\n--x--\r\n";
        let plain = read(letter.as_bytes(), TOLD).unwrap();
        assert_eq!(plain.text.trim_end(), "Мост открыт\n\nВ селе открыли мост.");
        assert_eq!((plain.markup.stamps[0].written.as_str(), plain.markup.lines[0]), ("2021-05-06", Mark::Title));
    }

    #[test]
    fn eight_bits_without_a_name_are_guessed() {
        let mut letter = b"Subject: News\r\nFrom: a@b.example\r\n\r\n".to_vec();
        letter.extend_from_slice(&encoding_rs::WINDOWS_1251.encode("В селе открыли мост, построенный за год.").0);
        assert_eq!(read(&letter, TOLD).unwrap().text, "News\n\nВ селе открыли мост, построенный за год.");
    }

    #[test]
    fn a_saved_page_has_no_date_of_its_own() {
        let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nSubject: Bridge\r\nDate: Thu, 6 May 2021 09:30:00 +0600\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"y\"\r\n\r\n--y\r\nContent-Type: text/html\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><h1>Bridge op=\r\nens</h1><p>It was =C2=AB=D0=BE=C2=BB.</p></html>\r\n--y\r\nContent-Type: image/png\r\n\r\nx\r\n--y--\r\n";
        let plain = read(page.as_bytes(), TOLD).unwrap();
        assert_eq!(plain.text, "Bridge opens\n\nIt was «о».\n");
        assert!(plain.markup.stamps.is_empty());
    }
}
