//! Press releases into tables: dates, places, organizations, and who funds, carries out and
//! organizes what is reported, in English and Russian.
//!
//! Data flows one way: `read` → `decode`, `markup` → `text` → `zones`, `language` → look-ups of `places` and
//! `organizations` → `names` → `dates`, `places`, `organizations`, `people`, `projects`, `money` →
//! `arbitration` → `roles` → `record` → `corpus` → `tables`, `overview` → `network`, `report`. A module imports
//! only what stands below it; `tests/structure.rs` holds the order.
//!
//! ```
//! use dateline::{Document, Extractor, Settings};
//!
//! let extractor = Extractor::new(Settings::default());
//! let record = extractor.extract(&Document::new("note.txt", "A text without dates."));
//! assert_eq!(record.published, None);
//! ```

pub mod annotated;
pub mod arbitration;
pub mod cli;
pub mod corpus;
pub mod dates;
pub mod decode;
pub mod document;
pub mod evaluate;
pub mod extractor;
mod fingerprint;
pub mod language;
pub mod lexicon;
pub mod markup;
pub mod mention;
pub mod money;
pub mod names;
pub mod network;
pub mod organizations;
pub mod overview;
pub mod page;
pub mod people;
pub mod places;
pub mod projects;
pub mod read;
pub mod record;
pub mod report;
pub mod roles;
mod sections;
pub mod settings;
pub mod span;
pub mod table;
pub mod tables;
pub mod text;
mod vocabulary;
pub mod zones;

pub use document::Document;
pub use extractor::Extractor;
pub use record::Record;
pub use settings::Settings;
