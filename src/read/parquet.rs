//! Parquet tables: a document a row, read with the columns that are asked for and no others.

use std::fs::File;
use std::sync::Arc;

use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;
use parquet::schema::types::Type;

use super::stream::Line;
use super::{Failure, Item, Sources, walk};

/// Where a table stands.
pub(super) enum Place {
    File(File),
    Memory(Vec<u8>),
}

impl From<Vec<u8>> for Place {
    fn from(bytes: Vec<u8>) -> Self {
        Place::Memory(bytes)
    }
}

/// The rows of a table, in order.
pub(super) fn rows(place: Place, sources: &Sources, prefix: &str) -> Box<dyn Iterator<Item = Item> + Send> {
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match place {
        Place::File(file) => open(file, sources, prefix),
        Place::Memory(bytes) => open(bytes::Bytes::from(bytes), sources, prefix),
    }));
    opened.unwrap_or_else(|_| Err("it is damaged".into())).unwrap_or_else(|message| {
        let id = if prefix.is_empty() { "line:1" } else { prefix.trim_end_matches('/') };
        Box::new(std::iter::once(Item::Failed(Failure::new(id, "bad-table", message))))
    })
}

type Items = Box<dyn Iterator<Item = Item> + Send>;

fn open<R: ChunkReader + 'static>(reader: R, sources: &Sources, prefix: &str) -> Result<Items, String> {
    let reader = SerializedFileReader::new(reader).map_err(|error| format!("is no Parquet table: {error}"))?;
    let schema = reader.metadata().file_metadata().schema().clone();
    let names: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_string()).collect();
    let columns = &sources.columns;
    let text = columns.text.clone().unwrap_or_else(|| "text".into());
    let id = columns.id.clone().or_else(|| names.contains(&"id".to_string()).then(|| "id".to_string()));
    let wanted: Vec<&String> = [Some(&text), id.as_ref(), columns.date.as_ref()].into_iter().flatten().collect();
    if let Some(missing) = wanted.iter().find(|name| !names.contains(name)) {
        return Err(format!("has no column {missing:?}; its columns are {}", names.join(", ")));
    }
    let fields = schema
        .get_fields()
        .iter()
        .filter(|field| wanted.iter().any(|name| *name == field.name()) || columns.passes(field.name()))
        .map(Arc::clone)
        .collect();
    let projected = Type::group_type_builder(schema.name()).with_fields(fields).build().map_err(|error| error.to_string())?;
    let mut rows = RowIter::from_file_into(Box::new(reader)).project(Some(projected)).map_err(|error| error.to_string())?;
    let (columns, limit, prefix) = (columns.clone(), sources.max_size, prefix.to_string());
    let mut number = 0_usize;
    let mut is_over = false;
    Ok(Box::new(std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        number += 1;
        let fallback = format!("{prefix}line:{number}");
        let row = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| rows.next()));
        let row = match row {
            Ok(None) => return None,
            Ok(Some(Ok(row))) => row,
            Ok(Some(Err(error))) => {
                is_over = true;
                return Some(Item::Failed(Failure::new(fallback, "bad-table", format!("the table cannot be read on from here: {error}"))));
            }
            Err(_) => {
                is_over = true;
                return Some(Item::Failed(Failure::new(fallback, "bad-table", "the table cannot be read on from here: it is damaged")));
            }
        };
        let cell = |name: &str| row.get_column_iter().find(|(column, _)| *column == name).and_then(|(_, field)| written(field));
        let (own, text, date) = (id.as_deref().and_then(cell), cell(&text), columns.date.as_deref().and_then(cell));
        let passed = row.get_column_iter().filter(|(name, _)| columns.passes(name));
        let fields = passed.map(|(name, field)| (name.clone(), value(field))).collect();
        if text.as_ref().is_some_and(|text| text.len() as u64 > limit) {
            return Some(Item::Failed(walk::too_large(own.filter(|id| !id.is_empty()).unwrap_or(fallback), limit)));
        }
        Some(Item::Line(Line::row(fallback, text, own, date, fields)))
    })))
}

/// A cell as it is handed through.
fn value(field: &Field) -> serde_json::Value {
    match field {
        Field::Null => serde_json::Value::Null,
        Field::Bool(value) => (*value).into(),
        Field::Int(value) => (*value).into(),
        Field::Long(value) => (*value).into(),
        Field::Double(value) => (*value).into(),
        other => written(other).into(),
    }
}

/// A cell as text; days and moments in ISO 8601.
fn written(field: &Field) -> Option<String> {
    let moment = |seconds: i64| jiff::Timestamp::from_second(seconds).ok().map(|moment| moment.to_string());
    match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::Date(days) => moment(i64::from(*days) * 86_400).map(|moment| moment[..10].to_string()),
        Field::TimestampMillis(value) => moment(value.div_euclid(1000)),
        Field::TimestampMicros(value) => moment(value.div_euclid(1_000_000)),
        other => Some(other.to_string()),
    }
}
