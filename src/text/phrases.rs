//! Look-up of phrases from a table in a text, token by token.

use rustc_hash::FxHashMap;

use super::tokens::tokenize;
use super::{Filter, Text};

/// A set of phrases with values, matched on folded tokens.
///
/// A trie over token hashes: no string is compared while a text is read. White space between
/// tokens does not matter; case, accents and kinds of dash or quote do not either.
///
/// ```
/// use dateline::text::{Phrases, Text};
/// let mut phrases = Phrases::default();
/// phrases.insert("при поддержке", 1);
/// let text = Text::new("Встреча прошла при  поддержке ПРООН");
/// assert_eq!(phrases.longest(&text, 2), Some((4, &1)));
/// ```
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    /// The bit of [`Facts`](super::Facts) of words that begin a phrase; all bits where there is none.
    fact: u64,
    firsts: Filter,
    edges: FxHashMap<(u32, u64), u32>,
    values: Vec<Option<T>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { fact: u64::MAX, firsts: Filter::new(13), edges: FxHashMap::default(), values: vec![None] }
    }
}

impl<T> Phrases<T> {
    /// The same table, whose first words [`crate::facts`] has under the bit `fact`: words without it are
    /// passed over at once.
    #[must_use]
    pub(crate) fn with_fact(mut self, fact: u64) -> Self {
        self.fact = fact;
        self
    }

    /// Adds a phrase; the value of one already there is returned and replaced.
    pub fn insert(&mut self, phrase: &str, value: T) -> Option<T> {
        let node = self.node(phrase);
        self.values[node].replace(value)
    }

    /// The value of a phrase, to add to or change; `None` for one not there yet.
    pub fn entry(&mut self, phrase: &str) -> &mut Option<T> {
        let node = self.node(phrase);
        &mut self.values[node]
    }

    fn node(&mut self, phrase: &str) -> usize {
        let (tokens, _, _) = tokenize(phrase);
        let mut node = 0;
        for token in tokens {
            if node == 0 {
                self.firsts.add(token.hash);
            }
            let next = self.values.len() as u32;
            node = *self.edges.entry((node, token.hash)).or_insert(next);
            if node == next {
                self.values.push(None);
            }
        }
        node as usize
    }

    /// The hashes of the words that begin a phrase.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = u64> + '_ {
        self.edges.keys().filter(|(node, _)| *node == 0).map(|&(_, hash)| hash)
    }

    /// Whether a phrase may begin with the word of this hash: surely not when false.
    pub(crate) fn may_begin(&self, hash: u64) -> bool {
        self.firsts.may_hold(hash) && self.edges.contains_key(&(0, hash))
    }

    /// The longest phrase that starts at token `at` and stays on its line: one past its last
    /// token, and its value.
    #[must_use]
    #[inline]
    pub fn longest(&self, text: &Text, at: usize) -> Option<(usize, &T)> {
        let mut best = None;
        self.each(text, at, |end, value| best = Some((end, value)));
        best
    }

    /// Calls `found` for every phrase that starts at token `at`, shortest first.
    #[inline]
    pub fn each<'s>(&'s self, text: &Text, at: usize, mut found: impl FnMut(usize, &'s T)) {
        if !text.may_be(at, self.fact) {
            return;
        }
        let Some(first) = text.tokens.get(at).filter(|first| self.firsts.may_hold(first.hash)) else { return };
        let mut node = 0;
        for (i, token) in text.tokens[at..].iter().enumerate() {
            if token.line != first.line {
                break;
            }
            match self.edges.get(&(node, token.hash)) {
                Some(&next) => node = next,
                None => break,
            }
            if let Some(value) = &self.values[node as usize] {
                found(at + i + 1, value);
            }
        }
    }
}
