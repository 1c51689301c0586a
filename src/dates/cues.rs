//! Words near a date that say what it is to its release, from `data/dates/cues.tsv`.

use std::sync::LazyLock;

use crate::table;
use crate::text::{Phrases, Text, facts};

/// What a cue says of the dates near it. One phrase may say several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    Published,
    Saved,
    Happens,
    Starts,
    Ends,
    Lasts,
    Reports,
    Background,
    Limit,
    Card,
    Embargo,
    MonthFirst,
    Occasion,
    Act,
}

/// A set of cues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::dates) struct Cues(u16);

impl Cues {
    pub(super) fn has(self, cue: Cue) -> bool {
        self.0 & 1 << cue as u16 != 0
    }

    fn add(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u16;
    }
}

fn cue(name: &str) -> Option<Cue> {
    Some(match name {
        "published" => Cue::Published,
        "saved" => Cue::Saved,
        "happens" => Cue::Happens,
        "starts" => Cue::Starts,
        "ends" => Cue::Ends,
        "lasts" => Cue::Lasts,
        "reports" => Cue::Reports,
        "background" => Cue::Background,
        "limit" => Cue::Limit,
        "card" => Cue::Card,
        "embargo" => Cue::Embargo,
        "month-first" => Cue::MonthFirst,
        "occasion" => Cue::Occasion,
        "act" => Cue::Act,
        _ => return None,
    })
}

static CUES: LazyLock<Phrases<Cues>> = LazyLock::new(|| {
    let mut cues: Phrases<Cues> = Phrases::default();
    for [phrases, name] in table::rows::<2>(include_str!("../../data/dates/cues.tsv")) {
        let Some(cue) = cue(name) else { continue };
        for phrase in table::values(phrases) {
            cues.entry(phrase).get_or_insert(Cues::default()).add(cue);
        }
    }
    cues.with_fact(facts::CUE_OF_DATE)
});

/// Whether a cue may begin with the word of this hash.
pub(super) fn may_begin(hash: u64) -> bool {
    CUES.may_begin(hash)
}

/// The cues that begin at tokens of `range`.
pub(super) fn among(text: &Text, range: std::ops::Range<usize>) -> Cues {
    let mut all = Cues::default();
    for i in text.candidates(range, facts::CUE_OF_DATE) {
        CUES.each(text, i, |_, cues| all.0 |= cues.0);
    }
    all
}

/// The same of the longest phrase at each token alone: «время публикации» is no «время».
pub(super) fn longest(text: &Text, range: std::ops::Range<usize>) -> Cues {
    let found = text.candidates(range, facts::CUE_OF_DATE).filter_map(|i| CUES.longest(text, i));
    found.fold(Cues::default(), |all, (_, cues)| Cues(all.0 | cues.0))
}

/// Which of the words for "published" and "saved" stands last in `range`.
pub(super) fn nearest(text: &Text, range: std::ops::Range<usize>) -> Option<Cue> {
    let said = text.candidates(range, facts::CUE_OF_DATE).filter_map(|i| {
        let cues = among(text, i..i + 1);
        // "last updated", «дата обновления» hold a word of the other kind
        [Cue::Saved, Cue::Published].into_iter().find(|&cue| cues.has(cue))
    });
    said.last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_used() {
        for [phrases, name] in table::rows::<2>(include_str!("../../data/dates/cues.tsv")) {
            assert!(cue(name).is_some(), "no cue {name} for {phrases}");
        }
    }

    #[test]
    fn a_phrase_may_say_two_things() {
        let text = Text::new("The fair opened");
        let cues = among(&text, 0..3);
        assert!(cues.has(Cue::Happens) && cues.has(Cue::Starts) && !cues.has(Cue::Saved));
    }
}
