//! Places that no table has and the sequence model does not see: what somebody came to.
//!
//! "came to Okwenya for a visit", «прибыл в Мирполье»: after a verb of coming and a preposition a
//! name is a place's unless the model takes it for a person's or a body's. One that the text also
//! writes small, an acronym, and what goes on as a longer name are left alone.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::resolve::Finder;
use super::unlisted::{is_free, sorted};
use super::{context, declension, event, kinds, words};
use crate::mention::{Fact, Mention, PlaceFact, Rule, TaggedKind};
use crate::table;
use crate::text::{Case, Kind, Script, facts};

/// How surely such a name is a place.
const ARRIVED: f32 = 0.5;

/// Words that may stand behind the name of a place one comes to.
static BEHIND: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| table::rows::<1>(include_str!("../../data/places/behind.tsv")).map(|[word]| word).collect());

impl Finder<'_> {
    /// The names after verbs of coming that no row explains and nothing takes for something else.
    pub(super) fn arrived(&self, out: &mut Vec<Mention>) {
        let text = self.text;
        let mut taken = None;
        for at in text.candidates(0..text.tokens.len(), facts::CUE_OF_EVENT) {
            let Some(first) = event::after_coming(text, at) else { continue };
            // "when it came to"
            if at.checked_sub(1).is_some_and(|b| text.fold(b) == "it") {
                continue;
            }
            if self.stands_alone(first) && is_free(taken.get_or_insert_with(|| sorted(out)), text.span(first, first)) {
                let mut mention =
                    Mention::new(text.span(first, first), Fact::Place(PlaceFact::default()), Rule::Grammar("places", "arrival"), ARRIVED);
                mention.because.push(Cow::Owned(format!("after “{}”", text.slice(text.span(at, first - 1)))));
                out.push(mention);
            }
        }
    }

    /// Whether the one word at the token may name a place, as what somebody came to.
    pub(super) fn stands_alone(&self, first: usize) -> bool {
        let text = self.text;
        let (Some(token), Some(before)) = (text.tokens.get(first), first.checked_sub(1)) else { return false };
        let end = first + 1;
        let alone = !text.same_line(first, end)
            || text.mark(end) != 0 && !matches!(text.mark(end), b'\'' | b'"' | b'-' | b'&' | b'/')
            || BEHIND.contains(text.fold(end));
        token.kind == Kind::Word
            && token.case == Case::Title
            && token.span.len() > 3
            && token.spaced
            && text.same_line(before, first)
            && alone
            && matches!(self.model(first, end), None | Some((TaggedKind::Place, _)))
            && !self.known(first)
            && !self.page.has_small(token.hash)
            && !self.surnames.contains(text.fold(first))
            && !words::is_venue(text, first)
            && !kinds::is_kind(text.fold(first))
            && !context::is_demonym(text, first)
            && (token.script != Script::Cyrillic || declension::adjective_stem(text.fold(first)).is_none())
            && !self.shouts(first)
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;

    #[test]
    fn where_somebody_came_to_is_a_place() {
        assert_eq!(Record::of("Partners of the College came to Legonu for a courtesy call on the Principal.").texts("place"), ["Legonu"]);
    }

    #[test]
    fn whose_the_goal_is_is_none() {
        assert!(Record::of("Much of this money went to Democratic groups.").texts("place").is_empty());
        assert!(Record::of("He came to United in the summer from a smaller club.").texts("place").is_empty());
    }
}
