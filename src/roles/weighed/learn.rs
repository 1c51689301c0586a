//! Weights of greatest likelihood for yes-or-no questions over sparse features.
//!
//! FTRL-Proximal (McMahan et al. 2013): logistic regression with an L1 and an L2 prior, example by
//! example in a fixed order, so that the same examples give the same weights and most are zero.

/// What is learnt from: the numbers of the features that are set, and how much the example counts.
pub struct Example {
    /// Numbers of features of the body as a whole.
    pub features: Vec<u32>,
    /// Those of each of its mentions: the one that speaks most for the role stands for the body.
    pub stands: Vec<Vec<u32>>,
    /// The answers.
    pub right: [bool; 3],
    /// How much it counts.
    pub weight: f32,
    /// Whether it is of an invented release: what these have of their own is learnt apart.
    pub invented: bool,
}

/// How it is learnt.
#[derive(Clone, Copy, Debug)]
pub struct Priors {
    /// Of greatest absolute value: makes weights zero.
    pub l1: f32,
    /// Of squares.
    pub l2: f32,
    /// How often all examples are read.
    pub rounds: usize,
}

const ALPHA: f32 = 0.08;
const BETA: f32 = 1.0;

#[derive(Clone, Copy, Default)]
struct Cell {
    z: f32,
    n: f32,
}

impl Cell {
    fn weight(self, priors: Priors) -> f32 {
        if self.z.abs() <= priors.l1 {
            return 0.0;
        }
        -(self.z - self.z.signum() * priors.l1) / ((BETA + self.n.sqrt()) / ALPHA + priors.l2)
    }

    fn move_by(&mut self, slope: f32, weight: f32) {
        let sigma = ((self.n + slope * slope).sqrt() - self.n.sqrt()) / ALPHA;
        self.z += slope - sigma * weight;
        self.n += slope * slope;
    }
}

/// The likelihood that a sum of weights stands for.
pub fn likely(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// How likely the role is by `weights`.
pub fn chance(example: &Example, weights: &[f32]) -> f32 {
    let sum = |features: &[u32]| features.iter().map(|&f| weights[f as usize]).sum::<f32>();
    let most = example.stands.iter().map(|s| sum(s)).fold(f32::MIN, f32::max);
    likely(sum(&example.features) + most)
}

/// The weights of `count` features for question `kind`. The features that invented releases share
/// with real ones are learnt from both, and what differs in the invented ones is left out (Daumé 2007).
pub fn learn(examples: &[&Example], count: usize, kind: usize, priors: Priors) -> Vec<f32> {
    let mut cells = vec![Cell::default(); 2 * count];
    let own = Priors { l1: 2.0 * priors.l1, l2: 4.0 * priors.l2, ..priors };
    for round in 0..priors.rounds {
        // a fixed stride visits the examples in another order each time
        let stride = [1, 7, 11, 13, 17, 19, 23][round % 7];
        let stride = if examples.len().is_multiple_of(stride) { 1 } else { stride };
        for step in 0..examples.len() {
            let example = examples[step * stride % examples.len()];
            let weigh = |features: &[u32]| {
                let mut sum = 0.0;
                for &f in features {
                    sum += cells[f as usize].weight(priors);
                    if example.invented {
                        sum += cells[count + f as usize].weight(own);
                    }
                }
                sum
            };
            let stands = example.stands.iter().map(|s| (weigh(s), s));
            let Some((most, stand)) = stands.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
            let sum = most + weigh(&example.features);
            let slope = (likely(sum) - f32::from(u8::from(example.right[kind]))) * example.weight;
            for &f in example.features.iter().chain(stand) {
                let cell = &mut cells[f as usize];
                let weight = cell.weight(priors);
                cell.move_by(slope, weight);
                if example.invented {
                    let cell = &mut cells[count + f as usize];
                    let weight = cell.weight(own);
                    cell.move_by(slope, weight);
                }
            }
        }
    }
    cells[..count].iter().map(|cell| cell.weight(priors)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_for_an_answer_has_a_weight() {
        let example = |feature: u32, right: bool| Example {
            features: vec![0],
            stands: vec![vec![3], vec![feature]],
            right: [right; 3],
            weight: 1.0,
            invented: false,
        };
        let examples: Vec<Example> = (0..60).map(|n| example(1 + n % 2, n % 2 == 0)).collect();
        let all: Vec<&Example> = examples.iter().collect();
        let weights = learn(&all, 4, 0, Priors { l1: 0.1, l2: 1.0, rounds: 20 });
        assert!(chance(&examples[0], &weights) > 0.7);
        assert!(chance(&examples[1], &weights) < 0.3);
    }
}
