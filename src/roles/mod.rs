//! Who pays, who carries out, who organizes.

use crate::mention::{Mention, Role};
use crate::page::Page;

/// Finds the parts that bodies play. `mentions` is final, in order of start, entities given.
#[must_use]
pub fn find(_page: &Page, _mentions: &[Mention]) -> Vec<Role> {
    Vec::new()
}
