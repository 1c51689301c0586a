//! Noun phrases inside a Russian name, in whatever case: what stands after «по», «для», «против».
//!
//! «делам семьи и женщин», «экологии, охране среды и лесам», «умственно отсталых детей».

use super::found::Scene;
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::{Form, is_adjective, is_determiner, is_oblique, is_plural, is_small_word};
use crate::lexicon::hints::{self, Hint};
use crate::text::{Case, Kind, Script};

/// One past the end of a noun phrase in whatever case: «делам семьи и женщин», «экологии и охране среды».
pub(super) fn phrase(scene: &Scene, first: usize) -> Option<usize> {
    let mut k = first;
    let mut end = None;
    while scene.together(first, k) && k < first + 16 {
        let fold = scene.fold(k);
        let token = &scene.text.tokens[k];
        if token.kind == Kind::Word && token.script == Script::Cyrillic && !token.is_capital() {
            if scene.is(k, Classes::HEAD) && end.is_some() && !scene.is(k, Classes::LOOSE) {
                // «по делам религий и гражданского общества»: no second body
                if scene.is_common(k - 1, k + 1) {
                    end = Some(k + 1);
                }
                // «фермеров и других союзов»
                if !is_plural(fold, scene.word(k).word) {
                    break;
                }
            }
            // «для размещения своего представительства»
            if fold.starts_with("сво") && is_determiner(fold) {
                return None;
            }
            if matches!(fold, "и" | "или") {
                // «по делам государственной службы и МСУ»
                if end.is_some() && scene.form(k + 1, Form::TOPIC) && scene.capital(k + 1) && scene.known(k + 1).is_none() {
                    end = Some(k + 2);
                    k += 2;
                    continue;
                }
                // «экологическому и водному надзору»
                let adjectives = end.is_none() && k > first && is_adjective(scene.fold(k - 1)) && is_adjective(scene.fold(k + 1));
                if end.is_none() && !adjectives
                    || !scene.is_word(k + 1)
                    || scene.capital(k + 1)
                    || scene.is(k + 1, Classes::HEAD)
                    || !is_oblique(scene.fold(compound(scene, k + 1)))
                {
                    break;
                }
            } else if scene.fold(k + 1) == "-" && scene.token(k + 1).is_some_and(|t| !t.spaced) && scene.is_word(k + 2) {
                k += 2;
                continue;
            } else if is_adverb(fold) && scene.is_word(k + 1) && is_adjective(scene.fold(k + 1)) && is_oblique(scene.fold(k + 1)) {
                // «для умственно отсталых детей»
                k += 1;
                continue;
            } else if matches!(fold, "его" | "ее" | "их") && end == Some(k) && scene.is_word(k + 1) && is_oblique(scene.fold(k + 1))
            {
                // «по защите барса и сохранению его троп»
                k += 1;
                continue;
            } else if !is_oblique(fold) {
                if matches!(fold, "с" | "со" | "к" | "от" | "на")
                    && end.is_some()
                    && scene.is_word(k + 1)
                    && is_oblique(scene.fold(k + 1))
                    && scene.hint(k - 1, Hint::DATIVE_WITH)
                {
                    k += 1;
                    // «по сотрудничеству с Всемирным банком»
                    if let Some(to) = scene.known(k).filter(|_| scene.capital(k)) {
                        return Some(to);
                    }
                    continue;
                }
                break;
            } else if !is_adjective(fold) || adjective_is_noun(fold) {
                end = Some(k + 1);
            }
            k += 1;
        } else if fold == "/" && end == Some(k) && !token.spaced && scene.token(k + 1).is_some_and(|t| !t.spaced && t.is_capital()) {
            // «по ВИЧ/СПИДу»
            end = Some(k + 2);
            k += 2;
        } else if fold == "," && (end.is_some() && comma_goes_on(scene, k) || adjectives_go_on(scene, k)) || fold == "-" && !token.spaced {
            k += 1;
        } else if token.case == Case::Upper && token.span.len() > 2 {
            end = Some(k + 1);
            k += 1;
        } else {
            break;
        }
    }
    end
}

/// «жилищно-коммунального»: the last part of a word of parts, which shows its case.
pub(super) fn compound(scene: &Scene, k: usize) -> usize {
    let tied = |i: usize| scene.token(i).is_some_and(|t| !t.spaced);
    if scene.mark(k + 1) == b'-' && tied(k + 1) && tied(k + 2) && scene.is_word(k) && scene.is_word(k + 2) { k + 2 } else { k }
}

/// «экологическому, водному и лесному надзору»: a comma between adjectives in one case.
fn adjectives_go_on(scene: &Scene, comma: usize) -> bool {
    let ending = |k: usize| scene.fold(k).char_indices().rev().nth(2).map_or("", |(at, _)| &scene.fold(k)[at..]);
    let adjective = |k: usize| scene.is_word(k) && !scene.capital(k) && is_adjective(scene.fold(k));
    comma > 0 && adjective(comma - 1) && adjective(comma + 1) && ending(comma - 1) == ending(comma + 1)
}

fn is_adverb(fold: &str) -> bool {
    fold.len() > 8 && (fold.ends_with("но") || fold.ends_with("ски") || fold == "особо") && !is_small_word(fold)
}

fn adjective_is_noun(fold: &str) -> bool {
    matches!(fold, "данным" | "чрезвычайным" | "малым")
}

/// «искусств, музеев и образовательной деятельности»: a comma within a list that ends in «и».
pub(super) fn comma_goes_on(scene: &Scene, comma: usize) -> bool {
    let mut k = comma + 1;
    while scene.together(comma, k) && k < comma + 12 {
        let fold = scene.fold(k);
        let token = &scene.text.tokens[k];
        if fold == "и" {
            let last = compound(scene, k + 1);
            return k > comma + 1
                && scene.is_word(k + 1)
                && !scene.capital(k + 1)
                && is_oblique(scene.fold(last))
                && !scene.is(last, Classes::HEAD);
        }
        if compound(scene, k) > k {
            k = compound(scene, k);
            continue;
        }
        let body = scene.is(k, Classes::HEAD) && !is_plural(fold, scene.word(k).word);
        let small = token.kind == Kind::Word && !token.is_capital() && is_oblique(fold) && !body;
        let comma = fold == "," || matches!(fold, "по" | "с" | "-");
        if !small && !comma {
            return false;
        }
        k += 1;
    }
    false
}

/// «при турецком правительстве», «при совете»: a head noun in the prepositional, adjectives before it.
pub(super) fn body_after_adjectives(scene: &Scene, first: usize) -> bool {
    let mut k = first;
    while k < first + 3 && scene.is_word(k) && is_adjective(scene.fold(k)) {
        k += 1;
    }
    scene.is(k, Classes::HEAD) && scene.together(first, k) && scene.fold(k).ends_with(['е', 'и'])
}

/// «БелТПП», «СПбНЦ»: letters with a few small ones among them.
pub(super) fn is_clipped_acronym(scene: &Scene, k: usize) -> bool {
    let large = |text: &str| text.chars().rev().take(2).all(char::is_uppercase);
    scene.token(k).is_some_and(|t| t.case == Case::Mixed && t.script == Script::Cyrillic) && large(scene.text.str(k))
}

/// What may follow «с»: the ending of an instrumental.
pub(super) fn is_instrumental(fold: &str) -> bool {
    ["ом", "ем", "ой", "ей", "ью", "ами", "ями", "ым", "им", "ыми", "ими"].iter().any(|e| fold.ends_with(e)) && !is_small_word(fold)
}

/// Heads of bodies that answer for a region.
pub(super) fn is_branch(word: &str) -> bool {
    hints::is(word, Hint::BRANCH)
}

/// Whether the word at `k` is an adjective of a head noun: «и Государственной службы».
pub(super) fn adjective_then_head(scene: &Scene, k: usize) -> bool {
    let mut i = k;
    while scene.is_word(i) && is_adjective(scene.fold(i)) {
        i += 1;
    }
    // «Право и Гражданское Общество», «и других институтов»: none of its own
    let own = || !scene.is_common(i - 1, i + 1) && !is_plural(scene.fold(i), scene.word(i).word);
    i > k && scene.is(i, Classes::HEAD) && !scene.is(i, Classes::LOOSE) && own()
}

pub(super) fn capital_run(scene: &Scene, first: usize) -> usize {
    if scene.token(first).is_some_and(|t| t.case == Case::Upper && t.span.len() > 2) {
        return first + 1;
    }
    let mut k = first;
    while scene.together(first, k)
        && scene.capital(k)
        && k < first + 4
        && !scene.is(k, Classes::HEAD.with(Classes::TITLE))
        && !scene.is_person(k)
    {
        k += 1;
        if scene.fold(k) == "-" && scene.capital(k + 1) && scene.token(k).is_some_and(|t| !t.spaced) {
            k += 1;
        }
    }
    k
}
