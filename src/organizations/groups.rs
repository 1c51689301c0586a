//! Which names of a document are of one body: groups of names, and the rules that join them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::identity::{Name, places_at};
use super::kinds;
use super::longer::Longer;
use super::typing::typing_errors;
use crate::lexicon::bodies::{COMPANY, Classes, PageWords};
use crate::lexicon::stems;
use crate::mention::{Fact, Mention};
use crate::text::{Case, Kind, Text};

/// Groups of names that are one body, each with at most one row of the table.
pub(crate) struct Groups {
    pub(super) parent: Vec<usize>,
    pub(super) rows: Vec<Option<u32>>,
    /// What joined two names, and by which rule.
    pub(super) edges: Vec<(usize, usize, &'static str)>,
}

impl Groups {
    /// The names of a document by body.
    pub fn of(text: &Text, words: &PageWords, mentions: &[Mention], names: &[Name]) -> Self {
        let mut groups = Self::new(names);
        same_words(names, &mut groups);
        brackets(text, words, names, &mut groups);
        initials(text, names, &mut groups);
        continued(text, mentions, names, &mut groups);
        inner_names(text, names, &mut groups);
        legal_forms(text, words, names, &mut groups);
        word_order(text, names, &mut groups);
        uncertain(names, &mut groups);
        typing_errors(text, names, &mut groups);
        beginnings(text, words, mentions, names, &mut groups);
        short_forms(text, words, names, &mut groups);
        groups
    }

    pub(super) fn new(names: &[Name]) -> Self {
        Self { parent: (0..names.len()).collect(), rows: names.iter().map(|n| n.row).collect(), edges: Vec::new() }
    }

    pub(super) fn find(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    /// Joins two names, unless the table says that they are two bodies.
    pub(super) fn join(&mut self, a: usize, b: usize, rule: &'static str) -> bool {
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
    pub(super) fn join_only(&mut self, i: usize, names: &[Name], rule: &'static str, fits: impl Fn(&Name) -> bool) {
        self.join_only_among(i, rule, names.iter().enumerate().filter(|(_, name)| fits(name)).map(|(j, _)| j));
    }

    /// The same for names that are known to fit, in order.
    pub(super) fn join_only_among(&mut self, i: usize, rule: &'static str, fitting: impl Iterator<Item = usize>) {
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

pub(super) fn same_words(names: &[Name], groups: &mut Groups) {
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
pub(super) fn brackets(text: &Text, words: &PageWords, names: &[Name], groups: &mut Groups) {
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
            && text.mark(inner.end) != b':' // "(NYSE: ABCD)"
            && !is_of_part(text, words, outer, inner)
        {
            groups.join(i, i + 1, "identity/bracket");
        }
    }
}

/// "Roads Directorate of the Ministry of Works and Transport (MWT)": the letters are of the body whose part is named.
fn is_of_part(text: &Text, words: &PageWords, outer: &Name, inner: &Name) -> bool {
    if !is_acronym(text, inner) || text.fold(inner.first).chars().count() < 3 {
        return false;
    }
    let letters: Vec<char> = text.str(inner.first).chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect();
    let counts = |first: usize| {
        let capitals = (first..outer.end).filter(|&k| text.tokens[k].is_capital() && text.tokens[k].kind == Kind::Word);
        capitals.filter_map(|k| text.fold(k).chars().next()).filter(|c| c.is_alphabetic()).eq(letters.iter().copied())
    };
    !counts(outer.first) && (outer.first + 2..outer.end).any(|k| words.is(k, Classes::HEAD) && counts(k))
}

/// "Bureau of Regional Development" and "Regional Development Bureau": the same words about one head.
pub(super) fn word_order(text: &Text, names: &[Name], groups: &mut Groups) {
    let turned: Vec<(usize, Vec<u64>)> = names
        .iter()
        .enumerate()
        .filter(|(_, name)| name.keys.len() >= 4 && text.fold(name.first + 1) == "of" && name.head == name.keys.first().copied())
        .map(|(i, name)| (i, name.keys[2..].iter().chain(&name.keys[..1]).copied().collect()))
        .collect();
    if turned.is_empty() {
        return;
    }
    let by_keys: FxHashMap<&[u64], usize> = names.iter().enumerate().rev().map(|(i, name)| (name.keys.as_slice(), i)).collect();
    for (i, keys) in turned {
        if let Some(&j) = by_keys.get(keys.as_slice()) {
            groups.join(i, j, "identity/word-order");
        }
    }
}

/// An acronym of several bodies means the one that the document names in full.
pub(super) fn uncertain(names: &[Name], groups: &mut Groups) {
    let mut firsts: Option<FxHashMap<u32, usize>> = None;
    for (i, name) in names.iter().enumerate() {
        let root = groups.find(i);
        let Some(row) = name.maybe.filter(|_| groups.rows[root].is_none()) else { continue };
        let firsts = firsts.get_or_insert_with(|| {
            let rows = names.iter().enumerate().rev();
            rows.filter_map(|(j, name)| Some((name.row?, j))).collect()
        });
        if let Some(&j) = firsts.get(&row) {
            groups.join(i, j, "identity/ambiguous-acronym");
        }
    }
}

pub(super) fn is_acronym(text: &Text, name: &Name) -> bool {
    name.end == name.first + 1
        && text.tokens[name.first].kind == Kind::Word
        && matches!(text.tokens[name.first].case, Case::Upper | Case::Mixed)
        && text.tokens[name.first].span.len() >= 2
}

/// An acronym and the one name of the document whose initials it has.
pub(super) fn initials(text: &Text, names: &[Name], groups: &mut Groups) {
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
pub(super) fn initials_of(text: &Text, name: &Name) -> [Vec<char>; 2] {
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
pub(super) fn continued(text: &Text, mentions: &[Mention], names: &[Name], groups: &mut Groups) {
    let longer = Longer::of(names);
    for (i, short) in names.iter().enumerate() {
        if short.keys.len() < 2 {
            continue;
        }
        let fits = |long: &Name| {
            long.keys.len() > short.keys.len()
                && (long.keys.starts_with(&short.keys) && rest_is_place(text, mentions, long, short.keys.len()) || is_part(short, long))
        };
        match &longer {
            None => groups.join_only(i, names, "identity/continued", fits),
            Some(longer) => {
                let fitting = longer.than(short).iter().copied().filter(|&j| fits(&names[j]));
                groups.join_only_among(i, "identity/continued", fitting);
            }
        }
    }
}

/// "Aarhus Center" in "Kapan Aarhus Center": the last words of the longer name, the head the same.
pub(super) fn is_part(short: &Name, long: &Name) -> bool {
    short.head.is_some() && short.head == long.head && short.keys.last() == short.head.as_ref() && long.keys.ends_with(&short.keys)
}

/// Whether what stands after the first `words` words of a name is small words and a place.
pub(super) fn rest_is_place(text: &Text, mentions: &[Mention], name: &Name, words: usize) -> bool {
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
    places_at(mentions, rest.start).any(|place| place.span == rest)
        || name.end - k == 1 && matches!(text.str(k), "КР" | "РК" | "РТ" | "РФ" | "РУз" | "РБ" | "РМ" | "РА" | "АР")
}

/// ОФ «Десента» and «Десента»; "Foundation “X”" and "X"; ОФ «Десента» and Фонд «Десента», both foundations.
pub(super) fn inner_names(text: &Text, names: &[Name], groups: &mut Groups) {
    // «Совет АНО «Исток»» is no «Исток»
    let organ = |name: &Name| name.keys.len() > 1 && name.keys.iter().any(|key| ORGANS.contains(key));
    let inner: Vec<Vec<u64>> = names.iter().map(|name| if organ(name) { Vec::new() } else { inner_keys(text, name) }).collect();
    if inner.iter().all(Vec::is_empty) {
        return;
    }
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

/// "Garda Mills LLC" and "Garda Mills", "JSC Garda" and "Garda JSC": a legal form does not part them, where
/// the words without it are those of one body alone.
pub(super) fn legal_forms(text: &Text, words: &PageWords, names: &[Name], groups: &mut Groups) {
    let mut bare: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
    let mut formed = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let form = |k: &usize| words.is(*k, Classes::LEGAL) && text.tokens[*k].case != Case::Lower;
        let (mut first, mut end) = (name.first, name.end);
        while end > first + 1 && (form(&(end - 1)) || matches!(text.fold(end - 1), "." | ",")) {
            end -= 1;
        }
        while first + 1 < end && form(&first) {
            first += 1;
        }
        let keys: Vec<u64> = words.keys(text, first, end).collect();
        if keys.is_empty() || (first, end) == (name.first, name.end) {
            continue;
        }
        formed.push((i, keys));
    }
    if formed.is_empty() {
        return;
    }
    for (i, name) in names.iter().enumerate() {
        bare.entry(name.keys.clone()).or_insert(i);
    }
    for (i, keys) in formed {
        groups.join(*bare.entry(keys).or_insert(i), i, "identity/legal-form");
    }
}

/// The keys of what a name of more words has in quotation marks.
pub(super) fn inner_keys(text: &Text, name: &Name) -> Vec<u64> {
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
pub(super) fn beginnings(text: &Text, words: &PageWords, mentions: &[Mention], names: &[Name], groups: &mut Groups) {
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
            && !mentions.iter().any(|m| matches!(m.fact, Fact::Place(_) | Fact::Person(_)) && m.span.contains(text.tokens[name.first].span))
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

/// Words for an organ of a body.
static ORGANS: LazyLock<Vec<u64>> =
    LazyLock::new(|| ["Board", "правление", "наблюдательный"].map(|word| stems::key(&Text::new(word), 0)).to_vec());

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

/// A lone head noun belongs to a body with that head: the one of which the document speaks most,
/// among equals the one named last before it.
pub(super) fn short_forms(text: &Text, words: &PageWords, names: &[Name], groups: &mut Groups) {
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
        let key = words.head_stem(name.first);
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
        // "the Company" of a release is the firm that sends it, and that is named first behind the headlines
        if best.is_none() && key == *COMPANY {
            let in_prose = |k: usize| {
                let line = text.lines[text.tokens[k].line as usize].tokens;
                text.tokens[line.1 as usize - 1].kind == Kind::Mark && !words.is_titled(text, k)
            };
            best = (0..i).find(|&j| words.is_firm(names[j].first, names[j].end) && in_prose(names[j].first)).map(|j| (0, j));
        }
        if let Some(j) = best.map(|b| b.1).or_else(after) {
            // each lone mention goes with its own antecedent
            groups.parent[i] = groups.find(j);
            groups.edges.push((i, j, "identity/short-form"));
        }
    }
}
