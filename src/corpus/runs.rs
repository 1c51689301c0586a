//! Sorting more than fits into memory: entries are gathered, sorted runs of them go to a temporary
//! file, and reading merges the runs ("external merge sort", Knuth, The Art of Computer Programming, 5.4).
//!
//! The file has no name in the file system: whatever ends the program, nothing is left behind. What
//! stays below the limit never touches a disk. Entries of one key come in the order in which they were added.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// How many bytes are gathered before they become a run.
const LIMIT: usize = 4 << 20;

/// How many bytes all runs together read ahead, and each at least.
const AHEAD: usize = 4 << 20;
const LEAST_AHEAD: usize = 4 << 10;

/// Bytes before an entry: the lengths of its key and of its value.
const HEAD: usize = 8;

/// Entries of a key and a value, in any order.
#[derive(Debug)]
pub(super) struct Sorter {
    gathered: Gathered,
    limit: usize,
    file: Option<File>,
    /// Where each run begins and ends in the file.
    runs: Vec<(u64, u64)>,
}

/// Entries in memory.
#[derive(Debug, Default)]
struct Gathered {
    /// Each: both lengths, the key, the value.
    bytes: Vec<u8>,
    /// Where each begins.
    starts: Vec<u32>,
}

impl Default for Sorter {
    fn default() -> Self {
        Self::with_limit(LIMIT)
    }
}

impl Sorter {
    /// One that keeps so many bytes in memory.
    pub fn with_limit(limit: usize) -> Self {
        Self { gathered: Gathered::default(), limit, file: None, runs: Vec::new() }
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// When the disk is full, or an entry is longer than 4 GB.
    pub fn push(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        let too_long = |_| io::Error::from(io::ErrorKind::InvalidInput);
        let lengths = [u32::try_from(key.len()).map_err(too_long)?, u32::try_from(value.len()).map_err(too_long)?];
        let length = HEAD + key.len() + value.len();
        let held = self.gathered.bytes.len() + self.gathered.starts.len() * size_of::<u32>();
        if held > 0 && held + length + size_of::<u32>() > self.limit {
            self.spill()?;
        }
        let Gathered { bytes, starts } = &mut self.gathered;
        starts.push(bytes.len() as u32);
        lengths.iter().for_each(|length| bytes.extend_from_slice(&length.to_le_bytes()));
        bytes.extend_from_slice(key);
        bytes.extend_from_slice(value);
        Ok(())
    }

    /// Writes what is gathered as a run.
    fn spill(&mut self) -> io::Result<()> {
        self.gathered.sort();
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        let begin = file.seek(SeekFrom::End(0))?;
        let mut out = io::BufWriter::with_capacity(1 << 16, file);
        for &start in &self.gathered.starts {
            out.write_all(self.gathered.whole(start))?;
        }
        out.flush()?;
        drop(out);
        let end = begin + self.gathered.bytes.len() as u64;
        self.runs.push((begin, end));
        self.gathered.bytes.clear();
        self.gathered.starts.clear();
        Ok(())
    }

    /// Ends the adding.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn finish(mut self) -> io::Result<Sorted> {
        if self.runs.is_empty() {
            self.gathered.sort();
        } else if !self.gathered.starts.is_empty() {
            self.spill()?;
            self.gathered = Gathered::default();
        }
        Ok(Sorted { gathered: self.gathered, file: self.file, runs: self.runs })
    }
}

impl Gathered {
    fn sort(&mut self) {
        let mut starts = std::mem::take(&mut self.starts);
        starts.sort_by(|a, b| self.key(*a).cmp(self.key(*b)));
        self.starts = starts;
    }

    fn key(&self, start: u32) -> &[u8] {
        parts(&self.bytes[start as usize..]).map_or(&[], |(key, _)| key)
    }

    /// An entry with its lengths.
    fn whole(&self, start: u32) -> &[u8] {
        let rest = &self.bytes[start as usize..];
        let length = parts(rest).map_or(rest.len(), |(key, value)| HEAD + key.len() + value.len());
        &rest[..length]
    }
}

/// The entry that bytes begin with.
fn parts(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (key, rest) = bytes.split_first_chunk::<4>()?;
    let (value, rest) = rest.split_first_chunk::<4>()?;
    let (key, rest) = rest.split_at_checked(u32::from_le_bytes(*key) as usize)?;
    Some((key, rest.get(..u32::from_le_bytes(*value) as usize)?))
}

/// Entries in the order of their keys. They may be read again and again, by one reader at a time.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    gathered: Gathered,
    file: Option<File>,
    runs: Vec<(u64, u64)>,
}

impl Sorted {
    /// Reads from the first entry.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&self) -> io::Result<Merged<'_>> {
        let Some(file) = &self.file else {
            return Ok(Merged { gathered: Some((&self.gathered, 0)), runs: Vec::new(), heap: Vec::new(), current: None });
        };
        let ahead = (AHEAD / self.runs.len().max(1)).max(LEAST_AHEAD);
        let mut merged = Merged { gathered: None, runs: Vec::new(), heap: Vec::new(), current: None };
        for &(begin, end) in &self.runs {
            let mut run = Run { file, next: begin, end, bytes: Vec::new(), at: 0, length: 0, ahead };
            if run.advance()? {
                merged.heap.push(merged.runs.len());
                merged.runs.push(run);
            }
        }
        for at in (0..merged.heap.len() / 2).rev() {
            merged.sift(at);
        }
        Ok(merged)
    }
}

/// A run that is being read.
struct Run<'a> {
    file: &'a File,
    /// What of the file is not read yet.
    next: u64,
    end: u64,
    bytes: Vec<u8>,
    /// Where the present entry begins.
    at: usize,
    /// Its length, with both lengths.
    length: usize,
    ahead: usize,
}

impl Run<'_> {
    /// Goes to the next entry; false at the end.
    fn advance(&mut self) -> io::Result<bool> {
        self.at += self.length;
        self.length = 0;
        let mut wanted = HEAD;
        loop {
            if let Some((key, value)) = self.bytes.get(self.at..).and_then(parts) {
                self.length = HEAD + key.len() + value.len();
                return Ok(true);
            }
            if self.next == self.end {
                return if self.at == self.bytes.len() { Ok(false) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
            self.bytes.drain(..self.at);
            self.at = 0;
            let held = self.bytes.len();
            let more = self.ahead.max(wanted).min(usize::try_from(self.end - self.next).unwrap_or(usize::MAX));
            self.bytes.resize(held + more, 0);
            self.file.seek(SeekFrom::Start(self.next))?;
            self.file.read_exact(&mut self.bytes[held..])?;
            self.next += more as u64;
            // a long entry is read in pieces that grow
            wanted = wanted.max(more) * 2;
        }
    }

    fn entry(&self) -> (&[u8], &[u8]) {
        self.bytes.get(self.at..).and_then(parts).unwrap_or((&[], &[]))
    }
}

/// Reads entries in order.
pub(super) struct Merged<'a> {
    /// Entries in memory, and how many of them are read.
    gathered: Option<(&'a Gathered, usize)>,
    runs: Vec<Run<'a>>,
    /// Runs with entries left, as a heap: the least first.
    heap: Vec<usize>,
    /// The run of which an entry was handed out.
    current: Option<usize>,
}

impl Merged<'_> {
    /// The next entry: key and value.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next(&mut self) -> io::Result<Option<(&[u8], &[u8])>> {
        if let Some((gathered, read)) = &mut self.gathered {
            let Some(&start) = gathered.starts.get(*read) else { return Ok(None) };
            *read += 1;
            return Ok(parts(&gathered.bytes[start as usize..]));
        }
        if let Some(run) = self.current.take() {
            if self.runs[run].advance()? {
                self.sift(0);
            } else {
                self.runs[run].bytes = Vec::new();
                self.heap.swap_remove(0);
                self.sift(0);
            }
        }
        self.current = self.heap.first().copied();
        Ok(self.current.map(|run| self.runs[run].entry()))
    }

    fn is_before(&self, a: usize, b: usize) -> bool {
        (self.runs[a].entry().0, a) < (self.runs[b].entry().0, b)
    }

    /// Moves an entry of the heap down to where it belongs.
    fn sift(&mut self, mut at: usize) {
        loop {
            let children = [2 * at + 1, 2 * at + 2].into_iter().filter(|child| *child < self.heap.len());
            let least = children.reduce(|a, b| if self.is_before(self.heap[b], self.heap[a]) { b } else { a });
            match least {
                Some(child) if self.is_before(self.heap[child], self.heap[at]) => {
                    self.heap.swap(at, child);
                    at = child;
                }
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(sorted: &Sorted) -> Vec<(Vec<u8>, Vec<u8>)> {
        let mut merged = sorted.read().unwrap();
        let mut read = Vec::new();
        while let Some((key, value)) = merged.next().unwrap() {
            read.push((key.to_vec(), value.to_vec()));
        }
        read
    }

    proptest! {
        #[test]
        fn entries_come_in_order_whatever_fits_into_memory(
            entries in proptest::collection::vec(("[a-c]{0,3}", "[x-z]{0,40}"), 0..60), limit in 1_usize..400
        ) {
            let mut sorter = Sorter::with_limit(limit);
            for (key, value) in &entries {
                sorter.push(key.as_bytes(), value.as_bytes()).unwrap();
            }
            let sorted = sorter.finish().unwrap();
            let mut expected: Vec<(Vec<u8>, Vec<u8>)> = entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
            expected.sort_by(|a, b| a.0.cmp(&b.0));
            prop_assert_eq!(&read(&sorted), &expected);
            prop_assert_eq!(&read(&sorted), &expected);
        }
    }

    #[test]
    fn an_entry_may_be_longer_than_all_that_is_read_ahead() {
        let mut sorter = Sorter::with_limit(10);
        let long = vec![7; 3 * AHEAD];
        for key in [b"b", b"a", b"c"] {
            sorter.push(key, &long).unwrap();
        }
        let sorted = sorter.finish().unwrap();
        let keys: Vec<_> = read(&sorted).into_iter().map(|(key, value)| (key, value == long)).collect();
        assert_eq!(keys, [(b"a".to_vec(), true), (b"b".to_vec(), true), (b"c".to_vec(), true)]);
    }

    #[test]
    fn what_is_little_stays_in_memory() {
        let mut sorter = Sorter::default();
        sorter.push(b"b", b"1").unwrap();
        sorter.push(b"a", b"2").unwrap();
        assert!(sorter.file.is_none());
        assert_eq!(read(&sorter.finish().unwrap()), [(b"a".to_vec(), b"2".to_vec()), (b"b".to_vec(), b"1".to_vec())]);
    }

    #[test]
    fn a_file_that_ends_too_early_is_an_error() {
        let mut sorter = Sorter::with_limit(1);
        sorter.push(b"a", b"1").unwrap();
        sorter.push(b"b", b"2").unwrap();
        let sorted = sorter.finish().unwrap();
        sorted.file.as_ref().unwrap().set_len(3).unwrap();
        assert!(sorted.read().is_err());
    }
}
