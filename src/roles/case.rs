//! The case of a Russian name, as far as the endings of its first words tell.
//!
//! A name in the instrumental does something in a passive sentence, one in the nominative in an
//! active one. Acronyms and names in quotes have no endings; then nothing is excluded.

use crate::lexicon::hints::{self, Hint};

/// A grammatical case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Nominative,
    Genitive,
    Dative,
    Instrumental,
}

/// The cases that a name may stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cases {
    nominative: bool,
    genitive: bool,
    dative: bool,
    instrumental: bool,
}

const ANY: Cases = Cases { nominative: true, genitive: true, dative: true, instrumental: true };

const fn only(cases: &str) -> Cases {
    let bytes = cases.as_bytes();
    let mut found = Cases { nominative: false, genitive: false, dative: false, instrumental: false };
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'n' => found.nominative = true,
            b'g' => found.genitive = true,
            b'd' => found.dative = true,
            _ => found.instrumental = true,
        }
        i += 1;
    }
    found
}

impl Cases {
    pub fn allow(self, case: Case) -> bool {
        match case {
            Case::Nominative => self.nominative,
            Case::Genitive => self.genitive,
            Case::Dative => self.dative,
            Case::Instrumental => self.instrumental,
        }
    }

    /// What remains when the head noun of the name has the form `form` and the nominative `lemma`.
    pub fn with_head(self, form: &str, lemma: &str) -> Self {
        let same = form.chars().eq(lemma.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }));
        let kept = match (same, lemma.chars().last(), form.chars().last()) {
            (true, ..) => only("n"),
            // «фонда», «фонду», «фондом»
            (_, Some(c), Some('а' | 'я')) if !VOWELS.contains(&c) => only("g"),
            (_, Some(c), Some('у' | 'ю')) if !VOWELS.contains(&c) => only("d"),
            (_, Some(c), Some('м')) if !VOWELS.contains(&c) && !form.ends_with("ам") => only("i"),
            _ => Cases { nominative: false, ..ANY },
        };
        let both = self.both(kept);
        if both.none() { self } else { both }
    }

    fn none(self) -> bool {
        !(self.nominative || self.genitive || self.dative || self.instrumental)
    }

    fn both(self, other: Cases) -> Cases {
        Cases {
            nominative: self.nominative && other.nominative,
            genitive: self.genitive && other.genitive,
            dative: self.dative && other.dative,
            instrumental: self.instrumental && other.instrumental,
        }
    }
}

const VOWELS: [char; 9] = ['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'];

/// Endings of adjectives and nouns with the cases they show, longest first.
const ENDINGS: [(&str, Cases); 45] = [
    ("статком", only("n")),
    ("избирком", only("n")),
    ("горком", only("n")),
    ("обком", only("n")),
    ("профком", only("n")),
    ("спорткомитет", only("n")),
    ("исполком", only("n")),
    ("райком", only("n")),
    ("музей", only("n")),
    ("лицей", only("n")),
    ("фонда", only("g")),
    ("банка", only("g")),
    ("центра", only("g")),
    ("института", only("g")),
    ("комитета", only("g")),
    ("ского", only("g")),
    ("скому", only("d")),
    ("ство", only("n")),
    ("ства", only("ng")),
    ("ству", only("d")),
    ("ством", only("i")),
    ("ого", only("g")),
    ("его", only("g")),
    ("ому", only("d")),
    ("ему", only("d")),
    ("ыми", only("i")),
    ("ими", only("i")),
    ("ами", only("i")),
    ("ями", only("i")),
    ("ией", only("i")),
    ("ый", only("n")),
    ("ий", only("ng")),
    ("ая", only("n")),
    ("яя", only("n")),
    ("ое", only("n")),
    ("ые", only("n")),
    ("ия", only("ng")),
    ("ии", only("gd")),
    ("ым", only("id")),
    ("им", only("id")),
    ("ом", only("i")),
    ("ем", only("i")),
    ("ую", only("")),
    ("ой", only("gdi")),
    ("ей", only("gdi")),
];

/// The cases of one word in lower case.
fn of_word(word: &str) -> Cases {
    if word.chars().count() < 4 || !word.chars().all(|c| ('а'..='я').contains(&c)) {
        return ANY;
    }
    let mut best = ANY;
    let mut length = 0;
    for (ending, cases) in ENDINGS {
        if ending.len() > length && (word.len() > ending.len() + 2 || ending.len() > 8) && word.ends_with(ending) {
            (best, length) = (cases, ending.len());
        }
    }
    if length > 0 {
        return best;
    }
    match word.chars().last() {
        Some('у' | 'ю') => only("d"),
        _ if hints::is(word, Hint::BODY_HEAD) => only("n"),
        _ => ANY,
    }
}

/// The cases that a name may stand in, by its first two words, given with their capitals gone.
pub(super) fn of_name<'t>(mut words: impl Iterator<Item = (&'t str, bool)>) -> Cases {
    let Some((first, upper)) = words.next() else { return ANY };
    if upper {
        return ANY;
    }
    let cases = of_word(first);
    // an adjective agrees with its noun: «Всемирным банком»
    let adjective = ["ый", "ий", "ой", "ая", "ое", "ого", "ому", "ым", "им", "его", "ему"].iter().any(|e| first.ends_with(e));
    let mut cases = cases;
    if !adjective {
        return cases;
    }
    // on to the noun: «Государственной пограничной службе»
    for (word, upper) in words.take(3) {
        if upper {
            break;
        }
        let again = ["ый", "ий", "ой", "ая", "ое", "ого", "ому", "ым", "им", "его", "ему"].iter().any(|e| word.ends_with(e));
        let feminine = first.ends_with("ой") || first.ends_with("ей");
        let noun = match word.chars().last() {
            Some('е') if feminine => only("d"),
            Some('ы' | 'и') if feminine => only("g"),
            _ => of_word(word),
        };
        let agreed = cases.both(noun);
        if !agreed.none() {
            cases = agreed;
        }
        if !again {
            break;
        }
    }
    cases
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(name: &str) -> Cases {
        of_name(name.split(' ').map(|w| (w, w.len() < 9 && w.chars().all(char::is_uppercase))))
    }

    #[test]
    fn names_show_their_case() {
        assert!(cases("всемирным банком").allow(Case::Instrumental));
        assert!(!cases("всемирным банком").allow(Case::Nominative));
        assert!(cases("министерство юстиции").allow(Case::Nominative));
        assert!(!cases("министерству юстиции").allow(Case::Nominative));
        assert!(!cases("министерство юстиции").allow(Case::Instrumental));
        assert!(!cases("государственной пограничной службе").allow(Case::Instrumental));
        assert!(cases("государственной пограничной службой").allow(Case::Instrumental));
        assert!(cases("нацстатком").allow(Case::Nominative));
        assert!(cases("фонд развития").allow(Case::Nominative));
        assert!(cases("ПРООН").allow(Case::Instrumental));
        assert!(!cases("международного фонда").allow(Case::Nominative));
    }
}
