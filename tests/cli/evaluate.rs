//! The figures against a gold set.

use super::workspace::Workspace;

const GOLD: &str = r#"{"id": "a.txt", "language": "en", "title": "T", "published": null, "event_place": "KG:Osh", "organizations": {"x": "X Fund"}, "donors": ["x"], "implementers": [], "organizers": [], "furniture": [[30, 40]], "mentions": [{"type": "PLACE", "start": 0, "end": 3, "text": "Osh", "country": "KG", "name": "Osh", "latitude": 40.5, "longitude": 72.8}, {"type": "ORG", "start": 5, "end": 11, "text": "X Fund", "entity": "x"}, {"type": "DATE", "start": 12, "end": 16, "text": "2020", "value": "2020", "role": "other"}]}
"#;
const FOUND: &str = r#"{"id": "a.txt", "language": "en", "title": "T ", "published": null, "event": null, "event_place": {"name": "Osh City", "country": "KG"}, "mentions": [{"type": "place", "text": "Osh", "start": 0, "end": 4, "name": "Osh", "country": "KG", "latitude": 40.53, "longitude": 72.8, "zone": "body"}, {"type": "organization", "text": "X Fund", "start": 5, "end": 11, "entity": "o1", "name": "X Fund", "zone": "body"}, {"type": "date", "text": "2020", "start": 12, "end": 16, "value": "2021", "role": "other", "zone": "body"}], "furniture": [[30, 35]], "donors": [{"entity": "o1", "name": "X Fund"}], "implementers": [], "organizers": []}
"#;

#[test]
fn figures_are_those_of_the_definition() {
    let w = Workspace::new(&[("gold/gold.jsonl", GOLD), ("gold/texts/a.txt", &"x".repeat(100)), ("found.jsonl", FOUND)]);
    let run = w.run(&["evaluate", "gold", "found.jsonl", "--json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let figures = &run.records()[0];
    assert_eq!(figures["documents"], 1);
    assert_eq!(figures["place strict"]["f1"], 0.0);
    assert_eq!(figures["place overlap"]["f1"], 1.0);
    assert_eq!(figures["place value"]["f1"], 1.0);
    assert_eq!(figures["date value"]["f1"], 0.0);
    assert_eq!(figures["date role"]["f1"], 1.0);
    assert_eq!(figures["donors entity"]["f1"], 1.0);
    assert_eq!(figures["event_place"]["accuracy"], 1.0);
    assert_eq!(figures["title"]["accuracy"], 1.0);
    assert_eq!(figures["furniture masked"]["of furniture"], 0.5);
    assert_eq!(figures["place coordinates"]["within 161 km"], 1.0);
    let run = w.run(&["evaluate", "gold", "found.jsonl", "--errors", "5"]);
    assert!(run.out.contains("a.txt\tdate\tvalue\t2020\t2020 got 2021\n"), "{run:?}");
    assert!(run.out.contains("a.txt\tplace\tbounds\tOsh\tOsh\n"), "{run:?}");
}

#[test]
fn texts_can_be_read_on_the_way() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
    let w = Workspace::new(&[]);
    let texts = format!("{samples}/releases");
    w.run(&["extract", &texts, "-o", "found.jsonl"]);
    let two_ways = [w.run(&["evaluate", samples, "found.jsonl"]), w.run(&["evaluate", samples, &texts])];
    assert_eq!(two_ways[0].out, two_ways[1].out);
    assert!(two_ways[0].out.starts_with("documents 12, of which not in the prediction 0\n"), "{two_ways:?}");
}

#[test]
fn what_is_no_gold_set_is_said() {
    let w = Workspace::new(&[("gold/gold.jsonl", "{\"id\": 1}\n"), ("found.jsonl", FOUND)]);
    let run = w.run(&["evaluate", "gold", "found.jsonl"]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("gold.jsonl, line 1: "), "{run:?}");
    assert_eq!(w.run(&["evaluate", "nope", "found.jsonl"]).code, Some(3));
}

#[test]
fn a_result_of_other_documents_is_a_fault_and_no_row_of_zeros() {
    let other = FOUND.replace("a.txt", "elsewhere/a.txt");
    let w = Workspace::new(&[("gold/gold.jsonl", GOLD), ("gold/texts/a.txt", "x"), ("found.jsonl", &other)]);
    let run = w.run(&["evaluate", "gold", "found.jsonl"]);
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""), "{run:?}");
    assert!(run.err.contains("has no document of gold"), "{run:?}");
}
