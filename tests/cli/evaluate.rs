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

#[test]
fn intervals_and_gates() {
    let w = Workspace::new(&[("gold/gold.jsonl", GOLD), ("gold/texts/a.txt", "x"), ("found.jsonl", FOUND)]);
    let run = w.run(&["evaluate", "gold", "found.jsonl", "--json", "--intervals", "50", "--min", "donors=0.8", "--min", "place value=1"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    // one document: every draw is the set itself
    assert_eq!(run.records()[0]["intervals"]["donors entity"], serde_json::json!([1.0, 1.0]));
    assert_eq!(run.records()[0]["intervals"]["title"], serde_json::json!([1.0, 1.0]));
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
    let texts = format!("{samples}/releases");
    let runs: Vec<_> = (0..2).map(|_| w.run(&["evaluate", samples, &texts, "--json", "--intervals"]).out).collect();
    assert_eq!(runs[0], runs[1]);
    let figures: serde_json::Value = serde_json::from_str(&runs[0]).unwrap();
    let (low, high) = (figures["intervals"]["date value"][0].as_f64().unwrap(), figures["intervals"]["date value"][1].as_f64().unwrap());
    let f1 = figures["date value"]["f1"].as_f64().unwrap();
    assert!(low <= f1 && f1 <= high && low < high, "{low} {f1} {high}");

    let below = w.run(&["evaluate", "gold", "found.jsonl", "--min", "donors=0.8", "--min", "date value=0.5"]);
    assert!(below.code == Some(1) && below.err.contains("date value is 0, which is below 0.5"), "{below:?}");
    for wrong in ["nope=0.5", "donors", "donors=x", "donors=2"] {
        assert_eq!(w.run(&["evaluate", "gold", "found.jsonl", "--min", wrong]).code, Some(2), "{wrong}");
    }
}

#[test]
fn gold_sets_of_annotation_tools_are_read() {
    let text = "Школа в Оше\r\n\r\nОШ, 5 мая 2020 года. ЮСАИД открыл школу в Оше.\r\n";
    let at = |word: &str, nth: usize| text.match_indices(word).nth(nth).map(|(byte, _)| text[..byte].chars().count()).unwrap();
    let (osh, day, usaid) = (at("Оше", 1), at("5 мая", 0), at("ЮСАИД", 0));
    let ann = format!(
        "T1\tLOC {osh} {}\tОше\nT2\tDATE {day} {}\t5 мая 2020 года\n#1\tAnnotatorNotes T2\tvalue=2020-05-05\nT3\tORG {usaid} {}\tЮСАИД\n",
        osh + 3,
        day + 15,
        usaid + 5
    );
    let w = Workspace::new(&[("brat/x/a.txt", text), ("brat/x/a.ann", &ann)]);
    for line in [&["evaluate", "brat", "--json"][..], &["evaluate", "brat", "brat", "--json"]] {
        let run = w.run(line);
        let figures = &run.records()[0];
        assert_eq!((run.code, figures["documents"].as_u64(), figures["missing"].as_u64()), (Some(0), Some(1), Some(0)), "{run:?}");
        for figure in ["date strict", "date value", "organization strict"] {
            assert_eq!(figures[figure]["f1"], 1.0, "{figure} {figures:#}");
        }
        // the place is marked once of three times
        assert_eq!((figures["place strict"]["r"].as_f64(), figures["place strict"]["gold"].as_u64()), (Some(1.0), Some(1)));
        assert!(figures.get("person strict").is_none());
    }

    let region = |label: &str, start: usize, length: usize, words: &str| serde_json::json!({"id": words, "from_name": "label", "type": "labels", "value": {"start": start, "end": start + length, "text": words, "labels": [label]}});
    let value = serde_json::json!({"id": "5 мая 2020 года", "from_name": "value", "type": "textarea", "value": {"text": ["2020-05-05"]}});
    let result = serde_json::json!([region("Date", day, 15, "5 мая 2020 года"), region("Organization", usaid, 5, "ЮСАИД"), value]);
    let export =
        serde_json::json!([{"id": 7, "data": {"text": text}, "annotations": [{"was_cancelled": true, "result": []}, {"result": result}]}]);
    w.write("export.json", export.to_string().as_bytes());
    let run = w.run(&["evaluate", "export.json", "--json", "--min", "date value=1"]);
    assert_eq!((run.code, run.records()[0]["organization strict"]["f1"].as_f64()), (Some(0), Some(1.0)), "{run:?}");

    w.write("brat/x/b.ann", "T1\tUnheard 0 1\tX\n".as_bytes());
    let run = w.run(&["evaluate", "brat"]);
    assert!(run.code == Some(3) && run.err.contains("b.ann, line 1") && run.err.contains("Unheard"), "{run:?}");
}
