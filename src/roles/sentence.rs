//! A sentence as a row of names, words and marks, and the lists of bodies in it.
//!
//! A name is one item, whatever its length, so that a cue and its bodies lie a few items apart.
//! Lists run over commas, "and", brackets with acronyms, and the places that belong to a name.

use crate::mention::{Fact, Mention};
use crate::page::Page;
use crate::text::{Case as Capitals, Kind, Text};

use super::case::{self, Cases};
use super::cues::{FUNDERS, GLUE, Glue};

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

/// A sentence, or a line of a list.
pub(super) struct Sentence<'s, 'p> {
    pub page: &'s Page<'p>,
    pub mentions: &'s [Mention],
    pub items: Vec<Item>,
}

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
        Self { page, mentions, items }
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
        case::of_name(
            tokens
                .filter(|&t| text.tokens[t].kind == Kind::Word)
                .map(|t| (text.fold(t), matches!(text.tokens[t].case, Capitals::Upper | Capitals::Mixed) || text.fold(t).is_ascii())),
        )
    }

    /// Whether a body is of a kind that pays for others' work.
    pub fn pays(&self, mention: usize) -> bool {
        let text = self.text();
        if let Fact::Organization(fact) = &self.mentions[mention].fact {
            if matches!(
                fact.kind,
                "bilateral" | "multilateral" | "dfi" | "foundation" | "government" | "embassy" | "fund" | "bank" | "international"
            ) {
                return true;
            }
        }
        text.tokens_in(self.mentions[mention].span).any(|t| FUNDERS.hold(text, t))
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
    /// `near`: no word may stand before the first body. `projects`: a body inside a project's name counts too.
    pub fn list_after(&self, from: usize, near: bool, projects: bool) -> Vec<usize> {
        let mut found = Vec::new();
        let Some(mut at) = self.first_after(from, if near { 0 } else { GAP }, projects, &mut found) else { return found };
        loop {
            at = self.past_name(at);
            if let Some(next) = self.glue_where(at, |g| g.through) {
                // "financed by A through B", "organised by the programme through B"
                match self.first_after(next, 3, projects, &mut found) {
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => break,
                }
            }
            let (mut next, mut comma, mut joined) = (at, false, false);
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
            let Some(after) = self.first_after(next, if joined { 3 } else { 2 }, projects, &mut found) else { break };
            // "by A, B said": a comma alone, or a new clause with a subject of its own
            let past = self.past_name(after);
            let clause = self.starts_predicate(past) && (comma || joined);
            let open = comma && !joined && before == 1 && !self.list_goes_on(past);
            if clause || open {
                found.truncate(before);
                break;
            }
            at = after;
        }
        found
    }

    /// Whether a list part stands at `at`: a comma or "and" and a body soon after.
    fn list_goes_on(&self, at: usize) -> bool {
        let mut next = at;
        while let Some(end) = self.glue_where(next, |g| g.joins || g.with) {
            next = end;
        }
        let mut none = Vec::new();
        next > at && self.first_after(next, 2, false, &mut none).is_some()
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
        verbs.contains(&word)
    }

    /// Finds the first body from item `from`, at most `gap` words on; adds it, and gives one past it.
    fn first_after(&self, from: usize, gap: usize, projects: bool, found: &mut Vec<usize>) -> Option<usize> {
        let (mut at, mut words) = (from, 0);
        while let Some(item) = self.items.get(at) {
            match item.what {
                What::Body(mention) => {
                    found.push(mention);
                    return Some(at + 1);
                }
                What::Project(project) => {
                    let before = found.len();
                    if projects {
                        found.extend(self.inside(project));
                    }
                    if found.len() > before {
                        return Some(at + 1);
                    }
                    words += 1;
                }
                What::Place => words += 1,
                What::Date(_) | What::Money(_) => words += 1,
                What::Person => return None,
                What::Mark => match self.word(at) {
                    "\"" | "“" | "„" | "(" => {}
                    _ => return None,
                },
                What::Word => {
                    let glue = self.glue(at).map(|g| g.1).unwrap_or_default();
                    if glue.stops || glue.negates {
                        return None;
                    }
                    words += usize::from(!is_article(self.text().fold(item.first)));
                }
            }
            if words > gap {
                return None;
            }
            at += 1;
        }
        None
    }

    /// One past what belongs to the name that ends before `at`: brackets, quotes, a place, a project of its own.
    fn past_name(&self, mut at: usize) -> usize {
        loop {
            if let Some(next) = self.past_bracket(at) {
                at = next;
            } else if self.word(at) == "\"" || self.word(at) == "'s" || self.word(at) == "'" || self.what(at) == Some(What::Place) {
                at += 1;
            } else if matches!(self.word(at), "in" | "в" | "to" | "of" | "for") {
                let place = at + 1 + usize::from(is_article(self.word(at + 1)));
                if self.what(place) != Some(What::Place) {
                    return at;
                }
                at = place + 1;
            } else if matches!(self.what(at), Some(What::Project(p)) if self.inside(p).next().is_none()) {
                at += 1;
            } else {
                return at;
            }
        }
    }

    /// The subject of a verb that stands at item `verb`: the list of bodies before it.
    pub fn subject_before(&self, verb: usize) -> Vec<usize> {
        let mut at = verb;
        let mut words = 0;
        // over auxiliaries, adverbs, dates and brackets
        let last = loop {
            let Some(before) = at.checked_sub(1) else { return Vec::new() };
            match self.items[before].what {
                What::Body(_) => break before,
                What::Date(_) => at = before,
                What::Place => {
                    words += 1;
                    at = before;
                }
                What::Mark | What::Word => {
                    if let Some(start) = self.bracket_start(before) {
                        at = start;
                    } else if self.word(before) == "\"" {
                        at = before;
                    } else if self.word(before) == "," {
                        match self.apposition_start(before) {
                            Some(start) => at = start,
                            None => {
                                words += 1;
                                at = before;
                            }
                        }
                    } else if let Some(start) = self.glue_before(at, |g| g.aside) {
                        at = start;
                    } else if self.word(before).ends_with("ly") {
                        at = before;
                    } else if matches!(self.word(before), "in" | "on" | "в" | "во")
                        && !matches!(self.what(at), Some(What::Word | What::Mark))
                    {
                        at = before;
                    } else {
                        return Vec::new();
                    }
                }
                _ => return Vec::new(),
            }
            if words > 2 || verb - at > 16 {
                return Vec::new();
            }
        };
        self.list_before(last)
    }

    /// The start of ", the bank's window for poor countries," that ends at comma `end`.
    fn apposition_start(&self, end: usize) -> Option<usize> {
        let open = (end.saturating_sub(12)..end).rev().find(|&i| self.word(i) == ",")?;
        let name = open.checked_sub(1)?;
        let named = self.body(name).is_some() || self.word(name) == ")" || self.word(name) == "\"";
        let plain = (open + 1..end).all(|i| matches!(self.items[i].what, What::Word | What::Place | What::Date(_) | What::Body(_)));
        (named && plain && end > open + 1).then_some(open)
    }

    /// The list of bodies that ends with the body at item `last`, as a subject: empty when a preposition stands before it.
    fn list_before(&self, last: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = last;
        loop {
            let Some(mention) = self.body(at) else { break };
            found.push(mention);
            // over articles and quotes and describing words before the name
            let mut start = at;
            while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
                start -= 1;
            }
            let mut next = start;
            while let Some(from) = self.glue_before(next, |g| g.joins || g.with) {
                next = from;
            }
            let mut before = next;
            loop {
                let Some(b) = before.checked_sub(1) else { break };
                if let Some(open) = self.bracket_start(b) {
                    before = open;
                } else if self.word(b) == "\"" || self.what(b) == Some(What::Place) {
                    before = b;
                } else {
                    break;
                }
            }
            if next < start && before > 0 && self.body(before - 1).is_some() {
                at = before - 1;
                continue;
            }
            let whole = self.glue_before(start, |g| g.board).is_some();
            if !whole && self.glue_before(start, |g| g.oblique).is_some() {
                return Vec::new();
            }
            break;
        }
        found.reverse();
        found
    }

    /// The body right before item `at`, over a bracket with its acronym.
    pub fn body_right_before(&self, at: usize) -> Option<usize> {
        let mut before = at.checked_sub(1)?;
        if self.word(before) == "\"" {
            before = before.checked_sub(1)?;
        }
        if let Some(open) = self.bracket_start(before) {
            before = open.checked_sub(1)?;
        }
        self.body(before)
    }
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "its" | "their" | "both" | "его" | "ее")
}
