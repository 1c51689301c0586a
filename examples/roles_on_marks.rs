//! Finds roles over the marks of an annotated set instead of over found mentions, and scores them, so
//! that what the roles module gets wrong stands apart from what the finders before it get wrong.
//!
//! usage: `roles_on_marks DIR... [-v]` with DIR as written by the annotation tool (gold.jsonl, texts/)

use std::collections::{BTreeMap, BTreeSet};

use dateline::dates::Value;
use dateline::mention::{
    DateFact, DateRole, Fact, Mention, MoneyFact, OrganizationFact, PersonFact, PlaceFact, ProjectFact, RoleKind, Rule,
};
use dateline::page::Page;
use dateline::span::Span;
use dateline::zones::Stretch;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().any(|a| a == "-v");
    let mut tally: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for dir in arguments.iter().filter(|a| *a != "-v") {
        let Ok(gold) = std::fs::read_to_string(format!("{dir}/gold.jsonl")) else { continue };
        for line in gold.lines() {
            let Ok(record) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            document(dir, &record, verbose, &mut tally);
        }
    }
    for (name, [hit, gold, found]) in tally {
        let (p, r) = (hit as f64 / found.max(1) as f64, hit as f64 / gold.max(1) as f64);
        println!("{name:20} p {p:.3} r {r:.3} f1 {:.3} gold {gold}", 2.0 * p * r / (p + r).max(1e-9));
    }
}

fn document(dir: &str, record: &serde_json::Value, verbose: bool, tally: &mut BTreeMap<String, [usize; 3]>) {
    let id = record["id"].as_str().unwrap_or_default();
    let Ok(source) = std::fs::read_to_string(format!("{dir}/texts/{id}")) else { return };
    let mut bytes: Vec<usize> = source.char_indices().map(|(b, _)| b).collect();
    bytes.push(source.len());
    let span = |a: &serde_json::Value, b: &serde_json::Value| {
        Span::new(bytes[a.as_u64().unwrap_or(0) as usize], bytes[b.as_u64().unwrap_or(0) as usize])
    };
    let mut page = Page::new(&source, false);
    page.zones.stretches = record["furniture"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|f| Stretch { span: span(&f[0], &f[1]), class: "", rule: String::new() })
        .collect();
    let mut entities: BTreeMap<String, u32> = BTreeMap::new();
    let mut mentions: Vec<Mention> = Vec::new();
    for m in record["mentions"].as_array().into_iter().flatten() {
        let fact = match m["type"].as_str().unwrap_or_default() {
            "ORG" => {
                let name = m["entity"].as_str().or(m["text"].as_str()).unwrap_or_default().to_string();
                let next = entities.len() as u32;
                let entity = *entities.entry(name.clone()).or_insert(next);
                Fact::Organization(OrganizationFact { entity, name: name.into(), ..Default::default() })
            }
            "PROJ" => Fact::Project(ProjectFact::default()),
            "PER" => Fact::Person(PersonFact::default()),
            "PLACE" => Fact::Place(PlaceFact::default()),
            "DATE" => Fact::Date(DateFact {
                value: Value::default(),
                role: DateRole::Other,
                part: None,
                bound: None,
                alternative: None,
                parts: None,
                finer: None,
            }),
            "MONEY" => Fact::Money(MoneyFact { currency: "USD", amount: 1.0, upper: None, bound: None }),
            _ => continue,
        };
        mentions.push(Mention::new(span(&m["start"], &m["end"]), fact, Rule::Model, 1.0));
    }
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let roles = dateline::roles::find(&page, &mentions);
    let names: BTreeMap<u32, &str> = entities.iter().map(|(n, e)| (*e, n.as_str())).collect();
    let language = record["language"].as_str().unwrap_or("?");
    for (kind, key) in [(RoleKind::Donor, "donors"), (RoleKind::Implementer, "implementers"), (RoleKind::Organizer, "organizers")] {
        let mut want: BTreeSet<&str> = record[key].as_array().into_iter().flatten().filter_map(|e| e.as_str()).collect();
        if record.get(key).is_none() && key == "donors" {
            want = record["mentions"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|m| m["donor"] == true)
                .filter_map(|m| m["text"].as_str())
                .collect();
        }
        let got: BTreeSet<&str> = roles.iter().filter(|r| r.kind == kind).filter_map(|r| names.get(&r.entity).copied()).collect();
        for name in [key.to_string(), format!("{key}/{language}")] {
            let t = tally.entry(name).or_default();
            t[0] += want.intersection(&got).count();
            t[1] += want.len();
            t[2] += got.len();
        }
        if verbose {
            for name in want.difference(&got) {
                println!("{id}\t{key}\tmissed\t{name}");
            }
            for role in roles.iter().filter(|r| r.kind == kind) {
                let name = names.get(&role.entity).copied().unwrap_or_default();
                let mark = if want.contains(name) { "right" } else { "SPURIOUS" };
                let sentence = page.text.sentences[page.text.sentence_at(role.evidence.start)].span;
                println!(
                    "{id}\t{key}\t{mark}\t{name}\t{}\t{:.2}\t{}",
                    role.rule,
                    role.confidence,
                    page.text.slice(sentence).replace('\n', " ")
                );
            }
        }
    }
}
