//! Words that tell what bodies do, by class, and the form they stand in.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table;

/// How many bytes of a beginning find it.
const KEY: usize = 3;

struct Acts {
    whole: FxHashMap<&'static str, &'static str>,
    /// Beginnings by their first bytes, the longest first.
    beginnings: FxHashMap<[u8; KEY], Vec<(&'static str, &'static str)>>,
}

static ACTS: LazyLock<Acts> = LazyLock::new(|| {
    let mut acts = Acts { whole: FxHashMap::default(), beginnings: FxHashMap::default() };
    for [class, english, russian] in table::rows(include_str!("../../../data/roles/acts.tsv")) {
        for word in table::values(english).chain(table::values(russian)) {
            match word.strip_suffix('*') {
                Some(beginning) => {
                    if let Some(key) = key(beginning) {
                        acts.beginnings.entry(key).or_default().push((beginning, class));
                    }
                }
                None => {
                    acts.whole.entry(word).or_insert(class);
                }
            }
        }
    }
    for words in acts.beginnings.values_mut() {
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    acts
});

fn key(word: &str) -> Option<[u8; KEY]> {
    word.as_bytes().first_chunk::<KEY>().copied()
}

/// The class of a word in lower case.
pub(in crate::roles) fn class(word: &str) -> Option<&'static str> {
    if let Some(class) = ACTS.whole.get(word) {
        return Some(class);
    }
    let words = ACTS.beginnings.get(&key(word)?)?;
    words.iter().find(|(beginning, _)| word.starts_with(beginning)).map(|(_, class)| *class)
}

/// English pasts that do not end in "ed".
const PASTS: [&str; 20] = [
    "held", "gave", "given", "led", "ran", "built", "lent", "paid", "taught", "began", "begun", "brought", "bought", "met", "told", "said",
    "took", "spoke", "won", "oversaw",
];

/// The form of a word, as far as its ending tells: what voice and part of speech it has.
pub(super) fn form(word: &str) -> &'static str {
    let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
    if word.is_ascii() {
        return match () {
            () if word.ends_with("ed") || PASTS.contains(&word) => "ed",
            () if word.ends_with("ing") => "ing",
            () if ends(&["tion", "ment", "ance", "ence", "or", "er", "tions", "ors", "ers"]) => "n",
            () if word.ends_with('s') => "s",
            () => "b",
        };
    }
    match () {
        () if ends(&["ся", "сь"]) => "refl",
        () if ends(&["нный", "нного", "нному", "нным", "нном", "нная", "нной", "нную", "нное", "нные", "нных", "нными"])
            || ends(&["емый", "емого", "емому", "емым", "емом", "емая", "емой", "емую", "емое", "емые", "емых", "емыми"]) =>
        {
            "pass"
        }
        () if ends(&["ан", "ана", "ано", "аны", "ен", "ена", "ено", "ены"]) => "short",
        () if ends(&["щий", "щего", "щая", "щие", "щих", "вший", "вшая", "вшие", "щей", "щим"]) => "act",
        () if ends(&["л", "ла", "ло", "ли"]) => "past",
        () if ends(&["ет", "ит", "ют", "ят", "ут", "ат"]) => "pres",
        () if ends(&["ть", "ти"]) => "inf",
        () => "n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_of_a_verb_have_one_class() {
        for word in ["organize", "organised", "organizing", "организовали", "организуемый"] {
            assert_eq!(class(word), Some("hold"), "{word}");
        }
        for word in ["реализует", "реализована", "implementing", "carried"] {
            assert_eq!(class(word), Some("implement"), "{word}");
        }
        assert_eq!(class("organizers"), Some("role_organizer"));
        assert_eq!(class("table"), None);
    }

    #[test]
    fn endings_tell_the_form() {
        assert_eq!([form("funded"), form("funding"), form("held")], ["ed", "ing", "ed"]);
        assert_eq!([form("реализуется"), form("реализуемый"), form("реализован"), form("реализует")], ["refl", "pass", "short", "pres"]);
    }
}
