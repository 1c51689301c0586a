//! Rows of the plain tables under `data/`.
//!
//! A table is tab-separated text: `#` lines are notes, the first other line names the columns.

/// The rows of a tab-separated table, as a fixed number of cells; missing cells are empty.
///
/// ```
/// let table = "# source: our own\nword\tmonth\nмая\t5\n";
/// let rows: Vec<[&str; 2]> = dateline::table::rows(table).collect();
/// assert_eq!(rows, [["мая", "5"]]);
/// ```
pub fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).skip(1).map(|line| {
        let mut cells = [""; N];
        for (cell, value) in cells.iter_mut().zip(line.split('\t')) {
            *cell = value;
        }
        cells
    })
}

/// The values of a cell that holds several, separated by `|`.
pub fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|value| !value.is_empty())
}
