//! `dateline places`: places as GeoJSON, for maps.

use std::io::{self, Write};
use std::path::PathBuf;

use super::overview::Input;
use super::{Ending, Stop};
use crate::overview::{Locations, locations};

const EXAMPLES: &str = "\
Examples:
  dateline places releases/ -o places.geojson                     for QGIS, geojson.io, Leaflet, R (sf), geopandas
  dateline places tables/ --events -o events.geojson              only where events take place
  dateline places all.jsonl --min-count 5 | jq '.features[].properties.name'";

/// Write the places of a corpus as GeoJSON (RFC 7946), a point each.
///
/// Its properties count documents, events (copies and versions of a release once), mentions, and events that take place there. A place without known coordinates has no geometry and is not left out.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    #[command(flatten)]
    input: Input,
    /// Write to this file: .geojson or .json.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only places where events take place.
    #[arg(long)]
    events: bool,
    /// Only places that so many events name.
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_count: u32,
}

/// The one format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct GeoJson;

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    super::overview::form(flags.output.as_deref(), None, &[("geojson", GeoJson), ("json", GeoJson)])?;
    let (overview, ending) = flags.input.read(flags.output.as_deref())?;
    let found = locations(&overview, flags.events, flags.min_count.max(1));
    super::overview::written(flags.output.as_deref(), |out| write(&found, out))?;
    if let Some(output) = &flags.output {
        let unlocated = match found.unlocated {
            0 => String::new(),
            unlocated => format!(" ({unlocated} without coordinates)"),
        };
        super::report::message("wrote", &format!("{} places{unlocated}: {}", found.features.len(), output.display()));
    }
    Ok(ending)
}

/// A feature a line.
fn write(found: &Locations, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"type\": \"FeatureCollection\", \"features\": [")?;
    for (number, feature) in found.features.iter().enumerate() {
        out.write_all(if number > 0 { b",\n" } else { b"\n" })?;
        serde_json::to_writer(&mut *out, feature)?;
    }
    out.write_all(b"\n]}\n")
}
