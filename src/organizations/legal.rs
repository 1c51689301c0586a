//! Firms by a legal form behind their name: "Zarnat Mills LLC", "Volna d.o.o.".

use std::sync::LazyLock;

use super::english;
use super::found::{Found, Scene};
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::Hint;
use crate::lexicon::stems::StemPhrases;
use crate::table;
use crate::text::{Facts, Script};

/// A form as it is written, without the last stop, and whether it is something else too.
type Written = (&'static str, bool);

/// Forms of the same words, whatever their stops.
static FORMS: LazyLock<StemPhrases<Vec<Written>>> = LazyLock::new(|| {
    let mut forms: StemPhrases<Vec<Written>> = StemPhrases::default();
    for [form, lone] in table::rows::<2>(include_str!("../../data/organizations/legal_forms.tsv")) {
        forms.entry(form).get_or_insert_default().push((form, lone == "lone"));
    }
    forms
});

/// The longest such name, in tokens.
const LONGEST: usize = 5;

/// Adds firms whose form stands in several words or is one of other countries'.
pub(super) fn find(scene: &Scene, found: &mut Vec<Found>) {
    for last in scene.text.candidates(0..scene.text.tokens.len(), Facts::CAPITAL) {
        let form = last + 1 + usize::from(scene.mark(last + 1) == b',');
        if let Some(end) = form_at(scene, form).filter(|_| scene.is_latin(last) && scene.together(last, form)) {
            found.extend(firm(scene, (form, end), last));
        }
    }
}

/// Where a form that begins at token `at` ends, with its last stop.
fn form_at(scene: &Scene, at: usize) -> Option<usize> {
    let mut longest = None;
    FORMS.each(scene.text, &scene.words.stems, at, |end, forms| {
        let here = scene.text.slice(scene.text.span(at, end - 1));
        let glued = || scene.token(end).is_some_and(|t| !t.spaced) && scene.fold(end).starts_with(char::is_alphanumeric);
        let alone = || !(glued() || scene.capital(end) && scene.together(at, end));
        // one word as it is written ("SpA", no spa), others with the same gaps: "S.A.", but no "s. A"
        let several = |form: &str| form.contains([' ', '.']) && here.chars().count() == form.chars().count();
        let fits = |form: &&Written| (here == form.0 || several(form.0)) && (!form.1 || alone());
        longest = forms.iter().find(fits).map(|form| (end, form.0)).or(longest);
    });
    let (end, written) = longest?;
    let stop = scene.mark(end) == b'.' && scene.token(end).is_some_and(|t| !t.spaced) && scene.together(at, end);
    let ends = stop && (written.contains('.') || scene.token(end + 1).is_some_and(|t| t.sentence == scene.text.tokens[at].sentence));
    Some(end + usize::from(ends))
}

/// "Zarnat Mills LLC", "Zarnat Ltd.": capitalised words before a legal form of one word that is nothing else.
pub(super) fn incorporated(scene: &Scene, i: usize) -> Option<Found> {
    let comma = i > 0 && scene.mark(i - 1) == b',';
    let last = i.checked_sub(1 + usize::from(comma))?;
    let sure = scene.hint(i, Hint::INCORPORATED) && (!comma || scene.hint(i, Hint::BEHIND_COMMA));
    if sure { firm(scene, (i, english::legal_suffix(scene, i)), last) } else { None }
}

/// The capitalised words that end with token `last`, and the form behind them.
fn firm(scene: &Scene, (form, end): (usize, usize), last: usize) -> Option<Found> {
    if !scene.together(last, form) || !scene.capital(last) || scene.is_titled(form) || scene.is_shouted(form) {
        return None;
    }
    let mut first = last + 1;
    while first > 0 && last + 1 - first < LONGEST && scene.together(first - 1, form) {
        let (k, token) = (first - 1, &scene.text.tokens[first - 1]);
        let joint = matches!(scene.fold(k), "-" | "&") && k > 0 && scene.capital(k - 1);
        // "Zarnat Mills Co Ltd"
        let other = scene.is(k, Classes::LEGAL) && !(k == last && scene.fold(k) == "co");
        let word = token.script == Script::Latin && token.is_capital() && !scene.is(k, Classes::TITLE) && !other;
        if !(joint || word) || first <= last && scene.is_apart(first) {
            break;
        }
        first = k;
    }
    while first <= last && scene.form(first, Form::OPENER) {
        first += 1;
    }
    first = super::lone::past_demonyms(scene, first, last + 1);
    let free = first <= last && scene.place(first).is_none_or(|to| to <= last) && scene.capital(first);
    free.then_some(Found { first, end, rule: ("lone", "legal-form"), row: None, kind: "company", confidence: 0.85 })
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn forms_of_other_countries_end_a_firm() {
        for name in ["Nordlys B.V.", "Volna Reka d.o.o.", "Zarnat S.p.A.", "Zarnat Mills A/S", "Terra Volna S.A. de C.V.", "Volna OÜ"] {
            assert_eq!(found(&format!("They bought it of {name} in spring.")), [name]);
        }
        for name in ["Kvik Sp. z o.o.", "Sahil Mills Pvt. Ltd.", "Garda Foods Private Limited"] {
            assert_eq!(found(&format!("They bought it of {name} in spring.")), [name]);
        }
        // an attorney general, and words of a sentence
        assert!(found("They met Garda AG Anna Reed. They met Freelancers Against AB5, a law.").is_empty());
        assert!(found("They sleep at Crystal Spa in spring.").is_empty());
        assert!(found("They met Zarnat as a guest. They met Volna a. s. b.").is_empty());
    }
}
