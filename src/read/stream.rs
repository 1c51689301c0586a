//! Streams of documents: JSON Lines, CSV and TSV with a column that holds the texts.
//!
//! The reading thread only cuts the stream into records; parsing happens where the extraction
//! does. A record that is no JSON, has no text or is too large is a fault with the id `line:N`.

use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::formats::{Format, Table};
use super::{Entry, Failure, Fields, Item, Sources, walk};

/// What the inputs hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Form {
    /// A document a file; tables by their ending when a text column is named.
    #[default]
    Auto,
    /// A document a file, whatever the ending.
    Text,
    /// A document a line.
    Lines,
    /// A document a row.
    Delimited(Table),
}

/// The columns of a stream.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The texts; `text` when not named.
    pub text: Option<String>,
    /// The ids; `id` when not named.
    pub id: Option<String>,
    /// The days of publication; none when not named.
    pub date: Option<String>,
    /// Further ones that are handed through to the records; `*` for all but the text.
    pub pass: Vec<String>,
}

impl Columns {
    /// The fields of a JSON record that are handed through.
    fn passed(&self, record: &Fields) -> Fields {
        let wanted = |name: &String| self.passes(name);
        if self.pass.is_empty() {
            return Fields::new();
        }
        record.iter().filter(|(name, _)| wanted(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    pub(super) fn passes(&self, name: &str) -> bool {
        let is_text = name == self.text.as_deref().unwrap_or("text");
        self.pass.iter().any(|wanted| wanted == name || wanted == "*" && !is_text)
    }
}

/// As what kind of table an input is read; none for one document.
pub(super) fn kind(sources: &Sources, format: Format) -> Option<Table> {
    match (sources.form, format) {
        (Form::Auto, Format::Table(table)) => sources.columns.text.as_ref().map(|_| table),
        (Form::Auto | Form::Text, _) => None,
        // packed tables are unpacked first
        (_, Format::Archive(_)) => None,
        (Form::Lines, _) => Some(Table::Lines),
        (Form::Delimited(table), _) => Some(table),
    }
}

/// One record of a stream.
#[derive(Debug)]
pub struct Line {
    /// `line:N`, the id of a record that has none.
    fallback: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// A line of JSON, and which fields to take.
    Json(Vec<u8>, Arc<Columns>),
    /// The cells of a row.
    Row { text: Option<String>, id: Option<String>, date: Option<String>, fields: Fields },
}

impl Line {
    /// `line:N`, in a file with its name before it.
    pub(super) fn place(&self) -> &str {
        &self.fallback
    }

    /// The cells of a row.
    pub(super) fn row(fallback: String, text: Option<String>, id: Option<String>, date: Option<String>, fields: Fields) -> Self {
        Self { fallback, content: Content::Row { text, id, date, fields } }
    }

    pub(super) fn size(&self) -> usize {
        match &self.content {
            Content::Json(bytes, _) => bytes.len(),
            Content::Row { text, .. } => text.as_ref().map_or(0, String::len),
        }
    }

    /// The document that the record holds.
    ///
    /// # Errors
    /// When it is no JSON object or has no text.
    pub fn parse(self) -> Result<Entry, Failure> {
        let Line { fallback, content } = self;
        let (text, id, date, fields) = match content {
            Content::Row { text, id, date, fields } => (text, id, date, fields),
            Content::Json(bytes, columns) => {
                let line = String::from_utf8(bytes).unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned());
                let mut fields: Fields = serde_json::from_str(&line)
                    .map_err(|error| Failure::new(&fallback, "not-json", format!("is no JSON object: {error}")))?;
                let passed = columns.passed(&fields);
                let mut take = |name: &Option<String>, usual: &str| match fields.remove(name.as_deref().unwrap_or(usual)) {
                    None | Some(serde_json::Value::Null) => None,
                    Some(serde_json::Value::String(text)) => Some(text),
                    Some(other) => Some(other.to_string()),
                };
                let (text, id) = (take(&columns.text, "text"), take(&columns.id, "id"));
                let date = columns.date.as_ref().and_then(|name| take(&Some(name.clone()), ""));
                (text, id, date, passed)
            }
        };
        let id = id.filter(|id| !id.is_empty()).unwrap_or(fallback);
        let Some(text) = text else {
            return Err(Failure::new(id, "no-text", "has no text: name the column that holds it with --text-column NAME"));
        };
        let date = date.map(|date| date.trim().to_string()).filter(|date| !date.is_empty());
        Ok(Entry { id, text, date, fields })
    }
}

/// The records of a stream, in order.
pub(super) fn lines(
    reader: Box<dyn Read + Send>,
    table: Table,
    sources: &Sources,
    prefix: String,
) -> Box<dyn Iterator<Item = Item> + Send> {
    match table {
        Table::Csv => rows(reader, b',', sources, prefix).map_or_else(once, |rows| Box::new(rows) as _),
        Table::Tsv => rows(reader, b'\t', sources, prefix).map_or_else(once, |rows| Box::new(rows) as _),
        Table::Lines => Box::new(json(BufReader::with_capacity(1 << 16, reader), sources, prefix)),
        Table::Parquet => once(unstreamed(&prefix)),
    }
}

/// The same for a reader that lives no longer than the call.
pub(super) fn each(
    reader: impl BufRead,
    table: Table,
    sources: &Sources,
    prefix: String,
    take: &mut super::archives::Take,
) -> ControlFlow<()> {
    match table {
        Table::Csv | Table::Tsv => match rows(reader, if table == Table::Csv { b',' } else { b'\t' }, sources, prefix) {
            Ok(mut rows) => rows.try_for_each(take),
            Err(failed) => take(failed),
        },
        Table::Lines => json(reader, sources, prefix).try_for_each(take),
        Table::Parquet => take(unstreamed(&prefix)),
    }
}

fn once(item: Item) -> Box<dyn Iterator<Item = Item> + Send> {
    Box::new(std::iter::once(item))
}

fn unstreamed(prefix: &str) -> Item {
    let id = if prefix.is_empty() { "line:1" } else { prefix.trim_end_matches('/') };
    Item::Failed(Failure::new(id, "bad-table", "a Parquet table is read from a file, not from a stream"))
}

fn json<R: BufRead>(reader: R, sources: &Sources, prefix: String) -> Json<R> {
    Json { reader, number: 0, limit: sources.max_size, prefix, columns: Arc::new(sources.columns.clone()), is_over: false }
}

struct Json<R> {
    reader: R,
    number: usize,
    limit: u64,
    prefix: String,
    columns: Arc<Columns>,
    is_over: bool,
}

impl<R: BufRead> Iterator for Json<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.is_over {
            let mut line = Vec::new();
            let read = self.reader.by_ref().take(self.limit + 1).read_until(b'\n', &mut line);
            self.number += 1;
            let fallback = format!("{}line:{}", self.prefix, self.number);
            match read {
                Err(error) => {
                    self.is_over = true;
                    return Some(Item::Failed(Failure::new(fallback, "unreadable", format!("could not be read: {error}"))));
                }
                Ok(0) => return None,
                Ok(_) if line.len() as u64 > self.limit && line.last() != Some(&b'\n') => {
                    self.is_over = !matches!(self.reader.skip_until(b'\n'), Ok(1..));
                    return Some(Item::Failed(walk::too_large(fallback, self.limit)));
                }
                Ok(_) => {}
            }
            if self.number == 1 && line.starts_with(b"\xef\xbb\xbf") {
                line.drain(..3);
            }
            if !line.trim_ascii().is_empty() {
                return Some(Item::Line(Line { fallback, content: Content::Json(line, Arc::clone(&self.columns)) }));
            }
        }
        None
    }
}

/// Stops a row that never ends: a quote left open would swallow the rest of the file.
struct Metered<R> {
    inner: R,
    left: Arc<std::sync::atomic::AtomicU64>,
}

/// How far the CSV reader may read ahead of the row it is in.
const AHEAD: u64 = 1 << 17;

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        use std::sync::atomic::Ordering::Relaxed;
        let left = self.left.load(Relaxed);
        if left == 0 {
            return Err(std::io::Error::other("a row is larger than --max-size allows; is a quote left open?"));
        }
        let read = self.inner.read(buffer)?;
        self.left.store(left.saturating_sub(read as u64), Relaxed);
        Ok(read)
    }
}

#[expect(clippy::result_large_err, reason = "an error is an item like those of the rows")]
fn rows<R: Read>(reader: R, delimiter: u8, sources: &Sources, prefix: String) -> Result<impl Iterator<Item = Item> + use<R>, Item> {
    let (columns, limit) = (&sources.columns, sources.max_size);
    let left = Arc::new(std::sync::atomic::AtomicU64::new(limit + AHEAD));
    let reader = Metered { inner: reader, left: Arc::clone(&left) };
    let mut table = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).buffer_capacity(1 << 16).from_reader(reader);
    let fail = |message: String| {
        let id = if prefix.is_empty() { "line:1" } else { prefix.trim_end_matches('/') };
        Err(Item::Failed(Failure::new(id, "bad-table", message)))
    };
    let header: Vec<String> = match table.byte_headers() {
        Ok(header) => header.iter().map(|cell| String::from_utf8_lossy(cell).trim_start_matches('\u{feff}').to_string()).collect(),
        Err(error) => return fail(format!("is no table: {error}")),
    };
    let column = |name: &Option<String>, usual: &str| {
        let wanted = name.as_deref().unwrap_or(usual);
        header.iter().position(|cell| cell == wanted)
    };
    let (text, id) = (column(&columns.text, "text"), column(&columns.id, "id"));
    let date = columns.date.as_ref().and_then(|name| column(&Some(name.clone()), ""));
    for (name, found) in [(&columns.text, text), (&columns.id, id), (&columns.date, date)] {
        if let (Some(name), None) = (name, found) {
            return fail(format!("has no column {name:?}; its columns are {}", header.join(", ")));
        }
    }
    let passed: Vec<(usize, String)> =
        header.iter().enumerate().filter(|(_, name)| columns.passes(name)).map(|(i, n)| (i, n.clone())).collect();
    let Some(text) = text else {
        return fail(format!(
            "has no column \"text\": name the one that holds the texts with --text-column; there are {}",
            header.join(", ")
        ));
    };
    let mut is_over = false;
    let mut row = csv::ByteRecord::new();
    Ok(std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        left.store(limit + AHEAD, std::sync::atomic::Ordering::Relaxed);
        let fallback = |line: u64| format!("{prefix}line:{line}");
        match table.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => {
                let fallback = fallback(row.position().map_or(0, csv::Position::line));
                let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(|cell| String::from_utf8_lossy(cell).into_owned());
                let text = cell(Some(text));
                if text.as_ref().is_some_and(|text| text.len() as u64 > limit) {
                    return Some(Item::Failed(walk::too_large(cell(id).filter(|id| !id.is_empty()).unwrap_or(fallback), limit)));
                }
                let fields = passed.iter().filter_map(|(at, name)| Some((name.clone(), cell(Some(*at))?.into()))).collect();
                Some(Item::Line(Line { fallback, content: Content::Row { text, id: cell(id), date: cell(date), fields } }))
            }
            Err(error) => {
                is_over = true;
                let fallback = fallback(table.position().line());
                Some(Item::Failed(Failure::new(fallback, "bad-table", format!("the table cannot be read on from here: {error}"))))
            }
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(form: Form, limit: u64) -> Sources {
        let columns = Columns { date: Some("day".into()), ..Columns::default() };
        Sources { form, columns, max_size: limit, ..Sources::of(Vec::new()) }
    }

    fn read(table: Table, limit: u64, input: &'static str) -> Vec<Result<Entry, Failure>> {
        let items = lines(Box::new(input.as_bytes()), table, &sources(Form::Delimited(table), limit), String::new());
        items
            .map(|item| match item {
                Item::Line(line) => line.parse(),
                Item::Failed(failure) => Err(failure),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn records_have_their_own_ids_or_their_lines() {
        let got = read(
            Table::Lines,
            1000,
            "\u{feff}{\"id\": \"a\", \"text\": \"One\", \"day\": \"2019-05-30\"}\n\n{\"id\": 7, \"text\": \"Two\"}\nnot json\n{\"text\": \"x\", \"day\": \"May\"}\n{\"id\":\"z\"}",
        );
        assert_eq!(got[0].as_ref().unwrap().date.as_deref(), Some("2019-05-30"));
        assert_eq!(got[1].as_ref().unwrap().id, "7");
        assert_eq!(got[2].as_ref().unwrap_err().id, "line:4");
        assert_eq!(got[3].as_ref().unwrap().id, "line:5");
        assert_eq!(got[3].as_ref().unwrap().date.as_deref(), Some("May"));
        assert_eq!(got[4].as_ref().unwrap_err().kind, "no-text");
    }

    #[test]
    fn a_line_beyond_the_limit_fails_alone() {
        let got = read(Table::Lines, 20, "{\"text\": \"much too long a line\"}\n{\"text\": \"ok\"}\n");
        assert_eq!(got[0].as_ref().unwrap_err().kind, "too-large");
        assert_eq!(got[1].as_ref().unwrap().text, "ok");
        assert_eq!(got.len(), 2);
    }

    #[test]
    fn rows_of_a_table_are_documents() {
        let got = read(Table::Csv, 1000, "id,text,day\na,\"One,\ntwo\",2020-01-02T10:00:00Z\n,three,\n");
        let one = got[0].as_ref().unwrap();
        assert_eq!((one.id.as_str(), one.text.as_str(), one.date.as_deref()), ("a", "One,\ntwo", Some("2020-01-02T10:00:00Z")));
        assert_eq!(got[1].as_ref().unwrap().id, "line:4");
    }

    #[test]
    fn a_missing_column_names_those_there_are() {
        let got = read(Table::Tsv, 1000, "a\tb\n1\t2\n");
        assert!(got[0].as_ref().unwrap_err().message.contains("no column \"day\""));
    }
}
