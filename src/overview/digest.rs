//! What an overview keeps of one document.

use super::texts::Text;
use crate::dates::Value;
use crate::mention::RoleKind;

/// A document, in little memory. An empty [`Text`] is something not known.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    /// Its id.
    pub id: Text,
    /// The kind and the message of the fault that kept it from being read.
    pub error: Option<(Text, Text)>,
    /// ISO 639-1.
    pub language: Text,
    /// The headline.
    pub title: Text,
    /// The release's own date.
    pub published: Option<Value>,
    /// What shows it.
    pub published_shown: Shown,
    /// When the main event takes place.
    pub event: Option<Value>,
    /// What shows it.
    pub event_shown: Shown,
    /// Where the main event takes place: a number in [`Overview::places`](super::Overview::places).
    pub event_place: Option<usize>,
    /// What shows it.
    pub event_place_shown: Shown,
    /// Places of the release in the order of their first mention, each once.
    pub places: Vec<Named<usize>>,
    /// Bodies of the release in the order of their first mention, each once.
    pub organizations: Vec<Named<Text>>,
    /// Who pays, carries out, organizes …
    pub parts: Vec<Part>,
    /// The id of the document that this one repeats.
    pub duplicate_of: Text,
    /// The id of the document that tells of the same event, in another language or other words.
    pub same_event_as: Text,
    /// Length of the text in code points.
    pub characters: u32,
    /// How much of it is page furniture; none where the source does not say.
    pub furniture: Option<u32>,
    /// How the file was decoded, and how sure that is.
    pub encoding: Text,
    /// From 0 to 1.
    pub encoding_certainty: Option<f32>,
    /// The misreading of an earlier program that was undone.
    pub repaired: Text,
}

/// The words that show a fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The words.
    pub words: Text,
    /// The sentence they stand in.
    pub sentence: Text,
}

/// A place or a body as a release names it.
#[derive(Clone, Copy, Debug)]
pub struct Named<T> {
    /// Which.
    pub what: T,
    /// How often.
    pub count: u32,
    /// The sentence that names it first; empty beyond the first
    /// [`EXAMPLES`](super::EXAMPLES) documents that name it, to keep memory small.
    pub sentence: Text,
}

/// A body's part in what is reported.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Which part.
    pub kind: RoleKind,
    /// The body's canonical name.
    pub name: Text,
    /// The words that say so.
    pub shown: Shown,
    /// The amount tied to it, with its currency.
    pub amount: Option<(f64, Text)>,
}

impl Digest {
    /// The bodies that have this part, each once.
    pub fn bodies(&self, kind: RoleKind) -> impl Iterator<Item = &Part> {
        self.parts
            .iter()
            .enumerate()
            .filter(move |(at, part)| {
                part.kind == kind && !self.parts[..*at].iter().any(|other| other.kind == kind && other.name == part.name)
            })
            .map(|(_, part)| part)
    }

    /// Whether it repeats another document.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        !self.duplicate_of.is_empty()
    }

    /// Whether it is the one that stands for its event: no copy, and no other version of one before.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.duplicate_of.is_empty() && self.same_event_as.is_empty()
    }

    /// The id of the document that stands for its event, itself or another.
    #[must_use]
    pub fn event_key(&self) -> Text {
        let others = [self.same_event_as, self.duplicate_of];
        others.into_iter().find(|id| !id.is_empty()).unwrap_or(self.id)
    }

    /// The day that a timeline counts it by: the first of the event, or of publication without one.
    #[must_use]
    pub fn day(&self) -> Option<jiff::civil::Date> {
        let first = |value: Option<Value>| value.and_then(Value::days).map(|(first, _)| first);
        first(self.event).or_else(|| first(self.published))
    }

    /// The year it was published in, or else that of its event.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        let first = |value: Option<Value>| value.and_then(Value::days).map(|(first, _)| first.year());
        first(self.published).or_else(|| first(self.event))
    }
}
