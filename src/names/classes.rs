//! Word classes: words that stand among the same neighbours, learnt from unmarked text.
//!
//! A word that no marked text holds is still known by its company: "Ms. Holm told", "in Arlit".
//! The words of a language are parted into 255 classes so that a word's class tells as much as it
//! can about the tokens beside it (mutual information of class and neighbour, raised by moving one
//! word at a time: the exchange algorithm of Kneser and Ney, Eurospeech 1993, with neighbours on
//! both sides). A word with a capital and the same word without are two; words that open a
//! sentence are neighbours but not counted themselves, since their capital says nothing.
//!
//! English only: classes from the few megabytes of Russian text that may be used here made the
//! Russian model no better, where endings say most of what a class would.
//!
//! `dateline train --classes` makes `data/generated/classes.en.bin`, which [`classes`](mod@crate::lexicon::classes) reads.

use rustc_hash::FxHashMap;

use crate::lexicon::classes::key;
use crate::text::{Case, Kind, Script, Text, Token, is_russian};

/// Number of classes; class 0 is that of unknown words.
const CLASSES: usize = 256;
/// A word that is met less often has no class.
const LEAST: u32 = 4;
/// Neighbours that are told apart on each side; rarer ones count by their shape.
const NEIGHBOURS: usize = 4000;
/// How often every word may move.
const ROUNDS: usize = 6;

fn has_capital(token: &Token) -> bool {
    matches!(token.case, Case::Title | Case::Upper | Case::Mixed)
}

/// Stands for all rarer words of a shape.
fn shape_key(token: &Token) -> u32 {
    match (token.kind, token.case) {
        (Kind::Number, _) => 1,
        (Kind::Mark, _) => 2,
        (_, Case::Lower | Case::None) => 3,
        (_, Case::Upper) => 4,
        _ => 5,
    }
}

/// The edge of a sentence.
const EDGE: u32 = 6;

/// Words with the neighbours that they were met with.
#[derive(Debug, Default)]
struct Counts {
    /// Times met, by the word's key.
    words: FxHashMap<u32, u32>,
    /// Word, neighbour, the neighbour's shape; the side in the lowest bit of the shape.
    pairs: Vec<(u32, u32, u32)>,
    /// Times met as a neighbour.
    neighbours: FxHashMap<u32, u32>,
}

/// The bytes of the table of classes.
#[must_use]
pub fn learn<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut counts = Counts::default();
    for source in texts {
        count(&Text::new(source), &mut counts);
    }
    let words = common(&counts.words, LEAST, usize::MAX);
    let neighbours = common(&counts.neighbours, LEAST, NEIGHBOURS);
    let company = company(&counts, &words, &neighbours);
    let classes = exchange(&company, 2 * (neighbours.len() + EDGE as usize + 1));
    let mut table: Vec<(u32, u8)> = words.iter().map(|(&word, &n)| (word, classes[n])).collect();
    table.sort_unstable();
    let mut bytes: Vec<u8> = table.iter().flat_map(|(word, _)| word.to_le_bytes()).collect();
    bytes.extend(table.iter().map(|(_, class)| class));
    bytes
}

fn count(text: &Text, counts: &mut Counts) {
    for sentence in &text.sentences {
        let (first, last) = (sentence.tokens.0 as usize, sentence.tokens.1 as usize);
        if is_russian(&text.tokens[first..last]) {
            continue;
        }
        let beside = |i: usize| match text.tokens.get(i).filter(|_| (first..last).contains(&i)) {
            Some(token) => (key(text.fold(i), i > first && has_capital(token)), shape_key(token)),
            None => (0, EDGE),
        };
        for i in first..last {
            let token = &text.tokens[i];
            let (neighbour, _) = beside(i);
            *counts.neighbours.entry(neighbour).or_default() += 1;
            if token.kind != Kind::Word || token.script != Script::Latin || i == first {
                continue;
            }
            let word = key(text.fold(i), has_capital(token));
            *counts.words.entry(word).or_default() += 1;
            for (side, at) in [i.wrapping_sub(1), i + 1].into_iter().enumerate() {
                let (neighbour, shape) = beside(at);
                counts.pairs.push((word, neighbour, shape << 1 | side as u32));
            }
        }
    }
}

/// The most common keys, numbered from the most common one.
fn common(counts: &FxHashMap<u32, u32>, least: u32, most: usize) -> FxHashMap<u32, usize> {
    let mut all: Vec<(u32, u32)> = counts.iter().filter(|(_, n)| **n >= least).map(|(&key, &n)| (n, key)).collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.truncate(most);
    all.into_iter().enumerate().map(|(n, (_, key))| (key, n)).collect()
}

/// For each word its neighbours and how often it was met with them.
fn company(counts: &Counts, words: &FxHashMap<u32, usize>, neighbours: &FxHashMap<u32, usize>) -> Vec<Vec<(u32, u32)>> {
    let mut all: Vec<(u32, u32)> = counts
        .pairs
        .iter()
        .filter_map(|&(word, neighbour, shape)| {
            let word = *words.get(&word)? as u32;
            let number = neighbours.get(&neighbour).map_or((shape >> 1) as usize, |n| n + EDGE as usize + 1);
            Some((word, number as u32 * 2 + (shape & 1)))
        })
        .collect();
    all.sort_unstable();
    let mut company: Vec<Vec<(u32, u32)>> = vec![Vec::new(); words.len()];
    for (word, neighbour) in all {
        match company[word as usize].last_mut() {
            Some(last) if last.0 == neighbour => last.1 += 1,
            _ => company[word as usize].push((neighbour, 1)),
        }
    }
    company
}

/// `x ln x`, from a table where `x` is small.
struct Entropy(Vec<f64>);

impl Entropy {
    fn new() -> Self {
        Self((0..1 << 16).map(|x: u32| if x == 0 { 0.0 } else { f64::from(x) * f64::from(x).ln() }).collect())
    }

    fn of(&self, x: u32) -> f64 {
        self.0.get(x as usize).copied().unwrap_or_else(|| f64::from(x) * f64::from(x).ln())
    }
}

/// Moves each word, the most common first, to the class where its company fits best.
fn exchange(company: &[Vec<(u32, u32)>], neighbours: usize) -> Vec<u8> {
    let entropy = Entropy::new();
    let mut met = vec![[0u32; CLASSES]; neighbours];
    let mut sizes = [0u32; CLASSES];
    let mut classes: Vec<u8> = (0..company.len()).map(|n| (1 + n % (CLASSES - 1)) as u8).collect();
    let size = |word: &[(u32, u32)]| word.iter().map(|(_, n)| n).sum::<u32>();
    for (word, &class) in company.iter().zip(&classes) {
        sizes[class as usize] += size(word);
        for &(neighbour, n) in word {
            met[neighbour as usize][class as usize] += n;
        }
    }
    for _ in 0..ROUNDS {
        let mut moved = 0;
        for (word, class) in company.iter().zip(&mut classes) {
            let own = *class as usize;
            let total = size(word);
            sizes[own] -= total;
            let mut gain = [0.0f64; CLASSES];
            for &(neighbour, n) in word {
                let row = &mut met[neighbour as usize];
                row[own] -= n;
                for (gain, &here) in gain.iter_mut().zip(row.iter()) {
                    *gain += entropy.of(here + n) - entropy.of(here);
                }
            }
            for (gain, &here) in gain.iter_mut().zip(&sizes) {
                *gain -= entropy.of(here + total) - entropy.of(here);
            }
            let best = (1..CLASSES).max_by(|&a, &b| gain[a].total_cmp(&gain[b]).then(b.cmp(&a))).unwrap_or(own);
            moved += usize::from(best != own);
            *class = best as u8;
            sizes[best] += total;
            for &(neighbour, n) in word {
                met[neighbour as usize][best] += n;
            }
        }
        if moved * 200 < company.len() {
            break;
        }
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::classes::find;

    #[test]
    fn words_of_the_same_company_share_a_class() {
        let mut text = String::new();
        for (i, name) in ["Anna", "Maria", "Helen"].iter().cycle().take(60).enumerate() {
            text.push_str(&format!(
                "Yesterday {name} told us of sheep in village number {i}. We ate a {} in peace. ",
                ["pear", "plum"][i % 2]
            ));
        }
        let table = learn(std::iter::once(text.as_str()));
        let class = |word: &str, capital| find(&table, key(word, capital), (0, table.len() / 5));
        assert_eq!(class("anna", true), class("helen", true));
        assert_eq!(class("pear", false), class("plum", false));
        assert_ne!(class("anna", true), class("pear", false));
        assert_eq!(class("unheard", false), 0);
    }
}
