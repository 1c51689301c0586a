//! Whether a sentence tells of what was or of what will be, from the verbs near a date.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table;
use crate::text::{Case, Kind, Script, Text};

/// Which way from the day of writing a date lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

static WORDS: LazyLock<FxHashMap<u64, Tense>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for [forms, tense] in table::rows::<2>(include_str!("../../data/dates/tense.tsv")) {
        let tense = match tense {
            "past" => Tense::Past,
            "future" => Tense::Future,
            _ => Tense::Unknown,
        };
        for form in table::values(forms) {
            if let [token] = Text::new(form).tokens[..] {
                words.insert(token.hash, tense);
            }
        }
    }
    words
});

/// How far from the date a verb may stand, in tokens.
const WINDOW: usize = 30;

/// The tense of the verb nearest to the tokens from `first` to `end`, within their sentence.
pub(super) fn near(text: &Text, first: usize, end: usize) -> Tense {
    within(text, first, end, WINDOW)
}

/// The same, with the verb a few words away at most.
pub(super) fn close(text: &Text, first: usize, end: usize) -> Tense {
    within(text, first, end, 9)
}

fn within(text: &Text, first: usize, end: usize, window: usize) -> Tense {
    let Some(token) = text.tokens.get(first) else { return Tense::Unknown };
    let sentence = text.sentences.get(token.sentence as usize).map_or((first, end), |s| (s.tokens.0 as usize, s.tokens.1 as usize));
    let mut best = (usize::MAX, Tense::Unknown);
    for back in 1..=window {
        let Some(at) = first.checked_sub(back).filter(|&at| at >= sentence.0) else { break };
        if let Some(tense) = tense(text, at) {
            best = (back, tense);
            break;
        }
    }
    for ahead in 0..window {
        let at = end + ahead;
        if at >= sentence.1 || ahead + 1 >= best.0 {
            break;
        }
        if let Some(tense) = tense(text, at) {
            best = (ahead + 1, tense);
            break;
        }
    }
    best.1
}

/// What the verb at token `at` says, where one stands there.
pub(super) fn of(text: &Text, at: usize) -> Option<Tense> {
    tense(text, at)
}

fn tense(text: &Text, at: usize) -> Option<Tense> {
    let token = text.tokens.get(at)?;
    if token.kind != Kind::Word {
        return None;
    }
    // "will be held", "to be opened": the helping verb before it decides
    let helped = || {
        let back = |b: usize| at.checked_sub(b).map_or("", |b| text.fold(b));
        let ahead = (1..=3).any(|b| matches!(back(b), "will" | "shall" | "would" | "'ll"))
            || (2..=3).any(|b| back(b) == "to" && matches!(back(b - 1), "be" | "have"));
        if ahead { Tense::Future } else { Tense::Past }
    };
    // "is to be ready"
    if matches!(text.fold(at), "is" | "are") && text.tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Word) && text.fold(at + 1) == "to" {
        return Some(Tense::Future);
    }
    // "is set to begin"
    if text.fold(at) == "set" && text.tokens.len() > at + 1 && text.fold(at + 1) == "to" {
        return Some(Tense::Future);
    }
    if let Some(&tense) = WORDS.get(&token.hash) {
        if tense == Tense::Unknown {
            return None;
        }
        return Some(if tense == Tense::Past && token.script == Script::Latin { helped() } else { tense });
    }
    if token.case != Case::Lower {
        return None;
    }
    let word = text.fold(at);
    if matches!(word, "may" | "might") {
        return Some(Tense::Future);
    }
    match token.script {
        Script::Latin => (word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed")).then(helped),
        Script::Cyrillic => {
            let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
            let chars = word.len() / 2;
            if chars >= 4 && ends(&["л", "ла", "ло", "ли", "лся", "лась", "лось", "лись"]) && !ends(&NOUNS) {
                Some(Tense::Past)
            } else if chars >= 6 && PREFIXES.iter().any(|p| word.starts_with(p)) && ends(&FUTURE) && !ends(&PRESENT) {
                Some(Tense::Future)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// Prefixes that make a verb of the present form tell of the future.
const PREFIXES: [&str; 16] = ["вы", "за", "из", "на", "об", "от", "пере", "по", "при", "про", "раз", "рас", "с", "у", "созда", "воз"];

/// Endings of the third person.
const FUTURE: [&str; 15] = ["дет", "нет", "жет", "мет", "чет", "шет", "ут", "ют", "ят", "ится", "ется", "утся", "ются", "ятся", "ит"];

/// Endings of verbs that tell of the present all the same, and of nouns.
const PRESENT: [&str; 19] = [
    "ают",
    "яют",
    "уют",
    "аются",
    "яются",
    "уются",
    "ается",
    "яется",
    "уется",
    "ходит",
    "ходят",
    "ходится",
    "водит",
    "водят",
    "носит",
    "носится",
    "стоит",
    "кредит",
    "институт",
];

/// Endings of nouns and particles that look like verbs of the past.
const NOUNS: [&str; 14] =
    ["ртал", "зал", "риал", "если", "апрель", "числа", "дела", "канал", "начала", "отдел", "филиал", "ители", "атели", "ятели"];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str, word: &str) -> Tense {
        let text = Text::new(source);
        let at = (0..text.tokens.len()).find(|&i| text.str(i) == word).unwrap();
        near(&text, at, at + 1)
    }

    #[test]
    fn the_nearest_verb_decides() {
        assert_eq!(of("The fair will open on Friday.", "Friday"), Tense::Future);
        assert_eq!(of("They signed it on Friday.", "Friday"), Tense::Past);
        assert_eq!(of("В пятницу открылась школа.", "пятницу"), Tense::Past);
        assert_eq!(of("В пятницу состоится ярмарка.", "пятницу"), Tense::Future);
        assert_eq!(of("Friday", "Friday"), Tense::Unknown);
        assert_eq!(of("В пятницу жители села около школы соберутся вновь.", "пятницу"), Tense::Future);
    }
}
