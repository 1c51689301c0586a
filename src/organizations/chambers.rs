//! The chambers of the Congress of the United States by their short names: "Congress", "the Senate",
//! "the House".
//!
//! Elsewhere such words wait for the full name in the document, since many countries have a senate
//! and a congress is as often a meeting. A text that speaks of the United States and of somebody's seat
//! there says which is meant; "the House" must also do what houses do.

use super::found::{Found, Scene};
use super::known;
use crate::lexicon::bodies::Classes;
use crate::text::{Case, Facts, Script};

/// Adds the short names where the document is about that country.
pub(super) fn find(scene: &Scene, found: &mut Vec<Found>) {
    let mut american = None;
    for i in scene.words.having(Classes::HEAD) {
        let id = match scene.fold(i) {
            "congress" => "United States Congress",
            "senate" => "United States Senate",
            "house" => "United States House of Representatives",
            _ => continue,
        };
        let token = &scene.text.tokens[i];
        if token.case != Case::Title || scene.is_titled(i) || scene.is_shouted(i) || !is_alone(scene, i) {
            continue;
        }
        let article = i > 0 && scene.fold(i - 1) == "the";
        let named = match scene.fold(i) {
            "congress" => !article && (i == 0 || !is_counted(scene, i)),
            "senate" => article || in_senate(scene, i),
            _ => article && acts_as_house(scene, i),
        };
        if named && *american.get_or_insert_with(|| is_american(scene)) {
            let row = known::row_named(id);
            found.push(Found { first: i, end: i + 1, rule: ("known", "chamber"), row, kind: "government", confidence: 0.8 });
        }
    }
}

/// No capitalised word beside it that would make another name of it, no "of" behind.
fn is_alone(scene: &Scene, i: usize) -> bool {
    let joined = |k: usize| scene.fold(k) == "-" && scene.token(k).is_some_and(|t| !t.spaced);
    let before = i > 0 && (scene.capital(i - 1) && scene.text.same_line(i - 1, i) && !scene.opens_sentence(i - 1) || joined(i - 1));
    let behind = scene.capital(i + 1) && scene.text.same_line(i, i + 1) || joined(i + 1) || matches!(scene.fold(i + 1), "of" | "on" | "(");
    !before && !behind
}

/// "a Congress", "each Congress": one of many.
fn is_counted(scene: &Scene, i: usize) -> bool {
    matches!(scene.fold(i - 1), "a" | "an" | "each" | "every" | "this" | "last" | "next" | "our" | "th" | "st" | "nd" | "rd" | "-")
}

/// "the full Senate", "in Senate", "U.S. | Senate's".
fn in_senate(scene: &Scene, i: usize) -> bool {
    i > 0 && matches!(scene.fold(i - 1), "full" | "entire" | "in" | "current")
}

/// "the House passed", "in the House", "the House and the Senate", "the House floor".
fn acts_as_house(scene: &Scene, i: usize) -> bool {
    let behind = scene.fold(i + 1);
    let votes =
        behind.ends_with("ed") || matches!(behind, "floor" | "vote" | "bill" | "version" | "will" | "has" | "majority" | "leadership");
    let before = i.checked_sub(2).map_or("", |k| scene.fold(k));
    let chamber = (i + 1..i + 4).any(|k| scene.fold(k) == "senate") || (i.saturating_sub(4)..i).any(|k| scene.fold(k) == "senate");
    votes || chamber || matches!(before, "in" | "by" | "through" | "from" | "of") && !scene.capital(i + 1)
}

/// Whether the text has the country and a seat in its congress.
fn is_american(scene: &Scene) -> bool {
    let (mut country, mut seat) = (false, false);
    for k in scene.text.candidates(0..scene.text.tokens.len(), Facts::CAPITAL) {
        if scene.token(k).is_some_and(|t| t.script != Script::Latin) {
            continue;
        }
        match scene.fold(k) {
            "american" | "americans" | "america" => country = true,
            "united" if scene.fold(k + 1) == "states" => country = true,
            "u" if scene.fold(k + 1) == "." && scene.fold(k + 2) == "s" => country = true,
            "us" if scene.text.str(k) == "US" => country = true,
            "washington" => country = true,
            // "(R-Ohio)": party and state
            "r" | "d" | "i" if k > 0 && scene.mark(k - 1) == b'(' && scene.mark(k + 1) == b'-' && scene.capital(k + 2) => return true,
            "senator" | "senators" | "sen" | "sens" | "rep" | "reps" | "congressman" | "congresswoman" | "congress" | "republican"
            | "republicans" | "democrats" | "democrat" => seat = true,
            _ => {}
        }
        if country && seat {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn chambers_of_the_united_states_stand_by_their_short_names() {
        let text = "Washington: Sen. Reed told Congress in the Senate that the House passed a bill.";
        assert_eq!(found(text), ["Congress", "Senate", "House"]);
        assert_eq!(found("The bill passed the Senate today, said Anna Reed (R-Ohio)."), ["Senate"]);
    }

    #[test]
    fn elsewhere_they_do_not() {
        assert!(found("The senator told that the Senate and the House met at a Congress.").is_empty());
        assert!(
            found("The Senate of Garda met, said Senator Reed in Washington. It was a Congress of judges.").iter().all(|n| n != "Congress")
        );
    }
}
