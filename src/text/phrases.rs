//! Look-up of phrases from a table in a text, token by token.

use rustc_hash::FxHashMap;

use super::tokens::{hash, tokenize};
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
    /// Where the first words lead.
    heads: FxHashMap<u64, u32>,
    /// Where a further word leads from each node.
    edges: Edges,
    values: Vec<Option<T>>,
}

/// The further words of phrases: from a node and a word to the next node.
#[derive(Clone, Debug)]
pub(crate) struct Edges {
    filter: Filter,
    nodes: FxHashMap<(u32, u64), u32>,
}

impl Edges {
    /// Room for words, with a filter of `1 << size` bits.
    pub(crate) fn new(size: u32, words: usize) -> Self {
        Self { filter: Filter::new(size), nodes: FxHashMap::with_capacity_and_hasher(words, rustc_hash::FxBuildHasher) }
    }

    fn key(node: u32, hash: u64) -> u64 {
        hash ^ u64::from(node).wrapping_mul(0xA24B_AED4_963E_E407)
    }

    /// Where the word leads; `next`, which is then taken, where there is no such edge.
    pub(crate) fn add(&mut self, node: u32, hash: u64, next: u32) -> u32 {
        self.filter.add(Self::key(node, hash));
        *self.nodes.entry((node, hash)).or_insert(next)
    }

    /// Where the word leads; most that stand behind the first word of a phrase do not go on with it.
    #[inline]
    pub(crate) fn get(&self, node: u32, hash: u64) -> Option<u32> {
        if self.filter.may_hold(Self::key(node, hash)) { self.nodes.get(&(node, hash)).copied() } else { None }
    }
}

/// Calls `each` with the hashes of a phrase's tokens, in order.
fn each_word(phrase: &str, each: impl FnMut(u64)) {
    // most are words of one alphabet in small letters, which are their own folded forms
    let is_plain = phrase.bytes().all(|b| b == b' ' || b.is_ascii_lowercase()) || phrase.chars().all(|c| matches!(c, ' ' | 'а'..='я'));
    if is_plain {
        phrase.split(' ').filter(|word| !word.is_empty()).map(hash).for_each(each);
    } else {
        tokenize(phrase).0.iter().map(|token| token.hash).for_each(each);
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        let heads = FxHashMap::default();
        Self { fact: u64::MAX, firsts: Filter::new(13), heads, edges: Edges::new(13, 0), values: vec![None] }
    }
}

impl<T> Phrases<T> {
    /// The same table, whose first words [`crate::text::facts`] has under the bit `fact`: words without it are
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
        let mut node = 0;
        each_word(phrase, |word| {
            let next = self.values.len() as u32;
            node = if node == 0 {
                self.firsts.add(word);
                *self.heads.entry(word).or_insert(next)
            } else {
                self.edges.add(node, word, next)
            };
            if node == next {
                self.values.push(None);
            }
        });
        node as usize
    }

    /// The hashes of the words that begin a phrase.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = u64> + '_ {
        self.heads.keys().copied()
    }

    /// Whether a phrase may begin with the word of this hash: surely not when false.
    pub(crate) fn may_begin(&self, hash: u64) -> bool {
        self.firsts.may_hold(hash) && self.heads.contains_key(&hash)
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
        let Some(&(mut node)) = self.heads.get(&first.hash) else { return };
        for end in at + 1.. {
            if let Some(value) = &self.values[node as usize] {
                found(end, value);
            }
            let next = text.tokens.get(end).filter(|token| token.line == first.line);
            match next.and_then(|token| self.edges.get(node, token.hash)) {
                Some(next) => node = next,
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_phrases_have_the_words_that_a_text_has() {
        for phrase in ["in support of", "при поддержке", " два  слова ", "a", "", "её дело", "co-op", "USAID", "с usaid", "it's"]
        {
            let mut words = Vec::new();
            each_word(phrase, |word| words.push(word));
            assert_eq!(words, tokenize(phrase).0.iter().map(|token| token.hash).collect::<Vec<_>>(), "{phrase:?}");
        }
    }
}
