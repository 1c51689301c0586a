//! Firms and other bodies whose name has no word for what they are: "Zarneft", "Bright Path Forty".
//!
//! The words beside such a name say that it is a body: a post and the name of a person behind it
//! ("Zarneft Chairman Anna Reed"), a naming word before it ("a charity called Bright Path Forty"), a
//! legal form behind it ("Zarnat Mills LLC"). One such sign is enough; weaker ones are gathered over the
//! document in `evidence`.

use super::evidence::Signs;
use super::found::{Found, Scene};
use super::{english, legal};
use crate::lexicon;
use crate::lexicon::bodies::Classes;
use crate::lexicon::classes::is_strange;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::Hint;
use crate::mention::Tagged;
use crate::text::{Case, Kind, Script};

/// The longest such name, in tokens.
const LONGEST: usize = 5;

/// Adds the names that stand beside such words.
pub(crate) fn find(scene: &Scene, tagged: &[Tagged], found: &mut Vec<Found>) {
    let text = scene.text;
    let mut signs = Signs::new(scene, tagged);
    let forms = Form::HEADS.bits() | Form::NAMING.bits() | Form::FIRM.bits() | Form::DEED.bits() | Form::PAYER.bits() | Form::OWNER.bits();
    for i in scene.candidates(forms, Classes::LEGAL.with(Classes::POST), scene.mixed()) {
        let token = &text.tokens[i];
        if token.kind != Kind::Word || token.script != Script::Latin {
            continue;
        }
        if token.is_capital() && scene.is(i, Classes::LEGAL) {
            found.extend(legal::incorporated(scene, i));
        }
        if token.is_capital() && scene.form(i, Form::OWNER) {
            found.extend(people_for(scene, i));
        }
        if token.case == Case::Mixed {
            signs.mixed(scene, i);
        }
        if token.is_capital() && !scene.form(i, Form::HEADS) {
            continue;
        }
        if scene.form(i, Form::HEADS) || is_post(scene, i) {
            found.extend(headed(scene, i));
            signs.post(scene, i);
        }
        if token.case != Case::Lower {
            continue;
        }
        if scene.form(i, Form::NAMING) {
            found.extend(called(scene, i));
        }
        signs.small_word(scene, i);
    }
    found.extend(signs.names());
}

/// Whether token `i` begins a post that is one in small letters alone.
fn is_post(scene: &Scene, i: usize) -> bool {
    scene.text.tokens[i].case == Case::Lower && scene.is(i, Classes::POST)
}

/// The capitalised words that end at token `end`, where they may be such a name; with `people` the
/// model may take them for a person.
pub(super) fn name_before(scene: &Scene, end: usize, people: bool) -> Option<(usize, usize)> {
    let last = end.checked_sub(1)?;
    let mut first = end;
    while first > 0 && scene.together(first - 1, last) && end - first < LONGEST && plain(scene, first - 1, people) {
        first -= 1;
        if scene.is_apart(first) {
            break;
        }
    }
    while first < end && scene.form(first, Form::OPENER) {
        first += 1;
    }
    may_name(scene, first, end).then_some((first, end))
}

/// A word that may be part of such a name.
fn plain(scene: &Scene, k: usize, people: bool) -> bool {
    let Some(token) = scene.token(k) else { return false };
    token.script == Script::Latin
        && token.is_capital()
        && (people || !scene.is_person(k))
        && !scene.is(k, Classes::TITLE.with(Classes::HEAD).with(Classes::PROJECT).with(Classes::OFFICE))
        && !scene.form(k, Form::FIELD)
        || token.kind == Kind::Mark && matches!(scene.fold(k), "-" | "&") && k > 0 && plain(scene, k - 1, people)
}

pub(super) fn may_name(scene: &Scene, first: usize, end: usize) -> bool {
    let foreign = lexicon::OF_NAMES & !lexicon::SETTLEMENT | lexicon::POST | lexicon::TITLE | lexicon::COMMON | lexicon::QUALIFIER;
    first < end
        && scene.capital(first)
        && scene.text.tokens[first].span.len() > 2
        && !scene.is_titled(first)
        && !scene.is_shouted(first)
        && !scene.is_common(first, end)
        && !(first..end).any(|k| {
            scene.place(k).is_some()
                || scene.known(k).is_some()
                || scene.in_known(k)
                || lexicon::classes_of(scene.text, k) & foreign != 0
                || super::is_demonym(scene.words.stems[k])
                || scene.form(k, Form::HEADLINE_VERB) && scene.opens_sentence(k)
        })
        && !(end == first + 1 && lexicon::classes_of(scene.text, first) & (lexicon::LISTED | lexicon::FIRST_NAME) != 0)
        && !(first > 0
            && scene.together(first - 1, first)
            && (scene.place(first - 1).is_some() || matches!(scene.fold(first - 1), "of" | "." | "&")))
}

pub(super) fn name((first, end): (usize, usize), rule: &'static str, kind: &'static str, confidence: f32) -> Found {
    Found { first, end, rule: ("lone", rule), row: None, kind, confidence }
}

/// "Zarneft Chairman Anna Reed", "Bright Path Forty executive director Anna Reed": a post that bodies have and who holds it.
fn headed(scene: &Scene, i: usize) -> Option<Found> {
    let mut k = i;
    if matches!(scene.fold(k), "executive" | "managing" | "general") {
        k += 1;
        if !matches!(scene.fold(k), "director" | "manager" | "secretary") {
            return None;
        }
    } else if matches!(scene.fold(k), "president" | "director") && scene.capital(k) {
        return None;
    }
    let person = k + 1;
    let post = scene.is_person(person) && scene.capital(person) && scene.together(i, person);
    // "Zarneft Deputy Chair Anna Reed"
    let rank = |k: usize| scene.hint(k, Hint::POST_RANK);
    let from = if i > 1 && scene.capital(i) && scene.capital(i - 1) && rank(i - 1) { i - 1 } else { i };
    let (first, end) = Some(from).filter(|_| post && !scene.is_titled(i)).and_then(|i| name_before(scene, i, true))?;
    // "Energy and | Natural Resources Chairman Anna Reed": the rest of a committee's name
    let joined = first > 1 && matches!(scene.fold(first - 1), "and" | "&" | ",") && scene.capital(first - 2);
    (!joined || is_strange(scene.fold(first))).then(|| name((first, end), "post-behind", "company", 0.75))
}

/// "Women for Rivers", "Doctors Without Walls", "Friends of the Lake": people by what they stand for.
fn people_for(scene: &Scene, i: usize) -> Option<Found> {
    let friends = matches!(scene.fold(i), "friends" | "partners");
    let many = scene.fold(i).ends_with('s') || scene.hint(i, Hint::PEOPLE);
    let joint = match scene.fold(i + 1) {
        "for" | "without" | "against" | "beyond" => true,
        "of" => friends,
        "in" => scene.fold(i) == "partners",
        _ => false,
    };
    if !many || !joint || scene.is_titled(i) || scene.is_shouted(i) || i > 0 && matches!(scene.fold(i - 1), "of" | "for") {
        return None;
    }
    let at = i + 2 + usize::from(scene.fold(i + 2) == "the");
    let (start, end) = english::group(scene, at, false);
    let place = scene.place(at) == Some(end) && !friends;
    let other =
        place || scene.known(at).is_some() || (at..end + 1).any(|k| scene.is(k, Classes::HEAD.with(Classes::PROJECT).with(Classes::TITLE)));
    if start >= end || end - start > 3 || other || !scene.together(i, at) {
        return None;
    }
    // "Young Women for Rivers"
    let mut first = i;
    while first > 0
        && plain(scene, first - 1, false)
        && !scene.form(first - 1, Form::OPENER)
        && !scene.is_apart(first)
        && scene.together(first - 1, i)
    {
        first -= 1;
    }
    Some(name((first, end), "people", "ngo", 0.8))
}

/// "the joint Czech-Polish | Zarnat Mills LLC": where what begins at token `first`, or one back, begins behind two demonyms.
pub(super) fn past_demonyms(scene: &Scene, first: usize, end: usize) -> usize {
    let pair = |k: usize| {
        let demonym = |k: usize| scene.capital(k) && super::is_demonym(scene.words.stems[k]);
        k + 3 < end && demonym(k) && scene.mark(k + 1) == b'-' && demonym(k + 2)
    };
    if pair(first) {
        first + 3
    } else if first > 1 && pair(first - 2) {
        first + 1
    } else {
        first
    }
}

/// "a charity called Bright Path Forty": what a body, and nothing else, is called.
fn called(scene: &Scene, i: usize) -> Option<Found> {
    let before = i.checked_sub(1).filter(|&k| scene.together(k, i))?;
    let body = scene.token(before).is_some_and(|t| t.case == Case::Lower)
        && (scene.is(before, Classes::HEAD) && !scene.is(before, Classes::PROJECT)
            || scene.is(before, Classes::DESCRIPTOR)
            || scene.hint(before, Hint::CALLED));
    let place = matches!(scene.word(before).kind, "culture" | "health" | "university")
        || matches!(scene.fold(before), "group" | "center" | "centre");
    let (first, mut end) = english::group(scene, i + 1, false);
    // "Bright Path For All"
    if matches!(scene.fold(end), "for" | "of") && scene.capital(end + 1) && scene.together(first, end + 1) {
        end = english::group(scene, end + 1, false).1;
    }
    let open = body && !place && first < end && end - first <= LONGEST && scene.place(first).is_none() && scene.known(first).is_none();
    (open && scene.together(i, first)).then_some(name((first, end), "called", "ngo", 0.75))
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;
    use crate::mention::{Tagged, TaggedKind};
    use crate::page::Page;

    #[test]
    fn a_post_and_its_holder_behind_a_name_show_a_body() {
        let source = "Yesterday Zarnat-Kaz Chairman Anna Reed met the guests.";
        let page = Page::new(source, true);
        let at = page.text.tokens.iter().position(|t| page.text.slice(t.span) == "Anna").unwrap_or_default() as u32;
        let tagged = [Tagged { tokens: (at, at + 2), kind: TaggedKind::Person, confidence: 0.9, margin: (9.0, 9.0) }];
        let names = super::super::find(&page, &[], &tagged, &[]);
        assert_eq!(names.iter().map(|m| page.text.slice(m.span)).collect::<Vec<_>>(), ["Zarnat-Kaz"]);
    }

    #[test]
    fn what_is_called_so_is_a_body_where_the_word_before_says_it() {
        assert_eq!(found("It was done by a charity called Bright Path Forty in the north."), ["Bright Path Forty"]);
        assert!(found("They climbed a hill called Bright Path Forty in the north.").is_empty());
    }

    #[test]
    fn people_with_a_cause_are_a_body() {
        assert_eq!(found("It was opened by Friends of the Lake in May."), ["Friends of the Lake"]);
        assert_eq!(found("She leads Young Women for Rivers today."), ["Young Women for Rivers"]);
        assert!(found("The Teachers of Rivers are sought, and Women in Boats too.").is_empty());
    }

    #[test]
    fn a_legal_form_behind_words_makes_them_a_firm() {
        assert_eq!(found("It was built by Zarnat and Perit Ltd., a firm from the north. Then Perit left."), ["Perit Ltd.", "Perit"]);
        assert_eq!(found("Shares of Kala-Zarna Operating LLP were sold."), ["Kala-Zarna Operating LLP"]);
        assert_eq!(found("The joint Polish-Turkish Kala Zarna LLC was founded."), ["Kala Zarna LLC"]);
        assert!(found("The offer is Limited to ten people.").is_empty());
    }
}
