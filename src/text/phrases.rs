//! Look-up of phrases from a table in a text, token by token.

use rustc_hash::FxHashMap;

use super::tokens::{hash_of_bytes, tokenize};
use super::{Filter, Text};

/// Rows of words, as a tree: a row shares the nodes of the words that it begins with.
#[derive(Clone, Debug)]
pub(crate) struct Tree<T> {
    firsts: Filter,
    /// Where the first words lead.
    heads: FxHashMap<u64, u32>,
    nodes: Vec<Node<T>>,
    /// Where a further word leads from each node.
    edges: FxHashMap<u64, u32>,
}

#[derive(Clone, Debug)]
struct Node<T> {
    value: Option<T>,
    /// A bit for each word that leads on from here: most that stand behind the first word of a row
    /// do not go on with it, and are turned down without a look-up.
    further: u64,
}

impl<T> Default for Tree<T> {
    fn default() -> Self {
        Self::new(13, 0)
    }
}

impl<T> Tree<T> {
    /// Room for words, with a filter of `1 << size` bits for the first ones.
    pub(crate) fn new(size: u32, words: usize) -> Self {
        let mut nodes = Vec::with_capacity(words + 1);
        nodes.push(Node { value: None, further: 0 });
        let heads = FxHashMap::with_capacity_and_hasher(words / 2, rustc_hash::FxBuildHasher);
        let edges = FxHashMap::with_capacity_and_hasher(words, rustc_hash::FxBuildHasher);
        Self { firsts: Filter::new(size), heads, nodes, edges }
    }

    /// A word behind a node, as one number.
    fn edge(node: u32, word: u64) -> u64 {
        word ^ u64::from(node).wrapping_mul(0xA24B_AED4_963E_E407)
    }

    fn bit(word: u64) -> u64 {
        1 << (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58)
    }

    /// The place of a row of words, to fill or change.
    pub(crate) fn entry(&mut self, words: impl IntoIterator<Item = u64>) -> &mut Option<T> {
        let node = words.into_iter().fold(0, |node, word| self.go_on(node, word));
        &mut self.nodes[node as usize].value
    }

    /// Where a word leads from a node, the first one from node 0: made if it led nowhere.
    fn go_on(&mut self, node: u32, word: u64) -> u32 {
        let new = self.nodes.len() as u32;
        let next = if node == 0 {
            self.firsts.add(word);
            *self.heads.entry(word).or_insert(new)
        } else {
            self.nodes[node as usize].further |= Self::bit(word);
            *self.edges.entry(Self::edge(node, word)).or_insert(new)
        };
        if next == new {
            self.nodes.push(Node { value: None, further: 0 });
        }
        next
    }

    /// Whether it holds no row.
    pub(crate) fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The words that begin a row.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = u64> + '_ {
        self.heads.keys().copied()
    }

    /// Whether a row may begin with the word: surely not when false.
    #[inline]
    pub(crate) fn may_begin(&self, word: u64) -> bool {
        self.firsts.may_hold(word)
    }

    /// Where a first word leads.
    #[inline]
    pub(crate) fn first(&self, word: u64) -> Option<u32> {
        if self.may_begin(word) { self.heads.get(&word).copied() } else { None }
    }

    /// Where a further word leads from a node.
    #[inline]
    pub(crate) fn next(&self, node: u32, word: u64) -> Option<u32> {
        let goes_on = self.nodes[node as usize].further & Self::bit(word) != 0;
        if goes_on { self.edges.get(&Self::edge(node, word)).copied() } else { None }
    }

    /// What stands for the row that ends in a node.
    #[inline]
    pub(crate) fn value(&self, node: u32) -> Option<&T> {
        self.nodes[node as usize].value.as_ref()
    }
}

/// A set of phrases with values, matched on folded tokens.
///
/// A tree over token hashes: no string is compared while a text is read. White space between
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
    tree: Tree<T>,
}

/// The ends of the words of the phrase that was added last, a space behind each, and the nodes there.
#[derive(Debug, Default)]
pub(crate) struct Last {
    nodes: Vec<(usize, u32)>,
}

impl Last {
    /// The next phrase begins with the same bytes, so many of them.
    pub(crate) fn keep(&mut self, bytes: usize) {
        while self.nodes.pop_if(|(end, _)| *end > bytes).is_some() {}
    }
}

/// Whether a phrase is words of one alphabet in small letters, as most are: these are their own folded forms.
fn is_plain(phrase: &str) -> bool {
    phrase.bytes().all(|b| b == b' ' || b.is_ascii_lowercase()) || phrase.chars().all(|c| matches!(c, ' ' | 'а'..='я'))
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { fact: u64::MAX, tree: Tree::default() }
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

    /// Makes room for so many words more that go on in a phrase.
    pub(crate) fn reserve(&mut self, words: usize) {
        self.tree.nodes.reserve(words);
        self.tree.edges.reserve(words);
    }

    /// Adds a phrase; the value of one already there is returned and replaced.
    pub fn insert(&mut self, phrase: &str, value: T) -> Option<T> {
        self.entry(phrase).replace(value)
    }

    /// The value of a phrase, to add to or change; `None` for one not there yet.
    pub fn entry(&mut self, phrase: &str) -> &mut Option<T> {
        if is_plain(phrase) {
            let words = phrase.as_bytes().split(|&byte| byte == b' ').filter(|word| !word.is_empty());
            return self.tree.entry(words.map(hash_of_bytes));
        }
        let (tokens, _, _) = tokenize(phrase);
        self.tree.entry(tokens.iter().map(|token| token.hash))
    }

    /// The same for one of many phrases, of which each begins mostly as the one before: [`Last::keep`] has told
    /// how far.
    pub(crate) fn entry_after(&mut self, last: &mut Last, phrase: &str) -> &mut Option<T> {
        let (mut start, mut node) = last.nodes.last().copied().unwrap_or_default();
        if !is_plain(&phrase[start..]) {
            *last = Last::default();
            return self.entry(phrase);
        }
        for word in phrase.as_bytes()[start..].split(|&byte| byte == b' ') {
            start += word.len() + 1;
            if !word.is_empty() {
                node = self.tree.go_on(node, hash_of_bytes(word));
            }
            last.nodes.push((start, node));
        }
        &mut self.tree.nodes[node as usize].value
    }

    /// The hashes of the words that begin a phrase.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = u64> + '_ {
        self.tree.first_words()
    }

    /// Whether a phrase may begin with the word of this hash: surely not when false.
    pub(crate) fn may_begin(&self, hash: u64) -> bool {
        self.tree.first(hash).is_some()
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
        let Some(first) = text.tokens.get(at) else { return };
        let Some(mut node) = self.tree.first(first.hash) else { return };
        for end in at + 1.. {
            if let Some(value) = self.tree.value(node) {
                found(end, value);
            }
            let next = text.tokens.get(end).filter(|token| token.line == first.line);
            match next.and_then(|token| self.tree.next(node, token.hash)) {
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
            let mut phrases = Phrases::default();
            phrases.insert(phrase, ());
            let text = Text::new(phrase);
            let found = phrases.longest(&text, 0).map(|(end, ())| end);
            assert_eq!(found.unwrap_or_default(), text.tokens.len(), "{phrase:?}");
        }
    }
    #[test]
    fn phrases_one_after_the_other_have_places_of_their_own() {
        let (mut phrases, mut last) = (Phrases::default(), Last::default());
        let rows =
            [(0, "paid for by"), (9, "paid for in full by"), (5, "paid in full"), (8, "paid in co-op"), (4, "paid, too"), (0, "pay")];
        for (kept, phrase) in rows {
            last.keep(kept);
            *phrases.entry_after(&mut last, phrase) = Some(phrase);
        }
        for (_, phrase) in rows {
            let text = Text::new(phrase);
            assert_eq!(phrases.longest(&text, 0), Some((text.tokens.len(), &phrase)));
        }
    }
}
