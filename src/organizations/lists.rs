//! Bodies that only the company they keep gives away: one of a list whose other members are bodies,
//! "UNDP, Zarnat and USAID", in a line or line by line.

use super::found::{Found, Scene};
use super::lone::{may_name, name};
use crate::lexicon::bodies::Classes;
use crate::lexicon::classes::is_strange;
use crate::lexicon::forms::Form;
use crate::text::Case;

/// The longest such name, in tokens.
const LONGEST: usize = 4;

/// Adds the members that are not known for bodies of lists with two or more that are.
pub(crate) fn find(scene: &Scene, found: &mut Vec<Found>) {
    let mut added = in_line(scene, found);
    added.extend(by_lines(scene, found));
    found.extend(added);
}

/// "Garda Mills, Zarnat, the Garda Bank and Perit".
fn in_line(scene: &Scene, found: &[Found]) -> Vec<Found> {
    let mut added = Vec::new();
    let mut next = 0; // the first of those found that no list was read with
    while next < found.len() {
        let start = next;
        let mut bodies = 1;
        let mut members: Vec<Found> = Vec::new();
        let mut end = found[next].end;
        // one before the first
        if let Some((first, to)) = before(scene, found[next].first) {
            members.push(name((first, to), "listed", "company", 0.72));
        }
        next += 1;
        while let Some(at) = past_joint(scene, end) {
            if let Some(body) = found.get(next).filter(|f| f.first == at) {
                bodies += 1;
                end = body.end;
                next += 1;
            } else if let Some(to) = member(scene, at).filter(|&to| found.get(next).is_none_or(|f| f.first >= to)) {
                members.push(name((at, to), "listed", "company", 0.72));
                end = to;
            } else {
                break;
            }
        }
        // "between Garda Mills and Zarnat"
        let pair = |first: usize| first > 0 && (scene.fold(first - 1) == "between" || first > 1 && scene.fold(first - 2) == "between");
        if bodies > 1 || members.len() == 1 && pair(found[start].first.min(members[0].first)) {
            added.append(&mut members);
        }
    }
    added
}

/// One past the comma or "and" at token `at`, and the article behind it.
fn past_joint(scene: &Scene, at: usize) -> Option<usize> {
    let mut k = at + usize::from(scene.mark(at) == b',');
    k += usize::from(matches!(scene.fold(k), "and" | "&"));
    let joined = k > at && scene.together(at, k);
    joined.then(|| k + usize::from(scene.fold(k) == "the"))
}

/// One past the name that begins at token `i`, which may be a member.
fn member(scene: &Scene, i: usize) -> Option<usize> {
    let end = (i..i + LONGEST + 1).find(|&k| !(scene.capital(k) && scene.is_latin(k) && scene.together(i, k)))?;
    let ended = matches!(scene.fold(end), "," | "." | ";" | "and" | "&" | "(" | ")") || !scene.text.same_line(i, end);
    (ended && is_member(scene, i, end)).then_some(end)
}

fn is_member(scene: &Scene, first: usize, end: usize) -> bool {
    let other = |k: usize| {
        scene.is_person(k)
            || scene.is(k, Classes::TITLE.with(Classes::PROJECT).with(Classes::HEAD))
            || scene.form(k, Form::OPENER)
            || scene.form(k, Form::TOPIC)
    };
    let own = |k: usize| is_strange(scene.fold(k)) && scene.token(k).is_some_and(|t| t.case != Case::Upper);
    first < end && !(first..end).any(other) && (first..end).any(own) && may_name(scene, first, end)
}

/// The member before the body that begins at token `i`.
fn before(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let article = usize::from(i > 0 && scene.fold(i - 1) == "the");
    let joint = i.checked_sub(1 + article).filter(|&k| matches!(scene.fold(k), "," | "and" | "&"))?;
    let end = if joint > 0 && scene.mark(joint - 1) == b',' { joint - 1 } else { joint };
    let first =
        (end.saturating_sub(LONGEST)..end).find(|&f| (f..end).all(|k| scene.capital(k) && scene.is_latin(k) && scene.together(k, i)))?;
    let free = first == 0
        || !scene.capital(first - 1) && scene.token(first - 1).is_some_and(|t| t.case == Case::Lower || scene.mark(first - 1) == b':');
    (free && is_member(scene, first, end)).then_some((first, end))
}

/// "- Garda Mills, Osh", "- Zarnat, Naryn", "- Perit Bank": three lines of a list, two with bodies.
fn by_lines(scene: &Scene, found: &[Found]) -> Vec<Found> {
    let mut added = Vec::new();
    let mut run: Vec<(usize, bool)> = Vec::new(); // where each item begins, and whether a body does there
    let mut close = |run: &mut Vec<(usize, bool)>| {
        let bodies = run.iter().filter(|(_, body)| *body).count();
        if bodies > 1 && bodies * 2 > run.len() {
            for &(first, _) in run.iter().filter(|(_, body)| !body) {
                if let Some(end) = line_member(scene, first) {
                    added.push(name((first, end), "listed", "company", 0.72));
                }
            }
        }
        run.clear();
    };
    for line in &scene.text.lines {
        let (start, end) = (line.tokens.0 as usize, line.tokens.1 as usize);
        if start == end {
            continue;
        }
        let bullet = matches!(scene.text.str(start), "-" | "–" | "—" | "•" | "*" | "·" | "▪");
        if !bullet {
            close(&mut run);
            continue;
        }
        let first = start + 1 + usize::from(scene.fold(start + 1) == "the");
        let at = found.partition_point(|f| f.first < first);
        run.push((first, found.get(at).is_some_and(|f| f.first < end && f.first <= first + 1)));
    }
    close(&mut run);
    added
}

/// One past the name that begins an item of a list.
fn line_member(scene: &Scene, i: usize) -> Option<usize> {
    let end = (i..i + LONGEST + 1).find(|&k| !(scene.capital(k) && scene.is_latin(k) && scene.text.same_line(i, k)))?;
    let ended = matches!(scene.fold(end), "," | ";" | "." | "(" | "-" | ":") || !scene.text.same_line(i, end);
    (ended && is_member(scene, i, end)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn members_of_a_list_of_bodies_are_bodies() {
        assert_eq!(
            found("It works with UNDP, the Garda Water Agency, Zarnat and USAID."),
            ["UNDP", "Garda Water Agency", "Zarnat", "USAID"]
        );
        assert_eq!(found("It works with Zarnat, UNDP and USAID."), ["Zarnat", "UNDP", "USAID"]);
        assert_eq!(found("It works with UNDP and Zarnat."), ["UNDP"]);
        assert_eq!(found("It is a pact between UNDP and Zarnat."), ["UNDP", "Zarnat"]);
    }

    #[test]
    fn so_are_items_between_items_with_bodies() {
        assert_eq!(
            found("Members:\n- Garda Water Agency, north\n- Zarnat, south\n- Garda Bank of Rivers, east\n"),
            ["Garda Water Agency", "Zarnat", "Garda Bank of Rivers"]
        );
    }
}
