//! What the whole corpus decides, and how it finishes a record.
//!
//! A line is furniture by repetition when it stands in at least three documents of its folder and
//! in a good share of them, and lies in a block of furniture at the page's edge: between lines
//! that the page alone shows to be furniture, or in a menu of several entries at its top.

use std::io;

use rustc_hash::{FxHashMap, FxHashSet};

use super::copies;
use super::gathered::{All, Gathered};
use super::links::{self, InOrder, Link, id_key};
use super::names::Decided;
use super::runs::Sorted;
use super::summary::{fold, folder, in_folder};
use crate::record::{Edge, Evidence, FurnitureWhy, Join, Mention, Parts, Record, Stretch, add_furniture};

/// So many repeated entries at the very top are a menu: more than a letterhead has.
const MENU: usize = 5;

/// Why a fact is withdrawn.
const WITHDRAWN: &str = "its words are page furniture that other documents of the folder repeat";

/// Decided once for all records of a run.
#[derive(Debug, Default)]
pub struct Decisions {
    names: FxHashMap<String, Decided>,
    /// Lines that stand in enough documents of their folder, by the hash of both.
    lines: FxHashSet<u64>,
    links: Sorted,
    /// The same by the keys of ids, where records do not come in the order of the run.
    by_id: FxHashMap<u64, Link>,
}

impl Decisions {
    /// Decides from all that was gathered.
    ///
    /// # Errors
    /// When the temporary files cannot be written or read.
    pub fn of(gathered: Gathered) -> io::Result<Self> {
        let all = gathered.sorted()?;
        let (names, lines) = (all.names()?, all.repeated()?);
        let All { sketches, .. } = all;
        Ok(Self { links: copies::decide(sketches, &names)?, names, lines, by_id: FxHashMap::default() })
    }

    /// The same for records that come in any order: [`Decisions::finish_alone`].
    ///
    /// # Errors
    /// When the temporary files cannot be written or read.
    pub fn in_any_order(gathered: Gathered) -> io::Result<Self> {
        let decisions = Self::of(gathered)?;
        Ok(Self { by_id: links::by_id(&decisions.links)?, ..decisions })
    }

    /// Links of documents, in the order in which the documents were gathered. One reader reads at a time.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn links(&self) -> io::Result<InOrder<'_>> {
        InOrder::of(&self.links)
    }

    /// Whether a record with these edges and names is finished already.
    #[must_use]
    pub fn leaves(&self, id: &str, edges: &[Edge], names: impl IntoIterator<Item = impl AsRef<str>>, link: Option<&Link>) -> bool {
        let renames = !self.names.is_empty() && names.into_iter().any(|name| self.rename(name.as_ref()).is_some());
        !renames && link.is_none() && (self.lines.is_empty() || self.furniture(id, edges).is_empty())
    }

    fn rename(&self, name: &str) -> Option<&Decided> {
        self.names.get(&fold(name)).filter(|decided| decided.name != name)
    }

    /// Finishes a record that comes in any order.
    pub fn finish_alone(&self, record: &mut Record) {
        self.finish(record, self.link_of(record));
    }

    /// The same of a record of which `parts` were taken.
    ///
    /// # Errors
    /// When the parts were damaged.
    pub fn finish_parts_alone(&self, record: &mut Record, parts: &mut Parts) -> io::Result<()> {
        self.finish_parts(record, parts, self.link_of(record))
    }

    fn link_of(&self, record: &Record) -> Option<&Link> {
        if self.by_id.is_empty() { None } else { self.by_id.get(&id_key(&record.id)) }
    }

    /// Finishes a record: names, furniture, and what hangs on them; copies.
    pub fn finish(&self, record: &mut Record, link: Option<&Link>) {
        let furniture = self.begin(record, link);
        self.rename_mentions(&mut record.mentions);
        let mut renamed = self.renamed_roles(record);
        record.mentions.iter().for_each(|m| keep_known(m, &mut renamed));
        self.rename_roles(record, &renamed);
        if !furniture.is_empty() {
            add_furniture(&mut record.furniture, &mut record.furniture_why, &furniture);
            mask_mentions(&mut record.mentions, &furniture);
            mask_facts(record, &furniture);
        }
    }

    /// The same of a record of which `parts` were taken.
    ///
    /// # Errors
    /// When the parts were damaged while they waited in a file.
    pub fn finish_parts(&self, record: &mut Record, parts: &mut Parts, link: Option<&Link>) -> io::Result<()> {
        let furniture = self.begin(record, link);
        if self.names.is_empty() && furniture.is_empty() {
            return Ok(());
        }
        let mut renamed = self.renamed_roles(record);
        parts.change(&furniture, |mentions, furniture| {
            mentions.iter().for_each(|m| keep_known(m, &mut renamed));
            let changes = self.rename_mentions(mentions);
            mask_mentions(mentions, furniture) || changes
        })?;
        self.rename_roles(record, &renamed);
        mask_facts(record, &furniture);
        Ok(())
    }

    /// What the whole tells of a record beside its mentions; the lines that are furniture, in order.
    fn begin(&self, record: &mut Record, link: Option<&Link>) -> Vec<FurnitureWhy> {
        let mut furniture = self.furniture(&record.id, &record.edges);
        furniture.sort_unstable();
        record.edges = Vec::new();
        record.sketch = String::new();
        if record.error.is_none()
            && let Some(link) = link
        {
            link.tell(record);
        }
        let why = |[start, end]: Stretch| FurnitureWhy { start, end, class: "repeated".into(), rule: "corpus/repeated".into() };
        furniture.into_iter().map(why).collect()
    }

    /// Gives bodies that no table knows their names of the corpus; whether there was any to give.
    fn rename_mentions(&self, mentions: &mut [Mention]) -> bool {
        let mut changes = false;
        if self.names.is_empty() {
            return changes;
        }
        for mention in mentions.iter_mut().filter(|m| m.kind == "organization" && m.known().is_none()) {
            if let Some(decided) = mention.name.as_deref().and_then(|name| self.rename(name)) {
                mention.name = Some(decided.name.clone().into());
                mention.because.push("name decided over the corpus".into());
                let document = Some(decided.document.as_str().into());
                let join = Join { rule: decided.rule.into(), with: decided.name.as_str().into(), document };
                mention.organization.get_or_insert_default().joins.push(join);
                changes = true;
            }
        }
        changes
    }

    /// The entities of roles whose names the corpus changes.
    fn renamed_roles(&self, record: &Record) -> FxHashSet<Box<str>> {
        if self.names.is_empty() {
            return FxHashSet::default();
        }
        record.roles().filter(|(_, role)| self.rename(&role.name).is_some()).map(|(_, role)| role.entity.as_str().into()).collect()
    }

    /// Gives roles their names of the corpus.
    fn rename_roles(&self, record: &mut Record, renamed: &FxHashSet<Box<str>>) {
        if renamed.is_empty() {
            return;
        }
        for role in record.role_lists().into_iter().flatten().filter(|role| renamed.contains(role.entity.as_str())) {
            if let Some(decided) = self.rename(&role.name) {
                role.name.clone_from(&decided.name);
            }
        }
    }

    /// The lines of a document that are furniture because others repeat them.
    fn furniture(&self, id: &str, edges: &[Edge]) -> Vec<Stretch> {
        let folder = folder(id);
        let repeats = |edge: &Edge| edge.hash != 0 && self.lines.contains(&in_folder(folder, edge.hash));
        let mut found = Vec::new();
        let is_repeated: Vec<bool> = edges.iter().map(repeats).collect();
        if !is_repeated.contains(&true) {
            return found;
        }
        let heads = edges.iter().take_while(|edge| edge.head).count();
        for (region, is_head) in [(0..heads, true), (heads..edges.len(), false)] {
            let mut first = region.start;
            while first < region.end {
                let length = (first..region.end).take_while(|&i| edges[i].masked || is_repeated[i]).count();
                let run = first..first + length;
                first = run.end.max(first + 1);
                let anchor = run.clone().find(|&i| edges[i].masked);
                let taken = match (is_head, anchor) {
                    (true, Some(_)) => run,
                    (true, None) if run.start == region.start && run.len() >= MENU && run.clone().all(|i| edges[i].entry) => run,
                    // at the end, what stands above the first furniture may still be the release
                    (false, Some(anchor)) if run.end == region.end => anchor..run.end,
                    _ => continue,
                };
                found.extend(taken.filter(|&i| is_repeated[i]).map(|i| [edges[i].start, edges[i].end]));
            }
        }
        found
    }
}

/// A body of the tables keeps its name.
fn keep_known(mention: &Mention, renamed: &mut FxHashSet<Box<str>>) {
    if !renamed.is_empty()
        && mention.known().is_some()
        && let Some(entity) = &mention.entity
    {
        renamed.remove(entity);
    }
}

fn is_inside(start: usize, end: usize, furniture: &[FurnitureWhy]) -> bool {
    furniture.iter().any(|of| start < of.end && of.start < end)
}

/// Marks what stands in furniture; whether anything does.
fn mask_mentions(mentions: &mut [Mention], furniture: &[FurnitureWhy]) -> bool {
    let mut changes = false;
    if furniture.is_empty() {
        return changes;
    }
    for mention in mentions.iter_mut().filter(|m| is_inside(m.start, m.end, furniture)) {
        mention.zone = "furniture".into();
        changes = true;
    }
    changes
}

/// Takes back roles and facts whose words are furniture.
fn mask_facts(record: &mut Record, furniture: &[FurnitureWhy]) {
    let inside = |evidence: &Evidence| is_inside(evidence.start, evidence.end, furniture);
    for roles in record.role_lists() {
        roles.retain(|role| !role.evidence.as_ref().is_some_and(inside));
    }
    for fact in ["published", "event", "event_place"] {
        if record.evidence.get(fact).is_some_and(inside) {
            record.evidence.remove(fact);
            record.why.insert(fact.into(), WITHDRAWN.into());
            match fact {
                "published" => record.published = None,
                "event" => record.event = None,
                _ => record.event_place = None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::summary::Summary;
    use crate::record::Role;

    fn edge(start: usize, hash: u64, masked: bool, head: bool) -> Edge {
        Edge { start, end: start + 5, hash, head, masked, entry: true }
    }

    fn record(id: &str, edges: Vec<Edge>) -> Record {
        let mention = |start| Mention { kind: "place".into(), start, end: start + 3, zone: "body".into(), ..Mention::default() };
        let evidence = Evidence { text: "paid by".into(), start: 51, end: 54, rule: String::new(), confidence: None };
        Record {
            id: id.into(),
            mentions: vec![mention(21), mention(51)],
            donors: vec![Role { entity: "o1".into(), evidence: Some(evidence), ..Role::default() }],
            edges,
            ..Record::default()
        }
    }

    fn finished(mut records: Vec<Record>) -> Vec<Record> {
        let mut gathered = Gathered::default();
        for record in &records {
            gathered.add(Summary::of(record)).unwrap();
        }
        let decisions = Decisions::in_any_order(gathered).unwrap();
        for record in &mut records {
            decisions.finish_alone(record);
        }
        records
    }

    #[test]
    fn a_repeated_line_in_a_footer_is_furniture_with_all_that_stands_in_it() {
        let page =
            |n: u64| record(&format!("a/{n}"), vec![edge(20, 100 + n, false, false), edge(40, 0, true, false), edge(50, 7, false, false)]);
        for record in finished((0..4).map(page).collect()) {
            assert_eq!(record.furniture, [[50, 55]]);
            assert_eq!(record.mentions.iter().map(|m| &*m.zone).collect::<Vec<_>>(), ["body", "furniture"]);
            assert!(record.donors.is_empty() && record.edges.is_empty());
        }
    }

    #[test]
    fn what_repeats_without_furniture_around_it_stays() {
        let page = |n: u64| record(&format!("a/{n}"), vec![edge(20, 8, false, true), edge(50, 7, false, false)]);
        for record in finished((0..9).map(page).collect()) {
            assert!(record.furniture.is_empty() && record.donors.len() == 1);
        }
    }

    #[test]
    fn two_documents_are_no_pattern_and_folders_count_apart() {
        let page = |n: u64| record(&format!("{}/{n}", n / 2), vec![edge(40, 0, true, false), edge(50, 7, false, false)]);
        assert!(finished((0..6).map(page).collect()).iter().all(|record| record.furniture.is_empty()));
    }
}
