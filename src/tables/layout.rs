//! The text formats: CSV, TSV, JSON and JSON Lines, of one table or of the full records.
//!
//! A [`Layout`] turns a record into bytes without knowing what stands before or after it, so that
//! every thread can do it for its own documents; only the first record and the end are special.

use std::io::{self, Write};

use super::{BODIES, Bodies, Cell, DOCUMENTS, MENTIONS, ROLES, Table, documents, mentions, roles};
use crate::record::Record;

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Comma-separated values, RFC 4180 with `\n` line ends.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// One array.
    Json,
    /// One object a line.
    Jsonl,
}

impl Format {
    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
        }
    }

    /// The format that files of this ending have.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        let ending = ending.to_ascii_lowercase();
        [Format::Csv, Format::Tsv, Format::Json, Format::Jsonl].into_iter().find(|format| format.ending() == ending)
    }
}

/// What a file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Shape {
    /// One row a document.
    Documents,
    /// One row a mention.
    Mentions,
    /// One row a body over the whole corpus.
    Organizations,
    /// One row a document, body and role.
    Roles,
    /// Everything that is known of each document.
    #[value(skip)]
    Records,
}

impl Shape {
    /// The table's definition; none for full records.
    #[must_use]
    pub fn table(self) -> Option<&'static Table> {
        match self {
            Shape::Documents => Some(&DOCUMENTS),
            Shape::Mentions => Some(&MENTIONS),
            Shape::Organizations => Some(&BODIES),
            Shape::Roles => Some(&ROLES),
            Shape::Records => None,
        }
    }

    /// The name of its file.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.table().map_or("records", |table| table.name)
    }
}

/// One table, or the full records, in one format.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// What is shown.
    pub shape: Shape,
    /// How.
    pub format: Format,
}

impl Layout {
    /// What stands before everything: the header.
    #[must_use]
    pub fn start(self) -> Vec<u8> {
        let mut out = Vec::new();
        match (self.format, self.shape.table()) {
            (Format::Csv | Format::Tsv, Some(table)) => {
                let mut writer = self.delimited(&mut out);
                // writing to memory does not fail
                let _ = writer.write_record(table.columns.iter().map(|column| column.name));
            }
            (Format::Json, _) => out.push(b'['),
            _ => {}
        }
        out
    }

    /// What stands after everything.
    #[must_use]
    pub fn end(self, is_empty: bool) -> &'static [u8] {
        match (self.format, is_empty) {
            (Format::Json, true) => b"]\n",
            (Format::Json, false) => b"\n]\n",
            _ => b"",
        }
    }

    /// The rows of one record. Rows of a JSON array each begin with `,` and a line end: the one
    /// who writes the first row leaves out its comma, see [`Layout::first`].
    pub fn record(self, record: &Record, out: &mut Vec<u8>) {
        match self.shape {
            Shape::Records => self.object(record, out),
            Shape::Documents => self.rows(std::iter::once(documents::documents(record)), out),
            Shape::Mentions => self.rows(mentions::rows(record), out),
            Shape::Roles => self.rows(roles::rows(record), out),
            Shape::Organizations => {}
        }
    }

    /// The rows of the table of organizations.
    pub fn bodies(self, bodies: &Bodies, out: &mut Vec<u8>) {
        self.rows(bodies.rows(), out);
    }

    /// What is written of the first rows of all.
    #[must_use]
    pub fn first(self, rows: &[u8]) -> &[u8] {
        match self.format {
            Format::Json => rows.strip_prefix(b",").unwrap_or(rows),
            _ => rows,
        }
    }

    fn object(self, value: &impl serde::Serialize, out: &mut Vec<u8>) {
        if self.format == Format::Json {
            out.extend_from_slice(b",\n");
        }
        // a record has no map keys that are not strings, and memory does not fail
        let _ = serde_json::to_writer(&mut *out, value);
        if self.format != Format::Json {
            out.push(b'\n');
        }
    }

    fn rows<'a>(self, rows: impl Iterator<Item = Vec<Cell<'a>>>, out: &mut Vec<u8>) {
        match (self.format, self.shape.table()) {
            (Format::Csv | Format::Tsv, _) => {
                let mut writer = self.delimited(out);
                for row in rows {
                    let _ = writer.write_record(row.iter().map(|cell| cell.flat().into_owned()));
                }
            }
            (_, Some(table)) => {
                for row in rows {
                    let object: serde_json::Map<String, serde_json::Value> =
                        table.columns.iter().zip(&row).map(|(column, cell)| (column.name.to_string(), cell.json())).collect();
                    self.object(&object, out);
                }
            }
            (_, None) => {}
        }
    }

    fn delimited<W: Write>(self, out: W) -> csv::Writer<W> {
        csv::WriterBuilder::new().delimiter(if self.format == Format::Tsv { b'\t' } else { b',' }).flexible(true).from_writer(out)
    }
}

/// Writes the table definitions as a data dictionary.
///
/// # Errors
/// When `out` cannot be written to.
pub fn dictionary(format: Format, mut out: impl Write) -> io::Result<()> {
    let rows = super::TABLES.iter().flat_map(|table| {
        table.columns.iter().map(|column| {
            let cells = [table.name, column.name, column.kind.name(), column.unit, column.meaning];
            cells.map(str::to_string)
        })
    });
    let header = ["table", "column", "type", "unit", "meaning"];
    match format {
        Format::Csv | Format::Tsv => {
            let layout = Layout { shape: Shape::Documents, format };
            let mut writer = layout.delimited(&mut out);
            writer.write_record(header)?;
            for row in rows {
                writer.write_record(row)?;
            }
            writer.flush()
        }
        Format::Json | Format::Jsonl => {
            let layout = Layout { shape: Shape::Records, format };
            let mut bytes = Vec::new();
            for row in rows {
                let object: serde_json::Map<String, serde_json::Value> =
                    header.iter().zip(row).map(|(name, cell)| ((*name).to_string(), cell.into())).collect();
                layout.object(&object, &mut bytes);
            }
            out.write_all(&layout.start())?;
            out.write_all(layout.first(&bytes))?;
            out.write_all(layout.end(false))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_the_lines_with_commas() {
        let (a, b) = (Record::failed("a", "empty", "x"), Record::failed("b", "empty", "y"));
        let layout = Layout { shape: Shape::Records, format: Format::Json };
        let mut rows = Vec::new();
        layout.record(&a, &mut rows);
        layout.record(&b, &mut rows);
        let all = [layout.start().as_slice(), layout.first(&rows), layout.end(false)].concat();
        let back: Vec<Record> = serde_json::from_slice(&all).unwrap();
        assert_eq!(back, [a, b]);
    }

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let record = Record::failed("a;b", "empty", "x");
        let layout = Layout { shape: Shape::Documents, format: Format::Csv };
        let mut out = layout.start();
        layout.record(&record, &mut out);
        let mut table = csv::Reader::from_reader(out.as_slice());
        let row = table.records().next().unwrap().unwrap();
        assert_eq!(row.len(), DOCUMENTS.columns.len());
        assert_eq!(&row[0], "a;b");
    }
}
