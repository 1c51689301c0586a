//! Counts as figures: precision, recall, F1, accuracies, distances.

use std::fmt;

use serde_json::{Map, Value, json};

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
}

impl Figures {
    /// The figures of what was counted.
    #[must_use]
    pub fn of(tallies: &Tallies) -> Self {
        let mut lines = Vec::new();
        for (name, tally) in tallies.marks.iter().filter(|(_, tally)| tally.gold > 0) {
            let kind = name.split('/').next().unwrap_or_default();
            let mut add = |measure: &str, hits: usize, gold: usize, found: usize| {
                if let Some(numbers) = f1(hits, gold, found, tally.gold) {
                    lines.push(Figure { name: format!("{name} {measure}"), numbers });
                }
            };
            let Tally { gold, found, blank, blank_hit, .. } = *tally;
            if ROLES.contains(&kind) {
                add("entity", tally.entity, gold, found);
                continue;
            }
            add("strict", tally.strict, gold, found);
            add("overlap", tally.overlap, gold, found);
            if matches!(kind, "date" | "place" | "money") {
                add("value", tally.value, gold - blank, found - blank_hit);
            }
            if kind == "date" && tallies.has_roles {
                add("role", tally.role, gold, found);
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
        Self { documents: tallies.documents, missing: tallies.missing, lines }
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
            writeln!(f, "{:36} {}", line.name, numbers.join("  "))?;
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

fn f1(hits: usize, gold: usize, found: usize, all: usize) -> Option<Vec<(&'static str, Value)>> {
    #[expect(clippy::cast_precision_loss, reason = "counts of marks")]
    let (hits, gold_count, found_count) = (hits as f64, gold as f64, found as f64);
    if gold == 0 {
        return None;
    }
    let p = if found > 0 { hits / found_count } else { 0.0 };
    let r = hits / gold_count;
    let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
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
