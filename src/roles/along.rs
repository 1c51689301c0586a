//! Bodies named beside those of a cue: who works along with them, through whom the money goes.

use super::cues::{CUES, Cue, Side};
use super::sentence::{Hit, Sentence, What, is_article};
use crate::mention::RoleKind;

impl Sentence<'_, '_> {
    /// Bodies that act along with a subject: "organized the visit in cooperation with B".
    pub(super) fn joined_behind(&self, from: usize, role: RoleKind) -> Vec<usize> {
        for at in from..(from + 20).min(self.items.len()) {
            // "A financed the map and invited the public, jointly with B": along with another verb
            let verb = matches!(self.word(at), "and" | "и")
                && (self.what(at + 1) == Some(What::Word) && self.starts_predicate(at + 1)
                    || self.hits.iter().any(|h| h.first == at + 1 && matches!(CUES.rows[h.row as usize].side, Side::Before | Side::Verb))
                    || self.glue_where(at + 1, |g| g.with && !g.joins).is_some());
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

    /// Bodies behind a second "by", where those of the first are none: "run by the networks of six countries as well as by B".
    pub(super) fn by_further(&self, hit: Hit, cue: &Cue) -> Vec<usize> {
        /// How many items the first agent may take.
        const REACH: usize = 20;
        // "funded by it and by B": what it gives stands before, and B's share is not told
        let meant = self.glue_where(hit.end, |g| g.it || g.they || g.object).is_some();
        if self.word(hit.end - 1) != "by" || meant {
            return Vec::new();
        }
        let stops = |i: usize| matches!(self.word(i), ";" | ":" | ".") || self.starts_predicate(i) || self.other_cue(i, cue.role);
        let further = (hit.end..(hit.end + REACH).min(self.items.len()))
            .take_while(|&i| !stops(i))
            .find(|&i| self.word(i) == "by" && self.glue_before(i, |g| g.joins).is_some());
        further.map_or_else(Vec::new, |by| self.list_after(by + 1, false, cue.role))
    }

    /// Bodies that act along behind the support of another: "organized by A with the support of B, in cooperation with C".
    pub(super) fn joined_past_support(&self, from: usize, role: RoleKind) -> Vec<usize> {
        let support = self.hits.iter().find(|h| {
            let cue = &CUES.rows[h.row as usize];
            (from..from + 8).contains(&h.first) && cue.role == RoleKind::Donor && cue.needs.led_in
        });
        let Some(support) = support else { return Vec::new() };
        let mut paying = self.list_after(support.end, false, RoleKind::Donor);
        paying.retain(|&b| !self.works_along(b));
        let last = self.items.iter().rposition(|i| matches!(i.what, What::Body(b) if paying.contains(&b)));
        let Some(last) = last.filter(|&last| last >= support.end) else { return Vec::new() };
        let past = self.past_name(last + 1);
        let along = (past..past + 3).take_while(|&i| i == past || self.word(i - 1) == "," || matches!(self.word(i - 1), "and" | "и"));
        along
            .filter_map(|i| self.glue_where(i, |g| g.with && !g.joins))
            .next()
            .map_or_else(Vec::new, |end| self.list_after(end, false, role))
    }

    /// The partners named behind a relative clause, who act along: "A, which runs it, and its local partners B and C".
    pub(super) fn partners_behind(&self, from: usize, role: RoleKind) -> Vec<usize> {
        let Some(comma) = (from..from + 4).find(|&i| self.word(i) == ",") else { return Vec::new() };
        let ours =
            matches!(self.word(comma + 1), "and" | "и") && matches!(self.word(comma + 2), "its" | "their" | "his" | "его" | "ее" | "их");
        let partners = (comma + 3..comma + 6).find(|&i| self.word(i).starts_with("partner") || self.word(i).starts_with("партн"));
        match partners.filter(|_| ours) {
            Some(at) => self.list_after(at + 1, true, role),
            None => Vec::new(),
        }
    }

    /// Whether a body is named as one that another works with: "in cooperation with B", «в партнёрстве с Б».
    pub(super) fn works_along(&self, mention: usize) -> bool {
        let Some(mut start) = self.items.iter().position(|i| i.what == What::Body(mention)) else { return false };
        while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
            start -= 1;
        }
        self.glue_before(start, |g| g.with).is_some_and(|with| matches!(self.word(with), "in" | "в" | "во"))
    }

    /// Whether money goes through a body: "funded by A through B".
    pub(super) fn is_channel(&self, mention: usize) -> bool {
        let Some(mut start) = self.items.iter().position(|i| i.what == What::Body(mention)) else { return false };
        while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
            start -= 1;
        }
        self.glue_before(start, |g| g.through).is_some()
    }
}
