//! A web page as a flat list of nodes in the order of the source, so that nothing here recurses.

use super::elements::Tag;
pub(super) use super::nodes::Attribute;
use super::nodes::{Contents, MOST, NONE};
use super::{Fault, depth};

/// A parsed page: a column for each thing that is asked of a node, by its number in the order of
/// the source.
#[derive(Debug, Default)]
pub(super) struct Tree {
    contents: Contents,
    /// What each name of an element says.
    tags: Vec<Tag>,
    /// The number that a node has in `contents`.
    made: Vec<u32>,
    parent: Vec<u32>,
    end: Vec<u32>,
    letters: Vec<u32>,
}

/// An element or a run of text; a comment is neither.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    tree: &'a Tree,
    number: usize,
}

impl Tree {
    /// Parses a page: any text is one.
    pub(super) fn parse(source: &str) -> Result<Self, Fault> {
        let (first, after, contents) = depth::parse(source).settled();
        if first.len() >= MOST {
            return Err(Fault::new("too-large", format!("has more than {MOST} elements")));
        }
        let mut tree = Self { tags: contents.names().map(Tag::of).collect(), contents, ..Self::default() };
        tree.made.reserve_exact(first.len());
        tree.parent.reserve_exact(first.len());
        let mut open = vec![(0, 0)];
        while let Some((made, parent)) = open.pop() {
            let number = tree.made.len() as u32;
            tree.made.push(made);
            tree.parent.push(parent);
            let (child, sibling) = (first[made as usize], after[made as usize]);
            open.extend([(sibling, parent), (child, number)].into_iter().filter(|(node, _)| *node != NONE));
        }
        drop((first, after));
        let letters = |&made| tree.contents.text(made).map_or(0, letters_of);
        tree.letters = tree.made.iter().map(letters).collect();
        tree.end = (1..=tree.made.len() as u32).collect();
        for number in (1..tree.len()).rev() {
            // what a script or a style holds is no text
            let counts = tree.node(number).tag().is_none_or(|tag| !matches!(tag, "script" | "style" | "noscript" | "template" | "head"));
            let parent = tree.parent[number] as usize;
            tree.end[parent] = tree.end[parent].max(tree.end[number]);
            tree.letters[parent] += if counts { tree.letters[number] } else { 0 };
        }
        Ok(tree)
    }

    pub(super) fn len(&self) -> usize {
        self.made.len()
    }

    pub(super) fn node(&self, number: usize) -> Node<'_> {
        Node { tree: self, number }
    }

    /// All nodes, or some in a row.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        self.range(0..self.len())
    }

    pub(super) fn range(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = Node<'_>> {
        range.map(|number| self.node(number))
    }

    /// The text of an element, its white space collapsed.
    pub(super) fn text_of(&self, number: usize) -> String {
        let runs: String = self.range(number..self.node(number).end()).filter_map(Node::text).collect();
        runs.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl<'a> Node<'a> {
    /// One past its last descendant.
    pub(super) fn end(self) -> usize {
        self.tree.end[self.number] as usize
    }

    /// The element it stands in; itself for the root.
    pub(super) fn parent(self) -> usize {
        self.tree.parent[self.number] as usize
    }

    /// Letters and digits in it.
    pub(super) fn letters(self) -> usize {
        self.tree.letters[self.number] as usize
    }

    /// The name of an element.
    pub(super) fn tag(self) -> Option<&'a str> {
        self.tree.contents.tag(self.tree.made[self.number])
    }

    /// What the name of an element says; nothing for a text.
    pub(super) fn says(self) -> Tag {
        let name = self.tree.contents.name_of(self.tree.made[self.number]);
        name.and_then(|name| self.tree.tags.get(name)).copied().unwrap_or_default()
    }

    /// The value of an attribute.
    pub(super) fn attribute(self, wanted: Attribute) -> Option<&'a str> {
        self.tree.contents.attribute(self.tree.made[self.number], wanted)
    }

    /// Whether it has the attribute.
    pub(super) fn has(self, wanted: Attribute) -> bool {
        self.attribute(wanted).is_some()
    }

    /// A run of text.
    pub(super) fn text(self) -> Option<&'a str> {
        self.tree.contents.text(self.tree.made[self.number])
    }
}

fn letters_of(text: &str) -> u32 {
    text.chars().filter(|c| c.is_alphanumeric()).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_in_the_order_of_the_source() {
        let tree = Tree::parse("<p class=a>one <b id=b>two</b><!-- c --><table>three<tr><td>four").unwrap();
        let names: Vec<_> = tree.nodes().map(|node| node.tag().or(node.text()).unwrap_or("-")).collect();
        assert_eq!(names, ["-", "html", "head", "body", "p", "one ", "b", "two", "-", "three", "table", "tbody", "tr", "td", "four"]);
        assert_eq!(tree.text_of(0), "one twothreefour");
        let b = tree.node(6);
        assert_eq!((b.attribute(Attribute::Id), b.has(Attribute::Class), b.parent(), b.end(), b.letters()), (Some("b"), false, 4, 8, 3));
        assert_eq!((tree.node(0).end(), tree.node(0).letters(), tree.node(0).parent()), (tree.len(), 15, 0));
    }

    #[test]
    fn elements_that_open_again_and_again_do_not_fill_the_memory() {
        // each paragraph opens all five hundred again
        let fonts: String = (0..500).map(|size| format!("<font size={size}>")).collect();
        let page = format!("<p>{fonts}{}", "text<p>".repeat(100_000));
        assert!(Tree::parse(&page).is_err_and(|fault| fault.kind == "too-large"));
    }
}
