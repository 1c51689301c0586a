//! The folded forms of tokens: small letters without accents, one mark for all marks of a kind.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::letters::{LATER, Letters, YO, is_apostrophe, is_hidden};
use super::tokens::{Case, Script};
use crate::span::Span;

/// The folded forms of tokens.
#[derive(Debug)]
pub(super) struct Folded {
    /// The source with its letters of ASCII in lower case, [`FOLDED_MARKS`], then the folded forms
    /// of all tokens that are not the same there.
    pub(super) text: String,
    /// Where each token's form stands; beside the tokens, which most passes read without it.
    pub(super) spans: Vec<Span>,
}

impl Folded {
    /// The folded form of a token; empty beyond the end.
    #[inline]
    pub(super) fn get(&self, token: usize) -> &str {
        self.spans.get(token).map_or("", |span| &self.text[span.range()])
    }
}

/// What marks are folded to that differ from their folded form.
pub(super) const FOLDED_MARKS: &str = "-\"'.,";

pub(super) fn fold_mark(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '­' | '⁃' | '－' => '-',
        '«' | '»' | '„' | '“' | '”' | '‟' | '″' | '＂' => '"',
        '‚' | '‛' => '\'',
        '…' => '.',
        '，' => ',',
        c if is_apostrophe(c) => '\'',
        c => c,
    }
}

/// The Cyrillic letter that looks like a Latin one, for words typed on the wrong layout.
fn cyrillic_twin(c: char) -> char {
    match c {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        c => c,
    }
}

fn latin_twin(c: char) -> char {
    match c {
        'а' => 'a',
        'в' => 'b',
        'с' => 'c',
        'е' => 'e',
        'н' => 'h',
        'к' => 'k',
        'м' => 'm',
        'о' => 'o',
        'р' => 'p',
        'т' => 't',
        'х' => 'x',
        'у' => 'y',
        'і' => 'i',
        c => c,
    }
}

pub(super) fn case_of(word: &str) -> Case {
    let (mut upper, mut lower, mut first) = (0, 0, None);
    for c in word.chars() {
        if c.is_uppercase() {
            upper += 1;
            first = first.or(Some(true));
        } else if c.is_lowercase() {
            lower += 1;
            first = first.or(Some(false));
        }
    }
    case_by(upper, lower, first)
}

/// The case of a word with so many capital and small letters, whose first is a capital or not.
fn case_by(upper: usize, lower: usize, first: Option<bool>) -> Case {
    match (upper, lower, first) {
        (0, 0, _) => Case::None,
        (0, _, _) => Case::Lower,
        (1, _, Some(true)) => Case::Title,
        (_, 0, _) => Case::Upper,
        _ => Case::Mixed,
    }
}

/// Adds the folded form of a word of Russian letters.
pub(super) fn russian(folded: &mut String, word: &str, letters: Letters) {
    let small = |c: char| match c {
        'ё' | 'Ё' => 'е',
        'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        c => c,
    };
    match word.split_at_checked(2).filter(|_| letters & (LATER | YO) == 0) {
        Some((first, rest)) => {
            folded.extend(first.chars().map(small));
            folded.push_str(rest);
        }
        None => folded.extend(word.chars().map(small)),
    }
}

/// Adds the folded form of a word; tells its case and script.
pub(super) fn word(folded: &mut String, word: &str) -> (Case, Script) {
    if word.is_ascii() {
        let start = folded.len();
        folded.push_str(word);
        folded[start..].make_ascii_lowercase();
        return (case_of(word), Script::Latin);
    }
    let (mut latin, mut cyrillic, mut other) = (0, 0, 0);
    for c in word.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => latin += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            c if is_apostrophe(c) || is_combining_mark(c) || is_hidden(c) => {}
            _ => other += 1,
        }
    }
    let script = match (latin, cyrillic, other) {
        (0, 0, _) => Script::Other,
        (l, c, 0) if l > c => Script::Latin,
        (_, _, 0) => Script::Cyrillic,
        _ => Script::Other,
    };
    for c in word.chars().filter(|&c| !is_hidden(c)) {
        for c in c.to_lowercase() {
            match (script, c) {
                (_, c) if is_apostrophe(c) => folded.push('\''),
                (_, 'ё') => folded.push('е'),
                (Script::Cyrillic, c) if c.is_ascii() => folded.push(cyrillic_twin(c)),
                (Script::Latin, c) if ('\u{400}'..='\u{52f}').contains(&c) => folded.push(latin_twin(c)),
                (Script::Latin, 'ı') => folded.push('i'),
                (Script::Latin, 'ø') => folded.push('o'),
                (Script::Latin, 'ł') => folded.push('l'),
                (Script::Latin, 'đ') => folded.push('d'),
                (Script::Latin, 'ß') => folded.push_str("ss"),
                (Script::Latin, 'æ') => folded.push_str("ae"),
                (Script::Latin, 'ə') => folded.push('a'),
                (Script::Latin, c) if !c.is_ascii() => {
                    folded.extend(c.nfd().filter(|&c| !is_combining_mark(c)));
                }
                (_, '\u{301}' | '\u{300}') => {} // stress marks
                (_, c) => folded.push(c),
            }
        }
    }
    (case_of(word), script)
}
