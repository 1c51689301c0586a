//! What only the whole corpus can tell.

use super::workspace::Workspace;

#[test]
fn an_acronym_alone_gets_the_name_that_another_document_gives() {
    let full = "Osh, 5 May 2020. The Lotus Rural Development Fund (LRDF) opened a school in Osh. LRDF also built a bridge.\n";
    let short = "Osh, 6 May 2020. Experts from LRDF and UNDP met in Osh.\n";
    let w = Workspace::new(&[("in/a.txt", full), ("in/b.txt", short), ("in/c.txt", short)]);
    let names = |corpus: &str| -> Vec<(String, String)> {
        let run = w.run(&["extract", "in", "--format", "jsonl", "--corpus", corpus]);
        let name = |m: &serde_json::Value| m["name"].as_str().unwrap_or_default().to_string();
        let bodies = |record: &serde_json::Value| {
            let id = record["id"].as_str().unwrap().to_string();
            let mentions = record["mentions"].as_array().unwrap().iter();
            mentions.filter(|m| m["type"] == "organization" && m["text"] == "LRDF").map(|m| (id.clone(), name(m))).collect::<Vec<_>>()
        };
        run.records().iter().flat_map(bodies).collect()
    };
    let (off, on) = (names("off"), names("on"));
    assert!(off.contains(&("b.txt".into(), "LRDF".into())), "{off:?}");
    assert!(on.len() == off.len() && on.iter().all(|(_, name)| name == "Lotus Rural Development Fund"), "{on:?}");
}

#[test]
fn a_footer_that_pages_repeat_is_furniture() {
    let names = ["Aigul", "Bermet", "Chynara", "Dinara", "Elnura"];
    let page = |name: &str, n: usize| {
        format!(
            "Home\nNews\nContacts\n\n{name} opens a school in village {n}\n\nOsh, {n} May 2020. A new school was opened near Osh on {n} May 2020. \
             Parents and teachers came to the opening, and {name} thanked everyone who had helped to build it.\n\n\
             Share on Facebook\nRead also\nWater for the villages of Naryn\nAll rights reserved.\n"
        )
    };
    let w = Workspace::new(&[]);
    for (n, name) in names.iter().enumerate() {
        w.write(&format!("in/{n}.txt"), page(name, n + 3).as_bytes());
    }
    let run = w.run(&["extract", "in", "--format", "jsonl"]);
    for record in run.records() {
        let naryn: Vec<_> = record["mentions"].as_array().unwrap().iter().filter(|m| m["name"] == "Naryn").collect();
        assert!(naryn.iter().all(|m| m["zone"] == "furniture"), "{record:#}");
        assert!(record["mentions"].as_array().unwrap().iter().any(|m| m["name"] == "Osh" && m["zone"] == "body"));
    }
}

#[test]
fn a_stream_is_final_record_by_record_unless_asked() {
    let w = Workspace::new(&[]);
    let input = b"{\"id\": \"a\", \"text\": \"A text.\"}\n";
    for corpus in ["auto", "on"] {
        let run = w.run_with(&["extract", "--from", "jsonl", "-", "--format", "jsonl", "--corpus", corpus], input);
        assert_eq!(run.ids().len(), 1);
        assert!(run.records()[0].get("edges").is_none());
    }
}
