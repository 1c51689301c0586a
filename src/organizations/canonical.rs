//! The canonical name of a body: the table's, one built by pattern, or the fullest form of the text.
//!
//! Bodies of the state get an English name built by pattern where every part is sure (`official`), so
//! both languages meet in it; where the table has a body of that name, it is that body. The country
//! is the one in the name, or the one that the document speaks of. Any other Russian name is given in
//! the nominative (`nominative`).

use rustc_hash::FxHashMap;

use super::identity::Name;
use super::user::Bodies;
use super::{kinds, known, nominative};
use crate::lexicon::bodies::PageWords;
use crate::mention::{Fact, Mention, Name as Words};
use crate::page::Page;
use crate::text::Case;

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
    /// Its row in a table.
    pub row: Option<u32>,
    /// What named it.
    pub by: By,
    /// The name that its canonical name was made from: an index among the document's names.
    pub from: usize,
}

/// What gives a body its canonical name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// A row of a table.
    Table,
    /// The pattern of a state body, all parts of which are known.
    Pattern,
    /// The text.
    Text,
}

/// What the names of a document's bodies need to know of it.
pub(crate) struct Setting<'p> {
    pub page: &'p Page<'p>,
    pub words: &'p PageWords,
    pub mentions: &'p [Mention],
    bodies: Bodies<'p>,
    /// The country that the document speaks of, where one stands out.
    pub country: Option<[u8; 2]>,
}

/// The country that a document speaks of, where one stands out among its places.
pub(crate) fn country(page: &Page, mentions: &[Mention]) -> Option<[u8; 2]> {
    let mut weights: FxHashMap<[u8; 2], u32> = FxHashMap::default();
    let mut all = 0;
    for mention in mentions {
        let Fact::Place(place) = &mention.fact else { continue };
        let Some(country) = place.country.filter(|_| !page.in_furniture(mention.span)) else { continue };
        // a town says more of where things happen than a country, which may be a donor's
        let weight = if place.kind == "country" { 1 } else { 2 };
        *weights.entry(country).or_default() += weight;
        all += weight;
    }
    weights.iter().max_by_key(|&(code, n)| (*n, *code)).filter(|&(_, &n)| n * 10 >= all * 6 && n >= 2).map(|(&code, _)| code)
}

impl<'p> Setting<'p> {
    /// Weighs the countries of the document's places.
    pub fn new(page: &'p Page<'p>, words: &'p PageWords, mentions: &'p [Mention], bodies: Bodies<'p>) -> Self {
        let country = country(page, mentions);
        Self { page, words, mentions, bodies, country }
    }

    /// Names the body whose names are `list`.
    pub fn name(&self, names: &[Name], list: &[usize], row: Option<u32>) -> Named {
        let text = &self.page.text;
        let from = list.iter().copied().max_by_key(|&i| {
            let n = &names[i];
            let shouted = self.words.is_shouted(text, n.first);
            let length = text.slice(text.span(n.first, n.end - 1)).len();
            // "TikTok" and TIKTOK in a headline
            let loud = n.keys.len() == 1 && length > 4 && text.tokens[n.first].case == Case::Upper;
            (
                n.keys.len(),
                !shouted && !loud,
                nominative::is_nominative(text, self.words, n),
                std::cmp::Reverse(length),
                std::cmp::Reverse(i),
            )
        });
        let from = from.unwrap_or_default();
        let short = list.iter().map(|&i| &names[i]).find(|n| n.end == n.first + 1 && text.tokens[n.first].case == Case::Upper);
        if let Some(named) = row.and_then(|row| self.of_table(row, from)) {
            return named;
        }
        let mut acronym: Option<Words> = short.map(|n| text.str(n.first).to_string().into());
        // "the Government" of a region is none of a country: the fullest name must say what it is
        let is_official = names.get(from).is_some_and(|n| self.official(n).is_some());
        let officials = list.iter().filter(|_| is_official).filter_map(|&i| self.official(&names[i]));
        if let Some((name, country, kind)) = officials.reduce(super::official::Official::with).and_then(|o| o.named(self.country)) {
            // "National Bank of Kyrgyzstan" is a row of the table
            if let Some(named) = known::row_named(&name).and_then(|row| self.of_table(row, from)) {
                return named;
            }
            return Named { name: name.into(), country: Some(country), acronym, kind, row: None, by: By::Pattern, from };
        }
        let fullest = names.get(from);
        let name = fullest.map_or(String::new(), |n| nominative::of(text, self.words, n));
        acronym = acronym.filter(|a| a.as_ref() != name);
        let kind = fullest.map_or("", |n| kinds::of(text, n.first, n.end));
        Named { name: name.into(), country: None, acronym, kind, row: None, by: By::Text, from }
    }

    fn of_table(&self, row: u32, from: usize) -> Option<Named> {
        let body = self.bodies.get(row)?;
        let acronym = if body.acronym.is_empty() { None } else { Some(body.acronym.clone()) };
        Some(Named { name: body.name.clone(), country: body.country, acronym, kind: body.kind, row: Some(row), by: By::Table, from })
    }
}
