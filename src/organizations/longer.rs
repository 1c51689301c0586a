//! Which of a document's names are longer than another and begin or end with it.

use rustc_hash::FxHashMap;

use super::identity::Name;

/// So many names are compared each with each; of more, those that may fit are looked up.
pub(super) const FEW: usize = 100;

/// The longer names by their beginnings and ends, so that a list of a thousand bodies is read in
/// the time of its length.
pub(super) struct Longer<'n> {
    by_part: FxHashMap<&'n [u64], Vec<usize>>,
}

impl<'n> Longer<'n> {
    pub(super) fn of(names: &'n [Name]) -> Option<Self> {
        if names.len() <= FEW {
            return None;
        }
        let mut by_part: FxHashMap<&[u64], Vec<usize>> = FxHashMap::default();
        for (j, long) in names.iter().enumerate() {
            for cut in 1..long.keys.len() {
                let (beginning, end) = long.keys.split_at(cut);
                for part in [beginning, end] {
                    let list = by_part.entry(part).or_default();
                    if list.last() != Some(&j) {
                        list.push(j);
                    }
                }
            }
        }
        Some(Self { by_part })
    }

    /// Names that begin or end with all words of another, in order.
    pub(super) fn than(&self, short: &Name) -> &[usize] {
        self.by_part.get(short.keys.as_slice()).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_list_few_names_are_compared_with_each() {
        let name =
            |n: u64| Name { mention: 0, first: 0, end: 3, keys: vec![n, n / 2, n % 7], row: None, maybe: None, shared: None, head: None };
        let mut names: Vec<Name> = (0..5000).map(name).collect();
        assert!(Longer::of(&names[..FEW]).is_none());
        names.push(Name { keys: vec![40, 20], ..name(0) });
        let longer = Longer::of(&names).unwrap();
        assert_eq!(longer.than(&names[5000]), [40]);
        assert!(longer.than(&names[17]).is_empty());
        let looked_at: usize = names.iter().map(|name| longer.than(name).len()).sum();
        assert!(looked_at < names.len(), "{looked_at}");
    }
}
