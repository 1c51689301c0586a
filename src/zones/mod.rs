//! Which lines are the release and which belong to the page around it.

use crate::span::Span;
use crate::text::Text;

/// A stretch of page furniture, within one line.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Where it stands, without its line end.
    pub span: Span,
    /// menu, breadcrumb, saved, counter, share, cookie, comments, teaser, contact, copyright …
    pub class: &'static str,
    /// The rule that says so, `family/name` or `table:row`.
    pub rule: String,
}

/// The zones of a text.
#[derive(Debug, Default)]
pub struct Zones {
    /// Page furniture, in order, without overlaps.
    pub stretches: Vec<Stretch>,
    /// The headline.
    pub title: Option<Span>,
}

impl Zones {
    /// Finds page furniture and the headline.
    #[must_use]
    pub fn find(_text: &Text) -> Self {
        Self::default()
    }

    /// Whether `span` lies in page furniture.
    #[must_use]
    pub fn holds(&self, span: Span) -> bool {
        let i = self.stretches.partition_point(|s| s.span.end <= span.start);
        self.stretches.get(i).is_some_and(|s| s.span.overlaps(span))
    }
}
