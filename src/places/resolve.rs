//! Which candidates are places, and which place each one is.
//!
//! A reading is weighed by what the text says: its country and region elsewhere in the text, a
//! place beside it ("Kant, Chuy Region"), the word for its kind, what the name is to it, how
//! many people live there, how far it is from the text's other places. A name that is also a word
//! or a person's needs more than a name that is nothing else.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::context::Context;
use super::gazetteer::{Gazetteer, Ordinary, Place, PlaceKind, Reading, Readings, Status};
use super::kinds::{self, KindWord, Scope};
use super::lookup::{Candidate, Form};
use super::{unlisted, words};
use crate::mention::{Fact, Mention, Name, PlaceFact, Rule, Tagged, TaggedKind};
use crate::page::Page;
use crate::text::{Case, Kind, Script, Text};

/// How many places in a row make a list of places.
const LIST: usize = 3;

/// How many tokens of a line say whether it is a headline in capitals.
const HEADLINE: usize = 60;

/// Decides which candidates and tagged names are places, and which place each one is.
#[must_use]
pub fn find(page: &Page, gazetteer: &Gazetteer, candidates: &[Candidate], tagged: &[Tagged]) -> Vec<Mention> {
    let context = Context::read(page, gazetteer, candidates, tagged);
    let persons = tagged.iter().filter(|t| t.kind == TaggedKind::Person && t.tokens.1 - t.tokens.0 > 1);
    let surnames = persons.map(|t| page.text.fold(t.tokens.1 as usize - 1)).collect();
    let finder = Finder {
        page,
        text: &page.text,
        gazetteer,
        context,
        candidates,
        tagged,
        shouted: Cell::default(),
        weighed: RefCell::default(),
        surnames,
    };
    let mut out = Vec::with_capacity(candidates.len());
    let mut refused = Vec::new();
    let mut accepted = FxHashSet::default();
    for (i, candidate) in candidates.iter().enumerate() {
        match finder.candidate(i, false) {
            Some(mention) => {
                accepted.extend(candidate.readings);
                out.push(mention);
            }
            None => refused.push(i),
        }
    }
    // a name that is a place once is one again where nothing speaks against it, and one in a list
    // of places: «из городов: Курган, Златоуст, Пласт»
    let mut among: FxHashSet<usize> = FxHashSet::default();
    for &i in &refused {
        let candidate = &candidates[i];
        let again = candidate.ordinary != Ordinary::Word && candidate.readings.is_some_and(|r| accepted.contains(&r));
        if again || finder.is_among_places(i, &refused, &among) {
            let mention = finder.candidate(i, true);
            if mention.is_some() {
                among.insert(i);
            }
            out.extend(mention);
        }
    }
    finder.unlisted(&mut out);
    out.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    out.dedup_by(|b, a| a.span.overlaps(b.span) && a.span.start <= b.span.start);
    out
}

pub(super) struct Finder<'a> {
    pub page: &'a Page<'a>,
    pub text: &'a Text<'a>,
    pub gazetteer: &'a Gazetteer,
    pub context: Context,
    pub candidates: &'a [Candidate],
    pub tagged: &'a [Tagged],
    /// The line asked for last, and whether it is written in capitals.
    shouted: Cell<Option<(u32, bool)>>,
    /// The readings of the names weighed before.
    weighed: RefCell<FxHashMap<Readings, Rc<[Everywhere]>>>,
    /// Last words of the names of persons with several words.
    pub surnames: FxHashSet<&'a str>,
}

/// A reading with what speaks for it wherever its name stands in the text.
pub(super) struct Everywhere {
    reading: Reading,
    place: Place,
    weight: f32,
    because: Vec<Name>,
    /// A state that is called without a word for its kind.
    federal: bool,
}

/// A reading with its weight where a name stands.
pub(super) struct Weighed<'k> {
    pub reading: Reading,
    pub place: &'k Place,
    pub weight: f32,
    everywhere: &'k [Name],
    /// The word for its kind that fits it.
    word: Option<&'static str>,
    /// A larger place beside it.
    beside: Option<Name>,
    /// Preferred as the state that places of the text lie in.
    pub state: bool,
}

impl Weighed<'_> {
    fn because(&self) -> impl Iterator<Item = Name> + '_ {
        let word = self.word.map(|word| Cow::Owned(format!("the word “{word}”")));
        let beside = self.beside.as_ref().map(|name| Cow::Owned(format!("beside {name}")));
        let state = self.state.then_some(Cow::Borrowed("places of this region"));
        self.everywhere.iter().cloned().chain(word).chain(beside).chain(state)
    }
}

/// How often a reading of this weight is right, on annotated releases (`dateline evaluate
/// --confidence` on the corpus and the training part of the gold set): weight, share right.
const RELIABILITY: [(f32, f32); 7] = [(0.0, 0.3), (0.3, 0.4), (0.45, 0.68), (0.65, 0.79), (0.72, 0.92), (0.9, 0.95), (1.0, 0.98)];

/// A weight as the share of right readings that have it.
fn calibrated(weight: f32) -> f32 {
    RELIABILITY
        .windows(2)
        .find(|pair| weight <= pair[1].0)
        .map_or(0.98, |pair| pair[0].1 + (pair[1].1 - pair[0].1) * (weight - pair[0].0) / (pair[1].0 - pair[0].0))
}

/// Countries whose districts the table has.
const DISTRICTS: [&[u8; 2]; 8] = [b"KG", b"TJ", b"UZ", b"KZ", b"GE", b"AM", b"AZ", b"MD"];
/// Countries whose first-order regions are called without a word for their kind.
pub(super) const FEDERAL: [&[u8; 2]; 12] = [b"US", b"CA", b"AU", b"IN", b"BR", b"MX", b"DE", b"AT", b"GB", b"ES", b"IT", b"NG"];

impl Finder<'_> {
    fn candidate(&self, i: usize, known: bool) -> Option<Mention> {
        let candidate = &self.candidates[i];
        let (first, mut end) = (candidate.tokens.0 as usize, candidate.tokens.1 as usize);
        let mut word = candidate.word;
        if word.is_none() && candidate.form == Form::Whole {
            word = kinds::at(self.text, end - 1);
            if let Some((after, last)) = kinds::after(self.text, end)
                && self.takes(candidate, after, end, last)
            {
                word = Some(after);
                end = last;
            }
        }
        let before = kinds::before(self.text, first);
        let said = word.or(before.map(|(word, _)| word));
        let everywhere = self.everywhere(candidate.readings);
        let mut all = self.weigh_all(i, &everywhere, said, end);
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.reading.row().cmp(&b.reading.row())));
        self.prefer_state(i, &mut all);
        let Some(best) = all.first() else { return self.unresolved(candidate, end, said) };
        if best.reading.is_derived() && best.place.country.is_none_or(|c| self.context.share(c) < 0.15) {
            return self.unresolved(candidate, end, said);
        }
        // «в селе Байтерек»: a village that shares its name with a district far larger than it
        if said.is_some_and(|w| w.scope == Scope::Village)
            && matches!(best.place.kind, PlaceKind::District | PlaceKind::Admin1)
            && word.is_none()
            && before.is_some_and(|(_, start)| !unlisted::is_plural(self.text.fold(start)))
        {
            return self.unresolved(candidate, end, said);
        }
        // a county of the United States has nothing to do with the town of its name
        if best.place.kind.is_settlement()
            && best.place.country == Some(*b"US")
            && word.is_some_and(|w| matches!(w.word, "county" | "County"))
        {
            return self.unresolved(candidate, end, word);
        }
        if self.is_half(candidate) || word.is_some() && self.is_side(first, candidate.tokens.1 as usize) {
            return None;
        }
        let margin = best.weight - all.get(1).map_or(0.0, |second| second.weight.max(0.0));
        let (mut is_place, mut because) = self.is_place(i, end, best, said);
        if is_place <= 0.0 {
            if is_place < 0.0
                || !known
                || self.crowded(first, end, false) > 0.0
                || matches!(self.model(first, end), Some((TaggedKind::Person, _)))
            {
                return None;
            }
            is_place = 0.6;
            because.push(Cow::Borrowed("a place elsewhere in the text"));
        }
        // a small place far from all that the text speaks of is rather one that no table has
        let foreign = best.place.country.is_some_and(|c| self.context.share_besides(c, candidate.readings) <= 0.0);
        let small = !matches!(best.place.kind, PlaceKind::Country | PlaceKind::Capital | PlaceKind::Area | PlaceKind::Admin1);
        let beside = best.beside.is_some();
        let home = self.context.main().is_some_and(|c| self.context.share_besides(c, candidate.readings) > 0.25);
        if foreign && small && !beside && home {
            let village = said.is_some_and(|w| matches!(w.scope, Scope::Village | Scope::Municipality | Scope::District))
                || said.is_some() && best.place.population < 20_000;
            // a district whose full name a table has is that one where the text speaks else of a donor alone
            let district = said.is_some_and(|w| w.scope == Scope::District) && best.place.kind == PlaceKind::District;
            if village && !(district && self.context.main().is_some_and(|c| !DISTRICTS.contains(&&c))) {
                return self.unresolved(candidate, end, said);
            }
            // a namesake abroad of a village that no table has
            let sure = self.context.main().is_some_and(|c| self.context.share_besides(c, candidate.readings) > 0.6);
            let told = self.context.told_besides(candidate.readings) > 2.5;
            if said.is_none() && sure && told && best.place.population < 20_000 && candidate.ordinary == Ordinary::No {
                let fact = PlaceFact { kind: PlaceKind::Village.name(), ..PlaceFact::default() };
                let rule = Rule::Grammar("places", "context");
                let mut mention = Mention::new(self.text.span(first, end - 1), Fact::Place(fact), rule, 0.5);
                mention.because.push(Cow::Borrowed("its namesake is abroad"));
                return Some(mention);
            }
        }
        because.extend(best.because());
        if all.len() > 1 {
            because.push(Cow::Owned(format!("chosen among {}", all.len())));
        }
        let sure = 1.0 / (1.0 + (-(0.6 + 0.5 * margin.min(6.0))).exp());
        let confidence = calibrated((is_place.min(1.0) * sure).clamp(0.05, 0.99));
        Some(self.mention(first, end, best.place, best.reading, confidence, because, word))
    }

    /// Whether three places stand before the name in a list that goes on or ends with it.
    fn is_among_places(&self, i: usize, refused: &[usize], among: &FxHashSet<usize>) -> bool {
        let text = self.text;
        let Some(before) = i.checked_sub(LIST).map(|from| &self.candidates[from..=i]) else { return false };
        let joined = before.windows(2).all(|pair| {
            let mark = pair[0].tokens.1 as usize;
            text.mark(mark) == b',' && mark + 1 == pair[1].tokens.0 as usize && text.same_line(mark, mark + 1)
        });
        let ends = matches!(text.fold(self.candidates[i].tokens.1 as usize), "," | "." | "и" | "and" | ";");
        joined && ends && (i - LIST..i).all(|n| among.contains(&n) || refused.binary_search(&n).is_err())
    }

    /// Whether the name is one half of a longer one that no table has: "Ala-Buga", but "Baku-Tbilisi"
    /// where both are large or of a country that the text speaks of.
    fn is_half(&self, candidate: &Candidate) -> bool {
        let text = self.text;
        let (first, end) = (candidate.tokens.0 as usize, candidate.tokens.1 as usize);
        let tight = |dash: usize| {
            text.fold(dash) == "-"
                && [dash, dash + 1].iter().all(|&t| text.tokens.get(t).is_some_and(|t| !t.spaced))
                && text.tokens.get(dash + 1).is_some_and(|t| t.kind == Kind::Word && t.is_capital())
        };
        let before = first.checked_sub(1).filter(|&dash| dash > 0 && tight(dash)).map(|dash| dash - 1);
        let after = Some(end).filter(|&dash| tight(dash)).map(|dash| dash + 1);
        let likely = |candidate: &Candidate| {
            candidate.readings.into_iter().flat_map(|r| self.gazetteer.readings(r)).any(|r| {
                let place = self.gazetteer.place(r.row());
                place.is_some_and(|p| {
                    !p.kind.is_settlement()
                        || p.population > 100_000
                        || p.country.is_some_and(|c| self.context.share_besides(c, candidate.readings) > 0.0)
                })
            })
        };
        let at = |token: usize| {
            let i = self.candidates.partition_point(|c| c.tokens.1 as usize <= token);
            self.candidates.get(i).filter(|c| c.tokens.0 as usize <= token)
        };
        let other = |token: Option<usize>| token.and_then(at).is_some_and(|other| !likely(other));
        (before.is_some_and(|b| at(b).is_some()) || after.is_some_and(|a| at(a).is_some()))
            && (!likely(candidate) || other(before) || other(after))
    }

    /// Whether the name is a word for a side after another name, so that both are one that no table
    /// has: "Builsa North District", "Dormaa Central Municipality".
    fn is_side(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        let side =
            matches!(text.fold(first), "north" | "south" | "east" | "west" | "central" | "upper" | "lower" | "northern" | "southern");
        let Some(before) = first.checked_sub(1) else { return false };
        let token = &text.tokens[before];
        side && end <= first + 2
            && token.kind == Kind::Word
            && matches!(token.case, Case::Title)
            && text.same_line(before, first)
            && !self.starts_sentence(before)
    }

    /// Whether the word for a kind after a name belongs to it: "Osh region", "Sayod Village".
    fn takes(&self, candidate: &Candidate, word: &KindWord, end: usize, last: usize) -> bool {
        if candidate.abbreviation {
            return false;
        }
        let capital = self.text.tokens[end].is_capital();
        let goes_on =
            self.text.tokens.get(last).is_some_and(|t| t.is_capital() && t.line == self.text.tokens[end].line && t.kind == Kind::Word);
        if !word.english {
            return false; // a Russian noun after a noun is not part of its name
        }
        match word.scope {
            Scope::City | Scope::Village | Scope::Other(_) => capital && !goes_on,
            _ => candidate.kind != "country" && (!goes_on || !capital),
        }
    }

    /// The readings of a name with what speaks for each, whichever of its mentions is meant: read once.
    fn everywhere(&self, readings: Option<Readings>) -> Rc<[Everywhere]> {
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
            others.any(|(kind, population)| kind.is_settlement() && population > 1_000_000)
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
    fn weigh_all<'k>(&self, i: usize, everywhere: &'k [Everywhere], said: Option<&KindWord>, end: usize) -> Vec<Weighed<'k>> {
        let beside = self.neighbours(i);
        everywhere.iter().map(|reading| self.weigh(i, reading, said, end, beside)).collect()
    }

    fn weigh<'k>(
        &self,
        i: usize,
        everywhere: &'k Everywhere,
        said: Option<&KindWord>,
        end: usize,
        beside: [Option<Readings>; 2],
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
        let beside = larger.filter(|_| !self.listed_region(i, place));
        if beside.is_some() {
            weight += 4.0;
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
    fn larger(&self, readings: Readings, place: &Place) -> Option<Name> {
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

    /// How likely the name is a place here, from 0 to 1, and why.
    fn is_place(&self, i: usize, end: usize, best: &Weighed, said: Option<&KindWord>) -> (f32, Vec<Name>) {
        let candidate = &self.candidates[i];
        let first = candidate.tokens.0 as usize;
        let text = self.text;
        let mut why: Vec<Name> = Vec::new();
        let place = best.place;
        if said.is_some_and(|w| w.fits(place.kind) > 0.0) || candidate.word.is_some() {
            return (1.0, why);
        }
        if self.in_venue(first, end) || self.is_surname_by_marks(first, end) {
            return (-1.0, why);
        }
        if candidate.abbreviation {
            let upper = (first..end).all(|t| {
                text.tokens[t].kind != Kind::Word
                    || text.tokens[t].case == Case::Upper
                    || text.tokens[t].case == Case::Mixed
                    || text.tokens[t].span.len() == 1
            });
            let known = place.country.is_none_or(|c| self.context.share(c) > 0.0);
            if !upper || best.reading.needs_context() && !known || self.shouts(first) && best.reading.needs_context() {
                return (0.0, why);
            }
            why.push(Cow::Borrowed("an abbreviation"));
            return (0.95, why);
        }
        let beside = best.beside.is_some();
        let preposition = self.preposition(first);
        // "the MOA": an acronym that is a short town's name as well
        let short = first + 1 == end && matches!(text.tokens[first].case, Case::Upper | Case::Mixed) && text.tokens[first].span.len() <= 4;
        let opens = first == 0 || !text.same_line(first - 1, first);
        let named = place.kind == PlaceKind::Country || best.reading.status() == Status::Abbreviation;
        let latin = text.tokens[first].script == Script::Latin;
        if short && !named && !opens && !self.shouts(first) && (!beside || !latin && text.tokens[first].case == Case::Upper) {
            return (-1.0, why);
        }
        if self.in_street(first, best.place.population > 100_000 && candidate.ordinary == Ordinary::No) {
            return (-1.0, why);
        }
        let model = self.model(first, end);
        let mut score: f32 = 0.9;
        let great = matches!(place.kind, PlaceKind::Country | PlaceKind::Capital | PlaceKind::Area) || place.population > 300_000;
        let share = place.country.map_or(0.3, |c| self.context.share(c));
        if !great {
            score -= 0.15;
            if place.population < 15_000 {
                score -= 0.15;
            }
            if share <= 0.0 {
                score -= if place.population < 100_000 { 0.5 } else { 0.3 };
            }
        }
        score -= match candidate.ordinary {
            Ordinary::No => 0.0,
            Ordinary::Person => 0.45,
            Ordinary::Word => 0.75,
        };
        if best.reading.status() == Status::Alias && !great {
            score -= 0.1;
        }
        if beside {
            score += 0.6;
        }
        if preposition {
            score += if candidate.ordinary == Ordinary::Word { 0.2 } else { 0.4 };
        }
        match model {
            Some((TaggedKind::Place, sure)) => {
                score += 0.5 * sure;
                why.push(Cow::Borrowed("the model says a place"));
            }
            Some((TaggedKind::Person, sure)) => score -= if place.kind == PlaceKind::Country { 0.4 } else { 0.9 } * sure,
            Some((TaggedKind::Organization, _)) | None => {}
        }
        score -= self.crowded(first, end, great);
        if !great && !preposition && !beside && end == first + 1 && self.surnames.contains(text.fold(first)) {
            score -= 0.8;
        }
        (if score > 0.45 { score } else { 0.0 }, why)
    }

    /// Whether the name is a street's: «на улице Токтогула», not «на площади Бишкека» when a
    /// `great` town may have its squares.
    pub(super) fn in_street(&self, first: usize, great: bool) -> bool {
        let text = self.text;
        let Some(mut before) = first.checked_sub(1) else { return false };
        if text.fold(before) == "." && before > 0 {
            before -= 1;
        }
        words::is_street(text.fold(before)) && text.same_line(before, first) && (!great || words::is_short(text.fold(before)))
    }

    /// Whether marks say that the name is a person's: "Blackburn (R-TN)", 'Jesus "Chuy" Garcia', «им. Ы. Мону».
    fn is_surname_by_marks(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        let mark = |t: usize, mark: &str| text.fold(t) == mark && text.same_line(first, t);
        let capital = |t: usize| text.tokens.get(t).is_some_and(|t| t.is_capital() && t.kind == Kind::Word);
        // «школу им. Ы. Мону»: whom it is named after
        let mut before = first;
        while before > 1
            && text.mark(before - 1) == b'.'
            && text.tokens[before - 2].is_capital()
            && text.str(before - 2).chars().count() <= 2
        {
            before -= 2;
        }
        let named = before.checked_sub(1).map(|b| if text.mark(b) == b'.' { b.saturating_sub(1) } else { b });
        if named.is_some_and(|b| matches!(text.fold(b), "им" | "имени") && text.same_line(b, first)) {
            return true;
        }
        let party = mark(end, "(") && matches!(text.fold(end + 1), "r" | "d" | "i") && mark(end + 2, "-");
        let quoted = first > 1 && mark(first - 1, "\"") && mark(end, "\"");
        let within = || capital(end + 1) && text.same_line(first, end + 1) && (capital(first - 2) || mark(first - 2, "."));
        let person = |t: usize| self.model(t, t + 1).is_some_and(|(kind, _)| kind == TaggedKind::Person);
        party || quoted && within() && (person(end + 1) || person(first - 2))
    }

    /// Whether the name is that of a hotel or the like: «гостинице «Иссык-Куль»», "Hotel Tajikistan",
    /// "the Hyatt Regency Bishkek".
    pub(super) fn in_venue(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        let stays = |t: usize| words::is_hotel(text.fold(t)) && text.same_line(t, first);
        let Some(before) = first.checked_sub(1) else { return false };
        if words::is_brand(text.fold(before)) && text.same_line(before, first) {
            return true;
        }
        if text.fold(before) == "\"" {
            let built = |t: usize| (words::is_built(text.fold(t)) || stays(t)) && text.same_line(t, first);
            return text.fold(end) == "\"" && before > 0 && built(before - 1);
        }
        // "the Marburg virus"
        if words::is_thing(text.fold(end)) && text.same_line(before, end) {
            return true;
        }
        // «Михайловского замка», «на Смоленском бульваре»
        let last = end - 1;
        if text.tokens[last].script == Script::Cyrillic
            && super::declension::adjective_stem(text.fold(last)).is_some()
            && text.same_line(last, end)
            && words::is_venue(text.fold(end))
        {
            return true;
        }
        let named = |t: usize| text.tokens[t].script == Script::Latin && text.tokens[t].is_capital() && stays(t);
        named(before) || before > 0 && text.tokens[before].is_capital() && text.fold(before) == "regency" && named(before - 1)
    }

    /// What the model takes these tokens for.
    #[inline]
    pub(super) fn model(&self, first: usize, end: usize) -> Option<(TaggedKind, f32)> {
        let i = self.tagged.partition_point(|t| t.tokens.1 as usize <= first);
        self.tagged.get(i).filter(|t| (t.tokens.0 as usize) < end).map(|t| (t.kind, t.confidence))
    }

    /// Whether the line is written in capitals.
    pub(super) fn shouts(&self, token: usize) -> bool {
        let line = self.text.tokens[token].line;
        match self.shouted.get() {
            Some((known, shouts)) if known == line => shouts,
            _ => {
                let shouts = self.line_shouts(line);
                self.shouted.set(Some((line, shouts)));
                shouts
            }
        }
    }

    fn line_shouts(&self, line: u32) -> bool {
        let Some(line) = self.text.lines.get(line as usize) else { return false };
        let words = (line.tokens.0..line.tokens.1)
            .take(HEADLINE)
            .filter_map(|t| self.text.tokens.get(t as usize))
            .filter(|t| t.kind == Kind::Word && t.span.len() > 3);
        let (mut upper, mut all) = (0, 0);
        for word in words {
            all += 1;
            upper += usize::from(word.case == Case::Upper);
            if (all - upper) * 10 > HEADLINE * 2 {
                return false; // whatever comes
            }
        }
        all >= 3 && upper * 10 >= all * 8
    }

    /// Whether the words before say where: "in", "from", «в», «из».
    pub(super) fn preposition(&self, first: usize) -> bool {
        let Some(before) = first.checked_sub(1) else { return false };
        if self.text.tokens[before].line != self.text.tokens[first].line {
            return false;
        }
        let fold = self.text.fold(before);
        let before = if fold == "the" { before.checked_sub(1).map_or("", |b| self.text.fold(b)) } else { fold };
        matches!(
            before,
            "in" | "from"
                | "near"
                | "to"
                | "at"
                | "across"
                | "outside"
                | "throughout"
                | "into"
                | "в"
                | "во"
                | "из"
                | "близ"
                | "под"
                | "возле"
        )
    }

    /// What speaks against a place: capitals beside it that make a longer name.
    pub(super) fn crowded(&self, first: usize, end: usize, great: bool) -> f32 {
        let text = self.text;
        let line = text.tokens[first].line;
        let mut against = 0.0;
        let name_word = |t: usize| {
            text.tokens.get(t).is_some_and(|token| {
                token.line == line && token.kind == Kind::Word && matches!(token.case, Case::Title | Case::Mixed) && token.span.len() > 1
            })
        };
        if name_word(end) && text.tokens[end].spaced && !self.known(end) && !self.starts_sentence(end) {
            against += if great { 0.15 } else { 0.4 };
        }
        // "Georgia O'Keeffe"
        let irish = matches!(text.fold(end), "o" | "d") && text.fold(end + 1) == "'" && name_word(end + 2);
        if (irish || text.fold(end).starts_with("o'")) && text.tokens.get(end).is_some_and(|t| t.spaced && t.line == line) {
            against += 1.0;
        }
        if let Some(before) = first.checked_sub(1) {
            let initial = text.fold(before) == "."
                && before > 0
                && text.tokens[before - 1].span.len() <= 2
                && text.tokens[before - 1].case == Case::Title;
            if text.tokens[first].spaced && name_word(before) && !self.known(before) && !self.starts_sentence(before) {
                against += if great { 0.1 } else { 0.3 };
            }
            if initial && text.tokens[before].line == line && !great {
                against += 0.4;
            }
        }
        // looked at last: it is a look at the whole line
        if against > 0.0 && (self.shouts(first) || self.title_case(first)) { 0.0 } else { against }
    }

    /// Whether most words of the line begin with a capital, as in headlines.
    fn title_case(&self, token: usize) -> bool {
        let line = self.text.tokens[token].line as usize;
        let Some(line) = self.text.lines.get(line) else { return false };
        let words = (line.tokens.0..line.tokens.1)
            .filter_map(|t| self.text.tokens.get(t as usize))
            .filter(|t| t.kind == Kind::Word && t.span.len() > 4);
        let (mut capital, mut all) = (0, 0);
        for word in words.take(30) {
            all += 1;
            capital += usize::from(word.is_capital());
            if all - capital > 6 {
                return false; // whatever comes
            }
        }
        all >= 4 && capital * 10 >= all * 8
    }

    #[inline]
    pub(super) fn starts_sentence(&self, token: usize) -> bool {
        let sentence = self.text.tokens[token].sentence as usize;
        self.text.sentences.get(sentence).is_some_and(|s| s.tokens.0 as usize == token)
    }

    /// Whether a candidate holds the token.
    #[inline]
    pub(super) fn known(&self, token: usize) -> bool {
        let i = self.candidates.partition_point(|c| c.tokens.1 as usize <= token);
        self.candidates.get(i).is_some_and(|c| c.tokens.0 as usize <= token)
    }

    #[allow(clippy::too_many_arguments)]
    fn mention(
        &self,
        first: usize,
        end: usize,
        place: &Place,
        reading: Reading,
        confidence: f32,
        because: Vec<Name>,
        _word: Option<&KindWord>,
    ) -> Mention {
        let fact = PlaceFact {
            name: place.name.clone(),
            country: place.country,
            coordinates: place.coordinates,
            geonames: (place.geonames != 0).then_some(place.geonames),
            kind: place.kind.name(),
            admin1: place.admin1.and_then(|row| self.gazetteer.place(row)).map(|p| p.name),
        };
        let rule = Rule::Row("places", if place.geonames != 0 { Cow::Owned(place.geonames.to_string()) } else { place.name.clone() });
        let _ = reading;
        Mention { because, ..Mention::new(self.text.span(first, end - 1), Fact::Place(fact), rule, confidence) }
    }

    /// The best row of a name that only the model takes for a place: a town of some size, or one of
    /// the text's countries.
    pub(super) fn best_known(&self, first: usize, end: usize, confidence: f32) -> Option<Mention> {
        let i = self.candidates.partition_point(|c| (c.tokens.0 as usize) < first);
        let candidate = self.candidates.get(i).filter(|c| c.tokens.0 as usize == first && c.tokens.1 as usize == end)?;
        if candidate.ordinary == Ordinary::Word && !self.preposition(first) {
            return None;
        }
        let everywhere = self.everywhere(candidate.readings);
        let mut all = self.weigh_all(i, &everywhere, None, end);
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.reading.row().cmp(&b.reading.row())));
        let best = all.into_iter().next()?;
        let spoken = best.place.country.is_some_and(|c| self.context.share_besides(c, candidate.readings) > 0.0);
        let apart = self.crowded(first, end, true) >= 1.0 || self.in_venue(first, end);
        let good = (spoken || best.place.population > 50_000) && !best.reading.is_derived() && !apart;
        good.then(|| self.mention(first, end, best.place, best.reading, confidence, best.because().collect(), None))
    }

    /// A name that no row explains, with a word that says it is a place.
    fn unresolved(&self, candidate: &Candidate, end: usize, word: Option<&KindWord>) -> Option<Mention> {
        let word = word?;
        Some(self.by_kind(candidate.tokens.0 as usize, end, word))
    }
}
