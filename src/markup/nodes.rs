//! The nodes of a page in columns, told apart by their numbers: what is in them, and where each
//! stands among the others.
//!
//! A node takes 28 bytes. Texts and the values of attributes stand in one buffer, and of the
//! attributes only those stay that readers ask for ([`Attribute`]). A node is found among its
//! siblings without a search.

use html5ever::LocalName;
use rustc_hash::FxHashMap;

/// In place of a node's number: none.
pub(super) const NONE: u32 = u32::MAX;
/// Nodes at most: more than any page of 64 MB that people wrote.
pub(super) const MOST: usize = 4_000_000;
/// Bytes of text and of attributes at most. Elements that the rules of HTML open again and again
/// bring their attributes each time.
const MOST_BYTES: usize = 1 << 30;

/// Attributes that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Class,
    Content,
    Datetime,
    Hidden,
    Id,
    Itemprop,
    Name,
    Property,
    Pubdate,
    Role,
    Style,
    Type,
}

impl Attribute {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "class" => Self::Class,
            "content" => Self::Content,
            "datetime" => Self::Datetime,
            "hidden" => Self::Hidden,
            "id" => Self::Id,
            "itemprop" => Self::Itemprop,
            "name" => Self::Name,
            "property" => Self::Property,
            "pubdate" => Self::Pubdate,
            "role" => Self::Role,
            "style" => Self::Style,
            "type" => Self::Type,
            _ => return None,
        })
    }
}

/// Bytes of the buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    start: u32,
    length: u32,
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content {
    /// An element: its name, and where its attributes stand.
    Element {
        name: u32,
        count: u8,
        attributes: u32,
    },
    Text(Run),
    /// A text to which something was added after others had been written.
    Grown(u32),
    /// The document itself, its type, a comment, what a template holds.
    Other,
}

/// What nodes hold, by their numbers in the order of their making.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) nodes: Vec<Content>,
    attributes: Vec<(Attribute, Run)>,
    /// Texts and values of attributes.
    buffer: String,
    grown: Vec<String>,
    names: Vec<LocalName>,
    by_name: FxHashMap<LocalName, u32>,
}

impl Contents {
    pub(super) fn run(&self, run: Run) -> &str {
        self.buffer.get(run.start as usize..).and_then(|rest| rest.get(..run.length as usize)).unwrap_or_default()
    }

    fn write(&mut self, text: &str) -> Run {
        let start = self.buffer.len();
        if u32::try_from(start + text.len()).is_err() {
            return Run::default();
        }
        self.buffer.push_str(text);
        Run { start: start as u32, length: text.len() as u32 }
    }

    /// A name's number.
    pub(super) fn name(&mut self, name: &LocalName) -> u32 {
        if let Some(&known) = self.by_name.get(name) {
            return known;
        }
        let number = self.names.len() as u32;
        self.names.push(name.clone());
        self.by_name.insert(name.clone(), number);
        number
    }

    pub(super) fn attributes(&self, node: u32) -> &[(Attribute, Run)] {
        let Some(&Content::Element { attributes, count, .. }) = self.nodes.get(node as usize) else { return &[] };
        self.attributes.get(attributes as usize..).and_then(|rest| rest.get(..usize::from(count))).unwrap_or_default()
    }

    /// The name of an element.
    pub(super) fn tag(&self, node: u32) -> Option<&str> {
        self.names.get(self.name_of(node)?).map(|name| &**name)
    }

    /// All names of elements, by their numbers.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// The number of an element's name.
    pub(super) fn name_of(&self, node: u32) -> Option<usize> {
        let Some(&Content::Element { name, .. }) = self.nodes.get(node as usize) else { return None };
        Some(name as usize)
    }

    /// The value of an element's attribute.
    pub(super) fn attribute(&self, node: u32, wanted: Attribute) -> Option<&str> {
        self.attributes(node).iter().find(|(attribute, _)| *attribute == wanted).map(|(_, run)| self.run(*run))
    }

    /// A run of text.
    pub(super) fn text(&self, node: u32) -> Option<&str> {
        match *self.nodes.get(node as usize)? {
            Content::Text(run) => Some(self.run(run)),
            Content::Grown(at) => self.grown.get(at as usize).map(String::as_str),
            _ => None,
        }
    }
}

/// A page while it is parsed: each node's place among the others, and what it holds.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    parent: Vec<u32>,
    /// First child.
    pub(super) first: Vec<u32>,
    /// The sibling before; of a first child the last one.
    before: Vec<u32>,
    /// The sibling after.
    pub(super) after: Vec<u32>,
    pub(super) contents: Contents,
}

impl Nodes {
    /// Without the columns that only changes need.
    pub(super) fn settled(self) -> (Vec<u32>, Vec<u32>, Contents) {
        (self.first, self.after, self.contents)
    }

    /// Whether the page is larger than any.
    pub(super) fn is_full(&self) -> bool {
        self.parent.len() >= MOST || self.contents.buffer.len() > MOST_BYTES
    }

    /// Asks for memory for so many nodes and bytes of text at once: it need not be copied while
    /// they grow, and counts only when it is used.
    pub(super) fn reserve(&mut self, nodes: usize, bytes: usize) {
        let nodes = nodes.min(MOST);
        for column in [&mut self.parent, &mut self.first, &mut self.before, &mut self.after] {
            column.reserve(nodes);
        }
        self.contents.nodes.reserve(nodes);
        self.contents.buffer.reserve(bytes);
    }

    pub(super) fn push(&mut self, content: Content) -> u32 {
        let number = self.parent.len() as u32;
        for column in [&mut self.parent, &mut self.first, &mut self.before, &mut self.after] {
            column.push(NONE);
        }
        self.contents.nodes.push(content);
        number
    }

    /// The node that a node stands in.
    pub(super) fn parent(&self, node: u32) -> u32 {
        self.parent[node as usize]
    }

    /// The last child.
    fn last(&self, parent: u32) -> u32 {
        match self.first[parent as usize] {
            NONE => NONE,
            first => self.before[first as usize],
        }
    }

    /// The sibling before a node.
    fn previous(&self, node: u32) -> u32 {
        let parent = self.parent[node as usize];
        if parent == NONE || self.first[parent as usize] == node { NONE } else { self.before[node as usize] }
    }

    /// Puts a node that stands nowhere under a parent, before one of its children or at the end.
    fn insert(&mut self, parent: u32, node: u32, next: u32) {
        let first = self.first[parent as usize];
        self.parent[node as usize] = parent;
        self.after[node as usize] = next;
        if first == NONE {
            self.first[parent as usize] = node;
            self.before[node as usize] = node;
            return;
        }
        let follower = if next == NONE { first } else { next };
        let previous = self.before[follower as usize];
        self.before[node as usize] = previous;
        self.before[follower as usize] = node;
        if next == first {
            self.first[parent as usize] = node;
        } else {
            self.after[previous as usize] = node;
        }
    }

    pub(super) fn detach(&mut self, node: u32) {
        let parent = self.parent[node as usize];
        if parent == NONE {
            return;
        }
        let (first, previous, next) = (self.first[parent as usize], self.before[node as usize], self.after[node as usize]);
        if first == node {
            self.first[parent as usize] = next;
        } else {
            self.after[previous as usize] = next;
        }
        // behind the last child comes the first, which knows the last
        let follower = if next == NONE { self.first[parent as usize] } else { next };
        if follower != NONE {
            self.before[follower as usize] = previous;
        }
        (self.parent[node as usize], self.before[node as usize], self.after[node as usize]) = (NONE, NONE, NONE);
    }

    /// Puts a node under a parent, before one of its children or at the end.
    pub(super) fn put(&mut self, parent: u32, node: u32, next: u32) {
        self.detach(node);
        self.insert(parent, node, next);
    }

    /// Puts a text there: behind another it is a part of that.
    pub(super) fn put_text(&mut self, parent: u32, text: &str, next: u32) {
        let previous = if next == NONE { self.last(parent) } else { self.previous(next) };
        if previous == NONE || !self.extend(previous, text) {
            let run = self.contents.write(text);
            let node = self.push(Content::Text(run));
            self.insert(parent, node, next);
        }
    }

    /// Adds to a text; says no for another node.
    fn extend(&mut self, node: u32, more: &str) -> bool {
        let contents = &mut self.contents;
        match contents.nodes[node as usize] {
            Content::Text(run) if run.start as usize + run.length as usize == contents.buffer.len() => {
                let added = contents.write(more);
                contents.nodes[node as usize] = Content::Text(Run { length: run.length + added.length, ..run });
            }
            Content::Text(run) => {
                let grown = [contents.run(run), more].concat();
                contents.nodes[node as usize] = Content::Grown(contents.grown.len() as u32);
                contents.grown.push(grown);
            }
            Content::Grown(at) => contents.grown[at as usize].push_str(more),
            Content::Element { .. } | Content::Other => return false,
        }
        true
    }

    /// Gives an element the attributes that it has not.
    pub(super) fn add_attributes(&mut self, node: u32, more: &[html5ever::Attribute]) {
        let contents = &mut self.contents;
        let Content::Element { name, .. } = contents.nodes[node as usize] else { return };
        let known = contents.attributes(node).to_vec();
        let start = contents.attributes.len();
        contents.attributes.extend(&known);
        for attribute in more {
            if let Some(name) = Attribute::of(&attribute.name.local)
                && known.iter().all(|&(known, _)| known != name)
            {
                let run = contents.write(&attribute.value);
                contents.attributes.push((name, run));
            }
        }
        let count = contents.attributes.len() - start;
        if count == known.len() {
            contents.attributes.truncate(start);
        } else {
            let count = u8::try_from(count).unwrap_or(u8::MAX);
            contents.nodes[node as usize] = Content::Element { name, count, attributes: start as u32 };
        }
    }

    /// Moves the children of a node to the end of another's.
    pub(super) fn move_children(&mut self, node: u32, parent: u32) {
        let mut child = self.first[node as usize];
        while child != NONE {
            let next = self.after[child as usize];
            self.put(parent, child, NONE);
            child = next;
        }
    }
}
