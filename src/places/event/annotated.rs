//! Annotated releases to learn from: `.ann` files with marks `⟦PLACE country:name|text⟧` in the
//! text and the place of the event in a JSON header.

use std::path::Path;

use super::fit::FitError;
use crate::span::Span;

/// A release with what is known of its event.
pub(super) struct Release {
    pub name: String,
    pub text: String,
    /// `country:name` of the event's place.
    pub wanted: Option<String>,
    /// The marked places that are it.
    pub spans: Vec<Span>,
}

/// All releases of a folder, by name.
pub(super) fn read(folder: &Path) -> Result<Vec<Release>, FitError> {
    let fault = |path: &Path, error: std::io::Error| FitError::Read(path.display().to_string(), error);
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .map_err(|e| fault(folder, e))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ann"))
        .collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let raw = std::fs::read_to_string(&path).map_err(|e| fault(&path, e))?;
        let name = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        out.push(release(name, &raw).ok_or_else(|| FitError::Marks(path.display().to_string()))?);
    }
    if out.is_empty() { Err(FitError::Empty(folder.display().to_string())) } else { Ok(out) }
}

fn release(name: String, raw: &str) -> Option<Release> {
    let (header, body) = raw.strip_prefix("===\n")?.split_once("\n===\n")?;
    let header: serde_json::Value = serde_json::from_str(header).ok()?;
    let wanted = header["event_place"].as_str().map(str::to_string);
    let mut text = String::with_capacity(body.len());
    let mut spans = Vec::new();
    let mut open: Vec<(bool, usize)> = Vec::new();
    for (n, line) in body.lines().enumerate() {
        if n > 0 {
            text.push('\n');
        }
        let mut rest = line.strip_prefix("¬ ").unwrap_or(line);
        while let Some(at) = rest.find(['⟦', '⟧']) {
            text.push_str(&rest[..at]);
            if let Some(mark) = rest[at..].strip_prefix('⟦') {
                let (head, after) = mark.split_once('|')?;
                let place = head.strip_prefix("PLACE ");
                open.push((place.is_some() && place == wanted.as_deref(), text.len()));
                rest = after;
            } else {
                let (wanted, start) = open.pop()?;
                if wanted {
                    spans.push(Span::new(start, text.len()));
                }
                rest = &rest[at + '⟧'.len_utf8()..];
            }
        }
        text.push_str(rest);
    }
    Some(Release { name, text, wanted, spans })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_the_events_place_are_found() {
        let raw = "===\n{\"event_place\": \"KG:Osh\"}\n===\n¬ Menu\n⟦ORG a|School of ⟦PLACE KG:Osh|Osh⟧⟧ in ⟦PLACE KG:Naryn|Naryn⟧\n";
        let release = release("a".into(), raw).unwrap();
        assert_eq!(release.text, "Menu\nSchool of Osh in Naryn");
        assert_eq!(release.spans.iter().map(|s| &release.text[s.range()]).collect::<Vec<_>>(), ["Osh"]);
    }
}
