//! `dateline verify`: does a table still follow from its originals?
//!
//! The originals are read again, with the same flags, and every cell of the table is held against
//! the row that they give now: a mention by its document, type and offsets, a role by its document,
//! body and the place of its words, a document by its id, a body by its name. Rows that the table lacks
//! are counted and no fault: a table may be a choice of rows and columns.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::report::shown;
use super::{Ending, Stop};
use crate::record::Record;
use crate::tables::{BODIES, Bodies, Cell, Column, DOCUMENTS, Kind, Shape, Table};

const EXAMPLES: &str = "\
Examples:
  dateline verify tables/mentions.csv --source releases/
  dateline verify all.jsonl --source releases/
  dateline verify roles.csv --source releases/ -- --places my-places.csv --corpus off";

const EXIT_CODES: &str = "\
Exit codes:
  0    every cell follows from the originals
  1    some do not, each on a line of standard output
  2    wrong usage
  3    a file could not be read";

/// Read the originals again, and say which cells of a table do not follow from them.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = EXIT_CODES)]
pub(super) struct Flags {
    /// A table or full records that extract wrote, as csv, tsv, json or jsonl.
    table: PathBuf,
    /// The folder or file that was read.
    #[arg(long, value_name = "PATH")]
    source: PathBuf,
    /// What stands for an empty cell, when the table was written with --null.
    #[arg(long, value_name = "TEXT", default_value = "")]
    null: String,
    /// Flags of extract with which the table was made, after --.
    #[arg(last = true, value_name = "EXTRACT FLAGS")]
    extract: Vec<String>,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let temporary = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
    // a document that fails is a row like any other
    let more: Vec<std::ffi::OsString> = flags.extract.iter().map(Into::into).collect();
    super::extract::quietly(std::slice::from_ref(&flags.source), &more, temporary.path())?;
    let mut originals = Originals::open(temporary.path())?;
    let mut findings = Findings { out: std::io::BufWriter::new(std::io::stdout().lock()), cells: 0, wrong: 0 };
    let rows = read(&flags.table, &flags.null)?;
    match rows {
        Rows::Records(records) => {
            for record in records {
                let record = record?;
                let id = record.get("id").and_then(Value::as_str).unwrap_or_default().to_string();
                match originals.record(&id)? {
                    Some(now) => findings.record(&record, &now)?,
                    None => findings.say(&id, "is no document of the originals")?,
                }
            }
        }
        Rows::Table(shape, rows) => {
            let bodies = if shape == Shape::Organizations { originals.bodies()? } else { Bodies::default() };
            let bodies: HashMap<String, Vec<Cow<str>>> = bodies.rows().map(|row| (row[0].flat().into_owned(), flat(&row))).collect();
            let mut held: Option<(String, Held)> = None;
            for row in rows {
                let row = row?;
                if shape == Shape::Organizations {
                    let name = row.cell("name").unwrap_or_default();
                    match bodies.get(name) {
                        Some(now) => findings.row(name, &BODIES, &row, now)?,
                        None => findings.say(name, "no original names this body")?,
                    }
                    continue;
                }
                let id = row.cell(if shape == Shape::Documents { "id" } else { "document" }).unwrap_or_default().to_string();
                if held.as_ref().is_none_or(|(of, _)| *of != id) {
                    let now = originals.record(&id)?.map(|record| Held::of(shape, &record));
                    held = Some((id.clone(), now.unwrap_or_default()));
                }
                let Some((_, now)) = &held else { continue };
                let table = shape.table().unwrap_or(&DOCUMENTS);
                let key = key(shape, |column| row.cell(column).unwrap_or_default().into());
                match now.rows.get(&key) {
                    Some(now) => findings.row(&place(&id, &key), table, &row, now)?,
                    None if !now.is_there => findings.say(&id, "is no document of the originals")?,
                    None => findings.say(&place(&id, &key), &now.nothing(shape, &row))?,
                }
            }
        }
    }
    let Findings { mut out, cells, wrong } = findings;
    out.flush()?;
    drop(out);
    anstream::eprintln!("dateline: {cells} cells, {wrong} that do not follow from the originals");
    Ok(if wrong > 0 { Ending::Partly } else { Ending::Whole })
}

/// The originals as they are read now, a record at a time.
struct Originals {
    file: File,
    at: HashMap<String, u64>,
}

impl Originals {
    fn open(path: &Path) -> Result<Self, Stop> {
        #[derive(serde::Deserialize)]
        struct Head {
            id: String,
            #[serde(default)]
            error: Option<crate::record::Fault>,
        }
        let file = File::open(path)?;
        let mut at = HashMap::new();
        let (mut reader, mut start, mut line) = (BufReader::new(&file), 0, Vec::new());
        loop {
            line.clear();
            let length = reader.read_until(b'\n', &mut line)? as u64;
            if length == 0 {
                break;
            }
            let head: Head = serde_json::from_slice(&line).map_err(|error| Stop::Fault(error.to_string()))?;
            // of two with one id the first was read
            if head.error.is_none_or(|fault| fault.kind != "duplicate-id") || !at.contains_key(&head.id) {
                at.entry(head.id).or_insert(start);
            }
            start += length;
        }
        Ok(Self { file, at })
    }

    fn record(&mut self, id: &str) -> Result<Option<Record>, Stop> {
        let Some(at) = self.at.get(id) else { return Ok(None) };
        self.file.seek(SeekFrom::Start(*at))?;
        let mut line = Vec::new();
        BufReader::new(&self.file).read_until(b'\n', &mut line)?;
        Ok(Some(serde_json::from_slice(&line).map_err(|error| Stop::Fault(error.to_string()))?))
    }

    fn bodies(&mut self) -> Result<Bodies, Stop> {
        self.file.rewind()?;
        let mut bodies = Bodies::default();
        for line in BufReader::new(&self.file).lines() {
            let record: Record = serde_json::from_str(&line?).map_err(|error| Stop::Fault(error.to_string()))?;
            bodies.add(Bodies::of(&record));
        }
        Ok(bodies)
    }
}

/// The rows that a document has now, by what identifies them.
#[derive(Default)]
struct Held {
    is_there: bool,
    rows: HashMap<Vec<String>, Vec<Cow<'static, str>>>,
}

impl Held {
    fn of(shape: Shape, record: &Record) -> Self {
        let table = shape.table().unwrap_or(&DOCUMENTS);
        let at = |column: &str| table.columns.iter().position(|c| c.name == column);
        let rows = shape.rows(record).into_iter().map(|row| {
            let cells: Vec<Cow<'static, str>> = flat(&row).into_iter().map(|cell| cell.into_owned().into()).collect();
            let key = key(shape, |column| at(column).map(|at| cells[at].to_string()).unwrap_or_default());
            (key, cells)
        });
        Self { is_there: true, rows: rows.collect() }
    }

    /// What is said of a row that the originals do not give.
    fn nothing(&self, shape: Shape, row: &Row) -> String {
        let at = |column: &str| row.cell(column).unwrap_or_default();
        match shape {
            Shape::Mentions => {
                // the same words may have moved, or another type won
                let same_place = self.rows.keys().find(|key| key[1] == at("start") && key[2] == at("end"));
                match same_place {
                    Some(key) => format!("{} {:?}: is now a {}", at("type"), at("text"), key[0]),
                    None => format!("{} {:?}: nothing is found at this place now", at("type"), at("text")),
                }
            }
            _ => format!("{} {}: does not follow any more", at("role"), at("name")),
        }
    }
}

fn flat<'a>(row: &[Cell<'a>]) -> Vec<Cow<'a, str>> {
    row.iter().map(|cell| cell.flat().into_owned().into()).collect()
}

/// What identifies a row within its document.
fn key(shape: Shape, cell: impl Fn(&str) -> String) -> Vec<String> {
    let columns: &[&str] = match shape {
        Shape::Mentions => &["type", "start", "end"],
        Shape::Roles => &["role", "name", "evidence_start"],
        _ => &[],
    };
    columns.iter().map(|column| cell(column)).collect()
}

fn place(id: &str, key: &[String]) -> String {
    std::iter::once(id).chain(key.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
}

struct Findings<W: Write> {
    out: W,
    cells: u64,
    wrong: u64,
}

impl<W: Write> Findings<W> {
    fn say(&mut self, place: &str, what: &str) -> Result<(), Stop> {
        self.wrong += 1;
        writeln!(self.out, "{}: {}", shown(place), shown(what))?;
        Ok(())
    }

    /// Holds each cell of a row against the one that the originals give.
    fn row(&mut self, place: &str, table: &Table, row: &Row, now: &[Cow<str>]) -> Result<(), Stop> {
        for (name, cell) in row.names.iter().zip(&row.cells) {
            self.cells += 1;
            let expected = match table.columns.iter().position(|column| column.name == name) {
                Some(at) => now.get(at).cloned().unwrap_or_default(),
                None => wide(table, name, now),
            };
            if *cell != expected && !is_same_number(table, name, cell, &expected) {
                self.say(place, &format!("{name} is {cell:?}, and {expected:?} by the originals"))?;
            }
        }
        Ok(())
    }

    /// Holds a full record against the one that the originals give.
    fn record(&mut self, record: &Map<String, Value>, now: &Record) -> Result<(), Stop> {
        // through the text, so that numbers are those that were written
        let fault = |error: serde_json::Error| Stop::Fault(error.to_string());
        let now: Value = serde_json::to_string(now).and_then(|json| serde_json::from_str(&json)).map_err(fault)?;
        let id = record.get("id").and_then(Value::as_str).unwrap_or_default();
        for (field, value) in record {
            let other = now.get(field).unwrap_or(&Value::Null);
            // what is null may be left out
            match (value.as_array(), other.as_array()) {
                (Some(list), Some(other)) if list.iter().any(Value::is_object) => self.list(id, field, list, other)?,
                (Some(list), None) if list.iter().any(Value::is_object) => self.list(id, field, list, &[])?,
                _ => self.value(id, field, value, other)?,
            }
        }
        Ok(())
    }

    /// Holds objects of a list against those of the same place.
    fn list(&mut self, id: &str, field: &str, list: &[Value], now: &[Value]) -> Result<(), Stop> {
        let key = |value: &Value| {
            let of = |name: &str| value.get(name).map(ToString::to_string).unwrap_or_default();
            let evidence = value.get("evidence").and_then(|e| e.get("start")).map(ToString::to_string).unwrap_or_default();
            [of("type"), of("entity"), of("class"), of("start"), of("end"), evidence]
        };
        // the entity is a cell of a mention, and tells roles apart
        let key = |value: &Value| {
            let mut key = key(value);
            if value.get("type").is_some() {
                key[1].clear();
            }
            key
        };
        let by_key: HashMap<[String; 6], &Value> = now.iter().map(|value| (key(value), value)).collect();
        for value in list {
            let at = |name: &str| value.get(name).and_then(Value::as_u64).map(|n| format!(" {n}")).unwrap_or_default();
            let kind = value.get("type").or_else(|| value.get("name")).and_then(Value::as_str).unwrap_or_default();
            let place = format!("{id} {field} {kind}{}{}", at("start"), at("end"));
            let Some(now) = by_key.get(&key(value)) else {
                let text = value.get("text").and_then(Value::as_str).unwrap_or_default();
                self.say(&place, &format!("{text:?}: nothing of the kind is found at this place now"))?;
                continue;
            };
            for (name, cell) in value.as_object().into_iter().flatten() {
                self.value(&place, name, cell, now.get(name).unwrap_or(&Value::Null))?;
            }
        }
        Ok(())
    }

    fn value(&mut self, place: &str, name: &str, value: &Value, now: &Value) -> Result<(), Stop> {
        self.cells += 1;
        let empty = |value: &Value| match value {
            Value::Null => true,
            Value::Array(list) => list.is_empty(),
            Value::Object(map) => map.is_empty(),
            _ => false,
        };
        if value != now && !(empty(value) && empty(now)) {
            self.say(place, &format!("{name} is {value}, and {now} by the originals"))?;
        }
        Ok(())
    }
}

/// The cell of a wide column: 1 when the list has the value.
fn wide(table: &Table, name: &str, now: &[Cow<str>]) -> Cow<'static, str> {
    let lists = table.columns.iter().enumerate().filter(|(_, column)| column.kind == Kind::List);
    let of = lists.filter_map(|(at, column)| Some((at, name.strip_prefix(column.name)?.strip_prefix('_')?))).next();
    let Some((at, value)) = of else { return "".into() };
    let has = now.get(at).is_some_and(|list| values(list).iter().any(|other| other == value));
    if has { "1".into() } else { "0".into() }
}

/// The values of a list in one cell.
fn values(cell: &str) -> Vec<String> {
    cell.replace("\\;", "\u{0}").split("; ").map(|value| value.replace('\u{0}', ";")).collect()
}

/// Numbers may be written in more than one way.
fn is_same_number(table: &Table, name: &str, a: &str, b: &str) -> bool {
    let is_number = |column: &&Column| column.name == name && matches!(column.kind, Kind::Number | Kind::Integer);
    table.columns.iter().any(|column| is_number(&column))
        && a.parse::<f64>().ok().zip(b.parse::<f64>().ok()).is_some_and(|(a, b)| (a - b).abs() < 1e-9)
}

/// A row of the table that is verified.
struct Row {
    names: std::sync::Arc<[String]>,
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, name: &str) -> Option<&str> {
        let at = self.names.iter().position(|other| other == name)?;
        self.cells.get(at).map(String::as_str)
    }
}

enum Rows {
    Records(Box<dyn Iterator<Item = Result<Map<String, Value>, Stop>>>),
    Table(Shape, Box<dyn Iterator<Item = Result<Row, Stop>>>),
}

fn read(path: &Path, null: &str) -> Result<Rows, Stop> {
    let fault = |error: &dyn std::fmt::Display| Stop::Fault(format!("{}: {error}", path.display()));
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let mut file = BufReader::new(File::open(path).map_err(|error| fault(&error))?);
    match ending.as_str() {
        "csv" | "tsv" | "txt" => {
            let head = file.fill_buf().map_err(|error| fault(&error))?;
            let is_for_people = head.starts_with("\u{feff}".as_bytes());
            let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
            let separator =
                [b',', b';', b'\t', b'|'].into_iter().max_by_key(|separator| line.iter().filter(|byte| *byte == separator).count());
            if is_for_people {
                file.consume(3);
            }
            let mut reader = csv::ReaderBuilder::new().delimiter(separator.unwrap_or(b',')).from_reader(file);
            let names: Vec<String> = reader.headers().map_err(|error| fault(&error))?.iter().map(Into::into).collect();
            let shape = shape(names.iter().map(String::as_str)).map_err(|what| fault(&what))?;
            let (names, null, shown) = (std::sync::Arc::<[String]>::from(names), null.to_string(), path.display().to_string());
            let rows = reader.into_records().map(move |row| {
                let row = row.map_err(|error| Stop::Fault(format!("{shown}: {error}")))?;
                let cell = |cell: &str| match cell {
                    empty if empty == null => String::new(),
                    cell if is_for_people => unguarded(cell).to_string(),
                    cell => cell.to_string(),
                };
                Ok(Row { names: names.clone(), cells: row.iter().map(cell).collect() })
            });
            Ok(Rows::Table(shape, Box::new(rows)))
        }
        "json" | "jsonl" => {
            let shown = path.display().to_string();
            let objects: Box<dyn Iterator<Item = Result<Map<String, Value>, Stop>>> = if ending == "json" {
                let mut text = String::new();
                file.read_to_string(&mut text).map_err(|error| fault(&error))?;
                let list: Vec<Map<String, Value>> = serde_json::from_str(&text).map_err(|error| fault(&error))?;
                Box::new(list.into_iter().map(Ok))
            } else {
                Box::new(
                    file.lines().map(move |line| serde_json::from_str(&line?).map_err(|error| Stop::Fault(format!("{shown}: {error}")))),
                )
            };
            let mut objects = objects.peekable();
            let names: Vec<String> = match objects.peek() {
                // a record has a list of mentions, if only an empty one
                Some(Ok(first)) if !first.get("mentions").is_some_and(Value::is_array) => first.keys().cloned().collect(),
                _ => return Ok(Rows::Records(Box::new(objects))),
            };
            let shape = shape(names.iter().map(String::as_str)).map_err(|what| fault(&what))?;
            let rows = objects.map(move |object| {
                let object = object?;
                let cells = object.values().map(flat_value).collect();
                Ok(Row { names: object.keys().cloned().collect(), cells })
            });
            Ok(Rows::Table(shape, Box::new(rows)))
        }
        _ => Err(Stop::Usage(format!("{}: verify reads csv, tsv, json and jsonl", path.display()))),
    }
}

/// A cell of JSON as one string.
fn flat_value(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let texts: Vec<String> = list.iter().map(|text| text.as_str().unwrap_or_default().replace(';', "\\;")).collect();
            texts.join("; ")
        }
        other => other.to_string(),
    }
}

/// A cell of a table for people without the apostrophe that guards it.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => rest,
        _ => cell,
    }
}

/// Which table has these columns.
fn shape<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Result<Shape, String> {
    let keys: [(Shape, &[&str]); 4] = [
        (Shape::Mentions, &["document", "type", "start", "end"]),
        (Shape::Roles, &["document", "role", "name", "evidence_start"]),
        (Shape::Documents, &["id"]),
        (Shape::Organizations, &["name"]),
    ];
    let has = |column: &&str| names.clone().any(|name| name == *column);
    keys.into_iter().find(|(_, columns)| columns.iter().all(has)).map(|(shape, _)| shape).ok_or_else(|| {
        "is no table of dateline, or lacks what its rows are known by: document, type, start, end; document, role, name, evidence_start; id; name".into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_known_by_its_columns() {
        let of = |names: &str| shape(names.split(' '));
        assert_eq!(of("text document type start end"), Ok(Shape::Mentions));
        assert_eq!(of("document role name evidence_start"), Ok(Shape::Roles));
        assert_eq!(of("id title"), Ok(Shape::Documents));
        assert_eq!(of("name kind"), Ok(Shape::Organizations));
        assert!(of("x y").is_err());
    }

    #[test]
    fn cells_of_lists_come_apart_and_guards_come_off() {
        assert_eq!(values(r"a; b\; c"), ["a", "b; c"]);
        assert_eq!((unguarded("'=1"), unguarded("'tis")), ("=1", "'tis"));
    }
}
