//! `--dates`: other conventions of marking dates.

use super::workspace::Workspace;

const TEXT: &str = "It was built from 1914 to the end of 1918, over nearly three years.\n";

fn dates(w: &Workspace, flags: &[&str]) -> Vec<String> {
    let run = w.run(&[&["extract", "--format", "jsonl", "--corpus=off", "a.txt"], flags].concat());
    assert_eq!(run.code, Some(0), "{run:?}");
    let records = run.records();
    let dates = records[0]["mentions"].as_array().unwrap().iter().filter(|m| m["type"] == "date");
    dates.map(|m| format!("{}={}", m["text"].as_str().unwrap(), m["value"].as_str().unwrap())).collect()
}

#[test]
fn parts_go_together_and_timex3_is_short_for_two() {
    let w = Workspace::new(&[("a.txt", TEXT)]);
    assert_eq!(dates(&w, &["--dates", "extents,ends"]), ["1914=1914", "the end of 1918=1918"]);
    assert_eq!(dates(&w, &["--timex3"]), dates(&w, &["--dates", "ends", "--dates", "extents"]));
    let more = dates(&w, &["--timex3", "--dates", "durations,days"]);
    assert_eq!(more, ["1914=1914-01-01/1914-12-31", "the end of 1918=1918-01-01/1918-12-31", "nearly three years=P3Y"]);
}

#[test]
fn a_name_of_no_part_is_refused_with_those_there_are() {
    let run = Workspace::new(&[("a.txt", TEXT)]).run(&["extract", "a.txt", "--dates", "extents,moon"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("moon") && run.err.contains("solar-seasons"), "{run:?}");
}

#[test]
fn a_file_of_settings_may_name_them() {
    let w = Workspace::new(&[("a.txt", TEXT), ("dateline.toml", "[extract]\ndates = [\"extents\", \"ends\"]\n")]);
    assert_eq!(dates(&w, &[]), ["1914=1914", "the end of 1918=1918"]);
}
