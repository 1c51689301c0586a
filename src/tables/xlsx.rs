//! Workbooks: a sheet a table, and one that says what the columns mean.
//!
//! Text is written as string cells, so nothing in it runs as a formula and nothing is prefixed; a
//! full day is a date cell, any other date stays text. Rows go to temporary files as they come, and
//! the same rows give the same bytes: the file carries no time of its making. The format's limits
//! (ECMA-376, Excel's specifications): 1,048,576 rows a sheet, 16,384 columns, 32,767 characters a
//! cell, days from 1 March 1900 (before it Excel's own calendar is off by a day).

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rust_xlsxwriter as xlsx;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

use super::book::Typed;
use super::layout::{DICTIONARY, dictionary_rows};
use super::{Cell, Head, Kind, Layout, Shape};

/// Rows of a sheet, the header included.
const ROWS: u32 = 1_048_576;
/// Columns of a sheet.
const COLUMNS: usize = 16_384;
/// Length of a cell's text in UTF-16 units.
const LENGTH: usize = 32_767;
/// What stands at the end of a text that was cut.
const CUT: &str = " […cut]";
/// Widest column, in characters.
const WIDEST: usize = 50;

/// A workbook in the making.
pub(super) struct Workbook {
    book: xlsx::Workbook,
    path: PathBuf,
    tables: Vec<Option<Sheets>>,
    styles: Styles,
    rows: u32,
    cut: u64,
}

struct Styles {
    header: xlsx::Format,
    date: xlsx::Format,
}

/// The sheets of one table: one, and a next for each million rows.
struct Sheets {
    name: &'static str,
    heads: Vec<Head>,
    widths: Vec<usize>,
    full: Vec<xlsx::Worksheet>,
    sheet: xlsx::Worksheet,
    next_row: u32,
}

fn fault(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}

impl Workbook {
    pub fn new(layout: &Layout, path: &Path) -> io::Result<Self> {
        Self::with_rows(layout, path, ROWS)
    }

    fn with_rows(layout: &Layout, path: &Path, rows: u32) -> io::Result<Self> {
        let mut book = xlsx::Workbook::new();
        // the file says nothing of when it was made
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(fault)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let styles = Styles {
            header: xlsx::Format::new().set_bold().set_background_color(xlsx::Color::RGB(0xE7_EEF7)),
            date: xlsx::Format::new().set_num_format("yyyy-mm-dd"),
        };
        let mut tables = Vec::new();
        for shape in Shape::TABLES {
            tables.push(match shape.table().filter(|_| layout.shape.shows(shape)) {
                Some(table) => Some(Sheets::new(&mut book, table.name, layout.view.heads(table), &styles)?),
                None => None,
            });
        }
        Ok(Self { book, path: path.to_path_buf(), tables, styles, rows, cut: 0 })
    }

    /// The sheet that says what the columns mean.
    fn dictionary(&mut self) -> io::Result<Sheets> {
        let head = |name: &&'static str| Head { name: (*name).into(), kind: Kind::Text };
        let mut sheets = Sheets::new(&mut self.book, "columns", DICTIONARY.iter().map(head).collect(), &self.styles)?;
        for row in dictionary_rows() {
            sheets.row(row.map(Cell::text).to_vec(), &self.styles, &mut self.cut)?;
        }
        Ok(sheets)
    }
}

impl Typed for Workbook {
    fn row(&mut self, table: usize, row: Vec<Cell>) -> io::Result<()> {
        let Some(Some(sheets)) = self.tables.get_mut(table) else { return Ok(()) };
        if sheets.next_row == self.rows {
            let next = self.book.new_worksheet_with_constant_memory().map_err(fault)?;
            sheets.turn(next, &self.styles)?;
        }
        sheets.row(row, &self.styles, &mut self.cut)
    }

    fn finish(mut self: Box<Self>) -> io::Result<Vec<String>> {
        let dictionary = self.dictionary()?;
        let mut notes = Vec::new();
        for sheets in std::mem::take(&mut self.tables).into_iter().flatten().chain([dictionary]) {
            if !sheets.full.is_empty() {
                notes.push(format!(
                    "{} has more than {} rows: they go on in {} further sheet{}",
                    sheets.name,
                    self.rows - 1,
                    sheets.full.len(),
                    if sheets.full.len() == 1 { "" } else { "s" }
                ));
            }
            for sheet in sheets.finish()? {
                self.book.push_worksheet(sheet);
            }
        }
        if self.cut > 0 {
            let cells = if self.cut == 1 { "cell is" } else { "cells are" };
            notes.push(format!("{} {cells} longer than a workbook can hold ({LENGTH} characters) and cut; the end says so", self.cut));
        }
        let file = File::create(&self.path)?;
        self.book.save_to_writer(io::BufWriter::new(file)).map_err(fault)?;
        Ok(notes)
    }
}

impl Sheets {
    fn new(book: &mut xlsx::Workbook, name: &'static str, heads: Vec<Head>, styles: &Styles) -> io::Result<Self> {
        if heads.len() > COLUMNS {
            let message =
                format!("{name} would have {} columns, and a workbook holds {COLUMNS}: a higher --min-count leaves fewer", heads.len());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let sheet = book.new_worksheet_with_constant_memory().map_err(fault)?;
        // the arrow of the filter needs room too
        let widths = heads.iter().map(|head| head.name.chars().count() + 4).collect();
        let mut sheets = Self { name, heads, widths, full: Vec::new(), sheet, next_row: 0 };
        sheets.begin(styles)?;
        Ok(sheets)
    }

    fn begin(&mut self, styles: &Styles) -> io::Result<()> {
        for (column, head) in (0_u16..).zip(&self.heads) {
            self.sheet.write_string_with_format(0, column, head.name.as_ref(), &styles.header).map_err(fault)?;
        }
        self.next_row = 1;
        Ok(())
    }

    fn turn(&mut self, next: xlsx::Worksheet, styles: &Styles) -> io::Result<()> {
        self.close()?;
        self.full.push(std::mem::replace(&mut self.sheet, next));
        self.begin(styles)
    }

    /// What a sheet gets when its last row is written.
    fn close(&mut self) -> io::Result<()> {
        let name = if self.full.is_empty() { self.name.to_string() } else { format!("{} {}", self.name, self.full.len() + 1) };
        self.sheet.set_name(name).map_err(fault)?;
        self.sheet.set_freeze_panes(1, 0).map_err(fault)?;
        let last = u16::try_from(self.heads.len()).unwrap_or(u16::MAX).saturating_sub(1);
        self.sheet.autofilter(0, 0, self.next_row.saturating_sub(1), last).map_err(fault)?;
        for (column, width) in (0_u16..).zip(&self.widths) {
            let width = u32::try_from((*width).clamp(8, WIDEST)).unwrap_or(8);
            self.sheet.set_column_width(column, width).map_err(fault)?;
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<Vec<xlsx::Worksheet>> {
        self.close()?;
        self.full.push(self.sheet);
        Ok(self.full)
    }

    fn row(&mut self, row: Vec<Cell>, styles: &Styles, cut: &mut u64) -> io::Result<()> {
        let at = self.next_row;
        for ((column, cell), (head, width)) in (0_u16..).zip(row).zip(self.heads.iter().zip(&mut self.widths)) {
            let written = match &cell {
                Cell::Empty => continue,
                #[expect(clippy::cast_precision_loss, reason = "a workbook has no other numbers")]
                Cell::Integer(number) => self.sheet.write_number(at, column, *number as f64),
                Cell::Number(number) => self.sheet.write_number(at, column, *number),
                Cell::Flag(flag) => self.sheet.write_boolean(at, column, *flag),
                Cell::Text(_) | Cell::List(_) => {
                    let text = cell.flat();
                    *width = (*width).max(text.chars().take(WIDEST).count() + 1);
                    match day(head.kind, &text) {
                        Some(day) => self.sheet.write_datetime_with_format(at, column, &day, &styles.date),
                        None => self.sheet.write_string(at, column, fitting(&text, cut)),
                    }
                }
            };
            written.map_err(fault)?;
        }
        self.next_row += 1;
        Ok(())
    }
}

/// The day that a date cell can show.
fn day(kind: Kind, text: &str) -> Option<ExcelDateTime> {
    if kind != Kind::Date || text.len() != 10 {
        return None;
    }
    let date: Date = text.parse().ok()?;
    if date < jiff::civil::date(1900, 3, 1) {
        return None;
    }
    ExcelDateTime::from_ymd(date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
}

/// A text that fits into a cell.
fn fitting<'a>(text: &'a str, cut: &mut u64) -> std::borrow::Cow<'a, str> {
    if text.len() <= LENGTH || text.chars().map(char::len_utf16).sum::<usize>() <= LENGTH {
        return text.into();
    }
    *cut += 1;
    let mut left = LENGTH - CUT.chars().map(char::len_utf16).sum::<usize>();
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    let mut out: String = text.chars().take_while(fits).collect();
    out.push_str(CUT);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Record;
    use crate::tables::Format;
    use crate::tables::packed::Rows;

    #[test]
    fn a_full_sheet_goes_on_in_the_next_and_the_summary_says_so() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.xlsx");
        let layout = Layout::new(Shape::All, Format::Xlsx);
        let mut book = Workbook::with_rows(&layout, &path, 3).unwrap();
        let mut packed = Vec::new();
        for n in 0..5 {
            layout.record(&Record { id: n.to_string(), ..Record::default() }, &mut packed);
        }
        let mut rows = Rows::new(&packed);
        while let Some((table, row)) = rows.next().unwrap() {
            book.row(table.into(), row).unwrap();
        }
        let notes = Box::new(book).finish().unwrap();
        assert_eq!(notes, ["documents has more than 2 rows: they go on in 2 further sheets"]);
        let mut zip = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
        let mut names = String::new();
        io::Read::read_to_string(&mut zip.by_name("xl/workbook.xml").unwrap(), &mut names).unwrap();
        let at = |name: &str| names.find(&format!("name=\"{name}\"")).unwrap();
        assert!(at("documents") < at("documents 2") && at("documents 2") < at("documents 3") && at("documents 3") < at("mentions"));
    }

    #[test]
    fn a_text_that_is_too_long_ends_with_a_mark() {
        let mut cut = 0;
        let fits = "я".repeat(LENGTH);
        assert_eq!(fitting(&fits, &mut cut), fits);
        let long = fitting(&"😀".repeat(LENGTH), &mut cut).into_owned();
        assert!(long.ends_with(CUT) && long.encode_utf16().count() <= LENGTH && long.encode_utf16().count() > LENGTH - 2);
        assert_eq!(cut, 1);
    }

    #[test]
    fn only_a_full_day_that_excel_knows_is_a_date() {
        assert!(day(Kind::Date, "2020-02-29").is_some());
        for text in ["2020-02", "2020-02-30", "1899-12-31", "XXXX-11-12", "2020-02-01/2020-02-02", "?"] {
            assert!(day(Kind::Date, text).is_none(), "{text}");
        }
        assert!(day(Kind::Text, "2020-02-29").is_none());
    }
}
