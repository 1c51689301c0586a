//! A page as the rules for people's names read it: classes of words, initials, what the model says.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::{self, CALENDAR, DEMONYM, HEAD, LEGAL, POST, REGION, SURNAME, TITLE, UNIT, VENUE};
use crate::mention::{Mention, Tagged, TaggedKind};
use crate::page::Page;
use crate::text::{Case, Kind, Script, Text, Token};

/// Classes of words that no person is called by.
pub(super) const FOREIGN: u32 =
    HEAD | LEGAL | REGION | CALENDAR | DEMONYM | UNIT | VENUE | lexicon::PROJECT | lexicon::MEDIA | lexicon::SETTLEMENT;

/// A stretch of tokens taken for a person's name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) rule: &'static str,
    pub(super) confidence: f32,
    /// Which source wins where two overlap.
    pub(super) rank: u8,
}

/// What the model and the gazetteer say of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) person: bool,
    pub(super) body: bool,
    /// The model is sure of a body or a place.
    pub(super) sure: bool,
    pub(super) place: bool,
}

pub(super) struct Reader<'p, 't> {
    pub(super) page: &'p Page<'t>,
    pub(super) text: &'p Text<'t>,
    pub(super) labels: Vec<Label>,
    /// Places found before: their first tokens with one past their last, and how sure each is.
    pub(super) places: FxHashMap<usize, (usize, f32)>,
    /// Words that are a place somewhere in the document, by hash.
    pub(super) place_words: FxHashSet<u64>,
    /// Whether the model was asked: what it does not name, it had a reason not to.
    pub(super) modelled: bool,
}

impl<'p, 't> Reader<'p, 't> {
    pub(super) fn new(page: &'p Page<'t>, tagged: Option<&[Tagged]>, places: &[Mention]) -> Self {
        let text = &page.text;
        let mut labels = vec![Label::default(); text.tokens.len()];
        for name in tagged.unwrap_or_default() {
            for i in name.tokens.0..name.tokens.1 {
                let Some(label) = labels.get_mut(i as usize) else { continue };
                match name.kind {
                    TaggedKind::Person => label.person = true,
                    TaggedKind::Organization => (label.body, label.sure) = (true, name.confidence > 0.7),
                    TaggedKind::Place => (label.place, label.sure) = (true, name.confidence > 0.7),
                }
            }
        }
        let mut known = FxHashMap::default();
        let mut place_words = FxHashSet::default();
        for place in places {
            let tokens = text.tokens_in(place.span);
            known.insert(tokens.start, (tokens.end, place.confidence));
            if tokens.len() == 1 {
                place_words.insert(text.tokens[tokens.start].hash);
            }
            for i in tokens {
                labels[i].place = true;
            }
        }
        Self { page, text, labels, places: known, place_words, modelled: tagged.is_some() }
    }

    #[inline]
    pub(super) fn label(&self, i: usize) -> Label {
        self.labels.get(i).copied().unwrap_or_default()
    }

    /// Whether a place that was found before begins at token `i`.
    #[inline]
    pub(super) fn mentioned(&self, i: usize) -> bool {
        self.places.contains_key(&i)
    }

    /// Whether the stretch is a place found before, and nothing in it speaks for a person.
    pub(super) fn is_place(&self, first: usize, last: usize) -> bool {
        let same = self.places.get(&first).is_some_and(|&(end, sure)| end == last && sure > 0.4);
        let named = last - first > 1 && lexicon::is_nominative(self.text.fold(first)) && self.classes(last - 1) & SURNAME != 0;
        same && !named
    }

    /// Whether the document has all words of the stretch in small letters too.
    pub(super) fn is_plain(&self, first: usize, last: usize) -> bool {
        (first..last).all(|i| self.page.has_small(self.text.tokens[i].hash))
    }

    #[inline]
    pub(super) fn classes(&self, i: usize) -> u32 {
        lexicon::classes_of(self.text, i)
    }

    #[inline]
    pub(super) fn token(&self, i: usize) -> Option<&Token> {
        self.text.tokens.get(i)
    }

    /// A word of at least two letters that begins with a capital.
    #[inline]
    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| {
            let long = || t.span.len() > 6 || self.text.fold(i).chars().nth(1).is_some();
            t.kind == Kind::Word && t.is_capital() && t.script != Script::None && long()
        })
    }

    #[inline]
    pub(super) fn is(&self, i: usize, mark: &str) -> bool {
        self.text.fold(i) == mark
    }

    #[inline]
    pub(super) fn spaced(&self, i: usize) -> bool {
        self.token(i).is_none_or(|t| t.spaced)
    }

    /// An initial at `i`, with its stop: one past the stop.
    #[inline]
    pub(super) fn initial(&self, i: usize) -> Option<usize> {
        // "Md.": Mohammad
        const PAIRS: [&str; 17] = ["md", "zh", "sh", "ch", "kh", "yu", "ya", "ye", "ts", "th", "дж", "yo", "gh", "dz", "dj", "st", "ph"];
        if self.text.mark(i + 1) != b'.' {
            return None;
        }
        let token = self.token(i)?;
        let fold = self.text.fold(i);
        let letter = fold.chars().nth(1).is_none();
        let initial = token.kind == Kind::Word && token.case == Case::Title && (letter || PAIRS.contains(&fold));
        (initial && !self.spaced(i + 1) && self.text.same_line(i, i + 1)).then_some(i + 2)
    }

    /// Whether the initial at `i` can be of the name at `at`: «до 10 G. Но», «II. Анна» are none, since a
    /// Latin letter stands before a Russian word and does not look like a Russian one.
    pub(super) fn is_initial_of(&self, i: usize, at: usize) -> bool {
        let script = |k: usize| self.token(k).map(|t| t.script);
        script(at) != Some(Script::Cyrillic)
            || script(i) != Some(Script::Latin)
            || matches!(self.text.str(i), "A" | "B" | "C" | "E" | "H" | "K" | "M" | "O" | "P" | "T" | "X")
    }

    /// Whether the word at `i` may be a part of a person's name as it stands.
    pub(super) fn may_name(&self, i: usize) -> bool {
        self.is_capital(i) && self.is_name_word(i) && (self.label(i).person || !self.label(i).sure)
    }

    /// Whether the word at `i` is none that no person is called by.
    pub(super) fn is_name_word(&self, i: usize) -> bool {
        let classes = self.classes(i);
        // «Майоров» begins as a post does
        let post = classes & POST != 0 && classes & SURNAME == 0;
        !post && classes & (FOREIGN | TITLE) == 0
    }

    /// Whether a wide gap stands before token `i`, as between the entries of a menu or a table.
    #[inline]
    pub(super) fn apart(&self, i: usize) -> bool {
        self.text.gap(i) > 2
    }

    /// Whether the name at `first` is one that something is named after.
    pub(super) fn dedicated(&self, first: usize) -> bool {
        first > 0
            && ((matches!(self.text.fold(first - 1), "имени") || first > 1 && self.is(first - 1, "after") && self.is(first - 2, "named"))
                || first > 1 && self.is(first - 1, ".") && self.is(first - 2, "им"))
    }

    /// The end of the name whose surname stands at `at`: hyphens and suffixes are taken in.
    pub(super) fn onward(&self, at: usize) -> usize {
        let mut last = at + 1;
        loop {
            if self.is(last, "-")
                && !self.spaced(last)
                && !self.spaced(last + 1)
                && self.token(last + 1).is_some_and(|t| t.kind == Kind::Word)
            {
                last += 2;
            } else if self.token(last).is_some_and(|t| t.kind == Kind::Word)
                && self.classes(last) & lexicon::SUFFIX != 0
                && self.text.same_line(at, last)
            {
                last += 1;
            } else {
                return last;
            }
        }
    }
}
