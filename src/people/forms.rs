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
    let case = case_of(&folds[at]);
    let mut result = Vec::with_capacity(words.len());
    for (i, word) in words.iter().enumerate() {
        let fold = &folds[i];
        let form = if i == at { base.to_string() } else { surname(fold, male, case)? };
        result.push(recase(word, fold, &form));
    }
    Some(result)
}

/// The last vowel of a man's first name in the genitive (а), dative (у), instrumental (о) or prepositional (е).
fn case_of(fold: &str) -> char {
    match fold.chars().next_back() {
        Some('а' | 'я' | 'ы' | 'и') => 'а',
        Some('у' | 'ю') => 'у',
        Some('м' | 'й') => 'о',
        _ => 'е',
    }
}

/// The nominative of a surname or patronymic beside a first name in an oblique case.
fn surname(fold: &str, male: bool, case: char) -> Option<String> {
    // with the case that has it
    const MALE: [(&str, &str, char); 23] = [
        ("ского", "ский", 'а'),
        ("скому", "ский", 'у'),
        ("ским", "ский", 'о'),
        ("ском", "ский", 'е'),
        ("цкого", "цкий", 'а'),
        ("цкому", "цкий", 'у'),
        ("ого", "ый", 'а'),
        ("ому", "ый", 'у'),
        ("овым", "ов", 'о'),
        ("евым", "ев", 'о'),
        ("иным", "ин", 'о'),
        ("ыным", "ын", 'о'),
        ("ным", "ный", 'о'),
        ("ичем", "ич", 'о'),
        ("ом", "", 'о'),
        ("а", "", 'а'),
        ("у", "", 'у'),
        ("ове", "ов", 'е'),
        ("еве", "ев", 'е'),
        ("ине", "ин", 'е'),
        ("иче", "ич", 'е'),
        ("ы", "а", 'а'),
        ("ой", "а", 'о'),
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
    let endings = FEMALE.iter().map(|&(oblique, nominative)| (oblique, nominative, case)).filter(|_| !male);
    for (oblique, nominative, of) in MALE.into_iter().filter(|_| male).chain(endings) {
        if let Some(stem) = fold.strip_suffix(oblique).filter(|stem| (of == case || case == 'е' && of == 'у') && stem.chars().count() > 1)
        {
            let form = format!("{stem}{nominative}");
            return (!nominative.is_empty() || is_bare(&form)).then_some(form);
        }
    }
    // foreign surnames and those in -ко do not change for women, and some end the same in every case
    (!male || fold.ends_with(['о', 'и', 'ы', 'у', 'э', 'е', 'ю'])).then(|| fold.to_string())
}

/// Whether what an ending was taken from can be a nominative: it ends with a consonant from before which no
/// vowel can have fallen («Кравца»), and is none of the few that end with the vowel itself («Дюма»).
fn is_bare(form: &str) -> bool {
    let vowel = |c: char| matches!(c, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'ь' | 'й' | 'ъ');
    let mut back = form.chars().rev();
    let (Some(last), Some(before)) = (back.next(), back.next()) else { return false };
    !vowel(last) && last != 'ц' && (vowel(before) || last != 'к' || before != 'ь') && !matches!(form, "дюм" | "петип" | "костюшк")
}

/// Whether `oblique` is a case of the name `fold`, both folded, by the regular declensions: 'm' of a man's name, 'f' of
/// a woman's or any in -а.
fn declines(fold: &str, oblique: &str) -> Option<char> {
    let has = |stem: &str, endings: &[&str]| oblique.strip_prefix(stem).is_some_and(|ending| endings.contains(&ending));
    let last = fold.chars().next_back()?;
    let stem = fold.strip_suffix(last)?;
    if fold.chars().count() < 2 {
        return None;
    }
    let adjective = ["ый", "ий", "ой"].iter().find_map(|ending| fold.strip_suffix(ending));
    let masculine = match last {
        // a woman's surname is one in all its cases, and -у may be of a man's first name as well
        'а' => {
            let surname = ["ова", "ева", "ина"].iter().any(|e| fold.ends_with(e)) && has(stem, &["у"]);
            return (surname || has(stem, &["ы", "е", "ой", "и"])).then_some('f');
        }
        'я' if fold.ends_with("ая") => return fold.strip_suffix("ая").filter(|stem| has(stem, &["ой", "ую"])).map(|_| 'f'),
        'я' => return has(stem, &["и", "е", "ей"]).then_some('f'),
        'й' => has(stem, &["я", "ю", "ем", "е"]) || adjective.is_some_and(|stem| has(stem, &["ого", "ому", "ым", "им", "ом"])),
        'ь' => has(stem, &["я", "ю", "ем", "е"]),
        'о' | 'е' | 'и' | 'у' | 'ы' | 'э' | 'ю' => false,
        _ => has(fold, &["а", "у", "ом", "е", "ым", "ем"]),
    };
    masculine.then_some('m')
}

/// The nominative of a name, as the other forms that the text has of its words show it: `seen` are all words of all
/// mentions of the person. `None` where they show nothing new.
pub(super) fn shown(words: &[&str], seen: &[&str]) -> Option<Vec<String>> {
    let fold = |word: &str| word.to_lowercase().replace('ё', "е");
    let folds: Vec<String> = words.iter().map(|w| fold(w)).collect();
    let woman = folds.iter().any(|f| lexicon::gender(f) == Some((false, true)));
    let mut forms: Vec<String> = words.iter().map(ToString::to_string).collect();
    let mut lost = None; // the ending that a word of a man's name has lost
    for (i, own) in folds.iter().enumerate().filter(|(_, own)| own.chars().nth(2).is_some()) {
        let found = seen.iter().find_map(|word| {
            let other = fold(word);
            declines(&other, own).filter(|&gender| gender == 'f' || !woman).map(|gender| (*word, other, gender))
        });
        let Some((word, other, gender)) = found else { continue };
        if gender == 'm' {
            lost = own.chars().next_back();
        }
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        forms[i] = if capitals == 1 { word.to_string() } else { recase(words[i], own, &other) };
    }
    // «Милошу Лунину» beside «Лунин»: the other word has lost the same
    for (i, own) in folds.iter().enumerate() {
        let Some((stem, soft)) =
            lost.and_then(|lost| without(own, lost)).filter(|(stem, _)| forms[i] == words[i] && stem.chars().count() > 1)
        else {
            continue;
        };
        let form = match stem {
            "павл" => "павел".to_string(),
            "льв" => "лев".to_string(),
            _ if soft => format!("{stem}{}", if stem.ends_with(['а', 'е', 'и', 'о', 'у', 'ы']) { 'й' } else { 'ь' }),
            _ if is_bare(stem) => stem.to_string(),
            _ => continue,
        };
        forms[i] = recase(words[i], own, &form);
    }
    (forms.iter().zip(words).any(|(form, word)| form != word)).then_some(forms)
}

/// A word of a man's name without the ending of the case that another ends with by `last`, and whether it is soft.
fn without(own: &str, last: char) -> Option<(&str, bool)> {
    let (hard, soft) = match last {
        'а' | 'я' | 'о' => ("а", "я"),
        'у' | 'ю' => ("у", "ю"),
        'м' => ("ом", "ем"),
        _ => return None,
    };
    own.strip_suffix(hard).map(|stem| (stem, false)).or_else(|| own.strip_suffix(soft).map(|stem| (stem, true)))
}

/// A man's name in the instrumental, which its own endings show: «Стивом Светлофом», «Хосни Светлофом».
pub(super) fn instrumental(words: &[&str]) -> Option<Vec<String>> {
    let folds: Vec<String> = words.iter().map(|w| w.to_lowercase().replace('ё', "е")).collect();
    let bare = |fold: &str| {
        let hard = fold.strip_suffix("ом").filter(|stem| stem.chars().count() > 1 && is_bare(stem)).map(str::to_string);
        let soft = fold.strip_suffix("ем").filter(|stem| stem.chars().count() > 2 && stem.ends_with(['а', 'е', 'и', 'о', 'у', 'л']));
        hard.or_else(|| soft.map(|stem| format!("{stem}{}", if stem.ends_with('л') { 'ь' } else { 'й' })))
    };
    folds.last().filter(|last| last.chars().count() > 4 && last.ends_with("ом"))?;
    let mut forms = Vec::with_capacity(words.len());
    for (word, fold) in words.iter().zip(&folds) {
        let form = match bare(fold) {
            Some(form) => form,
            None if fold.ends_with(['и', 'о', 'у', 'э', 'ю']) => fold.clone(),
            None => return None,
        };
        forms.push(recase(word, fold, &form));
    }
    Some(forms)
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
        assert_eq!(nominative(&["Алексея", "Озёрного"]), Some(vec!["Алексей".to_string(), "Озёрный".into()]));
    }

    #[test]
    fn other_forms_of_the_text_show_the_nominative() {
        let shown = |words: &[&str], seen: &[&str]| super::shown(words, seen).map(|words| words.join(" "));
        assert_eq!(shown(&["Зкфюру", "Светлофу"], &["Зкфюру", "Светлофу", "Светлоф"]).as_deref(), Some("Зкфюр Светлоф"));
        assert_eq!(shown(&["Павла", "Лунина"], &["Лунин", "Лунина"]).as_deref(), Some("Павел Лунин"));
        assert_eq!(shown(&["Зкфюре", "Лунес"], &["Зкфюра", "Лунес", "Зкфюре"]).as_deref(), Some("Зкфюра Лунес"));
        assert_eq!(shown(&["Анна", "Лунина"], &["Анны", "Луниной"]), None);
        assert_eq!(shown(&["Дина", "Светлоф"], &["Светлоф"]), None);
    }

    #[test]
    fn a_mans_instrumental_shows_itself() {
        assert_eq!(instrumental(&["Зкфором", "Светлофом"]).map(|w| w.join(" ")).as_deref(), Some("Зкфор Светлоф"));
        assert_eq!(instrumental(&["Хосни", "Светлофом"]).map(|w| w.join(" ")).as_deref(), Some("Хосни Светлоф"));
        assert_eq!(instrumental(&["Том", "Бом"]), None);
        assert_eq!(instrumental(&["Джон", "Светлофом"]), None);
    }
}
