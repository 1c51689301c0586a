//! Who pays, who carries out, who organizes.
//!
//! A cue (`data/roles/cues.tsv`) says what a body does and on which side of it the body stands. For
//! each cue in a sentence the bodies of that side are collected as a coordinated list; what the cue
//! needs besides (money, a project, an event, a case) must stand near it, and no negation, wish or
//! condition may govern it. A body has a role once, with the evidence that is surest.
//!
//! Limits: no parse is made, so a role told over several sentences ("Two banks came. They pay.") is
//! seen only where each sentence names its bodies.

mod amounts;
mod bodies;
mod case;
mod cues;
mod lists;
mod sentence;
mod subjects;

use std::borrow::Cow;

use crate::mention::{Fact, Mention, Role, RoleKind, Rule};
use crate::page::Page;
use crate::span::Span;

use bodies::{bodies, for_support, holds_object, in_case, is_noun, is_stance, nearest, object_in, paid_by_other, past_dash};
use cues::{CUES, Cue, OBJECTS, Side};
use sentence::{Hit, Sentence, What};

/// Below this a reading is dropped.
const SURE_ENOUGH: f32 = 0.5;

/// How sure it is that the body behind "to" receives, beside who gives.
const RECEIVES: f32 = 0.85;

/// Why a donor is no source of the money but its channel: IATI's Extending.
pub(crate) const CHANNEL: &str = "the money goes through it";

/// Why a body answers for the work besides carrying it out: IATI's Accountable.
pub(crate) const ANSWERS: &str = "it answers for the work";

/// What a cue counts for that tells of another time.
const EARLIER: f32 = 0.56;

/// How many tokens the first lines of a release are, where its own year stands.
const HEAD: usize = 80;

/// How many items from a cue its object may stand.
const REACH: usize = 16;

/// How many of the bodies named last a pronoun may stand for.
const MEMORY: usize = 6;

/// Finds the parts that bodies play. `mentions` is final, in order of start, entities given.
#[must_use]
pub fn find(page: &Page, mentions: &[Mention]) -> Vec<Role> {
    let text = &page.text;
    let mut finder = Finder { page, mentions, roles: Vec::new(), year: latest_year(page), pending: None };
    let mut previous: Option<Sentence> = None;
    let (mut named, mut last_named) = (Vec::new(), 0);
    let mut mention = 0;
    for number in 0..text.sentences.len() {
        let span = text.sentences[number].span;
        while mentions.get(mention).is_some_and(|m| m.span.end <= span.start) {
            mention += 1;
        }
        let bodies = mentions[mention..].iter().take_while(|m| m.span.start < span.end).any(|m| matches!(m.fact, Fact::Organization(_)));
        let (first, end) = text.sentences[number].tokens;
        // a label may come a sentence before its bodies
        let next = text.sentences.get(number + 1).map_or(0, |s| s.span.end);
        let soon = mentions[mention..].iter().take_while(|m| m.span.start < next).any(|m| matches!(m.fact, Fact::Organization(_)));
        if (bodies || soon || !named.is_empty() || text.fold((end as usize).saturating_sub(1)) == ":") && !page.in_furniture(span) {
            let mut sentence = Sentence::new(page, mentions, first as usize, end as usize, mention);
            sentence.before.clone_from(&named);
            finder.sentence(number, &sentence, previous.as_ref());
            let bodies = sentence.bodies();
            if !bodies.is_empty() {
                named.extend(bodies);
                named.drain(..named.len().saturating_sub(MEMORY));
                last_named = number;
            }
            previous = Some(sentence);
        }
        if number > last_named + 2 {
            named.clear();
        }
    }
    finder.tie();
    amounts::tie(page, mentions, &mut finder.roles);
    for role in &mut finder.roles {
        role.confidence = measured(role.confidence);
    }
    finder.roles.sort_by_key(|r| (r.kind, r.body.start, r.entity));
    finder.roles
}

struct Finder<'s, 'p> {
    page: &'s Page<'p>,
    mentions: &'s [Mention],
    roles: Vec<Role>,
    /// The latest year that the release names.
    year: Option<u32>,
    /// A label whose bodies the next sentence may name: its row and words.
    pending: Option<(u16, Span)>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, number: usize, sentence: &Sentence, previous: Option<&Sentence>) {
        if let Some((row, evidence)) = self.pending.take() {
            // "It has two implementers. These are A and B."
            let cue = &CUES.rows[row as usize];
            let named = (0..sentence.items.len()).filter_map(|i| sentence.glue(i).filter(|(_, g)| i == 0 && g.these || g.is));
            let mut bodies: Vec<usize> =
                named.flat_map(|(end, _)| sentence.list_after(past_dash(sentence, end), false, cue.role)).collect();
            if !bodies.is_empty() {
                // "on the right A, on the left – B"
                let dashes = (0..sentence.items.len()).filter(|&i| sentence.word(i) == "-");
                bodies.extend(dashes.flat_map(|i| sentence.list_after(i + 1, true, cue.role)));
            }
            for body in bodies {
                self.push(sentence, cue.role, body, evidence, None, cue, 0.9);
            }
        }
        self.listed_with_project(sentence);
        self.between(sentence);
        for hit in &sentence.hits {
            let cue = &CUES.rows[hit.row as usize];
            let Some(mut weight) = self.weigh(sentence, previous, *hit, cue) else { continue };
            if self.outdone(sentence, *hit, cue) {
                continue;
            }
            let (mut bodies, named) = bodies(sentence, *hit, cue);
            if bodies.is_empty() {
                bodies = self.listed_below(number, sentence, *hit, cue);
            }
            if named && cue.side == Side::Before && !bodies.is_empty() {
                bodies.extend(sentence.partners_behind(hit.end, cue.role));
            }
            let spoken = named && !bodies.is_empty() || cue.side == Side::Verb && cue.confidence > 0.8;
            if spoken && matches!(cue.side, Side::Before | Side::Verb) && cue.role <= RoleKind::Organizer {
                bodies.extend(sentence.joined_behind(hit.end, cue.role));
            }
            if !named {
                weight *= 0.75;
            }
            if let Some(case) = cue.needs.case {
                bodies = in_case(sentence, *hit, cue, case, bodies);
            }
            let ahead = hit.end..(hit.end + 4).min(sentence.items.len());
            let counted = cue.side == Side::Verb && ahead.clone().any(|i| sentence.glue(i).is_some_and(|g| g.1.counted));
            let ends = hit.end + 4 > sentence.items.len() && (cue.side == Side::Label || counted);
            if bodies.is_empty() && ends && self.pending.is_none() {
                self.pending = Some((hit.row, sentence.text().span(sentence.items[hit.first].first, sentence.items[hit.end - 1].end - 1)));
            }
            if !named && bodies.len() > 1 && cue.role == RoleKind::Donor {
                continue; // "they" are as often the grants
            }
            if named && cue.role == RoleKind::Donor && matches!(cue.side, Side::Before | Side::Verb) && !bodies.is_empty() {
                if cue.needs.classes.contains(&"money") {
                    bodies.extend(sentence.gapped(hit.end, &bodies));
                }
                for recipient in sentence.receivers(hit.end, &bodies) {
                    self.add(sentence, RoleKind::Recipient, recipient, *hit, cue, weight * RECEIVES);
                }
            }
            for body in bodies {
                if cue.needs.funder && !sentence.pays(body) {
                    continue;
                }
                let mut kind = cue.role;
                let place = sentence.items.iter().position(|i| i.what == What::Body(body)).unwrap_or(hit.end);
                // "A, with funds from B, handed over": B pays
                let inserted = place < hit.first
                    && cue.needs.classes.contains(&"aid")
                    && sentence.hits.iter().any(|h| h.first > place && h.end <= hit.first && paid_by_other(sentence, h, body, 0));
                let other_pays = inserted || sentence.hits.iter().any(|h| paid_by_other(sentence, h, body, hit.end));
                // a project's name stands between: «по программе «Свет» Агентства»
                let parted = (hit.end..place).any(|i| matches!(sentence.items[i].what, What::Project(_)));
                if cue.needs.project_owner && parted && (other_pays || !sentence.pays_for_its_own(body)) {
                    continue;
                }
                if inserted && cue.role == RoleKind::Donor {
                    continue;
                }
                if cue.needs.project_owner && (other_pays || !sentence.pays_for_its_own(body)) {
                    if !other_pays && !sentence.pays(body) {
                        continue;
                    }
                    kind = RoleKind::Implementer;
                } else if other_pays
                    && matches!(cue.side, Side::Verb | Side::Before)
                    && cue.needs.classes.contains(&"money")
                    && cue.role == RoleKind::Donor
                {
                    continue; // "Parliament approved $20 million from the bank"
                }
                // «Финансирование осуществляется А»
                let money = |i: usize| matches!(sentence.word(i), "финансирование" | "софинансирование");
                if kind == RoleKind::Implementer && (hit.first.saturating_sub(10)..hit.first).any(money) {
                    kind = RoleKind::Donor;
                }
                self.add(sentence, kind, body, *hit, cue, weight);
            }
        }
    }

    /// Ties donors to those who receive in the same sentence, and to the period that it names.
    fn tie(&mut self) {
        let (text, mentions) = (&self.page.text, self.mentions);
        let sentence = |r: &Role| text.sentence_at(r.evidence.start);
        let recipients: Vec<(usize, u32)> =
            self.roles.iter().filter(|r| r.kind == RoleKind::Recipient).map(|r| (sentence(r), r.entity)).collect();
        for role in self.roles.iter_mut().filter(|r| r.kind == RoleKind::Donor) {
            let here = sentence(role);
            role.recipient = recipients.iter().find(|(s, entity)| *s == here && *entity != role.entity).map(|r| r.1);
        }
        for role in &mut self.roles {
            let Some(span) = text.sentences.get(sentence(role)).map(|s| s.span) else { continue };
            let from = mentions.partition_point(|m| m.span.start < span.start);
            let within = mentions[from..].iter().take_while(|m| m.span.start < span.end);
            role.period = within.zip(from..).find(|(m, _)| matches!(m.fact, Fact::Date(_)) && lasts(text, m.span)).map(|(_, i)| i);
        }
    }

    /// The bodies that begin the lines of a list below a cue: at the end of its line before a colon, or when it says
    /// that they follow.
    fn listed_below(&self, number: usize, sentence: &Sentence, hit: Hit, cue: &Cue) -> Vec<usize> {
        let text = &self.page.text;
        let last = sentence.items.len();
        let below = (hit.end..last).any(|i| sentence.glue(i).is_some_and(|g| g.1.below));
        let reach = match cue.side {
            Side::Label => 7,
            Side::Verb if cue.stands_alone() => 3,
            Side::After if cue.stands_alone() => 1,
            _ => return Vec::new(),
        };
        if !below && (last - hit.end > reach || sentence.word(last.wrapping_sub(1)) != ":") {
            return Vec::new();
        }
        let mut found = Vec::new();
        for next in &text.sentences[number + 1..] {
            let first = next.tokens.0 as usize;
            let line = text.tokens.get(first).map_or(0, |t| t.line as usize);
            if text.lines.get(line).is_none_or(|l| l.tokens.0 as usize != first) {
                continue; // a further sentence of a list's line
            }
            let mark = text.fold(first);
            let marked = matches!(mark, "-" | "*" | "•" | "·" | "▪" | ">" | "→" | "►" | "⋅" | "(")
                || mark.bytes().all(|b| b.is_ascii_digit())
                || mark.chars().count() == 1 && text.fold(first + 1) == ")";
            if !marked {
                break;
            }
            let from = self.mentions.partition_point(|m| m.span.end <= next.span.start);
            let line = Sentence::new(self.page, self.mentions, first, next.tokens.1 as usize, from);
            found.extend((1..line.items.len().min(6)).find_map(|i| line.body(i)));
        }
        found
    }

    /// Bodies that a project's own name says it is between carry it out: "Partnership between A and B".
    fn between(&mut self, sentence: &Sentence) {
        let text = sentence.text();
        for item in &sentence.items {
            let What::Project(project) = item.what else { continue };
            let Some(at) = (item.first..item.end).find(|&t| matches!(text.fold(t), "between" | "между")) else { continue };
            let bodies: Vec<usize> = sentence.inside(project).filter(|&b| text.tokens_in(self.mentions[b].span).start > at).collect();
            for &body in bodies.iter().filter(|_| bodies.len() > 1) {
                let Fact::Organization(fact) = &self.mentions[body].fact else { continue };
                if self.roles.iter().any(|r| r.kind == RoleKind::Implementer && r.entity == fact.entity) {
                    continue;
                }
                self.roles.push(Role {
                    kind: RoleKind::Implementer,
                    entity: fact.entity,
                    evidence: text.span(at, at),
                    body: self.mentions[body].span,
                    amount: None,
                    project: Some(project),
                    recipient: None,
                    period: None,
                    rule: Rule::Grammar("roles", "project between them"),
                    confidence: 0.7,
                    because: Vec::new(),
                });
            }
        }
    }

    /// A body that a list gives with a project of its own carries it out: "- the Десента fund, project …".
    fn listed_with_project(&mut self, sentence: &Sentence) {
        let Some(body) = (1..4).find_map(|i| sentence.body(i).map(|b| (i, b))) else { return };
        if !matches!(sentence.word(0), "-" | "*" | "•" | "·" | "▪") {
            return;
        }
        let own = (body.0 + 1..sentence.items.len().min(body.0 + 14)).find(|&i| match sentence.items[i].what {
            What::Project(_) => OBJECTS
                .get("project")
                .is_some_and(|o| (body.0 + 1..i).rev().take(3).any(|j| o.hold(sentence.text(), sentence.items[j].first))),
            _ => false,
        });
        let (Some(own), Fact::Organization(fact)) = (own, &self.mentions[body.1].fact) else { return };
        let What::Project(project) = sentence.items[own].what else { return };
        let span = sentence.text().span(sentence.items[body.0 + 1].first, sentence.items[own].end - 1);
        if self.roles.iter().any(|r| r.kind == RoleKind::Implementer && r.entity == fact.entity) {
            return;
        }
        self.roles.push(Role {
            kind: RoleKind::Implementer,
            entity: fact.entity,
            evidence: span,
            body: self.mentions[body.1].span,
            amount: None,
            project: Some(project),
            recipient: None,
            period: None,
            rule: Rule::Grammar("roles", "listed with its project"),
            confidence: 0.55,
            because: Vec::new(),
        });
    }

    /// Whether a cue holds where it stands, and how surely.
    fn weigh(&self, sentence: &Sentence, previous: Option<&Sentence>, hit: Hit, cue: &Cue) -> Option<f32> {
        let text = sentence.text();
        let russian = text.tokens[sentence.items[hit.first].first].script == crate::text::Script::Cyrillic;
        if cue.russian != russian && sentence.items[hit.first].what == What::Word {
            return None;
        }
        let back = |n: usize| hit.first.saturating_sub(n)..hit.first;
        let glue = |i: usize| sentence.glue(i).map(|g| g.1).unwrap_or_default();
        if back(if russian { 2 } else { 4 }).any(|i| glue(i).negates) || back(6).any(|i| glue(i).unreal) {
            return None;
        }
        if matches!(cue.side, Side::Before)
            && !russian
            && back(2).any(|i| glue(i).be)
            && !sentence.word(hit.first).ends_with("ing")
            && !cue.needs.predicate
        {
            return None;
        }
        if matches!(cue.side, Side::Before) && !russian && is_noun(sentence, hit) {
            return None;
        }
        // "A bill has received support from B"
        if cue.side == Side::After && cue.role == RoleKind::Donor && matches!(sentence.word(hit.first), "support" | "backing") {
            let stance = OBJECTS.get("stance");
            if back(12).any(|i| sentence.items[i].what == What::Word && stance.is_some_and(|o| o.hold(text, sentence.items[i].first))) {
                return None;
            }
        }
        if !cue.needs.classes.is_empty() && !holds_object(sentence, hit, cue) {
            // "It is coordinated by A": the sentence before says what
            let near = hit.first.saturating_sub(3)..(hit.end + 3).min(sentence.items.len());
            let titled = cue.needs.classes.contains(&"project") && sentence.names_something(hit.end);
            let meant = near.clone().any(|i| glue(i).object);
            let whole = |p: &Sentence| object_in(p, 0..p.items.len(), cue);
            let other = |p: &Sentence| (0..p.items.len()).any(|i| p.glue(i).is_some_and(|g| g.1.earlier));
            if !titled && (!meant || !(whole(sentence) || previous.is_some_and(|p| whole(p) && !other(p)))) {
                return None;
            }
        }
        if cue.needs.money_before && !back(4).any(|i| matches!(sentence.items[i].what, What::Money(_))) {
            // "The school got its grant from A"
            let got = back(7).any(|i| matches!(sentence.word(i), "got" | "received" | "receives") || sentence.word(i).starts_with("получ"));
            let money = OBJECTS.get("money");
            let given =
                back(9).any(|i| sentence.items[i].what == What::Word && money.is_some_and(|o| o.hold(text, sentence.items[i].first)));
            if !got || !given {
                return None;
            }
        }
        if cue.needs.paid && !sentence.hits.iter().any(|h| paid_by_other(sentence, h, usize::MAX, 0)) {
            return None;
        }
        if matches!(cue.side, Side::Before | Side::Verb) && cue.role == RoleKind::Donor && is_stance(sentence, hit) {
            return None;
        }
        if back(hit.first).chain(hit.end..(hit.end + 6).min(sentence.items.len())).any(|i| glue(i).elsewhere) {
            return None;
        }
        if cue.needs.led_in && !back(5).any(|i| glue(i).leads_in) {
            return None;
        }
        if cue.needs.for_support && !for_support(sentence, hit.end) {
            return None;
        }
        if cue.side == Side::Before && back(2).any(|i| sentence.word(i) == "had") {
            return Some(0.62); // "had approved": before what is reported
        }
        let earlier = (0..3.min(hit.first)).any(|i| glue(i).earlier) || back(3).any(|i| glue(i).earlier) || self.long_ago(sentence);
        Some(if earlier { EARLIER } else { 1.0 })
    }

    /// Whether another cue of the same words fits better: of "conducted by" the one whose object stands nearer.
    fn outdone(&self, sentence: &Sentence, hit: Hit, cue: &Cue) -> bool {
        if cue.needs.classes.is_empty() {
            return false;
        }
        let distance = |row: u16| {
            let other = &CUES.rows[row as usize];
            let passive = other.side == Side::After;
            let before = (0..hit.first).rev().take(REACH).position(|i| object_in(sentence, i..i + 1, other));
            let behind = (hit.end..sentence.items.len()).take(REACH).position(|i| object_in(sentence, i..i + 1, other));
            let far = |d: Option<usize>, by: usize| d.map_or(usize::MAX, |d| d + by);
            // what is done stands before a passive and behind an active verb
            if passive { far(before, 0).min(far(behind, REACH)) } else { far(behind, 0).min(far(before, 0)) }
        };
        let own = distance(hit.row);
        sentence.hits.iter().any(|h| {
            let other = &CUES.rows[h.row as usize];
            h.first == hit.first
                && h.row != hit.row
                && other.role != cue.role
                && !other.needs.classes.is_empty()
                && other.russian == cue.russian
                && other.confidence >= SURE_ENOUGH
                && other.role <= RoleKind::Organizer
                && distance(h.row) < own
        })
    }

    /// Whether the sentence tells of years long before the latest one of the release.
    fn long_ago(&self, sentence: &Sentence) -> bool {
        let Some(latest) = self.year else { return false };
        let years = || sentence.items.iter().flat_map(|i| i.first..i.end).filter_map(|t| year(sentence.text(), t).map(|y| (t, y)));
        let since = |t: usize| t > 0 && matches!(sentence.text().fold(t - 1), "since" | "с" | "from" | "-");
        years().next().is_some() && years().all(|(t, y)| y + 3 < latest && !since(t))
    }

    fn add(&mut self, sentence: &Sentence, kind: RoleKind, body: usize, hit: Hit, cue: &'static Cue, weight: f32) {
        let lead =
            (hit.first.saturating_sub(5)..hit.first).rev().find(|&i| cue.needs.led_in && sentence.glue(i).is_some_and(|g| g.1.leads_in));
        let first = sentence.items[lead.unwrap_or(hit.first)].first;
        let evidence = sentence.text().span(first, sentence.items[hit.end - 1].end - 1);
        self.push(sentence, kind, body, evidence, Some(hit), cue, weight);
    }

    #[allow(clippy::too_many_arguments)]
    fn push(&mut self, sentence: &Sentence, kind: RoleKind, body: usize, evidence: Span, hit: Option<Hit>, cue: &'static Cue, weight: f32) {
        let Fact::Organization(fact) = &self.mentions[body].fact else { return };
        let confidence = cue.confidence * weight;
        if confidence < SURE_ENOUGH || self.page.in_furniture(self.mentions[body].span) {
            return;
        }
        let mut because = Vec::new();
        if weight < 1.0 && kind != RoleKind::Recipient {
            because.push(Cow::Borrowed("meant by a pronoun, or told of another time"));
        }
        if kind == RoleKind::Donor && sentence.is_channel(body) {
            because.push(Cow::Borrowed(CHANNEL));
        }
        if cue.needs.accountable {
            because.push(Cow::Borrowed(ANSWERS));
        }
        let role = Role {
            kind,
            entity: fact.entity,
            evidence,
            body: self.mentions[body].span,
            amount: None,
            project: hit.and_then(|h| nearest(sentence, h, |w| matches!(w, What::Project(_)))),
            recipient: None,
            period: None,
            rule: Rule::Row("roles", Cow::Borrowed(cue.key.as_str())),
            confidence,
            because,
        };
        match self.roles.iter_mut().find(|r| r.kind == kind && r.entity == fact.entity) {
            // of equals the cue that stands nearer to the name
            Some(known) if known.confidence > confidence => {}
            Some(known) if known.confidence == confidence && apart(known.evidence, known.body) <= apart(role.evidence, role.body) => {}
            Some(known) => *known = role,
            None => self.roles.push(role),
        }
    }
}

/// How many bytes lie between two spans.
fn apart(a: Span, b: Span) -> u32 {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

/// The share of roles that were right among those of a cue's weight, over 500 annotated releases: what a confidence means.
fn measured(weight: f32) -> f32 {
    const SHARES: [(f32, f32); 6] = [(0.5, 0.6), (0.6, 0.78), (0.7, 0.89), (0.8, 0.94), (0.9, 0.98), (1.0, 0.995)];
    for pair in SHARES.windows(2) {
        if let [(from, low), (to, high)] = *pair
            && weight <= to
        {
            return low + (high - low) * ((weight - from) / (to - from)).clamp(0.0, 1.0);
        }
    }
    0.995
}

/// Whether a date is a stretch of years or months: "2017-2019", «на 2020 год».
fn lasts(text: &crate::text::Text, span: Span) -> bool {
    let tokens = text.tokens_in(span);
    let years = tokens.clone().filter(|&t| year(text, t).is_some()).count();
    let opened = tokens.start > 0 && matches!(text.fold(tokens.start - 1), "for" | "на" | "until" | "through");
    years > 1 || years == 1 && opened && tokens.len() < 3
}

/// A year as a token.
fn year(text: &crate::text::Text, token: usize) -> Option<u32> {
    let word = text.fold(token);
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1950..2060).contains(y))
}

/// The year that the release is of: the latest one in its first lines, else in all.
fn latest_year(page: &Page) -> Option<u32> {
    let text = &page.text;
    let years = |from: usize, to: usize| {
        (from..to).filter(|&t| !page.in_furniture(text.tokens[t].span)).filter_map(|t| year(text, t)).filter(|y| *y < 2031)
    };
    let head = text.tokens.len().min(HEAD);
    years(0, head).max().or_else(|| years(head, text.tokens.len()).max())
}
