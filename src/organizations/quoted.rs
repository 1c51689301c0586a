//! Quoted names: «…» after a legal form, a type word or a descriptor.
//!
//! A legal form and a type word belong to the name (ОФ «Шахрванд», фонд «Нуронийлар»), a descriptor
//! does not (газета «Голос» → Голос). A quoted name with nothing before it is left to what else the
//! text says of it.

use super::found::{Found, Scene};
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::{self, Hint};
use crate::text::{Case, Script, facts};

/// Adds the quoted names of a page.
pub(crate) fn find(scene: &Scene, found: &mut Vec<Found>) {
    for i in scene.text.candidates(0..scene.text.tokens.len(), facts::QUOTE) {
        let Some(end) = scene.quoted_end(i).filter(|end| end - i <= 24) else { continue };
        let goes_on = i > 0 && scene.together(i - 1, i);
        if let Some(name) = goes_on.then(|| before(scene, i, end)).flatten().or_else(|| after(scene, i, end)) {
            found.push(name);
        }
    }
}

/// By the word before the opening mark.
fn before(scene: &Scene, open: usize, end: usize) -> Option<Found> {
    let p = open - 1;
    let token = scene.token(p)?;
    let word = scene.word(p);
    let name = |first, end, rule, kind, confidence| Some(Found { first, end, rule: ("quoted", rule), row: None, kind, confidence });
    if word.classes.is(Classes::LEGAL) && token.script == Script::Cyrillic && matches!(token.case, Case::Upper | Case::Mixed) {
        return name(p, with_founder(scene, p, end), "legal-form", "NGO", 0.95);
    }
    // «ЦПГО «Шахрванд»», "SHG ‘Arzuu’": any acronym before a quoted name is its type; in a line of capitals every word looks like one
    let acronym =
        token.case == Case::Upper && (2..=6).contains(&scene.text.str(p).chars().count()) && token.spaced | scene.opens_sentence(p);
    if acronym
        && !scene.is_shouted(p)
        && scene.known(p).is_none()
        && !scene.in_known(p)
        && scene.place(p).is_none()
        && !word.classes.is(Classes::DESCRIPTOR)
        && scene.capital(open + 1)
        && !is_no_type(scene.fold(p))
        && end - open < 9
    {
        return name(p, with_founder(scene, p, end), "acronym", "NGO", 0.85);
    }
    // «гендиректор «Восхода»»: one heads, owns and speaks for bodies
    // «в пресс-службе «Восхода»»
    let press = p > 1 && scene.fold(p).starts_with("служб") && scene.mark(p - 1) == b'-' && scene.fold(p - 2) == "пресс";
    if (scene.form(p, Form::HEADS) || press) && scene.capital(open + 1) && end - open <= 6 && !scene.is_titled(p) {
        let inner = open + 1..end - 1;
        let stops = inner.clone().any(|k| matches!(scene.fold(k), "." | "," | "!" | "?" | "\""))
            || inner.len() > 1 && scene.form(open - 1, Form::TITLED);
        if !stops {
            return name(open + 1, end - 1, "headed", "company", 0.8);
        }
    }
    if token.script == Script::Latin {
        // "Public organization "Association of …"", "Charitable Fund "…""
        let mut first = p;
        // "Multi-Donor Trust Fund "…""
        let tight = |k: usize| !scene.text.tokens[k].spaced;
        let hyphen = |k: usize| k > 1 && scene.mark(k - 1) == b'-' && tight(k - 1) && tight(k) && scene.capital(k - 2);
        while first > 0
            && (scene.capital(first - 1) || hyphen(first) || super::english::owns(scene, first - 1))
            && scene.together(first - 1, p)
            && !scene.is(first - 1, Classes::TITLE)
            && !scene.form(first - 1, Form::OPENER)
        {
            first -= 1;
        }
        if !scene.capital(open + 1) || (open..end).any(|k| matches!(scene.fold(k), "." | "!" | "?") && k + 2 == end) {
            return None;
        }
        if scene.is(p, Classes::HEAD) && scene.capital(p) && (first < p || !scene.opens_sentence(p)) {
            return name(first, end, "type", word.kind, 0.9);
        }
        if first < p && scene.is(p, Classes::DESCRIPTOR) && !scene.capital(p) {
            return name(first, end, "type", "NGO", 0.8);
        }
        if scene.is(p, Classes::DESCRIPTOR) || matches!(scene.fold(p), "ngo") {
            return if scene.capital(open + 1) { name(open + 1, end - 1, "descriptor", "", 0.85) } else { None };
        }
        return None;
    }
    if (word.classes.is(Classes::DESCRIPTOR) && (!token.is_capital() || scene.opens_sentence(p)) && !word.classes.is(Classes::TYPE)
        || word.classes.is(Classes::DESCRIPTOR) && token.case == Case::Upper && token.span.len() > 2)
        && (scene.capital(open + 1)
            || scene.token(open + 1).is_some_and(|t| t.script == Script::Latin || t.kind == crate::text::Kind::Number))
    {
        // компания «Volta» SRL
        let form = scene.is(end, Classes::LEGAL) && scene.token(end).is_some_and(|t| t.script == Script::Latin && t.case == Case::Upper);
        if form && scene.together(open, end) {
            return name(open, end + 1, "form-after", "company", 0.85);
        }
        // «A «B»: an inner name that shares the closing mark keeps it
        let shared = (open + 1..end - 1).filter(|&k| scene.fold(k) == "\"").count() % 2 == 1;
        return name(open + 1, if shared { end } else { end - 1 }, "descriptor", word.kind, 0.85);
    }
    None
}

/// ФГБУ «НМИЦ сердца» Минздрава России: a state institution's founder in the genitive, with its country, ends its name.
fn with_founder(scene: &Scene, first: usize, end: usize) -> usize {
    let form = (first.saturating_sub(1)..=first).any(|k| {
        let letters = scene.fold(k);
        scene.token(k).is_some_and(|t| t.case == Case::Upper) && (letters.starts_with("фг") || hints::is(letters, Hint::STATE_FORM))
    });
    let genitive = scene.fold(end).ends_with(['а', 'я', 'и']);
    if !form || !scene.is(end, Classes::SOLE) || !scene.capital(end) || !genitive || !scene.together(first, end) {
        return end;
    }
    scene.place(end + 1).filter(|_| scene.is_country(end + 1) && scene.together(end, end + 1)).unwrap_or(end + 1)
}

/// “Holy Trinity” Municipal Clinical Hospital: an English head after the quoted part.
fn after(scene: &Scene, open: usize, end: usize) -> Option<Found> {
    // “Koldau” NGO, “Zhas-Dauren” movement
    let descriptor = scene.is(end, Classes::DESCRIPTOR)
        && (!scene.capital(end) || scene.fold(end) == "ngo")
        && scene.token(end).is_some_and(|t| t.script == Script::Latin);
    if descriptor && scene.together(open, end) && scene.capital(open + 1) && end - open <= 8 {
        return Some(Found {
            first: open + 1,
            end: end - 1,
            rule: ("quoted", "descriptor-after"),
            row: None,
            kind: scene.word(end).kind,
            confidence: 0.8,
        });
    }
    // “Hayrin” CJSC
    let form = scene.is(end, Classes::LEGAL) && scene.token(end).is_some_and(|t| t.script == Script::Latin && t.case == Case::Upper);
    if form && scene.together(open, end) && scene.capital(open + 1) && end - open <= 8 {
        return Some(Found { first: open, end: end + 1, rule: ("quoted", "form-after"), row: None, kind: "company", confidence: 0.85 });
    }
    if end - open > 9 || !scene.capital(open + 1) || scene.fold(end - 2) == "," || scene.is_titled(open) {
        return None;
    }
    if !scene.capital(end) || !scene.together(open, end) || scene.token(end)?.script != Script::Latin {
        return None;
    }
    let (first, stop) = super::english::group(scene, end, false);
    let head = (first..stop).rev().find(|&k| scene.is(k, Classes::HEAD))?;
    Some(Found { first: open, end: head + 1, rule: ("quoted", "head-after"), row: None, kind: scene.word(head).kind, confidence: 0.8 })
}

/// Acronyms that may stand before a quoted name and are no part of it.
fn is_no_type(word: &str) -> bool {
    hints::is(word, Hint::NO_TYPE)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn who_heads_a_quoted_name_heads_a_body() {
        assert_eq!(found("Пришёл гендиректор «Зарнефти» Пётр Лунин. В пресс-службе «Зарбанка» молчат."), ["Зарнефти", "Зарбанка"]);
        assert!(found("Он написал книгу «Солнце».").is_empty());
    }

    #[test]
    fn a_medium_may_be_called_after_a_place() {
        let record = crate::Record::of("Об этом сообщил телеканал «Белгород».");
        assert_eq!((record.texts("organization"), record.texts("place").len()), (vec!["Белгород"], 0));
        assert_eq!(crate::Record::of("Они живут в городе «Белгород».").texts("place"), ["Белгород"]);
    }

    #[test]
    fn an_inner_name_may_share_the_closing_mark() {
        assert_eq!(found("На базе ОАО “Озёрский завод “Зарница” создано ТОО “Луч”."), ["ОАО “Озёрский завод “Зарница”", "ТОО “Луч”"]);
    }

    #[test]
    fn a_hyphen_goes_on_before_a_quoted_name() {
        assert_eq!(found("It met the Multi-Donor Trust Fund “Garda Unity” again."), ["Multi-Donor Trust Fund “Garda Unity”"]);
    }
}
