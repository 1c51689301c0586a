//! Records that wait for the end of the corpus, in a temporary file and not in memory.
//!
//! The file has no name in the file system: whatever ends the program, nothing is left behind.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use rustc_hash::FxHashSet;

use super::{Decisions, Edge};
use crate::record::Record;

/// What waits for one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    id: String,
    names: Vec<String>,
    edges: Vec<Edge>,
    /// Rows that were made before the corpus was known: right when the corpus changes nothing.
    pub rows: Vec<Vec<u8>>,
    record: Vec<u8>,
    /// Whether the record is compressed.
    packed: bool,
}

impl Stored {
    /// Packs a record whose edges have been taken out, with its rows.
    #[must_use]
    pub fn new(record: &Record, edges: Vec<Edge>, rows: Vec<Vec<u8>>) -> Self {
        let bodies = record.mentions.iter().filter(|m| m.kind == "organization" && m.known().is_none());
        let mut seen = FxHashSet::default();
        let names = bodies.filter_map(|m| m.name.as_deref()).filter(|name| seen.insert(*name)).map(Into::into).collect();
        let packed = record.is_long();
        // a record has no map keys that are not strings, and memory does not fail
        let bytes = if packed { compressed(record) } else { serde_json::to_vec(record) };
        Self { id: record.id.clone(), names, edges, rows, record: bytes.unwrap_or_default(), packed }
    }

    /// Whether the rows are right as they are.
    #[must_use]
    pub fn is_finished(&self, decisions: &Decisions) -> bool {
        decisions.leaves(&self.id, &self.edges, &self.names)
    }

    /// The record, finished.
    ///
    /// # Errors
    /// When the file was damaged while it waited.
    pub fn finish(self, decisions: &Decisions) -> serde_json::Result<Record> {
        let mut record: Record = if self.packed {
            let unpacked = zstd::Decoder::with_buffer(self.record.as_slice()).map_err(serde_json::Error::io)?;
            serde_json::from_reader(BufReader::with_capacity(1 << 16, unpacked))?
        } else {
            serde_json::from_slice(&self.record)?
        };
        record.edges = self.edges;
        decisions.finish(&mut record);
        Ok(record)
    }

    /// Roughly how many bytes it keeps in memory.
    #[must_use]
    pub fn size(&self) -> usize {
        self.record.len() + self.rows.iter().map(Vec::len).sum::<usize>()
    }

    /// One frame of the file: its parts, each with its length before it.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.size() + 256);
        let head = serde_json::to_vec(&(&self.id, &self.names, &self.edges, self.packed)).unwrap_or_default();
        let parts = [head.as_slice(), self.record.as_slice()];
        out.extend_from_slice(&((2 + self.rows.len()) as u64).to_le_bytes());
        for part in parts.into_iter().chain(self.rows.iter().map(Vec::as_slice)) {
            out.extend_from_slice(&(part.len() as u64).to_le_bytes());
            out.extend_from_slice(part);
        }
        out
    }

    fn unpack(reader: &mut impl Read) -> io::Result<Option<Self>> {
        let Some(parts) = number(reader)? else { return Ok(None) };
        let mut read = Vec::new();
        for _ in 0..parts {
            let length = number(reader)?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let mut part = Vec::new();
            if reader.take(length).read_to_end(&mut part)? as u64 != length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            read.push(part);
        }
        let mut read = read.into_iter();
        let (id, names, edges, packed) = serde_json::from_slice(&read.next().unwrap_or_default())?;
        Ok(Some(Self { id, names, edges, packed, record: read.next().unwrap_or_default(), rows: read.collect() }))
    }
}

/// A record of a book, as small as it goes in little time: its JSON is several times its text.
fn compressed(record: &Record) -> serde_json::Result<Vec<u8>> {
    let mut out = BufWriter::with_capacity(1 << 16, zstd::Encoder::new(Vec::new(), 1).map_err(serde_json::Error::io)?);
    serde_json::to_writer(&mut out, record)?;
    let out = out.into_inner().map_err(|error| serde_json::Error::io(error.into_error()))?;
    out.finish().map_err(serde_json::Error::io)
}

fn number(reader: &mut impl Read) -> io::Result<Option<u64>> {
    let mut bytes = [0; 8];
    match reader.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(u64::from_le_bytes(bytes))),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// The temporary file.
#[derive(Debug)]
pub struct Store {
    file: BufWriter<File>,
}

impl Store {
    /// An empty store.
    ///
    /// # Errors
    /// When the system's folder for temporary files cannot be written to.
    pub fn new() -> io::Result<Self> {
        Ok(Self { file: BufWriter::with_capacity(1 << 18, tempfile::tempfile()?) })
    }

    /// Appends a frame made by [`Stored::pack`].
    ///
    /// # Errors
    /// When the disk is full.
    pub fn push(&mut self, frame: &[u8]) -> io::Result<()> {
        self.file.write_all(frame)
    }

    /// Everything stored, in order. It may be read again, but only by one reader at a time.
    ///
    /// # Errors
    /// When the last frames cannot be written.
    pub fn read(&mut self) -> io::Result<impl Iterator<Item = io::Result<Stored>> + Send + use<>> {
        self.file.flush()?;
        let mut file = self.file.get_ref().try_clone()?;
        file.rewind()?;
        let mut reader = BufReader::with_capacity(1 << 18, file);
        Ok(std::iter::from_fn(move || Stored::unpack(&mut reader).transpose()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Mention;

    #[test]
    fn what_is_stored_comes_back_in_order() {
        let mut store = Store::new().unwrap();
        let stored = |id: &str| Stored::new(&Record { id: id.into(), ..Record::default() }, Vec::new(), vec![b"x".to_vec(), Vec::new()]);
        for id in ["a", "b"] {
            store.push(&stored(id).pack()).unwrap();
        }
        let back: Vec<Stored> = store.read().unwrap().map(Result::unwrap).collect();
        assert_eq!(store.read().unwrap().count(), 2);
        assert_eq!(back, [stored("a"), stored("b")]);
        assert!(back[0].is_finished(&Decisions::default()));
        assert_eq!(back[1].clone().finish(&Decisions::default()).unwrap().id, "b");
    }

    #[test]
    fn a_long_record_is_stored_small_and_comes_back_whole() {
        let mention = |n: usize| Mention { text: format!("body {n}").into(), start: n, end: n + 6, ..Mention::default() };
        let record = Record { mentions: (0..20_000).map(mention).collect(), ..Record::default() };
        let stored = Stored::new(&record, Vec::new(), Vec::new());
        assert!(stored.size() * 10 < serde_json::to_vec(&record).unwrap().len());
        let mut store = Store::new().unwrap();
        store.push(&stored.pack()).unwrap();
        let back = store.read().unwrap().next().unwrap().unwrap();
        assert_eq!(back.finish(&Decisions::default()).unwrap(), record);
    }
}
