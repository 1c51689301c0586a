//! Whether a cue holds where it stands: no negation or wish governs it, what it is about stands near, and no cue of the
//! same words fits better.

use super::bodies::{for_support, holds_object, is_noun, is_stance, object_in, paid_by_other};
use super::cues::{CUES, Cue, Glue, OBJECTS, Side};
use super::sentence::{Before, Hit, Sentence, What};
use super::{Finder, SURE_ENOUGH, year};
use crate::lexicon::hints::{self, Hint};
use crate::mention::RoleKind;
use crate::text::Facts;

/// What a cue counts for that tells of another time.
const EARLIER: f32 = 0.56;

/// How many items from a cue its object may stand.
pub(super) const REACH: usize = 16;

impl Finder<'_, '_> {
    /// Whether a cue holds where it stands, and how surely.
    pub(super) fn weigh(&self, sentence: &Sentence, previous: Option<&Before>, hit: Hit, cue: &Cue) -> Option<f32> {
        let text = sentence.text();
        let russian = text.tokens[sentence.items[hit.first].first].script == crate::text::Script::Cyrillic;
        if cue.russian != russian && sentence.items[hit.first].what == What::Word {
            return None;
        }
        if sentence.doubted(hit, cue) {
            return None;
        }
        let back = |n: usize| hit.first.saturating_sub(n)..hit.first;
        let glue = |i: usize, right: fn(&Glue) -> bool| sentence.glue_where(i, right).is_some();
        if back(if russian { 2 } else { 4 }).any(|i| glue(i, |g| g.negates))
            || back(6).any(|i| glue(i, |g| g.unreal) && !reported(sentence, i))
        {
            return None;
        }
        if matches!(cue.side, Side::Before)
            && !russian
            // "is supported", but not "the bank's board approved"
            && back(2).any(|i| glue(i, |g| g.be) && !(sentence.word(i) == "'s" && sentence.body(i.wrapping_sub(1)).is_some()))
            && !sentence.word(hit.end - 1).ends_with("ing")
            && !cue.needs.predicate
        {
            return None;
        }
        if matches!(cue.side, Side::Before) && !russian && is_noun(sentence, hit) {
            return None;
        }
        // "A bill has received support from B"
        if cue.side == Side::After && cue.role == RoleKind::Donor && matches!(sentence.word(hit.first), "support" | "backing") {
            let stance = OBJECTS.get("stance");
            if back(12).any(|i| sentence.items[i].what == What::Word && stance.is_some_and(|o| o.hold(text, sentence.items[i].first))) {
                return None;
            }
        }
        if !cue.needs.classes.is_empty() && !holds_object(sentence, hit, cue) {
            // "It is coordinated by A": the sentence before says what
            let near = hit.first.saturating_sub(3)..(hit.end + 3).min(sentence.items.len());
            let titled = cue.needs.classes.contains(&"project") && sentence.names_something(hit.end);
            // "It was organized by A and supported by B"
            let opens = cue.side == Side::After && glue(0, |g| g.it || g.object);
            let meant = opens || near.clone().any(|i| glue(i, |g| g.object));
            let whole = |p: &Sentence| object_in(p, 0..p.items.len(), cue);
            let other = |p: &Sentence| (0..p.items.len()).any(|i| p.glue(i).is_some_and(|g| g.1.earlier));
            if !titled
                && !aside_of_doer(sentence, hit, cue)
                && (!meant || !(whole(sentence) || previous.map(Before::read).is_some_and(|p| whole(&p) && !other(&p))))
            {
                return None;
            }
        }
        if cue.needs.money_before && !back(4).any(|i| matches!(sentence.items[i].what, What::Money(_))) {
            // "The school got its grant from A"
            let got = back(7).any(|i| matches!(sentence.word(i), "got" | "received" | "receives") || sentence.word(i).starts_with("получ"));
            // "the school received computers from A"
            let sums = ["money", "aid"].map(|class| OBJECTS.get(class));
            let sum = |i: usize| sums.iter().flatten().any(|o| o.hold(text, sentence.items[i].first));
            let given = back(9).any(|i| sentence.items[i].what == What::Word && sum(i));
            if !got || !given {
                return None;
            }
        }
        if cue.needs.paid && !sentence.hits.iter().any(|h| paid_by_other(sentence, h, usize::MAX, 0)) {
            return None;
        }
        if matches!(cue.side, Side::Before | Side::Verb) && cue.role == RoleKind::Donor && is_stance(sentence, hit) {
            return None;
        }
        if back(hit.first).chain(hit.end..(hit.end + 6).min(sentence.items.len())).any(|i| glue(i, |g| g.elsewhere)) {
            return None;
        }
        // "UNDP's Aid for Trade": a name
        let capital = |i: usize| sentence.items.get(i).is_some_and(|t| t.what == What::Word && text.tokens[t.first].is_capital());
        if cue.side == Side::Adjacent
            && capital(hit.end - 1)
            && matches!(sentence.word(hit.end), "for" | "to" | "of" | "and")
            && (capital(hit.end + 1) || matches!(sentence.what(hit.end + 1), Some(What::Project(_))))
        {
            return None;
        }
        if cue.role == RoleKind::Donor && serves(sentence, hit, cue) {
            return None;
        }
        if cue.needs.led_in && !back(5).any(|i| glue(i, |g| g.leads_in)) {
            return None;
        }
        if cue.needs.for_support && !for_support(sentence, hit.end) {
            return None;
        }
        if cue.side == Side::Before && back(2).any(|i| sentence.word(i) == "had") {
            return Some(0.62); // "had approved": before what is reported
        }
        let mut beside = (0..3.min(hit.first)).chain(back(3));
        let earlier = beside.any(|i| glue(i, |g| g.earlier)) || self.long_ago(sentence);
        Some(if earlier { EARLIER } else { 1.0 })
    }

    /// Whether another cue of the same words fits better: of "conducted by" the one whose object stands nearer.
    pub(super) fn outdone(&self, sentence: &Sentence, hit: Hit, cue: &Cue) -> bool {
        if cue.needs.classes.is_empty() {
            return false;
        }
        let from = |row: u16, named: bool| {
            let other = &CUES.rows[row as usize];
            let passive = other.side == Side::After;
            let told = |i: usize| (named || sentence.items[i].what == What::Word) && object_in(sentence, i..i + 1, other);
            let before = (0..hit.first).rev().take(REACH).position(told);
            let behind = (hit.end..sentence.items.len()).take(REACH).position(told);
            let far = |d: Option<usize>, by: usize| d.map_or(usize::MAX, |d| d + by);
            // what is done stands before a passive and behind an active verb
            if passive { far(before, 0).min(far(behind, REACH)) } else { far(behind, 0).min(far(before, 0)) }
        };
        // a name may be a project's or an event's: the word beside it tells, «форум «Рост»»
        let distance = |row: u16| (from(row, true), from(row, false));
        let own = distance(hit.row);
        // «мероприятие проводится А»: one word tells of both, and what is held is an event
        // "the Annual Conference was initiated by": a name whose noun is an event's
        let gathering = || {
            let reach = hit.first.saturating_sub(REACH)..(hit.end + REACH).min(sentence.items.len());
            reach.into_iter().any(|i| matches!(sentence.items[i].what, What::Project(p) if is_gathering(sentence, p)))
        };
        let held = cue.role == RoleKind::Implementer && (own.1 != usize::MAX || own.0 != usize::MAX && gathering());
        let is_event = |row: u16, role: RoleKind| held && role == RoleKind::Organizer && distance(row) == own;
        sentence.hits.iter().any(|h| {
            let other = &CUES.rows[h.row as usize];
            h.first == hit.first
                && h.row != hit.row
                && other.role != cue.role
                && !other.needs.classes.is_empty()
                && other.russian == cue.russian
                && other.confidence >= SURE_ENOUGH
                && other.role <= RoleKind::Organizer
                && (distance(h.row) < own || is_event(h.row, other.role))
        })
    }

    /// Whether the sentence tells of years long before the latest one of the release.
    fn long_ago(&self, sentence: &Sentence) -> bool {
        let Some(latest) = self.year else { return false };
        let numbers = || sentence.text().candidates(sentence.tokens(), Facts::NUMBER);
        let years = || numbers().filter_map(|t| year(sentence.text(), t).map(|y| (t, y)));
        let since = |t: usize| t > 0 && matches!(sentence.text().fold(t - 1), "since" | "с" | "from" | "-");
        years().next().is_some() && years().all(|(t, y)| y + 3 < latest && !since(t))
    }
}

/// Whether a project's name is that of a gathering, and of no project: "Annual Conference on Soil".
fn is_gathering(sentence: &Sentence, project: usize) -> bool {
    let text = sentence.text();
    let holds = |class: &str| {
        OBJECTS.get(class).is_some_and(|words| text.tokens_in(sentence.mentions[project].span).any(|token| words.hold(text, token)))
    };
    holds("gathering") && !holds("project")
}

/// Whether a passive stands between commas behind a body, and what that body did behind it: "A, supported by B, built".
fn aside_of_doer(sentence: &Sentence, hit: Hit, cue: &Cue) -> bool {
    /// How many items the words between the commas may take.
    const ASIDE: usize = 12;
    let acts = |h: &Hit| {
        let other = &CUES.rows[h.row as usize];
        (hit.end..hit.end + ASIDE).contains(&h.first)
            && sentence.word(h.first - 1) == ","
            && other.side == Side::Before
            && matches!(other.role, RoleKind::Implementer | RoleKind::Organizer)
    };
    cue.role == RoleKind::Donor
        && cue.side == Side::After
        && sentence.word(hit.first).starts_with("support")
        && sentence.word(hit.first.wrapping_sub(1)) == ","
        && sentence.body_right_before(hit.first - 1).is_some()
        && sentence.hits.iter().any(acts)
}

/// Whether what is provided is a service, which a clinic or a school gives without paying for others: "care offered by".
fn serves(sentence: &Sentence, hit: Hit, cue: &Cue) -> bool {
    let Some(service) = OBJECTS.get("service").filter(|_| cue.needs.classes.contains(&"aid")) else { return false };
    let stem = sentence.word(hit.first);
    if !["provid", "offer", "render", "предостав", "оказ"].iter().any(|s| stem.starts_with(s)) {
        return false;
    }
    let near =
        if cue.side == Side::After { hit.first.saturating_sub(2)..hit.first } else { hit.end..(hit.end + 4).min(sentence.items.len()) };
    // «экспертную поддержку оказывают»: no money
    let expert = |i: usize| {
        ["эксперт", "методич", "информац", "консульта", "организационн", "moral", "expert", "media"]
            .iter()
            .any(|s| sentence.word(i).starts_with(s))
    };
    if (hit.first.saturating_sub(4)..(hit.end + 3).min(sentence.items.len())).any(expert) {
        return true;
    }
    // "the documents that A has provided to us"
    let given = cue.side != Side::After && matches!(sentence.word(hit.end), "to" | "." | "?" | ",");
    let near = if given { hit.first.saturating_sub(6)..hit.first } else { near };
    near.into_iter().any(|i| sentence.items[i].what == What::Word && service.hold(sentence.text(), sentence.items[i].first))
}

/// Whether a "would" tells what somebody said of the future: "announced that it would finance".
fn reported(sentence: &Sentence, would: usize) -> bool {
    sentence.word(would) == "would"
        && (would.saturating_sub(5)..would).any(|i| sentence.word(i) == "that" && hints::is(sentence.word(i.wrapping_sub(1)), Hint::TOLD))
}
