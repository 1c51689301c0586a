//! From what is found on a page to a record: offsets in code points, names and values as they are printed.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::found::boxed;
use super::{BodyFacts, DateFacts, EventPlace, Evidence, FurnitureWhy, Join, Mention, MoneyFacts, PersonFacts, PlaceFacts};
use super::{Record, Role, Sentence, Stretch};
use crate::dates::Value;
use crate::document::Document;
use crate::mention::{self, Bound, DateRole, Fact, Name, Part, RoleKind, Settled};
use crate::page::Page;
use crate::places;
use crate::span::{CodePoints, Span};

impl Record {
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
pub(super) fn country(code: [u8; 2]) -> Name {
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
