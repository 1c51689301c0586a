//! Elements of a web page that tell what stands in them: `data/zones/elements.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table;

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// The class of furniture, as in [`Stretch`](crate::zones::Stretch).
    pub class: &'static str,
    /// `tag:nav`, `class:breadcrumb`.
    pub name: &'static str,
    /// How much it says beside what the words of the line say.
    pub weight: f32,
}

#[derive(Debug, Default)]
struct Elements {
    rows: Vec<Element>,
    by_name: FxHashMap<&'static str, u16>,
}

static ELEMENTS: LazyLock<Elements> = LazyLock::new(|| {
    let mut elements = Elements::default();
    for [name, class, weight] in table::rows(include_str!("../../data/zones/elements.tsv")) {
        elements.by_name.insert(name, elements.rows.len() as u16);
        elements.rows.push(Element { class, name, weight: weight.parse().unwrap_or(1.0) });
    }
    elements
});

/// The row of this number.
#[must_use]
pub fn element(row: u16) -> Option<Element> {
    ELEMENTS.rows.get(usize::from(row)).copied()
}

/// The row of a tag or a role.
pub(super) fn of(kind: &str, word: &str) -> Option<u16> {
    ELEMENTS.by_name.get(format!("{kind}:{word}").as_str()).copied()
}

/// The row that the words of a class or an id name: a word is a whole name, or a part of one
/// between `-`, `_` and capitals.
pub(super) fn of_class(names: &str) -> Option<u16> {
    for name in names.split_ascii_whitespace().take(16) {
        // "no-comments", "has-sidebar" tell of the page and not of what stands here
        if ["no-", "has-", "with-", "without-", "hide-", "show-"].iter().any(|start| name.starts_with(start)) {
            continue;
        }
        let lower = name.to_ascii_lowercase();
        if let Some(row) = of("class", &lower) {
            return Some(row);
        }
        let mut word = String::new();
        for c in name.chars().chain(['-']).take(80) {
            if c == '-' || c == '_' || c.is_ascii_uppercase() {
                if let Some(row) = (!word.is_empty()).then(|| of("class", &word)).flatten() {
                    return Some(row);
                }
                word.clear();
            }
            if c.is_ascii_alphabetic() {
                word.push(c.to_ascii_lowercase());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_classes_are_told() {
        let class = |names| of_class(names).and_then(element).map(|e| e.class);
        assert_eq!(class("site-nav clearfix"), Some("menu"));
        assert_eq!(class("shareButtons"), Some("share"));
        assert_eq!(class("article-text"), None);
        assert_eq!(class("page no-comments has-sidebar"), None);
    }
}
