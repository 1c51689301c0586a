//! Further names of a project that the document has named: translations in brackets, "the Program", its letters.

use rustc_hash::FxHashMap;

use super::bounds::is_roman;
use super::{PROGRAMMES, is_known_body};
use crate::lexicon::bodies::Classes;
use crate::mention::Mention;
use crate::organizations::found::{Found, Scene};
use crate::organizations::spread;
use crate::page::Page;
use crate::text::{Case, Facts, Kind, Script};

/// «Чистая вода для сёл» (Clean Water for Villages): the name in other letters in brackets.
pub(super) fn translations(scene: &Scene, found: &mut Vec<Found>) {
    let mut added = Vec::new();
    for name in found.iter().filter(|f| scene.token(f.first).is_some_and(|t| t.script == Script::Cyrillic)) {
        let open = name.end + usize::from(scene.fold(name.end) == "\"");
        if scene.mark(open) != b'(' {
            continue;
        }
        let Some(close) = (open + 3..open + 12).find(|&k| scene.mark(k) == b')' && scene.text.same_line(open, k)) else { continue };
        let latin = (open + 1..close).all(|k| scene.token(k).is_some_and(|t| t.script == Script::Latin || t.kind != Kind::Word));
        if latin && scene.capital(open + 1) && scene.is_word(close - 1) && scene.capital(close - 1) {
            added.push(Found { first: open + 1, end: close, rule: ("acronym", "bracket"), row: None, kind: "", confidence: 0.75 });
        }
    }
    found.extend(added);
}

/// "the Program", «Форум»: a capitalised head that points to a project named before.
pub(super) fn short_forms(scene: &Scene, found: &mut Vec<Found>) {
    let mut heads: FxHashMap<u64, usize> = FxHashMap::default();
    let mut taken = vec![false; scene.text.tokens.len()];
    for name in found.iter() {
        taken[name.first..name.end].fill(true);
        for k in name.first..name.end {
            if scene.is(k, Classes::PROJECT) && scene.capital(k) {
                heads.entry(scene.words.stems[k]).or_insert(name.first);
            }
        }
    }
    if heads.is_empty() {
        return;
    }
    let mut added = Vec::new();
    for (i, token) in scene.text.tokens.iter().enumerate().skip(1) {
        if taken[i] || token.case != Case::Title || heads.get(&scene.words.stems[i]).is_none_or(|&first| first >= i) || scene.is_shouted(i)
        {
            continue;
        }
        let article = token.script == Script::Latin && matches!(scene.fold(i - 1), "the" | "this");
        let inside = token.script == Script::Cyrillic && !scene.opens_sentence(i);
        if (article || inside) && !scene.capital(i + 1) {
            added.push(Found { first: i, end: i + 1, rule: ("projects", "short-form"), row: None, kind: "", confidence: 0.7 });
        }
    }
    found.extend(added);
}

/// "GARLIC" for "GARLIC Programme", for "Garden Links (GARLIC) project": further mentions of the letters that are inside a name.
pub(super) fn letters(page: &Page, scene: &Scene, mentions: &[Mention], found: &mut Vec<Found>) {
    let upper = |k: usize, least: usize| scene.token(k).is_some_and(|t| t.case == Case::Upper && t.span.len() >= least);
    let lettered = |k: usize, least: usize| upper(k, least) || scene.token(k).is_some_and(|t| t.case == Case::Mixed);
    let mut names: Vec<u64> = Vec::new();
    for name in found.iter().filter(|f| f.end - f.first > 1 && (scene.is_latin(f.first) || f.rule.1.starts_with("quoted"))) {
        let free = scene.known(name.first).is_none() && scene.place(name.first).is_none();
        // "Erasmus+ GARLIC Programme"
        let at = name.end - 2;
        let mut own = at == name.first && free;
        PROGRAMMES.each(scene.text, &scene.words.stems, name.first, |end, ()| own |= end == at || end + 1 == at && scene.mark(end) == b'+');
        // "LEAP II"
        if upper(name.first, 3) && free && name.end == name.first + 2 && is_roman(scene, name.first + 1) {
            names.push(scene.words.stems[name.first]);
        }
        if own && upper(at, 4) && scene.is(name.end - 1, Classes::PROJECT) {
            names.push(scene.words.stems[at]);
        }
        // «Обучение ремёслам (ОбРем)»
        let quoted = name.rule.1.starts_with("quoted");
        if !matches!(name.rule.1, "before-bracket" | "bracket-head") && !quoted {
            continue;
        }
        let inside = |to: usize| to < name.end || quoted && to == name.end;
        let inner = (name.first + 1..name.end).find(|&k| scene.lettered_end(k).is_some_and(inside) && lettered(k + 1, 3));
        // "Keeping Garden Lore (GL)": the letters of the last words alone
        let initial = |k: usize| scene.text.str(k).chars().next();
        let whole = |k: usize| !quoted || scene.is_latin(k + 1) != scene.is_latin(name.first) || initial(k + 1) == initial(name.first);
        names.extend(inner.filter(|&k| whole(k)).map(|k| scene.words.stems[k + 1]));
    }
    if names.is_empty() {
        return;
    }
    for i in scene.text.candidates(0..scene.text.tokens.len(), Facts::CAPITAL) {
        let taken = |f: &Found| f.first <= i && i < f.end;
        if !lettered(i, 3) || !names.contains(&scene.words.stems[i]) || found.iter().any(taken) || scene.is_shouted(i) {
            continue;
        }
        // "CLEGA-W"
        let glued = |k: usize| scene.token(k).is_some_and(|t| !t.spaced);
        let end = if scene.mark(i + 1) == b'-' && glued(i + 1) && glued(i + 2) && upper(i + 2, 1) { i + 3 } else { i + 1 };
        let name = Found { first: i, end, rule: ("projects", "letters"), row: None, kind: "", confidence: 0.83 };
        if !is_known_body(page, mentions, &name) {
            found.push(name);
        }
    }
}

/// "LEAP | II" for "LEAP": the number of a part goes with the letters.
pub(super) fn numbered(scene: &Scene, found: &mut [Found]) {
    for name in found.iter_mut() {
        let letters = scene.token(name.end - 1).is_some_and(|t| t.case == Case::Upper && t.span.len() > 2);
        let number = scene.text.str(name.end);
        if letters && matches!(number, "II" | "III" | "IV") && scene.together(name.first, name.end) {
            name.end += 1;
        }
    }
}

/// "Peace Voices" of "Peace Voices: Young People for Quiet Towns": what stands before the colon, where it stands alone.
pub(super) fn before_colons(scene: &Scene, found: &mut Vec<Found>) {
    let short = |name: &Found| {
        let colon = (name.first + 2..name.end).find(|&k| scene.mark(k) == b':')?;
        let words = (name.first..colon).all(|k| scene.is_word(k)) && name.rule.1 != "quoted-title";
        words.then_some(Found { end: colon, rule: ("projects", "short-form"), confidence: 0.8, ..*name })
    };
    let mut shorts: Vec<Found> = found.iter().filter_map(short).collect();
    let own = shorts.len();
    if own > 0 {
        spread::everywhere(scene, &mut shorts);
        found.extend(shorts.drain(own..).filter(|f| scene.capital(f.first)).map(|f| Found { rule: ("projects", "short-form"), ..f }));
    }
}
