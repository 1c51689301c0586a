//! How far a figure may lie from what another set of the same kind would give.
//!
//! Documents are drawn with replacement, as many as the set has, and each figure is counted anew;
//! the 2.5th and 97.5th of a hundred such figures bound it (percentile bootstrap: B. Efron, R. Tibshirani,
//! An Introduction to the Bootstrap, 1993). Documents and not mentions are drawn, because mentions of one
//! document stand or fall together. The generator is seeded: the same set gives the same bounds.

use std::collections::BTreeMap;

use super::figures::{Figures, Share};
use super::tally::Tallies;

/// Bounds of 95 %, by the figure's name: of F1, or of the share that is right.
pub type Intervals = BTreeMap<String, [f64; 2]>;

/// The bounds of all figures, from so many draws.
#[must_use]
pub fn intervals(tallies: &Tallies, draws: usize) -> Intervals {
    // one list of hits, gold and found for each figure, an entry a document
    let mut of_figures: BTreeMap<String, Vec<(usize, Share)>> = BTreeMap::new();
    for (number, part) in tallies.parts.iter().enumerate() {
        for (name, share) in Figures::shares(&part.marks, &part.facts, tallies.has_roles) {
            of_figures.entry(name).or_default().push((number, share));
        }
    }
    let documents = tallies.parts.len();
    let mut samples: Vec<Vec<f64>> = vec![Vec::with_capacity(draws); of_figures.len()];
    let mut random = Random(0x0da7_e11e);
    let mut times = vec![0_usize; documents];
    for _ in 0..draws {
        times.fill(0);
        for _ in 0..documents {
            times[random.below(documents)] += 1;
        }
        for (sample, parts) in samples.iter_mut().zip(of_figures.values()) {
            let mut sum = Share::default();
            for (number, share) in parts {
                sum.add(share, times[*number]);
            }
            // a draw without a single gold mark says nothing
            sample.extend(sum.figure());
        }
    }
    let bounds = of_figures.into_keys().zip(samples).filter_map(|(name, mut sample)| {
        sample.sort_by(f64::total_cmp);
        let at = |per_mille: usize| sample.get((sample.len() * per_mille / 1000).min(sample.len().checked_sub(1)?)).copied();
        Some((name, [at(25)?, at(975)?]))
    });
    bounds.collect()
}

/// SplitMix64 (G. Steele, D. Lea, C. Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is above zero.
    fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_is_drawn_about_as_often() {
        let mut random = Random(7);
        let mut times = [0; 10];
        for _ in 0..10_000 {
            times[random.below(10)] += 1;
        }
        assert!(times.iter().all(|n| (900..1100).contains(n)), "{times:?}");
    }
}
