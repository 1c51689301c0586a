//! States of a federation that bear the name of a country or of a city: Georgia, Washington.

use super::gazetteer::{Place, PlaceKind, Status};
use super::resolve::Finder;
use super::weigh::{FEDERAL, Weighed};

impl Finder<'_> {
    /// A state before a country or a city of the same name: where the text speaks of places in the
    /// state or of its fellows, and of the country in nothing but this name (Georgia in a text
    /// about Atlanta), and where it stands in a list of states (Virginia, Washington and Oregon).
    pub(super) fn prefer_state(&self, i: usize, all: &mut [Weighed]) {
        let candidate = &self.candidates[i];
        let besides = |c: [u8; 2]| self.context.share_besides(c, candidate.readings);
        let alone = all.first().is_some_and(|w| w.place.kind == PlaceKind::Country && w.place.country.is_some_and(|c| besides(c) <= 0.0));
        let fellows = |w: &Weighed| {
            let federal = w.place.country.filter(|c| FEDERAL.contains(&c));
            federal.is_some_and(|c| besides(c) > 0.6 && self.context.states.iter().any(|&(row, of)| of == c && row != w.reading.row()))
        };
        let state = |w: &Weighed| {
            w.place.kind == PlaceKind::Admin1
                && (alone && (self.context.names_region(w.reading.row(), candidate.readings) || fellows(w))
                    || self.among_states(i, w.place)
                    || self.after_its_town(i, w))
        };
        if all.len() > 1
            && let Some(n) = all.iter().position(state)
        {
            all[n].weight = all[0].weight + 1.0;
            all[n].state = true;
            all.swap(0, n);
        }
    }

    /// Whether a town of the state stands before it: "Rome, New York".
    fn after_its_town(&self, i: usize, state: &Weighed) -> bool {
        if !state.place.country.is_some_and(|c| FEDERAL.contains(&&c)) {
            return false;
        }
        let Some(before) = i.checked_sub(1).and_then(|n| self.candidates.get(n)) else { return false };
        let comma = before.tokens.1 as usize;
        let beside = comma + 1 == self.candidates[i].tokens.0 as usize && self.text.fold(comma) == ",";
        beside
            && before.readings.into_iter().flat_map(|r| self.gazetteer.readings(r)).any(|r| {
                let place = self.gazetteer.place(r.row());
                place.is_some_and(|p| p.kind.is_settlement() && p.admin1 == Some(state.reading.row()))
            })
    }

    /// Whether the names on both sides in a list are states of the same country.
    fn among_states(&self, i: usize, place: &Place) -> bool {
        let Some(country) = place.country.filter(|c| FEDERAL.contains(&c)) else { return false };
        let is_state = |n: Option<usize>| {
            n.and_then(|n| self.candidates.get(n)?.readings).is_some_and(|readings| {
                self.gazetteer.readings(readings).any(|r| {
                    r.status() == Status::Preferred
                        && self.gazetteer.kind_of(r.row()).0 == PlaceKind::Admin1
                        && self.gazetteer.place(r.row()).is_some_and(|p| p.country == Some(country))
                })
            })
        };
        let joined = |a: Option<usize>, b: usize| {
            let (Some(a), Some(b)) = (a.and_then(|a| self.candidates.get(a)), self.candidates.get(b)) else { return false };
            let gap = a.tokens.1 as usize..b.tokens.0 as usize;
            !gap.is_empty() && gap.len() <= 2 && gap.clone().all(|t| matches!(self.text.fold(t), "," | "and" | "or"))
        };
        let (before, second) = (i.checked_sub(1), i.checked_sub(2));
        let left = joined(before, i) && is_state(before);
        let right = joined(Some(i), i + 1) && is_state(Some(i + 1));
        left && (right || before.is_some_and(|b| joined(second, b)) && is_state(second))
    }
}
