//! GraphML (graphml.graphdrawing.org), for igraph in R and Python, networkx, yEd and Cytoscape.
//!
//! Whether a file is directed is decided as for GEXF.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Counts, Network, Node, Tie, TieKind, node_values, plain, tie_values};
use crate::overview::Text;

/// Writes a network. Nodes have their names as `name`.
///
/// # Errors
/// When `out` cannot be written to.
pub fn graphml(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(out, b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer.create_element("graphml").with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
    root.write_inner_content(|writer| {
        let none = Tie { source: 0, target: 0, kind: TieKind::Together, weight: 0, shown: Counts::default(), first: Text::default() };
        keys(writer, "node", "n", &with_name(network, &Node::default()))?;
        keys(writer, "edge", "e", &with_weight(network, &none))?;
        let direction = if network.is_directed() { "directed" } else { "undirected" };
        let graph = writer.create_element("graph").with_attributes([("id", "ties"), ("edgedefault", direction)]);
        graph.write_inner_content(|writer| {
            for (number, node) in network.nodes.iter().enumerate() {
                // an id has no white space here
                let element = writer.create_element("node").with_attribute(("id", format!("n{number}").as_str()));
                element.write_inner_content(|writer| data(writer, "n", &with_name(network, node)))?;
            }
            for (number, tie) in network.ties.iter().enumerate() {
                let element = writer.create_element("edge").with_attributes([
                    ("id", format!("e{number}").as_str()),
                    ("source", format!("n{}", tie.source).as_str()),
                    ("target", format!("n{}", tie.target).as_str()),
                ]);
                element.write_inner_content(|writer| data(writer, "e", &with_weight(network, tie)))?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    writer.into_inner().write_all(b"\n")
}

fn with_name(network: &Network, node: &Node) -> Vec<(&'static str, bool, String)> {
    let mut values = node_values(network, node);
    values.insert(0, ("name", false, network.text(node.name).to_string()));
    values
}

fn with_weight(network: &Network, tie: &Tie) -> Vec<(&'static str, bool, String)> {
    let mut values = tie_values(network, tie);
    values.insert(0, ("weight", true, tie.weight.to_string()));
    values.push(("symmetric", false, (!tie.kind.is_directed()).to_string()));
    values
}

fn keys(writer: &mut Writer<&mut dyn Write>, of: &str, letter: &str, values: &[(&str, bool, String)]) -> io::Result<()> {
    for (name, is_number, _) in values {
        let kind = match (*name, is_number) {
            ("symmetric", _) => "boolean",
            ("weight", _) => "double",
            (_, true) => "int",
            (_, false) => "string",
        };
        let key = writer.create_element("key").with_attributes([
            ("id", format!("{letter}-{name}").as_str()),
            ("for", of),
            ("attr.name", name),
            ("attr.type", kind),
        ]);
        key.write_empty()?;
    }
    Ok(())
}

fn data(writer: &mut Writer<&mut dyn Write>, letter: &str, values: &[(&str, bool, String)]) -> io::Result<()> {
    for (name, _, value) in values.iter().filter(|(.., value)| !value.is_empty()) {
        let element = writer.create_element("data").with_attribute(("key", format!("{letter}-{name}").as_str()));
        element.write_text_content(BytesText::new(&plain(value)))?;
    }
    Ok(())
}
