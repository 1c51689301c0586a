//! A calendar expression as read, before anything resolves what it leaves open.

use crate::mention::{Bound, Part};
use crate::span::Span;

use super::words::Unit;

/// What a relative expression counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The day of the release: "yesterday", "last year".
    Release,
    /// The date that the text told last: "that year", "the following day".
    Told,
    /// The one or the other, as the sentence goes: "the end of the year", «через неделю».
    Context,
}

/// Which year is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Open,
    Given(i16),
    /// So many years from the anchor's.
    Of(Anchor, i8),
}

/// Which month is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Month {
    Open,
    Given(u8),
    /// So many months from the anchor's.
    Of(Anchor, i8),
}

/// What an expression says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    Day {
        day: u8,
        month: Month,
        year: Year,
        weekday: Option<u8>,
    },
    Month {
        month: u8,
        year: Year,
    },
    Quarter {
        quarter: u8,
        year: Year,
    },
    Half {
        half: u8,
        year: Year,
    },
    /// Season 1 (winter) to 4; `shift`: −1 last, 0 this, 1 next.
    Season {
        season: u8,
        year: Year,
        shift: Option<i8>,
    },
    Year(Year),
    Decade(i16),
    Century(i16),
    /// `shift`: −1 last, 0 this, 1 next; `week`: of the week so many weeks away.
    Weekday {
        weekday: u8,
        shift: Option<(Anchor, i8)>,
        week: Option<i8>,
    },
    /// The month so named last, this or next time.
    NamedMonth {
        month: u8,
        shift: (Anchor, i8),
    },
    /// The unit so many units from the anchor.
    Shift {
        unit: Unit,
        by: i32,
        anchor: Anchor,
    },
    /// As far as a day: "three weeks ago". A distance of months or years is given to the month
    /// or year, unless it is `exact`: "three years from today".
    Distance {
        unit: Unit,
        by: i32,
        anchor: Anchor,
        exact: bool,
    },
    /// The week that holds a day: "the week of 12 April".
    WeekOf {
        day: u8,
        month: u8,
        year: Year,
    },
    /// The units from … to …, counted from the anchor's: "last three months" is −3 to −1.
    Units {
        unit: Unit,
        from: i32,
        to: i32,
    },
    /// The n-th (from the end when below 0) weekday or unit of a month or year.
    Nth {
        n: i8,
        what: What,
        month: Month,
        year: Year,
    },
}

/// What is counted in a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Weekday(u8),
    Day,
    Week,
    /// So many months from the start: "the first nine months of 2025".
    Months,
}

impl Shape {
    /// The year that is open or given.
    pub(super) fn year(&self) -> Option<Year> {
        match *self {
            Shape::Day { year, .. }
            | Shape::Month { year, .. }
            | Shape::Quarter { year, .. }
            | Shape::Half { year, .. }
            | Shape::Season { year, .. }
            | Shape::Nth { year, .. }
            | Shape::WeekOf { year, .. }
            | Shape::Year(year) => Some(year),
            _ => None,
        }
    }

    /// The same with `year` where none stood.
    pub(super) fn with_year(mut self, with: Year) -> Self {
        match &mut self {
            Shape::Day { year, .. }
            | Shape::Month { year, .. }
            | Shape::Quarter { year, .. }
            | Shape::Half { year, .. }
            | Shape::Nth { year, .. }
            | Shape::WeekOf { year, .. }
            | Shape::Season { year, .. }
                if *year == Year::Open =>
            {
                *year = with;
            }
            _ => {}
        }
        self
    }

    /// Whether it needs nothing else to be resolved.
    pub(super) fn is_full(&self) -> bool {
        matches!(self.year(), Some(Year::Given(_))) || matches!(self, Shape::Decade(_) | Shape::Century(_))
    }

    /// The same with what hangs on the sentence counted from `anchor`.
    pub(super) fn anchored(mut self, to: Anchor) -> Self {
        match &mut self {
            Shape::Year(Year::Of(anchor, _)) | Shape::Shift { anchor, .. } | Shape::Distance { anchor, .. }
                if *anchor == Anchor::Context =>
            {
                *anchor = to;
            }
            _ => {}
        }
        self
    }

    /// Whether it hangs on the sentence what it is counted from.
    pub(super) fn is_of_context(&self) -> bool {
        matches!(
            self,
            Shape::Year(Year::Of(Anchor::Context, _))
                | Shape::Shift { anchor: Anchor::Context, .. }
                | Shape::Distance { anchor: Anchor::Context, .. }
        )
    }

    pub(super) fn is_day(&self) -> bool {
        matches!(self, Shape::Day { .. })
    }
}

/// An expression with its place.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub span: Span,
    /// Its tokens.
    pub first: usize,
    pub end: usize,
    pub shape: Shape,
    /// The last part of a range.
    pub to: Option<Shape>,
    pub part: Option<Part>,
    pub bound: Option<Bound>,
    /// One past the first part of a range, and where its last part begins.
    pub parts: Option<(usize, usize)>,
    /// Day and month may change places.
    pub swappable: bool,
    /// The grammar's family and rule.
    pub rule: (&'static str, &'static str),
}
