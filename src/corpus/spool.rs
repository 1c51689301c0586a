//! Bytes that are written once and then read here and there: in memory while they are few, then in a
//! temporary file of which the pages last read are kept.
//!
//! The file has no name in the file system: whatever ends the program, nothing is left behind.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// How many bytes stay in memory; of more, this many are gathered before they are written.
const LIMIT: usize = 1 << 20;

/// How many bytes are read at a time, and how many such pages are kept.
const PAGE: usize = 4 << 10;
const PAGES: usize = 1 << 11;

/// Bytes that are being written.
#[derive(Debug)]
pub(super) struct Spool {
    limit: usize,
    bytes: Vec<u8>,
    file: Option<File>,
    /// How many bytes are in the file.
    written: u64,
}

impl Default for Spool {
    fn default() -> Self {
        Self::with_limit(LIMIT)
    }
}

impl Spool {
    /// One that keeps so many bytes in memory.
    pub fn with_limit(limit: usize) -> Self {
        Self { limit, bytes: Vec::new(), file: None, written: 0 }
    }

    /// Adds bytes; says where they begin.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<u64> {
        if self.bytes.len() + bytes.len() > self.limit {
            self.spill()?;
        }
        let at = self.written + self.bytes.len() as u64;
        self.bytes.extend_from_slice(bytes);
        Ok(at)
    }

    fn spill(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        file.write_all(&self.bytes)?;
        self.written += self.bytes.len() as u64;
        self.bytes.clear();
        Ok(())
    }

    /// Ends the writing.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn finish(mut self) -> io::Result<Pages> {
        if self.file.is_some() {
            self.spill()?;
            self.bytes = Vec::new();
        }
        Ok(Pages { bytes: self.bytes, file: self.file, written: self.written, pages: Vec::new() })
    }
}

/// Bytes that were written.
#[derive(Debug)]
pub(super) struct Pages {
    /// All of them, where there is no file.
    bytes: Vec<u8>,
    file: Option<File>,
    written: u64,
    /// Pages of the file with their numbers, each at the place that its number gives it.
    pages: Vec<(u64, Box<[u8]>)>,
}

impl Pages {
    /// Fills `out` with the bytes from a place on.
    ///
    /// # Errors
    /// When the file cannot be read, or ends before.
    pub fn read(&mut self, mut at: u64, mut out: &mut [u8]) -> io::Result<()> {
        if self.file.is_none() {
            let from = usize::try_from(at).ok().and_then(|at| self.bytes.get(at..)?.get(..out.len()));
            out.copy_from_slice(from.ok_or(io::ErrorKind::UnexpectedEof)?);
            return Ok(());
        }
        while !out.is_empty() {
            let page = self.page(at / PAGE as u64)?;
            let from = page.get((at % PAGE as u64) as usize..).filter(|from| !from.is_empty()).ok_or(io::ErrorKind::UnexpectedEof)?;
            let length = from.len().min(out.len());
            let (filled, rest) = out.split_at_mut(length);
            filled.copy_from_slice(&from[..length]);
            at += length as u64;
            out = rest;
        }
        Ok(())
    }

    fn page(&mut self, number: u64) -> io::Result<&[u8]> {
        if self.pages.is_empty() {
            self.pages.resize_with(PAGES, || (u64::MAX, Box::default()));
        }
        let place = (number % PAGES as u64) as usize;
        if self.pages[place].0 != number
            && let Some(file) = &mut self.file
        {
            let begin = number * PAGE as u64;
            let length = self.written.saturating_sub(begin).min(PAGE as u64) as usize;
            let (known, page) = &mut self.pages[place];
            // of a page that cannot be read nothing is kept
            *known = u64::MAX;
            if page.len() != length {
                *page = vec![0; length].into();
            }
            file.seek(SeekFrom::Start(begin))?;
            file.read_exact(page)?;
            *known = number;
        }
        Ok(&self.pages[place].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_memory_and_from_a_file() {
        for limit in [1, 1000, 1 << 20] {
            let mut spool = Spool::with_limit(limit);
            let of = |n: u32| n.to_le_bytes().repeat(n as usize % 50);
            let places: Vec<u64> = (0..5000).map(|n| spool.push(&of(n)).unwrap()).collect();
            let mut pages = spool.finish().unwrap();
            assert_eq!(pages.file.is_some(), limit < 1 << 20);
            for n in (0..5000).rev().chain(0..100) {
                let mut read = vec![0; of(n).len()];
                pages.read(places[n as usize], &mut read).unwrap();
                assert_eq!(read, of(n));
            }
            let end = places[4999] + of(4999).len() as u64;
            assert!(pages.read(end, &mut [0]).is_err() && pages.read(end - 1, &mut [0]).is_ok());
        }
    }

    #[test]
    fn what_is_little_stays_in_memory() {
        let mut spool = Spool::default();
        spool.push(b"abc").unwrap();
        assert!(spool.finish().unwrap().file.is_none());
    }
}
