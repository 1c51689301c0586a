//! Russian words by their form: case, number and part of speech as far as an ending shows them.
//!
//! No dictionary stands behind it: an ending with the letters before it says whether a word can be
//! an adjective, a genitive, a verb. Small words that look like cases stand in
//! `data/organizations/forms.tsv`. It errs on rare words, and the grammar asks for more than one sign.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::stems::hash;
use crate::table;
use crate::text::Filter;

/// What the table says of a word, as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form(u64);

/// Declares the classes, each with its name in the table.
macro_rules! classes {
    ($($class:ident $name:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($class),* }

        impl Form {
            $(pub const $class: Self = Self::bit(Number::$class as u32);)*

            fn named(name: &str) -> Self {
                match name {
                    $($name => Self::$class,)*
                    _ => Self::default(),
                }
            }
        }
    };
}

classes! {
    OPENER "opener"
    HEADLINE_VERB "headline-verb"
    FOREIGN_LINK "foreign-link"
    OWNER "owner"
    FIELD "field"
    SMALL "small"
    DETERMINER "determiner"
    BARE_PLURAL "bare-plural"
    NO_SUBJECT "no-subject"
    STRESSED "stressed"
    MASCULINE "masculine"
    EVENT_SIGN "event-sign"
    FORM_OPENER "form-opener"
    TITLED "titled"
    ORDER "order"
    GERUND "gerund"
    PLURAL_HEAD "plural-head"
    PAPER "paper"
    TOPIC "topic"
    REPORTING "reporting"
    LABEL "label"
    NUMBERED "numbered"
    SOLE "sole"
    NOUN "noun"
    RANKING "ranking"
    WRITTEN_LAW "written-law"
    NO_PROJECT "no-project"
    DEDICATION "dedication"
    THING "thing"
    UNIT "unit"
    PAYER "payer"
    SUBJECT "subject"
    HEADS "heads"
    NAMING "naming"
    FIRM "firm"
    DEED "deed"
}

impl Form {
    /// Class number `n`: the bits of [`crate::text::Facts`] from 24 to 59 are for this table.
    const fn bit(n: u32) -> Self {
        assert!(n < 36, "no bit is left for a further class");
        Self(1 << (24 + n))
    }

    /// Words by which [`super::cues`] begins.
    pub const CUE: Self = Self(Self::REPORTING.0 | Self::LABEL.0 | Self::NUMBERED.0 | Self::SOLE.0);

    /// Whether it shares a class with `other`.
    #[inline]
    pub fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether one of its classes is among the facts of a word.
    #[inline]
    pub fn is_in(self, bits: u64) -> bool {
        self.0 & bits != 0
    }

    /// Its bits among the facts of a word.
    pub fn bits(self) -> u64 {
        self.0
    }
}

/// Classes by the hash of the folded word.
static WORDS: LazyLock<(FxHashMap<u64, Form>, Filter)> = LazyLock::new(|| {
    let (mut words, mut filter) = (FxHashMap::<u64, Form>::default(), Filter::new(14));
    for [word, class] in table::rows::<2>(include_str!("../../data/organizations/forms.tsv")) {
        let key = hash(word);
        filter.add(key);
        words.entry(key).or_default().0 |= Form::named(class).0;
    }
    (words, filter)
});

/// What the table says of the word with this hash.
pub(crate) fn of(hash: u64) -> Form {
    let (words, filter) = &*WORDS;
    if filter.may_hold(hash) { words.get(&hash).copied().unwrap_or_default() } else { Form::default() }
}

/// Whether a folded word is of a class of the table.
pub(crate) fn is_word(word: &str, form: Form) -> bool {
    of(hash(word)).is(form)
}

const NOMINATIVE: u8 = 1;
const OBLIQUE: u8 = 2; // genitive, dative, prepositional
const INSTRUMENTAL: u8 = 4;
const ACCUSATIVE: u8 = 8;

/// The cases that a noun's ending allows, loosely.
pub(crate) fn noun_cases(word: &str) -> u8 {
    if word == "бюро" {
        return NOMINATIVE | OBLIQUE | INSTRUMENTAL | ACCUSATIVE;
    }
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

/// Whether an adjective's ending allows the gender of a noun: not «открывая музей». A noun without a
/// lemma in small letters allows any.
pub(crate) fn agrees(adjective: &str, lemma: &str) -> bool {
    let Some(last) = lemma.chars().next_back().filter(|c| c.is_lowercase()) else { return true };
    let (feminine, neuter) = (matches!(last, 'а' | 'я' | 'ь'), matches!(last, 'о' | 'е'));
    let ends = |endings: &[&str]| endings.iter().any(|e| adjective.ends_with(e));
    if ends(&["ые", "ие"]) {
        false // «учёные Озёрского института»
    } else if ends(&["ая", "яя", "ую", "юю"]) {
        feminine
    } else if ends(&["ое", "ее"]) {
        neuter
    } else if ends(&["ый", "ий"]) {
        !feminine && !neuter || last == 'ь'
    } else if ends(&["ого", "его", "ому", "ему"]) {
        !feminine || last == 'ь'
    } else {
        true
    }
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
    // «учебном», «лечебном»: a consonant before «ном» is no noun's
    if word.ends_with("ном") && ["бн", "пн", "сн", "чн", "гн"].iter().any(|s| rest.ends_with(s)) {
        return true;
    }
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
            && !rest.ends_with("ник")
            && !matches!(rest, "челове" | "зна" | "болезн" | "жизн" | "казн" | "деревн" | "дн");
    }
    if word.ends_with("ой") || word.ends_with("ое") {
        return (rest == "перв" || ["ск", "цк", "н", "ов", "ев", "ст", "ш", "р", "л", "г", "т", "д"].iter().any(|s| rest.ends_with(s)))
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
    is_word(word, Form::DETERMINER)
}

/// Words that look like genitives and are none.
pub(crate) fn is_small_word(word: &str) -> bool {
    is_word(word, Form::SMALL)
}

/// Whether a small word can stand in a chain of genitives.
pub(crate) fn is_genitive(word: &str) -> bool {
    // «организация», «комиссия» are nominatives alone
    if word.len() < 6 || is_small_word(word) || is_verb(word) || word.ends_with("ция") || word.ends_with("ссия") || word.ends_with("чески")
    {
        return false;
    }
    const ENDINGS: [&str; 15] = ["а", "я", "ы", "и", "ов", "ев", "ей", "ий", "ого", "его", "ой", "ых", "их", "ств", "иц"];
    ENDINGS.iter().any(|e| word.ends_with(e)) || is_bare_plural(word)
}

/// Genitive plurals without an ending: «финансов» has one, «дел», «искусств», «средств», «женщин» have none.
pub(crate) fn is_bare_plural(word: &str) -> bool {
    is_word(word, Form::BARE_PLURAL)
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
    const ENDINGS: [&str; 122] = [
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
        "есла",
        "езли",
        "езла",
        "езло",
        "ована",
        "ован",
        "ованы",
        // short participles and adjectives: «создана», «нужна»
        "здана",
        "зданы",
        "редана",
        "реданы",
        "ыдана",
        "ыданы",
        "звана",
        "званы",
        "казана",
        "казаны",
        "язана",
        "язаны",
        "знана",
        "знаны",
        "нужна",
        "нужны",
        "должна",
        "должны",
        "готова",
        "готовы",
        "огласна",
        "огласны",
        "писана",
        "писаны",
        "крыта",
        "крыты",
        "нята",
        "няты",
        "збрана",
        "збраны",
        "обрана",
        "обраны",
        "звестна",
        "звестны",
        "ступна",
        "ступны",
        "пособна",
        "пособны",
        "активна",
        "активны",
        // «пришла», «нашли», «достигла», «погибли»
        "ишла",
        "ишло",
        "ишли",
        "ашла",
        "ашло",
        "ашли",
        "ушла",
        "ушло",
        "ушли",
        "ешла",
        "ешло",
        "ешли",
        "стигла",
        "стигло",
        "стигли",
        "гибла",
        "гибли",
        "мерла",
        "мерли",
        "спасла",
        "спасли",
        "рочла",
        "рочли",
    ];
    if is_bare_plural(word) {
        return false;
    }
    ENDINGS.iter().any(|e| word.ends_with(e)) && !is_word(word, Form::NOUN) && !word.ends_with("тели") && !word.ends_with("ители")
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
    is_word(word, Form::NO_SUBJECT)
}

pub(crate) fn is_adjective_plural(word: &str) -> bool {
    (word.ends_with("ых") || word.ends_with("их")) && is_adjective(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_table_has_its_bit() {
        for [word, class] in table::rows::<2>(include_str!("../../data/organizations/forms.tsv")).filter(|row| row[0] != "word") {
            assert_ne!(Form::named(class), Form::default(), "{word} {class}");
        }
    }

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
