//! The bodies of a cue: on the side where it has them, in the case that it asks for; and what else has to
//! stand near it.

use super::case::Case;
use super::cues::{CUES, Cue, OBJECTS, Side};
use super::sentence::{Hit, Item, Sentence, What, is_article};
use super::weight::REACH;
use crate::lexicon::hints::{self, Hint};
use crate::mention::RoleKind;
use crate::text::facts;

/// Whether a hit tells, behind item `from`, that another body pays.
pub(super) fn paid_by_other(sentence: &Sentence, hit: &Hit, body: usize, from: usize) -> bool {
    let cue = &CUES.rows[hit.row as usize];
    hit.first >= from
        && !(from..hit.first).any(|i| sentence.word(i) == ";")
        // "from its Emergency Fund": the body's own
        && !hints::is(sentence.word(hit.end), Hint::OWN)
        && cue.role == RoleKind::Donor
        && cue.side == Side::After
        && !cue.needs.funder
        && bodies(sentence, *hit, cue).0.iter().any(|&b| body == usize::MAX || sentence.entity(b) != sentence.entity(body))
}

/// Whether a country stands where the body of a cue would: "financed by Japan", "Japan allocated".
pub(super) fn country_at(sentence: &Sentence, hit: Hit, cue: &Cue) -> bool {
    let past_article = |i: usize| i + usize::from(is_article(sentence.word(i)));
    match cue.side {
        Side::After => {
            let governs = |i: usize| ["government", "правительств"].iter().any(|stem| sentence.word(i).starts_with(stem));
            let near = hit.end..(hit.end + 6).min(sentence.items.len());
            sentence.what(past_article(hit.end)) == Some(What::Place)
                || near.take_while(|&i| sentence.what(i) == Some(What::Word)).any(governs)
        }
        Side::Before | Side::Verb => {
            let is_aside = |i: usize| sentence.glue(i).is_some_and(|(_, glue)| glue.aside);
            let before = hit.first.checked_sub(1).map(|i| i.saturating_sub(usize::from(is_aside(i))));
            before.is_some_and(|i| sentence.what(i) == Some(What::Place))
        }
        _ => false,
    }
}

/// Whether a hit is a verb that says of another body that it pays.
pub(super) fn buys(sentence: &Sentence, hit: &Hit, body: usize) -> bool {
    let cue = &CUES.rows[hit.row as usize];
    cue.role == RoleKind::Donor
        && matches!(cue.side, Side::Verb | Side::Before)
        && cue.needs.classes.is_empty()
        && cue.confidence > 0.8
        && subject_pays(sentence, hit, body)
}

/// Whether the subject of a verb is another body than `body`.
pub(super) fn subject_pays(sentence: &Sentence, hit: &Hit, body: usize) -> bool {
    bodies(sentence, *hit, &CUES.rows[hit.row as usize]).0.iter().any(|&b| sentence.entity(b) != sentence.entity(body))
}

/// Whether a hit is a verb of support, and what is supported is the project whose owner the row of the hit `owner` names:
/// "A supported a project of B".
pub(super) fn supports_own(sentence: &Sentence, verb: &Hit, owner: &Hit) -> bool {
    /// Words between the verb and its object: "supported a new project of".
    const OBJECT: usize = 3;
    let cue = &CUES.rows[verb.row as usize];
    let supports = ["support", "back", "fund", "financ", "поддерж"].iter().any(|stem| sentence.word(verb.first).starts_with(stem));
    CUES.rows[owner.row as usize].needs.project_owner
        && cue.role == RoleKind::Donor
        && matches!(cue.side, Side::Verb | Side::Before)
        && supports
        && (verb.end..=verb.end + OBJECT).contains(&owner.first)
        && (verb.end..owner.first).all(|i| sentence.what(i) == Some(What::Word))
}

/// Whether a hit tells that another body's support is what a body acts with: "with funds from B".
pub(super) fn led_payer(sentence: &Sentence, hit: &Hit, body: usize) -> bool {
    CUES.rows[hit.row as usize].needs.led_in
        && (hit.first.saturating_sub(5)..hit.first).any(|i| sentence.glue(i).is_some_and(|(_, g)| g.leads_in))
        && paid_by_other(sentence, hit, body, 0)
}

/// Whether an object of a class that the cue needs stands near it.
pub(super) fn holds_object(sentence: &Sentence, hit: Hit, cue: &Cue) -> bool {
    let near = hit.first.saturating_sub(REACH)..(hit.end + REACH).min(sentence.items.len());
    // what a passive is about opens the sentence, however long it is: "The school, … and …, is supported by"
    let subject = if cue.side == Side::After && !cue.russian { 0..near.start.min(5) } else { 0..0 };
    object_in(sentence, near.start..hit.first, cue) || object_in(sentence, hit.end..near.end, cue) || object_in(sentence, subject, cue)
}

/// Whether an object of a class that the cue needs stands among the items.
pub(super) fn object_in(sentence: &Sentence, items: std::ops::Range<usize>, cue: &Cue) -> bool {
    items.into_iter().any(|i| {
        let Item { what, first, .. } = sentence.items[i];
        let classes = &cue.needs.classes;
        match what {
            What::Money(_) => classes.iter().any(|class| matches!(*class, "money" | "aid")),
            What::Project(_) => classes.iter().any(|class| matches!(*class, "project" | "event")),
            // a project whose name is marked as a body's: "the Rivers Project"
            What::Body(m) if classes.contains(&"project") => {
                let text = sentence.text();
                text.tokens_in(sentence.mentions[m].span).next_back().is_some_and(|t| matches!(text.fold(t), "project" | "проект"))
            }
            What::Word if sentence.text().may_be(first, facts::OBJECT_OF_ROLE) => {
                classes.iter().any(|class| OBJECTS.get(class).is_some_and(|words| words.hold(sentence.text(), first)))
            }
            _ => false,
        }
    })
}

/// Whether the word is a noun in the plural rather than a verb: "USDA funds to …", "15 Senate co-sponsors."
pub(super) fn is_noun(sentence: &Sentence, hit: Hit) -> bool {
    if !hints::is(sentence.word(hit.end - 1), Hint::GIVING_NOUN) {
        return false;
    }
    let next = sentence.word(hit.end);
    hit.end >= sentence.items.len()
        || matches!(
            next,
            "." | ","
                | ";"
                | ":"
                | ")"
                | "in"
                | "to"
                | "for"
                | "from"
                | "of"
                | "by"
                | "at"
                | "and"
                | "were"
                | "are"
                | "will"
                | "that"
                | "which"
        )
        || next.len() > 4 && next.ends_with("ing")
}

/// Whether what is supported is a statement, a bill, a view rather than work.
pub(super) fn is_stance(sentence: &Sentence, hit: Hit) -> bool {
    let word = sentence.word(hit.first);
    let supports = ["support", "back", "поддерж"].iter().any(|stem| word.starts_with(stem));
    let stance = OBJECTS.get("stance");
    let held = |i: usize| sentence.items[i].what == What::Word && stance.is_some_and(|o| o.hold(sentence.text(), sentence.items[i].first));
    supports && ((hit.end..(hit.end + 4).min(sentence.items.len())).any(held) || (hit.first.saturating_sub(2)..hit.first).any(held))
}

/// The bodies that stand in the case a cue asks for: the first that fits behind it and those listed with it, else those right
/// before it, when surely in it: «Комитетом проведено заседание».
pub(super) fn in_case(sentence: &Sentence, hit: Hit, cue: &Cue, case: Case, bodies: Vec<usize>) -> Vec<usize> {
    let surely = |b: usize| sentence.cases(b).allow(case) && !sentence.cases(b).allow(Case::Nominative);
    let fits = |b: usize| if cue.needs.agent { surely(b) } else { sentence.cases(b).allow(case) };
    // «реализуется командой Центра», «проводится программой «Школы» Фонда»
    let headed = |b: usize| {
        let whole = sentence.items.get(hit.end).is_some_and(|i| matches!(i.what, What::Project(p) if sentence.inside(p).any(|o| o == b)));
        whole || sentence.has_board(b)
    };
    match bodies.first() {
        Some(&first) if fits(first) || case == Case::Instrumental && headed(first) => return bodies,
        // «передано школе Центром»
        Some(&first) if case == Case::Instrumental => {
            let behind = sentence.items.iter().position(|i| i.what == What::Body(first)).map_or(hit.end, |i| i + 1);
            let next = sentence.list_after(behind, false, cue.role);
            if next.first().is_some_and(|&b| surely(b)) {
                return next;
            }
        }
        _ => {}
    }
    // «реализуемого Программой развития»: what stands right behind is meant, whatever its form allows
    let receives = |b: usize| {
        let cases = sentence.cases(b);
        cases.allow(Case::Dative) && !cases.allow(Case::Instrumental) && !cases.allow(Case::Genitive)
    };
    let right_behind = bodies.first().filter(|&&b| sentence.body(hit.end) == Some(b) && (case == Case::Dative || !receives(b)));
    if let Some(&first) = right_behind.filter(|_| !cue.needs.agent) {
        return if sentence.cases(first).allow(Case::Nominative) { Vec::new() } else { bodies };
    }
    if case == Case::Instrumental {
        let (before, named) = sentence.subject_before(hit.first, false);
        if named && before.first().is_some_and(|&b| surely(b)) {
            return before;
        }
    }
    Vec::new()
}

/// Whether "for its financial support" stands behind item `from`.
pub(super) fn for_support(sentence: &Sentence, from: usize) -> bool {
    (from..(from + 60).min(sentence.items.len())).filter(|&i| matches!(sentence.word(i), "for" | "за")).any(|i| {
        (i + 1..(i + 5).min(sentence.items.len())).any(|j| {
            let word = sentence.items[j];
            // "for its contribution of $1 million", not "for its contribution to the debate"
            let sum = matches!(sentence.word(j), "contribution" | "contributions" | "вклад" | "вклады");
            if sum && (j + 1..j + 4).any(|k| matches!(sentence.what(k), Some(What::Money(_)))) {
                return true;
            }
            // "for their help" may be work as well as money
            let given = ["financ", "generous", "humanit", "материальн", "финанс", "гуманитарн", "спонсор"];
            let help = matches!(sentence.word(j), "help" | "помощь") && !given.iter().any(|stem| sentence.word(j - 1).starts_with(stem));
            word.what == What::Word
                && !help
                && ["money", "aid"].iter().any(|class| OBJECTS.get(class).is_some_and(|o| o.hold(sentence.text(), word.first)))
        })
    })
}

/// The bodies of a cue, and whether they are named rather than meant by a pronoun.
pub(super) fn bodies(sentence: &Sentence, hit: Hit, cue: &Cue) -> (Vec<usize>, bool) {
    let named = |bodies| (bodies, true);
    match cue.side {
        Side::After => {
            // «Донор проекта – А»: the dash belongs to the label
            let from = if cue.needs.project_owner { hit.end } else { past_dash(sentence, hit.end) };
            let found = sentence.list_after(from, cue.needs.adjacent, cue.role);
            named(if found.is_empty() { sentence.by_further(hit, cue) } else { found })
        }
        Side::Before => match sentence.subject_before(hit.first, cue.needs.participle) {
            (none, _) if none.is_empty() && cue.needs.classes.contains(&"aid") => {
                named(sentence.official_before(hit.first).into_iter().collect())
            }
            subject => subject,
        },
        Side::Both => {
            let (mut both, named) = sentence.subject_before(hit.first, false);
            // "carried out with the support of A": A pays
            if !sentence.leads_to_support(hit.end) {
                both.extend(sentence.list_after(hit.end, cue.needs.adjacent, cue.role));
            }
            (both, named)
        }
        Side::Adjacent => {
            let mut owners: Vec<usize> = sentence.body_right_before(hit.first).into_iter().collect();
            // "a joint A and B project"
            if let Some(start) = hit.first.checked_sub(1).filter(|&i| cue.needs.project_owner && sentence.body(i).is_some())
                && matches!(sentence.word(start.wrapping_sub(1)), "and" | "&" | "/" | "-")
                && let Some(first) = start.checked_sub(2).and_then(|i| sentence.body(i))
            {
                owners.insert(0, first);
            }
            named(owners)
        }
        Side::Verb => verb_subject(sentence, hit, cue.role),
        Side::Label => named(label(sentence, hit, cue.role)),
        Side::Meant => (sentence.last_named(hit.first).into_iter().collect(), false),
    }
}

/// One past a dash or colon between a cue and its bodies: "Funded by – the EU".
pub(super) fn past_dash(sentence: &Sentence, mut at: usize) -> usize {
    while matches!(sentence.word(at), "-" | ":") {
        at += 1;
    }
    at
}

/// The subject of a Russian verb: before it, else right after it, in the nominative.
pub(super) fn verb_subject(sentence: &Sentence, hit: Hit, role: RoleKind) -> (Vec<usize>, bool) {
    let nominative = |bodies: &[usize]| bodies.first().is_some_and(|&b| sentence.cases(b).allow(Case::Nominative) || sentence.has_board(b));
    // «который реализует А и финансируют Б и В»
    let second = sentence.word(hit.first.wrapping_sub(1)) == "и"
        && hit.first > 2
        && sentence.body(hit.first - 2).is_some()
        && sentence.hits.iter().any(|h| h.end + 2 == hit.first && CUES.rows[h.row as usize].side == Side::Verb);
    if second {
        let after = sentence.list_after(hit.end, false, role);
        if nominative(&after) {
            return (after, true);
        }
    }
    let (before, named) = sentence.subject_before(hit.first, false);
    // «Проект А оплатило правительство»: the object and whose it is
    let owned = named
        && before.len() == 1
        && hit.first > 1
        && sentence.body(hit.first - 1) == before.first().copied()
        && sentence.what(hit.first - 2) == Some(What::Word)
        && ["project", "event"]
            .iter()
            .any(|c| OBJECTS.get(c).is_some_and(|o| o.hold(sentence.text(), sentence.items[hit.first - 2].first)));
    if owned {
        let after = sentence.list_after(hit.end, true, role);
        if after.first().is_some_and(|&b| sentence.cases(b).allow(Case::Nominative) && !sentence.cases(b).allow(Case::Genitive)) {
            return (after, true);
        }
    }
    // «в рамках проекта А, который ведёт Б»
    let relative = matches!(sentence.word(hit.first.wrapping_sub(1)), "который" | "которую" | "которое" | "которые");
    if relative && named && of_project(sentence, hit.first - 1, &before) {
        let after = sentence.list_after(hit.end, true, role);
        if nominative(&after) {
            return (after, true);
        }
    }
    if named && nominative(&before) {
        return (before, true);
    }
    // «организовал и провёл Центр»
    let mut from = hit.end;
    while let Some(next) = sentence.hits.iter().find(|h| h.first == from + 1 && matches!(sentence.word(from), "и" | "and")) {
        from = next.end;
    }
    let after = sentence.list_after(from, false, role);
    if nominative(&after) && !place_acts(sentence, hit) {
        return (after, true);
    }
    // «администрирует конкурс по поручению Посольства организация «Б»»
    let called = (hit.end + 1..(hit.end + 9).min(sentence.items.len())).find(|&i| {
        let next = i + 1 + usize::from(sentence.word(i + 1) == "\"");
        sentence.glue_where(i, |g| g.kind_of_body).is_some() && sentence.body(next).is_some()
    });
    if let Some(called) = called {
        return (sentence.list_after(called + 1, true, role), true);
    }
    if !before.is_empty() && !named {
        return (before, false);
    }
    (sentence.stands_for(hit.end).unwrap_or_default(), false)
}

/// Whether the body named last before item `end` is whose project or event the sentence tells of: «проекта А».
fn of_project(sentence: &Sentence, end: usize, bodies: &[usize]) -> bool {
    let Some(item) = (0..end).rev().find(|&i| matches!(sentence.what(i), Some(What::Body(b)) if bodies.contains(&b))) else { return false };
    // «организованный А в рамках проекта, который ведёт Б»
    (item.saturating_sub(2)..item).chain(item + 1..end).any(|i| match sentence.what(i) {
        Some(What::Project(_)) => true,
        Some(What::Word) => {
            ["project", "event"].iter().any(|c| OBJECTS.get(c).is_some_and(|o| o.hold(sentence.text(), sentence.items[i].first)))
        }
        _ => false,
    })
}

/// Whether a country is the subject of a Russian verb: «Япония профинансирует проект А».
fn place_acts(sentence: &Sentence, hit: Hit) -> bool {
    let Some(place) = hit.first.checked_sub(1).filter(|&i| sentence.what(i) == Some(What::Place)) else { return false };
    place == 0 || matches!(sentence.what(place - 1), Some(What::Mark))
}

/// The bodies of a label: "Donors: A, B", "the donor of the project is A", "A is the donor", "the implementer, A,".
pub(super) fn label(sentence: &Sentence, hit: Hit, role: RoleKind) -> Vec<usize> {
    let mut at = hit.end;
    let mut words = 0;
    let last = sentence.word(hit.end - 1);
    let several = last.ends_with('s') || ["ы", "и", "ами", "ями"].iter().any(|e| last.ends_with(e));
    // "A is the implementing agency, B the contractor", "A, the implementing partner of B,"
    let mut lead = hit.first;
    while lead > 0 && is_article(sentence.word(lead - 1)) {
        lead -= 1;
    }
    if let Some(from) = sentence.glue_before(lead, |g| g.is) {
        let (before, named) = sentence.subject_before(from, false);
        if named && !before.is_empty() {
            return before;
        }
    }
    // "With this funding, A will": no label, but what is paid
    let sum = last.ends_with("ing") || matches!(last, "support" | "финансирование");
    let apart = |i: usize| matches!(sentence.word(i), "-" | ":") || sentence.glue(i).is_some_and(|(_, g)| g.is);
    if sum && hit.first > 0 && !apart(at) {
        return Vec::new();
    }
    while words < 8 {
        if matches!(sentence.word(at), "-" | ":") {
            let found = sentence.list_after(past_dash(sentence, at), false, role);
            if !found.is_empty() {
                return found;
            }
            break;
        }
        if let Some((end, glue)) = sentence.glue(at) {
            if glue.is {
                return sentence.list_after(past_dash(sentence, end), false, role);
            }
            // «исполнительным органом по проекту является А»
            if glue.stops
                && words == 0
                && (last.is_ascii() && glue.oblique || ["ом", "ем", "ами", "ями"].iter().any(|e| last.ends_with(e)))
                && let Some(is) = (at..(at + 14).min(sentence.items.len())).find(|&i| sentence.glue(i).is_some_and(|(_, g)| g.is))
                && (at..is).all(|i| sentence.body(i).is_none())
            {
                at = is;
                continue;
            }
            // «Организаторы кубка по шахматам – А и Б»
            let dash = (at..(at + 10).min(sentence.items.len()))
                .take_while(|&i| {
                    matches!(sentence.what(i), Some(What::Word | What::Place | What::Project(_)))
                        || matches!(sentence.word(i), "-" | ":" | "\"")
                })
                .find(|&i| matches!(sentence.word(i), "-" | ":"));
            if let Some(dash) = dash.filter(|_| glue.stops && glue.oblique) {
                at = dash;
                continue;
            }
            // «организаторами которого были А и Б»
            if glue.stops && !matches!(sentence.word(at), "которого" | "которой" | "которых") {
                break;
            }
        }
        match sentence.items.get(at).map(|i| i.what) {
            // "Baku hosts A-backed training"
            Some(What::Body(_)) if words == 0 && sentence.word(at + 1) == "-" && sentence.word(at + 2).ends_with("ed") => break,
            // "Anna Berg, coordinator of A": her post
            Some(What::Body(_))
                if words == 0
                    && sentence.word(hit.first.wrapping_sub(1)) == ","
                    && sentence.what(hit.first.wrapping_sub(2)) == Some(What::Person) =>
            {
                break;
            }
            Some(What::Body(_)) if words == 0 => return sentence.list_after(at, true, role),
            // «исполнителем которого А является»
            Some(What::Body(body)) if words == 1 && sentence.glue(sentence.past_name(at + 1)).is_some_and(|(_, g)| g.is) => {
                return vec![body];
            }
            Some(What::Body(_)) => break,
            Some(What::Word | What::Project(_) | What::Place) => words += 1,
            Some(What::Mark) if sentence.word(at) == "\"" => {}
            Some(What::Mark) if sentence.word(at) == "," => {
                let is = sentence.glue(at + 1).filter(|(_, g)| g.is);
                let mut bodies = sentence.list_after(is.map_or(at + 1, |(end, _)| end), false, role);
                if is.is_none() && !several {
                    bodies.truncate(1);
                }
                if !bodies.is_empty() {
                    return bodies;
                }
                words += 1;
            }
            _ => break,
        }
        at += 1;
    }
    // "with A and B as implementing partners"
    if sentence.word(lead.wrapping_sub(1)) == "as"
        && let Some(last) = lead.checked_sub(2).filter(|&i| sentence.body(i).is_some())
    {
        return sentence.list_before(last, true, true);
    }
    if sentence.word(lead.wrapping_sub(1)) == ","
        && let Some(body) = sentence.body_right_before(lead - 1)
    {
        return vec![body];
    }
    // "A – the project's donor", "A is the general sponsor"
    let mut before = hit.first;
    for _ in 0..3 {
        let Some(b) = before.checked_sub(1) else { return Vec::new() };
        if sentence.word(b) == "-" {
            return sentence.subject_before(b, false).0;
        }
        if let Some(from) = sentence.glue_before(before, |g| g.is) {
            return sentence.subject_before(from, false).0;
        }
        if sentence.items[b].what != What::Word {
            return Vec::new();
        }
        before = b;
    }
    Vec::new()
}

/// The item of a kind that stands nearest to a cue: its mention.
pub(super) fn nearest(sentence: &Sentence, hit: Hit, right: impl Fn(What) -> bool) -> Option<usize> {
    let distance = |i: usize| if i < hit.first { hit.first - i } else { i - hit.end + 1 };
    (0..sentence.items.len())
        .filter(|i| !(hit.first..hit.end).contains(i) && right(sentence.items[*i].what))
        .min_by_key(|&i| distance(i))
        .and_then(|i| match sentence.items[i].what {
            What::Money(m) | What::Project(m) => Some(m),
            _ => None,
        })
}
