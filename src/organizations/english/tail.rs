//! Tails: how far a name goes on after its head, "of the Republic of …", "for …, … and …".

use super::super::found::Scene;
use super::group::{group, is_article_al};
use super::last_head;
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::Hint;
use crate::text::Case;

/// What joins a group to the next: the word, and where the next group starts.
pub(super) fn connector<'s>(scene: &'s Scene, end: usize) -> Option<(&'s str, usize)> {
    let word = scene.fold(end);
    if !matches!(
        word,
        "of" | "for" | "on" | "under" | "against" | "to" | "in" | "with" | "and" | "&" | "," | "de" | "del" | "da" | "di" | "des"
    ) {
        return None;
    }
    // "Administration On …" of a headline
    let loud = scene.capital(end) && !matches!(word, "of" | "and" | "for" | "de" | "del" | "da" | "di" | "des");
    if end == 0 || loud || !scene.together(end - 1, end) {
        return None;
    }
    let mut next = end + 1;
    if word == "," && scene.fold(next) == "and" {
        next += 1;
    }
    let the = word == "of" && scene.fold(next) == "the"; // "Council of The Garda Chamber"
    if matches!(scene.fold(next), "the" | "all" | "its") && (the || scene.token(next).is_some_and(|t| t.case == Case::Lower)) {
        next += 1;
    }
    (scene.capital(next) || is_article_al(scene, next)).then_some((word, next))
}

/// How far a name goes on after its head group.
pub(super) fn tail(scene: &Scene, head: usize, mut end: usize) -> usize {
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
        // "Government of Garda | -funded Project": who pays is not what the name goes on with
        let payer =
            |k: usize| scene.mark(k) == b'-' && scene.form(k + 1, Form::PAYER) && scene.token(k + 1).is_some_and(|t| t.case == Case::Lower);
        if let Some(dash) = (start + 1..stop).find(|&k| payer(k)) {
            stop = dash;
        }
        // "Court of Appeals | Judge Anna Reed"
        let named = |k: usize| {
            let after = (k..stop).find(|&m| !scene.is(m, Classes::TITLE));
            after.is_some_and(|m| m > k && scene.capital(m) && !scene.is(m, Classes::HEAD))
        };
        if let Some(k) = (start + 1..stop.saturating_sub(1)).find(|&k| named(k)) {
            stop = k + usize::from(scene.is(start, Classes::TITLE));
        }
        // "Department of Roads | Secretary Anna Reed": who holds a post
        let post = |k: usize| scene.is(k, Classes::TITLE) || matches!(scene.fold(k), "deputy" | "acting" | "assistant");
        if scene.is_person(stop) && !post(start) && !classes.is(Classes::OFFICE) && scene.together(end, stop) {
            while stop > start + 1 && post(stop - 1) {
                stop -= 1;
            }
        }
        // "of Bosnia and Herzegovina", "to Armenia | Anna Lee"
        let known_place = scene.place(start);
        let place = known_place.is_some_and(|to| to >= stop || matches!(word, "to" | "in") && scene.is_country(start));
        if let Some(to) = known_place.filter(|&to| to > stop && matches!(word, "of" | "for" | "in" | "to")) {
            stop = to;
        }
        // "Partnership for Africa's Growth"
        if known_place == Some(stop) && word == "for" && scene.fold(stop) == "'s" && scene.capital(stop + 1) {
            stop = group(scene, stop + 1, false).1;
        }
        // "Regional Bureau for Europe and the CIS"
        if tails > 0
            && word == "and"
            && let Some(to) = commonwealth(scene, start)
            && (end.saturating_sub(3)..end).any(|k| scene.place(k) == Some(end))
        {
            end = to;
            break;
        }
        let inner_head = last_head(scene, start, stop);
        match word {
            "of" | "de" | "del" | "da" | "di" | "des" => {
                let letters = scene.token(start).is_some_and(|t| t.case == Case::Upper); // "Ministry of IT and Telecom"
                if scene.form(start, Form::OPENER) && !letters && !scene.is(start, Classes::HEAD) {
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
                // "Vice President of the World Bank | for West Africa"
                // but "Lake Commission for the Growth of Towns"
                let aim =
                    word == "for" && scene.fold(next - 1) == "the" && matches!(scene.fold(head), "commission" | "committee" | "council");
                if tails == 0
                    && !aim
                    && !classes.is(Classes::OFFICE)
                    && (head.saturating_sub(6)..=head).any(|k| scene.known(k) == Some(end))
                {
                    break;
                }
                // "Supreme Court | for Justice Reed", "Workers' Party | against Anna Reed"
                let whom = scene.is(start, Classes::TITLE) && scene.is_person(start + 1);
                if scene.form(start, Form::OPENER) || whom || word == "against" && scene.fold(head) == "party" {
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
                let field = stop - start >= 2 || is_study(scene.fold(start));
                if word == "in" && tails > 0 && known_place.is_none() && scene.known(start).is_none() && field && inner_head.is_none() {
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
                if scene.is(start, Classes::TITLE) && !(many && word == "and") || scene.form(start, Form::OPENER) {
                    break;
                }
                // "and", commas: only within a tail, and not into another name
                let country = place && (scene.is_country(start) || stop - start > 1);
                if !listing
                    || closed && matches!(word, "and" | "&")
                    || inner_head.is_some_and(|inner| !is_field_of_rule(scene, head, start, inner) && !scene.is_common(start, stop))
                    || country
                    || scene.known(start).is_some()
                    || scene.fold(next - 1) == "the"
                        && word != ","
                        && tails > 1
                        && !matches!(scene.fold(head), "committee" | "subcommittee")
                {
                    break;
                }
                if scene.token(start).is_some_and(|t| t.case == Case::Upper && t.span.len() > 1) {
                    break;
                }
                // "Ministry of Roads, Irrigation & Livestock"
                let joined = (start + 1..stop).any(|k| scene.mark(k) == b'&');
                if word == "," && !joined && !list_goes_on(scene, stop) && scene.fold(next - 1) != "and" {
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
            && (scene.mark(to) != b'-' || scene.text.tokens[to].spaced)
            && scene.fold(to) != "circuit"
        // of courts
        {
            stop = to; // what follows a place is another name
        }
        // "of the Republic of Azerbaijan Aida Orozova": a place that the name has come into ends it too
        if inner_head.is_none()
            && let Some(to) = (start.saturating_sub(3)..start).filter_map(|k| scene.place(k)).find(|&to| to > start && to < stop)
        {
            stop = to;
        }
        if let Some(inner) = inner_head.filter(|&inner| word != "and" || !is_field_of_rule(scene, head, start, inner)) {
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
            // "Mission to Serbia and Montenegro"
            let second =
                scene.place(stop + 1).filter(|_| scene.fold(stop) == "and" && scene.is_country(start) && scene.is_country(stop + 1));
            end = second.filter(|_| word == "to").unwrap_or(stop);
            break;
        }
        tails += 1;
        end = stop;
    }
    end
}

/// "School | named after A. Reed", "Rotary Club of Garda | North".
pub(super) fn with_namesake(scene: &Scene, head: usize, end: usize) -> usize {
    if scene.fold(head) == "club" && scene.capital(end) && scene.together(head, end) {
        let part = |k: usize| scene.capital(k) && !scene.is_person(k) && !scene.is(k, Classes::TITLE.with(Classes::HEAD));
        let place = (head..end).any(|k| scene.place(k) == Some(end));
        return if place { (end..end + 3).find(|&k| !part(k)).unwrap_or(end + 3) } else { end };
    }
    if scene.fold(end) != "named" || scene.fold(end + 1) != "after" || !scene.together(head, end + 2) {
        return end;
    }
    let mut k = end + 2;
    while k < end + 8 && scene.together(head, k) {
        let initial = scene.mark(k) == b'.' && scene.token(k - 1).is_some_and(|t| t.span.len() == 1) && scene.capital(k + 1);
        if !scene.capital(k) && !initial {
            break;
        }
        k += 1;
    }
    if k > end + 2 { k } else { end }
}

/// One past the commonwealth of states that begins at token `k`: beside a continent it is a region.
fn commonwealth(scene: &Scene, k: usize) -> Option<usize> {
    let full = scene.fold(k) == "commonwealth" && scene.fold(k + 2) == "independent";
    scene.known(k).filter(|_| scene.fold(k) == "cis" || full)
}

/// "Committee on Foreign Investment in the U.S. (CFIUS)": a place is part of the name whose acronym counts it.
pub(super) fn with_acronym_of(scene: &Scene, first: usize, end: usize) -> usize {
    if scene.fold(end) != "in" {
        return end;
    }
    let start = end + 1 + usize::from(scene.fold(end + 1) == "the");
    let Some(to) = scene.place(start).filter(|&to| scene.fold(to) == "(" && scene.fold(to + 2) == ")") else { return end };
    let initials = (first..to).filter(|&k| scene.is_word(k) && scene.capital(k)).filter_map(|k| scene.text.str(k).chars().next());
    let same = |acronym: &str| initials.flat_map(char::to_uppercase).eq(acronym.chars());
    if scene.token(to + 1).is_some_and(|t| t.case == Case::Upper) && same(scene.text.str(to + 1)) { to } else { end }
}

/// "Agriculture", "Engineering": one word for a field, which is not a place's name.
fn is_study(word: &str) -> bool {
    let endings = ["ture", "tion", "sion", "ment", "ing", "ics", "logy", "nomy", "ness", "ship", "ance", "ence", "ism", "istry", "cine"];
    endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
}

/// "Ministry of Home Affairs and | Public Administration": what a ministry has to do with, not a second body.
fn is_field_of_rule(scene: &Scene, head: usize, start: usize, inner: usize) -> bool {
    inner == start + 1
        && (scene.word(head).kind == "ministry" || scene.fold(head) == "department")
        && scene.hint(start, Hint::RULE_OPENER)
        && matches!(scene.fold(inner), "administration" | "government" | "service")
}

/// "OSCE Centre in Ashgabat": a body's own centre in a country is its office.
fn is_office(scene: &Scene, head: usize) -> bool {
    scene.fold(head) == "commission" && scene.fold(head.saturating_sub(1)) == "high"
        || scene.hint(head, Hint::KNOWN_OFFICE) && (head.saturating_sub(8)..head).any(|k| scene.known(k) == Some(head))
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

#[cfg(test)]
mod tests {
    #[test]
    fn where_and_when_end_a_tail() {
        let bodies = |text: &str| crate::Record::of(text).texts("organization").iter().map(|t| t.to_string()).collect::<Vec<_>>();
        assert_eq!(
            bodies("They met at the Ministry of Roads, Rural Planning and Growth in Lilongwe Wednesday."),
            ["Ministry of Roads, Rural Planning and Growth"]
        );
        assert_eq!(
            bodies("She is Director of the Regional Bureau for Europe and the Commonwealth of Independent States."),
            ["Regional Bureau for Europe and the Commonwealth of Independent States"]
        );
        assert_eq!(bodies("They met at the Museum of Fine Arts named after A. Reed in May."), ["Museum of Fine Arts named after A. Reed"]);
        assert_eq!(bodies("They met the Rotary Club of Nairobi North."), ["Rotary Club of Nairobi North"]);
        assert_eq!(bodies("He taught at Can Tho University."), ["Can Tho University"]);
        assert_eq!(bodies("They met at the State Museum-Reserve of Crafts."), ["State Museum-Reserve of Crafts"]);
        assert_eq!(bodies("They met the Coalition for Democracy and Civil Society."), ["Coalition for Democracy and Civil Society"]);
    }
}
