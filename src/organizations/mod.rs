//! Organizations: whole names, and one entity for one body in a document.

use crate::mention::Mention;
use crate::names::Tagged;
use crate::page::Page;

/// A stretch of tokens that names a row of the table of known bodies.
#[derive(Clone, Debug)]
pub struct KnownBody {
    /// Tokens: from the first to one past the last.
    pub tokens: (u32, u32),
    /// The row of the table.
    pub row: u32,
}

/// All names of the table in the text, longest first at each token, without overlaps.
#[must_use]
pub fn lookup(_page: &Page) -> Vec<KnownBody> {
    Vec::new()
}

/// Finds organizations: known bodies, names by grammar, tagged names. `places` are the place
/// mentions found before, since a name may hold or end with one.
#[must_use]
pub fn find(_page: &Page, _known: &[KnownBody], _tagged: &[Tagged], _places: &[Mention]) -> Vec<Mention> {
    Vec::new()
}

/// Gives every organization mention its `entity` and its canonical `name`: acronyms, cases and
/// short forms of one body come together. Runs on the final list of mentions.
pub fn identify(_page: &Page, _mentions: &mut Vec<Mention>) {}

/// The key of a row of the table of known bodies.
#[must_use]
pub fn key(_row: u32) -> Option<&'static str> {
    None
}
