//! What earlier runs made of documents, for `--cache` and `--resume`.
//!
//! The key is the document's content with everything that bears on the result: the settings and
//! the program itself, by the hash of its own file. So a changed document, another table of the
//! user's or a new version of the rules is a new key, and nothing that is found can be out of
//! date. Frames are appended one by one and each carries its own checksum: whatever ends the
//! program, the next run finds all whole frames and cuts off a torn one.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::read::Bytes;
use crate::record::{Parts, Record};

/// The first bytes of the file, before the hash of the program that wrote it.
const MAGIC: &[u8; 16] = b"dateline-cache 1";

/// Magic and hash.
const HEAD: u64 = 48;

/// Key, length of the content, checksum.
const FRAME: usize = 16 + 8 + 8;

/// Hash of a document and of what bears on its result.
pub(super) type Key = [u8; 16];

/// What is in the file at the beginning of the run.
pub(super) struct Cache {
    file: File,
    index: FxHashMap<Key, (u64, u64)>,
    settings: blake3::Hasher,
}

/// Where new frames go.
pub(super) struct Appender {
    file: File,
}

impl Cache {
    /// Opens or begins a cache; `settings` is everything else that bears on results.
    ///
    /// A cache of another version of the program is begun anew.
    ///
    /// # Errors
    /// When the file cannot be read or written, is no cache, or another run has it open.
    pub fn open(path: &Path, settings: &[&[u8]]) -> io::Result<(Self, Appender)> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        file.try_lock().map_err(|_| io::Error::other("another run is using it"))?;
        let program = program()?;
        let length = file.metadata()?.len();
        let mut head = [0; HEAD as usize];
        let is_cache = length >= HEAD && file.read_exact(&mut head).is_ok() && head[..16] == *MAGIC;
        if length > 0 && !is_cache && length >= 16 && head[..16] != *MAGIC {
            return Err(io::Error::other("is not a cache of dateline's: name another file"));
        }
        let mut index = FxHashMap::default();
        if is_cache && head[16..] == program {
            let whole = scan(&file, length, &mut index)?;
            file.set_len(whole)?;
        } else {
            file.set_len(0)?;
            file.write_all(MAGIC)?;
            file.write_all(&program)?;
        }
        let mut hasher = blake3::Hasher::new();
        update(&mut hasher, settings);
        let appender = Appender { file: file.try_clone()? };
        Ok((Self { file, index, settings: hasher }, appender))
    }

    /// The key of a file, with how it is read.
    pub fn key(&self, file: &Bytes, hash: &blake3::Hash) -> Key {
        let (kind, charset) = (format!("{:?}", file.kind), file.charset.as_deref().unwrap_or_default());
        self.made(&[b"file", kind.as_bytes(), charset.as_bytes(), hash.as_bytes()])
    }

    /// The key of a text that came in a stream.
    pub fn key_of_text(&self, hash: &blake3::Hash, published: Option<jiff::civil::Date>) -> Key {
        let day = published.map(|day| day.to_string()).unwrap_or_default();
        self.made(&[b"text", day.as_bytes(), hash.as_bytes()])
    }

    fn made(&self, parts: &[&[u8]]) -> Key {
        let mut hasher = self.settings.clone();
        update(&mut hasher, parts);
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        key
    }

    /// The record of a document seen before, under the id that it had then, and its warning.
    pub fn get(&self, key: &Key) -> Option<(Record, Parts, Option<String>)> {
        let (at, length) = *self.index.get(key)?;
        let mut frame = vec![0; FRAME + usize::try_from(length).ok()?];
        read_at(&self.file, &mut frame, at).ok()?;
        let content = &frame[FRAME..];
        if frame[24..FRAME] != checksum(content) {
            return None;
        }
        let (length, rest) = content.split_first_chunk()?;
        let (json, parts) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let (record, warning) = serde_json::from_slice(json).ok()?;
        Some((record, Parts::unpack(parts).ok()?, warning))
    }
}

impl Appender {
    /// Keeps what became of a document.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn push(&mut self, frame: &[u8]) -> io::Result<()> {
        // one write a frame: what has been written survives the end of the program
        self.file.write_all(frame)
    }
}

/// What became of a document, as it is kept.
pub(super) fn frame(key: &Key, record: &Record, parts: &Parts, warning: Option<&str>) -> Vec<u8> {
    // a record has no map keys that are not strings, and memory does not fail
    let json = serde_json::to_vec(&(record, warning)).unwrap_or_default();
    let mut content = (json.len() as u64).to_le_bytes().to_vec();
    content.extend_from_slice(&json);
    let _ = parts.pack(&mut content);
    let mut frame = Vec::with_capacity(FRAME + content.len());
    frame.extend_from_slice(key);
    frame.extend_from_slice(&(content.len() as u64).to_le_bytes());
    frame.extend_from_slice(&checksum(&content));
    frame.extend_from_slice(&content);
    frame
}

/// Lists the whole frames; the offset after the last.
fn scan(file: &File, length: u64, index: &mut FxHashMap<Key, (u64, u64)>) -> io::Result<u64> {
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut at = reader.seek(SeekFrom::Start(HEAD))?;
    let mut head = [0; FRAME];
    while at + FRAME as u64 <= length {
        reader.read_exact(&mut head)?;
        let (mut key, mut size) = ([0; 16], [0; 8]);
        key.copy_from_slice(&head[..16]);
        size.copy_from_slice(&head[16..24]);
        let size = u64::from_le_bytes(size);
        let Some(end) = (at + FRAME as u64).checked_add(size).filter(|end| *end <= length) else { break };
        index.insert(key, (at, size));
        reader.seek_relative(i64::try_from(size).map_err(io::Error::other)?)?;
        at = end;
    }
    Ok(at)
}

fn checksum(content: &[u8]) -> [u8; 8] {
    let mut sum = [0; 8];
    sum.copy_from_slice(&blake3::hash(content).as_bytes()[..8]);
    sum
}

/// Adds parts so that none can be taken for the end of another.
fn update(hasher: &mut blake3::Hasher, parts: &[&[u8]]) {
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
}

/// The hash of the program: its rules, tables and models are all in its file.
fn program() -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(std::env::current_exe()?)?)?;
    Ok(*hasher.finalize().as_bytes())
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<()> {
    use std::os::windows::fs::FileExt;
    let mut done = 0;
    while done < buffer.len() {
        match file.seek_read(&mut buffer[done..], at + done as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => done += read,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    fn key(cache: &Cache, text: &str) -> Key {
        cache.key(
            &Bytes { id: "a.txt".into(), bytes: text.into(), kind: crate::read::formats::Kind::Text, charset: None },
            &blake3::hash(text.as_bytes()),
        )
    }

    #[test]
    fn a_torn_frame_is_cut_off_and_the_whole_ones_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache");
        let (cache, mut appender) = Cache::open(&path, &[b"settings"]).unwrap();
        for text in ["one", "two"] {
            let record = Record { title: Some(text.into()), ..Record::default() };
            appender.push(&frame(&key(&cache, text), &record, &Parts::default(), Some("look"))).unwrap();
        }
        drop((cache, appender));
        let length = std::fs::metadata(&path).unwrap().len();
        File::options().write(true).open(&path).unwrap().set_len(length - 3).unwrap();
        let (cache, _appender) = Cache::open(&path, &[b"settings"]).unwrap();
        let get = |text: &str| cache.get(&key(&cache, text));
        assert_eq!(get("one").map(|(record, _, warning)| (record.title, warning)), Some((Some("one".into()), Some("look".into()))));
        assert!(get("two").is_none());
        assert!(std::fs::metadata(&path).unwrap().len() < length - 3);
    }

    #[test]
    fn other_settings_are_other_documents() {
        let folder = tempfile::tempdir().unwrap();
        let keys = ["a", "b"].map(|settings| {
            let (cache, _) = Cache::open(&folder.path().join("cache"), &[settings.as_bytes()]).unwrap();
            key(&cache, "text")
        });
        assert_ne!(keys[0], keys[1]);
    }

    #[test]
    fn a_file_that_is_no_cache_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("thesis.txt");
        std::fs::write(&path, "twenty years of my life, in one file").unwrap();
        assert!(Cache::open(&path, &[]).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap().len(), 36);
    }
}
