//! Groups: runs of capitalised words, and what a sentence or a headline may put before a name.

use super::super::found::Scene;
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::Hint;
use crate::text::{Case, Kind, Script};

/// A group's range of tokens.
pub(crate) type Group = (usize, usize);

/// "al-Farabi University"
pub(super) fn is_article_al(scene: &Scene, i: usize) -> bool {
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
        let length = token.span.len();
        if k > i && (5..=16).contains(&length) && matches!(scene.fold(k), "source" | "contact" | "contacts" | "photo") {
            break;
        }
        if k > i && scene.form(k, Form::HEADLINE_VERB) && scene.is_titled(k) {
            break;
        }
        // "Garda Agency Kenya | Country Director Anna Reed"
        if k > i
            && matches!(scene.fold(k), "country" | "regional")
            && matches!(scene.fold(k + 1), "director" | "manager" | "representative")
            && scene.capital(k + 1)
        {
            break;
        }
        // "States | H.E. Anna Reed"
        if is_joint(scene, k) || k > i && length == 1 && scene.text.str(k) == "H" && scene.fold(k + 1) == "." && scene.fold(k + 2) == "e" {
            break;
        }
        match token.kind {
            Kind::Word if token.is_capital() && token.script == Script::Latin => {
                if k > i && !titles && scene.is(k, Classes::TITLE) && token.spaced && owner(scene, k).is_none() && !is_wide(scene, k) {
                    // "Garda Road Agency | Assistant Administrator"
                    while end > i + 1 && scene.hint(end - 1, Hint::UNDER_POST) {
                        end -= 1;
                    }
                    break;
                }
                if k > i && token.spaced && scene.is_person(k) && !scene.is_person(k - 1) {
                    break;
                }
                k += 1;
                end = k;
            }
            // "Khalid bin Omar Foundation"
            Kind::Word if k > i && matches!(scene.fold(k), "bin" | "ibn" | "bint" | "abu") && scene.capital(k + 1) => k += 1,
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
            // "ZarSun—are": a dash of the sentence
            Kind::Mark if scene.text.str(k) == "—" => break,
            Kind::Mark if matches!(scene.fold(k), "-" | "/" | "+") && k > i && !token.spaced => {
                let next = scene.token(k + 1);
                // "Garda, O.C.-| Water Council"
                if scene.mark(k - 1) == b'.' && i > 0 && scene.mark(i - 1) == b',' {
                    break;
                }
                if scene.fold(k) == "+" {
                    end = k + 1;
                    k += 1;
                } else if next.is_some_and(|t| t.case == Case::Title)
                    && scene.form(k + 1, Form::PAYER)
                    && scene.fold(k + 1).ends_with("ed")
                    && scene.fold(k + 1) != "based"
                {
                    break; // "Garda Bank-Funded Plan" of a headline
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
                    && scene.word(k - 1).kind != "company" // "Garda Airlines | 777"
                    && token.span.len() <= 3
                    && !scene.token(k + 1).is_some_and(|t| !t.spaced && t.kind == Kind::Word) =>
            {
                k += 1;
                end = k;
            }
            // "Garda Senate332": the number of a room, run into the name
            Kind::Number
                if k > i
                    && !token.spaced
                    && length > 2
                    && scene.text.tokens[k - 1].case == Case::Title
                    && scene.is(k - 1, Classes::HEAD) =>
            {
                break;
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

/// "Garda General Hospital", "Criminal Justice": no general, no justice, but what the body is for.
fn is_wide(scene: &Scene, k: usize) -> bool {
    if scene.fold(k) == "justice" {
        return !scene.capital(k + 1) || scene.is(k + 1, Classes::HEAD);
    }
    // "British Consulate General in Osh", "Directorate General of Roads"
    if scene.fold(k) == "general" && k > 0 && matches!(scene.fold(k - 1), "consulate" | "directorate" | "inspectorate") {
        return !scene.capital(k + 1);
    }
    scene.fold(k) == "general"
        && scene.capital(k + 1)
        && scene.is(k + 1, Classes::HEAD)
        && scene.word(k + 1).kind != "company"
        && scene.together(k, k + 1)
}

/// "Of", "For", "And": a word that joins groups, with the capital that a headline gives it.
fn is_joint(scene: &Scene, k: usize) -> bool {
    scene.token(k).is_some_and(|t| t.case == Case::Title && t.spaced && t.span.len() < 8)
        && matches!(scene.fold(k), "of" | "for" | "to" | "in" | "and" | "on" | "by" | "with" | "at" | "from")
}

/// Whether token `k` is the "'s" or "'" by which a post or a group of people owns the body that follows: "Women's Union".
pub(crate) fn owns(scene: &Scene, k: usize) -> bool {
    let mark =
        scene.token(k).is_some_and(|t| !t.spaced) && (scene.fold(k) == "'s" || scene.fold(k) == "'" && scene.fold(k - 1).ends_with('s'));
    let latin = scene.token(k + 1).is_some_and(|t| t.spaced && t.script == Script::Latin);
    if !mark || !scene.capital(k - 1) || !scene.capital(k + 1) || !latin || !scene.together(k, k + 1) || scene.place(k + 1).is_some() {
        return false;
    }
    let many = scene.form(k - 1, Form::OWNER);
    let linked = matches!(scene.fold(k.saturating_sub(2)), "of" | "for");
    let owned = || (k + 1..k + 6).take_while(|&m| scene.capital(m) || matches!(scene.fold(m), "and" | "&" | "-"));
    // "Ministry of Women's Affairs", but "the Union of Writers' | Annual Conference"
    let field = || many && linked && !owned().any(|m| scene.is(m, Classes::HEAD.with(Classes::PROJECT).with(Classes::TITLE)));
    let post = || scene.is(k - 1, Classes::TITLE) && !scene.is_person(k - 1) && !linked;
    let body = || owned().any(|m| scene.is(m, Classes::HEAD) || scene.fold(m) == "forum");
    field() || (many || owns_as_many(scene, k) || post()) && body()
}

/// "Elders' Council", "St. Olaf's School": many people, and a saint, give a body its name.
fn owns_as_many(scene: &Scene, k: usize) -> bool {
    let plural = scene.fold(k) == "'"
        && k > 1
        && !scene.is_titled(k)
        && scene.known(k - 1).is_none()
        && !scene.in_known(k - 1)
        && !scene.is_person(k - 1);
    let at = if scene.fold(k.saturating_sub(2)) == "." { k.saturating_sub(3) } else { k.saturating_sub(2) };
    let saint = matches!(scene.fold(at), "st" | "saint") && at + 1 < k;
    (plural || saint) && !(0..k).rev().take(3).any(|m| scene.place(m) == Some(k))
}

/// The possessive mark of the post that stands at token `k`: "Mayor's Office", "Prosecutor General's Office".
fn owner(scene: &Scene, k: usize) -> Option<usize> {
    (k + 1..k + 3)
        .find(|&mark| owns(scene, mark))
        .filter(|&mark| (k + 1..mark).all(|m| matches!(scene.fold(m), "general" | "minister" | "prosecutor")))
}

fn is_initial(scene: &Scene, i: usize) -> bool {
    scene.token(i).is_some_and(|t| t.kind == Kind::Word && t.case == Case::Title && t.span.len() == 1)
}

/// Past what a sentence or a phrase may open with that is no part of a name.
pub(super) fn skip_openers(scene: &Scene, mut first: usize, end: usize) -> usize {
    // "the 100 | MW Garden Wind Project": a number's unit
    if first + 1 < end && scene.form(first, Form::UNIT) && first > 0 && scene.token(first - 1).is_some_and(|t| t.kind == Kind::Number) {
        first += 1;
    }
    while first < end
        && (scene.form(first, Form::OPENER) && !is_acronym(scene, first) && !is_inner_modal(scene, first)
            || scene.is(first, Classes::TITLE) && first + 1 < end && scene.fold(first + 1) != "of" && !is_wide(scene, first))
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
        && scene.form(first, Form::ORDER)
        && scene.opens_sentence(first)
        && (scene.known(first + 1).is_some() || matches!(scene.word(first + 1).kind, "government") && scene.is(first + 1, Classes::HEAD))
}

/// "at Can Tho University": a verb with a capital in the middle of a sentence is none.
fn is_inner_modal(scene: &Scene, i: usize) -> bool {
    let inside = i > 0 && scene.token(i - 1).is_some_and(|t| t.case == Case::Lower) && scene.together(i - 1, i);
    matches!(scene.fold(i), "can" | "will" | "may") && inside
}

/// "IT Park": two words that open sentences are names in capitals.
fn is_acronym(scene: &Scene, i: usize) -> bool {
    matches!(scene.fold(i), "it" | "who") && scene.token(i).is_some_and(|t| t.case == Case::Upper)
}
