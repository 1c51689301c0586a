//! Named projects, programmes, strategies, campaigns and conferences.

use crate::mention::Mention;
use crate::page::Page;

/// Finds named projects. `mentions` holds the places, organizations and people found before.
#[must_use]
pub fn find(_page: &Page, _mentions: &[Mention]) -> Vec<Mention> {
    Vec::new()
}
