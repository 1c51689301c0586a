//! The best labels of a run of tokens under a model, found token by token.
//!
//! After Viterbi (1967). Labels that may stand after any other (outside, and the first token of a
//! name) are four lanes, and the three that go on in a name stand in lanes below their first
//! tokens: a step is a few operations on whole lanes. The way back is worked out again along the
//! best way alone, which is cheaper than to note it for every label.

use super::model::{LABELS, Model, NEVER, OUTSIDE, Sums, continues, first_of};

/// A value for each label that may stand after any other, and below it one for the label that
/// goes on after it.
#[derive(Clone, Copy, Debug)]
struct Column {
    open: [f32; 4],
    on: [f32; 4],
    /// The values of the open lanes without the token's own scores.
    come: [f32; 4],
}

impl Column {
    /// The values by label.
    fn by_label(&self) -> [f32; LABELS] {
        let (open, on) = (&self.open, &self.on);
        [open[0], open[1], on[1], open[2], on[2], open[3], on[3]]
    }

    fn of(values: &[f32; LABELS]) -> Self {
        Self { open: [values[0], values[1], values[3], values[5]], on: [NEVER, values[2], values[4], values[6]], come: [0.0; 4] }
    }

    /// With a token's scores added.
    fn scored(self, sums: &Sums, scale: f32) -> Self {
        let score = |label: usize| f32::from(sums[label]) * scale;
        let (open, on) = ([score(0), score(1), score(3), score(5)], [0.0, score(2), score(4), score(6)]);
        Self { open: plus(self.open, open), on: plus(self.on, on), ..self }
    }
}

fn plus(one: [f32; 4], other: [f32; 4]) -> [f32; 4] {
    std::array::from_fn(|lane| one[lane] + other[lane])
}

fn larger(one: [f32; 4], other: [f32; 4]) -> [f32; 4] {
    std::array::from_fn(|lane| if one[lane] > other[lane] { one[lane] } else { other[lane] })
}

/// The steps of a model, by lanes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Steps {
    /// From each label to those that may stand after any.
    open: [[f32; 4]; LABELS],
    /// To each label from all, in the order of labels.
    back: [[f32; LABELS]; LABELS],
    /// The same, and no less than what makes a label unlikely.
    pub(super) after: [[f32; LABELS]; LABELS],
    /// From the first token of a name to the next.
    begun: [f32; 4],
    /// From a later one to the next.
    gone_on: [f32; 4],
}

impl Steps {
    pub(super) fn new(step: &[[f32; LABELS]; LABELS]) -> Self {
        let mut steps = Self { begun: [NEVER; 4], gone_on: [NEVER; 4], ..Self::default() };
        for (lanes, row) in steps.open.iter_mut().zip(step) {
            *lanes = Column::of(row).open;
        }
        steps.back = std::array::from_fn(|label| std::array::from_fn(|from| step[from][label]));
        steps.after = steps.back.map(|from| from.map(|weight| weight.max(-30.0)));
        for kind in 0..3 {
            let (first, later) = (first_of(kind), first_of(kind) + 1);
            steps.begun[kind + 1] = step[first][later];
            steps.gone_on[kind + 1] = step[later][later];
        }
        steps
    }
}

/// Room for a run of tokens, used again for the next.
#[derive(Debug, Default)]
pub struct Lattice {
    /// The labels, after [`Self::close`].
    pub best: Vec<u8>,
    columns: Vec<Column>,
}

impl Lattice {
    /// Begins a run with its first token: `start` weighs its label.
    pub fn begin(&mut self, model: &Model, start: &[f32; LABELS], sums: &Sums) {
        self.columns.clear();
        self.columns.push(Column::of(start).scored(sums, model.scale));
    }

    /// Goes on to the next token.
    pub fn step(&mut self, model: &Model, sums: &Sums) {
        let Some(before) = self.columns.last() else { return };
        let steps = &model.steps;
        let outside = plus([before.open[0]; 4], steps.open[OUTSIDE]);
        let values = before.by_label();
        let way = |label: usize| plus([values[label]; 4], steps.open[label]);
        // two and two, so that no one has to wait for all before it
        let open = larger(larger(larger(way(1), way(2)), larger(way(3), way(4))), larger(larger(way(5), way(6)), outside));
        let on = larger(plus(before.on, steps.gone_on), plus(before.open, steps.begun));
        let next = Column { open, on, come: open }.scored(sums, model.scale);
        self.columns.push(next);
    }

    /// By how much the last token is better outside of any name than in one.
    #[must_use]
    pub fn margin(&self) -> f32 {
        let Some(last) = self.columns.last() else { return 0.0 };
        let [outside, names @ ..] = last.by_label();
        outside - names.into_iter().fold(f32::MIN, f32::max)
    }

    /// Ends the run and finds its labels; `outside` when its last token is known to be outside.
    pub fn close(&mut self, model: &Model, outside: bool) {
        self.best.clear();
        let Some(last) = self.columns.last() else { return };
        let values = last.by_label();
        let mut label = OUTSIDE;
        if !outside {
            label = (0..LABELS).max_by(|&a, &b| values[a].total_cmp(&values[b]).then(b.cmp(&a))).unwrap_or(OUTSIDE);
        }
        self.best.push(label as u8);
        let (befores, mut here) = (self.columns.iter().rev().skip(1), last);
        for before in befores {
            // most tokens come after one outside of any name
            let lane = label.div_ceil(2);
            let is_from_outside = !continues(label) && before.open[0] + model.steps.open[OUTSIDE][lane] >= here.come[lane];
            label = if is_from_outside { OUTSIDE } else { way_back(model, before, label) };
            self.best.push(label as u8);
            here = before;
        }
        self.best.reverse();
    }

    /// Labels a run whose sums are all known.
    pub fn label(&mut self, model: &Model, start: &[f32; LABELS], sums: &[Sums]) {
        self.best.clear();
        let Some((first, rest)) = sums.split_first() else { return };
        self.begin(model, start, first);
        for sums in rest {
            self.step(model, sums);
        }
        self.close(model, false);
    }
}

/// The label before `label` on the best way, the first of equals.
fn way_back(model: &Model, before: &Column, label: usize) -> usize {
    let values = before.by_label();
    if continues(label) {
        let first = label - 1;
        let (begun, gone_on) = (values[first] + model.step[first][label], values[label] + model.step[label][label]);
        return if gone_on > begun { label } else { first };
    }
    let ways: [f32; LABELS] = std::array::from_fn(|from| values[from] + model.steps.back[label][from]);
    let top = ways.into_iter().fold(f32::MIN, |top, way| if way > top { way } else { top });
    let equal = ways.into_iter().enumerate().fold(0_u32, |bits, (from, way)| bits | u32::from(way == top) << from);
    equal.trailing_zeros() as usize % LABELS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All labellings of four tokens tried one by one.
    fn by_hand(model: &Model, sums: &[Sums]) -> Vec<u8> {
        let count = LABELS.pow(sums.len() as u32);
        let labels = |n: usize| -> Vec<u8> { (0..sums.len()).map(|i| (n / LABELS.pow(i as u32) % LABELS) as u8).collect() };
        let worth = |labels: &[u8]| {
            let mut worth = model.start[labels[0] as usize];
            for (i, &label) in labels.iter().enumerate() {
                worth += f32::from(sums[i][label as usize]) * model.scale;
                if i > 0 {
                    worth += model.step[labels[i - 1] as usize][label as usize];
                }
            }
            worth
        };
        (0..count).map(labels).max_by(|a, b| worth(a).total_cmp(&worth(b))).unwrap_or_default()
    }

    #[test]
    fn the_best_way_is_that_of_all_ways() {
        let mut state = 7_u32;
        let mut chance = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as i16 % 997
        };
        let mut step = [[0.0; LABELS]; LABELS];
        step.iter_mut().flatten().for_each(|weight| *weight = f32::from(chance()) / 100.0);
        let bytes = Model::write(4, &[0.0; LABELS], &step, &vec![[0.0; 8]; 16]);
        let mut model = Model::read(Box::leak(bytes.into_boxed_slice())).expect("a model reads what it wrote");
        model.scale = 0.01;
        let mut lattice = Lattice::default();
        for _ in 0..40 {
            let sums: Vec<Sums> = (0..4).map(|_| std::array::from_fn(|_| chance())).collect();
            lattice.label(&model, &model.start, &sums);
            assert_eq!(lattice.best, by_hand(&model, &sums));
        }
    }
}
