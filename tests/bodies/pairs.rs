//! Pairs of names that are one body, or two: merging two is the worse mistake.

use dateline::corpus::{Decisions, Gathered, Summary};
use dateline::{Document, Extractor, Settings};

/// What is wrong with a row, if anything.
fn wrong(extractor: &Extractor, row: usize, is: &str, marked: &str) -> Option<String> {
    let mut gathered = Gathered::default();
    let (mut records, mut wanted) = (Vec::new(), Vec::new());
    for (number, part) in marked.split('‖').enumerate() {
        let mut text = String::new();
        for c in part.trim().chars() {
            match c {
                '[' => wanted.push((number, text.chars().count(), 0)),
                ']' => wanted.last_mut().expect("an opening bracket before").2 = text.chars().count(),
                _ => text.push(c),
            }
        }
        let record = extractor.extract(&Document::new(format!("{row}-{number}.txt"), text));
        gathered.add(Summary::of(&record)).expect("a temporary folder");
        records.push(record);
    }
    let decisions = Decisions::in_any_order(gathered).expect("a temporary folder");
    records.iter_mut().for_each(|record| decisions.finish_alone(record));
    let names: Vec<Option<&str>> = wanted
        .iter()
        .map(|&(number, start, end)| {
            let bodies = records[number].mentions.iter().filter(|m| m.kind == "organization");
            bodies.filter(|m| m.start < end && start < m.end).max_by_key(|m| m.end.min(end) - m.start.max(start))?.name.as_deref()
        })
        .collect();
    if names.iter().any(Option::is_none) {
        return Some(format!("lost: {marked}: {names:?}"));
    }
    let same = names.windows(2).all(|pair| pair[0] == pair[1]);
    let all_differ = names.windows(2).all(|pair| pair[0] != pair[1]);
    match is {
        "same" if !same => Some(format!("split: {marked}: {names:?}")),
        "other" if !all_differ => Some(format!("merged: {marked}: {names:?}")),
        _ => None,
    }
}

#[test]
fn two_bodies_are_never_merged_and_one_is_seldom_split() {
    let extractor = Extractor::new(Settings::default());
    let rows: Vec<(&str, &str)> =
        include_str!("pairs.tsv").lines().filter(|line| !line.starts_with('#')).skip(1).filter_map(|line| line.split_once('\t')).collect();
    assert!(rows.len() >= 100);
    let (mut merged, mut right, mut faults) = (0, 0, Vec::new());
    for (number, (is, marked)) in rows.iter().enumerate() {
        match wrong(&extractor, number, is, marked) {
            None => right += usize::from(*is == "same"),
            Some(fault) => {
                merged += usize::from(fault.starts_with("merged"));
                faults.push(fault);
            }
        }
    }
    let same = rows.iter().filter(|row| row.0 == "same").count();
    println!("{}", faults.join("\n"));
    let precision = right as f64 / (right + merged).max(1) as f64;
    assert!(precision >= 0.98, "merge precision {precision:.3}: {faults:#?}");
    assert!(right as f64 >= 0.9 * same as f64, "{right} of {same} joined: {faults:#?}");
    assert!(faults.iter().filter(|fault| fault.starts_with("lost")).count() <= 6, "{faults:#?}");
}
