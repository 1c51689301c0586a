//! What the head of a page says of it: its titles and days.
//!
//! From `meta` (Open Graph, Dublin Core and their kin, `data/dates/metadata.tsv`), `<title>` and JSON-LD
//! (schema.org). The headline of the page is the heading, or the box, or the line that agrees with a title.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::tree::{Attribute, Node, Tree};
use super::{Mark, Stamp};
use crate::table;

/// The names of metadata that hold the day of publication, with their rank.
static NAMES: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    table::rows(include_str!("../../data/dates/metadata.tsv")).map(|[name, rank]| (name, rank.parse().unwrap_or(9))).collect()
});

/// What the head of a page says.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Titles from the metadata, the most trusted first.
    titles: Vec<String>,
    /// The site's own name, as a key.
    site: Option<String>,
    /// Days, with their rank.
    pub stamps: Vec<(u8, Stamp)>,
}

/// Between a headline and the name of the site.
const SEPARATORS: [&str; 9] = [" | ", " — ", " – ", " - ", " :: ", " » ", " « ", " • ", " / "];

impl Head {
    pub fn read(tree: &Tree) -> Self {
        let mut head = Self::default();
        let mut titles: Vec<(u8, String)> = Vec::new();
        for (number, node) in tree.nodes().enumerate() {
            match node.tag() {
                Some("meta") => {
                    let Some(content) =
                        node.attribute(Attribute::Content).filter(|content| !content.trim().is_empty() && content.len() < 1000)
                    else {
                        continue;
                    };
                    for name in
                        [Attribute::Property, Attribute::Name, Attribute::Itemprop].into_iter().filter_map(|name| node.attribute(name))
                    {
                        let name = name.trim().to_ascii_lowercase();
                        if let Some(&rank) = NAMES.get(name.as_str()) {
                            head.stamps.push((rank, Stamp { written: content.trim().into(), rule: format!("markup:meta:{name}") }));
                        }
                        match name.as_str() {
                            "og:title" => titles.push((0, content.into())),
                            "headline" | "citation_title" | "dc.title" | "dcterms.title" | "twitter:title" => {
                                titles.push((1, content.into()))
                            }
                            "og:site_name" => head.site = Some(key(content)),
                            _ => {}
                        }
                    }
                }
                Some("title") if !titles.iter().any(|t| t.0 == 3) && tree.node(node.parent()).tag() == Some("head") => {
                    titles.push((3, tree.text_of(number)));
                }
                Some("script")
                    if node.attribute(Attribute::Type).is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
                {
                    let json: String = tree.range(number + 1..node.end()).filter_map(Node::text).collect();
                    head.json(&json, &mut titles);
                }
                _ => {}
            }
        }
        titles.sort_by_key(|title| title.0);
        for (rank, title) in titles {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut parts: Vec<&str> = Vec::new();
            if rank == 3 || SEPARATORS.iter().any(|mark| title.contains(mark)) {
                for mark in SEPARATORS {
                    parts.extend(title.split(mark).filter(|part| part.len() < title.len()));
                }
                // the longest part is the headline
                parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
            }
            let parts: Vec<String> = parts.into_iter().map(Into::into).collect();
            head.titles.push(title);
            head.titles.extend(parts);
        }
        head.titles.retain(|title| {
            let key = key(title);
            key.chars().count() >= 8 && Some(&key) != head.site.as_ref()
        });
        head.titles.truncate(40);
        head
    }

    /// Articles of schema.org.
    fn json(&mut self, source: &str, titles: &mut Vec<(u8, String)>) {
        let clean: String = source.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let clean = clean.trim().trim_start_matches("//").trim_start_matches("<![CDATA[").trim_end_matches("//]]>").trim_end_matches("]]>");
        let Ok(value) = serde_json::from_str::<Value>(clean) else { return };
        let mut open = vec![&value];
        let mut steps = 0;
        while let Some(value) = open.pop() {
            steps += 1;
            if steps > 20_000 {
                return;
            }
            match value {
                Value::Array(values) => open.extend(values.iter().rev()),
                Value::Object(fields) => {
                    let kinds = match fields.get("@type") {
                        Some(Value::String(kind)) => kind.clone(),
                        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
                        _ => String::new(),
                    };
                    let article = ["Article", "Posting", "PressRelease", "Report", "CreativeWork"].iter().any(|kind| kinds.contains(kind));
                    if article || kinds.contains("WebPage") {
                        if let Some(day) = fields.get("datePublished").and_then(Value::as_str) {
                            let stamp = Stamp { written: day.into(), rule: "markup:json-ld:datePublished".into() };
                            self.stamps.push((if article { 1 } else { 2 }, stamp));
                        }
                        if article && let Some(title) = fields.get("headline").and_then(Value::as_str) {
                            titles.push((1, title.into()));
                        }
                    }
                    // a list of other stories tells nothing of this one
                    if !kinds.contains("ItemList") {
                        open.extend(fields.values().rev());
                    }
                }
                _ => {}
            }
        }
    }
}

/// Letters and digits alone, in small letters.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

/// Whether a title of the metadata names this line: the same, or the same with the name of the site
/// before or after it.
fn names(title: &str, own: &str) -> bool {
    title == own || own.len() >= 24 && own.len() * 3 >= title.len() && (title.starts_with(own) || title.ends_with(own))
}

/// The heading that the metadata name as the title.
pub(super) fn title_heading(tree: &Tree, head: &Head) -> Option<usize> {
    let keys: Vec<String> = head.titles.iter().map(|title| key(title)).collect();
    let mut best: Option<(usize, usize)> = None;
    for (number, node) in tree.nodes().enumerate() {
        let level = match node.tag() {
            Some("h1") => 0,
            Some("h2") => 1,
            Some("h3") => 2,
            _ => continue,
        };
        let own = key(&tree.text_of(number));
        if own.chars().count() < 8 || Some(&own) == head.site.as_ref() {
            continue;
        }
        let Some(rank) = keys.iter().position(|key| names(key, &own)) else { continue };
        if best.is_none_or(|(score, _)| rank * 4 + level < score) {
            best = Some((rank * 4 + level, number));
        }
    }
    if best.is_some() {
        return best.map(|(_, number)| number);
    }
    // a box that holds the title and nothing else
    let mut number = 0;
    let mut first: Option<(usize, usize)> = None;
    while number < tree.len() {
        let node = tree.node(number);
        let tag = node.tag().unwrap_or_default();
        let crumbs = || {
            matches!(tag, "nav" | "ul" | "ol" | "title" | "a")
                || node.attribute(Attribute::Class).is_some_and(|class| class.contains("crumb"))
        };
        if node.says().unseen || crumbs() {
            number = node.end();
            continue;
        }
        if node.tag().is_some() && (8..=300).contains(&node.letters()) {
            let own = key(&tree.text_of(number));
            let rank = keys.iter().position(|key| names(key, &own)).filter(|_| Some(&own) != head.site.as_ref());
            if let Some(rank) = rank.filter(|&rank| first.is_none_or(|(best, _)| rank < best)) {
                first = Some((rank, number));
            }
        }
        number += 1;
    }
    first.map(|(_, number)| number)
}

/// Marks the line that is the title where no heading is, and puts the title on top of a text that
/// has no line like it.
pub(super) fn settle_title(head: &Head, text: &mut String, lines: &mut Vec<Mark>) {
    if lines.contains(&Mark::Title) || head.titles.is_empty() {
        return;
    }
    let keys: Vec<String> = text.lines().map(key).collect();
    for title in &head.titles {
        let title = key(title);
        let at = (0..keys.len()).find(|&at| names(&title, &keys[at]) && !matches!(lines.get(at), Some(Mark::Page(_) | Mark::Links)));
        if let Some(at) = at {
            if let Some(mark) = lines.get_mut(at) {
                *mark = Mark::Title;
            }
            return;
        }
    }
    if lines.contains(&Mark::Heading) {
        return;
    }
    if let Some(title) = head.titles.first().filter(|title| title.split(' ').count() >= 3) {
        text.insert_str(0, &format!("{title}\n\n"));
        lines.splice(0..0, [Mark::Title, Mark::None]);
    }
}
