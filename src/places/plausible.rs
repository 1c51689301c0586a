//! Whether a name is a place where it stands, or a person, a street, a hotel, a word.

use std::borrow::Cow;

use super::gazetteer::{Ordinary, Place, PlaceKind, Status};
use super::kinds::{self, KindWord};
use super::resolve::Finder;
use super::weigh::Weighed;
use super::words;
use crate::lexicon::hints::{self, Hint};
use crate::lexicon::{self, FIRST_NAME, SURNAME};
use crate::mention::{Name, Tagged, TaggedKind};
use crate::text::{Case, Kind, Script};

/// How many tokens of a list of persons may stand between their rank and the last of them.
const LISTED: usize = 12;

/// How many tokens of a line say whether it is a headline in capitals.
const HEADLINE: usize = 60;

impl Finder<'_> {
    /// How likely the name is a place here, from 0 to 1, and why.
    pub(super) fn is_place(&self, i: usize, end: usize, best: &Weighed, said: Option<&KindWord>) -> (f32, Vec<Name>) {
        let candidate = &self.candidates[i];
        let first = candidate.tokens.0 as usize;
        let text = self.text;
        let mut why: Vec<Name> = Vec::new();
        let place = best.place;
        if said.is_some_and(|w| w.fits(place.kind) > 0.0) || candidate.word.is_some() {
            return (1.0, why);
        }
        let person = !matches!(place.kind, PlaceKind::Country | PlaceKind::Area | PlaceKind::Admin1) && self.is_ranked(first);
        if self.in_venue(first, end) || person || self.is_surname_by_marks(first, end) {
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
        if latin && !beside && self.is_other_thing(i, end, place) {
            return (-1.0, why);
        }
        if self.in_street(first, best.place.population > 100_000 && candidate.ordinary == Ordinary::No) {
            return (-1.0, why);
        }
        let model = self.model(first, end);
        let mut score: f32 = 0.9;
        let great = place.is_great();
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
        // "Bolton" in a text on another country
        let foreign = || place.country.is_some_and(|c| self.context.share_besides(c, candidate.readings) <= 0.0);
        let named_so = || lexicon::classes_of(text, first) & (FIRST_NAME | SURNAME) != 0;
        if candidate.ordinary == Ordinary::No && !great && !beside && !preposition && latin && end == first + 1 && foreign() && named_so() {
            score -= 0.45;
        }
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

    /// Whether an English name is a part of a longer one or another thing's, where nothing else in the
    /// text lies in the country of the place: "White River Junction", "the Northern Borders", a river
    /// without its article.
    fn is_other_thing(&self, i: usize, end: usize, place: &Place) -> bool {
        let text = self.text;
        let candidate = &self.candidates[i];
        let first = candidate.tokens.0 as usize;
        let before = first.checked_sub(1).filter(|&b| text.same_line(b, first));
        if place.kind == PlaceKind::River && end == first + 1 && candidate.ordinary != Ordinary::No {
            let joined =
                |t: Option<usize>| t.is_some_and(|t| matches!(text.fold(t), "the" | "," | "and" | "or" | "-" | "rivers" | "river"));
            return !joined(before) && !matches!(text.fold(end), "river" | "-" | "basin" | "delta" | "rainforest");
        }
        let foreign = place.country.is_some_and(|c| self.context.share_besides(c, candidate.readings) <= 0.0);
        let foreign = foreign && self.context.told_besides(candidate.readings) > 0.5;
        if !foreign || matches!(place.kind, PlaceKind::Country | PlaceKind::Capital) || place.population > 500_000 {
            return false;
        }
        let side = hints::at(text, first, Hint::SIDE) || text.fold(first) == "federal";
        if side && end > first + 1 && (kinds::is_kind(text.fold(end - 1)) || matches!(text.fold(end - 1), "borders" | "coast")) {
            return true;
        }
        (place.kind == PlaceKind::District && end == first + 1 || place.kind.is_settlement())
            && self.crowded(first, end, false) > 0.0
            && text.tokens.get(end).is_some_and(|t| t.is_capital() && t.spaced && t.kind == Kind::Word)
            || place.kind == PlaceKind::District && end == first + 1 && !self.preposition(first)
    }

    /// Whether the name is a street's: «на улице Токтогула», not «на площади Бишкека» when a
    /// `great` town may have its squares.
    pub(super) fn in_street(&self, first: usize, great: bool) -> bool {
        let text = self.text;
        let Some(mut before) = first.checked_sub(1) else { return false };
        if text.fold(before) == "." && before > 0 {
            before -= 1;
        }
        words::is_street(text, before) && text.same_line(before, first) && (!great || words::is_short(text.fold(before)))
    }

    /// Whether marks say that the name is a person's: "Blackburn (R-TN)", 'Jesus "Chuy" Garcia', «им. Ы. Мону».
    pub(super) fn is_surname_by_marks(&self, first: usize, end: usize) -> bool {
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
        // "Rubio (FL)", where no Rubio lies in Florida
        if mark(end, "(") && self.is_of_another_state(first, end) {
            return true;
        }
        let quoted = first > 1 && mark(first - 1, "\"") && mark(end, "\"");
        let within = || capital(end + 1) && text.same_line(first, end + 1) && (capital(first - 2) || mark(first - 2, "."));
        let person = |t: usize| self.model(t, t + 1).is_some_and(|(kind, _)| kind == TaggedKind::Person);
        party || quoted && within() && (person(end + 1) || person(first - 2))
    }

    /// Whether a post or rank stands before the name, or before the list of names that it goes on:
    /// "Senator Blackburn", "Sens. Orlova, Rubio and Blackburn".
    pub(super) fn is_ranked(&self, first: usize) -> bool {
        let text = self.text;
        let before = |t: usize| t.checked_sub(1).filter(|&b| text.same_line(b, first));
        let mut at = first;
        for step in 0..LISTED {
            let Some(mut b) = before(at) else { return false };
            if text.mark(b) == b'.' {
                match before(b) {
                    Some(word) => b = word,
                    None => return false,
                }
            }
            let token = &text.tokens[b];
            if token.is_capital() && token.script == Script::Latin && hints::at(text, b, Hint::RANKED) {
                // "Ambassador Washington", but "the Ambassador, Paris" and "General Rome"
                return step == 0 && !self.shouts(first) || step > 0 && hints::at(text, b, Hint::RANKS);
            }
            let joint = matches!(text.fold(b), "," | "and" | "&");
            let name = token.kind == Kind::Word && matches!(token.case, Case::Title | Case::Mixed) && token.script == Script::Latin;
            if !(joint || name && step > 0) {
                return false;
            }
            at = b;
        }
        false
    }

    /// Whether the name is that of a hotel or the like: «гостинице «Иссык-Куль»», "Hotel Tajikistan",
    /// "the Hyatt Regency Bishkek".
    pub(super) fn in_venue(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        let stays = |t: usize| words::is_hotel(text, t) && text.same_line(t, first);
        let Some(before) = first.checked_sub(1) else { return false };
        if words::is_brand(text, before) && text.same_line(before, first) {
            return true;
        }
        if text.fold(before) == "\"" {
            let built = |t: usize| (words::is_built(text, t) || stays(t)) && text.same_line(t, first);
            return text.fold(end) == "\"" && before > 0 && built(before - 1);
        }
        // "the Marburg virus"
        if words::is_thing(text, end) && text.same_line(before, end) {
            return true;
        }
        // «Михайловского замка», «на Смоленском бульваре»
        let last = end - 1;
        if text.tokens[last].script == Script::Cyrillic
            && super::declension::adjective_stem(text.fold(last)).is_some()
            && text.same_line(last, end)
            && words::is_venue(text, end)
        {
            return true;
        }
        let named = |t: usize| text.tokens[t].script == Script::Latin && text.tokens[t].is_capital() && stays(t);
        named(before) || before > 0 && text.tokens[before].is_capital() && text.fold(before) == "regency" && named(before - 1)
    }

    /// The first name of the model's in which one of these tokens stands.
    #[inline]
    pub(super) fn tag(&self, first: usize, end: usize) -> Option<&Tagged> {
        let i = self.tagged.partition_point(|t| t.tokens.1 as usize <= first);
        self.tagged.get(i).filter(|t| (t.tokens.0 as usize) < end)
    }

    /// What the model takes these tokens for.
    #[inline]
    pub(super) fn model(&self, first: usize, end: usize) -> Option<(TaggedKind, f32)> {
        self.tag(first, end).map(|t| (t.kind, t.confidence))
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
        hints::is(before, Hint::WHITHER)
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
}

#[cfg(test)]
mod tests {
    use crate::Record;

    #[test]
    fn a_surname_a_firm_and_a_longer_name_are_no_places_abroad() {
        let text = "The wells of Kentucky and Ohio were seen by Sens. Orlova, Rubio, and Blackburn in Louisville. Amazon paid for them.\n";
        assert_eq!(Record::of(text).texts("place"), ["Kentucky", "Ohio", "Louisville"]);
        let text =
            "The parents of Kentucky and Ohio met at Coldwater Creek and in the Amazon, and wrote to the Northern Borders of Utah.\n";
        assert_eq!(Record::of(text).texts("place"), ["Kentucky", "Ohio", "Coldwater Creek", "Amazon", "Utah"]);
    }
}
