//! Where places lie that are too small to be found by their names: villages and counties.
//!
//! Most such names are other things too, so `data/places/small.tsv` finds none of them in a text. It
//! is asked when something else (the word for its kind, the model, a dateline) has shown that a name
//! is a place; among namesakes the state beside it decides, or what else the text places nearby.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::gazetteer::{Place, PlaceKind, Readings};
use super::resolve::Finder;
use crate::mention::{Fact, Mention, PlaceFact, Rule};
use crate::text::Script;

/// What a state beside a name adds, what another place of the same state.
const BESIDE: f32 = 6.0;
const REGION: f32 = 2.0;
/// Within how many kilometres of a sure place a namesake is likely meant.
const NEAR: f32 = 150.0;
/// How much more must speak for one namesake than for the next.
const MARGIN: f32 = 0.5;

/// A name with the country that the text gives it.
type Named = (String, [u8; 2]);

/// A larger namesake is rather meant, wherever the text is about.
const TOWN: u32 = 150_000;
/// How much of a text's countries must be one for its small places to go before larger ones abroad.
const HOME: f32 = 0.6;
const TOLD: f32 = 2.0;

/// A small place with what speaks for it: of the words of the text, and in all.
struct Small {
    told: f32,
    weight: f32,
    place: Place,
}

impl Finder<'_> {
    /// Gives places without coordinates those of a small place of their name in their country, and
    /// corrects towns where the text says that a small namesake is meant: "Malakoff, Texas".
    pub(super) fn locate(&self, out: &mut [Mention]) {
        let mut best: FxHashMap<Named, Small> = FxHashMap::default();
        let mut asked = Vec::new();
        for (n, mention) in out.iter().enumerate() {
            let (named, found) = if let Some(named) = self.unlocated(mention) {
                let found = self.likeliest(&named.0, Some(named.1), mention);
                (named, found)
            } else if let Some((named, found)) = self.namesake(mention) {
                (named, found)
            } else {
                continue;
            };
            if let Some(small) = found
                && best.get(&named).is_none_or(|known| small.weight > known.weight)
            {
                best.insert(named.clone(), small);
            }
            asked.push((n, named));
        }
        for (n, named) in asked {
            let (Some(Small { place, .. }), Fact::Place(fact)) = (best.get(&named), &mut out[n].fact) else { continue };
            fact.country = place.country;
            fact.coordinates = place.coordinates;
            fact.geonames = (place.geonames != 0).then_some(place.geonames);
            fact.admin1 = place.admin1.and_then(|row| self.gazetteer.place(row)).map(|p| p.name);
            if let Some(state) = &fact.admin1 {
                let because = Cow::Owned(format!("a small place of {state}"));
                out[n].because.push(because);
            }
            if place.geonames != 0 {
                out[n].rule = Rule::Row("places", Cow::Owned(place.geonames.to_string()));
            }
        }
    }

    fn is_latin(&self, mention: &Mention) -> bool {
        self.text.tokens.get(self.text.token_at(mention.span.start)).is_some_and(|t| t.script == Script::Latin)
    }

    /// The name by which a place without coordinates is looked up.
    fn unlocated(&self, mention: &Mention) -> Option<Named> {
        let Fact::Place(PlaceFact { coordinates: None, geonames: None, country: Some(country), kind, name, .. }) = &mention.fact else {
            return None;
        };
        let district = *kind == PlaceKind::District.name();
        let key = if district { self.text.slice(mention.span) } else { name };
        let kind = district || matches!(*kind, "" | "city" | "village" | "municipality");
        (kind && !key.is_empty() && self.is_latin(mention)).then(|| (key.to_string(), *country))
    }

    /// A town that may be a small namesake of the one found, and the namesake if this mention says so.
    fn namesake(&self, mention: &Mention) -> Option<(Named, Option<Small>)> {
        let Fact::Place(PlaceFact { geonames: Some(id), kind: "city", country: Some(country), .. }) = &mention.fact else { return None };
        if !self.is_latin(mention) {
            return None;
        }
        let name = self.text.slice(mention.span);
        self.gazetteer.small(name)?;
        let named = (name.to_string(), *country);
        let readings = self.gazetteer.get(name)?;
        let place = self.gazetteer.readings(readings).filter_map(|r| self.gazetteer.place(r.row())).find(|p| p.geonames == *id)?;
        if place.population >= TOWN {
            return None;
        }
        let held = self.behind(mention).is_some_and(|larger| self.larger(larger, &place).is_some());
        let own = Some(readings);
        let home = self.context.main().filter(|&c| self.context.share_besides(c, own) > HOME && self.context.told_besides(own) > TOLD);
        let abroad = home.is_some_and(|c| c != *country) && self.context.share_besides(*country, own) <= 0.0;
        let small = (!held).then(|| self.likeliest(name, None, mention)).flatten();
        let small = small.filter(|s| s.told >= BESIDE || abroad && s.place.country == home && s.told > 0.0);
        Some((named, small))
    }

    /// The name behind a comma or "in" that may say where the place lies.
    fn behind(&self, mention: &Mention) -> Option<Readings> {
        let end = self.text.tokens_in(mention.span).end;
        let next = self.candidates.partition_point(|c| (c.tokens.0 as usize) <= end);
        let next = self.candidates.get(next).filter(|c| c.tokens.0 as usize == end + 1 && self.text.same_line(end, end + 1));
        self.state_behind(end).or_else(|| next.filter(|_| matches!(self.text.fold(end), "," | "in" | "("))?.readings)
    }

    /// The small place that is most likely meant, where one is.
    fn likeliest(&self, name: &str, country: Option<[u8; 2]>, mention: &Mention) -> Option<Small> {
        let readings = self.gazetteer.small(name)?;
        let behind = self.behind(mention);
        let weigh = |place: Place| {
            let mut told = if behind.is_some_and(|state| self.larger(state, &place).is_some()) { BESIDE } else { 0.0 };
            if place.admin1.is_some_and(|row| self.context.names_region(row, None)) {
                told += REGION;
            }
            if let Some(far) = place.coordinates.and_then(|at| self.context.nearest(at)) {
                told += (NEAR / far.max(10.0)).ln().max(0.0);
            }
            Small { told, weight: told + (place.population.max(100) as f32).log10() * 0.3, place }
        };
        let rows = self.gazetteer.readings(readings).filter_map(|r| self.gazetteer.place(r.row()));
        let mut all: Vec<Small> = rows.filter(|p| country.is_none_or(|c| p.country == Some(c))).map(weigh).collect();
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let margin = all.first()?.weight - all.get(1).map_or(f32::NEG_INFINITY, |second| second.weight);
        (margin > MARGIN).then(|| all.swap_remove(0))
    }
}

#[cfg(test)]
mod tests {
    use crate::Record;

    fn where_is(text: &str, name: &str) -> Option<(i32, i32)> {
        let found = Record::of(text);
        let place = found.mentions.iter().find(|m| m.kind == "place" && &*m.text == name)?;
        Some((place.latitude()?.round() as i32, place.longitude()?.round() as i32))
    }

    #[test]
    fn a_county_lies_in_the_state_that_the_text_names() {
        let text = "Roads in Scott County, Indiana, are closed. Schools in Scott County will open late.\n";
        assert_eq!(where_is(text, "Scott County"), Some((39, -86)));
        let text = "Farmers of Scott County met in Davenport, Iowa. They spoke of wells in Scott County.\n";
        assert_eq!(where_is(text, "Scott County"), Some((42, -91)));
    }

    #[test]
    fn a_county_with_many_namesakes_lies_nowhere_where_nothing_tells() {
        assert_eq!(where_is("Roads in Washington County are closed.\n", "Washington County"), None);
    }

    #[test]
    fn a_state_behind_it_makes_a_town_its_small_namesake() {
        let text = "The plant in Malakoff, Texas, was closed. People of Malakoff wait for news from Dallas.\n";
        assert_eq!(where_is(text, "Malakoff"), Some((32, -96)));
        assert_eq!(where_is("The mayor of Malakoff spoke in Paris.\n", "Malakoff"), Some((49, 2)));
    }
}
