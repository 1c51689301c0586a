//! Events in the order of their days: one row an event, whatever number of documents tells of it.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{Digest, Overview, Text};
use crate::dates::{Point, Value};
use crate::mention::RoleKind;
use crate::tables::Cell;
use crate::tables::cell::table;

table! {
    /// One row an event.
    TIMELINE, "timeline", "an event", row(event: &'a Event<'a>):
    start Date "ISO 8601" "first day of the event; without an event's date the day of publication" => event.day(|(first, _)| first);
    end Date "ISO 8601" "its last day" => event.day(|(_, last)| last);
    precision Text "" "how exactly the text says it: day, days, month, quarter, season, half, year, range" => Cell::text(event.precision());
    basis Text "" "which date it is: event or published" => Cell::text(event.basis());
    date Date "ISO 8601" "the date as the documents table has it" => event.value().map_or(Cell::Empty, |value| Cell::owned(value.to_string()));
    id Text "" "the first document that tells of it" => event.text(event.main().id);
    title Text "" "its headline" => event.text(event.main().title);
    languages List "ISO 639-1" "languages of its documents" => event.list(|digest| vec![digest.language]);
    published Date "ISO 8601" "when it was published" => event.main().published.map_or(Cell::Empty, |value| Cell::owned(value.to_string()));
    place Text "GeoNames name" "where it takes place" => event.place().map_or(Cell::Empty, |place| event.text(place.name));
    country Text "ISO 3166-1" "the place's country" => event.place().map_or(Cell::Empty, |place| event.text(place.country));
    latitude Number "degrees north" "of the place" => Cell::number(event.place().and_then(|place| place.coordinates).map(|at| at.0));
    longitude Number "degrees east" "of the place" => Cell::number(event.place().and_then(|place| place.coordinates).map(|at| at.1));
    donors List "" "bodies that pay for or support it" => event.parts(RoleKind::Donor);
    implementers List "" "bodies that carry it out" => event.parts(RoleKind::Implementer);
    organizers List "" "bodies that hold it" => event.parts(RoleKind::Organizer);
    organizations List "" "all bodies named" => event.list(|digest| digest.organizations.iter().map(|named| named.what).collect());
    documents Integer "documents" "how many tell of it" => Cell::count(event.documents.len());
    copies List "" "documents that repeat the text of one of them" => event.others(Digest::is_copy);
    versions List "" "documents that tell of it in another language or other words" => event.others(|digest| !digest.is_copy());
}

/// An event with its documents.
#[derive(Clone, Debug)]
pub(crate) struct Event<'a> {
    overview: &'a Overview,
    /// The one that stands for it first.
    documents: Vec<usize>,
}

impl<'a> Event<'a> {
    fn digests(&self) -> impl Iterator<Item = &'a Digest> {
        self.documents.iter().map(|document| &self.overview.documents[*document])
    }

    fn main(&self) -> &'a Digest {
        &self.overview.documents[self.documents[0]]
    }

    /// The date of the event in the first document that has one; else the day of publication.
    fn dated(&self) -> Option<(Value, bool)> {
        let of = |what: fn(&Digest) -> Option<Value>| self.digests().find_map(what);
        of(|digest| digest.event).map(|value| (value, true)).or_else(|| of(|digest| digest.published).map(|value| (value, false)))
    }

    fn value(&self) -> Option<Value> {
        self.dated().map(|(value, _)| value)
    }

    fn days(&self) -> Option<(Date, Date)> {
        self.value().and_then(Value::days)
    }

    fn day<'c>(&self, of: impl Fn((Date, Date)) -> Date) -> Cell<'c> {
        self.days().map_or(Cell::Empty, |days| Cell::owned(of(days).to_string()))
    }

    fn basis(&self) -> &'static str {
        match self.dated() {
            None => "",
            Some((_, true)) => "event",
            Some((_, false)) => "published",
        }
    }

    fn precision(&self) -> &'static str {
        match self.value() {
            Some(Value::Point(point)) => match point {
                Point::Day(_) => "day",
                Point::Month(..) => "month",
                Point::Quarter(..) => "quarter",
                Point::Season(..) => "season",
                Point::Half(..) => "half",
                Point::Year(_) => "year",
            },
            Some(Value::Range(Point::Day(_), Point::Day(_))) => "days",
            Some(Value::Range(..)) => "range",
            _ => "",
        }
    }

    fn place(&self) -> Option<&'a super::Place> {
        let place = self.digests().find_map(|digest| digest.event_place)?;
        self.overview.places.get(place)
    }

    fn text(&self, text: Text) -> Cell<'a> {
        Cell::text(self.overview.text(text))
    }

    fn list(&self, of: impl Fn(&Digest) -> Vec<Text>) -> Cell<'a> {
        let texts: Vec<Text> = self.digests().flat_map(of).collect();
        Cell::list(texts.into_iter().map(|text| Cow::from(self.overview.text(text))))
    }

    fn parts(&self, kind: RoleKind) -> Cell<'a> {
        self.list(|digest| digest.bodies(kind).map(|part| part.name).collect())
    }

    fn others(&self, is: impl Fn(&Digest) -> bool) -> Cell<'a> {
        let others = self.digests().skip(1).filter(|digest| is(digest));
        Cell::list(others.map(|digest| Cow::from(self.overview.text(digest.id))))
    }
}

/// Events in the order of their first days, then of their last, then of the ids; those without a day at the end.
#[derive(Clone, Debug)]
pub struct Timeline<'a> {
    events: Vec<Event<'a>>,
}

impl<'a> Timeline<'a> {
    /// The events of a corpus.
    #[must_use]
    pub fn of(overview: &'a Overview) -> Self {
        let mut events: Vec<Event> = overview.events().into_iter().map(|documents| Event { overview, documents }).collect();
        events.sort_by_cached_key(|event| {
            let days = event.days();
            (days.is_none(), days, overview.text(event.main().id).to_string())
        });
        Self { events }
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// How many have no day.
    #[must_use]
    pub fn undated(&self) -> usize {
        self.events.iter().filter(|event| event.days().is_none()).count()
    }

    /// Their rows, in the columns of [`TIMELINE`].
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell<'_>>> {
        self.events.iter().map(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{EventPlace, Record};

    #[test]
    fn an_event_is_one_row_in_the_order_of_days() {
        let record = |id: &str, event: Option<&str>| Record {
            id: id.into(),
            language: Some("en".into()),
            event: event.map(Into::into),
            published: Some("2021".into()),
            ..Record::default()
        };
        let mut overview = Overview::default();
        overview.add(&record("b", Some("2020-Q2")));
        overview.add(&Record { duplicate_of: Some("b".into()), ..record("a", Some("2020-Q2")) });
        let place = Some(EventPlace { name: "Osh".into(), country: Some("KG".into()) });
        overview.add(&Record { same_event_as: Some("b".into()), language: Some("ru".into()), event_place: place, ..record("c", None) });
        overview.add(&record("d", Some("2019-05-30/2019-05-31")));
        overview.add(&record("e", None));
        overview.add(&Record { published: Some("XXXX-11-12".into()), ..record("f", None) });
        let timeline = Timeline::of(&overview);
        let rows: Vec<Vec<String>> = timeline.rows().map(|row| row.iter().map(|cell| cell.flat().into_owned()).collect()).collect();
        let column = |name: &str| {
            let at = TIMELINE.columns.iter().position(|column| column.name == name).unwrap();
            rows.iter().map(|row| row[at].as_str()).collect::<Vec<_>>()
        };
        assert_eq!(column("id"), ["d", "b", "e", "f"]);
        assert_eq!(column("start"), ["2019-05-30", "2020-04-01", "2021-01-01", ""]);
        assert_eq!(column("end"), ["2019-05-31", "2020-06-30", "2021-12-31", ""]);
        assert_eq!(column("precision"), ["days", "quarter", "year", ""]);
        assert_eq!(column("basis"), ["event", "event", "published", "published"]);
        assert_eq!(column("languages")[1], "en; ru");
        assert_eq!([column("place")[1], column("copies")[1], column("versions")[1], column("documents")[1]], ["Osh", "a", "c", "3"]);
        assert_eq!(timeline.undated(), 1);
    }
}
