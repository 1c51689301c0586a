//! Bounds of a project's name: the number, years, numeral, partner or place that belongs to it.

use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::{self, Hint};
use crate::organizations::english;
use crate::organizations::found::Scene;
use crate::text::{Case, Kind, Script};

/// «Программа партнёрства ФАО – Турция», «Форум регионов Грузии и Армении»: a second place or
/// body beside the one that a name ends with.
pub(super) fn with_partner(scene: &Scene, first: usize, end: usize) -> usize {
    let letters = |k: usize| scene.token(k).is_some_and(|t| t.case == Case::Upper && t.span.len() > 3).then_some(k + 1);
    let closed = letters(end - 1).is_some() || (first..end).any(|k| scene.place(k) == Some(end));
    if !closed || !scene.together(first, end) {
        return end;
    }
    let genitive = |k: usize| scene.fold(k).ends_with(['а', 'я', 'и', 'ы']);
    match scene.fold(end) {
        "-" => scene.place(end + 1).or_else(|| letters(end + 1)).map_or(end, |to| with_partner(scene, first, to)),
        "и" => scene.place(end + 1).filter(|&to| genitive(to - 1)).unwrap_or(end),
        _ => end,
    }
}

/// Whether a token is a numeral in Roman figures.
pub(super) fn is_roman(scene: &Scene, k: usize) -> bool {
    scene.token(k).is_some_and(|t| t.kind == Kind::Word) && scene.text.str(k).bytes().all(|c| b"IVX".contains(&c))
}

/// "Mobility Strategy 2020", "Digital Agenda – 2030", "Programme II, Phase 3"
pub(super) fn with_number(scene: &Scene, end: usize) -> usize {
    if is_roman(scene, end) {
        return with_phase(scene, end + 1);
    }
    let phased = with_phase(scene, end);
    if phased > end {
        return phased;
    }
    let at = if scene.fold(end) == "-" { end + 1 } else { end };
    let number = scene.token(at).is_some_and(|t| t.kind == Kind::Number && t.span.len() <= 4) && scene.together(end - 1, at);
    if !number {
        return end;
    }
    let range = scene.fold(at + 1) == "-" && scene.token(at + 2).is_some_and(|t| t.kind == Kind::Number && !t.spaced);
    if range { at + 3 } else { at + 1 }
}

/// "Project Phase 2", "Project – Phase II", "Project (Phase II)", "PROGRAMME, PHASE THREE"
fn with_phase(scene: &Scene, end: usize) -> usize {
    let at = end + usize::from(matches!(scene.mark(end), b',' | b'-' | b'('));
    if !scene.hint(at, Hint::PHASE) || !scene.capital(at) || !scene.together(end - 1, at) {
        return end;
    }
    let number = scene.token(at + 1).is_some_and(|t| t.kind == Kind::Number && t.span.len() <= 2);
    let told = number || is_roman(scene, at + 1) || scene.hint(at + 1, Hint::PHASE_NUMBER) && scene.capital(at + 1);
    match scene.mark(end) {
        b'(' if told && scene.mark(at + 2) == b')' => at + 3,
        b'(' => end,
        _ if told => at + 2,
        b',' | b'-' => end,
        _ => end + 1,
    }
}

/// "Strategy 2030", "Kenya Vision 2030", "Vision-2050", "the 2030 Agenda for Roads": a plan that is called by its
/// year. Token `i` is the plan's word.
pub(super) fn of_year(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let is_number = |k: usize| scene.token(k).is_some_and(|t| t.kind == Kind::Number);
    let year = |k: usize| is_number(k) && scene.text.str(k).len() == 4 && ("2020".."2080").contains(&scene.text.str(k));
    let at = i + 1 + usize::from(scene.mark(i + 1) == b'-');
    if !(is_number(at) || is_number(i.wrapping_sub(1))) || !scene.hint(i, Hint::YEAR_PLAN) {
        return None;
    }
    let part = |k: usize| scene.capital(k) && scene.is_latin(k) && scene.known(k).is_none() && !scene.form(k, Form::OPENER);
    let before = (0..i).rev().take_while(|&k| part(k) && scene.together(k, i)).last().unwrap_or(i);
    if year(at) && scene.together(i, at) {
        let range = scene.mark(at + 1) == b'-' && is_number(at + 2);
        return Some((before, if range { at + 3 } else { at + 1 }));
    }
    let named = i > 1 && year(i - 1) && scene.hint(i - 2, Hint::ARTICLE) && scene.together(i - 1, i);
    (named && !scene.capital(i + 1)).then(|| (i - 1, over_joints(scene, i + 1, false)))
}

/// «Проект снижения рисков в верховьях Озеры (ПСРО)», «Проект восстановления | пастбищ (ПВП)»: what stands between the
/// name and the letters for all of it.
pub(super) fn to_letters(scene: &Scene, first: usize, end: usize) -> usize {
    let Some(open) = (end + 1..end + 8).find(|&k| scene.mark(k) == b'(').filter(|&open| scene.together(first, open)) else { return end };
    let initial = |k: usize| scene.text.str(k).chars().next();
    // a forum may be a standing body
    let plan = ["проект", "программ", "стратеги", "план"].iter().any(|stem| scene.fold(first).starts_with(stem));
    let begins = plan && initial(first).is_some_and(|c| c.to_uppercase().eq(initial(open + 1)));
    let joined = matches!(scene.fold(end), "в" | "во" | "на" | "по" | "для" | "от") && open > end + 1;
    let words = (end..open).all(|k| scene.is_word(k) || scene.mark(k) == b'-');
    let letters = scene.token(open + 1).is_some_and(|t| t.case == Case::Upper && t.span.len() > 2) && scene.known(open + 1).is_none();
    if (joined || begins) && words && letters && scene.lettered_end(open).is_some() { open } else { end }
}

/// «в КР на 2018–2020 годы», «до 2030 года»: the term of a plan belongs to its name.
pub(super) fn with_term(scene: &Scene, end: usize) -> usize {
    let mut k = end;
    if matches!(scene.fold(k), "в" | "во") {
        match scene.place(k + 1) {
            Some(to) => k = to,
            None => return end,
        }
    }
    // «на период 2014–2020 годов», «на период до 2030 года», «в 2009–2013 годах»
    k += usize::from(scene.fold(k) == "на" && matches!(scene.fold(k + 1), "период" | "срок"));
    k += usize::from(scene.fold(k + 1) == "до" && matches!(scene.fold(k), "период" | "срок"));
    if !(matches!(scene.fold(k), "на" | "до" | "период" | "срок") || scene.fold(k) == "в" && scene.mark(k + 2) == b'-')
        || !scene.token(k + 1).is_some_and(|t| t.kind == Kind::Number && t.span.len() == 4)
    {
        return end;
    }
    k += 2;
    if scene.fold(k) == "-" && scene.token(k + 1).is_some_and(|t| t.kind == Kind::Number) {
        k += 2;
    }
    if scene.fold(k).starts_with("год") {
        return k + 1;
    }
    if matches!(scene.fold(k), "г" | "гг") { k + 1 + usize::from(scene.fold(k + 1) == ".") } else { end }
}

/// "2021-2025 Country Programme", "the 2030 Development Strategy"
pub(super) fn with_years(scene: &Scene, first: usize, end: usize) -> usize {
    let number = |k: usize| scene.token(k).is_some_and(|t| t.kind == Kind::Number && t.span.len() == 4);
    if first >= 3 && number(first - 1) && scene.fold(first - 2) == "-" && number(first - 3) {
        return first - 3;
    }
    let plan = matches!(scene.fold(end - 1), "strategy" | "agenda" | "plan" | "vision" | "framework");
    let the = first >= 2 && number(first - 1) && (scene.hint(first - 2, Hint::ARTICLE) || scene.fold(first - 2) == "'s");
    if plan && the && scene.fold(first - 1).starts_with("20") { first - 1 } else { first }
}

/// "Border Programme in Central Asia (BPCA)": the place before the acronym of the whole name.
pub(super) fn with_place(scene: &Scene, end: usize) -> usize {
    if scene.fold(end) != "in" || !scene.together(end - 1, end) {
        return end;
    }
    let start = end + 1 + usize::from(scene.fold(end + 1) == "the");
    let acronym = |open: usize| {
        let letters = scene.token(open + 1).filter(|t| t.case == Case::Upper && t.span.len() > 2);
        scene.lettered_end(open).is_some() && letters.is_some() && scene.place(open + 1).is_none() && scene.known(open + 1).is_none()
    };
    scene.place(start).filter(|&to| acronym(to)).unwrap_or(end)
}

/// "Programme to Speed Rural Growth (PSRG)": what it is for, before the acronym of the whole name.
pub(super) fn with_aim(scene: &Scene, first: usize, end: usize) -> usize {
    if scene.fold(end) != "to" || !scene.capital(end + 1) || !scene.together(first, end + 1) {
        return end;
    }
    let part = |k: usize| scene.capital(k) || scene.hint(k, Hint::PROJECT_LINK);
    let open = (end + 1..end + 10).take_while(|&k| part(k) || scene.mark(k) == b'(').find(|&k| scene.mark(k) == b'(');
    let initial = scene.text.str(first).bytes().next();
    let acronym = |open: usize| scene.lettered_end(open).is_some() && scene.text.str(open + 1).bytes().next() == initial;
    // "Action Plan to Combat Trafficking": a plan's own verb
    if scene.hint(end - 1, Hint::AIMED) && scene.hint(end + 1, Hint::AIM) && scene.capital(end + 2) {
        return over_joints(scene, english::group(scene, end + 1, false).1, false);
    }
    open.filter(|&open| open > end + 1 && scene.capital(open - 1) && acronym(open)).unwrap_or(end)
}

/// How many tokens a name's beginning may stand before what was read of it.
const REACH: usize = 14;

/// The tokens before `first` that a name may go back over, nearest first.
fn back<'s>(scene: &'s Scene, first: usize) -> impl Iterator<Item = usize> + 's {
    let joint = |k: usize| matches!(scene.mark(k), b',' | b'&') || scene.fold(k) == "the" || scene.hint(k, Hint::PROJECT_LINK);
    let part = move |k: usize| scene.capital(k) && scene.is_latin(k) && !scene.is_person(k) || joint(k);
    let free = move |k: usize| scene.known(k).is_none() && !scene.in_known(k) && scene.together(k, first);
    (first.saturating_sub(REACH)..first).rev().take_while(move |&k| part(k) && free(k))
}

/// Whether a name may begin at token `k`: behind an article, an owner or a payer, or where the sentence does.
fn may_begin(scene: &Scene, k: usize) -> bool {
    let before = k.wrapping_sub(1);
    let article = scene.hint(before, Hint::ARTICLE) && scene.fold(before) != "by";
    k == 0 || scene.is_apart(k) || article || scene.fold(before) == "'s" || scene.form(before, Form::PAYER)
}

/// "the | Access to Markets Project (ATMP)": the letters behind a name say where it begins.
pub(super) fn from_letters(scene: &Scene, first: usize, open: usize) -> usize {
    if scene.lettered_end(open).is_none() {
        return first;
    }
    let letters = scene.text.str(open + 1);
    // the words begin with the letters, in their order
    let fits = |from: usize| {
        let mut words = (from..open).filter_map(|k| scene.text.str(k).chars().next());
        letters.chars().filter(|c| c.is_uppercase()).all(|letter| words.any(|initial| initial.to_ascii_uppercase() == letter))
    };
    let opens = |k: usize| scene.text.str(k).chars().next() == letters.chars().next();
    if letters.len() < 3 || fits(first) {
        return first;
    }
    back(scene, first).find(|&k| scene.capital(k) && opens(k) && may_begin(scene, k) && fits(k)).unwrap_or(first)
}

/// "the | Improving Lives of Farmers in Garda Project": what a project does, behind an article, opens its name.
pub(super) fn from_deed(scene: &Scene, first: usize) -> usize {
    if first == 0 || !scene.hint(first - 1, Hint::PROJECT_LINK) || !scene.is_latin(first) {
        return first;
    }
    let deed = |k: usize| scene.capital(k) && scene.fold(k).len() > 6 && scene.fold(k).ends_with("ing");
    let start = back(scene, first).find(|&k| deed(k) && may_begin(scene, k) && !scene.is_apart(k));
    let bare = |from: usize| !(from..first).any(|k| scene.is(k, Classes::HEAD) || scene.mark(k) == b',');
    start.filter(|&k| bare(k)).unwrap_or(first)
}

/// "Advocacy Project on HIV | /AIDS"
pub(super) fn with_second(scene: &Scene, end: usize) -> usize {
    let letters = |k: usize| scene.token(k).is_some_and(|t| t.case == Case::Upper && t.span.len() > 1) && scene.known(k).is_none();
    let joined = scene.fold(end) == "/" && scene.token(end).zip(scene.token(end + 1)).is_some_and(|(a, b)| !a.spaced && !b.spaced);
    if joined && letters(end - 1) && letters(end + 1) { end + 2 } else { end }
}

/// "II Forum", «V Курултай»
pub(super) fn with_numeral(scene: &Scene, first: usize) -> usize {
    let Some(before) = first.checked_sub(1).filter(|&k| scene.together(k, first)) else { return first };
    let word = scene.text.str(before);
    if !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'Х')) { before } else { first }
}

/// How far a name goes on over small words between capitals: "Safe Roads | and Bridges for Towns".
/// With `heads`, over words that may head a body's name too: "Bridges | of Trust".
pub(super) fn over_joints(scene: &Scene, mut end: usize, heads: bool) -> usize {
    while matches!(scene.fold(end), "and" | "of" | "for" | "to" | "in" | "&") && scene.together(end - 1, end) {
        let next = end + 1 + usize::from(scene.fold(end + 1) == "the");
        let (start, stop) = english::group(scene, next, false);
        let other = scene.known(start).is_some()
            || scene.place(start).is_some()
            || scene.is_person(start)
            || scene.is(start, Classes::TITLE) && scene.capital(start + 1);
        if start >= stop || other || !heads && (start..stop).any(|k| scene.is(k, Classes::HEAD)) {
            break;
        }
        end = stop;
    }
    end
}

/// Where an English name that ends before token `last` begins: capital words, with small words
/// between two of them ("Rooms to Learn", "Rehabilitation of the Old City").
pub(super) fn back_to_start(scene: &Scene, named: &[bool], last: usize) -> usize {
    let mut first = last;
    let word = |k: usize| {
        scene.capital(k)
            && scene.together(k, last - 1)
            && scene.token(k).is_some_and(|t| t.script == Script::Latin)
            && !scene.form(k, Form::OPENER)
            && !named[k]
    };
    while first > 0 && !scene.is_apart(first) {
        let k = first - 1;
        // "the 16 Days of Peace campaign"
        let days =
            first < last && scene.fold(first) == "days" && scene.token(k).is_some_and(|t| t.kind == Kind::Number && t.span.len() < 4);
        if days && scene.together(k, first) {
            return k;
        }
        let fold = scene.fold(k);
        if word(k) {
            first = k;
            continue;
        }
        let glued = |k: usize| scene.token(k).is_some_and(|t| !t.spaced);
        // "Women4Water", "Village-led Growth"
        let inner = glued(k) && glued(k + 1) && scene.token(k).is_some_and(|t| t.kind == Kind::Number) && k > 0 && word(k - 1);
        // but "Garda International-led"
        let of_one = |k: usize| !scene.capital(k.wrapping_sub(1)) && scene.token(k).is_some_and(|t| t.case == Case::Title);
        let compound = glued(k)
            && k > 1
            && scene.mark(k - 1) == b'-'
            && glued(k - 1)
            && word(k - 2)
            && of_one(k - 2)
            && first < last
            && !(scene.form(k, Form::PAYER) && fold.ends_with("ed") && fold.len() > 5)
            && scene.place(k - 2).is_none()
            && scene.known(k - 2).is_none();
        if inner || compound && scene.is_word(k) {
            first = if inner { k - 1 } else { k - 2 };
            continue;
        }
        let glue = matches!(fold, "-" | "&" | "'s");
        let link = || hints::is(fold, Hint::PROJECT_LINK) || hints::is(fold, Hint::FOREIGN_LINK);
        let small = scene.token(k).is_some_and(|t| t.case == Case::Lower) && link();
        let article = fold == "the" && k > 1 && matches!(scene.fold(k - 1), "of" | "for" | "to" | "in") && first < last;
        let before = if article { k.checked_sub(2) } else { k.checked_sub(1) };
        let Some(before) = before.filter(|&b| (glue || small || article) && first < last && word(b) && scene.place(b).is_none()) else {
            break;
        };
        first = before;
    }
    first
}
