//! Russian words by their form: case, number and part of speech as far as an ending shows them.
//!
//! No dictionary stands behind it: an ending with the letters before it says whether a word can be
//! an adjective, a genitive, a verb. Small words that look like cases stand in
//! `data/organizations/forms.tsv`. It errs on rare words, and the grammar asks for more than one sign.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table;

/// Words by class.
static WORDS: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut words: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for [word, class] in table::rows::<2>(include_str!("../../data/organizations/forms.tsv")) {
        words.entry(word).or_default().push(class);
    }
    words
});

/// Whether a folded word is of a class of the table.
pub(crate) fn is_word(word: &str, class: &str) -> bool {
    WORDS.get(word).is_some_and(|classes| classes.contains(&class))
}

const NOMINATIVE: u8 = 1;
const OBLIQUE: u8 = 2; // genitive, dative, prepositional
const INSTRUMENTAL: u8 = 4;
const ACCUSATIVE: u8 = 8;

/// The cases that a noun's ending allows, loosely.
pub(crate) fn noun_cases(word: &str) -> u8 {
    if word.ends_with("ом")
        || word.ends_with("ем")
        || word.ends_with("ой")
        || word.ends_with("ей")
        || word.ends_with("ами")
        || word.ends_with("ями")
        || word.ends_with("ью")
    {
        // «лицей», «музей» are nominative as well
        return INSTRUMENTAL | if word.ends_with("ей") { NOMINATIVE | ACCUSATIVE } else { 0 };
    }
    match word.chars().next_back() {
        Some('а' | 'я') => NOMINATIVE | OBLIQUE | ACCUSATIVE,
        Some('у' | 'ю') => OBLIQUE | ACCUSATIVE,
        Some('е' | 'и' | 'ы') => NOMINATIVE | OBLIQUE | ACCUSATIVE,
        Some('о') => NOMINATIVE | ACCUSATIVE,
        _ => NOMINATIVE | ACCUSATIVE | OBLIQUE,
    }
}

/// The cases that an adjective's ending allows.
pub(crate) fn adjective_cases(word: &str) -> u8 {
    const ENDINGS: [(&str, u8); 18] = [
        ("ого", OBLIQUE),
        ("его", OBLIQUE),
        ("ому", OBLIQUE),
        ("ему", OBLIQUE),
        ("ыми", INSTRUMENTAL),
        ("ими", INSTRUMENTAL),
        ("ая", NOMINATIVE),
        ("яя", NOMINATIVE),
        ("ое", NOMINATIVE | ACCUSATIVE),
        ("ее", NOMINATIVE | ACCUSATIVE),
        ("ый", NOMINATIVE | ACCUSATIVE),
        ("ий", NOMINATIVE | ACCUSATIVE),
        ("ой", NOMINATIVE | OBLIQUE | INSTRUMENTAL),
        ("ей", OBLIQUE | INSTRUMENTAL),
        ("ую", ACCUSATIVE),
        ("юю", ACCUSATIVE),
        ("ым", INSTRUMENTAL | OBLIQUE),
        ("им", INSTRUMENTAL | OBLIQUE),
    ];
    if word.ends_with("ые") || word.ends_with("ие") {
        return NOMINATIVE | ACCUSATIVE;
    }
    if word.ends_with("ых") || word.ends_with("их") || word.ends_with("ом") || word.ends_with("ем") {
        return OBLIQUE;
    }
    ENDINGS.iter().find(|(ending, _)| word.ends_with(ending)).map_or(0, |e| e.1)
}

/// Whether a word has the form of an adjective: an ending with a typical suffix before it.
pub(crate) fn is_adjective(word: &str) -> bool {
    const SUFFIXES: [&str; 26] = [
        "ск", "цк", "н", "ов", "ев", "ин", "шн", "т", "ш", "ч", "щ", "ж", "р", "л", "к", "п", "б", "в", "д", "м", "х", "г", "з", "с",
        "стн", "ь",
    ];
    if word.len() < 10 || adjective_cases(word) == 0 {
        return false;
    }
    let ending = if ["ого", "его", "ому", "ему", "ыми", "ими"].iter().any(|e| word.ends_with(e)) { 6 } else { 4 };
    let rest = &word[..word.len() - ending];
    // «партией», «организаций», «технологий», «развитие», «знаний»: nouns
    if word.ends_with("ие")
        || word.ends_with("ий")
        || word.ends_with("ей")
        || word.ends_with("ем")
        || word.ends_with("ом")
        || word.ends_with("им")
        || word.ends_with("их")
    {
        return [
            "ск",
            "цк",
            "шн",
            "жн",
            "щ",
            "ш",
            "ж",
            "льн",
            "средн",
            "ранн",
            "поздн",
            "верхн",
            "нижн",
            "задн",
            "древн",
            "народн",
            "иальн",
            "онн",
            "енн",
            "ивн",
            "еск",
            "тн",
            "зн",
            "вн",
            "дн",
            "рн",
            "ынн",
            "ечн",
            "ичн",
            "утрен",
            "внешн",
            "высш",
            "ок",
            "к",
        ]
        .iter()
        .any(|s| rest.ends_with(s))
            && !rest.ends_with("аций")
            && !matches!(rest, "челове" | "зна");
    }
    if word.ends_with("ой") || word.ends_with("ое") {
        return ["ск", "цк", "н", "ов", "ев", "ст", "ш", "р", "л", "г", "т", "д"].iter().any(|s| rest.ends_with(s))
            && !matches!(word, "стороной" | "страной" | "войной" | "основой" | "школой" | "мировой" | "палатой" | "работой");
    }
    SUFFIXES.iter().any(|s| rest.ends_with(s))
}

/// «возглавлявший отдел»: a participle is no part of a name in small letters.
pub(crate) fn is_participle(word: &str) -> bool {
    ["вш", "ющ", "ящ", "ущ", "ащ"].iter().any(|s| {
        word.char_indices().rev().nth(3).is_some_and(|(i, _)| word[i..].starts_with(s))
            || word.char_indices().rev().nth(4).is_some_and(|(i, _)| word[i..].starts_with(s))
    }) && !word.starts_with("общ")
        && !word.starts_with("высш")
}

pub(crate) fn is_determiner(word: &str) -> bool {
    is_word(word, "determiner")
}

/// Words that look like genitives and are none.
pub(crate) fn is_small_word(word: &str) -> bool {
    is_word(word, "small")
}

/// Whether a small word can stand in a chain of genitives.
pub(crate) fn is_genitive(word: &str) -> bool {
    // «организация», «комиссия» are nominatives alone
    if word.len() < 6 || is_small_word(word) || is_verb(word) || word.ends_with("ция") || word.ends_with("ссия") {
        return false;
    }
    const ENDINGS: [&str; 15] = ["а", "я", "ы", "и", "ов", "ев", "ей", "ий", "ого", "его", "ой", "ых", "их", "ств", "иц"];
    ENDINGS.iter().any(|e| word.ends_with(e)) || is_bare_plural(word)
}

/// Genitive plurals without an ending: «финансов» has one, «дел», «искусств», «средств», «женщин» have none.
pub(crate) fn is_bare_plural(word: &str) -> bool {
    is_word(word, "bare-plural")
}

/// Whether a small word can stand in a phrase after «по», «для» …: any case but the nominative singular.
pub(crate) fn is_oblique(word: &str) -> bool {
    if is_small_word(word) || is_verb(word) || word.len() < 6 {
        return false;
    }
    const ENDINGS: [&str; 24] = [
        "а", "я", "ы", "и", "у", "ю", "е", "ов", "ев", "ей", "ий", "ого", "его", "ому", "ему", "ой", "ых", "их", "ам", "ям", "ым", "им",
        "ом", "ем",
    ];
    ENDINGS.iter().any(|e| word.ends_with(e)) || is_bare_plural(word)
}

/// Whether a word has the form of a finite verb or a participle in predicate.
pub(crate) fn is_verb(word: &str) -> bool {
    const ENDINGS: [&str; 58] = [
        "лся",
        "ет",
        "ит",
        "ут",
        "ют",
        "ат",
        "ят",
        "ал",
        "ил",
        "ел",
        "ала",
        "ила",
        "ела",
        "ало",
        "ило",
        "ело",
        "али",
        "или",
        "ели",
        "огли",
        "огла",
        "огло",
        "ошли",
        "ошла",
        "ошло",
        "ился",
        "лась",
        "лось",
        "лись",
        "ется",
        "ится",
        "утся",
        "ются",
        "атся",
        "ятся",
        "ать",
        "ить",
        "еть",
        "ться",
        "ует",
        "ано",
        "яли",
        "яла",
        "яло",
        "ули",
        "ула",
        "уло",
        "ыли",
        "ыла",
        "ыло",
        "если",
        "есло",
        "езли",
        "езла",
        "езло",
        "ована",
        "ован",
        "ованы",
    ];
    if is_bare_plural(word) {
        return false;
    }
    ENDINGS.iter().any(|e| word.ends_with(e)) && !is_word(word, "noun") && !word.ends_with("тели") && !word.ends_with("ители")
        || word.ends_with("ены")
        || word.ends_with("ано")
        || word.ends_with("ена")
}

/// Whether a head noun stands in the plural: «музеи», «университетов» name no one body.
pub(crate) fn is_plural(form: &str, lemma: &str) -> bool {
    if lemma.is_empty() {
        return false;
    }
    let oblique = ["ов", "ев", "ам", "ям", "ами", "ями", "ах", "ях"].iter().any(|e| form.ends_with(e) && form.len() > lemma.len());
    let masculine = lemma.chars().next_back().is_some_and(|c| !matches!(c, 'а' | 'я' | 'о' | 'е' | 'ь'));
    let nominative = masculine && (form.ends_with('ы') || form.ends_with('и') && !lemma.ends_with('и'));
    // «объединений», «организаций» have the length of the singular
    let bare = !masculine
        && (form.len() < lemma.len() || form.ends_with("ий") && (lemma.ends_with("ие") || lemma.ends_with("ия")))
        && !form.ends_with(['а', 'я', 'ы', 'и', 'у', 'ю', 'е', 'о']);
    oblique || nominative || bare
}

/// «по линии», «по словам»: what follows «по» and is no field of work.
pub(crate) fn is_no_subject(word: &str) -> bool {
    is_word(word, "no-subject")
}

pub(crate) fn is_adjective_plural(word: &str) -> bool {
    (word.ends_with("ых") || word.ends_with("их")) && is_adjective(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_and_nouns() {
        for word in ["государственный", "международной", "национальное", "женских", "детским", "общественного"]
        {
            assert!(is_adjective(word), "{word}");
        }
        for word in ["организаций", "технологий", "развития", "партией", "комитетом", "защиты"]
        {
            assert!(!is_adjective(word), "{word}");
        }
        assert!(is_genitive("финансов") && is_genitive("связи") && is_genitive("прав"));
        assert!(!is_genitive("сообщает") && !is_genitive("провела") && !is_genitive("также"));
    }
}
