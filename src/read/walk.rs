//! Paths and folders, and the ids of the documents in them.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};

use super::archives::{self, Source};
use super::formats::{self, Format, Kind, Table};
use super::{Bytes, Failure, Form, Item, Sources, parquet, stream};

/// Why reading cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A `--glob` that is no glob.
    #[error("the glob does not parse: {0}")]
    Glob(#[from] ignore::Error),
    /// A `--files-from` list that cannot be read.
    #[error("the list of files {path}: {error}")]
    List {
        /// The list.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
}

type Items = Box<dyn Iterator<Item = Item> + Send>;

pub(super) fn items(sources: Sources) -> Result<Items, Error> {
    // globs are tried once here, so that a wrong one stops the run before anything is read
    overrides(&sources, Path::new("."))?;
    let paths: Box<dyn Iterator<Item = PathBuf> + Send> = match &sources.files_from {
        None => Box::new(sources.paths.clone().into_iter()),
        Some(list) => Box::new(sources.paths.clone().into_iter().chain(listed(list, sources.null)?)),
    };
    let several = sources.files_from.is_some() || sources.paths.len() > 1;
    let sources = Arc::new(sources);
    Ok(Box::new(paths.flat_map(move |path| named(&sources, &path, several))))
}

/// The paths of a `--files-from` list.
fn listed(list: &Path, null: bool) -> Result<impl Iterator<Item = PathBuf> + Send + use<>, Error> {
    let reader: Box<dyn Read + Send> = if list.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(list).map_err(|error| Error::List { path: list.display().to_string(), error })?)
    };
    let end = if null { 0 } else { b'\n' };
    let names = BufReader::new(reader).split(end).map_while(Result::ok);
    Ok(names.filter_map(move |mut name| {
        if !null && name.last() == Some(&b'\r') {
            name.pop();
        }
        (!name.is_empty()).then(|| path_of(name))
    }))
}

#[cfg(unix)]
fn path_of(name: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(name).into()
}

#[cfg(not(unix))]
fn path_of(name: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&name).into_owned().into()
}

/// What a PATH of the command line stands for.
fn named(sources: &Arc<Sources>, path: &Path, several: bool) -> Items {
    if path.as_os_str() == "-" {
        return match stream::kind(sources, Format::Document(Kind::Text)) {
            Some(table) => Box::new(stream::lines(Box::new(std::io::stdin()), table, sources, String::new())),
            None => opened(
                sources,
                "-".into(),
                "standard input",
                Format::Document(Kind::Text),
                Source::Stream(Box::new(std::io::stdin())),
                None,
            ),
        };
    }
    let typed = slashed(path);
    let typed = typed.trim_end_matches('/').to_string();
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => {
            let id = if several { typed } else { name_of(path) };
            return Box::new(std::iter::once(Item::Failed(unopened(id, path, &error))));
        }
    };
    if metadata.is_dir() {
        let prefix = if several { format!("{typed}/") } else { String::new() };
        return folder(sources, path, prefix);
    }
    let id = if several { typed } else { name_of(path) };
    let prefix = if several { format!("{id}/") } else { String::new() };
    file(sources, path, id, prefix, true)
}

fn overrides(sources: &Sources, root: &Path) -> Result<Override, ignore::Error> {
    let mut builder = OverrideBuilder::new(root);
    for glob in &sources.globs {
        builder.add(glob)?;
    }
    builder.build()
}

/// Everything in a folder, in the order of names, folder by folder.
fn folder(sources: &Arc<Sources>, root: &Path, prefix: String) -> Items {
    let Ok(overrides) = overrides(sources, root) else { return Box::new(std::iter::empty()) };
    let hidden = Arc::new(AtomicUsize::new(0));
    let (wanted, counter) = (sources.hidden, Arc::clone(&hidden));
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .ignore(sources.respect_ignore)
        .git_ignore(sources.respect_ignore)
        .git_exclude(sources.respect_ignore)
        .parents(sources.respect_ignore)
        .require_git(false)
        .follow_links(sources.follow)
        .overrides(overrides)
        .sort_by_file_name(std::cmp::Ord::cmp)
        .filter_entry(move |entry| {
            let skipped = !wanted && entry.depth() > 0 && entry.file_name().as_encoded_bytes().first() == Some(&b'.');
            counter.fetch_add(usize::from(skipped), Ordering::Relaxed);
            !skipped
        })
        .build();
    let (sources, root) = (Arc::clone(sources), root.to_path_buf());
    let found = walk.flat_map(move |entry| -> Items {
        match entry {
            Err(error) => Box::new(std::iter::once(Item::Failed(unwalked(&error, &root, &prefix)))),
            Ok(entry) => {
                let path = entry.path();
                let id = format!("{prefix}{}", slashed(path.strip_prefix(&root).unwrap_or(path)));
                match entry.file_type() {
                    Some(kind) if kind.is_dir() => Box::new(std::iter::empty()),
                    Some(kind) if kind.is_symlink() => Box::new(std::iter::once(match std::fs::metadata(path) {
                        Ok(_) => Item::Skipped { path: id, reason: "link (--follow reads it)" },
                        Err(error) => Item::Failed(unopened(id, path, &error)),
                    })),
                    Some(kind) if !kind.is_file() => Box::new(std::iter::once(Item::Skipped { path: id, reason: "device or pipe" })),
                    _ => {
                        let prefix = format!("{id}/");
                        file(&sources, path, id, prefix, false)
                    }
                }
            }
        }
    });
    // counted when the walk is over
    let unseen = std::iter::once_with(move || hidden.swap(0, Ordering::Relaxed)).flat_map(|count| {
        std::iter::repeat_with(|| Item::Skipped { path: String::new(), reason: "hidden (--hidden reads it)" }).take(count)
    });
    Box::new(found.chain(unseen))
}

/// One file, named outright or found in a folder.
fn file(sources: &Arc<Sources>, path: &Path, id: String, prefix: String, outright: bool) -> Items {
    let one = |item| -> Items { Box::new(std::iter::once(item)) };
    let skip = |id: String, reason| -> Items { one(Item::Skipped { path: id, reason }) };
    let refuse = |id: String, message: String| -> Items { one(Item::Failed(Failure::new(id, "unsupported", message))) };
    if sources.outputs.iter().any(|output| is_same(output, path)) {
        return skip(id, "this run's own output");
    }
    if sources.shard.is_some_and(|shard| stream::kind(sources, formats::format(&id)).is_none() && !shard.holds(&id)) {
        return skip(id, "of another shard");
    }
    let format = formats::format(&id);
    let table = stream::kind(sources, format);
    match (format, table) {
        (Format::Unread(what), None) => return refuse(id, format!("is not read ({what}): convert it to a text, a page or a DOCX first")),
        (Format::Other(what), None) if outright => {
            return refuse(id, format!("is not read ({what}): convert it to plain text first"));
        }
        (Format::Other(what) | Format::Unread(what), _) if !outright => return skip(id, what),
        (Format::Table(_), None) if sources.form == Form::Auto => {
            return if outright {
                refuse(id, "is a table: name the column that holds the texts with --text-column NAME".into())
            } else {
                skip(id, "table without --text-column")
            };
        }
        (Format::Document(_) | Format::Crawl, Some(_)) if !outright => return skip(id, "no stream or table by its ending"),
        _ => {}
    }
    let (handle, size) = match File::open(path).and_then(|handle| handle.metadata().map(|metadata| (handle, metadata.len()))) {
        Ok(opened) => opened,
        Err(error) => return one(Item::Failed(unopened(id, path, &error))),
    };
    if table == Some(Table::Parquet) {
        return parquet::rows(parquet::Place::File(handle), sources, &prefix);
    }
    if let Some(table) = table {
        let mut reader = BufReader::with_capacity(1 << 16, handle);
        match reader.fill_buf() {
            Ok(start) if formats::is_own_output(start) => {
                return if outright {
                    refuse(id, "is a table that dateline wrote, not a table of texts".into())
                } else {
                    skip(id, "dateline's own output")
                };
            }
            Ok(_) => {}
            Err(error) => return one(Item::Failed(unopened(id, path, &error))),
        }
        return Box::new(stream::lines(Box::new(reader), table, sources, prefix));
    }
    opened(sources, id, &slashed(path), format, Source::File(handle), Some(size))
}

/// The documents of an open file: its first bytes may tell better than its name what it is.
fn opened(sources: &Arc<Sources>, id: String, shown: &str, by_name: Format, source: Source, size: Option<u64>) -> Items {
    let one = |item| -> Items { Box::new(std::iter::once(item)) };
    let mut start = Vec::with_capacity(formats::START);
    let (source, read_start) = match source {
        Source::File(mut file) => {
            let read = file.by_ref().take(formats::START as u64).read_to_end(&mut start).and_then(|_| file.rewind());
            (Source::File(file), read)
        }
        Source::Stream(mut stream) => {
            let read = stream.by_ref().take(formats::START as u64).read_to_end(&mut start).map(drop);
            (Source::Stream(stream), read)
        }
    };
    if let Err(error) = read_start {
        return one(Item::Failed(Failure::new(id, "unreadable", format!("{shown}: {error}"))));
    }
    let format = match sources.form {
        Form::Text if !matches!(by_name, Format::Archive(_)) => Format::Document(Kind::Text),
        _ => formats::sniffed(by_name, &start),
    };
    let source = match source {
        Source::Stream(stream) => Source::Stream(Box::new(Cursor::new(start).chain(stream))),
        file @ Source::File(_) => file,
    };
    match (format, source) {
        (Format::Document(kind), Source::File(file)) => one(read(id, shown, file, kind, size, sources.max_size)),
        (Format::Document(kind), Source::Stream(stream)) => one(read(id, shown, stream, kind, size, sources.max_size)),
        (format, source) => archives::items(sources, id, format, source),
    }
}

/// Reads a file to its end, up to the limit.
fn read(id: String, shown: &str, reader: impl Read, kind: Kind, size: Option<u64>, limit: u64) -> Item {
    if size.is_some_and(|size| size > limit) {
        return Item::Failed(too_large(id, limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size.unwrap_or(0).min(limit)).unwrap_or(0));
    match reader.take(limit + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > limit => Item::Failed(too_large(id, limit)),
        Ok(_) => Item::File(Bytes { id, bytes, kind, charset: None }),
        Err(error) => Item::Failed(Failure::new(id, "unreadable", format!("{shown}: {error}"))),
    }
}

pub(super) fn too_large(id: String, limit: u64) -> Failure {
    Failure::new(id, "too-large", format!("is larger than {limit} bytes: --max-size sets the limit"))
}

/// The failure of a path that does not open.
fn unopened(id: String, path: &Path, error: &std::io::Error) -> Failure {
    use std::io::ErrorKind::{NotFound, PermissionDenied};
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_symlink());
    match error.kind() {
        NotFound if is_link => Failure::new(id, "broken-link", "is a link to a file that does not exist"),
        NotFound => Failure::new(id, "not-found", "does not exist"),
        PermissionDenied => Failure::new(id, "no-permission", "may not be read: permission denied"),
        _ => Failure::new(id, "unreadable", format!("could not be read: {error}")),
    }
}

/// The failure of a step of a walk.
fn unwalked(error: &ignore::Error, root: &Path, prefix: &str) -> Failure {
    fn path_in(error: &ignore::Error) -> Option<&Path> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path),
            ignore::Error::Loop { child, .. } => Some(child),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_in(err),
            ignore::Error::Partial(errors) => errors.first().and_then(path_in),
            _ => None,
        }
    }
    fn is_loop(error: &ignore::Error) -> bool {
        match error {
            ignore::Error::Loop { .. } => true,
            ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
            _ => false,
        }
    }
    let path = path_in(error).unwrap_or(root);
    let relative = slashed(path.strip_prefix(root).unwrap_or(path));
    let id = if relative.is_empty() { prefix.trim_end_matches('/').to_string() } else { format!("{prefix}{relative}") };
    let id = if id.is_empty() { name_of(root) } else { id };
    if is_loop(error) {
        return Failure::new(id, "link-loop", "is a link to a folder that it lies in");
    }
    match error.io_error() {
        Some(io) => unopened(id, path, io),
        None => Failure::new(id, "unreadable", format!("could not be read: {error}")),
    }
}

/// A path with `/`, whatever the system's separator.
fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| slashed(path), |name| name.to_string_lossy().into_owned())
}

fn is_same(output: &Path, path: &Path) -> bool {
    output.file_name() == path.file_name()
        && match (std::fs::canonicalize(output), std::fs::canonicalize(path)) {
            (Ok(a), Ok(b)) => a == b,
            _ => output == path,
        }
}
