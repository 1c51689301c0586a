//! Annotated releases to learn from: `.ann` files as the project's own corpus has them.
//!
//! A JSON header stands between two lines of `===`; then comes the text with marks of the form
//! `⟦TYPE attributes|text⟧`, which may nest. A line that begins with `¬ ` is page furniture: the
//! sign is no part of the text. `data/corpus/README.md` says what the marks and the header mean.

use std::path::Path;

use crate::span::Span;

/// Why releases cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    Read(String, std::io::Error),
    /// A file whose header or marks are wrong.
    #[error("{0}: no header between two lines of ===, or marks that do not close")]
    Marks(String),
    /// A folder without annotated releases.
    #[error("{0}: no .ann files")]
    Empty(String),
}

/// A release with its marks.
#[derive(Clone, Debug)]
pub struct Release {
    /// The file's name without its ending.
    pub name: String,
    /// What is said of the whole.
    pub header: serde_json::Value,
    /// The text without marks and signs, without an empty line at its end.
    pub text: String,
    /// In the order in which they close.
    pub marks: Vec<Mark>,
    /// Lines of page furniture.
    pub furniture: Vec<Span>,
}

/// A marked stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// In bytes of the text.
    pub span: Span,
    /// `ORG`, `PLACE`, `PER` and others.
    pub kind: String,
    /// What stands behind the kind: an id, a country and a name, a value and a role.
    pub attributes: String,
}

impl Release {
    /// All releases of a folder, in order of their names.
    ///
    /// # Errors
    /// When a file cannot be read, its marks do not close, or there is none.
    pub fn read(folder: &Path) -> Result<Vec<Self>, Error> {
        let fault = |path: &Path, error: std::io::Error| Error::Read(path.display().to_string(), error);
        let entries = std::fs::read_dir(folder).map_err(|e| fault(folder, e))?.filter_map(Result::ok).map(|entry| entry.path());
        let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "ann")).collect();
        paths.sort();
        let read = |path: &std::path::PathBuf| {
            let source = std::fs::read_to_string(path).map_err(|e| fault(path, e))?;
            let name = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
            Self::parse(name, &source).ok_or_else(|| Error::Marks(path.display().to_string()))
        };
        let releases = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        if releases.is_empty() { Err(Error::Empty(folder.display().to_string())) } else { Ok(releases) }
    }

    /// A release from what its file holds; none where the header or the marks are wrong.
    ///
    /// ```
    /// use dateline::annotated::Release;
    /// let source = "===\n{\"event_place\": \"KG:Osh\"}\n===\n¬ Menu\n⟦ORG school|School of ⟦PLACE KG:Osh|Osh⟧⟧ opened\n";
    /// let release = Release::parse("a".into(), source).unwrap();
    /// assert_eq!(release.text, "Menu\nSchool of Osh opened");
    /// let marked: Vec<_> = release.marks.iter().map(|m| (m.attributes.as_str(), &release.text[m.span.range()])).collect();
    /// assert_eq!(marked, [("KG:Osh", "Osh"), ("school", "School of Osh")]);
    /// ```
    #[must_use]
    pub fn parse(name: String, source: &str) -> Option<Self> {
        let source = source.replace("\r\n", "\n");
        let (header, body) = source.strip_prefix("===\n")?.split_once("\n===\n")?;
        let header = serde_json::from_str(header).ok()?;
        let mut release = Self { name, header, text: String::with_capacity(body.len()), marks: Vec::new(), furniture: Vec::new() };
        let Self { text, marks, furniture, .. } = &mut release;
        let mut open = Vec::new();
        for (n, line) in body.trim_end_matches('\n').split('\n').enumerate() {
            if n > 0 {
                text.push('\n');
            }
            let start = text.len();
            let own = line.strip_prefix('¬').map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
            let mut rest = own.unwrap_or(line);
            while let Some(at) = rest.find(['⟦', '⟧']) {
                text.push_str(&rest[..at]);
                if let Some(mark) = rest[at..].strip_prefix('⟦') {
                    let (head, after) = mark.split_once('|')?;
                    open.push((head, text.len()));
                    rest = after;
                } else {
                    let (head, start) = open.pop()?;
                    let (kind, attributes) = head.split_once(' ').unwrap_or((head, ""));
                    marks.push(Mark { span: Span::new(start, text.len()), kind: kind.into(), attributes: attributes.into() });
                    rest = &rest[at + '⟧'.len_utf8()..];
                }
            }
            text.push_str(rest);
            if own.is_some() {
                furniture.push(Span::new(start, text.len()));
            }
        }
        open.is_empty().then_some(release)
    }

    /// The marks of one kind.
    pub fn marked<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Mark> {
        self.marks.iter().filter(move |mark| mark.kind == kind)
    }

    /// The texts of a list of the header; none where it has no such list.
    #[must_use]
    pub fn list(&self, key: &str) -> Vec<String> {
        self.header[key].as_array().into_iter().flatten().filter_map(|id| id.as_str().map(str::to_string)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_marks_and_furniture_are_read() {
        let source = "===\n{\"donors\": [\"a\"]}\n===\n¬ Menu\n¬\n⟦ORG a|Fund of ⟦PLACE KG:Osh|Osh⟧⟧ paid ⟦PER|Anna\nLi⟧.\n\n";
        let release = Release::parse("a".into(), source).unwrap();
        assert_eq!(release.text, "Menu\n\nFund of Osh paid Anna\nLi.");
        let found: Vec<_> = release.marks.iter().map(|m| (m.kind.as_str(), m.attributes.as_str(), &release.text[m.span.range()])).collect();
        assert_eq!(found, [("PLACE", "KG:Osh", "Osh"), ("ORG", "a", "Fund of Osh"), ("PER", "", "Anna\nLi")]);
        assert_eq!(release.furniture, [Span::new(0, 4), Span::new(5, 5)]);
        assert_eq!(release.list("donors"), ["a"]);
        assert!(release.list("organizers").is_empty());
    }

    #[test]
    fn what_does_not_close_is_no_release() {
        for source in ["", "text", "===\n{}\n===\n⟦ORG a|x", "===\n{}\n===\nx⟧", "===\n{}\n===\n⟦ORG a⟧", "===\nno\n===\nx"] {
            assert!(Release::parse("a".into(), source).is_none(), "{source}");
        }
    }
}
