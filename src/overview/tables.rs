//! Documents out of tables, as `extract -o tables/` writes them: a folder, or the table of documents
//! alone.
//!
//! CSV with any of the usual separators, TSV and JSON Lines. Which document a row belongs to says its
//! id, so tables may have been sorted or filtered.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::{Digest, Error, Overview, Part, Shown, Text};
use crate::mention::RoleKind;

/// The endings that tables may have, the first found is read.
const ENDINGS: [&str; 3] = ["csv", "tsv", "jsonl"];

/// Whether a path is a folder of tables or a table of documents that `extract` wrote.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    let documents = if path.is_dir() { table(path, "documents") } else { Some(path.to_path_buf()) };
    // streams of texts to read are CSV too: they have no column of these names
    let ours = ["event_start", "event_place", "donors", "organizations", "characters"];
    documents.and_then(|path| Rows::open(&path).ok()).is_some_and(|rows| rows.has("id") && ours.iter().any(|column| rows.has(column)))
}

/// Whether a path is a table of mentions, roles or organizations, which tells nothing without that of
/// documents.
#[must_use]
pub fn is_part(path: &Path) -> bool {
    let kinds: [&[&str]; 3] = [&["document", "type", "zone"], &["document", "role", "evidence"], &["name", "forms_en", "mentions"]];
    path.is_file() && Rows::open(path).is_ok_and(|rows| kinds.iter().any(|columns| columns.iter().all(|column| rows.has(column))))
}

/// The file of a table in a folder.
fn table(folder: &Path, name: &str) -> Option<PathBuf> {
    ENDINGS.iter().map(|ending| folder.join(format!("{name}.{ending}"))).find(|path| path.is_file())
}

impl Overview {
    /// Adds the documents of a folder of tables, or of one table of documents.
    ///
    /// # Errors
    /// When a table cannot be read, or has no column that names the document.
    pub fn add_tables(&mut self, path: &Path) -> Result<(), Error> {
        let shown = path.display();
        let (documents, mentions, roles) = if path.is_dir() {
            let missing = || Error::Form(shown.to_string(), "has no documents.csv, .tsv or .jsonl".into());
            (table(path, "documents").ok_or_else(missing)?, table(path, "mentions"), table(path, "roles"))
        } else {
            (path.to_path_buf(), None, None)
        };
        let mut numbers: FxHashMap<Text, usize> = FxHashMap::default();
        let mut rows = Rows::open(&documents)?;
        rows.needs("id")?;
        while let Some(row) = rows.next()? {
            self.document(&row, mentions.is_none(), roles.is_none());
            let at = self.documents.len() - 1;
            // the second of an id is an error row
            numbers.entry(self.documents[at].id).or_insert(at);
        }
        let document = |overview: &Self, row: &Row| overview.texts.find(row.cell("document")).and_then(|id| numbers.get(&id).copied());
        match mentions {
            None => self.lacks.push(format!(
                "{shown} has no table of mentions: nothing is known of coordinates and of the sentences that name places and bodies"
            )),
            Some(file) => {
                let mut rows = Rows::open(&file)?;
                rows.needs("document")?;
                while let Some(row) = rows.next()? {
                    if let Some(at) = document(self, &row) {
                        self.mention(at, &row);
                    }
                }
            }
        }
        match roles {
            None => self.lacks.push(format!("{shown} has no table of roles: nothing shows who funds, carries out and organizes")),
            Some(file) => {
                let mut rows = Rows::open(&file)?;
                rows.needs("document")?;
                while let Some(row) = rows.next()? {
                    if let Some(at) = document(self, &row) {
                        self.role(at, &row);
                    }
                }
            }
        }
        Ok(())
    }

    fn document(&mut self, row: &Row, takes_names: bool, takes_roles: bool) {
        let texts = &mut self.texts;
        let value = |text: &str| text.parse::<crate::dates::Value>().ok();
        let event = match [row.cell("event_start"), row.cell("event_end")] {
            [start, end] if end.is_empty() || start == end => value(start),
            [start, end] => value(&format!("{start}/{end}")),
        };
        let digest = Digest {
            id: texts.raw(row.cell("id")),
            error: match row.cell("error") {
                "" => None,
                error => {
                    let (kind, message) = error.split_once(": ").unwrap_or(("error", error));
                    Some((texts.add(kind), texts.add(message)))
                }
            },
            language: texts.add(row.cell("language")),
            title: texts.add(row.cell("title")),
            published: value(row.cell("published")),
            event,
            duplicate_of: texts.raw(row.cell("duplicate_of")),
            same_event_as: texts.raw(row.cell("same_event_as")),
            characters: row.cell("characters").parse().unwrap_or_default(),
            encoding: texts.add(row.cell("encoding")),
            encoding_certainty: row.cell("encoding_certainty").parse().ok(),
            repaired: texts.add(row.cell("repaired")),
            ..Digest::default()
        };
        let document = self.documents.len();
        self.documents.push(digest);
        let event_place = row.cell("event_place");
        if !event_place.is_empty() {
            self.documents[document].event_place = Some(self.place(event_place, row.cell("event_country")));
        }
        if takes_names {
            for name in row.list("organizations") {
                self.body_in(document, &name, None);
            }
        }
        if takes_roles {
            for (column, kind) in
                [("donors", RoleKind::Donor), ("implementers", RoleKind::Implementer), ("organizers", RoleKind::Organizer)]
            {
                for name in row.list(column) {
                    let name = self.texts.add(&name);
                    self.documents[document].parts.push(Part { kind, name, shown: Shown::default(), amount: None });
                }
            }
        }
    }

    fn mention(&mut self, document: usize, row: &Row) {
        let (name, sentence) = (row.cell("name"), row.cell("sentence"));
        let kind = row.cell("type");
        if kind == "place" {
            self.place_row(document, row);
        }
        if row.cell("zone") == "furniture" {
            return;
        }
        match kind {
            "organization" => {
                self.describe_body(name, row.cell("kind"), row.cell("country"));
                self.body_in(document, name, Some(sentence));
            }
            "date" => {
                // the tables do not say which words decided: the first that say this value do
                let value = row.cell("value").parse().ok();
                let shown = Shown { words: self.texts.add(row.cell("text")), sentence: self.texts.add(sentence) };
                let digest = &mut self.documents[document];
                let role = row.cell("role");
                for (fact, of, shows) in
                    [("published", digest.published, &mut digest.published_shown), ("event", digest.event, &mut digest.event_shown)]
                {
                    if role == fact && value.is_some() && value == of && shows.sentence.is_empty() {
                        *shows = shown;
                    }
                }
            }
            _ => {}
        }
    }

    fn place_row(&mut self, document: usize, row: &Row) {
        let name = match row.cell("name") {
            "" => row.cell("text"),
            name => name,
        };
        let (number, sentence) = (self.place(name, row.cell("country")), row.cell("sentence"));
        let kind = self.texts.add(row.cell("kind"));
        let place = &mut self.places[number];
        if place.coordinates.is_none() {
            place.coordinates = row.cell("latitude").parse().ok().zip(row.cell("longitude").parse().ok());
        }
        place.geonames = place.geonames.or_else(|| row.cell("geonames").parse().ok());
        if place.kind.is_empty() {
            place.kind = kind;
        }
        if row.cell("zone") == "furniture" {
            return;
        }
        let digest = &self.documents[document];
        if digest.event_place == Some(number) && digest.event_place_shown.sentence.is_empty() {
            let shown = Shown { words: self.texts.add(row.cell("text")), sentence: self.texts.add(sentence) };
            self.documents[document].event_place_shown = shown;
        }
        if row.cell("nested") != "true" {
            self.place_in(document, number, Some(sentence));
        }
    }

    fn role(&mut self, document: usize, row: &Row) {
        let Some(kind) = RoleKind::of_name(row.cell("role")) else { return };
        let name = self.texts.add(row.cell("name"));
        let shown = Shown { words: self.texts.add(row.cell("evidence")), sentence: self.texts.add(row.cell("sentence")) };
        let amount = row.cell("amount").parse().ok().map(|amount| (amount, self.texts.add(row.cell("currency"))));
        self.documents[document].parts.push(Part { kind, name, shown, amount });
    }
}

/// The rows of a table.
struct Rows {
    shown: String,
    columns: HashMap<String, usize>,
    reader: Reader,
    number: usize,
}

enum Reader {
    Delimited(Box<csv::Reader<BufReader<File>>>),
    Lines(BufReader<File>, Option<String>),
}

/// A row of text cells.
enum Row<'a> {
    Cells(csv::StringRecord, &'a HashMap<String, usize>),
    Object(HashMap<String, String>, Map<String, Value>),
}

impl Rows {
    fn open(path: &Path) -> Result<Self, Error> {
        let shown = path.display().to_string();
        let unread = |error| Error::Read(shown.clone(), error);
        let mut reader = BufReader::with_capacity(1 << 18, File::open(path).map_err(unread)?);
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        let start = reader.fill_buf().map_err(unread)?;
        let first: &[u8] = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if ending == "jsonl" {
            let mut line = String::new();
            reader.read_line(&mut line).map_err(unread)?;
            let object: Map<String, Value> =
                serde_json::from_str(&line).map_err(|error| Error::Form(shown.clone(), format!("line 1: {error}")))?;
            let columns = object.keys().enumerate().map(|(at, name)| (name.clone(), at)).collect();
            return Ok(Self { shown, columns, reader: Reader::Lines(reader, Some(line)), number: 0 });
        }
        if !matches!(ending.as_str(), "csv" | "tsv") {
            return Err(Error::Form(shown, "is no table: .csv, .tsv or .jsonl".into()));
        }
        // names of columns hold none of these
        let delimiter = *b"\t;,|".iter().max_by_key(|mark| first.iter().filter(|byte| byte == mark).count()).unwrap_or(&b',');
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(reader);
        let header = reader.headers().map_err(|error| Error::Form(shown.clone(), error.to_string()))?;
        let columns = header.iter().enumerate().map(|(at, name)| (name.trim_start_matches('\u{feff}').to_string(), at)).collect();
        Ok(Self { shown, columns, reader: Reader::Delimited(Box::new(reader)), number: 0 })
    }

    fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    fn needs(&self, column: &str) -> Result<(), Error> {
        let message = format!("has no column {column}: write the table with all columns, or records with -o all.jsonl");
        if self.has(column) { Ok(()) } else { Err(Error::Form(self.shown.clone(), message)) }
    }

    fn next(&mut self) -> Result<Option<Row<'_>>, Error> {
        self.number += 1;
        let (shown, number) = (&self.shown, self.number);
        match &mut self.reader {
            Reader::Delimited(reader) => {
                let mut cells = csv::StringRecord::new();
                let is_row = reader.read_record(&mut cells).map_err(|error| Error::Form(shown.clone(), error.to_string()))?;
                Ok(is_row.then_some(Row::Cells(cells, &self.columns)))
            }
            Reader::Lines(reader, first) => {
                let mut line = first.take().unwrap_or_default();
                while line.trim().is_empty() {
                    line.clear();
                    if reader.read_line(&mut line).map_err(|error| Error::Read(shown.clone(), error))? == 0 {
                        return Ok(None);
                    }
                }
                let object: Map<String, Value> =
                    serde_json::from_str(&line).map_err(|error| Error::Form(shown.clone(), format!("row {number}: {error}")))?;
                let cells = object
                    .iter()
                    .filter(|(_, value)| !value.is_array() && !value.is_null())
                    .map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), ToString::to_string)));
                Ok(Some(Row::Object(cells.collect(), object)))
            }
        }
    }
}

impl Row<'_> {
    /// A cell, empty where the table has no such column.
    fn cell(&self, column: &str) -> &str {
        match self {
            Row::Cells(cells, columns) => columns.get(column).and_then(|at| cells.get(*at)).unwrap_or_default(),
            Row::Object(cells, _) => cells.get(column).map(String::as_str).unwrap_or_default(),
        }
    }

    /// The values of a list.
    fn list(&self, column: &str) -> Vec<String> {
        match self {
            Row::Cells(..) => listed(self.cell(column)),
            Row::Object(_, object) => match object.get(column) {
                Some(Value::Array(values)) => values.iter().filter_map(|value| value.as_str().map(Into::into)).collect(),
                _ => Vec::new(),
            },
        }
    }
}

/// The values of a list in one cell: `; ` between them, `\;` for a semicolon inside one.
fn listed(cell: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut rest = cell;
    while let Some(at) = rest.find(';') {
        let (before, after) = rest.split_at(at);
        let after = &after[1..];
        if let (Some(before), Some(value)) = (before.strip_suffix('\\'), values.last_mut()) {
            value.push_str(before);
            value.push(';');
            rest = after;
        } else {
            if let Some(value) = values.last_mut() {
                value.push_str(before);
            }
            values.push(String::new());
            rest = after.strip_prefix(' ').unwrap_or(after);
        }
    }
    if let Some(value) = values.last_mut() {
        value.push_str(rest);
    }
    values.retain(|value| !value.is_empty());
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_apart_as_they_were_put_together() {
        assert_eq!(listed(r"a; b\; c; д"), ["a", "b; c", "д"]);
        assert!(listed("").is_empty());
    }
}
