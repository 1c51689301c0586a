//! Learns the weights of the sequence model from marked texts.
//!
//! A linear-chain CRF by stochastic gradient with AdaGrad steps. Features are dropped at random
//! while it learns ("feature noising", Wang and others, EMNLP 2013), so that no single word or
//! list carries a name alone. Where a text leaves a token's label open, the gradient is that of
//! the sum over all labellings that agree with what is marked. Everything is deterministic: the
//! same texts give the same bytes.

use super::cache::Words;
use super::features::{self, Context, REACH};
use super::model::{LABELS, LANES, Model, may_follow};
use super::samples::Sample;
use super::votes;
use super::{Run, first_pass, headlines, stretches};
use crate::lexicon;

use crate::page::Page;

use crate::text::is_russian;

/// How the model is learnt.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Bits of a row number.
    pub bits: u32,
    /// Times that all texts are read.
    pub rounds: u32,
    /// Step size.
    pub rate: f32,
    /// Share of features dropped.
    pub dropout: f32,
    /// Orders of reading: the model is the mean of what is learnt in as many.
    pub orders: u32,
}

impl Default for Recipe {
    fn default() -> Self {
        Self { bits: 17, rounds: 8, rate: 0.1, dropout: 0.25, orders: 4 }
    }
}

/// A stretch of tokens with the rows of their features and the labels they may have.
#[derive(Clone, Debug)]
pub struct Sequence {
    rows: Vec<u32>,
    ends: Vec<u32>,
    allowed: Vec<u8>,
    weight: f32,
}

/// The stretches of a sample in the one language or the other.
#[must_use]
pub fn sequences(sample: &Sample, weight: f32, russian: bool, bits: u32) -> Vec<Sequence> {
    let mut page = Page::new(&sample.text, true);
    let (places, bodies) = headlines::looked_up(&mut page);
    let context = Context::new(&page, &places, &bodies);
    let labels = sample.labels(&page.text);
    let tokens = &page.text.tokens;
    let (mut all, mut around) = (Vec::new(), Vec::new());
    for sentence in &page.text.sentences {
        let range = (sentence.tokens.0 as usize, sentence.tokens.1 as usize);
        if is_russian(&tokens[range.0..range.1]) != russian {
            continue;
        }
        stretches(&page.text, range, &mut around);
        for &(first, last) in &around {
            if labels[first..last].contains(&0) {
                continue;
            }
            let mut rows: Vec<Vec<u32>> = vec![Vec::with_capacity(80); last - first];
            for (here, token) in tokens[first..last].iter().enumerate() {
                let i = first + here;
                features::word_rows(token, page.text.fold(i), lexicon::classes_of(&page.text, i), bits, |position, row| {
                    if let Some(seer) = (here + REACH).checked_sub(position).and_then(|j| rows.get_mut(j)) {
                        seer.push(row);
                    }
                });
                context.numbers(&page.text, (first, last), i, |number| rows[here].push(features::numbered_row(number, bits)));
                rows[here].extend(context.place_row(i, bits));
            }
            let mut sequence = Sequence { rows: rows.concat(), ends: Vec::new(), allowed: labels[first..last].to_vec(), weight };
            let mut end = 0;
            for row in &rows {
                end += row.len() as u32;
                sequence.ends.push(end);
            }
            all.push(sequence);
        }
    }
    all
}

/// A stretch with the sums that a first pass gave and the rows of votes from the rest of its text.
#[derive(Clone, Debug)]
pub struct Voted {
    base: Vec<Scores>,
    rows: Vec<Vec<u16>>,
    allowed: Vec<u8>,
    weight: f32,
}

/// The stretches of a sample as a model that has not learnt from it labels them.
#[must_use]
pub(crate) fn voted(sample: &Sample, weight: f32, model: &Model, russian: bool, caches: &mut [Words; 2]) -> Vec<Voted> {
    let mut page = Page::new(&sample.text, true);
    let (places, bodies) = headlines::looked_up(&mut page);
    let context = Context::new(&page, &places, &bodies);
    let models = if russian { [None, Some(model)] } else { [Some(model), None] };
    let pass = first_pass(&page, &context, models, caches, f32::INFINITY);
    let allowed = sample.labels(&page.text);
    let mut all = Vec::new();
    let mut from = 0;
    for &Run { tokens: (first, last), .. } in &pass.runs {
        let to = from + last - first;
        if !allowed[first..last].contains(&0) {
            let base = pass.sums[from..to].iter().map(|sums| std::array::from_fn(|l| f32::from(sums[l]) * model.scale)).collect();
            let row_of = |n: usize| {
                let mut rows = Vec::new();
                pass.votes.rows(&page.text.tokens, &context, (first + n, from + n), pass.labels[from + n], |row| rows.push(row as u16));
                rows
            };
            all.push(Voted { base, rows: (0..last - first).map(row_of).collect(), allowed: allowed[first..last].to_vec(), weight });
        }
        from = to;
    }
    all
}

/// Learns how much votes count, all other weights as they are; gives the bytes of their rows.
#[must_use]
pub fn learn_votes(all: &[Voted], model: &Model) -> Vec<u8> {
    const ROUNDS: usize = 8;
    const RATE: f32 = 0.05;
    let mut weights = vec![[0.0f32; LANES]; votes::ROWS];
    let mut squares = vec![[1.0f32; LANES]; votes::ROWS];
    let mut chance = Chance(0x0DA7_E11E);
    let mut order: Vec<usize> = (0..all.len()).filter(|&n| all[n].rows.iter().any(|r| !r.is_empty())).collect();
    for _ in 0..ROUNDS {
        chance.shuffle(&mut order);
        for &number in &order {
            let stretch = &all[number];
            let mut scores = stretch.base.clone();
            for (score, rows) in scores.iter_mut().zip(&stretch.rows) {
                for &row in rows {
                    for (s, w) in score.iter_mut().zip(&weights[row as usize]) {
                        *s += w;
                    }
                }
            }
            let guess = expect(&scores, &model.step, &model.start, None);
            let truth = expect(&scores, &model.step, &model.start, Some(&stretch.allowed));
            for (i, rows) in stretch.rows.iter().enumerate() {
                for &row in rows {
                    for l in 0..LABELS {
                        let gradient = (truth.single[i][l] - guess.single[i][l]) * stretch.weight;
                        let square = &mut squares[row as usize][l];
                        *square += gradient * gradient;
                        weights[row as usize][l] += RATE * gradient / square.sqrt();
                    }
                }
            }
        }
    }
    model.write_votes(&weights)
}

/// A fixed source of chance (xorshift*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}

type Scores = [f32; LABELS];

/// Weights with the sums of squared gradients that set their step size.
struct Learner {
    weights: Vec<[f32; LANES]>,
    squares: Vec<[f32; LANES]>,
    start: [[f32; LABELS]; 2],
    step: [[[f32; LABELS]; LABELS]; 2],
}

/// Where the chance of an order of reading begins.
fn seed(order: u32) -> u64 {
    if order == 0 { 0x0DA7_E11E } else { 0x5EED_0001 + u64::from(order) }
}

/// The mean of the weights at several times.
struct Mean {
    weights: Vec<[f32; LANES]>,
    start: Scores,
    step: [Scores; LABELS],
}

impl Mean {
    fn add(&mut self, learner: &Learner, share: f32) {
        for (mean, row) in self.weights.iter_mut().zip(&learner.weights) {
            for (m, w) in mean.iter_mut().zip(row) {
                *m += w * share;
            }
        }
        for (mean, weight) in self.start.iter_mut().zip(learner.start[0]) {
            *mean += weight * share;
        }
        for (mean, weight) in self.step.iter_mut().flatten().zip(learner.step[0].iter().flatten()) {
            *mean += weight * share;
        }
    }
}

/// Learns from `sequences` and gives the stored model's bytes: the mean over the last rounds of
/// several runs is steadier than where one run's last step ended.
#[must_use]
pub fn learn(sequences: &[Sequence], recipe: &Recipe) -> Vec<u8> {
    let size = 1usize << recipe.bits;
    let mut mean = Mean { weights: vec![[0.0; LANES]; size], start: [0.0; LABELS], step: [[0.0; LABELS]; LABELS] };
    let averaged = (recipe.rounds / 2).max(1);
    let share = 1.0 / (averaged as f32 * recipe.orders as f32);
    for run in 0..recipe.orders {
        let mut learner = Learner {
            weights: vec![[0.0; LANES]; size],
            squares: vec![[0.01; LANES]; size],
            start: [[0.0; LABELS], [0.01; LABELS]],
            step: [[[0.0; LABELS]; LABELS], [[0.01; LABELS]; LABELS]],
        };
        let mut chance = Chance(seed(run));
        let mut order: Vec<u32> = (0..sequences.len() as u32).collect();
        for round in 0..recipe.rounds {
            chance.shuffle(&mut order);
            let rate = recipe.rate * (1.0 - 0.5 * round as f32 / recipe.rounds as f32);
            for &number in &order {
                learner.read(&sequences[number as usize], rate, recipe.dropout, &mut chance);
            }
            if round + averaged >= recipe.rounds {
                mean.add(&learner, share);
            }
        }
    }
    Model::write(recipe.bits, &mean.start, &mean.step, &mean.weights)
}

/// Sums over all labellings: for each token the chance of each label, and of each pair in all.
struct Expectation {
    single: Vec<Scores>,
    pairs: [[f32; LABELS]; LABELS],
}

/// Forward and backward sums in scaled form.
fn expect(scores: &[Scores], step: &[[f32; LABELS]; LABELS], start: &Scores, allowed: Option<&[u8]>) -> Expectation {
    let n = scores.len();
    let may = |i: usize, label: usize| allowed.is_none_or(|a| a[i] & 1 << label != 0);
    let mut moves = [[0.0; LABELS]; LABELS];
    for (before, row) in moves.iter_mut().enumerate() {
        for (label, value) in row.iter_mut().enumerate() {
            if may_follow(before, label) {
                *value = step[before][label].exp();
            }
        }
    }
    let local: Vec<Scores> = (0..n)
        .map(|i| {
            let top = (0..LABELS).map(|l| scores[i][l]).fold(f32::MIN, f32::max);
            std::array::from_fn(|l| if may(i, l) { (scores[i][l] - top).max(-60.0).exp() } else { 0.0 })
        })
        .collect();
    let scaled = |mut column: Scores| {
        let sum: f32 = column.iter().sum();
        for value in &mut column {
            *value /= sum.max(1e-30);
        }
        column
    };
    let mut forward: Vec<Scores> = Vec::with_capacity(n);
    forward.push(scaled(std::array::from_fn(|l| if super::model::continues(l) { 0.0 } else { start[l].exp() * local[0][l] })));
    for i in 1..n {
        let before = forward[i - 1];
        let mut column = [0.0; LABELS];
        for (b, &value) in before.iter().enumerate() {
            for (sum, m) in column.iter_mut().zip(&moves[b]) {
                *sum += value * m;
            }
        }
        forward.push(scaled(std::array::from_fn(|l| column[l] * local[i][l])));
    }
    let mut backward = [1.0; LABELS];
    let mut single = vec![[0.0; LABELS]; n];
    let mut pairs = [[0.0; LABELS]; LABELS];
    for i in (0..n).rev() {
        single[i] = scaled(std::array::from_fn(|l| forward[i][l] * backward[l]));
        if i == 0 {
            break;
        }
        let seen: Scores = std::array::from_fn(|l| local[i][l] * backward[l]);
        let mut here = [[0.0; LABELS]; LABELS];
        let mut total = 0.0;
        for b in 0..LABELS {
            for l in 0..LABELS {
                here[b][l] = forward[i - 1][b] * moves[b][l] * seen[l];
                total += here[b][l];
            }
        }
        for b in 0..LABELS {
            for l in 0..LABELS {
                pairs[b][l] += here[b][l] / total.max(1e-30);
            }
        }
        backward = scaled(std::array::from_fn(|b| (0..LABELS).map(|l| moves[b][l] * seen[l]).sum()));
    }
    Expectation { single, pairs }
}

impl Learner {
    fn read(&mut self, sequence: &Sequence, rate: f32, dropout: f32, chance: &mut Chance) {
        let n = sequence.ends.len();
        let threshold = (dropout * 65536.0) as u64;
        let grow = 1.0 / (1.0 - dropout);
        let mut kept: Vec<u32> = Vec::with_capacity(sequence.rows.len());
        let mut ends = Vec::with_capacity(n);
        let mut scores = vec![[0.0; LABELS]; n];
        let mut from = 0;
        for (i, &end) in sequence.ends.iter().enumerate() {
            let mut bits = (0u64, 0);
            let mut sums = [0.0f32; LANES];
            for &row in &sequence.rows[from..end as usize] {
                if bits.1 == 0 {
                    bits = (chance.next(), 4);
                }
                let keep = bits.0 & 0xFFFF >= threshold;
                bits = (bits.0 >> 16, bits.1 - 1);
                if keep {
                    kept.push(row);
                    for (sum, weight) in sums.iter_mut().zip(&self.weights[row as usize]) {
                        *sum += weight;
                    }
                }
            }
            for (score, sum) in scores[i].iter_mut().zip(sums) {
                *score = sum * grow;
            }
            ends.push(kept.len());
            from = end as usize;
        }
        let model = expect(&scores, &self.step[0], &self.start[0], None);
        let truth = expect(&scores, &self.step[0], &self.start[0], Some(&sequence.allowed));
        let mut from = 0;
        for (i, &end) in ends.iter().enumerate() {
            let mut gradient = [0.0f32; LANES];
            for (l, gradient) in gradient.iter_mut().enumerate().take(LABELS) {
                *gradient = (truth.single[i][l] - model.single[i][l]) * grow * sequence.weight;
            }
            if gradient.iter().all(|g| g.abs() < 1e-4) {
                from = end;
                continue;
            }
            let squared = gradient.map(|g| g * g);
            let pulled = gradient.map(|g| g * rate);
            for &row in &kept[from..end] {
                let (weights, squares) = (&mut self.weights[row as usize], &mut self.squares[row as usize]);
                for l in 0..LANES {
                    squares[l] += squared[l];
                    weights[l] += pulled[l] / squares[l].sqrt();
                }
            }
            from = end;
        }
        let weight = sequence.weight;
        let pull = |value: &mut [f32; 2], gradient: f32| {
            value[1] += gradient * gradient;
            value[0] += rate * gradient / value[1].sqrt();
        };
        for a in 0..LABELS {
            let mut value = [self.start[0][a], self.start[1][a]];
            pull(&mut value, (truth.single[0][a] - model.single[0][a]) * weight);
            [self.start[0][a], self.start[1][a]] = value;
            for b in 0..LABELS {
                let mut value = [self.step[0][a][b], self.step[1][a][b]];
                pull(&mut value, (truth.pairs[a][b] - model.pairs[a][b]) * weight);
                [self.step[0][a][b], self.step[1][a][b]] = value;
            }
        }
    }
}
