//! What a whole run says of names, lines and copies, gathered in bounded memory: what does not fit lies sorted
//! in temporary files until all is known.

use std::io;

use rustc_hash::{FxHashMap, FxHashSet};

use super::involved::Involved;
use super::names::{self, Decided};
use super::ranked::Ranked;
use super::runs::{Sorted, Sorter};
use super::seen::Seen;
use super::summary::{Summary, Told, in_folder};
use crate::record::{Parts, Record};

/// Roughly how many bytes of names and lines are kept in memory.
const LIMIT: usize = 6 << 20;

/// Roughly what a name takes beside its letters, and what a line takes.
const NAME: usize = 400;
const LINE: usize = 40;

/// A line of fewer documents is no pattern.
const DOCUMENTS: u32 = 3;

/// Of the documents of a folder, at least one in so many has the line.
const SHARE: u32 = 4;

/// The sum of many summaries.
#[derive(Debug)]
pub struct Gathered {
    /// How many documents were added.
    documents: u32,
    bodies: FxHashMap<String, Seen>,
    /// In how many documents of a folder a line stands, by the hashes of both; how many documents a folder has, as
    /// its line 0.
    lines: FxHashMap<(u64, u64), u32>,
    /// Roughly how many bytes both take, and how many they may.
    held: usize,
    limit: usize,
    written: Written,
}

/// What was written away.
#[derive(Debug, Default)]
struct Written {
    bodies: Sorter,
    lines: Sorter,
    sketches: Sorter,
}

impl Default for Gathered {
    fn default() -> Self {
        Self::with_limit(LIMIT)
    }
}

impl Gathered {
    /// One that keeps roughly so many bytes in memory.
    pub(super) fn with_limit(limit: usize) -> Self {
        let (bodies, lines) = (FxHashMap::default(), FxHashMap::default());
        Self { documents: 0, bodies, lines, held: 0, limit, written: Written::default() }
    }

    /// Adds the summary of the next document. Of a summary of several documents all have one number, and
    /// are told apart by their ids.
    ///
    /// # Errors
    /// When the temporary files cannot be written.
    pub fn add(&mut self, summary: Summary) -> io::Result<()> {
        self.take(summary)?;
        self.documents += 1;
        Ok(())
    }

    /// Adds the next document, of whose record `parts` were taken.
    ///
    /// # Errors
    /// When the temporary files cannot be written, or the parts are damaged.
    pub fn add_parts(&mut self, record: &Record, parts: &Parts) -> io::Result<()> {
        self.take(Summary::of(record))?;
        let mut told = Told::default();
        for mentions in parts.mentions() {
            let mut summary = Summary::default();
            summary.tell(&record.id, &mentions?, &mut told);
            self.take(summary)?;
        }
        self.documents += 1;
        Ok(())
    }

    fn take(&mut self, summary: Summary) -> io::Result<()> {
        for (key, theirs) in summary.bodies {
            match self.bodies.get_mut(&key) {
                Some(mine) => mine.add(theirs),
                None => {
                    self.held += NAME + key.len();
                    self.bodies.insert(key, theirs);
                }
            }
        }
        for (folder, of) in summary.folders {
            for (line, count) in [(0, of.documents)].into_iter().chain(of.lines) {
                *self.lines.entry((folder, line)).or_insert_with(|| {
                    self.held += LINE;
                    0
                }) += count;
            }
        }
        for (id, packed) in summary.sketches.iter() {
            Ranked::push(&mut self.written.sketches, self.documents, id, packed)?;
        }
        if self.held > self.limit { self.spill() } else { Ok(()) }
    }

    fn spill(&mut self) -> io::Result<()> {
        let mut packed = Vec::new();
        for (key, seen) in self.bodies.drain() {
            packed.clear();
            seen.pack(&mut packed);
            self.written.bodies.push(key.as_bytes(), &packed)?;
        }
        for ((folder, line), count) in self.lines.drain() {
            let mut key = [0; 16];
            key[..8].copy_from_slice(&folder.to_be_bytes());
            key[8..].copy_from_slice(&line.to_be_bytes());
            self.written.lines.push(&key, &count.to_le_bytes())?;
        }
        self.held = 0;
        Ok(())
    }

    /// Ends the adding.
    pub(super) fn sorted(mut self) -> io::Result<All> {
        self.spill()?;
        let Written { bodies, lines, sketches } = self.written;
        Ok(All { bodies: bodies.finish()?, lines: lines.finish()?, sketches: sketches.finish()? })
    }
}

/// Everything that was gathered, in order.
#[derive(Debug)]
pub(super) struct All {
    bodies: Sorted,
    lines: Sorted,
    pub sketches: Sorted,
}

impl All {
    /// What names of bodies become.
    pub fn names(&self) -> io::Result<FxHashMap<String, Decided>> {
        let involved = Involved::of(&self.bodies)?;
        Ok(names::decide(&involved.bodies, &involved.alike))
    }

    /// Lines that stand in enough documents of their folder, by the hash of both.
    pub fn repeated(&self) -> io::Result<FxHashSet<u64>> {
        let mut repeated = FxHashSet::default();
        let mut merged = self.lines.read()?;
        // the documents of the present folder come before its lines
        let mut documents = 0;
        let mut take = |(folder, line): (u64, u64), count: u32| match line {
            0 => documents = count,
            _ if count >= DOCUMENTS && u64::from(count) * u64::from(SHARE) >= u64::from(documents) => {
                repeated.insert(in_folder(folder, line));
            }
            _ => {}
        };
        let mut present: Option<((u64, u64), u32)> = None;
        while let Some((key, count)) = merged.next()? {
            let hash = |at: usize| key.get(at..).and_then(|rest| rest.first_chunk()).map(|bytes| u64::from_be_bytes(*bytes));
            let count = count.first_chunk().map(|count| u32::from_le_bytes(*count));
            let (Some(folder), Some(line), Some(count)) = (hash(0), hash(8), count) else { return Err(io::ErrorKind::InvalidData.into()) };
            match &mut present {
                Some((known, sum)) if *known == (folder, line) => *sum += count,
                _ => {
                    if let Some((known, sum)) = present.replace(((folder, line), count)) {
                        take(known, sum);
                    }
                }
            }
        }
        if let Some((known, sum)) = present {
            take(known, sum);
        }
        Ok(repeated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Edge;
    use crate::record::{BodyFacts, Mention, Sentence};

    /// Documents that share names and lines, and differ in others.
    fn record(n: usize) -> Record {
        let body =
            |name: String| Mention { kind: "organization".into(), name: Some(name.into()), zone: "body".into(), ..Mention::default() };
        let edge = |hash: u64| Edge { start: 0, end: 1, hash, head: true, masked: false, entry: true };
        let name = if n.is_multiple_of(3) { "LOTUS FUND" } else { "Lotus Fund" };
        Record {
            id: format!("{}/{n}", n % 2),
            mentions: vec![body(name.into()), body(format!("Fund {n}"))],
            edges: vec![edge(7), edge(1000 + n as u64)],
            ..Record::default()
        }
    }

    #[test]
    fn what_is_gathered_does_not_depend_on_what_fits_into_memory() {
        let of = |limit: usize| {
            let mut gathered = Gathered::with_limit(limit);
            (0..200).for_each(|n| gathered.add(Summary::of(&record(n))).unwrap());
            let all = gathered.sorted().unwrap();
            (all.names().unwrap(), all.repeated().unwrap())
        };
        let (names, lines) = of(usize::MAX);
        assert_eq!((names.len(), names["lotus fund"].name.as_str(), lines.len()), (1, "Lotus Fund", 2));
        for limit in [1, 1000, 20_000] {
            assert_eq!(of(limit), (names.clone(), lines.clone()));
        }
    }

    #[test]
    fn a_document_in_parts_counts_once() {
        let body = |n: usize| Mention {
            kind: "organization".into(),
            name: Some(["Lotus Fund", "LOTUS FUND"][n % 2].into()),
            text: "Фонд «Лотос»".into(),
            zone: "body".into(),
            organization: Some(Box::new(BodyFacts { acronym: Some("LF".into()), ..BodyFacts::default() })),
            start: n,
            sentence: [n, n + 1],
            ..Mention::default()
        };
        let sentence = |n: usize| Sentence { start: n, end: n + 1, text: String::new() };
        let whole = Record {
            id: "a/1".into(),
            mentions: (0..5000).map(body).collect(),
            sentences: (0..5000).map(sentence).collect(),
            edges: record(3).edges,
            ..Record::default()
        };
        let (mut head, mut parts) = (whole.clone(), Parts::default());
        parts.take(&mut head, 5000);
        let (mut alone, mut in_parts) = (Gathered::default(), Gathered::default());
        alone.add(Summary::of(&whole)).unwrap();
        in_parts.add_parts(&head, &parts).unwrap();
        assert_eq!((alone.documents, &alone.bodies, &alone.lines), (in_parts.documents, &in_parts.bodies, &in_parts.lines));
    }
}
