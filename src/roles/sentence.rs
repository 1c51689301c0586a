//! A sentence as a row of names, words and marks, and the lists of bodies in it.
//!
//! A name is one item, whatever its length, so that a cue and its bodies lie a few items apart.
//! Lists run over commas, "and", brackets with acronyms, and the places that belong to a name.

use std::cell::OnceCell;

use crate::lexicon::hints::{self, Hint};
use crate::mention::{Fact, Mention, RoleKind};
use crate::page::Page;
use crate::span::Span;
use crate::text::{Case as Capitals, Kind, Text, Token, facts};

use super::case::{self, Cases};
use super::cues::{CARRIERS, CUES, FUNDERS, GLUE, Glue, OBJECTS, Side};
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::is_adjective;

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
    /// For each item the small word that starts there: one past it, and what it does.
    small_words: OnceCell<Vec<Option<(u32, &'static Glue)>>>,
}

/// A sentence that few of those behind it ask for: read when one does.
pub(super) struct Before<'s, 'p> {
    page: &'s Page<'p>,
    mentions: &'s [Mention],
    tokens: (usize, usize),
    mention: usize,
}

impl<'s, 'p> Before<'s, 'p> {
    /// The arguments are those of [`Sentence::new`].
    pub fn new(page: &'s Page<'p>, mentions: &'s [Mention], tokens: (usize, usize), mention: usize) -> Self {
        Self { page, mentions, tokens, mention }
    }

    pub fn read(&self) -> Sentence<'s, 'p> {
        Sentence::new(self.page, self.mentions, self.tokens.0, self.tokens.1, self.mention)
    }

    /// Whether a cue, a body or a project stands in it: `span` is the sentence's.
    pub fn may_tell(&self, span: Span) -> bool {
        let mut named = self.mentions[self.mention..].iter().take_while(|m| m.span.start < span.end);
        let cues = facts::CUE_OF_ROLE | facts::PASSIVE_OF_ROLE;
        named.any(|m| matches!(m.fact, Fact::Organization(_) | Fact::Project(_)))
            || self.page.text.candidates(self.tokens.0..self.tokens.1, cues).next().is_some()
    }
}

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
            let found = mentions.get(mention);
            let name = found.map_or(end, |m| text.token_at(m.span.start).min(end));
            // words and marks up to the next name
            let plain = |(token, first): (&Token, usize)| {
                let what = if token.kind == Kind::Mark { What::Mark } else { What::Word };
                Item { what, first, end: first + 1 }
            };
            items.extend(text.tokens[at..name].iter().zip(at..).map(plain));
            at = name;
            let Some(found) = found.filter(|m| text.tokens.get(at).is_some_and(|t| t.span.start == m.span.start) && at < end) else {
                mention += 1; // it begins inside a word, or behind the sentence
                continue;
            };
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
        }
        let mut sentence = Self { page, mentions, items, hits: Vec::new(), before: Vec::new(), small_words: OnceCell::new() };
        sentence.hits = sentence.find_hits();
        sentence
    }

    /// The cues of the sentence; of those that start at one place the longest.
    pub(super) fn find_hits(&self) -> Vec<Hit> {
        let mut found: Vec<Hit> = Vec::new();
        let mut covered = 0;
        let mut i = 0;
        for token in self.text().candidates(self.tokens(), facts::CUE_OF_ROLE | facts::PASSIVE_OF_ROLE) {
            while self.items.get(i).is_some_and(|item| item.end <= token) {
                i += 1;
            }
            let Some(item) = self.items.get(i).filter(|item| matches!(item.what, What::Word | What::Mark)) else { continue };
            let mut longest = (0, &[][..]);
            CUES.each(self.text(), item.first, |end, rows| {
                let past = i + (end - item.first);
                if self.items.get(past - 1).is_some_and(|last| last.end == end) {
                    longest = (past, rows);
                }
            });
            // "organized and financed by A": the second participle is a cue of its own
            let parted = self.parted(i).filter(|p| p.0 > longest.0);
            if let Some(parted) = parted {
                longest = parted;
            }
            let (end, rows) = longest;
            if end <= covered || rows.is_empty() {
                continue;
            }
            found.extend(rows.iter().map(|&row| Hit { first: i, end, row }));
            covered = if parted.is_some() { i + 1 } else { end };
        }
        found
    }

    /// A participle at `item` whose "by" stands some words on: "organized in Osh on 5 May by".
    pub(super) fn parted(&self, item: usize) -> Option<(usize, &'static [u16])> {
        let (end, rows) = CUES.parted(self.text(), self.items[item].first)?;
        let mut at = item + (end - self.items[item].first);
        for _ in 0..9 {
            match self.items.get(at)?.what {
                What::Word if self.text().fold(self.items[at].first) == "by" => {
                    // "held a meeting with people kidnapped by": another participle's
                    let own = !self.word(at - 1).ends_with("ed") || at < item + 2 || matches!(self.word(at - 2), "and" | "," | "/");
                    return own.then_some((at + 1, rows));
                }
                What::Word if self.glue(at).is_some_and(|(_, g)| g.be || is_relative(self.word(at))) => return None,
                What::Word if CUES.parted(self.text(), self.items[at].first).is_some() => {
                    if !matches!(self.word(at - 1), "and" | "," | "/") || self.word(at + 1) != "by" {
                        return None;
                    }
                    at += 1;
                }
                What::Mark if self.word(at) == "," && self.word(at + 2) == "and" => at += 1,
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
    pub(super) fn other_cue(&self, item: usize, role: RoleKind) -> bool {
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

    /// Its tokens: from the first to one past the last.
    pub fn tokens(&self) -> std::ops::Range<usize> {
        self.items.first().map_or(0, |i| i.first)..self.items.last().map_or(0, |i| i.end)
    }

    #[inline]
    pub fn text(&self) -> &Text<'p> {
        &self.page.text
    }

    /// The folded word or mark of an item; empty for names and beyond the ends.
    #[inline]
    pub fn word(&self, item: usize) -> &str {
        match self.items.get(item) {
            Some(Item { what: What::Word | What::Mark, first, .. }) => self.text().fold(*first),
            _ => "",
        }
    }

    #[inline]
    pub(super) fn what(&self, item: usize) -> Option<What> {
        self.items.get(item).map(|i| i.what)
    }

    /// The small word that starts at an item: one past it, and what it does.
    #[inline]
    pub fn glue(&self, item: usize) -> Option<(usize, &'static Glue)> {
        // cues ask for the same words again and again
        let all = self.small_words.get_or_init(|| {
            let mut all = vec![None; self.items.len()];
            let mut item = 0;
            for token in self.text().candidates(self.tokens(), facts::GLUE_OF_ROLES) {
                while self.items.get(item).is_some_and(|i| i.end <= token) {
                    item += 1;
                }
                if let Some(word) = all.get_mut(item) {
                    *word = self.read_glue(item);
                }
            }
            all
        });
        all.get(item).copied().flatten().map(|(end, glue)| (end as usize, glue))
    }

    fn read_glue(&self, item: usize) -> Option<(u32, &'static Glue)> {
        let first = self.items.get(item).filter(|i| matches!(i.what, What::Word | What::Mark))?.first;
        let mut best = None;
        GLUE.each(self.text(), first, |end, glue| {
            let past = item + (end - first);
            // a phrase must not reach into a name
            if self.items.get(past - 1).is_some_and(|i| i.end == end) {
                best = Some((past as u32, glue));
            }
        });
        best
    }

    pub(super) fn glue_where(&self, item: usize, right: impl Fn(&Glue) -> bool) -> Option<usize> {
        self.glue(item).filter(|(_, g)| right(g)).map(|(end, _)| end)
    }

    /// Whether a small word of that kind ends right before item `end`.
    pub fn glue_before(&self, end: usize, right: impl Fn(&Glue) -> bool) -> Option<usize> {
        (1..=5).rev().filter_map(|n| end.checked_sub(n)).find(|&from| self.glue_where(from, &right) == Some(end))
    }

    #[inline]
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

    /// Whether a body makes laws.
    pub fn makes_laws(&self, mention: usize) -> bool {
        let text = self.text();
        let name = match &self.mentions[mention].fact {
            Fact::Organization(fact) => &*fact.name,
            _ => "",
        };
        // the whole name of "the House"
        if name.ends_with("House of Representatives") || name.ends_with("House of Commons") {
            return true;
        }
        text.tokens_in(self.mentions[mention].span).any(|t| OBJECTS.get("parliament").is_some_and(|words| words.hold(text, t)))
    }

    /// Whether a body is of a kind that lends or grants to governments.
    pub fn lends(&self, mention: usize) -> bool {
        let Fact::Organization(fact) = &self.mentions[mention].fact else { return false };
        let text = self.text();
        matches!(fact.kind, "bilateral" | "multilateral" | "dfi" | "bank" | "embassy")
            || fact.kind != "government"
                && text.tokens_in(self.mentions[mention].span).any(|t| matches!(text.fold(t), "bank" | "fund" | "банк" | "фонд"))
    }

    /// Whether a body is a row of the table of known bodies.
    pub fn is_known(&self, mention: usize) -> bool {
        matches!(&self.mentions[mention].fact, Fact::Organization(fact) if fact.known.is_some())
    }

    /// Whether a body's name calls it a fund or foundation, as small public ones call themselves too.
    pub fn names_fund(&self, mention: usize) -> bool {
        let text = self.text();
        text.tokens_in(self.mentions[mention].span)
            .any(|t| matches!(text.fold(t), "fund" | "foundation") || text.fold(t).starts_with("фонд"))
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
    pub(super) fn past_bracket(&self, item: usize) -> Option<usize> {
        if self.word(item) != "(" {
            return None;
        }
        (item + 1..(item + 16).min(self.items.len())).find(|&i| self.word(i) == ")").map(|i| i + 1)
    }

    /// The item of the bracket that `item` closes.
    pub(super) fn bracket_start(&self, item: usize) -> Option<usize> {
        if self.word(item) != ")" {
            return None;
        }
        (item.saturating_sub(16)..item).rev().find(|&i| self.word(i) == "(")
    }

    /// Whether a lower-case word that may be a verb stands at `at`.
    pub(super) fn starts_predicate(&self, at: usize) -> bool {
        let Some(item) = self.items.get(at) else { return false };
        if item.what != What::Word {
            return false;
        }
        let word = self.text().fold(item.first);
        let acts = |h: &&Hit| h.first == at && matches!(CUES.rows[h.row as usize].side, Side::Before | Side::Verb);
        hints::is(word, Hint::VERB_BEHIND)
            || self.hits.iter().find(acts).is_some_and(|h| CUES.rows[h.row as usize].needs.classes.is_empty())
    }

    /// Whether a common noun for a body stands at an item: "the ministry".
    pub(super) fn someone(&self, item: usize) -> bool {
        self.what(item) == Some(What::Word) && OBJECTS.get("someone").is_some_and(|o| o.hold(self.text(), self.items[item].first))
    }

    /// The last body named before an item.
    pub fn last_named(&self, item: usize) -> Option<usize> {
        let here = self.items[..item].iter().rev().find_map(|i| if let What::Body(m) = i.what { Some(m) } else { None });
        here.or_else(|| self.before.last().copied())
    }

    /// The body that a board acts for: "the EBRD Board of Directors", «Совет директоров АБР», "the bank … its Board".
    pub fn principal(&self, mention: usize) -> usize {
        let text = self.text();
        let tokens = text.tokens_in(self.mentions[mention].span);
        let at = |t: usize| if t < tokens.end { text.fold(t) } else { "" };
        let board = tokens.clone().find(|&t| match at(t) {
            "board" => at(t + 1) == "of" && matches!(at(t + 2), "directors" | "executive" | "governors" | "trustees"),
            "совет" | "советом" => matches!(at(t + 1), "директоров" | "управляющих" | "попечителей" | "исполнительных"),
            _ => false,
        });
        let Some(board) = board else { return mention };
        // the name that is left, as it is marked elsewhere
        let behind = board + 2 + usize::from(at(board + 1) == "исполнительных");
        let rest = if board > tokens.start { tokens.start..board } else { behind.min(tokens.end)..tokens.end };
        let same = |m: &usize| {
            let other = text.tokens_in(self.mentions[*m].span);
            matches!(self.mentions[*m].fact, Fact::Organization(_))
                && other.len() == rest.len()
                && rest.clone().zip(other).all(|(a, b)| text.fold(a) == text.fold(b))
        };
        let alone = rest.is_empty() || matches!(at(board + 2), "executive") && rest.start > board;
        let item = self.items.iter().position(|i| i.what == What::Body(mention));
        if alone || board == tokens.start && at(board) == "board" {
            return item.and_then(|i| self.last_named(i)).unwrap_or(mention);
        }
        (0..self.mentions.len()).find(same).unwrap_or(mention)
    }

    /// The entity of a body.
    pub fn entity(&self, mention: usize) -> Option<u32> {
        match &self.mentions[mention].fact {
            Fact::Organization(body) => Some(body.entity),
            _ => None,
        }
    }

    /// Whether a name in capitals or quotes begins at an item: what is carried out, though nobody knows it for a project.
    pub fn names_something(&self, at: usize) -> bool {
        let at = at + usize::from(is_article(self.word(at)));
        self.word(at) == "\""
            || self.items.get(at).is_some_and(|i| i.what == What::Word && self.text().tokens[i.first].is_capital())
                && self.items.get(at + 1).is_some_and(|i| i.what == What::Word && self.text().tokens[i.first].is_capital())
    }

    /// Whether a preposition and a place stand at an item: "in Osh".
    pub(super) fn leads_to_place(&self, at: usize) -> bool {
        matches!(self.word(at), "in" | "в" | "of") && self.what(at + 1) == Some(What::Place)
    }

    /// Whether "the board of", «совет директоров» stands before a body's name.
    pub fn has_board(&self, mention: usize) -> bool {
        let item = self.items.iter().position(|i| i.what == What::Body(mention));
        item.is_some_and(|i| self.glue_before(i, |g| g.board).is_some())
    }
}

pub(super) fn is_relative(word: &str) -> bool {
    hints::is(word, Hint::RELATIVE)
}

pub(super) fn is_article(word: &str) -> bool {
    hints::is(word, Hint::ARTICLE)
}
