//! The table of organizations: one row a body over the whole corpus.
//!
//! Counts add up in any order and any grouping, so that threads, shards and machines may each
//! count their own part.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::Cell;
use super::cell::table;
use crate::record::{Parts, Record};

table! {
    /// One row a body over the whole corpus.
    BODIES, "organizations", "a body over the whole corpus", body(row: (&'a str, &'a Body)):
    name Text "" "canonical name" => Cell::text(row.0);
    acronym Text "" "its acronym, the one most documents give" => row.1.most(&row.1.acronyms);
    kind Text "" "ministry, agency, NGO, university, company …" => row.1.most(&row.1.kinds);
    country Text "ISO 3166-1" "its country" => row.1.most(&row.1.countries);
    external_ids List "" "its key in the table of known bodies" => Cell::list(row.1.known.iter().map(|key| key.as_str().into()));
    forms_en List "" "forms seen in English" => row.1.forms("en");
    forms_ru List "" "forms seen in Russian" => row.1.forms("ru");
    forms_other List "language:form" "forms seen in other languages" => row.1.other_forms();
    documents Integer "documents" "documents whose release names it" => Cell::Integer(row.1.documents.cast_signed());
    mentions Integer "mentions" "times it is named in releases" => Cell::Integer(row.1.mentions.cast_signed());
    first_published Date "ISO 8601" "earliest publication date of these documents" => Cell::maybe(row.1.first.as_ref());
    last_published Date "ISO 8601" "latest publication date of these documents" => Cell::maybe(row.1.last.as_ref());
    donor Integer "documents" "documents in which it is a donor" => Cell::Integer(row.1.roles[0].cast_signed());
    implementer Integer "documents" "documents in which it carries out what is reported" => Cell::Integer(row.1.roles[1].cast_signed());
    organizer Integer "documents" "documents in which it holds the event" => Cell::Integer(row.1.roles[2].cast_signed());
}

/// How often something was seen.
type Counts = BTreeMap<String, u64>;

/// What the corpus says of one body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    acronyms: Counts,
    kinds: Counts,
    countries: Counts,
    known: BTreeSet<String>,
    forms: BTreeMap<(String, String), u64>,
    documents: u64,
    mentions: u64,
    first: Option<String>,
    last: Option<String>,
    roles: [u64; 3],
}

impl Body {
    /// The most frequent; of equals the first in order.
    fn most<'a>(&self, counts: &'a Counts) -> Cell<'a> {
        counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map_or(Cell::Empty, |(text, _)| Cell::text(text))
    }

    fn forms(&self, language: &str) -> Cell<'_> {
        let mut forms: Vec<(&str, u64)> =
            self.forms.iter().filter(|((seen, _), _)| seen == language).map(|((_, form), count)| (form.as_str(), *count)).collect();
        forms.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        Cell::list(forms.into_iter().map(|(form, _)| form.into()))
    }

    fn other_forms(&self) -> Cell<'_> {
        let others = self.forms.keys().filter(|(language, _)| !matches!(language.as_str(), "en" | "ru"));
        Cell::list(others.map(|(language, form)| Cow::from(format!("{language}:{form}"))))
    }

    fn add(&mut self, other: Self) {
        for (mine, theirs) in [(&mut self.acronyms, other.acronyms), (&mut self.kinds, other.kinds), (&mut self.countries, other.countries)]
        {
            for (text, count) in theirs {
                *mine.entry(text).or_default() += count;
            }
        }
        for (form, count) in other.forms {
            *self.forms.entry(form).or_default() += count;
        }
        self.known.extend(other.known);
        self.documents += other.documents;
        self.mentions += other.mentions;
        for (mine, theirs) in self.roles.iter_mut().zip(other.roles) {
            *mine += theirs;
        }
        self.first = match (self.first.take(), other.first) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.last = match (self.last.take(), other.last) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
    }
}

/// The bodies of a corpus, by canonical name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bodies {
    bodies: BTreeMap<String, Body>,
}

impl Bodies {
    /// The bodies of one document's release.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let mut of = Self::default();
        of.tell(record);
        of
    }

    /// The bodies of one document's release, of which `parts` were taken.
    ///
    /// # Errors
    /// When the parts were damaged while they waited in a file.
    pub fn of_parts(record: &Record, parts: &Parts) -> io::Result<Self> {
        let mut of = Self::default();
        for part in parts.records(record) {
            of.tell(&part?);
        }
        of.tell(record);
        Ok(of)
    }

    /// Adds a part of one document.
    fn tell(&mut self, record: &Record) {
        let bodies = &mut self.bodies;
        for mention in record.mentions.iter().filter(|m| m.kind == "organization" && m.zone != "furniture") {
            let Some(name) = mention.name.as_deref().filter(|name| !name.is_empty()) else { continue };
            let body = bodies.entry(name.to_string()).or_default();
            body.documents = 1;
            body.mentions += 1;
            let language = mention.language.as_deref().or(record.language.as_deref()).unwrap_or("und");
            *body.forms.entry((language.to_string(), mention.text.split_whitespace().collect::<Vec<_>>().join(" "))).or_default() += 1;
            for (counts, value) in [
                (&mut body.acronyms, mention.acronym()),
                (&mut body.kinds, mention.subtype.as_deref()),
                (&mut body.countries, mention.country.as_deref()),
            ] {
                // a name that is an acronym has no other
                if let Some(value) = value.filter(|value| *value != name) {
                    counts.insert(value.to_string(), 1);
                }
            }
            body.known.extend(mention.known().map(String::from));
            // a range counts by its first day
            let published =
                record.published.as_deref().and_then(|date| date.split('/').next()).filter(|date| !date.starts_with(['?', 'X']));
            body.first = published.map(Into::into);
            body.last.clone_from(&body.first);
        }
        for (kind, role) in record.roles().filter(|(_, role)| !role.name.is_empty()) {
            // a body that is named in furniture alone has its row too: every role has its body
            let body = bodies.entry(role.name.clone()).or_default();
            body.documents = 1;
            if let Some(at) = ["donor", "implementer", "organizer"].iter().position(|counted| *counted == kind) {
                body.roles[at] = 1;
            }
        }
    }

    /// Adds what another part of the corpus says.
    pub fn add(&mut self, other: Self) {
        for (name, body) in other.bodies {
            self.bodies.entry(name).or_default().add(body);
        }
    }

    /// The rows of the table, by name.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell<'_>>> {
        self.bodies.iter().map(|(name, of)| body((name, of)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Mention, Role};

    fn record(id: &str, published: &str, forms: &[&str]) -> Record {
        Record {
            id: id.into(),
            language: Some("en".into()),
            published: Some(published.into()),
            mentions: forms
                .iter()
                .map(|form| Mention {
                    kind: "organization".into(),
                    text: (*form).into(),
                    name: Some("Lotus Fund".into()),
                    zone: "body".into(),
                    ..Mention::default()
                })
                .collect(),
            donors: vec![Role { name: "Lotus Fund".into(), ..Role::default() }],
            ..Record::default()
        }
    }

    #[test]
    fn a_body_is_counted_over_documents() {
        let mut bodies = Bodies::of(&record("a", "2020-05-01", &["Lotus Fund", "LF"]));
        bodies.add(Bodies::of(&record("b", "2019", &["LF"])));
        let row = bodies.rows().next().unwrap();
        let cell = |name: &str| row[BODIES.columns.iter().position(|c| c.name == name).unwrap()].flat().into_owned();
        assert_eq!((cell("documents"), cell("mentions"), cell("donor")), ("2".into(), "3".into(), "2".into()));
        assert_eq!((cell("first_published"), cell("last_published")), ("2019".into(), "2020-05-01".into()));
        assert_eq!(cell("forms_en"), "LF; Lotus Fund");
    }
}
