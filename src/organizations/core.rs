//! The proper part of a name in one spelling for both scripts, to compare names across languages.
//!
//! «ОФ «Билим Ордо»» and "Bilim Ordo Foundation" have one proper part. Legal forms and words for
//! kinds of bodies go; letters are brought to a common spelling that the usual romanizations share
//! (х and "kh", ж and "zh" and "j", я and "ya" and "ia"). A translation has another proper part:
//! «Светлый берег» is not "Bright Shore" here.

use std::sync::LazyLock;

use super::kinds;
use crate::lexicon::bodies;
use crate::text::{Kind, Script, Text};

/// The proper part of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Core {
    /// Its letters in the common spelling, words without spaces.
    pub letters: String,
    /// How many words it has.
    pub words: usize,
    /// The kind that the rest of the name says, or nothing.
    pub kind: &'static str,
    /// Whether it stands in Cyrillic.
    pub cyrillic: bool,
}

/// The proper part of a name: what its quotation marks hold, or the words that are no generic ones.
/// Nothing for a name in two scripts or without a proper part.
pub(crate) fn of(name: &str) -> Option<Core> {
    let text = Text::new(name);
    let is_word = |k: &usize| matches!(text.tokens[*k].kind, Kind::Word | Kind::Number);
    let all = 0..text.tokens.len();
    let cyrillic = all.clone().any(|k| text.tokens[k].script == Script::Cyrillic);
    let open = all.clone().find(|&k| text.fold(k) == "\"");
    let close = all.clone().rev().find(|&k| text.fold(k) == "\"");
    let (mut letters, mut count) = (String::new(), 0);
    let quoted = open.zip(close).filter(|(a, b)| b > a);
    for k in all.filter(is_word) {
        let token = &text.tokens[k];
        if !matches!(token.script, Script::Latin | Script::Cyrillic) && token.kind == Kind::Word {
            return None;
        }
        let inside = quoted.is_none_or(|(open, close)| open < k && k < close);
        let generic = kinds::is_generic(&text, k) || bodies::look_up(&text, k).classes.is(bodies::Classes::HEAD);
        if !inside || quoted.is_none() && generic {
            continue;
        }
        // a small word, an adjective of the kind «Общественный», a script that mixes: no plain proper name
        let other_script = (token.script == Script::Cyrillic) != cyrillic && token.kind == Kind::Word;
        if quoted.is_none() && !(token.is_capital() || token.kind == Kind::Number) || other_script {
            return None;
        }
        letters.push_str(&common(text.fold(k)));
        count += 1;
    }
    let kind = match quoted {
        // the quoted part may hold words of its own: «Школа мира»
        Some((open, _)) => {
            Some(kinds::of(&text, 0, open)).filter(|kind| !kind.is_empty()).unwrap_or_else(|| kinds::of(&text, 0, text.tokens.len()))
        }
        None => kinds::of(&text, 0, text.tokens.len()),
    };
    (count > 0).then_some(Core { letters, words: count, kind, cyrillic })
}

/// Cyrillic letters of the languages of the region, in the usual romanization of Russian.
const LETTERS: [(&str, &str); 28] = [
    ("а", "a"),
    ("б", "b"),
    ("в", "v"),
    ("гғ", "g"),
    ("д", "d"),
    ("еэё", "e"),
    ("ж", "zh"),
    ("з", "z"),
    ("ийыіӣ", "i"),
    ("кқ", "k"),
    ("л", "l"),
    ("м", "m"),
    ("нң", "n"),
    ("оө", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("уүұўӯ", "u"),
    ("ф", "f"),
    ("хҳһ", "kh"),
    ("ц", "ts"),
    ("чҷ", "ch"),
    ("ш", "sh"),
    ("щ", "shch"),
    ("ю", "yu"),
    ("я", "ya"),
    ("ъь", ""),
];

/// What the romanizations write in different ways, with the one letter that it gets, the longest first.
const SPELLINGS: [(&str, &str); 24] = [
    ("shch", "S"),
    ("sch", "S"),
    ("dzh", "J"),
    ("dj", "J"),
    ("zh", "J"),
    ("sh", "S"),
    ("ch", "C"),
    ("kh", "h"),
    ("gh", "g"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("ck", "k"),
    ("ya", "ia"),
    ("yu", "iu"),
    ("yo", "e"),
    ("ye", "e"),
    ("ie", "e"),
    ("x", "ks"),
    ("w", "v"),
    ("q", "k"),
    ("j", "J"),
    ("y", "i"),
    ("oo", "u"),
];

/// The common spelling of letters from U+0400 to U+04FF, where they have one.
static CYRILLIC: LazyLock<[Option<&str>; 256]> = LazyLock::new(|| {
    let mut table = [None; 256];
    for (letters, common) in LETTERS {
        for c in letters.chars() {
            (c as usize).checked_sub(0x400).and_then(|at| table.get_mut(at)).into_iter().for_each(|place| *place = Some(common));
        }
    }
    table
});

/// The small letters of ASCII in a word, as bits.
fn small_letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |all, letter| all | 1 << (letter - b'a'))
}

/// A folded word in the common spelling.
pub(crate) fn common(word: &str) -> String {
    let cyrillic = &*CYRILLIC;
    let mut latin = String::with_capacity(word.len());
    for c in word.chars() {
        match (c as usize).checked_sub(0x400).and_then(|at| cyrillic.get(at).copied().flatten()) {
            Some(common) => latin.push_str(common),
            // what stands for the soft sign
            None if matches!(c, '\'' | '’') => {}
            None => latin.push(c),
        }
    }
    let mut letters = small_letters(&latin);
    for (from, to) in SPELLINGS {
        let wanted = small_letters(from);
        if letters & wanted == wanted && latin.contains(from) {
            latin = latin.replace(from, to);
            letters |= small_letters(to);
        }
    }
    let mut out = String::with_capacity(latin.len());
    for c in latin.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_meet_where_a_name_is_only_written_otherwise() {
        let pairs = [
            ("ОФ «Билим Ордо»", "Bilim Ordo Foundation"),
            ("ОсОО «Санарип Мектеп»", "Sanarip Mektep LLC"),
            ("Фонд «Шахрванд»", "Shahrvand Foundation"),
            ("ОО «Жаштар кыялы»", "NGO Jashtar Kyialy"),
            ("Ассоциация «Хирадманд»", "Khiradmand Association"),
        ];
        for (russian, english) in pairs {
            let (a, b) = (of(russian).unwrap(), of(english).unwrap());
            assert_eq!(a.letters, b.letters, "{russian} {english}");
        }
    }

    #[test]
    fn translations_do_not() {
        let letters = |name| of(name).map(|core| core.letters);
        assert_ne!(letters("Фонд «Светлый берег»"), letters("Bright Shore Fund"));
        assert_eq!(letters("Центр гражданских инициатив"), None);
    }
}
