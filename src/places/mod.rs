//! Places: names looked up in the gazetteer, resolved to country and coordinates.
//!
//! [`lookup`] gives every stretch that the gazetteer knows; [`find`] decides which of them are
//! places, and which place each one is; [`event_place`] says where the main event happens.
//! The gazetteer is generated from `data/places/` by [`build`]; see there for sources.

mod build;
mod context;
mod declension;
mod describe;
mod event;
mod gazetteer;
mod kinds;
mod lemma;
mod lookup;
mod noun;
mod resolve;
mod romanize;
mod states;
mod unlisted;
mod user;
mod words;

pub use build::{BuildError, Built, build};
pub use declension::forms;
pub use describe::{COLUMNS, Holding, describe, holding};
pub use event::{EventPlace, FitError, event_place, fit};
pub use gazetteer::{Gazetteer, Ordinary, Place, PlaceKind, Reading, Readings, Status};
pub use lookup::{Candidate, Form, lookup};
pub use resolve::find;
pub use user::{UserError, UserTable};

/// What the tables of words around places say of a word.
pub(crate) fn facts(hash: u64, fold: &str) -> u64 {
    kinds::facts(hash, fold) | context::facts(hash) | event::facts(hash) | words::facts(fold) | gazetteer::facts(fold)
}
