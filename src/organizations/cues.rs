//! Names that the words around them give away: a descriptor before ("NGO Umid", «организация HasNa»),
//! a company that the words behind it describe, a post that only bodies have,
//! a school with a number, the one government of the country, short names of state bodies («Минздрав», "MoH").

use super::KnownBody;
use super::english;
use super::found::{Found, Scene};
use super::media::{bracketed, dateline, newswire, reporting, reports, sender, site};
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::{self, Hint};
use crate::text::{Case, Facts, Kind, Script};

/// Adds the names that cues show.
pub(crate) fn find(scene: &Scene, known: &[KnownBody], found: &mut Vec<Found>) {
    let classes = Classes::DESCRIPTOR.with(Classes::SOLE).with(Classes::HEAD).with(Classes::TITLE);
    let text = scene.text;
    let known = known.iter().map(|body| body.tokens.0 as usize);
    for i in scene.candidates(Form::CUE.bits() | Facts::MARK, classes, known.chain(scene.mixed())) {
        let token = &text.tokens[i];
        match token.kind {
            Kind::Word => {
                if scene.is(i, Classes::DESCRIPTOR) {
                    descriptor(scene, i, found);
                    apposition(scene, i, found);
                }
                let cue = scene.form(i, Form::CUE);
                if token.script == Script::Latin && scene.form(i, Form::REPORTING) {
                    reports(scene, i, found);
                }
                if cue {
                    reporting(scene, i, found);
                    numbered(scene, i, found);
                }
                if token.case == Case::Title && (cue || scene.is(i, Classes::HEAD)) {
                    sole(scene, i, found);
                }
                if token.case == Case::Mixed || scene.is(i, Classes::SOLE) {
                    short_name(scene, i, found);
                }
                office(scene, i, found);
                if scene.is(i, Classes::TITLE) {
                    headed(scene, i + 1, found);
                }
                if token.case == Case::Lower && scene.is(i, Classes::TITLE.with(Classes::DESCRIPTOR)) {
                    party(scene, i, found);
                }
            }
            Kind::Mark => match scene.mark(i) {
                b'/' => dateline(scene, i, found),
                b'-' | b':' => sender(scene, i, found),
                b'(' => {
                    newswire(scene, i, found);
                    bracketed(scene, i, found);
                    spelled_out(scene, i, found);
                }
                b'.' if i > 0 => {
                    sender(scene, i, found);
                    site(scene, i - 1, found);
                }
                0 if i > 0 => lettered(scene, i - 1, found),
                _ => {}
            },
            Kind::Number => {}
        }
    }
}

pub(super) fn name(first: usize, end: usize, rule: &'static str, kind: &'static str, confidence: f32) -> Found {
    Found { first, end, rule: ("cue", rule), row: None, kind, confidence }
}

/// The capitalised words from token `i`, where they can be a name.
pub(super) fn words_at(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let token = scene.token(i)?;
    if !token.is_capital() || scene.place(i).is_some() || scene.is_person(i) || scene.is(i, Classes::TITLE) || scene.form(i, Form::OPENER) {
        return None;
    }
    if token.script == Script::Latin {
        let (first, end) = english::group(scene, i, false);
        return (first < end).then_some((first, end));
    }
    (token.script == Script::Cyrillic).then_some((i, i + 1))
}

/// «компания bp», "NGO Umid", "the newspaper Dawn".
fn descriptor(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let token = &scene.text.tokens[i];
    if !scene.together(i, i + 1) || scene.is_apart(i + 1) {
        return;
    }
    let word = scene.word(i);
    let Some(next) = scene.token(i + 1) else { return };
    if token.script == Script::Cyrillic {
        if token.is_capital() && token.case != Case::Upper && !scene.opens_sentence(i) || next.script != Script::Latin {
            return;
        }
        let (first, mut end) = english::group(scene, i + 1, false);
        if first == end {
            end = first + 1; // «компания bp»
        }
        if scene.place(first).is_none() {
            found.push(name(first, end, "descriptor", word.kind, 0.8));
        }
    } else if (token.case == Case::Lower || scene.fold(i) == "ngo")
        && token.case != Case::Title
        && let Some((first, end)) = words_at(scene, i + 1).or_else(|| firm_at(scene, i))
        && !scene.is(first, Classes::PROJECT.with(Classes::HEAD))
        && scene.token(first).is_some_and(|t| t.script == Script::Latin)
        && !scene.is_titled(i)
    {
        found.push(name(first, end, "descriptor", word.kind, 0.75));
    }
}

/// "the utility company Vodovod Garda": no person's name, though the model takes it for one.
fn firm_at(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let firm = scene.hint(i, Hint::FIRM);
    if !firm || !scene.is_person(i + 1) || scene.is(i + 1, Classes::TITLE) || scene.form(i + 1, Form::OPENER) {
        return None;
    }
    Some(english::group(scene, i + 1, false)).filter(|&(first, end)| first < end)
}

/// "SNS leader", "the SNS party", "MOL company": letters before such a word are a party's, a company's.
fn party(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    if !scene.hint(i, Hint::PARTY) || i == 0 || !scene.together(i - 1, i) {
        return;
    }
    let (Some(token), Some(before)) = (scene.token(i), scene.token(i - 1)) else { return };
    let letters = before.case == Case::Upper && before.script == Script::Latin && (2..=6).contains(&before.span.len());
    let free = token.case == Case::Lower && token.spaced && !scene.is_shouted(i) && (i < 2 || before.spaced);
    if letters && free && scene.place(i - 1).is_none() && scene.known(i - 1).is_none() && !scene.is_common(i - 1, i) {
        let kind = if scene.is(i, Classes::DESCRIPTOR) && scene.fold(i) != "party" { "company" } else { "party" };
        found.push(name(i - 1, i, "party", kind, 0.75));
    }
}

/// "Kvant i Voda, a water company that …": what the words behind a comma say of the name before it.
fn apposition(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let token = &scene.text.tokens[i];
    let closes = scene.hint(i + 1, Hint::CLOSES);
    let circle = matches!(scene.fold(i), "club" | "movement" | "group");
    if token.script != Script::Latin || token.case != Case::Lower || !closes || circle {
        return;
    }
    let Some(article) = (i.saturating_sub(7)..i).rev().find(|&k| matches!(scene.fold(k), "a" | "an" | "," | "of" | "at" | "for" | "with"))
    else {
        return;
    };
    if !matches!(scene.fold(article), "a" | "an") || article < 2 || scene.fold(article - 1) != "," || !scene.together(article - 2, i) {
        return;
    }
    let end = article - 1;
    let mut first = end;
    // "Vodovod i Kanalizacija": a joint of one letter between two capitals
    while first > 0 && scene.together(first - 1, end - 1) && !scene.is_apart(first) {
        let joint = scene.text.tokens[first - 1].span.len() == 1 && first > 1 && first < end && scene.capital(first - 2);
        let plain = scene.capital(first - 1) && !scene.is(first - 1, Classes::TITLE) && !scene.form(first - 1, Form::OPENER);
        if !(plain || joint && scene.is_word(first - 1)) {
            break;
        }
        first -= 1;
    }
    let lone = end == first + 1 && scene.is(first, Classes::HEAD.with(Classes::PROJECT));
    if first < end && end - first <= 6 && scene.place(first).is_none() && !lone && !scene.is_titled(first) {
        found.push(name(first, end, "apposition", scene.word(i).kind, 0.8));
    }
}

/// "Chief Executive Officer of Masdar", "founder of Aqua": only bodies have such posts.
fn headed(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    if scene.fold(i) != "of" || i < 2 || !scene.capital(i + 1) || !scene.together(i - 1, i + 1) {
        return;
    }
    let post = match scene.fold(i - 1) {
        "ceo" | "co-founder" | "cfo" | "coo" => true,
        "officer" => scene.fold(i.saturating_sub(3)) == "chief",
        "director" => scene.fold(i - 2) == "managing",
        "manager" => scene.fold(i - 2) == "general",
        _ => false,
    };
    if !post || scene.place(i + 1).is_some() || scene.known(i + 1).is_some() || scene.is(i + 1, Classes::TITLE) {
        return;
    }
    let (first, mut end) = english::group(scene, i + 1, false);
    // "Johnson & Johnson", though the model takes the second for a person
    if scene.mark(end) == b'&' && scene.capital(end + 1) && scene.together(first, end + 1) {
        end += 2;
    }
    if first < end
        && !(end == first + 1 && scene.text.tokens[first].span.len() < 3)
        && end - first <= 3
        && !(first..end).any(|k| scene.is(k, Classes::HEAD.with(Classes::PROJECT)))
        && scene.fold(end) != "of"
    {
        found.push(name(first, end, "headed", "company", 0.8));
    }
}

/// "ZBO (Zarnatska Banka za Obnovu)": the letters before a bracket count the capitals of the body's name in it.
fn spelled_out(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let Some(before) = i.checked_sub(1).and_then(|k| scene.token(k)) else { return };
    if before.case != Case::Upper || before.script != Script::Latin || before.span.len() < 3 || !scene.capital(i + 1) {
        return;
    }
    let Some(close) = (i + 3..i + 14).find(|&k| scene.mark(k) == b')' && scene.text.same_line(i, k)) else { return };
    let capitals = (i + 1..close).filter(|&k| scene.is_word(k) && scene.capital(k));
    let initials = capitals.filter_map(|k| scene.text.str(k).chars().next()).flat_map(char::to_uppercase);
    let body = (i + 1..close).any(|k| scene.is(k, Classes::HEAD.with(Classes::FOREIGN)) && scene.capital(k));
    if body && initials.eq(scene.text.str(i - 1).chars()) && scene.known(i + 1).is_none() {
        found.push(name(i - 1, i, "spelled-out", "", 0.85));
        found.push(name(i + 1, close, "spelled-out", "", 0.85));
    }
}

/// «ДШИ №2», «СОШ № 5»: letters and a number.
fn lettered(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let letters = &scene.text.tokens[i];
    let acronym =
        letters.script == Script::Cyrillic && letters.case == Case::Upper && letters.span.len() <= 12 && scene.text.str(i + 1) == "№";
    if acronym && scene.together(i, i + 2) && scene.token(i + 2).is_some_and(|t| t.kind == Kind::Number) {
        found.push(name(i, i + 3, "numbered", "", 0.8));
    }
}

/// "Khanbogd secondary school No.2", "kindergarten No. 5": capitals before, a number behind.
fn numbered(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    if !scene.form(i, Form::NUMBERED) {
        return;
    }
    let token = &scene.text.tokens[i];
    let mut end = i + 1;
    let numbered = if matches!(scene.fold(end), "no" | "number" | "nr") {
        end += 1;
        if scene.fold(end) == "." {
            end += 1;
        }
        scene.token(end).is_some_and(|t| t.kind == Kind::Number)
    } else if matches!(scene.text.str(end), "№" | "#") {
        end += 1;
        scene.token(end).is_some_and(|t| t.kind == Kind::Number)
    } else {
        false
    };
    if !numbered || !scene.together(i, end) || token.case != Case::Lower {
        return;
    }
    let mut first = i;
    while first > 0 && scene.together(first - 1, i) && scene.hint(first - 1, Hint::SCHOOL) {
        first -= 1;
    }
    let mut k = first;
    while k > 0 && scene.together(k - 1, i) && first - k < 6 {
        let p = k - 1;
        if scene.capital(p) && !scene.form(p, Form::OPENER) && !scene.is(p, Classes::TITLE) || matches!(scene.fold(p), "ibn" | "al" | "-") {
            k = p;
        } else {
            break;
        }
    }
    while k < first && !scene.capital(k) {
        k += 1;
    }
    found.push(name(k, end + 1, "numbered", "university", 0.8));
}

/// "the Government", «Парламент»: the country's own, with a capital.
fn sole(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let token = &scene.text.tokens[i];
    if token.case != Case::Title || scene.is_shouted(i) || scene.is_titled(i) {
        return;
    }
    let english = scene.form(i, Form::SOLE) && i > 0 && scene.fold(i - 1) == "the" && !scene.capital(i + 1);
    let russian = token.script == Script::Cyrillic
        && hints::is(scene.word(i).word, Hint::OWN_STATE)
        && !scene.fold(i).ends_with("ий")
        && !scene.hint(i + 1, Hint::ANY_AREA)
        && (!scene.capital(i + 1) || scene.is_person(i + 1));
    if english || russian {
        let end = if english { small_field(scene, i) } else { i + 1 };
        found.push(name(i, end, "sole", "government", 0.7));
    }
}

/// "the Ministry | of health and social protection": one past the field that a ministry has in small letters.
fn small_field(scene: &Scene, i: usize) -> usize {
    let field = |k: usize| scene.hint(k, Hint::MINISTRY_FIELD) && scene.together(i, k);
    let mut end = i + 1;
    if scene.fold(i) != "ministry" || scene.fold(i + 1) != "of" || !field(i + 2) {
        return end;
    }
    end = i + 2;
    loop {
        let joint = usize::from(matches!(scene.fold(end), "and" | ","));
        let joint = joint + usize::from(joint > 0 && scene.fold(end + 1) == "and");
        if !field(end + joint) {
            break;
        }
        end += joint + 1;
    }
    let place = end + 1 + usize::from(scene.fold(end + 1) == "the");
    scene.place(place).filter(|_| scene.fold(end) == "of" && scene.together(i, place)).unwrap_or(end)
}

/// «Минздрав», «МЧС КР», "MoES": the short name of a state body, with its country.
fn short_name(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    if is_short_ministry(scene, i) {
        found.push(name(i, i + 1, "short-name", "ministry", 0.85));
        return;
    }
    if !scene.is(i, Classes::SOLE) || scene.in_known(i) {
        return;
    }
    let (token, word) = (&scene.text.tokens[i], scene.word(i));
    let acronym = word.word.chars().nth(1).is_some_and(char::is_uppercase);
    let written = match token.script {
        Script::Latin => scene.text.str(i) == word.word,
        _ if acronym => matches!(token.case, Case::Upper | Case::Mixed) && !scene.is_shouted(i),
        // «в минобразования Белоруссии»
        _ => token.is_capital() || scene.fold(i).starts_with("мин") && scene.is_country(i + 1) && scene.text.same_line(i, i + 1),
    };
    if !written || i > 0 && !token.spaced && scene.fold(i - 1) == "-" {
        return;
    }
    let country =
        scene.place(i + 1).filter(|_| token.script == Script::Cyrillic && scene.together(i, i + 1) && scene.text.same_line(i, i + 1));
    found.push(name(i, country.unwrap_or(i + 1), "short-name", word.kind, 0.88));
}

/// "MoHP", "MoTCA": "Mo" for a ministry and the capitals of its field.
fn is_short_ministry(scene: &Scene, i: usize) -> bool {
    let token = &scene.text.tokens[i];
    if token.case != Case::Mixed || !(4..=9).contains(&token.span.len()) || scene.in_known(i) {
        return false;
    }
    let letters = scene.text.str(i).strip_prefix("Mo").is_some_and(|rest| rest.bytes().all(|c| c.is_ascii_uppercase()));
    letters && !scene.is_common(i, i + 1)
}

/// "KOICA office in Bishkek", "USAID Central Asia regional mission": a body's name and a small office
/// word behind it.
fn office(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let Some(known) = scene.known(i) else { return };
    // "European Union to Georgia Delegation"
    if matches!(scene.fold(known), "to" | "in" | "for")
        && let Some(to) = scene.place(known + 1)
        && scene.is(to, Classes::OFFICE)
        && scene.capital(to)
        && scene.together(i, to)
        && !scene.is_titled(i)
    {
        found.push(name(i, to + 1, "office", "office", 0.85));
        return;
    }
    let mut k = known;
    while scene.together(i, k) && (scene.place(k).is_some() || scene.hint(k, Hint::OFFICE_NARROWER)) && k < known + 5 {
        k = scene.place(k).unwrap_or(k + 1);
    }
    let small = scene.token(k).is_some_and(|t| t.case == Case::Lower);
    if !small || !scene.hint(k, Hint::OFFICE) || !scene.together(i, k) {
        return;
    }
    let mut end = k + 1;
    if matches!(scene.fold(end), "in" | "to" | "for") {
        let at = end + 1 + usize::from(scene.fold(end + 1) == "the");
        match scene.place(at) {
            Some(to) => end = to,
            None if k == known => return,
            None => {}
        }
    } else if k == known {
        return; // "the UNDP office"
    }
    found.push(name(i, end, "office", "office", 0.85));
}
