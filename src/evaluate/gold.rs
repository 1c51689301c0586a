//! Gold sets and predictions, as they stand in their files.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::standoff;

/// Why a set or a prediction cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that does not open.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// A line that is no document.
    #[error("{path}, line {line}: {error}")]
    Line {
        /// The file.
        path: String,
        /// From 1.
        line: usize,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// Something in the files of an annotation tool that cannot be read.
    #[error("{path}, line {line}: {what}")]
    Standoff {
        /// The file.
        path: String,
        /// From 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
}

/// A mark of the gold set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// DATE, PLACE, ORG, PER, PROJ or MONEY.
    #[serde(rename = "type")]
    pub kind: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The slice.
    pub text: String,
    /// Of a date: ISO 8601, `?` when nothing settles it.
    pub value: Option<String>,
    /// Of a date.
    pub role: Option<String>,
    /// Of a place: ISO 3166-1 alpha-2, `-` for none.
    pub country: Option<String>,
    /// Of a place.
    pub name: Option<String>,
    /// Of a place, in degrees.
    pub latitude: Option<f64>,
    /// Of a place, in degrees.
    pub longitude: Option<f64>,
    /// Of a body.
    pub entity: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// Of money.
    pub amount: Option<f64>,
    /// Inside another mark.
    pub nested: bool,
    /// Right to find, not wrong to leave.
    pub optional: bool,
    /// A wider span that is as good.
    pub wide: Option<[usize; 2]>,
    /// A narrower one.
    pub core: Option<[usize; 2]>,
}

/// A document of the gold set.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Its marks.
    #[serde(default)]
    pub mentions: Vec<Mark>,
    /// The types that the set marks in full; all when not said.
    pub types: Option<Vec<String>>,
    /// Page furniture.
    pub furniture: Option<Vec<[usize; 2]>>,
    /// Everything else that is said of it: language, published, donors …
    #[serde(flatten)]
    pub facts: HashMap<String, Value>,
}

/// A mention of a prediction: the fields that are measured.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Found {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
    pub(super) zone: Option<String>,
    pub(super) value: Option<String>,
    pub(super) role: Option<String>,
    pub(super) confidence: Option<f64>,
    pub(super) country: Option<String>,
    pub(super) name: Option<String>,
    pub(super) latitude: Option<f64>,
    pub(super) longitude: Option<f64>,
    pub(super) entity: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) amount: Option<f64>,
}

/// What was predicted for a document.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Prediction {
    id: String,
    #[serde(default)]
    pub(super) mentions: Vec<Found>,
    #[serde(default)]
    pub(super) furniture: Vec<[usize; 2]>,
    #[serde(flatten)]
    pub(super) facts: HashMap<String, Value>,
}

/// A gold set.
#[derive(Clone, Debug, Default)]
pub struct Set {
    /// In the order of the file; of two with one id the later.
    pub documents: Vec<Document>,
    /// Code points of each text, where the set marks furniture.
    pub lengths: HashMap<String, usize>,
    /// The texts by id, where they came with the marks.
    pub texts: Vec<(String, String)>,
}

impl Set {
    /// Reads a gold set: a folder with `gold.jsonl` and `texts/`, a folder of brat's `.ann` files,
    /// or an export of Label Studio (`.json`).
    ///
    /// # Errors
    /// When a file cannot be read, a line is no document or a label is not known.
    pub fn read(path: &Path) -> Result<Self, Error> {
        if path.is_file() && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            let (set, texts) = standoff::label_studio(path)?;
            return Ok(Self { texts, ..set });
        }
        if Self::is_brat(path) {
            return standoff::brat(path);
        }
        Self::own(path)
    }

    /// Whether a folder holds a set of brat's files.
    #[must_use]
    pub fn is_brat(folder: &Path) -> bool {
        !folder.join("gold.jsonl").exists() && !standoff::annotations(folder).is_empty()
    }

    fn own(folder: &Path) -> Result<Self, Error> {
        let mut documents: Vec<Document> = Vec::new();
        let mut at: HashMap<String, usize> = HashMap::new();
        for document in lines::<Document>(&folder.join("gold.jsonl"))? {
            match at.get(&document.id) {
                Some(&i) => documents[i] = document,
                None => {
                    at.insert(document.id.clone(), documents.len());
                    documents.push(document);
                }
            }
        }
        let mut lengths = HashMap::new();
        for document in documents.iter().filter(|document| document.furniture.is_some()) {
            // a text that is not there is not measured
            if let Ok(text) = std::fs::read_to_string(folder.join("texts").join(&document.id)) {
                lengths.insert(document.id.clone(), text.replace("\r\n", "\n").chars().count());
            }
        }
        Ok(Self { documents, lengths, texts: Vec::new() })
    }
}

/// Reads predictions in the form of `dateline extract --format jsonl`, by id.
///
/// # Errors
/// When the file cannot be read or a line of it is no record.
pub fn predictions(path: &Path) -> Result<HashMap<String, Prediction>, Error> {
    Ok(lines::<Prediction>(path)?.into_iter().map(|prediction| (prediction.id.clone(), prediction)).collect())
}

fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, Error> {
    let shown = || path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Error::File { path: shown(), error })?;
    let filled = text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
    filled.map(|(n, line)| serde_json::from_str(line).map_err(|error| Error::Line { path: shown(), line: n + 1, error })).collect()
}
