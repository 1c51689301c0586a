//! The table of documents: one row a document.

use std::borrow::Cow;

use super::Cell;
use super::cell::{plain, table};
use crate::record::{Mention, Record, Role};

table! {
    /// One row a document.
    DOCUMENTS, "documents", "a document", documents(record: &'a Record):
    id Text "" "the document's name: its path in the folder, or its id in the stream" => Cell::text(&record.id);
    language Text "ISO 639-1" "language of the main text" => Cell::maybe(record.language.as_ref());
    title Text "" "the headline as it stands in the text" => Cell::maybe(record.title.as_ref());
    published Date "ISO 8601" "the release's own date" => Cell::maybe(record.published.as_ref());
    event_start Date "ISO 8601" "first day (or month, or year) of the main event" => event(record, 0);
    event_end Date "ISO 8601" "last day (or month, or year) of the main event" => event(record, 1);
    event_place Text "GeoNames name" "where the main event takes place" => record.event_place.as_ref().map_or(Cell::Empty, |place| Cell::text(&place.name));
    event_country Text "ISO 3166-1" "its country" => Cell::maybe(record.event_place.as_ref().and_then(|place| place.country.as_ref()));
    places List "GeoNames names" "places named in the release, in order" => names(record, "place");
    countries List "ISO 3166-1" "their countries, in order" => Cell::list(named(record, "place").filter_map(|m| m.country.as_deref()).map(Cow::from));
    organizations List "" "bodies named in the release, by their canonical names" => names(record, "organization");
    donors List "" "bodies that pay for or support what is reported" => bodies(&record.donors);
    implementers List "" "bodies that carry it out" => bodies(&record.implementers);
    organizers List "" "bodies that hold the event" => bodies(&record.organizers);
    people List "" "persons named in the release, each by the fullest form" => names(record, "person");
    projects List "" "projects, programmes and campaigns named in the release" => names(record, "project");
    amounts List "ISO 4217 and amount" "sums of money, as USD 18000000; a range as USD 1000-2000" => Cell::list(named(record, "money").filter_map(sum));
    dates List "ISO 8601" "all dates named in the release, in order" => Cell::list(named(record, "date").filter_map(|m| m.value.as_deref()).map(Cow::from));
    characters Integer "code points" "length of the text" => if record.error.is_some() { Cell::Empty } else { Cell::count(record.characters) };
    error Text "" "why the document could not be read: kind, colon, message" => record.error.as_ref().map_or(Cell::Empty, |e| Cell::owned(format!("{}: {}", e.kind, e.message)));
    language_certainty Number "0 to 1" "how sure the language is" => record.language_certainty.map_or(Cell::Empty, Cell::share);
    encoding Text "Encoding Standard" "how the file was decoded" => Cell::maybe(record.encoding.as_ref());
    encoding_certainty Number "0 to 1" "how sure that is" => record.encoding_certainty.map_or(Cell::Empty, Cell::share);
    repaired Text "" "the misreading of an earlier program that was undone, and in how many lines" => Cell::maybe(record.repaired.as_ref());
    duplicate_of Text "" "the first document with the same text: this one is a reprint or a cut of it" => Cell::maybe(record.duplicate_of.as_ref());
    same_event_as Text "" "the first document that tells of the same event in other words or another language" => Cell::maybe(record.same_event_as.as_ref());
}

fn event(record: &Record, end: usize) -> Cell<'_> {
    let Some(event) = &record.event else { return Cell::Empty };
    let mut ends = event.split('/');
    let start = ends.next().unwrap_or_default();
    Cell::text(if end == 0 { start } else { ends.next().unwrap_or(start) })
}

/// Mentions of a type that belong to the release.
fn named<'a>(record: &'a Record, kind: &'a str) -> impl Iterator<Item = &'a Mention> {
    record.mentions.iter().filter(move |m| m.kind == kind && m.zone != "furniture" && !m.nested)
}

fn names<'a>(record: &'a Record, kind: &'a str) -> Cell<'a> {
    Cell::list(named(record, kind).map(|m| Cow::from(m.name.as_deref().unwrap_or(&m.text))))
}

fn bodies(roles: &[Role]) -> Cell<'_> {
    Cell::list(roles.iter().map(|role| Cow::from(role.name.as_str())))
}

fn sum(money: &Mention) -> Option<Cow<'_, str>> {
    let (currency, amount) = (money.currency()?, money.amount()?);
    let upper = money.upper().map(|upper| format!("-{}", plain(upper))).unwrap_or_default();
    Some(format!("{currency} {}{upper}", plain(amount)).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{EventPlace, MoneyFacts};

    #[test]
    fn a_row_has_what_the_record_says() {
        let mention = |kind: &'static str, name: &'static str| Mention {
            kind: kind.into(),
            name: Some(name.into()),
            zone: "body".into(),
            ..Mention::default()
        };
        let money = MoneyFacts { currency: Some("USD".into()), amount: Some(1.5e6), ..MoneyFacts::default() };
        let record = Record {
            id: "a".into(),
            event: Some("2019-05-30/2019-05-31".into()),
            event_place: Some(EventPlace { name: "Osh".into(), country: Some("KG".into()) }),
            mentions: vec![
                mention("place", "Osh"),
                mention("place", "Osh"),
                Mention { zone: "furniture".into(), ..mention("place", "Naryn") },
                Mention { money: Some(Box::new(money)), ..mention("money", "") },
            ],
            ..Record::default()
        };
        let cells = documents(&record);
        let cell = |name: &str| cells[DOCUMENTS.columns.iter().position(|c| c.name == name).unwrap()].flat().into_owned();
        assert_eq!((cell("event_start"), cell("event_end")), ("2019-05-30".into(), "2019-05-31".into()));
        assert_eq!((cell("places"), cell("amounts")), ("Osh".into(), "USD 1500000".into()));
    }
}
