//! Rows of the plain tables under `data/`, and of the tables that users bring.
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

/// What is wrong with one row of a user's table, or with its head.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct UserError {
    /// The line of the file, from 1.
    pub line: u64,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl From<csv::Error> for UserError {
    fn from(error: csv::Error) -> Self {
        Self { line: error.position().map_or(0, csv::Position::line), what: error.to_string() }
    }
}

/// Opens a user's table, CSV with or without a byte order mark: its rows, white space around
/// cells taken off, and its head.
///
/// # Errors
/// When the head cannot be read.
pub fn user_table(csv: &str) -> Result<(csv::Reader<&[u8]>, csv::StringRecord), UserError> {
    let bytes = csv.trim_start_matches('\u{feff}').as_bytes();
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let head = reader.headers().cloned().map_err(|error| UserError { line: 1, ..error.into() })?;
    Ok((reader, head))
}

/// Shows `row` the line and the cells of these columns of each row of a user's table; a column that is not there
/// has empty cells. Gives what is wrong with the rows, by `row`'s word and as CSV.
pub fn user_rows<const N: usize>(
    reader: &mut csv::Reader<&[u8]>,
    columns: [Option<usize>; N],
    mut row: impl FnMut(u64, [&str; N]) -> Result<(), String>,
) -> Vec<UserError> {
    let mut errors = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let cells = columns.map(|column| column.and_then(|n| record.get(n)).unwrap_or(""));
                if let Err(what) = row(line, cells) {
                    errors.push(UserError { line, what });
                }
            }
            Err(error) => errors.push(error.into()),
        }
    }
    errors
}
