//! Universities by their letters: «КубГУ», «БНТУ», «ЮФУ», «ГрГУ имени Янки Купалы».
//!
//! Russian letters for a university end with У, before which stands what kind it is: Г and Н for state and national
//! ones, ГТ, НП, ГМ and so on, Ф for federal ones. The same letters before a quoted name are a legal form («КГУ «Парк»»).
//! Other letters are a body's where its staff stands before them: «сотрудники ЗРЦ».

use super::dedication::named_after;
use super::found::{Found, Scene};
use crate::lexicon::bodies::Classes;
use crate::lexicon::hints::{self, Hint};
use crate::text::{Case, Kind, Script};

/// Letters that close such a name.
const ENDS: [&str; 14] = ["гу", "ну", "гту", "нту", "гпу", "нпу", "гму", "нму", "гэу", "гау", "нау", "фу", "гсху", "гюу"];

/// «представители ЗРЦ»: the body whose letters are token `at`.
pub(super) fn with_staff(scene: &Scene, at: usize) -> Option<Found> {
    let token = scene.token(at).filter(|t| t.spaced && t.case == Case::Upper && (6..=12).contains(&t.span.len()))?;
    let before = at.checked_sub(1).filter(|&k| scene.together(k, at) && scene.text.tokens[k].case != Case::Upper)?;
    let free = !scene.is(at, Classes::LEGAL)
        && !scene.is_common(at, at + 1)
        && scene.known(at).is_none()
        && !scene.in_known(at)
        && scene.place(at).is_none()
        && scene.place(at + 1).is_none()
        && !scene.is_person(at);
    // «директор СОШ № 5», «сотрудники КПП-2», «директор ЗРЦ «Озеро»»
    let next = scene.token(at + 1).filter(|t| t.line == token.line);
    let alone =
        next.is_none_or(|t| t.kind == Kind::Word && t.case != Case::Upper || matches!(scene.mark(at + 1), b'.' | b',' | b';' | b')'));
    let staff = |word: &str| hints::is(word, Hint::STAFF) || hints::begins(word, Hint::STAFF);
    (free && alone && staff(scene.fold(before))).then_some(Found {
        first: at,
        end: at + 1,
        rule: ("russian", "staff"),
        row: None,
        kind: "",
        confidence: 0.8,
    })
}

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
    fn letters_behind_staff_are_a_body() {
        assert_eq!(found("Сотрудники ЗРЦ открыли сад на средства ЗРЦ."), ["ЗРЦ", "ЗРЦ"]);
        assert!(found("Специалисты ЖКХ и директор ООО. Деньги ЗРЦ.").is_empty());
    }

    #[test]
    fn letters_of_universities_are_bodies() {
        assert_eq!(
            found("Гости из ОзерГУ, ЛНТУ и ОФУ пришли в ЛрГУ имени Фёдора Лунина."),
            ["ОзерГУ", "ЛНТУ", "ОФУ", "ЛрГУ имени Фёдора Лунина"]
        );
        assert!(found("Он сказал НУ. Мы в СМУ.").is_empty());
    }
}
