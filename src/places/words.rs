//! Words that make a run of capitals the name of something else than a place.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table;
use crate::text::Text;

/// The words, and whether they name a house where guests stay.
static VENUES: LazyLock<FxHashMap<String, bool>> = LazyLock::new(|| {
    table::rows::<2>(include_str!("../../data/places/venues.tsv")).map(|[word, class]| (Text::key(word), class == "hotel")).collect()
});

/// Whether a folded word names a hall, a body, a constituency: "Hotel", "Congressional".
pub(super) fn is_venue(fold: &str) -> bool {
    VENUES.contains_key(fold)
}

/// Whether a folded word names a hotel or the like, whose own name is no place.
pub(super) fn is_hotel(fold: &str) -> bool {
    VENUES.get(fold).copied().unwrap_or(false)
}
