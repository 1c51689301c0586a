//! Bodies: the table of known ones, which names are one body, and Russian names in the nominative.

mod nominatives;
mod pairs;
mod table;
