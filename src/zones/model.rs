//! The lines of a text as a sequence: head of the page, headline, release, end of the page.
//!
//! A linear model scores each line for each state by its features ([`super::features`]), and the
//! best sequence of states under the allowed steps is found by the Viterbi algorithm (Forney, 1973).
//! The weights (`data/zones/weights.tsv`) are those of a conditional random field (Lafferty, McCallum,
//! Pereira, 2001) trained by `train.rs` beside this file; the table can be read: a row is a feature,
//! a column a state.

use std::sync::LazyLock;

use super::features::NAMES;
use super::line::Line;
use crate::table;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Furniture before the release.
    Head,
    /// The release before its headline: "For immediate release", place and date.
    Lead,
    /// The headline.
    Title,
    /// The release.
    Body,
    /// Furniture amid the release.
    Inset,
    /// Furniture after the release.
    Tail,
}

pub(super) const STATES: [State; 6] = [State::Head, State::Lead, State::Title, State::Body, State::Inset, State::Tail];
pub(super) const COUNT: usize = STATES.len();

impl State {
    pub(super) fn is_furniture(self) -> bool {
        matches!(self, State::Head | State::Inset | State::Tail)
    }
}

/// What a line that can be nothing else gains.
const SURE: f32 = 4.0;

/// Which state may follow which; the last row is the start of the text.
pub(super) const STEPS: [[bool; COUNT]; COUNT + 1] = [
    // Head  Lead   Title  Body   Inset  Tail
    [true, true, true, true, false, false],
    [true, true, true, false, false, false],
    [false, false, false, true, true, true],
    [false, false, false, true, true, true],
    [false, false, false, true, true, false],
    [false, false, false, false, false, true],
    [true, true, true, true, false, false],
];

/// The weights of features and steps.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    /// By feature, then state.
    pub(super) features: Vec<[f32; COUNT]>,
    /// By state before, then state; the last row is the start.
    pub(super) steps: [[f32; COUNT]; COUNT + 1],
}

impl Weights {
    pub(super) fn zero() -> Self {
        Self { features: vec![[0.0; COUNT]; NAMES.len()], steps: [[0.0; COUNT]; COUNT + 1] }
    }

    /// Reads the table; a feature that it does not name weighs nothing.
    pub(super) fn read(table: &str) -> Self {
        let mut weights = Self::zero();
        for cells in table::rows::<{ COUNT + 1 }>(table) {
            let row = if let Some(state) = cells[0].strip_prefix("after:") {
                &mut weights.steps[STATES.iter().position(|s| format!("{s:?}") == state).unwrap_or(COUNT)]
            } else if let Some(feature) = NAMES.iter().position(|name| *name == cells[0]) {
                &mut weights.features[feature]
            } else {
                continue;
            };
            for (weight, cell) in row.iter_mut().zip(&cells[1..]) {
                *weight = cell.parse().unwrap_or(0.0);
            }
        }
        weights
    }

    /// The score of a line for each state.
    pub(super) fn of_line(&self, line: &Line) -> [f32; COUNT] {
        let mut own = [0.0_f32; COUNT];
        line.active.each(|feature| {
            if let Some(weights) = self.features.get(feature) {
                own = std::array::from_fn(|state| own[state] + weights[state]);
            }
        });
        // what needs no learning
        if line.is_surely_furniture() {
            STATES.iter().zip(&mut own).filter(|(s, _)| s.is_furniture()).for_each(|(_, sum)| *sum += SURE);
        }
        if line.closes_release() {
            own[State::Body as usize] += SURE / 2.0;
        }
        if line.is_no_headline() {
            own[State::Title as usize] -= SURE;
        }
        own
    }

    /// The best states of lines. `extra` is added to the score of a line and a state; minus
    /// infinity forbids it.
    pub(super) fn best(&self, lines: &[Line], extra: impl Fn(usize, usize) -> f32) -> Vec<State> {
        let mut back: Vec<[u8; COUNT]> = Vec::with_capacity(lines.len());
        let mut scores = [f32::NEG_INFINITY; COUNT];
        for (at, line) in lines.iter().enumerate() {
            let own = self.of_line(line);
            let mut next = [f32::NEG_INFINITY; COUNT];
            let mut from = [0_u8; COUNT];
            for to in 0..COUNT {
                let local = own[to] + extra(at, to);
                if at == 0 {
                    if STEPS[COUNT][to] {
                        next[to] = local + self.steps[COUNT][to];
                    }
                    continue;
                }
                for before in (0..COUNT).filter(|&before| STEPS[before][to]) {
                    let score = scores[before] + self.steps[before][to] + local;
                    if score > next[to] {
                        next[to] = score;
                        from[to] = before as u8;
                    }
                }
            }
            back.push(from);
            scores = next;
        }
        let mut state = (0..COUNT).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(State::Body as usize);
        let mut states = vec![State::Body; lines.len()];
        for at in (0..lines.len()).rev() {
            states[at] = STATES[state];
            state = usize::from(back[at][state]);
        }
        states
    }
}

/// The weights that ship.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../../data/zones/weights.tsv")));

/// What each line is.
///
/// `told` is what the format of the file adds to the score of a line for a state.
pub(super) fn states(lines: &[Line], told: impl Fn(usize, State) -> f32) -> Vec<State> {
    WEIGHTS.best(lines, |line, state| told(line, STATES[state]))
}
