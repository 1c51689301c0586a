//! What `summary`, `report` and the like read: documents, or what `extract` made of them.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::run::WINDOW;
use super::{Ending, Stop};
use crate::overview::{Error, Overview, is_part, is_table};
use crate::read::order;
use crate::record::Record;

/// What is read: the flags of every command that shows a corpus.
#[derive(Debug, clap::Args)]
pub(super) struct Input {
    /// Files and folders to read as extract does; or what it wrote: records (.jsonl, packed as .gz or .zst too), a folder of tables, or a table of documents.
    #[arg(value_name = "PATH|TABLES", required = true)]
    paths: Vec<PathBuf>,
    /// Flags of extract that say how documents are read, after --: -- --from jsonl --text-column body
    #[arg(last = true, value_name = "EXTRACT FLAGS")]
    extract: Vec<OsString>,
}

/// The full records beside tables that were written as JSON Lines: they tell more.
const RECORDS: &str = "records.jsonl";

/// What a path holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Records,
    Tables,
    Documents,
}

impl Input {
    /// Reads everything but `output`, which may lie in a folder that is read; notes what the tables do not tell, and
    /// says whether all documents could be read.
    pub fn read(&self, output: Option<&Path>) -> Result<(Overview, Ending), Stop> {
        let (overview, ending) = self.gather(output)?;
        for lack in &overview.lacks {
            super::report::message("note", lack);
        }
        Ok((overview, ending))
    }

    fn gather(&self, output: Option<&Path>) -> Result<(Overview, Ending), Stop> {
        if let Some(path) = self.paths.iter().find(|path| path.as_os_str() != "-" && !path.exists()) {
            return Err(Stop::Usage(format!("{}: does not exist", path.display())));
        }
        if let Some(path) = self.paths.iter().find(|path| is_part(path)) {
            return Err(Stop::Usage(format!("{}: is one of several tables: give their folder", path.display())));
        }
        let held: Vec<Holds> = self.paths.iter().map(|path| holds(path)).collect();
        let mut overview = Overview::default();
        if !held.contains(&Holds::Documents) {
            if !self.extract.is_empty() {
                return Err(Stop::Usage("flags of extract are for documents, and what is given has been read already".into()));
            }
            for (path, holds) in self.paths.iter().zip(held) {
                match holds {
                    Holds::Tables if path.join(RECORDS).is_file() => records(&path.join(RECORDS), &mut overview)?,
                    Holds::Tables => overview.add_tables(path).map_err(|error| unread(&error))?,
                    _ => records(path, &mut overview)?,
                }
            }
            return Ok((overview, Ending::Whole));
        }
        if let Some((path, _)) = self.paths.iter().zip(&held).find(|(_, holds)| **holds != Holds::Documents) {
            return Err(Stop::Usage(format!(
                "{}: is a result of dateline, and the other paths are documents: give one kind at a time",
                path.display()
            )));
        }
        for path in &self.paths {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
            if path.is_file() && matches!(ending.as_str(), "xlsx" | "sqlite" | "db" | "sqlite3" | "parquet") && self.extract.is_empty() {
                return Err(Stop::Usage(format!(
                    "{}: a result is read here as records (extract -o all.jsonl) or as a folder of CSV, TSV or JSON Lines (extract -o tables/)",
                    path.display()
                )));
            }
        }
        let temporary = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
        let mut more: Vec<OsString> = Vec::new();
        if std::io::stderr().is_terminal() && !self.extract.iter().any(|flag| flag.to_string_lossy().starts_with("--progress")) {
            more.extend(["--progress", "always"].map(Into::into));
        }
        if let Some(output) = output {
            more.extend(["--leave-out".into(), output.into()]);
        }
        more.extend(self.extract.iter().cloned());
        let ending = super::extract::quietly(&self.paths, &more, temporary.path())?;
        records(temporary.path(), &mut overview)?;
        Ok((overview, ending))
    }
}

fn unread(error: &Error) -> Stop {
    match error {
        Error::Read(..) => Stop::Fault(error.to_string()),
        Error::Form(..) => Stop::Usage(error.to_string()),
    }
}

fn holds(path: &Path) -> Holds {
    if path.is_dir() {
        return match () {
            () if is_table(path) => Holds::Tables,
            () => Holds::Documents,
        };
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let plain = name.trim_end_matches(".gz").trim_end_matches(".zst");
    if plain.ends_with(".jsonl") && is_result(path) {
        return Holds::Records;
    }
    if is_table(path) { Holds::Tables } else { Holds::Documents }
}

/// Whether the first line says what was found, and not what is to be read.
fn is_result(path: &Path) -> bool {
    let Ok(reader) = opened(path) else { return false };
    // a result of no documents is an empty file
    let Some(first) = reader.lines().map_while(Result::ok).find(|line| !line.trim().is_empty()) else { return true };
    let record: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&first).ok();
    record.is_some_and(|record| record.contains_key("mentions") || record.contains_key("error") && !record.contains_key("event_start"))
}

fn opened(path: &Path) -> std::io::Result<Box<dyn BufRead + Send>> {
    let file = File::open(path)?;
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let reader: Box<dyn Read + Send> = match ending.as_str() {
        "gz" => Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(file))),
        "zst" => Box::new(zstd::stream::read::Decoder::new(file)?),
        _ => Box::new(file),
    };
    Ok(Box::new(BufReader::with_capacity(1 << 18, reader)))
}

/// Reads a file of records; parsing is what takes time, so every thread does some.
fn records(path: &Path, overview: &mut Overview) -> Result<(), Stop> {
    let shown = path.display();
    let pool = order::pool(None).map_err(|error| Stop::Fault(format!("no threads: {error}")))?;
    let reader = opened(path).map_err(|error| Stop::Fault(format!("{shown}: {error}")))?;
    let work = |(number, line): (usize, std::io::Result<String>)| -> Result<Option<Record>, Stop> {
        let line = line.map_err(|error| Stop::Fault(format!("{shown}: {error}")))?;
        if line.trim().is_empty() {
            return Ok(None);
        }
        let record: Record = serde_json::from_str(&line)
            .map_err(|error| Stop::Usage(format!("{shown}: line {}: is no record of dateline: {error}", number + 1)))?;
        if record.order.is_some() {
            return Err(Stop::Usage(format!("{shown}: is a part of a shared run: put the parts together with dateline merge first")));
        }
        Ok(Some(record))
    };
    let size = |(_, line): &(usize, std::io::Result<String>)| line.as_ref().map_or(0, String::len);
    let stop = order::map(&pool, WINDOW, reader.lines().enumerate(), size, work, |record, _| match record {
        Ok(record) => {
            if let Some(record) = record {
                overview.add(&record);
            }
            ControlFlow::Continue(())
        }
        Err(stop) => ControlFlow::Break(stop),
    });
    stop.map_or(Ok(()), Err)
}

/// The format that a file's ending or a flag says; none where neither does.
pub(super) fn form<T: Copy + PartialEq>(output: Option<&Path>, said: Option<T>, known: &[(&str, T)]) -> Result<Option<T>, Stop> {
    let Some(output) = output else { return Ok(said) };
    let shown = output.display();
    let endings = known.iter().map(|(ending, _)| format!(".{ending}")).collect::<Vec<_>>().join(", ");
    let ending = output.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let Some((_, by_ending)) = known.iter().find(|(name, _)| *name == ending) else {
        return match said {
            Some(said) if !output.is_dir() => Ok(Some(said)),
            _ => Err(Stop::Usage(format!("-o {shown}: the ending says the format: {endings}"))),
        };
    };
    match said {
        Some(said) if said != *by_ending => Err(Stop::Usage(format!("-o {shown} contradicts --format"))),
        _ => Ok(Some(*by_ending)),
    }
}

/// Writes to a file, which is replaced as a whole or left as it was, or to standard output.
pub(super) fn written(output: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Stop> {
    match output {
        // a device or a pipe is written to, not replaced
        Some(path) if path.metadata().is_ok_and(|metadata| !metadata.is_file()) => {
            let fault = |error: std::io::Error| Stop::Fault(format!("{}: cannot be written: {error}", path.display()));
            let mut out = std::io::BufWriter::new(File::options().write(true).open(path).map_err(fault)?);
            write(&mut out)?;
            out.flush()?;
            Ok(())
        }
        Some(path) => super::output::replace_with(path, write),
        None => {
            let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
            write(&mut out)?;
            out.flush()?;
            Ok(())
        }
    }
}
