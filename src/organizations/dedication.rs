//! Whom a body is named after: «имени Н. В. Лунина», «им. Людвига ван Лунина», «имени «Красной звезды»».

use super::found::Scene;
use crate::lexicon;
use crate::lexicon::bodies::Classes;
use crate::text::{Case, Kind};

/// One past the end of the name after «имени»: initials, titles in small letters, capitalised words.
pub(super) fn named_after(scene: &Scene, at: usize) -> Option<usize> {
    let mut k = at + 1;
    if scene.fold(k) == "." {
        k += 1;
    }
    // «школа имени «Красной звезды»»
    if let Some(end) = scene.quoted_end(k).filter(|&end| end - k <= 6 && scene.capital(k + 1)) {
        return Some(end);
    }
    let mut end = None;
    let mut small = 0;
    while scene.together(at, k) && k < at + 14 {
        let token = &scene.text.tokens[k];
        if token.kind == Kind::Word && token.is_capital() {
            if end.is_some() && token.case == Case::Upper && token.span.len() > 4 {
                break;
            }
            // «имени Лунина | Петра Светлова»: a first name behind a surname is another person's
            let given = |k: usize| lexicon::classes_of(scene.text, k) & lexicon::FIRST_NAME != 0;
            if end == Some(k)
                && given(k)
                && !given(k - 1)
                && !scene.is(k - 1, Classes::TITLE)
                && !scene.capital(k - 2)
                && scene.capital(k + 1)
            {
                break;
            }
            k += 1;
            end = Some(k);
        } else if scene.fold(k) == "." && scene.token(k - 1).is_some_and(|t| t.is_capital() && t.span.len() <= 4)
            || scene.fold(k) == "-" && !token.spaced && scene.capital(k + 1)
        {
            k += 1;
        } else if matches!(scene.fold(k), "ван" | "фон" | "де" | "уулу" | "кызы" | "оглы" | "ибн") && scene.capital(k + 1)
        {
            k += 1; // «имени Людвига ван Лунина»
        } else if token.kind == Kind::Word && end.is_none() && small < 3 {
            small += 1;
            k += 1;
        } else {
            break;
        }
    }
    end
}
