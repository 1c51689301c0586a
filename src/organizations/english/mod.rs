//! English names of bodies: a capitalised group with a head noun, and its tail.
//!
//! A group is a run of capitalised words ("Asian Development Bank"). One that holds a head noun is
//! a body's name; it goes on over "of", "for", "on", "under", "against", over "to" and "in" after an
//! embassy, office or mission, and over "and" and commas inside such a tail ("Ministry of Labour,
//! Health and Social Affairs of Georgia"), but not into a second body. The article stays outside, so
//! do titles of people ("World Bank | Country Manager").

mod committee;
mod group;
mod tail;

use super::found::{Found, Scene};
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::Hint;
use crate::text::{Case, Kind, Script};

pub(crate) use group::{Group, group, owns};
use group::{is_article_al, skip_openers};
use tail::{connector, tail, with_acronym_of, with_namesake};

/// Whether the name of a project rather than of a body was read.
pub(crate) struct Reading {
    /// The name.
    pub found: Found,
    /// Its head is a project's.
    pub project: bool,
}

/// Reads the name that starts at token `i`; where none does, the group that does.
pub(crate) fn read(scene: &Scene, i: usize) -> Result<Reading, Group> {
    // "Washington, D.C.-Garda Council": in the middle of a place
    if let Some(end) = inside_place(scene, i) {
        return Err((i, end));
    }
    let latin = scene.token(i).is_some_and(|t| t.script == Script::Latin && (t.is_capital() || is_article_al(scene, i)));
    let group = if latin { group(scene, i, false) } else { (i, i) };
    let shouted = !latin || scene.words.is_shouted(scene.text, i);
    if shouted { Err(group) } else { read_group(scene, i, group).ok_or(group) }
}

/// One past the place that began before token `i` with a comma between: "Garda, O.C.".
fn inside_place(scene: &Scene, i: usize) -> Option<usize> {
    let comma = i.checked_sub(1).filter(|&k| scene.mark(k) == b',')?;
    (i.saturating_sub(4)..comma).filter_map(|k| scene.place(k)).find(|&end| end > i)
}

/// Reads the name in the group that starts at token `i`.
fn read_group(scene: &Scene, i: usize, (mut first, mut end): Group) -> Option<Reading> {
    // "51st Elisaveta Bagryana School", "28th Water Conference": an ordinal before the name
    let counted = |k: usize| match scene.word(k).kind {
        "university" => true,
        "government" => scene.fold(k) != "assembly", // its sessions are counted
        _ => scene.is(k, Classes::PROJECT) || scene.hint(k, Hint::COUNTED), // "10th Hill Division"
    };
    if i >= 2
        && last_head(scene, first, end).is_some_and(counted)
        && scene.token(i - 1).is_some_and(|t| !t.spaced)
        && matches!(scene.fold(i - 1), "st" | "nd" | "rd" | "th")
    {
        first = i - 2;
    }
    // "United Kingdom's Department for …": a country may own a body, a body that owns another stays out
    if scene.fold(end) == "'s" && scene.capital(end + 1) && scene.place(first) == Some(end) {
        let (_, owned) = group(scene, end + 1, false);
        if let Some(head) = last_head(scene, end + 1, owned) {
            // "Japan's | Garda Group": a firm or a school comes from a country, it is not the country's
            let own = matches!(scene.word(head).kind, "company" | "bank" | "university" | "health" | "culture" | "academic" | "NGO");
            if own && first == i {
                return read_from(scene, end + 1, (end + 1, owned));
            }
            end = owned;
        }
    }
    if first == i {
        first = skip_openers(scene, first, end);
        // "Launches New Water Project" of a headline
        while first + 1 < end && scene.form(first, Form::HEADLINE_VERB) && scene.is_titled(first) {
            first += 1;
        }
        // "Senators To | Lead New Committee" of a headline
        if first > 0 && first + 1 < end && scene.fold(first - 1) == "to" && scene.capital(first - 1) && scene.is_titled(first) {
            first += 1;
        }
        first = past_payer(scene, first, end);
    }
    if first < end && scene.form(first, Form::GERUND) {
        return undertaking(scene, first, end).and_then(|whole| read_from(scene, first, whole));
    }
    if first >= end {
        return None;
    }
    if let Some(reading) = formed(scene, first, end) {
        return Some(reading);
    }
    if let Some(committee) = committee::joined(scene, first, end) {
        return read_from(scene, first, committee);
    }
    // "Save the Children Federation": a body of the table whose last word the name has
    if scene.in_known(first)
        && let Some(start) = (first.saturating_sub(4)..first).find(|&k| scene.known(k).is_some_and(|to| to > first && to < end))
        && last_head(scene, first, end).is_some_and(|head| scene.is(head, Classes::HEAD))
    {
        first = start + usize::from(scene.fold(start) == "the");
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
    if head.is_none()
        && let Some(joined) = project_start(scene, first, end)
    {
        return read_from(scene, first, joined);
    }
    read_from(scene, first, (first, end))
}

/// "the Quality Gains in Rural Schools Project", "Trade and Investment Conference": a headless group
/// and a small word before one that ends in a project's head.
fn project_start(scene: &Scene, first: usize, end: usize) -> Option<Group> {
    let (word, next) = connector(scene, end)?;
    let parent = scene.known(first).is_some_and(|to| to < end); // "Garda Bank Aid for Trade Project"
    let article = parent || first > 0 && matches!(scene.fold(first - 1), "the" | "'s" | "its");
    let small = matches!(word, "in" | "for" | "to" | "of" | "on") && article;
    let both = matches!(word, "and" | "&") && scene.fold(next - 1) != "the" && first > 0 && !scene.opens_sentence(first) && end > first + 1;
    let free = (parent || scene.known(first).is_none()) && scene.place(first).is_none_or(|to| to < end) && !scene.is_person(first);
    if !(small || both) || !free || end - first > 5 || scene.is(first, Classes::TITLE) || scene.is_titled(first) {
        return None;
    }
    let (start, stop) = group(scene, next, false);
    let head = last_head(scene, start, stop)?;
    let project = scene.is(head, Classes::PROJECT) && !scene.is(head, Classes::HEAD);
    // "Judicial Reform in Garda Programme", not "Head in Garda | for the Programme"
    let place = scene.place(next).is_none_or(|to| both || to == head && scene.fold(next - 1) == word);
    (project && head > start && head + 1 == stop && place && scene.known(start).is_none()).then_some((first, stop))
}

/// "the Strengthening Rural Roads Programme": what a project does, with its head, behind an article.
fn undertaking(scene: &Scene, first: usize, end: usize) -> Option<Group> {
    let article = first > 0 && scene.hint(first - 1, Hint::ARTICLE) && scene.is_latin(first - 1);
    let project = |head: usize| scene.is(head, Classes::PROJECT) && !scene.is(head, Classes::HEAD) && head > first + 1;
    if !article {
        return None;
    }
    if last_head(scene, first, end).is_some_and(project) { Some((first, end)) } else { project_start(scene, first, end) }
}

/// "Energy Financing Facility": under which money is lent or given, unlike a plant or a prison.
fn is_facility_of_money(scene: &Scene, first: usize, head: usize) -> bool {
    head > first + 1 && scene.fold(head) == "facility" && scene.hint(head - 1, Hint::LENT) && scene.known(first).is_none_or(|to| to <= head)
}

/// "the Osh-based Water Centre", "the EU-funded | Water Programme": where it is and who pays is no part of the name.
fn past_payer(scene: &Scene, first: usize, end: usize) -> usize {
    let says = |k: usize| scene.token(k).is_some_and(|t| t.case == Case::Lower) && scene.form(k, Form::PAYER);
    let payer = (first + 1..end).find(|&k| scene.fold(k) == "-" && says(k + 1));
    payer.map(|k| k + 2).filter(|&k| k < end && scene.capital(k)).unwrap_or(first)
}

/// Whether a company, a bank or a body of the table begins at token `k` or behind its article.
fn organ_of(scene: &Scene, k: usize) -> bool {
    let k = k + usize::from(scene.fold(k) == "the");
    let (start, stop) = group(scene, k, false);
    let trade = |k: usize| scene.is(k, Classes::LEGAL) || matches!(scene.word(k).kind, "company" | "bank") && scene.is(k, Classes::HEAD);
    start < stop && (scene.known(k).is_some() || (start..stop).any(trade))
}

/// Whether a body's name of three words or more, its head the last, begins at token `k` or behind its article.
fn long_name_at(scene: &Scene, k: usize) -> bool {
    let k = k + usize::from(scene.fold(k) == "the");
    let (start, stop) = group(scene, k, false);
    stop >= start + 3 && last_head(scene, start, stop) == Some(stop - 1) && scene.is(stop - 1, Classes::HEAD)
}

/// Whether any body begins at token `k` or behind its article.
fn unit_of(scene: &Scene, k: usize) -> bool {
    let k = k + usize::from(scene.fold(k) == "the");
    let (start, stop) = group(scene, k, false);
    start < stop && (scene.known(k).is_some() || (start..stop).any(|k| scene.is(k, Classes::HEAD)))
}

/// "JSC National Grid of Garda": all that follows a legal form, with the place it is of.
fn formed(scene: &Scene, first: usize, end: usize) -> Option<Reading> {
    if end < first + 2 || !scene.hint(first, Hint::FORM_BEFORE) || scene.text.tokens[first].case != Case::Upper {
        return None;
    }
    // "JSC GKM Tau-Zarnat": the model takes the rest for a person
    let letters = (first..end).all(|k| scene.token(k).is_some_and(|t| t.case == Case::Upper));
    let rest = |k: usize| {
        scene.capital(k) && scene.is_latin(k) || scene.fold(k) == "-" && scene.capital(k + 1) && !scene.text.tokens[k + 1].spaced
    };
    let more = (end..end + 5).find(|&k| !rest(k) || !scene.together(first, k)).filter(|_| letters && scene.is_person(end));
    let end = more.unwrap_or(end);
    let place = scene.place(end + 1).filter(|_| scene.fold(end) == "of" && scene.together(first, end + 1));
    let name = Found { first, end: place.unwrap_or(end), rule: ("english", "form"), row: None, kind: "company", confidence: 0.85 };
    Some(Reading { found: name, project: false })
}

fn read_from(scene: &Scene, first: usize, (_, group_end): Group) -> Option<Reading> {
    if scene.is(first, Classes::FOREIGN) {
        return foreign(scene, first, group_end);
    }
    let mut end = group_end;
    let head = last_head(scene, first, end)?;
    let word = scene.word(head);
    let project = word.classes.is(Classes::PROJECT) && (!word.classes.is(Classes::HEAD) || is_facility_of_money(scene, first, head));
    // "Public Foundation Lotus Valley": a legal form in full, before the name
    let form = head == first + 1 && scene.form(first, Form::FORM_OPENER) && scene.hint(head, Hint::FORMED);
    // "Consulate General in Osh"
    let general =
        scene.fold(head + 1) == "general" && head + 1 < end && matches!(scene.fold(head), "consulate" | "directorate" | "inspectorate");
    if general {
        end = head + 2;
    } else if head + 1 < end && !form {
        end = after_head(scene, first, head, end);
    }
    // "the Presidency of the Council of the EU": whose turn it is
    if word.word == "Presidency" && scene.fold(head + 1) == "of" && (head + 2..head + 4).any(|k| scene.known(k).is_some()) {
        return None;
    }
    // "the Board of Directors of the Garden Bank", "Head of | Office of the Garden Agency"
    let directors = word.word == "Board" && matches!(scene.fold(head + 2), "directors" | "governors" | "trustees");
    let of_head = first > 1 && scene.fold(first - 1) == "of" && matches!(scene.fold(first - 2), "head" | "heads");
    let headed = first == head && of_head;
    if headed && scene.fold(head) == "government" {
        return None; // "Conference of Heads of Government of …"
    }
    if scene.fold(head + 1) == "of" && (directors || headed && word.kind == "office" && unit_of(scene, head + 2)) {
        return None;
    }
    // "the Board of JSC Garden Bank": the organ of a named body is no name
    let board = word.word == "Board" && first + 2 >= head && scene.fold(head + 1) == "of";
    if board && (organ_of(scene, head + 2) || long_name_at(scene, head + 2)) {
        return None;
    }
    // "Summer School on Criminal Justice"
    if word.word == "School" && head > first && matches!(scene.fold(head - 1), "summer" | "winter" | "spring" | "autumn") {
        return None;
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
    let twin = end == head + 3 && scene.hint(head + 2, Hint::TWIN);
    if end == head + 1 || twin || scene.place(head + 1) == Some(end) || numbered || general {
        end = tail(scene, head, end);
    }
    end = with_acronym_of(scene, first, end);
    end = with_namesake(scene, head, end);
    end = legal_suffix(scene, end);
    // University of Gjakova "Fehmi Agani"
    if end > before_tail
        && matches!(word.kind, "university" | "health" | "culture" | "NGO")
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
        while scene.token(next).is_some_and(|t| t.case == Case::Lower) && scene.form(next, Form::FOREIGN_LINK) && next < end + 4 {
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
    // "State of the | Union Essay Contest"
    if scene.fold(first) == "union" && !(first..end).any(|k| scene.token(k).is_some_and(|t| t.case == Case::Lower && t.kind == Kind::Word))
    {
        return None;
    }
    let name = Found { first, end, rule: ("english", "foreign"), row: None, kind: word.kind, confidence: 0.8 };
    (end > first + 1).then_some(Reading { found: name, project: false })
}

/// The last head noun of a group: of a body, or of a project where there is none of a body.
fn last_head(scene: &Scene, first: usize, end: usize) -> Option<usize> {
    // "School Education", "Service Delivery": a field of work; "Bank Building", "Company Act": a thing
    let field = |k: usize| k + 1 < end && (scene.form(k + 1, Form::FIELD) || scene.form(k + 1, Form::THING)) && scene.capital(k + 1);
    // "National Water Policy" is a plan, "Social Policy" is none
    let open = |k: usize| scene.fold(k) == "policy" && !(k > first + 1 && scene.hint(first, Hint::PLANNED));
    // "Park Senate Office Building": no part of it is a body
    let thing = (first + 1..end).rev().find(|&k| scene.form(k, Form::THING) && scene.capital(k) && scene.is(k - 1, Classes::HEAD));
    let first = thing.unwrap_or(first);
    let find = |classes| (first..end).rev().find(|&k| scene.is(k, classes) && scene.capital(k) && !field(k) && !open(k));
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
    // "State Museum-Reserve"
    let glued = |k: usize| scene.token(k).is_some_and(|t| !t.spaced);
    if scene.mark(k) == b'-' && glued(k) && glued(k + 1) && k + 2 <= end && scene.hint(k + 1, Hint::TWIN) && scene.capital(k + 1) {
        return k + 2;
    }
    // "Garda School District": the body that runs the schools
    if scene.fold(head) == "school" && scene.fold(k) == "district" && scene.capital(k) {
        return k + 1;
    }
    // "Programme Co-ordination"
    let joined = |k: usize| scene.fold(k + 1) == "-" && scene.token(k + 1).is_some_and(|t| !t.spaced);
    while k < end
        && (scene.is(k, Classes::LEGAL) && !joined(k) || scene.token(k).is_some_and(|t| t.kind != Kind::Word) || scene.fold(k) == "no")
    {
        k += 1;
    }
    while k > head + 1 && matches!(scene.fold(k - 1), "-" | "&" | "/") {
        k -= 1;
    }
    k
}

/// "Food and Agriculture Organization": a headless group joined to one with a head at its end.
fn coordinated_start(scene: &Scene, first: usize, end: usize) -> Option<Group> {
    let (word, next) = connector(scene, end)?;
    if !matches!(word, "and" | "&" | ",") || scene.fold(next - 1) == "the" || end - first > 5 {
        return None;
    }
    let article =
        first > 0 && matches!(scene.fold(first - 1), "the" | "'s" | "its" | "their" | "our") || super::is_demonym(scene.words.stems[first]);
    let article = article || first > 0 && scene.form(first - 1, Form::PAYER); // "EU-funded Seed and Market Programme"
    let opens = scene.opens_sentence(first) || first > 0 && scene.token(first - 1).is_some_and(|t| t.kind == Kind::Mark);
    // "Head of | Roads and Bridges Department"
    let headed = first > 1
        && end - first <= 2
        && scene.fold(first - 1) == "of"
        && matches!(scene.fold(first - 2), "head" | "director" | "chief")
        && matches!(scene.fold(end), "and" | "&");
    let article = article || headed;
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
    // "Uzbek Training Courses | and Kazakh Academy of Law"
    let people = word != "," && super::is_demonym(scene.words.stems[start]);
    // "the Central and West Asia Department", and not "Osh and Naryn"
    let region = scene.place(start).is_some_and(|to| to == start + 2 && to < stop && scene.is(to, Classes::HEAD) && word == "and");
    if scene.known(start).is_some() || scene.place(start).is_some() && !region || people {
        return None;
    }
    match last_head(scene, start, stop) {
        // a list of two has no comma
        Some(head) if head > start && word != "," => Some((first, stop)),
        Some(_) => None,
        None if headed => None,
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
pub(super) fn legal_suffix(scene: &Scene, end: usize) -> usize {
    // "Garda Group Co. | Ltd"
    let co = end > 0 && scene.mark(end) == b'.' && scene.fold(end - 1) == "co" && scene.is(end + 1, Classes::LEGAL);
    let at = if scene.fold(end) == "," || co { end + 1 } else { end };
    let joined = scene.fold(at + 1) == "-" && scene.token(at + 1).is_some_and(|t| !t.spaced);
    if scene.is(at, Classes::LEGAL)
        && !joined
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
            // "Co. Ltd"
            return legal_suffix(scene, at + 2);
        }
        return at + 1;
    }
    end
}
