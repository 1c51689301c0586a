//! Files inside files: gzip, Zstandard, ZIP, tar, and archives inside them.
//!
//! A member of `a.zip` has the id `a.zip!/b.txt`; what a single packed file holds keeps the id of
//! the file. Nothing is ever written to the disk, so no path leads out of an archive; a member
//! whose name tries to is an error row. An archive is read as a stream by a thread of its own,
//! which waits until its last document is taken, so that memory does not grow with the archive.
//!
//! Limits hold against bombs: bytes unpacked from one outer file, members, nesting, and how many
//! times larger than its packed form a stream may get. They count work and not time, so the same
//! file ends in the same way everywhere.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::{Arc, mpsc};

use super::formats::{self, Archive, Format, Kind};
use super::{Bytes, Failure, Item, Sources, crawls, parquet, stream, walk};

/// What may be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes from one outer file, all its members together.
    pub unpacked: u64,
    /// Members of one outer file.
    pub members: u64,
    /// Archives inside archives; a `.tar.gz` is two.
    pub nesting: u32,
    /// How many times larger than its packed form a stream may get.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { unpacked: 64 << 30, members: 1_000_000, nesting: 6, ratio: 400 }
    }
}

/// Below this many bytes no ratio is looked at: a few repeated lines pack very well.
const FREE: u64 = 4 << 20;

/// The largest window of Zstandard, as a power of two: 32 MB.
const WINDOW: u32 = 25;

/// What an outer file is read from.
pub(super) enum Source {
    /// A file, from its start.
    File(File),
    /// A stream, from its start.
    Stream(Box<dyn Read + Send>),
}

/// The documents of an archive or a crawl, in its order.
pub(super) fn items(sources: &Arc<Sources>, id: String, format: Format, source: Source) -> Box<dyn Iterator<Item = Item> + Send> {
    let (sender, receiver) = mpsc::sync_channel(0);
    let sources = Arc::clone(sources);
    let name = id.clone();
    let started = std::thread::Builder::new().name("archive".into()).spawn(move || {
        let mut take = |item| match sender.send(item) {
            Ok(()) => ControlFlow::Continue(()),
            // nobody wants more
            Err(_) => ControlFlow::Break(()),
        };
        let mut unpacking = Unpacking { sources: &sources, members: 0, total: Rc::default(), take: &mut take };
        let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match (format, source) {
            (Format::Archive(Archive::Zip), Source::File(file)) => unpacking.zip(&id, file, 1),
            (format, Source::File(file)) => unpacking.open(&id, &id, format, &mut BufReader::with_capacity(1 << 16, file), 0),
            (format, Source::Stream(stream)) => unpacking.open(&id, &id, format, &mut BufReader::with_capacity(1 << 16, stream), 0),
        }));
        if read.is_err() {
            drop(sender.send(Item::Failed(Failure::new(id, "broken-archive", "cannot be unpacked: its library gave up on it"))));
        }
    });
    match started {
        Ok(_) => Box::new(receiver.into_iter()),
        Err(error) => Box::new(std::iter::once(Item::Failed(Failure::new(name, "unreadable", format!("no thread to read it: {error}"))))),
    }
}

/// The documents of a file that is held in memory, by its name and its bytes: what [`Sources::items`]
/// makes of such a file on a disk.
#[must_use]
pub fn held(sources: &Sources, name: &str, bytes: &[u8]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut take = |item| {
        items.push(item);
        ControlFlow::Continue(())
    };
    let mut unpacking = Unpacking { sources, members: 0, total: Rc::default(), take: &mut take };
    let _ = match formats::sniffed(formats::format(name), &bytes[..bytes.len().min(formats::START)]) {
        Format::Archive(Archive::Zip) => unpacking.zip(name, Cursor::new(bytes), 1),
        format => unpacking.open(name, name, format, &mut &*bytes, 0),
    };
    items
}

/// Takes items; breaks when no more are wanted.
pub(super) type Take<'a> = dyn FnMut(Item) -> ControlFlow<()> + 'a;

/// The reading of one outer file.
pub(super) struct Unpacking<'a, 'b> {
    pub(super) sources: &'a Sources,
    members: u64,
    total: Rc<Cell<u64>>,
    pub(super) take: &'b mut Take<'a>,
}

/// A limit that was met, as an error of reading.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refusal(String);

/// Counts what a decoder takes in.
struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken.set(self.taken.get() + amount as u64);
        self.inner.consume(amount);
    }
}

/// Stops a stream that unpacks to too much.
struct Metered<R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    given: u64,
    total: Rc<Cell<u64>>,
    limits: Limits,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.given += read as u64;
        self.total.set(self.total.get() + read as u64);
        if self.total.get() > self.limits.unpacked {
            let message = format!("unpacks to more than {} bytes: --max-unpacked sets the limit", self.limits.unpacked);
            return Err(std::io::Error::other(Refusal(message)));
        }
        if self.given > FREE && self.given / self.packed.get().max(1) > self.limits.ratio {
            let message = format!("unpacks to more than {} times its size: --max-ratio sets the limit", self.limits.ratio);
            return Err(std::io::Error::other(Refusal(message)));
        }
        Ok(read)
    }
}

/// The failure of reading from an archive.
fn failure(id: &str, error: &std::io::Error) -> Item {
    // the limit may be wrapped in the error of a library
    let mut source: Option<&(dyn std::error::Error + 'static)> = error.get_ref().map(|error| error as _);
    while let Some(error) = source {
        if let Some(refusal) = error.downcast_ref::<Refusal>() {
            return Item::Failed(Failure::new(id, "too-large", refusal.0.clone()));
        }
        source = match error.downcast_ref::<std::io::Error>() {
            Some(inner) => inner.get_ref().map(|error| error as _),
            None => error.source(),
        };
    }
    Item::Failed(Failure::new(id, "broken-archive", format!("cannot be unpacked: {error}")))
}

impl<'a> Unpacking<'a, '_> {
    fn metered<R: Read>(&self, inner: R, packed: Rc<Cell<u64>>) -> Metered<R> {
        Metered { inner, packed, given: 0, total: Rc::clone(&self.total), limits: self.sources.unpacking }
    }

    fn give(&mut self, item: Item) -> ControlFlow<()> {
        (self.take)(item)
    }

    fn fail(&mut self, id: &str, kind: &'static str, message: impl Into<String>) -> ControlFlow<()> {
        self.give(Item::Failed(Failure::new(id, kind, message)))
    }

    /// Reads what a stream of a format holds; `name` tells what an inner file is.
    fn open(&mut self, id: &str, name: &str, format: Format, reader: &mut dyn BufRead, depth: u32) -> ControlFlow<()> {
        if matches!(format, Format::Archive(_)) && depth >= self.sources.unpacking.nesting {
            let message = format!("lies in more than {} archives: --max-nesting sets the limit", self.sources.unpacking.nesting);
            return self.fail(id, "too-nested", message);
        }
        match format {
            Format::Archive(Archive::Gzip) => {
                let packed = Rc::new(Cell::new(0));
                let decoder = flate2::bufread::MultiGzDecoder::new(Counted { inner: reader, taken: Rc::clone(&packed) });
                let inner = self.metered(decoder, packed);
                self.inner(id, &formats::unpacked(name), inner, depth + 1)
            }
            Format::Archive(Archive::Zstandard) => {
                let packed = Rc::new(Cell::new(0));
                let decoder = zstd::stream::read::Decoder::with_buffer(Counted { inner: reader, taken: Rc::clone(&packed) });
                let decoder = decoder.and_then(|mut decoder| decoder.window_log_max(WINDOW).map(|()| decoder));
                match decoder {
                    Ok(decoder) => {
                        let inner = self.metered(decoder, packed);
                        self.inner(id, &formats::unpacked(name), inner, depth + 1)
                    }
                    Err(error) => self.give(failure(id, &error)),
                }
            }
            Format::Archive(Archive::Tar) => self.tar(id, reader, depth + 1),
            Format::Archive(Archive::Zip) => match self.whole(id, reader) {
                Ok(bytes) => self.zip(id, Cursor::new(bytes), depth + 1),
                Err(failed) => self.give(failed),
            },
            Format::Crawl => crawls::read(self, id, reader),
            Format::Document(kind) => {
                let item = match self.whole(id, reader) {
                    Ok(bytes) => Item::File(Bytes { id: id.into(), bytes, kind, charset: None }),
                    Err(failed) => failed,
                };
                self.give(item)
            }
            Format::Table(formats::Table::Parquet) => match self.whole(id, reader) {
                Ok(bytes) => parquet::rows(bytes.into(), self.sources, &format!("{id}/")).try_for_each(|item| self.give(item)),
                Err(failed) => self.give(failed),
            },
            Format::Table(table) => {
                let prefix = format!("{id}/");
                let sources = self.sources;
                stream::each(reader, table, sources, prefix, self.take)
            }
            Format::Unread(what) => self.fail(id, "unsupported", format!("is not read ({what}): convert it first")),
            Format::Other(what) => self.give(Item::Skipped { path: id.into(), reason: what }),
        }
    }

    /// What a packed stream or a member holds, by its name and its first bytes.
    fn inner(&mut self, id: &str, name: &str, mut reader: impl Read, depth: u32) -> ControlFlow<()> {
        let by_name = formats::format(name);
        let mut start = Vec::with_capacity(formats::START);
        if let Err(error) = reader.by_ref().take(formats::START as u64).read_to_end(&mut start) {
            return self.give(failure(id, &error));
        }
        let format = match stream::kind(self.sources, by_name) {
            Some(table) => Format::Table(table),
            None if self.sources.form == super::Form::Text && !matches!(by_name, Format::Archive(_)) => Format::Document(Kind::Text),
            None => match formats::sniffed(by_name, &start) {
                Format::Table(_) => return self.give(Item::Skipped { path: id.into(), reason: "table without --text-column" }),
                format => format,
            },
        };
        if matches!(format, Format::Table(_)) && formats::is_own_output(&start) {
            return self.give(Item::Skipped { path: id.into(), reason: "dateline's own output" });
        }
        let mut reader = BufReader::with_capacity(1 << 16, Cursor::new(start).chain(reader));
        self.open(id, name, format, &mut reader, depth)
    }

    /// All bytes of a stream, up to the limit of a document.
    #[expect(clippy::result_large_err, reason = "an error is an item like those that are given")]
    fn whole(&self, id: &str, reader: &mut dyn BufRead) -> Result<Vec<u8>, Item> {
        let mut bytes = Vec::new();
        match reader.take(self.sources.max_size + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > self.sources.max_size => Err(Item::Failed(walk::too_large(id.into(), self.sources.max_size))),
            Ok(_) => Ok(bytes),
            Err(error) => Err(failure(id, &error)),
        }
    }

    /// Counts a member; an error row when there are too many.
    fn count(&mut self, id: &str) -> ControlFlow<()> {
        self.members += 1;
        if self.members > self.sources.unpacking.members {
            let message = format!("has more than {} members: --max-members sets the limit", self.sources.unpacking.members);
            self.fail(id, "too-many", message)?;
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// The id of a member; none when it is not to be read, which is told.
    fn member(&mut self, id: &str, name: &[u8], link: bool) -> Result<Option<(String, String)>, ()> {
        let name = match std::str::from_utf8(name) {
            Ok(name) => name.to_string(),
            // names of older archives are in the code page of the machine that packed them
            Err(_) => encoding_rs::IBM866.decode_without_bom_handling(name).0.into_owned(),
        };
        let name = name.replace('\\', "/");
        let full = format!("{id}!/{}", name.trim_start_matches("./"));
        let told = |flow: ControlFlow<()>| if flow.is_break() { Err(()) } else { Ok(None) };
        if name.starts_with('/') || name.split('/').any(|part| part == "..") || name.get(1..3) == Some(":/") {
            return told(self.fail(&full, "unsafe-path", "has a path that leads out of the archive"));
        }
        if link {
            return told(self.give(Item::Skipped { path: full, reason: "link in an archive" }));
        }
        let is_hidden = |part: &str| part.starts_with('.') && part != "." || part == "__MACOSX";
        if !self.sources.hidden && name.split('/').any(is_hidden) {
            return told(self.give(Item::Skipped { path: full, reason: "hidden (--hidden reads it)" }));
        }
        Ok(Some((full, name)))
    }

    fn tar(&mut self, id: &str, reader: &mut dyn BufRead, depth: u32) -> ControlFlow<()> {
        let mut archive = tar::Archive::new(reader);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.give(failure(id, &error)),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return self.give(failure(id, &error)),
            };
            let kind = entry.header().entry_type();
            if kind.is_dir() || kind.is_pax_global_extensions() {
                continue;
            }
            self.count(id)?;
            let link = !kind.is_file() && kind != tar::EntryType::Continuous && !kind.is_gnu_sparse();
            match self.member(id, &entry.path_bytes(), link) {
                Err(()) => return ControlFlow::Break(()),
                Ok(None) => {}
                Ok(Some((full, name))) => self.inner(&full, &name, entry, depth)?,
            }
        }
        ControlFlow::Continue(())
    }

    fn zip(&mut self, id: &str, reader: impl Read + Seek, depth: u32) -> ControlFlow<()> {
        let mut archive = match zip::ZipArchive::new(reader) {
            Ok(archive) => archive,
            Err(error) => return self.fail(id, "broken-archive", format!("cannot be unpacked: {error}")),
        };
        for number in 0..archive.len() {
            self.count(id)?;
            // the name first: a member that cannot be opened has one, too
            let (name, is_folder, is_link, is_locked) = match archive.by_index_raw(number) {
                Ok(file) => (file.name_raw().to_vec(), file.is_dir(), file.is_symlink(), file.encrypted()),
                Err(error) => {
                    self.fail(&format!("{id}!/{number}"), "broken-archive", format!("cannot be unpacked: {error}"))?;
                    continue;
                }
            };
            if is_folder {
                continue;
            }
            let (full, name) = match self.member(id, &name, is_link) {
                Err(()) => return ControlFlow::Break(()),
                Ok(None) => continue,
                Ok(Some(names)) => names,
            };
            if is_locked {
                self.fail(&full, "encrypted", "is protected by a password")?;
                continue;
            }
            match archive.by_index(number) {
                Err(error) => self.fail(&full, "broken-archive", format!("cannot be unpacked: {error}"))?,
                Ok(file) => {
                    let packed = Rc::new(Cell::new(file.compressed_size()));
                    let file = self.metered(file, packed);
                    self.inner(&full, &name, file, depth)?;
                }
            }
            if self.total.get() > self.sources.unpacking.unpacked {
                return ControlFlow::Continue(());
            }
        }
        ControlFlow::Continue(())
    }

    /// Gives an item of a crawl.
    pub(super) fn record(&mut self, item: Item) -> ControlFlow<()> {
        self.give(item)
    }

    /// Counts a record of a crawl.
    pub(super) fn count_record(&mut self, id: &str) -> ControlFlow<()> {
        self.count(id)
    }
}
