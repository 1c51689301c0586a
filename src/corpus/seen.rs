//! What is seen of one name over documents, small in memory and as bytes.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What is seen of one canonical name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Seen {
    /// How each spelling of the name is spread, in documents.
    pub names: Table<u64>,
    /// Its keys in the table of known bodies.
    pub known: Set,
    /// Countries that its documents give it.
    pub countries: Set,
    /// Its kinds, where documents give them.
    pub kinds: Set,
    /// Its acronyms, folded.
    pub acronyms: Table<Shown>,
    /// Full names in the other script that a document says to be the same, folded.
    pub translations: Table<Shown>,
    /// The first in order of the documents that have it.
    pub first: Box<str>,
}

/// How many documents show something, and which of them is the first in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shown {
    pub documents: u64,
    pub first: Box<str>,
}

impl Shown {
    pub fn once(document: &str) -> Self {
        Self { documents: 1, first: document.into() }
    }

    fn add(&mut self, other: Self) {
        self.documents += other.documents;
        if self.first.is_empty() || !other.first.is_empty() && other.first < self.first {
            self.first = other.first;
        }
    }
}

impl Seen {
    /// Adds what another part of the corpus has seen.
    pub fn add(&mut self, other: Self) {
        for (name, count) in other.names.0 {
            *self.names.entry(name) += count;
        }
        for (mine, theirs) in [(&mut self.acronyms, other.acronyms), (&mut self.translations, other.translations)] {
            for (name, shown) in theirs.0 {
                mine.entry(name).add(shown);
            }
        }
        if self.first.is_empty() || other.first < self.first {
            self.first = other.first;
        }
        self.kinds.add(other.kinds);
        self.known.add(other.known);
        self.countries.add(other.countries);
    }

    /// The bytes that are kept.
    pub fn pack(&self, out: &mut Vec<u8>) {
        let names = |names: &[Box<str>], out: &mut Vec<u8>| {
            number(names.len() as u64, out);
            names.iter().for_each(|name| word(name, out));
        };
        number(self.names.0.len() as u64, out);
        for (name, count) in &self.names.0 {
            word(name, out);
            number(*count, out);
        }
        [&self.known, &self.countries, &self.kinds].into_iter().for_each(|set| names(&set.0, out));
        for table in [&self.acronyms, &self.translations] {
            number(table.0.len() as u64, out);
            for (name, shown) in &table.0 {
                word(name, out);
                number(shown.documents, out);
                word(&shown.first, out);
            }
        }
        word(&self.first, out);
    }

    /// What [`Seen::pack`] made; none of bytes that it did not make.
    pub fn unpack(mut bytes: &[u8]) -> Option<Self> {
        let from = &mut bytes;
        let set = |from: &mut &[u8]| -> Option<Set> { (0..read_number(from)?).map(|_| read_word(from)).collect::<Option<_>>().map(Set) };
        let shown = |from: &mut &[u8]| -> Option<Table<Shown>> {
            let entry = |from: &mut &[u8]| {
                let (name, documents, first) = (read_word(from)?, read_number(from)?, read_word(from)?);
                Some((name, Shown { documents, first }))
            };
            (0..read_number(from)?).map(|_| entry(from)).collect::<Option<_>>().map(Table)
        };
        let names = (0..read_number(from)?).map(|_| Some((read_word(from)?, read_number(from)?))).collect::<Option<_>>().map(Table)?;
        let (known, countries, kinds) = (set(from)?, set(from)?, set(from)?);
        let (acronyms, translations) = (shown(from)?, shown(from)?);
        Some(Self { names, known, countries, kinds, acronyms, translations, first: read_word(from)? })
    }
}

/// A number in as few bytes of seven bits as it needs (LEB128).
fn number(mut value: u64, out: &mut Vec<u8>) {
    while value > 0x7f {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn word(word: &str, out: &mut Vec<u8>) {
    number(word.len() as u64, out);
    out.extend_from_slice(word.as_bytes());
}

fn read_number(from: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = from.split_first()?;
        *from = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn read_word(from: &mut &[u8]) -> Option<Box<str>> {
    let length = usize::try_from(read_number(from)?).ok()?;
    let (word, rest) = from.split_at_checked(length)?;
    *from = rest;
    std::str::from_utf8(word).ok().map(Into::into)
}

/// Names with a value each, in order. There are one or two as a rule, for which a tree is large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table<V>(Vec<(Box<str>, V)>);

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V: Default> Table<V> {
    /// The value of a name, which is added where it is not known.
    pub fn entry(&mut self, name: Box<str>) -> &mut V {
        let at = self.0.binary_search_by(|(known, _)| known.cmp(&name)).unwrap_or_else(|at| {
            if self.0.is_empty() {
                self.0.reserve_exact(1);
            }
            self.0.insert(at, (name, V::default()));
            at
        });
        &mut self.0[at].1
    }
}

impl<V> Table<V> {
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<V: Serialize> Serialize for Table<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de, V: Deserialize<'de> + Default> Deserialize<'de> for Table<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de> + Default> Visitor<'de> for All<V> {
            type Value = Table<V>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("names with values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Table<V>, A::Error> {
                let mut table = Table::default();
                while let Some((name, value)) = map.next_entry::<Box<str>, V>()? {
                    *table.entry(name) = value;
                }
                Ok(table)
            }
        }
        deserializer.deserialize_map(All(PhantomData))
    }
}

/// Words, in order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Box<str>>")]
pub(super) struct Set(Vec<Box<str>>);

impl From<Vec<Box<str>>> for Set {
    fn from(mut words: Vec<Box<str>>) -> Self {
        words.sort_unstable();
        words.dedup();
        Self(words)
    }
}

impl Set {
    pub fn insert(&mut self, word: &str) {
        if let Err(at) = self.0.binary_search_by(|known| (**known).cmp(word)) {
            if self.0.is_empty() {
                self.0.reserve_exact(1);
            }
            self.0.insert(at, word.into());
        }
    }

    pub fn add(&mut self, other: Self) {
        other.0.iter().for_each(|word| self.insert(word));
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen() -> Seen {
        let mut seen = Seen { first: "a/1".into(), ..Seen::default() };
        for name in ["Lotus Fund", "LOTUS FUND"] {
            *seen.names.entry(name.into()) += 300;
        }
        seen.countries.insert("KG");
        seen.acronyms.entry("=lf".into()).add(Shown::once("a/1"));
        seen
    }

    #[test]
    fn what_is_seen_comes_back_from_its_bytes() {
        let mut packed = Vec::new();
        seen().pack(&mut packed);
        assert_eq!(Seen::unpack(&packed), Some(seen()));
        for cut in 0..packed.len() {
            assert_eq!(Seen::unpack(&packed[..cut]), None);
        }
        let sent = serde_json::to_string(&seen()).unwrap();
        assert_eq!(serde_json::from_str::<Seen>(&sent).unwrap(), seen());
    }

    #[test]
    fn tables_and_sets_are_in_order() {
        assert_eq!(seen().names.keys().collect::<Vec<_>>(), ["LOTUS FUND", "Lotus Fund"]);
        let mut set = Set::default();
        ["b", "a", "b"].into_iter().for_each(|word| set.insert(word));
        assert_eq!(set, Set::from(vec!["b".into(), "a".into()]));
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["a","b"]"#);
    }
}
