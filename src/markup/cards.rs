//! Lists of other stories: boxes of one kind in a row, each with a headline that is a link.
//!
//! Class names of new builders of pages are anybody's guess; that a card leads elsewhere is not.

use super::tree::{Attribute, Tree};

/// Boxes of one kind in a row that make a list.
const ROW: usize = 3;
/// Nodes of a card that are looked at.
const LOOKED_AT: usize = 200;
/// Letters of a headline.
const HEADLINE: std::ops::RangeInclusive<usize> = 12..=250;

/// For each node whether it is a card; `keeps` says which nodes hold the story.
pub(super) fn find(tree: &Tree, keeps: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut cards = vec![false; tree.len()];
    let mut row: Vec<usize> = Vec::new();
    for parent in (0..tree.len()).filter(|&number| tree.node(number).tag().is_some_and(is_list)) {
        let mut kind: Option<String> = None;
        let mut child = parent + 1;
        while child < tree.node(parent).end() {
            if let Some(tag) = tree.node(child).tag() {
                let own = is_box(tag).then(|| kind_of(tree, child, tag));
                if own.is_none() || own != kind {
                    settle(&mut row, &mut cards);
                    kind = own;
                }
                if kind.is_some() && !keeps(child) && leads_elsewhere(tree, child) {
                    row.push(child);
                } else if kind.is_some() {
                    settle(&mut row, &mut cards);
                }
            }
            child = tree.node(child).end();
        }
        settle(&mut row, &mut cards);
    }
    cards
}

fn settle(row: &mut Vec<usize>, cards: &mut [bool]) {
    if row.len() >= ROW {
        row.iter().for_each(|&card| cards[card] = true);
    }
    row.clear();
}

fn is_list(tag: &str) -> bool {
    matches!(tag, "div" | "section" | "ul" | "ol" | "main" | "aside" | "body" | "article" | "td")
}

fn is_box(tag: &str) -> bool {
    matches!(tag, "div" | "section" | "article" | "a" | "li")
}

/// A tag with its class names, without the numbers that tell one post from another.
fn kind_of(tree: &Tree, number: usize, tag: &str) -> String {
    let class = tree.node(number).attribute(Attribute::Class).unwrap_or_default();
    let class: String = class.chars().filter(|c| !c.is_ascii_digit()).take(100).collect();
    format!("{tag}.{class}")
}

/// Whether a box has a headline that is a link, or is a link with more than one block in it.
fn leads_elsewhere(tree: &Tree, number: usize) -> bool {
    let node = tree.node(number);
    let end = node.end().min(number + LOOKED_AT);
    if node.tag() == Some("a") {
        let blocks = tree.range(number + 1..end).filter(|node| node.tag().is_none() && node.letters() > 0).count();
        return blocks >= 2 && node.letters() >= *HEADLINE.start();
    }
    let is_heading = |at: usize| {
        let node = tree.node(at);
        node.tag().is_some_and(|tag| matches!(tag, "h2" | "h3" | "h4" | "h5" | "h6"))
            || node.attribute(Attribute::Class).is_some_and(|class| class.to_ascii_lowercase().contains("title"))
    };
    let is_headline = |at: usize| HEADLINE.contains(&tree.node(at).letters());
    // every letter of the heading is of a link, or the link holds the heading
    (number + 1..end).filter(|&at| tree.node(at).tag().is_some() && is_headline(at)).any(|at| {
        let (outer, inner) = (tree.node(at).tag() == Some("a"), is_heading(at));
        let within = || (at + 1..tree.node(at).end().min(end)).filter(|&inside| tree.node(inside).tag().is_some());
        let whole = |inside: usize| tree.node(inside).letters() * 10 >= tree.node(at).letters() * 9;
        outer && (inner || within().any(is_heading))
            || inner && within().any(|inside| tree.node(inside).tag() == Some("a") && whole(inside))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(page: &str) -> usize {
        let tree = Tree::parse(page).unwrap();
        find(&tree, |_| false).into_iter().filter(|&card| card).count()
    }

    #[test]
    fn cards_are_boxes_with_linked_headlines() {
        let card = "<div class='k q7'><h3><a href=/1>Bridge opens in the valley</a></h3><p>The mayor came.</p></div>";
        assert_eq!(cards(&card.repeat(3)), 3);
        assert_eq!(cards(&card.repeat(2)), 0);
        assert_eq!(cards(&"<a class=c href=/1><div>Bridge opens in Osh</div><div>The mayor came.</div></a>".repeat(4)), 4);
        assert_eq!(cards(&"<div><h3>Background of the project</h3><p>It began in 2019, see <a href=/1>here</a>.</p></div>".repeat(4)), 0);
        assert_eq!(cards(&"<p><a href=/1>A long list of documents</a> and more</p>".repeat(4)), 0);
    }
}
