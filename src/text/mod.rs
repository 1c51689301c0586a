//! A text read once: lines, sentences and tokens with their spans and folded forms.
//!
//! Every finder sees tokens, never raw strings. A token is a run of letters, a run of digits or
//! one mark, so `10.12.20`, `г.Ош` and `Нур-Султан` come apart in the same way wherever they
//! stand; [`Token::spaced`] tells whether white space came before. Word boundaries are those of
//! Unicode Standard Annex 29, refined in that way.

mod addresses;
pub(crate) mod facts;
mod filter;
mod folds;
mod letters;
mod phrases;
mod quotes;
mod sentences;
mod tokens;
mod wraps;

pub use facts::Facts;
pub(crate) use facts::Words;
pub(crate) use filter::Filter;
pub use phrases::Phrases;
pub(crate) use phrases::{Last, Tree};
pub(crate) use tokens::hash;
pub use tokens::{Case, Kind, Script, Token};

use crate::span::Span;

/// A line of the text, without its line end; a paragraph that was broken at one width is one line.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Where it stands.
    pub span: Span,
    /// How many line ends stand before it.
    pub number: u32,
    /// Its tokens: from the first to one past the last.
    pub tokens: (u32, u32),
}

/// A sentence: it may run over a line end only where a paragraph is hard-wrapped.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// From the first byte of its first token to the last of its last.
    pub span: Span,
    /// Its tokens: from the first to one past the last.
    pub tokens: (u32, u32),
}

/// A text with its tokens, lines and sentences.
#[derive(Debug)]
pub struct Text<'a> {
    /// The text itself.
    pub source: &'a str,
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All lines, in order, blank ones too.
    pub lines: Vec<Line>,
    /// All sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Web and e-mail addresses, tags: nothing is read into them.
    pub addresses: Vec<Span>,
    /// What the tables say of each token; empty in a text that is no page's.
    pub(crate) words: Words,
    folded: folds::Folded,
    starts: Vec<Starts>,
}

/// Where tokens start in sixty-four bytes of the text.
#[derive(Clone, Copy, Debug, Default)]
struct Starts {
    /// A bit for each byte.
    bits: u64,
    /// How many start before.
    before: u32,
}

impl<'a> Text<'a> {
    /// Reads `source` into tokens.
    #[must_use]
    pub fn new(source: &'a str) -> Self {
        let (mut tokens, lines, folded) = tokens::tokenize(source);
        let lines = wraps::join(source, lines, &mut tokens, &folded);
        let sentences = sentences::split(source, &mut tokens, &lines, &folded);
        let mut starts = vec![Starts::default(); source.len() / 64 + 1];
        for token in &tokens {
            starts[token.span.start as usize / 64].bits |= 1 << (token.span.start % 64);
        }
        let mut before = 0;
        for block in &mut starts {
            block.before = before;
            before += block.bits.count_ones();
        }
        Self { source, tokens, lines, sentences, addresses: addresses::find(source), words: Words::default(), folded, starts }
    }

    /// The tokens of a name of a table alone: neither sentences nor addresses are looked for.
    pub(crate) fn of_name(name: &'a str) -> Self {
        let (tokens, lines, folded) = tokens::tokenize(name);
        let (sentences, addresses, starts) = Default::default();
        Self { source: name, tokens, lines, sentences, addresses, words: Words::default(), folded, starts }
    }

    /// The text of a span.
    #[must_use]
    #[inline]
    pub fn slice(&self, span: Span) -> &'a str {
        &self.source[span.range()]
    }

    /// A token as it stands in the text; empty beyond the end.
    #[must_use]
    #[inline]
    pub fn str(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| self.slice(t.span))
    }

    /// A token in lower case, `ё` as `е`, Latin letters without accents, every dash `-`, every
    /// quotation mark `"`, every apostrophe `'`; empty beyond the end.
    #[must_use]
    #[inline]
    pub fn fold(&self, token: usize) -> &str {
        self.folded.get(token)
    }

    /// What the tables say of a token; none in a text that is no page's, where they were not asked.
    #[must_use]
    #[inline]
    pub fn facts(&self, token: usize) -> Option<&Facts> {
        self.words.facts.get(*self.words.numbers.get(token)? as usize)
    }

    /// The same of all tokens, in order.
    #[inline]
    pub(crate) fn each_facts(&self) -> Option<impl Iterator<Item = &Facts>> {
        static NONE: Facts = Facts::NONE;
        let Words { numbers, facts, .. } = &self.words;
        (numbers.len() == self.tokens.len()).then(|| numbers.iter().map(|&number| facts.get(number as usize).unwrap_or(&NONE)))
    }

    /// Has a word of a headline in the case that it would have in a sentence.
    pub(crate) fn set_case(&mut self, token: usize, case: Case) {
        if let Some(own) = self.tokens.get_mut(token) {
            own.case = case;
            if case == Case::Lower {
                self.words.clear(token, Facts::CAPITAL | facts::PLACE);
            }
        }
    }

    /// Whether a token may be one of what `bits` name (`crate::text::facts`): surely not when false.
    #[must_use]
    #[inline]
    pub fn may_be(&self, token: usize, bits: u64) -> bool {
        self.words.each.get(token).is_none_or(|own| own & bits != 0)
    }

    /// What the tables say of a token, as bits; none in a text that is no page's.
    #[inline]
    pub(crate) fn bits(&self, token: usize) -> Option<u64> {
        self.words.each.get(token).copied()
    }

    /// Whether any token may be one of them.
    #[must_use]
    pub fn may_have(&self, bits: u64) -> bool {
        self.words.facts.is_empty() || self.words.bits & bits != 0
    }

    /// The tokens of `range` that may be one of what `bits` name, in order.
    pub fn candidates(&self, range: std::ops::Range<usize>, bits: u64) -> impl Iterator<Item = usize> + '_ {
        // a text that is no page's
        let unknown = if self.words.each.is_empty() { range.clone() } else { 0..0 };
        self.words.candidates(range, bits).chain(unknown)
    }

    /// How many tokens of `range` are of the kinds that `kinds` name: [`Facts::WORD`] and the like.
    #[must_use]
    pub(crate) fn count(&self, range: std::ops::Range<usize>, kinds: u64) -> usize {
        if self.words.each.is_empty() {
            let own = |kind: Kind| [Facts::WORD, Facts::NUMBER, Facts::MARK][kind as usize];
            return self.tokens[range].iter().filter(|token| own(token.kind) & kinds != 0).count();
        }
        self.words.candidates(range, kinds).count_all()
    }

    /// How many characters part a token from the one before it: 1 for a space, a no-break one too.
    #[must_use]
    #[inline]
    pub fn gap(&self, token: usize) -> usize {
        let before = token.checked_sub(1).and_then(|before| self.tokens.get(before));
        let Some((before, own)) = before.zip(self.tokens.get(token)) else { return 0 };
        let gap = Span { start: before.span.end, end: own.span.start }.range();
        if gap.len() < 2 { gap.len() } else { self.source[gap].chars().count() }
    }

    /// The mark that a token is, folded as by [`Self::fold`]; 0 for what is none of ASCII.
    #[must_use]
    #[inline]
    pub fn mark(&self, token: usize) -> u8 {
        match (self.tokens.get(token), self.folded.get(token).as_bytes()) {
            (Some(t), &[mark]) if t.kind == Kind::Mark => mark,
            _ => 0,
        }
    }

    /// Whether the folded form of a token is its own but for capitals of ASCII.
    #[must_use]
    pub(crate) fn is_plain(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| self.folded.spans.get(token) == Some(&t.span))
    }

    /// The span from token `first` to token `last`, both inside.
    #[must_use]
    #[inline]
    pub fn span(&self, first: usize, last: usize) -> Span {
        self.tokens[first].span.join(self.tokens[last].span)
    }

    /// The first token that starts at or after byte `offset`.
    #[must_use]
    #[inline]
    pub fn token_at(&self, offset: u32) -> usize {
        let Some(block) = self.starts.get(offset as usize / 64) else { return self.tokens.len() };
        let before = block.bits & ((1 << (offset % 64)) - 1);
        (block.before + before.count_ones()) as usize
    }

    /// The tokens inside `span`: from the first to one past the last.
    #[must_use]
    #[inline]
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let (first, end) = (self.token_at(span.start), self.token_at(span.end));
        // the last one may go on behind it
        let cut = end > first && self.tokens.get(end - 1).is_some_and(|t| t.span.end > span.end);
        first..(end - usize::from(cut)).max(first)
    }

    /// Whether tokens `a` and `a + 1` stand on one line.
    #[must_use]
    #[inline]
    pub fn same_line(&self, a: usize, b: usize) -> bool {
        match (self.tokens.get(a), self.tokens.get(b)) {
            (Some(a), Some(b)) => a.line == b.line,
            _ => false,
        }
    }

    /// The sentence that holds byte `offset`, or the one before it.
    #[must_use]
    #[inline]
    pub fn sentence_at(&self, offset: u32) -> usize {
        let last = self.token_at(offset.saturating_add(1)).checked_sub(1);
        last.and_then(|last| self.tokens.get(last)).map_or(0, |token| token.sentence as usize)
    }

    /// Whether `span` touches a web or e-mail address or a tag.
    #[must_use]
    pub fn in_address(&self, span: Span) -> bool {
        let i = self.addresses.partition_point(|a| a.end <= span.start);
        self.addresses.get(i).is_some_and(|a| a.overlaps(span))
    }

    /// The folded tokens of `phrase`, joined by one space: the key under which tables know a name.
    ///
    /// ```
    /// assert_eq!(dateline::text::Text::key("Нур-Султан"), "нур - султан");
    /// ```
    #[must_use]
    pub fn key(phrase: &str) -> String {
        let (tokens, _, folded) = tokens::tokenize(phrase);
        let mut key = String::with_capacity(folded.text.len() + tokens.len());
        for token in 0..tokens.len() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(folded.get(token));
        }
        key
    }
}
/// Whether more of a sentence is in Cyrillic than in Latin letters.
pub(crate) fn is_russian(tokens: &[Token]) -> bool {
    let (mut cyrillic, mut latin) = (0, 0);
    for token in tokens {
        cyrillic += if token.script == Script::Cyrillic { token.span.len() } else { 0 };
        latin += if token.script == Script::Latin { token.span.len() } else { 0 };
    }
    // a Cyrillic letter takes two bytes
    cyrillic > latin
}
