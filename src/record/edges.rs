//! The lines at a page's edges, where furniture repeats from page to page.
//!
//! Only the lines above the headline and the last lines of the page count, and only short ones:
//! a paragraph that many releases repeat, as one about the donor, is part of each. Lines that
//! a release has of itself are never taken: its headline, the line of its date, its contacts.

use serde::{Deserialize, Serialize};

use crate::fingerprint::fnv1a;
use crate::page::Page;
use crate::span::{CodePoints, Span};
use crate::text::{Kind, Text};

/// How many lines are looked at above the headline, and how many at the end.
const LINES: usize = 20;

/// The longest line that can be furniture by repetition, in bytes: a menu's or a footer's line,
/// not a paragraph.
const LONGEST: usize = 200;

/// A line at the edge of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Of the line's words; 0 for a line that repetition must not mask.
    pub hash: u64,
    /// Whether it stands above the headline and not at the end.
    pub head: bool,
    /// Whether the page alone shows it to be furniture.
    pub masked: bool,
    /// So short and without a sentence's end that it may be an entry of a menu.
    pub entry: bool,
}

/// The edges of a page. `own` is the line of the release's own date.
pub(crate) fn edges(page: &Page, own: Option<Span>) -> Vec<Edge> {
    let text = &page.text;
    let filled: Vec<Span> = text.lines.iter().filter(|line| line.tokens.0 < line.tokens.1).map(|line| trimmed(text, line.span)).collect();
    let title = page.zones.title.map_or(0, |title| filled.partition_point(|line| line.end <= title.start));
    let head = title.saturating_sub(LINES)..title;
    let tail = filled.len().saturating_sub(LINES).max(title + 1).min(filled.len())..filled.len();
    let points = CodePoints::new(text.source);
    let edge = |line: Span, head: bool| {
        let (start, end) = points.span(line);
        let masked = page.in_furniture(line);
        let takes = !masked && line.len() <= LONGEST && !own.is_some_and(|own| own.overlaps(line)) && !is_contact(text, line);
        let words = text.tokens_in(line).len();
        let stops = text.slice(line).ends_with(['.', '!', '?', ':', ';', ',', '…', '»', '"']);
        Edge { start, end, hash: if takes { hash(text.slice(line)) } else { 0 }, head, masked, entry: words <= 6 && !stops }
    };
    let head = filled[head].iter().map(|&line| edge(line, true));
    let tail = filled[tail].iter().map(|&line| edge(line, false));
    let edges: Vec<Edge> = head.chain(tail).collect();
    if edges.iter().any(|edge| edge.hash != 0) { edges } else { Vec::new() }
}

fn trimmed(text: &Text, line: Span) -> Span {
    let tokens = text.tokens_in(line);
    if tokens.is_empty() { line } else { text.span(tokens.start, tokens.end - 1) }
}

/// Lines with an address or a telephone number are the release's as often as the page's.
fn is_contact(text: &Text, line: Span) -> bool {
    let digits: usize = text.tokens_in(line).filter(|&i| text.tokens[i].kind == Kind::Number).map(|i| text.tokens[i].span.len()).sum();
    digits >= 7 || text.slice(line).contains('@')
}

/// The hash of a line's words.
fn hash(line: &str) -> u64 {
    fnv1a(line.split_whitespace().flat_map(|word| word.bytes().chain(std::iter::once(b' ')))).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_and_own_lines_are_never_counted() {
        let page = Page::new("Press office: +996 312 123456\nnews@example.org\nSee also\nAll rights", true);
        let own = Span::new(47, 55);
        let found = edges(&page, Some(own));
        let counted: Vec<bool> = found.iter().map(|edge| edge.hash != 0).collect();
        assert_eq!(counted[counted.len() - 1..], [true]);
        assert!(found.iter().filter(|edge| edge.start < 50).all(|edge| edge.hash == 0));
    }

    #[test]
    fn white_space_does_not_tell_lines_apart() {
        assert_eq!(hash("Read  also"), hash("Read also"));
        assert_ne!(hash("Read also"), hash("Readalso"));
    }
}
