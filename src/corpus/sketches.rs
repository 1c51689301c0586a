//! The sketches of many documents, packed: some 120 bytes a document and its id.

use serde::de::{self, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many bytes are asked for at a time.
const CHUNK: usize = 1 << 18;

/// Ids with their sketches, in any order.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketches {
    /// Each entry: the id's length (four bytes), the id, the sketch's length (one byte), the sketch.
    chunks: Vec<Vec<u8>>,
}

impl Sketches {
    /// Adds a document.
    pub fn push(&mut self, id: &str, packed: &[u8]) {
        let (Ok(id_length), Ok(length)) = (u32::try_from(id.len()), u8::try_from(packed.len())) else { return };
        let entry = [&id_length.to_le_bytes(), id.as_bytes(), &[length], packed].concat();
        self.append(entry);
    }

    fn append(&mut self, more: Vec<u8>) {
        match self.chunks.last_mut() {
            Some(last) if last.len() + more.len() <= CHUNK => {
                if last.capacity() < last.len() + more.len() {
                    // the first document of a sum: more will come
                    last.reserve_exact(CHUNK - last.len());
                }
                last.extend_from_slice(&more);
            }
            _ => self.chunks.push(more),
        }
    }

    /// Adds those of another part of the corpus.
    pub fn add(&mut self, other: Self) {
        other.chunks.into_iter().for_each(|chunk| self.append(chunk));
    }

    /// Every entry: the id and the sketch.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.chunks.iter().flat_map(|chunk| {
            let mut at = 0;
            std::iter::from_fn(move || {
                let (id, packed, end) = entry(chunk, at)?;
                at = end;
                Some((id, packed))
            })
        })
    }

    /// All entries in the order of their ids.
    fn in_order(&self) -> Vec<(&str, &[u8])> {
        let mut all: Vec<(&str, &[u8])> = self.iter().collect();
        all.sort_unstable();
        all
    }
}

/// The entry at a place of a chunk: id, sketch, and where the next begins.
fn entry(chunk: &[u8], at: usize) -> Option<(&str, &[u8], usize)> {
    let (length, rest) = chunk.get(at..)?.split_first_chunk::<4>()?;
    let (id, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let (length, rest) = rest.split_first()?;
    let packed = rest.get(..usize::from(*length))?;
    Some((std::str::from_utf8(id).ok()?, packed, at + 4 + id.len() + 1 + packed.len()))
}

impl PartialEq for Sketches {
    fn eq(&self, other: &Self) -> bool {
        self.in_order() == other.in_order()
    }
}

impl Eq for Sketches {}

impl Serialize for Sketches {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = self.in_order();
        let mut seq = serializer.serialize_seq(Some(all.len()))?;
        for (id, packed) in all {
            seq.serialize_element(&(id, written(packed)))?;
        }
        seq.end()
    }
}

impl<'de> Deserialize<'de> for Sketches {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Sketches;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("ids with sketches")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Sketches, A::Error> {
                let mut sketches = Sketches::default();
                while let Some((id, sketch)) = seq.next_element::<(String, String)>()? {
                    let packed = read(&sketch).ok_or_else(|| de::Error::custom("no sketch"))?;
                    sketches.push(&id, &packed);
                }
                Ok(sketches)
            }
        }
        deserializer.deserialize_seq(All)
    }
}

/// Bytes in the letters of base 64 (RFC 4648).
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A sketch as it stands in records and summaries: base 64 without padding.
pub(super) fn written(packed: &[u8]) -> String {
    let mut out = String::with_capacity(packed.len() * 4 / 3 + 3);
    for three in packed.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for letter in 0..=three.len() {
            out.push(char::from(LETTERS[(bits >> (18 - 6 * letter)) as usize & 63]));
        }
    }
    out
}

/// What [`written`] wrote.
pub(super) fn read(letters: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(letters.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in letters.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::sketch::Sketch;

    #[test]
    fn sketches_come_back_as_they_were_written() {
        let mut sketches = Sketches::default();
        let mut other = Sketches::default();
        for n in 0..3000_u32 {
            let sketch = Sketch { exact: n, words: 7, people: [n as u16].into_iter().collect(), ..Sketch::default() };
            let mut packed = Vec::new();
            sketch.pack(&mut packed);
            if n % 2 == 0 { &mut sketches } else { &mut other }.push(&format!("папка/{n}"), &packed);
        }
        sketches.add(other);
        assert_eq!(sketches.iter().count(), 3000);
        let sent: Sketches = serde_json::from_str(&serde_json::to_string(&sketches).unwrap()).unwrap();
        assert_eq!(sent, sketches);
        for (id, packed) in sent.iter() {
            assert_eq!(id, format!("папка/{}", Sketch::unpack(packed).unwrap().exact));
        }
    }

    #[test]
    fn letters_are_those_of_the_standard() {
        assert_eq!((written(b"f"), written(b"fo"), written(b"foobar")), ("Zg".into(), "Zm8".into(), "Zm9vYmFy".into()));
        assert_eq!(read("Zm9vYmFy").unwrap(), b"foobar");
        assert_eq!(read("Zg").unwrap(), b"f");
        assert_eq!(read("Z="), None);
    }
}
