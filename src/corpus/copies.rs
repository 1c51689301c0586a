//! Which documents are copies of an earlier one, and which tell of the same event.
//!
//! Documents are taken in one order, whatever the order of reading: by day of publication (those
//! without one last), of one day the longest first, then by id. Each is held against earlier ones
//! that share some of the least hashes of their words, and becomes a copy of the first that fits:
//! - most sampled triples of words of the shorter text stand in the longer one, and so do those of
//!   its first hundred words; a cut to the first half is a copy too;
//! - no number and no date of the shorter is missing in the longer, and few names: a series of
//!   announcements in the same words has other numbers, dates and names;
//! - the further apart the days of publication, the more must be equal: a bill brought in again two
//!   years later is no reprint.
//!
//! What is no copy is held against earlier ones with the same day of the event and a person, body
//! or number in common. It tells of the same event when the place does not differ, most persons, bodies
//! and numbers of the one that names fewer stand in the other, and there are enough of at least
//! two sorts: more for one language than for two, because a text in another language is
//! seldom a second report of the same newsroom.
//!
//! Nothing is compared with more than a fixed number of others, so time grows with the number of
//! documents; of a word, person or number that very many documents share, the last ones count.
//!
//! Memory: sketches lie in a temporary file in that order; of a document stay some 12 bytes, some
//! more for each hash that it shares with others, and what of its day is compared at the time.

use std::io;

use rustc_hash::FxHashMap;

use super::compare::{Shared, day, overlap, shared, strong};
use super::links::Links;
use super::names::Decided;
use super::ranked::Ranked;
use super::runs::{Sorted, Sorter};
use super::sketch::{Sketch, body_key};
use super::summary::fold;

/// With how many earlier documents of one hash a document is compared.
const FEW: usize = 48;

/// How many of the least hashes of a text bring it into the index.
const INDEXED: usize = 4;

/// How many hashes are sorted at a time to find those that several documents have.
const SORTED: usize = 2 << 20;

/// Every document that is a copy or tells of an earlier one's event. `sketches` are those of
/// [`Ranked::push`]; `names`: what names of bodies become over the corpus.
///
/// # Errors
/// When the temporary file cannot be written or read.
pub(super) fn decide(sketches: Sorted, names: &FxHashMap<String, Decided>) -> io::Result<Sorted> {
    let mut renamed = FxHashMap::default();
    for (name, decided) in names {
        let to = body_key(&fold(&decided.name));
        // of two names of one key the lesser decides, whatever their order
        renamed.entry(body_key(name)).and_modify(|known: &mut u16| *known = to.min(*known)).or_insert(to);
    }
    let documents = Ranked::of(&sketches)?;
    drop(sketches);
    let mut corpus = Corpus { documents, renamed, links: Links::default() };
    let originals = corpus.reprints()?;
    corpus.events(&originals)?;
    corpus.links.finish()
}

/// The hashes that bring a document into the index.
fn indexed(sketch: &Sketch) -> impl Iterator<Item = u32> {
    std::iter::once(sketch.exact).chain(sketch.whole.hashes.iter().take(INDEXED).copied())
}

/// Hashes that several documents have, with the originals of the last of those documents.
struct Recent {
    /// Sorted.
    hashes: Vec<u32>,
    /// Where the places of each hash begin; one more than there are hashes.
    starts: Vec<u32>,
    originals: Vec<u32>,
    /// How many documents each hash has had: when all its places are full, as many more as were overwritten since
    /// the first was.
    seen: Vec<u8>,
    /// Where the hashes begin that have these first bits; one more.
    by_bits: Vec<u32>,
}

/// So many first bits of a hash say where to look.
const BITS: u32 = 12;

impl Recent {
    /// With places for the hashes that more than one of the documents have.
    fn of(documents: &mut Ranked, sorted: usize) -> io::Result<Self> {
        let mut recent = Self { hashes: Vec::new(), starts: vec![0], originals: Vec::new(), seen: Vec::new(), by_bits: Vec::new() };
        // those of one part of all possible hashes at a time
        let parts = (documents.len() as usize * (INDEXED + 1)).div_ceil(sorted.max(1)).max(1) as u64;
        let mut places = 0_u32;
        let mut part = Vec::new();
        for number in 0..parts {
            part.clear();
            documents.each(|_, sketch| {
                part.extend(indexed(sketch).filter(|hash| (u64::from(*hash) * parts) >> 32 == number));
            })?;
            part.sort_unstable();
            for of_one in part.chunk_by(|a, b| a == b).filter(|of_one| of_one.len() > 1) {
                places += of_one.len().min(FEW) as u32;
                recent.hashes.push(of_one[0]);
                recent.starts.push(places);
            }
        }
        drop(part);
        recent.originals = vec![0; places as usize];
        recent.seen = vec![0; recent.hashes.len()];
        let begins = |bits: u32| recent.hashes.partition_point(|hash| hash >> (32 - BITS) < bits) as u32;
        recent.by_bits = (0..=1 << BITS).map(begins).collect();
        Ok(recent)
    }

    fn find(&self, hash: u32) -> Option<usize> {
        let bits = (hash >> (32 - BITS)) as usize;
        let (begin, end) = (self.by_bits[bits] as usize, self.by_bits[bits + 1] as usize);
        self.hashes[begin..end].binary_search(&hash).ok().map(|at| begin + at)
    }

    fn places(&self, at: usize) -> std::ops::Range<usize> {
        self.starts[at] as usize..self.starts[at + 1] as usize
    }

    /// The originals of the last documents with a hash.
    fn with(&self, hash: u32) -> &[u32] {
        let Some(at) = self.find(hash) else { return &[] };
        let places = self.places(at);
        let filled = places.len().min(usize::from(self.seen[at]));
        &self.originals[places.start..places.start + filled]
    }

    /// Adds a document with a hash.
    fn push(&mut self, hash: u32, original: u32) {
        let Some(at) = self.find(hash) else { return };
        let places = self.places(at);
        let seen = usize::from(self.seen[at]);
        self.originals[places.start + seen % places.len()] = original;
        // it stays below twice the number of places
        self.seen[at] = if seen + 1 == 2 * places.len() { places.len() } else { seen + 1 } as u8;
    }
}

/// Values with the documents that have them, in the order of the documents.
#[derive(Default)]
struct Index {
    /// Sorted.
    entries: Vec<(u32, u32)>,
}

impl Index {
    /// The last documents before this one that have a value.
    fn before(&self, value: u32, rank: u32) -> impl Iterator<Item = u32> {
        let end = self.entries.partition_point(|entry| *entry < (value, rank));
        self.entries[..end].iter().rev().take(FEW).take_while(move |entry| entry.0 == value).map(|entry| entry.1)
    }
}

/// What two reports of one event share is of two sorts: persons and numbers; bodies need no key.
fn values(sketch: &Sketch) -> impl Iterator<Item = u32> {
    let figures = strong(sketch).map(|figure| 1 << 16 | u32::from(figure));
    sketch.people.iter().map(|person| u32::from(*person)).chain(figures)
}

struct Corpus {
    documents: Ranked,
    /// What keys of bodies become over the corpus.
    renamed: FxHashMap<u16, u16>,
    links: Links,
}

impl Corpus {
    /// Finds copies; of every document its original, which may be itself.
    fn reprints(&mut self) -> io::Result<Vec<u32>> {
        let mut recent = Recent::of(&mut self.documents, SORTED)?;
        let mut originals: Vec<u32> = (0..self.documents.len()).collect();
        let mut candidates = Vec::new();
        for rank in 0..self.documents.len() {
            let sketch = self.documents.sketch(rank)?;
            candidates.clear();
            for hash in std::iter::once(&sketch.exact).chain(&*sketch.whole.hashes) {
                candidates.extend_from_slice(recent.with(*hash));
            }
            candidates.sort_unstable();
            candidates.dedup();
            for &other in &candidates {
                if let Some(overlap) = overlap(&self.documents.sketch(other)?, &sketch) {
                    originals[rank as usize] = other;
                    let (linked, id) = (self.documents.linked(rank)?, self.documents.id(other)?);
                    self.links.copy(linked, &id, overlap)?;
                    break;
                }
            }
            indexed(&sketch).for_each(|hash| recent.push(hash, originals[rank as usize]));
        }
        Ok(originals)
    }

    /// Finds reports of one event among those that are no copies.
    fn events(&mut self, originals: &[u32]) -> io::Result<()> {
        let pairs = self.pairs(originals)?.finish()?;
        let mut firsts: Vec<u32> = (0..self.documents.len()).collect();
        self.settle(&pairs, &mut firsts)?;
        drop(pairs);
        for rank in (0..self.documents.len()).filter(|&rank| originals[rank as usize] != rank) {
            let original = originals[rank as usize];
            let first = firsts[original as usize];
            if first != original {
                let (linked, id) = (self.documents.linked(rank)?, self.documents.id(first)?);
                self.links.event(linked, &id, None)?;
            }
        }
        Ok(())
    }

    /// Of each original the earlier ones that fit it best: both ranks, and what they share.
    fn pairs(&mut self, originals: &[u32]) -> io::Result<Sorter> {
        let mut pairs = Sorter::default();
        let days = self.by_day(originals)?;
        let on = |day: u16| &days.ranks[days.starts[usize::from(day)] as usize..days.starts[usize::from(day) + 1] as usize];
        let mut indexes: Vec<(u16, Index)> = Vec::new();
        let mut candidates = Vec::new();
        for today in (1..=u16::MAX).filter(|&day| !on(day).is_empty()) {
            let around = today.saturating_sub(1)..=today.saturating_add(1);
            indexes.retain(|(day, _)| around.contains(day));
            for day in around {
                if indexes.iter().all(|(known, _)| *known != day) {
                    let mut index = Index::default();
                    for &rank in on(day) {
                        index.entries.extend(values(&self.documents.sketch(rank)?).map(|value| (value, rank)));
                    }
                    index.entries.sort_unstable();
                    indexes.push((day, index));
                }
            }
            for &rank in on(today) {
                let sketch = self.documents.sketch(rank)?;
                candidates.clear();
                for (_, index) in &indexes {
                    values(&sketch).for_each(|value| candidates.extend(index.before(value, rank)));
                }
                candidates.sort_unstable();
                candidates.dedup();
                let mut best: Vec<(u32, Shared)> = Vec::new();
                let size = |shared: &Shared| u32::from(shared.people) + u32::from(shared.bodies) + u32::from(shared.figures);
                for &other in &candidates {
                    let Some(shared) = shared(&self.documents.sketch(other)?, &sketch, &self.renamed) else { continue };
                    let known = best.first().map_or(0, |(_, shared)| size(shared));
                    if best.is_empty() || size(&shared) > known {
                        best.clear();
                    }
                    if best.is_empty() || size(&shared) == known {
                        best.push((other, shared));
                    }
                }
                for (other, shared) in best {
                    let [a, b, c, d] = other.to_le_bytes();
                    pairs.push(&rank.to_be_bytes(), &[&[a, b, c, d][..], &shared.pack()].concat())?;
                }
            }
        }
        Ok(pairs)
    }

    /// Originals with a day, by it.
    fn by_day(&mut self, originals: &[u32]) -> io::Result<Days> {
        let mut starts = vec![0_u32; usize::from(u16::MAX) + 2];
        let mut all = vec![0_u16; originals.len()];
        self.documents.each(|rank, sketch| {
            if originals[rank as usize] == rank && day(sketch) != 0 {
                all[rank as usize] = day(sketch);
                starts[usize::from(day(sketch)) + 1] += 1;
            }
        })?;
        for day in 1..starts.len() {
            starts[day] += starts[day - 1];
        }
        let mut next = starts.clone();
        let mut ranks = vec![0; starts.last().copied().unwrap_or_default() as usize];
        for (rank, &day) in (0..).zip(&all).filter(|(_, day)| **day != 0) {
            let place = &mut next[usize::from(day)];
            ranks[*place as usize] = rank;
            *place += 1;
        }
        Ok(Days { starts, ranks })
    }

    /// Goes through the pairs in the order of the documents: what each belongs to.
    fn settle(&mut self, pairs: &Sorted, firsts: &mut [u32]) -> io::Result<()> {
        let mut settle = |found: Option<Found>, firsts: &mut [u32]| -> io::Result<()> {
            // two events that it fits alike: neither
            let Some(Found { rank, first, shared, .. }) = found.filter(|found| !found.is_open) else { return Ok(()) };
            firsts[rank as usize] = first;
            let (linked, id) = (self.documents.linked(rank)?, self.documents.id(first)?);
            self.links.event(linked, &id, Some(shared))
        };
        let mut found: Option<Found> = None;
        let mut merged = pairs.read()?;
        while let Some((rank, value)) = merged.next()? {
            let damaged = || io::Error::from(io::ErrorKind::InvalidData);
            let rank = u32::from_be_bytes(rank.try_into().map_err(|_| damaged())?);
            let (other, shared) = value.split_first_chunk::<4>().ok_or_else(damaged)?;
            let shared = Shared::unpack(shared.try_into().map_err(|_| damaged())?);
            if found.as_ref().is_some_and(|found| found.rank != rank) {
                settle(found.take(), firsts)?;
            }
            let first = firsts[u32::from_le_bytes(*other) as usize];
            match &mut found {
                Some(found) => found.is_open |= found.first != first,
                None => found = Some(Found { rank, first, shared, is_open: false }),
            }
        }
        settle(found, firsts)
    }
}

/// The event that a document fits.
struct Found {
    rank: u32,
    /// The first document of it.
    first: u32,
    shared: Shared,
    /// Whether it fits another event as well.
    is_open: bool,
}

/// Documents by their days.
struct Days {
    /// Where those of each day begin; one more.
    starts: Vec<u32>,
    ranks: Vec<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::links::InOrder;
    use crate::corpus::sketch::Least;

    /// The ids in the order of their numbers, and the sketches as they are gathered.
    fn of(documents: impl IntoIterator<Item = (String, Sketch)>) -> (Vec<String>, Sorted) {
        // so small that most is read from a file
        let (mut ids, mut sketches) = (Vec::new(), Sorter::with_limit(3000));
        for (id, sketch) in documents {
            let mut packed = Vec::new();
            sketch.pack(&mut packed);
            Ranked::push(&mut sketches, ids.len() as u32, &id, &packed).unwrap();
            ids.push(id);
        }
        (ids, sketches.finish().unwrap())
    }

    fn found((ids, sketches): (Vec<String>, Sorted)) -> Vec<(String, Option<String>, Option<String>)> {
        let links = decide(sketches, &FxHashMap::default()).unwrap();
        let mut read = InOrder::of(&links).unwrap();
        let mut found: Vec<_> = (0..)
            .zip(ids)
            .filter_map(|(number, id)| {
                let link = read.of_document(number).unwrap()?;
                let (original, first) = (link.duplicate_of.as_ref(), link.same_event_as.as_ref());
                Some((id, original.map(|(of, _)| of.to_string()), first.map(|(of, _)| of.to_string())))
            })
            .collect();
        found.sort();
        found
    }

    fn least<T: Copy + Default>(hashes: &[T]) -> Least<T> {
        Least { hashes: hashes.iter().copied().collect() }
    }

    /// A text of its own for every seed.
    fn text(seed: u32) -> Sketch {
        let hashes = |count: u32| (0..count).map(|n| n * 1_000_000 + seed).collect::<Vec<u32>>();
        Sketch {
            exact: seed,
            words: 200,
            language: *b"en",
            published: 19_000,
            whole: least(&hashes(12)),
            lead: least(&(0..6).map(|n| n * 9000 + (seed % 9000) as u16).collect::<Vec<_>>()),
            ..Sketch::default()
        }
    }

    #[test]
    fn a_copy_names_the_first_by_day_then_by_length_then_by_id() {
        let on = |published: u16, words: u16| Sketch { published, words, ..text(7) };
        let documents = [("a", on(0, 210)), ("b", on(19_002, 205)), ("c", on(19_001, 200)), ("d", on(19_001, 201)), ("e", on(19_001, 201))];
        let documents = documents.map(|(id, sketch)| (id.to_string(), Sketch { exact: u32::from(id.as_bytes()[0]), ..sketch }));
        let expected: Vec<_> = ["a", "b", "c", "e"].map(|id| (id.to_string(), Some("d".to_string()), None)).into();
        assert_eq!(found(of(documents.clone())), expected);
        assert_eq!(found(of(documents.into_iter().rev())), expected);
    }

    #[test]
    fn other_numbers_dates_or_times_make_another_text() {
        let first = Sketch { figures: least(&[3, 5]), dates: least(&[8]), ..text(1) };
        let changes: [fn(&mut Sketch); 4] = [
            |sketch| sketch.figures = least(&[3, 7]),
            |sketch| sketch.dates = least(&[9]),
            |sketch| sketch.published += 90,
            |sketch| sketch.language = *b"ru",
        ];
        for change in changes {
            let mut second = Sketch { exact: 2, ..first };
            assert_eq!(found(of([("a".into(), first), ("b".into(), second)])).len(), 1);
            change(&mut second);
            assert_eq!(found(of([("a".into(), first), ("b".into(), second)])), []);
        }
    }

    fn report(language: [u8; 2], people: &[u16], bodies: &[u16], figures: &[u16]) -> Sketch {
        let seed = u32::from(language[0]) + people.len() as u32;
        Sketch {
            language,
            event: 18_999,
            place: 4,
            country: *b"KG",
            people: people.iter().copied().collect(),
            bodies: bodies.iter().copied().collect(),
            figures: least(figures),
            ..text(seed)
        }
    }

    #[test]
    fn two_languages_tell_of_one_event_when_enough_agrees() {
        let english = report(*b"en", &[1, 2, 3, 4], &[5, 6], &[21, 23]);
        let russian = report(*b"ru", &[1, 2, 3, 4], &[5], &[21, 23]);
        let pair = |other: Sketch| found(of([("a".into(), english), ("b".into(), other)])).len();
        assert_eq!(pair(russian), 1);
        assert_eq!(pair(Sketch { place: 5, ..russian }), 0);
        assert_eq!(pair(Sketch { event: 19_005, ..russian }), 0);
        assert_eq!(pair(Sketch { people: [1, 2, 8, 9].into_iter().collect(), ..russian }), 0);
        assert_eq!(pair(Sketch { language: *b"en", exact: 9, ..russian }), 0);
    }

    #[test]
    fn what_fits_two_events_alike_is_left_alone() {
        let one = |exact: u32| Sketch { exact, ..report(*b"en", &[1, 2, 3, 4], &[5, 6], &[21, exact as u16 * 2]) };
        let russian = Sketch { published: 19_001, ..report(*b"ru", &[1, 2, 3, 4], &[5, 6], &[21]) };
        let documents = [("a".to_string(), one(50)), ("b".to_string(), Sketch { whole: least(&[1]), lead: least(&[2]), ..one(60) })];
        assert_eq!(found(of([documents[0].clone(), ("c".into(), russian)])), [("c".into(), None, Some("a".into()))]);
        assert_eq!(found(of(documents.into_iter().chain([("c".into(), russian)]))), []);
    }

    #[test]
    fn a_copy_of_a_version_belongs_to_the_same_event() {
        let english = report(*b"en", &[1, 2, 3, 4], &[5, 6], &[21, 23]);
        let russian = Sketch { published: 19_001, ..report(*b"ru", &[1, 2, 3, 4], &[5], &[21, 23]) };
        let reprint = Sketch { published: 19_002, ..russian };
        let documents = [("a".into(), english), ("b".into(), russian), ("c".into(), reprint)];
        let event = Some("a".to_string());
        assert_eq!(found(of(documents)), [("b".into(), None, event.clone()), ("c".into(), Some("b".into()), event)]);
    }

    /// Held by time alone: what compares all with all needs minutes for each of these.
    #[test]
    fn time_grows_with_the_number_of_documents() {
        const MANY: u32 = 8_000;
        let equal = (0..MANY).map(|n| (n.to_string(), text(1)));
        assert_eq!(found(of(equal)).len() as u32, MANY - 1);
        let alike = (0..MANY).map(|n| (n.to_string(), Sketch { exact: n, ..text(1) }));
        assert_eq!(found(of(alike)).len() as u32, MANY - 1);
        let series =
            (0..MANY).map(|n| (n.to_string(), Sketch { exact: n, figures: least(&[n as u16 | 1]), dates: least(&[n as u16]), ..text(1) }));
        assert!(found(of(series)).len() < 100);
        let different = (0..MANY).map(|n| (n.to_string(), text(n)));
        assert!(found(of(different)).len() < 100);
        let one_event = (0..MANY).map(|n| (n.to_string(), Sketch { exact: n, ..report(*b"en", &[1, 2], &[n as u16], &[n as u16 | 1]) }));
        found(of(one_event));
    }
}
