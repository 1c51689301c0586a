//! Sums of word features, kept for each distinct word.
//!
//! A word's features are seen from five positions; their weights are added up once and kept in a
//! table of fixed size, one per thread and language, where a newer word takes the place of an
//! older one. What is kept never changes a result.

use std::cell::RefCell;

use super::features::{self, Context, OFFSETS, REACH};
use super::model::{LANES, Model, Sums};
use crate::page::Page;
use crate::text::Token;

const SLOTS: usize = 1 << 16;

#[derive(Clone)]
struct Word {
    key: u64,
    sums: [Sums; OFFSETS],
}

/// The kept words of one model.
pub(crate) struct Words {
    slots: Vec<Word>,
}

impl Words {
    /// An empty cache.
    pub(crate) fn new() -> Self {
        Self { slots: Vec::new() }
    }
}

thread_local! {
    static CACHES: RefCell<[Words; 2]> = RefCell::new([Words::new(), Words::new()]);
}

/// Runs with this thread's caches for the stored models.
pub(crate) fn with<T>(run: impl FnOnce(&mut [Words; 2]) -> T) -> T {
    CACHES.with(|caches| match caches.try_borrow_mut() {
        Ok(mut caches) => run(&mut caches),
        Err(_) => run(&mut [Words::new(), Words::new()]),
    })
}

/// A word's key: its form, its capitals, whether it is a word (an apostrophe may be a letter or a
/// mark), and whether white space stands before it.
fn key(token: &Token) -> u64 {
    let how = (token.case as u64 + 1) << 2 | token.kind as u64;
    (token.hash ^ how << 58).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ u64::from(token.spaced) | 1 << 63
}

/// Fills `sums` with the weights of the tokens `first..last`.
pub(crate) fn sums(model: &Model, words: &mut Words, page: &Page, context: &Context, (first, last): (usize, usize), sums: &mut Vec<Sums>) {
    if words.slots.is_empty() {
        words.slots = vec![Word { key: 0, sums: [[0; LANES]; OFFSETS] }; SLOTS];
    }
    let tokens = &page.text.tokens;
    sums.clear();
    sums.resize(last - first, [0; LANES]);
    for i in first..last {
        let key = key(&tokens[i]);
        let slot = &mut words.slots[(key >> 40) as usize % SLOTS];
        if slot.key != key {
            slot.key = key;
            slot.sums = [[0; LANES]; OFFSETS];
            features::word_rows(&tokens[i], page.text.fold(i), model.bits, |position, row| model.add(row, &mut slot.sums[position]));
        }
        let here = i - first;
        for (position, word) in slot.sums.iter().enumerate() {
            // position 0 is what the token two to the right sees of this word
            let Some(seer) = (here + REACH).checked_sub(position).and_then(|j| sums.get_mut(j)) else { continue };
            for (sum, weight) in seer.iter_mut().zip(word) {
                *sum += weight;
            }
        }
        context.rows(tokens, (first, last), i, model.bits, |row| model.add(row, &mut sums[here]));
    }
}
