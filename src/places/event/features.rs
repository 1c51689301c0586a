//! What speaks for each place of a release as that of its event, and for none of them.

use super::sentences::{self, Sentence};
use crate::mention::{DateRole, Fact, Mention, PlaceFact};
use crate::page::Page;
use crate::places::kinds;
use crate::span::Span;
use crate::text::{Kind, Script, Text};

/// Declares the features with their names, as they stand in the table of weights.
macro_rules! features {
    ($($name:ident)*) => {
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        enum F { $($name),* }
        /// The names of the features, in order.
        pub(super) const NAMES: [&str; COUNT] = [$(stringify!($name)),*];
        /// How many features there are.
        pub(super) const COUNT: usize = [$(F::$name),*].len();
    };
}

features! {
    settlement district admin1 country wide unlisted title title_where title_first dateline dateline_dated
    lead_where dated_where dated early often from_only listed kind_word main_country holds_other holds_many
    inside_listed stands_where where_often near_date nearest other_dated nested_dated nested_where toward
    body_dated body_lead origin after_noun starts late whole_alone country_dated_where country_share
    country_many district_title settlement_title_where settlement_late here held_where part_title abroad
    region_share refined_country visited dateline_alone dateline_rival capital admin1_title admin1_many
    only_settlement settlement_many rival_where refined_where holds_refined dateline_many undated_title
    undated_lead undated_where country_undated lead_held_where country_nation abroad_where title_dated held_at
    none
    none_undated none_money none_nowhere none_no_lead_where none_countries none_online none_statement
    none_dateline
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
    plain: u32,
    from: u32,
    wheres: u32,
    money: u32,
    nouns: u32,
    rank: u32,
    /// How often it stands outside a dateline and outside a longer name.
    outside: u32,
    /// The first such mention.
    first: Option<usize>,
}

impl Choice<'_> {
    fn set(&mut self, feature: F, on: bool) {
        if on {
            self.features[feature as usize] = 1.0;
        }
    }

    fn raise(&mut self, feature: F, value: f32) {
        let old = &mut self.features[feature as usize];
        *old = old.max(value);
    }

    fn has(&self, feature: F) -> bool {
        self.features[feature as usize] > 0.0
    }
}

/// The places of a release with what speaks for them, and what speaks for none.
pub(super) struct Options<'m> {
    pub places: Vec<Choice<'m>>,
    pub none: Features,
}

/// How many different places are looked at.
const MOST: usize = 64;

/// Words that say whither or near what.
const TOWARD: [&str; 12] = ["to", "into", "towards", "through", "near", "for", "под", "до", "через", "к", "около", "для"];
/// How far before a place the post may stand whose place it is.
const POST_REACH: usize = 8;
const WHERE: [&str; 5] = ["in", "at", "в", "во", "на"];

/// The places of the release with what speaks for them, and what speaks for none.
pub(super) fn read<'m>(page: &Page, mentions: &'m [Mention]) -> Options<'m> {
    let text = &page.text;
    let title = page.zones.title;
    let title_line = title.map(|t| text.tokens.get(text.token_at(t.start)).map_or(0, |t| t.line));
    let sentences = sentences::read(page, mentions, title_line);
    let any_dated = sentences.iter().any(|s| s.dated);
    let long = sentences.iter().filter(|s| s.rank.is_some()).count().max(1) as f32;
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
                    money: 0,
                    nouns: 0,
                    rank: 0,
                    outside: 0,
                    first: None,
                });
                choices.len() - 1
            }
            None => continue,
        };
        let first = text.token_at(mention.span.start);
        let sentence = sentences.get(text.sentence_at(mention.span.start)).copied().unwrap_or_default();
        let (at, before) = word_before(text, first);
        let word = before.map_or("", |b| text.fold(b));
        let attribute = is_attribute(text, mention.span, word) || before.is_some_and(|b| is_of_post(text, b));
        let free = !mention.nested && !attribute;
        let locative = WHERE.contains(&word);
        let from = matches!(word, "from" | "of" | "из" | "от" | "by" | "with" | "to" | "and" | "для");
        let in_title = title.is_some_and(|t| t.overlaps(mention.span));
        // of "Bishkek, Kyrgyzstan, 5 May –" the first
        let refines = n.checked_sub(1).is_some_and(|part| beside(text, mentions, part, n).is_some());
        let dateline = !in_title && !refines && is_dateline(page, mentions, n);
        let body = !dateline && !in_title;
        let lead = sentence.rank == Some(0);
        let second = sentence.rank == Some(1);
        // "UNDP in Kyrgyzstan": where a body works, not where something happens
        let after_body = locative
            && before.is_some_and(|b| {
                b.checked_sub(1).is_some_and(|seat| sentences::is_seat(text, seat))
                    || mentions[..n]
                        .iter()
                        .rev()
                        .take(4)
                        .any(|m| !matches!(m.fact, Fact::Place(_) | Fact::Date(_) | Fact::Money(_)) && text.tokens_in(m.span).end == b)
            });
        let after_noun = free && before.is_some_and(|b| b + 1 == at && is_head_noun(text, b));
        let owner = text.fold(text.tokens_in(mention.span).end) == "'";
        let place_where = locative && free && !after_body;
        let choice = &mut choices[i];
        choice.spans.push(mention.span);
        choice.plain += u32::from(free);
        choice.from += u32::from(from);
        choice.wheres += u32::from(place_where);
        choice.money += u32::from(sentence.money);
        choice.nouns += u32::from(after_noun || owner || after_body);
        choice.set(F::title, in_title && free);
        choice.set(F::title_where, in_title && locative && free);
        choice.set(F::title_first, title.is_some_and(|t| t.start == mention.span.start) && free);
        choice.set(F::dateline, dateline);
        choice.set(F::dateline_dated, dateline && any_dated);
        choice.set(F::lead_where, (lead || second) && place_where);
        choice.set(F::dated, sentence.dated && free && !in_title);
        choice.set(F::dated_where, sentence.dated && place_where);
        choice.set(F::stands_where, place_where);
        choice.set(F::kind_word, at < first && free);
        choice.set(F::listed, is_listed(text, mentions, n));
        choice.set(F::other_dated, sentence.other && !sentence.dated && body);
        choice.set(F::body_dated, sentence.dated && free && body);
        choice.set(F::body_lead, (lead || second) && free && body);
        choice.set(F::toward, TOWARD.contains(&word));
        choice.set(F::origin, matches!(word, "from" | "из") && free);
        choice.set(F::nested_dated, sentence.dated && !free);
        choice.set(F::after_noun, after_noun);
        choice.set(F::starts, free && body && before.is_none());
        choice.set(
            F::here,
            text.fold(text.tokens_in(mention.span).end) == ","
                && matches!(text.fold(text.tokens_in(mention.span).end + 1), "where" | "где"),
        );
        choice.set(F::held_at, place_where && body && sentence.held.is_some_and(|h| (h..h + 8).contains(&first)));
        choice.set(F::held_where, sentence.held.is_some() && place_where);
        choice.set(F::lead_held_where, (lead || second) && sentence.held.is_some() && place_where);
        choice.set(F::title_dated, in_title && sentence.dated && free);
        choice.set(F::visited, free && !from && sentence.visit.is_some_and(|v| (v..v + 7).contains(&first)));
        choice.set(F::country_nation, sentence.nation && free);
        match beside(text, mentions, n, n + 1) {
            Some(3) => choice.set(F::refined_country, free),
            Some(_) => choice.set(F::refined_where, place_where && body),
            None => {}
        }
        if let Some(before) = n.checked_sub(1).filter(|&part| beside(text, mentions, part, n).is_some_and(|size| size < 3)) {
            let (_, before) = word_before(text, text.token_at(mentions[before].span.start));
            choice.set(F::holds_refined, body && before.is_some_and(|b| WHERE.contains(&text.fold(b))));
        }
        if !dateline && free {
            choice.first.get_or_insert(n);
            choice.outside += 1;
        }
        if !free {
            let whole = mentions[n.saturating_sub(3)..n]
                .iter()
                .chain(mentions.get(n + 1))
                .find(|m| !matches!(m.fact, Fact::Place(_)) && m.span.contains(mention.span));
            if let Some(whole) = whole {
                let (_, before) = word_before(text, text.token_at(whole.span.start));
                choice.set(F::nested_where, before.is_some_and(|b| WHERE.contains(&text.fold(b))));
            }
        }
        if let Some(date) = sentence.date.filter(|_| free && body) {
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
    finish(&mut choices, any_dated);
    // a place that is never but part of a name or of a post is none where something happens
    choices.retain(|c| c.outside > 0 || c.has(F::dateline) || c.has(F::nested_where));
    let none = none(page, &choices, &sentences);
    Options { places: choices, none }
}

/// What speaks for none of the places.
fn none(page: &Page, choices: &[Choice], sentences: &[Sentence]) -> Features {
    let mut none = [0.0; COUNT];
    let mut set = |feature: F, value: f32| none[feature as usize] = value;
    let flag = |on: bool| f32::from(u8::from(on));
    let any = |feature: F| choices.iter().any(|c| c.has(feature));
    let title_sentence = page.zones.title.map(|t| page.text.sentence_at(t.start)).and_then(|n| sentences.get(n));
    let lead_money = sentences.iter().any(|s| s.rank == Some(0) && s.money);
    set(F::none, 1.0);
    set(F::none_undated, flag(!sentences.iter().any(|s| s.dated)));
    set(F::none_money, flag(title_sentence.is_some_and(|s| s.money) || lead_money));
    set(F::none_nowhere, flag(!any(F::stands_where)));
    set(F::none_no_lead_where, flag(!any(F::lead_where) && !any(F::title_where) && !any(F::dated_where)));
    let countries = choices.iter().filter(|c| c.place.kind == "country").count();
    set(F::none_countries, (1.0 + countries as f32).ln());
    let lead = |s: &&Sentence| matches!(s.rank, Some(0..=2));
    let main = |f: fn(&Sentence) -> bool| title_sentence.is_some_and(f) || sentences.iter().filter(lead).any(f);
    set(F::none_online, flag(main(|s| s.online)));
    set(F::none_statement, flag(main(|s| s.statement)));
    set(F::none_dateline, flag(any(F::dateline)));
    none
}

/// What depends on the other choices.
fn finish(choices: &mut [Choice], any_dated: bool) {
    let mut countries: Vec<([u8; 2], usize)> = Vec::new();
    for choice in choices.iter() {
        if let Some(country) = choice.place.country {
            match countries.iter_mut().find(|(c, _)| *c == country) {
                Some((_, n)) => *n += choice.spans.len(),
                None => countries.push((country, choice.spans.len())),
            }
        }
    }
    let all: usize = countries.iter().map(|(_, n)| n).sum();
    let main = countries.iter().max_by_key(|(_, n)| *n).map(|(c, _)| *c);
    struct Seen {
        name: crate::mention::Name,
        country: Option<[u8; 2]>,
        admin1: Option<crate::mention::Name>,
        size: Option<u8>,
        well: bool,
        listed: bool,
        plain: bool,
        title: bool,
        count: usize,
    }
    let seen: Vec<Seen> = choices
        .iter()
        .map(|c| Seen {
            name: c.place.name.clone(),
            country: c.place.country,
            admin1: c.place.admin1.clone(),
            size: size(c.place.kind),
            well: c.has(F::stands_where) || c.has(F::title),
            listed: c.has(F::listed),
            plain: c.plain > 0,
            title: c.has(F::title),
            count: c.spans.len(),
        })
        .collect();
    // places below a country that stand where something happens, besides in a dateline
    let choices_where: Vec<(crate::mention::Name, bool)> = choices
        .iter()
        .filter(|c| {
            size(c.place.kind).is_some_and(|s| s < 3)
                && !c.has(F::dateline)
                && (c.has(F::title) || c.has(F::lead_where) || c.has(F::dated_where))
        })
        .map(|c| (c.place.name.clone(), c.has(F::title)))
        .collect();
    let nearest = choices.iter().map(|c| c.features[F::near_date as usize]).fold(0.0, f32::max);
    let settlements = choices.iter().filter(|c| size(c.place.kind) == Some(0) && c.outside > 0).count();
    let rival = |name: &str| choices_where.iter().any(|(other, _)| other != name);
    let in_title = choices_where.iter().any(|(_, title)| *title);
    let datelines = choices.iter().filter(|c| c.has(F::dateline)).count();
    let mut firsts: Vec<usize> = choices.iter().filter_map(|c| c.first).collect();
    firsts.sort_unstable();
    for c in choices.iter_mut() {
        let order = c.first.map_or(firsts.len(), |first| firsts.partition_point(|f| *f < first));
        let kind = match c.place.kind {
            "country" => F::country,
            "admin1" => F::admin1,
            "district" | "municipality" => F::district,
            "area" | "sea" | "river" | "lake" | "desert" | "mountains" => F::wide,
            _ => F::settlement,
        };
        let count = c.spans.len() as u32;
        c.rank = order as u32;
        c.set(kind, true);
        c.set(F::unlisted, c.place.coordinates.is_none());
        c.features[F::early as usize] = 1.0 / (1.0 + order as f32);
        c.features[F::often as usize] = (count as f32).ln();
        c.features[F::where_often as usize] = (1.0 + c.wheres as f32).ln();
        c.set(F::from_only, c.from == count);
        c.set(F::main_country, c.place.country.is_some() && c.place.country == main);
        let share = c.place.country.and_then(|own| countries.iter().find(|(c, _)| *c == own)).map_or(0.0, |(_, n)| *n as f32 / all as f32);
        let own = size(c.place.kind);
        let within = |other: &&Seen| {
            other.country == c.place.country
                && other.name != c.place.name
                && own.zip(other.size).is_some_and(|(own, other)| other < own)
                && (c.place.kind == "country" || other.admin1.as_ref() == Some(&c.place.name) || own == Some(1))
        };
        let inside: Vec<&Seen> = if own.is_some_and(|o| o > 0) { seen.iter().filter(within).collect() } else { Vec::new() };
        c.set(F::holds_other, inside.iter().any(|s| s.well));
        c.features[F::holds_many as usize] = (1.0 + inside.iter().filter(|s| s.plain).count() as f32).ln();
        c.set(F::inside_listed, inside.iter().any(|s| s.listed));
        c.set(F::whole_alone, own.is_some_and(|o| o > 0) && inside.iter().all(|s| !s.plain));
        c.set(F::part_title, inside.iter().any(|s| s.title));
        c.set(F::abroad, share < 0.3);
        if c.place.admin1.is_some() {
            let near: usize = seen.iter().filter(|s| s.country == c.place.country && s.admin1 == c.place.admin1).map(|s| s.count).sum();
            c.features[F::region_share as usize] = near as f32 / all.max(1) as f32;
        }
        let capital = c.place.kind == "capital";
        c.set(F::capital, capital);
        c.set(F::dateline_many, c.has(F::dateline) && datelines > 2);
        if !any_dated {
            c.set(F::undated_title, c.has(F::title));
            c.set(F::undated_lead, c.has(F::body_lead));
            c.set(F::undated_where, c.has(F::stands_where));
            c.set(F::country_undated, c.place.kind == "country");
        }
        c.set(F::dateline_alone, c.has(F::dateline) && c.outside == 0);
        c.set(F::dateline_rival, c.has(F::dateline) && in_title && !c.has(F::title));
        c.set(F::rival_where, c.has(F::dateline) && rival(&c.place.name));
        c.set(F::abroad_where, share < 0.3 && (c.has(F::lead_where) || c.has(F::dated_where)));
        let near = c.features[F::near_date as usize];
        c.set(F::nearest, nearest > 0.0 && near >= nearest);
        match kind {
            F::country => {
                c.set(F::country_dated_where, c.has(F::dated_where));
                c.features[F::country_share as usize] = share;
                c.features[F::country_many as usize] = (countries.len() as f32).ln();
            }
            F::admin1 => {
                c.set(F::admin1_title, c.has(F::title));
                c.features[F::admin1_many as usize] = c.features[F::holds_many as usize];
            }
            F::district => {
                c.set(F::district_title, c.has(F::title));
            }
            F::settlement => {
                c.set(F::settlement_title_where, c.has(F::title_where));
                c.features[F::settlement_late as usize] = c.features[F::late as usize];
                c.set(F::only_settlement, settlements == 1 && c.outside > 0);
                c.features[F::settlement_many as usize] = (1.0 + settlements as f32).ln();
            }
            _ => {}
        }
        if !matches!(kind, F::country) {
            c.features[F::country_nation as usize] = 0.0;
        }
        if c.nouns < count {
            c.features[F::after_noun as usize] *= 0.5;
        }
    }
}

/// How large the place `large` is when it stands beside the smaller `small` and says where that
/// lies: "Kant (Chuy Region)", «в селе Мады Кара-Суйского района».
fn beside(text: &Text, mentions: &[Mention], small: usize, large: usize) -> Option<u8> {
    let (a, b) = (mentions.get(small)?, mentions.get(large)?);
    let (Fact::Place(part), Fact::Place(whole)) = (&a.fact, &b.fact) else { return None };
    let (from, to) = (text.tokens_in(a.span).end, text.tokens_in(b.span).start);
    let (part, whole) = (size(part.kind)?, size(whole.kind)?);
    let close = from <= to
        && to - from <= 3
        && text.same_line(from.checked_sub(1)?, to)
        && (from..to).all(|t| matches!(text.fold(t), "," | "(" | "of" | "in" | "the") || kinds::is_kind_at(text, t));
    (close && part < whole).then_some(whole)
}

/// Whether the words up to `last` say whose post or body it is that the place belongs to: "the
/// Deputy Minister of Culture of Georgia", «президента Республики Таджикистан».
fn is_of_post(text: &Text, last: usize) -> bool {
    let russian = text.tokens[last].script == Script::Cyrillic;
    if !russian && text.fold(last) != "of" {
        return false;
    }
    let sentence = text.tokens[last].sentence;
    for t in (last.saturating_sub(POST_REACH)..=last).rev() {
        let token = &text.tokens[t];
        let goes_on = if russian {
            token.script == Script::Cyrillic && (token.span.len() > 6 || text.fold(t) == "и" || token.is_capital())
        } else {
            token.is_capital() || matches!(text.fold(t), "of" | "and" | "the" | "for")
        };
        if token.kind != Kind::Word || token.sentence != sentence {
            return false;
        }
        if sentences::is_seat(text, t) {
            return true;
        }
        if !goes_on {
            return false;
        }
    }
    false
}

/// Whether an abbreviation only says whose something is: "the U.S. Ambassador", "UK experts".
fn is_attribute(text: &Text, span: Span, before: &str) -> bool {
    let tokens = text.tokens_in(span);
    let short = tokens
        .clone()
        .all(|t| text.tokens[t].kind == Kind::Mark || !text.str(t).contains(char::is_lowercase) && text.tokens[t].span.len() <= 4);
    let next = text.tokens.get(tokens.end);
    short
        && !WHERE.contains(&before)
        && text.tokens.get(tokens.start).is_some_and(|t| t.script == Script::Latin)
        && next.is_some_and(|t| t.kind == Kind::Word && text.same_line(tokens.start, tokens.end))
        && !matches!(text.fold(tokens.end), "and" | "or" | "to" | "in" | "on" | "for" | "will" | "has" | "have" | "is" | "are" | "was")
}

/// The first token of the place with the word for its kind, and the token of the word that says how it stands.
fn word_before(text: &Text, first: usize) -> (usize, Option<usize>) {
    let at = kinds::before(text, first).map_or(first, |(_, start)| start);
    let one_before = |t: usize| t.checked_sub(1).filter(|&b| text.same_line(b, first));
    let before = one_before(at);
    match before {
        Some(b) if text.fold(b) == "the" => (at, one_before(b)),
        _ => (at, before),
    }
}

/// Whether the word is a Russian noun whose genitive the place may be: «посол Японии».
fn is_head_noun(text: &Text, token: usize) -> bool {
    text.tokens
        .get(token)
        .is_some_and(|t| t.kind == Kind::Word && t.script == Script::Cyrillic && t.span.len() > 6 && t.case == crate::text::Case::Lower)
}

/// Whether the place stands at the head of a line with the day or a dash: "ALMATY, 5 May –".
fn is_dateline(page: &Page, mentions: &[Mention], n: usize) -> bool {
    let text = &page.text;
    let span = mentions[n].span;
    let first = text.token_at(span.start);
    let Some(token) = text.tokens.get(first) else { return false };
    let Some(line) = text.lines.get(token.line as usize) else { return false };
    let (start, stop) = (line.tokens.0 as usize, line.tokens.1 as usize);
    if first > start + 8 {
        return false;
    }
    let near = &mentions[n.saturating_sub(3)..(n + 4).min(mentions.len())];
    let covered = |t: usize| {
        let span = text.tokens[t].span;
        text.tokens[t].kind == Kind::Mark
            || matches!(text.fold(t), "г" | "гор")
            || near.iter().any(|m| matches!(m.fact, Fact::Place(_) | Fact::Date(_)) && m.span.contains(span))
    };
    let end = text.tokens.partition_point(|t| t.span.end <= span.end);
    let dated = near.iter().any(|m| {
        matches!(&m.fact, Fact::Date(d) if d.role != DateRole::Other)
            && text.tokens.get(text.token_at(m.span.start)).is_some_and(|t| t.line == token.line)
            && text.token_at(m.span.start).abs_diff(first) <= 8
    });
    // "Published 13.11.2017 DUSHANBE, November 13, Asia-Plus --"
    let signed = dated && (end + 1..stop.min(end + 12)).any(|t| text.tokens[t].spaced && text.fold(t) == "-") && text.fold(end) == ",";
    if !(start..first).all(covered) {
        return signed;
    }
    let marked = (end..stop.min(end + 4)).any(|t| text.tokens[t].spaced && text.fold(t) == "-")
        && (end..stop.min(end + 4)).take_while(|&t| text.fold(t) != "-").all(covered);
    let followed = matches!(text.fold(end), "," | "." | "-" | "(" | "/" | ":") || end >= stop;
    (dated && followed) || marked
}

/// How large a kind of place is: a settlement 0, a district 1, a region 2, a country 3.
fn size(kind: &str) -> Option<u8> {
    Some(match kind {
        "country" => 3,
        "admin1" => 2,
        "district" | "municipality" => 1,
        "area" | "sea" | "river" | "lake" | "desert" | "mountains" => return None,
        _ => 0,
    })
}

/// Whether places of the same rank stand on both sides or after it: a list.
fn is_listed(text: &Text, mentions: &[Mention], n: usize) -> bool {
    let rank = |m: &Mention| match &m.fact {
        Fact::Place(place) if !m.nested => Some(matches!(place.kind, "country" | "area")),
        _ => None,
    };
    let Some(own) = rank(&mentions[n]) else { return false };
    let joined = |a: &Mention, b: &Mention| {
        let (from, to) = (text.token_at(a.span.end), text.token_at(b.span.start));
        from <= to && to - from <= 2 && (from..to).all(|t| matches!(text.fold(t), "," | "and" | "и" | "-" | ";")) && from < to
    };
    let same = |m: &Mention| rank(m) == Some(own) && kind(m) == kind(&mentions[n]);
    let next = mentions.get(n + 1).is_some_and(|m| same(m) && joined(&mentions[n], m));
    let last = n.checked_sub(1).and_then(|p| mentions.get(p)).is_some_and(|m| same(m) && joined(m, &mentions[n]));
    next || last
}

fn kind(mention: &Mention) -> &'static str {
    match &mention.fact {
        Fact::Place(place) => place.kind,
        _ => "",
    }
}
