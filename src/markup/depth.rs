//! Pages nested too deep: tags beyond a depth that no page of people has are left out.
//!
//! The rules of HTML look through the open elements at almost every tag, so that a hundred thousand
//! boxes inside each other take the square of that. Chromium stops at 512 open elements; here, too,
//! what is opened beyond them only ends the line.

use std::cell::{Cell, RefCell};

use html5ever::interface::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use html5ever::{LocalName, ParseOpts, local_name};

use super::nodes::Nodes;
use super::sink::{Handle, Sink};

/// Open elements at most.
const DEEPEST: usize = 512;

/// Elements without content or with a text that is no markup, and those whose end may be left out:
/// they close each other.
fn is_free(name: &LocalName) -> bool {
    matches!(
        &**name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "body"
            | "br"
            | "col"
            | "colgroup"
            | "dd"
            | "dt"
            | "embed"
            | "frame"
            | "head"
            | "hr"
            | "html"
            | "iframe"
            | "image"
            | "img"
            | "input"
            | "keygen"
            | "li"
            | "link"
            | "meta"
            | "noembed"
            | "noframes"
            | "noscript"
            | "optgroup"
            | "option"
            | "p"
            | "param"
            | "plaintext"
            | "script"
            | "select"
            | "source"
            | "style"
            | "tbody"
            | "td"
            | "template"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "track"
            | "wbr"
            | "xmp"
    )
}

/// Elements that an end tag closes even across boxes.
fn is_formatting(name: &LocalName) -> bool {
    matches!(&**name, "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u")
}

/// Elements that end tags of inline elements do not cross.
fn is_box(name: &LocalName) -> bool {
    super::elements::is_block(name) || is_wall(name)
}

/// Elements that no end tag crosses.
fn is_wall(name: &LocalName) -> bool {
    matches!(&**name, "table" | "caption" | "object" | "marquee" | "applet")
}

struct Shallow {
    builder: TreeBuilder<Handle, Sink>,
    open: RefCell<Vec<LocalName>>,
    /// Inside how many elements that were left out.
    left_out: Cell<usize>,
    /// Inside how many drawings and formulas, where a tag may close itself.
    foreign: Cell<usize>,
}

impl Shallow {
    /// Whether the tag is one to leave out.
    fn is_too_deep(&self, tag: &Tag) -> bool {
        if matches!(&*tag.name, "svg" | "math") && !tag.self_closing {
            let now = self.foreign.get();
            self.foreign.set(if tag.kind == TagKind::StartTag { now + 1 } else { now.saturating_sub(1) });
        }
        if is_free(&tag.name) || tag.self_closing && self.foreign.get() > 0 {
            return false;
        }
        let mut open = self.open.borrow_mut();
        if tag.kind == TagKind::StartTag {
            if open.len() >= DEEPEST {
                self.left_out.set(self.left_out.get() + 1);
                return true;
            }
            open.push(tag.name.clone());
            return false;
        }
        if self.left_out.get() > 0 {
            self.left_out.set(self.left_out.get() - 1);
            return true;
        }
        let (formatting, boxed) = (is_formatting(&tag.name), is_box(&tag.name));
        for at in (0..open.len()).rev() {
            if open[at] == tag.name {
                if formatting {
                    drop(open.remove(at))
                } else {
                    open.truncate(at)
                }
                break;
            }
            if is_wall(&open[at]) || !formatting && !boxed && is_box(&open[at]) {
                break;
            }
        }
        false
    }
}

impl TokenSink for Shallow {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        match token {
            // the page is refused, so nothing of it is needed
            _ if self.builder.sink.is_full() => TokenSinkResult::Continue,
            Token::TagToken(tag) if self.is_too_deep(&tag) => {
                let line_end = Tag { kind: TagKind::StartTag, name: local_name!("br"), attrs: Vec::new(), ..tag };
                self.builder.process_token(Token::TagToken(line_end), line)
            }
            token => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Bytes that the parser gets at once: what it holds of the source is no more than this.
const PIECE: usize = 1 << 16;

/// Parses a page as the HTML Standard has it, down to a depth.
pub(super) fn parse(source: &str) -> Nodes {
    let opts = ParseOpts::default();
    let tags = memchr::memchr_iter(b'<', source.as_bytes()).count();
    let builder = TreeBuilder::new(Sink::new(source.len(), tags), opts.tree_builder);
    let sink = Shallow { builder, open: RefCell::default(), left_out: Cell::default(), foreign: Cell::default() };
    let tokenizer = Tokenizer::new(sink, opts.tokenizer);
    let input = BufferQueue::default();
    let mut rest = source;
    while !rest.is_empty() && !tokenizer.sink.builder.sink.is_full() {
        let end = (PIECE.min(rest.len())..).find(|&end| rest.is_char_boundary(end)).unwrap_or(rest.len());
        let (piece, others) = rest.split_at(end);
        rest = others;
        input.push_back(StrTendril::from(piece));
        // scripts are not run
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    }
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Attribute, Tree};

    #[test]
    fn no_depth_takes_its_square() {
        for tags in ["<div>", "<b><div></b>", "<span><div></span>", "<font a=1>", "<table>", "<x></y>", "<ul><li>", "<svg><g>"] {
            let tree = Tree::parse(&(tags.repeat(30_000) + "text")).unwrap();
            assert!(tree.text_of(0).ends_with("text"), "{tags}");
        }
    }

    #[test]
    fn pages_without_end_tags_stay_as_they_are() {
        let page = format!("{}<div id=a>end</div>", "<div><span>item<p>one<ul><li>two</ul></div>".repeat(2_000));
        let tree = Tree::parse(&page).unwrap();
        let last = tree.nodes().position(|node| node.attribute(Attribute::Id) == Some("a"));
        assert!(last.is_some_and(|at| tree.text_of(at) == "end"));
    }
}
