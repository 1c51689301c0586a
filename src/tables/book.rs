//! Files with typed cells: workbooks, databases, Parquet.
//!
//! Each takes in packed rows in the order of the documents and ends as a whole file. None keeps
//! the rows in memory: they go to the file, or to a temporary one, as they come.

use std::io;
use std::path::Path;

use super::packed::Rows;
use super::{Cell, Format, Layout, parquet, sqlite, xlsx};

/// A writer of one of these files.
pub struct Book {
    writer: Box<dyn Typed>,
}

/// What a format does with rows.
pub(super) trait Typed {
    /// Takes in a row of the table with this number.
    fn row(&mut self, table: usize, row: Vec<Cell>) -> io::Result<()>;

    /// Ends the file; what the user should know of it.
    fn finish(self: Box<Self>) -> io::Result<Vec<String>>;
}

impl Book {
    /// A file of the layout's format, at a path that may hold an empty file.
    ///
    /// # Errors
    /// When it cannot be written, or the format cannot hold so many columns.
    pub fn new(layout: &Layout, path: &Path) -> io::Result<Self> {
        Ok(Self {
            writer: match layout.format {
                Format::Xlsx => Box::new(xlsx::Workbook::new(layout, path)?),
                Format::Sqlite => Box::new(sqlite::Database::new(layout, path)?),
                _ => Box::new(parquet::Typing::new(layout, path)?),
            },
        })
    }

    /// Takes in rows made by [`Layout::record`] or [`Layout::bodies`].
    ///
    /// # Errors
    /// When the disk is full.
    pub fn rows(&mut self, packed: &[u8]) -> io::Result<()> {
        let mut rows = Rows::new(packed);
        while let Some((table, row)) = rows.next()? {
            self.writer.row(usize::from(table), row)?;
        }
        Ok(())
    }

    /// Ends the file; what the user should know of it, as sentences.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn finish(self) -> io::Result<Vec<String>> {
        self.writer.finish()
    }
}
