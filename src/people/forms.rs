//! Forms of people's names: cases, initials, genders.

use crate::lexicon;

/// Endings that Russian surnames and first names take in some case, by their length, as numbers.
const THREE: [u64; 6] = codes(["еем", "ием", "ого", "ому", "ыми", "ими"]);
const TWO: [u64; 19] =
    codes(["ея", "ею", "ее", "еи", "ия", "ию", "ие", "ии", "ым", "им", "ом", "ем", "ой", "ей", "ою", "ую", "ая", "ий", "ый"]);
const ONE: [u64; 8] = codes(["а", "у", "е", "ы", "и", "ю", "я", "ь"]);

/// The bytes of each as one number.
const fn codes<const N: usize>(endings: [&str; N]) -> [u64; N] {
    let (mut codes, mut at) = ([0; N], 0);
    while at < N {
        let (bytes, mut byte) = (endings[at].as_bytes(), 0);
        while byte < bytes.len() {
            codes[at] = codes[at] << 8 | bytes[byte] as u64;
            byte += 1;
        }
        at += 1;
    }
    codes
}

/// The part of a folded name that its cases share.
#[must_use]
pub fn stem(fold: &str) -> &str {
    let cyrillic = fold.chars().next_back().is_some_and(|c| ('а'..='я').contains(&c));
    if !cyrillic {
        return fold;
    }
    // the longest first; a letter has two bytes, and three letters stay
    for (endings, bytes) in [(&THREE[..], 6), (&TWO[..], 4), (&ONE[..], 2)] {
        let Some((stem, ending)) = fold.len().checked_sub(bytes).and_then(|at| fold.split_at_checked(at)) else { continue };
        let code = ending.bytes().fold(0, |code, byte| code << 8 | u64::from(byte));
        if endings.contains(&code) && stem.chars().nth(2).is_some() {
            return stem.strip_suffix(['й', 'ь']).unwrap_or(stem);
        }
    }
    fold.strip_suffix(['й', 'ь']).unwrap_or(fold)
}

/// Whether two folded names may be cases of one.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    a == b || stem(a) == stem(b)
}

/// Whether `word` is a first name's initial, or begins like `name`.
#[must_use]
pub fn initial_of(initial: &str, name: &str) -> bool {
    name.starts_with(initial)
}

/// The nominative of a Russian full name, word by word, where the first name settles gender and
/// case; `None` where nothing does.
#[must_use]
pub fn nominative(words: &[&str]) -> Option<Vec<String>> {
    let folds: Vec<String> = words.iter().map(|w| w.to_lowercase().replace('ё', "е")).collect();
    let (at, gender) = folds.iter().enumerate().find_map(|(i, fold)| Some((i, lexicon::gender(fold)?)))?;
    let male = match gender {
        (true, false) => true,
        (false, true) => false,
        _ => return None,
    };
    let base = lexicon::nominatives(&folds[at]).find(|form| lexicon::is_nominative(form))?;
    if base == folds[at] {
        return Some(words.iter().map(ToString::to_string).collect());
    }
    let mut result = Vec::with_capacity(words.len());
    for (i, word) in words.iter().enumerate() {
        let fold = &folds[i];
        let form = if i == at { base.to_string() } else { surname(fold, male)? };
        result.push(recase(word, fold, &form));
    }
    Some(result)
}

/// The nominative of a surname or patronymic in an oblique case.
fn surname(fold: &str, male: bool) -> Option<String> {
    const MALE: [(&str, &str); 14] = [
        ("ского", "ский"),
        ("скому", "ский"),
        ("ским", "ский"),
        ("ском", "ский"),
        ("цкого", "цкий"),
        ("цкому", "цкий"),
        ("овым", "ов"),
        ("евым", "ев"),
        ("иным", "ин"),
        ("ичем", "ич"),
        ("ом", ""),
        ("а", ""),
        ("у", ""),
        ("е", ""),
    ];
    const FEMALE: [(&str, &str); 12] = [
        ("ской", "ская"),
        ("скую", "ская"),
        ("цкой", "цкая"),
        ("цкую", "цкая"),
        ("овой", "ова"),
        ("евой", "ева"),
        ("иной", "ина"),
        ("ову", "ова"),
        ("еву", "ева"),
        ("ину", "ина"),
        ("вны", "вна"),
        ("вне", "вна"),
    ];
    if fold.chars().count() <= 2 {
        return Some(fold.to_string());
    }
    let endings: &[(&str, &str)] = if male { &MALE } else { &FEMALE };
    for (oblique, nominative) in endings {
        if let Some(stem) = fold.strip_suffix(oblique) {
            let form = format!("{stem}{nominative}");
            // only where the ending of the nominative is a surname's: "Дюма" stays
            let sure = !nominative.is_empty() || ["ов", "ев", "ин", "ын", "ич", "ян", "ук", "юк", "бек"].iter().any(|e| form.ends_with(e));
            return sure.then_some(form);
        }
    }
    // foreign surnames and those in -ко do not change for women, and end the same in every case
    (!male || fold.ends_with(['о', 'и', 'ы'])).then(|| fold.to_string())
}

/// Puts the capitals of `word` on `form`, which begins as `fold` does.
fn recase(word: &str, fold: &str, form: &str) -> String {
    if fold == form {
        return word.to_string();
    }
    let loud = word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase());
    if loud {
        return form.to_uppercase();
    }
    // what both share is kept letter for letter, so that ё stays
    let shared = fold.chars().zip(form.chars()).take_while(|(a, b)| a == b).count();
    let kept: String = word.chars().take(shared).collect();
    kept + &form.chars().skip(shared).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_of_one_name_share_a_stem() {
        for (a, b) in
            [("турдуев", "турдуева"), ("аманова", "амановой"), ("сергей", "сергея"), ("ковальский", "ковальского"), ("айгуль", "айгули")]
        {
            assert!(same(a, b), "{a} {b}");
        }
        assert!(!same("smith", "smitha"));
        assert!(!same("петров", "петренко"));
    }

    #[test]
    fn a_known_first_name_settles_case_and_gender() {
        assert_eq!(nominative(&["Нурлана", "Сатыбалдиева"]), Some(vec!["Нурлан".to_string(), "Сатыбалдиев".into()]));
        assert_eq!(nominative(&["Елене", "Ковальской"]), Some(vec!["Елена".to_string(), "Ковальская".into()]));
        assert_eq!(nominative(&["Елена", "Ковальская"]), Some(vec!["Елена".to_string(), "Ковальская".into()]));
        assert_eq!(nominative(&["Зкфюа", "Ковальского"]), None);
    }
}
