//! What the grammars read and what they give: the page with its places and known bodies by token.

use super::KnownBody;
use crate::lexicon::bodies::{COMMON, Classes, PageWords, Word};
use crate::lexicon::forms::Form;
use crate::lexicon::hints::{self, Hint};
use crate::mention::{Fact, Mention, Rule, Tagged, TaggedKind};
use crate::page::Page;
use crate::text::{Case, Facts, Kind, Script, Text, Token};

/// A body's name found in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// The rule that found it: family and name.
    pub rule: (&'static str, &'static str),
    /// The row of the table, if the whole name is one.
    pub row: Option<u32>,
    /// The kind of body.
    pub kind: &'static str,
    /// From 0 to 1.
    pub confidence: f32,
}

/// A page as the grammars see it.
pub(crate) struct Scene<'p> {
    /// The text.
    pub text: &'p Text<'p>,
    /// The table's words.
    pub words: &'p PageWords,
    /// For each token one past the end of the place that starts there, or 0.
    place_end: Vec<u32>,
    /// For each token one past the end of the known body that starts there, or 0.
    known_end: Vec<u32>,
    /// For each token [`INSIDE`], [`COUNTRY`], [`PERSON`].
    parts: Vec<u8>,
}

/// Lies inside a known body's name, after its first token.
const INSIDE: u8 = 1;
/// Starts a country's name.
const COUNTRY: u8 = 2;
/// The model takes it for part of a person's name.
const PERSON: u8 = 4;

impl<'p> Scene<'p> {
    /// Puts places, known bodies and tagged names in order by token.
    pub fn new(page: &'p Page, words: &'p PageWords, known: &[KnownBody], tagged: &[Tagged], places: &[Mention]) -> Self {
        let text = &page.text;
        let size = text.tokens.len();
        let (mut place_end, mut known_end, mut parts) = (vec![0; size], vec![0; size], vec![0; size]);
        // «в Озёрской школе»: what ends in a body's word in small letters is none, whatever the model says
        let body = |first: usize, end: usize| {
            let last = end.saturating_sub(1);
            let token = text.tokens.get(last).filter(|t| t.script == Script::Cyrillic);
            token.is_some_and(|t| t.case == Case::Lower || last == first) && words.is(last, Classes::HEAD)
        };
        for mention in places.iter().filter(|m| matches!(m.fact, Fact::Place(_))) {
            let tokens = text.tokens_in(mention.span);
            if matches!(mention.rule, Rule::Model) && body(tokens.start, tokens.end) {
                continue;
            }
            if let (Fact::Place(place), Some(part)) = (&mention.fact, parts.get_mut(tokens.start)) {
                *part = if place.kind == "country" { *part | COUNTRY } else { *part & !COUNTRY };
            }
            if let Some(end) = place_end.get_mut(tokens.start) {
                *end = tokens.end as u32;
            }
        }
        // of a page whose bodies and people are found already
        for mention in places.iter().filter(|m| matches!((&m.fact, &m.rule), (Fact::Organization(_), Rule::Row(..)))) {
            let tokens = text.tokens_in(mention.span);
            if let Some(end) = known_end.get_mut(tokens.start) {
                *end = tokens.end as u32;
            }
            parts[tokens].iter_mut().skip(1).for_each(|part| *part |= INSIDE);
        }
        for name in tagged.iter().filter(|t| t.kind == TaggedKind::Place && !body(t.tokens.0 as usize, t.tokens.1 as usize)) {
            if let Some(end) = place_end.get_mut(name.tokens.0 as usize).filter(|end| **end == 0) {
                *end = name.tokens.1;
            }
        }
        for body in known {
            if let Some(end) = known_end.get_mut(body.tokens.0 as usize) {
                *end = body.tokens.1;
            }
            for part in parts.iter_mut().take(body.tokens.1 as usize).skip(body.tokens.0 as usize + 1) {
                *part |= INSIDE;
            }
        }
        for name in tagged.iter().filter(|t| t.kind == TaggedKind::Person) {
            for part in parts.iter_mut().take(name.tokens.1 as usize).skip(name.tokens.0 as usize) {
                *part |= PERSON;
            }
        }
        Self { text, words, place_end, known_end, parts }
    }

    /// One past the end of the place that starts at token `i`.
    #[inline]
    pub fn place(&self, i: usize) -> Option<usize> {
        self.place_end.get(i).filter(|&&end| end > 0).map(|&end| end as usize)
    }

    /// One past the end of the known body that starts at token `i`.
    #[inline]
    pub fn known(&self, i: usize) -> Option<usize> {
        self.known_end.get(i).filter(|&&end| end > 0).map(|&end| end as usize)
    }

    /// Whether token `i` lies inside a known body's name, after its first token.
    #[inline]
    pub fn in_known(&self, i: usize) -> bool {
        self.parts.get(i).is_some_and(|part| part & INSIDE != 0)
    }

    /// Whether a country's name starts at token `i`.
    #[inline]
    pub fn is_country(&self, i: usize) -> bool {
        self.parts.get(i).is_some_and(|part| part & COUNTRY != 0)
    }

    /// Whether the model takes token `i` for part of a person's name.
    #[inline]
    pub fn is_person(&self, i: usize) -> bool {
        self.parts.get(i).is_some_and(|part| part & PERSON != 0)
    }

    /// A token.
    #[inline]
    pub fn token(&self, i: usize) -> Option<&'p Token> {
        self.text.tokens.get(i)
    }

    /// Whether token `i` is a word with a capital.
    #[inline]
    pub fn capital(&self, i: usize) -> bool {
        self.token(i).is_some_and(Token::is_capital)
    }

    /// The tokens that have one of the facts `bits` or are of one of the classes, and those that `more` names, in order.
    pub fn candidates(&self, bits: u64, classes: Classes, more: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
        self.text.words.candidates_and(bits, self.words.having(classes).chain(more))
    }

    /// The words with capitals inside, in order.
    pub fn mixed(&self) -> impl Iterator<Item = usize> {
        let capitals = self.text.candidates(0..self.text.tokens.len(), Facts::CAPITAL);
        capitals.filter(|&i| self.text.tokens[i].case == Case::Mixed)
    }

    /// A token's folded form.
    #[inline]
    pub fn fold(&self, i: usize) -> &'p str {
        self.text.fold(i)
    }

    /// Whether the words name no body although they have a head noun.
    pub fn is_common(&self, first: usize, end: usize) -> bool {
        let mut common = false;
        COMMON.each(self.text, &self.words.stems, first, |to, ()| common |= to == end);
        common
    }

    /// Whether token `i` is a word.
    #[inline]
    pub fn is_word(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Word)
    }

    /// Whether token `i` is in Latin letters.
    #[inline]
    pub fn is_latin(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.script == Script::Latin)
    }

    /// Whether token `i` is of one of the classes.
    #[inline]
    pub fn is(&self, i: usize, classes: Classes) -> bool {
        self.words.is(i, classes)
    }

    /// Whether the table of forms has token `i` in one of the classes.
    #[inline]
    pub fn form(&self, i: usize, form: Form) -> bool {
        self.text.bits(i).is_some_and(|bits| form.is_in(bits))
    }

    /// Whether token `i` says something of what stands beside it.
    pub fn hint(&self, i: usize, hint: Hint) -> bool {
        hints::at(self.text, i, hint)
    }

    /// The mark that token `i` is, folded; 0 for what is none of ASCII.
    #[inline]
    pub fn mark(&self, i: usize) -> u8 {
        self.text.mark(i)
    }

    /// What the table says of token `i`.
    #[inline]
    pub fn word(&self, i: usize) -> &'static Word {
        self.words.get(i)
    }

    /// Whether token `i` stands on a line all in capitals.
    #[inline]
    pub fn is_shouted(&self, i: usize) -> bool {
        self.words.is_shouted(self.text, i)
    }

    /// Whether token `i` stands on a line written like a headline.
    #[inline]
    pub fn is_titled(&self, i: usize) -> bool {
        self.words.is_titled(self.text, i)
    }

    /// Whether a gap of several spaces stands before token `i`, as between the words of a menu.
    pub fn is_apart(&self, i: usize) -> bool {
        match (i.checked_sub(1).and_then(|k| self.token(k)), self.token(i)) {
            (Some(a), Some(b)) => b.line != a.line || self.text.gap(i) > 2,
            _ => true,
        }
    }

    /// Whether tokens `a` and `b` stand in one sentence.
    #[inline]
    pub fn together(&self, a: usize, b: usize) -> bool {
        match (self.token(a), self.token(b)) {
            (Some(a), Some(b)) => a.sentence == b.sentence,
            _ => false,
        }
    }

    /// One past the bracket at token `open`, if letters of one short name stand in it: "(UNEP)", "(B-SAFE)".
    pub fn lettered_end(&self, open: usize) -> Option<usize> {
        let close = (open + 2..open + 5).find(|&k| self.mark(k) == b')')?;
        let letters =
            |k: usize| self.token(k).is_some_and(|t| matches!(t.case, Case::Upper | Case::Mixed | Case::None) || t.span.len() == 1);
        (self.mark(open) == b'(' && self.is_word(open + 1) && (open + 1..close).all(letters)).then_some(close + 1)
    }

    /// Whether token `i` opens its sentence or stands right after an opening quote or a bullet there.
    pub fn opens_sentence(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else { return false };
        let first = self.text.sentences.get(token.sentence as usize).map_or(0, |s| s.tokens.0 as usize);
        (first..i).all(|k| !self.is_word(k))
    }

    /// One past the quotation mark that closes the one at token `open` ([`Text::quoted_end`]).
    #[inline]
    pub fn quoted_end(&self, open: usize) -> Option<usize> {
        self.text.quoted_end(open)
    }
}
