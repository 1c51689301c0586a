//! Cells in rows of text: CSV and TSV, RFC 4180.
//!
//! Lines end with `\n`, those for spreadsheets with `\r\n`. The form for spreadsheets
//! (`--excel`) opens with a byte order mark, uses the separator of a locale, and guards text cells
//! that a spreadsheet would run as a formula with an apostrophe; see OWASP on CSV injection. Numbers
//! and dates stay as they are. Machines that read such a table would see the apostrophes: it is
//! for people only.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::{Cell, Kind};

/// How rows of text are written.
#[derive(Clone, Debug)]
pub struct Dialect {
    /// Between cells; without it, by the format.
    pub delimiter: Option<u8>,
    /// What stands for an empty cell.
    pub null: Arc<str>,
    /// Whether the first row names the columns.
    pub header: bool,
    /// For a spreadsheet.
    pub spreadsheet: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { delimiter: None, null: "".into(), header: true, spreadsheet: false }
    }
}

/// The separator that spreadsheets of a locale expect; none when the locale is not known.
///
/// ```
/// use dateline::tables::separator;
/// assert_eq!((separator("ru"), separator("ru-KG"), separator("en_US")), (Some(b';'), Some(b';'), Some(b',')));
/// ```
#[must_use]
pub fn separator(locale: &str) -> Option<u8> {
    static SEPARATORS: LazyLock<FxHashMap<String, u8>> = LazyLock::new(|| {
        let rows = crate::table::rows::<2>(include_str!("../../data/tables/separators.tsv"));
        rows.filter_map(|[locale, separator]| Some((locale.to_ascii_lowercase(), *separator.as_bytes().first()?))).collect()
    });
    let locale = locale.split('.').next()?.replace('_', "-").to_ascii_lowercase();
    let language = locale.split('-').next()?;
    SEPARATORS.get(&locale).or_else(|| SEPARATORS.get(language)).copied()
}

impl Dialect {
    /// What stands before everything.
    #[must_use]
    pub fn mark(&self) -> &'static [u8] {
        if self.spreadsheet { "\u{feff}".as_bytes() } else { b"" }
    }

    /// A writer of rows.
    pub(super) fn writer<W: std::io::Write>(&self, delimiter: u8, out: W) -> csv::Writer<W> {
        let end = if self.spreadsheet { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        csv::WriterBuilder::new().delimiter(self.delimiter.unwrap_or(delimiter)).terminator(end).flexible(true).from_writer(out)
    }

    /// A cell as it is written.
    pub(super) fn cell<'a>(&'a self, kind: Kind, cell: &'a Cell) -> Cow<'a, str> {
        let flat = match cell {
            Cell::Empty => return self.null.as_ref().into(),
            cell => cell.flat(),
        };
        if self.spreadsheet && matches!(kind, Kind::Text | Kind::List) { guarded(flat) } else { flat }
    }
}

/// A text that no spreadsheet takes for a formula.
pub(super) fn guarded(text: Cow<str>) -> Cow<str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}").into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_are_guarded_and_only_for_spreadsheets() {
        let people = Dialect { spreadsheet: true, ..Dialect::default() };
        for text in ["=1+1", "+7 312 000000", "-", "@here", "\tx", "\rx", "\nx"] {
            assert_eq!(people.cell(Kind::Text, &Cell::text(text)), format!("'{text}"));
            assert_eq!(Dialect::default().cell(Kind::Text, &Cell::text(text)), text);
        }
        assert_eq!(people.cell(Kind::Number, &Cell::Number(-41.5)), "-41.5");
        assert_eq!(people.cell(Kind::Date, &Cell::text("2020-05-01")), "2020-05-01");
        assert_eq!(people.cell(Kind::List, &Cell::list(["=a".into(), "b".into()])), "'=a; b");
    }

    #[test]
    fn a_locale_that_is_not_known_has_no_separator() {
        assert_eq!(separator("xx"), None);
        assert_eq!(separator("es-MX"), Some(b','));
        assert_eq!(separator("ru_RU.UTF-8"), Some(b';'));
    }
}
