//! Rows on their way to a writer that needs typed cells.
//!
//! Threads make bytes, whatever the format; those of workbooks, databases and Parquet files are
//! rows in this form: the number of the table, the number of cells, then each cell as a tag and
//! what belongs to it. Lengths are 32 bits, little-endian. It never leaves the program.

use std::borrow::Cow;
use std::io;

use super::Cell;

/// Appends a row of table `table`.
pub(super) fn push(table: u8, row: &[Cell], out: &mut Vec<u8>) {
    out.push(table);
    length(row.len(), out);
    for cell in row {
        match cell {
            Cell::Empty => out.push(0),
            Cell::Text(text) => {
                out.push(1);
                string(text, out);
            }
            Cell::Integer(number) => {
                out.push(2);
                out.extend_from_slice(&number.to_le_bytes());
            }
            Cell::Number(number) => {
                out.push(3);
                out.extend_from_slice(&number.to_le_bytes());
            }
            Cell::Flag(flag) => out.push(4 + u8::from(*flag)),
            Cell::List(list) => {
                out.push(6);
                length(list.len(), out);
                for text in list {
                    string(text, out);
                }
            }
        }
    }
}

/// A text cannot be longer: documents stay below 4 GiB.
fn length(length: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
}

fn string(text: &str, out: &mut Vec<u8>) {
    length(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

/// Reads rows one after another.
pub(super) struct Rows<'a> {
    bytes: &'a [u8],
}

impl<'a> Rows<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// The next row with the number of its table; none at the end.
    ///
    /// # Errors
    /// When the bytes were damaged while they waited in a file.
    pub fn next(&mut self) -> io::Result<Option<(u8, Vec<Cell<'a>>)>> {
        let Some((&table, rest)) = self.bytes.split_first() else { return Ok(None) };
        self.bytes = rest;
        let cells = self.length()?;
        let mut row = Vec::with_capacity(cells.min(1 << 15));
        for _ in 0..cells {
            row.push(match self.take(1)?[0] {
                0 => Cell::Empty,
                1 => Cell::Text(self.string()?),
                2 => Cell::Integer(i64::from_le_bytes(self.eight()?)),
                3 => Cell::Number(f64::from_le_bytes(self.eight()?)),
                tag @ (4 | 5) => Cell::Flag(tag == 5),
                6 => Cell::List((0..self.length()?).map(|_| self.string()).collect::<io::Result<_>>()?),
                _ => return Err(io::ErrorKind::InvalidData.into()),
            });
        }
        Ok(Some((table, row)))
    }

    fn take(&mut self, count: usize) -> io::Result<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(io::ErrorKind::UnexpectedEof)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn length(&mut self) -> io::Result<usize> {
        let bytes = self.take(4)?.try_into().unwrap_or_default();
        Ok(u32::from_le_bytes(bytes) as usize)
    }

    fn eight(&mut self) -> io::Result<[u8; 8]> {
        Ok(self.take(8)?.try_into().unwrap_or_default())
    }

    fn string(&mut self) -> io::Result<Cow<'a, str>> {
        let length = self.length()?;
        let text = std::str::from_utf8(self.take(length)?).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were() {
        let row = vec![
            Cell::Empty,
            Cell::text("а\nb"),
            Cell::Integer(-3),
            Cell::Number(0.1),
            Cell::Flag(true),
            Cell::Flag(false),
            Cell::list(["x".into(), "; y".into()]),
        ];
        let mut bytes = Vec::new();
        push(2, &row, &mut bytes);
        push(0, &[], &mut bytes);
        let mut rows = Rows::new(&bytes);
        assert_eq!(rows.next().unwrap(), Some((2, row)));
        assert_eq!(rows.next().unwrap(), Some((0, Vec::new())));
        assert_eq!(rows.next().unwrap(), None);
        assert!(Rows::new(&bytes[..9]).next().is_err());
    }
}
