//! Blocks of a document in, lines of text out, each with its mark.
//!
//! White space is laid out as a browser does: runs of it are one space, and none stands at the
//! ends of a line. Paragraphs and headings have a blank line around them.

use super::Mark;

/// A text while it is put together.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    marks: Vec<Mark>,
    line: String,
    /// Letters and digits of the line, and how many of them are links.
    letters: usize,
    linked: usize,
    /// The mark of the line: that of its first piece.
    mark: Option<Mark>,
    /// A blank line is due before the next.
    gap: bool,
}

impl Writer {
    /// Adds a run of text; its white space collapses unless it is `kept` as it stands.
    pub(super) fn push(&mut self, run: &str, mark: Mark, linked: bool, kept: bool) {
        if kept {
            for (number, part) in run.split('\n').enumerate() {
                if number > 0 {
                    self.end_line();
                }
                self.add(part.trim_end_matches('\r'), mark, linked);
            }
            return;
        }
        // a no-break space is not white space of the layout
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c');
        let mut rest = run;
        while let Some(c) = rest.chars().next() {
            if is_space(c) {
                if !self.line.is_empty() && !self.line.ends_with([' ', '\t']) {
                    self.line.push(' ');
                }
                rest = rest.trim_start_matches(is_space);
            } else {
                let end = rest.find(is_space).unwrap_or(rest.len());
                self.add(&rest[..end], mark, linked);
                rest = &rest[end..];
            }
        }
    }

    fn add(&mut self, piece: &str, mark: Mark, linked: bool) {
        if piece.is_empty() {
            return;
        }
        // marks that no reader sees, and a line end that is none of ours
        if piece.contains(['\r', '\u{ad}', '\u{200b}', '\u{feff}']) {
            let clean = piece.replace('\r', " ").replace(['\u{ad}', '\u{200b}', '\u{feff}'], "");
            self.line.push_str(&clean);
        } else {
            self.line.push_str(piece);
        }
        let letters = piece.chars().filter(|c| c.is_alphanumeric()).count();
        self.letters += letters;
        self.linked += if linked { letters } else { 0 };
        // the strongest piece marks the line: a heading with a link in it is a heading
        let keeps = matches!(
            (self.mark, mark),
            (Some(Mark::Title | Mark::Heading), _) | (Some(_), Mark::None | Mark::Story | Mark::Above | Mark::Outside | Mark::Page(_))
        );
        if !keeps {
            self.mark = Some(mark);
        }
    }

    /// Between the cells of a row.
    pub(super) fn tab(&mut self) {
        let end = self.line.trim_end().len();
        self.line.truncate(end);
        if !self.line.is_empty() {
            self.line.push('\t');
        }
    }

    /// Ends the line, if there is one.
    pub(super) fn end_line(&mut self) {
        let line = self.line.trim_matches([' ', '\t', '\n', '\r', '\x0c']);
        if !line.is_empty() {
            if self.gap && !self.text.is_empty() {
                self.text.push('\n');
                self.marks.push(Mark::None);
            }
            self.gap = false;
            self.text.push_str(line);
            self.text.push('\n');
            let mark = self.mark.unwrap_or_default();
            let only_links = self.letters > 0 && self.linked * 10 >= self.letters * 9;
            self.marks.push(if only_links && matches!(mark, Mark::None | Mark::Story | Mark::Above | Mark::Outside) {
                Mark::Links
            } else {
                mark
            });
        }
        self.line.clear();
        (self.letters, self.linked, self.mark) = (0, 0, None);
    }

    /// Ends the line and leaves a blank one before what follows.
    pub(super) fn end_block(&mut self) {
        self.end_line();
        self.gap = true;
    }

    /// Bytes so far.
    pub(super) fn len(&self) -> usize {
        self.text.len() + self.line.len()
    }

    /// The text and the mark of each of its lines.
    pub(super) fn finish(mut self) -> (String, Vec<Mark>) {
        self.end_line();
        (self.text, self.marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_laid_out_as_a_browser_does() {
        let mut writer = Writer::default();
        writer.push("  One\n  two ", Mark::None, false, false);
        writer.push(" three ", Mark::None, true, false);
        writer.end_block();
        writer.end_block();
        writer.push("Home", Mark::None, true, false);
        writer.end_line();
        writer.push(" a\n  b", Mark::Heading, false, true);
        let (text, marks) = writer.finish();
        assert_eq!(text, "One two three\n\nHome\na\nb\n");
        assert_eq!(marks, [Mark::None, Mark::None, Mark::Links, Mark::Heading, Mark::Heading]);
    }
}
