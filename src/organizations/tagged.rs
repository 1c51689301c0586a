//! Names that only the sequence model saw, with their bounds put right.
//!
//! Where the grammars or the table read a name, theirs are the better bounds, and the model is not
//! asked; elsewhere its name counts after unpaired quotes, openers and small words at its ends are
//! taken off, unless it reads as a menu, a project or a place.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use super::found::{Found, Scene};
use super::gate::{self, Signs};
use super::lone::past_demonyms;
use super::unnamed::{is_name, of_projects};
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::{self, Form};
use crate::lexicon::hints::{self, Hint};
use crate::lexicon::{self, FIRST_NAME};
use crate::mention::{Tagged, TaggedKind};
use crate::text::{Case, Kind, Script};

/// Below this the model's names are left alone.
const LEAST: f32 = 0.5;

/// Adds the model's organizations to those found, where `keeps` says so of their tokens and signs.
pub(crate) fn add(scene: &Scene, tagged: &[Tagged], found: &mut Vec<Found>, mut keeps: impl FnMut((usize, usize), &Signs) -> bool) {
    let density = gate::density(scene, found.len());
    let mut taken = vec![false; scene.text.tokens.len()];
    for name in found.iter() {
        taken[name.first..name.end].fill(true);
    }
    let (laws, projects, people, called) = (OnceCell::new(), OnceCell::new(), OnceCell::new(), OnceCell::new());
    let surnames = OnceCell::new();
    // "Anna Reed", a person elsewhere in the text
    let is_persons = |first: usize, end: usize| {
        let called = end == first + 2 && lexicon::classes_of(scene.text, first) & FIRST_NAME != 0;
        let names = || people.get_or_init(|| full_names(scene, tagged));
        // "Reed": the surname of one whom the text names in full
        let surname = end == first + 1 && scene.is_latin(first) && scene.text.tokens[first].case != Case::Upper;
        called && names().contains(&[first, first + 1].map(|k| scene.text.tokens[k].hash))
            || surname && surnames.get_or_init(|| full_surnames(scene, tagged)).contains(&scene.text.tokens[first].hash)
    };
    for name in tagged.iter().filter(|t| t.kind == TaggedKind::Organization && t.confidence >= LEAST) {
        let (first, end) = (name.tokens.0 as usize, name.tokens.1 as usize);
        if first >= end || end > taken.len() {
            continue;
        }
        let middle = (first + 1..end.saturating_sub(1)).find(|&k| is_seam(scene, first, k));
        for (first, end) in [Some((first, middle.unwrap_or(end))), middle.map(|k| (k + 1, end))].into_iter().flatten() {
            let (first, end) = cut(scene, past_dash(scene, first, end), end);
            let (first, end) = trim(scene, past_demonyms(scene, first, end), end);
            let (first, end) = whole(scene, first, end);
            if first >= end
                || !is_name(scene, &laws, first, end)
                || is_persons(first, end)
                || of_places(scene, first, end)
                || is_half_of_post(scene, first, end)
                || is_ticker(scene, first, end)
                || is_two_sides(scene, first, end)
                || end == first + 1 && is_called_project(scene, &called, first)
                || is_russian_descriptor(scene, first, end)
            {
                continue;
            }
            if taken[first..end].contains(&true) && !widens(scene, found, first, end) {
                continue;
            }
            if !keeps((first, end), &gate::signs(scene, density, name, first, end)) {
                continue;
            }
            let kind = (first..end).find(|&k| scene.is(k, Classes::HEAD)).map_or("", |k| scene.word(k).kind);
            // the marks of quotation say that it is a name
            let quoted = first > 0 && scene.mark(first - 1) == b'"' && scene.mark(end) == b'"' && scene.capital(first);
            let project = || projects.get_or_init(|| of_projects(scene)).contains(&scene.words.stems[first]);
            let least = if quoted && !project() { 0.7 } else { 0.0 };
            found.push(Found { first, end, rule: ("model", ""), row: None, kind, confidence: (name.confidence * 0.85).clamp(least, 0.9) });
        }
    }
}

/// «проекту TerraWIN»: a made-up word that the text somewhere calls a project.
fn is_called_project(scene: &Scene, called: &OnceCell<FxHashSet<u64>>, first: usize) -> bool {
    let made_up = |k: usize| scene.token(k).is_some_and(|t| t.case == Case::Mixed && t.script == Script::Latin);
    let all = || {
        let named = scene.words.having(Classes::PROJECT).map(|k| k + 1).filter(|&k| {
            let whole = !scene.capital(k + 1) && scene.mark(k + 1) != b'-';
            whole && made_up(k) && scene.together(k - 1, k) && scene.token(k - 1).is_some_and(|t| t.script == Script::Cyrillic)
        });
        named.map(|k| scene.words.stems[k]).collect()
    };
    made_up(first) && called.get_or_init(all).contains(&scene.words.stems[first])
}

/// Names of two words that the model takes for people's.
fn full_names(scene: &Scene, tagged: &[Tagged]) -> FxHashSet<[u64; 2]> {
    let people = tagged.iter().filter(|t| t.kind == TaggedKind::Person && t.tokens.1 == t.tokens.0 + 2);
    people.map(|t| [t.tokens.0, t.tokens.0 + 1].map(|k| scene.text.tokens[k as usize].hash)).collect()
}

/// Surnames behind a first name that is known as one, where the model is sure of the person.
fn full_surnames(scene: &Scene, tagged: &[Tagged]) -> FxHashSet<u64> {
    let sure = |t: &&Tagged| t.kind == TaggedKind::Person && t.tokens.1 == t.tokens.0 + 2 && t.confidence >= 0.9;
    let people = tagged.iter().filter(sure).filter(|t| lexicon::classes_of(scene.text, t.tokens.0 as usize) & FIRST_NAME != 0);
    people.map(|t| scene.text.tokens[t.tokens.0 as usize + 1].hash).collect()
}

/// "Regional Democracy and Governance Director": the first half of what somebody directs.
fn is_half_of_post(scene: &Scene, first: usize, end: usize) -> bool {
    let plain = end > first + 1 && (first..end).all(|k| !scene.is(k, Classes::HEAD.with(Classes::LEGAL)));
    let mut behind = (end + 1..end + 4).take_while(|&k| scene.capital(k) && scene.text.same_line(end, k));
    // "the Garda Examiner and Assistant Director": a second post begins
    let second = lexicon::classes_of(scene.text, end + 1) & (lexicon::POST | lexicon::QUALIFIER) != 0
        || [Hint::RANK, Hint::POST_RANK].iter().any(|&rank| scene.hint(end + 1, rank));
    plain && scene.fold(end) == "and" && !second && behind.any(|k| k > end + 1 && is_post(scene, k))
}

/// «министр | здравоохранения», «Делегация Казахстана», «газета «…»»: what somebody is minister of, who came, a type.
fn is_russian_descriptor(scene: &Scene, first: usize, end: usize) -> bool {
    first > 0 && !scene.capital(first) && hints::is(scene.fold(first - 1), Hint::MINISTER)
        || scene.word(first).word == "делегация" && scene.place(first + 1) == Some(end)
        || end == first + 1 && scene.mark(end) == b'"' && hints::is(scene.fold(first), Hint::NO_TYPE)
}

/// "(NYSE: ABCD)": by which letters an exchange lists a firm.
fn is_ticker(scene: &Scene, first: usize, end: usize) -> bool {
    let listed = first > 2 && scene.mark(first - 1) == b':' && scene.mark(first - 3) == b'(';
    listed && end == first + 1 && scene.text.tokens[first].case == Case::Upper && scene.mark(end) == b')'
}

/// "EU-Garda talks": two sides, of which the first has its own name.
fn is_two_sides(scene: &Scene, first: usize, end: usize) -> bool {
    let joined = end == first + 3 && scene.mark(first + 1) == b'-' && scene.capital(first + 2);
    joined && matches!(scene.text.str(first), "EU" | "NATO" | "ASEAN") && scene.known(first) == Some(first + 1)
}

/// «Новороссийск РФ»: two places and nothing else.
fn of_places(scene: &Scene, first: usize, end: usize) -> bool {
    let second = scene.place(first).filter(|&second| second < end);
    second.is_some_and(|second| scene.place(second) == Some(end))
}

/// "Jarcon Ltd and Pacific Sun", "Helvetas and People in Need": an "and" between two names.
fn is_seam(scene: &Scene, first: usize, k: usize) -> bool {
    // "MINISTRY OF HEALTH AND GARDA UNIVERSITY" of a headline in capitals
    if scene.is_shouted(k) && matches!(scene.fold(k), "and" | "и") {
        let head = |from: usize, to: usize| (from..to).any(|m| scene.is(m, Classes::HEAD));
        return head(first, k) && (head(k + 1, k + 2) || head(k + 2, k + 4));
    }
    scene.fold(k) == "and"
        && scene.capital(k + 1)
        && (scene.is(k - 1, Classes::LEGAL) && scene.capital(k - 1) && first + 1 < k
            || scene.known(k + 1).is_some() && (first + 1 == k || scene.known(first) == Some(k)))
}

/// «Высший орган - Народный совет»: where a spaced dash stands between, the name is the part with the head.
fn past_dash(scene: &Scene, first: usize, end: usize) -> usize {
    let spaced = |k: usize| scene.mark(k) == b'-' && scene.text.tokens[k].spaced && scene.token(k + 1).is_some_and(|t| t.spaced);
    let head = |from: usize, to: usize| (from..to).any(|k| scene.is(k, Classes::HEAD) || scene.known(k).is_some());
    match (first + 1..end).find(|&k| spaced(k)) {
        Some(dash) if !head(first, dash) && head(dash + 1, end) && scene.token(first).is_some_and(|t| t.script == Script::Cyrillic) => {
            dash + 1
        }
        _ => first,
    }
}

/// Ends a name where it cannot go on: at an unpaired mark, a Russian small word or verb, a possessive.
fn cut(scene: &Scene, first: usize, end: usize) -> (usize, usize) {
    let mut quotes = 0;
    let mut brackets = 0;
    for k in first..end {
        let fold = scene.fold(k);
        let token = &scene.text.tokens[k];
        match (token.kind, fold) {
            (Kind::Mark, "\"") => {
                if quotes == 0 && k > first && scene.text.str(k) == "»" {
                    return (first, k); // «Заря»-«Восход»
                }
                quotes += 1;
                if quotes % 2 == 1 && k > first && scene.quoted_end(k).is_none_or(|to| to > end) {
                    return (first, k);
                }
            }
            (Kind::Mark, "(") => brackets += 1,
            (Kind::Mark, ")") => {
                brackets -= 1;
                if brackets < 0 {
                    return (first, k);
                }
            }
            (Kind::Mark, ";") if k > first => return (first, k),
            // "Garda Europe | with Consortium partners Evolux"
            (Kind::Word, "with") if k > first && token.case == Case::Lower && quotes == 0 => return (first, k),
            // "Parliament and Government": two
            (Kind::Word, "and") if k > first && scene.is(k - 1, Classes::HEAD) && (k + 1..end).any(|m| scene.is(m, Classes::HEAD)) => {
                return (first, k);
            }
            // «Министерства | в Озёрске»
            (Kind::Word, "в" | "во")
                if k == first + 1
                    && (scene.is(first, Classes::HEAD) || scene.text.tokens[first].case == Case::Upper)
                    && !scene.is(first, Classes::OFFICE)
                    && scene.place(k + 1).is_some() =>
            {
                return (first, k);
            }
            (Kind::Word, "'s") if scene.place(first) != Some(k) && !super::english::owns(scene, k) => {
                // "Anna Reed's Department of Roads": the model means what is owned
                let body = |from: usize, to: usize| (from..to).any(|m| scene.is(m, Classes::HEAD) || scene.known(m).is_some());
                let owner = !body(first, k) && body(k + 1, end);
                return (if owner { k } else { first }, k);
            }
            // "Garda's Minister of Roads": whose post it is
            (Kind::Word, _)
                if k > first + 1
                    && scene.mark(k) == 0
                    && scene.fold(k - 1) == "'s"
                    && scene.fold(k + 1) == "of"
                    && scene.is(k, Classes::TITLE)
                    && !scene.is(k, Classes::HEAD) =>
            {
                return (first, first);
            }
            // "Osh City | Mayor Aida Orozova", not "the Prime Minister's Office", "MINISTRY OF GENERAL EDUCATION"
            (Kind::Word, _) if k > first && is_post(scene, k) && !is_behind_of(scene, k) => {
                let body = (first..k).any(|m| scene.is(m, Classes::HEAD) || scene.known(m).is_some());
                return (first, if body { k } else { first });
            }
            // "EMBASSY OPENS SCHOOL" of a headline in capitals
            (Kind::Word, _) if k > first && scene.form(k, Form::HEADLINE_VERB) && scene.is_shouted(k) => return (first, k),
            (Kind::Word, _)
                if token.script == Script::Cyrillic
                    && token.case == Case::Lower
                    && k > first
                    && (forms::is_verb(fold) || forms::is_small_word(fold) && !hints::is(fold, Hint::NAME_LINK)) =>
            {
                return (first, k);
            }
            _ => {}
        }
    }
    (first, end)
}

/// Words of a quoted name that the model may have missed: more are a title or speech, which may hold the name of a body.
const QUOTED: usize = 2;

/// «Северный | мост»: a short quoted name is not its first word.
fn whole(scene: &Scene, first: usize, end: usize) -> (usize, usize) {
    let open = first.checked_sub(1).filter(|&k| scene.mark(k) == b'"' && scene.known(first).is_none() && scene.capital(first));
    let close = open.and_then(|k| scene.quoted_end(k)).map_or(0, |to| to - 1);
    let noun = |k: usize| scene.is_word(k) && !forms::is_small_word(scene.fold(k));
    let cyrillic = |k: usize| scene.token(k).is_some_and(|t| t.script == Script::Cyrillic);
    if close > end && close - end <= QUOTED && (end..close).all(|k| noun(k) && cyrillic(k)) { (first, close) } else { (first, end) }
}

/// "OFFICE OF THE GOVERNOR": what a body is of.
fn is_behind_of(scene: &Scene, k: usize) -> bool {
    let article = usize::from(scene.fold(k - 1) == "the");
    k > article + 1 && scene.fold(k - 1 - article) == "of" && scene.is(k - 2 - article, Classes::HEAD)
}

/// An English post behind a capitalised word, as in "City Mayor": none of a body's name.
fn is_post(scene: &Scene, k: usize) -> bool {
    let latin = scene.token(k).is_some_and(|t| t.script == Script::Latin && t.is_capital());
    latin
        && scene.is(k, Classes::TITLE)
        && !scene.is(k, Classes::HEAD)
        && scene.fold(k + 1) != "'s"
        && scene.capital(k - 1)
        && !scene.is(k - 1, Classes::TITLE)
        && lexicon::classes_of(scene.text, k - 1) & lexicon::POST == 0
        && !scene.hint(k - 1, Hint::POST_OPENER)
        && lexicon::classes_of(scene.text, k) & lexicon::POST != 0
}

/// Takes off what cannot open or close a name.
fn trim(scene: &Scene, mut first: usize, mut end: usize) -> (usize, usize) {
    loop {
        if first >= end {
            return (first, end);
        }
        let quotes = (first..end).filter(|&k| scene.fold(k) == "\"").count();
        let opens = scene.fold(first);
        let small = scene.token(first).is_some_and(|t| t.case == Case::Lower && t.kind == Kind::Word);
        let drop_first = match scene.token(first).map(|t| t.kind) {
            Some(Kind::Mark) => opens != "\"" || quotes % 2 == 1 || scene.quoted_end(first).is_none_or(|to| to >= end),
            Some(Kind::Number) => {
                scene.token(first + 1).is_some_and(|t| t.spaced && t.kind != Kind::Mark)
                    && scene.token(first).is_some_and(|t| t.span.len() == 4)
            }
            // "1500 | MW Garden Plant"
            _ if scene.form(first, Form::UNIT) && first > 0 && scene.token(first - 1).is_some_and(|t| t.kind == Kind::Number) => true,
            _ if small && scene.fold(first + 1) == "\"" && scene.is(first, Classes::DESCRIPTOR) => true,
            // «городском «Спартаке»»
            _ if small && scene.fold(first + 1) == "\"" && forms::is_adjective(opens) => {
                scene.place(first + 2).is_none() && !scene.is(first + 2, Classes::HEAD)
            }
            _ if small && first > 0 && scene.fold(first - 1) == "-" && !scene.text.tokens[first].spaced => true,
            // «Программы | Правительства Японии»
            _ if scene.is(first, Classes::PROJECT) && !scene.is(first, Classes::HEAD) && scene.is(first + 1, Classes::HEAD) => {
                scene.token(first).is_some_and(|t| t.script == Script::Cyrillic)
            }
            _ if small && scene.is(first, Classes::HEAD) => {
                !scene.is(first, Classes::LOWER) || forms::is_plural(opens, scene.word(first).word)
            }
            // «XXXIV | сессии | Ассамблеи»
            _ if first + 1 < end && hints::begins(opens, Hint::SITTING) => true,
            _ if first + 2 < end && scene.is_latin(first) && hints::begins(scene.fold(first + 1), Hint::SITTING) => true,
            _ if small => !scene.is(first, Classes::TYPE) && !forms::is_adjective(opens),
            _ if scene.is(first, Classes::TITLE) && !scene.is(first, Classes::HEAD) && first + 1 < end => {
                !(opens == "major" && scene.fold(first + 1) == "league")
            }
            _ => scene.form(first, Form::OPENER) || is_day_word(opens),
        };
        if drop_first {
            // both marks of a name in quotes go
            if opens == "\"" && scene.quoted_end(first) == Some(end) {
                end -= 1;
            }
            first += 1;
            continue;
        }
        let last = end - 1;
        // "UN Women | Country Representative"
        let narrows = scene.hint(last, Hint::POST_NARROWER) || scene.hint(last, Hint::UNDER_POST);
        if last > first && narrows && scene.is(end, Classes::TITLE) && scene.capital(end) {
            end -= 1;
            continue;
        }
        // "ECOWAS Commission | Headquarters"
        if last > first && matches!(scene.fold(last), "headquarters" | "hq") {
            end -= 1;
            continue;
        }
        if scene.text.tokens[last].case == Case::Lower && scene.hint(last, Hint::DANGLING) {
            end -= 1;
            continue;
        }
        // "Telegram-канал"
        if last > first + 1
            && scene.text.tokens[last].case == Case::Lower
            && scene.is(last, Classes::DESCRIPTOR)
            && scene.fold(last - 1) == "-"
        {
            end -= 2;
            continue;
        }
        let mark = scene.token(last).is_some_and(|t| t.kind == Kind::Mark);
        let closing = scene.fold(last) == "\"" && quotes % 2 == 0 && quotes > 0;
        let stop_of_initials =
            scene.fold(last) == "." && last > first && scene.token(last - 1).is_some_and(|t| t.span.len() <= 3 && t.is_capital());
        let bracket = scene.fold(last) == ")" && (first..last).any(|k| scene.fold(k) == "(");
        if mark && !closing && !stop_of_initials && !bracket && scene.fold(last) != "+" {
            end -= 1;
            continue;
        }
        return (first, end);
    }
}

fn is_day_word(word: &str) -> bool {
    hints::is(word, Hint::DAY_WORD)
}

/// Whether a model's name goes on from one found, by capitalised words and no joint.
fn widens(scene: &Scene, found: &[Found], first: usize, end: usize) -> bool {
    let mut inside = found.iter().filter(|f| f.first < end && first < f.end);
    let (Some(name), None) = (inside.next(), inside.next()) else { return false };
    if name.first < first || name.end > end || name.first == first && name.end == end {
        return false;
    }
    // "… of the Republic of Azerbaijan | Aida Orozova"
    let closed = name.end < end && (name.first..name.end).any(|k| scene.place(k) == Some(name.end));
    if scene.is_titled(first) || closed {
        return false;
    }
    let free = |k: usize| {
        scene.capital(k)
            && !scene.is(k, Classes::TITLE.with(Classes::PROJECT))
            && !scene.is_person(k)
            && scene.token(k).is_some_and(|t| t.script == Script::Latin)
            || scene.fold(k) == "-" && scene.token(k).is_some_and(|t| !t.spaced)
    };
    (first..name.first).all(free) && (name.end..end).all(free)
}

#[cfg(test)]
mod tests {
    use crate::mention::{Tagged, TaggedKind};
    use crate::organizations::{find, lookup};
    use crate::page::Page;

    /// The names found where the model marks the tokens as a body's.
    fn found(source: &str, tokens: (u32, u32)) -> Vec<String> {
        let page = Page::new(source, true);
        let tagged = [Tagged { tokens, kind: TaggedKind::Organization, confidence: 0.9, margin: (9.0, 9.0) }];
        find(&page, &lookup(&page), &tagged, &[]).iter().map(|m| page.text.slice(m.span).to_string()).collect()
    }

    #[test]
    fn what_the_text_calls_a_project_is_no_body() {
        let told = "TerraWIN показали в Озерске. Час отвели проекту TerraWIN, который ведёт школа.";
        assert_eq!(found(told, (0, 1)), Vec::<String>::new());
        assert_eq!(found("TerraWIN показали в Озерске. Час отвели проекту школы.", (0, 1)), ["TerraWIN"]);
    }

    #[test]
    fn when_a_body_sits_is_none_of_its_name() {
        assert_eq!(found("Об этом сказали на XXI сессии Палаты народов.", (4, 8)), ["Палаты народов"]);
    }

    #[test]
    fn two_sides_and_people_are_no_body() {
        assert_eq!(found("It is a stronger EU-Garda partnership.", (4, 7)), ["EU"]);
        assert_eq!(found("The OSCE-Garda partnership grew.", (1, 4)), ["OSCE-Garda"]);
        // a surname, which the model takes for a firm
        let page = Page::new("Anna Reed came. Then Reed left.", true);
        let person = Tagged { tokens: (0, 2), kind: TaggedKind::Person, confidence: 0.95, margin: (9.0, 9.0) };
        let firm = Tagged { tokens: (5, 6), kind: TaggedKind::Organization, confidence: 0.9, margin: (9.0, 9.0) };
        assert!(find(&page, &lookup(&page), &[person, firm], &[]).is_empty());
        assert!(!find(&page, &lookup(&page), &[firm], &[]).is_empty());
    }

    #[test]
    fn what_somebody_directs_is_no_body() {
        assert!(found("It was told by Anna Reed, Garda Harmony and Governance Director.", (7, 9)).is_empty());
        assert_eq!(found("It was told by Anna Reed of Garda Harmony and Lake Stories.", (7, 9)), ["Garda Harmony"]);
        assert!(found("It is listed (NYSE: GRDH) and paid.", (5, 6)).is_empty());
        assert_eq!(found("She left Garda Harmony and Assistant Director Reed came.", (2, 4)), ["Garda Harmony"]);
    }
}
