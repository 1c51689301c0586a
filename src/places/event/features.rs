//! What speaks for each place of a release as that of its event, and for none of them.

use super::compare::{finish, none};
use super::sentences;
use super::standing::*;
use crate::lexicon::hints::{self, Hint};
use crate::mention::{DateRole, Fact, Mention, PlaceFact};
use crate::page::Page;
use crate::span::Span;

/// Declares the features with their names, as they stand in the table of weights.
macro_rules! features {
    ($($name:ident)*) => {
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        pub(super) enum F { $($name),* }
        /// The names of the features, in order.
        pub(super) const NAMES: [&str; COUNT] = [$(stringify!($name)),*];
        /// How many features there are.
        pub(super) const COUNT: usize = [$(F::$name),*].len();
    };
}

features! {
    settlement district admin1 country wide unlisted title title_where dateline dateline_dated lead_where
    dated_where dated early often from_only listed kind_word main_country holds_other inside_listed
    stands_where where_often near_date nearest other_dated nested_dated nested_where toward body_dated
    body_lead origin starts late whole_alone country_share country_many settlement_title_where settlement_late
    here held_where abroad region_share refined_country visited dateline_rival capital admin1_many
    only_settlement settlement_many dateline_many undated_where country_undated abroad_where chain_where
    body_where near_happening first_site only_site sites outdone dateline_happening never_outside
    undated_site dateline_wire dateline_own title_label refines refines_title strength
    strongest rival_strength dateline_same_day dateline_shared hosts seat_only whole_title_site unsupported
    spoken_only across siblings gathers title_nested lead_only dateline_outdone wire_outdone
    one_of_country dateline_opening wire_opening also_larger
    none none_online_event none_call none_result none_only_countries none_places none_siteless_date
    none_title_where none_sites none_no_happening none_undated none_money none_no_lead_where none_countries
    none_online none_statement none_strength none_study none_title_place
}

/// The value of each feature.
pub(super) type Features = [f32; COUNT];

/// The number of a feature by its name.
pub(super) fn named(name: &str) -> Option<usize> {
    NAMES.iter().position(|f| *f == name)
}

/// A place that may be that of the event.
pub(super) struct Choice<'m> {
    pub place: &'m PlaceFact,
    /// The mention that shows it best.
    pub mention: Span,
    /// All its mentions.
    pub spans: Vec<Span>,
    pub features: Features,
    /// How well the best mention shows it.
    shown: f32,
    pub(super) plain: u32,
    pub(super) from: u32,
    pub(super) wheres: u32,
    /// How often it stands outside a dateline and outside a longer name.
    pub(super) outside: u32,
    /// The first such mention.
    pub(super) first: Option<usize>,
    /// The first mention that says where something happens, outside the headline.
    pub(super) site: Option<usize>,
    /// How many such mentions there are.
    pub(super) sites: u32,
    /// How strongly the best of them says so.
    pub(super) strength: f32,
    /// How often it stands in a list, and in sentences of other dates.
    lists: u32,
    others: u32,
    /// How often it says no more than where a body has its seat.
    pub(super) seats: u32,
    /// The line of its last dateline.
    pub(super) line: Option<u32>,
    /// How often it stands in direct speech.
    pub(super) spoken: u32,
    /// The largest place that it names, as a settlement and its district may share a name.
    pub(super) large: Option<Size>,
    /// The places it is said to lie in, as bits.
    pub(super) inside: u64,
    /// Whether it is in the first sentence, outside a dateline.
    pub(super) opening: bool,
}

impl Choice<'_> {
    pub(super) fn set(&mut self, feature: F, on: bool) {
        if on {
            self.features[feature as usize] = 1.0;
        }
    }

    pub(super) fn raise(&mut self, feature: F, value: f32) {
        let old = &mut self.features[feature as usize];
        *old = old.max(value);
    }

    pub(super) fn has(&self, feature: F) -> bool {
        self.features[feature as usize] > 0.0
    }
}

/// The places of a release with what speaks for them, and what speaks for none.
pub(super) struct Options<'m> {
    pub places: Vec<Choice<'m>>,
    pub none: Features,
}

/// How many different places are looked at; as many as a word has bits, for what lies in what.
const MOST: usize = 64;

/// The places of the release with what speaks for them, and what speaks for none.
pub(super) fn read<'m>(page: &Page, mentions: &'m [Mention]) -> Options<'m> {
    let text = &page.text;
    let title = page.zones.title;
    let title_line = title.map(|t| text.tokens.get(text.token_at(t.start)).map_or(0, |t| t.line));
    let sentences = sentences::read(page, mentions, title_line);
    let any_dated = sentences.all.iter().any(|s| s.dated);
    let same_day = is_same_day(mentions);
    let quotations = text.quotations();
    let mut last: Option<(usize, usize)> = None;
    let mut joint: Option<(usize, Site)> = None;
    let long = sentences.all.iter().filter(|s| s.rank.is_some()).count().max(1) as f32;
    let mut choices: Vec<Choice> = Vec::new();
    for (n, mention) in mentions.iter().enumerate().filter(|(_, m)| !page.in_furniture(m.span)) {
        let Fact::Place(place) = &mention.fact else { continue };
        let i = match choices.iter().position(|c| c.place.name == place.name && c.place.country == place.country) {
            Some(i) => i,
            None if choices.len() < MOST => {
                choices.push(Choice {
                    place,
                    mention: mention.span,
                    spans: Vec::new(),
                    features: [0.0; COUNT],
                    shown: -1.0,
                    plain: 0,
                    from: 0,
                    wheres: 0,
                    outside: 0,
                    first: None,
                    site: None,
                    sites: 0,
                    strength: 0.0,
                    lists: 0,
                    others: 0,
                    seats: 0,
                    line: None,
                    spoken: 0,
                    large: None,
                    inside: 0,
                    opening: false,
                });
                choices.len() - 1
            }
            None => continue,
        };
        let first = text.token_at(mention.span.start);
        let sentence = sentences.get(text.sentence_at(mention.span.start));
        let (at, before) = word_before(text, first);
        let word = before.map_or("", |b| text.fold(b));
        let attribute = is_attribute(text, mention.span, word) || before.is_some_and(|b| is_of_post(text, b));
        let free = !mention.nested && !attribute;
        let goal = sentences.is_goal(first);
        let locative = WHERE.contains(&word) || goal;
        let from = !goal && hints::is(word, Hint::AWAY);
        let in_title = title.is_some_and(|t| t.overlaps(mention.span));
        // of "Bishkek, Kyrgyzstan, 5 May –" the first
        let refines = n.checked_sub(1).is_some_and(|part| beside(text, mentions, part, n).is_some());
        let ends = sentence.after + 1 >= long as u32;
        let dateline = !in_title && !refines && (sentence.after < 3 || ends) && is_dateline(page, mentions, n);
        // "TAJIKISTAN, November 1 –": a country says nothing there
        let free = free && !(dateline && place.kind == "country");
        let dateline = dateline && place.kind != "country";
        let body = !dateline && !in_title;
        // a newswire's dateline says where the report was written
        let wire = dateline && mentions[n..].iter().skip(1).take(5).any(|m| is_media(m) && text.token_at(m.span.start) < first + 14);
        let lead = sentence.rank == Some(0);
        let second = sentence.rank == Some(1);
        // "UNDP in Kyrgyzstan": where a body works, not where something happens
        let seat = before.filter(|_| locative).and_then(|b| {
            let ends = |m: &&Mention| !matches!(m.fact, Fact::Place(_) | Fact::Date(_) | Fact::Money(_)) && text.tokens_in(m.span).end == b;
            let body = mentions[..n].iter().rev().take(4).find(ends).map(|m| text.token_at(m.span.start));
            // "the Ambassador of Japan in Tajikistan"
            let whose = mentions[..n].iter().rev().take(4).find(|m| matches!(m.fact, Fact::Place(_)) && text.tokens_in(m.span).end == b);
            let last = whose.map_or(b, |m| text.token_at(m.span.start));
            let last = if matches!(text.fold(last.wrapping_sub(1)), "of" | "the") { last.saturating_sub(1) } else { last };
            body.or_else(|| last.checked_sub(1).filter(|&seat| sentences::is_seat(text, seat)))
        });
        let after_body = seat.is_some();
        let spoken = !mention.nested && quotations.hold(first);
        // «в селе Мады Кара-Суйского района»: what lies in it is where
        let outer = last.filter(|(m, _)| m + 1 == n && beside(text, mentions, *m, n).is_some()).map(|(_, part)| part);
        last = Some((n, i));
        let place_where = locative && free && !after_body && !spoken;
        let whole = if mention.nested { whole_of(mentions, n) } else { None };
        let site = match whole {
            _ if attribute || spoken || outer.is_some() => Site::No,
            Some(whole) => {
                let (_, before) = word_before(text, text.token_at(whole.start));
                let start = text.token_at(whole.start);
                // "the handover ceremony of “A school in Sayod village”"
                let opened = size(place.kind) < Some(Size::Region) && locative && sentences.near(text, start).is_some_and(|near| near <= 6);
                if opened || before.is_some_and(|b| is_governed(text, mentions, b)) { Site::Body } else { Site::No }
            }
            None if mention.nested => Site::No,
            None if goal => Site::Direct,
            // "visited the hospital in Osh"
            None if seat.is_some_and(|seat| sentences.is_goal(seat) || seat > 0 && sentences.is_goal(seat - 1)) => Site::Body,
            None => site(text, mentions, before, seat),
        };
        // "in Osh, Uzgen and Naryn": the preposition of the first stands for all
        let site = match joint {
            Some((before, same)) if site == Site::No && free && !spoken && outer.is_none() && before + 1 == n => {
                if are_joined(text, &mentions[before], mention) { same } else { site }
            }
            _ => site,
        };
        if site != Site::No {
            joint = Some((n, site));
        }
        let happens = sentence.held.is_some() || sentence.event;
        let listed = is_listed(text, mentions, n);
        let strength = if !dateline && site != Site::No {
            let way = match site {
                Site::Direct => 1.0,
                Site::Body if mention.nested => 0.6,
                Site::Body => 0.8,
                _ => 0.7,
            };
            let near = sentences.near(text, first).map_or(0.2, |near| 1.0 / (1.0 + near as f32 / 8.0));
            let when = if sentence.dated || in_title {
                1.0
            } else if sentence.other {
                0.4
            } else if lead || second {
                0.8
            } else {
                0.5
            };
            way * near * when * if listed { 0.3 } else { 1.0 }
        } else {
            0.0
        };
        let choice = &mut choices[i];
        choice.spans.push(mention.span);
        choice.spoken += u32::from(spoken);
        choice.large = choice.large.max(size_here(text, mention));
        choice.plain += u32::from(free);
        choice.seats += u32::from(site == Site::No && (after_body || !free));
        choice.from += u32::from(from);
        choice.wheres += u32::from(place_where);
        choice.set(F::title, in_title && free);
        choice.set(F::title_where, in_title && locative && free);
        choice.set(F::dateline, dateline);
        choice.set(F::dateline_wire, wire);
        choice.set(F::dateline_same_day, dateline && same_day);
        if dateline {
            choice.line = text.tokens.get(first).map(|t| t.line);
        }
        choice.set(F::dateline_dated, dateline && any_dated);
        choice.set(F::lead_where, (lead || second) && place_where);
        choice.set(F::dated, sentence.dated && free && body && outer.is_none());
        choice.set(F::dated_where, sentence.dated && place_where);
        choice.set(F::stands_where, place_where);
        choice.set(F::kind_word, at < first && free);
        choice.lists += u32::from(listed && free);
        choice.features[F::listed as usize] = choice.lists as f32 / choice.plain.max(1) as f32;
        if !in_title {
            choice.strength = choice.strength.max(strength);
        }
        choice.set(F::title_label, in_title && free && before.is_none() && text.fold(text.tokens_in(mention.span).end) == ":");
        choice.set(F::refines, free && body && beside(text, mentions, n, n + 1).is_some_and(|size| size < Size::Country));
        choice.set(F::refines_title, free && in_title && beside(text, mentions, n, n + 1).is_some());
        choice.others += u32::from(sentence.other && !sentence.dated && body && free);
        choice.features[F::other_dated as usize] = choice.others as f32 / choice.plain.max(1) as f32;
        choice.set(F::body_dated, sentence.dated && free && body && outer.is_none());
        choice.set(F::body_lead, (lead || second) && free && body && outer.is_none());
        choice.set(F::toward, hints::is(word, Hint::TOWARD) && !goal);
        choice.set(F::origin, matches!(word, "from" | "из") && free);
        choice.set(F::nested_dated, sentence.dated && !free);
        choice.set(F::starts, free && body && before.is_none());
        choice.set(F::across, free && matches!(word, "across" | "throughout" | "по" | "всему" | "всей"));
        choice.set(F::title_nested, in_title && mention.nested);
        choice.opening |= lead && !dateline && free && !refines;
        choice.set(F::hosts, free && body && sentences::is_held(text, text.tokens_in(mention.span).end));
        choice.set(
            F::here,
            text.fold(text.tokens_in(mention.span).end) == ","
                && matches!(text.fold(text.tokens_in(mention.span).end + 1), "where" | "где"),
        );
        choice.set(F::held_where, sentence.held.is_some() && place_where);
        choice.set(F::chain_where, site == Site::Chain && body);
        choice.set(F::body_where, site == Site::Body && body);
        if site != Site::No && happens && !in_title {
            choice.site.get_or_insert(n);
            choice.sites += 1;
            choice.set(F::undated_site, !any_dated);
        }
        if let Some(near) = sentences.near(text, first).filter(|_| site != Site::No) {
            choice.raise(F::near_happening, 1.0 / (1.0 + near as f32 / 6.0));
        }
        let visited = sentence.visit.is_some_and(|v| {
            (v..v + 9).contains(&first)
                && !mentions[..n]
                    .iter()
                    .rev()
                    .take(6)
                    .any(|m| matches!(m.fact, Fact::Place(_)) && !m.nested && text.token_at(m.span.start) >= v)
        });
        choice.set(F::visited, free && matches!(word, "to" | "the" | "in" | "в") | (!from && !locative) && visited);
        choice.set(F::refined_country, free && beside(text, mentions, n, n + 1) == Some(Size::Country));
        if !dateline && free {
            choice.first.get_or_insert(n);
            choice.outside += 1;
        }
        if let Some(part) = outer {
            choices[part].inside |= 1 << i;
        }
        let choice = &mut choices[i];
        if whole.is_some() {
            choice.set(F::nested_where, site != Site::No);
        }
        if let Some(date) = sentence.date.filter(|_| free && body && outer.is_none()) {
            let near = 1.0 / (1.0 + date.abs_diff(first) as f32 / 4.0);
            choice.raise(F::near_date, near);
        }
        if choice.spans.len() == 1 && !in_title && !dateline {
            choice.features[F::late as usize] = sentence.rank.map_or(0.5, |r| r as f32) / long;
        }
        let shown = f32::from(u8::from(locative)) + f32::from(u8::from(sentence.dated)) + f32::from(u8::from(free));
        if shown > choice.shown {
            choice.shown = shown;
            choice.mention = mention.span;
        }
    }
    let lead_happens = sentences.all.iter().any(|s| s.rank == Some(0) && (s.held.is_some() || s.event));
    finish(&mut choices, any_dated, lead_happens);
    let none = none(page, &choices, &sentences.all);
    Options { places: choices, none }
}

/// Whether the event's day is that of the release.
fn is_same_day(mentions: &[Mention]) -> bool {
    let day = |role: DateRole| {
        mentions.iter().find_map(|m| match &m.fact {
            Fact::Date(date) if date.role == role => Some(&date.value),
            _ => None,
        })
    };
    day(DateRole::Event).is_some_and(|event| day(DateRole::Published) == Some(event))
}
