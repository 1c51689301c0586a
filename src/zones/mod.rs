//! Which lines are the release and which belong to the page around it.
//!
//! A press release copied from a web page brings the page's menus, counters, share bars, teasers
//! of other stories and comment forms along. Each line is judged by its shape and words, its place
//! and its neighbours (`features`, `cues`), all lines together as one sequence (`model`):
//! head of the page, headline, release, end of the page. Nothing is deleted: a mask says what to
//! pass over, with a class and a rule for each stretch.
//!
//! "About the donor" paragraphs, press contacts, photo captions and a closing line with the source
//! are the release. A line that is furniture only in part is taken as a whole.

mod calendar;
mod cues;
#[cfg(test)]
mod examples;
mod features;
mod line;
mod model;
#[cfg(test)]
mod train;

use std::sync::LazyLock;

use crate::markup::{self, Mark};
use crate::span::Span;
use crate::table;
use crate::text::{Kind, Phrases, Script, Text};
use line::Line;
use model::State;

/// A stretch of page furniture, within one line.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Where it stands, without its line end.
    pub span: Span,
    /// menu, breadcrumb, language, share, counter, print, navigation, teaser, comments, copyright,
    /// credit, subscription, tags, login, cookie, correction, rating, notice, posted, saved,
    /// attachment, contact, weather, date; site where only the place tells.
    pub class: &'static str,
    /// The rule that says so: `cues:` and the words, or `lines/` and the part of the page.
    pub rule: String,
}

/// The zones of a text.
#[derive(Debug, Default)]
pub struct Zones {
    /// Page furniture, in order, without overlaps.
    pub stretches: Vec<Stretch>,
    /// The headline.
    pub title: Option<Span>,
}

impl Zones {
    /// Finds page furniture and the headline.
    #[must_use]
    pub fn find(text: &Text) -> Self {
        Self::marked(text, &[])
    }

    /// The same with what the format of the file says of each line of the text.
    #[must_use]
    pub fn marked(text: &Text, marks: &[Mark]) -> Self {
        let lines = features::lines(text);
        let mark =
            |at: usize| lines.get(at).and_then(|line| marks.get(text.lines[line.number].number as usize)).copied().unwrap_or_default();
        let named = marks.contains(&Mark::Title);
        let labelled: Vec<bool> = lines.iter().map(|line| is_label(text, line)).collect();
        let weigh = |at: usize, state: State| {
            let other = if named && state == State::Title && mark(at) != Mark::Title { -4.0 } else { 0.0 };
            // below "Press release" stands its headline
            let label = if state == State::Title && at > 0 && labelled[at - 1] { LABEL } else { 0.0 };
            other + label + told(mark(at), state)
        };
        let mut states = model::states(&lines, weigh);
        // a line whose words make it no headline is asked about only when it was taken for one
        if let Some(title) = states.iter().position(|&s| s == State::Title).filter(|&at| is_sentence(text, &lines[at])) {
            let against = if is_paragraph(text, &lines[title]) { 4.0 * SENTENCE } else { SENTENCE };
            states = model::states(&lines, |at, state| weigh(at, state) + if state == State::Title && at == title { against } else { 0.0 });
        }
        pass_letterhead(text, &lines, &mut states);
        take_headline(&lines, &mut states);
        pass_site(text, &lines, &mut states);
        if !marks.is_empty() {
            keep_short_text(&lines, &mut states, mark);
        }
        keep_only_day(&lines, &mut states);
        pass_counts(&lines, &mut states);
        keep_signatories(&lines, &mut states);
        let mut zones = Self::default();
        let title = states.iter().position(|&s| s == State::Title).map(|at| lines[at].number);
        let headline = title.map(|number| text.slice(text.lines[number].span).trim());
        keep_labels(&labelled, &mut states);
        for (at, (line, &state)) in lines.iter().zip(&states).enumerate() {
            let span = text.lines[line.number].span;
            if state == State::Title {
                zones.title = trimmed(text, span);
            }
            // the headline once more above itself is no furniture
            if state.is_furniture() && headline != Some(text.slice(span).trim()) {
                let (class, rule) = why(line, state, mark(at));
                let slice = text.slice(span);
                if slice.contains('\n') {
                    // a paragraph broken at one width is one line here and several in the text
                    let mut start = span.start as usize;
                    for piece in slice.split('\n') {
                        let span = Span::new(start, start + piece.len());
                        start = span.end as usize + 1;
                        zones.stretches.extend((!piece.is_empty()).then(|| Stretch { span, class, rule: rule.clone() }));
                    }
                } else {
                    zones.stretches.push(Stretch { span, class, rule });
                }
            }
        }
        if zones.title.is_none() && !named {
            zones.title = stamped(text, &lines, &states).or_else(|| capitalized(text, &lines, &states));
        }
        zones.title = zones.title.and_then(|title| first_line(text, title));
        zones
    }

    /// Whether `span` lies in page furniture.
    #[must_use]
    #[inline]
    pub fn holds(&self, span: Span) -> bool {
        let i = self.stretches.partition_point(|s| s.span.end <= span.start);
        self.stretches.get(i).is_some_and(|s| s.span.overlaps(span))
    }
}

/// A headline is one line of the text, though it was taken for a part of a broken paragraph.
fn first_line(text: &Text, title: Span) -> Option<Span> {
    let length = text.slice(title).find('\n').unwrap_or(title.len());
    trimmed(text, Span::new(title.start as usize, title.start as usize + length))
}

/// Whether a cue of page furniture may begin with the word of this hash.
pub(crate) fn may_begin_cue(hash: u64) -> bool {
    cues::may_begin(hash)
}

/// Whether it may be a word of the calendar.
pub(crate) fn may_be_of_calendar(hash: u64) -> bool {
    calendar::may_hold(hash)
}

/// Lines that stand under a letterhead: "Press office", «Пресс-релиз».
static LABELS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let mut labels = Phrases::default();
    for [label] in table::rows(include_str!("../../data/zones/labels.tsv")) {
        labels.insert(label, ());
    }
    labels
});

/// What a label above a line adds for the headline.
const LABEL: f32 = 2.0;

/// What words of a sentence or of a picture take from the headline.
const SENTENCE: f32 = -4.0;

/// A line of more tokens than this with a full stop is a paragraph.
const LONG: u32 = 25;

/// Words of a sentence of the news.
const DAYS: [&str; 5] = ["вчера", "сегодня", "накануне", "yesterday", "today"];

/// Whether a line is a sentence that tells its day, with a full stop, begins with it or breaks off,
/// or says whose picture it stands under: no headline.
fn is_sentence(text: &Text, line: &Line) -> bool {
    let (first, end) = (text.lines[line.number].tokens.0 as usize, text.lines[line.number].tokens.1 as usize);
    if end - first > 60 {
        return is_paragraph(text, line);
    }
    let picture = |i: usize| {
        matches!(text.fold(i), "фото" | "photo" | "image")
            && i > first
            && matches!(text.mark(i - 1), b'.' | b'/' | b'(' | b'|' | b'[')
            && !matches!(text.mark(i + 1), b'.' | b',')
    };
    let told = || (first..end).any(|i| DAYS.contains(&text.fold(i)));
    // "Today the council passed the": a paragraph that a link breaks
    let broken = text.fold(first) == "today" || end > first + 3 && matches!(text.fold(end - 1), "the" | "a" | "an" | "of" | "to" | "with");
    broken || is_paragraph(text, line) || end - first > 8 && text.mark(end - 1) == b'.' && told() || (first..end).any(picture)
}

/// Whether a line is as long as a paragraph and ends with a full stop.
fn is_paragraph(text: &Text, line: &Line) -> bool {
    let (first, end) = text.lines[line.number].tokens;
    end - first > LONG && text.mark(end as usize - 1) == b'.'
}

fn is_label(text: &Text, line: &Line) -> bool {
    let (first, end) = text.lines[line.number].tokens;
    LABELS.longest(text, first as usize).is_some_and(|(stop, ())| stop == end as usize)
}

/// A release without a headline, under a page's head that has a line whose words it tells again:
/// that is the headline, with something of the page between them.
fn take_headline(lines: &[Line], states: &mut [State]) {
    if states.contains(&State::Title) {
        return;
    }
    let Some(first) = lines.iter().position(Line::is_prose) else { return };
    if let Some(at) = (0..first).rev().find(|&at| states[at] == State::Head && lines[at].is_told_again()) {
        states[at] = State::Title;
    }
}

/// The headline behind the stamp of a collection of pages: "date 2019-05-14 Bridge opened".
fn stamped(text: &Text, lines: &[Line], states: &[State]) -> Option<Span> {
    let (first, below) = lines.split_first()?;
    if states.first().is_none_or(|state| state.is_furniture()) || below.is_empty() {
        return None;
    }
    let span = text.lines[first.number].span;
    let slice = text.slice(span);
    let rest = slice.trim_start().strip_prefix("date ")?;
    let (day, rest) = rest.split_at_checked(10)?;
    let iso = day.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let rest = rest.strip_prefix(' ')?.trim();
    let headline = matches!(rest.chars().count(), 20..=160)
        && rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '«' | '“' | '"'))
        && !rest.ends_with(['.', ':', ';', ',', '…']);
    let start = slice.find(rest).filter(|_| iso && headline)? + span.start as usize;
    Some(Span::new(start, start + rest.len()))
}

/// The first line of a text, where most of its words begin with a capital as in English headlines:
/// "ADVISORY: Governor to Visit the Bridge at Milton Mills".
fn capitalized(text: &Text, lines: &[Line], states: &[State]) -> Option<Span> {
    let (first, below) = lines.split_first()?;
    let (from, to) = text.lines[first.number].tokens;
    let furniture = states.first().is_none_or(|state| state.is_furniture());
    if furniture || below.is_empty() || to - from > HEADLINE.1 || is_sentence(text, first) {
        return None;
    }
    let words = || text.tokens[from as usize..to as usize].iter().filter(|t| t.kind == Kind::Word && t.span.len() > 3);
    let (all, capital) = (words().count() as u32, words().filter(|t| t.is_capital()).count() as u32);
    let latin = words().all(|t| t.script == Script::Latin);
    // a salutation, a list, a dateline: no headline
    let closed = matches!(text.mark(to as usize - 1), b',' | b':' | b';');
    (latin && !closed && all >= HEADLINE.0 && capital * 10 >= all * 8).then(|| trimmed(text, text.lines[first.number].span)).flatten()
}

/// How many words of more than three letters a headline in capitals must have, and how many tokens it may have.
const HEADLINE: (u32, u32) = (4, 50);

/// "Bridge opened – Agency of Roads" or "You are here: News/Bridge opened" above "Bridge opened": the
/// names of the page and the headline.
fn pass_site(text: &Text, lines: &[Line], states: &mut [State]) {
    let Some(title) = states.iter().position(|&s| s == State::Title) else { return };
    let tokens = |at: usize| text.lines[lines[at].number].tokens;
    let (first, end) = tokens(title);
    let slice = |at: usize| text.slice(text.lines[lines[at].number].span).trim();
    // a link in a headline stands on a line of its own as well: before the path's last part there is a mark
    let path = |at: usize| {
        let above = slice(title).strip_suffix(slice(at)).unwrap_or_default().trim_end();
        slice(at).len() >= 30 && above.ends_with(['/', '|', '>', '»', '›', '→', '•', '·', '-', '–', '—', '\\'])
    };
    let same = |at: usize| {
        let (a, b) = tokens(at);
        let length = b - a;
        length >= 3
            && length + 1 < end - first
            && matches!(text.mark((first + length) as usize), b'-' | b'|' | b':')
            && (0..length).all(|i| text.fold((a + i) as usize) == text.fold((first + i) as usize))
    };
    if let Some(at) = (title + 1..(title + 8).min(lines.len())).find(|&at| same(at) || path(at)) {
        states[title] = State::Lead;
        states[at] = State::Title;
    }
}

/// A heading below a few short lines does not make them the page's: in a text without a paragraph
/// only words and elements say what is furniture.
fn keep_short_text(lines: &[Line], states: &mut [State], mark: impl Fn(usize) -> Mark) {
    if lines.iter().any(Line::is_prose) {
        return;
    }
    for at in 0..lines.len() {
        let told = lines[at].reading.cue().is_some() || matches!(mark(at), Mark::Page(_) | Mark::Links | Mark::Above | Mark::Outside);
        if states[at] == State::Head && !told {
            states[at] = State::Lead;
        }
    }
}

/// "Press release" above the headline, or above its day, is of the release.
fn keep_labels(labelled: &[bool], states: &mut [State]) {
    let Some(title) = states.iter().position(|&s| s == State::Title) else { return };
    for at in title.saturating_sub(2)..title {
        if labelled[at] && states[at + 1..title].iter().all(|state| !state.is_furniture()) {
            states[at] = State::Lead;
        }
    }
}

/// A list of names right below the last paragraph says who speaks in it: "Embassies of Canada,
/// Finland, Germany and Norway". Menus have no commas.
fn keep_signatories(lines: &[Line], states: &mut [State]) {
    let Some(at) = states.windows(2).position(|pair| pair[0] == State::Body && pair[1] == State::Tail).map(|at| at + 1) else { return };
    if matches!(lines[at - 1].stop, '.' | '!' | '?' | '»' | '”') && lines[at].is_list_of_names() {
        states[at] = State::Body;
    }
}

/// Numbers alone between the headline and the first paragraph count views and comments.
fn pass_counts(lines: &[Line], states: &mut [State]) {
    let Some(title) = states.iter().position(|&s| s == State::Title) else { return };
    for at in (title + 1..lines.len()).take(8).take_while(|&at| !lines[at].is_prose()) {
        if lines[at].is_count() {
            states[at] = State::Inset;
        }
    }
}

/// A body's name over "Press office" is a letterhead: the headline is the next short line below.
fn pass_letterhead(text: &Text, lines: &[Line], states: &mut [State]) {
    let Some(title) = states.iter().position(|&s| s == State::Title) else { return };
    let is_label = |line: &Line| is_label(text, line);
    if !lines.get(title + 1).is_some_and(is_label) {
        return;
    }
    let below = (title + 2..lines.len()).take_while(|&at| !lines[at].is_prose() && !states[at].is_furniture());
    if let Some(at) = below.into_iter().find(|&at| !lines[at].has_date() && !is_label(&lines[at])) {
        states[title..at].fill(State::Lead);
        states[at] = State::Title;
    }
}

/// A page shows the day of its saving beside that of the release: where no line of the release is
/// a date line, the one nearest above it is taken for its own.
fn keep_only_day(lines: &[Line], states: &mut [State]) {
    let Some(first) = states.iter().position(|s| !s.is_furniture()) else { return };
    // a day beside the headline is its day, unless the headline has one already or it is years
    // later than anything told; counters and sections on its line do not make it another's
    let title = states.iter().position(|&s| s == State::Title);
    let is_day = |at: usize| lines[at].has_date() && lines[at].days.rest <= 3;
    if let Some(title) = title
        && !(title.saturating_sub(2)..(title + 3).min(lines.len())).any(|at| is_day(at) && !states[at].is_furniture())
    {
        let below = title + 1..(title + 4).min(lines.len());
        let beside = [(title.wrapping_sub(1), State::Lead)].into_iter().chain(below.map(|at| (at, State::Body)));
        for (at, state) in beside.take_while(|&(at, _)| lines.get(at).is_none_or(|line| !line.is_prose())) {
            let is_late = |line: &Line| if line.days.rest == 0 { line.is_later() } else { line.is_much_later() };
            if lines.get(at).is_some_and(|line| line.is_stamp() && !is_late(line)) && states[at].is_furniture() {
                states[at] = state;
                break;
            }
        }
    }
    // a date line, or the first paragraph, which may begin with place and date
    let long = lines.iter().position(Line::is_prose).unwrap_or(lines.len());
    let is_dated = |(at, line): (usize, &Line)| line.has_date() && (at == long || line.days.rest <= 8);
    if lines.iter().enumerate().filter(|(at, _)| !states[*at].is_furniture()).any(is_dated) {
        return;
    }
    let head = &lines[..first];
    if let Some(at) = head.iter().rposition(|l| l.has_date() && l.days.rest <= 3 && l.reading.cue().is_none()) {
        states[at] = State::Lead;
    }
}

/// A line without the white space and the heading marks of Markdown around it.
fn trimmed(text: &Text, span: Span) -> Option<Span> {
    let slice = text.slice(span);
    let front = slice.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let front = front.strip_prefix('#').map_or(front, |rest| rest.trim_start_matches('#').trim_start());
    let start = span.start as usize + (slice.len() - front.len());
    let kept = front.trim_end();
    (!kept.is_empty()).then(|| Span::new(start, start + kept.len()))
}

/// The weight of an element beside the weights of the model: prose in a box of teasers is furniture.
const ELEMENT: f32 = 2.0;

/// What an element of the page adds to the score of a line for a state.
fn told(mark: Mark, state: State) -> f32 {
    match (mark, state) {
        (Mark::Title, State::Title) => 6.0,
        (Mark::Heading, State::Title) => 3.0,
        (Mark::Title | Mark::Heading | Mark::Story, State::Inset) => -1.5,
        (Mark::Title | Mark::Heading | Mark::Story, State::Head | State::Tail) => -5.0,
        (Mark::Above, State::Head) => 3.0,
        (Mark::Above, State::Lead) => -1.5,
        (Mark::Above, State::Body) => -3.0,
        (Mark::Links, state) if state.is_furniture() => 1.0,
        (Mark::Outside, State::Tail) => 2.0,
        (Mark::Page(row), state) => {
            let weight = markup::element(row).map_or(1.0, |element| element.weight);
            match state {
                State::Title => -2.0,
                state if state.is_furniture() => weight * ELEMENT,
                _ => 0.0,
            }
        }
        _ => 0.0,
    }
}

/// The class of a masked line, and the rule that names it.
fn why(line: &Line, state: State, mark: Mark) -> (&'static str, String) {
    if let Mark::Page(row) = mark
        && let Some(element) = markup::element(row)
    {
        return (element.class, format!("elements:{}", element.name));
    }
    if let Some(cue) = line.reading.cue() {
        return (cue.class, format!("cues:{}", cue.phrase));
    }
    if (line.days.any || line.days.time) && line.days.rest == 0 {
        return ("date", "lines/date".into());
    }
    match state {
        State::Head if line.reading.pieces >= 3 => ("menu", "lines/menu".into()),
        State::Head => ("site", "lines/head".into()),
        State::Tail => ("teaser", "lines/tail".into()),
        _ => ("site", "lines/inset".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
Долинный вестник
Главная | Новости | Общество | Контакты
Saturday, 4 May 2024
Селу Кара-Булак передали новую скорую помощь
12 марта 2019
Жители села Кара-Булак больше не ждут врачей из района: Фонд «Долина» передал местной больнице новую машину скорой помощи.
«Раньше мы ждали по два часа», – рассказала главный врач больницы Айгуль Сатарова на встрече с жителями села Кара-Булак.
О Фонде «Долина»: фонд работает с 2003 года и помогает больницам и школам десяти районов области.
Контакты для прессы: Нурлан Асанов, +996 555 00 00 00
Просмотров: 512   Версия для печати
Поделиться: Facebook  Telegram
Читайте также
11.03.2019 В Оше открыли мост
10.03.2019 В Нарыне выпал снег
© Долинный вестник, 2019. Все права защищены";

    fn masked(source: &str) -> Vec<&str> {
        let text = Text::new(source);
        Zones::find(&text).stretches.iter().map(|s| text.slice(s.span)).collect()
    }

    #[test]
    fn a_saved_page_is_masked_around_its_release() {
        let text = Text::new(PAGE);
        let zones = Zones::find(&text);
        let lines: Vec<&str> = PAGE.lines().collect();
        let masked = masked(PAGE);
        assert_eq!(masked[..3], lines[..3], "{masked:?}");
        assert_eq!(masked[3..], lines[9..], "{masked:?}");
        assert_eq!(zones.title.map(|t| text.slice(t)), Some("Селу Кара-Булак передали новую скорую помощь"));
    }

    #[test]
    fn each_stretch_has_a_class_and_a_rule() {
        let text = Text::new(PAGE);
        let zones = Zones::find(&text);
        let of = |start: &str| zones.stretches.iter().find(|s| text.slice(s.span).starts_with(start)).map(|s| (s.class, s.rule.as_str()));
        assert_eq!(of("Просмотров"), Some(("counter", "cues:просмотров")));
        assert_eq!(of("Поделиться"), Some(("share", "cues:поделиться")));
        assert_eq!(of("Читайте"), Some(("teaser", "cues:читайте также")));
        assert_eq!(of("©"), Some(("copyright", "cues:©")));
        assert_eq!(of("Главная"), Some(("menu", "cues:главная")));
    }

    #[test]
    fn a_release_alone_is_left_alone() {
        let release = "\
Ministry opens ten rural clinics in Talas Region

Bishkek, 5 May 2020 – The Ministry of Health opened ten clinics in the villages of Talas Region, the minister said on Tuesday.
“Nobody has to travel for two hours any more to have a child vaccinated,” the minister said at the opening of the clinic.
About the Foundation
The Valley Foundation has supported village clinics and schools in ten districts since 2003, and it is funded by its members.
Media contact: Nurlan Asanov, press@valley.example, +996 555 00 00 00
Source: Valley Foundation, 5 May 2020";
        assert_eq!(masked(release), Vec::<&str>::new());
        let text = Text::new(release);
        assert_eq!(Zones::find(&text).title.map(|t| text.slice(t)), Some("Ministry opens ten rural clinics in Talas Region"));
    }

    #[test]
    fn the_page_s_name_behind_the_headline_is_no_part_of_it() {
        let story =
            "The village got a new bridge last week, and forty families came to see it opened by the governor of the region in person.";
        let page = format!("A new bridge for Kara-Bulak - Agency of Roads\n\nA new bridge for Kara-Bulak\n\n{story}\n");
        let text = Text::new(&page);
        assert_eq!(Zones::find(&text).title.map(|t| (t.start > 40, text.slice(t))), Some((true, "A new bridge for Kara-Bulak")));
        let page =
            format!("You are here: News/A new bridge for the Kara-Bulak village\n\nA new bridge for the Kara-Bulak village\n\n{story}\n");
        let text = Text::new(&page);
        assert_eq!(Zones::find(&text).title.map(|t| text.slice(t)), Some("A new bridge for the Kara-Bulak village"));
        let page = format!("date 2019-05-14 A new bridge for Kara-Bulak\nNews desk\n{story}\n");
        let text = Text::new(&page);
        assert_eq!(Zones::find(&text).title.map(|t| text.slice(t)), Some("A new bridge for Kara-Bulak"));
    }

    #[test]
    fn a_text_that_begins_with_its_first_paragraph_has_no_headline() {
        let text = Text::new(
            "A three-day workshop on village water supply ended yesterday in Naryn, the Valley Foundation reports in a press release.\n\
             Forty engineers from all districts of the region took part in it, and they will now repair the pipes of their villages.",
        );
        let zones = Zones::find(&text);
        assert!(zones.title.is_none() && zones.stretches.is_empty());
        assert!(Zones::find(&Text::new("")).title.is_none());
    }

    #[test]
    fn a_line_in_capitals_above_a_release_is_its_headline() {
        let text = Text::new(
            "ADVISORY: Governor to Open the Working Families Mill\n\nMILTON – The Governor will open the\nWorking Families Mill Act\nof which much was said, and will speak to the parents who have waited for it.\n",
        );
        assert_eq!(Zones::find(&text).title.map(|t| text.slice(t)), Some("ADVISORY: Governor to Open the Working Families Mill"));
    }

    #[test]
    fn a_heading_below_a_short_text_leaves_it_alone() {
        let text = Text::new("The school was given 20 books.\nThe mayor spoke\nTea was served\nPhotos of the day\n");
        let zones = Zones::marked(&text, &[Mark::None, Mark::None, Mark::None, Mark::Heading]);
        assert!(zones.stretches.is_empty(), "{:?}", zones.stretches);
    }

    #[test]
    fn a_headline_is_one_line() {
        let source = "|»0 »А©0А©0 0А ©0aA©©»Аa0a|,| AA©A0Аa,АA,»AAa,AAAa0\nA©aА0а»A\n©AaAa, a AA|AАA»© aAaAA©©0А,»©» А|AA|0a©aaa0 |AАa\n\
            na0A 0aA©A©|AaАA0aAAАA©AaaAA»a00©aAAa0a|00\n⁰\u{9d7}!0!0ￊ!ꬠ¡";
        let text = Text::new(source);
        assert!(Zones::find(&text).title.is_none_or(|title| !text.slice(title).contains('\n')));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_masked_line_by_line(source in "([А-Яа-яA-Za-z0-9 |»/©.,:-]{0,60}\n){0,30}\\PC{0,80}") {
            let text = Text::new(&source);
            let zones = Zones::find(&text);
            for pair in zones.stretches.windows(2) {
                proptest::prop_assert!(pair[0].span.end < pair[1].span.start);
            }
            for stretch in &zones.stretches {
                proptest::prop_assert!(!text.slice(stretch.span).contains('\n'));
            }
            if let Some(title) = zones.title {
                proptest::prop_assert!(!zones.holds(title) && !text.slice(title).contains('\n'));
            }
        }
    }

    #[test]
    fn time_grows_with_length_alone() {
        // many lines of all kinds, and one very long line
        let long = format!("{}\n{}", PAGE.repeat(200), "Главная | ".repeat(20_000));
        assert!(!Zones::find(&Text::new(&long)).stretches.is_empty());
    }
}
