//! Words that make a run of capitals the name of something else than a place.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table;
use crate::text::{self, Text, facts};

/// The words with their class.
static VENUES: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    table::rows::<2>(include_str!("../../data/places/venues.tsv")).map(|[word, class]| (Text::key(word), class)).collect()
});

/// The hashes of the words.
pub(super) fn first_words() -> impl Iterator<Item = (u64, u64)> {
    VENUES.keys().map(|word| (text::hash(word), facts::VENUE))
}

/// The class of a token's word; most have none.
fn class(text: &Text, at: usize) -> Option<&'static str> {
    if text.may_be(at, facts::VENUE) { VENUES.get(text.fold(at)).copied() } else { None }
}

/// Whether a word names a hall, a body, a constituency: "Hotel", "Congressional".
pub(super) fn is_venue(text: &Text, at: usize) -> bool {
    class(text, at).is_some()
}

/// Whether a word names a hotel or the like, whose own name is no place.
pub(super) fn is_hotel(text: &Text, at: usize) -> bool {
    class(text, at) == Some("hotel")
}

/// Whether a word names a brand or a grade, so that the name after it is no place:
/// «нефть марки Urals».
pub(super) fn is_brand(text: &Text, at: usize) -> bool {
    class(text, at) == Some("brand")
}

/// Whether a word names a street, so that the name after it is the street's: «улице».
pub(super) fn is_street(text: &Text, at: usize) -> bool {
    class(text, at) == Some("street")
}

/// Whether a word for a street is a short form, which stands before the street's own name only: «ул».
pub(super) fn is_short(fold: &str) -> bool {
    fold.chars().count() <= 3
}

/// Whether a word names something built that a name after it belongs to: «аэропорту».
pub(super) fn is_built(text: &Text, at: usize) -> bool {
    matches!(class(text, at), Some("street" | "built" | "hotel"))
}

/// Whether a word names a thing that bears a place's name before it: "virus".
pub(super) fn is_thing(text: &Text, at: usize) -> bool {
    class(text, at) == Some("thing")
}
