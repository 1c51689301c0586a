//! Where something stands in a text: byte offsets inside, Unicode code points outside.
//!
//! Every stage works on byte [`Span`]s, because slicing is free with them; the record counts in
//! code points, because that is what a spreadsheet, Python or R counts in. [`CodePoints`] is the
//! only bridge between the two.

/// A half-open stretch of a text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`, both in bytes.
    ///
    /// # Panics
    /// When `end` lies before `start` or beyond 4 GiB, the largest text that is read.
    #[must_use]
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        let byte = |n: usize| u32::try_from(n).expect("texts beyond 4 GiB are refused when read");
        Self { start: byte(start), end: byte(end) }
    }

    /// The span as an index range.
    #[must_use]
    #[inline]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    #[inline]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds nothing.
    #[must_use]
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    #[inline]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    #[inline]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    #[inline]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Turns byte offsets of one text into code points.
///
/// Keeps one count per 64 bytes, so a look-up reads at most 64 bytes of the text.
///
/// ```
/// let text = "в Оше";
/// let points = dateline::span::CodePoints::new(text);
/// assert_eq!(points.at(3), 2); // "в " is three bytes and two code points
/// ```
#[derive(Debug)]
pub struct CodePoints<'a> {
    bytes: &'a [u8],
    counts: Vec<u32>,
}

const STEP: usize = 64;

impl<'a> CodePoints<'a> {
    /// Counts the code points of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut counts = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut total = 0;
        for chunk in bytes.chunks(STEP) {
            counts.push(total);
            total += leading(chunk);
        }
        counts.push(total);
        Self { bytes, counts }
    }

    /// The number of code points before byte `offset`.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        let offset = offset.min(self.bytes.len());
        let block = offset / STEP;
        (self.counts[block] + leading(&self.bytes[block * STEP..offset])) as usize
    }

    /// A byte span as code points.
    #[must_use]
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.at(span.start as usize), self.at(span.end as usize))
    }
}

fn leading(bytes: &[u8]) -> u32 {
    let mut count = 0;
    for &b in bytes {
        count += u32::from(b & 0xC0 != 0x80);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_chars_everywhere() {
        let text = "a“Ош”🦀 é\n".repeat(40);
        let points = CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte), n);
        }
        assert_eq!(points.at(text.len()), text.chars().count());
    }

    #[test]
    fn code_points_of_a_text_that_fills_its_last_block() {
        let text = "x".repeat(STEP * 2);
        assert_eq!(CodePoints::new(&text).at(STEP * 2), STEP * 2);
        assert_eq!(CodePoints::new("").at(0), 0);
    }
}
