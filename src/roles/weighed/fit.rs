//! Fits the weights of roles, and measures them on releases not learnt from.

use std::fmt::Write;
use std::path::PathBuf;

use rustc_hash::FxHashMap;

pub use super::learn::Priors;
use super::learn::{Example, chance, learn};
use super::{KINDS, least};
use crate::annotated::{self, Error};
use crate::mention::Fact;
use crate::{Document, Extractor, Settings};

/// In how many releases a feature has to stand.
const SEEN: usize = 3;

/// A body of a release.
struct Body {
    /// Its id in the annotation, if it is marked there.
    id: Option<String>,
    example: Example,
    /// What the cues say of it.
    told: [bool; 3],
}

struct Release {
    name: String,
    folder: usize,
    bodies: Vec<Body>,
    roles: [Vec<String>; 3],
}

/// The table of weights learnt from annotated releases in `folders`, each with the weight of one of
/// its releases, and a report: precision and recall of each role by cues, by weights and by both, by
/// folder, in `parts` parts of the releases, each measured with weights that have not seen it.
///
/// # Errors
/// When a folder has no annotated releases, or a file of it cannot be read.
pub fn fit(folders: &[(PathBuf, f32)], parts: usize, priors: Priors, errors: bool) -> Result<(String, String), Error> {
    let extractor = Extractor::new(Settings::default());
    let mut names: FxHashMap<u64, String> = FxHashMap::default();
    let mut raw = Vec::new();
    for (folder, (path, weight)) in folders.iter().enumerate() {
        for release in annotated::Release::read(path)? {
            let roles = ["donors", "implementers", "organizers"].map(|key| release.list(key));
            let document = Document::new(release.name.clone(), release.text.as_str());
            let (page, mentions) = extractor.mentions(&document);
            let (told, mut gathered) = super::super::cued(&page, &mentions, true);
            gathered.finish(&page, &mentions);
            for hashes in [&mut gathered.stand, &mut gathered.whole] {
                names.extend(hashes.names.take().unwrap_or_default());
            }
            let mut found = Vec::new();
            for body in gathered.bodies {
                let mut spans =
                    mentions.iter().filter(|m| matches!(&m.fact, Fact::Organization(o) if o.entity == body.entity)).map(|m| m.span);
                let id = spans.find_map(|span| {
                    let same = release.marked("ORG").find(|mark| mark.span == span);
                    same.or_else(|| release.marked("ORG").find(|mark| mark.span.overlaps(span))).map(|mark| mark.attributes.clone())
                });
                let right = [0, 1, 2].map(|k| id.as_ref().is_some_and(|id| roles[k].contains(id)));
                let by_cue = KINDS.map(|kind| told.iter().any(|r| r.kind == kind && r.entity == body.entity));
                found.push((id, right, by_cue, body));
            }
            raw.push((release.name, roles, folder, *weight, found));
        }
    }
    // features that stand in releases enough, numbered by name
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    for (.., found) in &raw {
        let here: rustc_hash::FxHashSet<u64> =
            found.iter().flat_map(|f| f.3.stands.iter().flat_map(|s| &s.features).chain(&f.3.features)).copied().collect();
        here.into_iter().for_each(|f| *seen.entry(f).or_default() += 1);
    }
    let mut kept: Vec<(&str, u64)> = seen.iter().filter(|(_, n)| **n >= SEEN).map(|(&f, _)| (names[&f].as_str(), f)).collect();
    kept.sort_unstable();
    let numbers: FxHashMap<u64, u32> = kept.iter().zip(1u32..).map(|((_, f), n)| (*f, n)).collect();
    let count = kept.len() + 1;
    let releases: Vec<Release> = raw
        .into_iter()
        .map(|(name, roles, folder, weight, found)| {
            let numbered = |features: &[u64]| -> Vec<u32> {
                let mut found: Vec<u32> = features.iter().filter_map(|f| numbers.get(f).copied()).collect();
                found.sort_unstable();
                found.dedup();
                found
            };
            let body = |(id, right, told, body): (Option<String>, [bool; 3], [bool; 3], super::Body)| {
                let mut features = numbered(&body.features);
                features.push(0);
                let stands = body.stands.iter().map(|s| numbered(&s.features)).collect();
                Body { id, told, example: Example { features, stands, right, weight, invented: folder > 0 } }
            };
            Release { name, folder, bodies: found.into_iter().map(body).collect(), roles }
        })
        .collect();

    let mut report =
        format!("{} releases, {} bodies, {count} features\n", releases.len(), releases.iter().map(|r| r.bodies.len()).sum::<usize>());
    let weights_of = |left_out: &dyn Fn(usize) -> bool| -> [Vec<f32>; 3] {
        let examples: Vec<&Example> =
            releases.iter().enumerate().filter(|(n, _)| !left_out(*n)).flat_map(|(_, r)| r.bodies.iter().map(|b| &b.example)).collect();
        [0, 1, 2].map(|k| learn(&examples, count, k, priors))
    };
    if parts > 1 {
        let mut chances: Vec<Vec<[f32; 3]>> = releases.iter().map(|_| Vec::new()).collect();
        for part in 0..parts {
            let weights = weights_of(&|n| n % parts == part);
            for (n, release) in releases.iter().enumerate().filter(|(n, _)| n % parts == part) {
                chances[n] = release.bodies.iter().map(|b| [0, 1, 2].map(|k| chance(&b.example, &weights[k]))).collect();
            }
        }
        measure(&releases, folders, &chances, errors, &mut report);
    }
    let weights = weights_of(&|_| false);
    let mut table = String::from(
        "# Weights of the roles of bodies; src/roles/weighed/features.rs says what each feature is.\n\
         # Made by `dateline train-roles`, not by hand: see data/README.md.\n\
         feature\tdonor\timplementer\torganizer\n",
    );
    let row = |name: &str, n: usize, table: &mut String| {
        let all = [weights[0][n], weights[1][n], weights[2][n]];
        if all.iter().any(|w| w.abs() >= 0.01) {
            let _ = writeln!(table, "{name}\t{:.2}\t{:.2}\t{:.2}", all[0], all[1], all[2]);
        }
    };
    row("bias", 0, &mut table);
    kept.iter().enumerate().for_each(|(n, (name, _))| row(name, n + 1, &mut table));
    Ok((table, report))
}

/// Right, wrong and missed roles.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn print(self) -> String {
        let share = |a: usize, b: usize| a as f32 / b.max(1) as f32;
        let (p, r) = (share(self.right, self.right + self.wrong), share(self.right, self.right + self.missed));
        format!("{p:.3} {r:.3} {:.3}", 2.0 * p * r / (p + r).max(1e-6))
    }
}

fn count(release: &Release, kind: usize, says: &dyn Fn(usize) -> bool) -> Count {
    let mut count = Count::default();
    let mut found: Vec<&str> = Vec::new();
    for (_, body) in release.bodies.iter().enumerate().filter(|(n, _)| says(*n)) {
        match &body.id {
            Some(id) if found.contains(&id.as_str()) => {}
            Some(id) => {
                found.push(id);
                if body.example.right[kind] { count.right += 1 } else { count.wrong += 1 }
            }
            None => count.wrong += 1,
        }
    }
    count.missed = release.roles[kind].iter().filter(|id| !found.contains(&id.as_str())).count();
    count
}

fn measure(releases: &[Release], folders: &[(PathBuf, f32)], chances: &[Vec<[f32; 3]>], errors: bool, report: &mut String) {
    for (folder, (path, _)) in folders.iter().enumerate() {
        for (k, kind) in KINDS.iter().enumerate() {
            let sum = |says: &dyn Fn(&Release, usize, usize) -> bool| {
                let mut all = Count::default();
                for (n, release) in releases.iter().enumerate().filter(|(_, r)| r.folder == folder) {
                    let one = count(release, k, &|b| says(release, n, b));
                    all.right += one.right;
                    all.wrong += one.wrong;
                    all.missed += one.missed;
                }
                all.print()
            };
            let cues = sum(&|r, _, b| r.bodies[b].told[k]);
            let both = sum(&|r, n, b| {
                let body = &r.bodies[b];
                let other = (0..3).any(|o| o != k && (body.told[o] || chances[n][b][o] > chances[n][b][k]));
                let settled = r.bodies.iter().any(|b| b.told[k]);
                body.told[k] || chances[n][b][k] >= least(*kind, other || settled)
            });
            let _ = writeln!(report, "{} {kind:?}: by cues {cues} | with weights {both}", path.display());
            for from in [0.3, 0.4, 0.5, 0.6, 0.7] {
                let _ = writeln!(report, "    by weights alone, from {from}: {}", sum(&|_, n, b| chances[n][b][k] >= from));
            }
        }
    }
    if errors {
        for (n, release) in releases.iter().enumerate() {
            for (b, body) in release.bodies.iter().enumerate() {
                for k in 0..3 {
                    let chance = chances[n][b][k];
                    if (chance >= 0.5) != body.example.right[k] {
                        let id = body.id.as_deref().unwrap_or("(not marked)");
                        let _ = writeln!(
                            report,
                            "{}\t{id}\t{:?}\t{chance:.2}\t{}",
                            release.name,
                            KINDS[k],
                            if body.told[k] { "cue" } else { "" }
                        );
                    }
                }
            }
        }
    }
}
