//! Names that only the sequence model saw, with their bounds put right.
//!
//! Where the grammars or the table read a name, theirs are the better bounds, and the model is not
//! asked; elsewhere its name counts after unpaired quotes, openers and small words at its ends are
//! taken off, unless it reads as a menu, a project or a place.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use super::found::{Found, Scene};
use crate::lexicon;
use crate::lexicon::bodies::Classes;
use crate::lexicon::classes::is_strange;
use crate::lexicon::forms::{self, Form};
use crate::mention::{Tagged, TaggedKind};
use crate::text::{Case, Facts, Kind, Script};

/// Below this the model's names are left alone.
const LEAST: f32 = 0.5;

/// Adds the model's organizations to those found.
pub(crate) fn add(scene: &Scene, tagged: &[Tagged], found: &mut Vec<Found>) {
    let mut taken = vec![false; scene.text.tokens.len()];
    for name in found.iter() {
        taken[name.first..name.end].fill(true);
    }
    let (laws, projects) = (OnceCell::new(), OnceCell::new());
    for name in tagged.iter().filter(|t| t.kind == TaggedKind::Organization && t.confidence >= LEAST) {
        let (first, end) = (name.tokens.0 as usize, name.tokens.1 as usize);
        if first >= end || end > taken.len() {
            continue;
        }
        let middle = (first + 1..end.saturating_sub(1)).find(|&k| is_seam(scene, first, k));
        for (first, end) in [Some((first, middle.unwrap_or(end))), middle.map(|k| (k + 1, end))].into_iter().flatten() {
            let (first, end) = cut(scene, past_dash(scene, first, end), end);
            let (first, end) = trim(scene, first, end);
            if first >= end || !is_name(scene, &laws, first, end) {
                continue;
            }
            if taken[first..end].contains(&true) && !widens(scene, found, first, end) {
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
            // "Garda Europe | with Consortium partners Evolux"
            (Kind::Word, "with") if k > first && token.case == Case::Lower && quotes == 0 => return (first, k),
            // "Parliament and Government": two
            (Kind::Word, "and") if k > first && scene.is(k - 1, Classes::HEAD) && (k + 1..end).any(|m| scene.is(m, Classes::HEAD)) => {
                return (first, k);
            }
            // «Министерства | в Озёрске»
            (Kind::Word, "в" | "во")
                if k == first + 1
                    && scene.is(first, Classes::HEAD)
                    && !scene.is(first, Classes::OFFICE)
                    && scene.place(k + 1).is_some() =>
            {
                return (first, k);
            }
            (Kind::Word, "'s") if scene.place(first) != Some(k) && !super::english::owns(scene, k) => return (first, k),
            // "Osh City | Mayor Aida Orozova", not "the Prime Minister's Office"
            (Kind::Word, _) if k > first && is_post(scene, k) => {
                let body = (first..k).any(|m| scene.is(m, Classes::HEAD) || scene.known(m).is_some());
                return (first, if body { k } else { first });
            }
            // "EMBASSY OPENS SCHOOL" of a headline in capitals
            (Kind::Word, _) if k > first && scene.form(k, Form::HEADLINE_VERB) && scene.is_shouted(k) => return (first, k),
            (Kind::Word, _)
                if token.script == Script::Cyrillic
                    && token.case == Case::Lower
                    && k > first
                    && (forms::is_verb(fold)
                        || forms::is_small_word(fold) && !matches!(fold, "и" | "за" | "для" | "на" | "против" | "без")) =>
            {
                return (first, k);
            }
            _ => {}
        }
    }
    (first, end)
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
        && !matches!(scene.fold(k - 1), "prime" | "vice" | "deputy" | "attorney" | "chief" | "foreign" | "secretary")
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
            _ if small && first > 0 && scene.fold(first - 1) == "-" && !scene.text.tokens[first].spaced => true,
            // «Программы | Правительства Японии»
            _ if scene.is(first, Classes::PROJECT) && !scene.is(first, Classes::HEAD) && scene.is(first + 1, Classes::HEAD) => {
                scene.token(first).is_some_and(|t| t.script == Script::Cyrillic)
            }
            _ if small && scene.is(first, Classes::HEAD) => {
                !scene.is(first, Classes::LOWER) || forms::is_plural(opens, scene.word(first).word)
            }
            _ if small => !scene.is(first, Classes::TYPE) && !forms::is_adjective(opens),
            _ if scene.is(first, Classes::TITLE) && !scene.is(first, Classes::HEAD) && first + 1 < end => true,
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
        let narrows = matches!(scene.fold(last), "country" | "regional" | "resident" | "deputy" | "acting" | "senior");
        if last > first && narrows && scene.is(end, Classes::TITLE) && scene.capital(end) {
            end -= 1;
            continue;
        }
        // "ECOWAS Commission | Headquarters"
        if last > first && matches!(scene.fold(last), "headquarters" | "hq") {
            end -= 1;
            continue;
        }
        if scene.text.tokens[last].case == Case::Lower
            && matches!(
                scene.fold(last),
                "при"
                    | "и"
                    | "в"
                    | "на"
                    | "по"
                    | "для"
                    | "с"
                    | "от"
                    | "of"
                    | "for"
                    | "and"
                    | "the"
                    | "in"
                    | "to"
                    | "on"
                    | "by"
                    | "with"
                    | "at"
            )
        {
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
    matches!(
        word,
        "вчера"
            | "сегодня"
            | "завтра"
            | "ранее"
            | "также"
            | "как"
            | "источник"
            | "фото"
            | "новости"
            | "по"
            | "в"
            | "на"
            | "при"
            | "для"
    )
}

/// Whether the words can be a body's name at all.
fn is_name(scene: &Scene, laws: &OnceCell<FxHashSet<u64>>, first: usize, end: usize) -> bool {
    let capital = (first..end).any(|k| scene.capital(k));
    let lone_head = end == first + 1 && scene.is(first, Classes::HEAD.with(Classes::TITLE).with(Classes::PROJECT));
    let project = (first..end).any(|k| scene.is(k, Classes::PROJECT) || matches!(scene.fold(k), "projects" | "programmes" | "programs"))
        && !(first..end).any(|k| scene.is(k, Classes::HEAD));
    // «общественных организаций КР», «Национального отчета», «МСУ»
    let plural = scene.token(first).is_some_and(|t| t.case == Case::Lower && t.script == Script::Cyrillic)
        && ["ых", "их", "ыми", "ими", "ые", "ие"].iter().any(|e| scene.fold(first).ends_with(e));
    let written = !(first..end).any(|k| scene.is(k, Classes::HEAD)) && scene.form(end - 1, Form::PAPER);
    let topic = end == first + 1 && scene.form(first, Form::TOPIC);
    // "in the field of Plant Sciences"
    let subject = !(first..end).any(|k| scene.is(k, Classes::HEAD)) && scene.form(end - 1, Form::SUBJECT);
    let ministers =
        !(first..end).any(|k| scene.is(k, Classes::HEAD)) && (first..end).any(|k| matches!(scene.fold(k), "ministers" | "counterpart"));
    let bodied = (first..end - 1).any(|k| scene.is(k, Classes::HEAD) || scene.known(k).is_some());
    let thing = end > first + 1 && scene.form(end - 1, Form::THING) && (!bodied || scene.is(end - 2, Classes::HEAD));
    // "Honduran", "the Canadian company": a people, alone or with small words
    let latin_people = scene.token(first).is_some_and(|t| t.script == Script::Latin) && super::is_demonym(scene.words.stems[first]);
    let people = end == first + 1 && lexicon::classes_of(scene.text, first) & lexicon::DEMONYM != 0
        || latin_people && (first + 1..end).all(|k| scene.token(k).is_some_and(|t| t.case == Case::Lower));
    if ministers || thing || people {
        return false;
    }
    if plural || written || topic || subject || is_russian_phrase(scene, first, end) {
        return false;
    }
    // "Private Training Centres", "the Info Session"
    let latin = scene.token(end - 1).is_some_and(|t| t.script == Script::Latin);
    let of = (first..end).any(|k| matches!(scene.fold(k), "of" | "for") || scene.known(k).is_some());
    let many = latin && !of && (scene.form(end - 1, Form::PLURAL_HEAD) || scene.form(end - 1, Form::TITLED));
    let place = scene.place(first) == Some(end);
    let paper = matches!(
        scene.fold(first),
        "memorandum"
            | "memoranda"
            | "mou"
            | "mous"
            | "agreement"
            | "convention"
            | "protocol"
            | "declaration"
            | "resolution"
            | "act"
            | "law"
            | "code"
            | "treaty"
            | "constitution"
            | "decree"
            | "bill"
            | "internet"
            | "covid"
            | "меморандум"
            | "соглашение"
            | "конвенция"
            | "протокол"
            | "закон"
            | "указ"
            | "документ"
            | "декларация"
            | "договор"
            | "резолюция"
            | "интернет"
            | "конституция"
            | "кодекс"
            | "постановление"
    );
    // "Dr Kidong Park"
    let title = first.checked_sub(1).map(|k| if scene.mark(k) == b'.' { k.saturating_sub(1) } else { k });
    let addressed = title.is_some_and(|k| scene.capital(k) && lexicon::classes_of(scene.text, k) & lexicon::ADDRESS != 0);
    if addressed && end - first <= 3 && scene.is_latin(first) {
        return false;
    }
    let field = is_field(scene, first);
    let headless = !(first..end).any(|k| scene.is(k, Classes::HEAD) || scene.known(k).is_some());
    if headless && opens_post(scene, first, end) {
        return false;
    }
    let to_place = headless
        && (first + 1..end)
            .any(|k| matches!(scene.fold(k), "in" | "to" | "of") && scene.place(k + 1 + usize::from(scene.fold(k + 1) == "the")).is_some());
    let adjective = end == first + 1
        && scene.token(first).is_some_and(|t| t.script == Script::Cyrillic)
        && forms::is_adjective(scene.fold(first))
        && scene.fold(first.saturating_sub(1)) != "\"";
    let seat = scene.token(first).is_some_and(|t| t.span.len() == 1) && scene.fold(first + 1) == "-"; // "R-GA"
    // "Own Our Homes Act"
    let law = end > first + 1 && matches!(scene.fold(end - 1), "act" | "bill" | "amendment" | "resolution" | "treaty" | "legislation");
    // "Advancing Towns Together": what a project does
    let gerund = headless && end > first + 1 && scene.form(first, Form::GERUND);
    if paper
        || gerund
        || law
        || is_law(scene, laws, first, end)
        || field
        || many
        || to_place
        || adjective
        || seat
        || headless && before_project(scene, end)
        || scene.is_common(first, end)
    {
        return false;
    }
    let letter = end == first + 1 && scene.token(first).is_some_and(|t| t.span.len() < 2 || t.kind != Kind::Word);
    capital && !lone_head && !project && !place && !letter && !is_menu(scene, first, end) && !after_project_word(scene, first)
}

/// Russian words that the model takes for a body and that name none: letters for a matter with a
/// country («СМИ Грузии»), a post («Полномочный посол Японии»), a field in small letters («сельского
/// хозяйства РК»), a hall («Дворец спорта имени Лунина»), a legal form alone.
fn is_russian_phrase(scene: &Scene, first: usize, end: usize) -> bool {
    if scene.token(first).is_none_or(|t| t.script != Script::Cyrillic) {
        return false;
    }
    let head = (first..end).find(|&k| scene.is(k, Classes::HEAD) || scene.known(k).is_some_and(|to| to <= end));
    let about = scene.form(first, Form::TOPIC) && scene.place(first + 1) == Some(end);
    let quoted = first > 0 && scene.fold(first - 1) == "\"";
    let post = !quoted && (first..head.unwrap_or(end)).any(|k| scene.is(k, Classes::TITLE) && (k + 1 < end || scene.capital(k)));
    let field = first > 0 && scene.fold(first - 1).contains("министр") && scene.token(first).is_some_and(|t| t.case == Case::Lower);
    let hall = (first + 1..end).any(|k| scene.is_common(first, k)) && head == Some(first);
    let form = end == first + 1 && scene.is(first, Classes::LEGAL);
    let post = post && !(scene.fold(first).starts_with("уполномоченн") && (first..end).any(|k| scene.fold(k) == "по"));
    let counted = scene.form(first, Form::SMALL) && end > first + 1 && scene.fold(first + 1) != "\"";
    // «Ошского и Баткенского нефтяных заводов»
    let many = head
        .is_some_and(|k| k > first && forms::is_adjective_plural(scene.fold(k - 1)) && forms::is_plural(scene.fold(k), scene.word(k).word));
    let named = (first..end - 1).all(|k| scene.capital(k) || !scene.is_word(k) || scene.fold(end - 1).starts_with("месторожд"));
    let place = head.is_none() && named && matches!(scene.fold(end - 1), "области" | "района" | "края" | "месторождения" | "месторождений");
    let order = head.is_none() && first > 0 && (scene.fold(first - 1).starts_with("орден") || scene.fold(first - 1).starts_with("медал"));
    let law = scene.form(first, Form::WRITTEN_LAW);
    // «Конгресс врачей прошёл», «Рабочей группы по закону», «Республики Озерии», «Уполномоченного по правам Анны Луниной»
    let held = scene.is(first, Classes::PROJECT) && (!scene.is(first, Classes::HEAD) || super::russian::is_held(scene, first));
    let group = scene.fold(first).starts_with("рабоч") && scene.fold(first + 1).starts_with("групп");
    let country = head.is_none() && scene.fold(first).starts_with("республик");
    let holder = scene.fold(first).starts_with("уполномоченн") && scene.is_person(end) && scene.together(first, end);
    let law = law || held || group || country || holder;
    let other = place || order || law || quoted && first > 1 && scene.form(first - 2, Form::NO_PROJECT);
    let year = matches!(scene.fold(first), "год" | "года" | "году" | "годом" | "годе");
    about || counted || year || many || other || post || head.is_none() && field || hall || form
}

/// "Minister of | Health of Georgia", "Minister of Health and | Social Protection": the field of a post.
fn is_field(scene: &Scene, first: usize) -> bool {
    let mut k = first;
    while k > 0 && first - k < 8 && scene.together(k - 1, first) {
        k -= 1;
        let fold = scene.fold(k);
        if fold == "of" {
            return k > 0 && scene.is(k - 1, Classes::TITLE);
        }
        if fold == "for" && k > 0 && scene.is(k - 1, Classes::TITLE) {
            return true; // "Minister for Education"
        }
        let joint = matches!(fold, "and" | "," | "&");
        if !joint && (k + 1 == first || !scene.capital(k) || scene.is(k, Classes::HEAD)) {
            return false;
        }
    }
    false
}

/// "Senior Country | Coordination Officer": the first words of a post.
fn opens_post(scene: &Scene, first: usize, end: usize) -> bool {
    let rank = matches!(scene.fold(first), "senior" | "acting" | "deputy" | "chief" | "principal" | "junior" | "assistant" | "lead");
    rank && (end..end + 4).take_while(|&k| scene.capital(k) && scene.together(first, k)).any(|k| scene.is(k, Classes::TITLE))
}

/// "Rural Economic Growth | (REG) Training Programme": the words of a project.
fn before_project(scene: &Scene, end: usize) -> bool {
    let behind = scene.lettered_end(end);
    let (bracket, from) = (behind.is_some(), behind.unwrap_or(end));
    let after = bracket && scene.is(from, Classes::PROJECT) && !scene.is(from, Classes::HEAD) && scene.together(end, from);
    // "Garda Flood Defence, Relief and Growth project"
    let list = || {
        let joint = |k: usize| scene.capital(k) || matches!(scene.fold(k), "," | "and" | "&");
        let project = |k: usize| scene.is(k, Classes::PROJECT) && !scene.is(k, Classes::HEAD);
        let head = (from + 1..from + 9).find(|&k| project(k) || !joint(k) || !scene.together(end, k)).filter(|&k| project(k))?;
        let other = |k: usize| {
            scene.is(k, Classes::HEAD)
                || scene.capital(k) && (scene.known(k).is_some() || scene.text.tokens[k].case == Case::Upper || is_strange(scene.fold(k)))
        };
        Some((from..head).any(|k| matches!(scene.fold(k), "and" | "&")) && !(from..head).any(other))
    };
    let listed = scene.mark(from) == b',' && list().unwrap_or(false);
    after || listed || (from..from + 3).take_while(|&k| scene.capital(k) && scene.together(end, k)).any(|k| scene.is(k, Classes::PROJECT))
}

/// "(NDAA)" behind "… Authorization Act": an acronym that the document defines as a law's.
fn is_law(scene: &Scene, laws: &OnceCell<FxHashSet<u64>>, first: usize, end: usize) -> bool {
    let acronym = scene.token(first).filter(|t| end == first + 1 && t.case == Case::Upper && t.span.len() > 2);
    acronym.is_some_and(|t| laws.get_or_init(|| laws_of(scene)).contains(&t.hash))
}

/// The first words of what stands in quotation marks behind a project's word, once for a page.
fn of_projects(scene: &Scene) -> FxHashSet<u64> {
    let named = scene.words.having(Classes::PROJECT).filter(|&k| scene.mark(k + 1) == b'"' && k + 2 < scene.words.stems.len());
    named.map(|k| scene.words.stems[k + 2]).collect()
}

/// What stands in brackets behind a word for a law, once for a page.
fn laws_of(scene: &Scene) -> FxHashSet<u64> {
    let law = |k: usize| matches!(scene.fold(k), "act" | "bill" | "law" | "treaty" | "convention" | "agreement" | "program" | "programme");
    // "Law on Clean Air (LCA)": the law's own letter begins the acronym
    let named = |open: usize| {
        let first = scene.text.str(open + 1).chars().next();
        let back = (open.saturating_sub(8)..open).rev().take_while(|&k| scene.together(k, open));
        back.into_iter().any(|k| scene.capital(k) && law(k) && scene.text.str(k).chars().next() == first)
    };
    let marks = scene.text.candidates(1..scene.text.tokens.len(), Facts::MARK);
    let brackets = marks.filter(|&k| scene.mark(k) == b'(' && (law(k - 1) || named(k)));
    brackets.filter_map(|k| scene.token(k + 1)).map(|t| t.hash).collect()
}

/// «программа «Туризм»»: what a project's word and a quotation mark stand before is its name.
fn after_project_word(scene: &Scene, first: usize) -> bool {
    first >= 2 && scene.fold(first - 1) == "\"" && scene.is(first - 2, Classes::PROJECT) && !scene.is(first - 2, Classes::HEAD)
}

/// "Home   News   Economics": single words with wide gaps.
fn is_menu(scene: &Scene, first: usize, end: usize) -> bool {
    (first + 1..end).any(|k| scene.text.gap(k) > 1)
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
