//! Sums of word features, kept for each distinct word.
//!
//! A word's features are seen from five positions; their weights are added up once and kept in a
//! table of fixed size, one per thread and language, where a newer word takes the place of an
//! older one. What is kept never changes a result.

use std::cell::RefCell;

use super::features::{self, Context, OFFSETS, REACH};
use super::model::{self, LANES, Model, Sums};
use crate::lexicon;
use crate::page::Page;
use crate::text::{Kind, Text, Token};

/// Places for words: pairs of them, so that a word that comes often keeps its place beside one
/// that comes once.
const PAIRS: usize = 1 << 15;

/// What is seen of a word: first by the token two to the left, last by the one two to the right.
type Seen = [Sums; OFFSETS];

/// The kept words of one model.
pub(crate) struct Words {
    /// For each pair of places the keys of two words, then where their sums are.
    pairs: Vec<[u64; 4]>,
    /// One word after the other as they were met: common ones stand together.
    seen: Vec<Seen>,
    /// Rows of context features, by [`features::numbered_row`].
    numbered: Vec<[u8; LANES]>,
}

impl Words {
    /// An empty cache.
    pub(crate) fn new() -> Self {
        Self { pairs: Vec::new(), seen: Vec::new(), numbered: Vec::new() }
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

/// Frees what this thread keeps.
pub(crate) fn clear() {
    CACHES.with_borrow_mut(|caches| *caches = [Words::new(), Words::new()]);
}

/// A word's key, not 0: its form, its capitals, whether it is a word (an apostrophe may be a letter
/// or a mark), and whether white space stands before a mark.
fn key(token: &Token, text: &Text, i: usize) -> u64 {
    let (form, how) = match token.kind {
        Kind::Word => (token.hash, (token.case as u64 + 1) << 2),
        Kind::Number => (features::number_class(text.fold(i)), 1),
        Kind::Mark => (token.hash, 2 | u64::from(token.spaced)),
    };
    (form ^ how << 58).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1 << 63
}

impl Words {
    /// Makes room, and sums up what is the same for all texts.
    fn prepare(&mut self, model: &Model) {
        if self.pairs.is_empty() {
            self.pairs = vec![[0; 4]; PAIRS];
            self.numbered = (0..features::NUMBERS).map(|number| model.row(features::numbered_row(number, model.bits))).collect();
        }
    }

    /// The sums of a word.
    fn word(&mut self, text: &Text, i: usize, model: &Model) -> &Seen {
        let token = &text.tokens[i];
        let key = key(token, text, i);
        let pair = &mut self.pairs[(key >> 40) as usize % PAIRS];
        if pair[0] != key {
            if pair[1] == key {
                *pair = [pair[1], pair[0], pair[3], pair[2]];
            } else {
                // the newcomer waits in the second place until it is met again
                let at = usize::from(pair[0] != 0);
                if pair[at] == 0 {
                    pair[at + 2] = self.seen.len() as u64;
                    self.seen.push([[0; LANES]; OFFSETS]);
                }
                pair[at] = key;
                let seen = &mut self.seen[pair[at + 2] as usize];
                *seen = [[0; LANES]; OFFSETS];
                let classes = lexicon::classes_of(text, i);
                features::word_rows(token, text.fold(i), classes, model.bits, |position, row| {
                    model.add(row, &mut seen[OFFSETS - 1 - position]);
                });
                return seen;
            }
        }
        &self.seen[pair[2] as usize]
    }
}

/// The sums of the tokens of a stretch, made as they are asked for.
#[derive(Debug, Default)]
pub(crate) struct Stretch {
    range: (usize, usize),
    /// One for each token, with room for what words say of neighbours beyond the ends.
    sums: Vec<Sums>,
    /// The next token whose word is to be looked up.
    next: usize,
}

/// How many words are looked up at once: most of that is waiting for memory, and so the processor
/// waits for many together.
const AHEAD: usize = 6;

impl Stretch {
    /// Begins the stretch of tokens `first..last`.
    pub(crate) fn begin(&mut self, model: &Model, words: &mut Words, (first, last): (usize, usize)) {
        words.prepare(model);
        self.range = (first, last);
        self.next = first;
        self.sums.clear();
        self.sums.resize(last - first + 2 * REACH, [0; LANES]);
    }

    /// Passes over the tokens before token `i`: their sums are not needed.
    pub(crate) fn skip_to(&mut self, i: usize) {
        self.next = self.next.max(i.saturating_sub(REACH));
    }

    /// The weights of token `i`; tokens are asked for in order.
    pub(crate) fn sums(&mut self, model: &Model, words: &mut Words, page: &Page, context: &Context, i: usize) -> &Sums {
        let (first, last) = self.range;
        if self.next <= i + REACH && self.next < last {
            let end = (i + REACH + AHEAD).min(last);
            for j in self.next..end {
                let word = words.word(&page.text, j, model);
                // this word's neighbours, of which the one two to the left stands first
                let Some(seers) = self.sums.get_mut(j - first..j - first + OFFSETS) else { break };
                for (seer, sums) in seers.iter_mut().zip(word) {
                    *seer = model::plus(*seer, *sums);
                }
            }
            self.next = end;
        }
        let mut sum = self.sums[i - first + REACH];
        context.numbers(&page.text, (first, last), i, |number| {
            if let Some(row) = words.numbered.get(number) {
                sum = model::with(row, sum);
            }
        });
        if let Some(row) = context.place_row(i, model.bits) {
            model.add(row, &mut sum);
        }
        let own = &mut self.sums[i - first + REACH];
        *own = sum;
        own
    }

    /// The sums of tokens that were asked for.
    pub(crate) fn of(&self, (first, last): (usize, usize)) -> &[Sums] {
        let from = self.range.0;
        &self.sums[first - from + REACH..last - from + REACH]
    }
}
