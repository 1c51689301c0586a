//! One entity for one body in a document.
//!
//! Mentions come together by what the text itself shows: the same words in whatever case, a row of
//! the table, a bracket behind a name, an acronym of its initials, a short form of the body named
//! last with that head noun, a name that another continues by a country. Two names with different
//! rows of the table never do.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::canonical::By;
use super::user::Bodies;
use super::words::{Classes, PageWords};
use super::{canonical, kinds, known, stems, user};
use crate::mention::{Fact, Join, Mention};
use crate::page::Page;
use crate::text::{Case, Kind, Text};

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
    maybe: Option<u32>,
    /// Its head noun's key, for a name of several words.
    head: Option<u64>,
}

/// Gives each organization its entity and its canonical name.
pub(crate) fn identify(page: &Page, mentions: &mut [Mention], bodies: Bodies) {
    let text = &page.text;
    let words = page.words();
    let mut names: Vec<Name> = Vec::new();
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
            Some((r, _)) => row = row.or(Some(r)),
            None => {
                row = row
                    .or_else(|| parent_row(text, words, range.start, range.end))
                    .or_else(|| formed_row(text, words, range.start, range.end))
            }
        }
        let mut keys: Vec<u64> = stems::keys(text, range.start, range.end).collect();
        if keys.is_empty() {
            keys.push(text.tokens[range.start].hash);
        }
        let head = if keys.len() > 1 { head_key(text, words, range.start, range.end) } else { None };
        names.push(Name { mention: i, first: range.start, end: range.end, keys, row, maybe, head });
    }
    let mut groups = Groups::new(&names);
    same_words(&names, &mut groups);
    brackets(text, &names, &mut groups);
    initials(text, &names, &mut groups);
    continued(text, mentions, &names, &mut groups);
    inner_names(text, &names, &mut groups);
    uncertain(&names, &mut groups);
    typing_errors(text, &names, &mut groups);
    beginnings(text, words, mentions, &names, &mut groups);
    short_forms(text, words, &names, &mut groups);

    let setting = canonical::Setting::new(page, words, mentions, bodies);
    let mut named: Vec<canonical::Named> = Vec::new();
    let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut order = Vec::new();
    for i in 0..names.len() {
        let root = groups.find(i);
        let list = members.entry(root).or_default();
        if list.is_empty() {
            order.push(root);
        }
        list.push(i);
    }
    for root in &order {
        named.push(setting.name(&names, &members[root], groups.rows[*root]));
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
        for &i in &members[root] {
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
    members: &FxHashMap<usize, Vec<usize>>,
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
        for &i in &members[&root] {
            group[i] = root;
        }
    }
    for (root, named) in order.iter().zip(named) {
        let list = &members[root];
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

/// The row of a name of several words in a legal form's quotation marks: ОО «Ассоциация …».
fn formed_row(text: &Text, words: &PageWords, first: usize, end: usize) -> Option<u32> {
    let open = (first..end).take_while(|&k| words.is(k, Classes::LEGAL) || text.fold(k) == "\"").find(|&k| text.fold(k) == "\"")?;
    if open == first || text.fold(end - 1) != "\"" || end < open + 4 {
        return None;
    }
    known::row_of(text, words, open + 1, end - 1).filter(|(_, ambiguity)| *ambiguity == known::Ambiguity::Sure).map(|(row, _)| row)
}

/// The row of the body whose office a name is: "OSCE Mission to Moldova", «Представительство ЕС».
fn parent_row(text: &Text, words: &PageWords, first: usize, end: usize) -> Option<u32> {
    if let Some((to, row)) = known::longest(text, words, first, end) {
        // "WWF Russia", "KOICA Ghana": the body with a country behind it
        if (to..end).all(|k| text.tokens[k].is_capital() && !words.is(k, Classes::HEAD)) && end - to <= 3 {
            // companies and the like are registered on their own: "Shell Kazakhstan"
            let own =
                known::body(row).is_some_and(|b| matches!(b.kind, "company" | "bank" | "media" | "party" | "foundation" | "university"));
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
        if k != office && words.is(k, Classes::HEAD) && !words.is(k, Classes::OFFICE) {
            return None;
        }
        k += 1;
    }
    row
}

/// «Центр ОБСЕ в Ашхабаде»: a body's own centre in a place.
fn is_centre(text: &Text, words: &PageWords, k: usize, first: usize, end: usize) -> bool {
    let centre =
        matches!(text.fold(k), "centre" | "center" | "presence") || text.fold(k).starts_with("центр") && text.fold(k).chars().count() <= 7;
    let beside = known::longest(text, words, k + 1, end).is_some() && k == first
        || (first..k).any(|i| known::longest(text, words, i, k).is_some_and(|(to, _)| to == k));
    centre && beside && (k..end).any(|i| matches!(text.fold(i), "in" | "to" | "в"))
}

fn head_key(text: &Text, words: &PageWords, first: usize, end: usize) -> Option<u64> {
    let latin = text.tokens[first].script == crate::text::Script::Latin;
    let head = |k: &usize| words.is(*k, Classes::HEAD);
    let tail = (first..end).find(|&k| matches!(text.fold(k), "of" | "for" | "on" | "under" | "in" | "to")).unwrap_or(end);
    let found = if latin { (first..tail).rev().find(head).or_else(|| (first..end).find(head)) } else { (first..end).find(head) };
    found.map(|k| words.stems[k])
}

/// Groups of names that are one body, each with at most one row of the table.
pub(crate) struct Groups {
    parent: Vec<usize>,
    rows: Vec<Option<u32>>,
    /// What joined two names, and by which rule.
    edges: Vec<(usize, usize, &'static str)>,
}

impl Groups {
    fn new(names: &[Name]) -> Self {
        Self { parent: (0..names.len()).collect(), rows: names.iter().map(|n| n.row).collect(), edges: Vec::new() }
    }

    fn find(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    /// Joins two names, unless the table says that they are two bodies.
    fn join(&mut self, a: usize, b: usize, rule: &'static str) -> bool {
        let edge = (a, b, rule);
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return true;
        }
        if let (Some(x), Some(y)) = (self.rows[a], self.rows[b])
            && x != y
        {
            return false;
        }
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
        self.rows[low] = self.rows[low].or(self.rows[high]);
        self.edges.push(edge);
        true
    }

    /// Joins name `i` with the body that `fits`, where the names that fit are all of one body.
    fn join_only(&mut self, i: usize, names: &[Name], rule: &'static str, fits: impl Fn(&Name) -> bool) {
        self.join_only_among(i, rule, names.iter().enumerate().filter(|(_, name)| fits(name)).map(|(j, _)| j));
    }

    /// The same for names that are known to fit, in order.
    fn join_only_among(&mut self, i: usize, rule: &'static str, fitting: impl Iterator<Item = usize>) {
        let mut fit: Option<usize> = None;
        for j in fitting {
            match fit {
                Some(known) if self.find(known) != self.find(j) => return,
                _ => fit = Some(j),
            }
        }
        if let Some(j) = fit {
            self.join(i, j, rule);
        }
    }
}

fn same_words(names: &[Name], groups: &mut Groups) {
    let mut by_keys: FxHashMap<&[u64], usize> = FxHashMap::default();
    let mut by_row: FxHashMap<u32, usize> = FxHashMap::default();
    for (i, name) in names.iter().enumerate() {
        if let Some(row) = name.row {
            groups.join(*by_row.entry(row).or_insert(i), i, "table/organizations");
        }
        groups.join(*by_keys.entry(&name.keys).or_insert(i), i, "identity/same-words");
    }
}

/// "Full Name (FN)": two names, one right in the other's bracket.
fn brackets(text: &Text, names: &[Name], groups: &mut Groups) {
    for (i, pair) in names.windows(2).enumerate() {
        let (outer, inner) = (&pair[0], &pair[1]);
        let mut open = outer.end;
        if text.fold(open) == "\"" {
            open += 1;
        }
        if text.fold(open) == "("
            && (inner.first == open + 1
                || text.fold(open + 1) == "\""
                || matches!(text.fold(open + 1), "далее" | "hereinafter" | "hereafter"))
            && inner.first <= open + 4
        {
            groups.join(i, i + 1, "identity/bracket");
        }
    }
}

/// An acronym of several bodies means the one that the document names in full.
fn uncertain(names: &[Name], groups: &mut Groups) {
    for (i, name) in names.iter().enumerate() {
        let root = groups.find(i);
        let Some(row) = name.maybe.filter(|_| groups.rows[root].is_none()) else { continue };
        if let Some(j) = names.iter().position(|n| n.row == Some(row)) {
            groups.join(i, j, "identity/ambiguous-acronym");
        }
    }
}

fn is_acronym(text: &Text, name: &Name) -> bool {
    name.end == name.first + 1
        && text.tokens[name.first].kind == Kind::Word
        && matches!(text.tokens[name.first].case, Case::Upper | Case::Mixed)
        && text.tokens[name.first].span.len() >= 2
}

/// An acronym and the one name of the document whose initials it has.
fn initials(text: &Text, names: &[Name], groups: &mut Groups) {
    let mut by_initials: Option<FxHashMap<Vec<char>, Vec<usize>>> = None;
    for (i, name) in names.iter().enumerate() {
        if !is_acronym(text, name) || text.fold(name.first).chars().count() < 3 {
            continue;
        }
        let letters: Vec<char> = text.str(name.first).chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect();
        if letters.len() < 3 {
            continue;
        }
        let by_initials = by_initials.get_or_insert_with(|| {
            let mut by_initials: FxHashMap<Vec<char>, Vec<usize>> = FxHashMap::default();
            for (j, other) in names.iter().enumerate().filter(|(_, other)| other.keys.len() >= 2) {
                let [all, large] = initials_of(text, other);
                if all != large {
                    by_initials.entry(all).or_default().push(j);
                }
                by_initials.entry(large).or_default().push(j);
            }
            by_initials
        });
        groups.join_only_among(i, "identity/initials", by_initials.get(&letters).into_iter().flatten().copied());
    }
}

/// The first letters of all words of a name, and of its large ones.
fn initials_of(text: &Text, name: &Name) -> [Vec<char>; 2] {
    let all: Vec<char> = (name.first..name.end)
        .filter(|&k| text.tokens[k].kind == Kind::Word && text.fold(k) != "'s")
        .filter_map(|k| text.fold(k).chars().next())
        .collect();
    let large: Vec<char> = (name.first..name.end)
        .filter(|&k| text.tokens[k].kind == Kind::Word && text.str(k).chars().count() > 3 || text.tokens[k].is_capital())
        .filter(|&k| !matches!(text.fold(k), "of" | "for" | "the" | "and" | "on" | "in" | "to" | "и" | "по" | "при" | "для" | "в"))
        .filter_map(|k| text.fold(k).chars().next())
        .collect();
    [all, large]
}

/// "Ministry of Finance" and "Ministry of Finance of Georgia": the one goes on with a place, and no
/// other does.
fn continued(text: &Text, mentions: &[Mention], names: &[Name], groups: &mut Groups) {
    for (i, short) in names.iter().enumerate() {
        if short.keys.len() < 2 {
            continue;
        }
        groups.join_only(i, names, "identity/continued", |long| {
            long.keys.len() > short.keys.len()
                && (long.keys.starts_with(&short.keys) && rest_is_place(text, mentions, long, short.keys.len()) || is_part(short, long))
        });
    }
}

/// "Aarhus Center" in "Kapan Aarhus Center": the last words of the longer name, the head the same.
fn is_part(short: &Name, long: &Name) -> bool {
    short.head.is_some() && short.head == long.head && short.keys.last() == short.head.as_ref() && long.keys.ends_with(&short.keys)
}

/// Whether what stands after the first `words` words of a name is small words and a place.
fn rest_is_place(text: &Text, mentions: &[Mention], name: &Name, words: usize) -> bool {
    let mut seen = 0;
    let mut k = name.first;
    while k < name.end && seen < words {
        if text.tokens[k].kind != Kind::Mark {
            seen += 1;
        }
        k += 1;
    }
    while k < name.end
        && (text.tokens[k].kind == Kind::Mark
            || matches!(text.fold(k), "of" | "the" | "in" | "to" | "в" | "во" | "г" | "города" | "района"))
    {
        k += 1;
    }
    if k >= name.end {
        return true;
    }
    let rest = text.span(k, name.end - 1);
    mentions.iter().any(|m| matches!(m.fact, Fact::Place(_)) && m.span == rest)
        || name.end - k == 1 && matches!(text.str(k), "КР" | "РК" | "РТ" | "РФ" | "РУз" | "РБ" | "РМ" | "РА" | "АР")
}

/// ОФ «Десента» and «Десента»; "Foundation “X”" and "X"; ОФ «Десента» and Фонд «Десента», both foundations.
fn inner_names(text: &Text, names: &[Name], groups: &mut Groups) {
    let inner: Vec<Vec<u64>> = names.iter().map(|name| inner_keys(text, name)).collect();
    let mut by_keys: FxHashMap<&[u64], Vec<usize>> = FxHashMap::default();
    for (i, name) in names.iter().enumerate() {
        by_keys.entry(&name.keys).or_default().push(i);
    }
    for (i, keys) in inner.iter().enumerate().filter(|(_, keys)| !keys.is_empty()) {
        if let Some(&j) = by_keys.get(keys.as_slice()).and_then(|list| list.iter().find(|&&j| j != i)) {
            groups.join(i, j, "identity/quoted-part");
        }
    }
    // ОО «Хамроз» and Фонд «Хамроз» are two bodies: the kinds must be one
    let mut by_inner: FxHashMap<(&[u64], &str), usize> = FxHashMap::default();
    for (i, keys) in inner.iter().enumerate().filter(|(_, keys)| !keys.is_empty()) {
        let kind = kinds::of(text, names[i].first, names[i].end);
        if kind.is_empty() || names[i].keys.iter().any(|key| UNITS.contains(key)) {
            continue;
        }
        let first = *by_inner.entry((keys, kind)).or_insert(i);
        if first != i {
            groups.join(first, i, "identity/one-kind");
        }
    }
    for (i, name) in names.iter().enumerate().filter(|&(i, _)| !inner[i].is_empty()) {
        for (j, other) in names.iter().enumerate() {
            if j != i
                && other.keys.len() == inner[i].len() + 1
                && other.keys.ends_with(&inner[i])
                && name.keys.len() > other.keys.len()
                && name.keys.ends_with(&other.keys)
            {
                groups.join(i, j, "identity/quoted-part");
            }
        }
    }
}

/// The keys of what a name of more words has in quotation marks.
fn inner_keys(text: &Text, name: &Name) -> Vec<u64> {
    let Some(open) = (name.first..name.end).find(|&k| text.fold(k) == "\"") else { return Vec::new() };
    let close = (open + 1..name.end).rev().find(|&k| text.fold(k) == "\"").unwrap_or(name.end);
    if open == name.first && close + 1 >= name.end {
        return Vec::new();
    }
    stems::keys(text, open + 1, close).collect()
}

/// "Clay Road" for "Clay Road Development Agency": the words that the one longer name begins with,
/// named after it, neither a place, a people nor a word for a kind of body. Only where the longer name
/// is that of a foundation, an association or a company: "Biden" is not the Biden Administration.
fn beginnings(text: &Text, words: &PageWords, mentions: &[Mention], names: &[Name], groups: &mut Groups) {
    let is_plain = |name: &Name| {
        name.row.is_none()
            && name.maybe.is_none()
            && name.keys.len() <= 2
            && !super::official::is_office(text, &words.stems, name.first, name.end)
            && (name.first..name.end).all(|k| {
                let token = &text.tokens[k];
                token.kind != Kind::Mark
                    && token.case == Case::Title
                    && !words.is(k, Classes::HEAD)
                    && !kinds::is_generic(text, k)
                    && token.span.len() > 3
                    && !super::official::is_demonym(words.stems[k])
            })
            && !mentions.iter().any(|m| matches!(m.fact, Fact::Place(_) | Fact::Person(_)) && text.tokens_in(m.span).contains(&name.first))
    };
    for (i, short) in names.iter().enumerate() {
        if !is_plain(short) {
            continue;
        }
        groups.join_only(i, names, "identity/beginning", |long| {
            long.keys.len() > short.keys.len()
                && long.first < short.first
                && long.row.is_none()
                && long.keys.starts_with(&short.keys)
                && match kinds::of(text, long.first, long.end) {
                    "foundation" | "ngo" | "company" => true,
                    "agency" => long.keys.len() >= short.keys.len() + 2,
                    _ => false,
                }
                && !long.keys.iter().any(|key| UNITS.contains(key))
        });
    }
}

/// Words for a part of a body, which is a body of its own.
static UNITS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    [
        "Faculty",
        "Department",
        "Branch",
        "Division",
        "Laboratory",
        "Chair",
        "Unit",
        "Section",
        "факультет",
        "кафедра",
        "филиал",
        "отдел",
        "отделение",
        "лаборатория",
    ]
    .map(|word| stems::key(&Text::new(word), 0))
    .to_vec()
});

/// Long names that differ by one letter in one word.
fn typing_errors(text: &Text, names: &[Name], groups: &mut Groups) {
    for i in 0..names.len() {
        if names[i].keys.len() < 3 {
            continue;
        }
        for j in i + 1..names.len() {
            let (a, b) = (&names[i], &names[j]);
            if a.keys.len() != b.keys.len() || groups.find(i) == groups.find(j) {
                continue;
            }
            let mut differ = a.keys.iter().zip(&b.keys).enumerate().filter(|(_, (x, y))| x != y).map(|(k, _)| k);
            if let (Some(k), None) = (differ.next(), differ.next()) {
                let word = |name: &Name| {
                    (name.first..name.end)
                        .filter(|&t| text.tokens[t].kind == Kind::Word)
                        .nth(k)
                        .map(|t| text.fold(t))
                        .unwrap_or_default()
                        .to_string()
                };
                let (x, y) = (word(a), word(b));
                if x.chars().count() >= 6 && one_letter_apart(&x, &y) {
                    groups.join(i, j, "identity/typing-error");
                }
            }
        }
    }
}

fn one_letter_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() - short.len() > 1 || short == long {
        return false; // words of one form that a boundary told apart are no typing error
    }
    let same = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let rest_long = &long[same + 1..];
    let rest_short = if short.len() == long.len() { &short[same + 1..] } else { &short[same..] };
    rest_long == rest_short
}

/// A lone head noun belongs to a body with that head: the one of which the document speaks most,
/// among equals the one named last before it.
fn short_forms(text: &Text, words: &PageWords, names: &[Name], groups: &mut Groups) {
    let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
    let lone = |name: &Name| name.keys.len() == 1 && words.is(name.first, Classes::HEAD) && text.tokens[name.first].case != Case::Upper;
    for (i, name) in names.iter().enumerate() {
        if !lone(name) {
            *counts.entry(groups.find(i)).or_default() += 1;
        }
    }
    for (i, name) in names.iter().enumerate() {
        if !lone(name) {
            continue;
        }
        let key = name.keys[0];
        let mut best: Option<(usize, usize)> = None;
        for j in (0..i).rev() {
            if names[j].head == Some(key) {
                let count = counts.get(&groups.find(j)).copied().unwrap_or(0);
                if best.is_none_or(|(most, _)| count > most) {
                    best = Some((count, j));
                }
            }
        }
        if best.is_none() {
            // "the Organization" for "Office of the International Organization for Migration"
            let office = |n: &Name| (n.first..n.end).any(|k| words.is(k, Classes::OFFICE) && words.stems[k] != key);
            best = (0..i).rev().find(|&j| names[j].keys.len() > 1 && names[j].keys.contains(&key) && office(&names[j])).map(|j| (0, j));
        }
        let after = || (i + 1..names.len()).find(|&j| names[j].head == Some(key));
        if let Some(j) = best.map(|b| b.1).or_else(after) {
            // each lone mention goes with its own antecedent
            groups.parent[i] = groups.find(j);
            groups.edges.push((i, j, "identity/short-form"));
        }
    }
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
