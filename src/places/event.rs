//! Where the main event happens.
//!
//! The dateline, the headline and the sentences that report say where; the place from which
//! somebody comes and the seat of an office do not. The most specific place wins among those
//! that are equally well placed.

use crate::mention::{DateRole, Fact, Mention, Rule, Settled};
use crate::page::Page;
use crate::span::Span;

/// The place of the main event.
#[derive(Clone, Debug)]
pub struct EventPlace {
    /// The mention it comes from.
    pub mention: Span,
    /// The usual English name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<[u8; 2]>,
}

/// Where the main event takes place: the mention's span and the place itself.
#[must_use]
pub fn event_place(page: &Page, mentions: &[Mention]) -> Settled<EventPlace> {
    let text = &page.text;
    let mut best: Option<(f32, &Mention)> = None;
    let event_sentences: Vec<usize> = mentions
        .iter()
        .filter(|m| matches!(&m.fact, Fact::Date(d) if d.role == DateRole::Event) && !page.in_furniture(m.span))
        .map(|m| text.sentence_at(m.span.start))
        .collect();
    for (n, mention) in mentions.iter().filter(|m| !page.in_furniture(m.span)).enumerate() {
        let Fact::Place(place) = &mention.fact else { continue };
        let first = text.token_at(mention.span.start);
        let before = first.checked_sub(1).filter(|&b| text.same_line(b, first)).map_or("", |b| text.fold(b));
        let mut score: f32 = match place.kind {
            "country" => 0.0,
            "area" | "sea" | "river" | "lake" => -0.5,
            "admin1" => 0.8,
            "district" | "valley" => 1.2,
            _ => 1.5,
        };
        score += match before {
            "in" | "at" | "в" | "во" | "на" => 1.0,
            "from" | "of" | "из" | "от" | "by" | "with" => -0.8,
            "." | "г" => 0.6,
            _ => 0.0,
        };
        if mention.nested {
            score -= 2.0;
        }
        if event_sentences.contains(&text.sentence_at(mention.span.start)) {
            score += 1.5;
        }
        if page.zones.title.is_some_and(|t| t.overlaps(mention.span)) {
            score += 0.7;
        }
        score -= (n as f32) * 0.03;
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, mention));
        }
    }
    match best {
        Some((score, mention)) if score > 0.5 => {
            let Fact::Place(place) = &mention.fact else { return Settled::No("no place in text") };
            Settled::Is {
                value: EventPlace { mention: mention.span, name: place.name.to_string(), country: place.country },
                evidence: Some(mention.span),
                rule: Rule::Grammar("places", "event"),
                confidence: (0.4 + score * 0.12).clamp(0.1, 0.95),
            }
        }
        Some(_) => Settled::No("no place is said to be that of the event"),
        None => Settled::No("no place in text"),
    }
}
