//! A corpus at a glance: what summaries, reports and networks need of each document, and no more.
//!
//! An [`Overview`] is read once, from records or from the tables that `dateline extract` wrote, in the
//! order of the documents. Texts stand there once, so that 100,000 documents take some hundred megabytes
//! and not the gigabytes of their records. The same input gives the same numbers in the same order.

mod countries;
mod digest;
mod geojson;
mod records;
mod summary;
mod tables;
mod texts;
mod timeline;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

pub use countries::country_name;
pub use digest::{Digest, Named, Part, Shown};
pub use geojson::{Locations, locations};
pub use summary::{Count, Summary, Warning};
pub use tables::{is_part, is_table};
pub use texts::{Text, Texts};
pub use timeline::{TIMELINE, Timeline};

/// Of a place or body that many documents name, the sentences of so many are kept.
pub const EXAMPLES: u32 = 20;

/// Why an overview cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    Read(String, std::io::Error),
    /// A file holds something else.
    #[error("{0}: {1}")]
    Form(String, String),
}

/// A corpus.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// All texts.
    pub texts: Texts,
    /// All places that releases name or events have.
    pub places: Vec<Place>,
    /// The documents in their order.
    pub documents: Vec<Digest>,
    /// What the source does not tell, for people to know.
    pub lacks: Vec<String>,
    /// What is said of bodies, by their names.
    pub bodies: FxHashMap<Text, Body>,
    by_name: FxHashMap<(Text, Text), usize>,
    /// How many sentences are kept of each place and each body.
    kept: (FxHashMap<usize, u32>, FxHashMap<Text, u32>),
    current: Current,
}

/// Where places and bodies stand in the lists of the document that is being read.
#[derive(Clone, Debug, Default)]
struct Current {
    document: Option<usize>,
    places: FxHashMap<usize, usize>,
    bodies: FxHashMap<Text, usize>,
}

/// A place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The usual English name.
    pub name: Text,
    /// ISO 3166-1 alpha-2; empty for what lies in several countries.
    pub country: Text,
    /// Degrees north and east, where known.
    pub coordinates: Option<(f64, f64)>,
    /// country, admin1, city, river …; empty where the source does not say.
    pub kind: Text,
    /// The GeoNames id.
    pub geonames: Option<u32>,
}

/// What is said of a body, the first that is said in the order of the documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// ministry, agency, university …
    pub kind: Text,
    /// ISO 3166-1 alpha-2.
    pub country: Text,
}

impl Overview {
    /// The text of a number.
    #[must_use]
    pub fn text(&self, text: Text) -> &str {
        self.texts.get(text)
    }

    /// The number of a place by its name and country.
    fn place(&mut self, name: &str, country: &str) -> usize {
        let key = (self.texts.add(name), self.texts.add(country));
        let places = &mut self.places;
        *self.by_name.entry(key).or_insert_with(|| {
            places.push(Place { name: key.0, country: key.1, coordinates: None, kind: Text::default(), geonames: None });
            places.len() - 1
        })
    }

    /// Counts a mention of a place in a document.
    fn place_in(&mut self, document: usize, place: usize, sentence: Option<&str>) {
        self.turn_to(document);
        let places = &mut self.documents[document].places;
        let at = *self.current.places.entry(place).or_insert(places.len());
        if let Some(named) = places.get_mut(at) {
            named.count += 1;
            return;
        }
        let sentence = example(&mut self.texts, self.kept.0.entry(place).or_default(), sentence);
        places.push(Named { what: place, count: 1, sentence });
    }

    /// Counts a mention of a body in a document.
    fn body_in(&mut self, document: usize, name: &str, sentence: Option<&str>) {
        let name = self.texts.add(name);
        if name.is_empty() {
            return;
        }
        self.turn_to(document);
        let bodies = &mut self.documents[document].organizations;
        let at = *self.current.bodies.entry(name).or_insert(bodies.len());
        if let Some(named) = bodies.get_mut(at) {
            named.count += 1;
            return;
        }
        let sentence = example(&mut self.texts, self.kept.1.entry(name).or_default(), sentence);
        bodies.push(Named { what: name, count: 1, sentence });
    }

    /// Takes what a mention says of a body.
    fn describe_body(&mut self, name: &str, kind: &str, country: &str) {
        let (name, kind, country) = (self.texts.add(name), self.texts.add(kind), self.texts.add(country));
        let body = self.bodies.entry(name).or_default();
        for (mine, theirs) in [(&mut body.kind, kind), (&mut body.country, country)] {
            if mine.is_empty() {
                *mine = theirs;
            }
        }
    }

    /// The documents that were read, event by event: copies and other versions behind the one that
    /// stands for them, events in the order of their first documents.
    #[must_use]
    pub fn events(&self) -> Vec<Vec<usize>> {
        let mut events: Vec<Vec<usize>> = Vec::new();
        let mut numbers: FxHashMap<Text, usize> = FxHashMap::default();
        for (at, digest) in self.documents.iter().enumerate().filter(|(_, digest)| digest.error.is_none()) {
            let number = *numbers.entry(digest.event_key()).or_insert(events.len());
            match events.get_mut(number) {
                None => events.push(vec![at]),
                Some(event) if digest.is_first() => event.insert(0, at),
                Some(event) => event.push(at),
            }
        }
        events
    }

    fn turn_to(&mut self, document: usize) {
        if self.current.document != Some(document) {
            let digest = &self.documents[document];
            self.current = Current {
                document: Some(document),
                places: digest.places.iter().enumerate().map(|(at, named)| (named.what, at)).collect(),
                bodies: digest.organizations.iter().enumerate().map(|(at, named)| (named.what, at)).collect(),
            };
        }
    }

    /// How many documents each of these is counted in, the most frequent first, of equals by name.
    pub fn ranked(&self, values: impl Iterator<Item = Text>) -> Vec<(Text, u64)> {
        let mut counts: BTreeMap<Text, u64> = BTreeMap::new();
        for value in values.filter(|value| !value.is_empty()) {
            *counts.entry(value).or_default() += 1;
        }
        let mut ranked: Vec<(Text, u64)> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| self.text(a.0).cmp(self.text(b.0))));
        ranked
    }

    /// The countries of a document: of its event, and of the places it names, each once.
    pub fn countries(&self, digest: &Digest) -> Vec<Text> {
        let mut found: Vec<Text> = Vec::new();
        for place in digest.event_place.iter().chain(digest.places.iter().map(|named| &named.what)) {
            let country = self.places.get(*place).map(|place| place.country).unwrap_or_default();
            if !country.is_empty() && !found.contains(&country) {
                found.push(country);
            }
        }
        found
    }
}

/// Keeps a sentence as long as there are few.
fn example(texts: &mut Texts, kept: &mut u32, sentence: Option<&str>) -> Text {
    match sentence.filter(|sentence| !sentence.is_empty()) {
        Some(sentence) if *kept < EXAMPLES => {
            *kept += 1;
            texts.add(sentence)
        }
        _ => Text::default(),
    }
}
