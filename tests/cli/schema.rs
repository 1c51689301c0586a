//! The data dictionary.

use super::workspace::{Workspace, rows};

#[test]
fn the_dictionary_has_every_column_of_every_table() {
    let w = Workspace::new(&[("in/a.txt", "A text.")]);
    let dictionary = rows(&w.run(&["schema", "--format", "csv"]).out);
    for table in ["documents", "mentions", "organizations", "roles"] {
        let header = w.run(&["extract", "in", "--table", table]).out;
        let header = csv::Reader::from_reader(header.as_bytes()).headers().unwrap().clone();
        let told: Vec<&str> = dictionary.iter().filter(|row| row["table"] == table).map(|row| row["column"].as_str()).collect();
        assert_eq!(told, header.iter().collect::<Vec<_>>(), "{table}");
    }
    assert!(dictionary.iter().all(|row| !row["meaning"].is_empty() && !row["type"].is_empty()));
    assert!(w.run(&["schema"]).out.contains("organizations: one row is"));
    assert_eq!(w.run(&["schema", "--format", "jsonl"]).records().len(), dictionary.len());
}
