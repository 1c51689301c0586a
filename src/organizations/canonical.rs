//! The canonical name of a body: the table's, one built by pattern, or the fullest form of the text.
//!
//! Ministries, embassies, governments and parliaments get an English name built by pattern where
//! every part is sure, so both languages meet in it ("Ministry of Justice of Georgia"). The country
//! is the one in the name, or the one that the document speaks of. A Russian name is given in the
//! nominative: adjectives and head noun are put into it with agreement, the tail stays.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::identity::Name;
use super::known;
use super::stems::{self, StemPhrases};
use super::words::{Classes, PageWords};
use crate::mention::{Fact, Mention, Name as Words};
use crate::page::Page;
use crate::table;
use crate::text::{Case, Kind, Script, Text};

/// What a body is called, with what the table knows of it.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// The canonical name.
    pub name: Words,
    /// Its country.
    pub country: Option<[u8; 2]>,
    /// Its acronym.
    pub acronym: Option<Words>,
    /// Its kind.
    pub kind: &'static str,
}

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

static TOPICS: LazyLock<StemPhrases<&'static str>> = LazyLock::new(|| {
    let mut topics = StemPhrases::default();
    for [russian, english] in table::rows::<2>(include_str!("../../data/organizations/topics.tsv")) {
        *topics.entry(russian) = Some(english);
    }
    topics
});

/// What the names of a document's bodies need to know of it.
pub(crate) struct Setting<'p> {
    page: &'p Page<'p>,
    words: &'p PageWords,
    mentions: &'p [Mention],
    /// The country that the document speaks of, where one stands out.
    country: Option<Country>,
}

impl<'p> Setting<'p> {
    /// Weighs the countries of the document's places.
    pub fn new(page: &'p Page<'p>, words: &'p PageWords, mentions: &'p [Mention]) -> Self {
        let mut weights: FxHashMap<Country, u32> = FxHashMap::default();
        let mut all = 0;
        for mention in mentions {
            let Fact::Place(place) = &mention.fact else { continue };
            let Some(country) = place.country.filter(|_| !page.in_furniture(mention.span)) else { continue };
            // a town says more of where things happen than a country, which may be a donor's
            let weight = if place.kind == "country" { 1 } else { 2 };
            *weights.entry(country).or_default() += weight;
            all += weight;
        }
        let country =
            weights.iter().max_by_key(|&(code, n)| (*n, *code)).filter(|&(_, &n)| n * 10 >= all * 6 && n >= 2).map(|(&code, _)| code);
        Self { page, words, mentions, country }
    }

    /// Names the body whose names are `list`.
    pub fn name(&self, names: &[Name], list: &[usize], row: Option<u32>) -> Named {
        let text = &self.page.text;
        let short = list.iter().map(|&i| &names[i]).find(|n| n.end == n.first + 1 && text.tokens[n.first].case == Case::Upper);
        if let Some(body) = row.and_then(known::body) {
            let acronym = if body.acronym.is_empty() { None } else { Some(body.acronym.into()) };
            return Named { name: body.name.into(), country: body.country, acronym, kind: body.kind };
        }
        let mut acronym: Option<Words> = short.map(|n| text.str(n.first).to_string().into());
        if let Some((name, country)) = self.pattern(names, list) {
            return Named { name: name.into(), country: Some(country), acronym, kind: "" };
        }
        let fullest = list
            .iter()
            .map(|&i| &names[i])
            .max_by_key(|n| (n.keys.len(), self.is_nominative(n), std::cmp::Reverse(text.slice(text.span(n.first, n.end - 1)).len())));
        let name = fullest.map_or(String::new(), |n| self.nominative(n));
        acronym = acronym.filter(|a| a.as_ref() != name);
        Named { name: name.into(), country: None, acronym, kind: "" }
    }

    /// The English name by pattern, and the country.
    fn pattern(&self, names: &[Name], list: &[usize]) -> Option<(String, Country)> {
        let mut parts = list.iter().filter_map(|&i| self.parts(&names[i]));
        let mut best = parts.next()?;
        for other in parts {
            best.country = best.country.or(other.country);
            best.host = best.host.or(other.host);
            if other.what.len() > best.what.len() {
                best.what = other.what;
            }
        }
        let name = |code: Country| COUNTRIES.get(&code).copied();
        match best.kind {
            "embassy" => {
                let sender = best.country?;
                let host = best.host.or(self.country).filter(|&host| host != sender)?;
                Some((format!("{} of {} in {}", best.what, name(sender)?, name(host)?), sender))
            }
            _ => {
                let country = best.country.or(self.country)?;
                Some((format!("{} of {}", best.what, name(country)?), country))
            }
        }
    }

    /// What a name says, if all of it is understood.
    fn parts(&self, name: &Name) -> Option<Parts> {
        let text = &self.page.text;
        let heads: Vec<usize> = (name.first..name.end).filter(|&k| self.words.is(k, Classes::HEAD)).collect();
        let &[head] = heads.as_slice() else { return None };
        let word = self.words.get(head);
        let russian = text.tokens[head].script == Script::Cyrillic;
        let mut parts = Parts { kind: "", what: String::new(), country: None, host: None };
        // what stands before the head: a country's adjective or name
        let mut k = name.first;
        while k < head {
            if let Some((end, country)) = self.country_at(k, head) {
                parts.country = Some(country);
                k = end;
            } else if matches!(text.fold(k), "'s" | "federal" | ".") || text.tokens[k].kind == Kind::Mark {
                k += 1;
            } else {
                return None;
            }
        }
        k = head + 1;
        match (word.kind, word.word) {
            ("embassy", "посольство" | "Embassy") => {
                (parts.kind, parts.what) = ("embassy", "Embassy".into());
            }
            ("government", "правительство" | "Government") => (parts.kind, parts.what) = ("government", "Government".into()),
            ("government", "парламент" | "Parliament") => (parts.kind, parts.what) = ("government", "Parliament".into()),
            ("ministry", _) => {
                parts.kind = "ministry";
                if russian {
                    let from = if text.fold(head).starts_with("министерств") { head + 1 } else { head };
                    let mut topic = None;
                    TOPICS.each(text, &self.words.stems, from, |end, english| {
                        if end <= name.end {
                            topic = Some((end, *english));
                        }
                    });
                    let (end, english) = topic?;
                    parts.what = format!("Ministry of {english}");
                    k = end;
                } else {
                    if !matches!(text.fold(k), "of" | "for") || word.word != "Ministry" {
                        return None;
                    }
                    let start = k + 1;
                    let mut end = start;
                    while end < name.end
                        && !(text.fold(end) == "of" && self.place_at(end + 1 + usize::from(text.fold(end + 1) == "the")).is_some())
                    {
                        end += 1;
                    }
                    let start = if text.fold(start) == "the" { start + 1 } else { start };
                    if start >= end {
                        return None;
                    }
                    parts.what = format!("Ministry of {}", topic(text, start, end));
                    k = end;
                }
            }
            _ => return None,
        }
        // what stands behind: "of COUNTRY", "in PLACE"
        while k < name.end {
            match text.fold(k) {
                "of" | "the" | "," => k += 1,
                "in" | "to" | "в" | "во" if parts.kind == "embassy" => {
                    let at = k + 1 + usize::from(text.fold(k + 1) == "the");
                    let (end, country, _) = self.place_at(at)?;
                    parts.host = Some(country);
                    k = end;
                }
                _ => match self.place_at(k) {
                    Some((end, country, "country")) => {
                        parts.country = Some(country);
                        k = end;
                    }
                    _ => return None,
                },
            }
        }
        Some(parts)
    }

    /// A country's name or adjective at token `k`, before token `head`.
    fn country_at(&self, k: usize, head: usize) -> Option<(usize, Country)> {
        let text = &self.page.text;
        if let Some((end, country, "country")) = self.place_at(k) {
            return (end <= head).then_some((end, country));
        }
        // "U.S. Embassy", "US Government", "UK Government"
        let letters: String = (k..head).map(|i| text.fold(i)).collect();
        match letters.as_str() {
            "us" | "u.s." | "u.s" | "usa" | "american" => return Some((head, *b"US")),
            "uk" | "u.k." | "u.k" | "british" => return Some((head, *b"GB")),
            _ => {}
        }
        DEMONYMS.get(&self.words.stems[k]).map(|&country| (k + 1, country))
    }

    /// The place at token `k`: one past its end, its country, its kind.
    fn place_at(&self, k: usize) -> Option<(usize, Country, &'static str)> {
        let token = self.page.text.tokens.get(k)?;
        let at = self.mentions.partition_point(|m| m.span.start < token.span.start);
        self.mentions[at..].iter().take_while(|m| m.span.start == token.span.start).find_map(|m| match &m.fact {
            Fact::Place(place) => place.country.map(|country| (self.page.text.tokens_in(m.span).end, country, place.kind)),
            _ => None,
        })
    }

    fn is_nominative(&self, name: &Name) -> bool {
        let text = &self.page.text;
        match (name.first..name.end).find(|&k| self.words.is(k, Classes::HEAD)) {
            Some(head) => text.fold(head) == self.words.get(head).word,
            None => true,
        }
    }

    /// A name with its adjectives and head noun in the nominative, and one space between words.
    fn nominative(&self, name: &Name) -> String {
        let text = &self.page.text;
        let as_it_stands = |first: usize, end: usize| {
            if first >= end {
                String::new()
            } else {
                text.slice(text.span(first, end - 1)).split_whitespace().collect::<Vec<_>>().join(" ")
            }
        };
        let single = name.end == name.first + 1;
        if single && text.tokens[name.first].script == Script::Cyrillic && text.tokens[name.first].case == Case::Mixed {
            // an acronym without its ending
            let word = text.str(name.first);
            return word.trim_end_matches(char::is_lowercase).to_string();
        }
        let Some(head) = (name.first..name.end).find(|&k| self.words.is(k, Classes::HEAD) && text.tokens[k].script == Script::Cyrillic)
        else {
            return as_it_stands(name.first, name.end);
        };
        let lemma = self.words.get(head).word;
        if text.tokens[head].case == Case::Upper || lemma.is_empty() {
            return as_it_stands(name.first, name.end);
        }
        let gender = gender(lemma);
        let mut out = String::new();
        for k in name.first..=head {
            let token = &text.tokens[k];
            if token.spaced && !out.is_empty() {
                out.push(' ');
            }
            let word = text.str(k);
            let form = if k == head {
                like(lemma, token.case == Case::Title)
            } else if token.kind == Kind::Word && token.case != Case::Upper && text.fold(k + 1) != "-" {
                adjective(word, gender).unwrap_or_else(|| word.to_string())
            } else {
                word.to_string()
            };
            out.push_str(&form);
        }
        if head + 1 < name.end {
            if text.tokens[head + 1].spaced {
                out.push(' ');
            }
            out.push_str(&as_it_stands(head + 1, name.end));
        }
        let mut chars = out.chars();
        match chars.next() {
            Some(first) => first.to_uppercase().chain(chars).collect(),
            None => out,
        }
    }
}

struct Parts {
    kind: &'static str,
    what: String,
    country: Option<Country>,
    /// Where an embassy stands.
    host: Option<Country>,
}

/// An English ministry's field with one spelling for its variants.
fn topic(text: &Text, first: usize, end: usize) -> String {
    let mut out = String::new();
    for k in first..end {
        let word = match text.fold(k) {
            "labor" => "Labour",
            "defense" => "Defence",
            "&" => "and",
            "emergencies" => "Emergency Situations",
            "interior" => "Internal Affairs",
            _ => text.str(k),
        };
        if !out.is_empty() && text.tokens[k].spaced {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A lemma with the capital of its place in the name.
fn like(lemma: &str, capital: bool) -> String {
    let mut chars = lemma.chars();
    match chars.next() {
        Some(first) if capital => first.to_uppercase().chain(chars).collect(),
        _ => lemma.to_string(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

fn gender(lemma: &str) -> Gender {
    match lemma.chars().next_back() {
        Some('а' | 'я') => Gender::Feminine,
        Some('о' | 'е') => Gender::Neuter,
        _ => match lemma {
            "сеть" => Gender::Feminine,
            _ => Gender::Masculine,
        },
    }
}

/// An adjective in the nominative of a gender; nothing for what is none.
fn adjective(word: &str, gender: Gender) -> Option<String> {
    const ENDINGS: [&str; 20] =
        ["ого", "его", "ому", "ему", "ыми", "ими", "ая", "яя", "ое", "ее", "ый", "ий", "ой", "ей", "ую", "юю", "ым", "им", "ом", "ем"];
    let ending = ENDINGS.iter().find(|e| word.ends_with(*e))?;
    let stem = &word[..word.len() - ending.len()];
    let last = stem.chars().next_back()?;
    // the soft declension after н shows in its endings; after ш, щ, ч, ж the vowels differ
    let soft = last == 'н' && matches!(*ending, "его" | "ему" | "ими" | "яя" | "ее" | "ей" | "юю" | "им" | "ем" | "ий");
    let hissing = matches!(last, 'ш' | 'щ' | 'ч' | 'ж');
    let back = matches!(last, 'к' | 'г' | 'х');
    let ending = match gender {
        Gender::Feminine if soft => "яя",
        Gender::Feminine => "ая",
        Gender::Neuter if soft || hissing => "ее",
        Gender::Neuter => "ое",
        Gender::Masculine if soft || hissing || back => "ий",
        Gender::Masculine => "ый",
    };
    Some(format!("{stem}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_agree_with_their_head() {
        assert_eq!(adjective("Государственного", Gender::Masculine).as_deref(), Some("Государственный"));
        assert_eq!(adjective("Высшей", Gender::Feminine).as_deref(), Some("Высшая"));
        assert_eq!(adjective("Национальному", Gender::Neuter).as_deref(), Some("Национальное"));
        assert_eq!(adjective("Республиканской", Gender::Feminine).as_deref(), Some("Республиканская"));
        assert_eq!(adjective("Ошского", Gender::Masculine).as_deref(), Some("Ошский"));
    }
}
