//! One text to read, before anything is known of it.

use jiff::civil::Date;

use crate::markup::Markup;

/// A text with its name: what goes into [`Extractor::extract`](crate::Extractor::extract).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The name under which it stands in every table; see `OUTPUT` in the README for how paths become ids.
    pub id: String,
    /// The text, decoded, with `\n` line ends.
    pub text: String,
    /// The day of publication where the caller knows it: it wins over what the text says and is
    /// the anchor of relative dates.
    pub published: Option<Date>,
    /// What the format of the file said of the text.
    pub markup: Markup,
}

impl Document {
    /// A document with an id and a text. Line ends `\r\n` and `\r` become `\n`.
    ///
    /// ```
    /// let document = dateline::Document::new("a.txt", "One\r\ntwo");
    /// assert_eq!(document.text, "One\ntwo");
    /// ```
    #[must_use]
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if memchr::memchr(b'\r', text.as_bytes()).is_some() {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        Self { id: id.into(), text, published: None, markup: Markup::default() }
    }
}
