//! Places: names looked up in the gazetteer, resolved to country and coordinates.
//!
//! [`lookup`] gives every stretch that the gazetteer knows; [`find`] decides which of them are
//! places, and which place each one is; [`event_place`] says where the main event happens.
//! The gazetteer is generated from `data/places/` by [`build`]; see there for sources.

mod arrivals;
mod build;
mod context;
mod datelined;
mod declension;
mod describe;
mod event;
mod gazetteer;
mod kinds;
mod lemma;
mod lookup;
mod naming;
mod noun;
mod plausible;
mod postal;
mod resolve;
mod romanize;
mod rows;
mod sense;
mod small;
mod sources;
mod states;
mod tagged;
mod unlisted;
mod user;
mod weigh;
mod words;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub use build::{Built, build};
pub use declension::forms;
pub use describe::{COLUMNS, Holding, describe, holding};
pub use event::{EventPlace, event_place, fit};
pub use gazetteer::{Gazetteer, Ordinary, Place, PlaceKind, Reading, Readings, Status};
pub use lookup::{Candidate, Form, lookup};
pub use resolve::find;
pub use sources::BuildError;
pub use user::{UserError, UserTable};

use crate::text::Filter;

/// The words that begin something of the tables of words around places, by hash, with what it is.
static FIRST_WORDS: LazyLock<(FxHashMap<u64, u64>, Filter)> = LazyLock::new(|| {
    let (mut words, mut filter) = (FxHashMap::<u64, u64>::default(), Filter::new(16));
    let all = kinds::first_words().chain(context::first_words()).chain(event::first_words()).chain(words::first_words());
    all.for_each(|(hash, bit)| *words.entry(hash).or_default() |= bit);
    words.keys().for_each(|&hash| filter.add(hash));
    (words, filter)
});

/// What the tables of words around places say of a word.
pub(crate) fn facts(hash: u64, _: &str) -> u64 {
    let (words, filter) = &*FIRST_WORDS;
    if filter.may_hold(hash) { words.get(&hash).copied().unwrap_or(0) } else { 0 }
}

/// What the gazetteer says of a word with a capital.
pub(crate) fn facts_of_name(fold: &str) -> u64 {
    gazetteer::facts(fold)
}
