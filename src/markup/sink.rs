//! What html5ever builds a page into: nodes in columns, told apart by their numbers.
//!
//! The library knows when a node is made, moved or filled, and leaves to its user how nodes are
//! held ([`TreeSink`]). Its own example of a tree, `markup5ever_rcdom`, takes some 250 bytes for an
//! element and its text, and is not meant for use; a page of 10 MB took 250 to 750 MB in it. Here a
//! node takes 28 bytes, the same kinds of text stand in one buffer, and of the attributes only
//! those stay that readers ask for ([`Attribute`]). Nothing is counted or freed one by one, and a
//! node is found among its siblings without a search, so that hostile tables take no square of
//! their length either. Comments and the document type stay as nodes without content, since
//! they part texts.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::TreeSink;
use html5ever::{ExpandedName, LocalName, QualName, ns};
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
    fn of(name: &str) -> Option<Self> {
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
struct Run {
    start: u32,
    length: u32,
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
enum Content {
    /// An element: its name, and where its attributes stand.
    Element {
        name: u16,
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
    nodes: Vec<Content>,
    attributes: Vec<(Attribute, Run)>,
    /// Texts and values of attributes.
    buffer: String,
    grown: Vec<String>,
    names: Vec<LocalName>,
    by_name: FxHashMap<LocalName, u16>,
}

impl Contents {
    fn run(&self, run: Run) -> &str {
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

    /// A name's number. No reader asks for the names of a page that has more of them than numbers.
    fn name(&mut self, name: LocalName) -> u16 {
        if let Some(&known) = self.by_name.get(&name) {
            return known;
        }
        let Some(number) = u16::try_from(self.names.len()).ok().filter(|&number| number < u16::MAX) else { return u16::MAX };
        self.names.push(name.clone());
        self.by_name.insert(name, number);
        number
    }

    fn attributes(&self, node: u32) -> &[(Attribute, Run)] {
        let Some(&Content::Element { attributes, count, .. }) = self.nodes.get(node as usize) else { return &[] };
        self.attributes.get(attributes as usize..).and_then(|rest| rest.get(..usize::from(count))).unwrap_or_default()
    }

    /// The name of an element.
    pub(super) fn tag(&self, node: u32) -> Option<&str> {
        let Some(&Content::Element { name, .. }) = self.nodes.get(node as usize) else { return None };
        Some(self.names.get(usize::from(name)).map_or("", |name| name))
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

    fn push(&mut self, content: Content) -> u32 {
        let number = self.parent.len() as u32;
        for column in [&mut self.parent, &mut self.first, &mut self.before, &mut self.after] {
            column.push(NONE);
        }
        self.contents.nodes.push(content);
        number
    }

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

    fn detach(&mut self, node: u32) {
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

    fn put(&mut self, parent: u32, child: NodeOrText<Handle>, next: u32) {
        let node = match child {
            NodeOrText::AppendNode(node) => {
                self.detach(node.number);
                node.number
            }
            NodeOrText::AppendText(text) => {
                let previous = if next == NONE { self.last(parent) } else { self.previous(next) };
                if previous != NONE && self.extend(previous, &text) {
                    return;
                }
                let run = self.contents.write(&text);
                self.push(Content::Text(run))
            }
        };
        self.insert(parent, node, next);
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
    fn add_attributes(&mut self, node: u32, more: &[html5ever::Attribute]) {
        let contents = &mut self.contents;
        let old = contents.attributes(node).to_vec();
        let wanted = |attribute: &html5ever::Attribute| Some((Attribute::of(&attribute.name.local)?, attribute.value.clone()));
        let new: Vec<_> = more.iter().filter_map(wanted).filter(|(name, _)| old.iter().all(|(known, _)| known != name)).collect();
        let Content::Element { name, .. } = contents.nodes[node as usize] else { return };
        if new.is_empty() {
            return;
        }
        let attributes = contents.attributes.len() as u32;
        let count = u8::try_from(old.len() + new.len()).unwrap_or(u8::MAX);
        contents.attributes.extend(old);
        for (name, value) in new {
            let run = contents.write(&value);
            contents.attributes.push((name, run));
        }
        contents.nodes[node as usize] = Content::Element { name, count, attributes };
    }
}

/// A node as the parser knows it. The name stands in it, so that it is at hand without a look at
/// the tree.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    number: u32,
    name: QualName,
    /// Where MathML turns into HTML.
    turns: bool,
}

impl Handle {
    fn nameless(number: u32) -> Self {
        Self { number, name: QualName::new(None, ns!(), LocalName::default()), turns: false }
    }
}

/// The side of the parser.
#[derive(Debug)]
pub(super) struct Sink(RefCell<Nodes>);

impl Sink {
    /// For a page of so many bytes and tags: memory that is asked for at once is not copied while
    /// it grows, and counts only when it is used.
    pub(super) fn new(bytes: usize, tags: usize) -> Self {
        let mut nodes = Nodes::default();
        let count = (tags * 2 + 8).min(MOST);
        for column in [&mut nodes.parent, &mut nodes.first, &mut nodes.before, &mut nodes.after] {
            column.reserve(count);
        }
        nodes.contents.nodes.reserve(count);
        nodes.contents.buffer.reserve(bytes);
        nodes.push(Content::Other);
        Self(RefCell::new(nodes))
    }

    /// Whether the page is larger than any.
    pub(super) fn is_full(&self) -> bool {
        let nodes = self.0.borrow();
        nodes.parent.len() >= MOST || nodes.contents.buffer.len() > MOST_BYTES
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Nodes;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Nodes {
        self.0.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle::nameless(0)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<html5ever::Attribute>, flags: ElementFlags) -> Handle {
        let mut nodes = self.0.borrow_mut();
        let known = nodes.contents.name(name.local.clone());
        let number = nodes.push(Content::Element { name: known, count: 0, attributes: 0 });
        nodes.add_attributes(number, &attributes);
        if flags.template {
            // what it holds hangs on the next number, and nowhere in the document
            nodes.push(Content::Other);
        }
        Handle { number, name, turns: flags.mathml_annotation_xml_integration_point }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle::nameless(self.0.borrow_mut().push(Content::Other))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle::nameless(self.0.borrow_mut().push(Content::Other))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.0.borrow_mut().put(parent.number, child, NONE);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let mut nodes = self.0.borrow_mut();
        let parent = nodes.parent[sibling.number as usize];
        if parent != NONE {
            nodes.put(parent, child, sibling.number);
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if self.0.borrow().parent[element.number as usize] == NONE {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {
        let mut nodes = self.0.borrow_mut();
        let number = nodes.push(Content::Other);
        nodes.insert(0, number, NONE);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        Handle::nameless(target.number + 1)
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.number == other.number
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<html5ever::Attribute>) {
        self.0.borrow_mut().add_attributes(target.number, &attributes);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.0.borrow_mut().detach(target.number);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut nodes = self.0.borrow_mut();
        let mut child = nodes.first[node.number as usize];
        while child != NONE {
            let next = nodes.after[child as usize];
            nodes.detach(child);
            nodes.insert(new_parent.number, child, NONE);
            child = next;
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Handle) -> bool {
        target.turns
    }
}
