//! The table of mentions: one row a mention.

use super::Cell;
use super::cell::table;
use crate::record::{Mention, Record};

table! {
    /// One row a mention.
    MENTIONS, "mentions", "a mention", mention(row: (&'a Record, &'a Mention)):
    document Text "" "id of the document" => Cell::text(&row.0.id);
    type Text "" "date, place, organization, person, project or money" => Cell::text(&row.1.kind);
    text Text "" "the words as they stand in the document" => Cell::text(&row.1.text);
    start Integer "code points" "where they begin" => Cell::count(row.1.start);
    end Integer "code points" "where they end: one past the last" => Cell::count(row.1.end);
    value Date "ISO 8601" "of a date: its calendar value; ? when nothing settles it" => Cell::maybe(row.1.value.as_ref());
    role Text "" "of a date: published, event or other" => Cell::maybe(row.1.role.as_ref());
    name Text "" "canonical name: GeoNames name of a place, the same name for every mention of one body" => Cell::maybe(row.1.name.as_ref());
    entity Text "" "the same for every mention of one body, person or project in the document" => Cell::maybe(row.1.entity.as_ref());
    country Text "ISO 3166-1" "of a place or body" => Cell::maybe(row.1.country.as_ref());
    latitude Number "degrees north" "of a place" => Cell::number(row.1.latitude());
    longitude Number "degrees east" "of a place" => Cell::number(row.1.longitude());
    geonames Integer "GeoNames id" "of a place" => row.1.geonames().map_or(Cell::Empty, |id| Cell::Integer(id.into()));
    zone Text "" "body, or furniture for what belongs to the page around the release" => Cell::text(&row.1.zone);
    sentence Text "" "the sentence it stands in" => row.0.sentence_of(row.1.sentence).map_or(Cell::Empty, Cell::text);
    rule Text "" "what found it: family/name of a rule, table:row, or model" => Cell::text(&row.1.rule);
    confidence Number "0 to 1" "how sure the reading is" => Cell::share(row.1.confidence);
    because List "" "why it was read so" => Cell::list(row.1.because.iter().map(|why| (&**why).into()));
    kind Text "" "of a place: country, admin1, city, river …; of a body: ministry, agency, university …" => Cell::maybe(row.1.subtype.as_ref());
    currency Text "ISO 4217" "of an amount of money" => Cell::maybe(row.1.currency());
    amount Number "in the currency" "of an amount of money; the lower end of a range" => Cell::number(row.1.amount());
    upper Number "in the currency" "upper end of a range of money" => Cell::number(row.1.upper());
    part Text "" "of a date: start, middle or end of its value" => Cell::maybe(row.1.part());
    bound Text "" "of a date: from or until; of an amount: at most or at least" => Cell::maybe(row.1.bound());
    alternative Date "ISO 8601" "of a date with two readings: the other one" => Cell::maybe(row.1.alternative());
    nested Flag "" "stands inside the name of a body or project" => Cell::Flag(row.1.nested);
}

/// The rows of a record.
pub(super) fn rows(record: &Record) -> impl Iterator<Item = Vec<Cell<'_>>> {
    record.mentions.iter().map(move |m| mention((record, m)))
}
