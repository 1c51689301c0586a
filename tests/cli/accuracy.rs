//! How right the program is on the sample releases: floors that only go up.

use super::workspace::Workspace;

/// A figure, and the least it may be.
const FLOORS: &[(&str, &str, f64)] = &[
    ("language", "accuracy", 1.0),
    ("title", "accuracy", 1.0),
    ("published", "accuracy", 0.99),
    ("event", "accuracy", 0.83),
    ("event_place", "accuracy", 0.99),
    ("date overlap", "f1", 0.98),
    ("date value", "f1", 0.98),
    ("place overlap", "f1", 0.94),
    ("place value", "f1", 0.91),
    ("organization overlap", "f1", 0.97),
    ("person overlap", "f1", 0.99),
    ("project overlap", "f1", 0.95),
    ("money value", "f1", 0.99),
    ("donors entity", "f1", 0.95),
    ("implementers entity", "f1", 0.95),
    ("organizers entity", "f1", 0.72),
];

#[test]
fn the_samples_are_read_as_well_as_before() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
    let w = Workspace::new(&[]);
    let run = w.run(&["evaluate", samples, &format!("{samples}/releases"), "--json"]);
    let figures = &run.records()[0];
    let below: Vec<String> = FLOORS
        .iter()
        .filter_map(|(name, measure, floor)| {
            let figure = figures[name][measure].as_f64().unwrap_or(0.0);
            (figure < *floor).then(|| format!("{name} {measure} {figure}, floor {floor}"))
        })
        .collect();
    assert!(below.is_empty(), "{below:?}");
}
