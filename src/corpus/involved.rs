//! Which names of a corpus another name may change: few of many, so that those few alone are held in
//! memory when names are decided.
//!
//! A name is involved when it has several spellings, a document gives a translation of it, it is such a
//! translation, it shares an acronym with another name or with a body that is named by the acronym alone,
//! or its proper part stands in the other script too.

use std::collections::BTreeMap;
use std::io;

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::proper_part;
use super::runs::{Merged, Sorted, Sorter};
use super::seen::Seen;
use crate::fingerprint::fnv1a;

/// Names that may change, with what their decision needs to know.
#[derive(Debug, Default)]
pub(super) struct Involved {
    pub bodies: BTreeMap<String, Seen>,
    /// Hashes of proper parts that one name of each script has.
    pub alike: FxHashSet<u64>,
}

/// Acronyms by their hashes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Acronym {
    /// Of one name.
    Own,
    /// Of several names, or a name itself.
    Common,
}

impl Involved {
    /// Reads all names three times: `sorted` has folded names with what is seen of them, each perhaps in parts.
    pub fn of(sorted: &Sorted) -> io::Result<Self> {
        let mut acronyms: FxHashMap<u64, Acronym> = FxHashMap::default();
        let mut translations: FxHashSet<u64> = FxHashSet::default();
        let mut parts = Sorter::default();
        let mut bodies = Bodies::of(sorted)?;
        while let Some((key, seen)) = bodies.next()? {
            for acronym in seen.acronyms.keys().filter(|acronym| *acronym != key) {
                acronyms.entry(hash(acronym)).and_modify(|known| *known = Acronym::Common).or_insert(Acronym::Own);
            }
            translations.extend(seen.translations.keys().map(hash));
            if let Some(part) = proper_part(&key, &seen) {
                parts.push(&hash(&part.letters).to_be_bytes(), &[u8::from(part.cyrillic)])?;
            }
        }
        let alike = of_both_scripts(&parts.finish()?)?;
        if !acronyms.is_empty() {
            let mut keys = sorted.read()?;
            while let Some((key, _)) = keys.next()? {
                if let Some(known) = acronyms.get_mut(&fnv1a(key.iter().copied())) {
                    *known = Acronym::Common;
                }
            }
        }
        let mut involved = Self { bodies: BTreeMap::new(), alike };
        let mut bodies = Bodies::of(sorted)?;
        while let Some((key, seen)) = bodies.next()? {
            let own = hash(&key);
            let is_involved = seen.names.len() > 1
                || !seen.translations.is_empty()
                || translations.contains(&own)
                || acronyms.contains_key(&own)
                || seen.acronyms.keys().any(|acronym| acronyms.get(&hash(acronym)) == Some(&Acronym::Common))
                || !involved.alike.is_empty() && proper_part(&key, &seen).is_some_and(|part| involved.alike.contains(&hash(&part.letters)));
            if is_involved {
                involved.bodies.insert(key, seen);
            }
        }
        Ok(involved)
    }
}

fn hash(name: &str) -> u64 {
    fnv1a(name.bytes())
}

/// Hashes that two entries have, one for each script.
fn of_both_scripts(parts: &Sorted) -> io::Result<FxHashSet<u64>> {
    let mut found = FxHashSet::default();
    let mut merged = parts.read()?;
    // how many names of each script have the present hash
    let (mut present, mut counts) = (0, [0_u32; 2]);
    loop {
        let next = merged.next()?.and_then(|(key, value)| Some((u64::from_be_bytes(key.try_into().ok()?), *value.first()?)));
        if next.is_none_or(|(hash, _)| hash != present) {
            if counts == [1, 1] {
                found.insert(present);
            }
            counts = [0; 2];
        }
        let Some((hash, cyrillic)) = next else { return Ok(found) };
        present = hash;
        counts[usize::from(cyrillic != 0)] += 1;
    }
}

/// Names in order, each once.
struct Bodies<'a> {
    merged: Merged<'a>,
    /// The name that was read too far.
    ahead: Option<(String, Seen)>,
}

impl<'a> Bodies<'a> {
    fn of(sorted: &'a Sorted) -> io::Result<Self> {
        let mut bodies = Self { merged: sorted.read()?, ahead: None };
        bodies.ahead = bodies.part()?;
        Ok(bodies)
    }

    fn part(&mut self) -> io::Result<Option<(String, Seen)>> {
        let Some((key, value)) = self.merged.next()? else { return Ok(None) };
        let part = std::str::from_utf8(key).ok().and_then(|key| Some((key.to_string(), Seen::unpack(value)?)));
        part.map(Some).ok_or(io::ErrorKind::InvalidData.into())
    }

    fn next(&mut self) -> io::Result<Option<(String, Seen)>> {
        let Some((key, mut seen)) = self.ahead.take() else { return Ok(None) };
        loop {
            match self.part()? {
                Some((next, more)) if next == key => seen.add(more),
                next => {
                    self.ahead = next;
                    return Ok(Some((key, seen)));
                }
            }
        }
    }
}
