//! Names of one body with a typing error: long names that differ by one letter in one word.
//!
//! Names are brought together by all their words but one, so that a list of a thousand bodies is read in the
//! time of its length; where very many have those words ("Water Fund"), by the other word without one of its
//! letters: two words that are one letter apart share such a rest (Mor and Fraenkel 1982).

use rustc_hash::{FxHashMap, FxHashSet};

use super::groups::Groups;
use super::identity::Name;
use crate::text::{Kind, Text};

/// So many names are compared each with each; of more, those that may fit are looked up.
const FEW: usize = 100;

/// So many names with the same words but one are compared each with each.
const ALIKE: usize = 16;

/// Shorter words are as often two words as one with an error, in characters.
const LETTERS: usize = 6;

/// Joins long names that differ by one letter in one word.
pub(super) fn typing_errors(text: &Text, names: &[Name], groups: &mut Groups) {
    let near = (names.len() > FEW).then(|| Near::of(text, names, groups));
    for (i, a) in names.iter().enumerate().filter(|(_, name)| is_long(name)) {
        let compare = |j: usize, groups: &mut Groups| {
            let b = &names[j];
            if a.keys.len() != b.keys.len() || groups.find(i) == groups.find(j) {
                return;
            }
            let mut differ = a.keys.iter().zip(&b.keys).enumerate().filter(|(_, (x, y))| x != y).map(|(k, _)| k);
            if let (Some(k), None) = (differ.next(), differ.next()) {
                let (x, y) = (word(text, a, k), word(text, b, k));
                if x.chars().nth(LETTERS - 1).is_some() && one_letter_apart(x, y) {
                    groups.join(i, j, "identity/typing-error");
                }
            }
        };
        match &near {
            None => (i + 1..names.len()).for_each(|j| compare(j, groups)),
            Some(near) => near.after(text, names, i).into_iter().for_each(|j| compare(j, groups)),
        }
    }
}

fn is_long(name: &Name) -> bool {
    name.keys.len() >= 3
}

/// A word of a name; nothing where it has fewer.
fn word<'t>(text: &'t Text, name: &Name, number: usize) -> &'t str {
    let word = (name.first..name.end).filter(|&at| text.tokens[at].kind == Kind::Word).nth(number);
    word.map(|at| text.fold(at)).unwrap_or_default()
}

/// Names by what they share when they differ in one word.
struct Near {
    /// By all words but one: names that differ in that word, and its number.
    by_others: FxHashMap<u64, (usize, Vec<usize>)>,
    /// Of lists with many names: hashes of the list and of the word without a letter, with the name; sorted.
    by_rest: Vec<(u64, usize)>,
}

impl Near {
    fn of(text: &Text, names: &[Name], groups: &mut Groups) -> Self {
        let mut by_others: FxHashMap<u64, (usize, Vec<usize>)> = FxHashMap::default();
        let mut seen: FxHashSet<(u64, usize, &str)> = FxHashSet::default();
        for (i, name) in names.iter().enumerate().filter(|(_, name)| is_long(name)) {
            let group = groups.find(i);
            for k in 0..name.keys.len() {
                let others = but_one(name, k);
                let word = word(text, name, k);
                // what is joined and written alike already is compared once; a word that may only be the later one of
                // two, each time
                if seen.insert((others, group, word)) || word.chars().count() < LETTERS {
                    by_others.entry(others).or_insert_with(|| (k, Vec::new())).1.push(i);
                }
            }
        }
        let mut by_rest = Vec::new();
        for (others, (k, list)) in by_others.iter().filter(|(_, (_, list))| list.len() > ALIKE) {
            for &i in list {
                by_rest.extend(rests(word(text, &names[i], *k)).map(|rest| (mixed(*others, rest), i)));
            }
        }
        by_rest.sort_unstable();
        Self { by_others, by_rest }
    }

    /// Names behind one that may differ from it by one letter, in order.
    fn after(&self, text: &Text, names: &[Name], i: usize) -> Vec<usize> {
        let mut near = Vec::new();
        for k in 0..names[i].keys.len() {
            let others = but_one(&names[i], k);
            let Some((_, list)) = self.by_others.get(&others) else { continue };
            // where one that is written alike stands before, that one is compared
            let Some(behind) = list[list.partition_point(|&j| j < i)..].strip_prefix(&[i]) else { continue };
            if list.len() <= ALIKE {
                near.extend_from_slice(behind);
                continue;
            }
            for rest in rests(word(text, &names[i], k)) {
                let key = mixed(others, rest);
                let first = self.by_rest.partition_point(|entry| *entry <= (key, i));
                near.extend(self.by_rest[first..].iter().take_while(|entry| entry.0 == key).map(|entry| entry.1));
            }
        }
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// The hash of all words of a name but one.
fn but_one(name: &Name, k: usize) -> u64 {
    let others = name.keys.iter().enumerate().filter(|&(at, _)| at != k);
    others.fold(((name.keys.len() << 8) | k) as u64, |hash, (_, key)| mixed(hash, *key))
}

fn mixed(hash: u64, with: u64) -> u64 {
    (hash.rotate_left(5) ^ with).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Hashes of a word and of it without each of its letters; none of a word that is too short.
fn rests(word: &str) -> impl Iterator<Item = u64> {
    let long = word.chars().nth(LETTERS - 2).is_some();
    let without = move |skipped: usize| {
        let letters = word.chars().enumerate().filter(move |(at, _)| *at != skipped);
        letters.fold(0, |hash, (_, c)| mixed(hash, u64::from(u32::from(c))))
    };
    let count = if long { word.chars().count() + 1 } else { 0 };
    (0..count).map(without)
}

/// Whether two words differ by one letter that is another one or is missing.
fn one_letter_apart(a: &str, b: &str) -> bool {
    let (mut x, mut y) = (a.chars(), b.chars());
    loop {
        let (rest_x, rest_y) = (x.as_str(), y.as_str());
        match (x.next(), y.next()) {
            (Some(c), Some(d)) if c == d => {}
            // words of one form that a boundary told apart are no typing error
            (None, None) => return false,
            _ => return x.as_str() == y.as_str() || rest_x == y.as_str() || x.as_str() == rest_y,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_another_or_missing() {
        for (a, b) in [("развития", "развитя"), ("Sharing", "Shaking"), ("fund", "funds"), ("a", "")] {
            assert!(one_letter_apart(a, b) && one_letter_apart(b, a), "{a} {b}");
        }
        for (a, b) in [("fund", "fund"), ("abc", "acb"), ("fund", "fundss"), ("", "")] {
            assert!(!one_letter_apart(a, b) && !one_letter_apart(b, a), "{a} {b}");
        }
    }

    fn name(number: usize) -> Name {
        let first = number * 4;
        Name { mention: number, first, end: first + 3, keys: Vec::new(), row: None, maybe: None, shared: None, head: None }
    }

    /// Names of three words a line.
    fn joined(lines: &[String]) -> Vec<usize> {
        let source = lines.join(".\n");
        let text = Text::new(&source);
        let keys = |name: &Name| (name.first..name.end).map(|at| text.tokens[at].hash).collect();
        let names: Vec<Name> = (0..lines.len()).map(name).map(|name| Name { keys: keys(&name), ..name }).collect();
        let mut groups = Groups::new(&names);
        super::super::groups::same_words(&names, &mut groups);
        typing_errors(&text, &names, &mut groups);
        (0..names.len()).map(|i| groups.find(i)).collect()
    }

    #[test]
    fn what_is_looked_up_is_what_comparing_each_with_each_finds() {
        let words = ["harvest", "harvst", "harbest", "harvests", "market", "markets", "marked", "school", "scholl", "lake", "lakes"];
        for ends in [2, 5] {
            // few enough to be compared, then the same behind many others
            let lines: Vec<String> = (0..40).map(|n| format!("Green {} Fund{}", words[n * 7 % words.len()], n % ends)).collect();
            let few = joined(&lines);
            let others = (0..FEW * 2).map(|n| format!("Blue {}{n} Fund", "x".repeat(n % 40 + 9)));
            let many = joined(&lines.iter().cloned().chain(others).collect::<Vec<_>>());
            assert_eq!(many[..40], few);
            assert!(few.iter().enumerate().any(|(i, group)| i != *group));
        }
    }
}
