//! Gold sets of annotation tools: brat's standoff files, and exports of Label Studio.
//!
//! Such a set says which words are what, and sometimes more; the types that it uses at all count
//! as marked in full. The names of its labels are looked up in `data/evaluate/labels.tsv`, any other
//! label is an error: silence would look like perfect recall. Attributes of a mark named as fields of
//! ours (`value`, `role`, `country`, `name`, `entity`, `currency`, `amount`, `nested`, `optional`) are
//! its values.
//!
//! brat (<https://brat.nlplab.org/standoff.html>): `a.txt` with `a.ann` beside it; offsets are code
//! points of the file as it is, line ends included; of a mark in pieces the whole stretch is taken.
//! Label Studio (<https://labelstud.io/guide/export.html>): JSON and JSON-MIN; offsets are UTF-16 units as
//! browsers count them, or code points where only these give the words.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use super::gold::{Document, Error, Mark, Set};

/// The type that a label means; none for one that is not measured.
fn kind(label: &str) -> Result<Option<&'static str>, String> {
    static LABELS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        crate::table::rows::<2>(include_str!("../../data/evaluate/labels.tsv")).map(|[label, kind]| (label, kind)).collect()
    });
    let key: String = label.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect();
    match LABELS.get(key.as_str()) {
        Some(&"-") => Ok(None),
        Some(kind) => Ok(Some(kind)),
        None => Err(format!("no type is known for the label {label:?}: date, place, organization, person, project or money")),
    }
}

/// Sets a field of a mark by its name; other names mean nothing here.
fn set(mark: &mut Mark, field: &str, value: &str) {
    let text = || Some(value.to_string());
    match field.to_ascii_lowercase().as_str() {
        "value" => mark.value = text(),
        "role" => mark.role = text(),
        "country" => mark.country = text(),
        "name" => mark.name = text(),
        "entity" => mark.entity = text(),
        "currency" => mark.currency = text(),
        "amount" => mark.amount = value.parse().ok(),
        "nested" => mark.nested = true,
        "optional" => mark.optional = true,
        _ => {}
    }
}

/// Every type that the set uses is marked in full.
fn finished(mut documents: Vec<Document>) -> Set {
    let mut types: Vec<String> = documents.iter().flat_map(|d| &d.mentions).map(|mark| mark.kind.clone()).collect();
    types.sort();
    types.dedup();
    for document in &mut documents {
        document.types = Some(types.clone());
    }
    Set { documents, ..Set::default() }
}

fn wrong(path: &Path, line: usize, what: impl Into<String>) -> Error {
    Error::Standoff { path: path.display().to_string(), line, what: what.into() }
}

fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|error| Error::File { path: path.display().to_string(), error })
}

/// The annotation files below a folder, in order of their names.
pub(super) fn annotations(folder: &Path) -> Vec<PathBuf> {
    let walk = ignore::WalkBuilder::new(folder).standard_filters(false).sort_by_file_name(Ord::cmp).build();
    let files = walk.filter_map(Result::ok).map(ignore::DirEntry::into_path);
    files.filter(|path| path.extension().is_some_and(|ending| ending == "ann")).collect()
}

/// Reads a folder of brat's files; ids are the paths of the texts below it.
pub(super) fn brat(folder: &Path) -> Result<Set, Error> {
    let documents = annotations(folder).into_iter().map(|path| {
        let text = path.with_extension("txt");
        let id = text.strip_prefix(folder).unwrap_or(&text).to_string_lossy().replace('\\', "/");
        let text = if text.is_file() { Some(read(&text)?) } else { None };
        Ok(Document { id, mentions: marks(&path, &read(&path)?, text.as_deref())?, ..Document::default() })
    });
    Ok(finished(documents.collect::<Result<_, Error>>()?))
}

fn marks(path: &Path, annotations: &str, text: Option<&str>) -> Result<Vec<Mark>, Error> {
    // where a line feed stands after a carriage return, our offset is one less from there on
    let returns: Vec<usize> = text.map_or(Vec::new(), |text| {
        let pairs = text.chars().zip(text.chars().skip(1)).enumerate();
        pairs.filter(|(_, pair)| *pair == ('\r', '\n')).map(|(at, _)| at).collect()
    });
    let ours = |at: usize| at - returns.partition_point(|&r| r < at);
    let mut found: Vec<(String, Mark)> = Vec::new();
    let mut fields: Vec<(String, String, String)> = Vec::new();
    for (number, line) in annotations.lines().enumerate() {
        let bad = |what: &str| wrong(path, number + 1, what);
        let mut cells = line.splitn(3, '\t');
        let (id, what) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        match id.as_bytes().first() {
            Some(b'T') => {
                let (label, span) = what.split_once(' ').ok_or_else(|| bad("a mark is its id, type, start and end, and the words"))?;
                let ends: Vec<usize> = span.split([' ', ';']).map(str::parse).collect::<Result<_, _>>().map_err(|_| bad("no offsets"))?;
                let (Some(&start), Some(&end)) = (ends.iter().min(), ends.iter().max()) else { return Err(bad("no offsets")) };
                if let Some(kind) = kind(label).map_err(|what| bad(&what))? {
                    let words = cells.next().unwrap_or_default().to_string();
                    let mark = Mark { kind: kind.into(), start: ours(start), end: ours(end), text: words, ..Mark::default() };
                    found.push((id.to_string(), mark));
                }
            }
            Some(b'A' | b'M') => {
                let mut words = what.splitn(3, ' ');
                if let (Some(name), Some(of)) = (words.next(), words.next()) {
                    fields.push((of.into(), name.into(), words.next().unwrap_or("true").into()));
                }
            }
            // a note of the form "value=2020-05-01" holds what brat's attributes cannot
            Some(b'#') => {
                let of = what.split(' ').nth(1).unwrap_or_default();
                for (name, value) in cells.next().unwrap_or_default().split(';').filter_map(|note| note.split_once('=')) {
                    fields.push((of.into(), name.trim().into(), value.trim().into()));
                }
            }
            _ => {}
        }
    }
    for (of, name, value) in fields {
        found.iter_mut().filter(|(id, _)| *id == of).for_each(|(_, mark)| set(mark, &name, &value));
    }
    Ok(found.into_iter().map(|(_, mark)| mark).collect())
}

/// Reads an export of Label Studio; the texts by id come with it.
pub(super) fn label_studio(path: &Path) -> Result<(Set, Vec<(String, String)>), Error> {
    let tasks: Vec<Value> =
        serde_json::from_str(&read(path)?).map_err(|error| Error::Line { path: path.display().to_string(), line: error.line(), error })?;
    let (mut documents, mut texts) = (Vec::new(), Vec::new());
    for (number, task) in tasks.iter().enumerate() {
        let bad = |what: String| wrong(path, number + 1, format!("task {}: {what}", number + 1));
        let data = task.get("data").unwrap_or(task);
        let text = data.get("text").and_then(Value::as_str).ok_or_else(|| bad("has no text (data.text)".into()))?;
        let name = ["id", "file", "document", "filename"].iter().find_map(|key| data.get(key)).or_else(|| task.get("id"));
        let id = name.map_or_else(|| format!("line:{}", number + 1), |id| id.as_str().map_or_else(|| id.to_string(), Into::into));
        let regions: Vec<&Value> = match task.get("annotations").or_else(|| task.get("completions")).and_then(Value::as_array) {
            Some(annotations) => {
                let kept = annotations.iter().find(|a| a.get("was_cancelled").and_then(Value::as_bool) != Some(true));
                kept.and_then(|a| a.get("result")).and_then(Value::as_array).into_iter().flatten().collect()
            }
            // JSON-MIN: every field that is a list of stretches
            None => {
                let lists = task.as_object().into_iter().flat_map(|task| task.values()).filter_map(Value::as_array);
                lists.flatten().filter(|region| region.get("labels").is_some()).collect()
            }
        };
        let mut found: Vec<(Option<&str>, Mark)> = Vec::new();
        for region in &regions {
            let value = region.get("value").unwrap_or(region);
            let Some(label) = value.get("labels").and_then(|labels| labels.get(0)).and_then(Value::as_str) else { continue };
            let Some(kind) = kind(label).map_err(&bad)? else { continue };
            let at = |key: &str| value.get(key).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
            let (Some(start), Some(end)) = (at("start"), at("end")) else { return Err(bad("a stretch has no start and end".into())) };
            let words = value.get("text").and_then(Value::as_str);
            let Some((start, end, slice)) = stretch(text, start, end, words) else {
                return Err(bad(format!("the text from {start} to {end} is not {:?}", words.unwrap_or_default())));
            };
            let mark = Mark { kind: kind.into(), start, end, text: slice, ..Mark::default() };
            found.push((region.get("id").and_then(Value::as_str), mark));
        }
        // what was asked of a stretch: choices and texts with its id
        for region in &regions {
            let (Some(id), Some(field)) = (region.get("id").and_then(Value::as_str), region.get("from_name").and_then(Value::as_str))
            else {
                continue;
            };
            let answers = ["choices", "text"].iter().find_map(|key| region.get("value")?.get(key)?.get(0)?.as_str());
            if let Some(answer) = answers {
                found.iter_mut().filter(|(of, _)| *of == Some(id)).for_each(|(_, mark)| set(mark, field, answer));
            }
        }
        documents.push(Document { id: id.clone(), mentions: found.into_iter().map(|(_, mark)| mark).collect(), ..Document::default() });
        texts.push((id, text.to_string()));
    }
    Ok((finished(documents), texts))
}

/// A stretch as our offsets, with its words: UTF-16 units, or code points where only these fit.
fn stretch(text: &str, start: usize, end: usize, words: Option<&str>) -> Option<(usize, usize, String)> {
    let fits = |slice: &str| words.is_none_or(|words| words.trim() == slice.trim());
    let mut units = 0;
    let by_units: String = text
        .chars()
        .filter(|c| {
            let at = units;
            units += c.len_utf16();
            (start..end).contains(&at)
        })
        .collect();
    let in_points = |at: usize| {
        let mut units = 0;
        let before = |c: &char| {
            units += c.len_utf16();
            units <= at
        };
        text.chars().take_while(before).count()
    };
    // an offset into the text with its line ends made \n
    let ours = |before: usize| before - text.chars().zip(text.chars().skip(1)).take(before).filter(|pair| *pair == ('\r', '\n')).count();
    if !by_units.is_empty() && fits(&by_units) {
        let start = in_points(start);
        return Some((ours(start), ours(start + by_units.chars().count()), by_units));
    }
    let by_points: String = text.chars().skip(start).take(end.checked_sub(start)?).collect();
    (!by_points.is_empty() && fits(&by_points)).then(|| (ours(start), ours(end), by_points))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_brat_have_our_offsets_and_fields() {
        let text = "One\r\nIn Osh, 5 May\r\n";
        let ann = "T1\tLOC 8 11\tOsh\nT2\tDate 13 16;17 18\t5 M y\nA1\tRole T2 event\n#1\tAnnotatorNotes T2\tvalue=2020-05-05\nT3\tMisc 0 3\tOne\nE1\tX:T1\n";
        let found = marks(Path::new("a.ann"), ann, Some(text)).unwrap();
        assert_eq!(found.iter().map(|m| (m.kind.as_str(), m.start, m.end)).collect::<Vec<_>>(), [("PLACE", 7, 10), ("DATE", 12, 17)]);
        assert_eq!((found[1].value.as_deref(), found[1].role.as_deref()), (Some("2020-05-05"), Some("event")));
        let error = marks(Path::new("a.ann"), "T1\tUnheard 0 3\tOne\n", None).unwrap_err();
        assert!(error.to_string().contains("a.ann, line 1") && error.to_string().contains("Unheard"), "{error}");
    }

    #[test]
    fn offsets_of_label_studio_are_utf_16_units() {
        // the face takes two units and one code point
        let text = "😀 Osh and Naryn";
        assert_eq!(stretch(text, 3, 6, Some("Osh")), Some((2, 5, "Osh".into())));
        assert_eq!(stretch(text, 2, 5, Some("Osh")), Some((2, 5, "Osh".into())));
        assert_eq!(stretch(text, 3, 6, Some("Ohs")), None);
    }
}
