//! Marked texts to learn from and to measure on.
//!
//! Two forms are read: a folder with `gold.jsonl` and `texts/`, and a folder of `.ann` files, whose
//! marks `⟦TYPE attributes|text⟧` stand in the text. Sets made by others differ from our
//! guidelines in where a name begins and ends; `Sample::conform` moves their bounds, and where
//! it cannot know, it leaves the label of a token open, so that the learner decides.

use std::path::Path;

use super::model::{LABELS, first_of};
use crate::annotated::Release;
use crate::lexicon;
use crate::mention::TaggedKind;
use crate::page::Page;
use crate::span::Span;
use crate::text::{Text, is_russian};

/// A marked name.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it is.
    pub kind: TaggedKind,
    /// Right to find and not wrong to leave.
    pub optional: bool,
    /// Its bounds without a word for what it is, where the set gives them.
    pub(super) core: Option<Span>,
}

/// A text with its marks.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The document's name.
    pub id: String,
    /// The text.
    pub text: String,
    /// Its names, sorted, the outermost ones.
    pub marks: Vec<Mark>,
    /// Page furniture and names of projects: not learnt from.
    pub apart: Vec<Span>,
    /// Kinds that are marked in full, as bits.
    kinds: u8,
}

/// All labels of a kind, as bits.
fn labels_of(kind: TaggedKind) -> u8 {
    let first = first_of(kind as usize);
    1 << first | 1 << (first + 1)
}

const ANY: u8 = (1 << LABELS) - 1;

impl Sample {
    /// Reads all marked texts of a folder, sorted by name; those that say `"train_ok": false` only
    /// when `all`.
    ///
    /// # Errors
    /// When the folder holds neither form, or a file cannot be read.
    pub fn read(folder: &Path, all: bool) -> Result<Vec<Sample>, String> {
        let read = |path: &Path| std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()));
        let gold = folder.join("gold.jsonl");
        let mut samples = Vec::new();
        if gold.is_file() {
            for line in read(&gold)?.lines().filter(|l| !l.trim().is_empty()) {
                let record: serde_json::Value = serde_json::from_str(line).map_err(|e| format!("{}: {e}", gold.display()))?;
                if !all && record["train_ok"] == serde_json::Value::Bool(false) {
                    continue;
                }
                let id = record["id"].as_str().unwrap_or_default();
                samples.push(Self::from_record(id, &read(&folder.join("texts").join(id))?, &record));
            }
        } else {
            let releases = Release::read(folder).map_err(|e| format!("{e}, and no gold.jsonl with texts/"))?;
            samples.extend(releases.into_iter().map(Self::from_release));
        }
        if samples.is_empty() {
            return Err(format!("{}: neither gold.jsonl with texts/ nor .ann files", folder.display()));
        }
        Ok(samples)
    }

    /// The texts of a folder as [`Sample::read`] takes them, or of a file of JSON lines with a `text` each.
    ///
    /// # Errors
    /// When nothing of the kind is there.
    pub fn texts(path: &Path) -> Result<Vec<String>, String> {
        if path.is_dir() {
            return Ok(Self::read(path, false)?.into_iter().map(|sample| sample.text).collect());
        }
        let lines = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        lines
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                let record: serde_json::Value = serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display()))?;
                Ok(record["text"].as_str().unwrap_or_default().to_string())
            })
            .collect()
    }

    fn from_record(id: &str, text: &str, record: &serde_json::Value) -> Self {
        let text = text.replace("\r\n", "\n");
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bytes.push(text.len());
        let span = |value: &serde_json::Value, a: &dyn Fn(&serde_json::Value, usize) -> Option<u64>| {
            let (start, end) = (a(value, 0)? as usize, a(value, 1)? as usize);
            (start < end).then_some(())?;
            Some(Span::new(*bytes.get(start)?, *bytes.get(end)?))
        };
        let ends = |v: &serde_json::Value, n: usize| v[if n == 0 { "start" } else { "end" }].as_u64();
        let pair = |v: &serde_json::Value, n: usize| v[n].as_u64();
        let (mut marks, mut apart) = (Vec::new(), Vec::new());
        for mention in record["mentions"].as_array().into_iter().flatten() {
            let Some(at) = span(mention, &ends) else { continue };
            match kind(mention["type"].as_str().unwrap_or_default()) {
                Some(kind) => {
                    let core = span(&mention["core"], &pair);
                    let optional = mention["optional"] == true;
                    marks.push(Mark { span: at, kind, optional, core });
                }
                None if mention["type"] == "PROJ" && mention["optional"] != true => apart.push(at),
                None => {}
            }
        }
        for stretch in record["furniture"].as_array().into_iter().flatten() {
            apart.extend(span(stretch, &pair));
        }
        let kinds = match record["types"].as_array() {
            Some(types) => types.iter().filter_map(|t| kind(t.as_str()?)).fold(0, |all, k| all | labels_of(k)),
            None => ANY,
        };
        let mut sample = Self { id: id.to_string(), text, marks: outermost(marks), apart, kinds: kinds | 1 };
        if record["types"].is_array() {
            sample.conform();
        }
        sample
    }

    fn from_release(release: Release) -> Self {
        let Release { name: id, text, furniture, .. } = release;
        let (mut marks, mut apart) = (Vec::new(), furniture);
        for mark in release.marks {
            match kind(&mark.kind) {
                Some(kind) => marks.push(Mark { span: mark.span, kind, optional: false, core: None }),
                None if mark.kind == "PROJ" => apart.push(mark.span),
                None => {}
            }
        }
        Self { id, text, marks: outermost(marks), apart, kinds: ANY }
    }

    /// Moves the bounds of another guideline's marks to where ours has them.
    fn conform(&mut self) {
        let text = Text::new(&self.text);
        for mark in &mut self.marks {
            if mark.kind != TaggedKind::Organization {
                continue;
            }
            let tokens = text.tokens_in(mark.span);
            let (mut first, mut last) = (tokens.start, tokens.end);
            if first >= last {
                continue;
            }
            if text.fold(first) == "the" && last - first > 1 {
                first += 1; // the article stays outside
            }
            if text.fold(first) == "пресс" && last - first > 3 {
                first += 3;
            }
            if let Some(core) = mark.core {
                let inside = text.tokens_in(core);
                let descriptor = lexicon::classes(text.fold(first)) & (lexicon::DESCRIPTOR | lexicon::MEDIA) != 0;
                if descriptor && !text.tokens[first].is_capital() && inside.start > first && text.fold(inside.start - 1) == "\"" {
                    (first, last) = (inside.start, inside.end);
                }
            }
            // ОФ «Шахрванд» runs from the legal form to the closing mark
            let quoted = first >= 2 && text.fold(first - 1) == "\"" && text.fold(last) == "\"";
            if quoted {
                let classes = lexicon::classes(text.fold(first - 2));
                let belongs = classes & (lexicon::LEGAL | lexicon::HEAD) != 0 && classes & (lexicon::DESCRIPTOR | lexicon::MEDIA) == 0;
                if belongs && text.same_line(first - 2, first) {
                    first -= 2;
                    last += 1;
                }
            }
            mark.span = text.tokens[first].span.join(text.tokens[last - 1].span);
        }
    }

    /// The labels that each token may have, as bits; 0 for a token that is not learnt from.
    #[must_use]
    pub fn labels(&self, text: &Text) -> Vec<u8> {
        let free = ANY & !self.kinds;
        let mut labels = vec![1 | free; text.tokens.len()];
        for mark in &self.marks {
            let tokens = text.tokens_in(mark.span);
            let first = first_of(mark.kind as usize);
            for (n, i) in tokens.enumerate() {
                labels[i] = 1 << (first + usize::from(n > 0)) | if mark.optional { ANY } else { 0 };
            }
        }
        for span in &self.apart {
            let furniture = !self.marks.iter().any(|m| span.contains(m.span)) && !text.slice(*span).is_empty() && self.is_line(*span);
            if furniture {
                for i in text.tokens_in(*span) {
                    labels[i] = 0;
                }
            }
        }
        labels
    }

    fn is_line(&self, span: Span) -> bool {
        let bytes = self.text.as_bytes();
        (span.start == 0 || bytes[span.start as usize - 1] == b'\n') && bytes.get(span.end as usize).is_none_or(|&b| b == b'\n')
    }

    /// Whether the text as a whole is Russian.
    #[must_use]
    pub fn is_russian(&self, page: &Page) -> bool {
        is_russian(&page.text.tokens)
    }
}

fn kind(name: &str) -> Option<TaggedKind> {
    match name {
        "ORG" => Some(TaggedKind::Organization),
        "PER" => Some(TaggedKind::Person),
        "PLACE" => Some(TaggedKind::Place),
        _ => None,
    }
}

/// Leaves out marks inside others.
pub(super) fn outermost(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.kind));
    let mut end = 0;
    marks.retain(|m| {
        let keep = m.span.start >= end;
        if keep {
            end = m.span.end;
        }
        keep
    });
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_marks_become_spans_of_the_outermost_names() {
        let raw = "===\n{}\n===\n⟦PER|Анна Ли⟧ из ⟦ORG x|Фонда ⟦PLACE KG:Osh|Ош⟧⟧\n¬ Меню\n";
        let sample = Sample::from_release(Release::parse("a".into(), raw).unwrap());
        assert_eq!(sample.text, "Анна Ли из Фонда Ош\nМеню");
        let names: Vec<&str> = sample.marks.iter().map(|m| &sample.text[m.span.range()]).collect();
        assert_eq!(names, ["Анна Ли", "Фонда Ош"]);
        let labels = sample.labels(&Text::new(&sample.text));
        assert_eq!(labels, [1 << 3, 1 << 4, 1, 1 << 1, 1 << 2, 0]);
    }

    #[test]
    fn bounds_of_other_sets_are_moved_to_ours() {
        let record = serde_json::json!({"types": ["ORG", "PER", "PLACE"], "mentions": [{"type": "ORG", "start": 4, "end": 8}]});
        let sample = Sample::from_record("a", "ОФ «Заря» помог", &record);
        let names: Vec<&str> = sample.marks.iter().map(|m| &sample.text[m.span.range()]).collect();
        assert_eq!(names, ["ОФ «Заря»"]);
    }
}
