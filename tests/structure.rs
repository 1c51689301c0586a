//! Data flows one way: a part of the program imports only what stands on a floor below it.

use std::collections::BTreeMap;
use std::path::Path;

use regex::Regex;

/// The parts of `src/`, from the ground up. A new one goes on the lowest floor that its imports allow.
const FLOORS: [&[&str]; 12] = [
    &["fingerprint", "span", "table"],
    &["annotated", "decode", "evaluate", "mention", "read", "text"],
    &["lexicon", "markup"],
    &["arbitration", "document", "zones"],
    &["language"],
    &["page"],
    &["dates", "money", "organizations", "places", "roles"],
    &["names", "people", "projects", "record", "settings"],
    &["corpus", "sections", "tables", "vocabulary"],
    &["extractor", "overview"],
    &["network", "report"],
    &["cli"],
];

/// The parts that a file imports outside of its tests and comments.
fn imports(source: &str) -> Vec<String> {
    let tests = Regex::new(r"#\[cfg\(test\)\]\s*mod \w+ \{").expect("a pattern");
    let code = tests.find(source).map_or(source, |found| &source[..found.start()]);
    let code = Regex::new(r"//[^\n]*").expect("a pattern").replace_all(code, "");
    let single = Regex::new(r"\bcrate::([a-z_]+)").expect("a pattern");
    let group = Regex::new(r"\bcrate::\{([^;]*)\};").expect("a pattern");
    let inner = Regex::new(r"\{[^{}]*\}").expect("a pattern");
    let mut parts: Vec<String> = single.captures_iter(&code).map(|found| found[1].to_string()).collect();
    for found in group.captures_iter(&code) {
        let mut list = found[1].to_string();
        while inner.is_match(&list) {
            list = inner.replace_all(&list, "").into_owned();
        }
        parts.extend(list.split(',').filter_map(|path| path.trim().split("::").next()).filter(|part| !part.is_empty()).map(String::from));
    }
    parts
}

#[test]
fn a_part_imports_only_what_stands_below_it() {
    let floors: BTreeMap<&str, usize> = FLOORS.iter().enumerate().flat_map(|(n, parts)| parts.iter().map(move |&part| (part, n))).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for entry in ignore::Walk::new(&root).filter_map(Result::ok).filter(|e| e.path().extension().is_some_and(|e| e == "rs")) {
        let path = entry.path().strip_prefix(&root).expect("a file of src");
        let own = path.components().next().map(|c| c.as_os_str().to_string_lossy().replace(".rs", "")).unwrap_or_default();
        if own == "lib" || own == "main" {
            continue;
        }
        let Some(&floor) = floors.get(own.as_str()) else {
            wrong.push(format!("{} is on no floor", path.display()));
            continue;
        };
        let source = std::fs::read_to_string(entry.path()).expect("a file of src");
        let above = |part: &String| *part != own && floors.get(part.as_str()).is_some_and(|&other| other >= floor);
        wrong.extend(imports(&source).into_iter().filter(above).map(|part| format!("{} imports {part}", path.display())));
    }
    assert!(wrong.is_empty(), "against the order of FLOORS:\n{}", wrong.join("\n"));
}

#[test]
fn imports_are_read_from_every_form_of_them() {
    let source =
        "use crate::text::{Text, facts};\nuse crate::{dates, places::{self, Place}};\n// crate::no\nfn f() { crate::roles::find() }";
    assert_eq!(imports(source), ["text", "roles", "dates", "places"]);
}
