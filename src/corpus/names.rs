//! One name for one body over the whole corpus, without guessing.
//!
//! Names that are the same but for case, quotation marks or article are one. Two different names
//! become one only where documents say so and nothing speaks against it: a document gives both a
//! name and its translation for one body, one full name alone goes with an acronym, a Russian and an
//! English name of one kind go with it, or they differ in their letters alone («Билим Ордо», "Bilim
//! Ordo"). What two known bodies, two countries or two full names contradict stays apart.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::seen::{Seen, Set};
use super::summary::fold;
use crate::fingerprint::fnv1a;
use crate::organizations::core::{self, Core};

/// The shortest acronym that may stand for a full name of another document, in characters: with
/// two letters too many bodies share one.
const SHORTEST: usize = 3;

/// So many letters must a name of one word share with one in other letters.
const LETTERS: usize = 6;

/// What a name becomes, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decided {
    /// The canonical name.
    pub name: String,
    /// The rule that joined it with another name.
    pub rule: &'static str,
    /// A document that shows it.
    pub document: String,
}

/// Names that are written otherwise than in their own documents: folded name to canonical name.
/// `bodies` are those of [`Involved`](super::involved::Involved); `alike`: hashes of proper parts that one name of
/// each script has.
pub(super) fn decide(bodies: &BTreeMap<String, Seen>, alike: &FxHashSet<u64>) -> FxHashMap<String, Decided> {
    let keys: Vec<&String> = bodies.keys().collect();
    let seen: Vec<&Seen> = bodies.values().collect();
    let at: FxHashMap<&str, usize> = keys.iter().enumerate().map(|(i, key)| (key.as_str(), i)).collect();
    let mut groups = Groups::new(&seen);

    // translations: a name that two bodies are said to be stays apart
    let mut translated: BTreeMap<usize, BTreeMap<usize, &str>> = BTreeMap::new();
    for (body, of) in seen.iter().enumerate() {
        for (translation, shown) in of.translations.iter() {
            if let Some(&other) = at.get(translation).filter(|&&other| other != body) {
                translated.entry(other).or_default().insert(body, &shown.first);
            }
        }
    }
    for (other, bodies) in &translated {
        if bodies.len() == 1
            && let Some((body, document)) = bodies.first_key_value()
        {
            groups.join(*body, *other, "corpus/translation", document);
        }
    }
    for (a, b) in written_alike(&keys, &seen, alike) {
        groups.join(a, b, "corpus/transliteration", &seen[a.max(b)].first);
    }

    // acronyms: one that goes with two groups of full names stays apart
    let mut full: BTreeMap<&str, BTreeMap<usize, &str>> = BTreeMap::new();
    for (body, of) in seen.iter().enumerate() {
        for (acronym, shown) in of.acronyms.iter().filter(|(acronym, _)| *acronym != keys[body]) {
            full.entry(acronym).or_default().insert(body, &shown.first);
        }
    }
    for (acronym, bodies) in &full {
        if acronym.chars().filter(|c| *c != '=').count() < SHORTEST {
            continue;
        }
        let mut roots: BTreeMap<usize, &str> = BTreeMap::new();
        for (&body, document) in bodies {
            roots.entry(groups.root(body)).or_insert(document);
        }
        // an English and a Russian full name that go with one acronym, of one kind
        if let [(a, _), (b, document)] = roots.iter().map(|(root, document)| (*root, *document)).collect::<Vec<_>>().as_slice()
            && is_cyrillic(keys[*a]) != is_cyrillic(keys[*b])
            && seen[*a].kinds.len() == 1
            && seen[*a].kinds == seen[*b].kinds
            && seen[*a].known.is_empty()
            && seen[*b].known.is_empty()
            && groups.join(*a, *b, "corpus/acronym", document)
        {
            roots.remove(a.max(b));
        }
        if let (Some(&alone), [(root, document)]) = (at.get(acronym), roots.into_iter().collect::<Vec<_>>().as_slice())
            && bodies.keys().any(|&body| may_stand_for(acronym, keys[body]))
        {
            groups.join(*root, alone, "corpus/acronym", document);
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
                let (rule, document) = groups.why[body].clone().unwrap_or(("corpus/spelling", seen[body].first.to_string()));
                canonical.insert(keys[body].clone(), Decided { name: name.to_string(), rule, document });
            }
        }
    }
    canonical
}

/// The proper part of a name that may stand in other letters elsewhere.
pub(super) fn proper_part(key: &str, seen: &Seen) -> Option<Core> {
    if !seen.known.is_empty() || key.starts_with('=') {
        return None;
    }
    // spellings of one key differ in nothing that matters here; one with quotation marks says most
    let name = seen.names.keys().max_by_key(|name| (name.contains(['«', '"', '“']), std::cmp::Reverse(*name)))?;
    core::of(name).filter(|core| core.letters.chars().count() >= if core.words > 1 { LETTERS - 1 } else { LETTERS })
}

/// Pairs of a Russian and an English name of which the proper parts are only written in other
/// letters, and the kinds do not differ; where no third name has that proper part.
fn written_alike(keys: &[&String], seen: &[&Seen], alike: &FxHashSet<u64>) -> Vec<(usize, usize)> {
    let mut by_letters: BTreeMap<String, Vec<(usize, Core)>> = BTreeMap::new();
    for (body, of) in seen.iter().enumerate() {
        if let Some(core) = proper_part(keys[body], of).filter(|core| alike.contains(&fnv1a(core.letters.bytes()))) {
            by_letters.entry(core.letters.clone()).or_default().push((body, core));
        }
    }
    let mut pairs = Vec::new();
    for group in by_letters.values() {
        if let [(a, first), (b, second)] = group.as_slice()
            && first.cyrillic != second.cyrillic
            && first.words == second.words
            && (first.kind == second.kind && !first.kind.is_empty() || first.words > 1 && first.kind.is_empty() != second.kind.is_empty())
        {
            pairs.push((*a, *b));
        }
    }
    pairs
}

/// Whether an acronym's letters stand in a name in their order; between two scripts nothing can be said.
fn may_stand_for(acronym: &str, name: &str) -> bool {
    if is_cyrillic(acronym) != is_cyrillic(name) {
        return true;
    }
    let mut letters = name.chars();
    acronym.chars().filter(|c| c.is_alphabetic()).all(|wanted| letters.any(|c| c == wanted))
}

fn is_cyrillic(name: &str) -> bool {
    name.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'))
}

/// The name of a group: the table's, or of its full names the one in most documents, then the
/// longest, then the first in order.
fn name_of<'a>(group: &[usize], seen: &[&'a Seen], full: &BTreeMap<&str, BTreeMap<usize, &str>>) -> Option<&'a str> {
    let spellings = |known: bool| {
        let of = group.iter().map(|&body| seen[body]).filter(move |of| !known || !of.known.is_empty());
        of.flat_map(|of| of.names.iter().map(|(name, count)| (name, *count)))
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
    known: Vec<Set>,
    countries: Vec<Set>,
    /// What joined each name with another, and a document that shows it.
    why: Vec<Option<(&'static str, String)>>,
}

impl Groups {
    fn new(seen: &[&Seen]) -> Self {
        Self {
            parent: (0..seen.len()).collect(),
            known: seen.iter().map(|of| of.known.clone()).collect(),
            countries: seen.iter().map(|of| of.countries.clone()).collect(),
            why: vec![None; seen.len()],
        }
    }

    fn root(&mut self, mut body: usize) -> usize {
        while self.parent[body] != body {
            self.parent[body] = self.parent[self.parent[body]];
            body = self.parent[body];
        }
        body
    }

    fn join(&mut self, a: usize, b: usize, rule: &'static str, document: &str) -> bool {
        let ends = [a, b];
        let (a, b) = (self.root(a), self.root(b));
        let (a, b) = (a.min(b), a.max(b));
        let apart = |a: &Set, b: &Set| !a.is_empty() && !b.is_empty() && a != b;
        if a == b || apart(&self.known[a], &self.known[b]) || apart(&self.countries[a], &self.countries[b]) {
            return a == b;
        }
        for end in ends {
            self.why[end].get_or_insert_with(|| (rule, document.to_string()));
        }
        self.parent[b] = a;
        let (known, countries) = (std::mem::take(&mut self.known[b]), std::mem::take(&mut self.countries[b]));
        self.known[a].add(known);
        self.countries[a].add(countries);
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::gathered::Gathered;
    use crate::corpus::summary::Summary;
    use crate::record::{BodyFacts, Mention, Record};

    fn body(text: &str, name: &str, acronym: Option<&str>) -> Mention {
        Mention {
            kind: "organization".into(),
            text: text.into(),
            name: Some(name.to_string().into()),
            organization: Some(Box::new(BodyFacts { acronym: acronym.map(Into::into), ..BodyFacts::default() })),
            zone: "body".into(),
            ..Mention::default()
        }
    }

    fn decided(documents: Vec<Vec<Mention>>) -> Vec<(String, String)> {
        let mut gathered = Gathered::with_limit(1);
        for (n, mentions) in documents.into_iter().enumerate() {
            gathered.add(Summary::of(&Record { id: n.to_string(), mentions, ..Record::default() })).unwrap();
        }
        let mut names: Vec<_> = gathered.sorted().unwrap().names().unwrap().into_iter().map(|(key, decided)| (key, decided.name)).collect();
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
    fn names_that_differ_in_their_letters_alone_are_one_where_the_kind_is() {
        let of_kind = |kind: &'static str, name: &str| Mention { subtype: Some(kind.into()), ..body(name, name, None) };
        let russian = of_kind("foundation", "ОФ «Билим Ордо»");
        let english = of_kind("foundation", "Bilim Ordo Foundation");
        let company = of_kind("company", "Bilim Ordo LLC");
        assert_eq!(decided(vec![vec![russian.clone()], vec![english.clone()]]).len(), 1);
        assert_eq!(decided(vec![vec![russian.clone()], vec![company.clone()]]), []);
        assert_eq!(decided(vec![vec![russian], vec![english], vec![company]]), []);
    }

    #[test]
    fn an_acronym_that_both_languages_have_joins_two_names_of_one_kind() {
        let of_kind = |kind: &'static str, name: &str| Mention { subtype: Some(kind.into()), ..body(name, name, Some("LRF")) };
        let english = of_kind("foundation", "Lotus Rural Fund");
        let russian = of_kind("foundation", "Сельский фонд «Лотос»");
        assert_eq!(decided(vec![vec![english.clone()], vec![russian]]).len(), 1);
        assert_eq!(decided(vec![vec![english], vec![of_kind("company", "Лига ремонтных фирм")]]), []);
    }

    #[test]
    fn an_acronym_needs_its_letters_in_the_name() {
        let cut = body("Border Patrol", "Border Patrol", Some("CBP"));
        assert_eq!(decided(vec![vec![cut], vec![body("CBP", "CBP", None)]]), []);
    }

    #[test]
    fn countries_keep_bodies_apart() {
        let in_country = |country: &'static str, mention: Mention| Mention { country: Some(country.into()), ..mention };
        let full = in_country("KG", body("Lotus Rural Fund", "Lotus Rural Fund", Some("LRF")));
        let alone = in_country("AM", body("LRF", "LRF", None));
        assert_eq!(decided(vec![vec![full], vec![alone]]), []);
    }
}
