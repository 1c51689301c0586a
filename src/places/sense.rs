//! One meaning of a name in one text: what is said of it once holds wherever else it stands.
//!
//! "Rome, N.Y." says which Rome a release speaks of; "New York State" and "the New York Governor"
//! say that its New York is the state, not the city (Gale, Church and Yarowsky 1992, "One sense
//! per discourse"). A capital keeps what speaks for it, and a mention with a word of its own
//! ("New York Times") goes by that word.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::context::kilometres;
use super::gazetteer::{PlaceKind, Readings};
use super::kinds::{self, Scope};
use super::lookup::Form;
use super::resolve::Finder;
use super::weigh::FEDERAL;
use crate::table;
use crate::text::{Phrases, Text};

/// How many inhabitants make a town that shares its name with its state the likelier meaning.
pub(super) const METROPOLIS: u32 = 1_000_000;

/// Which of a state and its great town a word beside their name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    State,
    City,
}

struct Words {
    after: Phrases<Means>,
    /// Phrases before a name, by their first word; they must end at it.
    before: Phrases<Means>,
}

/// Within how many kilometres of a great town a place belongs to it.
const SUBURB: f32 = 50.0;

/// The longest phrase before a name.
const BEFORE: usize = 4;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { after: Phrases::default(), before: Phrases::default() };
    for [word, side, means] in table::rows::<3>(include_str!("../../data/places/state_words.tsv")) {
        let means = if means == "state" { Means::State } else { Means::City };
        if side == "after" {
            words.after.insert(word, means)
        } else {
            words.before.insert(word, means)
        };
    }
    words
});

/// What the words beside a name from token `first` to `end` say.
fn beside(text: &Text, first: usize, end: usize) -> Option<Means> {
    let mut at = end;
    if matches!(text.fold(at), "'s" | "'") && text.same_line(first, at) {
        at += 1;
        // "New York's 21st District"
        if text.fold(at).starts_with(|c: char| c.is_ascii_digit()) && matches!(text.fold(at + 1), "st" | "nd" | "rd" | "th") {
            return Some(Means::State);
        }
    }
    if text.same_line(first, at)
        && let Some((_, &means)) = WORDS.after.longest(text, at)
    {
        return Some(means);
    }
    let from = first.saturating_sub(BEFORE);
    (from..first).filter(|&t| text.same_line(t, first)).find_map(|t| {
        let mut found = None;
        WORDS.before.each(text, t, |end, &means| {
            if end == first {
                found = Some(means);
            }
        });
        found
    })
}

impl Finder<'_> {
    /// The row of each name that the text says of some mention, where it may mean several.
    pub(super) fn senses(&self) -> FxHashMap<Readings, u32> {
        let mut told: FxHashMap<Readings, Option<u32>> = FxHashMap::default();
        for (i, candidate) in self.candidates.iter().enumerate() {
            let Some(readings) = candidate.readings else { continue };
            if candidate.form != Form::Whole || candidate.abbreviation {
                continue;
            }
            let (first, end) = (candidate.tokens.0 as usize, candidate.tokens.1 as usize);
            let row = self.told_town(i, readings, end).or_else(|| {
                let (state, town) = Some(readings).filter(|_| candidate.population > METROPOLIS).and_then(|r| self.state_and_town(r))?;
                if self.has_town_before(i, state, town) {
                    return Some(state);
                }
                let said = kinds::after(self.text, end).is_some_and(|(word, _)| word.scope == Scope::Admin1);
                (said || beside(self.text, first, end) == Some(Means::State)).then_some(state)
            });
            if let Some(row) = row {
                told.entry(readings).and_modify(|known| *known = known.filter(|&k| k == row)).or_insert(Some(row));
            }
        }
        told.into_iter().filter_map(|(readings, row)| Some((readings, row?))).collect()
    }

    /// The town that the name of a larger place behind a comma says: "Rome, N.Y.", "Paris, Texas".
    fn told_town(&self, i: usize, readings: Readings, end: usize) -> Option<u32> {
        if self.text.mark(end) != b',' {
            return None;
        }
        let next = self.candidates.get(i + 1).filter(|c| c.tokens.0 as usize == end + 1 && self.text.same_line(end, end + 1));
        // a list of countries or states: "Brazil, America and Mexico", "Oregon, Missouri"
        let great = |r: u32| matches!(self.gazetteer.kind_of(r).0, PlaceKind::Country | PlaceKind::Admin1);
        let listed = self.gazetteer.readings(readings).any(|r| great(r.row()));
        let larger = self.state_behind(end).or_else(|| next.filter(|_| !listed)?.readings)?;
        let rows = self.gazetteer.readings(readings).filter_map(|r| Some((r.row(), self.gazetteer.place(r.row())?)));
        let within =
            rows.filter(|(_, place)| matches!(place.kind, PlaceKind::City | PlaceKind::Village) && self.larger(larger, place).is_some());
        let (row, town) = within.max_by_key(|(_, place)| place.population)?;
        // "Washington, Mo." does not make Washington another town than the capital
        let at_home = |r: u32| self.gazetteer.place(r).is_some_and(|p| p.kind == PlaceKind::Capital && p.country == town.country);
        (!self.gazetteer.readings(readings).any(|r| at_home(r.row()))).then_some(row)
    }

    /// Whether a town of the state stands before its name and a comma, far from the state's great
    /// town: "Rome, New York", but "Brooklyn, New York".
    fn has_town_before(&self, i: usize, state: u32, town: u32) -> bool {
        let Some(before) = i.checked_sub(1).and_then(|n| self.candidates.get(n)) else { return false };
        let comma = before.tokens.1 as usize;
        let great = self.gazetteer.place(town).and_then(|p| p.coordinates);
        let far = |at: Option<(f32, f32)>| at.zip(great).is_some_and(|(a, b)| kilometres(a, b) > SUBURB);
        self.text.mark(comma) == b','
            && comma + 1 == self.candidates[i].tokens.0 as usize
            && before.readings.into_iter().flat_map(|r| self.gazetteer.readings(r)).any(|r| {
                let place = self.gazetteer.place(r.row());
                place.is_some_and(|p| p.kind.is_settlement() && p.admin1 == Some(state) && far(p.coordinates))
            })
    }

    /// The rows of a state of a federation and of the great town in it that bear one name.
    pub(super) fn state_and_town(&self, readings: Readings) -> Option<(u32, u32)> {
        let row = |is: &dyn Fn(PlaceKind, u32) -> bool| {
            self.gazetteer.readings(readings).map(|r| r.row()).find(|&r| {
                let (kind, population) = self.gazetteer.kind_of(r);
                is(kind, population)
            })
        };
        let town = row(&|kind, population| kind.is_settlement() && population > METROPOLIS)?;
        let state = row(&|kind, _| kind == PlaceKind::Admin1)?;
        let federal = self.gazetteer.place(state)?.country.is_some_and(|c| FEDERAL.contains(&&c));
        federal.then_some((state, town))
    }

    /// What a mention's own words say of a name that a state and its great town share.
    pub(super) fn own_sense(&self, readings: Readings, first: usize, end: usize) -> Option<u32> {
        let means = beside(self.text, first, end)?;
        let (state, town) = self.state_and_town(readings)?;
        Some(if means == Means::State { state } else { town })
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;

    fn kinds(text: &str) -> Vec<String> {
        let found = Record::of(text);
        let places = found.mentions.iter().filter(|m| m.kind == "place" && m.text.starts_with("New York"));
        places.map(|m| m.subtype.as_deref().unwrap_or_default().to_string()).collect()
    }

    #[test]
    fn a_town_that_is_told_once_goes_before_a_capital() {
        let found = Record::of("News\n\nPARIS, Tenn. – The commission voted to build a library in Paris, the mayor said.\n");
        let towns: Vec<_> = found.mentions.iter().filter(|m| m.text.eq_ignore_ascii_case("Paris")).map(|m| m.country.as_deref()).collect();
        assert_eq!(towns, [Some("US"), Some("US")]);
    }

    #[test]
    fn a_state_that_is_told_once_is_meant_again() {
        let text = "The New York Governor signed the law on wells. Farms in New York wait for it, the New York Times writes.\n";
        assert_eq!(kinds(text), ["admin1", "admin1", "city"]);
        assert_eq!(kinds("They met in New York on 5 May.\nUN Headquarters are in New York.\n"), ["city", "city"]);
    }
}
