//! Which candidates are places, and which place each one is.
//!
//! A reading is weighed by what the text says: its country and region elsewhere in the text, a
//! place beside it ("Kant, Chuy Region"), the word for its kind, what the name is to it, how
//! many people live there, how far it is from the text's other places. A name that is also a word
//! or a person's needs more than a name that is nothing else.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::context::Context;
use super::gazetteer::{Gazetteer, Ordinary, Place, PlaceKind, Reading, Status};
use super::kinds::{self, KindWord, Scope};
use super::lookup::{Candidate, Form};
use super::romanize::romanize;
use super::words;
use crate::mention::{Fact, Mention, Name, PlaceFact, Rule};
use crate::names::{Tagged, TaggedKind};
use crate::page::Page;
use crate::text::{Case, Kind, Phrases, Script, Text};

/// A name that no row explains must be taken for a place by the model at least so surely.
const MODEL_ALONE: f32 = 0.6;

/// Decides which candidates and tagged names are places, and which place each one is.
#[must_use]
pub fn find(page: &Page, gazetteer: &Gazetteer, candidates: &[Candidate], tagged: &[Tagged]) -> Vec<Mention> {
    let context = Context::read(page, gazetteer, candidates);
    let finder = Finder { page, text: &page.text, gazetteer, context, candidates, tagged };
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
    // a name that is a place once is one again where nothing speaks against it
    for i in refused {
        let candidate = &candidates[i];
        if candidate.ordinary != Ordinary::Word && candidate.readings.is_some_and(|r| accepted.contains(&r)) {
            out.extend(finder.candidate(i, true));
        }
    }
    finder.named_by_kind(&mut out);
    finder.tagged_alone(&mut out);
    finder.again(&mut out);
    out.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    out.dedup_by(|b, a| a.span.overlaps(b.span) && a.span.start <= b.span.start);
    out
}

struct Finder<'a> {
    page: &'a Page<'a>,
    text: &'a Text<'a>,
    gazetteer: &'a Gazetteer,
    context: Context,
    candidates: &'a [Candidate],
    tagged: &'a [Tagged],
}

/// A reading with its weight.
struct Weighed {
    reading: Reading,
    place: Place,
    weight: f32,
    because: Vec<Name>,
}

impl Finder<'_> {
    fn candidate(&self, i: usize, known: bool) -> Option<Mention> {
        let candidate = &self.candidates[i];
        let (first, mut end) = (candidate.tokens.0 as usize, candidate.tokens.1 as usize);
        let mut word = candidate.word;
        if word.is_none() && candidate.form == Form::Whole {
            word = kinds::at(self.text, end - 1);
            if let Some((after, last)) = kinds::after(self.text, end) {
                if self.takes(candidate, after, end, last) {
                    word = Some(after);
                    end = last;
                }
            }
        }
        let before = kinds::before(self.text, first);
        let said = word.or(before.map(|(word, _)| word));
        let mut all: Vec<Weighed> = Vec::new();
        for reading in candidate.readings.into_iter().flat_map(|r| self.gazetteer.readings(r)) {
            all.extend(self.weigh(i, reading, said, end));
        }
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.reading.row().cmp(&b.reading.row())));
        let Some(best) = all.first() else { return self.unresolved(candidate, end, said) };
        if best.reading.is_derived() && best.place.country.is_none_or(|c| self.context.share(c) < 0.15) {
            return self.unresolved(candidate, end, said);
        }
        let margin = best.weight - all.get(1).map_or(0.0, |second| second.weight.max(0.0));
        let (mut is_place, mut because) = self.is_place(i, end, best, said);
        if is_place <= 0.0 {
            if !known || self.crowded(first, end, false) > 0.0 || matches!(self.model(first, end), Some((TaggedKind::Person, _))) {
                return None;
            }
            is_place = 0.6;
            because.push(Cow::Borrowed("a place elsewhere in the text"));
        }
        // a small place far from all that the text speaks of is rather one that no table has
        let foreign = best.place.country.is_some_and(|c| self.context.share(c) <= 0.0);
        let small = !matches!(best.place.kind, PlaceKind::Country | PlaceKind::Capital | PlaceKind::Area | PlaceKind::Admin1);
        let beside = best.because.iter().any(|b| b.starts_with("beside"));
        if foreign && small && !beside && self.context.main().is_some_and(|c| self.context.share(c) > 0.25) {
            let village = said.is_some_and(|w| matches!(w.scope, Scope::Village | Scope::Municipality | Scope::District));
            if village {
                return self.unresolved(candidate, end, said);
            }
        }
        because.extend(best.because.iter().cloned());
        if all.len() > 1 {
            because.push(Cow::Owned(format!("chosen among {}", all.len())));
        }
        let sure = 1.0 / (1.0 + (-(0.6 + 0.5 * margin.min(6.0))).exp());
        let confidence = (is_place.min(1.0) * sure).clamp(0.05, 0.99);
        Some(self.mention(first, end, &best.place, best.reading, confidence, because, word))
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

    /// What speaks for a reading.
    fn weigh(&self, i: usize, reading: Reading, said: Option<&KindWord>, end: usize) -> Option<Weighed> {
        let place = self.gazetteer.place(reading.row())?;
        let candidate = &self.candidates[i];
        let mut because: Vec<Name> = Vec::new();
        let mut weight = match place.kind {
            PlaceKind::Country => 6.0,
            PlaceKind::Capital => 2.5,
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
        if let Some(country) = place.country {
            let share = self.context.share(country);
            if share > 0.0 {
                weight += 1.2 + 3.0 * share;
                because.push(Cow::Borrowed(if self.context.main() == Some(country) {
                    "the text's main country"
                } else {
                    "a country of the text"
                }));
            } else if reading.needs_context() {
                weight -= 3.0;
            }
        }
        if place.kind != PlaceKind::Country && place.admin1.is_some_and(|row| self.context.regions.contains(&row)) {
            weight += 0.8;
            because.push(Cow::Borrowed("a region of the text"));
        }
        if let (Some(at), false) = (place.coordinates, matches!(place.kind, PlaceKind::Country | PlaceKind::Area)) {
            if let Some(far) = self.context.nearest(at) {
                weight += 0.6 - (1.0 + far / 150.0).ln() * 0.35;
            }
        }
        if let Some(word) = said {
            let fit = word.fits(place.kind);
            weight += 3.0 * fit;
            if fit > 0.5 {
                because.push(Cow::Owned(format!("the word “{}”", word.word)));
            }
        } else if candidate.form == Form::Whole
            && matches!(place.kind, PlaceKind::Admin1 | PlaceKind::District)
            && !self.text.str(end - 1).is_empty()
        {
            weight -= 0.8; // a region is rarely called without the word for it
        }
        if let Some(beside) = self.beside(i, &place) {
            weight += 4.0;
            because.push(Cow::Owned(format!("beside {beside}")));
        }
        Some(Weighed { reading, place, weight, because })
    }

    /// A larger place that stands beside: "Almaty, Kazakhstan", "Kant (Chuy Region)".
    fn beside(&self, i: usize, place: &Place) -> Option<String> {
        let country = place.country?;
        let near = |other: &Candidate, gap: std::ops::Range<usize>| {
            let close = gap.len() <= 2 && gap.clone().all(|t| matches!(self.text.fold(t), "," | "(" | "of" | "in" | "-"));
            if !close || gap.is_empty() && other.form == Form::Whole && self.text.tokens[gap.start].script == Script::Latin {
                return None;
            }
            let (reading, larger) = self
                .gazetteer
                .readings(other.readings?)
                .filter_map(|r| Some((r, self.gazetteer.place(r.row())?)))
                .filter(|(_, p)| matches!(p.kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::District))
                .find(|(r, p)| match p.kind {
                    PlaceKind::Country => p.country == Some(country) && place.kind != PlaceKind::Country,
                    PlaceKind::Admin1 => place.admin1 == Some(r.row()) && place.kind != PlaceKind::Admin1,
                    _ => p.country == Some(country) && place.kind.is_settlement(),
                })?;
            let _ = reading;
            Some(larger.name.to_string())
        };
        let here = &self.candidates[i];
        let line = self.text.tokens[here.tokens.0 as usize].line;
        let same = |c: &&Candidate| self.text.tokens[c.tokens.0 as usize].line == line;
        if let Some(next) = self.candidates.get(i + 1).filter(same) {
            if let Some(name) = near(next, here.tokens.1 as usize..next.tokens.0 as usize) {
                return Some(name);
            }
        }
        let before = i.checked_sub(1).and_then(|n| self.candidates.get(n)).filter(same)?;
        near(before, before.tokens.1 as usize..here.tokens.0 as usize)
    }

    /// How likely the name is a place here, from 0 to 1, and why.
    fn is_place(&self, i: usize, end: usize, best: &Weighed, said: Option<&KindWord>) -> (f32, Vec<Name>) {
        let candidate = &self.candidates[i];
        let first = candidate.tokens.0 as usize;
        let text = self.text;
        let mut why: Vec<Name> = Vec::new();
        let place = &best.place;
        if said.is_some_and(|w| w.fits(place.kind) > 0.0) || candidate.word.is_some() {
            return (1.0, why);
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
        let beside = best.because.iter().any(|b| b.starts_with("beside"));
        let preposition = self.preposition(first);
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
        (if score > 0.45 { score } else { 0.0 }, why)
    }

    /// What the model takes these tokens for.
    fn model(&self, first: usize, end: usize) -> Option<(TaggedKind, f32)> {
        let i = self.tagged.partition_point(|t| t.tokens.1 as usize <= first);
        self.tagged.get(i).filter(|t| (t.tokens.0 as usize) < end).map(|t| (t.kind, t.confidence))
    }

    /// Whether the line is written in capitals.
    fn shouts(&self, token: usize) -> bool {
        let line = self.text.tokens[token].line as usize;
        let Some(line) = self.text.lines.get(line) else { return false };
        let words = (line.tokens.0..line.tokens.1)
            .filter_map(|t| self.text.tokens.get(t as usize))
            .filter(|t| t.kind == Kind::Word && t.span.len() > 3);
        let (mut upper, mut all) = (0, 0);
        for word in words {
            all += 1;
            upper += usize::from(word.case == Case::Upper);
        }
        all >= 3 && upper * 10 >= all * 8
    }

    /// Whether the words before say where: "in", "from", «в», «из».
    fn preposition(&self, first: usize) -> bool {
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
    fn crowded(&self, first: usize, end: usize, great: bool) -> f32 {
        let text = self.text;
        let line = text.tokens[first].line;
        if self.shouts(first) || self.title_case(first) {
            return 0.0;
        }
        let mut against = 0.0;
        let name_word = |t: usize| {
            text.tokens.get(t).is_some_and(|token| {
                token.line == line && token.kind == Kind::Word && matches!(token.case, Case::Title | Case::Mixed) && token.span.len() > 1
            })
        };
        if name_word(end) && text.tokens[end].spaced && !self.known(end) && !self.starts_sentence(end) {
            against += if great { 0.15 } else { 0.4 };
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
        against
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
        }
        all >= 4 && capital * 10 >= all * 8
    }

    fn starts_sentence(&self, token: usize) -> bool {
        let sentence = self.text.tokens[token].sentence as usize;
        self.text.sentences.get(sentence).is_some_and(|s| s.tokens.0 as usize == token)
    }

    /// Whether a candidate holds the token.
    fn known(&self, token: usize) -> bool {
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

    /// A name that no row explains, with a word that says it is a place.
    fn unresolved(&self, candidate: &Candidate, end: usize, word: Option<&KindWord>) -> Option<Mention> {
        let word = word?;
        let country = self.context.main();
        let first = candidate.tokens.0 as usize;
        let fact =
            PlaceFact { name: Cow::Owned(self.english(first, end, country)), country, kind: word.kind().name(), ..PlaceFact::default() };
        let mut mention = Mention::new(self.text.span(first, end - 1), Fact::Place(fact), Rule::Grammar("places", "kind"), 0.55);
        mention.because.push(Cow::Owned(format!("the word “{}”", word.word)));
        Some(mention)
    }

    /// The name of a place that no table has, in Latin letters and the nominative.
    fn english(&self, first: usize, end: usize, country: Option<[u8; 2]>) -> String {
        let name = self.bare_name(first, end);
        if self.text.tokens[first].script != Script::Cyrillic {
            return name;
        }
        let before = first.checked_sub(1).filter(|&b| self.text.same_line(b, first)).map_or("", |b| self.text.fold(b));
        let seen = |word: &str| {
            let key = word.to_lowercase().replace('ё', "е");
            (0..self.text.tokens.len()).any(|t| self.text.tokens[t].is_capital() && self.text.fold(t) == key)
        };
        romanize(&super::lemma::nominative(&name, before, seen), country)
    }

    /// Whether a name that only the model takes for a place may be one: no adjective, no hall.
    fn may_be_place(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        if (first..end)
            .any(|t| words::is_venue(text.fold(t)) || text.tokens[t].kind == Kind::Mark && !matches!(text.fold(t), "-" | "'" | "."))
        {
            return false;
        }
        if super::context::is_demonym(text, first) && end == first + 1 {
            return false;
        }
        let last = end - 1;
        text.tokens[last].script != Script::Cyrillic || super::declension::adjective_stem(text.fold(last)).is_none()
    }

    /// The names found without a row, wherever else they stand, in any case.
    fn again(&self, out: &mut Vec<Mention>) {
        let mut phrases: Phrases<usize> = Phrases::default();
        let mut any = false;
        for (n, mention) in out.iter().enumerate() {
            let Fact::Place(place) = &mention.fact else { continue };
            if place.geonames.is_some() || place.coordinates.is_some() || mention.confidence < 0.3 {
                continue;
            }
            let text = self.text.slice(mention.span);
            if text.chars().count() < 4 {
                continue;
            }
            any = true;
            let first = self.text.token_at(mention.span.start);
            if self.text.tokens.get(first).is_some_and(|t| t.script == Script::Cyrillic) {
                let before = first.checked_sub(1).map_or("", |b| self.text.fold(b));
                let nominative = super::lemma::nominative(text, before, |_| false);
                for form in super::declension::forms(&nominative, false) {
                    phrases.insert(&form, n);
                }
            }
            phrases.insert(text, n);
        }
        if !any {
            return;
        }
        let mut spans: Vec<_> = out.iter().map(|m| m.span).collect();
        spans.sort_by_key(|s| s.start);
        let mut found = Vec::new();
        for at in 0..self.text.tokens.len() {
            if !self.text.tokens[at].is_capital() {
                continue;
            }
            let Some((end, &n)) = phrases.longest(self.text, at) else { continue };
            let span = self.text.span(at, end - 1);
            let i = spans.partition_point(|s| s.end <= span.start);
            if spans.get(i).is_some_and(|s| s.overlaps(span))
                || self.crowded(at, end, false) > 0.0
                || matches!(self.model(at, end), Some((TaggedKind::Person, _)))
            {
                continue;
            }
            let known: &Mention = &out[n];
            let mut mention = Mention::new(span, known.fact.clone(), known.rule.clone(), known.confidence * 0.9);
            mention.because.push(Cow::Borrowed("a place elsewhere in the text"));
            found.push(mention);
        }
        out.append(&mut found);
    }

    /// The name without the word for its kind, an adjective as the noun it comes from.
    fn bare_name(&self, first: usize, end: usize) -> String {
        let mut out = String::new();
        let mut last = first;
        for t in first..end {
            let fold = self.text.fold(t);
            if t > first && self.text.tokens[t].spaced && (kinds::is_kind(fold) || self.text.tokens[t].case == Case::Lower) {
                break;
            }
            if t > first && self.text.tokens[t].spaced {
                out.push(' ');
            }
            out.push_str(self.text.str(t));
            last = t;
        }
        if let Some(stem) = super::declension::adjective_stem(self.text.fold(last)) {
            let cut = self.text.fold(last).chars().count() - stem.chars().count() + 2; // -ск- too
            let keep = out.chars().count().saturating_sub(cut);
            out = out.chars().take(keep).collect();
            if let Some(town) = out.strip_suffix("ин").filter(|t| t.chars().count() > 3) {
                out = format!("{town}а");
            }
        }
        out
    }

    /// «село Чормагз», "village of Eshperov", "Guli Surkh Jamoat": names that no table has.
    fn named_by_kind(&self, out: &mut Vec<Mention>) {
        let text = self.text;
        let mut taken = out.iter().map(|m| m.span).collect::<Vec<_>>();
        taken.sort_by_key(|s| s.start);
        let free = |first: usize, end: usize| {
            let span = text.span(first, end - 1);
            let i = taken.partition_point(|s| s.end <= span.start);
            taken.get(i).is_none_or(|s| !s.overlaps(span))
        };
        let mut found = Vec::new();
        for at in 0..text.tokens.len() {
            let token = &text.tokens[at];
            if token.kind != Kind::Word || !kinds::is_kind(text.fold(at)) && text.fold(at) != "of" {
                continue;
            }
            // before the name
            let next = if text.fold(at + 1) == "." && !text.tokens.get(at + 1).is_some_and(|t| t.spaced) { at + 2 } else { at + 1 };
            if let Some((word, start)) = (next < text.tokens.len()).then(|| kinds::before(text, next)).flatten() {
                let plain = matches!(word.scope, Scope::Village | Scope::Municipality) || word.scope == Scope::City && !word.english;
                if plain && start <= at {
                    if let Some(end) = self.name_from(next) {
                        if free(next, end) {
                            found.push(self.by_kind(next, end, word));
                        }
                    }
                }
            }
            // after the name, in English
            if token.script == Script::Latin && at > 0 && text.tokens[at - 1].is_capital() {
                if let Some((word, end)) = kinds::after(text, at) {
                    let small =
                        matches!(word.scope, Scope::Municipality | Scope::District) || word.scope == Scope::Village && token.is_capital();
                    if small && word.english {
                        let first = self.name_before(at);
                        let goes_on = token.is_capital()
                            && text.tokens.get(end).is_some_and(|t| t.is_capital() && t.line == token.line && t.kind == Kind::Word);
                        let venue = (first..at).any(|t| words::is_venue(text.fold(t)));
                        if first < at && !goes_on && !venue && free(first, end) {
                            found.push(self.by_kind(first, end, word));
                        }
                    }
                }
            }
        }
        out.append(&mut found);
    }

    /// The start of a name that ends before token `end`: capitals on one line, with their hyphens.
    fn name_before(&self, end: usize) -> usize {
        let text = self.text;
        let mut first = end;
        while first > 0 && end - first < 6 && text.same_line(first - 1, first) {
            let hyphen = text.fold(first - 1) == "-" && !text.tokens[first].spaced && !text.tokens[first - 1].spaced && first >= 2;
            if hyphen && first < end && self.name_word(first - 2) {
                first -= 2;
            } else if self.name_word(first - 1) && text.tokens[first].spaced && !self.starts_sentence(first) {
                first -= 1;
            } else {
                break;
            }
        }
        while first < end && matches!(text.fold(first), "the" | "in" | "this" | "each" | "every" | "from" | "at" | "near") {
            first += 1;
        }
        first
    }

    fn name_word(&self, token: usize) -> bool {
        self.text.tokens.get(token).is_some_and(|t| t.kind == Kind::Word && matches!(t.case, Case::Title | Case::Mixed) && t.span.len() > 2)
    }

    /// The end of a name that starts at `first`: capitals on one line, joined by spaces or hyphens.
    fn name_from(&self, first: usize) -> Option<usize> {
        let text = self.text;
        if !self.name_word(first) || !text.same_line(first.checked_sub(1)?, first) {
            return None;
        }
        let mut end = first + 1;
        while end - first < 5 {
            if text.fold(end) == "-"
                && !text.tokens[end].spaced
                && text.tokens.get(end + 1).is_some_and(|t| !t.spaced && (t.kind == Kind::Number || t.kind == Kind::Word))
            {
                end += 2;
            } else if self.name_word(end)
                && text.same_line(end - 1, end)
                && text.tokens[end].spaced
                && !self.known(end)
                && !kinds::is_kind(text.fold(end))
            {
                // an adjective after the name begins the name of its region: «село Кун-Туу Сокулукского района»
                if super::declension::adjective_stem(text.fold(end)).is_some() {
                    break;
                }
                end += 1;
            } else {
                break;
            }
        }
        Some(end.min(text.tokens.len()))
    }

    fn by_kind(&self, first: usize, end: usize, word: &KindWord) -> Mention {
        let country = self.context.main();
        let fact =
            PlaceFact { name: Cow::Owned(self.english(first, end, country)), country, kind: word.kind().name(), ..PlaceFact::default() };
        let mut mention = Mention::new(self.text.span(first, end - 1), Fact::Place(fact), Rule::Grammar("places", "kind"), 0.6);
        mention.because.push(Cow::Owned(format!("the word “{}”", word.word)));
        mention
    }

    /// Names that only the model takes for places.
    fn tagged_alone(&self, out: &mut Vec<Mention>) {
        let mut found = Vec::new();
        for tag in self.tagged.iter().filter(|t| t.kind == TaggedKind::Place && t.confidence >= MODEL_ALONE) {
            let (first, end) = (tag.tokens.0 as usize, tag.tokens.1 as usize);
            if first >= end || end > self.text.tokens.len() {
                continue;
            }
            let span = self.text.span(first, end - 1);
            if out.iter().any(|m| m.span.overlaps(span)) {
                continue;
            }
            if !self.may_be_place(first, end) {
                continue;
            }
            let country = self.context.main();
            let fact = PlaceFact { name: Cow::Owned(self.english(first, end, country)), country, kind: "", ..PlaceFact::default() };
            found.push(Mention::new(span, Fact::Place(fact), Rule::Model, 0.5 * tag.confidence));
        }
        out.append(&mut found);
    }
}

// the page is kept for what later rules ask of it: zones and languages
impl std::fmt::Debug for Finder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finder").field("lines", &self.page.text.lines.len()).finish_non_exhaustive()
    }
}
