//! What stands around a list of bodies: words for a group that is then named one by one, bodies that open the sentence
//! beside its subject, the rest of a name whose mark ends early.

use super::cues::{CUES, Side};
use super::sentence::{Hit, Sentence, What, is_article};
use crate::mention::RoleKind;
use crate::text::{Kind, Token};

impl Sentence<'_, '_> {
    /// One past the words that say a group is now named one by one, which begins at `at`: "agencies, namely", «структур, в том
    /// числе», "organizations:", when a body follows.
    pub(super) fn past_group(&self, at: usize) -> Option<usize> {
        let group = self.glue_where(at, |g| g.counted).or_else(|| self.glue_where(at, |g| g.kind_of_body))?;
        // "agencies of the system in Osh"
        let open = (group..group + 4)
            .find(|&i| !matches!(self.what(i), Some(What::Word | What::Place)) || self.glue_where(i, |g| g.namely).is_some())?;
        let mut next = open;
        while matches!(self.word(next), "," | ":" | "(") || self.glue_where(next, |g| g.namely).is_some() {
            next = self.glue_where(next, |g| g.namely).unwrap_or(next + 1);
        }
        // «тремя организациями – А, Б и В», but not «партнеры – А»
        let by = ["ами", "ями"].iter().any(|e| self.word(group - 1).ends_with(e));
        let next = next + usize::from(by && open == next && self.word(next) == "-");
        let told = (open..next)
            .any(|i| matches!(self.word(i), ":" | "(") || by && self.word(i) == "-" || self.glue_where(i, |g| g.namely).is_some());
        let first = next + usize::from(is_article(self.word(next)));
        (told && (first..first + 3).any(|i| self.body(i).is_some() && (first..i).all(|w| self.glue(w).is_none()))).then_some(next)
    }

    /// Whether a group behind item `from` is named one by one in the lines below: ", namely:".
    pub(super) fn ends_in_namely(&self, from: usize) -> bool {
        let Some(colon) = self.items.len().checked_sub(1).filter(|&i| self.word(i) == ":") else { return false };
        (from..colon).any(|i| self.glue_where(i, |g| g.namely) == Some(colon))
    }

    /// The bodies that open the sentence beside its subject: "In partnership with A and B, C held".
    pub(super) fn joined_ahead(&self, subject: &[usize], role: RoleKind) -> Vec<usize> {
        let Some(end) = self.glue_where(0, |g| g.with && !g.joins) else { return Vec::new() };
        let first = self.items.iter().position(|i| matches!(i.what, What::Body(b) if subject.contains(&b))).unwrap_or(0);
        let found = self.list_after(end, false, role);
        let last = self.items.iter().position(|i| matches!(i.what, What::Body(b) if found.last() == Some(&b))).unwrap_or(usize::MAX);
        // a comma parts them from the subject
        let parted = last < first && (last..first).any(|i| self.word(i) == ",")
            // «Совместно с Б А провёл»
            || found.len() == 1 && last < first && self.past_name(last + 1) == first;
        if parted { found.into_iter().filter(|b| !subject.contains(b)).collect() } else { Vec::new() }
    }

    /// One past words in capitals that a name whose mark ends early goes on with, when a list goes on behind them.
    pub(super) fn past_rest(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|&before| self.body(before).is_some() || self.word(before) == ")")?;
        let capital = |i: usize| self.what(i) == Some(What::Word) && self.text().tokens[self.items[i].first].is_capital();
        let end = (at..at + 3).find(|&i| !capital(i))?;
        (end > at && self.glue_where(end, |g| g.joins || g.with).is_some()).then_some(end)
    }

    /// The first item of words in capitals that end with `last`, before a verb in lower case: the rest of a body's name
    /// whose mark ends early, "the A Presence held", or a name that nobody knows joined to a body, "A and Think Tank held".
    pub(super) fn name_rest(&self, last: usize, verb: usize) -> Option<usize> {
        let text = self.text();
        let named = |t: &Token| t.is_capital() || t.kind == Kind::Number;
        let capital = |i: usize| self.what(i) == Some(What::Word) && named(&text.tokens[self.items[i].first]);
        let acts = |h: &Hit| h.first == verb && CUES.rows[h.row as usize].side != Side::After;
        let told = self.items.get(verb).is_some_and(|v| !self.text().tokens[v.first].is_capital()) && self.hits.iter().any(acts);
        // "are convening", but not ", providing"
        let is = verb.checked_sub(1).and_then(|i| self.glue(i)).is_some_and(|(_, g)| g.be);
        if !capital(last) || !told || self.word(verb).ends_with("ing") && !is {
            return None;
        }
        let mut start = last;
        while start > 0 && last - start < 3 && capital(start - 1) {
            start -= 1;
        }
        // "the A Ambassador opened"
        if (start..=last).any(|i| self.glue_where(i, |g| g.officer || g.holder).is_some()) {
            return None;
        }
        let named = start.checked_sub(1).is_some_and(|b| self.body(b).is_some() || self.word(b) == ")");
        if named { Some(start) } else { self.joined_to_body(last) }
    }
}
