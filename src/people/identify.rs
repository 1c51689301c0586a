//! Which names are one person, the fullest form of each, and the post and body beside it.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::forms;
use crate::lexicon::{self, PATRONYMIC, POST};
use crate::mention::{Fact, Mention};
use crate::page::Page;
use crate::span::Span;
use crate::text::{Case, Kind, Text};

/// A name taken apart, folded.
#[derive(Clone, Debug, Default)]
struct Parts<'t> {
    surname: Cow<'t, str>,
    /// First names, patronymics and initials, in order.
    given: Vec<Cow<'t, str>>,
    /// Words without initials.
    words: usize,
    letters: usize,
}

/// A person of the document.
#[derive(Debug)]
struct Person<'t> {
    parts: Parts<'t>,
    mentions: Vec<usize>,
    best: usize,
}

/// Gives every person mention its `entity`, fullest `name`, and the post and body beside it.
/// Runs on the final list of mentions.
pub fn identify(page: &Page, mentions: &mut [Mention]) {
    let text = &page.text;
    let numbers: Vec<usize> = (0..mentions.len()).filter(|&n| matches!(mentions[n].fact, Fact::Person(_))).collect();
    let parts: Vec<Parts> = numbers.iter().map(|&n| take_apart(text, mentions[n].span)).collect();
    let people = gather(&parts);
    let bodies: Vec<(Span, u32)> =
        mentions.iter().filter_map(|m| if let Fact::Organization(o) = &m.fact { Some((m.span, o.entity)) } else { None }).collect();
    for (entity, person) in people.iter().enumerate() {
        let name = name(text, mentions[numbers[person.best]].span, || {
            person.mentions.iter().flat_map(|&k| text.slice(mentions[numbers[k]].span).split_whitespace()).collect()
        });
        for &k in &person.mentions {
            let span = mentions[numbers[k]].span;
            let post = post(text, span);
            // the body stands inside the post, or right behind it
            let body = post.and_then(|post| {
                let reach = Span { start: post.start, end: post.end + 3 };
                let from = bodies.partition_point(|(body, _)| body.end <= reach.start);
                bodies[from..].iter().take_while(|(body, _)| body.start < reach.end).find(|(body, _)| !body.overlaps(span)).map(|b| b.1)
            });
            if let Fact::Person(fact) = &mut mentions[numbers[k]].fact {
                fact.entity = entity as u32;
                fact.name = name.clone().into();
                fact.post = post;
                fact.body = body;
            }
        }
    }
}

/// Brings names that may be one person together: first those of several words, the fullest first,
/// then, in the order of the text, surnames alone, each to the last person so named before.
fn gather<'t>(parts: &[Parts<'t>]) -> Vec<Person<'t>> {
    let mut people: Vec<Person<'t>> = Vec::new();
    let mut by_surname: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut by_given: FxHashMap<&str, usize> = FxHashMap::default();
    let mut of: Vec<Option<usize>> = vec![None; parts.len()];
    let mut order: Vec<usize> = (0..parts.len()).filter(|&k| !parts[k].given.is_empty()).collect();
    order.sort_by_key(|&k| (std::cmp::Reverse(parts[k].words), std::cmp::Reverse(parts[k].letters), k));
    for k in order {
        let part = &parts[k];
        let given = part.given.last().map_or("", |g| forms::stem(g));
        let known = |stem: &str| by_surname.get(stem).and_then(|all| all.iter().copied().find(|&p| may_be(&people[p].parts, part)));
        // "Ли Анна" is "Анна Ли"
        let person = known(forms::stem(&part.surname)).or_else(|| known(given)).unwrap_or_else(|| {
            people.push(Person { parts: part.clone(), mentions: Vec::new(), best: k });
            people.len() - 1
        });
        if people[person].best == k {
            by_surname.entry(forms::stem(&part.surname)).or_default().push(person);
            if part.given.len() == 1 && part.given[0].chars().nth(2).is_some() {
                by_given.entry(given).or_insert(person);
            }
        }
        of[k] = Some(person);
    }
    let mut last: FxHashMap<&str, usize> = FxHashMap::default();
    for (k, part) in parts.iter().enumerate() {
        let stem = forms::stem(&part.surname);
        let person = of[k]
            .or_else(|| last.get(stem).copied())
            .or_else(|| by_surname.get(stem).and_then(|all| all.first().copied()))
            .or_else(|| by_given.get(stem).copied());
        let person = person.unwrap_or_else(|| {
            people.push(Person { parts: part.clone(), mentions: Vec::new(), best: k });
            people.len() - 1
        });
        last.insert(stem, person);
        people[person].mentions.push(k);
    }
    people.sort_by_key(|p| p.mentions.first().copied());
    people
}

fn take_apart<'t>(text: &'t Text, span: Span) -> Parts<'t> {
    let mut words: Vec<Cow<'t, str>> = Vec::with_capacity(3);
    let tokens = text.tokens_in(span);
    for i in tokens {
        let token = &text.tokens[i];
        if token.kind != Kind::Word {
            continue;
        }
        // "Эльхан-Кайалар" is one word
        let hyphen = i >= 2 && text.fold(i - 1) == "-" && text.tokens[i - 1].span.start > span.start && !token.spaced;
        match words.last_mut() {
            Some(last) if hyphen => {
                let last = last.to_mut();
                last.push('-');
                last.push_str(text.fold(i));
            }
            _ => words.push(text.fold(i).into()),
        }
    }
    let full = |w: &Cow<str>| w.chars().nth(1).is_some();
    let letters = words.iter().map(|w| w.len()).sum();
    let count = words.iter().filter(|w| full(w)).count();
    // the surname is the last word, or the first before initials or before name and patronymic
    let first = words.len() > 1 && full(&words[0]) && !full(&words[words.len() - 1])
        || words.len() == 3 && lexicon::classes(&words[2]) & PATRONYMIC != 0;
    let at = if first { 0 } else { words.len().saturating_sub(1) };
    if words.is_empty() {
        return Parts::default();
    }
    let surname = words.remove(at);
    Parts { surname, given: words, words: count, letters }
}

/// Whether `part` may be a shorter form of `whole`, or the same in another case.
fn may_be(whole: &Parts, part: &Parts) -> bool {
    if !forms::same(&whole.surname, &part.surname) {
        // "Ли Анна" and "Анна Ли"
        return whole.given.len() == 1
            && part.given.len() == 1
            && forms::same(&whole.surname, &part.given[0])
            && forms::same(&whole.given[0], &part.surname);
    }
    whole.given.iter().zip(&part.given).all(|(a, b)| {
        let initial = |x: &str| x.chars().count() <= 2;
        if initial(a) || initial(b) { forms::initial_of(b, a) || forms::initial_of(a, b) } else { forms::same(a, b) }
    })
}

/// The name as it stands, in the nominative where its first name or the person's other mentions show it, with
/// single spaces. `seen` gives the words of all mentions.
fn name<'t>(text: &'t Text, span: Span, seen: impl Fn() -> Vec<&'t str>) -> String {
    let raw = text.slice(span);
    // only Russian names have cases
    if raw.is_ascii() && !raw.contains(|c: char| c.is_ascii_whitespace() && c != ' ') && !raw.contains("  ") {
        return raw.to_string();
    }
    let words: Vec<&str> = raw.split_whitespace().collect();
    let plain = words.iter().all(|w| w.chars().all(|c| c.is_alphabetic() || c == '-'));
    if !plain {
        return words.join(" ");
    }
    let declined = if words.len() > 1 { forms::nominative(&words) } else { None };
    let known: Vec<&str> = declined.as_ref().map_or_else(|| words.clone(), |forms| forms.iter().map(String::as_str).collect());
    let other = || if words.len() > 1 && declined.is_none() { forms::instrumental(&words) } else { None };
    forms::shown(&known, &seen()).or_else(other).map_or_else(|| known.join(" "), |forms| forms.join(" "))
}

/// Most tokens of a post.
const LONGEST: usize = 16;

/// The post beside a name: "Minister of Education" before it, or after a comma.
fn post(text: &Text, span: Span) -> Option<Span> {
    let tokens = text.tokens_in(span);
    if tokens.is_empty() {
        return None;
    }
    after(text, tokens.end).or_else(|| before(text, tokens.start))
}

fn is_post(text: &Text, i: usize) -> bool {
    text.tokens[i].kind == Kind::Word && lexicon::classes_of(text, i) & POST != 0
}

/// A post that follows: ", Director of the Center", " – председатель совета".
fn after(text: &Text, at: usize) -> Option<Span> {
    let opener = text.tokens.get(at)?;
    if !matches!(text.fold(at), "," | "-" | "(") {
        return None;
    }
    let first = at + 1;
    let ends = |i: usize| {
        let Some(token) = text.tokens.get(i) else { return true };
        token.line != opener.line
            || token.sentence != opener.sentence
            || matches!(text.fold(i), "," | ";" | ")" | ":" | "-" if text.fold(i) != "-" || token.spaced)
    };
    let mut last = first;
    while !ends(last) && last - first < LONGEST {
        last += 1;
    }
    while last > first && text.tokens[last - 1].kind == Kind::Mark && !matches!(text.fold(last - 1), "\"") {
        last -= 1;
    }
    // what says the post stands at its start, after at most three words
    let says = (first..last.min(first + 4)).any(|i| is_post(text, i));
    (says && last > first).then(|| text.tokens[first].span.join(text.tokens[last - 1].span))
}

/// A word over which no post reaches its name: "the director said that Anna Lee".
fn ends_post(text: &Text, i: usize) -> bool {
    lexicon::classes_of(text, i) & lexicon::SAYING != 0 || matches!(text.fold(i), "that" | "by" | "with" | "to" | "что" | "от" | "с")
}

/// A post that stands before: "заместитель министра образования", "President".
fn before(text: &Text, at: usize) -> Option<Span> {
    let line = text.tokens.get(at)?.line;
    let mut last = at;
    // titles stand between: "H.E. Mr", "г-н"
    while last > 0 && text.tokens[last - 1].line == line {
        let classes = lexicon::classes_of(text, last - 1);
        let title = classes & lexicon::TITLE != 0 && classes & POST == 0;
        let stop = text.fold(last - 1) == "." && last > 1 && lexicon::classes_of(text, last - 2) & lexicon::TITLE != 0;
        if title || stop {
            last -= 1;
        } else {
            break;
        }
    }
    let qualifies = |i: usize| lexicon::classes_of(text, i) & lexicon::QUALIFIER != 0;
    let mut first = None;
    let mut i = last;
    while i > 0 && last - i < LONGEST {
        i -= 1;
        let token = &text.tokens[i];
        if token.line != line
            || token.kind == Kind::Mark && !matches!(text.fold(i), "-" | "\"" | "." | "'")
            || token.kind == Kind::Mark && token.spaced && text.fold(i) == "-"
        {
            break;
        }
        if text.fold(i) == "." && !(i > 0 && text.tokens[i - 1].case == Case::Title) {
            break;
        }
        if is_post(text, i) {
            first = Some(i);
        } else if first.is_some() {
            if text.fold(i) != "-" && !qualifies(i) && !matches!(text.fold(i), "и" | "and") {
                break;
            }
        } else if text.tokens[i].case == Case::Lower && ends_post(text, i) {
            break;
        }
    }
    let mut first = first?;
    while first > 0 && text.tokens[first - 1].line == line && qualifies(first - 1) {
        first -= 1;
    }
    let mut end = last;
    while end > first && text.tokens[end - 1].kind == Kind::Mark && !matches!(text.fold(end - 1), "\"") {
        end -= 1;
    }
    (end > first).then(|| text.tokens[first].span.join(text.tokens[end - 1].span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::{PersonFact, Rule};

    fn people(source: &str, names: &[&str]) -> Vec<(u32, String, Option<String>)> {
        let page = Page::new(source, true);
        let mut from = 0;
        let mut mentions: Vec<Mention> = names
            .iter()
            .map(|name| {
                let at = from + source[from..].find(name).expect("the name stands in the text");
                from = at + name.len();
                Mention::new(Span::new(at, from), Fact::Person(PersonFact::default()), Rule::Model, 1.0)
            })
            .collect();
        identify(&page, &mut mentions);
        let fact = |m: &Mention| match &m.fact {
            Fact::Person(p) => (p.entity, p.name.to_string(), p.post.map(|s| page.text.slice(s).to_string())),
            _ => unreachable!(),
        };
        mentions.iter().map(fact).collect()
    }

    #[test]
    fn initials_cases_and_bare_surnames_are_one_person() {
        let found = people(
            "Об этом сказал Нурлан Токоев. Н.Токоеву вручили приз. Асель Бекова поздравила Токоева.",
            &["Нурлан Токоев", "Н.Токоеву", "Асель Бекова", "Токоева"],
        );
        let entities: Vec<u32> = found.iter().map(|f| f.0).collect();
        assert_eq!(entities, [0, 0, 1, 0]);
        assert_eq!(found[3].1, "Нурлан Токоев");
    }

    #[test]
    fn different_first_names_stay_apart() {
        let found = people("Anna Lee met Bob Lee. A. Lee left.", &["Anna Lee", "Bob Lee", "A. Lee"]);
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), [0, 1, 0]);
    }

    #[test]
    fn a_post_stands_before_or_after_the_name() {
        let found = people(
            "Jane Roe, Director of the Water Center, opened it. Deputy Minister of Labour John Doe came.",
            &["Jane Roe", "John Doe"],
        );
        assert_eq!(found[0].2.as_deref(), Some("Director of the Water Center"));
        assert_eq!(found[1].2.as_deref(), Some("Deputy Minister of Labour"));
    }
}
