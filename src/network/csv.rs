//! Networks as two tables, for Gephi's import of spreadsheets and for R's `graph_from_data_frame`.
//!
//! The columns of edges that Gephi knows are `Source`, `Target`, `Type` and `Weight`, those of nodes
//! `Id` and `Label`; the id of a body is its name.

use std::io::{self, Write};

use super::{Network, Node, node_values, tie_values};

fn head(first: &[&str], values: Vec<(&'static str, bool, String)>) -> Vec<String> {
    let capital = |name: &str| name[..1].to_ascii_uppercase() + &name[1..];
    first.iter().map(ToString::to_string).chain(values.into_iter().map(|(name, ..)| capital(name))).collect()
}

/// Writes a row a tie.
///
/// # Errors
/// When `out` cannot be written to.
pub fn edges(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    // in the order of the values of a tie
    writer.write_record(["Source", "Target", "Type", "Weight", "Kind", "Documents", "Events", "Document"])?;
    for tie in &network.ties {
        let name = |at: usize| network.text(network.nodes[at].name).to_string();
        let directed = if tie.kind.is_directed() { "Directed" } else { "Undirected" };
        let row = [name(tie.source), name(tie.target), directed.into(), tie.weight.to_string()];
        writer.write_record(row.into_iter().chain(tie_values(network, tie).into_iter().map(|(.., value)| value)))?;
    }
    writer.flush()
}

/// Writes a row a body.
///
/// # Errors
/// When `out` cannot be written to.
pub fn nodes(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(head(&["Id", "Label"], node_values(network, &Node::default())))?;
    for node in &network.nodes {
        let name = network.text(node.name).to_string();
        writer.write_record([name.clone(), name].into_iter().chain(node_values(network, node).into_iter().map(|(.., value)| value)))?;
    }
    writer.flush()
}
