//! Whether a confidence means what it says: of the mentions found with a confidence of about 0.9,
//! nine in ten should be right.

use std::collections::BTreeMap;

/// How many bins the confidences from 0 to 1 are put into.
const BINS: usize = 10;

/// The mentions of one kind in one bin.
#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    all: usize,
    right: usize,
    said: f64,
}

/// Mentions by kind and confidence, with the share of them that is right: in the gold set, with its
/// value where it has one.
#[derive(Clone, Debug, Default)]
pub struct Confidence {
    kinds: BTreeMap<String, [Bin; BINS]>,
}

impl Confidence {
    pub(super) fn add(&mut self, kind: &str, confidence: f64, right: bool) {
        let bins = self.kinds.entry(kind.to_string()).or_default();
        let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.all += 1;
        bin.right += usize::from(right);
        bin.said += confidence;
    }

    /// A line for each kind and bin, its columns separated by tabs: kind, lower and upper bound,
    /// mentions, their mean confidence, the share that is right; and for each kind the mean
    /// distance between the two, weighted by mentions (the expected calibration error).
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut out = vec!["kind\tfrom\tto\tmentions\tconfidence\tright".to_string()];
        for (kind, bins) in &self.kinds {
            let mut distance = 0.0;
            for (n, bin) in bins.iter().enumerate().filter(|(_, bin)| bin.all > 0) {
                let (said, right) = (bin.said / bin.all as f64, bin.right as f64 / bin.all as f64);
                distance += (said - right).abs() * bin.all as f64;
                let (from, to) = (n as f64 / BINS as f64, (n + 1) as f64 / BINS as f64);
                out.push(format!("{kind}\t{from:.1}\t{to:.1}\t{}\t{said:.3}\t{right:.3}", bin.all));
            }
            let all: usize = bins.iter().map(|bin| bin.all).sum();
            let right: usize = bins.iter().map(|bin| bin.right).sum();
            let said: f64 = bins.iter().map(|bin| bin.said).sum();
            let (count, all) = (all, all.max(1) as f64);
            let (said, right, distance) = (said / all, right as f64 / all, distance / all);
            out.push(format!("{kind}\tall\t\t{count}\t{said:.3}\t{right:.3}\tcalibration error {distance:.3}"));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_stand_beside_what_was_said() {
        let mut confidence = Confidence::default();
        for right in [true, true, true, false] {
            confidence.add("place", 0.75, right);
        }
        let lines = confidence.lines();
        assert_eq!(lines[1], "place\t0.7\t0.8\t4\t0.750\t0.750");
        assert!(lines[2].ends_with("calibration error 0.000"));
    }
}
