//! Places: names looked up in the gazetteer, resolved to country and coordinates.

use crate::mention::{Mention, Settled};
use crate::names::Tagged;
use crate::page::Page;
use crate::span::Span;

/// A stretch of tokens that the gazetteer knows, before it is decided whether it is a place.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Tokens: from the first to one past the last.
    pub tokens: (u32, u32),
    /// Rows of the gazetteer.
    pub rows: Vec<u32>,
    /// A country, a region, a city …: the most likely row's kind.
    pub kind: &'static str,
    /// Population of the largest row: a measure of how likely a place it is.
    pub population: u32,
}

/// All names of the gazetteer in the text, longest first at each token, without overlaps.
#[must_use]
pub fn lookup(_page: &Page) -> Vec<Candidate> {
    Vec::new()
}

/// Decides which candidates and tagged names are places, and which place each one is.
#[must_use]
pub fn find(_page: &Page, _candidates: &[Candidate], _tagged: &[Tagged]) -> Vec<Mention> {
    Vec::new()
}

/// Where the main event takes place: the mention's span and the place itself.
#[must_use]
pub fn event_place(_page: &Page, _mentions: &[Mention]) -> Settled<EventPlace> {
    Settled::No("no place in text")
}

/// The place of the main event.
#[derive(Clone, Debug)]
pub struct EventPlace {
    /// The mention it comes from.
    pub mention: Span,
    /// The usual English name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<[u8; 2]>,
}
