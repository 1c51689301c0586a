//! Words for the kind of a place: область, районе, айыл окмоту; Region, village of.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::declension::forms;
use super::gazetteer::PlaceKind;
use crate::table;
use crate::text::{self, Kind, Phrases, Text, facts};

/// Which places a word may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Any region: регион, Region.
    Region,
    /// A first-order region.
    Admin1,
    /// A second-order region.
    District,
    /// A rural municipality.
    Municipality,
    /// A town.
    City,
    /// A village.
    Village,
    /// Something of nature or none of the others.
    Other(PlaceKind),
}

/// A word for a kind.
#[derive(Clone, Debug)]
pub struct KindWord {
    /// The word, in the nominative.
    pub word: &'static str,
    /// What it names.
    pub scope: Scope,
    /// Whether it is English.
    pub english: bool,
}

impl KindWord {
    /// The kind of place when no row tells.
    #[must_use]
    pub fn kind(&self) -> PlaceKind {
        match self.scope {
            Scope::Region | Scope::Admin1 => PlaceKind::Admin1,
            Scope::District => PlaceKind::District,
            Scope::Municipality => PlaceKind::Municipality,
            Scope::City => PlaceKind::City,
            Scope::Village => PlaceKind::Village,
            Scope::Other(kind) => kind,
        }
    }

    /// How well a row of this kind fits, from -1 to 1.
    #[must_use]
    pub fn fits(&self, kind: PlaceKind) -> f32 {
        match (self.scope, kind) {
            (Scope::Region | Scope::Admin1, PlaceKind::Admin1) | (Scope::District, PlaceKind::District) => 1.0,
            (Scope::Region, PlaceKind::District) => 0.3,
            (Scope::Region, PlaceKind::Area) | (Scope::City | Scope::Village, PlaceKind::City) | (Scope::City, PlaceKind::Capital) => 0.8,
            (Scope::Village, PlaceKind::Village) | (Scope::Municipality, PlaceKind::Municipality) => 1.0,
            (Scope::Village, PlaceKind::Capital) => -0.5,
            (Scope::District, PlaceKind::City) => 0.2,
            (Scope::Municipality | Scope::City, PlaceKind::Village) | (Scope::Municipality, PlaceKind::City) => 0.2,
            (Scope::Admin1 | Scope::Region, PlaceKind::City | PlaceKind::Capital) => -0.2,
            (Scope::Other(a), b) if a == b => 1.0,
            (_, PlaceKind::Country) => -1.0,
            _ => -0.4,
        }
    }
}

struct Words {
    after: Phrases<u32>,
    before: Phrases<u32>,
    single: FxHashSet<String>,
    words: Vec<KindWord>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut all = Words {
        after: Phrases::default().with_fact(facts::KIND_AFTER),
        before: Phrases::default().with_fact(facts::KIND_BEFORE),
        single: FxHashSet::default(),
        words: Vec::new(),
    };
    for [word, language, scope, side, _holds] in table::rows::<5>(include_str!("../../data/places/kinds.tsv")) {
        let scope = match scope {
            "region" => Scope::Region,
            "admin1" => Scope::Admin1,
            "district" => Scope::District,
            "municipality" => Scope::Municipality,
            "city" => Scope::City,
            "village" => Scope::Village,
            other => Scope::Other(PlaceKind::parse(other).unwrap_or(PlaceKind::Area)),
        };
        let number = all.words.len() as u32;
        all.words.push(KindWord { word, scope, english: language == "en" });
        let mut written = if language == "ru" { cases(word) } else { vec![word.to_string()] };
        written.dedup();
        for form in written {
            if side == "after" {
                all.after.insert(&form, number);
            } else {
                all.before.insert(&form, number);
            }
            if !form.contains(' ') {
                all.single.insert(Text::key(&form));
            }
        }
    }
    all
});

/// The cases of plurals.
static PLURALS: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| table::rows::<2>(include_str!("../../data/places/plurals.tsv")).map(|[word, forms]| (word, forms)).collect());

/// All cases and both numbers of a Russian word for a kind.
fn cases(word: &str) -> Vec<String> {
    let mut out = forms(word, false);
    let (front, last) = word.rsplit_once(' ').map_or(("", word), |(front, last)| (front, last));
    let plural = PLURALS.get(last).copied().unwrap_or_default();
    for form in table::values(plural) {
        let stem = |adjective: &str| {
            let soft = ["ный", "ная", "вой", "ской", "кий", "кая"].iter().any(|e| adjective.ends_with(e));
            soft.then(|| adjective.chars().take(adjective.chars().count() - 2).collect::<String>())
        };
        match stem(front) {
            Some(stem) => {
                let i = if front.ends_with("кий") || front.ends_with("кая") { "и" } else { "ы" };
                for ending in ["е", "х", "м", "ми"] {
                    out.push(format!("{stem}{i}{ending} {form}"));
                }
            }
            None if front.is_empty() => out.push(form.to_string()),
            None => out.push(format!("{front} {form}")),
        }
    }
    out
}

/// The word for a kind that starts at token `at`, after a name: the word, and one past its last token.
pub(super) fn after(text: &Text, at: usize) -> Option<(&'static KindWord, usize)> {
    let (end, &number) = WORDS.after.longest(text, at)?;
    (at > 0 && text.same_line(at - 1, at)).then(|| (&WORDS.words[number as usize], end))
}

/// The word for a kind that ends before token `end`, before a name.
pub(super) fn before(text: &Text, end: usize) -> Option<(&'static KindWord, usize)> {
    for length in (1..=2).rev() {
        let Some(start) = end.checked_sub(length) else { continue };
        if let Some((stop, &number)) = WORDS.before.longest(text, start)
            && stop == end
            && text.tokens[start].line == text.tokens.get(end)?.line
            // «2011 г. По словам»: a year, no town
            && !(text.fold(start) == "г" && start > 0 && text.tokens[start - 1].kind == Kind::Number)
        {
            return Some((&WORDS.words[number as usize], start));
        }
    }
    None
}

/// The word for a kind that token `at` is.
pub(super) fn at(text: &Text, at: usize) -> Option<&'static KindWord> {
    let (end, &number) = WORDS.after.longest(text, at)?;
    (end == at + 1).then(|| &WORDS.words[number as usize])
}

/// Whether a folded word says a kind.
pub(super) fn is_kind(fold: &str) -> bool {
    WORDS.single.contains(fold)
}

/// The same for a token.
pub(super) fn is_kind_at(text: &Text, at: usize) -> bool {
    match text.facts(at) {
        Some(facts) => facts.bits & facts::KIND_OF_PLACE != 0,
        None => is_kind(text.fold(at)),
    }
}

/// Short forms of words for kinds, which have a stop behind.
pub(super) const DOTTED: [&str; 7] = ["с", "г", "п", "пос", "дер", "аг", "гор"];

/// The hashes of the words that begin a word for a kind, with where it stands.
pub(super) fn first_words() -> impl Iterator<Item = (u64, u64)> {
    let single = WORDS.single.iter().map(|word| (text::hash(word), facts::KIND_OF_PLACE | facts::BESIDE_PLACE));
    let single = single.chain(DOTTED.into_iter().chain(["of"]).map(|word| (text::hash(word), facts::BESIDE_PLACE)));
    let after = WORDS.after.first_words().map(|hash| (hash, facts::KIND_AFTER | facts::BESIDE_PLACE));
    single.chain(after).chain(WORDS.before.first_words().map(|hash| (hash, facts::KIND_BEFORE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_their_cases() {
        let text = Text::new("Ошской и Баткенской автономных областях, Мады айыл окмоту");
        assert_eq!(after(&text, 3).map(|(word, end)| (word.word, end)), Some(("автономная область", 5)));
        assert_eq!(after(&text, 7).map(|(_, end)| end), Some(9));
        for word in ["области", "областях", "районов", "районе", "аймака", "велаяте"] {
            assert!(is_kind(word), "{word}");
        }
    }
}
