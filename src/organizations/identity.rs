//! One entity for one body in a document.
//!
//! Mentions come together by what the text itself shows: the same words in whatever case, a row of
//! the table, a bracket behind a name, an acronym of its initials, a short form of the body named
//! last with that head noun, a name that another continues by a country. Two names with different
//! rows of the table never do.

use rustc_hash::FxHashMap;

use super::canonical::By;
use super::coordinated;
use super::groups::Groups;
use super::user::Bodies;
use super::{canonical, known, user};
use crate::lexicon::bodies::{Classes, PageWords};
use crate::lexicon::classes::is_strange;
use crate::mention::{Fact, Join, Mention};
use crate::page::Page;
use crate::text::{Case, Text};

/// A name as identity sees it.
pub(crate) struct Name {
    /// Its index among the document's mentions.
    pub mention: usize,
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// The keys of its words.
    pub keys: Vec<u64>,
    /// Its row in the table.
    pub row: Option<u32>,
    /// A row that has this name among others: it counts if the document names that body in full.
    pub maybe: Option<u32>,
    /// The tokens of the country that it shares with the bodies beside it.
    pub shared: Option<(usize, usize)>,
    /// Its head noun's key, for a name of several words.
    pub head: Option<u64>,
}

/// Gives each organization its entity and its canonical name.
pub(crate) fn identify(page: &Page, mentions: &mut [Mention], bodies: Bodies) {
    let text = &page.text;
    let words = page.words();
    let mut names: Vec<Name> = Vec::new();
    let mut country = None; // that the document speaks of, once it is asked for
    for (i, mention) in mentions.iter().enumerate() {
        let Fact::Organization(fact) = &mention.fact else { continue };
        let range = text.tokens_in(mention.span);
        if range.is_empty() {
            continue;
        }
        let (mut row, mut maybe) = (fact.known, None);
        match known::row_of(text, words, range.start, range.end) {
            _ if row.is_some_and(user::is_users) => {}
            Some((r, known::Ambiguity::Bodies)) => {
                maybe = Some(r);
                row = None;
            }
            // "EPA" in a text about Peru
            Some((r, known::Ambiguity::Countries)) => {
                let here = *country.get_or_insert_with(|| canonical::country(page, mentions));
                let own = known::body(r).and_then(|b| b.country);
                (row, maybe) = if here.is_none() || here == own { (row.or(Some(r)), None) } else { (None, Some(r)) };
            }
            Some((r, _)) => row = row.or(Some(r)),
            None => {
                row = row
                    .or_else(|| parent_row(text, words, mentions, range.start, range.end))
                    .or_else(|| formed_row(text, words, range.start, range.end))
            }
        }
        let mut keys: Vec<u64> = words.keys(text, range.start, range.end).collect();
        if keys.is_empty() {
            keys.push(text.tokens[range.start].hash);
        }
        // as if each were named in full
        keys.splice(0..0, coordinated::noun_before(text, words, mention, range.start));
        let shared = coordinated::shared_country(text, words, mentions, i);
        keys.extend(shared.into_iter().flat_map(|(first, end)| words.keys(text, first, end)));
        let head = if keys.len() > 1 { head_key(text, words, range.start, range.end) } else { None };
        names.push(Name { mention: i, first: range.start, end: range.end, keys, row, maybe, shared, head });
    }
    part_affiliates(text, words, &mut names);
    let mut groups = Groups::of(text, words, mentions, &names);

    let setting = canonical::Setting::new(page, words, mentions, bodies);
    let mut named: Vec<canonical::Named> = Vec::new();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    let mut order = Vec::new();
    for i in 0..names.len() {
        let root = groups.find(i);
        let list = &mut members[root];
        if list.is_empty() {
            order.push(root);
        }
        list.push(i);
    }
    for root in &order {
        named.push(setting.name(&names, &members[*root], groups.rows[*root]));
    }
    // two groups that a table or a pattern calls by one name are one body
    let mut entities: Vec<u32> = Vec::with_capacity(order.len());
    let mut by_name: FxHashMap<&str, u32> = FxHashMap::default();
    let mut next = 0;
    for named in &named {
        let mut fresh = || {
            next += 1;
            next
        };
        entities.push(if named.by == By::Text { fresh() } else { *by_name.entry(&named.name).or_insert_with(fresh) });
    }
    let mut joins = joins(text, &names, &members, &order, &named, &groups);
    for (number, root) in order.iter().enumerate() {
        let named = &named[number];
        for &i in &members[*root] {
            if let Fact::Organization(fact) = &mut mentions[names[i].mention].fact {
                fact.entity = entities[number];
                fact.known = named.row;
                fact.key = named.row.and_then(|row| bodies.get(row)).map(|body| body.id.clone());
                fact.name = named.name.clone();
                fact.country = named.country;
                fact.acronym = named.acronym.clone();
                fact.join = joins[i].take();
                if !named.kind.is_empty() {
                    fact.kind = named.kind;
                } else if fact.kind == "NGO" {
                    fact.kind = "ngo";
                }
            }
        }
    }
}

/// What ties each name to its body: the name that it was joined with, on the way to the one that
/// the canonical name was made from.
fn joins(
    text: &Text,
    names: &[Name],
    members: &[Vec<usize>],
    order: &[usize],
    named: &[canonical::Named],
    groups: &Groups,
) -> Vec<Option<Join>> {
    let mut neighbours: Vec<Vec<(usize, &'static str)>> = vec![Vec::new(); names.len()];
    for &(a, b, rule) in &groups.edges {
        neighbours[a].push((b, rule));
        neighbours[b].push((a, rule));
    }
    let span = |i: usize| text.span(names[i].first, names[i].end - 1);
    let mut joins: Vec<Option<Join>> = vec![None; names.len()];
    let mut seen = vec![false; names.len()];
    let mut group = vec![usize::MAX; names.len()];
    for &root in order {
        for &i in &members[root] {
            group[i] = root;
        }
    }
    for (root, named) in order.iter().zip(named) {
        let list = &members[*root];
        let mut queue: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
        for &i in list {
            let of_table = named.row.is_some() && names[i].row == named.row;
            if of_table || i == named.from {
                seen[i] = true;
                queue.push_back(i);
                let rule = match named.by {
                    By::Table if of_table => "table/organizations",
                    By::Table | By::Pattern => "canonical/pattern",
                    By::Text => "canonical/nominative",
                };
                joins[i] = (text.slice(span(i)) != named.name).then_some(Join { rule, with: None });
            }
        }
        while let Some(i) = queue.pop_front() {
            for &(j, rule) in &neighbours[i] {
                if group[j] == *root && !seen[j] {
                    seen[j] = true;
                    queue.push_back(j);
                    // the same words again say nothing new: what ties them is what ties the first
                    let same = text.slice(span(i)) == text.slice(span(j));
                    joins[j] = if same { joins[i].clone() } else { Some(Join { rule, with: Some(span(i)) }) };
                }
            }
        }
        for &i in list.iter().filter(|&&i| !seen[i]) {
            joins[i] = Some(Join { rule: "identity/short-form", with: Some(span(named.from)) });
        }
    }
    joins
}

/// "ADRA Japan" and "ADRA Nepal" in one text are two bodies, though either alone stands for the one of the
/// table: where a charity's name has two countries behind it, each is a body of its own.
fn part_affiliates(text: &Text, words: &PageWords, names: &mut [Name]) {
    let rest = |name: &Name| -> Option<(u32, u64)> {
        let row = name.row?;
        let charity = known::body(row).is_some_and(|b| matches!(b.kind, "ngo" | "church"));
        let (to, _) = known::longest(text, words, name.first, name.end).filter(|&(to, r)| charity && r == row && to < name.end)?;
        let plain = (to..name.end).all(|k| text.tokens[k].is_capital() && !words.is(k, Classes::HEAD));
        plain.then(|| (row, words.stems[to]))
    };
    let affiliates: Vec<Option<(u32, u64)>> = names.iter().map(rest).collect();
    let mut first: FxHashMap<u32, u64> = FxHashMap::default();
    let several: Vec<u32> =
        affiliates.iter().flatten().filter(|&&(row, place)| *first.entry(row).or_insert(place) != place).map(|&(row, _)| row).collect();
    for (name, of) in names.iter_mut().zip(&affiliates) {
        if of.is_some_and(|(row, _)| several.first() == Some(&row) || several.len() > 1 && several.contains(&row)) {
            name.row = None;
        }
    }
}

/// The row of a name of several words in a legal form's quotation marks: ОО «Ассоциация …».
fn formed_row(text: &Text, words: &PageWords, first: usize, end: usize) -> Option<u32> {
    let open = (first..end).take_while(|&k| words.is(k, Classes::LEGAL) || text.fold(k) == "\"").find(|&k| text.fold(k) == "\"")?;
    if open == first || text.fold(end - 1) != "\"" || end < open + 4 {
        return None;
    }
    known::row_of(text, words, open + 1, end - 1).filter(|(_, ambiguity)| *ambiguity == known::Ambiguity::Sure).map(|(row, _)| row)
}

/// The places that begin at a byte; `mentions` are in order.
pub(super) fn places_at(mentions: &[Mention], start: u32) -> impl Iterator<Item = &Mention> {
    let from = mentions.partition_point(|m| m.span.start < start);
    mentions[from..].iter().take_while(move |m| m.span.start == start).filter(|m| matches!(m.fact, Fact::Place(_)))
}

/// The row of the body whose office a name is: "OSCE Mission to Moldova", «Представительство ЕС».
fn parent_row(text: &Text, words: &PageWords, mentions: &[Mention], first: usize, end: usize) -> Option<u32> {
    if let Some((to, row)) = known::longest(text, words, first, end) {
        // "WWF Russia", "KOICA Ghana": the body with a country behind it, and not "EU InfoCentre"
        let own = |k: usize| text.tokens[k].case == Case::Mixed || is_strange(text.fold(k));
        let placed = to == end || places_at(mentions, text.tokens[to].span.start).next().is_some() || !own(to);
        if placed && (to..end).all(|k| text.tokens[k].is_capital() && !words.is(k, Classes::HEAD)) && end - to <= 3 {
            let own = known::body(row).is_some_and(|b| known::is_apart(b.kind, &b.id) || matches!(b.kind, "bank" | "media" | "university"));
            return (!own || to == end).then_some(row);
        }
    }
    // a country office belongs to its parent: an office word, and a known body beside it
    let office = (first..end).find(|&k| words.get(k).kind == "office" || is_centre(text, words, k, first, end))?;
    if (first..end).any(|k| matches!(text.fold(k), "national" | "national's") || text.fold(k).starts_with("национальн")) {
        return None; // "National Erasmus+ Office"
    }
    let mut row = None;
    let mut k = first;
    while k < end {
        if let Some((to, r)) = known::longest(text, words, k, end) {
            // two known bodies: whose office it is stays open
            if row.is_some_and(|known| known != r) {
                return None;
            }
            row = Some(r);
            k = to;
            continue;
        }
        let regional = text.fold(k) == "бюро"; // «представительство Европейского бюро ВОЗ»
        if k != office && words.is(k, Classes::HEAD) && !words.is(k, Classes::OFFICE) && !regional {
            return None;
        }
        k += 1;
    }
    row
}

/// «Центр ОБСЕ в Ашхабаде»: a body's own centre in a place.
fn is_centre(text: &Text, words: &PageWords, k: usize, first: usize, end: usize) -> bool {
    let centre = matches!(text.fold(k), "centre" | "center" | "presence" | "бюро")
        || text.fold(k).starts_with("центр") && text.fold(k).chars().count() <= 7;
    let beside = || {
        known::longest(text, words, k + 1, end).is_some() && k == first
            || (first..k).any(|i| known::longest(text, words, i, k).is_some_and(|(to, _)| to == k))
    };
    centre && beside() && (k..end).any(|i| matches!(text.fold(i), "in" | "to" | "в"))
}

fn head_key(text: &Text, words: &PageWords, first: usize, end: usize) -> Option<u64> {
    let latin = text.tokens[first].script == crate::text::Script::Latin;
    let head = |k: &usize| words.is(*k, Classes::HEAD);
    let tail = (first..end).find(|&k| matches!(text.fold(k), "of" | "for" | "on" | "under" | "in" | "to")).unwrap_or(end);
    let found = if latin { (first..tail).rev().find(head).or_else(|| (first..end).find(head)) } else { (first..end).find(head) };
    found.map(|k| words.head_stem(k))
}

#[cfg(test)]
mod tests {
    use crate::mention::Fact;
    use crate::page::Page;

    /// Text, entity and name of each body.
    fn bodies(source: &str) -> Vec<(String, u32, String)> {
        let page = Page::new(source, true);
        let known = super::super::lookup(&page);
        let mut mentions = super::super::find(&page, &known, &[], &[]);
        super::super::identify(&page, &mut mentions, None);
        mentions
            .iter()
            .filter_map(|m| match &m.fact {
                Fact::Organization(o) => Some((page.text.slice(m.span).to_string(), o.entity, o.name.to_string())),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn cases_acronyms_and_short_forms_are_one_body() {
        let found = bodies("Институт стратегии развития (ИСР) открыт. В Институте стратегии развития рады. ИСР растёт, Институт строит.");
        assert!(found.len() >= 5, "{found:?}");
        assert!(found.iter().all(|b| b.1 == 1 && b.2 == "Институт стратегии развития"), "{found:?}");
    }

    #[test]
    fn one_name_in_both_languages() {
        let (en, ru) = (bodies("USAID pays."), bodies("Платит ЮСАИД, то есть Агентство США по международному развитию."));
        assert!(en.iter().chain(&ru).all(|b| b.2 == "United States Agency for International Development"), "{en:?} {ru:?}");
    }

    #[test]
    fn a_legal_form_parts_no_body_and_affiliates_are_parted() {
        let found = bodies("Garda Mills LLC grows. Last year Garda Mills paid.");
        assert_eq!(found.iter().map(|b| b.1).collect::<Vec<_>>(), [1, 1], "{found:?}");
    }

    #[test]
    fn the_company_is_the_firm_that_sends_the_release() {
        let text = "Dunlin Foods Buys Marta Mills, Inc.\nDunlin Foods Corporation (NYSE: DNLF) paid for Marta Mills, Inc. in May. In June the Company moved, and Dunlin Foods grew.\n";
        let found = bodies(text);
        let company = found.iter().find(|b| b.0 == "Company").map(|b| b.2.as_str());
        assert_eq!(company, Some("Dunlin Foods Corporation"), "{found:?}");
        assert!(!found.iter().any(|b| b.0.contains("DNLF")), "{found:?}");
        let found = bodies("Dunlin Foods Corporation (Garda Exchange: DNLF) paid.");
        assert!(found.len() == 2 && found[0].1 != found[1].1, "{found:?}");
        assert!(!bodies("The company grew. The Company of Stars sang.").iter().any(|b| b.0 == "Company"));
    }

    #[test]
    fn words_turned_around_are_one_body_and_letters_of_a_part_are_not_the_whole() {
        let found = bodies("The Bureau of Regional Water Growth paid. The Regional Water Growth Bureau is new.");
        assert_eq!(found[0].1, found[1].1, "{found:?}");
        let found = bodies("He heads the Roads Directorate of the Ministry of Works and Energy (MWE).");
        assert!(found.len() < 2 || found[0].1 != found[1].1, "{found:?}");
        let found = bodies("It began at the EU InfoCentre. The EU paid.");
        assert!(found.iter().filter(|b| b.0 != "EU").all(|b| b.1 != found[found.len() - 1].1), "{found:?}");
    }

    #[test]
    fn names_of_one_head_stay_apart() {
        let found = bodies("The Ministry of Health met the Ministry of Culture.");
        assert_ne!(found[0].1, found[1].1);
    }

    #[test]
    fn russian_names_are_nominative() {
        let found = bodies("Гости Национального центра поддержки материнства уехали.");
        assert_eq!(found[0].2, "Национальный центр поддержки материнства");
    }
}
