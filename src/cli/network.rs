//! `dateline network`: bodies and their ties, for Gephi, R and Python.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::overview::Input;
use super::{Ending, Stop};
use crate::network::{self, Count, MOST, Network, TieKind, Wanted};

const EXAMPLES: &str = "\
Examples:
  dateline network releases/ -o net.gexf                          for Gephi
  dateline network all.jsonl -o net.graphml                       for R (igraph::read_graph), Python, Cytoscape
  dateline network tables/ -o edges.csv --nodes nodes.csv         for spreadsheets, R data frames, Gephi's import
  dateline network tables/ --kind funds --min-weight 2 > who-pays-whom.csv";

/// Write the network of bodies: who is named with whom, who pays for what whom carries out.
///
/// A tie's weight is the number of events that show it: copies of a release and its versions in another language count once. Of the ties only funds leads from one body to another.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    #[command(flatten)]
    input: Input,
    /// Write to this file; its ending says the format: gexf, graphml, csv.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Format of the output [default: by the file's ending, else csv].
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Form>,
    /// Write the bodies too, as CSV with Id and Label: with csv, ties alone stand in the output.
    #[arg(long, value_name = "FILE")]
    nodes: Option<PathBuf>,
    /// Which ties [default: all].
    #[arg(long, value_enum, value_name = "KINDS", value_delimiter = ',')]
    kind: Vec<TieKind>,
    /// What weights count.
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    count: Count,
    /// Only ties of this weight or more; bodies without a tie are left out.
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_weight: u32,
}

/// A format of networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Gephi's.
    Gexf,
    /// For igraph, networkx, Cytoscape, yEd.
    Graphml,
    /// A row a tie.
    Csv,
}

const FORMS: [(&str, Form); 3] = [("gexf", Form::Gexf), ("graphml", Form::Graphml), ("csv", Form::Csv)];

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let form = super::overview::form(flags.output.as_deref(), flags.format, &FORMS)?.unwrap_or(Form::Csv);
    let (overview, ending) = flags.input.read(flags.output.as_deref())?;
    let kinds = if flags.kind.is_empty() { TieKind::ALL.to_vec() } else { flags.kind.clone() };
    let network = Network::of(&overview, &Wanted { kinds, count: flags.count, least: flags.min_weight.max(1) });
    if network.lists > 0 {
        let message = format!("{} documents name more than {MOST} bodies: being named there ties nobody", network.lists);
        super::report::message("note", &message);
    }
    let write = |out: &mut dyn Write| match form {
        Form::Gexf => network::gexf(&network, out),
        Form::Graphml => network::graphml(&network, out),
        Form::Csv => network::edges(&network, out),
    };
    super::overview::written(flags.output.as_deref(), write)?;
    if let Some(nodes) = &flags.nodes {
        super::overview::written(Some(nodes), |out| network::nodes(&network, out))?;
    }
    tell(&network, flags.output.as_deref());
    Ok(ending)
}

fn tell(network: &Network, output: Option<&Path>) {
    if let Some(output) = output {
        let message = format!("{} bodies, {} ties: {}", network.nodes.len(), network.ties.len(), output.display());
        super::report::message("wrote", &message);
    }
}
