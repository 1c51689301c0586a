//! What speaks against a cue where it stands: the sentence asks, somebody else is told to act, a bill is what is
//! supported, money is taken from a body rather than given by it, an attack is what was carried out.

use super::cues::{Cue, OBJECTS, Side};
use super::sentence::{Hit, Sentence, What, is_article};
use crate::mention::RoleKind;

/// How many items back from "supported by" its subject is looked for.
const SUBJECT: usize = 14;

impl Sentence<'_, '_> {
    /// Whether the words around a cue make it say something else than its role.
    pub(super) fn doubted(&self, hit: Hit, cue: &Cue) -> bool {
        if cue.role > RoleKind::Organizer {
            return false;
        }
        let active = matches!(cue.side, Side::Before | Side::Verb | Side::Both);
        let (verb, next) = (self.word(hit.first), self.word(hit.end));
        if (active || cue.side == Side::Adjacent) && self.asks() {
            return true;
        }
        let goes_on = ["continu", "begin", "began", "start", "продолж"].iter().any(|stem| verb.starts_with(stem));
        if active && hit.end == hit.first + 1 && goes_on && matches!(next, "to" | "out" | "with") {
            return true; // the verb behind it tells
        }
        // "held that", "hold them accountable"
        let blames = |i: usize| matches!(self.word(i), "accountable" | "responsible" | "hostage" | "liable" | "back");
        if active && matches!(verb, "hold" | "holds" | "held") && (next == "that" || (hit.end..hit.end + 6).any(blames)) {
            return true;
        }
        // "held with people from B by the active support of A"
        if cue.side == Side::After && cue.role != RoleKind::Donor && self.leads_to_support(hit.end) {
            return true;
        }
        // "Thanks to “The School of A”"
        let named = |i: usize| matches!(self.what(i), Some(What::Project(_)));
        if matches!(verb, "thanks" | "благодаря") && (hit.end..hit.end + 3).any(named) {
            return true;
        }
        // "A backed down", "keeping A funded"
        let keeps = (hit.first.saturating_sub(6)..hit.first).any(|i| matches!(self.word(i), "keep" | "keeps" | "keeping" | "kept"));
        if active && (verb.starts_with("back") && matches!(next, "down" | "off" | "away" | "out") || verb == "funded" && keeps) {
            return true;
        }
        // "the agency projects this rule will …"
        let object =
            matches!(next, "this" | "that" | "these" | "those" | "a" | "an" | "the") || matches!(self.what(hit.end), Some(What::Money(_)));
        if cue.side == Side::Adjacent && verb.ends_with('s') && object {
            return true;
        }
        if cue.side == Side::Adjacent && self.holds("behind-aid", hit.end) {
            return true;
        }
        // «информация, переданная А»
        let told = |i: usize| ["информаци", "сведени", "сообщени", "данные"].iter().any(|stem| self.word(i).starts_with(stem));
        if cue.side == Side::After && cue.role == RoleKind::Donor && (hit.first.saturating_sub(2)..hit.first).any(told) {
            return true;
        }
        let taken = cue.needs.money_before && (hit.first.saturating_sub(9)..hit.first).any(|i| self.holds("taken", i));
        taken || self.is_harm(hit, cue) || self.is_law(hit, cue)
    }

    /// Whether "the active support of" stands at an item.
    pub(super) fn leads_to_support(&self, at: usize) -> bool {
        let helps = |i: usize| matches!(self.word(i), "support" | "help" | "assistance" | "поддержкой" | "помощью");
        let of = |i: usize| matches!(self.word(i), "of" | "the" | "from");
        (at..at + 4).take_while(|&i| self.what(i) == Some(What::Word)).any(|i| helps(i) && of(i + 1))
    }

    /// Whether a word of a class of objects stands at an item.
    fn holds(&self, class: &str, item: usize) -> bool {
        self.items
            .get(item)
            .is_some_and(|i| i.what == What::Word && OBJECTS.get(class).is_some_and(|words| words.hold(self.text(), i.first)))
    }

    /// Whether the sentence is a question.
    fn asks(&self) -> bool {
        let last = self.items.len();
        (last.saturating_sub(2)..last).any(|i| self.word(i) == "?")
    }

    /// "The attacks carried out by", "carried out a massacre".
    fn is_harm(&self, hit: Hit, cue: &Cue) -> bool {
        let mut near = if cue.side == Side::After { hit.first.saturating_sub(3)..hit.first } else { hit.end..hit.end + 3 };
        cue.role != RoleKind::Donor && near.any(|i| self.holds("harm", i))
    }

    /// Whether what is supported is a bill or a candidate: "the bill is supported by", "supports the Clean Air Act", "supports Ms Berg".
    fn is_law(&self, hit: Hit, cue: &Cue) -> bool {
        let verb = self.word(hit.first);
        let supports = ["support", "back", "sponsor", "endors", "поддерж", "спонсор"].iter().any(|stem| verb.starts_with(stem));
        if !supports || cue.role != RoleKind::Donor {
            return false;
        }
        let act = |i: usize| match self.items.get(i).map(|i| i.what) {
            Some(What::Project(p)) => self
                .text()
                .tokens_in(self.mentions[p].span)
                .next_back()
                .is_some_and(|t| OBJECTS.get("law").is_some_and(|words| words.hold(self.text(), t))),
            _ => self.holds("law", i),
        };
        match cue.side {
            Side::After => {
                let told = |i: &usize| {
                    act(*i) || ["project", "event"].iter().any(|c| self.holds(c, *i)) || matches!(self.what(*i), Some(What::Project(_)))
                };
                let subject = (hit.first.saturating_sub(SUBJECT)..hit.first).rev().find(told);
                subject.is_some_and(act)
            }
            Side::Before | Side::Verb => {
                let object = hit.end + usize::from(is_article(self.word(hit.end)));
                let person = (object..object + 2).find(|&i| self.what(i) == Some(What::Person));
                person.is_some_and(|p| self.word(p + 1) != "'s") || (object..object + 6).any(act)
            }
            _ => false,
        }
    }

    /// Whether others tell a body to do what a verb says: "urges A to provide", "demands that A pay".
    pub(super) fn is_told(&self, body: usize) -> bool {
        let Some(item) = self.items.iter().position(|i| i.what == What::Body(body)) else { return false };
        let start = self.item_before_name(item);
        let before = start - usize::from(start > 0 && self.word(start - 1) == "that");
        let (Some(told), Some(last)) = (OBJECTS.get("told"), before.checked_sub(1).and_then(|i| self.items.get(i))) else { return false };
        let ends_here = |i: usize| told.longest(self.text(), self.items[i].first) == Some(last.end);
        (before.saturating_sub(2)..before).any(|i| self.items[i].what == What::Word && ends_here(i))
    }

    /// Whether a body's name is cut out of a law's: "the sponsorship of the University of X Research Park Act".
    pub(super) fn names_law(&self, body: usize) -> bool {
        let Some(item) = self.items.iter().position(|i| i.what == What::Body(body)) else { return false };
        let capital = |i: usize| self.what(i) == Some(What::Word) && self.text().tokens[self.items[i].first].is_capital();
        (item + 1..(item + 6).min(self.items.len())).take_while(|&i| capital(i)).any(|i| self.holds("law", i))
    }
}
