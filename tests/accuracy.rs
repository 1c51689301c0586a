//! Accuracy on the documents that the project ships does not fall.
//!
//! `tests/floors.tsv` holds a floor for each figure that `dateline evaluate` prints. A change that
//! lowers a figure below its floor is a fault, one that raises it may raise the floor.

use std::path::Path;
use std::process::Command;

/// The figures of a set that the project ships: its folder, and where its texts are.
fn figures(gold: &str, texts: &str) -> serde_json::Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["evaluate", "--json"])
        .args([root.join(gold), root.join(texts)])
        .output()
        .expect("the binary starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("figures are JSON")
}

#[test]
fn figures_on_the_samples_stand_above_their_floors() {
    let figures = figures("data/samples", "data/samples/releases");
    let mut below = Vec::new();
    for [name, key, floor] in dateline::table::rows::<3>(include_str!("floors.tsv")) {
        let floor: f64 = floor.parse().expect("a floor is a number");
        let figure = figures[name][key].as_f64().unwrap_or_else(|| panic!("no figure {name:?} {key:?}"));
        if figure < floor {
            below.push(format!("{name} {key}: {figure} is below {floor}"));
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
    assert_eq!(figures["missing"], 0, "every document has a record");
}
