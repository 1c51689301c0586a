//! People: names without title and post, and one entity for one person in a document.
//!
//! Names come from the sequence model, from patterns (initials, titles, patronymics, known first
//! names) and from the document itself: a surname seen surely once is found wherever it stands
//! alone. Names inside an organization's name give way to it later, in [`crate::arbitration`].

mod alone;
mod bounds;
mod find;
mod forms;
mod identify;
mod patterns;
mod reader;

pub use find::find;
pub use identify::identify;
