//! Texts that the line model learns from: annotated releases as they came, cut, wrapped, set into other
//! pages' furniture, and releases without any.

use std::path::Path;

use rustc_hash::FxHashSet;

use super::features;
use super::line::Line;
use super::model::{COUNT, State};
use crate::annotated::Release;
use crate::text::Text;

/// A text with what is known of its lines.
#[derive(Clone)]
pub(super) struct Example {
    pub lines: Vec<Line>,
    /// The states that each line may have in truth.
    pub allowed: Vec<[bool; COUNT]>,
    pub weight: Vec<f32>,
}

pub(super) struct Annotated {
    /// The text's lines, and whether each is furniture.
    pub lines: Vec<(String, bool)>,
    pub title: Option<String>,
    /// The number of its folder among those named.
    pub folder: usize,
}

fn annotated(source: &str) -> Option<Annotated> {
    let release = Release::parse(String::new(), source)?;
    let furniture: FxHashSet<u32> = release.furniture.iter().map(|line| line.start).collect();
    let mut start = 0;
    let lines = release.text.split('\n').map(|line| {
        let at = start;
        start += line.len() as u32 + 1;
        (line.to_string(), furniture.contains(&at))
    });
    Some(Annotated { lines: lines.collect(), title: release.header["title"].as_str().map(str::to_string), folder: 0 })
}

pub(super) fn read_annotated(folders: &str) -> Vec<Annotated> {
    let mut all = Vec::new();
    for (number, folder) in folders.split(':').filter(|f| !f.is_empty()).enumerate() {
        let mut paths: Vec<_> = ignore::Walk::new(Path::new(folder)).filter_map(Result::ok).map(|e| e.into_path()).collect();
        paths.sort();
        for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "ann")) {
            let read = std::fs::read_to_string(path).ok().as_deref().and_then(annotated);
            all.extend(read.map(|release| Annotated { folder: number, ..release }));
        }
    }
    all
}

/// Releases without furniture: text and title, where it is known.
pub(super) fn read_plain(files: &str, each: usize) -> Vec<(String, Option<String>, bool)> {
    let mut all = Vec::new();
    for file in files.split(':').filter(|f| !f.is_empty()) {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        let lines: Vec<&str> = text.lines().collect();
        for line in lines.iter().step_by(lines.len().div_ceil(each).max(1)) {
            let Ok(value) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            let Some(body) = value["text"].as_str() else { continue };
            all.push((body.to_string(), value["title"].as_str().map(str::to_string), value.get("title").is_some()));
        }
    }
    all
}

/// An example from lines that are known: `title_known` says whether no title means none.
pub(super) fn example(lines: &[(String, bool)], title: Option<&str>, title_known: bool) -> Example {
    let source: Vec<&str> = lines.iter().map(|(line, _)| line.as_str()).collect();
    let source = source.join("\n");
    let text = Text::new(&source);
    let found = features::lines(&text);
    let headline = title.and_then(|title| found.iter().position(|l| !lines[l.number].1 && lines[l.number].0.trim() == title));
    let first_body = found.iter().position(|l| !lines[l.number].1).unwrap_or(found.len());
    let last_body = found.iter().rposition(|l| !lines[l.number].1).unwrap_or(0);
    let mut allowed = Vec::new();
    let mut weight = Vec::new();
    for (at, line) in found.iter().enumerate() {
        let furniture = lines[line.number].1;
        let mut may = [false; COUNT];
        let mut allow = |state: State| may[state as usize] = true;
        match (furniture, headline) {
            (true, Some(h)) if at < h => allow(State::Head),
            (true, _) if at < first_body => allow(State::Head),
            (true, _) if at > last_body => allow(State::Tail),
            (true, _) => allow(State::Inset),
            (false, Some(h)) if at < h => allow(State::Lead),
            (false, Some(h)) if at == h => allow(State::Title),
            (false, None) if !title_known => [State::Lead, State::Title, State::Body].into_iter().for_each(allow),
            (false, _) => allow(State::Body),
        }
        allowed.push(may);
        weight.push(if furniture { setting("COST_MISSED", 1.0) } else { setting("COST_WRONG", 1.0) });
    }
    Example { lines: found, allowed, weight }
}

/// Numbers that look random and are the same in each run.
pub(super) struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

type Lines = Vec<(String, bool)>;

/// The page's head, the release, the page's tail.
fn parts(release: &Annotated) -> [Lines; 3] {
    let lines = &release.lines;
    let first = lines.iter().position(|(l, f)| !f && !l.trim().is_empty()).unwrap_or(0);
    let last = lines.iter().rposition(|(l, f)| !f && !l.trim().is_empty()).map_or(lines.len(), |l| l + 1);
    [lines[..first].to_vec(), lines[first..last].to_vec(), lines[last..].to_vec()]
}

/// The annotated releases themselves, and others made of them: without the head, the headline or
/// the tail of the page, with those of others, one item a line, with the day of saving, with
/// counters in the date line, with a share bar amid the text, hard-wrapped.
pub(super) fn examples(releases: &[Annotated], plain: &[(String, Option<String>, bool)]) -> Vec<Example> {
    let mut chance = Chance(88_172_645_463_325_252);
    let mut all = Vec::new();
    for release in releases {
        let title = release.title.as_deref();
        all.push(example(&release.lines, title, true));
        let [head, body, tail] = parts(release);
        let at_title = title.and_then(|t| body.iter().position(|(l, _)| l.trim() == t));
        let untitled: Lines = body[at_title.map_or(0, |at| at + 1)..].to_vec();
        let [other_head, ..] = parts(&releases[chance.below(releases.len())]);
        let [.., other_tail] = parts(&releases[chance.below(releases.len())]);
        let [.., third_tail] = parts(&releases[chance.below(releases.len())]);
        all.push(example(&[body.clone(), tail.clone()].concat(), title, true));
        all.push(example(&[other_head.clone(), body.clone(), other_tail.clone()].concat(), title, true));
        // one item a line, as browsers save menus; and more of it
        let long_head: Lines = [&other_head, &head].into_iter().flatten().flat_map(pieces).collect();
        let long_tail: Lines = [&tail, &third_tail].into_iter().flatten().flat_map(pieces).collect();
        all.push(example(&[long_head, dated(&body, &mut chance), long_tail].concat(), title, true));
        if tail.iter().chain(&third_tail).any(|(l, _)| is_teaser(l)) {
            // other stories with their first paragraph
            let mut lines =
                [head.clone(), body.clone(), if tail.iter().any(|(l, _)| is_teaser(l)) { tail.clone() } else { third_tail.clone() }]
                    .concat();
            for _ in 0..=chance.below(3) {
                lines.extend(story(&releases[chance.below(releases.len())], &mut chance));
            }
            all.push(example(&lines, title, true));
        }
        if !head.is_empty() {
            let mut lines = [head.clone(), body.clone(), tail.clone()].concat();
            lines.insert(chance.below(2).min(head.len()), (saved(&body, &mut chance), true));
            all.push(example(&lines, title, true));
        }
        let insets: Lines = [&tail, &other_tail, &third_tail].into_iter().flatten().filter(|(l, _)| is_inset(l)).cloned().collect();
        if !insets.is_empty() {
            let mut lines = body.clone();
            let at = match at_title {
                Some(at) if chance.below(3) > 0 => at + 1,
                _ => chance.below(body.len()).max(at_title.map_or(0, |at| at + 1)),
            };
            for _ in 0..=chance.below(2) {
                lines.insert(at.min(lines.len()), insets[chance.below(insets.len())].clone());
            }
            if lines.last().is_some_and(|l| !l.1) {
                all.push(example(&[head.clone(), lines, tail.clone()].concat(), title, true));
            }
        }
        match chance.below(4) {
            0 => all.push(example(&[untitled, tail].concat(), None, true)),
            1 => all.push(example(&[untitled, other_tail].concat(), None, true)),
            2 => all.push(example(&untitled, None, true)),
            _ => all.push(example(&wrapped(&[head, body, tail].concat(), 60 + chance.below(30)), title, true)),
        }
    }
    for (number, (text, title, known)) in plain.iter().enumerate() {
        let lines: Lines = text.lines().map(|l| (l.to_string(), false)).collect();
        all.push(example(&lines, title.as_deref(), *known));
        let body: Lines = lines.iter().filter(|(l, _)| Some(l.trim()) != title.as_deref()).cloned().collect();
        let begins_long = body.iter().find(|(l, _)| !l.trim().is_empty()).is_some_and(|(l, _)| l.chars().count() > 150);
        if title.is_some() && begins_long && number % 3 == 0 {
            all.push(example(&body, None, true));
        }
    }
    all
}

/// The items of a line of furniture, each a line of its own.
fn pieces((line, furniture): &(String, bool)) -> Lines {
    let items = line.split(['|', '•', '»', '>']).flat_map(|l| l.split("  ")).map(str::trim).filter(|l| !l.is_empty());
    items.map(|l| (l.to_string(), *furniture)).collect()
}

/// A line with the day on which a page was saved, years after its text.
fn saved(body: &[(String, bool)], chance: &mut Chance) -> String {
    let years = body.iter().flat_map(|(l, _)| l.split(|c: char| !c.is_ascii_digit())).filter_map(|n| n.parse::<u32>().ok());
    let year = years.filter(|y| (1990..2030).contains(y)).max().unwrap_or(2015) + 1 + chance.below(8) as u32;
    let day = 1 + chance.below(28);
    let cyrillic = body.iter().any(|(l, _)| l.chars().filter(|c| matches!(c, 'а'..='я')).count() > 60);
    let pick = |of: &[&str], chance: &mut Chance| of[chance.below(of.len())].to_string();
    if cyrillic {
        let month = pick(&["января", "марта", "мая", "июля", "октября"], chance);
        let weekday = pick(&["понедельник", "Вторник", "среда", "Четверг", "суббота"], chance);
        match chance.below(4) {
            0 => format!("{weekday}, {day} {month} {year}"),
            1 => format!("Сегодня: {day} {month} {year} г."),
            2 => format!("{weekday}, {day} {month} {year} г. {}:{}", 10 + chance.below(13), 10 + chance.below(49)),
            _ => format!("{day} {month} {year}"),
        }
    } else {
        let month = pick(&["January", "March", "May", "Jul", "October"], chance);
        let weekday = pick(&["Monday", "Tuesday", "Wednesday", "Thu", "Saturday"], chance);
        match chance.below(4) {
            0 => format!("{weekday}, {month} {day}, {year}"),
            1 => format!("Today is {weekday}, {day} {month} {year}"),
            2 => format!("{weekday} {month} {day}, {year} {}:{}", 10 + chance.below(13), 10 + chance.below(49)),
            _ => format!("{month} {day}, {year}"),
        }
    }
}

/// A release whose date line, where it has one, carries a counter or a section too.
fn dated(body: &[(String, bool)], chance: &mut Chance) -> Lines {
    let mut lines = body.to_vec();
    let is_day = |line: &str| {
        let text = Text::new(line);
        let days = super::calendar::read(&text, 0..text.tokens.len());
        days.any && days.rest == 0
    };
    if let Some((line, _)) = lines.iter_mut().take(8).find(|(l, furniture)| !furniture && is_day(l)) {
        let cyrillic = body.iter().any(|(l, _)| l.chars().filter(|c| matches!(c, 'а'..='я')).count() > 60);
        let ends = if cyrillic {
            ["     Просмотров: 1204", "   318 просмотров", " | Новости", " | Общество | 2210", "   Комментариев: 4"]
        } else {
            ["   Views: 1204", "   318 views", " | News", " | Press release | 2210", "   Comments: 4"]
        };
        line.push_str(ends[chance.below(ends.len())]);
    }
    lines
}

/// Whether a line of furniture is one that pages have amid their text too.
fn is_inset(line: &str) -> bool {
    let text = Text::new(line);
    let reading = super::cues::read(&text, 0..text.tokens.len());
    reading.cue().is_some_and(|c| matches!(c.class, "share" | "counter" | "print" | "tags" | "rating" | "language" | "subscription"))
}

fn is_teaser(line: &str) -> bool {
    let text = Text::new(line);
    super::cues::read(&text, 0..text.tokens.len()).teaser
}

/// Another story as pages show it: a day perhaps, its headline, its first paragraph perhaps.
fn story(release: &Annotated, chance: &mut Chance) -> Lines {
    let mut out = Lines::new();
    if chance.below(2) == 0 {
        out.push((
            format!(
                "{}.{:02}.20{:02} {}:{}",
                1 + chance.below(28),
                1 + chance.below(12),
                chance.below(25),
                10 + chance.below(14),
                10 + chance.below(50)
            ),
            true,
        ));
    }
    out.extend(release.title.iter().map(|title| (title.clone(), true)));
    let [_, body, _] = parts(release);
    if let Some((line, _)) = body.iter().find(|(l, _)| l.chars().count() > 140).filter(|_| chance.below(2) == 0) {
        out.push((line.chars().take(400).collect(), true));
    }
    out
}

/// Lines broken at a width; the headline stays whole.
fn wrapped(lines: &[(String, bool)], width: usize) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    for (line, furniture) in lines {
        if line.chars().count() < 150 {
            out.push((line.clone(), *furniture));
            continue;
        }
        let mut row = String::new();
        for word in line.split(' ') {
            if !row.is_empty() && row.chars().count() + word.chars().count() >= width {
                out.push((std::mem::take(&mut row), *furniture));
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
        out.push((row, *furniture));
        out.push((String::new(), false));
    }
    out
}

/// A number that a run may set, for trying out.
pub(super) fn setting(name: &str, usual: f32) -> f32 {
    variable(name).parse().unwrap_or(usual)
}

pub(super) fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}
