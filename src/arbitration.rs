//! One reading for each stretch of text, where finders disagree.

use rustc_hash::FxHashMap;

use crate::lexicon;
use crate::mention::{Fact, Mention, Rule};
use crate::span::Span;
use crate::text::{Kind, Text};

/// Keeps the best of mentions that exclude each other, marks those that lie inside an
/// organization's or a project's name as nested, and sorts by place in the text.
///
/// A place, a date or an organization may lie inside a longer organization or project. Otherwise
/// two mentions that share a byte exclude each other: the longer wins, at equal length the more
/// confident one.
///
/// Mentions are compared only within a cluster that hangs together by shared bytes, so the work
/// grows with the text and not with its square.
#[must_use]
pub fn settle(mentions: Vec<Mention>) -> Vec<Mention> {
    // a mention is large: it moves once, when its place is known
    let mut order: Vec<(u32, usize)> = mentions.iter().map(|m| m.span.start).zip(0..).collect();
    order.sort_unstable();
    let mut mentions: Vec<Option<Mention>> = mentions.into_iter().map(Some).collect();
    let mut kept = Vec::with_capacity(mentions.len());
    let mut cluster: Vec<Mention> = Vec::new();
    let mut end = 0;
    for (n, &(start, at)) in order.iter().enumerate() {
        let Some(mut mention) = mentions[at].take() else { continue };
        if start >= end {
            settle_cluster(&mut cluster, &mut kept);
            // most share no byte with another
            if order.get(n + 1).is_none_or(|&(next, _)| next >= mention.span.end) {
                mention.nested = false;
                kept.push(mention);
                continue;
            }
        }
        end = end.max(mention.span.end);
        cluster.push(mention);
    }
    settle_cluster(&mut cluster, &mut kept);
    kept
}

/// Ends a name before the month or weekday of a date that goes on behind it: "the Conference on
/// Schools Oct. 4-8", "the College of Arts April 3-4".
pub fn cut_at_dates(text: &Text, mentions: &mut [Mention]) {
    let dates: Vec<Span> = mentions.iter().filter(|m| matches!(m.fact, Fact::Date(_))).map(|m| m.span).collect();
    for mention in mentions.iter_mut().filter(|m| matches!(m.fact, Fact::Organization(_) | Fact::Project(_) | Fact::Person(_))) {
        let after = dates.partition_point(|date| date.start < mention.span.end);
        let Some(date) = after.checked_sub(1).map(|at| dates[at]) else { continue };
        if date.start <= mention.span.start || date.end <= mention.span.end {
            continue;
        }
        let first = text.token_at(date.start);
        let before = first.checked_sub(1).and_then(|at| text.tokens.get(at)).filter(|before| before.span.start >= mention.span.start);
        if let Some(before) = before
            && text.tokens.get(first).is_some_and(|token| token.kind == Kind::Word)
        {
            mention.span.end = before.span.end;
        }
    }
}

/// Takes a body off the front of a person's name, "CEO of ZarSun | Anna Reed", and what the table knows for a
/// body out of the people. Both are the model's slips; a body called by a first name is left alone.
pub fn cut_at_bodies(text: &Text, mentions: &mut Vec<Mention>) {
    let shown = |m: &Mention| match (&m.fact, &m.rule) {
        (Fact::Organization(_), Rule::Row(..)) => true,
        (Fact::Organization(_), Rule::Grammar("lone" | "spread" | "cue" | "acronym", _)) => m.confidence > 0.6,
        _ => false,
    };
    if !mentions.iter().any(|m| matches!(m.fact, Fact::Person(_))) {
        return;
    }
    let bodies: FxHashMap<u32, (u32, bool)> = mentions
        .iter()
        .filter(|m| shown(m))
        .map(|m| (m.span.start, (m.span.end, matches!(m.rule, Rule::Row(..)))))
        .filter(|&(start, _)| lexicon::classes_of(text, text.token_at(start)) & lexicon::FIRST_NAME == 0)
        .collect();
    mentions.retain_mut(|person| {
        let Some(&(end, known)) = bodies.get(&person.span.start).filter(|_| matches!(person.fact, Fact::Person(_))) else {
            return true;
        };
        if end == person.span.end {
            return !known;
        }
        let next = text.token_at(end);
        let two = text.tokens.get(next + 1).is_some_and(|t| t.span.end <= person.span.end);
        if end < person.span.end && two && text.tokens[next].is_capital() {
            person.span.start = text.tokens[next].span.start;
            if let Fact::Person(fact) = &mut person.fact {
                fact.name = text.slice(person.span).to_string().into();
            }
        }
        true
    });
}

/// Moves the best of `cluster` to `kept`, in order of their places.
fn settle_cluster(cluster: &mut Vec<Mention>, kept: &mut Vec<Mention>) {
    let first = kept.len();
    cluster.sort_by_key(|m| {
        let confidence = (m.confidence * 1000.0) as i32;
        (std::cmp::Reverse(m.span.len()), !is_defined(m), std::cmp::Reverse(confidence), m.span.start, order(&m.fact))
    });
    for mut mention in cluster.drain(..) {
        let holds = |other: &Mention| {
            other.span.contains(mention.span)
                && other.span != mention.span
                && may_hold(&other.fact, &mention.fact)
                && !is_guess(other, &mention)
        };
        let mut rivals = kept[first..].iter().filter(|other| other.span.overlaps(mention.span)).peekable();
        let nested = rivals.peek().is_some();
        if rivals.all(holds) {
            mention.nested = nested;
            kept.push(mention);
        }
    }
    kept[first..].sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), order(&m.fact)));
}

/// Whether the document itself says what the name means: an acronym that it defines is no town, and
/// what it calls a company no person.
fn is_defined(mention: &Mention) -> bool {
    let said = |rule: &str| matches!(rule, "apposition" | "headed" | "descriptor");
    match (&mention.fact, &mention.rule) {
        (Fact::Organization(_), Rule::Grammar("acronym" | "spread", _) | Rule::Grammar("lone", _)) | (Fact::Project(_), _) => true,
        (Fact::Organization(_), Rule::Grammar("cue", rule)) => said(rule),
        (Fact::Organization(_), Rule::Grammar("english", "form")) => true, // "JSC Garda Mills"
        // «телеканал «Озёрск»»
        (Fact::Organization(_), Rule::Grammar("quoted", "descriptor")) => true,
        _ => false,
    }
}

/// A body that only the model saw, or that a grammar read at the very start: inside a project's name such words
/// belong to that ("Exchange of Good Practices between Towns").
fn is_guess(outer: &Mention, mention: &Mention) -> bool {
    let body = matches!((&outer.fact, &mention.fact), (Fact::Project(_), Fact::Organization(_)));
    body && (matches!(mention.rule, Rule::Model) || mention.span.start == outer.span.start && !matches!(mention.rule, Rule::Row(..)))
}

/// Whether a name of the one kind may have a mention of the other inside.
fn may_hold(outer: &Fact, inner: &Fact) -> bool {
    match outer {
        Fact::Project(_) => !matches!(inner, Fact::Money(_) | Fact::Project(_)),
        Fact::Organization(_) => matches!(inner, Fact::Place(_) | Fact::Date(_)),
        _ => false,
    }
}

fn order(fact: &Fact) -> u8 {
    match fact {
        Fact::Project(_) => 0,
        Fact::Organization(_) => 1,
        Fact::Person(_) => 2,
        Fact::Place(_) => 3,
        Fact::Date(_) => 4,
        Fact::Money(_) => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::{MoneyFact, OrganizationFact, PersonFact, PlaceFact, Rule};

    fn mention(start: usize, end: usize, fact: Fact) -> Mention {
        Mention::new(Span::new(start, end), fact, Rule::Model, 0.5)
    }

    fn shown(mentions: Vec<Mention>) -> Vec<(u32, u32, &'static str, bool)> {
        settle(mentions).iter().map(|m| (m.span.start, m.span.end, m.fact.kind(), m.nested)).collect()
    }

    #[test]
    fn a_name_ends_before_a_date() {
        let text = Text::new("College of Arts April 3-4");
        let date = crate::dates::find(&crate::page::Page::new("April 3-4", true), None)[0].fact.clone();
        let mut found = vec![mention(0, 21, Fact::Organization(OrganizationFact::default())), mention(16, 25, date)];
        cut_at_dates(&text, &mut found);
        assert_eq!(shown(found), [(0, 15, "organization", false), (16, 25, "date", false)]);
    }

    #[test]
    fn a_firm_before_a_person_is_none_of_the_name() {
        let text = Text::new("ZarSun Anna Reed");
        let firm = Mention::new(Span::new(0, 6), Fact::Organization(OrganizationFact::default()), Rule::Grammar("lone", "evidence"), 0.7);
        let mut found = vec![firm, mention(0, 16, Fact::Person(PersonFact::default()))];
        cut_at_bodies(&text, &mut found);
        assert_eq!(shown(found), [(0, 6, "organization", false), (7, 16, "person", false)]);
    }

    #[test]
    fn a_place_inside_a_body_stays_as_nested() {
        let found =
            vec![mention(14, 21, Fact::Place(PlaceFact::default())), mention(0, 21, Fact::Organization(OrganizationFact::default()))];
        assert_eq!(shown(found), [(0, 21, "organization", false), (14, 21, "place", true)]);
    }

    #[test]
    fn a_person_keeps_no_place_inside_and_the_longer_wins() {
        let found = vec![mention(0, 7, Fact::Place(PlaceFact::default())), mention(0, 16, Fact::Person(PersonFact::default()))];
        assert_eq!(shown(found), [(0, 16, "person", false)]);
    }

    #[test]
    fn neighbours_do_not_exclude_each_other() {
        let money = || Fact::Money(MoneyFact { currency: "USD", amount: 1.0, upper: None, bound: None });
        assert_eq!(shown(vec![mention(5, 9, money()), mention(0, 5, money())]), [(0, 5, "money", false), (5, 9, "money", false)]);
    }
}
