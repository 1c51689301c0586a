//! Elements of a web page: which begin a line, and which tell what stands in them (`data/zones/elements.tsv`).

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

/// What builders of pages put before the name of everything: it says nothing of what stands there.
const BUILDERS: [&str; 4] = ["elementor-widget-", "elementor-", "wp-block-", "t-"];

/// What such names end with: a box of what the word before it says.
const BOXES: [&str; 16] = [
    "posts",
    "post",
    "news",
    "items",
    "item",
    "list",
    "block",
    "box",
    "wrapper",
    "wrap",
    "container",
    "section",
    "area",
    "bar",
    "panel",
    "s",
];

/// A word that holds the story whatever else its name says, as `widget-post-content`.
const STORY: [&str; 4] = ["content", "body", "text", "article"];

/// Rows that weigh no more than this say little beside a word of the story.
const WEAK: f32 = 2.5;

/// The row that the words of a class or an id name: a word is a whole name, or one or two parts of
/// one between `-`, `_` and capitals.
pub(super) fn of_class(names: &str) -> Option<u16> {
    names.split_ascii_whitespace().take(16).find_map(of_name)
}

fn of_name(name: &str) -> Option<u16> {
    // "no-comments", "has-sidebar" tell of the page and not of what stands here
    if ["no-", "has-", "with-", "without-", "hide-", "show-"].iter().any(|start| name.starts_with(start)) {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    if let Some(row) = of("class", &lower) {
        return Some(row);
    }
    if BUILDERS.iter().any(|builder| builder.strip_suffix('-') == Some(name)) {
        return None;
    }
    let name = BUILDERS.iter().find_map(|builder| name.strip_prefix(builder)).unwrap_or(name);
    let mut parts: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in name.chars().chain(['-']).take(80) {
        if (c == '-' || c == '_' || c.is_ascii_uppercase()) && !word.is_empty() {
            parts.push(std::mem::take(&mut word));
        }
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
    }
    let of_story = parts.iter().any(|part| STORY.contains(&part.as_str()));
    let said = |row: &u16| !of_story || element(*row).is_none_or(|element| element.weight > WEAK);
    let pair = parts.windows(2).find_map(|pair| of("class", &format!("{}-{}", pair[0], pair[1])));
    let boxed = |part: &String| {
        BOXES.iter().find_map(|end| part.strip_suffix(end).filter(|stem| stem.len() >= 5)).and_then(|stem| of("class", stem))
    };
    pair.or_else(|| parts.iter().find_map(|part| of("class", part).or_else(|| boxed(part)))).filter(said)
}

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "label",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "option",
    "search",
    "section",
    "summary",
    "tbody",
    "tfoot",
    "thead",
    "tr",
];
/// Elements that have a blank line around them, too.
const PARAGRAPHS: &[&str] = &["blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul"];
/// Elements that hold no text for readers.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video", "select",
    "datalist", "textarea", "map", "noframes", "frameset",
];

/// What the name of an element says; looked up once for a page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tag {
    /// It holds no text for readers.
    pub(super) unseen: bool,
    /// It begins and ends a line.
    pub(super) block: bool,
    /// It has a blank line around it, too.
    pub(super) paragraph: bool,
    /// The row of the table that it falls under.
    pub(super) row: Option<u16>,
}

impl Tag {
    pub(super) fn of(name: &str) -> Self {
        let paragraph = PARAGRAPHS.contains(&name);
        Self { unseen: UNSEEN.contains(&name), block: paragraph || BLOCKS.contains(&name), paragraph, row: of("tag", name) }
    }
}

/// Whether an element begins and ends a line.
pub(super) fn is_block(tag: &str) -> bool {
    BLOCKS.contains(&tag) || PARAGRAPHS.contains(&tag)
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
        assert_eq!(class("jp-relatedposts"), Some("teaser"));
        assert_eq!(class("commentsBlock"), Some("comments"));
        assert_eq!(class("read-more-inline"), Some("teaser"));
        assert_eq!(class("elementor-widget elementor-widget-theme-post-content"), None);
        assert_eq!(class("elementor-widget-share-buttons"), Some("share"));
    }
}
