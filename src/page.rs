//! A text with what is known before anything is looked for in it: its zones and its languages.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use crate::language::{Language, Languages};
use crate::lexicon::bodies::PageWords;
use crate::markup::Mark;
use crate::span::Span;
use crate::text::{Case, Filter, Text};
use crate::zones::Zones;

/// What every finder reads.
#[derive(Debug)]
pub struct Page<'a> {
    /// The text.
    pub text: Text<'a>,
    /// Which stretches are page furniture, and the headline.
    pub zones: Zones,
    /// The language of the whole and of each line.
    pub languages: Languages,
    /// What the table of bodies' words says of each token: several finders ask, it is read once.
    words: OnceCell<PageWords>,
    /// Words that stand somewhere in small letters, by hash: what may be, and, once that says so, what is.
    small: (OnceCell<Filter>, OnceCell<FxHashSet<u64>>),
}

impl<'a> Page<'a> {
    /// A text in tokens of which nothing is known yet. The steps that read it follow in their order.
    pub(crate) fn unread(source: &'a str) -> Self {
        let (text, words, small) = (Text::new(source), OnceCell::new(), Default::default());
        Self { text, zones: Zones::default(), languages: Languages::default(), words, small }
    }

    /// Parts furniture from text.
    pub(crate) fn read_zones(&mut self, marks: &[Mark], keep_furniture: bool) {
        self.zones = Zones::marked(&self.text, marks);
        if keep_furniture {
            self.zones.stretches.clear();
        }
    }

    /// Tells the languages.
    pub(crate) fn read_languages(&mut self) {
        self.languages = Languages::detect(&self.text, &self.zones);
    }

    /// What the table of bodies' words says of each token.
    #[inline]
    pub(crate) fn words(&self) -> &PageWords {
        self.words.get_or_init(|| PageWords::new(&self.text))
    }

    /// Whether a word, by the hash of its folded form, stands somewhere in small letters.
    pub(crate) fn has_small(&self, hash: u64) -> bool {
        let small = || self.text.tokens.iter().filter(|t| t.case == Case::Lower).map(|t| t.hash);
        let filter = self.small.0.get_or_init(|| {
            let mut filter = Filter::new(self.text.tokens.len().max(1).ilog2() + 4);
            small().for_each(|hash| filter.add(hash));
            filter
        });
        filter.may_hold(hash) && self.small.1.get_or_init(|| small().collect()).contains(&hash)
    }

    /// The language of the line on which token `i` stands.
    #[must_use]
    #[inline]
    pub fn language_of(&self, token: usize) -> Language {
        let line = self.text.tokens.get(token).map_or(0, |t| t.line as usize);
        self.languages.lines.get(line).copied().unwrap_or(self.languages.main)
    }

    /// Whether `span` lies in page furniture.
    #[must_use]
    #[inline]
    pub fn in_furniture(&self, span: Span) -> bool {
        self.zones.holds(span)
    }
}
