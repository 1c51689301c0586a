//! Roles that no cue tells plainly, by weights learnt from annotated releases.
//!
//! Every body of a release is weighed by how its mentions stand among words of funding, giving,
//! carrying out and holding ([`features`]): the sum of the weights in `data/roles/weights.tsv` gives
//! how likely it is that it pays, carries out, organizes. The cues of the rules come first; what is
//! likely enough and not said by a cue is added. `dateline train-roles` fits the weights and says
//! how well they do on releases not learnt from.

mod acts;
mod annotated;
mod features;
mod fit;
mod learn;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

pub use fit::{FitError, Priors, fit};

use super::sentence::{Before, Sentence};
use crate::fingerprint::fnv1a;
use crate::mention::{Fact, Mention, RoleKind};
use crate::page::Page;
use crate::span::Span;
use crate::table;
use features::{Read, Sink, Standing};

/// The roles that are weighed, in the order of the table's columns.
pub(super) const KINDS: [RoleKind; 3] = [RoleKind::Donor, RoleKind::Implementer, RoleKind::Organizer];

/// The features of a body, by hash.
struct Body {
    entity: u32,
    /// Of the body as a whole.
    features: Vec<u64>,
    stands: Vec<Stand>,
}

/// One mention of a body.
struct Stand {
    body: Span,
    features: Vec<u64>,
    /// Words that weigh on it: before it, behind it.
    words: [Option<Span>; 2],
}

impl Body {
    /// Each feature once.
    fn all(&self) -> FxHashSet<u64> {
        self.features.iter().chain(self.stands.iter().flat_map(|s| &s.features)).copied().collect()
    }
}

/// Hashes features; in training it keeps their names.
struct Hashes<'n> {
    out: Vec<u64>,
    names: Option<&'n mut FxHashMap<u64, String>>,
}

impl Sink for Hashes<'_> {
    fn add(&mut self, parts: &[&str]) {
        let bytes = parts.iter().enumerate().flat_map(|(n, part)| (n > 0).then_some(b'|').into_iter().chain(part.bytes()));
        let hash = fnv1a(bytes);
        self.out.push(hash);
        if let Some(names) = &mut self.names {
            names.entry(hash).or_insert_with(|| parts.join("|"));
        }
    }
}

/// The bodies of a release with what speaks for their roles.
fn bodies(page: &Page, mentions: &[Mention], mut names: Option<&mut FxHashMap<u64, String>>) -> Vec<Body> {
    let text = &page.text;
    let mut found: Vec<Body> = Vec::new();
    let mut before: Option<Read> = None;
    let (mut mention, mut told) = (0, 0);
    for sentence in &text.sentences {
        let span = sentence.span;
        while mentions.get(mention).is_some_and(|m| m.span.end <= span.start) {
            mention += 1;
        }
        let named = mentions[mention..].iter().take_while(|m| m.span.start < span.end).any(|m| matches!(m.fact, Fact::Organization(_)));
        let colon = text.fold((sentence.tokens.1 as usize).saturating_sub(1)) == ":";
        if !(named || colon) || page.in_furniture(span) {
            before = None;
            continue;
        }
        let titled = page.zones.title.is_some_and(|t| t.overlaps(span));
        let place = match told {
            _ if titled => "title",
            0 => "lead",
            1 => "second",
            _ => "later",
        };
        told += usize::from(!titled);
        let sentence: Sentence = Before::new(page, mentions, (sentence.tokens.0 as usize, sentence.tokens.1 as usize), mention).read();
        let read = Read::new(&sentence, before.as_ref());
        for at in 0..sentence.items.len() {
            let Some(number) = sentence.body(at) else { continue };
            let Fact::Organization(fact) = &mentions[number].fact else { continue };
            let mut own = FxHashMap::default();
            let mut sink = Hashes { out: Vec::with_capacity(64), names: names.as_deref_mut() };
            let mut all = Hashes { out: Vec::new(), names: Some(&mut own) };
            let words = features::of_mention(&sentence, &read, at, place, &mut sink, &mut all);
            let words = words.map(|w| w.map(|item| text.span(sentence.items[item].first, sentence.items[item].end - 1)));
            let (sink, mut all) = (Hashes { out: sink.out, names: None }, Hashes { out: all.out, names: None });
            if let Some(names) = names.as_deref_mut() { names.extend(own); }
            let stand = Stand { body: mentions[number].span, features: sink.out, words };
            match found.iter_mut().find(|b| b.entity == fact.entity) {
                Some(body) => {
                    body.stands.push(stand);
                    body.features.append(&mut all.out);
                }
                None => found.push(Body { entity: fact.entity, features: all.out, stands: vec![stand] }),
            }
        }
        before = Some(read);
    }
    let counts: Vec<usize> = found.iter().map(|b| b.stands.len()).collect();
    let several = found.len();
    for (first, body) in found.iter_mut().enumerate() {
        let of = |m: &&Mention| matches!(&m.fact, Fact::Organization(o) if o.entity == body.entity);
        let Some(mention) = mentions.iter().find(of) else { continue };
        let inside = |m: &Mention| mentions.iter().any(|p| matches!(p.fact, Fact::Project(_)) && p.span.contains(m.span));
        let standing = Standing {
            mentions: counts[first],
            rank: counts.iter().filter(|&&c| c > counts[first]).count(),
            first,
            bodies: several,
            titled: page.zones.title.is_some_and(|t| body.stands.iter().any(|s| t.contains(s.body))),
            in_project: mentions.iter().filter(of).any(inside),
        };
        let mut sink = Hashes { out: Vec::new(), names: names.as_deref_mut() };
        features::of_body(page, mentions, mention, &standing, &mut sink);
        body.features.append(&mut sink.out);
    }
    found
}

/// A weight of the table for each role, and the feature's name.
type Row = ([f32; 3], &'static str);

static WEIGHTS: LazyLock<FxHashMap<u64, Row>> = LazyLock::new(|| {
    table::rows::<4>(include_str!("../../../data/roles/weights.tsv"))
        .map(|[name, weights @ ..]| (fnv1a(name.bytes()), (weights.map(|w| w.parse().unwrap_or(0.0)), name)))
        .collect()
});

/// A role that the weights give a body.
pub(super) struct Likely {
    pub kind: RoleKind,
    pub entity: u32,
    pub body: Span,
    pub evidence: Span,
    /// The feature that speaks most for it.
    pub feature: &'static str,
    pub likelihood: f32,
}

/// How likely each body of the release pays, carries out, organizes.
pub(super) fn weigh(page: &Page, mentions: &[Mention]) -> Vec<Likely> {
    let mut out = Vec::new();
    for body in bodies(page, mentions, None) {
        let all = body.all();
        for (k, kind) in KINDS.into_iter().enumerate() {
            let weight = |f: &u64| WEIGHTS.get(f).map_or(0.0, |(w, _)| w[k]);
            let likelihood = learn::likely(bias(k) + if std::env::var("UNION").is_ok() { all.iter().map(weight).sum::<f32>() } else {
                let own: std::collections::BTreeSet<u64> = body.features.iter().copied().collect();
                own.iter().map(weight).sum::<f32>() + body.stands.iter().map(|s| s.features.iter().copied().collect::<std::collections::BTreeSet<u64>>().iter().map(weight).sum::<f32>()).fold(f32::MIN, f32::max)
            });
            if likelihood < 0.05 {
                continue;
            }
            let sum = |s: &&Stand| s.features.iter().map(weight).sum::<f32>();
            let Some(best) = body.stands.iter().max_by(|a, b| sum(a).total_cmp(&sum(b))) else { continue };
            let strongest = best.features.iter().filter_map(|f| WEIGHTS.get(f)).max_by(|a, b| a.0[k].total_cmp(&b.0[k]));
            let feature = strongest.map_or("", |row| row.1);
            let behind = feature.starts_with('r');
            let word = if behind { best.words[1].or(best.words[0]) } else { best.words[0].or(best.words[1]) };
            let evidence = word.unwrap_or(best.body);
            out.push(Likely { kind, entity: body.entity, body: best.body, evidence, feature, likelihood });
        }
    }
    out
}

/// What speaks for a role before anything is known.
fn bias(kind: usize) -> f32 {
    WEIGHTS.get(&fnv1a("bias".bytes())).map_or(-9.0, |row| row.0[kind])
}
