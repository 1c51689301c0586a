//! Bodies and their ties: who is named with whom, who pays for what whom carries out.
//!
//! Two bodies are tied by what one document says of both. A tie counts events, each once however
//! many reprints and versions there are, and documents beside. Bodies without a tie are no part of it.

mod csv;
mod gexf;
mod graphml;

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::mention::RoleKind;
use crate::overview::{Body, Overview, Text};

pub use csv::{edges, nodes};
pub use gexf::gexf;
pub use graphml::graphml;

/// A document that names more bodies is a list or a directory: that two stand in it ties them to
/// nothing.
pub const MOST: usize = 60;

/// What ties two bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum TieKind {
    /// One document names both.
    Together,
    /// From who pays to who carries out, holds the event or receives.
    Funds,
    /// Both pay for what one document reports.
    Cofunds,
    /// Both carry it out, or one works along.
    Implements,
    /// Both hold the event, or one offers the place or works along.
    Organizes,
}

impl TieKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Together, Self::Funds, Self::Cofunds, Self::Implements, Self::Organizes];

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Together => "together",
            Self::Funds => "funds",
            Self::Cofunds => "cofunds",
            Self::Implements => "implements",
            Self::Organizes => "organizes",
        }
    }

    /// Whether it leads from one to the other.
    #[must_use]
    pub fn is_directed(self) -> bool {
        self == Self::Funds
    }
}

/// What weights count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Count {
    /// Each event once, however many copies and versions tell of it.
    #[default]
    Events,
    /// Every document, copies too.
    Documents,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Which ties.
    pub kinds: Vec<TieKind>,
    /// What weights count.
    pub count: Count,
    /// The least weight of a tie.
    pub least: u32,
}

/// Counts of documents and events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents.
    pub documents: u32,
    /// Events.
    pub events: u32,
}

impl Counts {
    fn of(self, count: Count) -> u32 {
        match count {
            Count::Events => self.events,
            Count::Documents => self.documents,
        }
    }

    fn add(&mut self, documents: u32) {
        self.documents += documents;
        self.events += 1;
    }
}

/// A body of the network.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its canonical name.
    pub name: Text,
    /// What is said of it.
    pub body: Body,
    /// Releases that name it.
    pub named: Counts,
    /// In how many documents it has each part, in the order of [`RoleKind::ALL`].
    pub parts: [u32; 6],
}

/// A tie between two bodies.
#[derive(Clone, Copy, Debug)]
pub struct Tie {
    /// The number of a node; of a tie without direction the one that comes first by name.
    pub source: usize,
    /// The number of the other.
    pub target: usize,
    /// What ties them.
    pub kind: TieKind,
    /// How much.
    pub weight: u32,
    /// What shows it.
    pub shown: Counts,
    /// The first document that does: its id.
    pub first: Text,
}

/// A network.
#[derive(Clone, Debug)]
pub struct Network<'a> {
    overview: &'a Overview,
    /// Bodies by name.
    pub nodes: Vec<Node>,
    /// Ties by their bodies, then by kind.
    pub ties: Vec<Tie>,
    /// Documents that name too many bodies to tie them.
    pub lists: usize,
}

type Pair = (Text, Text, TieKind);

impl<'a> Network<'a> {
    /// The network of a corpus.
    #[must_use]
    pub fn of(overview: &'a Overview, wanted: &Wanted) -> Self {
        let mut pairs: FxHashMap<Pair, (Counts, Text)> = FxHashMap::default();
        let mut known: FxHashMap<Text, Node> = FxHashMap::default();
        let mut lists = 0;
        for event in overview.events() {
            let mut ties: FxHashMap<Pair, (u32, Text)> = FxHashMap::default();
            let mut named: FxHashMap<Text, u32> = FxHashMap::default();
            for document in event {
                let digest = &overview.documents[document];
                let mut seen: Vec<Text> = digest.organizations.iter().map(|named| named.what).collect();
                for (at, kind) in RoleKind::ALL.into_iter().enumerate() {
                    for part in digest.bodies(kind) {
                        known.entry(part.name).or_default().parts[at] += 1;
                        seen.push(part.name);
                    }
                }
                seen.sort_unstable();
                seen.dedup();
                seen.iter().for_each(|body| *named.entry(*body).or_default() += 1);
                lists += usize::from(seen.len() > MOST);
                let mut found = tied(overview, document, &seen, &wanted.kinds);
                found.sort_unstable();
                found.dedup();
                for pair in found {
                    ties.entry(pair).or_insert((0, digest.id)).0 += 1;
                }
            }
            for (body, documents) in named {
                known.entry(body).or_default().named.add(documents);
            }
            for (pair, (documents, first)) in ties {
                pairs.entry(pair).or_insert((Counts::default(), first)).0.add(documents);
            }
        }
        pairs.retain(|_, (shown, _)| shown.of(wanted.count) >= wanted.least);
        let mut names: Vec<Text> = pairs.keys().flat_map(|(source, target, _)| [*source, *target]).collect();
        names.sort_unstable_by(|a, b| by_name(overview, *a, *b));
        names.dedup();
        let numbers: FxHashMap<Text, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        let mut ties: Vec<Tie> = pairs
            .into_iter()
            .map(|((source, target, kind), (shown, first))| Tie {
                source: numbers[&source],
                target: numbers[&target],
                kind,
                weight: shown.of(wanted.count),
                shown,
                first,
            })
            .collect();
        ties.sort_unstable_by_key(|tie| (tie.source, tie.target, tie.kind));
        let node = |name: Text| Node {
            name,
            body: overview.bodies.get(&name).copied().unwrap_or_default(),
            ..known.remove(&name).unwrap_or_default()
        };
        Self { overview, nodes: names.into_iter().map(node).collect(), ties, lists }
    }

    /// A text of it.
    #[must_use]
    pub fn text(&self, text: Text) -> &'a str {
        self.overview.text(text)
    }

    /// Whether any tie leads from one to the other: then the file is one of a directed network.
    #[must_use]
    pub fn is_directed(&self) -> bool {
        self.ties.iter().any(|tie| tie.kind.is_directed())
    }
}

fn by_name(overview: &Overview, a: Text, b: Text) -> Ordering {
    overview.text(a).cmp(overview.text(b))
}

/// The ties that one document shows; some more than once.
fn tied(overview: &Overview, document: usize, seen: &[Text], kinds: &[TieKind]) -> Vec<Pair> {
    let digest = &overview.documents[document];
    let of = |parts: &[RoleKind]| -> Vec<Text> { parts.iter().flat_map(|kind| digest.bodies(*kind)).map(|part| part.name).collect() };
    let mut found = Vec::new();
    for &kind in kinds {
        let (from, to) = match kind {
            TieKind::Together if seen.len() > MOST => continue,
            TieKind::Together => (seen.to_vec(), seen.to_vec()),
            TieKind::Funds => (of(&[RoleKind::Donor]), of(&[RoleKind::Implementer, RoleKind::Organizer, RoleKind::Recipient])),
            TieKind::Cofunds => (of(&[RoleKind::Donor]), of(&[RoleKind::Donor])),
            TieKind::Implements => (of(&[RoleKind::Implementer]), of(&[RoleKind::Implementer, RoleKind::Partner])),
            TieKind::Organizes => (of(&[RoleKind::Organizer]), of(&[RoleKind::Organizer, RoleKind::Host, RoleKind::Partner])),
        };
        for &source in &from {
            for &target in to.iter().filter(|target| **target != source) {
                let turns = !kind.is_directed() && by_name(overview, source, target) == Ordering::Greater;
                found.push(if turns { (target, source, kind) } else { (source, target, kind) });
            }
        }
    }
    found
}

/// A text without characters that XML cannot hold.
fn plain(text: &str) -> String {
    let is_kept = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if is_kept(c) { c } else { '\u{fffd}' }).collect()
}

/// What files tell of a node: name, whether it is a number, value.
fn node_values<'a>(network: &Network<'a>, node: &Node) -> Vec<(&'static str, bool, String)> {
    let mut values = vec![
        ("kind", false, network.text(node.body.kind).to_string()),
        ("country", false, network.text(node.body.country).to_string()),
        ("documents", true, node.named.documents.to_string()),
        ("events", true, node.named.events.to_string()),
    ];
    values.extend(RoleKind::ALL.into_iter().zip(node.parts).map(|(kind, count)| (kind.name(), true, count.to_string())));
    values
}

/// The same of a tie; its weight, which every format has a place of its own for, is not among them.
fn tie_values(network: &Network, tie: &Tie) -> Vec<(&'static str, bool, String)> {
    vec![
        ("kind", false, tie.kind.name().to_string()),
        ("documents", true, tie.shown.documents.to_string()),
        ("events", true, tie.shown.events.to_string()),
        ("document", false, network.text(tie.first).to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Mention, Record, Role};

    fn record(id: &str, named: &[&str], donors: &[&str], implementers: &[&str]) -> Record {
        let mention = |name: &&str| Mention {
            kind: "organization".into(),
            text: (*name).into(),
            name: Some((*name).to_string().into()),
            subtype: Some("foundation".into()),
            zone: "body".into(),
            ..Mention::default()
        };
        let role = |name: &&str| Role { name: (*name).into(), ..Role::default() };
        Record {
            id: id.into(),
            mentions: named.iter().map(mention).collect(),
            donors: donors.iter().map(role).collect(),
            implementers: implementers.iter().map(role).collect(),
            ..Record::default()
        }
    }

    fn overview() -> Overview {
        let mut overview = Overview::default();
        overview.add(&record("a", &["Lotus", "Aster"], &["Lotus"], &["Aster"]));
        overview.add(&Record { duplicate_of: Some("a".into()), ..record("b", &["Lotus", "Aster"], &["Lotus"], &["Aster"]) });
        overview.add(&record("c", &["Aster", "Lotus", "Briar"], &[], &[]));
        overview.add(&Record::failed("d", "empty", "x"));
        overview
    }

    fn ties(network: &Network) -> Vec<(String, String, &'static str, u32)> {
        let name = |at: usize| network.text(network.nodes[at].name).to_string();
        network.ties.iter().map(|tie| (name(tie.source), name(tie.target), tie.kind.name(), tie.weight)).collect()
    }

    fn wanted(kinds: &[TieKind], count: Count, least: u32) -> Wanted {
        Wanted { kinds: kinds.to_vec(), count, least }
    }

    #[test]
    fn ties_count_events_and_documents_apart() {
        let overview = overview();
        let of = |count, least| ties(&Network::of(&overview, &wanted(&TieKind::ALL, count, least)));
        let tie = |source: &str, target: &str, kind, weight| (source.to_string(), target.to_string(), kind, weight);
        assert_eq!(
            of(Count::Events, 1),
            [
                tie("Aster", "Briar", "together", 1),
                tie("Aster", "Lotus", "together", 2),
                tie("Briar", "Lotus", "together", 1),
                tie("Lotus", "Aster", "funds", 1),
            ]
        );
        assert_eq!(of(Count::Documents, 2), [tie("Aster", "Lotus", "together", 3), tie("Lotus", "Aster", "funds", 2)]);
    }

    #[test]
    fn a_node_tells_its_kind_and_its_parts() {
        let overview = overview();
        let network = Network::of(&overview, &wanted(&[TieKind::Funds], Count::Events, 1));
        assert!(network.is_directed());
        let lotus = &network.nodes[1];
        assert_eq!(network.text(lotus.name), "Lotus");
        assert_eq!(network.text(lotus.body.kind), "foundation");
        assert_eq!((lotus.named, lotus.parts), (Counts { documents: 3, events: 2 }, [2, 0, 0, 0, 0, 0]));
    }

    #[test]
    fn a_list_of_bodies_ties_nobody() {
        let names: Vec<String> = (0..=MOST).map(|n| format!("Body {n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut overview = Overview::default();
        overview.add(&record("a", &names, &["Body 1"], &["Body 2"]));
        let network = Network::of(&overview, &wanted(&TieKind::ALL, Count::Events, 1));
        assert_eq!((network.ties.len(), network.lists), (1, 1));
    }
}
