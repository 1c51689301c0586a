//! Russian names in the nominative: adjectives and head noun agree, the tail stays.
//!
//! «Национальной библиотекой имени …» is «Национальная библиотека имени …». The head noun and its
//! lemma stand in `data/organizations/words.tsv`; adjectives before it take the ending of its gender;
//! a noun tied to it by a hyphen («школы-гимназии») follows it. What stands behind is a genitive or
//! a phrase of its own and stays. Endings decide, with the stressed and other rare ones in
//! `data/organizations/forms.tsv`; a head that no table has is left as it stands.

use super::identity::Name;
use super::{inflected, kinds};
use crate::lexicon::bodies::{Classes, PageWords};
use crate::lexicon::forms::{self, Form};
use crate::text::{Case, Kind, Script, Text};

/// Head nouns of bodies and of projects.
const NOUNS: Classes = Classes::HEAD.with(Classes::PROJECT);

/// Whether the head of a name stands in the nominative, as far as the table shows.
pub(super) fn is_nominative(text: &Text, words: &PageWords, name: &Name) -> bool {
    match (name.first..name.end).find(|&k| words.is(k, NOUNS)) {
        Some(head) => text.fold(head) == words.get(head).word || words.get(head).word.eq_ignore_ascii_case(text.fold(head)),
        None => inflected::of(text, name).is_none(),
    }
}

/// A name with its adjectives and head noun in the nominative, and one space between words.
pub(super) fn of(text: &Text, words: &PageWords, name: &Name) -> String {
    let as_it_stands = |first: usize, end: usize| {
        if first >= end { String::new() } else { text.slice(text.span(first, end - 1)).split_whitespace().collect::<Vec<_>>().join(" ") }
    };
    let single = name.end == name.first + 1;
    if single && text.tokens[name.first].script == Script::Cyrillic && text.tokens[name.first].case == Case::Mixed {
        // an acronym without its ending
        let word = text.str(name.first);
        let letters = word.trim_end_matches(char::is_lowercase);
        let ending = word[letters.len()..].chars().count() <= 3 && letters.chars().count() > 1;
        let closes = letters.chars().rev().take(2).all(char::is_uppercase) && matches!(&word[letters.len()..], "а" | "у" | "ом" | "е");
        if ending && (letters.chars().all(char::is_uppercase) || closes) {
            return letters.to_string(); // «РУСАЛа», «КамАЗом»
        }
    }
    // «Росстатом»
    if single && words.is(name.first, Classes::SOLE) && words.get(name.first).word.starts_with(char::is_uppercase) {
        return words.get(name.first).word.to_string();
    }
    let lemma_of = |k: usize| {
        let lemma = if words.is(k, NOUNS) { words.get(k).word } else { kinds::lemma(text, k).unwrap_or("") };
        match lemma {
            "кубка" => "кубок",
            // «Мисс» is no «миссия»
            _ if lemma.strip_suffix('я').is_some_and(|stem| stem.ends_with('и') && !text.fold(k).starts_with(stem)) => "",
            _ => lemma,
        }
    };
    let is_head = |k: usize| text.tokens[k].kind == Kind::Word && text.tokens[k].script == Script::Cyrillic && !lemma_of(k).is_empty();
    let Some(head) = (name.first..name.end).find(|&k| is_head(k)) else {
        return inflected::of(text, name).unwrap_or_else(|| as_it_stands(name.first, name.end));
    };
    // «Президиума Правительства»: a noun before it is the head, and its cases are not known
    let noun = |k: usize| {
        let token = &text.tokens[k];
        token.kind == Kind::Word
            && token.script == Script::Cyrillic
            && token.case != Case::Upper
            && text.fold(k + 1) != "-"
            && !words.is(k, Classes::LEGAL)
            && text.fold(k) != "и"
            // «Синдикатом банков»
            && (adjective(text.fold(k), Gender::Masculine).is_none()
                || text.fold(k).ends_with("ей") && !text.fold(k).ends_with("чей") && !forms::is_adjective(text.fold(k))
                || text.fold(k).ends_with("ом") && forms::is_plural(text.fold(head), lemma_of(head)))
    };
    if (name.first..head).any(noun) {
        return inflected::of(text, name).unwrap_or_else(|| as_it_stands(name.first, name.end));
    }
    let lemma = lemma_of(head);
    let quoted = (name.first..head).any(|k| text.fold(k) == "\"");
    // «Токмокской СОШ»: letters have no cases, a feminine adjective before them shows its own
    let lettered = text.tokens[head].case == Case::Upper;
    let shown = |k: usize| ["ой", "ей", "ую", "юю", "ая"].iter().any(|e| text.fold(k).ends_with(e));
    if lettered && (head == name.first || !(name.first..head).all(shown)) || lemma.is_empty() || quoted {
        return as_it_stands(name.first, name.end);
    }
    let gender = if lettered { Gender::Feminine } else { gender(lemma) };
    let mut out = String::new();
    let mut last = head;
    // «школы-гимназии»: what a hyphen ties to the head stands in its case
    let inflected = text.fold(head) != lemma;
    let tied = |k: usize| is_head(k) || inflected && second(text.str(k)).is_some();
    while text.fold(last + 1) == "-" && last + 2 < name.end && tied(last + 2) && text.tokens[last + 2].case != Case::Upper {
        last += 2;
    }
    for k in name.first..=last {
        let token = &text.tokens[k];
        if token.spaced && !out.is_empty() {
            out.push(' ');
        }
        let word = text.str(k);
        let form = if token.kind != Kind::Word || token.case == Case::Upper {
            word.to_string()
        } else if k > head && !is_head(k) {
            second(word).unwrap_or_else(|| word.to_string())
        } else if k >= head && !lettered {
            like(lemma_of(k), token.case == Case::Title)
        } else if text.fold(k + 1) == "-" {
            word.to_string()
        } else {
            adjective(word, gender).unwrap_or_else(|| word.to_string())
        };
        out.push_str(&form);
    }
    if last + 1 < name.end {
        if text.tokens[last + 1].spaced {
            out.push(' ');
        }
        out.push_str(&as_it_stands(last + 1, name.end));
    }
    let mut chars = out.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => out,
    }
}

/// «комплекса», «студии», «заповедника»: the second of two nouns that a hyphen ties.
fn second(word: &str) -> Option<String> {
    match word.strip_suffix("ии") {
        Some(stem) => Some(format!("{stem}ия")),
        None => inflected::masculine(word).filter(|stem| stem.chars().count() > 3).map(str::to_string),
    }
}

/// A lemma with the capital of its place in the name.
fn like(lemma: &str, capital: bool) -> String {
    let mut chars = lemma.chars();
    match chars.next() {
        Some(first) if capital => first.to_uppercase().chain(chars).collect(),
        _ => lemma.to_string(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

fn gender(lemma: &str) -> Gender {
    match lemma.chars().next_back() {
        Some('а' | 'я') => Gender::Feminine,
        Some('о' | 'е') => Gender::Neuter,
        Some('ь') if forms::is_word(lemma, Form::MASCULINE) => Gender::Masculine,
        Some('ь') => Gender::Feminine,
        _ => Gender::Masculine,
    }
}

/// An adjective in the nominative of a gender; nothing for what is none.
pub(super) fn adjective(word: &str, gender: Gender) -> Option<String> {
    const ENDINGS: [&str; 20] =
        ["ого", "его", "ому", "ему", "ыми", "ими", "ая", "яя", "ое", "ее", "ый", "ий", "ой", "ей", "ую", "юю", "ым", "им", "ом", "ем"];
    let ending = ENDINGS.iter().find(|e| word.ends_with(*e))?;
    let stem = &word[..word.len() - ending.len()];
    let last = stem.chars().next_back()?;
    if stem.chars().count() < 2 {
        return None;
    }
    // «Третьего», «третья»
    if let Some(soft) = stem.strip_suffix('ь') {
        return Some(match gender {
            Gender::Masculine => format!("{soft}ий"),
            Gender::Feminine => format!("{soft}ья"),
            Gender::Neuter => format!("{soft}ье"),
        });
    }
    let stressed = forms::is_word(&format!("{}ой", stem.to_lowercase().replace('ё', "е")), Form::STRESSED);
    // the soft declension after н shows in its endings; after ш, щ, ч, ж the vowels differ
    let soft = last == 'н' && matches!(*ending, "его" | "ему" | "ими" | "яя" | "ее" | "ей" | "юю" | "им" | "ем" | "ий");
    let hissing = matches!(last, 'ш' | 'щ' | 'ч' | 'ж');
    let back = matches!(last, 'к' | 'г' | 'х');
    let ending = match gender {
        Gender::Feminine if soft => "яя",
        Gender::Feminine => "ая",
        Gender::Neuter if soft || hissing && !stressed => "ее",
        Gender::Neuter => "ое",
        Gender::Masculine if stressed => "ой",
        Gender::Masculine if soft || hissing || back => "ий",
        Gender::Masculine => "ый",
    };
    Some(format!("{stem}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_agree_with_their_head() {
        let cases = [
            ("Государственного", Gender::Masculine, "Государственный"),
            ("Высшей", Gender::Feminine, "Высшая"),
            ("Национальному", Gender::Neuter, "Национальное"),
            ("Республиканской", Gender::Feminine, "Республиканская"),
            ("Ошского", Gender::Masculine, "Ошский"),
            ("Городского", Gender::Masculine, "Городской"),
            ("Городской", Gender::Feminine, "Городская"),
            ("Большого", Gender::Masculine, "Большой"),
            ("Средней", Gender::Feminine, "Средняя"),
            ("Общего", Gender::Neuter, "Общее"),
            ("Третьей", Gender::Feminine, "Третья"),
            ("Второго", Gender::Masculine, "Второй"),
        ];
        for (word, gender, expected) in cases {
            assert_eq!(adjective(word, gender).as_deref(), Some(expected), "{word}");
        }
    }
}
