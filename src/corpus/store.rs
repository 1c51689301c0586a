//! Records that wait for the end of the corpus, in a temporary file and not in memory.
//!
//! The file has no name in the file system: whatever ends the program, nothing is left behind.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};

use rustc_hash::FxHashSet;

use super::links::InOrder;
use super::{Decisions, Link};
use crate::record::{Edge, Mention, Record};

/// What waits for one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    id: String,
    names: Vec<String>,
    edges: Vec<Edge>,
    /// Rows that were made before the corpus was known: right when the corpus changes nothing.
    pub rows: Vec<Vec<u8>>,
    record: Form,
    /// What the corpus says of it, once that is known.
    link: Option<Box<Link>>,
}

/// How a record waits.
#[derive(Clone, Debug, PartialEq)]
enum Form {
    /// As JSON.
    Json(Vec<u8>),
    /// The rows with this number are its JSON.
    Row(usize),
    /// A long one: so many mentions, all compressed.
    Long(usize, Vec<u8>),
}

impl Default for Form {
    fn default() -> Self {
        Form::Json(Vec::new())
    }
}

/// Mentions of a long record that are packed and unpacked together.
const TOGETHER: usize = 500;

impl Stored {
    /// Packs a record whose edges have been taken out, with its rows; those of number `own` are its
    /// own JSON. A long record gives its mentions away.
    #[must_use]
    pub fn new(record: &mut Record, edges: Vec<Edge>, rows: Vec<Vec<u8>>, own: Option<usize>) -> Self {
        let bodies = record.mentions.iter().filter(|m| m.kind == "organization" && m.known().is_none());
        let mut seen = FxHashSet::default();
        let names = bodies.filter_map(|m| m.name.as_deref()).filter(|name| seen.insert(*name)).map(Into::into).collect();
        let id = record.id.clone();
        let form = match own.filter(|own| *own < rows.len()) {
            _ if record.is_long() => Form::Long(record.mentions.len(), compressed(record).unwrap_or_default()),
            Some(own) => Form::Row(own),
            // a record has no map keys that are not strings, and memory does not fail
            None => Form::Json(serde_json::to_vec(record).unwrap_or_default()),
        };
        Self { id, names, edges, rows, record: form, link: None }
    }

    /// Whether the rows are right as they are.
    #[must_use]
    pub fn is_finished(&self, decisions: &Decisions) -> bool {
        decisions.leaves(&self.id, &self.edges, &self.names, self.link.as_deref())
    }

    /// The record, finished.
    ///
    /// # Errors
    /// When the file was damaged while it waited.
    pub fn finish(self, decisions: &Decisions) -> io::Result<Record> {
        let mut record: Record = match self.record {
            Form::Json(json) => serde_json::from_slice(&json)?,
            Form::Row(own) => serde_json::from_slice(self.rows.get(own).map_or(&[], Vec::as_slice))?,
            Form::Long(mentions, packed) => uncompressed(&packed, mentions)?,
        };
        record.edges = self.edges;
        decisions.finish(&mut record, self.link.as_deref());
        Ok(record)
    }

    /// Roughly how many bytes it keeps in memory.
    #[must_use]
    pub fn size(&self) -> usize {
        let record = match &self.record {
            Form::Json(json) => json.len(),
            Form::Row(_) => 0,
            // what it takes when it is unpacked
            Form::Long(mentions, packed) => packed.len() + mentions * size_of::<Mention>(),
        };
        record + self.rows.iter().map(Vec::len).sum::<usize>()
    }

    /// One frame of the file: its parts, each with its length before it.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.size() + 256);
        let (form, number, record): (u8, usize, &[u8]) = match &self.record {
            Form::Json(json) => (0, 0, json),
            Form::Row(own) => (1, *own, &[]),
            Form::Long(mentions, packed) => (2, *mentions, packed),
        };
        let head = serde_json::to_vec(&(&self.id, &self.names, &self.edges, form, number)).unwrap_or_default();
        let parts = [head.as_slice(), record];
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
        let (id, names, edges, form, number) = serde_json::from_slice::<(_, _, _, u8, usize)>(&read.next().unwrap_or_default())?;
        let record = read.next().unwrap_or_default();
        let record = match form {
            0 => Form::Json(record),
            1 => Form::Row(number),
            _ => Form::Long(number, record),
        };
        Ok(Some(Self { id, names, edges, record, rows: read.collect(), link: None }))
    }
}

/// A record of a book, as small as it goes in little time: its JSON is several times its text. A line
/// for all but the mentions, then a line for some mentions at a time, which are freed on the way.
fn compressed(record: &mut Record) -> io::Result<Vec<u8>> {
    let mut out = BufWriter::with_capacity(1 << 16, zstd::Encoder::new(Vec::new(), 1)?);
    let mut mentions = std::mem::take(&mut record.mentions).into_iter();
    serde_json::to_writer(&mut out, record)?;
    while mentions.len() > 0 {
        let some: Vec<Mention> = mentions.by_ref().take(TOGETHER).collect();
        out.write_all(b"\n")?;
        serde_json::to_writer(&mut out, &some)?;
    }
    out.into_inner().map_err(std::io::IntoInnerError::into_error)?.finish()
}

fn uncompressed(packed: &[u8], mentions: usize) -> io::Result<Record> {
    let mut reader = BufReader::with_capacity(1 << 16, zstd::Decoder::with_buffer(packed)?);
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    let mut record: Record = serde_json::from_slice(&line)?;
    record.mentions.reserve_exact(mentions);
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(record);
        }
        record.mentions.append(&mut serde_json::from_slice(&line)?);
    }
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

    /// Everything stored, in order, with what the corpus says of it: `links` are those of the documents in
    /// the order in which they were stored. It may be read again, but only by one reader at a time.
    ///
    /// # Errors
    /// When the last frames cannot be written.
    pub fn read<'a>(&mut self, mut links: InOrder<'a>) -> io::Result<impl Iterator<Item = io::Result<Stored>> + Send + use<'a>> {
        self.file.flush()?;
        let mut file = self.file.get_ref().try_clone()?;
        file.rewind()?;
        let mut reader = BufReader::with_capacity(1 << 18, file);
        let mut next = move |number: u32| -> io::Result<Option<Stored>> {
            let Some(stored) = Stored::unpack(&mut reader)? else { return Ok(None) };
            Ok(Some(Stored { link: links.of_document(number)?, ..stored }))
        };
        Ok((0..).map_while(move |number| next(number).transpose()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_comes_back_in_order() {
        let mut store = Store::new().unwrap();
        let stored =
            |id: &str| Stored::new(&mut Record { id: id.into(), ..Record::default() }, Vec::new(), vec![b"x".to_vec(), Vec::new()], None);
        for id in ["a", "b"] {
            store.push(&stored(id).pack()).unwrap();
        }
        let decisions = Decisions::default();
        let back: Vec<Stored> = store.read(decisions.links().unwrap()).unwrap().map(Result::unwrap).collect();
        assert_eq!(store.read(decisions.links().unwrap()).unwrap().count(), 2);
        assert_eq!(back, [stored("a"), stored("b")]);
        assert!(back[0].is_finished(&Decisions::default()));
        assert_eq!(back[1].clone().finish(&Decisions::default()).unwrap().id, "b");
    }

    #[test]
    fn a_record_whose_rows_are_its_json_is_not_stored_twice() {
        let mut record = Record { id: "a".into(), title: Some("Lotus".into()), ..Record::default() };
        let json = serde_json::to_vec(&record).unwrap();
        let size = json.len();
        let stored = Stored::new(&mut record, Vec::new(), vec![Vec::new(), json], Some(1));
        assert_eq!((stored.size(), stored.finish(&Decisions::default()).unwrap()), (size, record));
    }

    #[test]
    fn a_long_record_is_stored_small_and_comes_back_whole() {
        let mention = |n: usize| Mention { text: format!("body {n}").into(), start: n, end: n + 6, ..Mention::default() };
        let mut given = Record { mentions: (0..20_000).map(mention).collect(), title: Some("a\nb".into()), ..Record::default() };
        let record = given.clone();
        let stored = Stored::new(&mut given, Vec::new(), Vec::new(), None);
        assert!(stored.pack().len() * 10 < serde_json::to_vec(&record).unwrap().len());
        let mut store = Store::new().unwrap();
        store.push(&stored.pack()).unwrap();
        let back = store.read(Decisions::default().links().unwrap()).unwrap().next().unwrap().unwrap();
        assert_eq!(back, stored);
        assert_eq!(back.finish(&Decisions::default()).unwrap(), record);
    }
}
