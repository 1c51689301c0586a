//! People: names without title and post, and one entity for one person in a document.

use crate::mention::Mention;
use crate::names::Tagged;
use crate::page::Page;

/// Finds people's names.
#[must_use]
pub fn find(_page: &Page, _tagged: &[Tagged], _places: &[Mention]) -> Vec<Mention> {
    Vec::new()
}

/// Gives every person mention its `entity`, fullest `name`, and the post and body beside it.
/// Runs on the final list of mentions.
pub fn identify(_page: &Page, _mentions: &mut [Mention]) {}
