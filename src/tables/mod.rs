//! Records as tables, and tables as files.
//!
//! A table is one static list of columns ([`Table`]) with one function that makes the cells of a
//! row; the writers, the data dictionary and the tests read that list and nothing else.

mod bodies;
mod book;
pub(crate) mod cell;
mod delimited;
mod documents;
mod layout;
mod mentions;
mod packed;
mod parquet;
mod roles;
mod sqlite;
mod view;
mod wide;
mod xlsx;

pub use bodies::{BODIES, Bodies, Body};
pub use book::Book;
pub use cell::{Cell, Column, Kind, Table};
pub use delimited::{Dialect, separator};
pub use documents::DOCUMENTS;
pub use layout::{Format, Layout, Shape, dictionary};
pub use mentions::MENTIONS;
pub use roles::ROLES;
pub use view::{Head, View};
pub use wide::{Wide, WideCounts};

/// All tables, in the order in which they are told of.
pub static TABLES: [&Table; 4] = [&DOCUMENTS, &MENTIONS, &BODIES, &ROLES];
