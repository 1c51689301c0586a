//! Initials: an acronym in brackets says where its name begins and ends, and the initials of a name
//! stand for it alone.
//!
//! "Ministry of Home Affairs and General Administration (MoHAGA)": the letters count the words with
//! a capital, so a name that stops short, or begins late, is put right. "National Institute of Law"
//! and, later, "NIL": the document need not define what the initials of a name show.

use rustc_hash::FxHashMap;

use super::found::{Found, Scene};
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::stems;
use crate::text::{Case, Kind, Script};

/// How many tokens a name may be short of at either end.
const REACH: usize = 9;

/// Puts right the bounds of English names by the acronym in brackets behind them.
pub(crate) fn bound(scene: &Scene, found: &mut Vec<Found>) {
    for name in found.iter_mut().filter(|f| f.row.is_none() && f.end - f.first > 1) {
        if scene.token(name.first).is_none_or(|t| t.script != Script::Latin) {
            continue;
        }
        if let Some(end) = without_acronym(scene, name) {
            name.end = end;
            continue;
        }
        // "Southern Valley Rail (SVR) | Advisory Council": the words before the bracket belong to it
        let act = scene.form(name.first, Form::THING);
        if let Some(open) = name.first.checked_sub(3).filter(|&k| !act && scene.fold(k) == "(" && scene.fold(k + 2) == ")" && k > 0)
            && scene.together(open - 1, name.first)
            && let Some(first) = counted(scene, open - 1, open).filter(|_| scene.capital(open - 1))
        {
            name.first = first;
            continue;
        }
        // "European Union (EU) | Office in Kosovo"
        if let Some(open) = name.first.checked_sub(3).filter(|&k| scene.lettered_end(k) == Some(name.first))
            && scene.is(name.first, Classes::OFFICE)
            && let Some(first) = (open.saturating_sub(8)..open).find(|&k| scene.known(k) == Some(open))
        {
            name.first = first;
            continue;
        }
        // "Clean Coast Enterprise (CCE) project"
        let behind = scene.lettered_end(name.end).filter(|&k| scene.is(k, Classes::PROJECT) && !scene.is(k, Classes::HEAD));
        let head = (name.first..name.end).find(|&k| scene.is(k, Classes::HEAD) && scene.capital(k));
        let lasting = head.is_some_and(|k| {
            matches!(scene.word(k).kind, "agency" | "ministry" | "university" | "government" | "academic")
                || matches!(scene.fold(k), "foundation" | "association" | "organization" | "organisation")
        });
        if !lasting && behind.is_some_and(|k| scene.together(name.end, k)) {
            name.confidence = 0.0;
            continue;
        }
        let Some(open) = bracket(scene, name.end) else { continue };
        let letters = large_letters(scene.text.str(open + 1));
        let Some(first) = start_of(scene, name, open, &letters) else { continue };
        let end = if scene.fold(open - 1) == "'s" { open - 1 } else { open };
        if scene.form(end - 1, Form::THING) || scene.form(open + 3, Form::THING) {
            name.confidence = 0.0; // "Clean River Act (CRA)", "Clean Rivers (CR) Act": a law
        } else if first != name.first || end != name.end {
            (name.first, name.end) = (first, end);
            name.rule.1 = "initials";
            name.confidence = name.confidence.max(0.9);
        }
    }
    found.retain(|f| f.confidence > 0.0);
}

/// The bracket with an acronym that opens behind a name, over capital words and small joints.
fn bracket(scene: &Scene, end: usize) -> Option<usize> {
    let mut k = end;
    while k < end + REACH && scene.together(end - 1, k) && (scene.capital(k) || is_joint(scene, k)) {
        k += 1;
    }
    let letters = scene.token(k + 1).is_some_and(|t| matches!(t.case, Case::Upper | Case::Mixed) && t.span.len() > 2);
    (scene.fold(k) == "(" && letters && scene.fold(k + 2) == ")").then_some(k)
}

/// Where the name begins whose capitals the acronym counts: no earlier than a few words before, and
/// not inside the name as it was read.
fn start_of(scene: &Scene, name: &Found, open: usize, letters: &[char]) -> Option<usize> {
    if letters.len() < 3 || initials(scene, name.first, name.end).is_some_and(|own| own == letters) && name.end == open {
        return None;
    }
    counted_by(scene, name.first, open, letters)
}

/// Where the words before the bracket at `open` begin that its acronym counts: at `start` or before it.
pub(crate) fn counted(scene: &Scene, start: usize, open: usize) -> Option<usize> {
    counted_by(scene, start, open, &large_letters(scene.text.str(open + 1)))
}

fn counted_by(scene: &Scene, start: usize, open: usize, letters: &[char]) -> Option<usize> {
    let mut first = start;
    loop {
        if scene.capital(first) && initials(scene, first, open).is_some_and(|own| own == letters) {
            return Some(first);
        }
        let before = first.checked_sub(1).filter(|&k| start - k <= REACH && scene.together(k, start))?;
        let known = scene.known(before).is_some() || scene.in_known(before) || scene.is_person(before);
        if known || !(scene.capital(before) || is_joint(scene, before)) {
            return None;
        }
        first = before;
    }
}

/// "Institute for Social Growth ISG": the name ends before its acronym.
fn without_acronym(scene: &Scene, name: &Found) -> Option<usize> {
    let mut last = name.end - 1;
    let acronym = scene.token(last).filter(|t| t.case == Case::Upper && t.span.len() > 2)?;
    let letters = large_letters(scene.text.slice(acronym.span));
    let own = initials(scene, name.first, last)?;
    if scene.fold(last - 1) == "(" {
        last -= 1; // a bracket that the model took in by half
    }
    let article = name.first > 0 && scene.fold(name.first - 1) == "the" && letters.first() == Some(&'T') && letters.len() > 2;
    let begins = |letters: &[char]| own.starts_with(letters);
    (letters.len() > 2 && begins(&letters) || article && begins(&letters[1..])).then_some(last)
}

fn is_joint(scene: &Scene, k: usize) -> bool {
    matches!(scene.fold(k), "and" | "of" | "for" | "in" | "on" | "the" | "to" | "," | "&" | "-" | "'s" | "'")
}

/// The capitals of an acronym: "MoHAGA" counts the words of "Ministry of H. A. and G. A." by them.
fn large_letters(word: &str) -> Vec<char> {
    word.chars().filter(|c| c.is_uppercase()).collect()
}

/// The first letters of the words with a capital; none where no word has one.
fn initials(scene: &Scene, first: usize, end: usize) -> Option<Vec<char>> {
    let words = (first..end).filter(|&k| scene.is_word(k) && scene.capital(k));
    let letters: Vec<char> = words.filter_map(|k| scene.text.str(k).chars().next()).collect();
    (letters.len() >= 3).then_some(letters)
}

/// "SENAT, TECOS, CETEM and EPA": what stands in a list of letters with a body's is a body.
pub(crate) fn listed(scene: &Scene, found: &mut Vec<Found>) {
    let lettered = |k: usize| stands_alone(scene, k) && scene.place(k).is_none() && !scene.is_person(k) && !scene.is_titled(k);
    let mut added: Vec<Found> = Vec::new();
    let mut taken = vec![];
    for name in found.iter().filter(|f| f.end == f.first + 1 && f.confidence >= 0.6) {
        let upper = scene.token(name.first).is_some_and(|t| t.case == Case::Upper && t.script == Script::Latin && t.span.len() > 2);
        if !upper {
            continue;
        }
        for forward in [true, false] {
            let mut at = name.first;
            while let Some(next) = neighbour(scene, at, forward).filter(|&k| lettered(k)) {
                at = next;
                if taken.is_empty() {
                    taken = vec![false; scene.text.tokens.len()];
                    found.iter().for_each(|f| taken[f.first..f.end].fill(true));
                }
                if taken[at] {
                    break;
                }
                taken[at] = true;
                added.push(Found { first: at, end: at + 1, rule: ("spread", "listed"), row: None, kind: name.kind, confidence: 0.65 });
            }
        }
    }
    found.extend(added);
}

/// The next item of a list, or the one before: over a comma, "and", or both.
fn neighbour(scene: &Scene, at: usize, forward: bool) -> Option<usize> {
    let step = |k: usize| if forward { Some(k + 1) } else { k.checked_sub(1) };
    let mut k = step(at)?;
    let mut joints = 0;
    while matches!(scene.fold(k), "," | "and") && joints < 2 {
        k = step(k)?;
        joints += 1;
    }
    (joints > 0 && scene.together(at, k)).then_some(k)
}

/// The initials of the names found, by their hash, each with the name that they are of. Initials
/// that two names share, or that are a common abbreviation, are left out.
pub(crate) fn of_names(scene: &Scene, found: &[Found]) -> FxHashMap<u64, usize> {
    let mut names: FxHashMap<u64, usize> = FxHashMap::default();
    for (i, name) in found.iter().enumerate().filter(|(_, f)| f.end - f.first > 2 && f.confidence >= 0.7) {
        let latin = scene.token(name.first).is_some_and(|t| t.script == Script::Latin);
        if !latin || !(name.first..name.end).any(|k| scene.is(k, Classes::HEAD)) {
            continue;
        }
        let Some(letters) = initials(scene, name.first, name.end) else { continue };
        let acronym: String = letters.iter().flat_map(|c| c.to_lowercase()).collect();
        names.entry(stems::hash(&acronym)).or_insert(i);
    }
    names
}

/// Whether token `i` can be a name's initials that stand alone.
pub(crate) fn stands_alone(scene: &Scene, i: usize) -> bool {
    let token = &scene.text.tokens[i];
    let joined = i > 0 && !token.spaced && matches!(scene.fold(i - 1), "-" | "/" | ".");
    token.kind == Kind::Word
        && token.case == Case::Upper
        && token.script == Script::Latin
        && token.span.len() >= 3
        && !joined
        && !scene.is_shouted(i)
        && scene.known(i).is_none()
        && !scene.is_country(i)
        && !scene.is_common(i, i + 1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn an_acronym_bounds_its_name() {
        assert_eq!(
            found("He thanked the Ministry of River Affairs and Harbour Inspectorate (MoRAHI) for it."),
            ["Ministry of River Affairs and Harbour Inspectorate", "MoRAHI"]
        );
        assert_eq!(found("Staff of Hill and Lake Agency (HLA) came."), ["Hill and Lake Agency", "HLA"]);
        assert_eq!(found("The Lake Institute for Social Growth LISG was there.")[0], "Lake Institute for Social Growth");
    }

    #[test]
    fn initials_stand_for_the_name_they_are_of() {
        let names = found("The National Institute of Lakes met on Friday. NIL will go on.");
        assert_eq!(names, ["National Institute of Lakes", "NIL"]);
    }

    #[test]
    fn letters_listed_with_a_body_are_bodies() {
        assert_eq!(found("The course was held by UNDP, TECOS and CETEM last year."), ["UNDP", "TECOS", "CETEM"]);
        assert_eq!(found("UNDP and CSOs met."), ["UNDP"]);
    }

    #[test]
    fn a_law_is_no_body() {
        assert!(found("Members passed the Clean Air Council Act (CACA) then.").iter().all(|name| !name.contains("Act")));
    }
}
