//! Names of one word that only the model takes for a person's: "Ozempic", "Obamacare".
//!
//! A person who is called by one word is somewhere called in full, stands behind a title or a post,
//! speaks, or has a surname that many have. A strange word of which the document shows nothing of the kind,
//! though it has the word more than once, names a product, a law or a people as often, and is let go.

use rustc_hash::FxHashMap;

use super::reader::{Candidate, Reader};
use crate::lexicon::hints::{self, Hint};
use crate::lexicon::{ADDRESS, FIRST_NAME, LISTED, PARTICLE, POST, SAYING, TITLE};
use crate::text::{Case, Kind, Script};

/// Occurrences from which the document should have shown that a word is a person's name.
const OFTEN: u32 = 3;

impl Reader<'_, '_> {
    /// Takes out seats: "(D-W.Va.)".
    pub(super) fn without_seats(&self, found: &mut Vec<Candidate>) {
        let letter = |k: usize| self.token(k).is_some_and(|t| t.span.len() == 1 && t.case == Case::Title && t.script == Script::Latin);
        let seat = |first: usize| first > 1 && self.text.mark(first - 1) == b'-' && !self.spaced(first - 1) && letter(first - 2);
        let bracket = |first: usize| first > 2 && matches!(self.text.mark(first - 3), b'(' | b',');
        found.retain(|name| !(seat(name.first) && bracket(name.first)));
    }

    /// Takes out the model's names of one word that nothing in the document speaks for.
    pub(super) fn without_lone_words(&self, found: &mut Vec<Candidate>) {
        let mut shown: FxHashMap<u64, (u32, bool)> = FxHashMap::default();
        for name in found.iter() {
            if self.is_lone_word(name) {
                let (count, human) = shown.entry(self.text.tokens[name.first].hash).or_default();
                *count += 1;
                *human = *human || self.is_shown(name.first);
            }
        }
        if shown.values().all(|&(count, human)| human || count < OFTEN) {
            return;
        }
        for name in found.iter().filter(|name| name.last > name.first + 1) {
            for token in &self.text.tokens[name.first..name.last] {
                shown.entry(token.hash).and_modify(|(_, human)| *human = true);
            }
        }
        found.retain(|name| {
            let seen = shown.get(&self.text.tokens[name.first].hash).copied().unwrap_or_default();
            !self.is_lone_word(name) || seen.1 || seen.0 < OFTEN
        });
    }

    /// Whether the model alone takes one English word that is no common name for a person's.
    fn is_lone_word(&self, name: &Candidate) -> bool {
        let token = &self.text.tokens[name.first];
        name.last == name.first + 1
            && name.rule.is_empty()
            && token.script == Script::Latin
            && matches!(token.case, Case::Title | Case::Mixed)
            && self.classes(name.first) & (FIRST_NAME | LISTED) == 0
            && crate::lexicon::classes::class(self.text.fold(name.first), false) == 0
    }

    /// Whether what stands beside the word at `i` says that it is a person.
    fn is_shown(&self, i: usize) -> bool {
        let before = (i.saturating_sub(3)..i).rev().find(|&k| self.text.mark(k) != b'.');
        let posted = before.is_some_and(|k| {
            let plural = self.text.fold(k).strip_suffix('s').is_some_and(|one| crate::lexicon::classes(one) & (POST | TITLE) != 0);
            self.classes(k) & (POST | TITLE | ADDRESS | SAYING | FIRST_NAME | PARTICLE) != 0 || plural
        });
        let behind = i + 1 + usize::from(self.is(i + 1, ","));
        let acts = self.classes(behind) & SAYING != 0
            || matches!(self.text.fold(behind), "who" | "whose" | "he" | "she" | "himself" | "herself" | "has" | "had" | "will" | "would")
            || hints::is(self.text.fold(behind), Hint::SPEECH)
            || self.token(behind).is_some_and(|t| t.case == Case::Lower) && self.text.fold(behind).ends_with("ed");
        let speaks = self.text.mark(i + 1) == b':' && self.text.tokens[i].kind == Kind::Word;
        // "Zarnat's", "Zarnat (2001)", "by Zarnat", "Zarnat and Anna Reed": of a maker of something
        let makes = matches!(self.text.fold(i + 1), "'s" | "(") || i > 0 && matches!(self.text.fold(i - 1), "by" | "(");
        posted || acts || speaks || makes
    }
}
