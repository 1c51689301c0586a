//! The wide form of the table of documents: a column of 0 and 1 for each value of a list that
//! enough documents have, so that pivot tables work.
//!
//! Which columns there are is known when every document has been read: counts add up in any
//! order, and the columns stand in the order of the lists asked for, then of the values.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Cell, DOCUMENTS, Kind};
use crate::record::Record;

/// In how many documents each value of the lists stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WideCounts {
    /// Each list's place among the columns of documents, with its values.
    lists: Vec<(usize, BTreeMap<String, u64>)>,
}

impl WideCounts {
    /// Counts of nothing yet, for the columns of documents that these names mean.
    ///
    /// # Errors
    /// The first name that is no list of the table.
    pub fn new(names: &[String]) -> Result<Self, String> {
        let mut lists: Vec<(usize, BTreeMap<String, u64>)> = Vec::new();
        for name in names {
            let at = DOCUMENTS.columns.iter().position(|column| column.kind == Kind::List && column.name == name);
            let at = at.ok_or_else(|| name.clone())?;
            if !lists.iter().any(|(list, _)| *list == at) {
                lists.push((at, BTreeMap::new()));
            }
        }
        Ok(Self { lists })
    }

    /// The names that may be asked for.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        DOCUMENTS.columns.iter().filter(|column| column.kind == Kind::List).map(|column| column.name).collect()
    }

    /// Counts a document.
    pub fn add(&mut self, record: &Record) {
        let row = super::documents::documents(record);
        for (list, counts) in &mut self.lists {
            if let Some(Cell::List(values)) = row.get(*list) {
                for value in values {
                    match counts.get_mut(value.as_ref()) {
                        Some(count) => *count += 1,
                        None => {
                            counts.insert(value.to_string(), 1);
                        }
                    }
                }
            }
        }
    }

    /// The columns of values that at least `least` documents have.
    #[must_use]
    pub fn columns(self, least: u64) -> Wide {
        let mut wide = Wide::default();
        for (list, counts) in self.lists {
            let mut of = FxHashMap::default();
            for (value, _) in counts.into_iter().filter(|(_, count)| *count >= least) {
                wide.names.push(format!("{}_{value}", DOCUMENTS.columns[list].name));
                of.insert(value, wide.names.len() - 1);
            }
            wide.lists.push((list, of));
        }
        wide
    }
}

/// The further columns of a wide table of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wide {
    names: Vec<String>,
    /// Each list's place in the row, and the column of each of its values.
    lists: Vec<(usize, FxHashMap<String, usize>)>,
}

impl Wide {
    /// Their names: the list's, `_`, the value.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Their cells for a row of documents: 1 or 0, and nothing for a document that was not read.
    pub(super) fn cells<'a>(&self, row: &[Cell]) -> Vec<Cell<'a>> {
        let failed = DOCUMENTS.columns.iter().position(|column| column.name == "error").and_then(|at| row.get(at));
        if failed.is_some_and(|cell| *cell != Cell::Empty) {
            return vec![Cell::Empty; self.names.len()];
        }
        let mut cells = vec![Cell::Integer(0); self.names.len()];
        for (list, of) in &self.lists {
            if let Some(Cell::List(values)) = row.get(*list) {
                for at in values.iter().filter_map(|value| of.get(value.as_ref())) {
                    cells[*at] = Cell::Integer(1);
                }
            }
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Role;

    #[test]
    fn a_value_has_a_column_when_enough_documents_have_it() {
        let record = |donors: &[&str]| Record {
            donors: donors.iter().map(|name| Role { name: (*name).into(), ..Role::default() }).collect(),
            ..Record::default()
        };
        let records = [record(&["Lotus", "Aster"]), record(&["Lotus"]), record(&[])];
        let mut counts = WideCounts::new(&["donors".into()]).unwrap();
        records.iter().for_each(|record| counts.add(record));
        let (all, some) = (counts.clone().columns(1), counts.columns(2));
        assert_eq!(all.names(), ["donors_Aster", "donors_Lotus"]);
        assert_eq!(some.names(), ["donors_Lotus"]);
        let cells = |record| all.cells(&super::super::documents::documents(record));
        assert_eq!(cells(&records[0]), [Cell::Integer(1), Cell::Integer(1)]);
        assert_eq!(cells(&records[2]), [Cell::Integer(0), Cell::Integer(0)]);
        assert_eq!(cells(&Record::failed("a", "empty", "")), [Cell::Empty, Cell::Empty]);
        assert_eq!(WideCounts::new(&["title".into()]), Err("title".into()));
    }
}
