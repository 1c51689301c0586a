//! `data/organizations/organizations.csv` says nothing twice and nothing that is not in its lists.

use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = include_str!("../../data/organizations/organizations.csv");

fn rows() -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(TABLE.as_bytes());
    let head = reader.headers().unwrap().clone();
    reader.records().map(|row| head.iter().map(Into::into).zip(row.unwrap().iter().map(Into::into)).collect()).collect()
}

fn column(table: &str, which: usize) -> BTreeSet<&str> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).filter_map(|line| line.split('\t').nth(which)).collect()
}

/// A name as the look-up compares it, but for endings.
fn folded(name: &str) -> String {
    name.to_lowercase()
        .replace('ё', "е")
        .chars()
        .filter(|c| !"«»“”\"-–—.,'’".contains(*c))
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_row_is_whole() {
    let countries = column(include_str!("../../data/organizations/countries.tsv"), 0);
    let rows = rows();
    assert!(rows.len() >= 500);
    let mut ids = BTreeSet::new();
    for row in &rows {
        let id = &row["id"];
        assert!(ids.insert(id.clone()), "{id} stands twice");
        assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{id}");
        assert!(!row["name_en"].is_empty(), "{id} has no name");
        assert!(dateline::organizations::KINDS.contains(&row["kind"].as_str()), "{id}: {}", row["kind"]);
        assert!(
            row["country"].is_empty() || row["country"] == "XK" || countries.contains(row["country"].as_str()),
            "{id}: {}",
            row["country"]
        );
        assert!(!row["source"].is_empty(), "{id} does not say where it is from");
        let has_id = ["iati_id", "dac_code", "wikidata"].iter().any(|column| !row[*column].is_empty());
        assert!(!has_id || row["source"] != "our own list", "{id} has an external id without a source");
        assert_eq!(row["ru_checked"].is_empty(), row["name_ru"].is_empty(), "{id} does not say whether its Russian name was checked");
        assert!(matches!(row["ru_checked"].as_str(), "" | "read" | "page" | "wikidata-label"), "{id}");
        for names in ["name_en", "acronym_en", "aliases_en", "name_ru", "acronym_ru", "aliases_ru"] {
            assert_eq!(row[names].trim(), row[names], "{id}: {names}");
            assert!(row[names].split('|').all(|name| name.trim() == name) && !row[names].contains("||"), "{id}: {names}");
        }
    }
    let named = rows.iter().filter(|row| !row["name_ru"].is_empty()).count();
    assert!(named * 100 >= rows.len() * 97, "{named} of {} have a Russian name", rows.len());
}

#[test]
fn a_name_belongs_to_one_body_unless_it_is_said_to_be_ambiguous() {
    let ambiguous: BTreeSet<String> = column(include_str!("../../data/organizations/ambiguous.tsv"), 0).into_iter().map(folded).collect();
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows() {
        for names in ["name_en", "acronym_en", "aliases_en", "name_ru", "acronym_ru", "aliases_ru"] {
            for name in row[names].split('|').filter(|name| !name.is_empty()) {
                owners.entry(folded(name)).or_default().insert(row["id"].clone());
            }
        }
    }
    let twice: Vec<_> = owners.iter().filter(|(name, ids)| ids.len() > 1 && !ambiguous.contains(*name)).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn what_is_ambiguous_stands_in_the_table() {
    let names: BTreeSet<String> = rows()
        .iter()
        .flat_map(|row| ["name_en", "acronym_en", "aliases_en", "name_ru", "acronym_ru", "aliases_ru"].map(|c| row[c].clone()))
        .flat_map(|cell| cell.split('|').map(String::from).collect::<Vec<_>>())
        .collect();
    let unknown: Vec<&str> =
        column(include_str!("../../data/organizations/ambiguous.tsv"), 0).into_iter().filter(|name| !names.contains(*name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn federations_stand_in_the_table() {
    let ids: BTreeSet<String> = rows().iter().map(|row| row["id"].clone()).collect();
    for id in column(include_str!("../../data/organizations/federations.tsv"), 0) {
        assert!(ids.contains(id), "{id}");
    }
}
