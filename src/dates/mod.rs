//! Calendar expressions: found, resolved, told apart.

mod value;

pub use value::Value;

use jiff::civil::Date;

use crate::mention::{Mention, Settled};
use crate::page::Page;

/// Finds every calendar expression, resolves it and gives it its role.
///
/// `known` is the day of publication where the caller knows it: the anchor of relative dates.
#[must_use]
pub fn find(_page: &Page, _known: Option<Date>) -> Vec<Mention> {
    Vec::new()
}

/// When the release was published, from its dates.
#[must_use]
pub fn published(_page: &Page, _mentions: &[Mention], _known: Option<Date>) -> Settled<Value> {
    Settled::No("no date in text")
}

/// When the main event took, takes or will take place.
#[must_use]
pub fn event(_page: &Page, _mentions: &[Mention]) -> Settled<Value> {
    Settled::No("no date in text")
}
