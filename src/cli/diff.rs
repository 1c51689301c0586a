//! `dateline diff`: what changed between two results, cell by cell.
//!
//! Rows of the first result are found again by their keys through an index of offsets, so memory
//! holds sixteen bytes a row and not the tables.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{Ending, Stop};

const EXAMPLES: &str = "\
Examples:
  dateline diff monday/ tuesday/                     all tables of two folders
  dateline diff monday.jsonl tuesday.jsonl
  dateline diff a/donors.csv b/donors.csv --key document,entity,role";

/// Print what changed between two results, a changed cell a line, as CSV.
///
/// Exit code 0 when nothing did, 1 when something did.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES)]
pub(super) struct Flags {
    /// A table, records in JSON Lines, or a folder of tables.
    a: PathBuf,
    /// What to compare with it.
    b: PathBuf,
    /// Columns that say which row is which [default: by the table's name].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    key: Vec<String>,
    /// Columns to leave out of the comparison.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    ignore: Vec<String>,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let head = out.write_record(["table", "row", "column", "a", "b"]);
    head.map_err(|error| Stop::Fault(error.to_string()))?;
    let mut changed = false;
    for (name, a, b) in pairs(&flags.a, &flags.b)? {
        changed |= compare(&name, &a, &b, flags, &mut out)?;
    }
    let out = out.into_inner().map_err(|error| Stop::Fault(error.to_string()))?;
    std::io::stdout().write_all(&out)?;
    Ok(if changed { Ending::Partly } else { Ending::Whole })
}

/// The tables to compare: two files, or those of one name in two folders.
fn pairs(a: &Path, b: &Path) -> Result<Vec<(String, PathBuf, PathBuf)>, Stop> {
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if a.is_dir() != b.is_dir() {
        return Err(Stop::Usage(format!("{} and {}: two files or two folders can be compared", a.display(), b.display())));
    }
    if !a.is_dir() {
        return Ok(vec![(stem(a), a.into(), b.into())]);
    }
    let tables = |folder: &Path| -> Result<Vec<String>, Stop> {
        let names = std::fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| form(Path::new(name)).is_some()).collect();
        names.sort();
        Ok(names)
    };
    let (ours, theirs) = (tables(a)?, tables(b)?);
    if let Some(alone) = ours.iter().find(|name| !theirs.contains(name)).or_else(|| theirs.iter().find(|name| !ours.contains(name))) {
        return Err(Stop::Usage(format!("{alone} is in only one of {} and {}", a.display(), b.display())));
    }
    if ours.is_empty() {
        return Err(Stop::Usage(format!("{}: has no table: .csv, .tsv or .jsonl", a.display())));
    }
    Ok(ours.iter().map(|name| (stem(Path::new(name)), a.join(name), b.join(name))).collect())
}

/// How a table is written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Delimited(u8),
    Lines,
}

fn form(path: &Path) -> Option<Form> {
    match path.extension()?.to_str()? {
        "csv" => Some(Form::Delimited(b',')),
        "tsv" => Some(Form::Delimited(b'\t')),
        "jsonl" => Some(Form::Lines),
        _ => None,
    }
}

/// A row: its columns in order, with their cells as text.
type Row = Vec<(String, String)>;

/// The rows of a table, one by one, each with the offset where it begins.
enum Rows {
    Delimited { reader: Box<csv::Reader<File>>, header: Vec<String>, shown: String },
    Lines { reader: BufReader<File>, at: u64, shown: String },
}

impl Rows {
    fn open(path: &Path) -> Result<Self, Stop> {
        let shown = path.display().to_string();
        let unread = |error: &dyn std::fmt::Display| Stop::Usage(format!("{shown}: {error}"));
        let form = form(path).ok_or_else(|| unread(&"is not .csv, .tsv or .jsonl"))?;
        let file = File::open(path).map_err(|error| unread(&error))?;
        Ok(match form {
            Form::Lines => Self::Lines { reader: BufReader::with_capacity(1 << 18, file), at: 0, shown },
            Form::Delimited(delimiter) => {
                let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).buffer_capacity(1 << 18).from_reader(file);
                let header = reader.headers().map_err(|error| unread(&error))?;
                let header = header.iter().map(|name| name.trim_start_matches('\u{feff}').to_string()).collect();
                Self::Delimited { reader: Box::new(reader), header, shown }
            }
        })
    }

    fn next(&mut self) -> Result<Option<(u64, Row)>, Stop> {
        match self {
            Rows::Delimited { reader, header, shown } => {
                let mut row = csv::StringRecord::new();
                let at = reader.position().byte();
                match reader.read_record(&mut row) {
                    Ok(false) => Ok(None),
                    Ok(true) => Ok(Some((at, header.iter().cloned().zip(row.iter().map(Into::into)).collect()))),
                    Err(error) => Err(Stop::Usage(format!("{shown}: {error}"))),
                }
            }
            Rows::Lines { reader, at, shown } => {
                let mut line = Vec::new();
                if reader.read_until(b'\n', &mut line)? == 0 {
                    return Ok(None);
                }
                let begin = *at;
                *at += line.len() as u64;
                let row: serde_json::Map<String, Value> =
                    serde_json::from_slice(&line).map_err(|error| Stop::Usage(format!("{shown}: {error}")))?;
                let cell = |value: Value| if let Value::String(text) = value { text } else { value.to_string() };
                Ok(Some((begin, row.into_iter().map(|(name, value)| (name, cell(value))).collect())))
            }
        }
    }

    /// The row that begins at an offset.
    fn at(&mut self, offset: u64) -> Result<Option<Row>, Stop> {
        match self {
            Rows::Delimited { reader, shown, .. } => {
                let mut position = csv::Position::new();
                position.set_byte(offset);
                reader.seek(position).map_err(|error| Stop::Fault(format!("{shown}: {error}")))?;
            }
            Rows::Lines { reader, at, .. } => {
                reader.seek(SeekFrom::Start(offset))?;
                *at = offset;
            }
        }
        Ok(self.next()?.map(|(_, row)| row))
    }
}

/// What tells the rows of dateline's own tables apart.
fn usual_key(row: &Row) -> Vec<String> {
    let has = |name: &str| row.iter().any(|(column, _)| column == name);
    let sets: [&[&str]; 4] = [&["document", "type", "start", "end"], &["document", "entity", "role"], &["id"], &["name"]];
    let set = sets.into_iter().find(|set| set.iter().all(|name| has(name)));
    set.map_or_else(|| row.iter().take(1).map(|(name, _)| name.clone()).collect(), |set| set.iter().map(ToString::to_string).collect())
}

fn compare(name: &str, a: &Path, b: &Path, flags: &Flags, out: &mut csv::Writer<Vec<u8>>) -> Result<bool, Stop> {
    let mut key = flags.key.clone();
    let (mut ours, mut theirs) = (Rows::open(a)?, Rows::open(b)?);
    let mut index: FxHashMap<u64, (u64, bool)> = FxHashMap::default();
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    let mut of = |row: &Row, seen: &mut FxHashMap<u64, u32>| -> (String, u64) {
        if key.is_empty() {
            key = usual_key(row);
        }
        let shown = key.iter().map(|column| cell(row, column).unwrap_or_default()).collect::<Vec<_>>().join(" ");
        // the second row of a key is compared with the second
        let nth = seen.entry(super::ids::hash(&shown)).or_default();
        *nth += 1;
        let hash = super::ids::hash(&format!("{shown}\0{nth}"));
        (shown, hash)
    };
    while let Some((at, row)) = ours.next()? {
        let (_, hash) = of(&row, &mut seen);
        index.insert(hash, (at, false));
    }
    seen.clear();
    let mut changed = false;
    let mut write = |line: [&str; 5]| -> Result<(), Stop> {
        changed = true;
        out.write_record(line).map_err(|error| Stop::Fault(error.to_string()))
    };
    while let Some((_, row)) = theirs.next()? {
        let (shown, hash) = of(&row, &mut seen);
        let Some((at, met)) = index.get_mut(&hash) else {
            write([name, &shown, "", "", "added"])?;
            continue;
        };
        *met = true;
        let Some(before) = ours.at(*at)? else { continue };
        let wanted = |column: &&(String, String)| !flags.ignore.contains(&column.0);
        for (column, now) in row.iter().filter(wanted) {
            let was = cell(&before, column).unwrap_or_default();
            if was != now {
                write([name, &shown, column, was, now])?;
            }
        }
        for (column, was) in before.iter().filter(wanted).filter(|(column, _)| cell(&row, column).is_none()) {
            write([name, &shown, column, was, ""])?;
        }
    }
    let mut gone: Vec<u64> = index.values().filter(|(_, met)| !met).map(|(at, _)| *at).collect();
    gone.sort_unstable();
    for at in gone {
        if let Some(row) = ours.at(at)? {
            let (shown, _) = of(&row, &mut seen);
            write([name, &shown, "", "removed", ""])?;
        }
    }
    Ok(changed)
}

fn cell<'a>(row: &'a Row, column: &str) -> Option<&'a str> {
    row.iter().find(|(name, _)| name == column).map(|(_, cell)| cell.as_str())
}
