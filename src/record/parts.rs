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
    whys: Packed,
    sentences: Packed,
}

/// Compressed bytes, and how many they are when they are not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Packed {
    length: usize,
    bytes: Box<[u8]>,
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

impl Part {
    fn lists(&self) -> [&Packed; 4] {
        [&self.mentions, &self.furniture, &self.whys, &self.sentences]
    }
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
        self.parts.iter().flat_map(Part::lists).map(|packed| packed.bytes.len()).sum()
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
            let own_stretches = split(&mut stretches, next, |stretch| stretch[0]);
            let own_whys = split(&mut whys, next, |why| why.start);
            self.parts.push(Part {
                end: next.unwrap_or(end),
                mentions: packer.mentions(own_mentions),
                furniture: packer.pack(|out| out.stretches(own_stretches)),
                whys: packer.pack(|out| out.whys(own_whys)),
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
    pub(crate) fn furniture(&self) -> impl Iterator<Item = io::Result<Vec<Stretch>>> {
        self.parts.iter().filter(|part| !part.furniture.is_empty()).map(|part| part.furniture.unpack(|from| from.stretches()))
    }

    /// Why it is furniture, some at a time: no list is empty.
    pub(crate) fn whys(&self) -> impl Iterator<Item = io::Result<Vec<FurnitureWhy>>> {
        self.parts.iter().filter(|part| !part.whys.is_empty()).map(|part| part.whys.unpack(|from| from.whys()))
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
                let mut of_part = part.furniture.unpack(|from| from.stretches())?;
                let mut whys = part.whys.unpack(|from| from.whys())?;
                add_furniture(&mut of_part, &mut whys, own);
                part.furniture = packer.pack(|out| out.stretches(&of_part));
                part.whys = packer.pack(|out| out.whys(&whys));
            }
        }
        Ok(())
    }

    /// Writes them into a file of this run.
    pub(crate) fn pack(&self, out: &mut impl io::Write) -> io::Result<()> {
        for part in &self.parts {
            out.write_all(&(part.end as u64).to_le_bytes())?;
            for packed in part.lists() {
                out.write_all(&(packed.length as u64).to_le_bytes())?;
                out.write_all(&(packed.bytes.len() as u64).to_le_bytes())?;
                out.write_all(&packed.bytes)?;
            }
        }
        Ok(())
    }

    /// How many bytes that takes.
    pub(crate) fn packed_size(&self) -> usize {
        self.size() + self.parts.len() * 9 * size_of::<u64>()
    }

    /// What [`Parts::pack`] wrote.
    pub(crate) fn unpack(mut bytes: &[u8]) -> io::Result<Self> {
        let mut parts = Vec::new();
        while !bytes.is_empty() {
            let end = number(&mut bytes)?;
            let mut lists: [Packed; 4] = Default::default();
            for list in &mut lists {
                let (length, packed) = (number(&mut bytes)?, number(&mut bytes)?);
                let (packed, rest) = bytes.split_at_checked(packed).ok_or_else(damaged)?;
                bytes = rest;
                *list = Packed { length, bytes: packed.into() };
            }
            let [mentions, furniture, whys, sentences] = lists;
            parts.push(Part { end, mentions, furniture, whys, sentences });
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

/// Takes a number off the front of what [`Parts::pack`] wrote.
fn number(bytes: &mut &[u8]) -> io::Result<usize> {
    let (number, rest) = bytes.split_first_chunk().ok_or_else(damaged)?;
    *bytes = rest;
    usize::try_from(u64::from_le_bytes(*number)).map_err(|_| damaged())
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{BodyFacts, DateFacts, Join, MoneyFacts, PersonFacts, PlaceFacts, Role};

    /// A mention on the sentence of this number, which has ten code points.
    fn mention(kind: &'static str, number: usize) -> Mention {
        let (start, sentence) = (number * 10 + 2, [number * 10, number * 10 + 10]);
        Mention { kind: kind.into(), text: "Ош".into(), start, end: start + 2, sentence, zone: "body".into(), ..Mention::default() }
    }

    fn record(mentions: Vec<Mention>, sentences: usize) -> Record {
        let sentence = |n: usize| Sentence { start: n * 10, end: n * 10 + 10, text: format!("sentence {n}") };
        Record {
            id: "a".into(),
            mentions,
            sentences: (0..sentences).map(sentence).collect(),
            characters: sentences * 10,
            ..Record::default()
        }
    }

    fn taken(record: &Record) -> (Record, Parts) {
        let (mut head, mut parts) = (record.clone(), Parts::default());
        parts.take(&mut head, record.characters);
        (head, parts)
    }

    fn all<T>(lists: impl Iterator<Item = io::Result<Vec<T>>>) -> Vec<T> {
        lists.flat_map(Result::unwrap).collect()
    }

    #[test]
    fn mentions_of_every_type_come_back_from_their_bytes() {
        let date = DateFacts { part: Some("start".into()), bound: Some("from".into()), ambiguous: true, alternative: Some("2020".into()) };
        let place =
            PlaceFacts { latitude: Some(40.5), longitude: Some(-72.8), geonames: Some(u32::MAX), admin1: Some("Osh Oblasty".into()) };
        let join =
            |document: Option<&str>| Join { rule: "identity/bracket".into(), with: "Lotus".into(), document: document.map(Into::into) };
        let body = BodyFacts { acronym: Some("LF".into()), known: Some("lf".into()), joins: vec![join(None), join(Some("b/1"))] };
        let person = PersonFacts { post: Some("head".into()), body: Some("o1".into()) };
        let money = MoneyFacts { currency: Some("KGS".into()), amount: Some(1.5), upper: Some(-0.0), bound: Some("until".into()) };
        let full = Mention {
            language: Some("kk".into()),
            value: Some("2020-05-05".into()),
            role: Some("event".into()),
            entity: Some("o12".into()),
            name: Some("я".into()),
            country: Some("KG".into()),
            subtype: Some("river".into()),
            nested: true,
            rule: "model".into(),
            confidence: 0.123,
            because: vec!["one".into(), "".into()],
            ..mention("place", 1)
        };
        let mentions = vec![
            mention("date", 0),
            Mention { date: boxed(date), ..full.clone() },
            Mention { place: boxed(place), ..full.clone() },
            Mention { organization: boxed(body), ..full.clone() },
            Mention { person: boxed(person), ..full.clone() },
            // a reading that began before the one before it
            Mention { money: boxed(money), start: 4, sentence: [0, 0], ..full.clone() },
        ];
        let (head, parts) = taken(&record(mentions.clone(), 3));
        assert!(head.mentions.is_empty() && head.sentences.is_empty());
        assert_eq!(all(parts.mentions()), mentions);
        let mut packed = Vec::new();
        parts.pack(&mut packed).unwrap();
        assert_eq!(packed.len(), parts.packed_size());
        assert_eq!(Parts::unpack(&packed).unwrap(), parts);
        assert!((1..packed.len()).all(|cut| Parts::unpack(&packed[..cut]).is_err()));
    }

    #[test]
    fn a_part_has_the_sentences_of_its_mentions() {
        let record = record((0..SENTENCES * 3).map(|n| mention("date", n)).collect(), SENTENCES * 3);
        let (head, parts) = taken(&record);
        assert_eq!((parts.parts.len(), parts.parts[1].end), (3, SENTENCES * 20));
        for part in parts.records(&head) {
            let part = part.unwrap();
            assert!(part.mentions.iter().all(|m| part.sentence_of(m.sentence).is_some()));
        }
        assert_eq!((all(parts.mentions()), all(parts.sentences())), (record.mentions, record.sentences));
    }

    #[test]
    fn furniture_comes_to_the_part_in_which_it_lies() {
        let (_, mut parts) = taken(&record((0..SENTENCES * 2).map(|n| mention("date", n)).collect(), SENTENCES * 2));
        let why = |start| FurnitureWhy { start, end: start + 3, class: "repeated".into(), rule: "x".into() };
        let stretches = [why(5), why(SENTENCES * 10), why(SENTENCES * 20 - 4)];
        let mut shown = Vec::new();
        let change = |_: &mut [Mention], own: &[FurnitureWhy]| {
            shown.push(own.len());
            false
        };
        parts.change(&stretches, change).unwrap();
        assert_eq!((shown, all(parts.whys())), (vec![1, 2], stretches.to_vec()));
    }

    #[test]
    fn a_digest_lists_what_the_whole_lists() {
        let named = |name: &'static str, n| Mention { name: Some(name.into()), ..mention("organization", n) };
        let nested = Mention { nested: true, entity: Some("o9".into()), ..named("Aster", 4) };
        let mentions =
            vec![named("Lotus", 0), named("Lotus", 1), named("Zarya", 2), Mention { zone: "furniture".into(), ..named("Menu", 3) }, nested];
        let role = Role { recipient: Some("o9".into()), sentence: [20, 30], ..Role::default() };
        let whole = Record { donors: vec![role], ..record(mentions, 5) };
        let (head, parts) = taken(&whole);
        let digest = parts.digest(&head).unwrap();
        assert_eq!(digest.mentions.iter().filter_map(|m| m.name.as_deref()).collect::<Vec<_>>(), ["Lotus", "Zarya", "Aster"]);
        assert_eq!((digest.sentences.len(), digest.sentence_of([20, 30])), (1, Some("sentence 2")));
        assert_eq!(digest.name_of("o9"), Some("Aster"));
        let row = |record| crate::tables::Shape::Documents.rows(record).concat();
        assert_eq!(format!("{:?}", row(&digest)), format!("{:?}", row(&whole)));
    }

    fn boxed<T: Default + PartialEq>(facts: T) -> Option<Box<T>> {
        super::super::found::boxed(facts)
    }
}
