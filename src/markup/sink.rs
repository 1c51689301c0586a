//! What html5ever builds a page into.
//!
//! The library knows when a node is made, moved or filled, and leaves to its user how nodes are
//! held ([`TreeSink`]). Its own example of a tree, `markup5ever_rcdom`, is not meant for use: a page
//! of 10 MB took 200 to 750 MB in it, and tables that hold what they may not took the square of
//! their length. Here the same page takes 50 to 140 MB, text and all. Comments and the document
//! type stay as nodes without content, since they part texts.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::TreeSink;
use html5ever::{ExpandedName, LocalName, QualName, ns};

use super::nodes::{Content, NONE, Nodes};

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
    /// For a page of so many bytes and tags.
    pub(super) fn new(bytes: usize, tags: usize) -> Self {
        let mut nodes = Nodes::default();
        // an element and a text for each tag
        nodes.reserve(tags.saturating_mul(2), bytes);
        nodes.push(Content::Other);
        Self(RefCell::new(nodes))
    }

    fn put(&self, parent: u32, child: NodeOrText<Handle>, next: u32) {
        let mut nodes = self.0.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => nodes.put(parent, node.number, next),
            NodeOrText::AppendText(text) => nodes.put_text(parent, &text, next),
        }
    }

    /// Whether the page is larger than any.
    pub(super) fn is_full(&self) -> bool {
        self.0.borrow().is_full()
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
        let known = nodes.contents.name(&name.local);
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
        self.put(parent.number, child, NONE);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.0.borrow().parent(sibling.number);
        if parent != NONE {
            self.put(parent, child, sibling.number);
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if self.0.borrow().parent(element.number) == NONE {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {
        let mut nodes = self.0.borrow_mut();
        let number = nodes.push(Content::Other);
        nodes.put(0, number, NONE);
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
        self.0.borrow_mut().move_children(node.number, new_parent.number);
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Handle) -> bool {
        target.turns
    }
}

#[cfg(test)]
mod tests {
    use html5ever::tendril::TendrilSink;
    use html5ever::{ParseOpts, parse_document};
    use markup5ever_rcdom::{NodeData, RcDom};
    use proptest::prelude::*;

    use super::super::nodes::Attribute;
    use super::*;

    /// Every node with its depth, as the library's own tree has them.
    fn expected(source: &str) -> Vec<String> {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(source);
        let mut lines = Vec::new();
        let mut open = vec![(dom.document.clone(), 0)];
        while let Some((node, depth)) = open.pop() {
            let mut children = node.children.borrow().clone();
            let line = match &node.data {
                NodeData::Element { name, attrs, template_contents, .. } => {
                    children.splice(0..0, template_contents.borrow().clone());
                    let attrs = attrs.borrow();
                    let kept = attrs.iter().filter_map(|attr| Some(format!(" {:?}={}", Attribute::of(&attr.name.local)?, attr.value)));
                    format!("<{}{}>", name.local, kept.collect::<String>())
                }
                NodeData::Text { contents } => format!("{:?}", contents.borrow().to_string()),
                _ => "-".into(),
            };
            lines.push(format!("{depth} {line}"));
            open.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
        }
        lines
    }

    fn found(nodes: &Nodes) -> Vec<String> {
        let mut lines = Vec::new();
        let mut open = vec![(0, 0)];
        while let Some((node, depth)) = open.pop() {
            let contents = &nodes.contents;
            let mut children = Vec::new();
            // what a template holds
            if contents.tag(node) == Some("template")
                && let Some(Content::Other) = contents.nodes.get(node as usize + 1)
                && nodes.parent(node + 1) == NONE
            {
                children.push(node + 1);
            }
            let mut child = nodes.first[node as usize];
            while child != NONE {
                assert_eq!(nodes.parent(child), node);
                children.push(child);
                child = nodes.after[child as usize];
            }
            let line = match (contents.tag(node), contents.text(node)) {
                (Some(tag), _) => {
                    let kept = contents.attributes(node).iter().map(|(name, value)| format!(" {name:?}={}", contents.run(*value)));
                    format!("<{tag}{}>", kept.collect::<String>())
                }
                (None, Some(text)) => format!("{text:?}"),
                _ => "-".into(),
            };
            lines.push(format!("{depth} {line}"));
            open.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
        }
        lines
    }

    /// The nodes of a page that comes in pieces of so many bytes.
    fn nodes(source: &str, piece: usize) -> Nodes {
        let mut parser = parse_document(Sink::new(0, 0), ParseOpts::default());
        let mut rest = source;
        while !rest.is_empty() {
            let end = (piece.min(rest.len())..).find(|&end| rest.is_char_boundary(end)).unwrap();
            parser.process(rest[..end].into());
            rest = &rest[end..];
        }
        parser.finish()
    }

    #[test]
    fn a_node_is_small() {
        assert_eq!(size_of::<Content>() + 4 * size_of::<u32>(), 28);
    }

    #[test]
    fn the_tree_is_the_one_of_the_library() {
        let pages = [
            "",
            "text",
            "<!DOCTYPE html><!-- a --><html class=a><body id=b>x<html class=c role=d><body id=e class=f>y<!-- z --></html><!-- end -->",
            // texts and elements that a table does not hold stand before it
            "<p>before<table>one<tr>two<td>cell</td>three<b class=x>four</table>after",
            "<table><b>one<tr><td>cell</table>two",
            "<table>one<table>two<tr><td><table>three",
            "<div>1<table>2<tr><td>3</td>4<td>5</td>6</table>7<table>8</table>9</div>",
            // ends that cross
            "<p>1<b>2<i>3</b>4</i>5</p>",
            "<b>1<p>2</b>3</p>4",
            "<a class=a>1<div>2<div>3<a class=b>4</div>5</a>6",
            "<b id=1><i id=2><u id=3><s id=4><em id=5><div>1<p>2</b>3</i>4</u>5</s>6</em>7",
            "<b><table><td></b>1<i></table>2",
            "<div><b>1</b></b>2<nobr>3<nobr>4</div>5",
            // what templates hold is no part of the page
            "<template>1<template>2</template><td>3</template>4<table><template><tr><td>5</template>6</table>",
            "<template class=x><p>1",
            "<noscript><p>1</noscript><body><noscript><p>2</noscript>",
            // drawings and formulas
            "<svg><g class=x xlink:type=a type=b><foreignObject><p>1</p></foreignObject><title>2</title><desc><b>3</desc></svg>4",
            "<svg><template>1</template></svg><math><mi>x<b>1</b></mi><mglyph/></math>",
            "<math><annotation-xml encoding=text/html><p>1</p></annotation-xml><annotation-xml><p>2",
            // quirks: a paragraph that a table does or does not end
            "<p>1<table><td>2",
            "<!DOCTYPE html><p>1<table><td>2",
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 3.2//EN\"><p>1<table><td>2",
            "<frameset><frame></frameset>text<noframes>1</noframes>",
            "<select><option selected>1<option>2<optgroup>3</select><ruby>1<rt>2<rp>3</ruby>",
            "<select><button><selectedcontent></selectedcontent></button><option selected>1<b>2</b></option></select>",
            "<form class=a><form><input type=hidden></form><table><form><tr><td></form>",
            "<ul><li>1<li>2<ul><li>3</ul></ul><dl><dt>1<dd>2</dl><h1>1<h2>2</h1>",
            "<pre>\n\n1</pre><textarea>\n2</textarea><plaintext>3</plaintext>",
            "<?pi?><![CDATA[1]]><svg><![CDATA[2]]></svg></br></p>&amp;&nGt;&notit;\0",
        ];
        for page in pages {
            for piece in [1, 7, usize::MAX] {
                assert_eq!(found(&nodes(page, piece)), expected(page), "{page}");
            }
        }
    }

    #[test]
    fn hostile_tables_are_read_in_linear_time() {
        let nodes = nodes(&"<table>a<tr>b<td>c</td>d</table>".repeat(20_000), 1 << 16);
        let text: String = (0..nodes.contents.nodes.len() as u32).filter_map(|node| nodes.contents.text(node)).collect();
        assert_eq!(text.len(), 80_000);
    }

    proptest! {
        #[test]
        fn any_tags_make_the_tree_of_the_library(
            pieces in proptest::collection::vec(
                (
                    proptest::sample::select(vec![
                        "a", "b", "i", "nobr", "p", "div", "table", "tbody", "tr", "td", "caption", "colgroup", "col", "select", "option",
                        "ul", "li", "h1", "form", "button", "svg", "math", "mi", "annotation-xml", "foreignObject", "title", "template",
                        "frameset", "noscript", "script", "style", "pre", "textarea", "br", "head", "body", "html", "object", "x-y",
                    ]),
                    0..6_usize,
                    proptest::sample::select(vec!["", "", " class=x", " type=hidden id=y", " encoding=text/html", " role=é name"]),
                ),
                0..60,
            ),
            piece in 1..50_usize,
        ) {
            let page: String = pieces
                .iter()
                .map(|(tag, kind, attributes)| match kind {
                    0..=2 => format!("<{tag}{attributes}>"),
                    3 => format!("</{tag}>"),
                    4 => format!("{tag} é&lt;"),
                    _ => format!("<!--{tag}-->"),
                })
                .collect();
            prop_assert_eq!(found(&nodes(&page, piece)), expected(&page));
        }

        #[test]
        fn any_text_is_a_page(page in "(<[a-z/!?]{0,4}|[>\"'=&;# -]|[a-zé\\PC]{0,3}){0,80}", piece in 1..20_usize) {
            prop_assert_eq!(found(&nodes(&page, piece)), expected(&page));
        }
    }
}
