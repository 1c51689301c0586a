//! Universities by their letters: «КубГУ», «БНТУ», «ЮФУ», «ГрГУ имени Янки Купалы».
//!
//! Russian letters for a university end with У, before which stands what kind it is: Г and Н for state and national
//! ones, ГТ, НП, ГМ and so on, Ф for federal ones. The same letters before a quoted name are a legal form («КГУ «Парк»»).

use super::dedication::named_after;
use super::found::{Found, Scene};
use crate::text::{Case, Script};

/// Letters that close such a name.
const ENDS: [&str; 14] = ["гу", "ну", "гту", "нту", "гпу", "нпу", "гму", "нму", "гэу", "гау", "нау", "фу", "гсху", "гюу"];

/// The university whose letters are token `at`, with whom it is named after.
pub(super) fn university(scene: &Scene, at: usize) -> Option<Found> {
    let token = scene.token(at)?;
    // two bytes a letter
    let fits = token.script == Script::Cyrillic
        && match token.case {
            Case::Upper => (6..=12).contains(&token.span.len()) && !scene.is_shouted(at),
            Case::Mixed => (8..=16).contains(&token.span.len()) && scene.text.str(at).chars().rev().take(2).all(char::is_uppercase),
            _ => false,
        };
    if !fits || scene.mark(at + 1) == b'"' || scene.mark(at + 1) == b'-' || at > 0 && scene.mark(at - 1) == b'-' {
        return None;
    }
    let fold = scene.fold(at);
    let ends = ENDS.iter().any(|end| fold.strip_suffix(end).is_some_and(|rest| !rest.is_empty()));
    if !ends || scene.known(at).is_some() || scene.in_known(at) || scene.place(at).is_some() {
        return None;
    }
    let end = if matches!(scene.fold(at + 1), "имени" | "им") { named_after(scene, at + 1) } else { None };
    Some(Found { first: at, end: end.unwrap_or(at + 1), rule: ("russian", "university"), row: None, kind: "university", confidence: 0.85 })
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn letters_of_universities_are_bodies() {
        assert_eq!(
            found("Гости из ОзерГУ, ЛНТУ и ОФУ пришли в ЛрГУ имени Фёдора Лунина."),
            ["ОзерГУ", "ЛНТУ", "ОФУ", "ЛрГУ имени Фёдора Лунина"]
        );
        assert!(found("Он сказал НУ. Мы в СМУ.").is_empty());
    }
}
