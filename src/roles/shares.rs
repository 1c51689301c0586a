//! Who gives and who gets when one verb tells of several: "A gave $5,000, B another $2,000", "B received a grant to
//! implement the project".

use super::case::Case;
use super::cues::OBJECTS;
use super::sentence::{Sentence, What, is_article};
use crate::lexicon::hints::{self, Hint};
use crate::mention::RoleKind;
use crate::text::Kind;

impl Sentence<'_, '_> {
    /// The bodies that give along with those of a verb that is said once: "A gave $5,000, B another $2,000",
    /// «5 млн дал А, 2 млн – Б и В».
    pub(super) fn gapped(&self, from: usize, known: &[usize]) -> Vec<usize> {
        let mut found = Vec::new();
        for at in from + 1..self.items.len() {
            let Some(body) = self.body(at).filter(|b| !known.contains(b) && !found.contains(b)) else { continue };
            let mut start = at;
            while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
                start -= 1;
            }
            let past = self.past_name(at + 1);
            let amount = (past..past + 3).find(|&i| matches!(self.what(i), Some(What::Money(_))));
            let short = |end: usize| (past..end).all(|i| hints::is(self.word(i), Hint::REST_LINK));
            if self.glue_before(start, |g| g.joins).is_some() && amount.is_some_and(short) {
                found.push(body);
            } else if start > 1 && self.word(start - 1) == "-" {
                let before = self.items[start - 2];
                let count = matches!(before.what, What::Word)
                    && (self.text().tokens[before.first].kind == Kind::Number || hints::is(self.word(start - 2), Hint::COUNT));
                if matches!(before.what, What::Money(_)) || count || hints::is(self.word(start - 2), Hint::REST) {
                    found.extend(self.list_after(at, true, RoleKind::Donor));
                }
            }
        }
        found
    }

    /// The bodies that get what a verb before item `from` gives: behind "to", or in the dative.
    pub(super) fn receivers(&self, from: usize, givers: &[usize]) -> Vec<usize> {
        for at in from..(from + 16).min(self.items.len()) {
            if self.word(at) == ";" || self.other_cue(at, RoleKind::Donor) {
                break;
            }
            if let Some(body) = self.body(at) {
                let cases = self.cases(body);
                let dative = cases.allow(Case::Dative)
                    && !(cases.allow(Case::Nominative) || cases.allow(Case::Genitive) || cases.allow(Case::Instrumental));
                let mut start = at;
                while start > 0 && (is_article(self.word(start - 1)) || self.word(start - 1) == "\"") {
                    start -= 1;
                }
                // "awarded A a grant"
                let past = self.past_name(at + 1);
                let given = start == from && (is_article(self.word(past)) || matches!(self.what(past), Some(What::Money(_))));
                let to = self.word(start.wrapping_sub(1)) == "to" || given;
                if (dative && self.glue_before(start, |g| g.oblique).is_none() || to) && !givers.contains(&body) {
                    return self.list_after(at, true, RoleKind::Recipient);
                }
            }
        }
        Vec::new()
    }

    /// Whether what is given is for a project to be carried out: "a grant to implement the project", «на реализацию проекта».
    pub(super) fn is_to_carry_out(&self, from: usize) -> bool {
        let carry = |i: usize| match self.word(i) {
            "to" => matches!(self.word(i + 1), "implement" | "execute" | "run") || self.word(i + 1) == "carry" && self.word(i + 2) == "out",
            "in" => self.word(i + 1) == "implementing" || self.word(i + 1) == "carrying" && self.word(i + 2) == "out",
            "for" => matches!(self.word(i + 1), "implementing" | "implementation" | "its" | "the" | "a"),
            "на" | "для" => ["реализаци", "осуществлени", "выполнени", "проект"].iter().any(|stem| self.word(i + 1).starts_with(stem)),
            _ => false,
        };
        let project = |i: usize| {
            matches!(self.what(i), Some(What::Project(_)))
                || self
                    .items
                    .get(i)
                    .is_some_and(|t| t.what == What::Word && OBJECTS.get("project").is_some_and(|o| o.hold(self.text(), t.first)))
        };
        // "for the roads project" or "to implement …"
        let owned = |i: usize| matches!(self.word(i + 1), "its" | "the" | "a") && self.word(i + 2) != "implementation";
        let reach = |i: usize| if owned(i) { 4 } else { 7 };
        (from..(from + 20).min(self.items.len())).any(|i| carry(i) && (i + 1..i + reach(i)).any(project))
    }
}
