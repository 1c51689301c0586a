//! Counts as figures: precision, recall, F1, accuracies, distances.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

use super::bootstrap::Intervals;
use super::tally::{ROLES, Tallies, Tally};

/// One line of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What is measured.
    pub name: String,
    /// Names and numbers: shares rounded to four places, counts whole.
    pub numbers: Vec<(&'static str, Value)>,
}

/// All figures of a set.
#[derive(Clone, Debug)]
pub struct Figures {
    documents: usize,
    missing: usize,
    /// The lines, in order.
    pub lines: Vec<Figure>,
    /// How far they may lie off, where that was asked.
    pub intervals: Option<Intervals>,
}

/// Hits out of what there is and what was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Share {
    pub hits: usize,
    pub gold: usize,
    pub found: usize,
}

impl Share {
    /// Adds another so many times.
    pub fn add(&mut self, other: &Self, times: usize) {
        self.hits += other.hits * times;
        self.gold += other.gold * times;
        self.found += other.found * times;
    }

    /// Precision, recall and F1; none where there is nothing to find.
    #[expect(clippy::cast_precision_loss, reason = "counts of marks")]
    fn numbers(&self) -> Option<[f64; 3]> {
        let (hits, gold, found) = (self.hits as f64, self.gold as f64, self.found as f64);
        if self.gold == 0 {
            return None;
        }
        let p = if self.found > 0 { hits / found } else { 0.0 };
        let r = hits / gold;
        Some([p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }])
    }

    /// F1; none where there is nothing to find.
    pub fn figure(&self) -> Option<f64> {
        self.numbers().map(|numbers| numbers[2])
    }
}

/// What is measured of marks of a type or of a role.
fn measures(name: &str, tally: &Tally, has_roles: bool) -> Vec<(&'static str, Share)> {
    let kind = name.split('/').next().unwrap_or_default();
    let Tally { gold, found, blank, blank_hit, .. } = *tally;
    if ROLES.contains(&kind) {
        return vec![("entity", Share { hits: tally.entity, gold, found })];
    }
    let mut measures = vec![("strict", Share { hits: tally.strict, gold, found }), ("overlap", Share { hits: tally.overlap, gold, found })];
    if matches!(kind, "date" | "place" | "money") {
        measures.push(("value", Share { hits: tally.value, gold: gold - blank, found: found - blank_hit }));
    }
    if kind == "date" && has_roles {
        measures.push(("role", Share { hits: tally.role, gold, found }));
    }
    measures
}

impl Figures {
    /// The figures of what was counted.
    #[must_use]
    pub fn of(tallies: &Tallies) -> Self {
        let mut lines = Vec::new();
        for (name, tally) in tallies.marks.iter().filter(|(_, tally)| tally.gold > 0) {
            for (measure, share) in measures(name, tally, tallies.has_roles) {
                if let Some(numbers) = f1(&share, tally.gold) {
                    lines.push(Figure { name: format!("{name} {measure}"), numbers });
                }
            }
        }
        let accuracy = |name: &str, (right, all): (usize, usize)| Figure {
            name: name.into(),
            numbers: vec![("accuracy", share(right, all)), ("of", all.into())],
        };
        lines.extend(tallies.facts.iter().map(|(name, count)| accuracy(name, *count)));
        for (name, count) in [("linked across documents", tallies.linked()), ("names that mean one body", tallies.alone())] {
            if count.1 > 0 {
                lines.push(accuracy(name, count));
            }
        }
        let [hit, furniture, wrong, release] = tallies.masked;
        if furniture > 0 {
            let numbers = vec![("of furniture", share(hit, furniture)), ("of release", share(wrong, release))];
            lines.push(Figure { name: "furniture masked".into(), numbers });
        }
        if tallies.located > 0 {
            lines.push(Figure { name: "place coordinates".into(), numbers: distances(&tallies.kilometres, tallies.located) });
        }
        Self { documents: tallies.documents, missing: tallies.missing, lines, intervals: None }
    }

    /// What one document adds to each figure of marks and facts, by the figure's name.
    pub(super) fn shares(
        marks: &BTreeMap<String, Tally>,
        facts: &BTreeMap<String, (usize, usize)>,
        has_roles: bool,
    ) -> Vec<(String, Share)> {
        let of_marks = marks.iter().flat_map(|(name, tally)| {
            measures(name, tally, has_roles).into_iter().map(move |(measure, share)| (format!("{name} {measure}"), share))
        });
        // a fact is found or not: as many predicted as there are
        let of_facts = facts.iter().map(|(name, &(right, all))| (name.clone(), Share { hits: right, gold: all, found: all }));
        of_marks.chain(of_facts).collect()
    }

    /// A figure by its name, or by its beginning where it has one usual measure: `donors` is
    /// `donors entity`, `date` is `date strict`. A last word `p`, `r`, `f1` or `accuracy` chooses the number;
    /// without it, F1 or accuracy.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        let (of, number) = match name.rsplit_once(' ') {
            Some((of, number @ ("p" | "r" | "f1" | "accuracy"))) => (of, Some(number)),
            _ => (name, None),
        };
        let line =
            ["", " entity", " strict"].iter().find_map(|measure| self.lines.iter().find(|line| line.name == format!("{of}{measure}")))?;
        let wanted = |key: &str| number.map_or(matches!(key, "f1" | "accuracy" | "of furniture" | "within 161 km"), |number| number == key);
        line.numbers.iter().find(|(key, _)| wanted(key))?.1.as_f64()
    }

    /// The figures as one JSON object.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut object = Map::new();
        object.insert("documents".into(), self.documents.into());
        object.insert("missing".into(), self.missing.into());
        for line in &self.lines {
            let numbers: Map<String, Value> = line.numbers.iter().map(|(name, number)| ((*name).into(), number.clone())).collect();
            object.insert(line.name.clone(), numbers.into());
        }
        if let Some(intervals) = &self.intervals {
            let bounds = intervals.iter().map(|(name, bounds)| (name.clone(), bounds.iter().map(|b| rounded(*b)).collect()));
            object.insert("intervals".into(), Value::Object(bounds.collect()));
        }
        object.into()
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "documents {}, of which not in the prediction {}", self.documents, self.missing)?;
        for line in &self.lines {
            let numbers: Vec<String> = line
                .numbers
                .iter()
                .map(|(name, number)| match number.as_f64().filter(|_| number.is_f64()) {
                    Some(share) => format!("{name} {share:.3}"),
                    None => format!("{name} {number}"),
                })
                .collect();
            let bounds = self.intervals.as_ref().and_then(|intervals| intervals.get(&line.name));
            let bounds = bounds.map(|[low, high]| format!("  95% {low:.3} to {high:.3}")).unwrap_or_default();
            writeln!(f, "{:36} {}{bounds}", line.name, numbers.join("  "))?;
        }
        Ok(())
    }
}

/// The share of places that lie within 161 km (100 miles) of where gold has them, as toponym
/// resolution is measured; a place without coordinates is a miss. Mean and median are of those
/// that have coordinates.
fn distances(kilometres: &[f64], located: usize) -> Vec<(&'static str, Value)> {
    let mut sorted = kilometres.to_vec();
    sorted.sort_by(f64::total_cmp);
    let near = sorted.partition_point(|&way| way <= 161.0);
    let mut numbers = vec![("within 161 km", share(near, located)), ("of", located.into())];
    if let (Some(&low), Some(&high)) = (sorted.get((sorted.len().max(1) - 1) / 2), sorted.get(sorted.len() / 2)) {
        #[expect(clippy::cast_precision_loss, reason = "counts of marks")]
        let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
        numbers.push(("mean km", rounded(mean)));
        numbers.push(("median km", rounded(f64::midpoint(low, high))));
    }
    numbers
}

fn f1(share: &Share, all: usize) -> Option<Vec<(&'static str, Value)>> {
    let [p, r, f1] = share.numbers()?;
    Some(vec![("p", rounded(p)), ("r", rounded(r)), ("f1", rounded(f1)), ("gold", all.into())])
}

#[expect(clippy::cast_precision_loss, reason = "counts of marks and code points")]
fn share(part: usize, whole: usize) -> Value {
    rounded(if whole == 0 { 0.0 } else { part as f64 / whole as f64 })
}

/// Four places, by the exact decimal value; of two equally near the even one.
fn rounded(number: f64) -> Value {
    json!(format!("{number:.4}").parse::<f64>().unwrap_or(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_even() {
        assert_eq!(rounded(0.03125), json!(0.0312));
        assert_eq!(rounded(0.09375), json!(0.0938));
        assert_eq!(share(2, 3), json!(0.6667));
    }

    #[test]
    fn distances_count_what_was_not_located_as_a_miss() {
        let numbers = distances(&[10.0, 500.0, 30.0], 4);
        assert_eq!(numbers, [("within 161 km", json!(0.5)), ("of", json!(4)), ("mean km", json!(180.0)), ("median km", json!(30.0))]);
    }
}
