//! Characters by what they do to the bounds of words, and runs of plain letters read eight bytes at a time.

use unicode_normalization::char::is_combining_mark;

use super::tokens::Case;

#[derive(PartialEq, Clone, Copy)]
pub(super) enum Class {
    Letter,
    Digit,
    Space,
    Mark,
}

pub(super) fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            'a'..='z' | 'A'..='Z' => Class::Letter,
            '0'..='9' => Class::Digit,
            ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r' => Class::Space,
            _ => Class::Mark,
        };
    }
    if c.is_alphabetic() || is_combining_mark(c) || is_hidden(c) {
        Class::Letter
    } else if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
        Class::Space
    } else {
        Class::Mark
    }
}

/// Marks that a page puts inside words and nobody sees: soft hyphen, joiners, direction marks.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{2060}' | '\u{202a}'..='\u{202e}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′')
}

/// What a character is to the quick way of [`Reader::quick`].
#[derive(PartialEq, Clone, Copy)]
pub(super) enum Plain {
    /// A letter of ASCII.
    Ascii,
    /// А to я, ё: two bytes, and so is their lower case.
    Russian,
    /// Another letter with an alphabet's word boundaries: accented Latin, more Cyrillic.
    Letter,
    Digit,
    Space,
    Mark,
    /// An apostrophe that the boundaries of Annex 29 let stand inside a word.
    Apostrophe,
    /// A character whose boundaries need the full rules.
    No,
}

impl Plain {
    pub(super) fn is_letter(self) -> bool {
        matches!(self, Plain::Ascii | Plain::Russian | Plain::Letter)
    }

    pub(super) fn bit(self) -> u32 {
        1 << self as u32
    }
}

pub(super) fn plain(c: char) -> Plain {
    match c {
        'a'..='z' | 'A'..='Z' => Plain::Ascii,
        '0'..='9' => Plain::Digit,
        ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r' | '\u{a0}' => Plain::Space,
        '\'' | '’' | '‘' => Plain::Apostrophe,
        c if c.is_ascii() => Plain::Mark,
        'А'..='я' | 'ё' | 'Ё' => Plain::Russian,
        '\u{d7}' | '\u{f7}' => Plain::No,
        '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => Plain::Letter,
        '«' | '»' | '“' | '”' | '„' | '–' | '—' | '…' | '№' | '•' | '€' | '£' | '§' | '°' => Plain::Mark,
        _ => Plain::No,
    }
}

/// What letters a word of one alphabet has, as bits.
pub(super) type Letters = u8;

/// The first is a capital.
pub(super) const FIRST: Letters = 1;

/// A capital behind the first.
pub(super) const LATER: Letters = 1 << 1;

/// A small letter.
pub(super) const SMALL: Letters = 1 << 2;

/// A ё.
pub(super) const YO: Letters = 1 << 3;

/// The case of a word by its [`FIRST`], [`LATER`] and [`SMALL`] letters.
pub(super) const CASES: [Case; 8] = [Case::None, Case::Title, Case::Upper, Case::Upper, Case::Lower, Case::Title, Case::Mixed, Case::Mixed];

/// Bits where they are set of the first letter, of later ones, and of small ones.
fn letters(first: bool, later: u64, small: u64) -> Letters {
    (u8::from(first) * FIRST) | (u8::from(later != 0) * LATER) | (u8::from(small != 0) * SMALL)
}

/// Reads the letters of ASCII from `at`, and moves behind them.
#[inline(always)]
pub(super) fn ascii_word(bytes: &[u8], at: &mut usize) -> Letters {
    let first = bytes.get(*at).is_some_and(u8::is_ascii_uppercase);
    let (mut later, mut small) = (0, 0);
    let mut behind_first = !0x80;
    // eight at once, as long as all are letters
    while let Some(&eight) = bytes.get(*at..).and_then(|rest| rest.first_chunk::<8>()) {
        const ONES: u64 = u64::from_ne_bytes([1; 8]);
        let eight = u64::from_le_bytes(eight);
        let folded = (eight & !(ONES << 7)) | ONES << 5;
        // the highest bit of each byte: at least `a`, no more than `z`, of ASCII
        let is_letter = (folded + ONES * u64::from(0x80 - b'a')) & !(folded + ONES * u64::from(0x7F - b'z')) & !eight & ONES << 7;
        let stop = is_letter ^ ONES << 7;
        // those below the first that is none
        let of_word = is_letter & stop.wrapping_sub(1) & !stop;
        later |= of_word & !(eight << 2) & behind_first;
        small |= of_word & (eight << 2);
        behind_first = !0;
        *at += (stop.trailing_zeros() / 8) as usize;
        if stop != 0 {
            return letters(first, later, small);
        }
    }
    while let Some(b) = bytes.get(*at).filter(|b| b.is_ascii_alphabetic()) {
        later |= (u64::from(b.is_ascii_uppercase()) << 7) & behind_first;
        small |= u64::from(b.is_ascii_lowercase());
        behind_first = !0;
        *at += 1;
    }
    letters(first, later, small)
}

/// The same for А to я and ё: two bytes each.
pub(super) fn russian_word(bytes: &[u8], at: &mut usize) -> Letters {
    let start = *at;
    let is_upper = |pair: &[u8; 2]| matches!(pair, [0xD0, 0x90..=0xAF | 0x81]);
    let first = bytes.get(start..).and_then(|rest| rest.first_chunk()).is_some_and(is_upper);
    let (mut later, mut small, mut yo) = (0, 0, 0);
    loop {
        // four at once, as long as all are letters
        while let Some(&four) = bytes.get(*at..).and_then(|rest| rest.first_chunk::<8>()) {
            const ONES: u64 = 0x0001_0001_0001_0001;
            const HIGH: u64 = ONES << 15;
            let four = u64::from_le_bytes(four);
            // of each letter's code point what lies above U+0400: А to я are 0x10 to 0x4F
            let code = (four & ONES) << 6 | (four >> 8) & (ONES * 0x3F);
            let other = (four ^ (ONES * 0xD0)) & (ONES * 0xFE);
            let is_letter = (code + ONES * 0x7FF0) & !(code + ONES * 0x7FB0) & !(other + ONES * 0x7FFF) & HIGH;
            let stop = is_letter ^ HIGH;
            let of_word = is_letter & stop.wrapping_sub(1) & !stop;
            let is_small = code + ONES * 0x7FD0;
            later |= of_word & !is_small & if *at == start { !0x8000 } else { !0 };
            small |= of_word & is_small;
            *at += 2 * (stop.trailing_zeros() / 16) as usize;
            if stop != 0 {
                break;
            }
        }
        let Some(pair) = bytes.get(*at..).and_then(|rest| rest.first_chunk::<2>()) else { break };
        match pair {
            [0xD0, 0x81] | [0xD1, 0x91] => yo = YO,
            [0xD0, 0x90..=0xBF] | [0xD1, 0x80..=0x8F] => {}
            _ => break,
        }
        later |= u64::from(is_upper(pair) && *at > start);
        small |= u64::from(!is_upper(pair));
        *at += 2;
    }
    letters(first, later, small) | yo
}
