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
use super::gazetteer::{Gazetteer, Ordinary, Place, PlaceKind, Reading, Readings};
use super::kinds::{self, KindWord, Scope};
use super::lookup::{Candidate, Form};
use super::unlisted;
use super::weigh::Everywhere;
use crate::lexicon::hints::{self, Hint};
use crate::mention::{Fact, Mention, Name, PlaceFact, Rule, Tagged, TaggedKind};
use crate::page::Page;
use crate::text::{Case, Kind, Text};

/// A town of so many inhabitants is rather meant itself: "Baku Bay" is at Baku.
const TAILED: u32 = 100_000;

/// How many places in a row make a list of places.
const LIST: usize = 3;

/// Decides which candidates and tagged names are places, and which place each one is.
#[must_use]
pub fn find(page: &Page, gazetteer: &Gazetteer, candidates: &[Candidate], tagged: &[Tagged]) -> Vec<Mention> {
    let persons = tagged.iter().filter(|t| t.kind == TaggedKind::Person && t.tokens.1 - t.tokens.0 > 1);
    let surnames = persons.map(|t| page.text.fold(t.tokens.1 as usize - 1)).collect();
    let mut finder = Finder {
        page,
        text: &page.text,
        gazetteer,
        context: Context::default(),
        candidates,
        tagged,
        shouted: Cell::default(),
        weighed: RefCell::default(),
        surnames,
        senses: FxHashMap::default(),
    };
    finder.senses = finder.senses();
    finder.context = Context::read(page, gazetteer, candidates, tagged, &finder.senses);
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
    pub shouted: Cell<Option<(u32, bool)>>,
    /// The readings of the names weighed before.
    pub weighed: RefCell<FxHashMap<Readings, Rc<[Everywhere]>>>,
    /// Last words of the names of persons with several words.
    pub surnames: FxHashSet<&'a str>,
    /// Which row the text says that a name with several means.
    pub senses: FxHashMap<Readings, u32>,
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
            && word.is_some_and(|w| matches!(w.word, "county" | "County"))
            && (best.place.country == Some(*b"US") || self.is_county(first, end, best.place))
        {
            return self.unresolved(candidate, end, word);
        }
        if self.is_half(candidate) || word.is_some() && self.is_side(first, candidate.tokens.1 as usize) {
            return None;
        }
        // "Coldwater Creek" is not at Coldwater
        let tail = end < self.text.tokens.len() && hints::at(self.text, end, Hint::PLACE_TAIL);
        if tail && said.is_none() && best.place.kind.is_settlement() && best.place.population < TAILED && self.goes_on(first, end) {
            let mut mention = self.by_tail(first, end + 1);
            mention.because.push(Cow::Owned(format!("goes on with “{}”", self.text.str(end))));
            return Some(mention);
        }
        let margin = best.weight - all.get(1).map_or(0.0, |second| second.weight.max(0.0));
        let (mut is_place, mut because) = self.is_place(i, end, best, said);
        // "the director for Georgia, Moldova and Belarus Iman Okafor"
        let coordinate = is_place <= 0.0 && best.place.kind == PlaceKind::Country && self.follows_country(i);
        if is_place <= 0.0 && !coordinate {
            // "In the Middle Ages, Athens declined"
            let great = best.place.is_great() && candidate.ordinary == Ordinary::No;
            if is_place < 0.0
                || !known
                || self.crowded(first, end, false) > 0.0
                || self.tag(first, end).is_some_and(|t| t.kind == TaggedKind::Person && (!great || t.tokens != (first as u32, end as u32)))
            {
                return None;
            }
            is_place = 0.6;
            because.push(Cow::Borrowed("a place elsewhere in the text"));
        }
        if coordinate {
            is_place = 0.8;
            because.push(Cow::Borrowed("joined to another country"));
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

    /// Whether a county of the United States has the name, in a text that speaks of them no less than
    /// of the country of its namesake: "Athens County".
    fn is_county(&self, first: usize, end: usize, town: &Place) -> bool {
        let said = town.country.map_or(0.0, |c| self.context.share(c));
        self.context.share(*b"US") >= said && self.gazetteer.small(self.text.slice(self.text.span(first, end - 1))).is_some()
    }

    /// Whether the word behind an English name is a part of it: "Coldwater Creek".
    fn goes_on(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        let name = |t: usize| text.tokens.get(t).is_some_and(|t| matches!(t.case, Case::Title) && t.kind == Kind::Word);
        let next = name(end + 1) && text.tokens[end + 1].spaced && text.same_line(end, end + 1);
        name(end)
            && text.tokens[end].spaced
            && text.same_line(first, end)
            && !next
            && !self.shouts(first)
            && !matches!(self.model(first, end), Some((TaggedKind::Person | TaggedKind::Organization, _)))
    }

    /// A place of nature that is called after another place.
    fn by_tail(&self, first: usize, end: usize) -> Mention {
        let fact = PlaceFact { kind: PlaceKind::Site.name(), ..PlaceFact::default() };
        Mention::new(self.text.span(first, end - 1), Fact::Place(fact), Rule::Grammar("places", "tail"), 0.6)
    }

    /// Whether another country stands before the name, joined by "and" or a comma.
    fn follows_country(&self, i: usize) -> bool {
        let text = self.text;
        let Some(before) = i.checked_sub(1).map(|b| &self.candidates[b]) else { return false };
        let joint = before.tokens.1 as usize;
        let joined = matches!(text.fold(joint), "and" | "и" | ",") && joint + 1 == self.candidates[i].tokens.0 as usize;
        joined && before.kind == "country" && !before.abbreviation && !self.candidates[i].abbreviation && text.same_line(joint, joint + 1)
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
        let side = hints::at(text, first, Hint::SIDE);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::lookup;

    /// Places found where the model takes tokens `from..to` for a person.
    fn with_person(source: &str, from: u32, to: u32) -> Vec<String> {
        let page = Page::new(source, true);
        let gazetteer = Gazetteer::default();
        let tagged = [Tagged { tokens: (from, to), kind: TaggedKind::Person, confidence: 0.9, margin: (9.0, 9.0) }];
        let found = find(&page, &gazetteer, &lookup(&page, &gazetteer), &tagged);
        found.iter().map(|m| page.text.slice(m.span).to_string()).collect()
    }

    #[test]
    fn a_large_town_that_is_a_place_once_is_one_again_whatever_the_model_says() {
        let source = "Buses go from Athens to Patras. Athens declined.";
        assert_eq!(with_person(source, 7, 8), ["Athens", "Athens"]);
        // a longer name is a person's, and so is that of a small town
        assert_eq!(with_person(source, 7, 9), ["Athens"]);
        assert_eq!(with_person("Buses go from Naryn in Kyrgyzstan. Naryn declined.", 7, 8), ["Naryn", "Kyrgyzstan"]);
    }
}
