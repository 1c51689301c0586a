//! One name for one body over the whole corpus, without guessing.
//!
//! Names that are the same but for case, quotation marks or article are one. Two different names
//! become one only where documents say so and nothing speaks against it: a document gives both a
//! name and its translation for one body, or one full name alone goes with an acronym. What two
//! known bodies, two countries or two full names contradict stays apart.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::summary::{Seen, Summary, fold};

/// The shortest acronym that may stand for a full name of another document, in characters: with
/// two letters too many bodies share one.
const SHORTEST: usize = 3;

/// Names that are written otherwise than in their own documents: folded name to canonical name.
pub(super) fn decide(summary: &Summary) -> FxHashMap<String, String> {
    let keys: Vec<&String> = summary.bodies.keys().collect();
    let seen: Vec<&Seen> = summary.bodies.values().collect();
    let at: FxHashMap<&str, usize> = keys.iter().enumerate().map(|(i, key)| (key.as_str(), i)).collect();
    let mut groups = Groups::new(&seen);

    // translations: a name that two bodies are said to be stays apart
    let mut translated: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (body, of) in seen.iter().enumerate() {
        for translation in of.translations.keys() {
            if let Some(&other) = at.get(translation.as_str()).filter(|&&other| other != body) {
                translated.entry(other).or_default().insert(body);
            }
        }
    }
    for (other, bodies) in &translated {
        if let Some(body) = only(bodies) {
            groups.join(*body, *other);
        }
    }

    // acronyms: one that goes with two groups of full names stays apart
    let mut full: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (body, of) in seen.iter().enumerate() {
        for acronym in of.acronyms.keys().filter(|acronym| **acronym != *keys[body]) {
            full.entry(acronym).or_default().insert(body);
        }
    }
    for (acronym, bodies) in &full {
        let roots: BTreeSet<usize> = bodies.iter().map(|&body| groups.root(body)).collect();
        if acronym.chars().filter(|c| *c != '=').count() >= SHORTEST
            && let (Some(&alone), Some(&root)) = (at.get(acronym), only(&roots))
        {
            groups.join(root, alone);
        }
    }

    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for body in 0..keys.len() {
        members.entry(groups.root(body)).or_default().push(body);
    }
    let mut canonical = FxHashMap::default();
    for group in members.values() {
        let Some(name) = name_of(group, &seen, &full) else { continue };
        for &body in group {
            // the known bodies' names are those of the table in every document already
            let is_settled = seen[body].names.keys().all(|spelling| spelling == name);
            if !is_settled && seen[body].known.is_empty() {
                canonical.insert(keys[body].clone(), name.to_string());
            }
        }
    }
    canonical
}

fn only<T: Ord>(set: &BTreeSet<T>) -> Option<&T> {
    if set.len() == 1 { set.first() } else { None }
}

/// The name of a group: the table's, or of its full names the one in most documents, then the
/// longest, then the first in order.
fn name_of<'a>(group: &[usize], seen: &[&'a Seen], full: &BTreeMap<&str, BTreeSet<usize>>) -> Option<&'a str> {
    let spellings = |known: bool| {
        let of = group.iter().map(|&body| seen[body]).filter(move |of| !known || !of.known.is_empty());
        of.flat_map(|of| of.names.iter().map(|(name, count)| (name.as_str(), *count)))
    };
    let best = |(a, n): &(&str, u64), (b, m): &(&str, u64)| n.cmp(m).then(a.chars().count().cmp(&b.chars().count())).then(b.cmp(a));
    let is_full = |(name, _): &(&str, u64)| group.len() == 1 || !full.contains_key(fold(name).as_str());
    spellings(true)
        .max_by(best)
        .or_else(|| spellings(false).filter(is_full).max_by(best))
        .or_else(|| spellings(false).max_by(best))
        .map(|(name, _)| name)
}

/// Sets of names, joined where nothing speaks against it.
struct Groups {
    parent: Vec<usize>,
    known: Vec<BTreeSet<String>>,
    countries: Vec<BTreeSet<String>>,
}

impl Groups {
    fn new(seen: &[&Seen]) -> Self {
        Self {
            parent: (0..seen.len()).collect(),
            known: seen.iter().map(|of| of.known.clone()).collect(),
            countries: seen.iter().map(|of| of.countries.clone()).collect(),
        }
    }

    fn root(&mut self, mut body: usize) -> usize {
        while self.parent[body] != body {
            self.parent[body] = self.parent[self.parent[body]];
            body = self.parent[body];
        }
        body
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (a, b) = (a.min(b), a.max(b));
        let apart = |a: &BTreeSet<String>, b: &BTreeSet<String>| !a.is_empty() && !b.is_empty() && a != b;
        if a == b || apart(&self.known[a], &self.known[b]) || apart(&self.countries[a], &self.countries[b]) {
            return;
        }
        self.parent[b] = a;
        let (known, countries) = (std::mem::take(&mut self.known[b]), std::mem::take(&mut self.countries[b]));
        self.known[a].extend(known);
        self.countries[a].extend(countries);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Mention, Record};

    fn body(text: &str, name: &str, acronym: Option<&str>) -> Mention {
        Mention {
            kind: "organization".into(),
            text: text.into(),
            name: Some(name.into()),
            acronym: acronym.map(Into::into),
            zone: "body".into(),
            ..Mention::default()
        }
    }

    fn decided(documents: Vec<Vec<Mention>>) -> Vec<(String, String)> {
        let mut summary = Summary::default();
        for (n, mentions) in documents.into_iter().enumerate() {
            summary.add(Summary::of(&Record { id: n.to_string(), mentions, ..Record::default() }));
        }
        let mut names: Vec<_> = decide(&summary).into_iter().collect();
        names.sort();
        names
    }

    fn pair(key: &str, name: &str) -> (String, String) {
        (key.into(), name.into())
    }

    #[test]
    fn an_acronym_takes_the_one_full_name_it_goes_with() {
        let full = body("Lotus Rural Fund", "Lotus Rural Fund", Some("LRF"));
        let alone = body("LRF", "LRF", None);
        assert_eq!(decided(vec![vec![full.clone()], vec![alone.clone()], vec![alone.clone()]]), [pair("=lrf", "Lotus Rural Fund")]);
        let other = body("Light Rail Forum", "Light Rail Forum", Some("LRF"));
        assert_eq!(decided(vec![vec![full], vec![alone], vec![other]]), []);
    }

    #[test]
    fn a_translation_that_a_document_gives_joins_two_names() {
        let both = vec![body("Lotus Fund", "Lotus Fund", None), body("Фонд Лотос", "Lotus Fund", None)];
        let russian = vec![body("Фонд Лотос", "Фонд Лотос", None)];
        let english = vec![body("Lotus Fund", "Lotus Fund", None)];
        assert_eq!(decided(vec![both, russian, english]), [pair("фонд лотос", "Lotus Fund")]);
    }

    #[test]
    fn spellings_are_settled_by_most_documents() {
        let (a, b) = (body("x", "LOTUS FUND", None), body("x", "Lotus Fund", None));
        assert_eq!(decided(vec![vec![a.clone()], vec![b.clone()], vec![b]]), [pair("lotus fund", "Lotus Fund")]);
    }

    #[test]
    fn countries_keep_bodies_apart() {
        let in_country = |country: &str, mention: Mention| Mention { country: Some(country.into()), ..mention };
        let full = in_country("KG", body("Lotus Rural Fund", "Lotus Rural Fund", Some("LRF")));
        let alone = in_country("AM", body("LRF", "LRF", None));
        assert_eq!(decided(vec![vec![full], vec![alone]]), []);
    }
}
