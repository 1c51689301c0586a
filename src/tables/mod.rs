//! Records as tables, and tables as files.
//!
//! A table is one static list of columns ([`Table`]) with one function that makes the cells of a
//! row; the writers, the data dictionary and the tests read that list and nothing else.

mod bodies;
mod cell;
mod documents;
mod layout;
mod mentions;
mod roles;

pub use bodies::{BODIES, Bodies, Body};
pub use cell::{Cell, Column, Kind, Table};
pub use documents::DOCUMENTS;
pub use layout::{Format, Layout, Shape, dictionary};
pub use mentions::MENTIONS;
pub use roles::ROLES;

/// All tables, in the order in which they are told of.
pub static TABLES: [&Table; 4] = [&DOCUMENTS, &MENTIONS, &BODIES, &ROLES];
