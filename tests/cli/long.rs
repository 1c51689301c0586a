//! Documents as long as books: read in sections, written in pieces, and never held in many forms.

use super::workspace::Workspace;

/// So many lines with a date, a place, a body and a person each.
fn book(lines: usize) -> String {
    let line = |n: usize| format!("On {} May 2020 the Lotus Rural Fund met with Aigul Osmonova in Bishkek, room {n}.\n", n % 28 + 1);
    (0..lines).map(line).collect()
}

#[test]
fn a_long_record_is_written_whole_whatever_the_way() {
    let w = Workspace::new(&[("in/a.txt", "Osh, 5 May 2020. A school was opened in Osh.\n"), ("in/b.txt", &book(3000))]);
    let mentions = |flags: &[&str]| {
        let run = w.run(&[&["extract", "in", "--format", "jsonl"], flags].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        run.records().iter().map(|record| record["mentions"].as_array().unwrap().len()).collect::<Vec<_>>()
    };
    let (directly, stored) = (mentions(&["--corpus", "off"]), mentions(&["--corpus", "on"]));
    assert!(directly == stored && directly.len() == 2 && directly[1] > 4000, "{directly:?} {stored:?}");
    let run = w.run(&["extract", "in", "--table", "mentions", "--corpus", "off"]);
    assert_eq!(run.out.lines().count(), 1 + directly[0] + directly[1]);
}
