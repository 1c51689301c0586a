//! Amounts of money with their currency.

use crate::mention::Mention;
use crate::page::Page;

/// Finds amounts of money.
#[must_use]
pub fn find(_page: &Page) -> Vec<Mention> {
    Vec::new()
}
