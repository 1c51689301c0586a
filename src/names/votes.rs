//! The second pass: what the first found elsewhere in the document speaks for a word's label here.
//!
//! A name that its sentence leaves unclear is often plain in another sentence. After the first
//! pass every capital word, and every pair of words, has votes: the labels it got elsewhere. An
//! acronym in brackets after an organization has one of its own. A small table of weights says
//! how much they count; it is learnt on labels of models that had not seen the texts.

use rustc_hash::{FxHashMap, FxHashSet};

use super::features::{Context, Shape};
use super::model::{LABELS, OUTSIDE};
use crate::text::{Kind, Token};

/// Rows of the table of votes.
pub const ROWS: usize = 240;

/// The labels that words or pairs of words got.
#[derive(Debug, Default)]
struct Counts {
    places: FxHashMap<u64, u32>,
    labels: Vec<[u16; LABELS]>,
}

/// No word, no pair.
const NONE: u32 = u32::MAX;

impl Counts {
    /// Counts a label; the place of what got it.
    fn count(&mut self, key: u64, label: usize) -> u32 {
        let next = self.labels.len() as u32;
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.labels.push([0; LABELS]);
        }
        self.labels[place as usize][label] += 1;
        place
    }
}

/// The votes of a document.
#[derive(Debug, Default)]
pub struct Votes {
    words: Counts,
    pairs: Counts,
    acronyms: FxHashSet<u64>,
    /// Where the votes of each counted token are: its own, and those of it and the one before.
    places: Vec<[u32; 2]>,
}

fn pair(tokens: &[Token], i: usize) -> u64 {
    tokens[i - 1].hash.rotate_left(17) ^ tokens[i].hash
}

fn shape_class(shape: Shape) -> usize {
    match shape {
        Shape::Title => 1,
        Shape::Upper => 2,
        Shape::Mixed | Shape::Letter => 3,
        _ => 0,
    }
}

impl Votes {
    /// Room for the votes of so many tokens.
    pub fn with_room(tokens: usize) -> Self {
        let mut votes = Self::default();
        votes.words.places.reserve(tokens / 8);
        votes.pairs.places.reserve(tokens / 4);
        votes.places.reserve(tokens);
        votes
    }

    /// Counts the labels of a run that begins at token `first`.
    pub fn count(&mut self, tokens: &[Token], context: &Context, first: usize, labels: &[u8]) {
        for (n, &label) in labels.iter().enumerate() {
            let i = first + n;
            let label = label as usize % LABELS;
            let capital = tokens[i].is_capital();
            let word = if capital { self.words.count(tokens[i].hash, label) } else { NONE };
            let paired = n > 0 && (capital || tokens[i - 1].is_capital() && tokens[i].kind == Kind::Word);
            self.places.push([word, if paired { self.pairs.count(pair(tokens, i), label) } else { NONE }]);
            let bracketed = n > 1 && context.shape(i - 1) == Shape::Open && context.shape(i + 1) == Shape::Close;
            if bracketed && matches!(context.shape(i), Shape::Upper | Shape::Mixed) && matches!(labels[n - 2], 1 | 2) {
                self.acronyms.insert(tokens[i].hash);
            }
        }
    }

    /// Rows of the votes for token `i`, the `counted`th of those that were counted, whose own label
    /// in the first pass is left out.
    pub fn rows(&self, tokens: &[Token], context: &Context, (i, counted): (usize, usize), label: u8, mut sink: impl FnMut(usize)) {
        let Some(&[word, pair]) = self.places.get(counted).filter(|places| **places != [NONE; 2]) else { return };
        let mut say = |table: usize, counts: &Counts, place: u32| {
            let Some(mut counts) = counts.labels.get(place as usize).copied() else { return };
            let own = &mut counts[label as usize % LABELS];
            *own = own.saturating_sub(1);
            // most words and pairs stand nowhere else
            if counts == [0; LABELS] {
                return;
            }
            let total: u16 = counts.iter().fold(0, |sum, &c| sum.saturating_add(c));
            let shape = shape_class(context.shape(i));
            for (voted, &count) in counts.iter().enumerate().filter(|(_, c)| **c > 0) {
                let share = if count == total && count > 2 {
                    3
                } else if count == total {
                    2
                } else {
                    usize::from(count >= total / 2)
                };
                sink(((table * LABELS + voted) * 4 + share) * 4 + shape);
            }
        };
        say(0, &self.words, word);
        say(1, &self.pairs, pair);
        if !self.acronyms.is_empty() && word != NONE && self.acronyms.contains(&tokens[i].hash) {
            sink(2 * LABELS * 16 + shape_class(context.shape(i)) + if label as usize == OUTSIDE { 4 } else { 0 });
        }
    }
}
