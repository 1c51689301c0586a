//! Sums of word features, kept for each distinct word.
//!
//! A word's features are seen from five positions; their weights are added up once and kept in a
//! table of fixed size, one per thread and language, where a newer word takes the place of an
//! older one. What is kept never changes a result.

use std::cell::RefCell;

use super::features::{self, Context, OFFSETS, REACH};
use super::lexicon;
use super::model::{self, LANES, Model, Sums};
use crate::page::Page;
use crate::text::{Kind, Text, Token};

/// Places for words: pairs of them, so that a word that comes often keeps its place beside one
/// that comes once.
const PAIRS: usize = 1 << 15;

#[derive(Clone)]
struct Word {
    key: u64,
    sums: [Sums; OFFSETS],
}

/// The kept words of one model.
pub(crate) struct Words {
    pairs: Vec<[Word; 2]>,
    /// Rows of [`features::shape_number`].
    shapes: Vec<[u8; LANES]>,
    /// The words of a stretch, with room for neighbours beyond its ends.
    own: Vec<[Sums; OFFSETS]>,
}

impl Words {
    /// An empty cache.
    pub(crate) fn new() -> Self {
        Self { pairs: Vec::new(), shapes: Vec::new(), own: Vec::new() }
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
/// mark), and whether white space stands before a mark.
fn key(token: &Token, fold: &str) -> u64 {
    let (form, how) = match token.kind {
        Kind::Word => (token.hash, (token.case as u64 + 1) << 2),
        Kind::Number => (features::number_class(fold), 1),
        Kind::Mark => (token.hash, 2 | u64::from(token.spaced)),
    };
    (form ^ how << 58).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1 << 63
}

impl Words {
    /// Makes room, and sums up what is the same for all texts.
    fn prepare(&mut self, model: &Model) {
        if self.pairs.is_empty() {
            let empty = Word { key: 0, sums: [[0; LANES]; OFFSETS] };
            self.pairs = vec![[empty.clone(), empty]; PAIRS];
            self.shapes = features::shape_rows(model.bits).map(|row| model.row(row)).collect();
        }
    }

    /// The sums of a word.
    fn word(&mut self, text: &Text, i: usize, model: &Model) -> &[Sums; OFFSETS] {
        let token = &text.tokens[i];
        let key = key(token, text.fold(i));
        let pair = &mut self.pairs[(key >> 40) as usize % PAIRS];
        if pair[0].key != key {
            if pair[1].key == key {
                pair.swap(0, 1);
            } else {
                // the newcomer waits in the second place until it is met again
                let fresh = if pair[0].key == 0 { 0 } else { 1 };
                let slot = &mut pair[fresh];
                slot.key = key;
                slot.sums = [[0; LANES]; OFFSETS];
                let classes = lexicon::classes_of(text, i);
                features::word_rows(token, text.fold(i), classes, model.bits, |position, row| model.add(row, &mut slot.sums[position]));
                return &slot.sums;
            }
        }
        &pair[0].sums
    }
}

/// Fills `sums` with the weights of the tokens `first..last`.
pub(crate) fn sums(model: &Model, words: &mut Words, page: &Page, context: &Context, (first, last): (usize, usize), sums: &mut Vec<Sums>) {
    words.prepare(model);
    let tokens = &page.text.tokens;
    // the words are fetched one after the other before anything is added up: most of a fetch is
    // waiting for memory, and so the processor waits for many at once
    let mut own = std::mem::take(&mut words.own);
    own.clear();
    own.resize(REACH, [[0; LANES]; OFFSETS]);
    own.extend((first..last).map(|i| *words.word(&page.text, i, model)));
    own.resize(own.len() + REACH, [[0; LANES]; OFFSETS]);
    sums.clear();
    for (i, seen) in (first..last).zip(own.windows(OFFSETS)) {
        // position 0 of a word is what the token two to the right sees of it
        let mut sum = [0; LANES];
        for (position, word) in seen.iter().enumerate() {
            sum = model::plus(sum, word[position]);
        }
        for number in context.shape_numbers((first, last), i) {
            sum = model::with(&words.shapes[number], sum);
        }
        context.rows(tokens, (first, last), i, model.bits, |row| model.add(row, &mut sum));
        sums.push(sum);
    }
    words.own = own;
}
