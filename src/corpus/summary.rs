//! What a part of a corpus says of names and lines, small enough to keep and to send.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::hash::{BuildHasher, Hash};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::seen::{Seen, Shown};
use super::sketches::{self, Sketches};
use crate::fingerprint::fnv1a;
use crate::record::{Mention, Record};
use crate::text::Text;

/// What one or more records say. Adding is associative and commutative.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Bodies by their folded canonical names.
    pub(super) bodies: BTreeMap<String, Seen>,
    /// Folders by their hashes.
    pub(super) folders: BTreeMap<u64, Folder>,
    /// What finds copies.
    pub(super) sketches: Sketches,
}

/// What is seen of one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Folder {
    /// How many documents it has.
    pub documents: u32,
    /// In how many of them a line stands, by its hash.
    pub lines: BTreeMap<u64, u32>,
}

impl Summary {
    /// The summary of one record.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let mut summary = Self::default();
        if record.error.is_some() {
            return summary;
        }
        let lines = record.edges.iter().filter(|edge| edge.hash != 0).map(|edge| (edge.hash, 1)).collect();
        summary.folders.insert(folder(&record.id), Folder { documents: 1, lines });
        if let Some(packed) = sketches::read(&record.sketch).filter(|packed| !packed.is_empty()) {
            summary.sketches.push(&record.id, &packed);
        }
        summary.tell(&record.id, &record.mentions, &mut Told::default());
        summary
    }

    /// Adds names of a document, but for what was told of it before.
    pub(super) fn tell(&mut self, id: &str, mentions: &[Mention], told: &mut Told) {
        let mut keys: FxHashMap<&str, String> = FxHashMap::default();
        for mention in mentions.iter().filter(|m| m.kind == "organization" && m.zone != "furniture") {
            let Some(name) = mention.name.as_deref().filter(|name| !name.is_empty()) else { continue };
            let translation = is_translation(mention, name).then_some(&*mention.text);
            let (known, country, kind) = (mention.known(), mention.country.as_deref(), mention.subtype.as_deref());
            if !told.is_new((name, known, country, kind, mention.acronym(), translation)) {
                continue;
            }
            let key = keys.entry(name).or_insert_with(|| fold(name));
            if !self.bodies.contains_key(key.as_str()) {
                self.bodies.insert(key.clone(), Seen { first: id.into(), ..Seen::default() });
            }
            let Some(seen) = self.bodies.get_mut(key.as_str()) else { continue };
            if told.is_new(name) {
                *seen.names.entry(name.into()) = 1;
            }
            known.into_iter().for_each(|key| seen.known.insert(key));
            country.into_iter().for_each(|country| seen.countries.insert(country));
            kind.into_iter().for_each(|kind| seen.kinds.insert(kind));
            for (table, shown, which) in [(&mut seen.acronyms, mention.acronym(), 0), (&mut seen.translations, translation, 1)] {
                if let Some(shown) = shown.map(fold)
                    && told.is_new((&*key, &shown, which))
                {
                    *table.entry(shown.into()) = Shown::once(id);
                }
            }
        }
    }

    /// Adds what another part of the corpus says.
    pub fn add(&mut self, other: Self) {
        for (key, theirs) in other.bodies {
            match self.bodies.entry(key) {
                Entry::Occupied(mut mine) => mine.get_mut().add(theirs),
                Entry::Vacant(new) => _ = new.insert(theirs),
            }
        }
        for (key, theirs) in other.folders {
            let mine = self.folders.entry(key).or_default();
            mine.documents += theirs.documents;
            for (line, count) in theirs.lines {
                *mine.lines.entry(line).or_default() += count;
            }
        }
        self.sketches.add(other.sketches);
    }
}

/// What was told of one document, by hashes: it counts once, however many parts the document comes in.
#[derive(Default)]
pub(super) struct Told(FxHashSet<u64>);

impl Told {
    fn is_new(&mut self, what: impl Hash) -> bool {
        self.0.insert(FxBuildHasher.hash_one(what))
    }
}

/// Whether a mention is a full name in the other script than its canonical name.
fn is_translation(mention: &Mention, name: &str) -> bool {
    let cyrillic = |text: &str| text.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'));
    let latin = |text: &str| text.chars().any(|c| c.is_ascii_alphabetic());
    mention.text.split_whitespace().count() >= 2
        && (cyrillic(&mention.text) && !latin(&mention.text) && latin(name) && !cyrillic(name)
            || latin(&mention.text) && !cyrillic(&mention.text) && cyrillic(name) && !latin(name))
}

/// A name without case, quotation marks, points and articles, «города» and «имени» short: spellings of one name fold
/// to one key. An acronym keeps apart from the word that it looks like: GUARD is not the Guard.
pub(super) fn fold(name: &str) -> String {
    let key = Text::key(name);
    let is_left = |word: &&str| !matches!(*word, "\"" | "." | "," | "'" | "the");
    let mut words: Vec<&str> = key.split(' ').filter(is_left).collect();
    for word in &mut words {
        *word = match *word {
            "города" | "город" => "г",
            "имени" => "им",
            "&" => "and",
            other => other,
        };
    }
    let folded = words.join(" ");
    let is_acronym = words.len() == 1 && name.chars().count() <= 8 && !name.chars().any(char::is_lowercase);
    if is_acronym { format!("={folded}") } else { folded }
}

/// The hash of the folder that an id names.
pub(super) fn folder(id: &str) -> u64 {
    fnv1a(id.rsplit_once('/').map_or("", |(folder, _)| folder).bytes())
}

/// A line's hash in a folder.
pub(super) fn in_folder(folder: u64, line: u64) -> u64 {
    (folder.rotate_left(23) ^ line).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::record::BodyFacts;

    fn summaries() -> impl Strategy<Value = Vec<Summary>> {
        let mention = ("[ABab] (Fund|фонд)", proptest::option::of("[AB]F"), proptest::option::of("KG|UZ"), "Фонд [АБ]|Fund").prop_map(
            |(name, acronym, country, text)| Mention {
                kind: "organization".into(),
                name: Some(name.into()),
                text: text.into(),
                organization: Some(Box::new(BodyFacts { acronym: acronym.map(Into::into), ..BodyFacts::default() })),
                country: country.map(Into::into),
                zone: "body".into(),
                ..Mention::default()
            },
        );
        let record = ("[ab]/[a-z]", proptest::collection::vec(mention, 0..5)).prop_map(|(id, mentions)| Record {
            id,
            mentions,
            ..Record::default()
        });
        proptest::collection::vec(record.prop_map(|record| Summary::of(&record)), 0..8)
    }

    fn total(parts: impl IntoIterator<Item = Summary>) -> Summary {
        parts.into_iter().fold(Summary::default(), |mut sum, part| {
            sum.add(part);
            sum
        })
    }

    proptest! {
        #[test]
        fn summaries_add_up_in_any_order_and_grouping(parts in summaries(), cut in 0_usize..8) {
            let whole = total(parts.clone());
            prop_assert_eq!(&whole, &total(parts.iter().rev().cloned()));
            let cut = cut.min(parts.len());
            let grouped = [total(parts[..cut].to_vec()), total(parts[cut..].to_vec())];
            prop_assert_eq!(&whole, &total(grouped.clone()));
            prop_assert_eq!(&whole, &total(grouped.into_iter().rev()));
            let sent: Summary = serde_json::from_str(&serde_json::to_string(&whole).unwrap()).unwrap();
            prop_assert_eq!(whole, sent);
        }
    }

    #[test]
    fn spellings_of_a_name_fold_to_one() {
        assert_eq!(fold("The “Lotus” Fund"), fold("\"LOTUS\" fund"));
        assert_eq!(fold("Хокимият г. Зарафшан"), fold("Хокимият города Зарафшан"));
        assert_ne!(fold("Lotus Fund"), fold("Lotus Funds"));
        assert_ne!(fold("GUARD"), fold("Guard"));
    }
}
