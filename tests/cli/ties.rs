//! Networks, timelines and places, opened by what reads such files: networkx, igraph, pandas,
//! geojson and shapely, through the Python of `tables.rs`.

use serde_json::{Value, json};

use super::tables::python;
use super::workspace::{Workspace, rows};

/// A name that every format has to escape, and a control character that XML cannot hold.
const HOSTILE: &str = "A & B <c> \"d\", 'e'; ф\u{1}";

fn record(id: &str, donor: &str, more: &Value) -> String {
    let body = |name: &str| json!({"type": "organization", "text": name, "name": name, "zone": "body", "subtype": "ngo", "country": "KG"});
    let osh = json!({"type": "place", "text": "Osh", "name": "Osh", "country": "KG", "latitude": 40.52828, "longitude": 72.7985,
        "geonames": 1_527_534, "subtype": "city", "zone": "body"});
    let village = json!({"type": "place", "text": "Kashka", "name": "Kashka", "country": "KG", "zone": "body"});
    let mut record = json!({"id": id, "language": "en", "title": "T, \"t\"", "published": "2020-05-06", "event": "2020-05-04/2020-05-05",
        "event_place": {"name": "Osh", "country": "KG"}, "mentions": [body(donor), body("Lotus"), osh, village],
        "donors": [{"name": donor}], "implementers": [{"name": "Lotus"}]});
    for (name, value) in more.as_object().unwrap() {
        record[name] = value.clone();
    }
    format!("{record}\n")
}

fn workspace() -> Workspace {
    let copy = json!({"duplicate_of": "a"});
    let later = json!({"event": "2021-Q3", "event_place": null});
    let records = [record("a", HOSTILE, &json!({})), record("b", HOSTILE, &copy), record("c", "Aster", &later)];
    Workspace::new(&[("all.jsonl", &records.concat())])
}

#[test]
fn gephi_r_and_python_read_the_network() {
    let w = workspace();
    for file in ["net.gexf", "net.graphml", "edges.csv"] {
        let run = w.run(&["network", "all.jsonl", "-o", file, "--nodes", "nodes.csv"]);
        assert_eq!(run.code, Some(0), "{run:?}");
    }
    let ties = rows(&w.read("edges.csv"));
    let kinds: Vec<_> = ties.iter().map(|tie| (tie["Kind"].as_str(), tie["Type"].as_str(), tie["Weight"].as_str())).collect();
    assert_eq!(
        kinds,
        [("together", "Undirected", "1"), ("funds", "Directed", "1"), ("together", "Undirected", "1"), ("funds", "Directed", "1")]
    );
    assert_eq!((ties[0]["Source"].as_str(), ties[0]["Documents"].as_str(), ties[0]["Document"].as_str()), (HOSTILE, "2", "a"));
    let script = r#"
import sys, networkx, igraph, pandas
gexf, graphml, edges, nodes = sys.argv[1:]
name = "A & B <c> \"d\", 'e'; ф\ufffd"
g = networkx.read_gexf(gexf)
assert g.is_directed() and g.is_multigraph() and (len(g), g.size()) == (3, 4), g
assert g.nodes[name]["label"] == name and g.nodes[name]["kind"] == "ngo" and g.nodes[name]["donor"] == 2, g.nodes[name]
tie = [data for _, _, data in g.edges(name, data=True) if data["tie"] == "funds"][0]
assert (tie["weight"], tie["documents"], tie["symmetric"]) == (1, 2, False), tie
m = networkx.read_graphml(graphml)
assert sorted(data["name"] for _, data in m.nodes(data=True)) == sorted(g.nodes), m.nodes(data=True)
i = igraph.Graph.Read_GraphML(graphml)
assert i.is_directed() and (i.vcount(), i.ecount()) == (3, 4) and set(i.es["kind"]) == {"together", "funds"}
assert name in i.vs["name"] and i.es["weight"] == [1.0] * 4 and i.vs["country"] == ["KG"] * 3
table = pandas.read_csv(edges)
assert list(table.columns[:5]) == ["Source", "Target", "Type", "Weight", "Kind"] and table.Weight.sum() == 4
bodies = pandas.read_csv(nodes)
i = igraph.Graph.DataFrame(table[["Source", "Target", "Weight"]], vertices=bodies, use_vids=False)
assert (i.vcount(), i.ecount()) == (3, 4)
"#;
    let files = ["net.gexf", "net.graphml", "edges.csv", "nodes.csv"].map(|file| w.path(file));
    python("networkx, igraph, pandas", script, &files.each_ref().map(std::path::PathBuf::as_path));
}

#[test]
fn ties_are_chosen_by_kind_and_weight_and_may_count_documents() {
    let w = workspace();
    let of = |line: &[&str]| {
        let run = w.run(&[["network", "all.jsonl"].as_slice(), line].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        rows(&run.out).into_iter().map(|tie| (tie["Source"].clone(), tie["Kind"].clone(), tie["Weight"].clone())).collect::<Vec<_>>()
    };
    let row = |source: &str, kind: &str, weight: &str| (source.to_string(), kind.to_string(), weight.to_string());
    assert_eq!(of(&["--kind", "funds", "--count", "documents", "--min-weight", "2"]), [row(HOSTILE, "funds", "2")]);
    assert_eq!(of(&["--kind", "cofunds"]), []);
    // without a tie that leads from one to another the file is one of an undirected network
    let run = w.run(&["network", "all.jsonl", "--kind", "together", "--format", "graphml"]);
    assert!(run.out.contains("edgedefault=\"undirected\""));
    for line in [
        ["network", "all.jsonl", "-o", "net.txt"],
        ["timeline", "all.jsonl", "-o", "net.xlsx"],
        ["places", "all.jsonl", "-o", "places.csv"],
        ["network", "all.jsonl", "--kind", "loves"],
    ] {
        assert_eq!(w.run(&line).code, Some(2), "{line:?}");
    }
    assert_eq!(w.run(&["network", "all.jsonl", "-o", "net.gexf", "--format", "csv"]).code, Some(2));
}

#[test]
fn a_timeline_has_a_row_an_event() {
    let w = workspace();
    for format in ["csv", "tsv", "json", "jsonl"] {
        let file = format!("timeline.{format}");
        assert_eq!(w.run(&["timeline", "all.jsonl", "-o", &file]).code, Some(0));
    }
    let events = rows(&w.read("timeline.csv"));
    let column = |name: &str| events.iter().map(|event| event[name].clone()).collect::<Vec<_>>();
    assert_eq!(column("id"), ["a", "c"]);
    assert_eq!(column("start"), ["2020-05-04", "2021-07-01"]);
    assert_eq!(column("precision"), ["days", "quarter"]);
    assert_eq!(column("copies"), ["b", ""]);
    assert_eq!(events[0]["title"], "T, \"t\"");
    let array: Value = serde_json::from_str(&w.read("timeline.json")).unwrap();
    assert_eq!(array[0]["copies"], json!(["b"]));
    assert_eq!(array[0]["latitude"], 40.52828);
    assert_eq!(array.as_array().unwrap().len(), w.read("timeline.jsonl").lines().count());
    let script = r#"
import sys, pandas
table = pandas.read_csv(sys.argv[1], parse_dates=["start", "end"])
assert (table.end - table.start).dt.days.tolist() == [1, 91] and table.latitude[0] == 40.52828
"#;
    python("pandas", script, &[&w.path("timeline.csv")]);
}

#[test]
fn places_are_geojson() {
    let w = workspace();
    assert_eq!(w.run(&["places", "all.jsonl", "-o", "places.geojson"]).code, Some(0));
    let all: Value = serde_json::from_str(&w.read("places.geojson")).unwrap();
    let osh = &all["features"][1];
    assert_eq!(osh["geometry"]["coordinates"], json!([72.7985, 40.52828]));
    let of = |name: &str| osh["properties"][name].as_u64().unwrap();
    assert_eq!([of("documents"), of("events"), of("events_here")], [3, 2, 1]);
    assert!(all["features"][0]["geometry"].is_null());
    let held = w.run(&["places", "all.jsonl", "--events"]);
    assert_eq!(serde_json::from_str::<Value>(&held.out).unwrap()["features"].as_array().unwrap().len(), 1);
    let script = r#"
import sys, geojson, shapely.geometry
places = geojson.load(open(sys.argv[1], encoding="utf-8"))
assert places.is_valid and places.type == "FeatureCollection", places.errors()
points = [shapely.geometry.shape(place.geometry) for place in places.features if place.geometry]
assert len(points) == 1 and points[0].geom_type == "Point" and (points[0].x, points[0].y) == (72.7985, 40.52828)
"#;
    python("geojson, shapely", script, &[&w.path("places.geojson")]);
}

#[test]
fn tables_tell_what_records_tell() {
    let w = Workspace::new(&[]);
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples/releases");
    w.run(&["extract", samples, "-o", "all.jsonl"]);
    w.run(&["extract", samples, "-o", "tables/"]);
    for command in [["network", "--format=csv"], ["timeline", "--format=csv"], ["places", "--min-count=1"]] {
        let [records, tables, read] = ["all.jsonl", "tables", samples].map(|from| w.run(&[command[0], from, command[1]]));
        assert!(!records.out.is_empty() && records.out == tables.out && records.out == read.out, "{}", command[0]);
    }
}

#[test]
fn an_output_in_the_folder_that_is_read_is_no_document() {
    let text = "The Lotus Foundation and the Aster Bank opened a school in Osh on 5 May 2020.\n";
    let w = Workspace::new(&[("in/a.txt", text), ("in/b.txt", text)]);
    for (command, file) in [("network", "in/net.graphml"), ("timeline", "in/days.jsonl"), ("places", "in/places.geojson")] {
        let written = [(); 2].map(|()| {
            let run = w.run(&[command, "in", "-o", file]);
            assert_eq!(run.code, Some(0), "{run:?}");
            w.read(file)
        });
        assert_eq!(written[0], written[1], "{command}");
        std::fs::remove_file(w.path(file)).unwrap();
    }
}
