//! Words by their stem: one key for all cases of a Russian word, and a trie of names over such keys.
//!
//! Endings are taken off by length and shape alone, without a dictionary: the stem is a key, never
//! shown. «Министерство», «министерством» → «министерств»; acronyms keep their letters («РУСАЛа» →
//! «русал», «ООН»). English words are their folded form. Two words of one stem may be different
//! words («банк», «банка»), so a stem alone never decides: capitals and neighbours do.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::text::{Case, Kind, Script, Text, Token, Tree};

/// Endings of nouns and adjectives, the longest first.
const ENDINGS: [&str; 43] = [
    "иями", "ием", "ого", "его", "ому", "ему", "ыми", "ими", "иям", "иях", "ией", "ями", "ами", "ая", "яя", "ое", "ее", "ой", "ей", "ую",
    "юю", "ые", "ие", "ый", "ий", "ых", "их", "ым", "им", "ом", "ем", "ию", "ия", "ии", "ою", "ею", "ам", "ям", "ах", "ях", "ов", "ев",
    "ье",
];

/// The last bytes of a word as one number.
const fn code(word: &str) -> u64 {
    let (bytes, mut code, mut at) = (word.as_bytes(), 0, 0);
    while at < bytes.len() {
        code = code << 8 | bytes[at] as u64;
        at += 1;
    }
    code
}

/// The endings of so many bytes, as numbers.
const fn endings<const N: usize>(bytes: usize) -> [u64; N] {
    let (mut codes, mut count, mut at) = ([0; N], 0, 0);
    while at < ENDINGS.len() {
        if ENDINGS[at].len() == bytes {
            codes[count] = code(ENDINGS[at]);
            count += 1;
        }
        at += 1;
    }
    assert!(count == N, "the number of endings of each length is part of the code");
    codes
}

const FOUR: [u64; 1] = endings(8);
const THREE: [u64; 12] = endings(6);
const TWO: [u64; 30] = endings(4);
/// Of these, the ones that need only three letters before them: «хабом», «судов».
const SHORT: [u64; 4] = [code("ом"), code("ов"), code("ам"), code("ах")];

/// Words that end as an instrumental does and are nominatives.
const COMMITTEES: [&str; 6] = ["полком", "горком", "райком", "обком", "профком", "госком"];

/// The key of a folded word.
pub(crate) fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// A folded Russian word without its ending; at least three letters stay.
pub(crate) fn stem(word: &str) -> &str {
    // «райисполком», «профком»: no ending
    if word.ends_with("ком") && COMMITTEES.iter().any(|c| word.ends_with(c)) {
        return word;
    }
    let length = word.len();
    if let Some(&last) = word.as_bytes().last_chunk::<8>().filter(|_| length > 2 * 4) {
        // at least four letters stay
        let last = u64::from_be_bytes(last);
        let (three, two) = (last & 0xFFFF_FFFF_FFFF, last & 0xFFFF_FFFF);
        let cut = if length >= 2 * 8 && FOUR.contains(&last) {
            2 * 4
        } else if length >= 2 * 7 && THREE.contains(&three) {
            2 * 3
        } else if TWO.contains(&two) && (length >= 2 * 6 || length >= 2 * 5 && SHORT.contains(&two)) {
            2 * 2
        } else {
            0
        };
        if cut > 0 {
            return &word[..length - cut];
        }
    }
    match word.chars().next_back() {
        Some(last @ ('а' | 'я' | 'о' | 'е' | 'у' | 'ю' | 'ы' | 'и' | 'ь' | 'й')) if length - last.len_utf8() >= 2 * 3 => {
            &word[..length - last.len_utf8()]
        }
        _ => word,
    }
}

/// The key of a token: of its stem for a Russian word, of its folded form for any other.
#[inline]
pub(crate) fn key(text: &Text, i: usize) -> u64 {
    let token = &text.tokens[i];
    if token.kind != Kind::Word || token.script != Script::Cyrillic {
        return token.hash;
    }
    match token.case {
        Case::Upper => token.hash,
        Case::Mixed => {
            let fold = text.fold(i);
            // an acronym with a small ending: «РУСАЛа», «БЕЛТой»
            let word = text.str(i);
            let small: usize = word.chars().rev().take_while(|c| c.is_lowercase()).map(char::len_utf8).sum();
            let head = &word[..word.len() - small];
            // «КазНУ»: the last letters are no ending
            let lettered = small == 0 && word.chars().rev().take(2).all(char::is_uppercase);
            let acronym = small > 0 && small <= 4 && head.chars().count() >= 2 && head.chars().all(char::is_uppercase);
            if (lettered || acronym) && fold.len() == word.len() { hash(&fold[..head.len()]) } else { hash(stem(fold)) }
        }
        _ => text.facts(i).map_or_else(|| hash(stem(text.fold(i))), |facts| facts.stem),
    }
}

/// Marks that names are written with or without.
#[inline]
pub(super) fn is_skipped(text: &Text, i: usize, token: &Token) -> bool {
    token.kind == Kind::Mark && matches!(text.fold(i), "\"" | "-" | "." | "," | "'")
}

/// Names by the keys of their words; quotes, hyphens, stops and commas inside do not matter.
#[derive(Clone, Debug)]
pub(crate) struct StemPhrases<T> {
    tree: Tree<T>,
}

impl<T> Default for StemPhrases<T> {
    fn default() -> Self {
        Self { tree: Tree::new(10, 0) }
    }
}

impl<T> StemPhrases<T> {
    /// Makes room for `words`, with a filter of `1 << size` bits for the first ones.
    pub fn with_capacity(size: u32, words: usize) -> Self {
        Self { tree: Tree::new(size, words) }
    }

    /// The place of a name, to fill or change.
    pub fn entry(&mut self, name: &str) -> &mut Option<T> {
        let text = Text::of_name(name);
        let keys: Vec<u64> = keys(&text, 0, text.tokens.len()).collect();
        self.entry_of(keys)
    }

    /// The place of a name given by its keys.
    pub fn entry_of(&mut self, keys: impl IntoIterator<Item = u64>) -> &mut Option<T> {
        self.tree.entry(keys)
    }

    /// Whether it holds no name.
    pub fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// Whether a name may begin with the word of this key: surely not when false.
    #[inline]
    pub fn may_begin(&self, key: u64) -> bool {
        self.tree.may_begin(key)
    }

    /// Calls `found` for every name that starts at token `at` and stays in its sentence, with one
    /// past its last token, shortest first.
    #[inline]
    pub fn each<'s>(&'s self, text: &Text, stems: &[u64], at: usize, mut found: impl FnMut(usize, &'s T)) {
        let Some(first) = text.tokens.get(at) else { return };
        let Some(mut node) = stems.get(at).and_then(|&key| self.tree.first(key)) else { return };
        let mut i = at;
        loop {
            i += 1;
            if let Some(value) = self.tree.value(node) {
                found(i, value);
            }
            let mut skipped = 0;
            while let Some(token) = text.tokens.get(i) {
                if skipped < 3 && is_skipped(text, i, token) {
                    i += 1;
                    skipped += 1;
                } else {
                    break;
                }
            }
            match text.tokens.get(i) {
                Some(token) if token.sentence == first.sentence => match self.tree.next(node, stems[i]) {
                    Some(next) => node = next,
                    None => return,
                },
                _ => return,
            }
        }
    }
}

/// The keys of the words from token `first` to one before `end`, skipped marks left out; "&" is "and".
pub(crate) fn keys<'t>(text: &'t Text, first: usize, end: usize) -> impl Iterator<Item = u64> + 't {
    (first..end.min(text.tokens.len())).filter(|&i| !is_skipped(text, i, &text.tokens[i])).map(|i| key(text, i))
}

/// A hash of the first five letters of a token's word; 0 for one of less than four.
pub(crate) fn beginning_of(text: &Text, token: usize) -> u32 {
    text.facts(token).map_or_else(|| beginning(text.fold(token)), |facts| facts.beginning)
}

/// A hash of the first five letters of a word of four or more: what cases of a word share.
pub(crate) fn beginning(fold: &str) -> u32 {
    let mut ends = fold.char_indices().map(|(at, c)| at + c.len_utf8());
    let Some(fourth) = ends.by_ref().nth(3) else { return 0 };
    let cut = ends.next().unwrap_or(fourth);
    (hash(&fold[..cut]) >> 32) as u32 | 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(forms: &[&str]) {
        let stems: Vec<u64> = forms
            .iter()
            .map(|f| {
                let text = Text::new(f);
                key(&text, 0)
            })
            .collect();
        assert!(stems.windows(2).all(|w| w[0] == w[1]), "{forms:?}");
    }

    #[test]
    fn the_cases_of_a_word_have_one_key() {
        same(&["министерство", "Министерства", "министерством", "министерстве", "министерств"]);
        same(&["Фонд", "фонда", "фонду", "фондом", "фонде"]);
        same(&["школа", "школы", "школой", "школе", "школу"]);
        same(&["Ассоциация", "ассоциации", "ассоциацией", "ассоциаций"]);
        same(&["музей", "музея", "музею", "музеем", "музеев"]);
        same(&["мэрия", "мэрии", "мэрией", "мэрию"]);
        same(&["управление", "управления", "управлению", "управлением", "управлений"]);
        same(&["РУСАЛ", "РУСАЛа", "РУСАЛу"]);
        same(&["райисполком", "райисполкома", "райисполкомом"]);
        same(&["хаб", "хаба", "хабом", "хабе"]);
        same(&["европейский", "Европейского", "европейскому", "европейским"]);
    }

    #[test]
    fn names_are_found_in_any_case_with_or_without_marks() {
        let mut names = StemPhrases::default();
        *names.entry("Всемирный банк") = Some(1);
        *names.entry("Корпорация «Вызовы тысячелетия»") = Some(2);
        let find = |source: &str, at: usize| {
            let text = Text::new(source);
            let stems: Vec<u64> = (0..text.tokens.len()).map(|i| key(&text, i)).collect();
            let mut best = None;
            names.each(&text, &stems, at, |end, &value| best = Some((end, value)));
            best
        };
        assert_eq!(find("средства Всемирного банка", 1), Some((3, 1)));
        assert_eq!(find("Корпорацией Вызовы тысячелетия", 0), Some((3, 2)));
        assert_eq!(find("Корпорации «Вызовы тысячелетия» и", 0), Some((4, 2)));
    }
}
