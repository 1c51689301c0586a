//! The program as its users run it: each test builds a small folder, runs the binary and looks at
//! what it wrote.

mod accuracy;
mod batch;
mod browser;
mod containers;
mod copies;
mod corpus;
mod dates;
mod evaluate;
mod evidence;
mod inputs;
mod long;
mod nasty;
mod organizations;
mod outputs;
mod report;
mod schema;
mod shards;
mod streams;
mod tables;
mod ties;
mod workspace;
