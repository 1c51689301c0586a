//! The table of roles: one row a document, body and role.

use super::Cell;
use super::cell::table;
use crate::record::{Record, Role};

table! {
    /// One row a document, body and role.
    ROLES, "roles", "a body's role in a document", role(row: (&'a Record, &'static str, &'a Role)):
    document Text "" "id of the document" => Cell::text(&row.0.id);
    role Text "" "donor, implementer, organizer, partner, host or recipient" => Cell::text(row.1);
    entity Text "" "the body, as in the document's mentions" => Cell::text(&row.2.entity);
    name Text "" "its canonical name" => Cell::text(&row.2.name);
    amount Number "in the currency" "the sum tied to it" => Cell::number(row.2.amount);
    currency Text "ISO 4217" "currency of the sum" => Cell::maybe(row.2.currency.as_ref());
    evidence Text "" "the words that say so" => row.2.evidence.as_ref().map_or(Cell::Empty, |e| Cell::text(&e.text));
    evidence_start Integer "code points" "where these words begin" => row.2.evidence.as_ref().map_or(Cell::Empty, |e| Cell::count(e.start));
    evidence_end Integer "code points" "where they end: one past the last" => row.2.evidence.as_ref().map_or(Cell::Empty, |e| Cell::count(e.end));
    sentence Text "" "the sentence they stand in" => row.0.sentence_of(row.2.sentence).map_or(Cell::Empty, Cell::text);
    sentence_start Integer "code points" "where the sentence begins" => Cell::count(row.2.sentence[0]);
    sentence_end Integer "code points" "where it ends: one past the last" => Cell::count(row.2.sentence[1]);
    project Text "" "the project tied to it" => Cell::maybe(row.2.project.as_ref());
    recipient Text "" "the body that receives" => row.2.recipient.as_ref().map_or(Cell::Empty, |entity| Cell::text(row.0.name_of(entity).unwrap_or(entity)));
    period Date "ISO 8601" "for when" => Cell::maybe(row.2.period.as_ref());
    rule Text "" "what found it" => Cell::text(&row.2.rule);
    confidence Number "0 to 1" "how sure it is" => Cell::share(row.2.confidence);
    because List "" "why it was read so" => Cell::list(row.2.because.iter().map(|why| why.as_str().into()));
}

/// The rows of a record.
pub(super) fn rows(record: &Record) -> impl Iterator<Item = Vec<Cell<'_>>> {
    record.roles().map(move |(name, of)| role((record, name, of)))
}
