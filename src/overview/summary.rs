//! An overview in figures: what stands in how many documents, and what is worth a look.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{Digest, Overview, Text, country_name};
use crate::mention::RoleKind;

/// A text has at least so many code points outside page furniture, or there is no release in it.
const BODY: u32 = 80;

/// Less sure than this, an encoding is a guess.
const SURE: f32 = 0.8;

/// Documents that each warning names.
const NAMED: usize = 3;

/// A corpus in figures.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// All documents, those that could not be read among them.
    pub documents: u64,
    /// Documents that could not be read.
    pub failed: u64,
    /// Documents that repeat another one.
    pub copies: u64,
    /// Documents that tell of an event that an earlier one tells of, in another language or words.
    pub other_versions: u64,
    /// Documents read that are neither.
    pub events: u64,
    /// Documents whose figures follow: those read, or the events when only these are counted.
    pub counted: u64,
    /// Documents by language, `und` where it is undecided.
    pub languages: Vec<Count>,
    /// Documents by year of publication, or of the event where that is not known, and language.
    pub years: BTreeMap<i16, BTreeMap<String, u64>>,
    /// Documents of no known year.
    pub without_year: u64,
    /// Documents by country, of the event or named.
    pub countries: Vec<Count>,
    /// Documents by body named.
    pub bodies: Vec<Count>,
    /// Documents by donor.
    pub donors: Vec<Count>,
    /// Documents by who carries out.
    pub implementers: Vec<Count>,
    /// Documents by who organizes.
    pub organizers: Vec<Count>,
    /// How many documents have each fact.
    pub coverage: Vec<Count>,
    /// What is worth a look.
    pub warnings: Vec<Warning>,
}

/// How many documents have something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What: a name or a code.
    pub name: String,
    /// Of a country: its code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// How many.
    pub documents: u64,
}

/// Something worth a look.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Warning {
    /// A short word that scripts can test.
    pub kind: String,
    /// For people.
    pub what: String,
    /// How many documents.
    pub documents: u64,
    /// The first of them.
    pub examples: Vec<String>,
    /// Their numbers in the overview.
    #[serde(skip)]
    pub numbers: Vec<usize>,
}

/// What a document may warn of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Worry {
    Failed(String),
    NoBody,
    NoLanguage,
    PublishedLater,
    EventLater,
    Encoding,
    Repaired,
    Nothing,
    NoTitle,
}

impl Worry {
    fn kind(&self) -> String {
        match self {
            Self::Failed(kind) => format!("error-{kind}"),
            Self::NoBody => "no-body-text".into(),
            Self::NoLanguage => "undecided-language".into(),
            Self::PublishedLater => "published-in-the-future".into(),
            Self::EventLater => "event-in-the-future".into(),
            Self::Encoding => "uncertain-encoding".into(),
            Self::Repaired => "repaired-encoding".into(),
            Self::Nothing => "nothing-found".into(),
            Self::NoTitle => "no-headline".into(),
        }
    }

    fn what(&self) -> String {
        match self {
            Self::Failed(kind) => format!("could not be read: {kind}"),
            Self::NoBody => "no body text: all of it is page furniture, or it is very short".into(),
            Self::NoLanguage => "language undecided".into(),
            Self::PublishedLater => "published in the future".into(),
            Self::EventLater => "event in the future".into(),
            Self::Encoding => "encoding uncertain".into(),
            Self::Repaired => "once saved in a wrong encoding, repaired".into(),
            Self::Nothing => "no date, place or body found".into(),
            Self::NoTitle => "no headline".into(),
        }
    }
}

fn worries(digest: &Digest, overview: &Overview, today: Date) -> Vec<Worry> {
    if let Some((kind, _)) = digest.error {
        return vec![Worry::Failed(overview.text(kind).into())];
    }
    let later = |value: Option<crate::dates::Value>| value.and_then(crate::dates::Value::days).is_some_and(|(first, _)| first > today);
    let found = digest.published.is_some() || digest.event.is_some() || !digest.places.is_empty() || !digest.organizations.is_empty();
    let all = [
        (digest.furniture.is_some_and(|furniture| digest.characters.saturating_sub(furniture) < BODY), Worry::NoBody),
        (digest.language.is_empty(), Worry::NoLanguage),
        (later(digest.published), Worry::PublishedLater),
        (later(digest.event), Worry::EventLater),
        (digest.encoding_certainty.is_some_and(|certainty| certainty < SURE), Worry::Encoding),
        (!digest.repaired.is_empty(), Worry::Repaired),
        (!found, Worry::Nothing),
        (digest.title.is_empty(), Worry::NoTitle),
    ];
    all.into_iter().filter_map(|(is, worry)| is.then_some(worry)).collect()
}

impl Overview {
    /// What is worth a look, each with its first documents.
    #[must_use]
    pub fn worrying(&self, today: Date, most: usize) -> Vec<Warning> {
        let mut warnings: BTreeMap<Worry, Warning> = BTreeMap::new();
        for (number, digest) in self.documents.iter().enumerate() {
            for worry in worries(digest, self, today) {
                let new = || Warning { kind: worry.kind(), what: worry.what(), ..Warning::default() };
                let warning = warnings.entry(worry.clone()).or_insert_with(new);
                warning.documents += 1;
                if warning.examples.len() < most {
                    warning.examples.push(self.text(digest.id).into());
                    warning.numbers.push(number);
                }
            }
        }
        warnings.into_values().collect()
    }

    /// The overview in figures. `today` tells what lies in the future; `events` counts each event
    /// once and leaves out copies and other versions.
    #[must_use]
    pub fn summary(&self, today: Date, events: bool) -> Summary {
        let mut out = Summary { documents: self.documents.len() as u64, ..Summary::default() };
        let mut counted: Vec<&Digest> = Vec::new();
        for digest in &self.documents {
            if digest.error.is_some() {
                out.failed += 1;
                continue;
            }
            out.copies += u64::from(digest.is_copy());
            out.other_versions += u64::from(!digest.is_copy() && !digest.same_event_as.is_empty());
            if !events || digest.is_first() {
                counted.push(digest);
            }
        }
        out.warnings = self.worrying(today, NAMED);
        out.events = out.documents - out.failed - out.copies - out.other_versions;
        out.counted = counted.len() as u64;
        let language = |digest: &Digest| if digest.language.is_empty() { "und" } else { self.text(digest.language) };
        let mut languages: BTreeMap<&str, u64> = BTreeMap::new();
        for digest in &counted {
            *languages.entry(language(digest)).or_default() += 1;
            match digest.year() {
                Some(year) => *out.years.entry(year).or_default().entry(language(digest).into()).or_default() += 1,
                None => out.without_year += 1,
            }
        }
        out.languages =
            languages.into_iter().map(|(name, documents)| Count { name: name.into(), code: String::new(), documents }).collect();
        out.languages.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.name.cmp(&b.name)));
        let named = |ranked: Vec<(Text, u64)>| -> Vec<Count> {
            ranked.into_iter().map(|(name, documents)| Count { name: self.text(name).into(), code: String::new(), documents }).collect()
        };
        let of_part = |kind: RoleKind| {
            named(self.ranked(counted.iter().flat_map(|digest| digest.bodies(kind).map(|part| part.name).collect::<Vec<_>>())))
        };
        out.countries = named(self.ranked(counted.iter().flat_map(|digest| self.countries(digest))));
        for country in &mut out.countries {
            country.code.clone_from(&country.name);
            country.name = country_name(&country.code).into();
        }
        out.bodies = named(self.ranked(counted.iter().flat_map(|digest| digest.organizations.iter().map(|named| named.what))));
        out.donors = of_part(RoleKind::Donor);
        out.implementers = of_part(RoleKind::Implementer);
        out.organizers = of_part(RoleKind::Organizer);
        let has = |name: &str, has: &dyn Fn(&Digest) -> bool| Count {
            name: name.into(),
            code: String::new(),
            documents: counted.iter().filter(|digest| has(digest)).count() as u64,
        };
        let part = |digest: &Digest, kind| digest.parts.iter().any(|part| part.kind == kind);
        out.coverage = vec![
            has("language", &|digest| !digest.language.is_empty()),
            has("headline", &|digest| !digest.title.is_empty()),
            has("day of publication", &|digest| digest.published.is_some()),
            has("date of the event", &|digest| digest.event.is_some()),
            has("place of the event", &|digest| digest.event_place.is_some()),
            has("any place", &|digest| !digest.places.is_empty()),
            has("any body", &|digest| !digest.organizations.is_empty()),
            has("donor", &|digest| part(digest, RoleKind::Donor)),
            has("implementer", &|digest| part(digest, RoleKind::Implementer)),
            has("organizer", &|digest| part(digest, RoleKind::Organizer)),
        ];
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{EventPlace, Record, Role};

    #[test]
    fn figures_count_documents_and_name_what_is_odd() {
        let mut overview = Overview::default();
        let role = |name: &str| Role { name: name.into(), ..Role::default() };
        overview.add(&Record {
            id: "a".into(),
            language: Some("en".into()),
            title: Some("A".into()),
            published: Some("2030-01-02".into()),
            event_place: Some(EventPlace { name: "Osh".into(), country: Some("KG".into()) }),
            // one donor, said twice
            donors: vec![role("Lotus Fund"), role("Lotus Fund")],
            characters: 500,
            encoding_certainty: Some(0.4),
            ..Record::default()
        });
        overview.add(&Record::failed("b", "empty", "has no text"));
        let summary = overview.summary(jiff::civil::date(2026, 1, 1), false);
        assert_eq!((summary.documents, summary.failed, summary.events), (2, 1, 1));
        assert_eq!((summary.countries[0].name.as_str(), summary.countries[0].documents), ("Kyrgyzstan", 1));
        assert_eq!((summary.donors[0].name.as_str(), summary.donors[0].documents), ("Lotus Fund", 1));
        let kinds: Vec<&str> = summary.warnings.iter().map(|warning| warning.kind.as_str()).collect();
        assert_eq!(kinds, ["error-empty", "published-in-the-future", "uncertain-encoding"]);
        assert_eq!(summary.years[&2030]["en"], 1);
    }
}
