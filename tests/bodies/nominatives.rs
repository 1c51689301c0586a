//! Canonical Russian names stand in the nominative, with agreement.

use dateline::{Document, Extractor, Settings};

#[test]
fn names_in_any_case_are_given_in_the_nominative() {
    let extractor = Extractor::new(Settings::default());
    let rows: Vec<(&str, &str)> = include_str!("nominatives.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .collect();
    assert!(rows.len() >= 100);
    let (mut lost, mut wrong) = (Vec::new(), Vec::new());
    for (marked, expected) in &rows {
        let start = marked.chars().position(|c| c == '[').expect("a mark");
        let end = marked.chars().position(|c| c == ']').expect("a mark") - 1;
        let text: String = marked.chars().filter(|c| !matches!(c, '[' | ']')).collect();
        let record = extractor.extract(&Document::new("a.txt", text));
        let found = record.mentions.iter().find(|m| m.kind == "organization" && m.start == start && m.end == end);
        match found.and_then(|m| m.name.as_deref()) {
            None => lost.push(*marked),
            Some(name) if name != *expected => wrong.push(format!("{marked}: {name}")),
            Some(_) => {}
        }
    }
    println!("lost {lost:#?}\nwrong {wrong:#?}");
    // whether a name is found whole is another matter; of those found, nearly all must be right
    assert!(lost.len() * 5 <= rows.len(), "{} of {}: {lost:#?}", lost.len(), rows.len());
    assert!(wrong.len() * 50 <= rows.len(), "{wrong:#?}");
}
