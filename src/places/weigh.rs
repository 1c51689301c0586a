//! Which place of a name is meant: each reading weighed by what the text says of it.

use std::borrow::Cow;
use std::rc::Rc;

use super::gazetteer::{Place, PlaceKind, Reading, Readings, Status};
use super::kinds::KindWord;
use super::lookup::Form;
use super::resolve::Finder;
use super::sense::METROPOLIS;
use crate::mention::Name;
use crate::text::Script;

/// A reading with what speaks for it wherever its name stands in the text.
pub(super) struct Everywhere {
    pub reading: Reading,
    pub place: Place,
    pub weight: f32,
    pub because: Vec<Name>,
    /// A state that is called without a word for its kind.
    pub federal: bool,
}

/// A reading with its weight where a name stands.
pub(super) struct Weighed<'k> {
    pub reading: Reading,
    pub place: &'k Place,
    pub weight: f32,
    pub everywhere: &'k [Name],
    /// The word for its kind that fits it.
    pub word: Option<&'static str>,
    /// A larger place beside it.
    pub beside: Option<Name>,
    /// Preferred as the state that places of the text lie in.
    pub state: bool,
}

impl Weighed<'_> {
    pub(super) fn because(&self) -> impl Iterator<Item = Name> + '_ {
        let word = self.word.map(|word| Cow::Owned(format!("the word “{word}”")));
        let beside = self.beside.as_ref().map(|name| Cow::Owned(format!("beside {name}")));
        let state = self.state.then_some(Cow::Borrowed("places of this region"));
        self.everywhere.iter().cloned().chain(word).chain(beside).chain(state)
    }
}

/// Countries whose first-order regions are called without a word for their kind.
pub(super) const FEDERAL: [&[u8; 2]; 12] = [b"US", b"CA", b"AU", b"IN", b"BR", b"MX", b"DE", b"AT", b"GB", b"ES", b"IT", b"NG"];

/// What the words beside a mention add to the reading they mean, and what those beside another mention of the name add.
const OWN_SENSE: f32 = 5.0;
const TOLD_SENSE: f32 = 8.0;

impl Finder<'_> {
    /// The readings of a name with what speaks for each, whichever of its mentions is meant: read once.
    pub(super) fn everywhere(&self, readings: Option<Readings>) -> Rc<[Everywhere]> {
        let Some(readings) = readings else { return Rc::default() };
        if let Some(known) = self.weighed.borrow().get(&readings) {
            return Rc::clone(known);
        }
        let all: Rc<[Everywhere]> =
            self.gazetteer.readings(readings).filter_map(|reading| self.weigh_everywhere(reading, readings)).collect();
        self.weighed.borrow_mut().insert(readings, Rc::clone(&all));
        all
    }

    fn weigh_everywhere(&self, reading: Reading, readings: Readings) -> Option<Everywhere> {
        let place = self.gazetteer.place(reading.row())?;
        let own = Some(readings);
        let mut because: Vec<Name> = Vec::new();
        let mut weight = match place.kind {
            PlaceKind::Country => 6.0,
            PlaceKind::Capital => 2.5 + if place.population > 500_000 { 1.5 } else { 0.0 },
            PlaceKind::Area => 3.0,
            PlaceKind::Admin1 => -0.5,
            PlaceKind::District => -1.0,
            _ => 0.0,
        };
        weight += ((place.population.max(100) as f32).log10() - 4.0) * 0.9;
        weight += match reading.status() {
            Status::Preferred => 0.7,
            Status::Alias => 0.0,
            Status::Former => -0.3,
            Status::Abbreviation => 0.0,
        };
        if reading.is_derived() {
            weight -= 1.5;
        }
        // a state's name is its own, but New York is the city
        let metropolis = || {
            let mut others = self.gazetteer.readings(readings).map(|r| self.gazetteer.kind_of(r.row()));
            others.any(|(kind, population)| kind.is_settlement() && population > METROPOLIS)
        };
        let federal = place.kind == PlaceKind::Admin1 && place.country.is_some_and(|c| FEDERAL.contains(&&c)) && !metropolis();
        if federal {
            weight += 0.8;
        }
        if let Some(country) = place.country {
            let share = self.context.share_besides(country, own);
            if share > 0.0 {
                // one name of another place says little of what the text speaks of
                let told = (self.context.told_besides(own) / 2.5).clamp(0.4, 1.0);
                weight += (1.2 + 3.0 * share) * told;
                because.push(Cow::Borrowed(if self.context.main() == Some(country) {
                    "the text's main country"
                } else {
                    "a country of the text"
                }));
            } else if reading.needs_context() {
                weight -= 3.0;
            }
        }
        if place.kind != PlaceKind::Country && place.admin1.is_some_and(|row| self.context.names_region(row, own)) {
            weight += 0.8;
            because.push(Cow::Borrowed("a region of the text"));
        }
        if let (Some(at), false) = (place.coordinates, matches!(place.kind, PlaceKind::Country | PlaceKind::Area))
            && let Some(far) = self.context.nearest(at)
        {
            weight += 0.6 - (1.0 + far / 150.0).ln() * 0.35;
        }
        Some(Everywhere { reading, place, weight, because, federal })
    }

    /// The readings of candidate `i` with what speaks for each where it stands.
    pub(super) fn weigh_all<'k>(&self, i: usize, everywhere: &'k [Everywhere], said: Option<&KindWord>, end: usize) -> Vec<Weighed<'k>> {
        let beside = self.neighbours(i);
        let short = if everywhere.len() > 1 || self.text.mark(end) == b',' { self.state_behind(end) } else { None };
        let readings = self.candidates[i].readings.filter(|_| everywhere.len() > 1);
        let great = self.candidates[i].population > METROPOLIS;
        let own = readings.filter(|_| great).and_then(|r| self.own_sense(r, self.candidates[i].tokens.0 as usize, end));
        let told = own.map(|row| (row, OWN_SENSE)).or_else(|| Some((*self.senses.get(&readings?)?, TOLD_SENSE)));
        everywhere.iter().map(|reading| self.weigh(i, reading, said, end, (beside, short), told)).collect()
    }

    fn weigh<'k>(
        &self,
        i: usize,
        everywhere: &'k Everywhere,
        said: Option<&KindWord>,
        end: usize,
        (beside, short): ([Option<Readings>; 2], Option<Readings>),
        told: Option<(u32, f32)>,
    ) -> Weighed<'k> {
        let Everywhere { reading, place, weight, because, federal } = everywhere;
        let candidate = &self.candidates[i];
        let mut weight = *weight;
        let mut word = None;
        if let Some(said) = said {
            let fit = said.fits(place.kind);
            weight += 3.0 * fit;
            word = (fit > 0.5).then_some(said.word);
        } else if candidate.form == Form::Whole
            && matches!(place.kind, PlaceKind::Admin1 | PlaceKind::District)
            && !federal
            && !self.text.str(end - 1).is_empty()
        {
            weight -= 0.8; // a region is rarely called without the word for it
        }
        let larger = beside.into_iter().flatten().find_map(|readings| self.larger(readings, place));
        let short = short.and_then(|readings| self.larger(readings, place));
        let was_short = short.is_some();
        let beside = short.or_else(|| larger.filter(|_| !self.listed_region(i, place)));
        if beside.is_some() {
            weight += if was_short { 8.0 } else { 4.0 };
        }
        if let Some((_, more)) = told.filter(|&(row, _)| row == reading.row()) {
            weight += more;
        }
        Weighed { reading: *reading, place, weight, everywhere: because, word, beside, state: false }
    }

    /// Whether the name is a region's too, so that a region beside it rather stands in a list with
    /// it: "New Mexico, Missouri and Kansas".
    fn listed_region(&self, i: usize, place: &Place) -> bool {
        let same =
            |p: &Place| p.kind == PlaceKind::Admin1 && p.country == place.country && p.country.is_some_and(|c| FEDERAL.contains(&&c));
        let candidate = &self.candidates[i];
        place.kind.is_settlement()
            && candidate.readings.into_iter().flat_map(|r| self.gazetteer.readings(r)).any(|r| {
                r.status() == Status::Preferred
                    && self.gazetteer.kind_of(r.row()).0 == PlaceKind::Admin1
                    && self.gazetteer.place(r.row()).is_some_and(|p| same(&p))
            })
            && place.population < 500_000
    }

    /// The names right behind and right before candidate `i` that may say where it lies: "Almaty,
    /// Kazakhstan", "Kant (Chuy Region)".
    fn neighbours(&self, i: usize) -> [Option<Readings>; 2] {
        let here = &self.candidates[i];
        let line = self.text.tokens[here.tokens.0 as usize].line;
        let near = |n: Option<usize>| {
            let other = n.and_then(|n| self.candidates.get(n)).filter(|c| self.text.tokens[c.tokens.0 as usize].line == line)?;
            let gap = here.tokens.1.min(other.tokens.1) as usize..here.tokens.0.max(other.tokens.0) as usize;
            let close = gap.len() <= 2 && gap.clone().all(|t| matches!(self.text.fold(t), "," | "(" | "of" | "in" | "-"));
            if !close || gap.is_empty() && other.form == Form::Whole && self.text.tokens[gap.start].script == Script::Latin {
                return None;
            }
            other.readings
        };
        [near(Some(i + 1)), near(i.checked_sub(1))]
    }

    /// The name of a larger place among `readings` in which a place lies.
    pub(super) fn larger(&self, readings: Readings, place: &Place) -> Option<Name> {
        let country = place.country?;
        let rows = self.gazetteer.readings(readings).filter_map(|r| Some((r, self.gazetteer.place(r.row())?)));
        let holds = |r: Reading, p: &Place| match p.kind {
            PlaceKind::Country => p.country == Some(country) && place.kind != PlaceKind::Country,
            PlaceKind::Admin1 => place.admin1 == Some(r.row()) && place.kind != PlaceKind::Admin1,
            PlaceKind::District => p.country == Some(country) && place.kind.is_settlement(),
            _ => false,
        };
        rows.into_iter().find(|(r, p)| holds(*r, p)).map(|(_, larger)| larger.name)
    }
}
