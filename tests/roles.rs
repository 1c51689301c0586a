//! Sentences with the roles they tell, and sentences that tell none: names are marked by hand, so a
//! failure here is the roles module's own.
//!
//! Marks: `[D name]` a donor, `I` implementer, `O` organizer, `P` partner, `R` recipient, `H` host, `-` none,
//! several letters for several roles; `[D name=key]` is one body with every other name of that key;
//! `{project}`, `<place>`. A body with a `?` may have the role or not. `\n` is a line end.

use std::collections::BTreeMap;

use dateline::mention::{Fact, Mention, OrganizationFact, PlaceFact, ProjectFact, RoleKind, Rule};
use dateline::page::Page;
use dateline::span::Span;
use dateline::table;

/// A text without its marks, the mentions they stand for, and the roles of each body.
struct Marked {
    text: String,
    mentions: Vec<(usize, usize, char, u32)>,
    bodies: Vec<(String, String)>,
}

fn read(marked: &str) -> Marked {
    let mut out = Marked { text: String::new(), mentions: Vec::new(), bodies: Vec::new() };
    let marked = marked.replace("\\n", "\n");
    let mut open: Vec<(usize, char, u32)> = Vec::new();
    let mut rest = marked.as_str();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => {
                let Some((roles, name)) = rest.split_once(' ') else { break };
                let end = name.find([']', '=', '{', '<']).unwrap_or(name.len());
                let whole = &name[..name.find(']').unwrap_or(name.len())];
                let key = whole.split_once('=').map_or(&name[..end], |(_, key)| key).to_string();
                let entity = out.bodies.iter().position(|b| b.0 == key).unwrap_or_else(|| {
                    out.bodies.push((key.clone(), String::new()));
                    out.bodies.len() - 1
                });
                out.bodies[entity].1.push_str(roles);
                open.push((out.text.len(), c, entity as u32));
                rest = name;
            }
            '=' if open.last().is_some_and(|o| o.1 == '[') => rest = &rest[rest.find(']').unwrap_or(0)..],
            '{' | '<' => open.push((out.text.len(), c, 0)),
            ']' | '}' | '>' => {
                if let Some((start, kind, entity)) = open.pop() {
                    out.mentions.push((start, out.text.len(), kind, entity));
                }
            }
            c => out.text.push(c),
        }
    }
    out
}

const ROLES: [(char, RoleKind); 6] = [
    ('D', RoleKind::Donor),
    ('I', RoleKind::Implementer),
    ('O', RoleKind::Organizer),
    ('P', RoleKind::Partner),
    ('R', RoleKind::Recipient),
    ('H', RoleKind::Host),
];

/// The marked names and the amounts of a text, in order.
fn mentions(read: &Marked, page: &Page) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = read
        .mentions
        .iter()
        .map(|&(start, end, kind, entity)| {
            let fact = match kind {
                '[' => Fact::Organization(OrganizationFact {
                    entity,
                    name: read.bodies[entity as usize].0.clone().into(),
                    ..Default::default()
                }),
                '{' => Fact::Project(ProjectFact::default()),
                _ => Fact::Place(PlaceFact::default()),
            };
            Mention::new(Span::new(start, end), fact, Rule::Model, 1.0)
        })
        .collect();
    mentions.extend(dateline::money::find(page));
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    mentions
}

/// What is wrong with the roles found in a marked text; partners, recipients and hosts count only where they are marked.
fn faults(marked: &str) -> Vec<String> {
    let read = read(marked);
    let page = Page::new(&read.text, true);
    let mentions = mentions(&read, &page);
    let mut found: BTreeMap<u32, String> = BTreeMap::new();
    let roles = dateline::roles::find(&page, &mentions);
    for role in &roles {
        if let Some((letter, _)) = ROLES.iter().find(|r| r.1 == role.kind) {
            found.entry(role.entity).or_default().push(*letter);
        }
    }
    let mut faults = Vec::new();
    for (entity, (name, want)) in read.bodies.iter().enumerate() {
        if want.contains('?') {
            continue;
        }
        let got = found.get(&(entity as u32)).map_or("", String::as_str);
        for (letter, kind) in ROLES {
            let by = || {
                roles
                    .iter()
                    .find(|r| r.entity == entity as u32 && r.kind == kind)
                    .map_or(String::new(), |r| format!("{} {:.2}", r.rule, r.confidence))
            };
            if want.contains(letter) && !got.contains(letter) {
                faults.push(format!("{name} should be {letter}, is {got:?}: {}", read.text));
            } else if "DIO".contains(letter) && got.contains(letter) && !want.contains(letter) {
                faults.push(format!("{name} should not be {letter} ({}): {}", by(), read.text));
            }
        }
    }
    faults
}

fn check(name: &str, sentences: impl Iterator<Item = impl AsRef<str>>) {
    let mut all = Vec::new();
    let mut count = 0;
    for sentence in sentences {
        count += 1;
        all.extend(faults(sentence.as_ref()));
    }
    assert!(all.is_empty(), "{name}: {} faults in {count} sentences\n{}", all.len(), all.join("\n"));
}

#[test]
fn every_cue_works_in_its_examples() {
    let cues = include_str!("../data/roles/cues.tsv");
    let examples =
        table::rows(cues).flat_map(|[_, _, _, _, _, _, examples]: [&str; 7]| examples.split(" ¦ ").map(String::from).collect::<Vec<_>>());
    check("examples of cues", examples.filter(|e| !e.is_empty()));
}

#[test]
fn english_sentences() {
    check("English", table::rows(include_str!("roles/en.tsv")).map(|[sentence]: [&str; 1]| sentence));
}

#[test]
fn russian_sentences() {
    check("Russian", table::rows(include_str!("roles/ru.tsv")).map(|[sentence]: [&str; 1]| sentence));
}

/// What a text ties to its bodies: amount, recipient, project and period, one body a part.
fn ties(marked: &str) -> Vec<String> {
    let read = read(marked);
    let page = Page::new(&read.text, true);
    let mut mentions = mentions(&read, &page);
    let free = |m: &Mention, known: &[Mention]| known.iter().all(|k| !k.span.overlaps(m.span));
    let dates: Vec<Mention> = dateline::dates::find(&page, None).into_iter().filter(|d| free(d, &mentions)).collect();
    mentions.extend(dates);
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let name = |entity: u32| read.bodies[entity as usize].0.clone();
    let told = |role: &dateline::mention::Role| {
        let mut out = name(role.entity);
        if let Some(Fact::Money(m)) = role.amount.map(|i| &mentions[i].fact) {
            out += &format!(" {} {}", m.amount, m.currency);
            out += &m.upper.map_or(String::new(), |upper| format!(" .. {upper}"));
            out += &m.bound.map_or(String::new(), |bound| format!(" ~ {bound}"));
        }
        out += &role.recipient.map_or(String::new(), |r| format!(" > {}", name(r)));
        if role.amount.is_some()
            && let Some(project) = role.project
        {
            out += &format!(" # {}", page.text.slice(mentions[project].span));
        }
        if let Some(Fact::Date(date)) = role.period.map(|i| &mentions[i].fact) {
            out += &format!(" @ {}", date.value);
        }
        out
    };
    dateline::roles::find(&page, &mentions).iter().map(told).collect()
}

#[test]
fn amounts_stand_with_those_who_give_them_once() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for [sentence, expected] in table::rows(include_str!("roles/amounts.tsv")) {
        count += 1;
        let told = ties(sentence);
        for part in expected.split(" ¦ ") {
            let has = |word: &&str| part.contains(*word);
            let names: Vec<&String> = told.iter().filter(|t| *t == part).collect();
            let amounts = [" 0", " 1", " 2", " 3", " 4", " 5", " 6", " 7", " 8", " 9"];
            let found = if amounts.iter().any(has) {
                names.len() == 1
            } else {
                !told.iter().any(|t| t.strip_prefix(part).is_some_and(|rest| amounts.iter().any(|a| rest.starts_with(a))))
            };
            if !found {
                wrong.push(format!("{part} is not in {told:?}: {sentence}"));
            }
        }
    }
    assert!(count >= 60 && wrong.is_empty(), "{} wrong ties in {count} sentences\n{}", wrong.len(), wrong.join("\n"));
}
