//! What of a table is shown: which columns, in which order, and which further ones.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Cell, DOCUMENTS, Kind, Table, Wide};

/// The head of a column as a file shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its name.
    pub name: Cow<'static, str>,
    /// Its type.
    pub kind: Kind,
}

/// What is shown of a table; by default all of it.
#[derive(Clone, Debug, Default)]
pub struct View {
    columns: Option<Arc<[usize]>>,
    wide: Option<Arc<Wide>>,
    txm: bool,
}

impl View {
    /// Only these columns, in this order.
    ///
    /// # Errors
    /// The first name that the table does not have, or has been named before.
    pub fn select(&mut self, table: &Table, names: &[String]) -> Result<(), String> {
        let mut columns = Vec::new();
        for name in names {
            let at = table.columns.iter().position(|column| column.name == name);
            match at {
                Some(at) if !columns.contains(&at) => columns.push(at),
                _ => return Err(name.clone()),
            }
        }
        self.columns = Some(columns.into());
        Ok(())
    }

    /// Further columns of documents.
    pub fn widen(&mut self, wide: Arc<Wide>) {
        self.wide = Some(wide);
    }

    /// Ids as TXM needs them: a text's file name without its ending; and each cell on one line.
    pub fn as_txm(&mut self) {
        self.txm = true;
    }

    /// The heads of a table's columns.
    #[must_use]
    pub fn heads(&self, table: &Table) -> Vec<Head> {
        let head = |at: &usize| Head { name: table.columns[*at].name.into(), kind: table.columns[*at].kind };
        let mut heads: Vec<Head> = match &self.columns {
            Some(columns) => columns.iter().map(head).collect(),
            None => (0..table.columns.len()).map(|at| head(&at)).collect(),
        };
        if let Some(wide) = self.wide_of(table) {
            heads.extend(wide.names().iter().map(|name| Head { name: name.clone().into(), kind: Kind::Integer }));
        }
        heads
    }

    fn wide_of(&self, table: &Table) -> Option<&Wide> {
        self.wide.as_deref().filter(|_| table.name == DOCUMENTS.name)
    }

    /// The cells of a row that are shown.
    pub(super) fn row<'a>(&self, table: &Table, mut row: Vec<Cell<'a>>) -> Vec<Cell<'a>> {
        let wide = self.wide_of(table).map(|wide| wide.cells(&row));
        if self.txm {
            for (at, cell) in row.iter_mut().enumerate() {
                if let Cell::Text(text) = cell {
                    txm(at == 0, text);
                }
            }
        }
        if let Some(columns) = &self.columns {
            // each column is taken once
            row = columns.iter().map(|at| std::mem::replace(&mut row[*at], Cell::Empty)).collect();
        }
        row.extend(wide.into_iter().flatten());
        row
    }
}

fn txm(is_id: bool, text: &mut Cow<str>) {
    if is_id
        && let Some((stem, ending)) = text.rsplit_once('.')
        && !stem.is_empty()
        && !stem.ends_with('/')
        && !ending.contains('/')
    {
        *text = stem.to_string().into();
    }
    if text.contains(['\n', '\t']) {
        *text = text.split_whitespace().collect::<Vec<_>>().join(" ").into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Record;

    #[test]
    fn columns_stand_in_the_order_asked_for() {
        let mut view = View::default();
        view.select(&DOCUMENTS, &["title".into(), "id".into()]).unwrap();
        let record = Record { id: "a.b.txt".into(), title: Some("Two\nlines".into()), ..Record::default() };
        let row = |view: &View| view.row(&DOCUMENTS, super::super::documents::documents(&record));
        assert_eq!(view.heads(&DOCUMENTS).iter().map(|head| head.name.as_ref()).collect::<Vec<_>>(), ["title", "id"]);
        assert_eq!(row(&view), [Cell::text("Two\nlines"), Cell::text("a.b.txt")]);
        view.as_txm();
        assert_eq!(row(&view), [Cell::text("Two lines"), Cell::text("a.b")]);
        assert_eq!(view.select(&DOCUMENTS, &["id".into(), "nope".into()]), Err("nope".into()));
        assert_eq!(view.select(&DOCUMENTS, &["id".into(), "id".into()]), Err("id".into()));
    }
}
