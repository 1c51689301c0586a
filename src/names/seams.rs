//! Seams: where the model runs one name into the next.
//!
//! "Director of the Water Fund Aida Orozova", "Chairman of Kant District Aida Orozova", "Governor of
//! Chui Aida Orozova": without a comma between what a post is held in and who holds it, the model
//! takes both for one. First names, endings of surnames and the gazetteer show where to part them.

use crate::lexicon::{self, FIRST_NAME, OF_NAMES, REGION, SURNAME};
use crate::mention::{Tagged, TaggedKind};
use crate::organizations::KnownBody;
use crate::places::Candidate;
use crate::text::{Case, Kind, Script, Text};

/// How far before a body's name its post may stand.
const POST_WITHIN: usize = 12;
/// How sure the part is that the model had under another kind.
const PARTED: f32 = 0.8;

/// Parts names that run into a person's name, in place.
pub(super) fn part(text: &Text, places: &[Candidate], bodies: &[KnownBody], tagged: &mut Vec<Tagged>) {
    let mut parted = Vec::new();
    for (n, name) in tagged.iter_mut().enumerate() {
        let (first, end) = (name.tokens.0 as usize, name.tokens.1 as usize);
        if end < first + 3 || end > text.tokens.len() {
            continue;
        }
        match name.kind {
            // "Country Director of UNDP Aida Orozova"
            TaggedKind::Organization
                if two_words(text, first, end) && posted(text, first) && {
                    let named = class(text, end - 2) & FIRST_NAME != 0 || class(text, end - 1) & (SURNAME | lexicon::ASIAN_SURNAME) != 0;
                    let at = bodies.partition_point(|b| (b.tokens.0 as usize) < first);
                    named && bodies.get(at).is_some_and(|b| b.tokens == (first as u32, end as u32 - 2))
                } =>
            {
                parted.push((n + 1, cut(name, end - 2, TaggedKind::Person)));
            }
            // «отдела семьи и женщин А. Лунина», «энергетики и ресурсов Армении Геворк Лунян»
            TaggedKind::Organization if russian(text, places, first, end).is_some() => {
                let at = russian(text, places, first, end).unwrap_or(end);
                parted.push((n + 1, cut(name, at, TaggedKind::Person)));
            }
            // "President of Georgia Aida Orozova": no body at all
            TaggedKind::Organization
                if class(text, first) & lexicon::POST != 0
                    && text.fold(first + 1) == "of"
                    && end == first + 5
                    && two_words(text, first, end)
                    && places.iter().any(|p| p.tokens == (first as u32 + 2, end as u32 - 2)) =>
            {
                *name = cut(name, end - 2, TaggedKind::Person);
            }
            TaggedKind::Organization
                if two_words(text, first, end) && {
                    let before = class(text, end - 3);
                    let first_name = class(text, end - 2) & FIRST_NAME != 0;
                    // "the Embassy Anna Reed" needs no post
                    first_name && before & lexicon::HEAD != 0
                        || (first_name
                            || before & lexicon::UNIT != 0
                            || class(text, end - 1) & SURNAME != 0 && before & (REGION | lexicon::HEAD) != 0)
                            && posted(text, first)
                } =>
            {
                parted.push((n + 1, cut(name, end - 2, TaggedKind::Person)));
            }
            // "Chairperson of the Garda Council, Aida Orozova was": nobody else can be meant
            TaggedKind::Organization
                if end == first + 2
                    && (first..end).all(|i| text.tokens[i].case == Case::Title && class(text, i) & (OF_NAMES | lexicon::COMMON) == 0)
                    && text.fold(first - usize::from(first > 0)) == ","
                    && text.tokens.get(end).is_some_and(|t| t.case == Case::Lower)
                    && bodies.iter().all(|b| b.tokens.0 != first as u32)
                    && matches!(class(text, first) | class(text, first + 1), c if c == 0 || c & (FIRST_NAME | SURNAME) != 0)
                    && posted(text, first) =>
            {
                name.kind = TaggedKind::Person;
            }
            // "Chairman of the Judo Union of Georgia Aida Orozova to Italy"
            TaggedKind::Organization | TaggedKind::Place if held(text, places, name).is_some() && posted(text, first) => {
                let at = held(text, places, name).unwrap_or(first);
                let mut person = cut(name, at, TaggedKind::Person);
                person.tokens.1 = at as u32 + 2;
                parted.push((n + 1, person));
            }
            TaggedKind::Place
                if class(text, end - 3) & REGION != 0
                    && two_words(text, first, end)
                    && (class(text, end - 2) & FIRST_NAME != 0 || class(text, end - 1) & SURNAME != 0) =>
            {
                parted.push((n + 1, cut(name, end - 2, TaggedKind::Person)));
            }
            TaggedKind::Person => {
                // "Prime Minister of Serbia Aida Orozova"
                let inner = (first + 1..end.saturating_sub(3)).find(|&k| text.fold(k) == "of" && class(text, first) & lexicon::POST != 0);
                let (whole, first) = (first, inner.unwrap_or(first));
                let small = text.tokens[first].case == Case::Lower && text.fold(first) == "of";
                let start = first + usize::from(small);
                let of = small || first > 0 && text.fold(first - 1) == "of";
                let at = places.partition_point(|p| (p.tokens.0 as usize) < start);
                let known = places.get(at).filter(|p| p.tokens.0 as usize == start).map(|p| p.tokens.1 as usize);
                let Some(to) = known.filter(|&to| of && to + 2 <= end && class(text, start) & (FIRST_NAME | SURNAME) == 0) else {
                    continue;
                };
                name.tokens.0 = if whole < first { (first + 1) as u32 } else { start as u32 };
                let person = cut(name, to, TaggedKind::Person);
                name.kind = TaggedKind::Place;
                parted.push((n + 1, person));
            }
            _ => {}
        }
    }
    for (n, name) in parted.into_iter().rev() {
        tagged.insert(n, name);
    }
}

/// Where a person's name begins right behind a place inside a name: two words, and no third.
fn held(text: &Text, places: &[Candidate], name: &Tagged) -> Option<usize> {
    let (first, end) = (name.tokens.0 as usize, name.tokens.1 as usize);
    let from = places.partition_point(|p| (p.tokens.0 as usize) < first);
    let inner = places[from..].iter().take_while(|p| (p.tokens.1 as usize) + 2 <= end);
    let at = inner.map(|p| p.tokens.1 as usize).max()?;
    let free = at + 2 == end || text.tokens[at + 2].case == Case::Lower;
    let named = class(text, at) & FIRST_NAME != 0 || class(text, at + 1) & (SURNAME | FIRST_NAME) != 0;
    let whole = name.kind == TaggedKind::Organization || from < places.len() && places[from].tokens.0 as usize == first;
    (free && whole && at > first && at >= 1 && (named || name.kind == TaggedKind::Place) && two_words(text, first, at + 2)).then_some(at)
}

/// Where a Russian body's name goes over into the initials and surname, or into the two names, of
/// whoever speaks for it: names in the nominative behind a word in small letters or a place, nothing
/// that is called after a person («имени», «фонд»).
fn russian(text: &Text, places: &[Candidate], first: usize, end: usize) -> Option<usize> {
    let capital = |i: usize| text.tokens[i].case == Case::Title && text.tokens[i].script == Script::Cyrillic;
    let called = |i: usize| {
        let fold = text.fold(i);
        matches!(fold, "имени" | "им") || fold.starts_with("фонд")
    };
    if !capital(end - 1) || text.tokens[end - 1].span.len() < 6 || (first..end).any(called) {
        return None;
    }
    let initial = |i: usize| i >= first && capital(i) && text.tokens[i].span.len() == 2 && text.fold(i + 1) == ".";
    if end >= first + 4 && initial(end - 3) {
        let at = if end >= first + 6 && initial(end - 5) { end - 5 } else { end - 3 };
        // «музей А. Лунина»
        return (at > first && text.tokens[at - 1].kind == Kind::Word && class(text, at - 1) & lexicon::HEAD == 0).then_some(at);
    }
    const SURNAMES: [&str; 11] = ["ов", "ев", "ин", "ский", "цкий", "ян", "дзе", "швили", "енко", "ук", "ич"];
    const WOMEN: [&str; 4] = ["ова", "ева", "ина", "ская"];
    let at = end - 2;
    let ends = |list: &[&str]| list.iter().any(|e| text.fold(end - 1).ends_with(e));
    let named = ends(&SURNAMES) && class(text, end - 1) & SURNAME != 0
        || ends(&WOMEN) && class(text, at) & FIRST_NAME != 0 && lexicon::is_nominative(text.fold(at));
    let from = places.partition_point(|p| (p.tokens.0 as usize) < first);
    let before = at > first
        && (text.tokens[at - 1].case == Case::Lower && text.tokens[at - 1].kind == Kind::Word
            || places[from..].iter().take_while(|p| (p.tokens.0 as usize) < at).any(|p| p.tokens.1 as usize == at));
    let post = (first..at).any(|i| class(text, i) & lexicon::POST != 0) || posted(text, first);
    (named && before && post && capital(at) && class(text, at) & (OF_NAMES | lexicon::HEAD) == 0).then_some(at)
}

fn class(text: &Text, i: usize) -> u32 {
    lexicon::classes_of(text, i)
}

/// Ends `name` before token `at`, and gives the rest.
fn cut(name: &mut Tagged, at: usize, kind: TaggedKind) -> Tagged {
    let rest = Tagged { tokens: (at as u32, name.tokens.1), kind, confidence: name.confidence.min(PARTED), margin: name.margin };
    name.tokens.1 = at as u32;
    rest
}

/// Whether the last two words can be a person's, and a word stands before them that they are not joined to.
fn two_words(text: &Text, from: usize, end: usize) -> bool {
    let word = |i: usize| text.tokens[i].case == Case::Title && class(text, i) & OF_NAMES == 0;
    let before = &text.tokens[end - 3];
    let joined = end - 3 < from || before.kind != Kind::Word || before.case == Case::Lower;
    !joined && word(end - 2) && word(end - 1)
}

/// Whether a post stands before the name.
fn posted(text: &Text, first: usize) -> bool {
    let sentence = text.tokens[first].sentence;
    (first.saturating_sub(POST_WITHIN)..first).any(|i| text.tokens[i].sentence == sentence && class(text, i) & lexicon::POST != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    fn parted(source: &str, kind: TaggedKind, name: &str, places: &[Candidate]) -> Vec<(TaggedKind, String)> {
        let page = Page::new(source, true);
        let start = source.find(name).unwrap_or(0);
        let tokens = page.text.tokens_in(crate::span::Span::new(start, start + name.len()));
        let mut tagged = vec![Tagged { tokens: (tokens.start as u32, tokens.end as u32), kind, confidence: 0.9, margin: (9.0, 9.0) }];
        part(&page.text, places, &crate::organizations::lookup(&page), &mut tagged);
        let slice = |t: &Tagged| page.text.slice(page.text.span(t.tokens.0 as usize, t.tokens.1 as usize - 1)).to_string();
        tagged.iter().map(|t| (t.kind, slice(t))).collect()
    }

    #[test]
    fn a_person_leaves_the_body_and_the_district() {
        use TaggedKind::{Organization, Person, Place};
        let body = "Social Protection of the Population Gulnara Orozova";
        assert_eq!(
            parted(&format!("the Minister of Health and {body} came"), Organization, body, &[]),
            [(Organization, "Social Protection of the Population".into()), (Person, "Gulnara Orozova".into())]
        );
        let district = "Kant District Shirin Orozova";
        assert_eq!(
            parted(&format!("Deputy Chairman of {district} came"), Place, district, &[]),
            [(Place, "Kant District".into()), (Person, "Shirin Orozova".into())]
        );
        let known = "UNDP Aida Orozova";
        assert_eq!(
            parted(&format!("Country Director of {known} came"), Organization, known, &[]),
            [(Organization, "UNDP".into()), (Person, "Aida Orozova".into())]
        );
        let unit = "отдела семьи и женщин А. Лунина";
        assert_eq!(
            parted(&format!("Приехала начальник {unit}."), Organization, unit, &[]),
            [(Organization, "отдела семьи и женщин".into()), (Person, "А. Лунина".into())]
        );
        let ministry = "министр энергетики и ресурсов Геворк Лунян";
        assert_eq!(
            parted(&format!("Сказал {ministry}."), Organization, ministry, &[]),
            [(Organization, "министр энергетики и ресурсов".into()), (Person, "Геворк Лунян".into())]
        );
        let named = "библиотеки имени А. Лунина";
        assert_eq!(parted(&format!("директор {named}"), Organization, named, &[]), [(Organization, named.into())]);
        let fund = "Konrad Reed Fund";
        assert_eq!(parted(&format!("the {fund} paid"), Organization, fund, &[]), [(Organization, fund.into())]);
    }
}
