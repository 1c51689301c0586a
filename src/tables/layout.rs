//! What each file shows, and the text formats: CSV, TSV, JSON and JSON Lines, of one table or of
//! the full records.
//!
//! A [`Layout`] turns a record into bytes without knowing what stands before or after it, so that
//! every thread can do it for its own documents; only the first record and the end are special.
//! For a format with typed cells ([`Format::is_book`]) the bytes are rows that a
//! [`Book`](super::Book) takes in.

use std::io::{self, Write};

use super::{BODIES, Bodies, Cell, DOCUMENTS, Dialect, MENTIONS, ROLES, TABLES, Table, View, documents, mentions, packed, roles};
use crate::record::{Parts, Record};

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
    /// A workbook with all tables.
    Xlsx,
    /// A `SQLite` database with all tables.
    Sqlite,
    /// One table with typed columns.
    Parquet,
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
            Format::Xlsx => "xlsx",
            Format::Sqlite => "sqlite",
            Format::Parquet => "parquet",
        }
    }

    /// The format that files of this ending have.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        let ending = ending.to_ascii_lowercase();
        if matches!(ending.as_str(), "db" | "sqlite3") {
            return Some(Format::Sqlite);
        }
        <Self as clap::ValueEnum>::value_variants().iter().copied().find(|format| format.ending() == ending)
    }

    /// Whether its cells have types and its file is made as a whole.
    #[must_use]
    pub fn is_book(self) -> bool {
        matches!(self, Format::Xlsx | Format::Sqlite | Format::Parquet)
    }

    /// Whether its cells are text with something between them.
    #[must_use]
    pub fn is_delimited(self) -> bool {
        matches!(self, Format::Csv | Format::Tsv)
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
    /// All tables in one file.
    #[value(skip)]
    All,
}

impl Shape {
    /// The tables, each by itself, in their order.
    pub const TABLES: [Shape; 4] = [Shape::Documents, Shape::Mentions, Shape::Organizations, Shape::Roles];

    /// The table's definition; none for full records and for all tables.
    #[must_use]
    pub fn table(self) -> Option<&'static Table> {
        match self {
            Shape::Documents => Some(&DOCUMENTS),
            Shape::Mentions => Some(&MENTIONS),
            Shape::Organizations => Some(&BODIES),
            Shape::Roles => Some(&ROLES),
            Shape::Records | Shape::All => None,
        }
    }

    /// The rows that a record has in this table, all columns in order; none for organizations,
    /// which are counted over the corpus.
    #[must_use]
    pub fn rows(self, record: &Record) -> Vec<Vec<Cell<'_>>> {
        match self {
            Shape::Documents => vec![documents::documents(record)],
            Shape::Mentions => mentions::rows(record).collect(),
            Shape::Roles => roles::rows(record).collect(),
            Shape::Organizations | Shape::Records | Shape::All => Vec::new(),
        }
    }

    /// The name of its file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Shape::All => "tables",
            shape => shape.table().map_or("records", |table| table.name),
        }
    }

    /// Whether it shows this table, alone or with others.
    #[must_use]
    pub fn shows(self, table: Shape) -> bool {
        self == table || self == Shape::All
    }
}

/// One table, all tables, or the full records, in one format.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What is shown.
    pub shape: Shape,
    /// How.
    pub format: Format,
    /// Which columns.
    pub view: View,
    /// How text is put into rows.
    pub dialect: Dialect,
}

impl Layout {
    /// All columns in the usual form.
    #[must_use]
    pub fn new(shape: Shape, format: Format) -> Self {
        Self { shape, format, view: View::default(), dialect: Dialect::default() }
    }

    /// What stands before everything: the header.
    #[must_use]
    pub fn start(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match (self.format, self.shape.table()) {
            (Format::Csv | Format::Tsv, Some(table)) => {
                out.extend_from_slice(self.dialect.mark());
                if self.dialect.header {
                    let heads = self.view.heads(table);
                    let mut writer = self.delimited(&mut out);
                    // writing to memory does not fail
                    let _ = writer.write_record(heads.iter().map(|head| head.name.as_bytes()));
                }
            }
            (Format::Json, _) => out.push(b'['),
            _ => {}
        }
        out
    }

    /// What stands after everything.
    #[must_use]
    pub fn end(&self, is_empty: bool) -> &'static [u8] {
        match (self.format, is_empty) {
            (Format::Json, true) => b"]\n",
            (Format::Json, false) => b"\n]\n",
            _ => b"",
        }
    }

    /// The rows of one record. Rows of a JSON array each begin with `,` and a line end: the one
    /// who writes the first row leaves out its comma, see [`Layout::first`].
    pub fn record(&self, record: &Record, out: &mut Vec<u8>) {
        if self.shape == Shape::Records {
            if self.format == Format::Json {
                out.extend_from_slice(b",\n");
            }
            record.write_json(out);
            if self.format != Format::Json {
                out.push(b'\n');
            }
            return;
        }
        if self.shape.shows(Shape::Documents) {
            self.rows(Shape::Documents, std::iter::once(documents::documents(record)), out);
        }
        if self.shape.shows(Shape::Mentions) {
            self.rows(Shape::Mentions, mentions::rows(record), out);
        }
        if self.shape.shows(Shape::Roles) {
            self.rows(Shape::Roles, roles::rows(record), out);
        }
    }

    /// The rows of a long record of which `parts` were taken, some at a time: no more than a few hundred
    /// kilobytes of them are held.
    ///
    /// # Errors
    /// What `write` says, and when the parts were damaged while they waited in a file.
    pub fn pieces<E: From<io::Error>>(
        &self,
        record: &Record,
        parts: &Parts,
        mut write: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.shape == Shape::Records {
            if self.format == Format::Json {
                write(b",\n")?;
            }
            record.write_json_with(parts, &mut write)?;
            return if self.format == Format::Json { Ok(()) } else { write(b"\n") };
        }
        let mut out = Vec::new();
        let shows = [Shape::Documents, Shape::Roles].map(|shape| self.shape.shows(shape));
        let digest = if shows.contains(&true) { parts.digest(record)? } else { Record::default() };
        if shows[0] {
            self.rows(Shape::Documents, std::iter::once(documents::documents(&digest)), &mut out);
            write(&out)?;
        }
        if self.shape.shows(Shape::Mentions) {
            for part in parts.records(record) {
                self.some(Shape::Mentions, mentions::rows(&part?), &mut write)?;
            }
        }
        if shows[1] { self.some(Shape::Roles, roles::rows(&digest), &mut write) } else { Ok(()) }
    }

    /// The rows of the table of organizations, some at a time.
    ///
    /// # Errors
    /// What `write` says.
    pub fn bodies<E>(&self, bodies: &Bodies, mut write: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        self.some(Shape::Organizations, bodies.rows(), &mut write)
    }

    /// Writes rows, some at a time.
    fn some<'a, E>(
        &self,
        shape: Shape,
        rows: impl Iterator<Item = Vec<Cell<'a>>>,
        write: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut out = Vec::new();
        let mut rows = rows.peekable();
        while rows.peek().is_some() {
            out.clear();
            self.rows(shape, rows.by_ref().take(1000), &mut out);
            write(&out)?;
        }
        Ok(())
    }

    /// What is written of the first rows of all.
    #[must_use]
    pub fn first<'a>(&self, rows: &'a [u8]) -> &'a [u8] {
        match self.format {
            Format::Json => rows.strip_prefix(b",").unwrap_or(rows),
            _ => rows,
        }
    }

    fn object(&self, value: &impl serde::Serialize, out: &mut impl Write) {
        // a record has no map keys that are not strings, and memory does not fail
        if self.format == Format::Json {
            let _ = out.write_all(b",\n");
        }
        let _ = serde_json::to_writer(&mut *out, value);
        if self.format != Format::Json {
            let _ = out.write_all(b"\n");
        }
    }

    fn rows<'a>(&self, shape: Shape, rows: impl Iterator<Item = Vec<Cell<'a>>>, out: &mut Vec<u8>) {
        let Some(table) = shape.table() else { return };
        let rows = rows.map(|row| self.view.row(table, row));
        if self.format.is_book() {
            let number = TABLES.iter().position(|other| other.name == table.name).unwrap_or_default();
            for row in rows {
                packed::push(u8::try_from(number).unwrap_or_default(), &row, out);
            }
            return;
        }
        let heads = self.view.heads(table);
        if self.format.is_delimited() {
            let mut writer = self.delimited(out);
            for row in rows {
                for (cell, head) in row.iter().zip(&heads) {
                    let _ = writer.write_field(self.dialect.cell(head.kind, cell).as_bytes());
                }
                let _ = writer.write_record(None::<&[u8]>);
            }
            return;
        }
        for row in rows {
            let object: serde_json::Map<String, serde_json::Value> =
                heads.iter().zip(&row).map(|(head, cell)| (head.name.to_string(), cell.json())).collect();
            self.object(&object, out);
        }
    }

    fn delimited<W: Write>(&self, out: W) -> csv::Writer<W> {
        self.dialect.writer(if self.format == Format::Tsv { b'\t' } else { b',' }, out)
    }
}

/// The columns of the data dictionary.
pub(super) const DICTIONARY: [&str; 5] = ["table", "column", "type", "unit", "meaning"];

/// Its rows: a column of a table each.
pub(super) fn dictionary_rows() -> impl Iterator<Item = [&'static str; 5]> {
    TABLES
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| [table.name, column.name, column.kind.name(), column.unit, column.meaning]))
}

/// Writes the table definitions as a data dictionary.
///
/// # Errors
/// When `out` cannot be written to.
pub fn dictionary(format: Format, mut out: impl Write) -> io::Result<()> {
    let (header, rows) = (DICTIONARY, dictionary_rows());
    match format {
        Format::Xlsx | Format::Sqlite | Format::Parquet => {
            Err(io::Error::new(io::ErrorKind::Unsupported, "the dictionary is written as csv, tsv, json or jsonl"))
        }
        Format::Csv | Format::Tsv => {
            let layout = Layout::new(Shape::Documents, format);
            let mut writer = layout.delimited(&mut out);
            writer.write_record(header)?;
            for row in rows {
                writer.write_record(row)?;
            }
            writer.flush()
        }
        Format::Json | Format::Jsonl => {
            let layout = Layout::new(Shape::Records, format);
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
        let layout = Layout::new(Shape::Records, Format::Json);
        let mut rows = Vec::new();
        layout.record(&a, &mut rows);
        layout.record(&b, &mut rows);
        let all = [layout.start().as_slice(), layout.first(&rows), layout.end(false)].concat();
        let back: Vec<Record> = serde_json::from_slice(&all).unwrap();
        assert_eq!(back, [a, b]);
    }

    #[test]
    fn pieces_are_the_rows() {
        let mention =
            |n: usize| crate::record::Mention { text: format!("5 May {n}").into(), start: n, ..crate::record::Mention::default() };
        let record = Record { id: "a".into(), mentions: (0..2500).map(mention).collect(), ..Record::default() };
        let shapes = [(Shape::Records, Format::Jsonl), (Shape::Records, Format::Json), (Shape::All, Format::Sqlite)];
        for (shape, format) in shapes.into_iter().chain([(Shape::Mentions, Format::Csv), (Shape::Mentions, Format::Json)]) {
            let layout = Layout::new(shape, format);
            let (mut whole, mut pieces, mut count) = (Vec::new(), Vec::new(), 0);
            layout.record(&record, &mut whole);
            let (mut head, mut parts) = (record.clone(), Parts::default());
            parts.take(&mut head, record.characters);
            let taken: io::Result<()> = layout.pieces(&head, &parts, |piece| {
                count += 1;
                pieces.extend_from_slice(piece);
                Ok(())
            });
            assert!(taken.is_ok() && count > 1 && pieces == whole, "{shape:?} {format:?}");
            let full = layout.pieces(&head, &parts, |_| Err(io::ErrorKind::StorageFull.into()));
            assert_eq!(full.map_err(|error: io::Error| error.kind()), Err(io::ErrorKind::StorageFull));
        }
    }

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let record = Record::failed("a;b", "empty", "x");
        let layout = Layout::new(Shape::Documents, Format::Csv);
        let mut out = layout.start();
        layout.record(&record, &mut out);
        let mut table = csv::Reader::from_reader(out.as_slice());
        let row = table.records().next().unwrap().unwrap();
        assert_eq!(row.len(), DOCUMENTS.columns.len());
        assert_eq!(&row[0], "a;b");
    }
}
