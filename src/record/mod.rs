//! What is known of a document, in the form of the output contract: offsets in code points.

mod edges;
mod found;
mod json;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::dates::Value;
use crate::document::Document;
use crate::mention::{self, Bound, DateRole, Fact, Name, Part, RoleKind, Settled};
use crate::page::Page;
use crate::places;
use crate::span::{CodePoints, Span};

use std::fmt::Write;

pub use edges::Edge;
pub(crate) use edges::edges;
use found::boxed;
pub use found::{BodyFacts, DateFacts, Join, Mention, MoneyFacts, PersonFacts, PlaceFacts};

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

    /// Whether it is that of a book and not of a release: then it is not held in several forms at a time.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.mentions.len() > LONG
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

    /// Mentions of a page as they stand in records.
    pub(crate) fn readings(page: &Page, mentions: &[mention::Mention]) -> Vec<Mention> {
        let writer = Writer { page, points: CodePoints::new(page.text.source), mentions, bodies: FxHashMap::default() };
        mentions.iter().map(|m| writer.mention(m)).collect()
    }

    pub(crate) fn new(
        document: &Document,
        page: &Page,
        mentions: &[mention::Mention],
        roles: &[mention::Role],
        published: &Settled<Value>,
        event: &Settled<Value>,
        event_place: &Settled<places::EventPlace>,
    ) -> Self {
        let bodies = mentions.iter().filter_map(|m| match &m.fact {
            Fact::Organization(body) => Some((body.entity, &*body.name)),
            _ => None,
        });
        let bodies = bodies.collect();
        let writer = Writer { page, points: CodePoints::new(page.text.source), mentions, bodies };
        let mut record = Self {
            id: document.id.clone(),
            language: page.languages.main.code().map(Into::into),
            languages: match page.languages.all.as_slice() {
                [_, _, ..] => page.languages.all.iter().filter_map(|l| l.code()).map(Into::into).collect(),
                _ => Vec::new(),
            },
            language_certainty: Some(page.languages.certainty),
            published: published.value().map(ToString::to_string),
            event: event.value().map(ToString::to_string),
            event_place: event_place
                .value()
                .map(|p| EventPlace { name: p.name.clone(), country: p.country.map(|code| country(code).into_owned()) }),
            characters: writer.points.at(document.text.len()),
            ..Self::default()
        };
        if let Some(title) = page.zones.title {
            record.title = Some(page.text.slice(title).to_string());
            record.evidence.insert("title".into(), writer.evidence(title));
        } else {
            record.why.insert("title".into(), "no line reads as a headline".into());
        }
        writer.settled(&mut record, "published", published);
        writer.settled(&mut record, "event", event);
        writer.settled(&mut record, "event_place", event_place);
        for stretch in &page.zones.stretches {
            let (start, end) = writer.points.span(stretch.span);
            record.furniture.push([start, end]);
            record.furniture_why.push(FurnitureWhy { start, end, class: stretch.class.into(), rule: stretch.rule.clone() });
        }
        record.mentions = mentions.iter().map(|m| writer.mention(m)).collect();
        for role in roles {
            let list = match role.kind {
                RoleKind::Donor => &mut record.donors,
                RoleKind::Implementer => &mut record.implementers,
                RoleKind::Organizer => &mut record.organizers,
                RoleKind::Partner => &mut record.partners,
                RoleKind::Host => &mut record.hosts,
                RoleKind::Recipient => &mut record.recipients,
            };
            list.push(writer.role(role));
        }
        let mut used: Vec<usize> =
            mentions.iter().map(|m| m.span).chain(roles.iter().map(|r| r.evidence)).map(|s| page.text.sentence_at(s.start)).collect();
        used.sort_unstable();
        used.dedup();
        for number in used {
            if let Some(sentence) = page.text.sentences.get(number) {
                let (start, end) = writer.points.span(sentence.span);
                record.sentences.push(Sentence { start, end, text: page.text.slice(sentence.span).into() });
            }
        }
        record
    }
}

struct Writer<'a, 'p> {
    page: &'a Page<'p>,
    points: CodePoints<'a>,
    mentions: &'a [mention::Mention],
    /// Canonical names by entity.
    bodies: FxHashMap<u32, &'a str>,
}

impl Writer<'_, '_> {
    fn evidence(&self, span: Span) -> Evidence {
        let (start, end) = self.points.span(span);
        Evidence { text: self.page.text.slice(span).into(), start, end, rule: String::new(), confidence: None }
    }

    fn sentence(&self, span: Span) -> Stretch {
        let sentence = self.page.text.sentences.get(self.page.text.sentence_at(span.start));
        sentence.map_or([0, 0], |s| {
            let (start, end) = self.points.span(s.span);
            [start, end]
        })
    }

    fn settled<T>(&self, record: &mut Record, name: &str, fact: &Settled<T>) {
        match fact {
            Settled::Is { evidence: Some(span), rule, confidence, .. } => {
                let evidence = Evidence { rule: rule.to_string(), confidence: Some(*confidence), ..self.evidence(*span) };
                record.evidence.insert(name.into(), evidence);
            }
            // no words of the text show it: what decided stands there alone
            Settled::Is { rule, confidence, .. } => {
                let evidence = Evidence { text: String::new(), start: 0, end: 0, rule: rule.to_string(), confidence: Some(*confidence) };
                record.evidence.insert(name.into(), evidence);
            }
            Settled::No(why) => {
                record.why.insert(name.into(), (*why).into());
            }
        }
    }

    fn mention(&self, m: &mention::Mention) -> Mention {
        let (start, end) = self.points.span(m.span);
        let main = self.page.languages.main.code();
        let mut out = Mention {
            kind: m.fact.kind().into(),
            text: self.page.text.slice(m.span).into(),
            start,
            end,
            language: self
                .page
                .language_of(self.page.text.token_at(m.span.start))
                .code()
                .filter(|code| Some(*code) != main)
                .map(Into::into),
            nested: m.nested,
            zone: if self.page.in_furniture(m.span) { "furniture" } else { "body" }.into(),
            sentence: self.sentence(m.span),
            rule: m.rule.printed(),
            confidence: m.confidence,
            because: m.because.clone(),
            ..Mention::default()
        };
        match &m.fact {
            Fact::Date(date) => {
                out.value = Some(printed(&date.value));
                out.role = Some(role_name(date.role).into());
                let part = |part| match part {
                    Part::Start => "start",
                    Part::Middle => "middle",
                    Part::End => "end",
                };
                let bound = |bound| match bound {
                    Bound::From => "from",
                    Bound::Until => "until",
                };
                out.date = boxed(DateFacts {
                    part: date.part.map(|at| part(at).into()),
                    bound: date.bound.map(|at| bound(at).into()),
                    ambiguous: date.alternative.is_some(),
                    alternative: date.alternative.as_ref().map(printed),
                });
            }
            Fact::Place(place) => {
                out.name = Some(place.name.clone());
                out.country = place.country.map(country);
                out.subtype = filled(place.kind);
                out.place = boxed(PlaceFacts {
                    latitude: place.coordinates.map(|c| degrees(c.0)),
                    longitude: place.coordinates.map(|c| degrees(c.1)),
                    geonames: place.geonames,
                    admin1: place.admin1.clone(),
                });
            }
            Fact::Organization(body) => {
                out.entity = Some(numbered('o', body.entity));
                out.name = Some(body.name.clone());
                out.country = body.country.map(country);
                out.subtype = filled(body.kind);
                let join = |join: &mention::Join| Join {
                    rule: join.rule.into(),
                    with: join.with.map_or_else(
                        || (*body.name).into(),
                        |span| self.page.text.slice(span).split_whitespace().collect::<Vec<_>>().join(" ").into(),
                    ),
                    document: None,
                };
                out.organization = boxed(BodyFacts {
                    acronym: body.acronym.as_deref().map(Into::into),
                    known: body.key.clone(),
                    joins: body.join.iter().map(join).collect(),
                });
            }
            Fact::Person(person) => {
                out.entity = Some(numbered('p', person.entity));
                out.name = Some(person.name.clone());
                out.person = boxed(PersonFacts {
                    post: person.post.map(|span| self.page.text.slice(span).into()),
                    body: person.body.map(|entity| numbered('o', entity)),
                });
            }
            Fact::Project(project) => {
                out.entity = Some(numbered('j', project.entity));
                out.name = Some(project.name.clone());
            }
            Fact::Money(money) => {
                out.money = boxed(MoneyFacts {
                    currency: Some(money.currency.into()),
                    amount: Some(money.amount),
                    upper: money.upper,
                    bound: money.bound.map(Into::into),
                });
            }
        }
        out
    }

    fn role(&self, role: &mention::Role) -> Role {
        let mut out = Role {
            entity: format!("o{}", role.entity),
            name: self.bodies.get(&role.entity).map(ToString::to_string).unwrap_or_default(),
            evidence: Some(self.evidence(role.evidence)),
            sentence: self.sentence(role.evidence),
            recipient: role.recipient.map(|entity| format!("o{entity}")),
            rule: role.rule.to_string(),
            confidence: role.confidence,
            because: role.because.iter().map(ToString::to_string).collect(),
            ..Role::default()
        };
        if let Some(Fact::Money(money)) = role.amount.map(|i| &self.mentions[i].fact) {
            out.amount = Some(money.amount);
            out.upper = money.upper;
            out.bound = money.bound.map(Into::into);
            out.currency = Some(money.currency.into());
        }
        if let Some(Fact::Project(project)) = role.project.map(|i| &self.mentions[i].fact) {
            out.project = Some(project.name.to_string());
        }
        if let Some(Fact::Date(date)) = role.period.map(|i| &self.mentions[i].fact) {
            out.period = Some(date.value.to_string());
        }
        out
    }
}

/// A code of two capitals, without a copy.
fn country(code: [u8; 2]) -> Name {
    /// All pairs of capitals, one after another.
    const PAIRS: [u8; 26 * 26 * 2] = {
        let mut pairs = [b'A'; 26 * 26 * 2];
        let mut at = 0;
        while at < 26 * 26 {
            pairs[at * 2] += (at / 26) as u8;
            pairs[at * 2 + 1] += (at % 26) as u8;
            at += 1;
        }
        pairs
    };
    static TEXT: &str = match std::str::from_utf8(&PAIRS) {
        Ok(text) => text,
        Err(_) => "",
    };
    let [first, second] = code.map(|letter| usize::from(letter.wrapping_sub(b'A')));
    let at = (first * 26 + second) * 2;
    match TEXT.get(at..at + 2) {
        Some(pair) if first < 26 && second < 26 => pair.into(),
        _ => String::from_utf8_lossy(&code).into_owned().into(),
    }
}

fn filled(kind: &'static str) -> Option<Name> {
    (!kind.is_empty()).then(|| kind.into())
}

/// The id of an entity in its document.
fn numbered(letter: char, number: u32) -> Box<str> {
    printed(&format_args!("{letter}{number}"))
}

/// What is printed, in no more memory than it takes.
fn printed(value: &impl std::fmt::Display) -> Box<str> {
    let mut short = Short { bytes: [0; 40], length: 0 };
    if write!(short, "{value}").is_ok()
        && let Ok(printed) = std::str::from_utf8(&short.bytes[..short.length])
    {
        return printed.into();
    }
    value.to_string().into()
}

/// Room for what is printed in few bytes.
struct Short {
    bytes: [u8; 40],
    length: usize,
}

impl Write for Short {
    fn write_str(&mut self, piece: &str) -> std::fmt::Result {
        let end = self.length + piece.len();
        self.bytes.get_mut(self.length..end).ok_or(std::fmt::Error)?.copy_from_slice(piece.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// Degrees as printed: five places, about a metre.
fn degrees(value: f32) -> f64 {
    (f64::from(value) * 1e5).round() / 1e5
}

fn role_name(role: DateRole) -> &'static str {
    match role {
        DateRole::Published => "published",
        DateRole::Event => "event",
        DateRole::Other => "other",
    }
}
