//! The stored weights of a linear-chain CRF and the best labelling under them.
//!
//! The form of a model file: eight bytes `DLNAMES2`, the number of bits of the row number and the
//! scale as little-endian `u32` and `f32`, the seven start weights and the forty-nine transition
//! weights as `f32`, then the rows, eight signed bytes each (seven labels and one unused), then
//! the rows of votes ([`super::votes`]), eight `i16` each; a model without a second pass has none.
//!
//! After Lafferty, McCallum and Pereira, "Conditional Random Fields" (ICML 2001).

use super::lattice::Steps;

/// Number of labels: outside, and first and later tokens of the three kinds.
pub const LABELS: usize = 7;
/// Bytes of a row.
pub const LANES: usize = 8;
/// Outside of any name.
pub const OUTSIDE: usize = 0;

const MAGIC: &[u8; 8] = b"DLNAMES2";
const HEAD: usize = 16 + 4 * (LABELS + LABELS * LABELS);
/// A labelling that must not be.
pub const NEVER: f32 = -1e6;

/// Sums of weights for one token, one for each label.
pub type Sums = [i16; LANES];

/// The label of the first token of kind 0, 1 or 2.
#[must_use]
pub const fn first_of(kind: usize) -> usize {
    1 + 2 * kind
}

/// Whether a label continues a name.
#[must_use]
pub fn continues(label: usize) -> bool {
    label != OUTSIDE && label.is_multiple_of(2)
}

/// Whether `label` may stand after `before`.
#[must_use]
pub fn may_follow(before: usize, label: usize) -> bool {
    !continues(label) || before == label || before + 1 == label
}

/// A model in use.
#[derive(Debug)]
pub struct Model {
    /// Number of bits of a row number.
    pub bits: u32,
    /// What one unit of a stored weight is worth.
    pub scale: f32,
    /// Weights of the label of the first token.
    pub start: [f32; LABELS],
    /// Weights of a label, by the one before it.
    pub step: [[f32; LABELS]; LABELS],
    pub(super) steps: Steps,
    rows: &'static [[u8; LANES]],
    votes: Vec<Sums>,
}

impl Model {
    /// Reads a stored model; `None` when the bytes are none.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let word = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let bits = u32::from_le_bytes(word(8)?);
        let float = |at: usize| word(at).map(f32::from_le_bytes);
        let scale = float(12)?;
        let mut start = [0.0; LABELS];
        let mut step = [[0.0; LABELS]; LABELS];
        for (i, weight) in start.iter_mut().chain(step.iter_mut().flatten()).enumerate() {
            *weight = float(16 + 4 * i)?;
        }
        for (label, weight) in start.iter_mut().enumerate() {
            if continues(label) {
                *weight = NEVER;
            }
        }
        for (before, row) in step.iter_mut().enumerate() {
            for (label, weight) in row.iter_mut().enumerate() {
                if !may_follow(before, label) {
                    *weight = NEVER;
                }
            }
        }
        let size = if bits < 26 { LANES << bits } else { return None };
        let (rows, _) = bytes.get(HEAD..HEAD + size)?.as_chunks();
        let votes = bytes.get(HEAD + size..)?;
        let votes: Vec<Sums> = votes
            .chunks_exact(2 * LANES)
            .map(|row| std::array::from_fn(|lane| i16::from_le_bytes([row[2 * lane], row[2 * lane + 1]])))
            .collect();
        Some(Self { bits, scale, start, step, steps: Steps::new(&step), rows, votes })
    }

    /// Writes a model: the file's bytes.
    #[must_use]
    pub fn write(bits: u32, start: &[f32; LABELS], step: &[[f32; LABELS]; LABELS], weights: &[[f32; LANES]]) -> Vec<u8> {
        // the few largest weights are cut, so that one byte tells the others apart
        let mut sizes: Vec<f32> = weights.iter().flatten().map(|w| w.abs()).filter(|&w| w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 20_000)).copied().unwrap_or(1.0);
        let scale = top / 127.0;
        let mut bytes = Vec::with_capacity(HEAD + (LANES << bits));
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&bits.to_le_bytes());
        bytes.extend_from_slice(&scale.to_le_bytes());
        for weight in start.iter().chain(step.iter().flatten()) {
            bytes.extend_from_slice(&weight.to_le_bytes());
        }
        for weight in weights.iter().flatten() {
            bytes.push((weight / scale).round().clamp(-127.0, 127.0) as i8 as u8);
        }
        bytes
    }

    /// Adds a row to a token's sums.
    pub fn add(&self, row: u32, sums: &mut Sums) {
        if let Some(row) = self.rows.get(row as usize) {
            *sums = with(row, *sums);
        }
    }

    /// A row's weights; none weigh anything beyond the table.
    #[must_use]
    pub fn row(&self, row: u32) -> [u8; LANES] {
        self.rows.get(row as usize).copied().unwrap_or_default()
    }

    /// Whether the model has a second pass.
    #[must_use]
    pub fn has_votes(&self) -> bool {
        !self.votes.is_empty()
    }

    /// Adds a row of votes to a token's sums.
    pub fn add_vote(&self, row: usize, sums: &mut Sums) {
        if let Some(row) = self.votes.get(row) {
            *sums = std::array::from_fn(|lane| sums[lane].saturating_add(row[lane]));
        }
    }

    /// What weighs the label of a run's first token: at the start of a stretch, or after a token
    /// outside of any name.
    #[must_use]
    pub fn start_of(&self, of_stretch: bool) -> &[f32; LABELS] {
        if of_stretch { &self.start } else { &self.step[OUTSIDE] }
    }

    /// The bytes of rows of votes, to stand behind those of [`Self::write`].
    #[must_use]
    pub fn write_votes(&self, weights: &[[f32; LANES]]) -> Vec<u8> {
        weights.iter().flatten().flat_map(|w| ((w / self.scale).round().clamp(-8000.0, 8000.0) as i16).to_le_bytes()).collect()
    }

    /// How sure the label of token `i` is, from 0 to 1: its share among all labels that could stand
    /// between its neighbours' labels. `start` weighs the label of the first token.
    #[must_use]
    pub fn certainty(&self, start: &[f32; LABELS], sums: &[Sums], best: &[u8], i: usize) -> f32 {
        let (Some(here), Some(&label)) = (sums.get(i), best.get(i)) else { return 0.0 };
        let before = if i == 0 { start } else { &self.step[best[i - 1] as usize] };
        let after = best.get(i + 1).map_or(&[0.0; LABELS], |&next| &self.steps.after[next as usize]);
        let values: [f32; LABELS] = std::array::from_fn(|l| f32::from(here[l]) * self.scale + before[l] + after[l]);
        let mine = values[label as usize];
        // beside the label's own 1 so little is nothing in single precision
        let share = |less: f32| if less < -18.0 { 0.0 } else { less.exp() };
        1.0 / values.iter().map(|value| share(value - mine)).sum::<f32>()
    }

    /// By how much, as log odds, the labels of a name from token `first` up to `end` are better than the
    /// same tokens outside of any name, and than the same as a name of another kind, with all around as it is.
    #[must_use]
    pub fn margin(&self, start: &[f32; LABELS], sums: &[Sums], best: &[u8], (first, end): (usize, usize)) -> (f32, f32) {
        let before = if first == 0 { start } else { &self.step[best[first - 1] as usize] };
        let after = best.get(end).map_or(&[0.0; LABELS], |&next| &self.steps.after[next as usize]);
        let value = |begun: usize, later: usize| {
            let mut sum = before[begun] + after[if end > first + 1 { later } else { begun }];
            for (n, sums) in sums[first..end].iter().enumerate() {
                sum += f32::from(sums[if n == 0 { begun } else { later }]) * self.scale;
                sum += if n == 0 { 0.0 } else { self.step[if n == 1 { begun } else { later }][later] };
            }
            sum
        };
        let own = best[first] as usize;
        let mine = value(own, own + 1);
        let other = (0..3).map(first_of).filter(|&label| label != own).map(|label| value(label, label + 1)).fold(f32::MIN, f32::max);
        (mine - value(OUTSIDE, OUTSIDE), mine - other)
    }
}

/// A token's sums with a row's weights added; by value, so that all lanes are added at once.
#[must_use]
pub fn with(row: &[u8; LANES], sums: Sums) -> Sums {
    std::array::from_fn(|lane| sums[lane].saturating_add(i16::from(row[lane] as i8)))
}

/// Both sums together.
#[must_use]
pub fn plus(one: Sums, other: Sums) -> Sums {
    std::array::from_fn(|lane| one[lane].wrapping_add(other[lane]))
}

#[cfg(test)]
mod tests {
    use super::super::lattice::Lattice;
    use super::*;

    fn model() -> Model {
        let mut weights = vec![[0.0; LANES]; 16];
        weights[1][first_of(1)] = 2.0;
        weights[2][first_of(1) + 1] = 2.0;
        weights[3][OUTSIDE] = 2.0;
        let bytes = Model::write(4, &[0.0; LABELS], &[[0.0; LABELS]; LABELS], &weights);
        Model::read(Box::leak(bytes.into_boxed_slice())).expect("a model reads what it wrote")
    }

    #[test]
    fn a_name_goes_on_only_after_its_start() {
        let model = model();
        let sums = |rows: &[u32]| -> Vec<Sums> {
            let token = |&row: &u32| {
                let mut sums = [0; LANES];
                model.add(row, &mut sums);
                sums
            };
            rows.iter().map(token).collect()
        };
        let mut labels = Lattice::default();
        labels.label(&model, &model.start, &sums(&[3, 1, 2, 3]));
        assert_eq!(labels.best, [0, 3, 4, 0]);
        let all = sums(&[3, 2, 3]);
        labels.label(&model, &model.start, &all);
        assert!(labels.best.windows(2).all(|w| may_follow(w[0] as usize, w[1] as usize)));
        assert!(model.certainty(&model.start, &all, &labels.best, 0) > 0.3);
    }

    #[test]
    fn foreign_bytes_are_no_model() {
        assert!(Model::read(b"").is_none());
        assert!(Model::read(b"DLNAMES2\x04\0\0\0").is_none());
    }
}
