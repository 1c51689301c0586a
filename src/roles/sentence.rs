//! A sentence as a row of names, words and marks, and the lists of bodies in it.
//!
//! A name is one item, whatever its length, so that a cue and its bodies lie a few items apart.
//! Lists run over commas, "and", brackets with acronyms, and the places that belong to a name.

use crate::mention::{Fact, Mention};
use crate::page::Page;
use crate::text::{Case as Capitals, Kind, Text};

use super::case::{self, Cases};
use super::cues::{CARRIERS, CUES, FUNDERS, GLUE, Glue, OBJECTS, Side};
use crate::mention::RoleKind;
use crate::organizations::forms::is_adjective;
use crate::organizations::words::Classes;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// An organization: its mention.
    Body(usize),
    /// A project: its mention.
    Project(usize),
    Money(usize),
    Date(usize),
    Place,
    Person,
    Word,
    Mark,
}

/// A name, a word or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub what: What,
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
}

/// A cue in a sentence: items from `first` to one before `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub first: usize,
    pub end: usize,
    pub row: u16,
}

/// A sentence, or a line of a list.
pub(super) struct Sentence<'s, 'p> {
    pub page: &'s Page<'p>,
    pub mentions: &'s [Mention],
    pub items: Vec<Item>,
    pub hits: Vec<Hit>,
    /// The bodies that words such as "they" and "the bank" may stand for: those of the sentences before.
    pub before: Vec<usize>,
}

/// Endings of Russian verbs that no noun or adjective in a list of names has.
const VERBS: [&str; 11] = ["али", "яли", "ило", "ало", "ает", "яет", "ует", "ают", "яют", "уют", "вали"];

/// Beginnings of words that tell what is put between a subject and its verb: "with support from", «в рамках проекта».
const INSERTED: [&str; 18] = [
    "поддержк",
    "содейств",
    "помощ",
    "рамках",
    "финансир",
    "support",
    "assistance",
    "funding",
    "framework",
    "part",
    "project",
    "средств",
    "счет",
    "заказ",
    "проект",
    "программ",
    "funds",
    "help",
];

/// Words that describe a body before its name: "the non-governmental organization".
const GAP: usize = 5;

impl<'s, 'p> Sentence<'s, 'p> {
    /// The items of the tokens `first..end`; `mention` is the first mention that may stand in them.
    pub fn new(page: &'s Page<'p>, mentions: &'s [Mention], first: usize, end: usize, mut mention: usize) -> Self {
        let text = &page.text;
        let mut items = Vec::with_capacity(end - first);
        let mut at = first;
        while at < end {
            let start = text.tokens[at].span.start;
            while mentions.get(mention).is_some_and(|m| m.span.start < start) {
                mention += 1;
            }
            if let Some(found) = mentions.get(mention).filter(|m| m.span.start == start) {
                let what = match &found.fact {
                    Fact::Organization(_) => What::Body(mention),
                    Fact::Project(_) => What::Project(mention),
                    Fact::Money(_) => What::Money(mention),
                    Fact::Date(_) => What::Date(mention),
                    Fact::Place(_) => What::Place,
                    Fact::Person(_) => What::Person,
                };
                let last = text.tokens_in(found.span).end.max(at + 1);
                items.push(Item { what, first: at, end: last });
                at = last;
                continue;
            }
            let what = if text.tokens[at].kind == Kind::Mark { What::Mark } else { What::Word };
            items.push(Item { what, first: at, end: at + 1 });
            at += 1;
        }
        let mut sentence = Self { page, mentions, items, hits: Vec::new(), before: Vec::new() };
        sentence.hits = sentence.find_hits();
        sentence
    }

    /// The cues of the sentence; of those that start at one place the longest.
    fn find_hits(&self) -> Vec<Hit> {
        let mut found: Vec<Hit> = Vec::new();
        let mut covered = 0;
        for (i, item) in self.items.iter().enumerate() {
            if !matches!(item.what, What::Word | What::Mark) {
                continue;
            }
            let mut longest = (0, &[][..]);
            CUES.phrases.each(self.text(), item.first, |end, rows| {
                let past = i + (end - item.first);
                if self.items.get(past - 1).is_some_and(|last| last.end == end) {
                    longest = (past, rows);
                }
            });
            if let Some(parted) = self.parted(i).filter(|p| p.0 > longest.0) {
                longest = parted;
            }
            let (end, rows) = longest;
            if end <= covered || rows.is_empty() {
                continue;
            }
            found.extend(rows.iter().map(|&row| Hit { first: i, end, row }));
            covered = end;
        }
        found
    }

    /// A participle at `item` whose "by" stands some words on: "organized in Osh on 5 May by".
    fn parted(&self, item: usize) -> Option<(usize, &'static [u16])> {
        let (end, rows) = CUES.parted.longest(self.text(), self.items[item].first)?;
        let mut at = item + (end - self.items[item].first);
        for _ in 0..9 {
            match self.items.get(at)?.what {
                What::Word if self.text().fold(self.items[at].first) == "by" => return Some((at + 1, rows)),
                What::Word if self.glue(at).is_some_and(|(_, g)| g.be || is_relative(self.word(at))) => return None,
                What::Word if CUES.parted.longest(self.text(), self.items[at].first).is_some() => return None,
                // "awarded to A by B"
                What::Body(_) if matches!(self.word(at - 1), "to" | "for") || matches!(self.word(at.saturating_sub(2)), "to" | "for") => {
                    at += 1;
                }
                What::Mark | What::Body(_) | What::Person => return None,
                _ => at += 1,
            }
        }
        None
    }

    /// Whether a cue for another role than `role` begins at an item: a list ends there.
    fn other_cue(&self, item: usize, role: RoleKind) -> bool {
        let mut here = self.hits.iter().filter(|h| h.first == item).peekable();
        here.peek().is_some()
            && here.all(|h| {
                let cue = &CUES.rows[h.row as usize];
                cue.role != role && cue.stands_alone() && cue.role <= RoleKind::Organizer
            })
    }

    /// The bodies named in the sentence, in order.
    pub fn bodies(&self) -> Vec<usize> {
        self.items.iter().filter_map(|i| if let What::Body(m) = i.what { Some(m) } else { None }).collect()
    }

    pub fn text(&self) -> &Text<'p> {
        &self.page.text
    }

    /// The folded word or mark of an item; empty for names and beyond the ends.
    pub fn word(&self, item: usize) -> &str {
        match self.items.get(item) {
            Some(Item { what: What::Word | What::Mark, first, .. }) => self.text().fold(*first),
            _ => "",
        }
    }

    fn what(&self, item: usize) -> Option<What> {
        self.items.get(item).map(|i| i.what)
    }

    /// The small word that starts at an item: one past it, and what it does.
    pub fn glue(&self, item: usize) -> Option<(usize, Glue)> {
        let first = self.items.get(item).filter(|i| matches!(i.what, What::Word | What::Mark))?.first;
        let mut best = None;
        GLUE.each(self.text(), first, |end, glue| {
            let past = item + (end - first);
            // a phrase must not reach into a name
            if self.items.get(past - 1).is_some_and(|i| i.end == end) {
                best = Some((past, *glue));
            }
        });
        best
    }

    fn glue_where(&self, item: usize, right: impl Fn(&Glue) -> bool) -> Option<usize> {
        self.glue(item).filter(|(_, g)| right(g)).map(|(end, _)| end)
    }

    /// Whether a small word of that kind ends right before item `end`.
    pub fn glue_before(&self, end: usize, right: impl Fn(&Glue) -> bool) -> Option<usize> {
        (1..=5).rev().filter_map(|n| end.checked_sub(n)).find(|&from| self.glue_where(from, &right) == Some(end))
    }

    pub fn body(&self, item: usize) -> Option<usize> {
        match self.what(item) {
            Some(What::Body(mention)) => Some(mention),
            _ => None,
        }
    }

    /// The bodies inside a project's name.
    pub fn inside(&self, project: usize) -> impl Iterator<Item = usize> + '_ {
        let span = self.mentions[project].span;
        (project + 1..self.mentions.len())
            .take_while(move |&m| self.mentions[m].span.start < span.end)
            .filter(move |&m| matches!(self.mentions[m].fact, Fact::Organization(_)) && span.contains(self.mentions[m].span))
    }

    /// The cases a body's name may stand in.
    pub fn cases(&self, mention: usize) -> Cases {
        let text = self.text();
        let tokens = text.tokens_in(self.mentions[mention].span);
        let cases = case::of_name(
            tokens
                .clone()
                .filter(|&t| text.tokens[t].kind == Kind::Word)
                .map(|t| (text.fold(t), matches!(text.tokens[t].case, Capitals::Upper | Capitals::Mixed) || text.fold(t).is_ascii())),
        );
        // the table gives the head noun's nominative
        let words = self.page.words();
        let head = tokens.take_while(|&t| words.is(t, Classes::HEAD) || is_adjective(text.fold(t))).find(|&t| words.is(t, Classes::HEAD));
        match head.map(|t| (text.fold(t), words.get(t).word)) {
            Some((form, lemma)) if !lemma.ends_with('ь') && !text.tokens.is_empty() => cases.with_head(form, lemma),
            _ => cases,
        }
    }

    /// Whether a body is of a kind that pays for others' work.
    pub fn pays(&self, mention: usize) -> bool {
        let text = self.text();
        let paying = ["bilateral", "multilateral", "dfi", "foundation", "government", "embassy", "fund", "bank", "international"];
        if matches!(&self.mentions[mention].fact, Fact::Organization(fact) if paying.contains(&fact.kind) && (fact.known.is_some() || fact.kind != "foundation"))
        {
            return true;
        }
        text.tokens_in(self.mentions[mention].span).any(|t| FUNDERS.hold(text, t))
    }

    /// Whether a project called a body's is what it pays for, rather than what it carries out.
    pub fn pays_for_its_own(&self, mention: usize) -> bool {
        let carries = match &self.mentions[mention].fact {
            Fact::Organization(fact) => fact.key.as_deref().is_some_and(|key| CARRIERS.contains(key)),
            _ => false,
        };
        !carries && self.pays(mention)
    }

    /// One past the bracket that opens at `item`, if it closes soon.
    fn past_bracket(&self, item: usize) -> Option<usize> {
        if self.word(item) != "(" {
            return None;
        }
        (item + 1..(item + 16).min(self.items.len())).find(|&i| self.word(i) == ")").map(|i| i + 1)
    }

    /// The item of the bracket that `item` closes.
    fn bracket_start(&self, item: usize) -> Option<usize> {
        if self.word(item) != ")" {
            return None;
        }
        (item.saturating_sub(16)..item).rev().find(|&i| self.word(i) == "(")
    }

    /// The list of bodies that begins at or soon after item `from`.
    ///
    /// `near`: no word may stand before the first body.
    pub fn list_after(&self, from: usize, near: bool, role: RoleKind) -> Vec<usize> {
        let mut found = Vec::new();
        let Some(mut at) = self.first_after(from, if near { 0 } else { GAP }, role, &mut found) else { return found };
        loop {
            at = self.past_aside(self.past_name(at));
            if let Some(next) = self.glue_where(at, |g| g.through) {
                // "financed by A through B", "organised by the programme through B"
                match self.first_after(next, 3, role, &mut found) {
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => break,
                }
            }
            at = self.past_tail(at);
            let (mut next, mut comma, mut joined) = (at, false, false);
            let parted = self.word(next) == ";" && !found.is_empty();
            if parted {
                next += 1;
                joined = true;
            }
            while let Some((end, glue)) = self.glue(next) {
                if !(glue.joins || glue.with) {
                    break;
                }
                comma |= self.word(next) == ",";
                joined |= self.word(next) != ",";
                next = end;
            }
            if next == at {
                break;
            }
            let before = found.len();
            let Some(after) = self.first_after(next, if joined { 3 } else { 2 }, role, &mut found) else {
                found.truncate(before);
                // a body that nobody knows stands between known ones
                match self.past_unknown(next).filter(|_| role == RoleKind::Donor && before > 0) {
                    Some(past) => {
                        at = past;
                        continue;
                    }
                    None => break,
                }
            };
            // "by A, B said": a comma alone, or a new clause with a subject of its own
            let past = self.past_name(after);
            let begins = self.what(past) == Some(What::Word) && !matches!(self.word(past), "and" | "и" | "for" | "under" | "in" | "grant");
            let clause = self.starts_predicate(past) && (comma || joined) || parted && begins && role != RoleKind::Partner;
            let open = comma && !joined && before == 1 && !self.list_goes_on(past, role);
            if clause || open {
                found.truncate(before);
                break;
            }
            at = after;
        }
        found
    }

    /// Whether a list part stands at `at`: a comma or "and" and a body soon after.
    fn list_goes_on(&self, at: usize, role: RoleKind) -> bool {
        let mut next = at;
        while let Some(end) = self.glue_where(next, |g| g.joins || g.with) {
            next = end;
        }
        let mut none = Vec::new();
        next > at && self.first_after(next, 2, role, &mut none).is_some()
            // the end of a line or sentence: "Funded by: A, B"
            || at >= self.items.len()
            || matches!(self.word(at), "." | ";")
    }

    /// Whether a lower-case word that may be a verb stands at `at`.
    fn starts_predicate(&self, at: usize) -> bool {
        let Some(item) = self.items.get(at) else { return false };
        if item.what != What::Word {
            return false;
        }
        let word = self.text().fold(item.first);
        let verbs =
            ["was", "were", "is", "are", "has", "have", "had", "said", "says", "will", "told", "also", "сообщает", "сообщил", "передает"];
        let acts = |h: &&Hit| h.first == at && matches!(CUES.rows[h.row as usize].side, Side::Before | Side::Verb);
        verbs.contains(&word) || self.hits.iter().find(acts).is_some_and(|h| CUES.rows[h.row as usize].needs.classes.is_empty())
    }

    /// Whether an item counts or groups the bodies that a colon then names: "four agencies: A, B".
    fn counted(&self, item: usize) -> bool {
        self.glue_where(item, |g| g.counted || g.kind_of_body).is_some()
    }

    /// Finds the first body from item `from`, at most `gap` words on; adds it, and gives one past it.
    fn first_after(&self, from: usize, gap: usize, role: RoleKind, found: &mut Vec<usize>) -> Option<usize> {
        let (mut at, mut words) = (from, 0);
        while let Some(item) = self.items.get(at) {
            match item.what {
                What::Body(mention) => {
                    found.push(mention);
                    return Some(at + 1);
                }
                What::Project(project) => {
                    // a donor's programme pays for the donor
                    let before = found.len();
                    if role == RoleKind::Donor {
                        found.extend(self.inside(project));
                    }
                    if found.len() > before {
                        return Some(at + 1);
                    }
                    // «по программе «Свет» Агентства …»: the name of what the cue is
                    words += usize::from(gap > 0 || (from..at).any(|i| self.word(i) != "\""));
                }
                What::Place => words += 1,
                What::Date(_) | What::Money(_) => words += 1,
                What::Person => return None,
                What::Mark => match self.word(at) {
                    "\"" | "(" => {}
                    // "four agencies: A, B", "carried out by us, A"
                    ":" if (1..4).contains(&words) && self.counted(at - 1) => {}
                    "," if at > from && matches!(self.word(at - 1), "us" | "нами") => {}
                    // "by the community, A and B"
                    "," if (1..4).contains(&words) && found.is_empty() && self.joined_body(at + 1) => {}
                    _ => return None,
                },
                // «реализовал консорциум в составе А и Б»
                What::Word
                    if self
                        .glue_where(at, |g| g.board)
                        .is_some_and(|end| self.body(end + usize::from(is_article(self.word(end)))).is_some()) =>
                {
                    at += 1;
                    while self.body(at).is_none() {
                        at += 1;
                    }
                    continue;
                }
                What::Word => {
                    let glue = self.glue(at).map(|g| g.1).unwrap_or_default();
                    let dated = matches!(self.what(at + 1), Some(What::Date(_) | What::Place));
                    if (glue.joins || glue.with) && at > from && self.word(at) != "также" {
                        // "by the government and A"
                        let end = self.glue_where(at, |g| g.joins || g.with).unwrap_or(at + 1);
                        let near = |i: usize| self.body(i).is_some();
                        let next = (end..end + 3).find(|&i| near(i) || self.what(i) != Some(What::Word));
                        if !self.someone(at - 1) || !next.is_some_and(near) {
                            return None;
                        }
                        (at, words) = (end, 0);
                        continue;
                    }
                    // "A financed it, B and C carried it out", in another order of words
                    let verb = !found.is_empty() && VERBS.iter().any(|e| item.end == item.first + 1 && self.word(at).ends_with(e));
                    if verb
                        || glue.negates
                        || (glue.stops && !dated)
                        || (at > from && self.other_cue(at, role))
                        || (at == from && self.other_cue(at, role) && from > 0)
                    {
                        return None;
                    }
                    words += usize::from(!(is_article(self.text().fold(item.first)) || glue.stops && dated));
                }
            }
            if words > gap {
                return None;
            }
            at += 1;
        }
        None
    }

    /// Whether a body stands at `at`, and a further one joined by "and" behind it.
    fn joined_body(&self, at: usize) -> bool {
        let at = at + usize::from(self.word(at) == "\"");
        self.body(at).is_some() && {
            let past = self.past_name(at + 1);
            matches!(self.word(past), "and" | "и" | "&")
        }
    }

    /// One past "grant no. 5 (A. B.)" behind a funder's name, when the list goes on behind it.
    fn past_tail(&self, at: usize) -> usize {
        let counted =
            |i: usize| self.what(i) == Some(What::Word) && self.text().str(self.items[i].first).bytes().any(|b| b.is_ascii_digit());
        let capital = |i: usize| self.what(i) == Some(What::Word) && self.text().tokens[self.items[i].first].is_capital();
        // "the Institute NS043466", "(A. B.) to A. B. and C. D."
        let given = matches!(self.word(at), "to" | "in") && capital(at + 1);
        if self.glue_where(at, |g| g.tail).is_none() && !counted(at) && !given {
            return at;
        }
        let mut end = at;
        for _ in 0..40 {
            end = self.past_bracket(end).unwrap_or(end);
            match self.word(end) {
                "," | ";" | "and" | "и" if self.first_after(end + 1, 2, RoleKind::Donor, &mut Vec::new()).is_some() => return end,
                "." if end > 0 && capital(end - 1) => end += 1, // an initial
                "." if !self.items.get(end + 1).is_some_and(|_| counted(end + 1)) => return at,
                _ if end >= self.items.len() || self.body(end).is_some() || self.starts_predicate(end) => return at,
                _ => end += 1,
            }
        }
        at
    }

    /// One past a name in capitals that is no mention, when a list goes on behind it: "A, the Gruber Fund, B and C".
    fn past_unknown(&self, from: usize) -> Option<usize> {
        let capital = |i: usize| self.what(i) == Some(What::Word) && self.text().tokens[self.items[i].first].is_capital();
        let mut at = from + usize::from(is_article(self.word(from)));
        if !capital(at) {
            return None;
        }
        for _ in 0..12 {
            let inner = matches!(self.word(at), "of" | "the" | "for" | "de" | "la" | "du" | "des" | "\"" | "-" | "'s" | "'");
            if let Some(past) = self.past_bracket(at) {
                at = past;
            } else if capital(at) || inner || matches!(self.what(at), Some(What::Place)) {
                at += 1;
            } else {
                break;
            }
        }
        let joint = self.glue_where(at, |g| g.joins)?;
        (self.first_after(joint, 2, RoleKind::Donor, &mut Vec::new()).is_some()
            || self.word(at) == "," && self.past_unknown(joint).is_some())
        .then_some(at)
    }

    /// One past a relative clause or an apposition between commas, when the list goes on behind it.
    fn past_aside(&self, at: usize) -> usize {
        if self.word(at) != "," {
            return at;
        }
        let relative = matches!(self.word(at + 1), "which" | "who" | "whose" | "который" | "которая" | "которое");
        let start = at + 1 + usize::from(is_article(self.word(at + 1)));
        let owned = self.body(start).is_some() && self.word(start + 1) == "'s" && self.what(start + 2) == Some(What::Word);
        if !relative && !owned {
            return at;
        }
        let end = (at + 2..(at + 14).min(self.items.len())).find(|&i| self.word(i) == ",");
        match end {
            Some(end) if matches!(self.word(end + 1), "and" | "и" | "а") => end,
            _ => at,
        }
    }

    /// One past what belongs to the name that ends before `at`: brackets, quotes, a place, a project of its own.
    fn past_name(&self, mut at: usize) -> usize {
        loop {
            if let Some(next) = self.past_bracket(at) {
                at = next;
            } else if self.word(at) == "\"" || self.word(at) == "'s" || self.word(at) == "'" || self.what(at) == Some(What::Place) {
                at += 1;
            } else if self.word(at) == ","
                && self.what(at + 1) == Some(What::Place)
                && (matches!(self.word(at + 2), "," | ";" | "and" | "и") && self.what(at + 3) != Some(What::Place))
            {
                at += 2; // "the Research Centre, Ottawa, and"
            } else if matches!(self.word(at), "in" | "в" | "to" | "of" | "for") {
                let place = at + 1 + usize::from(is_article(self.word(at + 1)));
                if self.what(place) == Some(What::Place) {
                    at = place + 1;
                    continue;
                }
                // a place that nobody knows
                let named = (place..place + 3)
                    .take_while(
                        |&i| matches!(self.items.get(i), Some(t) if t.what == What::Word && self.text().tokens[t.first].is_capital()),
                    )
                    .count();
                if named == 0 {
                    return at;
                }
                at = place + named;
            } else if matches!(self.what(at), Some(What::Project(p)) if self.inside(p).next().is_none()) {
                at += 1;
            } else {
                return at;
            }
        }
    }

    /// The subject of a verb that stands at item `verb`: the list of bodies before it, and whether it is named.
    ///
    /// `participle`: a comma may stand right before the verb.
    pub fn subject_before(&self, verb: usize, participle: bool) -> (Vec<usize>, bool) {
        let mut at = verb;
        let (mut words, mut relative, mut alone) = (0, false, participle);
        let mut along = Vec::new();
        if participle {
            if self.word(verb.wrapping_sub(1)) == "," {
                at -= 1;
                relative = true;
            } else {
                return (Vec::new(), false);
            }
        }
        // over auxiliaries, adverbs, dates, brackets, and verbs that share the subject
        let last = loop {
            let Some(before) = at.checked_sub(1) else { return (Vec::new(), false) };
            if let Some(start) = self.inserted_start(before) {
                at = start;
                continue;
            }
            match self.items[before].what {
                What::Body(_) => break before,
                What::Date(_) => at = before,
                // "A and the Clean Water Initiative held"
                What::Project(_) => match self.joined_to_body(before) {
                    Some(start) => at = start,
                    None => return (Vec::new(), false),
                },
                What::Place => {
                    words += 1;
                    at = before;
                }
                What::Mark | What::Word => {
                    let word = self.word(before);
                    if let Some(start) = self.bracket_start(before) {
                        at = start;
                    } else if word == "\"" {
                        at = before;
                    } else if let Some(start) = self.verb_joined_before(at) {
                        at = start;
                    } else if word == "," {
                        match self.apposition_start(before) {
                            Some(start) => {
                                // "A, together with B, held"
                                if let Some(end) = self.glue_where(start + 1, |g| g.with && !g.joins) {
                                    along = self.list_after(end, false, RoleKind::Organizer);
                                }
                                at = start;
                            }
                            None if is_relative(self.word(at)) || words == 0 && self.word(at) == "too" => at = before,
                            None => return (Vec::new(), false),
                        }
                    } else if let Some(start) = self.joined_someone(before) {
                        at = start;
                    } else if let Some(bodies) = self.stands_for_before(at) {
                        return (bodies, false);
                    } else if let Some(start) = self.glue_before(at, |g| g.aside) {
                        if is_relative(word) {
                            relative = true;
                            alone |= self.is_singular(before, verb);
                        }
                        at = start;
                    } else if word.ends_with("ly")
                        || matches!(word, "in" | "on" | "в" | "во") && !matches!(self.what(at), Some(What::Word | What::Mark))
                    {
                        at = before;
                    } else {
                        return (Vec::new(), false);
                    }
                }
                _ => return (Vec::new(), false),
            }
            if words > 2 || verb - at > 18 {
                return (Vec::new(), false);
            }
        };
        // "urges A to fund", "the money given to A to support …": the verb is another's, but in a headline
        if at > 0 && self.word(at) == "to" && at == last + 1 && self.item_before_name(last) > 0 && self.word(self.items.len() - 1) == "." {
            return (Vec::new(), false);
        }
        // "with A contributing $5 million"
        relative |= self.word(verb).ends_with("ing");
        let mut found = self.list_before(last, relative);
        if alone && found.len() > 1 {
            found = found.split_off(found.len() - 1);
        }
        if !found.is_empty() {
            found.extend(along);
        }
        (found, true)
    }

    /// Whether the clause that the relative pronoun at `item` opens has one body for its subject: "A and B, which will lend".
    fn is_singular(&self, item: usize, verb: usize) -> bool {
        match self.word(item) {
            "который" | "которая" | "которое" => true,
            "which" | "that" => {
                let first = self.word(item + 1);
                self.word(item.wrapping_sub(1)) == "," && (self.word(verb).ends_with('s') || matches!(first, "has" | "is" | "was" | "will"))
            }
            _ => false,
        }
    }

    /// The first item of words put between a subject and its verb, which end with `last`: "A, with support from B,
    /// began", «А при поддержке Б начал».
    fn inserted_start(&self, last: usize) -> Option<usize> {
        if matches!(self.items[last].what, What::Mark) && !matches!(self.word(last), "\"" | ")") {
            return None;
        }
        let from = last.saturating_sub(12).max(1);
        for start in (from..last).rev() {
            match self.word(start) {
                "," | ";" | "." | ":" => return None,
                "при" | "в" | "within" | "with" | "under" | "as" | "на" | "по" | "за" | "in" => {
                    let named = self.body(start - 1).is_some() || matches!(self.word(start - 1), ")" | "\"");
                    let money = (start + 1..=last.min(start + 4)).any(|i| INSERTED.iter().any(|stem| self.word(i).starts_with(stem)));
                    if named && money {
                        return Some(start);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Whether a common noun for a body that ends at `last` is joined to a body before it ("A and the government"):
    /// one past that body.
    fn joined_someone(&self, last: usize) -> Option<usize> {
        if !self.someone(last) {
            return None;
        }
        self.joined_to_body(last)
    }

    /// One past a body that what ends at item `last` is joined to by "and" or "together with".
    fn joined_to_body(&self, last: usize) -> Option<usize> {
        let from = (last.saturating_sub(3)..last).rev().find(|&i| self.glue_where(i, |g| g.joins || g.with).is_some())?;
        let plain = (from + 1..last).all(|i| self.items[i].what == What::Word);
        let named = from > 0 && (self.body(from - 1).is_some() || matches!(self.word(from - 1), ")" | "\""));
        (plain && named && self.word(from) != ",").then_some(from)
    }

    /// Whether a common noun for a body stands at an item: "the ministry".
    fn someone(&self, item: usize) -> bool {
        self.what(item) == Some(What::Word) && OBJECTS.get("someone").is_some_and(|o| o.hold(self.text(), self.items[item].first))
    }

    /// The first item of a verb whose subject the verb at `at` shares: "which A funds and carries out".
    fn verb_joined_before(&self, at: usize) -> Option<usize> {
        let joint = at.checked_sub(1)?;
        if !matches!(self.word(joint), "and" | "и" | ",") {
            return None;
        }
        let near = |h: &&Hit| h.end <= joint && joint - h.end <= 4 && matches!(CUES.rows[h.row as usize].side, Side::Before | Side::Verb);
        let hit = self.hits.iter().rev().find(near)?;
        let plain =
            (hit.end..joint).all(|i| matches!(self.items[i].what, What::Word | What::Project(_) | What::Money(_)) && self.word(i) != ",");
        (plain && (self.word(joint) != "," || hit.end == joint)).then_some(hit.first)
    }

    /// Bodies that act along with a subject: "organized the visit in cooperation with B".
    pub fn joined_behind(&self, from: usize, role: RoleKind) -> Vec<usize> {
        for at in from..(from + 12).min(self.items.len()) {
            // "A financed the map and invited the public, jointly with B": along with another verb
            let verb = matches!(self.word(at), "and" | "и") && self.what(at + 1) == Some(What::Word) && self.starts_predicate(at + 1);
            if verb || matches!(self.word(at), "." | ";" | ":") || matches!(self.what(at), Some(What::Body(_))) || self.other_cue(at, role)
            {
                break;
            }
            if let Some(end) = self.glue_where(at, |g| g.with && !g.joins) {
                return self.list_after(end, false, role);
            }
        }
        Vec::new()
    }

    /// The partners named behind a relative clause, who act along: "A, which runs it, and its local partners B and C".
    pub fn partners_behind(&self, from: usize, role: RoleKind) -> Vec<usize> {
        let Some(comma) = (from..from + 4).find(|&i| self.word(i) == ",") else { return Vec::new() };
        let ours =
            matches!(self.word(comma + 1), "and" | "и") && matches!(self.word(comma + 2), "its" | "their" | "his" | "его" | "ее" | "их");
        let partners = (comma + 3..comma + 6).find(|&i| self.word(i).starts_with("partner") || self.word(i).starts_with("партн"));
        match partners.filter(|_| ours) {
            Some(at) => self.list_after(at + 1, true, role),
            None => Vec::new(),
        }
    }

    /// The bodies that a pronoun or a common noun before item `end` stands for.
    fn stands_for_before(&self, end: usize) -> Option<Vec<usize>> {
        let from = self.glue_before(end, |g| g.they || g.it || g.kind_of_body)?;
        self.stands_for(from)
    }

    /// The bodies that a pronoun or a common noun at `item` stands for.
    pub fn stands_for(&self, item: usize) -> Option<Vec<usize>> {
        let (end, glue) = self.glue(item)?;
        let here = self.items[..item].iter().filter_map(|i| if let What::Body(m) = i.what { Some(m) } else { None });
        let known: Vec<usize> = self.before.iter().copied().chain(here).collect();
        let last = *known.last()?;
        let sentence = |m: usize| self.text().sentence_at(self.mentions[m].span.start);
        let together = || known.iter().copied().filter(|&m| sentence(m) == sentence(last));
        if glue.they {
            let group: Vec<usize> = together().collect();
            let mut entities: Vec<u32> = group.iter().filter_map(|&m| self.entity(m)).collect();
            entities.sort_unstable();
            entities.dedup();
            return (2..=4).contains(&entities.len()).then_some(group);
        }
        if glue.it {
            // «он» is rather the person named since
            let here = self.text().tokens[self.items[item].first].span.start;
            let from = self.mentions[last].span.end;
            let person = self
                .mentions
                .iter()
                .skip(last + 1)
                .take_while(|m| m.span.start < here)
                .any(|m| m.span.start >= from && matches!(m.fact, Fact::Person(_)));
            if person {
                return None;
            }
            return self.foremost(&known).map(|m| vec![m]);
        }
        if glue.kind_of_body {
            let stem: String = self.word(end - 1).chars().take(4).collect();
            let text = self.text();
            let alike = |&&m: &&usize| text.tokens_in(self.mentions[m].span).any(|t| text.fold(t).starts_with(&stem));
            return known.iter().rev().find(alike).copied().or_else(|| self.foremost(&known)).map(|m| vec![m]);
        }
        None
    }

    /// Of bodies the one that the release names most often.
    fn foremost(&self, bodies: &[usize]) -> Option<usize> {
        let times = |m: usize| {
            self.mentions.iter().filter(|o| matches!(&o.fact, Fact::Organization(b) if Some(b.entity) == self.entity(m))).count()
        };
        bodies.iter().rev().copied().max_by_key(|&m| times(m))
    }

    /// The last body named before an item.
    pub fn last_named(&self, item: usize) -> Option<usize> {
        let here = self.items[..item].iter().rev().find_map(|i| if let What::Body(m) = i.what { Some(m) } else { None });
        here.or_else(|| self.before.last().copied())
    }

    /// The entity of a body.
    pub fn entity(&self, mention: usize) -> Option<u32> {
        match &self.mentions[mention].fact {
            Fact::Organization(body) => Some(body.entity),
            _ => None,
        }
    }

    /// The start of ", the bank's window for poor countries," that ends at comma `end`.
    fn apposition_start(&self, end: usize) -> Option<usize> {
        let open = (end.saturating_sub(12)..end).rev().find(|&i| self.word(i) == ",")?;
        let name = open.checked_sub(1)?;
        let named = self.body(name).is_some() || self.word(name) == ")" || self.word(name) == "\"";
        let inner = |i: usize| matches!(self.word(i), "(" | ")" | "\"" | "-" | "'s" | "'");
        let plain =
            (open + 1..end).all(|i| matches!(self.items[i].what, What::Word | What::Place | What::Date(_) | What::Body(_)) || inner(i));
        (named && plain && end > open + 1).then_some(open)
    }

    /// The list of bodies that ends with the body at item `last`, as a subject: empty when a preposition stands before
    /// it, unless a relative clause makes it the subject of its own.
    fn list_before(&self, last: usize, relative: bool) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = last;
        while let Some(mut mention) = self.body(at) {
            // "the bank's Board of Directors" does what the bank does
            let organ = ["board", "executive", "council", "management"];
            if matches!(self.word(at.wrapping_sub(1)), "'s" | "'")
                && let Some(owner) = at.checked_sub(2).and_then(|i| self.body(i))
                && self.items.get(at).is_some_and(|i| organ.contains(&self.text().fold(i.first)))
            {
                (mention, at) = (owner, at - 2);
            }
            found.push(mention);
            let mut start = at;
            while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
                start -= 1;
            }
            match self.joined_before(start) {
                Some(next) => at = next,
                None => {
                    let project = start >= 2 && self.word(start - 1) == "of" && matches!(self.what(start - 2), Some(What::Project(_)));
                    let whole = project || self.glue_before(start, |g| g.board).is_some();
                    if let Some(with) = self.glue_before(start, |g| g.with && !g.joins) {
                        // "A finances and together with B carries out"
                        let joint = with - usize::from(with > 0 && matches!(self.word(with - 1), "и" | "and"));
                        if let Some(hit) = self.hits.iter().rev().find(|h| h.end == joint && with > joint) {
                            found.extend(self.subject_before(hit.first, false).0.into_iter().rev());
                        }
                        break;
                    }
                    if !whole && self.glue_before(start, |g| g.holder).is_some() {
                        return Vec::new();
                    }
                    if !relative && !whole && self.glue_before(start, |g| g.oblique).is_some() {
                        return Vec::new();
                    }
                    break;
                }
            }
        }
        found.reverse();
        // "During A, the B held": a comma alone makes no list
        if found.len() > 1 {
            let first = self.items.iter().position(|i| i.what == What::Body(found[0])).unwrap_or(0);
            let joins = |i: usize| {
                matches!(self.word(i), "and" | "&" | "и" | "or" | "или" | "/" | "plus") || self.glue_where(i, |g| g.with).is_some()
            };
            if !(first..last).any(joins) {
                found = found.split_off(found.len() - 1);
            }
        }
        found
    }

    /// The body that is joined to the name whose first item is `start`: over "and", a comma, and words that describe the name.
    fn joined_before(&self, start: usize) -> Option<usize> {
        let mut joint = start;
        for _ in 0..3 {
            if self.glue_before(joint, |g| g.joins || g.with).is_some() || joint == 0 || self.items[joint - 1].what != What::Word {
                break;
            }
            if self.glue(joint - 1).is_some_and(|(_, g)| g.oblique || g.stops || g.aside) {
                return None;
            }
            joint -= 1;
        }
        let mut next = joint;
        while let Some(from) = self.glue_before(next, |g| g.joins || g.with) {
            next = from;
        }
        if next == joint {
            return None;
        }
        let mut before = next;
        loop {
            let b = before.checked_sub(1)?;
            if self.body(b).is_some() {
                return Some(b);
            }
            if let Some(open) = self.bracket_start(b) {
                before = open;
            } else if self.word(b) == "\"" || self.what(b) == Some(What::Place) || self.leads_to_place(b) {
                before = b;
            } else {
                return None;
            }
        }
    }

    /// The bodies that give along with those of a verb that is said once: "A gave $5,000, B another $2,000",
    /// «5 млн дал А, 2 млн – Б и В».
    pub fn gapped(&self, from: usize, known: &[usize]) -> Vec<usize> {
        let mut found = Vec::new();
        for at in from + 1..self.items.len() {
            let Some(body) = self.body(at).filter(|b| !known.contains(b) && !found.contains(b)) else { continue };
            let mut start = at;
            while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
                start -= 1;
            }
            let past = self.past_name(at + 1);
            let amount = (past..past + 3).find(|&i| matches!(self.what(i), Some(What::Money(_))));
            let short =
                |end: usize| (past..end).all(|i| matches!(self.word(i), "another" | "a" | "further" | "еще" | "-" | "the" | "other"));
            if self.glue_before(start, |g| g.joins).is_some() && amount.is_some_and(short) {
                found.push(body);
            } else if start > 1 && self.word(start - 1) == "-" {
                let before = self.items[start - 2];
                let rest = ["остальное", "остальные", "вторую", "второе", "другую", "половину", "rest", "остальную"];
                let count = matches!(before.what, What::Word)
                    && (self.text().tokens[before.first].kind == Kind::Number
                        || ["два", "две", "три", "четыре", "пять", "шесть", "семь", "десять"].contains(&self.word(start - 2)));
                if matches!(before.what, What::Money(_)) || count || rest.contains(&self.word(start - 2)) {
                    found.extend(self.list_after(at, true, RoleKind::Donor));
                }
            }
        }
        found
    }

    /// The bodies that get what a verb before item `from` gives: behind "to", or in the dative.
    pub fn receivers(&self, from: usize, givers: &[usize]) -> Vec<usize> {
        for at in from..(from + 16).min(self.items.len()) {
            if self.word(at) == ";" || self.other_cue(at, RoleKind::Donor) {
                break;
            }
            if let Some(body) = self.body(at) {
                let cases = self.cases(body);
                let dative = cases.allow(case::Case::Dative)
                    && !(cases.allow(case::Case::Nominative) || cases.allow(case::Case::Genitive) || cases.allow(case::Case::Instrumental));
                let mut start = at;
                while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
                    start -= 1;
                }
                let to = self.word(start.wrapping_sub(1)) == "to";
                if (dative && self.glue_before(start, |g| g.oblique).is_none() || to) && !givers.contains(&body) {
                    return self.list_after(at, true, RoleKind::Recipient);
                }
            }
        }
        Vec::new()
    }

    /// Whether a name in capitals or quotes begins at an item: what is carried out, though nobody knows it for a project.
    pub fn names_something(&self, at: usize) -> bool {
        let at = at + usize::from(is_article(self.word(at)));
        self.word(at) == "\""
            || self.items.get(at).is_some_and(|i| i.what == What::Word && self.text().tokens[i.first].is_capital())
                && self.items.get(at + 1).is_some_and(|i| i.what == What::Word && self.text().tokens[i.first].is_capital())
    }

    /// Whether money goes through a body: "funded by A through B".
    pub fn is_channel(&self, mention: usize) -> bool {
        let Some(mut start) = self.items.iter().position(|i| i.what == What::Body(mention)) else { return false };
        while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
            start -= 1;
        }
        self.glue_before(start, |g| g.through).is_some()
    }

    /// Whether a preposition and a place stand at an item: "in Osh".
    fn leads_to_place(&self, at: usize) -> bool {
        matches!(self.word(at), "in" | "в" | "of") && self.what(at + 1) == Some(What::Place)
    }

    /// The first item of the name that ends at item `last`, with its article.
    fn item_before_name(&self, last: usize) -> usize {
        let mut start = last;
        while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
            start -= 1;
        }
        start
    }

    /// Whether "the board of", «совет директоров» stands before a body's name.
    pub fn has_board(&self, mention: usize) -> bool {
        let item = self.items.iter().position(|i| i.what == What::Body(mention));
        item.is_some_and(|i| self.glue_before(i, |g| g.board).is_some())
    }

    /// The body right before item `at`, over a bracket with its acronym.
    pub fn body_right_before(&self, at: usize) -> Option<usize> {
        let mut before = at.checked_sub(1)?;
        while matches!(self.word(before), "\"" | "'s" | "'") {
            before = before.checked_sub(1)?;
        }
        if let Some(open) = self.bracket_start(before) {
            before = open.checked_sub(1)?;
        }
        self.body(before)
    }
}

fn is_relative(word: &str) -> bool {
    matches!(word, "which" | "that" | "who" | "который" | "которая" | "которое" | "которые")
}

pub(super) fn is_article(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "its" | "their" | "our" | "both" | "его" | "ее" | "сам" | "сама" | "само" | "by")
}
