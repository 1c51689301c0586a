//! What a run is asked to do to each document.

/// Settings of an [`Extractor`](crate::Extractor).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Settings {
    /// Take every line for the release: nothing is masked as page furniture.
    pub keep_furniture: bool,
    /// Read names by tables and rules alone, without the statistical model that reads them from their
    /// context: faster, and names that no table and no rule knows stay unseen.
    pub fast: bool,
    /// How dates are marked and written, where not by our own guidelines.
    pub dates: crate::dates::convention::Convention,
    /// The user's own places, known before those of the program.
    pub places: Option<std::sync::Arc<crate::places::UserTable>>,
    /// The user's own bodies, whose names win over those of the program.
    pub organizations: Option<std::sync::Arc<crate::organizations::UserTable>>,
    /// Leave in each record what [`corpus`](crate::corpus) needs to finish it.
    pub corpus: bool,
    /// Leave in each record its text and the readings that others won against.
    pub trace: bool,
}
