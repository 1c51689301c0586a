//! State bodies by pattern: ministries, embassies, parliaments, courts, committees of a country.
//!
//! A name of which every part is understood (what it is, of which country, where it stands) gets one
//! English name in both languages: «Министерство образования, науки, культуры и спорта Армении»
//! and "Ministry of Education, Science, Culture and Sports of the Republic of Armenia" meet in
//! "Ministry of Education, Science, Culture and Sport of Armenia". The fields of ministries stand in
//! `data/organizations/topics.tsv` and are put together where a ministry has several; other bodies
//! stand in `data/organizations/offices.tsv`. A part that no table has leaves the name as it is.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::canonical::Setting;
use super::coordinated;
use super::identity::Name;
use crate::lexicon::bodies::Classes;
use crate::lexicon::stems::{self, StemPhrases};
use crate::mention::Fact;
use crate::table;
use crate::text::{Kind, Script, Text};

type Country = [u8; 2];

static COUNTRIES: LazyLock<FxHashMap<Country, &'static str>> = LazyLock::new(|| {
    table::rows::<2>(include_str!("../../data/organizations/countries.tsv"))
        .filter_map(|[code, name]| Some((code.as_bytes().try_into().ok()?, name)))
        .collect()
});

/// Adjectives of countries by the key of their word.
static DEMONYMS: LazyLock<FxHashMap<u64, Country>> = LazyLock::new(|| {
    table::rows::<2>(include_str!("../../data/places/demonyms.tsv"))
        .filter_map(|[word, code]| {
            let text = Text::new(word);
            (text.tokens.len() == 1).then(|| stems::key(&text, 0)).zip(code.as_bytes().try_into().ok())
        })
        .collect()
});

/// Whether all of a name is a body of the state: "National Guard".
pub(super) fn is_office(text: &Text, stems: &[u64], first: usize, end: usize) -> bool {
    let mut found = false;
    OFFICES.1.each(text, stems, first, |to, _| found |= to == end);
    found
}

/// Whether a word's key is that of an adjective of a country.
pub(crate) fn is_demonym(key: u64) -> bool {
    DEMONYMS.contains_key(&key)
}

/// What ministries are for, in both languages.
static TOPICS: LazyLock<StemPhrases<&'static str>> = LazyLock::new(|| {
    let mut topics = StemPhrases::default();
    for [form, english] in table::rows::<2>(include_str!("../../data/organizations/topics.tsv")) {
        *topics.entry(form) = Some(english);
    }
    topics
});

/// One past the end of the longest field of a ministry that begins at token `k`.
pub(super) fn field_at(text: &Text, stems: &[u64], k: usize) -> Option<usize> {
    let mut end = None;
    TOPICS.each(text, stems, k, |to, _| end = Some(to));
    end
}

/// A body of the state that every country may have.
struct Office {
    name: &'static str,
    /// How its name goes on: "country", "embassy" (country and host), "city".
    of: &'static str,
    kind: &'static str,
}

static OFFICES: LazyLock<(Vec<Office>, StemPhrases<u16>)> = LazyLock::new(|| {
    let (mut offices, mut phrases) = (Vec::new(), StemPhrases::default());
    for [name, kind, of, forms] in table::rows::<4>(include_str!("../../data/organizations/offices.tsv")) {
        for form in std::iter::once(name).chain(table::values(forms)) {
            *phrases.entry(form) = Some(offices.len() as u16);
        }
        offices.push(Office { name, of, kind });
    }
    (offices, phrases)
});

/// A name that is understood whole.
#[derive(Clone, Debug)]
pub(super) struct Official {
    what: String,
    of: &'static str,
    kind: &'static str,
    country: Option<Country>,
    /// Where an embassy stands.
    host: Option<Country>,
    /// Of which city.
    city: Option<String>,
}

impl Official {
    /// What two names of one body say together.
    pub fn with(mut self, other: Self) -> Self {
        self.country = self.country.or(other.country);
        self.host = self.host.or(other.host);
        self.city = self.city.or(other.city);
        if other.what.len() > self.what.len() {
            self.what = other.what;
        }
        self
    }

    /// The English name, the country and the kind; `here` is the country that the document speaks of.
    pub fn named(self, here: Option<Country>) -> Option<(String, Country, &'static str)> {
        let name = |code: Country| COUNTRIES.get(&code).copied();
        match self.of {
            "embassy" => {
                let sender = self.country?;
                let host = self.host.or(here).filter(|&host| host != sender)?;
                Some((format!("{} of {} in {}", self.what, name(sender)?, name(host)?), sender, self.kind))
            }
            "city" => Some((format!("{} of {}", self.what, self.city?), self.country?, self.kind)),
            _ => {
                let country = self.country.or(here)?;
                Some((format!("{} of {}", self.what, name(country)?), country, self.kind))
            }
        }
    }
}

/// What a name is about: one past its end, what it is called, how it goes on, its kind.
type What = (usize, String, &'static str, &'static str);

impl Setting<'_> {
    /// What a name says, if all of it is understood.
    pub(super) fn official(&self, name: &Name) -> Option<Official> {
        let text = &self.page.text;
        let mut found = Official { what: String::new(), of: "", kind: "", country: None, host: None, city: None };
        let is_coordinated = self.mentions.get(name.mention).is_some_and(coordinated::is_one);
        // what stands before: a country's adjective or name, or a city
        let mut k = name.first;
        let end = loop {
            if k >= name.end {
                return None;
            }
            if let Some((end, what, of, kind)) = self.what(k, name.end, (k > name.first, is_coordinated)) {
                (found.what, found.of, found.kind) = (what, of, kind);
                break end;
            }
            if let Some((end, country)) = self.country_at(k, name.end) {
                found.country = Some(country);
                k = end;
            } else if let Some((end, country, _, city)) = self.place_at(k).filter(|place| place.0 < name.end) {
                found.country = Some(country);
                found.city = Some(city);
                k = end;
            } else if matches!(text.fold(k), "the" | "'s" | "royal" | "." | "federal") || text.tokens[k].kind == Kind::Mark {
                k += 1;
            } else {
                return None;
            }
        };
        if found.city.is_some() && found.of != "city" {
            return None;
        }
        // what stands behind: "of COUNTRY", "in PLACE"
        k = end;
        while k < name.end {
            match text.fold(k) {
                "of" | "the" | "," | "\"" => k += 1,
                "г" | "г." | "город" | "города" | "city" if found.of == "city" => k += 1,
                "." if found.of == "city" => k += 1,
                "in" | "to" | "в" | "во" if found.of == "embassy" => {
                    let at = k + 1 + usize::from(text.fold(k + 1) == "the");
                    let (end, country, ..) = self.place_at(at)?;
                    found.host = Some(country);
                    k = end;
                }
                _ => match self.place_at(k).or_else(|| self.abbreviated(k)) {
                    Some((end, country, "country", _)) if end <= name.end => {
                        if found.country.is_some_and(|known| known != country) {
                            return None;
                        }
                        found.country = Some(country);
                        k = end;
                    }
                    Some((end, country, "city" | "capital", city)) if found.of == "city" && end <= name.end => {
                        (found.country, found.city) = (Some(country), Some(city));
                        k = end;
                    }
                    _ => return None,
                },
            }
        }
        if found.of == "country" && found.country.is_none() {
            found.country = name.shared.and_then(|(first, _)| self.place_at(first)).map(|place| place.1);
        }
        Some(found)
    }

    /// The body that a name says at token `k`.
    fn what(&self, k: usize, end: usize, (is_inside, is_coordinated): (bool, bool)) -> Option<What> {
        let text = &self.page.text;
        let (offices, phrases) = &*OFFICES;
        let mut best: Option<What> = None;
        phrases.each(text, &self.words.stems, k, |to, &office| {
            let office = &offices[usize::from(office)];
            if to <= end {
                best = Some((to, office.name.into(), office.of, office.kind));
            }
        });
        if best.is_some() {
            return best;
        }
        let ministry = |topic: &str| format!("Ministry of {topic}");
        if is_coordinated {
            let from = k + coordinated::noun(text, self.words, k);
            let (to, topic) =
                if text.tokens[from].script == Script::Latin { self.english_topic(from, end) } else { self.topic(from, end) }?;
            return Some((to, ministry(&topic), "country", "ministry"));
        }
        let word = self.words.get(k);
        if word.kind == "ministry" && text.tokens[k].script == Script::Cyrillic {
            let from = if text.fold(k).starts_with("министерств") { k + 1 } else { k };
            let from = from + usize::from(text.fold(from) == "по" && text.fold(from + 1) == "делам");
            let from = from + usize::from(from > k + 1 && text.fold(from) == "делам");
            let (to, topic) = self.topic(from, end)?;
            return Some((to, ministry(&topic), "country", "ministry"));
        }
        if word.word == "Ministry" && matches!(text.fold(k + 1), "of" | "for" | "on") {
            let start = k + 2 + usize::from(text.fold(k + 2) == "the");
            let (to, topic) = self.english_topic(start, end)?;
            return Some((to, ministry(&topic), "country", "ministry"));
        }
        // "Foreign Ministry", "Health Ministry"
        let head = (k + 1..end).find(|&i| self.words.get(i).word == "Ministry")?;
        if text.tokens[k].script == Script::Latin && (is_inside || self.country_at(k, end).is_none()) {
            let mut topic = None;
            TOPICS.each(text, &self.words.stems, k, |to, english| {
                if to == head {
                    topic = Some(*english);
                }
            });
            return Some((head + 1, ministry(topic?), "country", "ministry"));
        }
        None
    }

    /// The fields of a Russian ministry, all of them known: «образования, науки и спорта».
    fn topic(&self, first: usize, end: usize) -> Option<(usize, String)> {
        let text = &self.page.text;
        let (mut fields, mut k): (Vec<&str>, usize) = (Vec::new(), first);
        let mut last = None;
        loop {
            let mut found = None;
            TOPICS.each(text, &self.words.stems, k, |to, english| {
                if to <= end {
                    found = Some((to, *english));
                }
            });
            let Some((to, english)) = found else { break };
            fields.push(english);
            last = Some(to);
            k = to;
            let comma = usize::from(text.fold(k) == ",");
            let and = usize::from(matches!(text.fold(k + comma), "и" | "а"));
            if comma + and == 0 || k >= end {
                break;
            }
            k += comma + and;
        }
        Some((last?, joined(&fields)))
    }

    /// The fields of an English ministry: known ones in their usual spelling, others as they stand.
    fn english_topic(&self, first: usize, end: usize) -> Option<(usize, String)> {
        let text = &self.page.text;
        let (mut fields, mut k): (Vec<String>, usize) = (Vec::new(), first);
        while k < end {
            let mut found = None;
            TOPICS.each(text, &self.words.stems, k, |to, english| {
                if to <= end && self.ends_field(to, end) {
                    found = Some((to, *english));
                }
            });
            if let Some((to, english)) = found {
                fields.push(english.into());
                k = to;
            } else {
                let start = k;
                while k < end && (k == start || !self.ends_field(k, end)) {
                    k += 1;
                }
                fields.push(text.slice(text.span(start, k - 1)).split_whitespace().collect::<Vec<_>>().join(" "));
            }
            if k >= end || !matches!(text.fold(k), "," | "and" | "&") {
                break;
            }
            k += 1 + usize::from(matches!(text.fold(k + 1), "and" | "&")) * usize::from(text.fold(k) == ",");
        }
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        (k > first && !fields.is_empty()).then(|| (k, joined(&fields)))
    }

    /// Whether a field ends before token `k`: at a comma, an "and", "of COUNTRY", the end.
    fn ends_field(&self, k: usize, end: usize) -> bool {
        let text = &self.page.text;
        k >= end
            || matches!(text.fold(k), "," | "and" | "&")
            || text.fold(k) == "of" && self.place_at(k + 1 + usize::from(text.fold(k + 1) == "the")).is_some()
    }

    /// A country's name or adjective at token `k`, before a body's name that ends at `end`.
    fn country_at(&self, k: usize, end: usize) -> Option<(usize, Country)> {
        let text = &self.page.text;
        if let Some((to, country, "country", _)) = self.place_at(k) {
            return (to < end).then_some((to, country));
        }
        // "U.S. Embassy", "US Government", "UK Government"
        let mut letters = String::new();
        let reach = if text.fold(k).starts_with(['u', 'a', 'b']) { end.min(k + 4) } else { k };
        for to in k..reach {
            letters.push_str(text.fold(to));
            let next = text.fold(to + 1);
            match letters.as_str() {
                "us" | "u.s." | "u.s" | "usa" | "american" if next != "." => return Some((to + 1, *b"US")),
                "uk" | "u.k." | "u.k" | "british" if next != "." => return Some((to + 1, *b"GB")),
                _ => {}
            }
        }
        if text.tokens[k].script == Script::Cyrillic && self.words.is(k, Classes::HEAD) {
            return None;
        }
        DEMONYMS.get(&self.words.stems[k]).map(|&country| (k + 1, country))
    }

    /// «Минздрав КР»: a country's letters behind a body of the state, where no place was seen. Some are
    /// those of a Russian region as well.
    fn abbreviated(&self, k: usize) -> Option<(usize, Country, &'static str, String)> {
        let country = match self.page.text.str(k) {
            "КР" => *b"KG",
            "РУз" => *b"UZ",
            "РФ" => *b"RU",
            "РК" => *b"KZ",
            "РТ" if self.country != Some(*b"RU") => *b"TJ",
            "РБ" if self.country != Some(*b"RU") => *b"BY",
            "РА" if self.country != Some(*b"RU") => *b"AM",
            "РМ" if self.country != Some(*b"RU") => *b"MD",
            _ => return None,
        };
        Some((k + 1, country, "country", String::new()))
    }

    /// The place at token `k`: one past its end, its country, its kind, its name.
    fn place_at(&self, k: usize) -> Option<(usize, Country, &'static str, String)> {
        let token = self.page.text.tokens.get(k)?;
        let at = self.mentions.partition_point(|m| m.span.start < token.span.start);
        self.mentions[at..].iter().take_while(|m| m.span.start == token.span.start).find_map(|m| match &m.fact {
            Fact::Place(place) => {
                place.country.map(|country| (self.page.text.tokens_in(m.span).end, country, place.kind, place.name.to_string()))
            }
            _ => None,
        })
    }
}

/// "A, B and C".
fn joined(fields: &[&str]) -> String {
    match fields {
        [] => String::new(),
        [one] => (*one).into(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_office_says_how_it_goes_on_and_of_which_kind_it_is() {
        for office in &OFFICES.0 {
            assert!(matches!(office.of, "country" | "embassy" | "city"), "{}", office.name);
            assert!(super::super::KINDS.contains(&office.kind), "{}", office.name);
        }
    }

    #[test]
    fn fields_are_joined_without_a_comma_before_the_last() {
        assert_eq!(joined(&["A", "B", "C"]), "A, B and C");
        assert_eq!(joined(&["A"]), "A");
    }
}
