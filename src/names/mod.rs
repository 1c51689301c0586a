//! The sequence model: names of organizations, people and places by their context.

use crate::organizations::KnownBody;
use crate::page::Page;
use crate::places::Candidate;

/// What the model takes a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaggedKind {
    /// An organization.
    Organization,
    /// A person.
    Person,
    /// A place.
    Place,
}

/// A stretch of tokens that the model takes for a name.
#[derive(Clone, Copy, Debug)]
pub struct Tagged {
    /// Tokens: from the first to one past the last.
    pub tokens: (u32, u32),
    /// What it is taken for.
    pub kind: TaggedKind,
    /// From 0 to 1.
    pub confidence: f32,
}

/// Tags the names of a page, in order, without overlaps.
#[must_use]
pub fn tag(_page: &Page, _places: &[Candidate], _bodies: &[KnownBody]) -> Vec<Tagged> {
    Vec::new()
}
