//! What grows with a text — mentions, sentences, furniture — of a record too long to be held: in parts,
//! each packed, of which one at a time is unpacked.
//!
//! A list of ten megabytes has a million mentions, and a mention takes some three hundred bytes as it
//! stands in a [`Record`]; packed it takes ten. A part ends where a sentence ends, so that it holds the
//! sentence of each of its mentions.

use std::hash::BuildHasher;
use std::io;

use rustc_hash::FxHashSet;
use zstd::bulk::Compressor;

use super::packed::{In, Out};
use super::{FurnitureWhy, Mention, Record, Sentence, Stretch};

/// Sentences of a part: some hundred kilobytes with all that stands in them.
const SENTENCES: usize = 1000;

/// The lists of a record, apart from it: [`Record::mentions`], [`Record::sentences`],
/// [`Record::furniture`] and [`Record::furniture_why`], which are empty in the record itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    parts: Vec<Part>,
}

/// The lists of a stretch of the text, each packed by itself: a line of JSON has them one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    /// The code point before which it ends.
    end: usize,
    mentions: Packed,
    furniture: Packed,
    sentences: Packed,
}

/// Compressed bytes, and how many they are when they are not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Packed {
    length: usize,
    bytes: Box<[u8]>,
}

/// The furniture of a part and why it is.
type Furniture = (Vec<Stretch>, Vec<FurnitureWhy>);

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

impl Packed {
    /// Whether nothing was packed; what is packed has its count at least.
    fn is_empty(&self) -> bool {
        self.length <= 1
    }

    fn unpack<T>(&self, read: impl Fn(&mut In) -> Option<T>) -> io::Result<T> {
        let bytes = zstd::bulk::decompress(&self.bytes, self.length)?;
        read(&mut In(&bytes)).ok_or_else(damaged)
    }
}

/// Packs one list after another.
struct Packer {
    out: Out,
    compressor: io::Result<Compressor<'static>>,
}

impl Packer {
    fn new() -> Self {
        Self { out: Out::default(), compressor: Compressor::new(1) }
    }

    fn pack(&mut self, write: impl FnOnce(&mut Out)) -> Packed {
        self.out.0.clear();
        write(&mut self.out);
        // memory does not fail, and nothing else can
        let bytes = self.compressor.as_mut().ok().and_then(|compressor| compressor.compress(&self.out.0).ok()).unwrap_or_default();
        Packed { length: self.out.0.len(), bytes: bytes.into() }
    }

    fn mentions(&mut self, mentions: &[Mention]) -> Packed {
        self.pack(|out| out.mentions(mentions))
    }

    fn furniture(&mut self, (stretches, whys): (&[Stretch], &[FurnitureWhy])) -> Packed {
        self.pack(|out| out.furniture(stretches, whys))
    }
}

impl Parts {
    /// Whether there are none: the record has its lists itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Roughly how many bytes they keep in memory.
    #[must_use]
    pub fn size(&self) -> usize {
        self.parts.iter().flat_map(|part| [&part.mentions, &part.furniture, &part.sentences]).map(|packed| packed.bytes.len()).sum()
    }

    /// Takes the lists of a record; they stand behind those taken before, and end before this code point.
    pub fn take(&mut self, record: &mut Record, end: usize) {
        let (mentions, sentences) = (std::mem::take(&mut record.mentions), std::mem::take(&mut record.sentences));
        let (stretches, whys) = (std::mem::take(&mut record.furniture), std::mem::take(&mut record.furniture_why));
        let (mut mentions, mut stretches, mut whys) = (&*mentions, &*stretches, &*whys);
        let mut sentences = sentences.chunks(SENTENCES).peekable();
        let mut packer = Packer::new();
        loop {
            let own = sentences.next().unwrap_or_default();
            let next = sentences.peek().and_then(|next| next.first()).map(|sentence| sentence.start);
            let own_mentions = split(&mut mentions, next, |m| m.sentence[0]);
            let furniture = (split(&mut stretches, next, |stretch| stretch[0]), split(&mut whys, next, |why| why.start));
            self.parts.push(Part {
                end: next.unwrap_or(end),
                mentions: packer.mentions(own_mentions),
                furniture: packer.furniture(furniture),
                sentences: packer.pack(|out| out.sentences(own)),
            });
            if next.is_none() {
                return;
            }
        }
    }

    /// The mentions, some at a time.
    pub(crate) fn mentions(&self) -> impl Iterator<Item = io::Result<Vec<Mention>>> {
        self.parts.iter().filter(|part| !part.mentions.is_empty()).map(|part| part.mentions.unpack(|from| from.mentions()))
    }

    /// The sentences, some at a time.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = io::Result<Vec<Sentence>>> {
        self.parts.iter().filter(|part| !part.sentences.is_empty()).map(|part| part.sentences.unpack(|from| from.sentences()))
    }

    /// The furniture, some at a time.
    pub(crate) fn furniture(&self) -> impl Iterator<Item = io::Result<Furniture>> {
        self.parts.iter().filter(|part| part.furniture.length > NO_FURNITURE).map(|part| part.furniture.unpack(|from| from.furniture()))
    }

    /// Part after part as a record that has what the whole tells of each mention: id, language, day.
    pub(crate) fn records(&self, whole: &Record) -> impl Iterator<Item = io::Result<Record>> {
        let (id, language, published) = (&whole.id, &whole.language, &whole.published);
        self.parts.iter().filter(|part| !part.mentions.is_empty()).map(move |part| {
            Ok(Record {
                id: id.clone(),
                language: language.clone(),
                published: published.clone(),
                mentions: part.mentions.unpack(|from| from.mentions())?,
                sentences: part.sentences.unpack(|from| from.sentences())?,
                ..Record::default()
            })
        })
    }

    /// Shows each part's mentions, and those of the `stretches` that lie in it, to `change`; it says whether
    /// it changed them. The stretches become furniture, of a class and by a rule.
    pub(crate) fn change(
        &mut self,
        mut stretches: &[FurnitureWhy],
        mut change: impl FnMut(&mut [Mention], &[FurnitureWhy]) -> bool,
    ) -> io::Result<()> {
        let mut packer = Packer::new();
        let last = self.parts.len().saturating_sub(1);
        for (number, part) in self.parts.iter_mut().enumerate() {
            let own = split(&mut stretches, Some(part.end).filter(|_| number < last), |why| why.start);
            if !part.mentions.is_empty() {
                let mut mentions = part.mentions.unpack(|from| from.mentions())?;
                if change(&mut mentions, own) {
                    part.mentions = packer.mentions(&mentions);
                }
            }
            if !own.is_empty() {
                let (mut of_part, mut whys) = part.furniture.unpack(|from| from.furniture())?;
                add_furniture(&mut of_part, &mut whys, own);
                part.furniture = packer.furniture((&of_part, &whys));
            }
        }
        Ok(())
    }

    /// Writes them into a file of this run.
    pub(crate) fn pack(&self, out: &mut Vec<u8>) {
        for part in &self.parts {
            out.extend_from_slice(&(part.end as u64).to_le_bytes());
            for packed in [&part.mentions, &part.furniture, &part.sentences] {
                out.extend_from_slice(&(packed.length as u64).to_le_bytes());
                out.extend_from_slice(&(packed.bytes.len() as u64).to_le_bytes());
                out.extend_from_slice(&packed.bytes);
            }
        }
    }

    /// What [`Parts::pack`] wrote.
    pub(crate) fn unpack(mut bytes: &[u8]) -> io::Result<Self> {
        let mut parts = Vec::new();
        while !bytes.is_empty() {
            let mut number = || -> io::Result<usize> {
                let (number, rest) = bytes.split_first_chunk().ok_or_else(damaged)?;
                bytes = rest;
                usize::try_from(u64::from_le_bytes(*number)).map_err(|_| damaged())
            };
            let end = number()?;
            let mut lists = [Packed::default(), Packed::default(), Packed::default()];
            for list in &mut lists {
                let mut number = || -> io::Result<usize> {
                    let (number, rest) = bytes.split_first_chunk().ok_or_else(damaged)?;
                    bytes = rest;
                    usize::try_from(u64::from_le_bytes(*number)).map_err(|_| damaged())
                };
                let (length, packed) = (number()?, number()?);
                let (packed, rest) = bytes.split_at_checked(packed).ok_or_else(damaged)?;
                bytes = rest;
                *list = Packed { length, bytes: packed.into() };
            }
            let [mentions, furniture, sentences] = lists;
            parts.push(Part { end, mentions, furniture, sentences });
        }
        Ok(Self { parts })
    }

    /// A record that stands for the whole where values are listed each once: with the first mention of each,
    /// and the sentences of its roles.
    ///
    /// # Errors
    /// When the parts were damaged while they waited in a file.
    pub fn digest(&self, whole: &Record) -> io::Result<Record> {
        let mut digest = whole.clone();
        let mut recipients: FxHashSet<&str> = whole.roles().filter_map(|(_, role)| role.recipient.as_deref()).collect();
        let mut seen = FxHashSet::default();
        for mentions in self.mentions() {
            for mention in mentions? {
                let is_recipient = mention.entity.as_deref().is_some_and(|entity| recipients.remove(entity));
                if is_new(&mention, &mut seen) || is_recipient {
                    digest.mentions.push(mention);
                }
            }
        }
        let used: FxHashSet<usize> = whole.roles().map(|(_, role)| role.sentence[0]).collect();
        if !used.is_empty() {
            for sentences in self.sentences() {
                digest.sentences.extend(sentences?.into_iter().filter(|sentence| used.contains(&sentence.start)));
            }
        }
        Ok(digest)
    }
}

/// Bytes of a part without furniture: two counts.
const NO_FURNITURE: usize = 2;

/// What of a list stands before a place; all without one. The rest stays in the list.
fn split<'a, T>(list: &mut &'a [T], before: Option<usize>, place: impl Fn(&T) -> usize) -> &'a [T] {
    let count = before.map_or(list.len(), |before| list.iter().take_while(|item| place(item) < before).count());
    let (own, rest) = list.split_at(count);
    *list = rest;
    own
}

/// Adds furniture in its order.
pub(crate) fn add_furniture(stretches: &mut Vec<Stretch>, whys: &mut Vec<FurnitureWhy>, more: &[FurnitureWhy]) {
    stretches.extend(more.iter().map(|why| [why.start, why.end]));
    stretches.sort_unstable();
    whys.extend_from_slice(more);
    whys.sort_by_key(|why| why.start);
}

/// Whether a mention has a value that none before it has, of those that tables list.
fn is_new(m: &Mention, seen: &mut FxHashSet<u64>) -> bool {
    if m.zone == "furniture" || m.nested {
        return false;
    }
    let amount = m.money.as_ref().map(|money| (&money.currency, money.amount.map(f64::to_bits), money.upper.map(f64::to_bits)));
    let name = m.name.as_deref().unwrap_or(&m.text);
    let named = rustc_hash::FxBuildHasher.hash_one((&m.kind, 0, name, &m.value, amount));
    let country = rustc_hash::FxBuildHasher.hash_one((&m.kind, 1, &m.country));
    // both are looked at
    seen.insert(named) | seen.insert(country)
}
