//! Bodies that are called a project: "Innocence Project".
//!
//! What is called so is an undertaking of somebody's, as a rule. It is a body where it has officers of its
//! own ("president of the Garda Law Project") or stands without an article among bodies in a list.

use super::found::{Found, Scene};
use crate::lexicon::bodies::Classes;
use crate::text::Kind;

/// How far a neighbour in a list is looked through.
const NEIGHBOUR: usize = 7;

/// Whether the name with a project's head is a body's.
pub(super) fn is_body(scene: &Scene, name: &Found) -> bool {
    let project = name.end > name.first + 1 && scene.fold(name.end - 1) == "project";
    project && (is_headed(scene, name.first) || is_listed(scene, name))
}

/// "the president of the | Garda Law Project": posts that projects have none of.
fn is_headed(scene: &Scene, first: usize) -> bool {
    let article = usize::from(first > 0 && scene.fold(first - 1) == "the");
    let Some(of) = (first - article).checked_sub(1).filter(|&k| matches!(scene.fold(k), "of" | "at" | "with" | "for")) else {
        return false;
    };
    let Some(post) = of.checked_sub(1) else { return false };
    let qualified =
        post > 0 && matches!(scene.fold(post - 1), "executive" | "policy" | "legal" | "advocacy" | "legislative" | "founding" | "managing");
    let own = matches!(scene.fold(post), "president" | "ceo" | "founder" | "counsel" | "chairman" | "fellow");
    own || scene.fold(post) == "director" && qualified
}

/// Between commas or alone on a line, with a body beside it and no project.
fn is_listed(scene: &Scene, name: &Found) -> bool {
    let line = |k: usize| scene.token(k).map(|t| t.line);
    let body = |from: usize, to: usize| {
        let body = (from..to).any(|k| scene.capital(k) && (scene.is(k, Classes::HEAD) || scene.known(k).is_some_and(|end| end <= to)));
        body && !(from..to).any(|k| scene.is(k, Classes::PROJECT))
    };
    let Some(before) = name.first.checked_sub(1) else { return false };
    let joint = |k: usize| matches!(scene.mark(k), b',' | b';') || scene.fold(k) == "and";
    // ", Garda Law Project, Water Council,"
    let item = |k: usize| scene.capital(k) || matches!(scene.fold(k), "of" | "for" | "the" | "on" | "in" | "'s" | "-");
    let last = line(name.end) != line(name.end - 1); // of its line
    if joint(before) && (last || joint(name.end) && scene.together(before, name.end)) {
        let back = (before.saturating_sub(NEIGHBOUR)..before).rev().take_while(|&k| item(k)).last().unwrap_or(before);
        let next = name.end + 1 + usize::from(scene.fold(name.end + 1) == "and");
        let on = (next..next + NEIGHBOUR).take_while(|&k| item(k)).last().map_or(next, |k| k + 1);
        return body(back, before) && (last || body(next, on));
    }
    // a line of its own, the lines above and below likewise
    let alone = line(before) != line(name.first) && line(name.end) != line(name.end - 1);
    let own = |k: usize| {
        let of = line(k);
        let first = (k.saturating_sub(2 * NEIGHBOUR)..=k).rev().take_while(|&m| line(m) == of).last().unwrap_or(k);
        let end = (k..k + 2 * NEIGHBOUR).take_while(|&m| line(m) == of).last().map_or(k, |m| m + 1);
        (first..end).all(|m| item(m) || scene.token(m).is_some_and(|t| t.kind == Kind::Mark) || matches!(scene.fold(m), "and" | "to"))
            && body(first, end)
    };
    alone && own(before) && own(name.end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn a_project_with_officers_or_among_bodies_is_a_body() {
        let has = |source: &str| found(source).iter().any(|n| n == "Garda Law Project");
        assert!(has("This was told by the policy director of the Garda Law Project."));
        assert!(has("It has the support of the Zarnat Council, Garda Law Project, Water Foundation, and others."));
        assert!(!has("The Garda Law Project began in May."));
        assert!(!has("The coordinator of the Garda Law Project told this."));
    }
}
