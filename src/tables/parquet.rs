//! Parquet files: one table with typed columns.
//!
//! Text is STRING, whole numbers INT64, others DOUBLE, true and false BOOLEAN, lists LIST of STRING. A
//! column of dates is DATE when each of its values is a full day, and STRING (ISO 8601) when one is a
//! month, a year, a range or open: which it is, the file's schema says. What a column is can be known
//! only at the end, so rows wait in a temporary file; a row group is about 16 MB of them.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::{Type, TypePtr};

use super::book::Typed;
use super::packed::{self, Rows};
use super::{Cell, DOCUMENTS, Head, Kind, Layout};

/// Bytes of packed rows that make a row group.
const GROUP: usize = 16 << 20;

/// A table whose rows wait until the types of its columns are known.
pub(super) struct Typing {
    path: PathBuf,
    name: &'static str,
    heads: Vec<Head>,
    /// Whether each value so far is a full day.
    days: Vec<bool>,
    spool: BufWriter<File>,
    row: Vec<u8>,
}

fn fault(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

impl Typing {
    pub fn new(layout: &Layout, path: &Path) -> io::Result<Self> {
        let table = layout.shape.table().unwrap_or(&DOCUMENTS);
        let heads = layout.view.heads(table);
        let days = heads.iter().map(|head| head.kind == Kind::Date).collect();
        let spool = BufWriter::with_capacity(1 << 18, tempfile::tempfile()?);
        Ok(Self { path: path.to_path_buf(), name: table.name, heads, days, spool, row: Vec::new() })
    }

    fn schema(&self) -> Result<TypePtr, ParquetError> {
        let fields = self.heads.iter().zip(&self.days).map(|(head, is_day)| field(head, *is_day));
        let fields = fields.collect::<Result<Vec<TypePtr>, _>>()?;
        Ok(Arc::new(Type::group_type_builder(self.name).with_fields(fields).build()?))
    }
}

fn field(head: &Head, is_day: bool) -> Result<TypePtr, ParquetError> {
    let plain = |kind, logical| {
        let field = Type::primitive_type_builder(&head.name, kind).with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
        Ok(Arc::new(field.build()?))
    };
    match head.kind {
        Kind::Date if is_day => plain(Physical::INT32, Some(LogicalType::Date)),
        Kind::Text | Kind::Date => plain(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => plain(Physical::INT64, None),
        Kind::Number => plain(Physical::DOUBLE, None),
        Kind::Flag => plain(Physical::BOOLEAN, None),
        Kind::List => {
            let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(Some(LogicalType::String))
                .build()?;
            let list =
                Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(vec![Arc::new(element)]).build()?;
            let field = Type::group_type_builder(&head.name)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(Some(LogicalType::List))
                .with_fields(vec![Arc::new(list)]);
            Ok(Arc::new(field.build()?))
        }
    }
}

impl Typed for Typing {
    fn row(&mut self, _table: usize, row: Vec<Cell>) -> io::Result<()> {
        for ((cell, head), is_day) in row.iter().zip(&self.heads).zip(&mut self.days) {
            if head.kind == Kind::Date && *is_day {
                *is_day = matches!(cell, Cell::Empty) || matches!(cell, Cell::Text(text) if day(text).is_some());
            }
        }
        self.row.clear();
        packed::push(0, &row, &mut self.row);
        self.spool.write_all(&(self.row.len() as u64).to_le_bytes())?;
        self.spool.write_all(&self.row)
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<String>> {
        self.spool.flush()?;
        let mut spool = self.spool.get_ref();
        spool.rewind()?;
        let mut spool = BufReader::with_capacity(1 << 18, spool);
        let level = ZstdLevel::try_new(3).map_err(fault)?;
        let properties = WriterProperties::builder()
            .set_created_by(concat!("dateline ", env!("CARGO_PKG_VERSION")).into())
            .set_compression(Compression::ZSTD(level))
            .build();
        let file = File::create(&self.path)?;
        let mut writer = SerializedFileWriter::new(file, self.schema().map_err(fault)?, Arc::new(properties)).map_err(fault)?;
        let mut length = [0; 8];
        let mut more = true;
        while more {
            let mut columns: Vec<Values> = self.heads.iter().zip(&self.days).map(|(head, is_day)| Values::of(head.kind, *is_day)).collect();
            let mut size = 0;
            while size < GROUP {
                match spool.read_exact(&mut length) {
                    Ok(()) => {}
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                        more = false;
                        break;
                    }
                    Err(error) => return Err(error),
                }
                let mut bytes = vec![0; usize::try_from(u64::from_le_bytes(length)).unwrap_or_default()];
                spool.read_exact(&mut bytes)?;
                size += bytes.len();
                if let Some((_, row)) = Rows::new(&bytes).next()? {
                    for (column, cell) in columns.iter_mut().zip(&row) {
                        column.push(cell);
                    }
                }
            }
            if size > 0 {
                let mut group = writer.next_row_group().map_err(fault)?;
                for column in columns {
                    let mut to = group.next_column().map_err(fault)?.ok_or_else(|| io::Error::other("a column too many"))?;
                    column.write(&mut to).map_err(fault)?;
                    to.close().map_err(fault)?;
                }
                group.close().map_err(fault)?;
            }
        }
        writer.close().map_err(fault)?;
        Ok(Vec::new())
    }
}

/// Days since 1970 of a full day.
fn day(text: &str) -> Option<i32> {
    if text.len() != 10 {
        return None;
    }
    let date: jiff::civil::Date = text.parse().ok()?;
    date.since(jiff::civil::date(1970, 1, 1)).ok().map(|span| span.get_days())
}

/// The values of a column of a row group, with the levels that say where there is none.
struct Values {
    defined: Vec<i16>,
    repeated: Vec<i16>,
    of: Of,
}

enum Of {
    Text(Vec<ByteArray>),
    List(Vec<ByteArray>),
    Day(Vec<i32>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Flag(Vec<bool>),
}

impl Values {
    fn of(kind: Kind, is_day: bool) -> Self {
        let of = match kind {
            Kind::Date if is_day => Of::Day(Vec::new()),
            Kind::Text | Kind::Date => Of::Text(Vec::new()),
            Kind::List => Of::List(Vec::new()),
            Kind::Integer => Of::Integer(Vec::new()),
            Kind::Number => Of::Number(Vec::new()),
            Kind::Flag => Of::Flag(Vec::new()),
        };
        Self { defined: Vec::new(), repeated: Vec::new(), of }
    }

    fn push(&mut self, cell: &Cell) {
        let is_there = match (&mut self.of, cell) {
            (Of::List(values), Cell::List(list)) => {
                for (at, text) in list.iter().enumerate() {
                    values.push(text.as_ref().into());
                    self.defined.push(2);
                    self.repeated.push((at > 0).into());
                }
                return;
            }
            (Of::Text(values), Cell::Text(text)) => {
                values.push(text.as_ref().into());
                true
            }
            (Of::Day(values), Cell::Text(text)) => {
                let day = day(text);
                values.extend(day);
                day.is_some()
            }
            (Of::Integer(values), Cell::Integer(number)) => {
                values.push(*number);
                true
            }
            (Of::Number(values), Cell::Number(number)) => {
                values.push(*number);
                true
            }
            (Of::Flag(values), Cell::Flag(flag)) => {
                values.push(*flag);
                true
            }
            _ => false,
        };
        self.defined.push(is_there.into());
        self.repeated.push(0);
    }

    fn write(self, to: &mut SerializedColumnWriter) -> Result<(), ParquetError> {
        let defined = Some(self.defined.as_slice());
        match self.of {
            Of::Text(values) => to.typed::<ByteArrayType>().write_batch(&values, defined, None)?,
            Of::List(values) => to.typed::<ByteArrayType>().write_batch(&values, defined, Some(&self.repeated))?,
            Of::Day(values) => to.typed::<Int32Type>().write_batch(&values, defined, None)?,
            Of::Integer(values) => to.typed::<Int64Type>().write_batch(&values, defined, None)?,
            Of::Number(values) => to.typed::<DoubleType>().write_batch(&values, defined, None)?,
            Of::Flag(values) => to.typed::<BoolType>().write_batch(&values, defined, None)?,
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::record::{Record, Role};
    use crate::tables::{Format, Shape};

    fn written(published: [&str; 2]) -> Vec<String> {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.parquet");
        let layout = Layout::new(Shape::Documents, Format::Parquet);
        let mut file = Box::new(Typing::new(&layout, &path).unwrap());
        for day in published {
            let role = |name: &str| Role { name: name.into(), ..Role::default() };
            let record =
                Record { id: "a".into(), published: Some(day.into()), donors: vec![role("Lotus"), role("Aster")], ..Record::default() };
            let mut packed = Vec::new();
            layout.record(&record, &mut packed);
            let (table, row) = Rows::new(&packed).next().unwrap().unwrap();
            file.row(table.into(), row).unwrap();
        }
        file.finish().unwrap();
        let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
        reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
    }

    #[test]
    fn dates_are_days_where_the_whole_column_allows() {
        let rows = written(["2020-05-06", "1912-01-31"]);
        assert!(rows[1].contains("published: 1912-01-31") && rows[0].contains("donors: [\"Lotus\", \"Aster\"]"), "{rows:?}");
        assert!(rows[0].contains("implementers: null"), "{rows:?}");
        assert!(written(["2020-05-06", "2020"])[0].contains("published: \"2020-05-06\""));
    }
}
