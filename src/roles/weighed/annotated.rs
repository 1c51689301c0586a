//! Annotated releases to learn from: `.ann` files with marks `⟦ORG id|text⟧` in the text, and the
//! ids of donors, implementers and organizers in a JSON header.

use std::path::Path;

use super::fit::FitError;
use crate::span::Span;

/// A release with what its bodies do.
pub(super) struct Release {
    pub name: String,
    pub text: String,
    /// The marked bodies.
    pub bodies: Vec<(Span, String)>,
    /// Ids of those that pay, carry out, organize.
    pub roles: [Vec<String>; 3],
}

/// All releases of a folder, by name.
pub(super) fn read(folder: &Path) -> Result<Vec<Release>, FitError> {
    let fault = |path: &Path, error: std::io::Error| FitError::Read(path.display().to_string(), error);
    let entries = std::fs::read_dir(folder).map_err(|e| fault(folder, e))?.filter_map(Result::ok).map(|entry| entry.path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "ann")).collect();
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
    let ids = |key: &str| -> Vec<String> {
        header[key].as_array().into_iter().flatten().filter_map(|id| id.as_str().map(str::to_string)).collect()
    };
    let roles = [ids("donors"), ids("implementers"), ids("organizers")];
    let (mut text, mut bodies) = (String::with_capacity(body.len()), Vec::new());
    let mut open: Vec<(Option<String>, usize)> = Vec::new();
    for (n, line) in body.lines().enumerate() {
        if n > 0 {
            text.push('\n');
        }
        let mut rest = line.strip_prefix("¬ ").unwrap_or(line);
        while let Some(at) = rest.find(['⟦', '⟧']) {
            text.push_str(&rest[..at]);
            if let Some(mark) = rest[at..].strip_prefix('⟦') {
                let (head, after) = mark.split_once('|')?;
                open.push((head.strip_prefix("ORG ").map(str::to_string), text.len()));
                rest = after;
            } else {
                let (id, start) = open.pop()?;
                bodies.extend(id.map(|id| (Span::new(start, text.len()), id)));
                rest = &rest[at + '⟧'.len_utf8()..];
            }
        }
        text.push_str(rest);
    }
    Some(Release { name, text, bodies, roles })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_roles_are_read() {
        let raw =
            "===\n{\"donors\": [\"a\"], \"organizers\": [\"b\"]}\n===\n¬ Menu\n⟦ORG a|Fund of ⟦PLACE KG:Osh|Osh⟧⟧ paid ⟦ORG b|Club⟧.\n";
        let release = release("a".into(), raw).unwrap();
        let found: Vec<(&str, &str)> = release.bodies.iter().map(|(s, id)| (&release.text[s.range()], id.as_str())).collect();
        assert_eq!(found, [("Fund of Osh", "a"), ("Club", "b")]);
        assert_eq!(release.roles, [vec!["a".to_string()], vec![], vec!["b".to_string()]]);
    }
}
