//! Text out of documents that are not plain text: web pages, Markdown, Word and OpenDocument
//! files, PDF, letters.
//!
//! Each format is parsed by its library; what comes out is the text in reading order, a line for
//! each block, and beside it what the format knows and a text file cannot say ([`Markup`]): which
//! line is a heading, which stands in a menu or a footer, what day the page's metadata names. It
//! is evidence for what comes later, nothing is cut away: offsets point into the text as
//! `dateline text` prints it.
//!
//! Libraries meet hostile bytes here, so the program calls [`read`] in a child process with limits
//! (`child`); called directly it is a plain function.

mod cards;
pub mod child;
mod depth;
mod elements;
mod head;
mod html;
mod letter;
mod markdown;
mod nodes;
mod office;
mod pdf;
mod sink;
mod tree;
mod writer;

use std::borrow::Cow;

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

pub use elements::element;

use crate::decode;
use crate::read::formats::Kind;

/// What the format of a document says of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Markup {
    /// For each line of the text; empty for plain text.
    pub lines: Vec<Mark>,
    /// The days of publication that the metadata name, the most trusted first.
    pub stamps: Vec<Stamp>,
}

/// What the format says of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// It is in the part that holds the story: `<article>`, `<main>`.
    Story,
    /// A heading of the highest level, or the document's title.
    Heading,
    /// A heading that is also the title that the metadata give.
    Title,
    /// Nothing but links.
    Links,
    /// Before the box that holds the headline and the story.
    Above,
    /// Behind it.
    Outside,
    /// It stands in an element of the page: the row of `data/zones/elements.tsv`.
    Page(u16),
}

/// A day as the metadata write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// As it stands there.
    pub written: String,
    /// Where: `json-ld:datePublished`, `meta:article:published_time`, `time`, `letter:date`.
    pub rule: String,
}

/// A document as text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plain {
    /// The text, with `\n` line ends.
    pub text: String,
    /// What the format says of it.
    pub markup: Markup,
    /// The encoding, where the format has one to be found.
    pub encoding: Option<String>,
    /// How sure that is, from 0 to 1.
    pub certainty: Option<f32>,
    /// The misreading that was undone, and in how many lines.
    pub repaired: Option<String>,
    /// How many stretches stand as U+FFFD.
    pub replaced: usize,
}

/// Why a document is not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// A short word that scripts can test.
    pub kind: String,
    /// What happened, for people.
    pub message: String,
}

impl Fault {
    pub(crate) fn new(kind: &str, message: impl Into<String>) -> Self {
        Self { kind: kind.into(), message: message.into() }
    }

    /// What the format's own rules do not allow.
    fn broken(what: &str, error: impl std::fmt::Display) -> Self {
        Self::new("broken", format!("is no {what} that can be read: {error}"))
    }

    fn empty() -> Self {
        Self::new("empty", "holds no text")
    }

    fn unpacks_to_more(limit: u64) -> Self {
        Self::new("too-large", format!("unpacks to more than {limit} bytes: --max-size sets the limit"))
    }
}

impl From<decode::Error> for Fault {
    fn from(error: decode::Error) -> Self {
        Self::new(error.kind(), error.to_string())
    }
}

impl From<decode::Decoded> for Plain {
    fn from(decoded: decode::Decoded) -> Self {
        let repaired = decoded.repaired.map(|misreading| format!("{misreading}, {} lines", decoded.repaired_lines));
        let mut text = decoded.text;
        if memchr::memchr(b'\r', text.as_bytes()).is_some() {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        Self {
            text,
            encoding: Some(decoded.encoding),
            certainty: Some(decoded.certainty),
            repaired,
            replaced: decoded.replaced,
            ..Self::default()
        }
    }
}

/// What is known of a document's bytes before they are read.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The encoding that the user names: it wins.
    pub encoding: Option<&'static Encoding>,
    /// The character set that came with the document, as in the header of a web server.
    pub charset: Option<&'a str>,
    /// No more bytes of text than this.
    pub limit: u64,
}

/// Reads a document of a kind as text; bytes that are handed over are dropped as soon as they can be.
///
/// # Errors
/// When the bytes are not of that kind, are broken, hold no text, or more than the limit.
pub fn read<'a>(kind: Kind, bytes: impl Into<Cow<'a, [u8]>>, told: Told) -> Result<Plain, Fault> {
    let bytes = bytes.into();
    let plain = match kind {
        Kind::Text => decode::text(&bytes, told.encoding)?.into(),
        Kind::Page => html::read(bytes, told)?,
        Kind::Markdown => markdown::read(bytes, told)?,
        Kind::Word => office::word(&bytes, told)?,
        Kind::OpenText => office::open_text(&bytes, told)?,
        Kind::Pdf => pdf::read(&bytes)?,
        Kind::Letter => letter::read(&bytes, told)?,
    };
    if plain.text.trim().is_empty() {
        return Err(Fault::empty());
    }
    if plain.text.len() as u64 > told.limit {
        return Err(Fault::unpacks_to_more(told.limit));
    }
    Ok(plain)
}

impl Plain {
    /// A text that came without bytes to decode.
    fn of(text: String, markup: Markup) -> Self {
        Self { text, markup, ..Self::default() }
    }
}
