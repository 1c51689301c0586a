//! What is to be read: files, folders, lists and streams, as one ordered sequence of items.
//!
//! A folder is walked in the order of its names, so a run over the same files gives the same
//! order everywhere. Nothing is lost in silence: what is not read comes out as a skip with its
//! reason or as a fault with its message.

pub mod archives;
mod crawls;
pub mod formats;
pub mod order;
mod parquet;
mod shard;
mod stream;
mod walk;

use std::path::PathBuf;

pub use shard::Shard;
pub use stream::{Columns, Form, Line};

/// What to read and how.
#[derive(Clone, Debug)]
pub struct Sources {
    /// Files, folders, or `-` for standard input, as typed.
    pub paths: Vec<PathBuf>,
    /// A file that lists paths, or `-`.
    pub files_from: Option<PathBuf>,
    /// Names in the list end with a NUL byte and not with a line end.
    pub null: bool,
    /// Read hidden files too.
    pub hidden: bool,
    /// Leave out what `.gitignore` and `.ignore` name.
    pub respect_ignore: bool,
    /// Follow links inside folders.
    pub follow: bool,
    /// Only files that match; `!` in front leaves out.
    pub globs: Vec<String>,
    /// What each file holds.
    pub form: Form,
    /// Which columns of a stream hold what.
    pub columns: Columns,
    /// The largest document, in bytes.
    pub max_size: u64,
    /// Only the documents of this part are wanted.
    pub shard: Option<Shard>,
    /// What may be unpacked from an archive.
    pub unpacking: archives::Limits,
    /// Files that this run writes: never read.
    pub outputs: Vec<PathBuf>,
}

/// One thing that was met on the way.
#[derive(Debug)]
pub enum Item {
    /// The bytes of a document, still to be decoded.
    File(Bytes),
    /// A line of a stream, still to be parsed.
    Line(stream::Line),
    /// What another run made of a document: a record of JSON Lines, still to be parsed.
    Record {
        /// Where the line stands, for messages.
        place: String,
        /// The line.
        line: Vec<u8>,
    },
    /// What could not be read.
    Failed(Failure),
    /// What is not for reading.
    Skipped {
        /// Its path, as shown to people.
        path: String,
        /// A few words: the same for all of a kind.
        reason: &'static str,
    },
}

/// A document before decoding.
#[derive(Debug)]
pub struct Bytes {
    /// Its id.
    pub id: String,
    /// What the file holds.
    pub bytes: Vec<u8>,
    /// How it is to be read.
    pub kind: formats::Kind,
    /// The character set that came with it from outside.
    pub charset: Option<String>,
}

/// Why a document is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its id.
    pub id: String,
    /// A short word that scripts can test.
    pub kind: &'static str,
    /// What happened and what to do, for people.
    pub message: String,
}

/// Fields of a stream, by name, in the stream's order.
pub type Fields = serde_json::Map<String, serde_json::Value>;

/// A document of a stream.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The day of publication as the stream writes it, where it does.
    pub date: Option<String>,
    /// Fields of the stream that the caller wants back.
    pub fields: Fields,
}

impl Item {
    /// What says to which shard it belongs; a record has been through that.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Item::File(file) => &file.id,
            Item::Line(line) => line.place(),
            Item::Record { place, .. } => place,
            Item::Failed(failure) => &failure.id,
            Item::Skipped { path, .. } => path,
        }
    }

    /// Roughly how many bytes it keeps in memory.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Item::File(file) => file.bytes.len(),
            Item::Line(line) => line.size(),
            Item::Record { line, .. } => line.len(),
            Item::Failed(_) | Item::Skipped { .. } => 0,
        }
    }
}

impl Failure {
    pub(crate) fn new(id: impl Into<String>, kind: &'static str, message: impl Into<String>) -> Self {
        Self { id: id.into(), kind, message: message.into() }
    }
}

impl Sources {
    /// Files and folders, read as usual: what else is wanted is set on top.
    #[must_use]
    pub fn of(paths: Vec<PathBuf>) -> Self {
        Self {
            paths,
            files_from: None,
            null: false,
            hidden: false,
            respect_ignore: false,
            follow: false,
            globs: Vec::new(),
            form: Form::Auto,
            columns: Columns::default(),
            max_size: 64 << 20,
            shard: None,
            unpacking: archives::Limits::default(),
            outputs: Vec::new(),
        }
    }

    /// Whether everything comes from standard input or another stream of records, so that results
    /// are awaited one by one.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        matches!(self.form, Form::Lines | Form::Delimited(_))
            || self.columns.text.is_some()
            || self.paths.iter().all(|path| path.as_os_str() == "-") && self.files_from.is_none()
    }
}

impl Sources {
    /// Everything that is to be read, in order.
    ///
    /// # Errors
    /// When a glob is wrong or the list of files cannot be read.
    pub fn items(self) -> Result<impl Iterator<Item = Item> + Send, walk::Error> {
        walk::items(self)
    }
}

pub use walk::Error;
