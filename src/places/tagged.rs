//! Names that only the sequence model takes for places.
//!
//! It sees how a name stands and no more, so what else is known of its words is asked here: a rank
//! or a first name makes a person of it, common words alone make a thing ("Social Security"), letters
//! an acronym ("RECA"). In English one word needs a surer model or "in" before it.

use super::context;
use super::kinds;
use super::resolve::Finder;
use super::unlisted::{is_free, sorted};
use super::words;
use crate::lexicon::hints::{self, Hint};
use crate::lexicon::{self, FIRST_NAME, SURNAME};
use crate::mention::{Fact, Mention, PlaceFact, Rule, TaggedKind};
use crate::text::{Case, Kind, Script};

/// A name that no row explains must be taken for a place by the model at least so surely.
const MODEL_ALONE: f32 = 0.6;
/// One English word must be so without "in" before it.
const ONE_WORD: f32 = 0.75;

impl Finder<'_> {
    /// Names that only the model takes for places.
    pub(super) fn tagged_alone(&self, out: &mut Vec<Mention>) {
        let spans = sorted(out);
        for tag in self.tagged.iter().filter(|t| t.kind == TaggedKind::Place && t.confidence >= MODEL_ALONE) {
            let (first, end) = (tag.tokens.0 as usize, tag.tokens.1 as usize);
            if first >= end || end > self.text.tokens.len() {
                continue;
            }
            let span = self.text.span(first, end - 1);
            if !is_free(&spans, span)
                || !self.may_be_place(first, end)
                || self.in_venue(first, end)
                || self.is_surname_by_marks(first, end)
                || self.is_ranked(first)
                || self.crowded(first, end, true) >= 1.0
            {
                continue;
            }
            if let Some(known) = self.best_known(first, end, 0.65 * tag.confidence) {
                out.push(known);
            } else if self.stands_as_place(first, end, tag.confidence) {
                out.push(Mention::new(span, Fact::Place(PlaceFact::default()), Rule::Model, 0.6 * tag.confidence));
            }
        }
    }

    /// Whether a name that only the model takes for a place may be one: no adjective, no hall.
    fn may_be_place(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        if (first..end).any(|t| words::is_venue(text, t) || text.tokens[t].kind == Kind::Mark && !matches!(text.fold(t), "-" | "'" | ".")) {
            return false;
        }
        let built = |t: usize| words::is_built(text, t) && text.same_line(t, first);
        if first > 0 && (built(first - 1) || text.fold(first - 1) == "." && first > 1 && built(first - 2)) || built(end) {
            return false;
        }
        if context::is_demonym(text, first) && end == first + 1 {
            return false;
        }
        let last = end - 1;
        text.tokens[last].script != Script::Cyrillic || super::declension::adjective_stem(text.fold(last)).is_none()
    }

    /// Whether a name that only the model takes for a place stands as one: no word of the text that
    /// is written small elsewhere, no surname, no "R-Ohio"; in English, several words need a
    /// preposition or a place beside them, one word a sure model.
    fn stands_as_place(&self, first: usize, end: usize, sure: f32) -> bool {
        let text = self.text;
        let token = &text.tokens[first];
        if !token.is_capital() && token.script != Script::Other && !kinds::is_kind(text.fold(first)) {
            return false;
        }
        let known = self.candidates.partition_point(|c| (c.tokens.0 as usize) < first);
        let known = self.candidates.get(known).filter(|c| c.tokens.0 as usize == first && c.tokens.1 as usize == end);
        let placed = self.preposition(first) || kinds::before(text, first).is_some();
        if known.is_some_and(|c| c.ordinary == super::gazetteer::Ordinary::Word) && !placed {
            return false;
        }
        if token.script == Script::Latin && !self.reads_as_place(first, end, sure, placed) {
            return false;
        }
        if placed {
            return true;
        }
        // "E.U."
        if (first..end).all(|t| text.tokens[t].kind == Kind::Mark || text.tokens[t].span.len() == 1)
            || text.str(first).contains('.') && text.tokens[first].span.len() < 6
        {
            return false;
        }
        if end == first + 1 {
            let fold = text.fold(first);
            // «МРОТ»: an acronym
            if token.case == Case::Upper && token.script == Script::Cyrillic && !self.shouts(first) {
                return false;
            }
            return !self.surnames.contains(fold)
                && (token.script != Script::Latin || sure > 0.8 && token.span.len() > 3)
                && !self.page.has_small(token.hash);
        }
        let party = text.tokens[first].span.len() == 1 && text.fold(first + 1) == "-";
        if party || token.script != Script::Latin {
            return !party;
        }
        // "Voskopoja, Albania": a place that is known beside it
        let beside = |t: usize| matches!(text.fold(t), "," | "(" | "and") && text.same_line(t, first);
        (beside(end) && self.known(end + 1)) || (first > 1 && beside(first - 1) && self.known(first - 2)) || sure > 0.97
    }

    /// Whether the words of an English name may be a place's: no rank, no first name, no acronym, and
    /// not common words alone.
    fn reads_as_place(&self, first: usize, end: usize, sure: f32, placed: bool) -> bool {
        let text = self.text;
        let words = || (first..end).filter(|&t| text.tokens[t].kind == Kind::Word);
        let last = end - 1;
        let tail = hints::at(text, last, Hint::PLACE_TAIL) || kinds::is_kind(text.fold(last));
        let within = kinds::before(text, first).is_some()
            || first.checked_sub(1).is_some_and(|b| {
                let b = if text.fold(b) == "the" { b.saturating_sub(1) } else { b };
                hints::is(text.fold(b), Hint::LOCATED)
            });
        if words().count() == 1 {
            let token = &text.tokens[first];
            let shouted = matches!(token.case, Case::Upper | Case::Mixed) && !self.shouts(first);
            let letters = text.str(first).chars().filter(|c| c.is_uppercase()).count() > 1;
            let known = lexicon::classes::class(text.fold(first), false) != 0;
            let person = !within && (self.surnames.contains(text.fold(first)) || self.page.has_small(token.hash));
            return !(shouted && letters || person || known && !within || sure < ONE_WORD && !within && placed);
        }
        if words().any(|t| hints::at(text, t, Hint::RANKED)) {
            return false;
        }
        let person = lexicon::classes_of(text, first) & FIRST_NAME != 0
            || lexicon::classes_of(text, last) & SURNAME != 0 && text.fold(first + 1) == "-";
        if person && !tail {
            return false;
        }
        let common = |t: usize| lexicon::classes::class(text.fold(t), false) != 0;
        tail || !words().all(common)
    }
}
