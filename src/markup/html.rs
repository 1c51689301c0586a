//! Web pages.
//!
//! The page is parsed as the HTML Standard has it (`html5ever`). All that a reader sees becomes
//! text, a line for each block; scripts, styles and hidden elements are left out. Nothing else is
//! cut away: what stands in a menu, a footer or a box of teasers is marked so, and the model of
//! `zones` weighs that together with the words of the line. The headline is the heading that
//! agrees with what the metadata call the title. Days come from JSON-LD (schema.org), from `meta`
//! (Open Graph, Dublin Core and their kin, `data/dates/metadata.tsv`) and from `<time>`.
//!
//! The character set is that of the mark, of UTF-8 that is valid, of the header or `meta`, or a guess.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::head::{Head, settle_title, title_heading};
use super::tree::{Attribute, Node, Tree};
use super::writer::Writer;
use super::{Fault, Mark, Markup, Plain, Stamp, Told, cards, elements};
use crate::decode;

pub(super) fn read(bytes: Cow<[u8]>, told: Told) -> Result<Plain, Fault> {
    let mut plain = Plain::from(decode::text(&bytes, encoding(&bytes, told))?);
    drop(bytes);
    let (text, markup) = page(std::mem::take(&mut plain.text), told.limit)?;
    (plain.text, plain.markup) = (text, markup);
    Ok(plain)
}

/// The encoding to take without a guess.
fn encoding(bytes: &[u8], told: Told) -> Option<&'static Encoding> {
    if told.encoding.is_some() {
        return told.encoding;
    }
    // what is valid UTF-8 and not ASCII is UTF-8, whatever an older header says
    if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let declared = told.charset.and_then(decode::named).or_else(|| declared(bytes))?;
    declared.is_ascii_compatible().then_some(declared).filter(|&encoding| encoding != encoding_rs::UTF_8)
}

/// The character set that the page names in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let mut from = 0;
    for word in [&b"charset"[..], b"encoding"] {
        while let Some(at) = memchr::memmem::find(&start[from..], word) {
            from += at + word.len();
            let rest = start[from..].trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"=") else { continue };
            let rest = rest.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let end = rest.iter().position(|&b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(&b)).unwrap_or(rest.len());
            if let Some(encoding) = std::str::from_utf8(&rest[..end]).ok().and_then(decode::named) {
                return Some(encoding);
            }
        }
        from = 0;
    }
    None
}

/// What holds for everything inside an element.
#[derive(Clone, Copy, Default)]
struct Place {
    end: usize,
    number: usize,
    row: Option<u16>,
    story: bool,
    heading: Option<Mark>,
    linked: bool,
    kept: bool,
    /// A cell of a row of plain cells.
    cells: bool,
}

/// The text of a page and what its elements say of it.
pub(super) fn page(source: String, limit: u64) -> Result<(String, Markup), Fault> {
    let tree = Tree::parse(&source)?;
    // what is no longer needed goes, since a page is large beside its text
    drop(source);
    let head = Head::read(&tree);
    let title_at = title_heading(&tree, &head);
    let all = tree.node(0).letters().max(1);
    let holds_title = |number: usize| title_at.is_some_and(|at| (number..tree.node(number).end()).contains(&at));
    let story = title_at.and_then(|at| container(&tree, at, all));
    // a box around the story may be called anything; what stands above the headline holds no story
    let is_large = |number: usize| match title_at {
        Some(at) => holds_title(number) || number > at && tree.node(number).letters() * 5 >= all * 3,
        None => tree.node(number).letters() * 5 >= all * 2,
    };

    let cards = cards::find(&tree, |number| holds_title(number) || is_large(number));
    let card = elements::of("tag", "list of cards");

    let mut writer = Writer::default();
    let mut open: Vec<Place> = Vec::new();
    // the first <time>, and the last element that says to be the day
    let (mut time, mut day) = (None, None);
    let mut number = 0;
    while number < tree.len() {
        while open.last().is_some_and(|place| place.end <= number) {
            close(&tree, &mut writer, open.pop());
        }
        if writer.len() as u64 > limit {
            return Err(Fault::unpacks_to_more(limit));
        }
        let node = tree.node(number);
        let mut place = open.last().copied().unwrap_or_default();
        let Some(tag) = node.tag() else {
            let mark = place.heading.or(place.row.map(Mark::Page)).unwrap_or(match &story {
                _ if place.story => Mark::Story,
                Some(story) if story.contains(&number) => Mark::Story,
                Some(story) if number >= story.end => Mark::Outside,
                Some(_) => Mark::Above,
                _ => Mark::None,
            });
            if let Some(run) = node.text() {
                writer.push(run, mark, place.linked, place.kept);
            }
            number += 1;
            continue;
        };
        let says = node.says();
        if says.unseen || is_hidden(node) {
            number = node.end();
            continue;
        }
        (place.end, place.number) = (node.end(), number);
        if !holds_title(number)
            && let Some(row) = row(node, tag, place.story, is_large(number)).or(card.filter(|_| cards[number]))
        {
            let weight = |row: u16| elements::element(row).map_or(0.0, |e| e.weight);
            place.row = Some(place.row.filter(|&outer| weight(outer) > weight(row)).unwrap_or(row));
        }
        place.story |= place.row.is_none() && is_story(node, tag) && is_large(number);
        match tag {
            "h1" if place.row.is_none() && title_at.is_none() => place.heading = Some(Mark::Heading),
            "pre" => place.kept = true,
            "tr" => place.cells = (number + 1..node.end()).take(200).all(|n| is_inline_or_cell(tree.node(n))),
            "br" => writer.end_line(),
            "a" | "span" | "b" | "time" | "small" if is_beside(&tree, number) => writer.push(" ", Mark::None, false, false),
            "td" | "th" if place.cells => writer.tab(),
            "td" | "th" => writer.end_line(),
            "time" if time.is_none() => time = day_of(&tree, number, place),
            _ => {}
        }
        place.linked |= tag == "a";
        if title_at == Some(number) {
            place.heading = Some(Mark::Title);
        }
        if node.attribute(Attribute::Itemprop) == Some("datePublished") && tag != "time" {
            day = Some(number);
        }
        end(&mut writer, node);
        open.push(place);
        number += 1;
    }
    while let Some(place) = open.pop() {
        close(&tree, &mut writer, Some(place));
    }
    let day = day.map(|number| {
        let node = tree.node(number);
        let said = node.attribute(Attribute::Content).or_else(|| node.attribute(Attribute::Datetime));
        let written = said.map_or_else(|| tree.text_of(number), Into::into);
        Stamp { written, rule: "markup:itemprop:datePublished".into() }
    });
    drop((cards, tree));
    let (mut text, mut lines) = writer.finish();
    settle_title(&head, &mut text, &mut lines);
    let mut stamps = head.stamps;
    stamps.sort_by_key(|(rank, _)| *rank);
    let mut stamps: Vec<Stamp> = stamps.into_iter().map(|(_, stamp)| stamp).collect();
    stamps.extend(day.or(time));
    Ok((text, Markup { lines, stamps }))
}

fn close(tree: &Tree, writer: &mut Writer, place: Option<Place>) {
    let Some((place, tag)) = place.and_then(|place| Some((place, tree.node(place.number).tag()?))) else { return };
    if is_day(tree.node(place.number), tag) {
        // the page sets a day apart by its style: "28.04.2023" before a text without a space
        writer.push(" ", Mark::None, false, false);
    }
    end(writer, tree.node(place.number));
}

/// Ends the line at the begin or the end of an element.
fn end(writer: &mut Writer, node: Node) {
    let says = node.says();
    if says.paragraph {
        writer.end_block();
    } else if says.block {
        writer.end_line();
    }
}

/// Whether an inline element holds the day of the story, by its name.
fn is_day(node: Node, tag: &str) -> bool {
    tag == "time"
        || matches!(tag, "span" | "b" | "i" | "em" | "small")
            && node.attribute(Attribute::Class).is_some_and(|class| class.contains("date"))
}

fn is_inline_or_cell(node: Node) -> bool {
    !node.says().block && node.tag() != Some("br")
}

/// Whether an inline element follows another at once in a box that has no text of its own: items of
/// a bar, which the page sets apart by their style.
fn is_beside(tree: &Tree, number: usize) -> bool {
    let parent = tree.node(number).parent();
    let boxed =
        tree.node(parent).tag().is_some_and(|tag| matches!(tag, "div" | "td" | "li" | "nav" | "header" | "footer" | "section" | "span"));
    let before = tree.node(number - 1).parent();
    // the node before is the end of a sibling, and not the parent itself or its text
    let after_sibling = number - 1 != parent && before != parent;
    boxed && after_sibling && {
        let mut child = parent + 1;
        let mut plain = 0;
        let mut steps = 0;
        while child < tree.node(parent).end() && steps < 60 {
            plain += if tree.node(child).tag().is_none() { tree.node(child).letters() } else { 0 };
            child = tree.node(child).end();
            steps += 1;
        }
        plain == 0
    }
}

fn is_hidden(node: Node) -> bool {
    node.has(Attribute::Hidden)
        || node.attribute(Attribute::Style).is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// The row of the table that an element falls under.
fn row(node: Node, tag: &str, in_story: bool, large: bool) -> Option<u16> {
    // the header and footer of a story are its own
    if !(in_story && matches!(tag, "header" | "footer") || large && tag == "header")
        && let Some(row) = node.says().row
    {
        return Some(row);
    }
    if let Some(row) = node.attribute(Attribute::Role).and_then(|role| elements::of("role", &role.to_ascii_lowercase())) {
        return Some(row);
    }
    // a box around everything may be called anything
    if large || matches!(tag, "html" | "body" | "p" | "h1") {
        return None;
    }
    [Attribute::Class, Attribute::Id].into_iter().find_map(|name| elements::of_class(node.attribute(name)?))
}

fn is_story(node: Node, tag: &str) -> bool {
    matches!(tag, "article" | "main")
        || matches!(node.attribute(Attribute::Role), Some("main" | "article"))
        || node.attribute(Attribute::Itemprop) == Some("articleBody")
}

/// Bytes of a day with its hour.
const LONGEST: usize = 80;

/// The day of a `<time>` outside of the page's furniture.
fn day_of(tree: &Tree, number: usize, place: Place) -> Option<Stamp> {
    let node = tree.node(number);
    if place.row.is_some() {
        return None;
    }
    let written = node.attribute(Attribute::Datetime).filter(|written| !written.trim().is_empty());
    let written = match written {
        Some(written) => written.into(),
        // no day is so long
        None if node.letters() >= LONGEST => return None,
        None => tree.text_of(number),
    };
    let said = node.has(Attribute::Pubdate) || node.attribute(Attribute::Itemprop) == Some("datePublished");
    let modified = node.attribute(Attribute::Class).is_some_and(|class| class.contains("updated") && !class.contains("published"));
    let rule = if said { "markup:itemprop:datePublished" } else { "markup:time" };
    (!modified && written.len() < LONGEST).then(|| Stamp { written, rule: rule.into() })
}

/// Letters of a run of text that may be a paragraph.
const RUN: usize = 60;

/// The smallest element around the headline that holds some paragraphs, or a third of the page's
/// letters that are no links: the story, whatever its name.
fn container(tree: &Tree, title: usize, all: usize) -> Option<std::ops::Range<usize>> {
    let mut linked = Vec::with_capacity(tree.len() + 1);
    linked.push(0_u32);
    // letters of links up to each node
    let mut end = 0;
    for (number, node) in tree.nodes().enumerate() {
        if node.tag() == Some("a") {
            end = end.max(node.end());
        }
        let own = if number < end && node.tag().is_none() { node.letters() } else { 0 };
        linked.push(linked[number] + own as u32);
    }
    let of_links = |range: std::ops::Range<usize>| (linked[range.end] - linked[range.start]) as usize;
    let unlinked = |number: usize| tree.node(number).letters().saturating_sub(of_links(number..tree.node(number).end()));
    let whole = all.saturating_sub(of_links(0..tree.len())).max(1);
    let own = tree.node(title).letters();
    let mut at = title;
    loop {
        let parent = tree.node(at).parent();
        if parent == at || tree.node(parent).tag().is_none_or(|tag| matches!(tag, "body" | "html")) {
            return None;
        }
        at = parent;
        let letters = unlinked(at).saturating_sub(own);
        let runs = || tree.range(at..tree.node(at).end()).filter(|node| node.tag().is_none() && node.letters() >= RUN).take(3).count();
        if letters >= 200 && (letters * 3 >= whole || runs() >= 3) {
            return Some(at..tree.node(at).end());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8"><title>Село получило мост | Долина.info</title>
<meta property="article:published_time" content="2021-05-06T09:30:00+06:00">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Село получило мост","datePublished":"2021-05-06"}</script>
<style>p{color:red}</style></head><body>
<nav><ul><li><a href="/">Главная</a><li><a href="/n">Новости</a></ul></nav>
<article><h1>Село  получило
мост</h1><time datetime="2021-05-06">6 мая</time>
<p>В селе Кара-Булак открыли <b>мост</b>,<br>построенный за год.</p><script>alert("x")</script>
<table><tr><td>Длина<td>12 м<tr><td>Цена<td>1 млн сомов</table></article>
<div class="related-news"><a href="/1">Другая новость</a></div>
<p hidden>скрыто</p><footer>© Долина</footer></body></html>"#;

    fn lines(source: &str) -> Vec<(String, Mark)> {
        let (text, markup) = page(source.into(), 1 << 20).unwrap();
        assert_eq!(text.lines().count(), markup.lines.len());
        text.lines().map(Into::into).zip(markup.lines).filter(|(line, _): &(String, Mark)| !line.is_empty()).collect()
    }

    #[test]
    fn a_page_is_its_lines_with_what_its_elements_say() {
        let lines = lines(PAGE);
        let text: Vec<&str> = lines.iter().map(|(line, _)| line.as_str()).collect();
        assert_eq!(
            text,
            [
                "Главная",
                "Новости",
                "Село получило мост",
                "6 мая",
                "В селе Кара-Булак открыли мост,",
                "построенный за год.",
                "Длина\t12 м",
                "Цена\t1 млн сомов",
                "Другая новость",
                "© Долина"
            ]
        );
        let marks: Vec<Mark> = lines.iter().map(|(_, mark)| *mark).collect();
        assert_eq!(marks[2..8], [Mark::Title, Mark::Story, Mark::Story, Mark::Story, Mark::Story, Mark::Story]);
        assert!([0, 1, 8, 9].iter().all(|&at| matches!(marks[at], Mark::Page(_))), "{marks:?}");
    }

    #[test]
    fn metadata_name_the_day() {
        let (_, markup) = page(PAGE.into(), 1 << 20).unwrap();
        let rules: Vec<&str> = markup.stamps.iter().map(|stamp| stamp.rule.as_str()).collect();
        assert_eq!(rules, ["markup:meta:article:published_time", "markup:json-ld:datePublished", "markup:time"]);
    }

    #[test]
    fn character_sets_are_declared_or_guessed() {
        let told = Told { encoding: None, charset: None, limit: 1 << 20 };
        let source = PAGE.replace("utf-8", "windows-1251");
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&source);
        assert_eq!(read(bytes.as_ref().into(), told).unwrap().encoding.as_deref(), Some("windows-1251"));
        // saved as UTF-8 with the old declaration left in
        let plain = read(source.as_bytes().into(), told).unwrap();
        assert!(plain.text.contains("Село получило мост"));
        let (bytes, _, _) = encoding_rs::KOI8_R.encode("<p>Семинар прошёл в Бишкеке в мае этого года</p>");
        let plain = read(bytes.as_ref().into(), Told { charset: Some("koi8-r"), ..told }).unwrap();
        assert_eq!(plain.text, "Семинар прошёл в Бишкеке в мае этого года\n");
        assert_eq!(read(bytes.as_ref().into(), told).unwrap().encoding.as_deref(), Some("KOI8-R"));
    }

    #[test]
    fn a_title_that_no_line_has_stands_on_top() {
        let lines = lines("<title>Bridge opens in Osh - Valley News</title><p>The bridge was opened on Monday.");
        assert_eq!(lines[0], ("Bridge opens in Osh - Valley News".into(), Mark::Title));
        let lines =
            self::lines("<title>Bridge opens in Osh - Valley News</title><div>Bridge opens in Osh</div><p>It was opened on Monday.");
        assert_eq!(lines[0], ("Bridge opens in Osh".into(), Mark::Title));
    }

    #[test]
    fn deep_and_broken_pages_are_read() {
        let deep = "<div>".repeat(20_000) + "text";
        assert_eq!(page(deep, 1 << 20).unwrap().0, "text\n");
        assert_eq!(page("a<b".into(), 1 << 20).unwrap().0, "a\n");
        assert!(page("<p>word</p>".repeat(1000), 100).is_err());
    }
}
