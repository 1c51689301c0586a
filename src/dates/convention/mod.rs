//! Dates marked and written by other conventions than ours, in parts that one may combine.
//!
//! Our own marks follow the output contract. Corpora and taggers of other schools draw other
//! bounds, mark other expressions, and write vague periods in other ways; each such difference is
//! one [`Way`]. What is asked for changes the dates of a record after all is found: roles, events
//! and the facts of the whole are read from our own marks and stay as they are.
//!
//! R. Saurí et al., TimeML Annotation Guidelines 1.2.1 (2006), 2.2; L. Ferro et al., TIDES 2005
//! Standard for the Annotation of Temporal Expressions, on full extents and on ranges.

mod extents;
mod lengths;
mod named;
mod values;

use jiff::civil::Date;

use crate::mention::{DateFact, DateRole, Fact, Mention, Rule};
use crate::page::Page;
use crate::span::Span;

use super::reader::Reader;
use crate::mention::value::Value;

/// One difference from our own marks and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The words that narrow or weigh a date belong to its mark.
    Extents,
    /// The two ends of a range are two marks.
    Ends,
    /// A day said twice is one mark.
    Retold,
    /// The full stop of «г.» stays outside the mark.
    NoStop,
    /// Lengths of time and frequencies are marked as well.
    Durations,
    /// Vague expressions are marked as well.
    Vague,
    /// Named periods are marked as well.
    Periods,
    /// Beginnings, middles and ends of a period are the narrower stretch.
    Parts,
    /// A distance is as fine as the unit below its own.
    Distances,
    /// Seasons go by the sun.
    SolarSeasons,
    /// Decades and centuries are written to the day.
    Decades,
    /// Every value is written to the day.
    Days,
}

impl Way {
    /// Every way, with its name on the command line and what it does.
    pub const ALL: [(Way, &'static str, &'static str); 12] = [
        (
            Way::Extents,
            "extents",
            "words that narrow or weigh a date are in its mark: \"the end of 1944\", \"about two years ago\", «начале июня»",
        ),
        (Way::Ends, "ends", "the two ends of a range are two marks: \"1914\", \"1918\""),
        (Way::Retold, "retold", "a day said twice is one mark: «вчера, 9 мая 2019 года»"),
        (Way::NoStop, "no-stop", "the full stop of «г.» stays outside the mark"),
        (
            Way::Durations,
            "durations",
            "mark lengths and frequencies too: \"three years\" P3Y, \"every week\" P1W; \"the past three years\" as the days they hold",
        ),
        (Way::Vague, "vague", "mark \"now\", \"recently\", \"soon\" too, as PRESENT_REF, PAST_REF, FUTURE_REF"),
        (Way::Periods, "periods", "mark named periods too, as the days they hold: \"World War II\", \"the Middle Ages\""),
        (Way::Parts, "parts", "the beginning, middle or end of a period is the narrower stretch: \"the end of 2012\" 2012-09/2012-12"),
        (Way::Distances, "distances", "\"three months ago\" is a day, \"two years ago\" a month"),
        (Way::SolarSeasons, "solar-seasons", "seasons go by the sun: summer is 06-21/09-23, not June to August"),
        (Way::Decades, "decades", "decades and centuries to the day: 1980-01-01/1989-12-31"),
        (Way::Days, "days", "every value to the day: 2012-01-01/2012-12-31"),
    ];
}

/// A word that names no way of marking dates.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no way of marking dates")]
pub struct NoWay(String);

impl std::str::FromStr for Way {
    type Err = NoWay;

    fn from_str(name: &str) -> Result<Self, NoWay> {
        Self::ALL.iter().find(|way| way.1 == name).map(|way| way.0).ok_or_else(|| NoWay(name.into()))
    }
}

/// The ways that are asked for; by default none, which is our own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Convention(u16);

impl Convention {
    /// Full extents and the ends of ranges apart, as TIMEX2 and TIMEX3 mark them.
    #[must_use]
    pub fn timex3() -> Self {
        [Way::Extents, Way::Ends].into_iter().collect()
    }

    /// The same with more ways.
    #[must_use]
    pub fn with(self, ways: impl IntoIterator<Item = Way>) -> Self {
        Self(ways.into_iter().fold(self.0, |bits, way| bits | 1 << way as u16))
    }

    /// Whether a way is asked for.
    #[must_use]
    pub fn has(self, way: Way) -> bool {
        self.0 & 1 << way as u16 != 0
    }

    /// Whether nothing differs from our own.
    #[must_use]
    pub fn is_ours(self) -> bool {
        self.0 == 0
    }

    /// The ways as bits, for telling one run from another.
    #[must_use]
    pub fn bits(self) -> u16 {
        self.0
    }
}

impl FromIterator<Way> for Convention {
    fn from_iter<T: IntoIterator<Item = Way>>(ways: T) -> Self {
        Self::default().with(ways)
    }
}

/// The dates of a document by a convention. `mentions` are all that was found in it; `anchor` is
/// the day of its publication.
#[must_use]
pub fn marks(page: &Page, mentions: &[Mention], convention: Convention, anchor: Option<Date>) -> Vec<Mention> {
    let mut dates: Vec<Mention> = mentions.iter().filter(|m| matches!(m.fact, Fact::Date(_))).cloned().collect();
    if convention.has(Way::Ends) {
        extents::part(&page.text, &mut dates);
    }
    values::write(&mut dates, convention);
    extents::draw(&page.text, &mut dates, convention);
    let mut more: Vec<Mention> = Vec::new();
    if convention.has(Way::Durations) || convention.has(Way::Vague) || convention.has(Way::Periods) {
        let mut reader = Reader::new(&page.text);
        reader.open();
        let mut i = 0;
        while i < page.text.tokens.len() {
            let named = named::read(&page.text, i, convention);
            let length = convention.has(Way::Durations).then(|| lengths::read(&reader, i, anchor)).flatten();
            let found = match (named, length) {
                (Some(named), Some(length)) => Some(if length.end > named.end { length } else { named }),
                (named, length) => named.or(length),
            };
            match found {
                Some(found) => {
                    more.push(found.mention(page));
                    i = found.end.max(i + 1);
                }
                None => i += 1,
            }
        }
    }
    // a date, a name, an amount that stands there already was read with more to go by
    let names = mentions.iter().filter(|m| !matches!(m.fact, Fact::Date(_) | Fact::Place(_)));
    let mut taken: Vec<Span> = names.chain(&dates).map(|m| m.span).collect();
    taken.sort_unstable_by_key(|span| span.start);
    let (mut taken, mut taken_to) = (taken.into_iter().peekable(), 0);
    more.retain(|m| {
        while let Some(span) = taken.next_if(|span| span.start < m.span.end) {
            taken_to = taken_to.max(span.end);
        }
        taken_to <= m.span.start
    });
    values::write(&mut more, convention);
    dates.extend(more);
    if convention.has(Way::Days) {
        dates.iter_mut().for_each(values::to_the_day);
    }
    dates
}

/// A mark that is none of ours.
struct Found {
    first: usize,
    end: usize,
    value: Value,
    rule: Rule,
}

impl Found {
    fn mention(&self, page: &Page) -> Mention {
        let fact =
            DateFact { value: self.value, role: DateRole::Other, part: None, bound: None, alternative: None, parts: None, finer: None };
        Mention::new(page.text.span(self.first, self.end - 1), Fact::Date(fact), self.rule.clone(), 0.8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Extractor, Settings};

    /// The dates of a release of 15 May 2019 by some ways, as `text=value`.
    pub(super) fn marks(text: &str, ways: &[Way]) -> Vec<String> {
        let settings = Settings { dates: ways.iter().copied().collect(), ..Settings::default() };
        let mut document = Document::new("a", text);
        document.published = "2019-05-15".parse().ok();
        let record = Extractor::new(settings).extract(&document);
        let dates = record.mentions.iter().filter(|m| m.kind == "date");
        dates.map(|m| format!("{}={}", m.text, m.value.as_deref().unwrap_or_default())).collect()
    }

    #[test]
    fn names_lead_to_ways_and_a_convention_holds_those_asked_for() {
        for (way, name, _) in Way::ALL {
            assert_eq!(name.parse(), Ok(way));
            assert!(Convention::from_iter([way]).has(way) && !Convention::default().has(way));
        }
        assert!("none".parse::<Way>().is_err());
        assert!(Convention::default().is_ours() && !Convention::timex3().has(Way::Days));
    }

    #[test]
    fn with_no_way_the_marks_are_our_own() {
        assert_eq!(marks("It was closed at the end of 1944, for three years, in World War II.", &[]), ["1944=1944"]);
    }

    #[test]
    fn ways_go_together() {
        let ways = [Way::Extents, Way::Ends, Way::Durations, Way::Days];
        let found = marks("From 1914 to the end of 1918, and in the past two weeks, they built it.", &ways);
        assert_eq!(
            found,
            ["1914=1914-01-01/1914-12-31", "the end of 1918=1918-01-01/1918-12-31", "the past two weeks=2019-05-02/2019-05-15"]
        );
    }
}
