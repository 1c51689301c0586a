//! Which prediction goes with which mark.

/// A stretch of code points.
pub(super) trait Stretch {
    fn stretch(&self) -> (usize, usize);
}

impl Stretch for super::gold::Mark {
    fn stretch(&self) -> (usize, usize) {
        (self.start, self.end)
    }
}

impl Stretch for super::gold::Found {
    fn stretch(&self) -> (usize, usize) {
        (self.start, self.end)
    }
}

impl<T: Stretch> Stretch for &T {
    fn stretch(&self) -> (usize, usize) {
        T::stretch(self)
    }
}

/// How many code points two stretches share.
pub(super) fn shared(a: &impl Stretch, b: &impl Stretch) -> usize {
    let ((a, b), (c, d)) = (a.stretch(), b.stretch());
    b.min(d).saturating_sub(a.max(c))
}

/// Whether `outer` holds all of `inner`.
pub(super) fn holds(outer: &impl Stretch, inner: &impl Stretch) -> bool {
    let ((a, b), (c, d)) = (outer.stretch(), inner.stretch());
    a <= c && d <= b
}

/// Pairs one to one, greedily: the longest overlap first, then the nearer start, then the later
/// mark, then the later prediction.
pub(super) fn pair(gold: &[impl Stretch], found: &[impl Stretch]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (i, mark) in gold.iter().enumerate() {
        for (j, other) in found.iter().enumerate() {
            let length = shared(mark, other);
            if length > 0 {
                let apart = mark.stretch().0.abs_diff(other.stretch().0);
                candidates.push((length, std::cmp::Reverse(apart), i, j));
            }
        }
    }
    candidates.sort_unstable_by(|a, b| b.cmp(a));
    let (mut used_gold, mut used_found) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (_, _, i, j) in candidates {
        if !used_gold[i] && !used_found[j] {
            (used_gold[i], used_found[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::gold::Mark;
    use super::*;

    fn mark(start: usize, end: usize) -> Mark {
        Mark { start, end, ..Mark::default() }
    }

    #[test]
    fn the_longest_overlap_wins_and_each_is_used_once() {
        let gold = [mark(0, 10), mark(10, 20)];
        let found = [mark(5, 18), mark(9, 11)];
        assert_eq!(pair(&gold, &found), [(1, 0), (0, 1)]);
    }
}
