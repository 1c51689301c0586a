//! Where people's names stand.
//!
//! A name is a run of capital words and initials, with particles and hyphens inside, without
//! title and post. Each candidate comes from one of the sources below; where two overlap, the one
//! with more behind it wins. Bounds: a comma, a bracket, a spaced dash or a line end ends a name.

use rustc_hash::FxHashMap;

use super::forms;
use crate::mention::{Fact, Mention, PersonFact, Rule};
use crate::names::lexicon::{
    self, ASIAN_SURNAME, CALENDAR, COMMON, DEMONYM, FIRST_NAME, HEAD, LEGAL, NAMELIKE, PARTICLE, PATRONYMIC, POST, REGION, SURNAME, TITLE,
    UNIT, VENUE,
};
use crate::names::{Tagged, TaggedKind};
use crate::page::Page;
use crate::text::{Case, Kind, Script, Text, Token};

/// Classes of words that no person is called by.
const FOREIGN: u32 = HEAD | LEGAL | REGION | CALENDAR | DEMONYM | UNIT | VENUE | lexicon::PROJECT | lexicon::MEDIA | lexicon::SETTLEMENT;

/// A stretch of tokens taken for a person's name.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    first: usize,
    last: usize,
    rule: &'static str,
    confidence: f32,
    /// Which source wins where two overlap.
    rank: u8,
}

/// Finds people's names.
#[must_use]
pub fn find(page: &Page, tagged: &[Tagged], places: &[Mention]) -> Vec<Mention> {
    let reader = Reader::new(page, tagged, places);
    let mut found = reader.candidates(tagged);
    found = settle(found);
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
    let mut taken: FxHashMap<usize, ()> = FxHashMap::default();
    for candidate in found {
        if (candidate.first..candidate.last).any(|i| taken.contains_key(&i)) {
            continue;
        }
        taken.extend((candidate.first..candidate.last).map(|i| (i, ())));
        kept.push(candidate);
    }
    kept.sort_by_key(|c| c.first);
    kept
}

/// What the model and the gazetteer say of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Label {
    person: bool,
    body: bool,
    /// The model is sure of a body or a place.
    sure: bool,
    place: bool,
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    text: &'p Text<'t>,
    labels: FxHashMap<usize, Label>,
    /// Places found before: their first tokens with one past their last, and how sure each is.
    places: FxHashMap<usize, (usize, f32)>,
}

impl<'p, 't> Reader<'p, 't> {
    fn new(page: &'p Page<'t>, tagged: &[Tagged], places: &[Mention]) -> Self {
        let text = &page.text;
        let mut labels: FxHashMap<usize, Label> = FxHashMap::default();
        for name in tagged {
            for i in name.tokens.0..name.tokens.1 {
                let label = labels.entry(i as usize).or_default();
                match name.kind {
                    TaggedKind::Person => label.person = true,
                    TaggedKind::Organization => (label.body, label.sure) = (true, name.confidence > 0.7),
                    TaggedKind::Place => (label.place, label.sure) = (true, name.confidence > 0.7),
                }
            }
        }
        let mut known = FxHashMap::default();
        for place in places {
            let tokens = text.tokens_in(place.span);
            known.insert(tokens.start, (tokens.end, place.confidence));
            for i in tokens {
                labels.entry(i).or_default().place = true;
            }
        }
        Self { page, text, labels, places: known }
    }

    fn label(&self, i: usize) -> Label {
        self.labels.get(&i).copied().unwrap_or_default()
    }

    /// Whether a place that was found before begins at token `i`.
    fn mentioned(&self, i: usize) -> bool {
        self.places.contains_key(&i)
    }

    /// Whether the stretch is a place found before, and nothing in it speaks for a person.
    fn is_place(&self, first: usize, last: usize) -> bool {
        let same = self.places.get(&first).is_some_and(|&(end, sure)| end == last && sure > 0.4);
        same && !(first..last).any(|i| self.classes(i) & (FIRST_NAME | PATRONYMIC) != 0)
    }

    fn classes(&self, i: usize) -> u32 {
        lexicon::classes_of(self.text, i)
    }

    fn token(&self, i: usize) -> Option<&Token> {
        self.text.tokens.get(i)
    }

    /// A word of at least two letters that begins with a capital.
    fn is_capital(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| {
            t.kind == Kind::Word && t.is_capital() && t.script != Script::None && self.text.fold(i).chars().nth(1).is_some()
        })
    }

    fn is(&self, i: usize, mark: &str) -> bool {
        self.text.fold(i) == mark
    }

    fn spaced(&self, i: usize) -> bool {
        self.token(i).is_none_or(|t| t.spaced)
    }

    /// An initial at `i`, with its stop: one past the stop.
    fn initial(&self, i: usize) -> Option<usize> {
        const PAIRS: [&str; 16] = ["zh", "sh", "ch", "kh", "yu", "ya", "ye", "ts", "th", "дж", "yo", "gh", "dz", "dj", "st", "ph"];
        let token = self.token(i)?;
        let fold = self.text.fold(i);
        let letter = fold.chars().nth(1).is_none();
        let initial = token.kind == Kind::Word && token.case == Case::Title && (letter || PAIRS.contains(&fold));
        (initial && self.is(i + 1, ".") && !self.spaced(i + 1) && self.text.same_line(i, i + 1)).then_some(i + 2)
    }

    /// Whether the word at `i` may be a part of a person's name as it stands.
    fn may_name(&self, i: usize) -> bool {
        let classes = self.classes(i);
        // «Майоров» begins as a post does
        let post = classes & POST != 0 && classes & SURNAME == 0;
        self.is_capital(i) && !post && classes & (FOREIGN | TITLE) == 0 && (self.label(i).person || !self.label(i).sure)
    }

    fn candidates(&self, tagged: &[Tagged]) -> Vec<Candidate> {
        let mut found = Vec::new();
        for name in tagged.iter().filter(|t| t.kind == TaggedKind::Person) {
            self.trimmed(name.tokens.0 as usize, name.tokens.1 as usize, name.confidence, &mut found);
        }
        for i in 0..self.text.tokens.len() {
            let token = &self.text.tokens[i];
            if token.kind != Kind::Word {
                continue;
            }
            if token.is_capital() {
                found.extend(self.initials_before(i));
                if self.is_capital(i) {
                    found.extend(self.initials_after(i));
                    found.extend(self.patronymic(i));
                    found.extend(self.first_name(i));
                    found.extend(self.asian(i));
                    found.extend(self.byline(i));
                }
            }
            if token.is_capital() || token.script == Script::Cyrillic {
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
                    let (middle, confidence) = (self.seam(a, b), if self.is_weak(a, b) { confidence * 0.5 } else { confidence });
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

    /// Whether the words of a name from the model are such as no person bears.
    fn is_weak(&self, first: usize, last: usize) -> bool {
        let end = self.classes(last - 1);
        let named = (first..last).any(|i| self.classes(i) & FIRST_NAME != 0);
        let alone = last - first == 1;
        alone && self.classes(first) & COMMON != 0
            || !named && last - first > 1 && end & (FOREIGN | NAMELIKE | COMMON) != 0 && end & SURNAME == 0
    }

    /// Takes in the first name before a surname that the model found alone.
    fn leftward(&self, first: usize, last: usize) -> usize {
        let Some(before) = first.checked_sub(1) else { return first };
        let bare = last == self.onward(first) && self.classes(first) & (FIRST_NAME | PATRONYMIC) == 0;
        if !bare || !self.may_name(before) || !self.text.same_line(before, first) || self.apart(first) {
            return first;
        }
        let (here, name) = (&self.text.tokens[before], self.classes(before));
        let opens = before == 0 || self.text.tokens[before - 1].sentence != here.sentence;
        let fits = here.case == Case::Title
            && here.script == self.text.tokens[first].script
            && name & (NAMELIKE | COMMON) == 0
            && !self.label(before).place;
        if fits && (name & FIRST_NAME != 0 || !opens && self.text.tokens[first].case == Case::Title) && !self.label(before).person {
            before
        } else {
            first
        }
    }

    /// Whether a wide gap stands before token `i`, as between the entries of a menu or a table.
    fn apart(&self, i: usize) -> bool {
        i > 0 && self.text.tokens.get(i).is_some_and(|t| t.span.start > self.text.tokens[i - 1].span.end + 2)
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
                "-" => token.spaced || self.spaced(i + 1),
                "'" => false,
                _ => true,
            },
        }
    }

    /// Takes titles and posts from the front, and what is no name from the end; adds initials
    /// that stand beside.
    fn bounds(&self, mut first: usize, mut last: usize) -> Option<(usize, usize)> {
        while first < last {
            let classes = self.classes(first);
            let title =
                classes & (TITLE | POST) != 0 && (classes & (FIRST_NAME | SURNAME) == 0 || self.text.tokens[first].case == Case::Lower);
            let mark = self.token(first).is_some_and(|t| t.kind == Kind::Mark);
            let particle = self.token(first).is_some_and(|t| t.case == Case::Lower) && classes & PARTICLE == 0;
            // "председатель города Рогун Сунатулло Саидзода"
            let place = last - first > 2
                && self.mentioned(first)
                && classes & (FIRST_NAME | SURNAME) == 0
                && self.classes(first + 1) & FIRST_NAME != 0;
            if title || mark || particle || place || self.is(first, "h") && self.is(first + 2, "e") {
                first += 1;
            } else {
                break;
            }
        }
        while last > first {
            let token = &self.text.tokens[last - 1];
            let stop = self.is(last - 1, ".") && last - 1 > first && self.initial(last - 2).is_some();
            if !stop && (token.kind != Kind::Word || token.case == Case::Lower && self.classes(last - 1) & PARTICLE == 0) {
                last -= 1;
            } else {
                break;
            }
        }
        // initials to the left and to the right
        while first >= 2 && self.initial(first - 2) == Some(first) && self.text.same_line(first - 2, first) {
            first -= 2;
        }
        if last > first
            && self.initial(last).is_some()
            && self.text.same_line(first, last)
            && last - first == 1
            && self.text.tokens[first].script == Script::Cyrillic
        {
            while let Some(next) = self.initial(last) {
                last = next;
            }
        }
        if last < self.text.tokens.len() && last > first && self.is(last, ".") && !self.spaced(last) && self.initial(last - 1).is_some() {
            last += 1; // "Исмагулова А" "."
        }
        let words = (first..last).filter(|&i| self.is_capital(i)).count();
        if words == 0 {
            return None;
        }
        let alone = last - first == 1;
        let loud = alone && self.text.tokens[first].case == Case::Upper;
        let short = self.text.fold(first).chars().count() <= 4;
        let common = alone && self.classes(first) & FOREIGN & !lexicon::SETTLEMENT != 0;
        let refused = common || loud && short || self.dedicated(first);
        (!refused).then_some((first, last))
    }

    /// Whether the name at `first` is one that something is named after.
    fn dedicated(&self, first: usize) -> bool {
        first > 0
            && (matches!(self.text.fold(first - 1), "имени" | "named after")
                || first > 1 && self.is(first - 1, ".") && self.is(first - 2, "им"))
    }

    /// "С.Турдуева", "Н. В. Гоголь", "D.J. Pandian", "Zh. Bimagambetova".
    fn initials_before(&self, i: usize) -> Option<Candidate> {
        let mut at = self.initial(i)?;
        if i >= 2 && self.initial(i - 2) == Some(i) {
            return None; // read from the first one
        }
        let mut count = 1;
        while let Some(next) = self.initial(at).filter(|_| self.text.same_line(i, at) && count < 3) {
            at = next;
            count += 1;
        }
        while self.token(at).is_some_and(|t| t.case == Case::Lower) && self.classes(at) & PARTICLE != 0 && self.is_capital(at + 1) {
            at += 1;
        }
        if !self.may_name(at)
            || !self.text.same_line(i, at)
            || self.label(at).body && !self.label(at).person && self.text.tokens[at].case == Case::Upper
        {
            return None;
        }
        let latin = self.text.tokens[at].script == Script::Latin;
        let state = latin
            && matches!(
                (self.text.fold(i), self.text.fold(i + 2)),
                ("u", "s" | "n" | "k") | ("e", "u") | ("d", "c") | ("p", "o") | ("h", "e")
            );
        if state || self.dedicated(i) {
            return None;
        }
        // a first name before the initials: "Robert F. Cekuta"
        let mut first = i;
        if latin && i > 0 && self.is_capital(i - 1) && self.text.same_line(i - 1, i) && self.may_name(i - 1) && self.spaced(i) {
            let given = self.classes(i - 1) & FIRST_NAME != 0 || self.label(i - 1).person;
            if given && self.classes(i - 1) & NAMELIKE == 0 {
                first = i - 1;
            }
        }
        // "Исмаилова А.Е. Первой выступила …": the initials go with the word before
        if !latin
            && i > 0
            && self.is_capital(i - 1)
            && self.classes(i - 1) & SURNAME != 0
            && self.classes(at) & SURNAME == 0
            && self.text.same_line(i - 1, i)
        {
            return None;
        }
        let classes = self.classes(at);
        // "M.Yerniyazov", and in a list "2. C. Machado – director"
        let tight = !self.spaced(i + 2) && self.spaced(i) && self.text.fold(at).chars().count() > 4;
        let listed = (i == 0 || self.text.tokens[i - 1].kind == Kind::Mark || !self.text.same_line(i - 1, i))
            && (self.is(at + 1, ",")
                || self.is(at + 1, "-") && self.spaced(at + 1)
                || self.is(at + 1, "(")
                || !self.text.same_line(at, at + 1));
        let sure = self.label(at).person || classes & SURNAME != 0 || count > 1 || first < i || tight || listed && classes & COMMON == 0;
        let place = self.label(at).place && !self.label(at).person;
        if place && count == 1 || !sure && latin {
            return None;
        }
        let mut last = self.onward(at);
        while first < i && self.label(last).person && self.may_name(last) && self.text.same_line(at, last) {
            last = self.onward(last); // "Lloyd G. Adu Amoah"
        }
        Some(Candidate { first, last, rule: "initials", confidence: if sure { 0.95 } else { 0.75 }, rank: 6 })
    }

    /// The end of the name whose surname stands at `at`: hyphens and suffixes are taken in.
    fn onward(&self, at: usize) -> usize {
        let mut last = at + 1;
        loop {
            if self.is(last, "-")
                && !self.spaced(last)
                && !self.spaced(last + 1)
                && self.token(last + 1).is_some_and(|t| t.kind == Kind::Word)
            {
                last += 2;
            } else if self.token(last).is_some_and(|t| t.kind == Kind::Word)
                && self.classes(last) & lexicon::SUFFIX != 0
                && self.text.same_line(at, last)
            {
                last += 1;
            } else {
                return last;
            }
        }
    }

    /// "Исмагулова А.Е."
    fn initials_after(&self, i: usize) -> Option<Candidate> {
        if self.text.tokens[i].script != Script::Cyrillic {
            return None;
        }
        let surname = self.onward(i);
        let mut last = self.initial(surname).filter(|_| self.text.same_line(i, surname))?;
        let mut count = 1;
        while let Some(next) = self.initial(last).filter(|_| count < 3 && self.text.same_line(i, last)) {
            last = next;
            count += 1;
        }
        let followed = self.is_capital(last)
            && self.text.same_line(i, last)
            && self.classes(last) & SURNAME != 0
            && self.text.tokens[i].sentence == self.text.tokens[last].sentence;
        let classes = self.classes(i);
        let sure = classes & SURNAME != 0 && classes & FOREIGN == 0 || self.label(i).person;
        (self.may_name(i) && sure && !followed && !self.dedicated(i)).then_some(Candidate {
            first: i,
            last,
            rule: "surname-initials",
            confidence: 0.93,
            rank: 5,
        })
    }

    /// "Анна Сергеевна Ли", "Ли Анна Сергеевна".
    fn patronymic(&self, i: usize) -> Option<Candidate> {
        if i == 0
            || self.classes(i) & PATRONYMIC == 0
            || !self.is_capital(i - 1)
            || !self.text.same_line(i - 1, i)
            || self.classes(i - 1) & FIRST_NAME == 0
        {
            return None;
        }
        let (mut first, mut last) = (i - 1, i + 1);
        if self.may_name(last) && self.text.same_line(i, last) {
            last = self.onward(last);
        } else if first > 0 && self.may_name(first - 1) && self.text.same_line(first - 1, i) && self.classes(first - 1) & SURNAME != 0 {
            first -= 1;
        }
        (!self.dedicated(first)).then_some(Candidate { first, last, rule: "patronymic", confidence: 0.95, rank: 5 })
    }

    /// "Mr. Chun Hong Soo", "г-н Ф.Аминов", "госпожа Абдиева".
    fn titled(&self, i: usize) -> Option<Candidate> {
        let next = self.title(i)?;
        let mut at = next;
        while let Some(next) = self.title(at) {
            at = next;
        }
        let first = at;
        let mut words = 0;
        while self.text.same_line(i, at) && words < 4 {
            if let Some(next) = self.initial(at) {
                at = next;
                continue;
            }
            if self.token(at).is_some_and(|t| t.case == Case::Lower && t.kind == Kind::Word)
                && self.classes(at) & PARTICLE != 0
                && self.is_capital(at + 1)
                && words > 0
            {
                at += 1;
                continue;
            }
            if !self.is_capital(at)
                || self.classes(at) & (POST | HEAD | LEGAL | CALENDAR | UNIT) != 0 && words == 0
                || words > 0 && !self.may_name(at)
            {
                break;
            }
            words += 1;
            at = self.onward(at);
            if words > 1
                && self.text.tokens[at - 1].case == Case::Upper
                && self.text.tokens[first].case == Case::Title
                && self.text.fold(at - 1).chars().count() < 4
            {
                at -= 1;
                break;
            }
        }
        (words > 0 && !self.dedicated(first)).then_some(Candidate { first, last: at, rule: "title", confidence: 0.95, rank: 4 })
    }

    /// A title at `i`: one past it, with its stop.
    fn title(&self, i: usize) -> Option<usize> {
        let token = self.token(i)?;
        if token.kind != Kind::Word {
            return None;
        }
        // "г-н", "г-жа"
        if self.is(i, "г")
            && self.is(i + 1, "-")
            && matches!(self.text.fold(i + 2), "н" | "на" | "ну" | "ном" | "жа" | "жи" | "же" | "жу" | "жой")
        {
            return Some(i + 3);
        }
        let sure = self.classes(i) & lexicon::ADDRESS != 0;
        if !sure || token.script == Script::Latin && !token.is_capital() {
            return None;
        }
        Some(if self.is(i + 1, ".") && !self.spaced(i + 1) { i + 2 } else { i + 1 })
    }

    /// A known first name with a surname after it.
    fn first_name(&self, i: usize) -> Option<Candidate> {
        let classes = self.classes(i);
        let next = i + 1;
        if classes & FIRST_NAME == 0
            || classes & FOREIGN != 0
            || !self.text.same_line(i, next)
            || !self.is_capital(next)
            || self.label(i).body
        {
            return None;
        }
        if self.text.tokens[i].script != self.text.tokens[next].script
            || self.label(next).body
            || self.label(i).place && !self.label(i).person
        {
            return None;
        }
        let surname = self.classes(next);
        if surname & (FOREIGN | POST | TITLE) != 0 || self.label(next).place && surname & SURNAME == 0 {
            return None;
        }
        let cyrillic = self.text.tokens[i].script == Script::Cyrillic;
        let sure = surname & (SURNAME | PATRONYMIC) != 0 || self.label(i).person || self.label(next).person;
        if !sure && (cyrillic || self.page.text.tokens[i].case == Case::Upper) || self.dedicated(i) {
            return None;
        }
        let last = self.onward(next);
        Some(Candidate { first: i, last, rule: "first-name", confidence: if sure { 0.85 } else { 0.6 }, rank: 2 })
    }

    /// "Moon Jae-in", «Сан-мин Ли».
    fn asian(&self, i: usize) -> Option<Candidate> {
        let syllable = |i: usize| self.token(i).is_some_and(|t| t.kind == Kind::Word) && self.text.fold(i).chars().count() <= 5;
        let joined = syllable(i) && self.is(i + 1, "-") && !self.spaced(i + 1) && !self.spaced(i + 2) && syllable(i + 2);
        if !joined || !self.text.same_line(i, i + 2) || self.is(i + 3, "-") {
            return None;
        }
        let surname = |i: usize| self.is_capital(i) && self.classes(i) & ASIAN_SURNAME != 0;
        let lower = self.text.tokens[i + 2].case == Case::Lower;
        if i > 0 && surname(i - 1) && self.text.same_line(i - 1, i) && self.spaced(i) {
            Some(Candidate { first: i - 1, last: i + 3, rule: "asian", confidence: if lower { 0.9 } else { 0.7 }, rank: 4 })
        } else if surname(i + 3) && self.text.same_line(i, i + 3) && lower {
            Some(Candidate { first: i, last: i + 4, rule: "asian", confidence: 0.85, rank: 4 })
        } else {
            None
        }
    }

    /// A line that is nothing but a name with a known first name: the author's.
    fn byline(&self, i: usize) -> Option<Candidate> {
        let line = self.text.lines.get(self.token(i)?.line as usize)?;
        let (first, last) = (line.tokens.0 as usize, line.tokens.1 as usize);
        if first != i || !(2..=4).contains(&(last - first)) || self.classes(i) & FIRST_NAME == 0 || self.mentioned(i) {
            return None;
        }
        let plain = (first..last).all(|j| {
            self.may_name(j) && self.classes(j) & (COMMON | NAMELIKE) == 0 && !self.apart(j)
                || j > first && self.initial(j).is_some()
                || j > first && self.is(j, ".")
        });
        (plain && self.is_capital(last - 1)).then_some(Candidate { first, last, rule: "byline", confidence: 0.85, rank: 3 })
    }

    /// Surnames of people found before, where they stand alone.
    fn again(&self, found: &[Candidate]) -> Vec<Candidate> {
        let mut surnames: FxHashMap<&str, f32> = FxHashMap::default();
        let mut covered: FxHashMap<usize, ()> = FxHashMap::default();
        for candidate in found {
            covered.extend((candidate.first..candidate.last).map(|i| (i, ())));
            if candidate.confidence < 0.6 || candidate.last - candidate.first < 2 {
                continue;
            }
            if let Some(at) = self.surname(candidate.first, candidate.last) {
                let sure = surnames.entry(forms::stem(self.text.fold(at))).or_default();
                *sure = sure.max(candidate.confidence);
            }
        }
        let mut more = Vec::new();
        if surnames.is_empty() {
            return more;
        }
        for (i, token) in self.text.tokens.iter().enumerate() {
            if !matches!(token.case, Case::Title | Case::Upper | Case::Mixed) || covered.contains_key(&i) || !self.may_name(i) {
                continue;
            }
            let Some(&sure) = surnames.get(forms::stem(self.text.fold(i))) else { continue };
            let label = self.label(i);
            if label.body || label.place && !label.person {
                continue;
            }
            if let Some((first, last)) = self.bounds(i, self.onward(i)) {
                more.push(Candidate { first, last, rule: "again", confidence: sure * 0.9, rank: 1 });
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
        find(&page, &[], &[]).iter().map(|m| page.text.slice(m.span).to_string()).collect()
    }

    #[test]
    fn initials_go_with_their_surname() {
        assert_eq!(names("Выступил С.Турдубаев, а Исмаилова А.Е. ответила."), ["С.Турдубаев", "Исмаилова А.Е."]);
        assert_eq!(names("It was said by Zh. Bekmuratova and D.J. Pandeyan."), ["Zh. Bekmuratova", "D.J. Pandeyan"]);
        assert_eq!(names("The U.S. Embassy told us."), [""; 0]);
    }

    #[test]
    fn titles_stay_outside() {
        assert_eq!(
            names("There came Mr. Moon Heon Kong, Prof. Dr. Ali Azadi and Ms. Ayimova."),
            ["Moon Heon Kong", "Ali Azadi", "Ayimova"]
        );
        assert_eq!(names("Пришли г-н Ф.Аминзода и госпожа Абдыева."), ["Ф.Аминзода", "Абдыева"]);
        assert_eq!(names("Dear Mr. President, come."), [""; 0]);
    }

    #[test]
    fn a_name_seen_once_is_found_again_in_any_case() {
        assert_eq!(names("Сергей Кольцов открыл встречу. По словам Кольцова, всё хорошо."), ["Сергей Кольцов", "Кольцова"]);
    }

    #[test]
    fn what_is_named_after_someone_is_not_someone() {
        assert_eq!(names("Школа имени Н.В. Гоголева открыта."), [""; 0]);
    }
}
