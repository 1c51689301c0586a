//! Copies of a release, and its versions in the other language, on invented releases
//! (`tests/copies/releases.jsonl`): ten in two languages, and traps: a weekly auction in the same words,
//! meetings of one minister on one day, calls for grants, a paragraph that every release ends with.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::workspace::Workspace;

const RELEASES: &str = include_str!("../copies/releases.jsonl");

fn releases() -> Vec<(String, String, String)> {
    let text = |release: &Value, key: &str| release[key].as_str().unwrap().to_string();
    RELEASES
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .map(|release: Value| (text(&release, "id"), text(&release, "event"), text(&release, "text")))
        .collect()
}

/// What becomes of releases: the first part, another headline, an agency's mark before and a source behind.
fn reprints(text: &str) -> Vec<(&'static str, String)> {
    let (title, body) = text.split_once("\n\n").unwrap();
    let sentences: Vec<&str> = body.split(". ").collect();
    let first = (sentences.len() * 6 / 10).max(3).min(sentences.len());
    vec![
        ("cut", format!("{title}\n\n{}.", sentences[..first].join(". ").trim_end_matches('.'))),
        ("title", format!("News of the week\n\n{body}")),
        ("agency", format!("{title}\n\nKABAR – {body}\n\nSource: press service")),
    ]
}

fn extracted(documents: impl Iterator<Item = (String, String)>) -> Vec<Value> {
    let input: String = documents.map(|(id, text)| format!("{}\n", json!({"id": id, "text": text}))).collect();
    Workspace::new(&[]).run_with(&["extract", "--from", "jsonl", "--corpus", "on", "-", "--format", "jsonl"], input.as_bytes()).records()
}

#[test]
fn reprints_are_found_and_a_series_is_not_taken_for_them() {
    let releases = releases();
    let documents = releases.iter().flat_map(|(id, _, text)| {
        let copies = reprints(text).into_iter().map(move |(how, copy)| (format!("{id}+{how}"), copy));
        std::iter::once((id.clone(), text.clone())).chain(copies)
    });
    let records = extracted(documents);
    let release = |id: &Value| id.as_str().unwrap().split('+').next().unwrap().to_string();
    let (mut right, mut originals) = (0, BTreeMap::<String, usize>::new());
    for record in &records {
        if record["duplicate_of"].is_null() {
            *originals.entry(release(&record["id"])).or_default() += 1;
        } else {
            assert_eq!(release(&record["id"]), release(&record["duplicate_of"]), "{}", record["duplicate_why"]);
            right += 1;
        }
    }
    let all = records.len() - releases.len();
    // what is left out are the first sentences of the shortest releases
    assert!(right * 100 >= all * 93, "{right} of {all}");
}

#[test]
fn versions_in_two_languages_are_one_event_and_two_meetings_of_a_day_are_not() {
    let releases = releases();
    let events: BTreeMap<&str, &str> = releases.iter().map(|(id, event, _)| (id.as_str(), event.as_str())).collect();
    let records = extracted(releases.iter().map(|(id, _, text)| (id.clone(), text.clone())));
    let mut found = BTreeSet::new();
    for record in &records {
        assert!(record["duplicate_of"].is_null(), "{}", record["id"]);
        if let Some(first) = record["same_event_as"].as_str() {
            assert_eq!(events[first], events[record["id"].as_str().unwrap()], "{}", record["same_event_why"]);
            found.insert(events[first]);
        }
    }
    let pairs = events.values().filter(|event| events.values().filter(|other| other == event).count() > 1).collect::<BTreeSet<_>>();
    assert!(found.len() + 1 >= pairs.len(), "{found:?} of {pairs:?}");
}

#[test]
fn shards_find_the_copies_that_one_run_finds() {
    let w = Workspace::new(&[]);
    for (id, _, text) in releases().iter().take(8) {
        w.write(&format!("in/{id}.txt"), text.as_bytes());
        for (how, copy) in reprints(text) {
            w.write(&format!("in/{how}/{id}.txt"), copy.as_bytes());
        }
    }
    w.run(&["extract", "in", "-o", "one.jsonl"]);
    assert!(w.read("one.jsonl").contains("\"duplicate_of\":\"agency/en-01.txt\""));
    assert!(w.read("one.jsonl").contains("\"same_event_as\":\"agency/"));
    for part in ["1/2", "2/2"] {
        let n = &part[..1];
        w.run(&["extract", "in", "--shard", part, "-o", &format!("s{n}.jsonl")]);
        w.run(&["merge", "--summary", &format!("s{n}.jsonl"), "-o", &format!("{n}.summary")]);
    }
    w.run(&["merge", "s2.jsonl", "s1.jsonl", "-o", "merged.jsonl"]);
    assert!(w.read("one.jsonl") == w.read("merged.jsonl"));
    w.run(&["merge", "--summary", "2.summary", "1.summary", "-o", "all.summary"]);
    w.run(&["merge", "--with", "all.summary", "s1.jsonl", "s2.jsonl", "-o", "with.jsonl"]);
    assert!(w.read("one.jsonl") == w.read("with.jsonl"));
}

#[test]
fn documents_that_were_not_compared_say_so() {
    let w = Workspace::new(&[("in/a.txt", "A text."), ("in/b.txt", "A text.")]);
    let run = w.run(&["extract", "in", "--corpus", "off", "--format", "jsonl"]);
    for record in run.records() {
        assert!(record["duplicate_of"].is_null() && record["same_event_as"].is_null());
        assert_eq!(record["why"]["duplicate_of"], "not compared with other documents");
    }
}
