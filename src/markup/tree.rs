//! A web page as a flat list of nodes in the order of the source, so that nothing here recurses.

use html5ever::LocalName;
use markup5ever_rcdom::{Handle, NodeData};

use super::{Fault, depth};

/// An element or a run of text.
#[derive(Debug)]
pub(super) struct Node {
    handle: Handle,
    /// One past its last descendant.
    pub(super) end: usize,
    /// The element it stands in; itself for the root.
    pub(super) parent: usize,
    /// Letters and digits in it.
    pub(super) letters: usize,
}

/// A parsed page.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// More nodes than any page of 64 MB that people wrote.
const MOST: usize = 4_000_000;

impl Tree {
    /// Parses a page: any text is one.
    pub(super) fn parse(source: &str) -> Result<Self, Fault> {
        let dom = depth::parse(source);
        let mut nodes: Vec<Node> = Vec::new();
        let mut open = vec![(dom.document.clone(), 0)];
        while let Some((handle, parent)) = open.pop() {
            let number = nodes.len();
            if number >= MOST {
                return Err(Fault::new("too-large", format!("has more than {MOST} elements")));
            }
            for child in handle.children.borrow().iter().rev() {
                open.push((child.clone(), number));
            }
            let letters = match &handle.data {
                NodeData::Text { contents } => contents.borrow().chars().filter(|c| c.is_alphanumeric()).count(),
                _ => 0,
            };
            nodes.push(Node { handle, end: number + 1, parent, letters });
        }
        for number in (1..nodes.len()).rev() {
            let (end, letters, parent) = (nodes[number].end, nodes[number].letters, nodes[number].parent);
            // what a script or a style holds is no text
            let counts = nodes[number].tag().is_none_or(|tag| !matches!(tag, "script" | "style" | "noscript" | "template" | "head"));
            let parent = &mut nodes[parent];
            parent.end = parent.end.max(end);
            parent.letters += if counts { letters } else { 0 };
        }
        Ok(Self { nodes })
    }

    /// The text of an element, its white space collapsed.
    pub(super) fn text_of(&self, number: usize) -> String {
        let mut text = String::new();
        for node in &self.nodes[number..self.nodes[number].end] {
            node.with_text(|run| text.push_str(run));
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Node {
    /// The name of an element.
    pub(super) fn tag(&self) -> Option<&str> {
        match &self.handle.data {
            NodeData::Element { name, .. } => Some(&name.local),
            _ => None,
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        let NodeData::Element { attrs, .. } = &self.handle.data else { return None };
        let wanted = LocalName::from(wanted);
        attrs.borrow().iter().find(|attr| attr.name.local == wanted).map(|attr| attr.value.to_string())
    }

    /// Whether it has the attribute.
    pub(super) fn has(&self, wanted: &str) -> bool {
        let NodeData::Element { attrs, .. } = &self.handle.data else { return false };
        attrs.borrow().iter().any(|attr| &*attr.name.local == wanted)
    }

    /// Hands over a run of text.
    pub(super) fn with_text(&self, take: impl FnOnce(&str)) {
        if let NodeData::Text { contents } = &self.handle.data {
            take(&contents.borrow());
        }
    }
}
