//! What is known of a document, in the form of the output contract: offsets in code points.

mod edges;
mod found;
mod json;
mod packed;
mod parts;
mod writer;

use serde::{Deserialize, Serialize};

pub use edges::Edge;
pub(crate) use edges::edges;
pub use found::{BodyFacts, DateFacts, Join, Mention, MoneyFacts, PersonFacts, PlaceFacts};
pub use parts::Parts;
pub(crate) use parts::add_furniture;
use writer::country;

/// Mentions beyond which a record is long: it takes some ten megabytes in all forms together.
const LONG: usize = 4000;

/// A stretch in code points: start, and one past the end.
pub type Stretch = [usize; 2];

/// Everything that is known of one document; serialized, one line of the JSON Lines output.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The document's id.
    pub id: String,
    /// Why it could not be read; then nothing else is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Fault>,
    /// ISO 639-1 of the main text.
    pub language: Option<String>,
    /// From 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_certainty: Option<f32>,
    /// All languages of a document that has more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// The headline as it stands in the text.
    pub title: Option<String>,
    /// The release's own date, ISO 8601.
    pub published: Option<String>,
    /// When the main event takes place, ISO 8601, `/` in ranges.
    pub event: Option<String>,
    /// Where it takes place.
    pub event_place: Option<EventPlace>,
    /// The id of the first document with the same text, when this is a reprint of it or a cut.
    pub duplicate_of: Option<String>,
    /// What shows that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub duplicate_why: Vec<String>,
    /// The id of the first document that tells of the same event in other words, or in another language.
    pub same_event_as: Option<String>,
    /// What shows that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_event_why: Vec<String>,
    /// Everything found, by place in the text.
    pub mentions: Vec<Mention>,
    /// Stretches of page furniture, each within a line.
    pub furniture: Vec<Stretch>,
    /// Why each of them is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub furniture_why: Vec<FurnitureWhy>,
    /// Bodies that pay for or support what is reported.
    pub donors: Vec<Role>,
    /// Bodies that carry it out.
    pub implementers: Vec<Role>,
    /// Bodies that hold the event.
    pub organizers: Vec<Role>,
    /// Bodies that work along.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Role>,
    /// Bodies that offer the place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<Role>,
    /// Bodies that receive.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Role>,
    /// What shows the facts above: `title`, `published`, `event`, `event_place`.
    #[serde(skip_serializing_if = "Evidences::is_empty")]
    pub evidence: Evidences,
    /// Why a fact is null.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub why: std::collections::BTreeMap<String, String>,
    /// The sentences in which something was found, in order.
    pub sentences: Vec<Sentence>,
    /// Length of the text in code points.
    pub characters: usize,
    /// How the file was decoded: a name of the Encoding Standard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// From 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding_certainty: Option<f32>,
    /// The misreading of an earlier program that was undone, and in how many lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repaired: Option<String>,
    /// Fields of the caller's own record that were asked back.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    pub fields: crate::read::Fields,
    /// Its number in the whole run, in a record that waits to be merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<u64>,
    /// The text itself, when the run is traced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Readings that others won against, when the run is traced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Mention>,
    /// What the corpus step needs to know of the page's edges; empty in finished records.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub edges: Vec<Edge>,
    /// What the corpus step needs to find copies, packed; empty in finished records.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sketch: String,
}

/// Why a document could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// A short word that scripts can test.
    pub kind: String,
    /// What happened and what to do, for people.
    pub message: String,
}

/// Where the main event takes place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPlace {
    /// The usual English name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

/// A sentence's place and text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The slice.
    pub text: String,
}

/// Why a stretch is furniture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurnitureWhy {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// menu, counter, share, teaser …
    pub class: String,
    /// The rule that says so.
    pub rule: String,
}

/// The words that show a fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The words.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What decided, for facts of the document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// From 0 to 1, for facts of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
}

/// Evidence by the fact's name.
pub type Evidences = std::collections::BTreeMap<String, Evidence>;

/// A body's part in what is reported.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Role {
    /// The body, as in the mentions.
    pub entity: String,
    /// Its canonical name.
    pub name: String,
    /// The words that say so.
    pub evidence: Option<Evidence>,
    /// The sentence they stand in.
    pub sentence: Stretch,
    /// The amount tied to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<f64>,
    /// The upper end, where the amount is a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
    /// Of the amount: "up to", "more than" and the like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
    /// Its currency, ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The project tied to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// The entity of the recipient tied to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// The period tied to it, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The cue's row.
    pub rule: String,
    /// From 0 to 1.
    pub confidence: f32,
    /// Why it was read so.
    pub because: Vec<String>,
}

impl Record {
    /// The record of a document that could not be read.
    #[must_use]
    pub fn failed(id: impl Into<String>, kind: &str, message: impl Into<String>) -> Self {
        Self { id: id.into(), error: Some(Fault { kind: kind.into(), message: message.into() }), ..Self::default() }
    }

    /// Packs what grows with the text, where it is that of a book and not of a release.
    pub(crate) fn pack_long(&mut self, parts: &mut Parts) {
        if parts.is_empty() && self.mentions.len() > LONG {
            parts.take(self, self.characters);
        }
    }

    /// The text of one of [`Record::sentences`].
    #[must_use]
    pub fn sentence_of(&self, stretch: Stretch) -> Option<&str> {
        let at = self.sentences.binary_search_by_key(&stretch[0], |sentence| sentence.start).ok()?;
        Some(&self.sentences[at].text)
    }

    /// The canonical name of an entity of this document.
    #[must_use]
    pub fn name_of(&self, entity: &str) -> Option<&str> {
        self.mentions.iter().find(|m| m.entity.as_deref() == Some(entity))?.name.as_deref()
    }

    /// Every role with its name, kind by kind.
    pub fn roles(&self) -> impl Iterator<Item = (&'static str, &Role)> {
        [
            ("donor", &self.donors),
            ("implementer", &self.implementers),
            ("organizer", &self.organizers),
            ("partner", &self.partners),
            ("host", &self.hosts),
            ("recipient", &self.recipients),
        ]
        .into_iter()
        .flat_map(|(name, roles)| roles.iter().map(move |role| (name, role)))
    }

    /// The lists of roles, kind by kind.
    pub(crate) fn role_lists(&mut self) -> [&mut Vec<Role>; 6] {
        [&mut self.donors, &mut self.implementers, &mut self.organizers, &mut self.partners, &mut self.hosts, &mut self.recipients]
    }
}
