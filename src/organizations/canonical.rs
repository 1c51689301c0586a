//! The canonical name of a body: the table's, one built by pattern, or the fullest form of the text.
//!
//! Ministries, embassies and governments get an English name built by pattern where every part is
//! sure, so both languages meet in it. A Russian name is given in the nominative: adjectives and
//! head noun are put into it with agreement, the tail stays.

use super::identity::Name;
use super::known;
use super::words::PageWords;
use crate::mention::{Mention, Name as Words};
use crate::page::Page;

/// What a body is called, with what the table knows of it.
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

/// Names the body whose names are `list`.
pub(crate) fn name(page: &Page, _words: &PageWords, _mentions: &[Mention], names: &[Name], list: &[usize], row: Option<u32>) -> Named {
    if let Some(body) = row.and_then(known::body) {
        let acronym = if body.acronym.is_empty() { None } else { Some(body.acronym.into()) };
        return Named { name: body.name.into(), country: body.country, acronym, kind: body.kind };
    }
    let text = &page.text;
    let fullest = list.iter().max_by_key(|&&i| (names[i].keys.len(), std::cmp::Reverse(i)));
    let name = fullest.map_or("", |&i| text.slice(text.span(names[i].first, names[i].end - 1)));
    let acronym = list.iter().map(|&i| &names[i]).find(|n| n.end == n.first + 1 && text.tokens[n.first].case == crate::text::Case::Upper);
    let acronym = acronym.map(|n| text.str(n.first)).filter(|&a| a != name).map(|a| a.to_string().into());
    Named { name: name.split_whitespace().collect::<Vec<_>>().join(" ").into(), country: None, acronym, kind: "" }
}
