//! Step 2: what only the whole corpus can tell: names of bodies, repeated furniture.
//!
//! Step 1 leaves a small [`Summary`] of each record. Summaries add up in any order and any
//! grouping, so threads, shards and machines may each add up their own; [`Decisions`] are made
//! once from the sum, and finish each stored record without its text being read again.

mod decisions;
mod edges;
mod names;
mod store;
mod summary;

pub use decisions::Decisions;
pub use edges::Edge;
pub(crate) use edges::edges;
pub use store::{Store, Stored};
pub use summary::Summary;
