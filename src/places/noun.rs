//! The noun from which the adjective of a region's Russian name is made: «Чон-Алайский район» is
//! called Чон-Алай as well, «Лебапский велаят» Лебап.
//!
//! The adjective allows several nouns; the region's name in Latin letters says which one it is:
//! the same consonants, and an end that sounds alike. No noun is better than a wrong one.

use super::declension::{adjective_stem, adjectives_of};
use super::romanize::romanize;

/// Endings that an adjective in -ский may have taken from its noun.
const ENDINGS: [&str; 8] = ["", "й", "ь", "а", "я", "о", "ы", "и"];
/// States whose regions are called by nouns that take the ending without a change.
const REGULAR: [&[u8; 2]; 7] = [b"KG", b"KZ", b"TJ", b"UZ", b"TM", b"AZ", b"AM"];
/// The fewest letters of such a noun: shorter ones are rather words.
const LEAST: usize = 4;

/// Whether the ending may stand after the stem.
fn fits(stem: &str, ending: &str) -> bool {
    let Some(last) = stem.chars().last() else { return false };
    let vowel = "аеиоуыэюя".contains(last);
    match ending {
        "" => true,
        "й" => vowel && !matches!(last, 'и' | 'ы'),
        "ь" => "лнрдт".contains(last),
        "я" => last == 'ь',
        _ => !vowel && last != 'ь',
    }
}

/// The noun of a region's name, where one of `latin` (its names in Latin letters) confirms it.
pub(super) fn of_region(name: &str, latin: &[String], country: Option<[u8; 2]>) -> Option<String> {
    let (adjective, _kind) = name.split_once(' ')?;
    if !country.is_some_and(|country| REGULAR.contains(&&country)) {
        return None;
    }
    let folded = adjective.to_lowercase().replace('ё', "е");
    let stem = adjective_stem(&folded)?.strip_suffix("ск")?;
    let short = [stem, stem.strip_suffix("ин").unwrap_or(stem)];
    let sounds: Vec<String> = latin.iter().map(|name| sound(name)).collect();
    let nouns = short.iter().flat_map(|stem| {
        let endings = ENDINGS.iter().filter(|ending| fits(stem, ending));
        endings.map(move |ending| format!("{stem}{ending}"))
    });
    nouns.filter(|noun| noun.chars().count() >= LEAST).find_map(|noun| {
        let made = adjectives_of(&noun).iter().any(|made| made.strip_suffix("ск") == Some(stem));
        let heard = sound(&romanize(&noun, country));
        let known = made && sounds.contains(&heard);
        known.then(|| capitals(&noun, adjective))
    })
}

/// What two spellings of one name have in common: its consonants and the vowel at its end.
fn sound(name: &str) -> String {
    let mut plain = name.to_lowercase();
    for (from, to) in
        [("kh", "h"), ("gh", "g"), ("zh", "j"), ("dj", "j"), ("dzh", "j"), ("q", "k"), ("x", "h"), ("w", "v"), ("ts", "c"), ("ck", "k")]
    {
        plain = plain.replace(from, to);
    }
    let letters: Vec<char> = plain.chars().filter(|c| c.is_alphabetic()).collect();
    let is_vowel = |c: char| "aeiouyäöüāēīōū".contains(c);
    let mut out: String = letters.iter().copied().take(1).collect();
    let mut last = out.chars().next();
    for &c in letters.iter().skip(1).filter(|&&c| !is_vowel(c)) {
        if last != Some(c) {
            out.push(c);
        }
        last = Some(c);
    }
    match letters.last() {
        Some('a' | 'ā') => out.push('a'),
        Some('o' | 'u' | 'ō' | 'ö' | 'ü') => out.push('o'),
        Some('i' | 'y' | 'e' | 'ī') => out.push('i'),
        _ => {}
    }
    out
}

/// The noun with the capitals of the adjective: Чон-Алай.
fn capitals(noun: &str, adjective: &str) -> String {
    let mut shape = adjective.chars();
    noun.chars()
        .map(|c| match shape.next() {
            Some(like) if like.is_uppercase() => c.to_uppercase().next().unwrap_or(c),
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noun_is_the_one_that_the_latin_name_confirms() {
        let noun = |name: &str, latin: &str, country: &[u8; 2]| of_region(name, &[latin.to_string()], Some(*country));
        assert_eq!(noun("Чон-Алайский район", "Chong-Alay", b"KG"), None);
        assert_eq!(noun("Чон-Алайский район", "Chon-Alay", b"KG").as_deref(), Some("Чон-Алай"));
        assert_eq!(noun("Лебапский велаят", "Lebap", b"TM").as_deref(), Some("Лебап"));
        assert_eq!(noun("Ак-Талинский район", "Ak-Tala", b"KG").as_deref(), Some("Ак-Тала"));
        assert_eq!(noun("Московская область", "Moscow", b"RU"), None);
    }
}
