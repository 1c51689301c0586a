//! What speaks for a part that a body plays: how its mentions stand among the words of [`super::acts`].
//!
//! A feature is a name made of parts with a bar between: which word governs the list that the body
//! stands in (on its left, on its right), in which form and how far, what preposition leads the list,
//! what the word is about, the case of the name, the kind of the body, its place in the release.
//! Nothing of the cues of the rules is looked at, so that the weights learn the constructions anew.

use super::acts;
use crate::mention::{Fact, Mention, RoleKind};
use crate::page::Page;
use crate::roles::case::Case;
use crate::roles::cues::{CUES, Side};
use crate::roles::sentence::{Sentence, What, is_article};
use crate::text::Kind;

/// How many items a word may stand from the body that it governs.
const REACH: usize = 16;

/// Where features go: their parts, to be read with a bar between.
pub(super) trait Sink {
    fn add(&mut self, parts: &[&str]);
}

/// A word of a class near a body.
#[derive(Clone, Copy)]
struct Act {
    item: usize,
    class: &'static str,
    form: &'static str,
    /// How far it stands, in steps.
    far: &'static str,
    /// What stands between: nothing, a comma, another body, a verb.
    way: &'static str,
}

const NONE: Act = Act { item: usize::MAX, class: "-", form: "-", far: "-", way: "-" };

/// The words of classes in a sentence, by item.
pub(super) struct Read {
    acts: Vec<(usize, &'static str, &'static str)>,
    /// The class and form of the word that a list below a colon hangs on.
    intro: Option<(&'static str, &'static str)>,
    /// A colon ends the sentence.
    opens: bool,
}

impl Read {
    /// `before`: the sentence before, when it is read.
    pub fn new(sentence: &Sentence, before: Option<&Read>) -> Self {
        let mut acts = Vec::new();
        for (i, item) in sentence.items.iter().enumerate() {
            if item.what != What::Word {
                continue;
            }
            let word = sentence.text().fold(item.first);
            if let Some(class) = acts::class(word) {
                acts.push((i, class, form(sentence, i, word)));
            }
        }
        let opens = sentence.items.len().checked_sub(1).is_some_and(|last| sentence.word(last) == ":");
        let last = acts.iter().rev().find(|a| !matches!(a.1, "frame" | "staff" | "thing")).map(|a| (a.1, a.2));
        let held = before.filter(|b| b.opens || acts.is_empty()).and_then(|b| b.intro);
        Self { intro: if opens { last } else { held }, opens, acts }
    }
}

/// The form of a word, and whether a noun, an active or a passive.
fn form(sentence: &Sentence, item: usize, word: &str) -> &'static str {
    let form = acts::form(word);
    if !word.is_ascii() {
        return form;
    }
    let back = |n: usize| item.checked_sub(n).map_or("", |i| sentence.word(i));
    let be = |w: &str| matches!(w, "is" | "are" | "was" | "were" | "be" | "been" | "being");
    match form {
        "ed" if be(back(1)) || be(back(2)) || (1..6).any(|n| sentence.word(item + n) == "by") => "pass",
        "ed" => "ed",
        "b" | "s" | "ing" => {
            let noun = matches!(back(1), "the" | "a" | "an" | "with" | "of" | "for" | "from" | "its" | "their" | "and" | "this" | "under")
                || back(1).ends_with("al")
                || back(1).ends_with("ous")
                || matches!(sentence.word(item + 1), "of" | "from" | "by");
            match (noun, form) {
                (true, "ing") => "gn",
                (true, _) => "n",
                (false, "ing") if be(back(1)) || be(back(2)) => "prog",
                (false, form) => form,
            }
        }
        other => other,
    }
}

fn far(items: usize) -> &'static str {
    match items {
        0 => "0",
        1 => "1",
        2 | 3 => "3",
        4..=6 => "6",
        _ => "9",
    }
}

/// The list that the body at item `at` stands in: its first and last item.
fn list(sentence: &Sentence, at: usize) -> (usize, usize) {
    let joins =
        |i: usize| matches!(sentence.word(i), "," | "and" | "&" | "/" | "и" | ";" | "также" | "as" | "well" | "a" | "the" | "а" | "both");
    let (mut first, mut last) = (at, at);
    // to the left: separators, at most two describing words, a body with its bracket
    loop {
        let mut i = first;
        let (mut parted, mut words) = (false, 0);
        let found = loop {
            let Some(before) = i.checked_sub(1) else { break None };
            if joins(before) {
                parted |= !is_article(sentence.word(before));
            } else if let Some(open) = sentence.bracket_start(before) {
                i = open;
                continue;
            } else {
                match sentence.items[before].what {
                    What::Body(_) if parted => break Some(before),
                    What::Place if parted => {}
                    What::Word
                        if !parted && words < 2 && sentence.glue(before).is_none() && acts::class(sentence.word(before)).is_none() =>
                    {
                        words += 1
                    }
                    What::Mark if sentence.word(before) == "\"" => {}
                    _ => break None,
                }
            }
            if first - before > 12 {
                break None;
            }
            i = before;
        };
        match found {
            Some(found) => first = found,
            None => break,
        }
    }
    loop {
        let mut i = last + 1;
        let (mut parted, mut words) = (false, 0);
        let found = loop {
            match sentence.items.get(i).map(|item| item.what) {
                Some(What::Body(_)) if parted => break Some(i),
                Some(What::Word | What::Mark) if joins(i) => parted |= !is_article(sentence.word(i)),
                Some(What::Mark) if sentence.word(i) == "(" => match sentence.past_bracket(i) {
                    Some(past) => {
                        i = past;
                        continue;
                    }
                    None => break None,
                },
                Some(What::Mark) if sentence.word(i) == "\"" => {}
                Some(What::Place) if !parted => {}
                Some(What::Word) if parted && words < 2 && sentence.glue(i).is_none() && acts::class(sentence.word(i)).is_none() => {
                    words += 1
                }
                Some(What::Word) if !parted && matches!(sentence.word(i), "in" | "в") => {}
                _ => break None,
            }
            i += 1;
            if i - last > 12 {
                break None;
            }
        };
        match found {
            Some(found) => last = found,
            None => break,
        }
    }
    (first, last)
}

/// What stands right before the list: a preposition or other small word as it is, else its class.
fn lead<'s>(sentence: &'s Sentence, mut first: usize) -> (&'s str, usize) {
    while first > 0 && (is_article(sentence.word(first - 1)) && sentence.word(first - 1) != "by" || sentence.word(first - 1) == "\"") {
        first -= 1;
    }
    let Some(before) = first.checked_sub(1) else { return ("start", first) };
    let what = match sentence.items[before].what {
        What::Body(_) => "body",
        What::Project(_) => "project",
        What::Money(_) => "money",
        What::Date(_) => "date",
        What::Place => "place",
        What::Person => "person",
        What::Mark if sentence.word(before) == "|" => "/",
        What::Mark => sentence.word(before),
        What::Word => {
            let word = sentence.word(before);
            let small = sentence.glue(before).is_some_and(|(_, g)| g.stops || g.oblique || g.joins || g.aside || g.is);
            match acts::class(word) {
                _ if small || word.chars().count() < 4 => word,
                Some(class) => class,
                None => "word",
            }
        }
    };
    (what, before)
}

fn between(sentence: &Sentence, read: &Read, from: usize, to: usize) -> &'static str {
    let (mut comma, mut body, mut person) = (false, false, false);
    for i in from..to {
        match sentence.items[i].what {
            What::Body(_) => body = true,
            What::Person => person = true,
            What::Mark if matches!(sentence.word(i), "," | "-" | ";") => comma = true,
            What::Mark if sentence.word(i) == ":" => return ":",
            _ => {}
        }
    }
    let verb =
        read.acts.iter().any(|a| (from..to).contains(&a.0) && !matches!(a.1, "project" | "event" | "thing" | "money" | "frame" | "joint"));
    match (verb, person, body, comma) {
        (true, ..) => "verb",
        (_, true, ..) => "person",
        (_, _, true, _) => "body",
        (_, _, _, true) => ",",
        _ => "plain",
    }
}

/// Names of things that acts are about rather than acts.
fn is_object(class: &str) -> bool {
    matches!(class, "project" | "event" | "thing" | "money" | "frame")
}

/// The first thing that stands in `items` that an act may be about.
fn object(sentence: &Sentence, read: &Read, items: std::ops::Range<usize>, back: bool) -> &'static str {
    let named = |i: usize| match sentence.items[i].what {
        What::Project(_) => Some("project"),
        What::Money(_) => Some("sum"),
        _ => read.acts.iter().find(|a| a.0 == i && matches!(a.1, "project" | "event" | "thing" | "money" | "support")).map(|a| a.1),
    };
    let end = items.end.min(sentence.items.len());
    let found = if back { (items.start..end).rev().find_map(named) } else { (items.start..end).find_map(named) };
    found.unwrap_or("-")
}

/// What the words of one mention say of the body, into `sink`: the items of the word that weighs on it most likely, for evidence.
pub(super) fn of_mention(
    sentence: &Sentence,
    read: &Read,
    at: usize,
    place: &str,
    sink: &mut dyn Sink,
    all: &mut dyn Sink,
) -> [Option<usize>; 2] {
    let Some(mention) = sentence.body(at) else { return [None, None] };
    let (first, last) = list(sentence, at);
    let (lead, before) = lead(sentence, first);
    let past = sentence.past_name(last + 1);
    let acts = |range: std::ops::Range<usize>| read.acts.iter().filter(move |a| range.contains(&a.0));
    let make = |a: &(usize, &'static str, &'static str)| {
        let (from, to) = if a.0 < first { (a.0 + 1, first) } else { (last + 1, a.0) };
        Act { item: a.0, class: a.1, form: a.2, far: far(to - from), way: between(sentence, read, from, to) }
    };
    let lefts: Vec<Act> = acts(first.saturating_sub(REACH)..first).rev().take(3).map(make).collect();
    let rights: Vec<Act> = acts(last + 1..last + 1 + REACH).take(3).map(make).collect();
    let verb = |a: &&Act| !is_object(a.class) && !matches!(a.class, "staff" | "press" | "negate" | "joint");
    let left = lefts.first().copied().unwrap_or(NONE);
    let right = rights.first().copied().unwrap_or(NONE);
    let left_verb = lefts.iter().find(verb).copied().unwrap_or(NONE);
    let right_verb = rights.iter().find(verb).copied().unwrap_or(NONE);

    let cases = sentence.cases(mention);
    let (nominative, instrumental, genitive) =
        (cases.allow(Case::Nominative), cases.allow(Case::Instrumental), cases.allow(Case::Genitive));
    let case = match (nominative, instrumental, genitive) {
        (true, true, _) => "any",
        (true, false, false) => "nom",
        (true, false, true) => "nomgen",
        (false, true, false) => "ins",
        (false, true, true) => "insgen",
        (false, false, true) => "gen",
        (false, false, false) => "dat",
    };
    let oblique = before < first && sentence.glue(before).is_some_and(|(_, g)| g.oblique);
    let subject = if oblique || !nominative || matches!(lead, "of" | "staff" | "for") {
        "obl"
    } else if first == 0 || lead == "start" {
        "subj0"
    } else if sentence.items[..first].iter().any(|i| matches!(i.what, What::Body(_))) {
        "subj2"
    } else {
        "subj1"
    };
    let (fact, pays) = match &sentence.mentions[mention].fact {
        Fact::Organization(fact) => {
            (fact.kind, if sentence.pays(mention) { if sentence.pays_for_its_own(mention) { "pays" } else { "carries" } } else { "-" })
        }
        _ => ("", "-"),
    };
    let right_object =
        object(sentence, read, right_verb.item.saturating_add(1).min(sentence.items.len())..right_verb.item.saturating_add(11), false);
    let left_object =
        if left_verb.item == usize::MAX { "-" } else { object(sentence, read, left_verb.item.saturating_sub(10)..left_verb.item, true) };
    let after_left = if left_verb.item == usize::MAX { "-" } else { object(sentence, read, left_verb.item + 1..first, false) };

    sink.add(&["lead", lead]);
    sink.add(&["lead2", lead, pays]);
    sink.add(&["l", left.class, left.form]);
    sink.add(&["l", left.class, left.form, left.way]);
    sink.add(&["l", left.class, left.form, left.far]);
    sink.add(&["l", left.class, lead]);
    sink.add(&["l", left.class, left.form, lead, left.far]);
    sink.add(&["lv", left_verb.class, left_verb.form, lead, left_verb.way]);
    sink.add(&["lv", left_verb.class, left_verb.form, lead]);
    sink.add(&["lv", left_verb.class, left_verb.form, case]);
    sink.add(&["lv", left_verb.class, case, left_object]);
    sink.add(&["lvo", left_verb.class, lead, left_object]);
    sink.add(&["lva", left_verb.class, left_verb.form, after_left, lead]);
    sink.add(&["lvp", left_verb.class, lead, pays]);
    sink.add(&["r", right.class, right.form, subject]);
    sink.add(&["r", right.class, right.form, right.way]);
    sink.add(&["r", right.class, right.form, right.far]);
    sink.add(&["rv", right_verb.class, right_verb.form, subject, right_verb.way]);
    sink.add(&["rv", right_verb.class, right_verb.form, subject]);
    sink.add(&["rv", right_verb.class, subject, right_object]);
    sink.add(&["rv", right_verb.class, right_verb.form, right_object, right_verb.way]);
    sink.add(&["rvp", right_verb.class, subject, pays]);
    sink.add(&["rvk", right_verb.class, subject, fact]);
    sink.add(&["lr", left_verb.class, right_verb.class, lead]);
    sink.add(&["case", case, subject]);
    sink.add(&["place", place, subject]);
    sink.add(&["placerv", place, right_verb.class, subject]);
    let next = match sentence.what(past) {
        Some(What::Word | What::Mark) => match acts::class(sentence.word(past)) {
            Some(class) => class,
            None if sentence.word(past).chars().count() < 4 => sentence.word(past),
            None => "word",
        },
        Some(What::Project(_)) => "project",
        Some(What::Body(_)) => "body",
        Some(_) => "name",
        None => "end",
    };
    sink.add(&["next", next]);
    sink.add(&["next", next, lead]);
    sink.add(&["nextp", next, pays]);
    if left.class == "staff" && left.way == "plain" {
        sink.add(&["of staff", left.far, right_verb.class]);
    }
    for act in rights.iter().chain(&lefts).skip(1) {
        sink.add(&["near", act.class, act.form]);
    }
    for item in &sentence.items {
        match item.what {
            What::Project(_) => sink.add(&["here", "Project", subject]),
            What::Money(_) => sink.add(&["here", "Sum", subject]),
            _ => {}
        }
    }
    // the words of the rules, however loosely they stand by the body
    for (hits, ahead) in
        [(sentence.hits.iter().rev().find(|h| h.end <= first), false), (sentence.hits.iter().find(|h| h.first > last), true)]
    {
        let Some(hit) = hits else { continue };
        let cue = &CUES.rows[hit.row as usize];
        let (from, to) = if ahead { (last + 1, hit.first) } else { (hit.end, first) };
        let (role, side) = (role_name(cue.role), side_name(cue.side));
        let way = between(sentence, read, from, to);
        let ahead = if ahead { subject } else { "back" };
        sink.add(&["cue", role, side, ahead]);
        sink.add(&["cue", role, side, ahead, way]);
        sink.add(&["cue", role, side, ahead, far(to - from)]);
    }
    if first != last {
        sink.add(&["listed", if at == first { "first" } else { "later" }]);
    }
    if let Some((class, form)) = read.intro {
        sink.add(&["intro", class, form]);
        sink.add(&["intro", class, subject]);
    }
    all.add(&["any", "l", left_verb.class, lead]);
    all.add(&["any", "l", left_verb.class, left_verb.form]);
    all.add(&["any", "r", right_verb.class, subject]);
    all.add(&["any", "r", right_verb.class, right_verb.form]);
    let evidence = |act: Act| Some(act.item).filter(|&i| i != usize::MAX);
    [evidence(left_verb).or(evidence(left)), evidence(right_verb).or(evidence(right))]
}

fn role_name(role: RoleKind) -> &'static str {
    match role {
        RoleKind::Donor => "donor",
        RoleKind::Implementer => "implementer",
        RoleKind::Organizer => "organizer",
        _ => "other",
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Before | Side::Verb => "verb",
        Side::After | Side::Both => "after",
        Side::Label => "label",
        Side::Adjacent | Side::Meant => "beside",
    }
}

/// What is known of a body from the whole release.
pub(super) struct Standing {
    pub mentions: usize,
    /// Its rank among the bodies by number of mentions.
    pub rank: usize,
    /// Its place among the bodies by first mention.
    pub first: usize,
    pub bodies: usize,
    pub titled: bool,
    /// It is named inside a project's name.
    pub in_project: bool,
}

/// What of a release speaks for the roles of all its bodies.
pub(super) struct Release {
    project: bool,
    money: bool,
    /// The classes of the words of its headline.
    title: Vec<&'static str>,
}

/// Reads what of a release speaks for the roles of all its bodies.
pub(super) fn of_release(page: &Page, mentions: &[Mention]) -> Release {
    let title = page.zones.title.map(|title| {
        let words = page.text.tokens_in(title).filter(|&t| page.text.tokens[t].kind == Kind::Word);
        words.filter_map(|t| acts::class(page.text.fold(t))).collect()
    });
    Release {
        project: mentions.iter().any(|m| matches!(m.fact, Fact::Project(_))),
        money: mentions.iter().any(|m| matches!(m.fact, Fact::Money(_))),
        title: title.unwrap_or_default(),
    }
}

/// What speaks for the parts of a body from the whole release.
pub(super) fn of_body(release: &Release, body: &Mention, standing: &Standing, sink: &mut dyn Sink) {
    let count = |n: usize| match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3 | 4 => "4",
        _ => "9",
    };
    let Fact::Organization(fact) = &body.fact else { return };
    sink.add(&["mentions", count(standing.mentions)]);
    sink.add(&["rank", count(standing.rank), count(standing.bodies)]);
    sink.add(&["first", count(standing.first)]);
    sink.add(&["kind", fact.kind]);
    sink.add(&["kind", fact.kind, count(standing.rank)]);
    if standing.titled {
        sink.add(&["titled"]);
        sink.add(&["titled", fact.kind]);
    }
    if standing.in_project {
        sink.add(&["in project"]);
        sink.add(&["in project", fact.kind]);
    }
    if standing.bodies == 1 {
        sink.add(&["alone"]);
    }
    let has = |is: bool, name: &'static str| if is { name } else { "-" };
    sink.add(&["has", has(release.project, "project"), has(release.money, "money"), count(standing.rank)]);
    for class in &release.title {
        sink.add(&["title", class, count(standing.rank)]);
    }
}
