//! Whether a relative expression is a date where it stands, or said of any such time: "today" for
//! nowadays, seasons in general, "in two weeks" as a length.

use crate::page::Page;
use crate::text::{Script, Text};

use super::cues::{self, Cue};
use super::expression::{Anchor, Expression, Shape, Year};
use super::resolve::Resolved;
use super::tense::{self, Tense};
use super::words::{self, Class, Unit};
use crate::mention::value::Value;

/// Whether a relative expression is a date here: not "today" for nowadays, a season in general,
/// or "that day" with no day told.
pub(super) fn says_a_date(page: &Page, item: &Resolved, anchored: bool, opening: usize) -> bool {
    let e = &item.expression;
    if e.to.is_some() {
        return true;
    }
    if item.general {
        return false;
    }
    match e.shape {
        Shape::Shift { anchor: Anchor::Told, .. }
        | Shape::Year(Year::Of(Anchor::Told, _))
        | Shape::Distance { anchor: Anchor::Told, .. } => item.value != Value::Unsettled,
        // "in two weeks" may be a length of time
        Shape::Distance { .. } if e.rule.1 == "in-units" => {
            // only "in two weeks' time" is never one
            !item.value.is_unsettled() && (e.end..e.end + 2).any(|i| page.text.fold(i) == "time")
        }
        // «через месяц я поняла» is a length as well
        Shape::Distance { anchor: Anchor::Release, .. } if e.rule.1 == "through" => {
            !item.value.is_unsettled() && tense::close(&page.text, e.first, e.end) == Tense::Future
        }
        Shape::Shift { unit: Unit::Day, by: 0, anchor: Anchor::Release } => {
            today(&page.text, e, anchored, page.text.tokens[e.first].line as usize <= opening)
        }
        Shape::Season { season, year: Year::Open, shift: None } if page.text.tokens[e.first].script == Script::Latin => {
            english_season(&page.text, e, season)
        }
        Shape::Season { year: Year::Open, shift: None, .. }
            if e.bound.is_none() && page.text.tokens[e.first].script == Script::Cyrillic =>
        {
            tense::close(&page.text, e.first, e.end) == Tense::Future
        }
        _ => true,
    }
}

/// The line of the first paragraph of the release.
pub(super) fn first_paragraph(page: &Page) -> usize {
    let lines = &page.text.lines;
    lines.iter().position(|l| l.tokens.1 - l.tokens.0 > 20 && !page.in_furniture(l.span)).unwrap_or(lines.len())
}

/// How many tokens a dateline may have before its dash.
const DATELINE: usize = 12;

/// Whether "today" is the day of the release and not nowadays. Where nothing tells that day, only
/// at the start of a release and beside a verb that tells of something done.
fn today(text: &Text, e: &Expression, anchored: bool, early: bool) -> bool {
    let fold = |at: Option<usize>| at.filter(|&at| at < text.tokens.len()).map_or("", |at| text.fold(at));
    let before = fold(e.first.checked_sub(1));
    // «на сегодняшний день», «по сегодняшний день»: nowadays
    if matches!(before, "на" | "по") && e.end > e.first + 1 {
        return false;
    }
    // "earlier today", "this morning", "tonight" are no nowadays
    if before == "earlier" || matches!(text.fold(e.first), "this" | "tonight") {
        return true;
    }
    // "Today we celebrate", "we are here today"
    let beside = e.first.saturating_sub(8)..(e.end + 3).min(text.tokens.len());
    if cues::among(text, beside).has(Cue::Act) {
        return true;
    }
    // "today's world" is nowadays, "today's hearing" a day's
    let occasion = |range: std::ops::Range<usize>| cues::among(text, range.start..range.end.min(text.tokens.len())).has(Cue::Occasion);
    if matches!(fold(Some(e.end)), "'s" | "s") {
        let held = occasion(e.end..e.end + 6);
        if !held || anchored || occasion(e.end + 1..e.end + 2) {
            return held && (anchored || early || text.tokens[e.first].script == Script::Latin);
        }
    }
    let quoted = || text.is_quoted(e.first, 40);
    if !anchored {
        // "Today U.S. Senator Ann Orlova (R-Mo.) introduced …", "At a hearing today, …"
        let far = || tense::near(text, e.first, e.end) != Tense::Unknown;
        let line = text.tokens[e.first].line;
        // behind a dateline's dash the text begins: "MILTON – Today, …"
        let dash = |at: usize| text.mark(at) == b'-' && (0..at).rev().take_while(|&t| text.tokens[t].line == line).count() < DATELINE;
        let opens = || e.first.checked_sub(1).is_none_or(|at| text.tokens[at].line != line || dash(at));
        if text.mark(e.end) == b',' && text.tokens[e.first].script == Script::Latin && e.first.checked_sub(1).is_some_and(dash) {
            return true;
        }
        let present =
            || (e.end..(e.end + 14).min(text.tokens.len())).any(|at| matches!(text.fold(at), "is" | "are" | "has" | "have" | "remains"));
        let names = || text.tokens[e.first].script == Script::Latin && opens() && !present();
        // «Сегодня в университете проходит конференция»
        let sentence = text.sentences.get(text.tokens[e.first].sentence as usize).map_or(e.end, |s| s.tokens.1 as usize);
        let act = cues::among(text, e.end..sentence.min(e.end + 20));
        let acts = || opens() && [Cue::Happens, Cue::Starts, Cue::Ends].into_iter().any(|cue| act.has(cue));
        return early && !quoted() && (far() || names() || acts() || occasion(e.first.saturating_sub(1)..e.first));
    }
    let tense = tense::close(text, e.first, e.end);
    early || tense != Tense::Unknown && !(quoted() && tense != Tense::Past)
}

/// Whether an English season without a year is that of one year.
fn english_season(text: &Text, e: &Expression, season: u8) -> bool {
    let near = |tokens: usize| e.first.saturating_sub(tokens)..(e.end + tokens).min(text.tokens.len());
    // "they use the river in summer and wells in winter"
    let other = |i: usize| {
        let word = words::word(text.tokens[i].hash);
        text.tokens[i].sentence == text.tokens[e.first].sentence
            && word.is_some_and(|word| word.class == Class::Season && word.value != i16::from(season))
    };
    match tense::close(text, e.first, e.end) {
        Tense::Future => true,
        Tense::Unknown if near(20).any(other) => false,
        _ => !near(9).any(|i| matches!(text.fold(i), "is" | "are")),
    }
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::dates;

    #[test]
    fn today_is_a_day_where_something_is_done() {
        let text =
            "New Bill on Wells\n\nToday U.S. Senator Ann Orlova (R-Mo.) introduced a bill on wells and on the pipes that lead to them.";
        assert_eq!(dates(text, ""), ["Today=?"]);
        let text = "Letter on Wells\n\nAt a hearing today, Senator Ann Orlova (R-Mo.)\npressed\nthe owners of the wells and of the pipes that lead to them.";
        assert_eq!(dates(text, ""), ["today=?"]);
        assert_eq!(dates("They learn it in today's world.", "2019-05-15"), [""; 0]);
        assert_eq!(
            dates("“The wells are deep. Today we celebrate those who dug them,” said Ann Orlova.", "2019-05-15"),
            ["Today=2019-05-15"]
        );
        let text = "The wells of the village have been there for longer than anybody can tell, and they are as deep as the hill is high.\n\n\
                    “Today the wells are deep and many people use them,” said Ann Orlova of the village.";
        assert_eq!(dates(text, "2019-05-15"), [""; 0]);
        assert_eq!(dates("They spoke at today's hearing.", "2019-05-15"), ["today=2019-05-15"]);
    }

    #[test]
    fn seasons_side_by_side_are_of_any_year() {
        assert_eq!(dates("They use the river in summer and wells in winter.", "2019-05-15"), [""; 0]);
        assert_eq!(dates("The wells were dug in summer.", "2019-05-15"), ["summer=2018-SU"]);
    }

    #[test]
    fn today_behind_a_dateline_and_of_an_occasion_is_a_date() {
        let text = "Wells\n\nMILTON—Today, Ann Orlova, chairwoman of the board, is holding a hearing on wells and on the pipes that lead to them.\n\nToday's hearing was long. Today's world has few wells.\n";
        assert_eq!(dates(text, ""), ["Today=?", "Today=?"]);
    }
}
