//! Where the main event happens.
//!
//! Every place of the release is weighed by how it stands there: its kind, the headline, the
//! dateline, a preposition that says where, the sentences that report what happens or carry the
//! event's date, what comes before it ("from", «из»), whether it stands in a list. One more choice
//! is that there is no such place. The weights in `data/places/event_weights.tsv` were fitted by
//! maximum likelihood (a softmax over the choices, with a Gaussian prior) on annotated releases;
//! cue words stand in `data/places/event_cues.tsv`.

use std::sync::LazyLock;

use super::kinds;
use crate::mention::{DateRole, Fact, Mention, PlaceFact, Rule, Settled};
use crate::page::Page;
use crate::span::Span;
use crate::table;
use crate::text::{Kind, Phrases, Text};

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

/// What speaks for a choice, by name as in the table of weights.
const FEATURES: [&str; 49] = [
    "settlement",
    "district",
    "admin1",
    "country",
    "wide",
    "title",
    "title_where",
    "dateline",
    "dateline_dated",
    "lead_where",
    "lead",
    "dated_where",
    "dated",
    "happens_where",
    "happens",
    "early",
    "often",
    "nested_only",
    "from_only",
    "listed",
    "kind_word",
    "main_country",
    "holds_other",
    "first",
    "where",
    "title_whole_of_other",
    "near_date",
    "where_near_date",
    "nearest",
    "other_dated",
    "nested_dated",
    "nested_title",
    "nested_lead",
    "nested_where",
    "toward",
    "dateline_only",
    "body_dated",
    "body_lead",
    "before_whole",
    "whole_of_last",
    "origin",
    "body_share",
    "none",
    "none_undated",
    "none_money",
    "none_many",
    "none_no_title",
    "none_dateline",
    "none_short",
];

fn feature(name: &str) -> usize {
    FEATURES.iter().position(|f| *f == name).unwrap_or(0)
}

static WEIGHTS: LazyLock<[f32; FEATURES.len()]> = LazyLock::new(|| {
    let mut weights = [0.0; FEATURES.len()];
    for [name, weight] in table::rows::<2>(include_str!("../../data/places/event_weights.tsv")) {
        weights[feature(name)] = weight.parse().unwrap_or(0.0);
    }
    weights
});

static CUES: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    let mut cues = Phrases::default();
    for [word, class] in table::rows::<2>(include_str!("../../data/places/event_cues.tsv")) {
        cues.insert(word, class == "money");
    }
    cues
});

type Features = [f32; FEATURES.len()];

struct Choice<'m> {
    place: &'m PlaceFact,
    mention: Span,
    /// How well the mention that shows it stands.
    shown: f32,
    count: u32,
    plain: u32,
    from: u32,
    features: Features,
}

/// Words that say whither or near what.
const TOWARD: [&str; 12] = ["to", "into", "towards", "through", "near", "for", "под", "до", "через", "к", "около", "для"];

/// What a sentence is to the event.
#[derive(Clone, Copy, Default)]
struct Sentence {
    /// The token of the event's date.
    date: Option<usize>,
    dated: bool,
    other: bool,
    happens: bool,
    money: bool,
}

/// Where the main event takes place: the mention's span and the place itself.
#[must_use]
pub fn event_place(page: &Page, mentions: &[Mention]) -> Settled<EventPlace> {
    let (choices, none) = choices(page, mentions);
    let weigh = |features: &Features| -> f32 { features.iter().zip(WEIGHTS.iter()).map(|(f, w)| f * w).sum() };
    let nothing = weigh(&none);
    let weights: Vec<f32> = choices.iter().map(|c| weigh(&c.features)).collect();
    let best = weights.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
    let Some((i, &most)) = best else { return Settled::No("no place in text") };
    if most <= nothing {
        return Settled::No("no place is said to be that of the event");
    }
    let sum: f32 = weights.iter().chain([&nothing]).map(|w| (w - most).exp()).sum();
    let chosen = &choices[i];
    Settled::Is {
        value: EventPlace { mention: chosen.mention, name: chosen.place.name.to_string(), country: chosen.place.country },
        evidence: Some(chosen.mention),
        rule: Rule::Grammar("places", "event"),
        confidence: (1.0 / sum).clamp(0.05, 0.99),
    }
}

/// The places of the release with what speaks for them, and what speaks for none.
fn choices<'m>(page: &Page, mentions: &'m [Mention]) -> (Vec<Choice<'m>>, Features) {
    let text = &page.text;
    let sentences = sentences(page, mentions);
    let title = page.zones.title;
    let title_line = title.map(|t| text.tokens.get(text.token_at(t.start)).map_or(0, |t| t.line));
    let lead = lead_sentences(page, mentions, title_line);
    let mut choices: Vec<Choice> = Vec::new();
    let mut any_dateline = false;
    for (n, mention) in mentions.iter().enumerate().filter(|(_, m)| !page.in_furniture(m.span)) {
        let Fact::Place(place) = &mention.fact else { continue };
        let i = match choices.iter().position(|c| c.place.name == place.name && c.place.country == place.country) {
            Some(i) => i,
            None if choices.len() < 64 => {
                choices.push(Choice {
                    place,
                    mention: mention.span,
                    shown: -1.0,
                    count: 0,
                    plain: 0,
                    from: 0,
                    features: [0.0; FEATURES.len()],
                });
                choices.len() - 1
            }
            None => continue,
        };
        let first = text.token_at(mention.span.start);
        let sentence_number = text.sentence_at(mention.span.start);
        let sentence = sentences.get(sentence_number).copied().unwrap_or_default();
        let (at, before) = word_before(text, first);
        let locative = matches!(before, "in" | "at" | "в" | "во" | "на");
        let from = matches!(before, "from" | "of" | "из" | "от" | "by" | "with" | "to" | "and" | "для");
        let in_title = title.is_some_and(|t| t.overlaps(mention.span));
        let dateline = !in_title && is_dateline(page, mentions, n);
        any_dateline |= dateline;
        let choice = &mut choices[i];
        choice.count += 1;
        choice.plain += u32::from(!mention.nested);
        choice.from += u32::from(from);
        let free = !mention.nested;
        let mut set = |name: &str, on: bool| {
            if on {
                choice.features[feature(name)] = 1.0;
            }
        };
        set("title", in_title && free);
        set("title_where", in_title && locative && free);
        set("dateline", dateline);
        set("dateline_dated", dateline && sentences.iter().any(|s| s.dated));
        let is_lead = lead.contains(&sentence_number);
        set("lead", is_lead && free);
        set("lead_where", is_lead && locative && free);
        set("dated", sentence.dated && free && !in_title);
        set("dated_where", sentence.dated && locative && free);
        set("happens", sentence.happens && free);
        set("happens_where", sentence.happens && locative && free);
        set("where", locative && free);
        set("kind_word", at < first && free);
        set("listed", is_listed(text, mentions, n));
        let body = !dateline && !in_title;
        set("other_dated", sentence.other && !sentence.dated && body);
        set("body_dated", sentence.dated && free && body);
        set("body_lead", is_lead && free && body);
        set("toward", TOWARD.contains(&before));
        set("origin", matches!(before, "from" | "из") && free);
        set("nested_dated", sentence.dated && !free);
        set("nested_title", in_title && !free);
        set("nested_lead", is_lead && !free);
        if !free {
            let whole = mentions[n.saturating_sub(3)..n]
                .iter()
                .chain(mentions.get(n + 1))
                .find(|m| !matches!(m.fact, Fact::Place(_)) && m.span.contains(mention.span));
            if let Some(whole) = whole {
                let (_, before) = word_before(text, text.token_at(whole.span.start));
                set("nested_where", matches!(before, "in" | "at" | "в" | "во" | "на"));
            }
        }
        let joins = |a: &Mention, b: &Mention| {
            let (from, to) = (text.token_at(a.span.end), text.token_at(b.span.start));
            from <= to && to - from <= 2 && (from..to).all(|t| matches!(text.fold(t), "," | "of" | "the" | "in" | "("))
        };
        let larger = |a: &Mention, b: &Mention| rank(a).zip(rank(b)).is_some_and(|(a, b)| a < b);
        set("before_whole", mentions.get(n + 1).is_some_and(|m| larger(mention, m) && joins(mention, m)));
        set("whole_of_last", n.checked_sub(1).and_then(|p| mentions.get(p)).is_some_and(|m| larger(m, mention) && joins(m, mention)));
        if let Some(date) = sentence.date.filter(|_| free && body) {
            let near = 1.0 / (1.0 + date.abs_diff(first) as f32 / 4.0);
            for (name, on) in [("near_date", true), ("where_near_date", locative)] {
                let value = &mut choice.features[feature(name)];
                if on && *value < near {
                    *value = near;
                }
            }
        }
        let shown = f32::from(u8::from(locative)) + f32::from(u8::from(sentence.dated)) + f32::from(u8::from(free));
        if shown > choice.shown {
            choice.shown = shown;
            choice.mention = mention.span;
        }
    }
    finish(&mut choices);
    let mut none = [0.0; FEATURES.len()];
    none[feature("none")] = 1.0;
    let mut set = |name: &str, value: f32| none[feature(name)] = value;
    set("none_undated", f32::from(u8::from(!sentences.iter().any(|s| s.dated))));
    let title_sentence = title.map(|t| text.sentence_at(t.start));
    set("none_money", f32::from(u8::from(title_sentence.and_then(|n| sentences.get(n)).is_some_and(|s| s.money))));
    set("none_many", (choices.len() as f32 + 1.0).ln());
    set("none_no_title", f32::from(u8::from(!choices.iter().any(|c| c.features[feature("title")] > 0.0))));
    set("none_dateline", f32::from(u8::from(any_dateline)));
    set("none_short", f32::from(u8::from(choices.len() <= 1)));
    (choices, none)
}

/// What depends on the other choices.
fn finish(choices: &mut [Choice]) {
    let mut main: Vec<([u8; 2], u32)> = Vec::new();
    for choice in choices.iter() {
        if let Some(country) = choice.place.country {
            match main.iter_mut().find(|(c, _)| *c == country) {
                Some((_, n)) => *n += choice.count,
                None => main.push((country, choice.count)),
            }
        }
    }
    let main = main.iter().max_by_key(|(_, n)| *n).map(|(c, _)| *c);
    let places: Vec<(&PlaceFact, bool)> =
        choices.iter().map(|c| (c.place, c.features[feature("where")] > 0.0 || c.features[feature("title")] > 0.0)).collect();
    let near = feature("near_date");
    let nearest = choices.iter().map(|c| c.features[near]).fold(0.0, f32::max);
    let body = |f: &Features| f[feature("body_dated")] > 0.0 || f[feature("body_lead")] > 0.0;
    let body_count = choices.iter().filter(|c| body(&c.features)).count() as f32;
    for (rank, choice) in choices.iter_mut().enumerate() {
        let kind = match choice.place.kind {
            "country" => "country",
            "admin1" => "admin1",
            "district" | "municipality" => "district",
            "area" | "sea" | "river" | "lake" | "desert" | "mountains" => "wide",
            _ => "settlement",
        };
        let f = &mut choice.features;
        f[feature(kind)] = 1.0;
        f[feature("early")] = 1.0 / (1.0 + rank as f32);
        f[feature("first")] = f32::from(u8::from(rank == 0));
        f[feature("often")] = (choice.count as f32).ln();
        f[feature("nested_only")] = f32::from(u8::from(choice.plain == 0));
        f[feature("from_only")] = f32::from(u8::from(choice.from == choice.count));
        f[feature("main_country")] = f32::from(u8::from(choice.place.country.is_some() && choice.place.country == main));
        let holds = places.iter().any(|(other, well)| {
            *well
                && other.country == choice.place.country
                && other.name != choice.place.name
                && (choice.place.kind == "country" && other.kind != "country" || other.admin1.as_ref() == Some(&choice.place.name))
        });
        f[feature("holds_other")] = f32::from(u8::from(holds));
        f[feature("nearest")] = f32::from(u8::from(nearest > 0.0 && f[near] >= nearest));
        f[feature("dateline_only")] = f32::from(u8::from(f[feature("dateline")] > 0.0 && body_count == 0.0));
        f[feature("body_share")] = if body(f) { 1.0 / body_count } else { 0.0 };
        if holds && f[feature("title")] > 0.0 {
            f[feature("title_whole_of_other")] = 1.0;
        }
    }
}

/// The word that says how a place stands, and the first token of the place with the word for its kind.
fn word_before<'t>(text: &'t Text, first: usize) -> (usize, &'t str) {
    let mut at = first;
    if let Some((_, start)) = kinds::before(text, first) {
        at = start;
    }
    let Some(mut before) = at.checked_sub(1).filter(|&b| text.same_line(b, first)) else { return (at, "") };
    if text.fold(before) == "the" {
        match before.checked_sub(1).filter(|&b| text.same_line(b, first)) {
            Some(b) => before = b,
            None => return (at, ""),
        }
    }
    (at, text.fold(before))
}

/// What each sentence is to the event.
fn sentences(page: &Page, mentions: &[Mention]) -> Vec<Sentence> {
    let text = &page.text;
    let mut out = vec![Sentence::default(); text.sentences.len()];
    for mention in mentions.iter().filter(|m| !page.in_furniture(m.span)) {
        if let Fact::Date(date) = &mention.fact
            && let Some(sentence) = out.get_mut(text.sentence_at(mention.span.start))
        {
            match date.role {
                DateRole::Event => {
                    sentence.dated = true;
                    sentence.date.get_or_insert(text.token_at(mention.span.start));
                }
                DateRole::Other => sentence.other = true,
                DateRole::Published => {}
            }
        }
    }
    for (at, token) in text.tokens.iter().enumerate().filter(|(_, t)| t.kind == Kind::Word && t.span.len() > 2) {
        if let Some((_, &money)) = CUES.longest(text, at)
            && let Some(sentence) = out.get_mut(token.sentence as usize)
        {
            sentence.money |= money;
            sentence.happens |= !money;
        }
    }
    out
}

/// The first two sentences of the release after its headline, those of a few words left out.
fn lead_sentences(page: &Page, _mentions: &[Mention], title_line: Option<u32>) -> Vec<usize> {
    let text = &page.text;
    let from = title_line.map_or(0, |line| line + 1);
    text.sentences
        .iter()
        .enumerate()
        .filter(|(_, s)| s.tokens.1 - s.tokens.0 >= 8)
        .filter(|(_, s)| text.tokens.get(s.tokens.0 as usize).is_some_and(|t| t.line >= from))
        .filter(|(_, s)| !page.in_furniture(s.span))
        .map(|(n, _)| n)
        .take(2)
        .collect()
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
    if !(start..first).all(covered) {
        return false;
    }
    let end = text.tokens.partition_point(|t| t.span.end <= span.end);
    let dated = near.iter().any(|m| {
        matches!(&m.fact, Fact::Date(d) if d.role != DateRole::Other)
            && text.tokens.get(text.token_at(m.span.start)).is_some_and(|t| t.line == token.line)
            && text.token_at(m.span.start).abs_diff(first) <= 8
    });
    let marked = (end..stop.min(end + 4)).any(|t| text.tokens[t].spaced && text.fold(t) == "-")
        && (end..stop.min(end + 4)).take_while(|&t| text.fold(t) != "-").all(covered);
    let followed = matches!(text.fold(end), "," | "." | "-" | "(" | "/" | ":") || end >= stop;
    (dated && followed) || marked
}

/// How large a place is: a settlement 0, a district 1, a region 2, a country 3.
fn rank(mention: &Mention) -> Option<u8> {
    let Fact::Place(place) = &mention.fact else { return None };
    Some(match place.kind {
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

#[cfg(test)]
mod tests {
    use crate::{Document, Extractor, Settings};

    fn place(text: &str) -> Option<String> {
        Extractor::new(Settings::default()).extract(&Document::new("a.txt", text)).event_place.map(|p| p.name)
    }

    #[test]
    fn where_it_happens_and_not_whence_they_come() {
        let text =
            "Seminar for farmers\n\nOn 5 May 2019 a seminar for farmers from Naryn was held in Osh. Guests from Germany took part.\n";
        assert_eq!(place(text).as_deref(), Some("Osh"));
        assert_eq!(place("Слушатели из Хорога приехали 3 марта 2020 года в Душанбе, где прошёл тренинг.").as_deref(), Some("Dushanbe"));
    }

    #[test]
    fn no_place_no_event_place() {
        assert_eq!(place("A text about nothing in particular."), None);
    }
}
