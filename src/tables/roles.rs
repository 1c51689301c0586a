//! The table of roles, the donor ledger: one row a document, body and role.
//!
//! The column of a row's own role holds its body; the other columns of bodies hold what the document
//! tells beside it. An amount stands on one row only, so that a sum over the column counts it once.
//!
//! IATI's names are those of its code list `OrganisationRole` (Funding 1, Accountable 2, Extending 3,
//! Implementing 4); organizers, partners, hosts and recipients have none there.

use super::Cell;
use super::cell::table;
use crate::record::{Record, Role};
use crate::roles::{ANSWERS, CHANNEL};

table! {
    /// One row a document, body and role.
    ROLES, "roles", "a body's role in a document", role(row: (&'a Record, &'static str, &'a Role)):
    document Text "" "id of the document" => Cell::text(&row.0.id);
    role Text "" "donor, implementer, organizer, partner, host or recipient" => Cell::text(row.1);
    iati_role Text "" "IATI's name of it: Funding, Accountable, Extending or Implementing" => iati(row.1, row.2).map_or(Cell::Empty, |(name, _)| Cell::text(name));
    iati_code Integer "" "IATI's code of it: 1 to 4" => iati(row.1, row.2).map_or(Cell::Empty, |(_, code)| Cell::count(code));
    entity Text "" "the body, as in the document's mentions" => Cell::text(&row.2.entity);
    name Text "" "its canonical name" => Cell::text(&row.2.name);
    funder List "" "who pays" => bodies(row, "donor", &row.0.donors);
    implementer List "" "who carries it out" => bodies(row, "implementer", &row.0.implementers);
    organizer List "" "who holds the event" => bodies(row, "organizer", &row.0.organizers);
    recipient Text "" "the body that receives" => recipient(row);
    project Text "" "the project tied to it" => Cell::maybe(row.2.project.as_ref());
    amount Number "in the currency" "the sum tied to it: the lower end of a range" => Cell::number(row.2.amount);
    amount_upper Number "in the currency" "the upper end of a range" => Cell::number(row.2.upper);
    amount_bound Text "" "up to, less than, more than or about" => Cell::maybe(row.2.bound.as_ref());
    currency Text "ISO 4217" "currency of the sum" => Cell::maybe(row.2.currency.as_ref());
    period Date "ISO 8601" "for when" => Cell::maybe(row.2.period.as_ref());
    place Text "" "where the main event takes place" => row.0.event_place.as_ref().map_or(Cell::Empty, |place| Cell::text(&place.name));
    country Text "ISO 3166-1" "its country" => row.0.event_place.as_ref().map_or(Cell::Empty, |place| Cell::maybe(place.country.as_ref()));
    published Date "ISO 8601" "the document's own date" => Cell::maybe(row.0.published.as_ref());
    evidence Text "" "the words that say so" => row.2.evidence.as_ref().map_or(Cell::Empty, |e| Cell::text(&e.text));
    evidence_start Integer "code points" "where these words begin" => row.2.evidence.as_ref().map_or(Cell::Empty, |e| Cell::count(e.start));
    evidence_end Integer "code points" "where they end: one past the last" => row.2.evidence.as_ref().map_or(Cell::Empty, |e| Cell::count(e.end));
    sentence Text "" "the sentence they stand in" => row.0.sentence_of(row.2.sentence).map_or(Cell::Empty, Cell::text);
    sentence_start Integer "code points" "where the sentence begins" => Cell::count(row.2.sentence[0]);
    sentence_end Integer "code points" "where it ends: one past the last" => Cell::count(row.2.sentence[1]);
    rule Text "" "what found it" => Cell::text(&row.2.rule);
    confidence Number "0 to 1" "how sure it is" => Cell::share(row.2.confidence);
    because List "" "why it was read so" => Cell::list(row.2.because.iter().map(|why| why.as_str().into()));
}

/// The rows of a record.
pub(super) fn rows(record: &Record) -> impl Iterator<Item = Vec<Cell<'_>>> {
    record.roles().map(move |(name, of)| role((record, name, of)))
}

type Row<'a> = (&'a Record, &'static str, &'a Role);

/// The bodies of one column: the row's own, when the column is its role's, else all of the document.
fn bodies<'a>(row: Row<'a>, column: &str, all: &'a [Role]) -> Cell<'a> {
    if row.1 == column {
        return Cell::list([row.2.name.as_str().into()]);
    }
    Cell::list(all.iter().map(|role| role.name.as_str().into()))
}

fn recipient<'a>(row: Row<'a>) -> Cell<'a> {
    if row.1 == "recipient" {
        return Cell::text(&row.2.name);
    }
    row.2.recipient.as_ref().map_or(Cell::Empty, |entity| Cell::text(row.0.name_of(entity).unwrap_or(entity)))
}

/// IATI's name and code of a role.
fn iati(role: &str, of: &Role) -> Option<(&'static str, usize)> {
    let told = |why: &str| of.because.iter().any(|because| because == why);
    match role {
        "donor" if told(CHANNEL) => Some(("Extending", 3)),
        "donor" => Some(("Funding", 1)),
        "implementer" if told(ANSWERS) => Some(("Accountable", 2)),
        "implementer" => Some(("Implementing", 4)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_the_names_that_iati_gives_them() {
        let plain = Role::default();
        let channel = Role { because: vec![CHANNEL.into()], ..Role::default() };
        assert_eq!(iati("donor", &plain), Some(("Funding", 1)));
        assert_eq!(iati("donor", &channel), Some(("Extending", 3)));
        assert_eq!(iati("implementer", &plain), Some(("Implementing", 4)));
        assert_eq!(iati("host", &plain), None);
    }

    #[test]
    fn a_row_names_its_own_body_and_the_others_of_the_document() {
        let body = |name: &str| Role { name: name.into(), ..Role::default() };
        let record = Record { donors: vec![body("A"), body("B")], implementers: vec![body("C")], ..Record::default() };
        let columns: Vec<&str> = ROLES.columns.iter().map(|c| c.name).collect();
        let at = |name: &str| columns.iter().position(|c| *c == name).unwrap();
        let rows: Vec<Vec<Cell>> = rows(&record).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0][at("funder")], Cell::list(["A".into()].into_iter()));
        assert_eq!(rows[2][at("funder")], Cell::list(["A".into(), "B".into()].into_iter()));
        assert_eq!(rows[0][at("implementer")], Cell::list(["C".into()].into_iter()));
    }
}
