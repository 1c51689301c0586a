//! Committees of parliaments, called by the list of their fields: "Senate Health, Labour and Pensions
//! (HELP) Committee", "Homeland Security and Governmental Affairs Committee".
//!
//! The list has commas and a last "and", its words are plain English ones, a chamber may stand before it
//! and the committee's letters in brackets before its head.

use super::super::found::Scene;
use super::group::{Group, group};
use super::last_head;
use super::tail::connector;
use crate::lexicon::bodies::Classes;
use crate::lexicon::classes::is_strange;
use crate::text::Case;

/// Fields that a list has at most.
const FIELDS: usize = 8;
/// Words of one field.
const LONGEST: usize = 5;

/// Words that a committee is called by, whatever its fields.
fn is_head(scene: &Scene, k: usize) -> bool {
    matches!(scene.fold(k), "committee" | "subcommittee") && scene.capital(k)
}

/// A chamber, which its committees are called by.
fn is_chamber(scene: &Scene, k: usize) -> bool {
    matches!(scene.fold(k), "senate" | "house" | "parliament" | "assembly" | "congress" | "duma")
}

/// The name that begins with the group from `first` and goes on over a list to a committee's head.
pub(super) fn joined(scene: &Scene, first: usize, end: usize) -> Option<Group> {
    let chamber = usize::from(is_chamber(scene, first) && end > first + 1);
    if !is_field(scene, first + chamber, end) {
        return None;
    }
    let mut end = end;
    let mut comma = false; // the list's "and" is still to come
    for _ in 0..FIELDS {
        // "Pensions (HELP) | Committee"
        if let Some(close) = scene.lettered_end(end).filter(|&close| scene.together(first, close)) {
            return (is_head(scene, close) && !comma).then_some((first, close + 1));
        }
        let (word, next) = connector(scene, end)?;
        // "House Education and the Workforce Committee"
        let article = scene.fold(next - 1) == "the";
        if !matches!(word, "and" | "&" | ",") || article && chamber == 0 {
            return None;
        }
        comma = word == "," && scene.fold(next - 1) != "and";
        let (start, stop) = group(scene, next, false);
        if let Some(head) = (start + 1..stop).find(|&k| is_head(scene, k)) {
            return (!comma && is_field(scene, start, head)).then_some((first, head + 1));
        }
        if !is_field(scene, start, stop) {
            return None;
        }
        end = stop;
    }
    None
}

/// Whether the words can be a committee's field: plain English ones, no body, place or person.
fn is_field(scene: &Scene, first: usize, end: usize) -> bool {
    let plain = |k: usize| {
        let token = scene.token(k).filter(|t| t.case == Case::Title && t.span.len() > 2);
        token.is_some() && scene.place(k).is_none() && !scene.is_person(k) && !is_strange(scene.fold(k)) && !scene.is(k, Classes::TITLE)
    };
    let joined = |k: usize| matches!(scene.fold(k), "-" | "'" | "'s" | "&");
    let free = scene.known(first).is_none() && last_head(scene, first, end).is_none_or(|head| scene.fold(head) == "development");
    first < end && end <= first + LONGEST && free && (first..end).all(|k| plain(k) || joined(k))
}
