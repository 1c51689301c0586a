//! Whether a name that the sequence model alone takes for a body is kept.
//!
//! In a text that is full of bodies by tables and rules, as a release is, nearly all that the model
//! adds is right; in a travel guide, a court's record or a letter it is one in four, however sure the
//! labels look one by one. So the margin of the whole name over the same words outside of any name is
//! weighed against how full of bodies the text is and how the name is made, by a logistic model of few signs:
//! `data/organizations/gate.tsv`, learnt by `dateline train --gate` from names of models that had not
//! seen the texts.

use std::sync::LazyLock;

use super::found::Scene;
use crate::lexicon::hints::{self, Hint};
use crate::mention::Tagged;
use crate::table;
use crate::text::{Case, Kind, is_russian};

/// What is looked at, by its name in the table.
pub(crate) const SIGNS: [&str; 7] = ["always", "margin-each", "margin-kind", "bodies", "small-word", "mixed", "long"];

/// The values of the signs of a name.
pub(crate) type Signs = [f32; SIGNS.len()];

/// Their weights, for English and for Russian.
static WEIGHTS: LazyLock<[Signs; 2]> = LazyLock::new(|| {
    let mut weights = [[0.0; SIGNS.len()]; 2];
    for [sign, english, russian] in table::rows::<3>(include_str!("../../data/organizations/gate.tsv")) {
        if let Some(n) = SIGNS.iter().position(|name| *name == sign) {
            for (weights, cell) in weights.iter_mut().zip([english, russian]) {
                weights[n] = cell.parse().unwrap_or_default();
            }
        }
    }
    weights
});

/// The most bodies a hundred tokens that count.
const MANY: f32 = 6.0;
/// So many tokens without a body stand beside each text, since a short one says little.
const BESIDE: f32 = 30.0;

/// How full of bodies the text is, by what tables and rules see: the root of their number in a hundred tokens.
pub(super) fn density(scene: &Scene, bodies: usize) -> f32 {
    (100.0 * bodies as f32 / (scene.text.tokens.len() as f32 + BESIDE)).min(MANY).sqrt()
}

/// The signs of a name from token `first` up to `end` that the model found in a text of this density.
pub(super) fn signs(scene: &Scene, density: f32, tagged: &Tagged, first: usize, end: usize) -> Signs {
    let count = end - first;
    let sign = |is: bool| f32::from(u8::from(is));
    let any = |is: &dyn Fn(usize) -> bool| sign((first..end).any(is));
    let case = |k: usize| scene.text.tokens[k].case;
    let joint = |k: usize| matches!(scene.fold(k), "of" | "for" | "and" | "the" | "и");
    let (outside, other) = tagged.margin;
    [
        1.0,
        (outside / count as f32).clamp(0.0, 8.0) / 4.0 - 1.0,
        other.clamp(0.0, 20.0).ln_1p() - 1.5,
        density,
        any(&|k| case(k) == Case::Lower && scene.is_word(k) && !joint(k)),
        any(&|k| case(k) == Case::Mixed),
        sign(count > 2),
    ]
}

/// What the weights of the table make of the signs: above 0 it is more likely a body's name than not.
pub(super) fn weigh(scene: &Scene, signs: &Signs, first: usize) -> f32 {
    let sentence = scene.token(first).and_then(|t| scene.text.sentences.get(t.sentence as usize));
    let russian = sentence.is_some_and(|s| is_russian(&scene.text.tokens[s.tokens.0 as usize..s.tokens.1 as usize]));
    dot(signs, &WEIGHTS[usize::from(russian)])
}

/// Whether a name stands where one says who pays, which is a body's place in whatever text: "funded by",
/// "with a grant from", members of a list behind them too.
pub(super) fn pays(scene: &Scene, first: usize) -> bool {
    /// Tokens of a list that are gone back over.
    const LIST: usize = 12;
    let Some(token) = scene.token(first) else { return false };
    let mut back = (first.saturating_sub(LIST)..first).rev().take_while(|&k| {
        let here = &scene.text.tokens[k];
        here.sentence == token.sentence
            && (here.is_capital() || here.kind != Kind::Word || matches!(scene.fold(k), "and" | "the" | "of" | "и" | "by" | "from"))
    });
    let by = back.find(|&k| matches!(scene.fold(k), "by" | "from"));
    by.is_some_and(|by| (by.saturating_sub(3)..by).any(|k| scene.text.same_line(k, by) && hints::begins(scene.fold(k), Hint::PAID)))
}

fn dot(signs: &Signs, weights: &Signs) -> f32 {
    signs.iter().zip(weights).map(|(sign, weight)| sign * weight).sum()
}

/// A name of the model with its signs, and whether it is a body's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Example {
    /// Its signs.
    pub signs: Signs,
    /// Whether it is marked.
    pub right: bool,
    /// How much it counts.
    pub weight: f32,
}

/// The weights that make the examples likeliest, those near nothing preferred: logistic regression with a
/// Gaussian prior, by Newton's steps.
pub(crate) fn learn(examples: &[Example]) -> Signs {
    const PRIOR: f32 = 1.0;
    let mut weights: Signs = [0.0; SIGNS.len()];
    for _ in 0..30 {
        // slopes, and behind them the slope of each slope
        let mut rows = [[0.0; SIGNS.len() + 1]; SIGNS.len()];
        for (n, row) in rows.iter_mut().enumerate() {
            row[n] = PRIOR;
            row[SIGNS.len()] = PRIOR * weights[n];
        }
        for example in examples {
            let chance = 1.0 / (1.0 + (-dot(&example.signs, &weights)).exp());
            let error = (chance - f32::from(u8::from(example.right))) * example.weight;
            let bend = (chance * (1.0 - chance)).max(1e-6) * example.weight;
            for (row, sign) in rows.iter_mut().zip(example.signs) {
                for (cell, other) in row.iter_mut().zip(example.signs) {
                    *cell += bend * sign * other;
                }
                row[SIGNS.len()] += error * sign;
            }
        }
        let step = solve(rows);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight -= step;
        }
        if step.iter().all(|s| s.abs() < 1e-4) {
            break;
        }
    }
    weights
}

/// Solves equations whose right sides stand last in their rows: positive definite ones, so that no row has to change its place.
fn solve(mut rows: [[f32; SIGNS.len() + 1]; SIGNS.len()]) -> Signs {
    for i in 0..SIGNS.len() {
        let pivot = rows[i];
        for (_, row) in rows.iter_mut().enumerate().filter(|(n, _)| *n != i) {
            let share = row[i] / pivot[i];
            for (cell, own) in row.iter_mut().zip(pivot) {
                *cell -= share * own;
            }
        }
    }
    std::array::from_fn(|i| rows[i][SIGNS.len()] / rows[i][i])
}

/// How many of the right and of the wrong examples these weights leave out.
pub(crate) fn left_out(examples: &[Example], weights: &Signs) -> [usize; 2] {
    let out = |right: bool| examples.iter().filter(|e| e.right == right && dot(&e.signs, weights) < 0.0).count();
    [out(true), out(false)]
}

/// The table of weights.
pub(crate) fn table(weights: &[Signs; 2]) -> String {
    let mut table = String::from(HEAD);
    for (n, sign) in SIGNS.iter().enumerate() {
        table.push_str(&format!("{sign}\t{:.3}\t{:.3}\n", weights[0][n], weights[1][n]));
    }
    table
}

const HEAD: &str = "\
# What speaks for a name that the model alone takes for a body's; see src/organizations/gate.rs.
# Made by: dateline train FOLDER[=WEIGHT]... --gate data/organizations/gate.tsv; see data/names/CARD.md.
sign\tenglish\trussian
";

#[cfg(test)]
mod tests {
    use super::super::{find, lookup};
    use super::*;
    use crate::mention::TaggedKind;
    use crate::page::Page;

    fn found(source: &str, words: [&str; 2], margin: (f32, f32)) -> bool {
        let page = Page::new(source, true);
        let at = |word: &str| page.text.tokens.iter().position(|t| page.text.slice(t.span) == word).unwrap_or_default() as u32;
        let tokens = (at(words[0]), at(words[1]) + 1);
        let tagged = [Tagged { tokens, kind: TaggedKind::Organization, confidence: 0.9, margin }];
        let names = find(&page, &lookup(&page), &tagged, &[]);
        names.iter().any(|m| page.text.slice(m.span).starts_with(words[0]))
    }

    #[test]
    fn a_text_full_of_bodies_is_believed_and_others_need_more() {
        let release = "UNDP, UNICEF and the World Bank met Zarnat Vidosa in spring.";
        let letter = "I went to see the Zarnat Vidosa last spring, and you know how much I liked it there. My mother came along.";
        assert!(found(release, ["Zarnat", "Vidosa"], (4.0, 4.0)));
        assert!(!found(letter, ["Zarnat", "Vidosa"], (4.0, 4.0)));
        assert!(found(letter, ["Zarnat", "Vidosa"], (18.0, 18.0)));
    }

    #[test]
    fn weights_are_learnt_from_examples() {
        let example = |margin: f32, right: bool| {
            let mut signs = [0.0; SIGNS.len()];
            (signs[0], signs[1]) = (1.0, margin);
            Example { signs, right, weight: 1.0 }
        };
        let examples: Vec<Example> = (0..40).map(|n| example(n as f32 / 20.0 - 1.0, n > 25 || n == 3)).collect();
        let weights = learn(&examples);
        assert!(weights[1] > 1.0 && weights[0] < 0.0, "{weights:?}");
        assert_eq!(left_out(&examples, &weights)[0], 1);
    }

    #[test]
    fn who_pays_is_a_body() {
        let page = crate::page::Page::new("The work was supported by CONICOR, SECYT and the MINCOR. The talk was given by Garda.", true);
        let scene = Scene::new(&page, page.words(), &[], &[], &[]);
        let at = |word: &str| (0..page.text.tokens.len()).find(|&i| page.text.str(i) == word).unwrap();
        assert!(["CONICOR", "SECYT", "MINCOR"].into_iter().all(|word| pays(&scene, at(word))));
        assert!(!pays(&scene, at("Garda")));
    }
}
