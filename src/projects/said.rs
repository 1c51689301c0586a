//! Names that a sentence says are a project's: "the project, called Green Roofs", "Green Roofs, a project of …",
//! "Green Roofs is a three-year project", "under the Green Roofs Partnership".

use super::bounds::{back_to_start, over_joints};
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::Hint;
use crate::organizations::english;
use crate::organizations::found::{Found, Scene};
use crate::text::{Case, Facts, Kind, Script};

/// How far before a project's word the name may end that it describes.
const REACH: usize = 9;

/// The longest name, in tokens.
const LONGEST: usize = 14;

/// Adds the names. `named` tells for each token whether it lies in a name of another kind that is certain.
pub(super) fn find(scene: &Scene, named: &[bool], found: &mut Vec<Found>) {
    let name = |first, end, rule| Found { first, end, rule: ("projects", rule), row: None, kind: "", confidence: 0.75 };
    for i in scene.words.having(Classes::PROJECT) {
        let word = &scene.text.tokens[i];
        if word.script != Script::Latin || word.case != Case::Lower || scene.is(i, Classes::HEAD) {
            continue;
        }
        if let Some((first, end)) = called(scene, named, i) {
            found.push(name(first, end, "called"));
        } else if let Some((first, end)) = described(scene, named, i) {
            found.push(name(first, end, "apposition"));
        }
    }
    for i in scene.text.candidates(0..scene.text.tokens.len(), Facts::CAPITAL) {
        if scene.hint(i, Hint::SCHEME_HEAD)
            && let Some(first) = under(scene, named, i)
        {
            found.push(name(first, i + 1, "under"));
        }
        if i > 1 && scene.mark(i - 1) == b':' && scene.hint(i - 2, Hint::UNDERTAKINGS) {
            listed(scene, named, i, |first, end| found.push(name(first, end, "listed")));
        }
    }
}

/// The name that "called", "titled" or "known as" gives to the project's word at token `i`.
fn called(scene: &Scene, named: &[bool], i: usize) -> Option<(usize, usize)> {
    // "The name of the project is", "the project's name is"
    let mut at = i + 1;
    at += usize::from(scene.mark(at) == b',');
    if scene.fold(at) == "'s" && matches!(scene.fold(at + 1), "name" | "title") {
        at += 2;
    }
    at += usize::from(matches!(scene.fold(at), "which" | "that"));
    let copula = matches!(scene.fold(at), "is" | "was" | "are" | "were");
    let at = at + usize::from(copula);
    let own = copula && matches!(scene.fold(at - 2), "name" | "title");
    let first = match scene.fold(at) {
        _ if own && scene.capital(at) => at,
        _ if scene.token(at).is_none_or(|t| t.case != Case::Lower) => return None,
        "called" | "titled" | "entitled" | "named" | "dubbed" | "branded" => at + 1,
        "known" if scene.fold(at + 1) == "as" => at + 2,
        _ => return None,
    };
    let first = first + usize::from(scene.fold(first) == "the");
    let whose = scene.is(first, Classes::TITLE) && scene.capital(first + 1);
    if !scene.together(i, first) || !scene.capital(first) || !scene.is_latin(first) || whose || named[first] || scene.known(first).is_some()
    {
        return None;
    }
    // "titled Involving small farms in the Garda Region": a sentence in small letters
    let phrase = scene.fold(first).ends_with("ing") && matches!(scene.fold(at), "titled" | "entitled") && !scene.capital(first + 1);
    let end = if phrase {
        let stop = |k: usize| !scene.together(first, k) || !scene.is_word(k) && scene.mark(k) != b'-' || scene.hint(k, Hint::CLAUSE_VERB);
        (first + 1..first + 2 * LONGEST).find(|&k| stop(k))?
    } else {
        over_joints(scene, english::group(scene, first, false).1, true)
    };
    (end > first).then_some((first, end))
}

/// "two programmes: Green Roofs, Clean Yards and …": names of two words and more from token `at` on.
fn listed(scene: &Scene, named: &[bool], mut at: usize, mut add: impl FnMut(usize, usize)) {
    while scene.capital(at) && scene.is_latin(at) {
        let end = over_joints(scene, english::group(scene, at, false).1, true);
        let end = (at + 2..end).find(|&k| scene.fold(k) == "and").unwrap_or(end); // the last of the list
        let other = scene.known(at).is_some() || scene.place(at).is_some() || scene.is(at, Classes::TITLE) || (at..end).any(|k| named[k]);
        let coded = (at..end).any(|k| scene.text.str(k).bytes().any(|c| c.is_ascii_digit())); // the number of a contract
        let closed = matches!(scene.mark(end), b',' | b';' | b'.' | b'(') || scene.fold(end) == "and" || !scene.together(at, end);
        if end < at + 2 || other || coded || !closed {
            return;
        }
        add(at, end);
        let mut next = end;
        while matches!(scene.mark(next), b',' | b';') || scene.fold(next) == "and" {
            next += 1;
        }
        if !scene.together(at, next) {
            return;
        }
        at = next;
    }
}

/// "Green Roofs, a two-year project of …", "Green Roofs is the flagship initiative of …": the name before token `i`.
fn described(scene: &Scene, named: &[bool], i: usize) -> Option<(usize, usize)> {
    if !scene.hint(i, Hint::UNDERTAKING) || !closes(scene, i + 1) {
        return None;
    }
    let reach = (i.saturating_sub(REACH)..i).rev().take_while(|&k| scene.is_word(k) || scene.fold(k) == "'s" || is_inner(scene, k));
    let (mut from, mut owner) = (i, false);
    for k in reach {
        if matches!(scene.fold(k), "a" | "an" | "the" | "our" | "its" | "their" | "one") {
            from = k;
            break;
        }
        owner |= scene.fold(k) == "'s";
        if owner && (scene.capital(k) || scene.mark(k) != 0 || scene.fold(k) == "'s") {
            from = k;
        } else if owner {
            return None; // "who gave to Reed's campaign"
        }
    }
    let last = from.checked_sub(1).filter(|_| from < i)?;
    let definite = !matches!(scene.fold(from), "a" | "an" | "one") && !owner;
    let copula = matches!(scene.fold(last), "is" | "was");
    // ", the new project will": not of what stands before
    let follows = matches!(scene.fold(i + 1), "of" | "by" | "for" | "that" | "which" | "run" | "led") || scene.form(i + 1, Form::PAYER);
    if !(scene.mark(last) == b',' || scene.mark(last) == b'-' && scene.token(last).is_some_and(|t| t.spaced) || copula)
        || definite && (!follows || from + 1 == i)
    {
        return None;
    }
    let first = back_to_start(scene, named, last);
    let before = first.checked_sub(1).filter(|&k| scene.together(k, first));
    // "In Green Valley, a project of"
    let where_ = before.is_some_and(|k| matches!(scene.fold(k), "in" | "at" | "near"));
    let opens =
        before.is_none_or(|k| scene.opens_sentence(k) && scene.fold(k) == "the" || scene.mark(k) == b',' || scene.fold(k) == "that");
    let capitals = (first..last).filter(|&k| scene.capital(k)).count();
    let shaped = capitals > 1 || capitals == 1 && matches!(scene.text.tokens[first].case, Case::Upper | Case::Mixed);
    let other = scene.known(first).is_some()
        || scene.place(first) == Some(last)
        || (first..last).any(|k| named[k] || scene.is(k, Classes::TITLE))
        || scene.hint(last - 1, Hint::PAPER_END)
        || scene.is(first, Classes::HEAD) && scene.text.tokens[first].case != Case::Upper;
    (shaped && !other && last - first <= LONGEST && (if copula { opens } else { !where_ })).then_some((first, last))
}

/// Whether what stands at token `k` leaves the word before it alone: no "project manager".
fn closes(scene: &Scene, k: usize) -> bool {
    let k = if scene.mark(k + 1) == b'-' { k + 2 } else { k }; // "co-funded"
    let Some(token) = scene.token(k).filter(|t| t.kind == Kind::Word) else { return scene.fold(k) != "'s" };
    !scene.together(k - 1, k)
        || token.case == Case::Lower
            && (scene.form(k, Form::PAYER)
                || scene.hint(k, Hint::CLAUSE_VERB)
                || scene.fold(k).ends_with("ed")
                || scene.fold(k).ends_with("ing")
                || scene.hint(k, Hint::BEHIND_PROJECT))
}

/// A mark inside a word: "five-year", "Erasmus+".
fn is_inner(scene: &Scene, k: usize) -> bool {
    let behind = scene.mark(k) == b'+' && scene.token(k).is_some_and(|t| !t.spaced);
    behind || scene.mark(k) == b'-' && scene.token(k).is_some_and(|t| !t.spaced) && scene.token(k + 1).is_some_and(|t| !t.spaced)
}

/// "within the framework of the Green Roofs Partnership": where the name begins whose head is token `i`.
fn under(scene: &Scene, named: &[bool], i: usize) -> Option<usize> {
    if !scene.is_latin(i) || scene.capital(i + 1) || scene.is_shouted(i) {
        return None;
    }
    let first = back_to_start(scene, named, i + 1);
    let the = first.checked_sub(1).filter(|&k| scene.fold(k) == "the" && scene.together(k, i))?;
    let before = scene.fold(the.checked_sub(1)?);
    let part = the > 1 && matches!(scene.fold(the - 2), "framework" | "frame" | "frameworks" | "part" | "auspices" | "component" | "phase");
    let scheme = before == "under" || before == "of" && part;
    (scheme && first < i && scene.known(first).is_none() && !scene.is(first, Classes::TITLE.with(Classes::HEAD))).then_some(first)
}
