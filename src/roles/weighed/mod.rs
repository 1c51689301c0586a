//! Roles that no cue tells plainly, by weights learnt from annotated releases.
//!
//! Every body of a release is weighed by how its mentions stand among words of funding, giving,
//! carrying out and holding ([`features`]): the sum of the weights in `data/roles/weights.tsv` gives
//! how likely it is that it pays, carries out, organizes. The cues of the rules come first; what is
//! likely enough and not said by a cue is added. `dateline train-roles` fits the weights and says
//! how well they do on releases not learnt from.

mod acts;
mod features;
mod fit;
mod learn;

use std::hash::Hasher;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

pub(super) use acts::class;
pub use fit::{Priors, fit};

use super::sentence::Sentence;
use crate::mention::{Fact, Mention, RoleKind};
use crate::page::Page;
use crate::span::Span;
use crate::table;
use features::{Read, Sink, Standing};

/// The roles that are weighed, in the order of the table's columns.
pub(super) const KINDS: [RoleKind; 3] = [RoleKind::Donor, RoleKind::Implementer, RoleKind::Organizer];

/// The features of a body, by hash, in order and each once.
struct Body {
    entity: u32,
    /// Of the body as a whole.
    features: Vec<u64>,
    stands: Vec<Stand>,
}

/// One mention of a body.
struct Stand {
    body: Span,
    /// The sentence denies, wishes or supposes.
    unsaid: bool,
    features: Vec<u64>,
    /// Words that weigh on it: before it, behind it.
    words: [Option<Span>; 2],
}

/// Hashes features; for learning it keeps their names.
#[derive(Default)]
struct Hashes {
    out: Vec<u64>,
    names: Option<FxHashMap<u64, String>>,
}

impl Hashes {
    /// The features since the last time, in order.
    fn take(&mut self) -> Vec<u64> {
        let mut out = std::mem::take(&mut self.out);
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The hash of a feature, by its parts.
fn hash<'p>(parts: impl Iterator<Item = &'p str>) -> u64 {
    let mut hasher = FxHasher::default();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write_u8(b'|');
    }
    hasher.finish()
}

impl Sink for Hashes {
    fn add(&mut self, parts: &[&str]) {
        let hash = hash(parts.iter().copied());
        self.out.push(hash);
        if let Some(names) = &mut self.names {
            names.entry(hash).or_insert_with(|| parts.join("|"));
        }
    }
}

/// Gathers what speaks for the roles of the bodies of a release, sentence by sentence.
pub(super) struct Gathered {
    bodies: Vec<Body>,
    /// The number of a body by its entity.
    numbers: FxHashMap<u32, usize>,
    before: Option<Read>,
    /// How many sentences with bodies came before, but the headline.
    told: usize,
    stand: Hashes,
    whole: Hashes,
}

impl Gathered {
    /// `named`: the names of features are kept, for learning.
    pub fn new(named: bool) -> Self {
        let hashes = || Hashes { out: Vec::new(), names: named.then(FxHashMap::default) };
        Self { bodies: Vec::new(), numbers: FxHashMap::default(), before: None, told: 0, stand: hashes(), whole: hashes() }
    }

    /// A sentence that names no body and opens no list.
    pub fn skip(&mut self) {
        self.before = None;
    }

    /// What a sentence says of its bodies.
    pub fn sentence(&mut self, sentence: &Sentence, span: Span) {
        let titled = sentence.page.zones.title.is_some_and(|t| t.overlaps(span));
        let place = match self.told {
            _ if titled => "title",
            0 => "lead",
            1 => "second",
            _ => "later",
        };
        let read = Read::new(sentence, self.before.as_ref());
        // what is denied, wished or supposed speaks for nothing
        let unsaid = (0..sentence.items.len()).any(|i| sentence.glue(i).is_some_and(|(_, g)| g.negates || g.unreal));
        let mut named = false;
        for at in 0..sentence.items.len() {
            let Some(number) = sentence.body(at) else { continue };
            let Fact::Organization(fact) = &sentence.mentions[number].fact else { continue };
            if sentence.page.in_furniture(sentence.mentions[number].span) {
                continue;
            }
            named = true;
            if self.numbers.get(&fact.entity).is_some_and(|&n| self.bodies[n].stands.len() >= STANDS) {
                continue;
            }
            let words = features::of_mention(sentence, &read, at, place, &mut self.stand, &mut self.whole);
            let words = words.map(|w| w.map(|i| sentence.text().span(sentence.items[i].first, sentence.items[i].end - 1)));
            let stand = Stand { body: sentence.mentions[number].span, unsaid, features: self.stand.take(), words };
            let mut whole = self.whole.take();
            let number = *self.numbers.entry(fact.entity).or_insert(self.bodies.len());
            match self.bodies.get_mut(number) {
                Some(body) => {
                    body.stands.push(stand);
                    body.features.append(&mut whole);
                }
                None => self.bodies.push(Body { entity: fact.entity, features: whole, stands: vec![stand] }),
            }
        }
        self.told += usize::from(named && !titled);
        self.before = Some(read);
    }

    /// What the whole release says of its bodies.
    fn finish(&mut self, page: &Page, mentions: &[Mention]) {
        let counts: Vec<usize> = self.bodies.iter().map(|b| b.stands.len()).collect();
        let mut sorted = counts.clone();
        sorted.sort_unstable();
        let bodies = counts.len();
        let release = features::of_release(page, mentions);
        // the first mention of each body, and the bodies named inside projects
        let mut firsts: FxHashMap<u32, &Mention> = FxHashMap::default();
        let mut inside: FxHashSet<u32> = FxHashSet::default();
        let mut project = 0;
        for mention in mentions {
            match &mention.fact {
                Fact::Project(_) => project = project.max(mention.span.end),
                Fact::Organization(body) => {
                    firsts.entry(body.entity).or_insert(mention);
                    if mention.span.start < project {
                        inside.insert(body.entity);
                    }
                }
                _ => {}
            }
        }
        for (first, body) in self.bodies.iter_mut().enumerate() {
            let Some(mention) = firsts.get(&body.entity) else { continue };
            let standing = Standing {
                mentions: counts[first],
                rank: bodies - sorted.partition_point(|&c| c <= counts[first]),
                first,
                bodies,
                titled: page.zones.title.is_some_and(|t| body.stands.iter().any(|s| t.contains(s.body))),
                in_project: inside.contains(&body.entity),
            };
            self.whole.out = std::mem::take(&mut body.features);
            features::of_body(&release, mention, &standing, &mut self.whole);
            body.features = self.whole.take();
        }
    }

    /// How likely each body of the release pays, carries out, organizes, where it is likely at all.
    pub fn weigh(&mut self, page: &Page, mentions: &[Mention]) -> Vec<Likely> {
        let mut out = Vec::new();
        if page.text.sentences.len() < RELEASE {
            return out;
        }
        self.finish(page, mentions);
        for body in &self.bodies {
            for (k, kind) in KINDS.into_iter().enumerate() {
                let weigh = |features: &[u64]| features.iter().filter_map(|f| WEIGHTS.get(f)).map(|row| row.0[k]).sum::<f32>();
                let stands = body.stands.iter().filter(|stand| !stand.unsaid).map(|stand| (weigh(&stand.features), stand));
                let Some((most, best)) = stands.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
                let likelihood = learn::likely(bias(k) + weigh(&body.features) + most);
                if likelihood < UNLIKELY {
                    continue;
                }
                let mut rows: Vec<&Row> = best.features.iter().filter_map(|f| WEIGHTS.get(f)).filter(|row| row.0[k] > 0.0).collect();
                rows.sort_by(|a, b| b.0[k].total_cmp(&a.0[k]).then(a.1.cmp(b.1)));
                let features: Vec<&'static str> = rows.iter().map(|row| row.1).take(3).collect();
                let behind = features.first().is_some_and(|f| f.starts_with('r'));
                let word = if behind { best.words[1].or(best.words[0]) } else { best.words[0].or(best.words[1]) };
                let evidence = word.unwrap_or(best.body);
                out.push(Likely { kind, entity: body.entity, body: best.body, evidence, features, likelihood });
            }
        }
        out
    }
}

/// How likely a role has to be that no cue tells: the shares at which cues and weights together do
/// best on releases not learnt from.
///
/// `other`: cues give the body another role, or the role to another body.
pub(super) fn least(kind: RoleKind, other: bool) -> f32 {
    let least = match kind {
        RoleKind::Donor => 0.7,
        RoleKind::Implementer => 0.5,
        _ => 0.55,
    };
    if other { 0.5 + least / 2.0 } else { least }
}

/// How many mentions of a body are looked at.
const STANDS: usize = 16;

/// How many sentences the weights ask for: they are those of releases, not of single sentences.
const RELEASE: usize = 4;

/// Below this a role is not thought of.
const UNLIKELY: f32 = 0.2;

/// A weight of the table for each role, and the feature's name.
type Row = ([f32; 3], &'static str);

static WEIGHTS: LazyLock<FxHashMap<u64, Row>> = LazyLock::new(|| {
    table::rows::<4>(include_str!("../../../data/roles/weights.tsv"))
        .map(|[name, weights @ ..]| (hash(name.split('|')), (weights.map(|w| w.parse().unwrap_or(0.0)), name)))
        .collect()
});

/// A role that the weights give a body.
pub(super) struct Likely {
    pub kind: RoleKind,
    pub entity: u32,
    pub body: Span,
    pub evidence: Span,
    /// The features that speak most for it.
    pub features: Vec<&'static str>,
    pub likelihood: f32,
}

/// What speaks for a role before anything is known.
fn bias(kind: usize) -> f32 {
    WEIGHTS.get(&hash(std::iter::once("bias"))).map_or(-9.0, |row| row.0[kind])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_weighs_something_once() {
        let rows: Vec<[&str; 4]> = table::rows(include_str!("../../../data/roles/weights.tsv")).collect();
        assert_eq!(rows.len(), WEIGHTS.len());
        assert!(rows.iter().all(|[_, weights @ ..]| weights.iter().all(|w| w.parse::<f32>().is_ok())));
        assert!(bias(0) < 0.0, "most bodies pay for nothing");
    }
}
