//! Records that wait for the end of the corpus, in a temporary file and not in memory.
//!
//! The file has no name in the file system: whatever ends the program, nothing is left behind.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use rustc_hash::FxHashSet;

use super::links::InOrder;
use super::{Decisions, Link};
use crate::record::{Edge, Parts, Record};

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
    /// A long one: JSON without what stands in its parts.
    Long(Vec<u8>, Parts),
}

impl Default for Form {
    fn default() -> Self {
        Form::Json(Vec::new())
    }
}

impl Stored {
    /// Packs a record whose edges have been taken out, with its rows; those of number `own` are its
    /// own JSON. A long record comes with its parts, and has no rows.
    #[must_use]
    pub fn new(record: &Record, parts: Parts, edges: Vec<Edge>, rows: Vec<Vec<u8>>, own: Option<usize>) -> Self {
        let bodies = record.mentions.iter().filter(|m| m.kind == "organization" && m.known().is_none());
        let mut seen = FxHashSet::default();
        let names = bodies.filter_map(|m| m.name.as_deref()).filter(|name| seen.insert(*name)).map(Into::into).collect();
        let id = record.id.clone();
        // a record has no map keys that are not strings, and memory does not fail
        let json = || serde_json::to_vec(record).unwrap_or_default();
        let form = match own.filter(|own| *own < rows.len()) {
            _ if !parts.is_empty() => Form::Long(json(), parts),
            Some(own) => Form::Row(own),
            None => Form::Json(json()),
        };
        Self { id, names, edges, rows, record: form, link: None }
    }

    /// Whether the rows are right as they are. Those of a long record are made when it is written.
    #[must_use]
    pub fn is_finished(&self, decisions: &Decisions) -> bool {
        decisions.leaves(&self.id, &self.edges, &self.names, self.link.as_deref())
    }

    /// The record, finished.
    ///
    /// # Errors
    /// When the file was damaged while it waited.
    pub fn finish(self, decisions: &Decisions) -> io::Result<(Record, Parts)> {
        let Self { edges, rows, record: form, link, .. } = self;
        let (json, mut parts) = match form {
            Form::Json(json) => (json, Parts::default()),
            Form::Row(own) => (rows.into_iter().nth(own).unwrap_or_default(), Parts::default()),
            Form::Long(json, parts) => (json, parts),
        };
        let mut record = Record { edges, ..serde_json::from_slice(&json)? };
        if parts.is_empty() {
            decisions.finish(&mut record, link.as_deref());
        } else {
            decisions.finish_parts(&mut record, &mut parts, link.as_deref())?;
        }
        Ok((record, parts))
    }

    /// Roughly how many bytes it keeps in memory.
    #[must_use]
    pub fn size(&self) -> usize {
        let record = match &self.record {
            Form::Json(json) => json.len(),
            Form::Row(_) => 0,
            Form::Long(json, parts) => json.len() + parts.size(),
        };
        record + self.rows.iter().map(Vec::len).sum::<usize>()
    }

    /// One frame of the file.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.size() + 256);
        // memory does not fail
        let _ = self.write(&mut out);
        out
    }

    /// Writes the frame: its fields, each with its length before it.
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let none = Parts::default();
        let (form, number, record, parts): (u8, usize, &[u8], _) = match &self.record {
            Form::Json(json) => (0, 0, json, &none),
            Form::Row(own) => (1, *own, &[], &none),
            Form::Long(json, parts) => (2, 0, json, parts),
        };
        let head = serde_json::to_vec(&(&self.id, &self.names, &self.edges, form, number)).unwrap_or_default();
        out.write_all(&((3 + self.rows.len()) as u64).to_le_bytes())?;
        for field in [&head, record] {
            out.write_all(&(field.len() as u64).to_le_bytes())?;
            out.write_all(field)?;
        }
        out.write_all(&(parts.packed_size() as u64).to_le_bytes())?;
        parts.pack(out)?;
        for row in &self.rows {
            out.write_all(&(row.len() as u64).to_le_bytes())?;
            out.write_all(row)?;
        }
        Ok(())
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
        let [record, lists] = [(); 2].map(|()| read.next().unwrap_or_default());
        let record = match form {
            0 => Form::Json(record),
            1 => Form::Row(number),
            _ => Form::Long(record, Parts::unpack(&lists)?),
        };
        Ok(Some(Self { id, names, edges, record, rows: read.collect(), link: None }))
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

    /// Appends what waits for a document.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn push_stored(&mut self, stored: &Stored) -> io::Result<()> {
        stored.write(&mut self.file)
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
    use crate::record::Mention;

    #[test]
    fn what_is_stored_comes_back_in_order() {
        let mut store = Store::new().unwrap();
        let stored = |id: &str| {
            Stored::new(&Record { id: id.into(), ..Record::default() }, Parts::default(), Vec::new(), vec![b"x".to_vec(), Vec::new()], None)
        };
        for id in ["a", "b"] {
            store.push(&stored(id).pack()).unwrap();
        }
        let decisions = Decisions::default();
        let back: Vec<Stored> = store.read(decisions.links().unwrap()).unwrap().map(Result::unwrap).collect();
        assert_eq!(store.read(decisions.links().unwrap()).unwrap().count(), 2);
        assert_eq!(back, [stored("a"), stored("b")]);
        assert!(back[0].is_finished(&Decisions::default()));
        assert_eq!(back[1].clone().finish(&Decisions::default()).unwrap().0.id, "b");
    }

    #[test]
    fn a_record_whose_rows_are_its_json_is_not_stored_twice() {
        let record = Record { id: "a".into(), title: Some("Lotus".into()), ..Record::default() };
        let json = serde_json::to_vec(&record).unwrap();
        let size = json.len();
        let stored = Stored::new(&record, Parts::default(), Vec::new(), vec![Vec::new(), json], Some(1));
        assert_eq!((stored.size(), stored.finish(&Decisions::default()).unwrap().0), (size, record));
    }

    #[test]
    fn a_long_record_is_stored_small_and_comes_back_whole() {
        let mention = |n: usize| Mention { text: format!("body {n}").into(), start: n, end: n + 6, ..Mention::default() };
        let record = Record { mentions: (0..20_000).map(mention).collect(), title: Some("a\nb".into()), ..Record::default() };
        let (mut head, mut parts) = (record.clone(), Parts::default());
        head.pack_long(&mut parts);
        let stored = Stored::new(&head, parts.clone(), Vec::new(), Vec::new(), None);
        assert!(stored.pack().len() * 10 < serde_json::to_vec(&record).unwrap().len());
        let mut store = Store::new().unwrap();
        store.push_stored(&stored).unwrap();
        let back = store.read(Decisions::default().links().unwrap()).unwrap().next().unwrap().unwrap();
        assert_eq!(back, stored);
        assert_eq!(back.finish(&Decisions::default()).unwrap(), (head, parts));
    }
}
