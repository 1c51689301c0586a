//! Who holds a post behind the name of the body that it is held in: "President of the Garda Education
//! Group Khamsan Sisavo". The words of a person's name have a capital as the body's have; a post before
//! the body, words that say nothing, and a verb behind them tell where the body ends.

use super::found::{Found, Scene};
use crate::lexicon;
use crate::lexicon::bodies::Classes;
use crate::lexicon::classes::is_strange;
use crate::lexicon::forms::Form;
use crate::text::{Case, Kind, Script};

/// "President of the Garda Education Group | Khamsan Sisavo stressed": where a post governs the body and
/// words that say nothing stand behind its head, they are who holds the post.
pub(crate) fn without_holders(scene: &Scene, found: &mut [Found]) {
    for name in found.iter_mut().filter(|f| f.row.is_none() && f.end > f.first + 2) {
        if let Some(k) = holder(scene, name.first, name.end) {
            name.end = k;
        }
    }
}

fn holder(scene: &Scene, first: usize, end: usize) -> Option<usize> {
    /// Classes of words that no person is called by.
    const FOREIGN: u32 = lexicon::OF_NAMES | lexicon::POST | lexicon::COMMON;
    let person = |k: usize| {
        scene.token(k).is_some_and(|t| t.script == Script::Latin && t.case == Case::Title)
            && !scene.is(k, Classes::HEAD.with(Classes::PROJECT).with(Classes::TITLE).with(Classes::LEGAL))
            && lexicon::classes_of(scene.text, k) & FOREIGN == 0
            && !scene.form(k, Form::FIELD)
            && !scene.form(k, Form::THING)
            && scene.place(k).is_none()
    };
    let after = scene.token(end);
    let stops = after.is_none_or(|t| t.case == Case::Lower && t.kind == Kind::Word) || matches!(scene.fold(end), "," | ".");
    // "Vice President of the Garda Chamber of Commerce | Vidosa Dzagi": no English words
    let strange = |k: usize| person(k) && is_strange(scene.fold(k));
    if let Some(k) = (first + 1..end).rev().take_while(|&k| strange(k)).last()
        && (2..=4).contains(&(end - k))
        && k > first + 1
        && !is_strange(scene.fold(k - 1))
        && stops
        && !scene.is_titled(k)
        && is_headed(scene, first)
    {
        return Some(k);
    }
    let k = (first + 1..end).rev().take_while(|&k| person(k)).last()?;
    let body =
        scene.is(k - 1, Classes::HEAD) && k > first + 1 || scene.form(k - 1, Form::FIELD) && (first..k).any(|m| scene.is(m, Classes::HEAD));
    let goes_on = scene.token(end).is_some_and(|t| t.case == Case::Lower && t.kind == Kind::Word)
        && !matches!(scene.fold(end), "of" | "for" | "and" | "in" | "to" | "'s");
    ((2..=4).contains(&(end - k)) && body && goes_on && !scene.is_titled(k) && is_headed(scene, first)).then_some(k)
}

/// Whether a post governs what begins at token `first`: "Vice Chairman of the | Garda Council", also over
/// the body whose part it is.
fn is_headed(scene: &Scene, first: usize) -> bool {
    for k in (first.saturating_sub(14)..first).rev().take_while(|&k| scene.together(k, first)) {
        match scene.fold(k) {
            "of" if k > 0 && lexicon::classes_of(scene.text, k - 1) & lexicon::POST != 0 => return true,
            "of" | "for" | "the" | "'s" | "and" | "," | "-" => {}
            _ if scene.capital(k) => {}
            _ => return false,
        }
    }
    false
}
