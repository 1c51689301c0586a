//! The second pass: what the first found elsewhere in the document speaks for a word's label here.
//!
//! A name that its sentence leaves unclear is often plain in another sentence. After the first
//! pass every capital word, and every pair of words, has votes: the labels it got elsewhere. An
//! acronym in brackets after an organization has one of its own. A small table of weights says
//! how much they count; it is learnt on labels of models that had not seen the texts.

use rustc_hash::FxHashMap;

use super::features::{Context, Shape};
use super::model::{LABELS, OUTSIDE};
use crate::text::{Kind, Token};

/// Rows of the table of votes.
pub const ROWS: usize = 240;

/// The votes of a document.
#[derive(Debug, Default)]
pub struct Votes {
    words: FxHashMap<u64, [u16; LABELS]>,
    pairs: FxHashMap<u64, [u16; LABELS]>,
    acronyms: FxHashMap<u64, ()>,
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
        votes.words.reserve(tokens / 8);
        votes.pairs.reserve(tokens / 4);
        votes
    }

    /// Counts the labels of a stretch that begins at token `first`.
    pub fn count(&mut self, tokens: &[Token], context: &Context, first: usize, labels: &[u8]) {
        for (n, &label) in labels.iter().enumerate() {
            let i = first + n;
            let label = label as usize % LABELS;
            if tokens[i].is_capital() {
                self.words.entry(tokens[i].hash).or_default()[label] += 1;
            }
            if n > 0 && (tokens[i].is_capital() || tokens[i - 1].is_capital() && tokens[i].kind == Kind::Word) {
                self.pairs.entry(pair(tokens, i)).or_default()[label] += 1;
            }
            let bracketed = n > 1 && context.shape(i - 1) == Shape::Open && context.shape(i + 1) == Shape::Close;
            if bracketed && matches!(context.shape(i), Shape::Upper | Shape::Mixed) && matches!(labels[n - 2], 1 | 2) {
                self.acronyms.insert(tokens[i].hash, ());
            }
        }
    }

    /// Rows of the votes for token `i`, whose own label in the first pass is left out.
    pub fn rows(&self, tokens: &[Token], context: &Context, i: usize, is_first: bool, label: u8, mut sink: impl FnMut(usize)) {
        let shape = shape_class(context.shape(i));
        let mut say = |table: usize, counts: Option<&[u16; LABELS]>| {
            let Some(mut counts) = counts.copied() else { return };
            let own = &mut counts[label as usize % LABELS];
            *own = own.saturating_sub(1);
            let total: u16 = counts.iter().fold(0, |sum, &c| sum.saturating_add(c));
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
        if tokens[i].is_capital() {
            say(0, self.words.get(&tokens[i].hash));
        }
        if !is_first && (tokens[i].is_capital() || tokens[i - 1].is_capital() && tokens[i].kind == Kind::Word) {
            say(1, self.pairs.get(&pair(tokens, i)));
        }
        if tokens[i].is_capital() && self.acronyms.contains_key(&tokens[i].hash) {
            sink(2 * LABELS * 16 + shape + if label as usize == OUTSIDE { 4 } else { 0 });
        }
    }
}
