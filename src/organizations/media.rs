//! Media by what stands beside their names: a verb of reporting («передает Trend»), a label ("Source: Daily FT"), the
//! dateline ("/Trend/", "OSH, May 5 (Trend) -"), a web address as a name (Zakon.kz).

use super::cues::{name, words_at};
use super::found::{Found, Scene};
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::Hint;
use crate::text::{Case, Kind, Script};

/// «передает Trend», «сообщает КазТАГ», "Source: Daily FT".
pub(super) fn reporting(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let verb = scene.form(i, Form::REPORTING) && !scene.is_latin(i);
    let label = scene.form(i, Form::LABEL) && scene.mark(i + 1) == b':';
    if !verb && !label {
        return;
    }
    // «Ранее «Вестник» писал»: the medium before the verb
    let close = i.checked_sub(1).filter(|&k| verb && scene.mark(k) == b'"' && scene.together(k, i));
    let open = close.and_then(|close| (close.saturating_sub(5)..close - 1).rev().find(|&k| scene.mark(k) == b'"'));
    if let (Some(open), Some(close)) = (open, close)
        && scene.quoted_end(open) == Some(close + 1)
        && scene.capital(open + 1)
        && !scene.is(open.saturating_sub(1), Classes::PROJECT)
    {
        found.push(name(open + 1, close, "reporting", "media", 0.75));
    }
    let mut at = if label { i + 2 } else { i + 1 };
    if matches!(scene.fold(at), "корреспондент" | "агентство" | "издание" | "портал" | "ria" | "иа") && !label
    {
        at += 1;
    }
    if !(scene.together(i, at) || label && scene.text.same_line(i, at)) {
        return;
    }
    if scene.fold(at) == "\"" {
        if let Some(end) = scene.quoted_end(at).filter(|&end| end - at <= 6 && scene.capital(at + 1)) {
            found.push(name(at + 1, end - 1, "reporting", "media", 0.85));
        }
        return;
    }
    let Some((first, end)) = words_at(scene, at) else { return };
    // «Источник: Telegram-канал «Заря»»
    if label && (first..end + 2).any(|k| scene.mark(k) == b'"') {
        return;
    }
    let token = &scene.text.tokens[first];
    // «Источник: Вечерка» with nothing behind it
    let line = scene.text.lines.get(token.line as usize).is_some_and(|l| l.tokens.1 as usize == end);
    let foreign =
        token.script == Script::Latin || token.case == Case::Upper && token.span.len() > 4 || label && line && is_source(scene, i);
    if foreign && end - first <= 5 && !scene.is(first, Classes::HEAD) && !scene.hint(first, Hint::NO_TYPE) {
        found.push(name(first, end, "reporting", "media", if label { 0.7 } else { 0.8 }));
    }
}

/// "…, Zarnews reports.": the medium behind the comma.
pub(super) fn reports(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let ends = matches!(scene.fold(i + 1), "." | "," | "citing" | "with" | "via" | "referring") || !scene.together(i, i + 1);
    let Some(first) = (i.saturating_sub(3)..i).find(|&f| (f..i).all(|k| scene.capital(k) && scene.is_latin(k))) else { return };
    let comma = first > 0 && scene.mark(first - 1) == b',' && scene.together(first - 1, i);
    let other = |k: usize| scene.is_person(k) || scene.is(k, Classes::TITLE.with(Classes::HEAD)) || scene.form(k, Form::OPENER);
    if ends && comma && !(first..i).any(other) && scene.place(first).is_none() && scene.known(first).is_none() {
        found.push(name(first, i, "reporting", "media", 0.8));
    }
}

/// "Source", «Источник», and not who took the photo.
fn is_source(scene: &Scene, i: usize) -> bool {
    matches!(scene.fold(i), "source" | "источник")
}

/// «(Озёрск, 3 мая, «Озёр-информ», Анна Лунина)» before the first words.
pub(super) fn bracketed(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let token = &scene.text.tokens[i];
    let starts = scene.text.lines.get(token.line as usize).is_some_and(|l| l.tokens.0 as usize == i);
    if token.line > 14 || !starts || scene.place(i + 1).is_none() {
        return;
    }
    let Some(close) = (i + 4..i + 18).find(|&k| scene.mark(k) == b')' && scene.text.same_line(i, k)) else { return };
    let Some(open) = (i + 2..close).find(|&k| scene.mark(k) == b'"') else { return };
    if let Some(end) = scene.quoted_end(open).filter(|&end| end <= close && end - open < 8 && scene.capital(open + 1)) {
        found.push(name(open + 1, end - 1, "dateline", "media", 0.85));
    }
}

/// "/Trend/", «/УЗИНФОРМ/» in the opening lines of a release.
pub(super) fn dateline(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let token = &scene.text.tokens[i];
    let opening = token.line < 14;
    if !opening || scene.token(i + 1).is_none_or(|t| t.spaced) {
        return;
    }
    let Some(close) = (i + 2..i + 6).find(|&k| scene.fold(k) == "/" && scene.text.same_line(i, k)) else { return };
    // «/Корр. БЕЛТА/», «/Анна Лунина - Кабар/»
    let mut first = i + 1;
    if let Some(k) =
        (first..close.saturating_sub(1)).rev().find(|&k| matches!(scene.fold(k), "-" | ".") && scene.token(k + 1).is_some_and(|t| t.spaced))
    {
        first = k + 1;
    }
    let words = (first..close).all(|k| scene.capital(k) || matches!(scene.fold(k), "-" | "." | "\""));
    // «минимальный размер оплаты труда /МРОТ/»
    let matter = close == first + 1 && scene.form(first, Form::TOPIC);
    if words && !matter && scene.place(first).is_none() && scene.text.tokens[first].span.len() > 2 && !scene.is_person(first) {
        found.push(name(first, close, "dateline", "media", 0.8));
    }
}

/// «Ош. 5 мая. SILK TODAY - », "OSH, May 5, SILK TODAY. ": who sends the news stands between the place with the day and the
/// dash or stop at token `i`.
pub(super) fn sender(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let token = &scene.text.tokens[i];
    let dash = scene.mark(i) == b'-';
    let Some(line) = scene.text.lines.get(token.line as usize).filter(|_| token.line < 14 && token.spaced == dash) else { return };
    let start = line.tokens.0 as usize;
    if i > start + 12 || i < start + 4 || scene.place(start).is_none_or(|to| to > i) || scene.token(i + 1).is_none_or(|t| !t.spaced) {
        return;
    }
    let loud = |k: usize| scene.token(k).is_some_and(|t| t.case == Case::Upper && t.span.len() > 3) && !scene.is_person(k);
    let Some(stop) = (start + 1..i).rev().find(|&k| !loud(k)) else { return };
    let dated = (start..stop).any(|k| scene.token(k).is_some_and(|t| t.kind == Kind::Number));
    let apart = if dash { matches!(scene.mark(stop), b'.' | b'/' | b',') } else { scene.mark(stop) == b',' };
    if stop + 1 < i && i - stop <= 4 && apart && dated && scene.place(stop + 1).is_none_or(|to| to < i) {
        found.push(name(stop + 1, i, "dateline", "media", 0.8));
    }
}

/// "KYIV, 5 May (Interfax-Ukraine) –", "Delhi (ANI/WAM):": who sends the news stands in brackets behind the place.
pub(super) fn newswire(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    let token = &scene.text.tokens[i];
    let Some(line) = scene.text.lines.get(token.line as usize).filter(|_| token.line < 14) else { return };
    let start = line.tokens.0 as usize;
    if i > start + 9 || scene.place(start).is_none_or(|to| to > i) {
        return;
    }
    let Some(close) = (i + 2..i + 6).find(|&k| scene.fold(k) == ")" && scene.text.same_line(i, k)) else { return };
    if !matches!(scene.fold(close + 1), "-" | ":") || !scene.text.same_line(i, close + 1) {
        return;
    }
    let mut first = i + 1;
    for k in i + 1..=close {
        if k < close && scene.fold(k) != "/" {
            continue;
        }
        let words = (first..k).all(|m| scene.capital(m) || scene.fold(m) == "-" && scene.token(m).is_some_and(|t| !t.spaced));
        let body = first < k && words && scene.place(first).is_none_or(|to| to < k) && scene.text.tokens[first].span.len() > 2;
        if body && !scene.is_person(first) {
            found.push(name(first, k, "dateline", "media", 0.85));
        }
        first = k + 1;
    }
}

const DOMAINS: [&str; 22] = [
    "kz", "kg", "uz", "tj", "tm", "am", "az", "ge", "md", "by", "ua", "ru", "net", "org", "com", "info", "media", "news", "tv", "io", "eu",
    "uk",
];

/// A web address that stands as a name: Zakon.kz, PanARMENIAN.Net.
pub(super) fn site(scene: &Scene, i: usize, found: &mut Vec<Found>) {
    if scene.token(i + 1).is_none_or(|t| t.spaced) || scene.token(i + 2).is_none_or(|t| t.spaced) || !DOMAINS.contains(&scene.fold(i + 2)) {
        return;
    }
    let end = i + 3;
    // "Garda-news.kz", "Garda24.kz"
    let apart = |k: usize| scene.text.tokens[k].spaced;
    let joined = i > 1 && scene.mark(i - 1) == b'-' && !apart(i) && !apart(i - 1) && scene.is_word(i - 2);
    let numbered = i > 0 && scene.text.tokens[i].kind == Kind::Number && !apart(i) && scene.is_word(i - 1);
    let i = i - if joined { 2 } else { usize::from(numbered) };
    let token = &scene.text.tokens[i];
    if i > 0 && !token.spaced && matches!(scene.fold(i - 1), "." | "/" | "@" | "-" | ":") {
        return;
    }
    if scene.token(end).is_some_and(|t| !t.spaced && (t.kind != Kind::Mark || matches!(scene.fold(end), "/" | "@" | "-")))
        || scene.fold(end) == "." && scene.token(end + 1).is_some_and(|t| !t.spaced)
    {
        return;
    }
    let teller = |k: usize| scene.form(k, Form::REPORTING) || scene.is(k, Classes::DESCRIPTOR) || matches!(scene.fold(k), "reports" | "by");
    let said = i > 0 && teller(i - 1) || i > 1 && scene.mark(i - 1) == b':' && is_source(scene, i - 2);
    // the source on a line of its own at the end
    let line = scene.text.lines.get(token.line as usize).is_some_and(|l| (l.tokens.0 as usize, l.tokens.1 as usize) == (i, end));
    let closes = || line && scene.text.lines.len() < token.line as usize + 6;
    if token.is_capital() || said || closes() {
        found.push(name(i, end, "site", "media", 0.8));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;
    use crate::Record;

    #[test]
    fn who_sends_the_news_stands_in_the_dateline() {
        let bodies = |text| Record::of(text).texts("organization").join("; ");
        assert_eq!(bodies("OSH, May 5, OZERO TODAY. Farmers met in the town."), "OZERO TODAY");
        assert_eq!(bodies("OSH, May 5, OZERO TODAY - Farmers met in the town."), "OZERO TODAY");
        assert_eq!(bodies("OSH, May 5, in town. Farmers met there."), "");
    }

    #[test]
    fn web_addresses_are_media_where_they_tell_or_close() {
        assert_eq!(found("Об этом сообщает корреспондент ozersk.kz в пятницу."), ["ozersk.kz"]);
        assert_eq!(found("Об этом пишет Ozersk-news.kz, а не Ozersk24.kz."), ["Ozersk-news.kz", "Ozersk24.kz"]);
        assert_eq!(found("Мост открыт.\n\nozersk.md\n"), ["ozersk.md"]);
        assert_eq!(found("(Ош, 3 мая, «Озёр-информ», Анна Лунина). Мост открыт."), [""; 0]); // no place is known here
        assert_eq!(found("The bridge is open, Zarnews reports."), ["Zarnews"]);
        assert_eq!(found("Ранее «Озёрский вестник» писал об этом."), ["Озёрский вестник"]);
        assert!(found("Вырос размер оплаты труда /МРОТ/.").is_empty());
        assert!(found("Он сообщал СМИ об этом.").is_empty());
        assert!(found("«Мы едем», сообщает она.").is_empty());
        assert!(found("Подробности на странице ozersk.kz для всех.").is_empty());
    }
}
