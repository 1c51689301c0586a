//! Each text once, under a number: names, sentences and ids repeat over a corpus.

use rustc_hash::FxHashMap;

use crate::fingerprint::fnv1a;

/// The number of a text; 0 is the empty one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(u32);

impl Text {
    /// Whether it is the empty text, which stands for nothing known.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The text itself as an index: texts are numbered as they come.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Texts by number, in one string.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    all: String,
    /// Where each ends, from number 1.
    ends: Vec<usize>,
    /// Numbers by hash; a second text of one hash stands under the next free one.
    numbers: FxHashMap<u64, u32>,
}

impl Texts {
    /// The number of a text, given once and kept. White space at its ends does not count, and inside
    /// it counts as one space.
    pub fn add(&mut self, text: &str) -> Text {
        let is_clean = !text.contains(['\n', '\t', '\r', '\u{a0}']) && !text.contains("  ") && text.trim().len() == text.len();
        if is_clean { self.raw(text) } else { self.raw(&text.split_whitespace().collect::<Vec<_>>().join(" ")) }
    }

    /// The number of a text as it is: ids may hold any white space.
    pub fn raw(&mut self, text: &str) -> Text {
        if text.is_empty() {
            return Text(0);
        }
        let mut hash = fnv1a(text.bytes());
        loop {
            match self.numbers.get(&hash) {
                Some(&number) if self.get(Text(number)) == text => return Text(number),
                Some(_) => hash = hash.wrapping_add(1),
                None => break,
            }
        }
        self.all.push_str(text);
        self.ends.push(self.all.len());
        // four billion texts do not fit into memory
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.numbers.insert(hash, number);
        Text(number)
    }

    /// The number of a text that may be known already.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Text> {
        if text.is_empty() {
            return Some(Text(0));
        }
        let mut hash = fnv1a(text.bytes());
        loop {
            match self.numbers.get(&hash) {
                Some(&number) if self.get(Text(number)) == text => return Some(Text(number)),
                Some(_) => hash = hash.wrapping_add(1),
                None => return None,
            }
        }
    }

    /// The text of a number.
    #[must_use]
    pub fn get(&self, text: Text) -> &str {
        let Some(at) = text.index().checked_sub(1) else { return "" };
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|&end| self.all.get(start..end)).unwrap_or_default()
    }

    /// How many numbers there are, the empty text among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len() + 1
    }

    /// Whether there is only the empty text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_number() {
        let mut texts = Texts::default();
        let numbers = ["", "Osh", "Ош", "Osh", " a\n b "].map(|text| texts.add(text));
        assert_eq!(numbers[1], numbers[3]);
        assert_eq!(numbers.map(|number| texts.get(number).to_string()), ["", "Osh", "Ош", "Osh", "a b"]);
        assert_eq!((texts.find("Ош"), texts.find("Naryn")), (Some(numbers[2]), None));
    }
}
