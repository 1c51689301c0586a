//! Quoted names of projects: by the word before or behind them, or by their length and capitals.

use super::bounds::over_joints;
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::{Form, is_adjective};
use crate::lexicon::hints::{self, Hint};
use crate::organizations::english;
use crate::organizations::found::{Found, Scene};
use crate::text::{Kind, Script, facts};

/// Words between a project's word and its quoted name, at most.
const REACH: usize = 7;

/// Adds the quoted names.
pub(super) fn find(scene: &Scene, found: &mut Vec<Found>) {
    let mut last: Option<usize> = None; // where the last quoted project ended
    let mut past = 0;
    let mut plural = false; // whether the word before says that there are several
    for i in scene.text.candidates(0..scene.text.tokens.len(), facts::QUOTE) {
        let Some(end) = scene.quoted_end(i).filter(|&end| i >= past && end - i > 2) else { continue };
        let (first, stop) = inside(scene, i, end);
        let listed = last.is_some_and(|last| joined(scene, past_bracket(scene, last), i));
        let rule = if first >= stop || !opens_like_name(scene, first) {
            None
        } else if listed {
            Some(("quoted-list", 0.8))
        } else if is_of_other_kind(scene, i, first) {
            None
        } else if let Some(word) = word_before(scene, i) {
            plural = is_plural(scene, word);
            let behind = word + 1 == i || word + 2 == i && scene.mark(i - 1) == b':';
            Some((if behind { "quoted-after-word" } else { "quoted-near-word" }, 0.9))
        } else if word_behind(scene, end) {
            Some(("quoted-before-word", 0.85))
        } else if carried_out(scene, i, end) {
            Some(("quoted-before-verb", 0.75))
        } else if is_paper(scene, first, stop) {
            None
        } else if has_head(scene, first, stop) {
            Some(("quoted-head", 0.8))
        } else if is_title(scene, i, first, stop, end) {
            Some(("quoted-title", 0.6))
        } else {
            None
        };
        if let Some((rule, confidence)) = rule {
            found.push(Found { first, end: stop, rule: ("projects", rule), row: None, kind: "", confidence });
            last = Some(end);
            past = end;
            if let Some((first, stop)) = next_of_list(scene, end).filter(|_| plural) {
                found.push(Found { first, end: stop, rule: ("projects", "listed"), row: None, kind: "", confidence: 0.75 });
                last = Some(stop);
            }
        } else {
            plural = false;
        }
    }
}

/// What stands between the marks, without a comma or stop before the closing one.
fn inside(scene: &Scene, open: usize, end: usize) -> (usize, usize) {
    let first = open + 1;
    let mut stop = end - 1;
    // an inner closing mark stays, if its opening one is inside
    if stop > first && scene.fold(stop - 1) == "\"" && !(first..stop - 1).any(|k| scene.fold(k) == "\"") {
        stop -= 1;
    }
    while stop > first && matches!(scene.fold(stop - 1), "," | ";" | ".") {
        stop -= 1;
    }
    (first, stop)
}

/// «проект закона «О …»», «в гостинице «Лунин»», «семинар на тему «…»»: what the word right before the
/// mark names is a law, a house, a field of oil or a topic, whatever stands before that word.
fn is_of_other_kind(scene: &Scene, open: usize, first: usize) -> bool {
    let Some(before) = open.checked_sub(1).filter(|&k| scene.together(k, open)) else { return false };
    let law = matches!(scene.fold(first), "о" | "об" | "обо") && (before.saturating_sub(4)..open).any(|k| scene.form(k, Form::WRITTEN_LAW));
    law || scene.form(before, Form::NO_PROJECT) || is_text_of(scene, before)
}

/// "a hearing entitled “…”", "an op-ed, “…”": a word for what is said or written, before the one that names it.
fn is_text_of(scene: &Scene, before: usize) -> bool {
    let small = |k: usize| {
        matches!(scene.mark(k), b',' | b':') || matches!(scene.fold(k), "titled" | "entitled" | "called" | "named" | "headlined")
    };
    let noun = (before.saturating_sub(3)..=before).rev().find(|&k| !small(k));
    noun.is_some_and(|k| scene.is_latin(k) && scene.form(k, Form::NO_PROJECT) && scene.together(k, before))
}

/// “The Project for Construction of …”: a head noun at the start, with its tail.
fn has_head(scene: &Scene, first: usize, stop: usize) -> bool {
    stop - first <= 40
        && !matches!(scene.fold(first), "this" | "our" | "that" | "such" | "these" | "we")
        && (first..(first + 3).min(stop))
            .any(|k| scene.capital(k) && scene.is(k, Classes::PROJECT) && matches!(scene.fold(k + 1), "of" | "for" | "on" | "to"))
}

/// A law, an order or a report is no project: “… Act”, «О порядке …».
fn is_paper(scene: &Scene, first: usize, stop: usize) -> bool {
    let last = scene.fold(stop - 1);
    let year = scene.token(stop - 1).is_some_and(|t| t.kind == Kind::Number);
    let last = if year && stop >= first + 3 { scene.fold(stop - 3) } else { last };
    hints::is(last, Hint::PAPER_END)
        || matches!(scene.fold(first), "о" | "об" | "обо") && scene.token(first).is_some_and(|t| t.script == Script::Cyrillic)
}

fn opens_like_name(scene: &Scene, first: usize) -> bool {
    scene.capital(first)
        || scene.token(first).is_some_and(|t| t.kind == Kind::Number)
        || scene.token(first).is_some_and(|t| t.script == Script::Latin) && scene.capital(first + 1)
}

/// «A», «B» и «C»: whether only commas and "and" stand between.
fn joined(scene: &Scene, last: usize, open: usize) -> bool {
    open > last
        && open - last <= 3
        && scene.together(last - 1, open)
        && (last..open).all(|k| matches!(scene.fold(k), "," | "и" | "and" | "a" | "а" | "также" | ";"))
}

/// One past a bracket with a year or letters behind a name: «A» (2010), «B».
fn past_bracket(scene: &Scene, end: usize) -> usize {
    let close = (end + 2..end + 6).find(|&k| scene.mark(k) == b')').filter(|_| scene.mark(end) == b'(');
    close.filter(|&k| scene.together(end, k)).map_or(end, |k| k + 1)
}

/// «проектов «A» и Halal Startup Lab»: a name in Latin letters and without marks that goes on a list of quoted ones.
fn next_of_list(scene: &Scene, end: usize) -> Option<(usize, usize)> {
    let mut k = past_bracket(scene, end);
    k += usize::from(scene.mark(k) == b',');
    let joint = matches!(scene.fold(k), "и" | "and");
    k += usize::from(joint);
    let names = k > end && scene.together(end - 1, k) && scene.is_latin(k) && scene.capital(k) && scene.known(k).is_none();
    let (first, stop) = english::group(scene, k, false);
    let stop = over_joints(scene, stop, false);
    (names && stop > first && scene.place(first).is_none() && !scene.is(first, Classes::TITLE)).then_some((first, stop))
}

/// «проекты», "projects"
fn is_plural(scene: &Scene, word: usize) -> bool {
    let fold = scene.fold(word);
    if scene.is_latin(word) {
        fold.ends_with('s')
    } else {
        fold.ends_with(['ы', 'и', 'в', 'х']) || fold.ends_with("ам") || fold.ends_with("ами")
    }
}

/// The project's word that leads to the opening mark: "project", «проекта под названием», «конкурса
/// малых грантов», with no other quoted name, stop or verb of speech between.
fn word_before(scene: &Scene, open: usize) -> Option<usize> {
    for k in (open.saturating_sub(REACH)..open).rev() {
        if !scene.together(k, open) {
            return None;
        }
        // «проект Озёрского банка «…»»: whose it is
        if scene.known(k).is_some() || scene.in_known(k) {
            continue;
        }
        let fold = scene.fold(k);
        // "they call it", "Reed Calls For", "fair rules"
        let verb = fold == "call" && !(k > 0 && scene.hint(k - 1, Hint::ARTICLE)) || fold == "fair" && k + 1 < open;
        if scene.is(k, Classes::PROJECT) || is_event_word(fold) && !verb {
            return Some(k);
        }
        let token = &scene.text.tokens[k];
        match token.kind {
            Kind::Mark if !matches!(fold, "-" | ":" | "(" | ")" | ",") => return None,
            // "a five-year programme, “Clear Water”,"
            Kind::Mark if fold == "," && k + 1 == open && !(k > 0 && scene.is(k - 1, Classes::PROJECT)) => return None,
            _ => {}
        }
        if scene.is(k, Classes::DESCRIPTOR.with(Classes::LEGAL)) && k + 1 == open || is_speech(fold) {
            return None;
        }
        if scene.is(k, Classes::TYPE.with(Classes::HEAD)) && k + 1 == open {
            return None;
        }
    }
    None
}

fn is_event_word(word: &str) -> bool {
    hints::is(word, Hint::EVENT) || hints::begins(word, Hint::EVENT)
}

fn is_speech(word: &str) -> bool {
    hints::is(word, Hint::SPEECH)
}

/// “Kitchen Garden” program
fn word_behind(scene: &Scene, end: usize) -> bool {
    // “Green Schools”, a programme for …; «Первая корона», региональный конкурс
    if matches!(scene.fold(end), "," | "-" | "is" | "was") {
        let english = matches!(scene.fold(end + 1), "a" | "an" | "the");
        let reach = if english { end + 5 } else { end + 3 };
        let word = (end + 1..=reach).find(|&k| scene.is(k, Classes::PROJECT) && !scene.capital(k));
        let adjectives = |to: usize| (end + 1..to).all(|k| english || is_adjective(scene.fold(k)));
        if word.is_some_and(|k| scene.together(end, k) && (end + 1..k).all(|m| scene.is_word(m) || scene.fold(m) == "-") && adjectives(k)) {
            return true;
        }
    }
    // ‘Green Valleys’ (GREVA+) programme
    let close = (end + 2..end + 6).find(|&k| scene.mark(k) == b')').filter(|_| scene.mark(end) == b'(' && scene.capital(end + 1));
    let end = close.map_or(end, |k| k + 1);
    scene.token(end).is_some_and(|t| t.script == Script::Latin)
        && scene.together(end - 1, end)
        && (scene.is(end, Classes::PROJECT) || scene.is(end + 1, Classes::PROJECT) && scene.together(end, end + 1) && !scene.capital(end))
}

/// “Clear Water” is implemented by; «Чистая вода» от фонда, as a line of a list: what only projects are.
fn carried_out(scene: &Scene, open: usize, end: usize) -> bool {
    if !scene.together(end - 1, end) || end - open < 4 {
        return false;
    }
    let line = open == 0
        || !scene.together(open - 1, open)
        || matches!(scene.fold(open - 1), "-" | "•" | "*") && (open == 1 || !scene.together(open - 2, open));
    if scene.fold(end) == "от" {
        return line && scene.together(end, end + 1);
    }
    let verb = end
        + usize::from(matches!(scene.fold(end), "is" | "was" | "has" | "being"))
        + usize::from(matches!(scene.fold(end + 1), "being" | "been" | "jointly"));
    let carried = scene.hint(verb, Hint::CARRIED) && scene.fold(verb + 1) == "by";
    let russian = ["реализу", "финансиру", "реализован"].iter().any(|stem| scene.fold(end).starts_with(stem))
        && ["тся", "мый", "мого", "мом", "мым", "мая", "мой", "ван", "вана"].iter().any(|e| scene.fold(end).ends_with(e));
    carried || russian
}

/// A long quoted text that reads as a title, not as speech.
fn is_title(scene: &Scene, open: usize, first: usize, stop: usize, end: usize) -> bool {
    let words = (first..stop).filter(|&k| scene.is_word(k)).count();
    if words < 5 || scene.fold(open - usize::from(open > 0)) == ":" && open > 0 {
        return false;
    }
    // speech has stops, pronouns, and a comma or dash behind it
    let marks = (first..stop).filter(|&k| matches!(scene.fold(k), "." | "!" | "?" | ";")).count();
    if marks > 0
        || scene.fold(end) == "," && matches!(scene.fold(end + 1), "-")
        || scene.fold(end) == "-"
        || matches!(scene.fold(end - 2), "," | ".")
    {
        return false;
    }
    let speech = (first..stop).filter(|&k| scene.hint(k, Hint::SPOKEN)).count();
    // an English title has capitals or opens with a gerund; what opens with a small word is speech
    if scene.token(first).is_some_and(|t| t.script == Script::Latin) {
        let long = (first..stop).filter(|&k| scene.is_word(k) && scene.token(k).is_some_and(|t| t.span.len() > 3));
        let (capital, all) = long.fold((0, 0), |(c, n), k| (c + usize::from(scene.capital(k)), n + 1));
        let opener = scene.form(first, Form::OPENER);
        if !(scene.fold(first).ends_with("ing") || capital * 10 >= all * 6) || opener && capital * 10 < all * 8 {
            return false;
        }
    }
    let quoted_start = scene.opens_sentence(first);
    speech == 0
        && !quoted_start
        && !is_speech(scene.fold(end))
        && !is_speech(scene.fold(end + 1))
        && open > 0
        && !is_speech(scene.fold(open - 1))
}
