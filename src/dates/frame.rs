//! The lines of a release in order, so that one can say what is its head, its foot, its text.

use crate::page::Page;

/// Which lines are text, and in which order.
pub(super) struct Frame {
    /// Lines of the release that hold tokens.
    lines: Vec<usize>,
    /// The place in `lines` of the first line long enough to be running text.
    pub(super) body: usize,
}

/// A line with this many tokens is running text.
const RUNNING: u32 = 24;

impl Frame {
    pub(super) fn new(page: &Page) -> Self {
        let text = &page.text;
        let lines: Vec<usize> = (0..text.lines.len())
            .filter(|&l| text.lines[l].tokens.0 < text.lines[l].tokens.1 && !page.in_furniture(text.lines[l].span))
            .collect();
        let running = |l: usize| text.lines[l].tokens.1 - text.lines[l].tokens.0 >= RUNNING;
        let body = lines.iter().position(|&l| running(l)).unwrap_or(lines.len());
        Self { lines, body }
    }

    pub(super) fn place(&self, line: usize) -> Option<usize> {
        self.lines.binary_search(&line).ok()
    }

    /// Above the running text, or its first lines.
    pub(super) fn head(&self, line: usize) -> bool {
        self.place(line).is_some_and(|p| p <= self.body.max(3) || p < 6)
    }

    /// Among the first paragraphs.
    pub(super) fn early(&self, line: usize) -> bool {
        self.place(line).is_some_and(|p| p <= self.body + 4)
    }

    pub(super) fn foot(&self, line: usize) -> bool {
        self.place(line).is_some_and(|p| p + 6 >= self.lines.len())
    }

    pub(super) fn next(&self, line: usize) -> Option<usize> {
        self.place(line).and_then(|p| self.lines.get(p + 1)).copied()
    }

    pub(super) fn previous(&self, line: usize) -> Option<usize> {
        self.place(line).and_then(|p| p.checked_sub(1)).and_then(|p| self.lines.get(p)).copied()
    }
}
