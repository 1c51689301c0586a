//! Records against a gold set: which marks were found, with the right bounds and values.
//!
//! A prediction pairs with the gold mark of its type that it overlaps most, one to one. Marks that
//! gold calls optional, and those inside the name of a body or project, are right to find and not
//! wrong to leave. A value is counted where gold has one. Gold sets come in our own form, brat's, or
//! Label Studio's.

mod bootstrap;
mod confidence;
mod figures;
mod gold;
mod pairs;
mod places;
mod standoff;
mod tally;

pub use bootstrap::{Intervals, intervals};
pub use confidence::Confidence;
pub use figures::{Figure, Figures};
pub use gold::{Document, Error, Mark, Prediction, Set, predictions};
pub use tally::{Miss, Tallies};
