//! English names of bodies: a capitalised group with a head noun, and its tail.
//!
//! A group is a run of capitalised words ("Asian Development Bank"). One that holds a head noun is
//! a body's name; it goes on over "of", "for", "on", "under", "against", over "to" and "in" after an
//! embassy, office or mission, and over "and" and commas inside such a tail ("Ministry of Labour,
//! Health and Social Affairs of Georgia"), but not into a second body. The article stays outside, so
//! do titles of people ("World Bank | Country Manager").

use super::forms;
use super::found::{Found, Scene};
use super::words::Classes;
use crate::text::{Case, Kind, Script};

/// A group's range of tokens.
type Group = (usize, usize);

/// Whether the name of a project rather than of a body was read.
pub(crate) struct Reading {
    /// The name.
    pub found: Found,
    /// Its head is a project's.
    pub project: bool,
}

/// Reads the name that starts at token `i`, if one does. `end` of the answer is where to go on.
pub(crate) fn read(scene: &Scene, i: usize) -> Option<Reading> {
    let token = scene.token(i)?;
    if token.script != Script::Latin || !token.is_capital() && !is_article_al(scene, i) {
        return None;
    }
    let (mut first, mut end) = group(scene, i, false);
    if scene.words.is_shouted(scene.text, i) {
        return None;
    }
    // "51st Elisaveta Bagryana School": an ordinal before the name
    if i >= 2 && scene.token(i - 1).is_some_and(|t| !t.spaced) && matches!(scene.fold(i - 1), "st" | "nd" | "rd" | "th") {
        first = i - 2;
    }
    // "United Kingdom's Department for …": a country may own a body, a body that owns another stays out
    if scene.fold(end) == "'s" && scene.capital(end + 1) && scene.place(first) == Some(end) {
        let (_, owned) = group(scene, end + 1, false);
        if last_head(scene, end + 1, owned).is_some() {
            end = owned;
        }
    }
    if first == i {
        first = skip_openers(scene, first, end);
        // "Launches New Water Project" of a headline
        while first + 1 < end && is_headline_verb(scene.fold(first)) && scene.is_titled(first) {
            first += 1;
        }
        // "the Osh-based Water Centre"
        if first + 3 < end && scene.fold(first + 1) == "-" && scene.fold(first + 2) == "based" {
            first += 3;
        }
    }
    if first >= end || forms::is_word(scene.fold(first), "gerund") {
        return None;
    }
    let head = last_head(scene, first, end);
    // "America for Bulgaria Foundation", "Ateneo de Davao University"
    if head.is_none() && end - first <= 3 && !scene.is_person(first) && !scene.is(first, Classes::TITLE) {
        let joint = scene.fold(end);
        let article = first > 0 && scene.fold(first - 1) == "the";
        let small = matches!(joint, "de" | "da" | "del" | "di") || joint == "for" && article;
        if small && scene.capital(end + 1) && scene.together(end, end + 1) {
            let (start, stop) = group(scene, end + 1, false);
            if last_head(scene, start, stop).is_some_and(|h| h > start && h + 1 == stop) {
                return read_from(scene, first, (first, stop));
            }
        }
    }
    // "Food and Agriculture Organization", "Center for …": words before the head may be coordinated
    if head.is_none()
        && let Some(joined) = coordinated_start(scene, first, end)
    {
        return read_from(scene, first, joined);
    }
    read_from(scene, first, (first, end))
}

fn read_from(scene: &Scene, first: usize, (_, group_end): Group) -> Option<Reading> {
    if scene.is(first, Classes::FOREIGN) {
        return foreign(scene, first, group_end);
    }
    let mut end = group_end;
    let head = last_head(scene, first, end)?;
    let word = scene.word(head);
    let project = word.classes.is(Classes::PROJECT) && !word.classes.is(Classes::HEAD);
    // "Public Foundation Lotus Valley": a legal form in full, before the name
    let form = head == first + 1
        && forms::is_word(scene.fold(first), "form-opener")
        && matches!(scene.fold(head), "foundation" | "fund" | "association" | "union" | "organization" | "organisation");
    if head + 1 < end && !form {
        end = after_head(scene, first, head, end);
    }
    // "Section 230", "Music Hall"
    if word.word == "Section" && scene.token(head + 1).is_some_and(|t| t.kind == Kind::Number)
        || word.word == "Hall" && !matches!(scene.fold(head.saturating_sub(1)), "city" | "town" | "village")
    {
        return None;
    }
    if end == head + 1 && scene.is_common(first, end) && !matches!(scene.fold(end), "of" | "for" | "on") {
        return None;
    }
    let lone = first == head;
    let before_tail = end;
    // "School No. 110 | of Tashkent"
    let numbered = end > head + 1
        && scene.token(end - 1).is_some_and(|t| t.kind == Kind::Number)
        && scene.fold(end) == "of"
        && scene.place(end + 1).is_some();
    if end == head + 1 || scene.place(head + 1) == Some(end) || numbered {
        end = tail(scene, head, end);
    }
    end = with_acronym_of(scene, first, end);
    end = legal_suffix(scene, end);
    // University of Gjakova "Fehmi Agani"
    if end > before_tail
        && matches!(word.kind, "university" | "health" | "culture")
        && scene.fold(end) == "\""
        && scene.capital(end + 1)
        && scene.token(end).is_some_and(|t| t.spaced)
        && let Some(to) = scene.quoted_end(end).filter(|&to| to <= end + 6)
    {
        end = to;
    }
    let bare = lone && end == before_tail && end == head + 1;
    if bare {
        return None; // "the Foundation": a short form, tied to its body elsewhere
    }
    if lone && (word.kind == "company" || word.classes.is(Classes::LOOSE) && first > 0 && scene.fold(first - 1) == "of") {
        return None; // "Partners of the University", "Chief of Party of …"
    }
    if lone && word.classes.is(Classes::LOOSE) && end == before_tail && scene.place(head + 1).is_none() {
        return None;
    }
    let confidence = if end > before_tail || end - first > 2 { 0.9 } else { 0.8 };
    let kind = if project { "" } else { word.kind };
    let rule = ("english", if end > before_tail { "head-tail" } else { "head" });
    Some(Reading { found: Found { first, end, rule, row: None, kind, confidence }, project })
}

/// "Fundación Paraguaya", "Centro de Estudios Sociales": the head opens the name, which goes on over
/// the small words of its language.
fn foreign(scene: &Scene, first: usize, mut end: usize) -> Option<Reading> {
    while scene.together(first, end) && end < first + 20 {
        let mut next = end;
        let list = scene.fold(next) == ",";
        if list {
            next += 1;
        }
        while scene.token(next).is_some_and(|t| t.case == Case::Lower) && forms::is_word(scene.fold(next), "foreign-link") && next < end + 4
        {
            next += 1;
        }
        // a comma only where the list ends in "and" of that language
        let closes = |from: usize| (from..from + 4).any(|k| matches!(scene.fold(k), "y" | "e" | "et" | "und"));
        if next == end || !scene.capital(next) || list && next == end + 1 && !closes(next) {
            break;
        }
        end = group(scene, next, true).1;
    }
    let word = scene.word(first);
    let name = Found { first, end, rule: ("english", "foreign"), row: None, kind: word.kind, confidence: 0.8 };
    (end > first + 1).then_some(Reading { found: name, project: false })
}

/// "al-Farabi University"
fn is_article_al(scene: &Scene, i: usize) -> bool {
    matches!(scene.fold(i), "al" | "el")
        && scene.fold(i + 1) == "-"
        && scene.capital(i + 2)
        && scene.token(i + 1).is_some_and(|t| !t.spaced)
}

/// The run of capitalised words from token `i`. With `titles`, posts may stand in it.
pub(crate) fn group(scene: &Scene, i: usize, titles: bool) -> Group {
    let mut end = i;
    let mut k = i;
    while let Some(token) = scene.token(k) {
        if k > i && (!scene.together(i, k) || scene.is_apart(k) && token.line == scene.text.tokens[k - 1].line) {
            break;
        }
        if k > i && matches!(scene.fold(k), "source" | "contact" | "contacts" | "photo") {
            break;
        }
        if k > i && is_headline_verb(scene.fold(k)) && scene.is_titled(k) {
            break;
        }
        match token.kind {
            Kind::Word if token.is_capital() && token.script == Script::Latin => {
                if k > i && !titles && scene.is(k, Classes::TITLE) && token.spaced && owner(scene, k).is_none() {
                    break;
                }
                if k > i && token.spaced && scene.is_person(k) && !scene.is_person(k - 1) {
                    break;
                }
                k += 1;
                end = k;
            }
            // "al-Farabi", "Knowledge-based"
            Kind::Word if k > i && !token.spaced && scene.fold(k - 1) == "-" => {
                k += 1;
                end = k;
            }
            Kind::Word if is_article_al(scene, k) => k += 2,
            // "U.S."
            Kind::Mark if scene.fold(k) == "." && k > i && is_initial(scene, k - 1) && !token.spaced => {
                k += 1;
                if scene.capital(k) && (scene.token(k).is_some_and(|t| !t.spaced) || scene.together(i, k)) {
                    continue;
                }
                end = k;
            }
            Kind::Mark if matches!(scene.fold(k), "-" | "/" | "+") && k > i && !token.spaced => {
                let next = scene.token(k + 1);
                if scene.fold(k) == "+" {
                    end = k + 1;
                    k += 1;
                } else if next.is_some_and(|t| !t.spaced && t.kind != Kind::Mark) && scene.fold(k) == "-" {
                    k += 1;
                } else {
                    break;
                }
            }
            Kind::Mark if scene.fold(k) == "&" && k > i && scene.capital(k + 1) => k += 1,
            // "School No. 5", "School No.35", "St. Anne Hospital"
            Kind::Mark if scene.fold(k) == "." && k > i && matches!(scene.fold(k - 1), "no" | "st") => k += 1,
            // "Mayor's Office", "Water Users' Association"
            _ if k > i && owns(scene, k) => k += 1,
            Kind::Number if k > i && matches!(scene.fold(k - 1), "no" | "." | "-") => {
                k += 1;
                end = k;
            }
            Kind::Number
                if k > i
                    && scene.is(k - 1, Classes::HEAD)
                    && token.span.len() <= 3
                    && !scene.token(k + 1).is_some_and(|t| !t.spaced && t.kind == Kind::Word) =>
            {
                k += 1;
                end = k;
            }
            Kind::Number if k > i && !token.spaced => {
                k += 1;
                end = k;
            }
            Kind::Mark if matches!(scene.text.str(k), "№" | "#") && k > i => k += 1,
            _ => break,
        }
    }
    (i, end)
}

/// Verbs of headlines, which have capitals there as the names have.
fn is_headline_verb(word: &str) -> bool {
    forms::is_word(word, "headline-verb")
}

/// Whether token `k` is the "'s" or "'" by which a post or a group of people owns the body that follows: "Women's Union".
pub(crate) fn owns(scene: &Scene, k: usize) -> bool {
    let mark =
        scene.token(k).is_some_and(|t| !t.spaced) && (scene.fold(k) == "'s" || scene.fold(k) == "'" && scene.fold(k - 1).ends_with('s'));
    mark && scene.capital(k - 1)
        && (forms::is_word(scene.fold(k - 1), "owner")
            || scene.is(k - 1, Classes::TITLE) && !scene.is_person(k - 1) && !matches!(scene.fold(k.saturating_sub(2)), "of" | "for"))
        && scene.capital(k + 1)
        && scene.token(k + 1).is_some_and(|t| t.spaced && t.script == Script::Latin)
        && scene.together(k, k + 1)
        && scene.place(k + 1).is_none()
        && (k + 1..k + 6)
            .take_while(|&m| scene.capital(m) || matches!(scene.fold(m), "and" | "&" | "-"))
            .any(|m| scene.is(m, Classes::HEAD))
}

/// The possessive mark of the post that stands at token `k`: "Mayor's Office", "Prosecutor General's Office".
fn owner(scene: &Scene, k: usize) -> Option<usize> {
    (k + 1..k + 3)
        .find(|&mark| owns(scene, mark))
        .filter(|&mark| (k + 1..mark).all(|m| scene.fold(m) == "general" || scene.fold(m) == "minister"))
}

fn is_initial(scene: &Scene, i: usize) -> bool {
    scene.token(i).is_some_and(|t| t.kind == Kind::Word && t.case == Case::Title && t.span.len() == 1)
}

/// Past what a sentence or a phrase may open with that is no part of a name.
fn skip_openers(scene: &Scene, mut first: usize, end: usize) -> usize {
    while first < end
        && (is_opener(scene.fold(first)) && !is_acronym(scene, first)
            || scene.is(first, Classes::TITLE) && first + 1 < end && scene.fold(first + 1) != "of")
        && owner(scene, first).is_none_or(|mark| mark >= end)
        || first < end && is_order(scene, first, end)
    {
        first += 1;
        while first < end && scene.token(first).is_some_and(|t| t.kind == Kind::Mark) {
            first += 1;
        }
    }
    first
}

/// "Create | Senate Select Committee", "Hawley Demands | Army": what a headline or an item of a list tells to do before a body's name.
fn is_order(scene: &Scene, first: usize, end: usize) -> bool {
    first + 1 < end
        && forms::is_word(scene.fold(first), "order")
        && scene.opens_sentence(first)
        && (scene.known(first + 1).is_some() || matches!(scene.word(first + 1).kind, "government") && scene.is(first + 1, Classes::HEAD))
}

/// "IT Park": two words that open sentences are names in capitals.
fn is_acronym(scene: &Scene, i: usize) -> bool {
    matches!(scene.fold(i), "it" | "who") && scene.token(i).is_some_and(|t| t.case == Case::Upper)
}

pub(crate) fn is_opener(word: &str) -> bool {
    forms::is_word(word, "opener")
}

/// The last head noun of a group: of a body, or of a project where there is none of a body.
fn last_head(scene: &Scene, first: usize, end: usize) -> Option<usize> {
    // "School Education", "Service Delivery": a field of work
    let field = |k: usize| k + 1 < end && forms::is_word(scene.fold(k + 1), "field") && scene.capital(k + 1);
    let find = |classes| (first..end).rev().find(|&k| scene.is(k, classes) && scene.capital(k) && !field(k));
    let head = find(Classes::HEAD);
    let project = find(Classes::PROJECT);
    match (head, project) {
        (Some(h), Some(p)) if p > h => Some(p),
        (Some(h), _) => Some(h),
        (None, p) => p,
    }
}

/// How far a group goes on after its head: over a place, a number, a legal form.
fn after_head(scene: &Scene, first: usize, head: usize, end: usize) -> usize {
    if let Some(to) = scene.place(head + 1).filter(|&to| to <= end)
        && first < head
    {
        return to;
    }
    let mut k = head + 1;
    while k < end && (scene.is(k, Classes::LEGAL) || scene.token(k).is_some_and(|t| t.kind != Kind::Word) || scene.fold(k) == "no") {
        k += 1;
    }
    while k > head + 1 && matches!(scene.fold(k - 1), "-" | "&" | "/") {
        k -= 1;
    }
    k
}

/// What joins a group to the next: the word, and where the next group starts.
fn connector<'s>(scene: &'s Scene, end: usize) -> Option<(&'s str, usize)> {
    let word = scene.fold(end);
    if !matches!(
        word,
        "of" | "for" | "on" | "under" | "against" | "to" | "in" | "with" | "and" | "&" | "," | "de" | "del" | "da" | "di" | "des"
    ) {
        return None;
    }
    if end == 0 || !scene.together(end - 1, end) {
        return None;
    }
    let mut next = end + 1;
    if word == "," && scene.fold(next) == "and" {
        next += 1;
    }
    if matches!(scene.fold(next), "the" | "all" | "its") && scene.token(next).is_some_and(|t| t.case == Case::Lower) {
        next += 1;
    }
    (scene.capital(next) || is_article_al(scene, next)).then_some((word, next))
}

/// How far a name goes on after its head group.
fn tail(scene: &Scene, head: usize, mut end: usize) -> usize {
    let mut classes = scene.word(head).classes;
    let project = classes.is(Classes::PROJECT) && !classes.is(Classes::HEAD);
    let mut listing = false; // inside "of A, B and C"
    let mut closed = false; // its "and" is past
    let mut tails = 0;
    while let Some((word, next)) = connector(scene, end) {
        let (start, mut stop) = group(scene, next, matches!(word, "of" | "under") && !scene.is_titled(next));
        if start >= stop || tails > 8 || scene.is_person(start) {
            break;
        }
        // "of Bosnia and Herzegovina", "to Armenia | Anna Lee"
        let known_place = scene.place(start);
        let place = known_place.is_some_and(|to| to >= stop || matches!(word, "to" | "in") && scene.is_country(start));
        if let Some(to) = known_place.filter(|&to| to > stop && matches!(word, "of" | "for" | "in" | "to")) {
            stop = to;
        }
        let inner_head = last_head(scene, start, stop);
        match word {
            "of" | "de" | "del" | "da" | "di" | "des" => {
                if is_opener(scene.fold(start)) && !scene.is(start, Classes::HEAD) {
                    break;
                }
                // "the Local Grants Programme of the European Union": a project's owner stays out
                if project && (scene.known(start).is_some() || inner_head.is_some()) {
                    break;
                }
            }
            "with" => {
                if tails == 0 || place {
                    break;
                }
            }
            "for" | "on" | "against" => {
                if scene.known(start).is_some() && tails > 0 && word == "on" {
                    break;
                }
                if is_opener(scene.fold(start)) {
                    break;
                }
            }
            "under" => {
                if !scene.is(start, Classes::TITLE.with(Classes::HEAD)) {
                    break;
                }
            }
            "to" | "in" => {
                // "Centre for … of Judges and Prosecutors in FBiH": what the two halves of one country have each
                if word == "in" && tails > 0 && matches!(scene.fold(start), "federation" | "fbih" | "republika" | "rs") {
                    return scene.place(start).unwrap_or(stop).max(stop);
                }
                // "Center for Journalism in Extreme Situations"
                if word == "in" && tails > 0 && !place && scene.known(start).is_none() && stop - start >= 2 && inner_head.is_none() {
                    end = stop;
                    tails += 1;
                    continue;
                }
                // "Council on State Support to Non-Governmental Organizations"
                let support = word == "to" && tails > 0 && listing && !place && scene.known(start).is_none();
                if support && !scene.is_titled(start) {
                    end = stop;
                    tails += 1;
                    continue;
                }
                if !classes.is(Classes::OFFICE) && !is_office(scene, head)
                    || !(place || scene.fold(next - 1) == "the" || tails == 0 && stop - start <= 2)
                {
                    break;
                }
            }
            _ => {
                // "of Judges and Prosecutors": many of a post, not one
                let many = scene.fold(end - 1).ends_with('s') && scene.fold(start).ends_with('s');
                if scene.is(start, Classes::TITLE) && !(many && word == "and") || is_opener(scene.fold(start)) {
                    break;
                }
                // "and", commas: only within a tail, and not into another name
                let country = place && (scene.is_country(start) || stop - start > 1);
                if !listing
                    || closed && matches!(word, "and" | "&")
                    || inner_head.is_some()
                    || country
                    || scene.known(start).is_some()
                    || scene.fold(next - 1) == "the" && word != "," && tails > 1
                {
                    break;
                }
                if scene.token(start).is_some_and(|t| t.case == Case::Upper && t.span.len() > 1) {
                    break;
                }
                if word == "," && !list_goes_on(scene, stop) && scene.fold(next - 1) != "and" {
                    break;
                }
            }
        }
        if matches!(word, "of" | "for" | "on" | "against") {
            (listing, closed) = (!place, false);
        }
        closed |= matches!(word, "and" | "&") || word == "," && scene.fold(next - 1) == "and";
        if inner_head.is_none()
            && matches!(word, "of" | "for")
            && let Some(to) = scene.place(start).filter(|&to| to < stop)
        {
            stop = to; // what follows a place is another name
        }
        // "of the Republic of Azerbaijan Aida Orozova": a place that the name has come into ends it too
        if inner_head.is_none()
            && let Some(to) = (start.saturating_sub(3)..start).filter_map(|k| scene.place(k)).find(|&to| to > start && to < stop)
        {
            stop = to;
        }
        if let Some(inner) = inner_head {
            if scene.is(inner, Classes::OFFICE) {
                classes = scene.word(inner).classes; // "Council of Europe Office in Georgia"
            }
            if inner + 1 < stop && scene.place(inner + 1) != Some(stop) {
                stop = inner + 1;
            }
        }
        if matches!(word, "to" | "in") {
            if let Some(to) = scene.place(start) {
                stop = to;
            }
            end = stop;
            break;
        }
        tails += 1;
        end = stop;
    }
    end
}

/// "Committee on Foreign Investment in the U.S. (CFIUS)": a place is part of the name whose acronym counts it.
fn with_acronym_of(scene: &Scene, first: usize, end: usize) -> usize {
    if scene.fold(end) != "in" {
        return end;
    }
    let start = end + 1 + usize::from(scene.fold(end + 1) == "the");
    let Some(to) = scene.place(start).filter(|&to| scene.fold(to) == "(" && scene.fold(to + 2) == ")") else { return end };
    let initials = (first..to).filter(|&k| scene.is_word(k) && scene.capital(k)).filter_map(|k| scene.text.str(k).chars().next());
    let same = |acronym: &str| initials.flat_map(char::to_uppercase).eq(acronym.chars());
    if scene.token(to + 1).is_some_and(|t| t.case == Case::Upper) && same(scene.text.str(to + 1)) { to } else { end }
}

/// "OSCE Centre in Ashgabat": a body's own centre in a country is its office.
fn is_office(scene: &Scene, head: usize) -> bool {
    matches!(scene.fold(head), "centre" | "center" | "presence" | "team" | "programme" | "secretariat" | "branch")
        && (head.saturating_sub(8)..head).any(|k| scene.known(k) == Some(head))
}

/// Whether a comma list ends in "and X".
fn list_goes_on(scene: &Scene, mut end: usize) -> bool {
    for _ in 0..5 {
        let Some((word, next)) = connector(scene, end) else { return false };
        let (start, stop) = group(scene, next, false);
        if start >= stop || last_head(scene, start, stop).is_some() {
            return false;
        }
        match word {
            "and" | "&" => return scene.place(start).is_none() && scene.known(start).is_none(),
            "," if scene.fold(next - 1) == "and" || scene.fold(end + 1) == "and" => return scene.place(start).is_none(),
            "," => end = stop,
            _ => return false,
        }
    }
    false
}

/// "Food and Agriculture Organization": a headless group joined to one with a head at its end.
fn coordinated_start(scene: &Scene, first: usize, end: usize) -> Option<Group> {
    let (word, next) = connector(scene, end)?;
    if !matches!(word, "and" | "&" | ",") || scene.fold(next - 1) == "the" || end - first > 5 {
        return None;
    }
    let article = first > 0 && scene.fold(first - 1) == "the";
    let opens = scene.opens_sentence(first) || first > 0 && scene.token(first - 1).is_some_and(|t| t.kind == Kind::Mark);
    let parent = scene.known(first).is_some_and(|to| to < end);
    if !(article || parent || opens && word != "," && end - first <= 2)
        || scene.place(first).is_some_and(|to| to >= end)
        || scene.is_person(first)
    {
        return None;
    }
    if !parent && (scene.known(first).is_some() || scene.token(first).is_some_and(|t| t.case == Case::Upper && t.span.len() > 1)) {
        return None;
    }
    let (start, stop) = group(scene, next, false);
    if scene.known(start).is_some() || scene.place(start).is_some() {
        return None;
    }
    match last_head(scene, start, stop) {
        Some(head) if head > start => Some((first, stop)),
        Some(_) => None,
        None => coordinated_start_more(scene, stop).map(|stop| (first, stop)),
    }
}

/// "Health, Education, Labor, and Pensions Committee": on over a list of single words.
fn coordinated_start_more(scene: &Scene, mut end: usize) -> Option<usize> {
    for _ in 0..4 {
        let (word, next) = connector(scene, end)?;
        if !matches!(word, "and" | "&" | ",") {
            return None;
        }
        let (start, stop) = group(scene, next, false);
        if let Some(head) = last_head(scene, start, stop) {
            return (head > start).then_some(stop);
        }
        if word != "," || scene.place(start).is_some() || scene.known(start).is_some() || stop > start + 2 {
            return None;
        }
        end = stop;
    }
    None
}

/// ", Inc.", "LLC", "Ltd."
fn legal_suffix(scene: &Scene, end: usize) -> usize {
    let at = if scene.fold(end) == "," { end + 1 } else { end };
    if scene.is(at, Classes::LEGAL)
        && scene.capital(at)
        && scene.together(end, at)
        && scene.token(at).is_some_and(|t| t.script == Script::Latin)
    {
        let stop = matches!(scene.fold(at), "inc" | "ltd" | "co" | "corp")
            && scene.fold(at + 1) == "."
            && scene.token(at + 1).is_some_and(|t| !t.spaced);
        // the stop of "Inc." belongs to it unless it ends the sentence
        if stop && scene.together(at, at + 2) && scene.token(at + 2).is_some_and(|t| t.kind != Kind::Mark || scene.fold(at + 2) != "\"")
            || stop && scene.fold(at + 2) == ")"
        {
            return at + 2;
        }
        return at + 1;
    }
    end
}
