//! Outlines of countries for the map, as `data/world/outlines.tsv` has them.

use serde::Serialize;

use crate::table::rows;

const TABLE: &str = include_str!("../../data/world/outlines.tsv");

/// Arcs as encoded polylines, and rings of their numbers.
#[derive(Debug, Serialize)]
pub(super) struct Outlines {
    arcs: Vec<&'static str>,
    rings: Vec<Vec<i32>>,
}

pub(super) fn outlines() -> Outlines {
    let mut out = Outlines { arcs: Vec::new(), rings: Vec::new() };
    for [kind, value] in rows(TABLE) {
        match kind {
            "arc" => out.arcs.push(value),
            _ => out.rings.push(value.split(',').filter_map(|number| number.parse().ok()).collect()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_as_its_script_made_it() {
        let told = TABLE.lines().find_map(|line| line.strip_prefix("# FNV-1a of the rows below the heads: ")).unwrap();
        let body = TABLE.split_once("kind\tvalue\n").unwrap().1;
        assert_eq!(format!("{:016x}", crate::fingerprint::fnv1a(body.bytes())), told, "made anew by data/world/outlines.py");
    }

    #[test]
    fn rings_are_of_arcs_that_exist() {
        let outlines = outlines();
        let count = i32::try_from(outlines.arcs.len()).unwrap();
        assert!(count > 500 && outlines.rings.len() > 300);
        assert!(outlines.rings.iter().flatten().all(|&arc| (if arc < 0 { !arc } else { arc }) < count));
    }
}
