//! Step 2: what only the whole corpus can tell: names of bodies, repeated furniture, copies.
//!
//! Step 1 leaves a small [`Summary`] of each record. Summaries add up in any order and any
//! grouping, so threads, shards and machines may each add up their own; [`Decisions`] are made
//! once from the sum, and finish each stored record without its text being read again.

mod compare;
mod copies;
mod decisions;
mod gathered;
mod involved;
mod links;
mod names;
mod ranked;
mod runs;
mod seen;
mod sketch;
mod sketches;
mod spool;
mod store;
mod summary;

use crate::dates::Value;
use crate::mention::{Mention, Settled};
use crate::page::Page;
use crate::places::EventPlace;
pub use decisions::Decisions;
pub use gathered::Gathered;
pub use links::{InOrder, Link};
pub use store::{Store, Stored};
pub use summary::Summary;

/// What is kept of a page to find its copies: see [`Record::sketch`](crate::Record::sketch).
pub(crate) fn sketch(
    page: &Page,
    mentions: &[Mention],
    published: &Settled<Value>,
    event: &Settled<Value>,
    place: &Settled<EventPlace>,
) -> String {
    let mut packed = Vec::new();
    sketch::Sketch::of(page, mentions, published, event, place).pack(&mut packed);
    sketches::written(&packed)
}
