//! GEXF 1.3 (gexf.net), Gephi's own form.
//!
//! A file is directed when a tie of it is, because readers other than Gephi take no file in which
//! both stand; ties without direction are then marked `symmetric`, and stand once.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::BytesDecl;
use quick_xml::events::Event;

use super::{Counts, Network, Node, Tie, TieKind, node_values, plain, tie_values};
use crate::overview::Text;

/// Writes a network.
///
/// # Errors
/// When `out` cannot be written to.
pub fn gexf(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(out, b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer.create_element("gexf").with_attributes([("xmlns", "http://gexf.net/1.3"), ("version", "1.3")]);
    root.write_inner_content(|writer| {
        writer.create_element("meta").write_inner_content(|writer| {
            writer.create_element("creator").write_text_content(quick_xml::events::BytesText::new("dateline"))?;
            let description = "bodies and what ties them";
            writer.create_element("description").write_text_content(quick_xml::events::BytesText::new(description))?;
            Ok(())
        })?;
        let direction = if network.is_directed() { "directed" } else { "undirected" };
        let graph = writer.create_element("graph").with_attributes([("defaultedgetype", direction), ("mode", "static")]);
        graph.write_inner_content(|writer| {
            attributes(writer, "node", &node_values(network, &Node::default()))?;
            let none = Tie { source: 0, target: 0, kind: TieKind::Together, weight: 0, shown: Counts::default(), first: Text::default() };
            attributes(writer, "edge", &with_symmetry(network, &none))?;
            writer.create_element("nodes").write_inner_content(|writer| {
                for node in &network.nodes {
                    let name = plain(network.text(node.name));
                    let element = writer.create_element("node").with_attributes([("id", name.as_str()), ("label", name.as_str())]);
                    element.write_inner_content(|writer| values(writer, &node_values(network, node)))?;
                }
                Ok(())
            })?;
            writer.create_element("edges").write_inner_content(|writer| {
                for (number, tie) in network.ties.iter().enumerate() {
                    let name = |at: usize| plain(network.text(network.nodes[at].name));
                    let element = writer.create_element("edge").with_attributes([
                        ("id", number.to_string().as_str()),
                        ("source", name(tie.source).as_str()),
                        ("target", name(tie.target).as_str()),
                        ("kind", tie.kind.name()),
                        ("weight", tie.weight.to_string().as_str()),
                    ]);
                    element.write_inner_content(|writer| values(writer, &with_symmetry(network, tie)))?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })?;
    writer.into_inner().write_all(b"\n")
}

fn with_symmetry(network: &Network, tie: &Tie) -> Vec<(&'static str, bool, String)> {
    let mut values = tie_values(network, tie);
    // an attribute of the name "kind" would hide the edge's own
    values[0].0 = "tie";
    values.push(("symmetric", false, (!tie.kind.is_directed()).to_string()));
    values
}

fn attributes(writer: &mut Writer<&mut dyn Write>, class: &str, values: &[(&str, bool, String)]) -> io::Result<()> {
    let element = writer.create_element("attributes").with_attributes([("class", class), ("mode", "static")]);
    element.write_inner_content(|writer| {
        for (name, is_number, _) in values {
            let kind = match (*name, is_number) {
                ("symmetric", _) => "boolean",
                (_, true) => "integer",
                (_, false) => "string",
            };
            writer.create_element("attribute").with_attributes([("id", *name), ("title", *name), ("type", kind)]).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn values(writer: &mut Writer<&mut dyn Write>, values: &[(&str, bool, String)]) -> io::Result<()> {
    writer.create_element("attvalues").write_inner_content(|writer| {
        for (name, _, value) in values.iter().filter(|(.., value)| !value.is_empty()) {
            writer.create_element("attvalue").with_attributes([("for", *name), ("value", plain(value).as_str())]).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}
