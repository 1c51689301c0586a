//! Words that make a run of capitals the name of something else than a place.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::table;
use crate::text::Text;

static VENUES: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| table::rows::<1>(include_str!("../../data/places/venues.tsv")).map(|[word]| Text::key(word)).collect());

/// Whether a folded word names a hall, a body, a constituency: "Hotel", "Congressional".
pub(super) fn is_venue(fold: &str) -> bool {
    VENUES.contains(fold)
}
