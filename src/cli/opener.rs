//! From an item of the input to what is known of it: opened, looked up among earlier runs, read.

use encoding_rs::Encoding;

use super::cache::{self, Appender, Cache, Key};
use super::manifest::Manifest;
use crate::corpus::Summary;
use crate::markup::child::Readers;
use crate::markup::{self, Told};
use crate::read::formats::Kind;
use crate::read::{Bytes, Failure, Item, Line};
use crate::record::{Parts, Record};
use crate::tables::Bodies;
use crate::{Document, Extractor, dates};

/// What a thread made of an item.
pub(super) enum Done {
    Skipped(String, &'static str),
    Read(Box<Read>),
}

#[derive(Default)]
pub(super) struct Read {
    pub record: Record,
    /// Of a long record, what grows with its text.
    pub parts: Parts,
    pub bytes: usize,
    pub hash: Option<blake3::Hash>,
    /// As it goes into the cache; empty when it came from there.
    pub fresh: Vec<u8>,
    pub is_cached: bool,
    pub warning: Option<String>,
    /// A text of a stream that was read as plain and looks like HTML.
    pub looks_like_html: bool,
    pub rows: Vec<Vec<u8>>,
    pub bodies: Bodies,
    pub summary: Summary,
    pub frame: Vec<u8>,
}

/// Where a run keeps what it learns on the way, beside its tables.
pub(super) struct Kept<'a> {
    pub cache: Option<&'a mut Appender>,
    pub manifest: Option<&'a mut Manifest>,
}

/// What a thread needs to make a record of an item.
pub(super) struct Opener {
    pub extractor: Extractor,
    /// What the user says of all files.
    pub encoding: Option<&'static Encoding>,
    /// Who parses pages and office documents; this process where there is none.
    pub readers: Option<Readers>,
    /// The largest text, in bytes.
    pub limit: u64,
    /// What the texts of a stream are written in.
    pub texts: Kind,
}

/// What every thread needs to make records of items.
pub(super) struct Reader<'a> {
    opener: &'a Opener,
    cache: Option<&'a Cache>,
    /// Whether anybody wants to know what exactly was read.
    hashes: bool,
}

impl<'a> Reader<'a> {
    pub fn of(opener: &'a Opener, cache: Option<&'a mut (Cache, Appender)>, manifest: Option<&'a mut Manifest>) -> (Self, Kept<'a>) {
        let (cache, appender) = cache.map(|(cache, appender)| (&*cache, appender)).unzip();
        let reader = Self { opener, cache, hashes: cache.is_some() || manifest.is_some() };
        (reader, Kept { cache: appender, manifest })
    }

    /// Makes records of items, and `finish`es each as that of the item with this number.
    pub fn extract(&self, items: Vec<(u64, Item)>, finish: impl Fn(u64, &mut Read)) -> Vec<Done> {
        let (mut opened, mut documents) = (Vec::with_capacity(items.len()), Vec::with_capacity(items.len()));
        for (number, item) in items {
            let mut read = Box::new(Read { bytes: item.size(), ..Read::default() });
            let waiting = match self.open(item, &mut read) {
                Open::Skipped(path, reason) => {
                    opened.push((number, Done::Skipped(path, reason), None));
                    continue;
                }
                Open::Known(record) => {
                    read.record = *record;
                    read.record.pack_long(&mut read.parts);
                    None
                }
                Open::Text(document, waiting) => {
                    documents.push(document);
                    Some(waiting)
                }
            };
            opened.push((number, Done::Read(read), waiting));
        }
        let mut records = guarded(&self.opener.extractor, &documents).into_iter();
        drop(documents);
        let done = opened.into_iter().map(|(number, mut done, waiting)| {
            if let Done::Read(read) = &mut done {
                if let Some((waiting, (record, parts))) = waiting.and_then(|waiting| Some((waiting, records.next()?))) {
                    waiting.end(record, parts, read);
                }
                finish(number, read);
            }
            done
        });
        done.collect()
    }

    /// Finds an item's text, and whether a record of it is known already.
    fn open(&self, item: Item, read: &mut Read) -> Open {
        match item {
            Item::Skipped { path, reason } => Open::Skipped(path, reason),
            Item::Failed(failure) => Open::known(failed(failure)),
            Item::Record { place, line } => Open::known(match serde_json::from_slice(&line) {
                Ok(record) => record,
                Err(error) => Record::failed(place, "not-json", format!("is no record: {error}")),
            }),
            Item::File(file) => self.file(file, read),
            Item::Line(line) => self.line(line, read),
        }
    }

    fn file(&self, file: Bytes, read: &mut Read) -> Open {
        read.hash = self.hashes.then(|| blake3::hash(&file.bytes));
        let key = self.cache.zip(read.hash.as_ref()).map(|(cache, hash)| cache.key(&file, hash));
        if let Some((record, parts, warning)) = self.known(key.as_ref()) {
            (read.is_cached, read.parts, read.warning) = (true, parts, warning);
            return Open::known(Record { id: file.id, ..record });
        }
        match self.opened(file, self.opener.encoding) {
            Ok((document, told, warning)) => {
                read.warning = warning;
                Open::Text(document, Box::new(Waiting { key, told }))
            }
            Err(record) => Open::Known(record),
        }
    }

    fn line(&self, line: Line, read: &mut Read) -> Open {
        let entry = match line.parse() {
            Ok(entry) => entry,
            Err(failure) => return Open::known(failed(failure)),
        };
        let refused = |id, fields, kind, message| Open::known(Record { fields, ..Record::failed(id, kind, message) });
        if entry.text.trim().is_empty() {
            return refused(entry.id, entry.fields, "empty", "the text is empty".into());
        }
        let published = entry.date.as_deref().map(dates::stamp);
        if let (Some(written), Some(None)) = (&entry.date, published) {
            let message = format!("the date column holds {written:?}, which is not one day: as 2019-05-30 it is");
            return refused(entry.id, entry.fields, "bad-date", message);
        }
        let published = published.flatten();
        read.hash = self.hashes.then(|| blake3::hash(entry.text.as_bytes()));
        let key = self.cache.zip(read.hash.as_ref()).map(|(cache, hash)| cache.key_of_text(hash, published));
        if let Some((record, parts, _)) = self.known(key.as_ref()) {
            (read.is_cached, read.parts) = (true, parts);
            return Open::known(Record { id: entry.id, fields: entry.fields, ..record });
        }
        let mut document = if self.opener.texts == Kind::Text {
            read.looks_like_html = looks_like_html(&entry.text);
            Document::new(entry.id, entry.text)
        } else {
            let page = Bytes { id: entry.id, bytes: entry.text.into_bytes(), kind: self.opener.texts, charset: None };
            match self.opened(page, Some(encoding_rs::UTF_8)) {
                Ok((document, ..)) => document,
                Err(record) => return Open::known(Record { fields: entry.fields, ..*record }),
            }
        };
        document.published = published;
        Open::Text(document, Box::new(Waiting { key, told: Record { fields: entry.fields, ..Record::default() } }))
    }

    /// The text of a file, what its record has from the file, and a warning. A bug of a parser costs
    /// one document.
    fn opened(&self, file: Bytes, encoding: Option<&'static Encoding>) -> Result<(Document, Record, Option<String>), Box<Record>> {
        let id = file.id.clone();
        let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| decoded(self.opener, file, encoding)));
        opened.unwrap_or_else(|_| Err(Box::new(faulty(&id))))
    }

    /// What an earlier run made of a document.
    fn known(&self, key: Option<&Key>) -> Option<(Record, Parts, Option<String>)> {
        self.cache.zip(key).and_then(|(cache, key)| cache.get(key))
    }
}

/// An item that was opened.
enum Open {
    Skipped(String, &'static str),
    /// Nothing remains to be done.
    Known(Box<Record>),
    /// A text waits to be read.
    Text(Document, Box<Waiting>),
}

impl Open {
    fn known(record: Record) -> Self {
        Open::Known(Box::new(record))
    }
}

/// What is known of a document beside its text.
struct Waiting {
    key: Option<Key>,
    /// What its record has from its file or line.
    told: Record,
}

impl Waiting {
    /// Ends a record. A document that failed is tried again next time.
    fn end(self, mut record: Record, parts: Parts, read: &mut Read) {
        read.parts = parts;
        record.pack_long(&mut read.parts);
        if record.error.is_some() {
            read.warning = None;
        } else {
            record.encoding = self.told.encoding;
            record.encoding_certainty = self.told.encoding_certainty;
            record.repaired = self.told.repaired;
            if let Some(key) = &self.key {
                read.fresh = cache::frame(key, &record, &read.parts, read.warning.as_deref());
            }
        }
        record.fields = self.told.fields;
        read.record = record;
    }
}

fn failed(failure: Failure) -> Record {
    Record::failed(failure.id, failure.kind, failure.message)
}

/// Reads documents. A bug that one text brings out costs that document and not the run.
fn guarded(extractor: &Extractor, documents: &[Document]) -> Vec<(Record, Parts)> {
    let all = |documents: &[Document]| {
        let read = || extractor.extract_packed(documents);
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).ok()
    };
    let alone = |document: &Document| all(std::slice::from_ref(document))?.pop();
    let failed = |document: &Document| (faulty(&document.id), Parts::default());
    all(documents).unwrap_or_else(|| documents.iter().map(|document| alone(document).unwrap_or_else(|| failed(document))).collect())
}

fn faulty(id: &str) -> Record {
    Record::failed(id, "internal", "a fault in dateline itself: please report it with this document")
}

/// Whether a text has ends of HTML elements or entities in it.
fn looks_like_html(text: &str) -> bool {
    let may = memchr::memchr2(b'<', b'&', text.as_bytes()).is_some();
    may && ["</p>", "</div>", "</a>", "<br>", "<br/>", "<br />", "&nbsp;", "&quot;", "&laquo;"].iter().any(|sign| text.contains(sign))
}

/// The text of a file, what its record has from the file, and a warning.
fn decoded(opener: &Opener, file: Bytes, encoding: Option<&'static Encoding>) -> Result<(Document, Record, Option<String>), Box<Record>> {
    let told = Told { encoding, charset: file.charset.as_deref(), limit: opener.limit };
    let plain = match &opener.readers {
        Some(readers) => readers.open(file.kind, &file.bytes, told),
        None => markup::read(file.kind, &file.bytes, told),
    };
    let plain = match plain {
        Ok(plain) => plain,
        Err(fault) => return Err(Box::new(Record::failed(file.id, &fault.kind, fault.message))),
    };
    drop(file.bytes);
    let mut document = Document::new(file.id, plain.text);
    document.markup = plain.markup;
    let told = Record { encoding: plain.encoding, encoding_certainty: plain.certainty, repaired: plain.repaired, ..Record::default() };
    let warning = (plain.replaced > 0).then(|| {
        format!("{} stretches cannot be read as {} and stand as U+FFFD", plain.replaced, told.encoding.as_deref().unwrap_or_default())
    });
    Ok((document, told, warning))
}
