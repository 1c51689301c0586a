//! Counts over a set: hits, misses and what they were.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::gold::{Document, Found, Mark, Prediction, Set};
use super::pairs::{holds, pair, shared};
use super::places::{fold, kilometres};

/// The contract's types with the names of the marks.
const KINDS: [(&str, &str); 6] =
    [("date", "DATE"), ("place", "PLACE"), ("organization", "ORG"), ("person", "PER"), ("project", "PROJ"), ("money", "MONEY")];
const FACTS: [&str; 5] = ["language", "title", "published", "event", "event_place"];
pub(super) const ROLES: [&str; 3] = ["donors", "implementers", "organizers"];

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The document.
    pub document: String,
    /// The type, fact or role.
    pub what: String,
    /// missed, spurious, value, bounds or fact.
    pub how: &'static str,
    /// The words, or what gold has.
    pub gold: String,
    /// What is known of it, or what was predicted.
    pub found: String,
}

/// Hits of one measure.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub strict: usize,
    pub overlap: usize,
    pub value: usize,
    pub role: usize,
    pub entity: usize,
    pub gold: usize,
    pub found: usize,
    /// Gold marks that carry no value.
    pub blank: usize,
    /// Of these, the ones found.
    pub blank_hit: usize,
}

/// Everything counted over a set.
#[derive(Clone, Debug, Default)]
pub struct Tallies {
    pub(super) documents: usize,
    pub(super) missing: usize,
    pub(super) marks: BTreeMap<String, Tally>,
    /// Right, and all.
    pub(super) facts: BTreeMap<String, (usize, usize)>,
    pub(super) has_roles: bool,
    /// Names given to each gold body: document and name.
    links: BTreeMap<String, Vec<(usize, Option<String>)>>,
    /// Furniture masked, furniture, release masked, release; in code points.
    pub(super) masked: [usize; 4],
    /// Kilometres of each paired place that both sides locate.
    pub(super) kilometres: Vec<f64>,
    /// Paired places that gold locates.
    pub(super) located: usize,
    /// What was wrong, in the order of the set.
    /// Mentions by confidence.
    pub confidence: super::Confidence,
    pub misses: Vec<Miss>,
    /// What each document adds.
    pub(super) parts: Vec<Part>,
}

/// What one document adds to the counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub marks: BTreeMap<String, Tally>,
    pub facts: BTreeMap<String, (usize, usize)>,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        let Self { strict, overlap, value, role, entity, gold, found, blank, blank_hit } = other;
        self.strict += strict;
        self.overlap += overlap;
        self.value += value;
        self.role += role;
        self.entity += entity;
        self.gold += gold;
        self.found += found;
        self.blank += blank;
        self.blank_hit += blank_hit;
    }
}

impl Tallies {
    /// Measures predictions against a set.
    #[must_use]
    pub fn of(set: &Set, predictions: &HashMap<String, Prediction>) -> Self {
        let mut tallies = Self { documents: set.documents.len(), ..Self::default() };
        let none = Prediction::default();
        for (number, gold) in set.documents.iter().enumerate() {
            let found = predictions.get(&gold.id);
            tallies.missing += usize::from(found.is_none());
            tallies.has_roles |= gold.mentions.iter().any(|mark| mark.role.is_some());
            tallies.document(number, gold, found.unwrap_or(&none), set.lengths.get(&gold.id).copied());
            tallies.close();
        }
        for part in &tallies.parts {
            for (name, tally) in &part.marks {
                tallies.marks.entry(name.clone()).or_default().add(tally);
            }
            for (name, (right, all)) in &part.facts {
                let count = tallies.facts.entry(name.clone()).or_default();
                (count.0, count.1) = (count.0 + right, count.1 + all);
            }
        }
        tallies
    }

    /// Puts the counts of one document by themselves.
    fn close(&mut self) {
        let part = Part { marks: std::mem::take(&mut self.marks), facts: std::mem::take(&mut self.facts) };
        self.parts.push(part);
    }

    fn document(&mut self, number: usize, gold: &Document, prediction: &Prediction, length: Option<usize>) {
        let language = gold.facts.get("language").and_then(Value::as_str).unwrap_or("?").to_string();
        let is_optional = optional(&gold.mentions);
        let found: Vec<&Found> = prediction.mentions.iter().filter(|m| m.zone.as_deref() != Some("furniture")).collect();
        for (kind, label) in KINDS {
            if gold.types.as_ref().is_none_or(|types| types.iter().any(|marked| marked == label)) {
                self.kind(&gold.id, &language, (kind, label), &gold.mentions, &is_optional, &found);
            }
        }
        if let (Some(page), Some(length)) = (&gold.furniture, length) {
            self.furniture(page, &prediction.furniture, length);
        }
        self.facts(gold, &language, prediction);
        if gold.facts.contains_key("organizations") {
            self.bodies(number, gold, &language, prediction, &found);
        }
    }

    fn kind(
        &mut self,
        document: &str,
        language: &str,
        (kind, label): (&str, &str),
        marks: &[Mark],
        is_optional: &[bool],
        found: &[&Found],
    ) {
        let of_label = |optional: bool| -> Vec<&Mark> {
            marks.iter().zip(is_optional).filter(|(mark, is)| mark.kind == label && **is == optional).map(|(mark, _)| mark).collect()
        };
        let (must, may) = (of_label(false), of_label(true));
        let found: Vec<&Found> = found.iter().copied().filter(|m| m.kind == kind).collect();
        let excuses = matches!(label, "PLACE" | "DATE" | "ORG" | "PER");
        let outer: Vec<&Mark> = marks.iter().filter(|m| excuses && is_outer(m) && m.kind != label).collect();
        let hits: BTreeSet<usize> = pair(&must, &found).into_iter().map(|(_, j)| j).collect();
        // what hits only an optional mark, or lies in a body's or project's name, counts for nothing
        let counts = |j: usize, m: &Found| {
            hits.contains(&j) || !(may.iter().any(|mark| shared(mark, m) > 0) || outer.iter().any(|mark| holds(mark, m)))
        };
        let kept: Vec<&Found> = found.iter().enumerate().filter(|(j, m)| counts(*j, m)).map(|(_, m)| *m).collect();
        let pairs = pair(&must, &kept);
        for name in [kind.to_string(), format!("{kind}/{language}")] {
            let tally = self.marks.entry(name).or_default();
            tally.gold += must.len();
            tally.blank += must.iter().filter(|mark| !is_valued(mark)).count();
            tally.found += kept.len();
            for &(i, j) in &pairs {
                let (mark, m) = (must[i], kept[j]);
                tally.overlap += 1;
                tally.strict += usize::from(same_bounds(mark, m));
                if is_valued(mark) {
                    tally.value += usize::from(same_value(mark, m));
                } else {
                    tally.blank_hit += 1;
                }
                tally.role += usize::from(label == "DATE" && mark.role.is_some() && mark.role == m.role);
            }
        }
        for &(i, j) in &pairs {
            if let (Some(north), Some(east)) = (must[i].latitude, must[i].longitude) {
                self.located += 1;
                if let (Some(there), Some(east_there)) = (kept[j].latitude, kept[j].longitude) {
                    self.kilometres.push(kilometres((north, east), (there, east_there)));
                }
            }
        }
        for (j, m) in kept.iter().enumerate() {
            let Some(sure) = m.confidence else { continue };
            let pair = pairs.iter().find(|pair| pair.1 == j);
            self.confidence.add(kind, sure, pair.is_some_and(|&(i, _)| !is_valued(must[i]) || same_value(must[i], m)));
        }
        self.misses_of(document, kind, &must, &kept, &pairs);
    }

    fn misses_of(&mut self, document: &str, kind: &str, must: &[&Mark], kept: &[&Found], pairs: &[(usize, usize)]) {
        let mut miss = |how, gold: &str, found: String| {
            self.misses.push(Miss { document: document.into(), what: kind.into(), how, gold: gold.into(), found });
        };
        let known = |first: &Option<String>, second: &Option<String>| first.clone().or_else(|| second.clone()).unwrap_or_default();
        for (i, mark) in must.iter().enumerate() {
            if !pairs.iter().any(|pair| pair.0 == i) {
                miss("missed", &mark.text, known(&mark.value, &mark.name.clone().or_else(|| mark.entity.clone())));
            }
        }
        for (j, m) in kept.iter().enumerate() {
            if !pairs.iter().any(|pair| pair.1 == j) {
                miss("spurious", &m.text, known(&m.value, &m.name));
            }
        }
        for &(i, j) in pairs {
            let (mark, m) = (must[i], kept[j]);
            if is_valued(mark) && !same_value(mark, m) {
                let of = |value: &Option<String>,
                          country: &Option<String>,
                          name: &Option<String>,
                          currency: &Option<String>,
                          amount: Option<f64>| {
                    value.clone().unwrap_or_else(|| {
                        if mark.kind == "MONEY" {
                            format!("{} {}", currency.as_deref().unwrap_or("-"), amount.unwrap_or_default())
                        } else {
                            format!("{}:{}", country.as_deref().unwrap_or("-"), name.as_deref().unwrap_or_default())
                        }
                    })
                };
                let want = of(&mark.value, &mark.country, &mark.name, &mark.currency, mark.amount);
                let got = of(&m.value, &m.country, &m.name, &m.currency, m.amount);
                miss("value", &mark.text, format!("{want} got {got}"));
            } else if !same_bounds(mark, m) {
                miss("bounds", &mark.text, m.text.clone());
            }
        }
    }

    fn furniture(&mut self, page: &[[usize; 2]], found: &[[usize; 2]], length: usize) {
        let size = |stretches: &[[usize; 2]]| -> usize { stretches.iter().map(|[a, b]| b.saturating_sub(*a)).sum() };
        let masked: std::collections::HashSet<usize> = found.iter().flat_map(|[a, b]| *a..*b).collect();
        let hit = page.iter().flat_map(|[a, b]| *a..*b).filter(|i| masked.contains(i)).count();
        self.masked[0] += hit;
        self.masked[1] += size(page);
        self.masked[2] += size(found).saturating_sub(hit);
        self.masked[3] += length.saturating_sub(size(page));
    }

    fn facts(&mut self, gold: &Document, language: &str, prediction: &Prediction) {
        for key in FACTS {
            let Some(want) = gold.facts.get(key) else { continue };
            if key == "published" && gold.types.is_some() && !gold.facts.contains_key("event") {
                continue; // the set gives the day; it is not to be found
            }
            let got = prediction.facts.get(key).unwrap_or(&Value::Null);
            let (want_text, got_text) = (want.as_str(), got.as_str().filter(|text| !text.is_empty()));
            let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let right = match key {
                "event_place" => same_event_place(want_text, got.as_object()),
                "title" => got_text == want_text || got_text.zip(want_text).is_some_and(|(got, want)| spaced(got) == spaced(want)),
                _ => got_text == want_text,
            };
            for name in [key.to_string(), format!("{key}/{language}")] {
                let count = self.facts.entry(name).or_default();
                count.0 += usize::from(right);
                count.1 += 1;
            }
            if !right {
                let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), Into::into);
                self.misses.push(Miss { document: gold.id.clone(), what: key.into(), how: "fact", gold: shown(want), found: shown(got) });
            }
        }
    }

    fn bodies(&mut self, number: usize, gold: &Document, language: &str, prediction: &Prediction, found: &[&Found]) {
        let bodies: Vec<&Mark> = gold.mentions.iter().filter(|mark| mark.kind == "ORG").collect();
        let found: Vec<&Found> = found.iter().copied().filter(|m| m.kind == "organization").collect();
        // which gold body a predicted entity mostly is; of equals the one seen first
        let mut means: HashMap<Option<&str>, Vec<(&str, usize)>> = HashMap::new();
        for (i, j) in pair(&bodies, &found) {
            let entity = bodies[i].entity.as_deref().unwrap_or_default();
            let counts = means.entry(found[j].entity.as_deref()).or_default();
            match counts.iter_mut().find(|(seen, _)| *seen == entity) {
                Some((_, count)) => *count += 1,
                None => counts.push((entity, 1)),
            }
            self.links.entry(entity.into()).or_default().push((number, found[j].name.clone()));
        }
        let best = |entity: Option<&str>| {
            let counts = means.get(&entity)?;
            let most = counts.iter().map(|(_, count)| *count).max()?;
            counts.iter().find(|(_, count)| *count == most).map(|(entity, _)| (*entity).to_string())
        };
        for role in ROLES {
            let listed = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
            let want: BTreeSet<String> = listed(gold.facts.get(role)).iter().filter_map(Value::as_str).map(Into::into).collect();
            let got: BTreeSet<String> = listed(prediction.facts.get(role))
                .iter()
                .map(|body| {
                    let name = || format!("?{}", body.get("name").and_then(Value::as_str).unwrap_or_default());
                    best(body.get("entity").and_then(Value::as_str)).unwrap_or_else(name)
                })
                .collect();
            for name in [role.to_string(), format!("{role}/{language}")] {
                let tally = self.marks.entry(name).or_default();
                tally.gold += want.len();
                tally.found += got.len();
                tally.entity += want.intersection(&got).count();
            }
            for (how, names) in [("missed", want.difference(&got)), ("spurious", got.difference(&want))] {
                let miss =
                    |name: &String| Miss { document: gold.id.clone(), what: role.into(), how, gold: name.clone(), found: String::new() };
                self.misses.extend(names.map(miss));
            }
        }
    }

    /// Of the pairs of mentions of one body in two documents, how many have one name.
    pub(super) fn linked(&self) -> (usize, usize) {
        let (mut linked, mut total) = (0, 0);
        for found in self.links.values() {
            for (a, (document, name)) in found.iter().enumerate() {
                for (other, other_name) in &found[a + 1..] {
                    if document != other {
                        total += 1;
                        linked += usize::from(name.as_ref().is_some_and(|name| !name.is_empty()) && name == other_name);
                    }
                }
            }
        }
        (linked, total)
    }

    /// Of the mentions of bodies, how many have a name that means mostly that body.
    pub(super) fn alone(&self) -> (usize, usize) {
        let mut means: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
        for (entity, found) in &self.links {
            for name in found.iter().filter_map(|(_, name)| name.as_deref()).filter(|name| !name.is_empty()) {
                *means.entry(name).or_default().entry(entity).or_default() += 1;
            }
        }
        let most = means.values().filter_map(|counts| counts.values().max()).sum();
        (most, means.values().flat_map(HashMap::values).sum())
    }
}

fn is_outer(mark: &Mark) -> bool {
    matches!(mark.kind.as_str(), "ORG" | "PROJ")
}

/// Which marks are right to find and not wrong to leave.
fn optional(marks: &[Mark]) -> Vec<bool> {
    let inside = |i: usize, mark: &Mark| marks.iter().enumerate().any(|(o, outer)| o != i && is_outer(outer) && holds(outer, mark));
    marks.iter().enumerate().map(|(i, mark)| mark.nested || mark.optional || inside(i, mark)).collect()
}

fn same_bounds(mark: &Mark, found: &Found) -> bool {
    let got = [found.start, found.end];
    got == [mark.start, mark.end] || mark.wide == Some(got) || mark.core == Some(got)
}

/// Whether gold says what the value is.
fn is_valued(mark: &Mark) -> bool {
    let filled = |value: &Option<String>| value.as_ref().is_some_and(|value| !value.is_empty());
    match mark.kind.as_str() {
        "DATE" => filled(&mark.value),
        "PLACE" => filled(&mark.country) && filled(&mark.name),
        "MONEY" => filled(&mark.currency),
        _ => true,
    }
}

fn same_value(mark: &Mark, found: &Found) -> bool {
    match mark.kind.as_str() {
        "DATE" => {
            let got = found.value.as_deref().filter(|value| !value.is_empty()).unwrap_or("?");
            if mark.value.as_deref() == Some("?") { got == "?" || got.starts_with("XXXX") } else { mark.value.as_deref() == Some(got) }
        }
        "PLACE" => {
            let same_name = || fold(mark.name.as_deref().unwrap_or_default()) == fold(found.name.as_deref().unwrap_or_default());
            match mark.country.as_deref() {
                None | Some("-") => found.country.as_deref().is_none_or(str::is_empty) && same_name(),
                country => country == found.country.as_deref() && same_name(),
            }
        }
        "MONEY" => {
            let amount = mark.amount.unwrap_or_default();
            mark.currency == found.currency && (amount - found.amount.unwrap_or_default()).abs() < 0.005 * amount.abs().max(1.0)
        }
        _ => true,
    }
}

fn same_event_place(want: Option<&str>, got: Option<&serde_json::Map<String, Value>>) -> bool {
    let of = |got: &serde_json::Map<String, Value>, key: &str| got.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    match (want, got) {
        (None, None) => true,
        (Some(want), Some(got)) if !got.is_empty() => want
            .split_once(':')
            .is_some_and(|(country, name)| country.replace('-', "") == of(got, "country") && fold(name) == fold(&of(got, "name"))),
        _ => false,
    }
}
