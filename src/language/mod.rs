//! The language of a document and of each of its lines.

use crate::text::{Script, Text};
use crate::zones::Zones;

/// A language, as far as the rules care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
    /// Another one, by its ISO 639-1 code.
    Other(&'static str),
    /// Not decided.
    #[default]
    Unknown,
}

impl Language {
    /// ISO 639-1; none when not decided.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        match self {
            Language::English => Some("en"),
            Language::Russian => Some("ru"),
            Language::Other(code) => Some(code),
            Language::Unknown => None,
        }
    }
}

/// The languages of a text.
#[derive(Debug, Default)]
pub struct Languages {
    /// Of the release's main text.
    pub main: Language,
    /// From 0 to 1.
    pub certainty: f32,
    /// Of each line; a line too short to tell has that of the lines around it.
    pub lines: Vec<Language>,
}

impl Languages {
    /// Detects them.
    #[must_use]
    pub fn detect(text: &Text, _zones: &Zones) -> Self {
        let cyrillic = text.tokens.iter().filter(|t| t.script == Script::Cyrillic).count();
        let latin = text.tokens.iter().filter(|t| t.script == Script::Latin).count();
        let main = match (cyrillic, latin) {
            (0, 0) => Language::Unknown,
            (c, l) if c > l => Language::Russian,
            _ => Language::English,
        };
        Self { main, certainty: 0.5, lines: vec![main; text.lines.len()] }
    }
}
