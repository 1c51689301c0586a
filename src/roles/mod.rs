//! Who pays, who carries out, who organizes.
//!
//! A cue (`data/roles/cues.tsv`) says what a body does and on which side of it the body stands. For
//! each cue in a sentence the bodies of that side are collected as a coordinated list; what the cue
//! needs besides (money, a project, an event, a case) must stand near it, and no negation, wish or
//! condition may govern it. A body has a role once, with the evidence that is surest.
//!
//! Limits: no parse is made, so a role told over several sentences ("Two banks came. They pay.") is
//! seen only where each sentence names its bodies.

mod along;
mod amounts;
mod bodies;
mod case;
mod cues;
mod doubts;
mod groups;
mod listed;
mod lists;
mod sentence;
mod shares;
mod subjects;
mod weight;

use std::borrow::Cow;

use crate::mention::{Fact, Mention, Role, RoleKind, Rule};
use crate::page::Page;
use crate::span::Span;
use crate::text::Facts;

use bodies::{bodies, buys, country_at, in_case, led_payer, nearest, paid_by_other, past_dash, subject_pays, supports_own};
use cues::{CARRIERS, CUES, Cue, Side};
use sentence::{Before, Hit, Sentence, What, is_article};

/// Below this a reading is dropped.
const SURE_ENOUGH: f32 = 0.5;

/// How sure it is that the body behind "to" receives, beside who gives.
const RECEIVES: f32 = 0.85;

/// Why a donor is no source of the money but its channel: IATI's Extending.
pub(crate) const CHANNEL: &str = "the money goes through it";

/// Why a body answers for the work besides carrying it out: IATI's Accountable.
pub(crate) const ANSWERS: &str = "it answers for the work";

/// Above this a cue says that a body pays, whatever else it does.
const PAYS: f32 = 0.84;

/// Below this a cue may tell of one that hands over what others paid for.
const GIVES: f32 = 0.74;

/// Above this a cue says that a country pays.
const COUNTRY_PAYS: f32 = 0.78;

/// Below this a cue does not say that a parliament pays: it passes bills on what others pay.
const LAWMAKER_PAYS: f32 = 0.86;

/// Below this a cue does not say that a parliament carries out a project: it founds and continues what others run.
const LAWMAKER_CARRIES_OUT: f32 = 0.75;

/// How many tokens the first lines of a release are, where its own year stands.
const HEAD: usize = 80;

/// How many of the bodies named last a pronoun may stand for.
const MEMORY: usize = 6;

/// What the tables of roles say of a word.
pub(crate) fn facts(hash: u64, fold: &str) -> u64 {
    cues::facts(hash, fold)
}

/// Finds the parts that bodies play. `mentions` is final, in order of start, entities given.
#[must_use]
pub fn find(page: &Page, mentions: &[Mention]) -> Vec<Role> {
    let text = &page.text;
    let mut finder = Finder { page, mentions, roles: Vec::new(), year: latest_year(page), country_pays: false, pending: None };
    let mut previous: Option<Before> = None;
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
            let here = Before::new(page, mentions, (first as usize, end as usize), mention);
            // a sentence without a body, a project or a cue says nothing by itself
            if finder.pending.is_some() || here.may_tell(span) {
                let mut sentence = here.read();
                sentence.before.clone_from(&named);
                finder.sentence(number, &sentence, previous.as_ref());
                let bodies = sentence.bodies();
                if !bodies.is_empty() {
                    named.extend(bodies);
                    named.drain(..named.len().saturating_sub(MEMORY));
                    last_named = number;
                }
            }
            previous = Some(here);
        }
        if number > last_named + 2 {
            named.clear();
        }
    }
    finder.hosts();
    finder.carriers();
    finder.trainers();
    finder.helpers();
    let mut roles = finder.roles;
    for role in &mut roles {
        role.confidence = measured(role.confidence);
    }
    tie(page, mentions, &mut roles);
    amounts::tie(page, mentions, &mut roles);
    roles.sort_by_key(|r| (r.kind, r.body.start, r.entity));
    roles
}

/// Ties donors to those who receive in the same sentence, and to the period that it names.
fn tie(page: &Page, mentions: &[Mention], roles: &mut [Role]) {
    let text = &page.text;
    let sentence = |r: &Role| text.sentence_at(r.evidence.start);
    let recipients: Vec<(usize, u32)> = roles.iter().filter(|r| r.kind == RoleKind::Recipient).map(|r| (sentence(r), r.entity)).collect();
    for role in roles.iter_mut().filter(|r| r.kind == RoleKind::Donor) {
        let here = sentence(role);
        role.recipient = recipients.iter().find(|(s, entity)| *s == here && *entity != role.entity).map(|r| r.1);
    }
    for role in roles {
        let Some(span) = text.sentences.get(sentence(role)).map(|s| s.span) else { continue };
        let from = mentions.partition_point(|m| m.span.start < span.start);
        let within = mentions[from..].iter().take_while(|m| m.span.start < span.end);
        role.period = within.zip(from..).find(|(m, _)| matches!(m.fact, Fact::Date(_)) && lasts(text, m.span)).map(|(_, i)| i);
    }
}

struct Finder<'s, 'p> {
    page: &'s Page<'p>,
    mentions: &'s [Mention],
    roles: Vec<Role>,
    /// The latest year that the release names.
    year: Option<u32>,
    /// A country is told to pay: "financed by Japan".
    country_pays: bool,
    /// A label whose bodies the next sentence may name: its row and words.
    pending: Option<(u16, Span)>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, number: usize, sentence: &Sentence, previous: Option<&Before>) {
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
        self.lenders(sentence);
        self.between(sentence);
        for hit in &sentence.hits {
            let cue = &CUES.rows[hit.row as usize];
            let Some(mut weight) = self.weigh(sentence, previous, *hit, cue) else { continue };
            if self.outdone(sentence, *hit, cue) {
                continue;
            }
            self.country_pays |= cue.role == RoleKind::Donor && cue.confidence > COUNTRY_PAYS && country_at(sentence, *hit, cue);
            let (mut bodies, named) = bodies(sentence, *hit, cue);
            // "by UN agencies, namely:" names whose they are, and then them
            if bodies.is_empty() || sentence.ends_in_namely(hit.end) {
                let below = self.listed_below(number, sentence, *hit, cue);
                bodies = if below.is_empty() { bodies } else { below };
            }
            if named && cue.side == Side::Before && !bodies.is_empty() {
                bodies.extend(sentence.partners_behind(hit.end, cue.role));
            }
            let spoken = named && !bodies.is_empty() || cue.side == Side::Verb && cue.confidence > 0.8;
            if spoken && matches!(cue.side, Side::Before | Side::Verb) && matches!(cue.role, RoleKind::Implementer | RoleKind::Organizer) {
                bodies.extend(sentence.joined_ahead(&bodies, cue.role));
            }
            // "It carries out the project together with A"
            let meant = !bodies.is_empty() && cue.role != RoleKind::Donor;
            if (spoken || meant) && matches!(cue.side, Side::Before | Side::Verb) && cue.role <= RoleKind::Organizer {
                bodies.extend(sentence.joined_behind(hit.end, cue.role));
            }
            // "with the support of A in cooperation with B": B works along
            let support = matches!(
                sentence.word(hit.first),
                "support" | "assistance" | "help" | "aid" | "backing" | "funding" | "funds" | "financing" | "money" | "grant" | "grants"
            );
            if (cue.needs.led_in || cue.role == RoleKind::Donor && support) && bodies.len() > 1 {
                bodies.retain(|&b| !sentence.works_along(b));
            }
            if cue.side == Side::After && !bodies.is_empty() && matches!(cue.role, RoleKind::Implementer | RoleKind::Organizer) {
                bodies.extend(
                    sentence.joined_past_support(hit.end, cue.role).into_iter().filter(|b| !bodies.contains(b)).collect::<Vec<_>>(),
                );
            }
            if !named {
                weight *= 0.75;
            }
            if cue.needs.several && bodies.len() < 2 {
                continue;
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
                let carries = sentence.is_to_carry_out(hit.end);
                // "supported A to implement the project"
                let helped = hit.end + usize::from(is_article(sentence.word(hit.end)));
                if let Some(body) = sentence.body(helped).filter(|b| carries && !bodies.contains(b)) {
                    self.add(sentence, RoleKind::Implementer, body, *hit, cue, weight * RECEIVES);
                }
                for recipient in sentence.receivers(hit.end, &bodies) {
                    if carries {
                        self.add(sentence, RoleKind::Implementer, recipient, *hit, cue, weight * RECEIVES);
                    }
                    self.add(sentence, RoleKind::Recipient, recipient, *hit, cue, weight * RECEIVES);
                }
            }
            if cue.side == Side::Before && bodies.first().is_some_and(|&b| sentence.is_told(b)) {
                continue;
            }
            bodies.retain(|&b| !sentence.names_law(b));
            // «А получил от Б грант на реализацию проекта»
            let gets = cue.role == RoleKind::Donor && cue.side == Side::After && sentence.word(hit.first).starts_with("получ");
            if gets && sentence.is_to_carry_out(hit.end) {
                for body in sentence.subject_before(hit.first, false).0 {
                    self.add(sentence, RoleKind::Implementer, body, *hit, cue, weight * RECEIVES);
                }
            }
            // "A, in cooperation with B, supported the fair": B works along, it does not pay
            if cue.role == RoleKind::Donor && matches!(cue.side, Side::Before | Side::Verb) && bodies.len() > 1 {
                bodies.retain(|&b| !sentence.works_along(b));
            }
            for body in bodies {
                // a parliament approves what others pay, and founds what others run
                let gives = ["money", "aid"].iter().any(|class| cue.needs.classes.contains(class))
                    || sentence.word(hit.first).starts_with("поддерж");
                let surely = match cue.role {
                    RoleKind::Donor => !gives && cue.confidence > LAWMAKER_PAYS,
                    RoleKind::Implementer => cue.confidence > LAWMAKER_CARRIES_OUT,
                    _ => true,
                };
                if !surely && sentence.makes_laws(body) {
                    continue;
                }
                if cue.needs.funder && !sentence.pays(body) || cue.needs.lender && !sentence.lends(body) {
                    continue;
                }
                let mut kind = cue.role;
                let place = sentence.items.iter().position(|i| i.what == What::Body(body)).unwrap_or(hit.end);
                // "A, with funds from B, handed over": B pays
                let inserted = place < hit.first
                    && cue.needs.classes.contains(&"aid")
                    && sentence.hits.iter().any(|h| h.first > place && h.end <= hit.first && paid_by_other(sentence, h, body, 0));
                // «Проект А оплатило правительство»
                let bought = cue.needs.project_owner
                    && sentence
                        .hits
                        .iter()
                        .any(|h| buys(sentence, h, body) || supports_own(sentence, h, hit) && subject_pays(sentence, h, body));
                let other_pays = inserted
                    || bought
                    || sentence.hits.iter().any(|h| !supports_own(sentence, hit, h) && paid_by_other(sentence, h, body, hit.end));
                // a project's name stands between: «по программе «Свет» Агентства»
                let parted = (hit.end..place).any(|i| matches!(sentence.items[i].what, What::Project(_)));
                if cue.needs.project_owner && parted && (other_pays || !sentence.pays_for_its_own(body)) {
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
                // «При поддержке А центр закупил приборы»: A pays, the centre carries out
                if kind == RoleKind::Donor
                    && cue.needs.classes.contains(&"aid")
                    && matches!(cue.side, Side::Verb | Side::Before)
                    && (inserted || sentence.hits.iter().any(|h| h.first < hit.first && led_payer(sentence, h, body)))
                {
                    kind = RoleKind::Implementer;
                }
                // a bank or an agency that launches a project pays for it
                let launches = ["launch", "start", "beg", "initiat", "запуст", "запуск", "нача"]
                    .iter()
                    .any(|s| sentence.word(hit.first).starts_with(s));
                let aided = || sentence.hits.iter().any(|h| led_payer(sentence, h, body));
                if kind == RoleKind::Implementer
                    && launches
                    && !other_pays
                    && sentence.lends(body)
                    && (sentence.is_known(body) || !sentence.names_fund(body))
                    && sentence.pays_for_its_own(body)
                    && !aided()
                {
                    kind = RoleKind::Donor;
                }
                self.add(sentence, kind, sentence.principal(body), *hit, cue, weight);
                // who gets money to carry out a project does so
                if kind == RoleKind::Recipient && sentence.is_to_carry_out(hit.end) {
                    self.add(sentence, RoleKind::Implementer, body, *hit, cue, weight);
                }
            }
        }
    }

    /// Who only "hosted" what others are said to organize gave it a place.
    fn hosts(&mut self) {
        let hosted = |r: &Role| {
            matches!(self.page.text.fold(self.page.text.tokens_in(r.evidence).start), "hosted" | "hosts" | "принимал" | "принял")
        };
        let named = |r: &Role| {
            let evidence = self.page.text.tokens_in(r.evidence);
            evidence.clone().any(|t| ["organi", "организ"].iter().any(|stem| self.page.text.fold(t).starts_with(stem)))
        };
        let organized = self.roles.iter().any(|r| r.kind == RoleKind::Organizer && named(r) && r.confidence > 0.8);
        if !organized {
            return;
        }
        let only: Vec<usize> =
            (0..self.roles.len()).filter(|&i| self.roles[i].kind == RoleKind::Organizer && hosted(&self.roles[i])).collect();
        let told = |r: &Role| self.page.text.sentence_at(r.evidence.start);
        for i in only {
            let here = told(&self.roles[i]);
            if !self.roles.iter().any(|r| r.kind == RoleKind::Organizer && named(r) && told(r) == here) {
                self.roles[i].kind = RoleKind::Host;
            }
        }
    }

    /// Who organizes a training "trains": no project is carried out by that alone.
    fn trainers(&mut self) {
        let organizers: Vec<u32> = self.roles.iter().filter(|r| r.kind == RoleKind::Organizer).map(|r| r.entity).collect();
        let text = &self.page.text;
        self.roles.retain(|r| {
            let first = text.fold(text.tokens_in(r.evidence).start);
            let trains = ["train", "taught", "обуч"].iter().any(|stem| first.starts_with(stem));
            r.kind != RoleKind::Implementer || !trains || !organizers.contains(&r.entity)
        });
    }

    /// Who carries out what another pays for "helps" by that: no donor beside the one that is told to pay.
    fn helpers(&mut self) {
        let sure = |role: &&Role, kind| role.kind == kind && role.confidence > PAYS;
        let carriers: Vec<u32> = self.roles.iter().filter(|r| sure(r, RoleKind::Implementer)).map(|r| r.entity).collect();
        let paid = |entity: u32| self.roles.iter().any(|r| sure(&r, RoleKind::Donor) && r.entity != entity);
        let text = &self.page.text;
        let helps = |r: &Role| {
            let first = text.fold(text.tokens_in(r.evidence).start);
            r.kind == RoleKind::Donor && ["help", "assist", "помог"].iter().any(|stem| first.starts_with(stem))
        };
        let only: Vec<usize> = (0..self.roles.len())
            .filter(|&i| helps(&self.roles[i]) && carriers.contains(&self.roles[i].entity) && paid(self.roles[i].entity))
            .collect();
        for i in only.into_iter().rev() {
            self.roles.remove(i);
        }
    }

    /// A body that carries out with others' money, and only handed something over, gave what the others paid for.
    fn carriers(&mut self) {
        let gives = |r: &Role| r.kind == RoleKind::Donor && r.confidence < GIVES;
        let carries = |r: &Role| {
            let named = self.mentions.partition_point(|m| m.span.start < r.body.start);
            self.mentions[named..].iter().take_while(|m| m.span.start == r.body.start).any(|m| match &m.fact {
                Fact::Organization(o) => o.key.as_deref().is_some_and(|key| CARRIERS.contains(key)),
                _ => false,
            })
        };
        if !self.country_pays && !self.roles.iter().any(|r| r.kind == RoleKind::Donor && r.confidence > PAYS) {
            return;
        }
        let found: Vec<usize> = (0..self.roles.len()).filter(|&i| gives(&self.roles[i]) && carries(&self.roles[i])).collect();
        for i in found.into_iter().rev() {
            let entity = self.roles[i].entity;
            if self.roles.iter().any(|r| r.kind == RoleKind::Implementer && r.entity == entity) {
                self.roles.remove(i);
            } else {
                self.roles[i].kind = RoleKind::Implementer;
            }
        }
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
        let told = text.candidates(from..to, Facts::NUMBER).filter_map(|t| Some((t, year(text, t)?)));
        told.filter(|&(t, y)| y < 2031 && !page.in_furniture(text.tokens[t].span)).map(|(_, y)| y)
    };
    let head = text.tokens.len().min(HEAD);
    years(0, head).max().or_else(|| years(head, text.tokens.len()).max())
}
