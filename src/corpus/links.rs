//! What the corpus says of single documents: which is a copy, which tells of another's event. In a
//! temporary file when there are many, in the order of the documents.

use std::io;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::compare::{Overlap, Shared};
use super::runs::{Merged, Sorted, Sorter};
use crate::fingerprint::fnv1a;
use crate::record::Record;

/// What the corpus says of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The original, and what shows it.
    pub(super) duplicate_of: Option<(Arc<str>, Overlap)>,
    /// The first document of the event, and what shows it; of a copy that of its original, with nothing to show.
    pub(super) same_event_as: Option<(Arc<str>, Option<Shared>)>,
}

impl Link {
    /// Writes what is known into the record of the document.
    pub fn tell(&self, record: &mut Record) {
        if let Some((original, overlap)) = &self.duplicate_of {
            record.duplicate_of = Some(original.to_string());
            record.duplicate_why = overlap.words();
        }
        if let Some((first, shared)) = &self.same_event_as {
            record.same_event_as = Some(first.to_string());
            record.same_event_why = shared.as_ref().map_or_else(|| vec!["of the original".into()], Shared::words);
        }
    }
}

/// The key of an id.
pub(super) fn id_key(id: &str) -> u64 {
    fnv1a(id.bytes())
}

/// A document that has a link: its number in the run, and the key of its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Linked {
    pub number: u32,
    pub id: u64,
}

/// Links in any order.
#[derive(Debug, Default)]
pub(super) struct Links {
    sorter: Sorter,
}

/// What an entry says: the first byte of its value.
const COPY: u8 = 0;
const EVENT: u8 = 1;
const EVENT_OF_ORIGINAL: u8 = 2;

impl Links {
    /// Says that a document is a copy.
    pub fn copy(&mut self, of: Linked, original: &str, overlap: Overlap) -> io::Result<()> {
        let Overlap { exact, whole, lead, length } = overlap;
        self.push(of, COPY, &[u8::from(exact), whole.0, whole.1, lead.0, lead.1, length], original)
    }

    /// Says that a document tells of the event of an earlier one.
    pub fn event(&mut self, of: Linked, first: &str, shared: Option<Shared>) -> io::Result<()> {
        match shared {
            Some(shared) => self.push(of, EVENT, &shared.pack(), first),
            None => self.push(of, EVENT_OF_ORIGINAL, &[], first),
        }
    }

    fn push(&mut self, of: Linked, what: u8, facts: &[u8], other: &str) -> io::Result<()> {
        let value = [&of.id.to_le_bytes(), &[what][..], facts, other.as_bytes()].concat();
        self.sorter.push(&of.number.to_be_bytes(), &value)
    }

    /// Ends the adding.
    pub fn finish(self) -> io::Result<Sorted> {
        self.sorter.finish()
    }
}

impl Shared {
    /// The bytes that are kept.
    pub(super) fn pack(self) -> [u8; 8] {
        let [low, high] = self.day.to_le_bytes();
        let Self { held, apart, place, people, bodies, figures, .. } = self;
        [low, high, u8::from(held), u8::from(apart), u8::from(place), people, bodies, figures]
    }

    /// What [`Shared::pack`] made.
    pub(super) fn unpack([low, high, held, apart, place, people, bodies, figures]: [u8; 8]) -> Self {
        let day = u16::from_le_bytes([low, high]);
        Self { day, held: held != 0, apart: apart != 0, place: place != 0, people, bodies, figures }
    }
}

/// Writes what an entry says into a link; the key of the document's id.
fn told(value: &[u8], link: &mut Link, ids: &mut FxHashSet<Arc<str>>) -> Option<u64> {
    let (id, rest) = value.split_first_chunk::<8>()?;
    let (what, rest) = rest.split_first()?;
    let mut name = |bytes: &[u8]| -> Option<Arc<str>> {
        let name = std::str::from_utf8(bytes).ok()?;
        if let Some(known) = ids.get(name) {
            return Some(known.clone());
        }
        let name: Arc<str> = name.into();
        ids.insert(name.clone());
        Some(name)
    };
    match *what {
        COPY => {
            let ([exact, whole, of_whole, lead, of_lead, length], original) = rest.split_first_chunk::<6>()?;
            let overlap = Overlap { exact: *exact != 0, whole: (*whole, *of_whole), lead: (*lead, *of_lead), length: *length };
            link.duplicate_of = Some((name(original)?, overlap));
        }
        EVENT => {
            let (shared, first) = rest.split_first_chunk::<8>()?;
            link.same_event_as = Some((name(first)?, Some(Shared::unpack(*shared))));
        }
        _ => link.same_event_as = Some((name(rest)?, None)),
    }
    Some(u64::from_le_bytes(*id))
}

/// Reads links in the order of their documents.
pub struct InOrder<'a> {
    merged: Merged<'a>,
    /// The entry that was read too far: its document, and what it says.
    ahead: Option<(u32, Vec<u8>)>,
}

impl<'a> InOrder<'a> {
    pub(super) fn of(links: &'a Sorted) -> io::Result<Self> {
        let mut read = Self { merged: links.read()?, ahead: None };
        read.advance()?;
        Ok(read)
    }

    fn advance(&mut self) -> io::Result<()> {
        self.ahead = match self.merged.next()? {
            Some((key, value)) => {
                let number = u32::from_be_bytes(key.try_into().map_err(|_| io::ErrorKind::InvalidData)?);
                Some((number, value.to_vec()))
            }
            None => None,
        };
        Ok(())
    }

    /// What is said of the next document that anything is said of: its number, the key of its id.
    fn next(&mut self) -> io::Result<Option<(Linked, Link)>> {
        let Some(number) = self.ahead.as_ref().map(|(number, _)| *number) else { return Ok(None) };
        let (mut link, mut id) = (Link::default(), 0);
        while let Some((_, value)) = self.ahead.as_ref().filter(|(next, _)| *next == number) {
            id = told(value, &mut link, &mut FxHashSet::default()).ok_or(io::ErrorKind::InvalidData)?;
            self.advance()?;
        }
        Ok(Some((Linked { number, id }, link)))
    }

    /// What is said of the document of a number: each is higher than the one before.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn of_document(&mut self, number: u32) -> io::Result<Option<Box<Link>>> {
        while let Some((next, _)) = &self.ahead {
            match (*next).cmp(&number) {
                std::cmp::Ordering::Greater => return Ok(None),
                std::cmp::Ordering::Equal => return Ok(self.next()?.map(|(_, link)| Box::new(link))),
                std::cmp::Ordering::Less => self.advance()?,
            }
        }
        Ok(None)
    }
}

/// All links by the keys of the ids of their documents.
pub(super) fn by_id(links: &Sorted) -> io::Result<FxHashMap<u64, Link>> {
    let mut by_id: FxHashMap<u64, Link> = FxHashMap::default();
    let mut ids = FxHashSet::default();
    let mut merged = links.read()?;
    while let Some((_, value)) = merged.next()? {
        let key = value.first_chunk::<8>().map(|key| u64::from_le_bytes(*key)).ok_or(io::ErrorKind::InvalidData)?;
        told(value, by_id.entry(key).or_default(), &mut ids).ok_or(io::ErrorKind::InvalidData)?;
    }
    Ok(by_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_come_back_for_their_documents() {
        let overlap = Overlap { exact: false, whole: (3, 4), lead: (5, 6), length: 90 };
        let shared = Shared { day: 19_000, held: true, apart: false, place: true, people: 2, bodies: 1, figures: 7 };
        let mut links = Links::default();
        let document = |number: u32| Linked { number, id: id_key(&number.to_string()) };
        links.event(document(700), "a", Some(shared)).unwrap();
        links.copy(document(3), "b", overlap).unwrap();
        links.event(document(3), "a", None).unwrap();
        let links = links.finish().unwrap();
        let third = Link { duplicate_of: Some(("b".into(), overlap)), same_event_as: Some(("a".into(), None)) };
        let last = Link { duplicate_of: None, same_event_as: Some(("a".into(), Some(shared))) };
        let mut read = InOrder::of(&links).unwrap();
        let found: Vec<_> = (0..1000).filter_map(|n| Some((n, *read.of_document(n).unwrap()?))).collect();
        assert_eq!(found, [(3, third.clone()), (700, last.clone())]);
        // documents may be left out
        assert_eq!(*InOrder::of(&links).unwrap().of_document(700).unwrap().unwrap(), last);
        let by_id = by_id(&links).unwrap();
        assert_eq!((by_id.len(), &by_id[&id_key("3")], &by_id[&id_key("700")]), (2, &third, &last));
    }
}
