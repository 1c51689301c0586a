//! Where people's names stand.
//!
//! A name is a run of capital words and initials, with particles and hyphens inside, without
//! title and post. Each candidate comes from one of the sources below; where two overlap, the one
//! with more behind it wins. Bounds: a comma, a bracket, a spaced dash or a line end ends a name.

use rustc_hash::FxHashMap;

use super::forms;
use super::reader::{Candidate, FOREIGN, Label, Reader};
use crate::lexicon::forms as forms_of_names;
use crate::lexicon::{COMMON, FIRST_NAME, NAMELIKE, PARTICLE, PATRONYMIC, POST, REGION, SURNAME, TITLE};
use crate::mention::{Fact, Mention, PersonFact, Rule, Tagged, TaggedKind};
use crate::page::Page;
use crate::text::{Case, Facts, Kind, Script, facts};

/// Finds people's names. `tagged` is what the model says, and nothing where it was not asked.
#[must_use]
pub fn find(page: &Page, tagged: Option<&[Tagged]>, places: &[Mention]) -> Vec<Mention> {
    let reader = Reader::new(page, tagged, places);
    let mut found = reader.candidates(tagged.unwrap_or_default());
    found = settle(found);
    reader.without_seats(&mut found);
    reader.without_lone_words(&mut found);
    let more = reader.again(&found);
    found.extend(more);
    let found = settle(found);
    found
        .into_iter()
        .map(|c| {
            let span = page.text.tokens[c.first].span.join(page.text.tokens[c.last - 1].span);
            let rule = if c.rule.is_empty() { Rule::Model } else { Rule::Grammar("people", c.rule) };
            Mention::new(
                span,
                Fact::Person(PersonFact { name: page.text.slice(span).to_string().into(), ..PersonFact::default() }),
                rule,
                c.confidence,
            )
        })
        .collect()
}

/// Keeps the best of overlapping candidates, in order.
fn settle(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by_key(|c| (std::cmp::Reverse(c.rank), std::cmp::Reverse(c.last - c.first), c.first));
    let mut kept: Vec<Candidate> = Vec::with_capacity(found.len());
    let mut taken = vec![false; found.iter().map(|c| c.last).max().unwrap_or(0)];
    for candidate in found {
        if taken[candidate.first..candidate.last].contains(&true) {
            continue;
        }
        taken[candidate.first..candidate.last].fill(true);
        kept.push(candidate);
    }
    kept.sort_by_key(|c| c.first);
    kept
}

impl Reader<'_, '_> {
    fn candidates(&self, tagged: &[Tagged]) -> Vec<Candidate> {
        let mut found = Vec::new();
        for name in tagged.iter().filter(|t| t.kind == TaggedKind::Person) {
            self.trimmed(name.tokens.0 as usize, name.tokens.1 as usize, name.confidence, &mut found);
        }
        for i in self.text.candidates(0..self.text.tokens.len(), Facts::CAPITAL | facts::ADDRESS) {
            let (token, classes) = (&self.text.tokens[i], self.classes(i));
            if token.is_capital() {
                let next = self.text.mark(i + 1);
                if next == b'.' {
                    found.extend(self.initials_before(i));
                }
                if self.is_capital(i) {
                    if token.script == Script::Cyrillic {
                        found.extend(self.initials_after(i));
                    }
                    if classes & PATRONYMIC != 0 {
                        found.extend(self.patronymic(i));
                    }
                    if classes & FIRST_NAME != 0 {
                        found.extend(self.first_name(i));
                    }
                    let pair = || i > 0 && token.script == Script::Latin && self.is_capital(i + 1);
                    let behind = |l: Label| l.place || l.body;
                    if self.classes(i + 1) & SURNAME != 0
                        || pair() && (self.classes(i - 1) & POST != 0 || self.classes(i - 1) & NAMELIKE != 0 || behind(self.label(i - 1)))
                    {
                        found.extend(self.posted(i));
                    }
                    if token.script == Script::Latin {
                        self.ranked(i, &mut found);
                    }
                    if next == b'-' {
                        found.extend(self.asian(i));
                    }
                    if classes & FIRST_NAME != 0 {
                        found.extend(self.byline(i));
                        found.extend(self.lone(i));
                    }
                }
            }
            if self.text.may_be(i, facts::ADDRESS) {
                found.extend(self.titled(i));
            }
        }
        found
    }

    /// A name from the model, brought to our bounds.
    fn trimmed(&self, first: usize, last: usize, confidence: f32, found: &mut Vec<Candidate>) {
        let mut start = first;
        let mut i = first;
        while i <= last {
            if i == last || self.breaks(i, first) {
                if let Some((a, b)) = self.bounds(start, i) {
                    let (middle, confidence) = (self.seam(a, b), self.weigh(a, b, confidence));
                    for (a, b) in [(a, middle), (middle, b)] {
                        if a < b && confidence > 0.25 && !self.is_place(a, b) {
                            found.push(Candidate { first: self.leftward(a, b), last: b, rule: "", confidence, rank: 3 });
                        }
                    }
                }
                start = if self.is_capital(i) { i } else { i + 1 };
            }
            i += 1;
        }
    }

    /// Where one Russian name ends and the next begins: «Алевтине Зайцевой Максим Лунин»; the
    /// start where there is one name.
    fn seam(&self, first: usize, last: usize) -> usize {
        let words = last - first;
        let plain = (first..last).all(|i| self.is_capital(i) && self.text.tokens[i].script == Script::Cyrillic);
        if words == 4 && plain {
            let class = |n: usize| self.classes(first + n);
            if class(0) & FIRST_NAME != 0 && class(1) & SURNAME != 0 && class(1) & PATRONYMIC == 0 && class(2) & FIRST_NAME != 0 {
                return first + 2;
            }
        }
        first
    }

    /// How much of the model's certainty is left when the words themselves are looked at.
    fn weigh(&self, first: usize, last: usize, confidence: f32) -> f32 {
        let end = self.classes(last - 1);
        let named = (first..last).any(|i| self.classes(i) & FIRST_NAME != 0);
        let alone = last == self.onward(first);
        let people = self.page.words().stems.get(first).is_some_and(|&key| crate::organizations::is_demonym(key));
        let common = alone && (self.classes(first) & (COMMON | NAMELIKE) != 0 || people);
        let other = !named && self.is_field(last - 1) && end & (SURNAME | FIRST_NAME) == 0
            || !named && last - first > 1 && end & (FOREIGN | NAMELIKE | COMMON | POST) != 0 && end & SURNAME == 0;
        let region =
            self.classes(last) & REGION != 0 && self.text.same_line(first, last) && self.token(last).is_some_and(|t| t.case == Case::Lower);
        // one word says little: it may be a place, an entry of a menu, a Turkic «Сары-Таш»
        let token = &self.text.tokens[first];
        let lonely = alone
            && (self.place_words.contains(&token.hash) || last - first > 1 && end & SURNAME == 0 || self.page.in_furniture(token.span));
        // "MP for Akim Abuakwa", "Minister for Works"
        let field = first > 1 && self.is(first - 1, "for") && !named && self.classes(first - 2) & (POST | TITLE) != 0;
        // «ликвидностиОперации»: two words run together
        let glued = (first..last).any(|i| self.text.tokens[i].case == Case::Mixed && self.text.str(i).starts_with(char::is_lowercase))
            && token.script == Script::Cyrillic;
        let plain = || !alone && end & SURNAME == 0 && self.is_plain(first, last);
        let weak = glued || common || other || region || lonely || field || alone && confidence < 0.6 || plain();
        if weak { confidence * 0.2 } else { confidence }
    }

    /// Takes in the first name before a surname that the model found alone.
    fn leftward(&self, first: usize, last: usize) -> usize {
        let Some(before) = first.checked_sub(1) else { return first };
        // "Al Ramahi"
        let particle = matches!(self.text.fold(before), "al" | "el" | "bin" | "ibn" | "van" | "von" | "de" | "da");
        if particle && (self.is_capital(before) || matches!(self.text.fold(before), "de" | "da" | "van" | "von")) {
            return if self.text.same_line(before, first) { before } else { first };
        }
        let bare = last == self.onward(first) && self.classes(first) & (FIRST_NAME | PATRONYMIC) == 0;
        if !bare || !self.may_name(before) || !self.text.same_line(before, first) || self.apart(first) {
            return first;
        }
        let (here, name) = (&self.text.tokens[before], self.classes(before));
        let opens = before == 0 || self.text.tokens[before - 1].sentence != here.sentence;
        let fits = here.case == Case::Title
            && here.script == self.text.tokens[first].script
            && name & (NAMELIKE | COMMON) == 0
            && (name & (POST | TITLE) == 0 || self.may_call(before))
            && !self.is_post_of_many(before)
            && !self.label(before).place;
        if fits && (name & FIRST_NAME != 0 || !opens && self.text.tokens[first].case == Case::Title) && !self.label(before).person {
            before
        } else {
            first
        }
    }

    /// Whether no name runs over token `i`.
    fn breaks(&self, i: usize, first: usize) -> bool {
        let Some(token) = self.token(i) else { return true };
        if i > first && self.apart(i) {
            return true;
        }
        match token.kind {
            Kind::Number => true,
            Kind::Word => token.case == Case::Lower && self.classes(i) & PARTICLE == 0 || self.text.fold(i) == "'s",
            Kind::Mark => match self.text.fold(i) {
                "." => !(i > first && self.initial(i - 1).is_some()),
                "-" => token.spaced || self.spaced(i + 1) || self.text.str(i) == "—",
                "'" => false,
                _ => true,
            },
        }
    }

    /// Surnames of people found before, where they stand alone. In the headline it is enough that the text
    /// has the surname alone, or a name that the model is not sure of: "Reed Opens Library".
    fn again(&self, found: &[Candidate]) -> Vec<Candidate> {
        let title = self.page.zones.title.map_or(0..0, |title| self.text.tokens_in(title));
        let mut surnames: FxHashMap<&str, f32> = FxHashMap::default();
        let mut of_headline: FxHashMap<&str, f32> = FxHashMap::default();
        let mut covered = vec![false; self.text.tokens.len()];
        for candidate in found {
            covered[candidate.first..candidate.last].fill(true);
            let Some(at) = self.surname(candidate.first, candidate.last) else { continue };
            let stem = forms::stem(self.text.fold(at));
            if !title.is_empty() && !title.contains(&at) && self.classes(at) & FOREIGN == 0 {
                let sure = of_headline.entry(stem).or_default();
                *sure = sure.max(candidate.confidence);
            }
            if candidate.confidence >= 0.6 && candidate.last - candidate.first >= 2 {
                let sure = surnames.entry(stem).or_default();
                *sure = sure.max(candidate.confidence);
            }
        }
        let mut more = Vec::new();
        for i in title.filter(|&i| !covered[i] && self.is_capital(i) && self.is_name_word(i)) {
            let Some(&sure) = of_headline.get(forms::stem(self.text.fold(i))) else { continue };
            let label = self.label(i);
            let elsewhere = |hash: u64| self.places.keys().any(|&at| at != i && self.text.tokens[at].hash == hash);
            let placed = label.place && !label.person && (sure < 0.6 || elsewhere(self.text.tokens[i].hash));
            if label.body && label.sure || placed {
                continue;
            }
            if let Some((first, last)) = self.bounds(i, i + 1) {
                more.push(Candidate { first: self.leftward(first, last), last, rule: "again", confidence: sure.max(0.7) * 0.9, rank: 1 });
            }
        }
        if surnames.is_empty() {
            return more;
        }
        more.iter().for_each(|c| covered[c.first..c.last].fill(true));
        // a bit for the second byte of each: most words are turned down by that
        let bit = |stem: &str| stem.as_bytes().get(1).map_or(1, |byte| 1_u64 << (byte % 64));
        let bits = surnames.keys().fold(0, |bits, stem| bits | bit(stem));
        for i in self.text.candidates(0..self.text.tokens.len(), Facts::CAPITAL) {
            if covered[i] || !self.is_capital(i) {
                continue;
            }
            let stem = forms::stem(self.text.fold(i));
            if bits & bit(stem) == 0 {
                continue;
            }
            let Some(&sure) = surnames.get(stem) else { continue };
            let label = self.label(i);
            // the model's word for a place counts for less than the document's for a person
            let longer =
                self.label(i + 1).place || i > 0 && self.label(i - 1).place && !matches!(self.text.fold(i - 1), "al" | "el" | "bin");
            let placed = label.place && (sure < 0.9 || longer || self.mentioned(i)) && !label.person;
            // "It", "The": what stood behind a name in a headline
            let plain = self.classes(i) & COMMON != 0 || forms_of_names::of(self.text.tokens[i].hash).is(forms_of_names::Form::OPENER);
            if label.body || placed || plain || !self.is_name_word(i) {
                continue;
            }
            if let Some((first, last)) = self.bounds(i, self.onward(i)) {
                more.push(Candidate { first: self.leftward(first, last), last, rule: "again", confidence: sure * 0.9, rank: 1 });
            }
        }
        more
    }

    /// The surname of a name of several words.
    fn surname(&self, first: usize, last: usize) -> Option<usize> {
        if self.is(last - 1, ".") && self.is_capital(first) {
            return Some(first); // "Исмагулова А.Е."
        }
        (first..last).rev().find(|&i| self.is_capital(i) && self.classes(i) & PATRONYMIC == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(source: &str) -> Vec<String> {
        let page = Page::new(source, true);
        find(&page, Some(&[]), &[]).iter().map(|m| page.text.slice(m.span).to_string()).collect()
    }

    #[test]
    fn initials_go_with_their_surname() {
        assert_eq!(names("Выступил С.Турдубаев, а Исмаилова А.Е. ответила."), ["С.Турдубаев", "Исмаилова А.Е."]);
        assert_eq!(names("It was said by Zh. Bekmuratova and D.J. Pandeyan."), ["Zh. Bekmuratova", "D.J. Pandeyan"]);
        assert_eq!(names("The U.S. Embassy told us."), [""; 0]);
    }

    #[test]
    fn a_headline_takes_a_surname_that_the_text_has_alone() {
        let text = "Weintraub Opens Renovated Library in Lugovo\n\nLUGOVO – Senator Weintraub opened a library in Lugovo on Monday.";
        assert_eq!(names(text), ["Weintraub", "Weintraub"]);
    }

    #[test]
    fn a_latin_letter_is_no_initial_of_a_russian_name() {
        assert_eq!(names("Нагрузка дошла до 10 G. Но люди были спокойны."), [""; 0]);
    }

    #[test]
    fn a_surname_without_an_ending_stands_before_name_and_patronymic() {
        assert_eq!(names("Решили наградить Стелиади Ивана Петровича орденом."), ["Стелиади Ивана Петровича"]);
    }

    #[test]
    fn two_strange_words_at_a_post_are_a_name() {
        assert_eq!(names("The delegation was headed by the director Vaelo Zakutu, who spoke."), ["Vaelo Zakutu"]);
        assert_eq!(names("The director Risk Management spoke of risk and management."), [""; 0]);
    }

    #[test]
    fn a_surname_alone_stands_behind_its_rank() {
        assert_eq!(
            names("In came Ambassador Vellitraub and Speaker O'Mavery; Justice Skaliana's letter lay there."),
            ["Vellitraub", "O'Mavery", "Skaliana"]
        );
        assert_eq!(names("We thank Sens. Vellitraub, Mavery, and Skaliana for it."), ["Vellitraub", "Mavery", "Skaliana"]);
        assert_eq!(names("The General Assembly met at the President Hotel with the Minister Counselor."), [""; 0]);
        assert_eq!(names("The strike at General Dynamos went on; General Jubilo A. Vellor wrote."), [""; 0]);
    }

    #[test]
    fn titles_stay_outside() {
        assert_eq!(
            names("There came Mr. Moon Heon Kong, Prof. Dr. Ali Azadi and Ms. Ayimova."),
            ["Moon Heon Kong", "Ali Azadi", "Ayimova"]
        );
        assert_eq!(names("Пришли г-н Ф.Аминзода и госпожа Абдыева."), ["Ф.Аминзода", "Абдыева"]);
        assert_eq!(names("Dear Mr. President, come."), [""; 0]);
        let page = Page::new("There came H.E. Aida Orozova.", true);
        let tokens = page.text.tokens.len() as u32;
        let tagged = [Tagged { tokens: (2, tokens - 1), kind: TaggedKind::Person, confidence: 0.9, margin: (9.0, 9.0) }];
        let found = find(&page, Some(&tagged), &[]);
        assert_eq!(found.iter().map(|m| page.text.slice(m.span)).collect::<Vec<_>>(), ["Aida Orozova"]);
    }

    #[test]
    fn a_name_seen_once_is_found_again_in_any_case() {
        assert_eq!(names("Сергей Кольцов открыл встречу. По словам Кольцова, всё хорошо."), ["Сергей Кольцов", "Кольцова"]);
    }

    #[test]
    fn the_last_place_of_a_post_is_no_first_name() {
        let source = "This was told by the director for Moldova and Belarus Anna Balvanera.";
        let page = Page::new(source, true);
        let tokens = page.text.tokens.len() as u32;
        let tagged = [
            Tagged { tokens: (7, 8), kind: TaggedKind::Place, confidence: 0.9, margin: (9.0, 9.0) },
            Tagged { tokens: (9, tokens - 1), kind: TaggedKind::Person, confidence: 0.9, margin: (9.0, 9.0) },
        ];
        let found = find(&page, Some(&tagged), &[]);
        assert_eq!(found.iter().map(|m| page.text.slice(m.span)).collect::<Vec<_>>(), ["Anna Balvanera"]);
    }

    #[test]
    fn letters_of_a_newswire_behind_a_surname_are_not_of_the_person() {
        let page = Page::new("Всё хорошо, цитирует Кольцова ТАСС.", true);
        let tagged = [Tagged { tokens: (4, 6), kind: TaggedKind::Person, confidence: 0.9, margin: (9.0, 9.0) }];
        let found = find(&page, Some(&tagged), &[]);
        assert_eq!(found.iter().map(|m| page.text.slice(m.span)).collect::<Vec<_>>(), ["Кольцова"]);
    }

    #[test]
    fn who_heads_a_body_stands_behind_its_name() {
        let page = Page::new("The President of the Garda Education Group Vaelo Zakutu stressed this.", true);
        let tagged = [Tagged { tokens: (4, 9), kind: TaggedKind::Organization, confidence: 0.9, margin: (9.0, 9.0) }];
        let found = find(&page, Some(&tagged), &[]);
        assert_eq!(found.iter().map(|m| page.text.slice(m.span)).collect::<Vec<_>>(), ["Vaelo Zakutu"]);
    }

    #[test]
    fn a_post_that_the_model_took_for_a_body_has_a_holder() {
        let page = Page::new("They were met there by County Governor Vaelo Zakutu.", true);
        let tagged = [Tagged { tokens: (5, 9), kind: TaggedKind::Organization, confidence: 0.9, margin: (9.0, 9.0) }];
        let found = find(&page, Some(&tagged), &[]);
        assert_eq!(found.iter().map(|m| page.text.slice(m.span)).collect::<Vec<_>>(), ["Vaelo Zakutu"]);
    }

    #[test]
    fn whom_a_post_announces_is_no_body() {
        let page = Page::new("So the agency's spokesperson Vaelo Zakutu said today.", true);
        let tagged = [Tagged { tokens: (5, 7), kind: TaggedKind::Organization, confidence: 0.9, margin: (9.0, 9.0) }];
        let found = find(&page, Some(&tagged), &[]);
        assert_eq!(found.iter().map(|m| page.text.slice(m.span)).collect::<Vec<_>>(), ["Vaelo Zakutu"]);
    }

    #[test]
    fn what_is_named_after_someone_is_not_someone() {
        assert_eq!(names("Школа имени Н.В. Гоголева открыта."), [""; 0]);
    }
}
