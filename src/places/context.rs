//! Which countries a text speaks of: what an ambiguous name is weighed with.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::declension::forms;
use super::gazetteer::{Gazetteer, Ordinary, PlaceKind, Readings, Status};
use super::lookup::{Candidate, Form};
use crate::mention::{Tagged, TaggedKind};
use crate::page::Page;
use crate::table;
use crate::text::{Phrases, Script, Text, facts};

/// A word that says which country a text speaks of.
#[derive(Clone, Copy)]
enum Word {
    /// An adjective or the name of a people.
    People([u8; 2]),
    /// A word for an office, a district or money of that country alone.
    Realia([u8; 2]),
}

/// Adjectives and names of peoples, and words of one country's own.
static DEMONYMS: LazyLock<Phrases<Word>> = LazyLock::new(|| {
    let mut phrases: Phrases<Word> = Phrases::default();
    for [word, country] in table::rows::<2>(include_str!("../../data/places/realia.tsv")) {
        let &[a, b] = country.as_bytes() else { continue };
        if word.is_ascii() || word.contains(' ') {
            phrases.insert(word, Word::Realia([a, b]));
        } else {
            for form in forms(word, false) {
                phrases.insert(&form, Word::Realia([a, b]));
            }
        }
    }
    for [word, country] in table::rows::<2>(include_str!("../../data/places/demonyms.tsv")) {
        let &[a, b] = country.as_bytes() else { continue };
        if word.is_ascii() {
            phrases.insert(word, Word::People([a, b]));
        } else {
            for form in adjective_forms(word) {
                phrases.insert(&form, Word::People([a, b]));
            }
        }
    }
    phrases.with_fact(facts::DEMONYM)
});

/// The hashes of the words that begin the name of a people.
pub(super) fn first_words() -> impl Iterator<Item = (u64, u64)> {
    DEMONYMS.first_words().map(|hash| (hash, facts::DEMONYM))
}

/// Whether the word at `token` says whose something is: "Turkmen", «узбекский».
pub(super) fn is_demonym(text: &Text, token: usize) -> bool {
    matches!(DEMONYMS.longest(text, token), Some((_, Word::People(_))))
}

/// All forms of an adjective in -ский, in every gender and number.
fn adjective_forms(word: &str) -> Vec<String> {
    let Some(stem) = word.strip_suffix("ий") else { return forms(word, true) };
    ["ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими"].iter().map(|ending| format!("{stem}{ending}")).collect()
}

/// The countries of a text with their weights.
#[derive(Debug, Default)]
pub(super) struct Context {
    votes: FxHashMap<[u8; 2], f32>,
    total: f32,
    main: Option<[u8; 2]>,
    /// The countries whose own words stand in the text, once for each word.
    pub realia: Vec<[u8; 2]>,
    /// What each name has added: it may not speak for itself.
    own: FxHashMap<Readings, ([u8; 2], f32)>,
    /// How often each first-order region is named, by itself or by what lies in it, and by which name last.
    named: FxHashMap<u32, Readings>,
    /// Rows of first-order regions that the text names without doubt.
    pub regions: Vec<u32>,
    /// First-order regions that are named themselves, with their countries.
    pub states: Vec<(u32, [u8; 2])>,
    /// Where the places lie that are beyond doubt.
    pub points: Vec<(f32, f32)>,
}

impl Context {
    /// Weighs the countries by names that mean one place, and by names of peoples.
    pub(super) fn read(
        page: &Page,
        gazetteer: &Gazetteer,
        candidates: &[Candidate],
        tagged: &[Tagged],
        senses: &FxHashMap<Readings, u32>,
    ) -> Self {
        let mut context = Self::default();
        for candidate in candidates {
            let span = page.text.span(candidate.tokens.0 as usize, candidate.tokens.1 as usize - 1);
            if page.in_furniture(span) {
                continue;
            }
            let i = tagged.partition_point(|t| t.tokens.1 <= candidate.tokens.0);
            let taken = tagged.get(i).filter(|t| t.tokens.0 < candidate.tokens.1).map(|t| t.kind);
            // part of a person's name, or one capital of a body's name that is nothing but a name
            if taken == Some(TaggedKind::Person) {
                continue;
            }
            let told = candidate.readings.and_then(|r| senses.get(&r)).copied();
            context.candidate(gazetteer, candidate, taken, told);
        }
        let text: &Text = &page.text;
        let mut told: Vec<u64> = Vec::new();
        for at in text.candidates(0..text.tokens.len(), facts::DEMONYM) {
            let token = &text.tokens[at];
            let worth = token.span.len() >= 4;
            if worth
                && let Some((_, &word)) = DEMONYMS.longest(text, at)
                && !page.in_furniture(token.span)
            {
                match word {
                    Word::People(_) if !token.is_capital() && token.script != Script::Cyrillic => {}
                    Word::People(country) => context.vote(country, 0.7),
                    Word::Realia(country) if !told.contains(&token.hash) => {
                        told.push(token.hash);
                        context.realia.push(country);
                    }
                    Word::Realia(_) => {}
                }
            }
        }
        context.main = context.most();
        // a place that is named again lies where it lay
        let mut seen = FxHashSet::default();
        context.points.retain(|&(a, b)| seen.insert((a.to_bits(), b.to_bits())));
        context
    }

    fn candidate(&mut self, gazetteer: &Gazetteer, candidate: &Candidate, taken: Option<TaggedKind>, told: Option<u32>) {
        let Some(readings) = candidate.readings else { return };
        if candidate.ordinary != Ordinary::No && candidate.word.is_none() && told.is_none() || candidate.form == Form::Elliptic {
            return;
        }
        let mut best: Option<(f32, u32)> = None;
        let mut sum = 0.0;
        for reading in gazetteer.readings(readings) {
            if reading.needs_context() || reading.is_derived() {
                return;
            }
            let (kind, population) = gazetteer.kind_of(reading.row());
            let weight = match kind {
                PlaceKind::Country => 2e7 + population as f32,
                PlaceKind::Capital => 3e6 + 3.0 * population as f32,
                _ if reading.status() == Status::Alias => 0.3 * population as f32,
                _ => population as f32,
            } + 500.0;
            sum += weight;
            if best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, reading.row()));
            }
        }
        let Some((weight, row)) = best else { return };
        let Some(place) = gazetteer.place(told.unwrap_or(row)) else { return };
        let (row, weight, sure) = told.map_or((row, weight, weight / sum), |row| (row, weight, 1.0));
        let Some(country) = place.country else { return };
        // a small town counts where the model says that it is a place
        let least = if taken == Some(TaggedKind::Place) { 1_500.0 } else { 20_000.0 };
        if sure < 0.8 || weight < least {
            return;
        }
        let strength = match place.kind {
            PlaceKind::Country => 2.0,
            PlaceKind::Capital | PlaceKind::Admin1 => 1.2,
            _ if place.population > 50_000 => 1.0,
            _ => 0.4,
        };
        let strength = if taken == Some(TaggedKind::Organization) && place.kind != PlaceKind::Country { 0.5 * strength } else { strength };
        self.vote(country, strength * sure);
        self.own.entry(readings).or_insert((country, 0.0)).1 += strength * sure;
        if let Some(region) = if place.kind == PlaceKind::Admin1 { Some(row) } else { place.admin1 } {
            self.named.insert(region, readings);
        }
        if place.kind == PlaceKind::Admin1 {
            self.regions.push(row);
            self.states.push((row, country));
        } else if place.kind != PlaceKind::Country {
            self.points.extend(place.coordinates);
            self.regions.extend(place.admin1);
        }
    }

    fn vote(&mut self, country: [u8; 2], weight: f32) {
        *self.votes.entry(country).or_default() += weight;
        self.total += weight;
    }

    /// The share of a country in what the text speaks of, from 0 to 1.
    #[inline]
    pub(super) fn share(&self, country: [u8; 2]) -> f32 {
        if self.total <= 0.0 { 0.0 } else { self.votes.get(&country).copied().unwrap_or(0.0) / self.total }
    }

    /// The share of a country without what the name of `readings` adds to it.
    #[inline]
    pub(super) fn share_besides(&self, country: [u8; 2], readings: Option<Readings>) -> f32 {
        let Some((own, weight)) = readings.and_then(|r| self.own.get(&r)).copied() else { return self.share(country) };
        let rest = self.total - weight;
        if rest <= 0.01 {
            return 0.0;
        }
        let votes = self.votes.get(&country).copied().unwrap_or(0.0) - if own == country { weight } else { 0.0 };
        (votes / rest).max(0.0)
    }

    /// How much the text says of countries at all, besides the name of `readings`.
    pub(super) fn told_besides(&self, readings: Option<Readings>) -> f32 {
        self.total - readings.and_then(|r| self.own.get(&r)).map_or(0.0, |(_, weight)| *weight)
    }

    /// Whether another name than that of `readings` lies in a first-order region.
    pub(super) fn names_region(&self, region: u32, readings: Option<Readings>) -> bool {
        self.named.get(&region).is_some_and(|by| Some(*by) != readings)
    }

    /// The country that the text speaks of most.
    pub(super) fn main(&self) -> Option<[u8; 2]> {
        self.main
    }

    fn most(&self) -> Option<[u8; 2]> {
        let most = self.votes.iter().min_by(|a, b| b.1.total_cmp(a.1).then(a.0.cmp(b.0)));
        most.map(|(country, _)| *country)
    }

    /// Kilometres to the nearest place beyond doubt.
    pub(super) fn nearest(&self, at: (f32, f32)) -> Option<f32> {
        self.points.iter().map(|&p| kilometres(p, at)).min_by(f32::total_cmp)
    }
}

/// The great-circle distance between two points in degrees, in kilometres.
#[inline]
pub(super) fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    let (latitude, longitude) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (latitude / 2.0).sin().powi(2) + a.0.to_radians().cos() * b.0.to_radians().cos() * (longitude / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_in_kilometres() {
        let bishkek_osh = kilometres((42.87, 74.59), (40.53, 72.79));
        assert!((bishkek_osh - 300.0).abs() < 10.0, "{bishkek_osh}");
    }

    #[test]
    fn names_of_peoples_vote() {
        let page = Page::new("Казахстанские и кыргызские эксперты", false);
        let context = Context::read(&page, &Gazetteer::default(), &[], &[], &FxHashMap::default());
        assert!(context.share(*b"KZ") > 0.4 && context.share(*b"KG") > 0.4);
    }
}
