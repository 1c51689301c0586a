//! What the model takes for a body and names none: papers, laws, fields of work, posts, peoples, places,
//! meetings, words of a project, entries of a menu.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::found::{Found, Scene};
use crate::lexicon;
use crate::lexicon::bodies::Classes;
use crate::lexicon::classes::is_strange;
use crate::lexicon::forms::{self, Form};
use crate::lexicon::hints::Hint;
use crate::mention::{Tagged, TaggedKind};
use crate::text::{Case, Facts, Kind, Script};

/// Whether the words can be a body's name at all.
pub(super) fn is_name(scene: &Scene, laws: &OnceCell<FxHashSet<u64>>, first: usize, end: usize) -> bool {
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
    // "People's Republic", "Children's Privacy Act", "Austin, TX"
    let owner = end == first + 1 && scene.form(first, Form::OWNER) && scene.fold(end) == "'s" && scene.capital(end + 1);
    let state = end == first + 1
        && first > 0
        && scene.mark(first - 1) == b','
        && scene.token(first).is_some_and(|t| t.case == Case::Upper && t.span.len() == 2 && t.script == Script::Latin);
    if owner || state {
        return false;
    }
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
    let paper = scene.hint(first, Hint::PAPER_OPENER);
    // "Dr Kidong Park"
    let title = first.checked_sub(1).map(|k| if scene.mark(k) == b'.' { k.saturating_sub(1) } else { k });
    let addressed = title.is_some_and(|k| scene.capital(k) && lexicon::classes_of(scene.text, k) & lexicon::ADDRESS != 0);
    if addressed && end - first <= 3 && scene.is_latin(first) {
        return false;
    }
    let field = is_field(scene, first);
    if latin && (is_faction(scene, first, end) || is_land(scene, first, end)) {
        return false;
    }
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
    let law = end > first + 1 && scene.hint(end - 1, Hint::LAW_END) || latin && headless && before_law(scene, end);
    // "(R-SC)": whom a member is of
    let seat = seat
        || end == first + 1
            && first > 1
            && scene.mark(first - 1) == b'-'
            && scene.token(first - 2).is_some_and(|t| t.case == Case::Title && t.span.len() == 1);
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
    // «министр науки и | высшего образования Озерии»
    let small = scene.token(first).is_some_and(|t| t.case == Case::Lower);
    let joined = first > 2 && small && matches!(scene.fold(first - 1), "и" | ",");
    let field = field || joined && (first - 3..first - 1).any(|k| scene.fold(k).starts_with("министр") || scene.is(k, Classes::SOLE));
    let hall = (first + 1..end).any(|k| scene.is_common(first, k)) && head == Some(first);
    let form = end == first + 1 && scene.is(first, Classes::LEGAL);
    let post = post && !(scene.fold(first).starts_with("уполномоченн") && (first..end).any(|k| scene.fold(k) == "по"));
    let counted = scene.form(first, Form::SMALL) && end > first + 1 && scene.fold(first + 1) != "\"";
    // «Ошского и Баткенского нефтяных заводов»
    let many = head
        .is_some_and(|k| k > first && forms::is_adjective_plural(scene.fold(k - 1)) && forms::is_plural(scene.fold(k), scene.word(k).word));
    let named = (first..end - 1).all(|k| scene.capital(k) || !scene.is_word(k) || scene.fold(end - 1).starts_with("месторожд"));
    let place = head.is_none() && named && scene.hint(end - 1, Hint::AREA_END);
    let order = head.is_none() && first > 0 && (scene.fold(first - 1).starts_with("орден") || scene.fold(first - 1).starts_with("медал"));
    // «Уголовный кодекс Озерии», «Международный день рыбака», «Озёрское кладбище»
    let noun =
        (first..end).find(|&k| !(scene.is_word(k) && scene.mark(k + 1) != b'-' && forms::is_adjective(scene.fold(k)))).unwrap_or(first);
    let thing = !quoted && head.is_none_or(|head| noun < head) && scene.hint(noun, Hint::NO_BODY);
    let law = scene.form(noun, Form::WRITTEN_LAW) && (noun == first || head.is_none_or(|head| noun < head)) || thing;
    // «Конгресс врачей прошёл», «Рабочей группы по закону», «Республики Озерии», «Уполномоченного по правам Анны Луниной»
    let held = scene.is(first, Classes::PROJECT) && (!scene.is(first, Classes::HEAD) || super::russian::is_held(scene, first));
    let group = scene.fold(first).starts_with("рабоч") && scene.fold(first + 1).starts_with("групп");
    let country = head.is_none() && scene.fold(first).starts_with("республик");
    let holder = scene.fold(first).starts_with("уполномоченн") && scene.is_person(end) && scene.together(first, end);
    let law = law || held || group || country || holder;
    let other = place || order || law || quoted && before_row(scene, first - 1).is_some_and(|k| scene.form(k, Form::NO_PROJECT));
    let year = scene.hint(first, Hint::YEAR);
    about || counted || year || many || other || post || head.is_none() && field || hall || form
}

/// The word that a row of quoted names stands behind, from the opening mark of one of them: «в картинах, как «Заря»,
/// «Восход» и «Полдень»».
fn before_row(scene: &Scene, mut open: usize) -> Option<usize> {
    const NAMES: usize = 12;
    const LONGEST: usize = 10;
    for _ in 0..NAMES {
        let joint = open.checked_sub(1)?;
        if !matches!(scene.fold(joint), "," | "и") || joint == 0 || scene.mark(joint - 1) != b'"' {
            break;
        }
        let closing = joint - 1;
        let Some(before) = (closing.saturating_sub(LONGEST)..closing).rev().find(|&k| scene.mark(k) == b'"') else { break };
        open = before;
    }
    let mut word = open.checked_sub(1)?;
    if scene.fold(word) == "как" {
        word = word.checked_sub(1)?;
        if scene.mark(word) == b',' {
            word = word.checked_sub(1)?;
        }
    }
    Some(word)
}

/// "House Republicans", "Far Left Democrats": members of a party, as "Liberal Democrats" are not.
fn is_faction(scene: &Scene, first: usize, end: usize) -> bool {
    let which = |k: usize| {
        scene.is(k, Classes::HEAD) && scene.word(k).kind != "NGO"
            || scene.place(k).is_some()
            || matches!(
                scene.fold(k),
                "far" | "left" | "right" | "radical" | "extreme" | "moderate" | "socialist" | "woke" | "house" | "fellow"
            )
    };
    scene.hint(end - 1, Hint::MANY_PEOPLE) && (first..end - 1).all(which)
}

/// "North Country", "Upstate Garda": what a region is called by, or a place and which part of it is meant.
fn is_land(scene: &Scene, first: usize, end: usize) -> bool {
    let headless = !(first..end).any(|k| scene.is(k, Classes::HEAD) || scene.known(k).is_some());
    let last = end > first + 1 && scene.hint(end - 1, Hint::LAND_END) && (first..end - 1).all(|k| scene.hint(k, Hint::LAND_OPENER));
    let part = (first + 1..end).any(|k| scene.place(k) == Some(end) && (first..k).all(|m| scene.hint(m, Hint::LAND_OPENER)));
    // "North | Country"
    let cut = scene.capital(end) && scene.hint(end, Hint::LAND_END) && (first..end).all(|k| scene.hint(k, Hint::LAND_OPENER));
    headless && (last || part || cut)
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
        // "Secretary of the | Interior"
        if fold == "the" && k + 1 == first && k > 1 && matches!(scene.fold(k - 2), "secretary" | "minister" | "undersecretary") {
            continue;
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
    let rank = scene.hint(first, Hint::RANK);
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

/// "Clean Rivers | Funding Act": the words of a law.
fn before_law(scene: &Scene, end: usize) -> bool {
    let law = |k: usize| scene.capital(k) && (scene.hint(k, Hint::LAW_END) || scene.hint(k, Hint::LETTERED_LAW));
    let on = |k: usize| scene.capital(k) || matches!(scene.fold(k), "and" | "&");
    (end..end + 4).take_while(|&k| on(k) && scene.text.same_line(k - 1, k)).any(law)
}

/// "diversity, equity and inclusion (DEI)": a bracket with the first letters of the small words before it stands for a matter.
fn is_matter(scene: &Scene, open: usize) -> bool {
    const LONGEST: usize = 12;
    let Some(letters) = scene.token(open + 1).filter(|t| t.case == Case::Upper && t.script == Script::Latin) else { return false };
    let mut left = scene.text.slice(letters.span).chars().rev().map(|c| c.to_ascii_lowercase()).peekable();
    for k in (open.saturating_sub(LONGEST)..open).rev() {
        let token = &scene.text.tokens[k];
        match (token.kind, token.case) {
            (Kind::Word, Case::Lower) => {}
            (Kind::Mark, _) if matches!(scene.mark(k), b',' | b'-') => continue,
            _ => return false,
        }
        let same = left.peek().is_some_and(|&letter| scene.fold(k).starts_with(letter));
        if same {
            left.next();
        } else if !matches!(scene.fold(k), "and" | "of" | "the" | "for" | "in" | "on" | "to") {
            return false;
        }
        if left.peek().is_none() {
            return true;
        }
    }
    false
}

/// Takes out letters that the document shows to be a law's or a matter's, letters for many, words of a law.
pub(super) fn without_laws(scene: &Scene, found: &mut Vec<Found>) {
    let lettered = |f: &Found| f.row.is_none() && f.end == f.first + 1 && scene.token(f.first).is_some_and(|t| t.case == Case::Upper);
    if found.iter().any(lettered) {
        let laws = laws_of(scene);
        found.retain(|f| !lettered(f) || !laws.contains(&scene.text.tokens[f.first].hash));
    }
    // "CHCs"
    let many = |f: &Found| {
        let letters = scene.text.str(f.first).strip_suffix('s').filter(|letters| f.end == f.first + 1 && letters.len() > 1);
        f.row.is_none() && letters.is_some_and(|letters| letters.bytes().all(|c| c.is_ascii_uppercase()))
    };
    let of_law = |f: &Found| {
        let headless = || !(f.first..f.end).any(|k| scene.is(k, Classes::HEAD.with(Classes::LEGAL)) || scene.known(k).is_some());
        matches!(f.rule.0, "spread" | "model") && f.row.is_none() && f.end > f.first + 1 && before_law(scene, f.end) && headless()
    };
    found.retain(|f| !(many(f) || scene.is_latin(f.first) && of_law(f)));
}

/// Takes out what the model takes for a person's name more often than for a body's.
pub(super) fn without_people(scene: &Scene, tagged: &[Tagged], found: &mut Vec<Found>) {
    let weak = |f: &Found| {
        let row = f.row.is_some() || (f.first..f.end).any(|k| scene.is(k, Classes::HEAD.with(Classes::LEGAL)) || scene.known(k).is_some());
        let listed = if f.end == f.first + 1 { lexicon::FIRST_NAME | lexicon::LISTED } else { lexicon::FIRST_NAME };
        let named = lexicon::classes_of(scene.text, f.first) & listed != 0;
        matches!(f.rule.0, "spread" | "model") && !row && named && f.end - f.first <= 3 && scene.is_latin(f.first)
    };
    if !found.iter().any(weak) {
        return;
    }
    let key = |first: usize, end: usize| {
        scene.text.tokens.get(first..end).map_or(0, |tokens| tokens.iter().fold(0_u64, |key, t| key.rotate_left(7) ^ t.hash))
    };
    let mut votes: FxHashMap<u64, i32> = FxHashMap::default();
    for name in tagged {
        let (first, end) = (name.tokens.0 as usize, name.tokens.1 as usize);
        let vote = match name.kind {
            TaggedKind::Person => 1,
            TaggedKind::Organization => -1,
            TaggedKind::Place => continue,
        };
        *votes.entry(key(first, end)).or_default() += vote;
    }
    // what a rule shows to be a body is one
    for f in found.iter().filter(|f| !matches!(f.rule.0, "spread" | "model")) {
        votes.remove(&key(f.first, f.end));
    }
    found.retain(|f| !weak(f) || votes.get(&key(f.first, f.end)).is_none_or(|&votes| votes <= 0));
}

/// "(NDAA)" behind "… Authorization Act": an acronym that the document defines as a law's.
fn is_law(scene: &Scene, laws: &OnceCell<FxHashSet<u64>>, first: usize, end: usize) -> bool {
    let acronym = scene.token(first).filter(|t| end == first + 1 && t.case == Case::Upper && t.span.len() > 2);
    acronym.is_some_and(|t| laws.get_or_init(|| laws_of(scene)).contains(&t.hash))
}

/// The first words of what stands in quotation marks behind a project's word, once for a page.
pub(super) fn of_projects(scene: &Scene) -> FxHashSet<u64> {
    let named = scene.words.having(Classes::PROJECT).filter(|&k| scene.mark(k + 1) == b'"' && k + 2 < scene.words.stems.len());
    named.map(|k| scene.words.stems[k + 2]).collect()
}

/// What stands in brackets behind a word for a law, once for a page.
fn laws_of(scene: &Scene) -> FxHashSet<u64> {
    let law = |k: usize| scene.hint(k, Hint::LETTERED_LAW);
    // "Early Reading Assessment (ERA)", not "Fund for Risk Reduction (FRR)"
    let bodied = |end: usize| {
        let on = |k: &usize| scene.capital(*k) || matches!(scene.fold(*k), "of" | "for" | "and" | "on" | "the");
        (end.saturating_sub(8)..end).rev().take_while(on).any(|k| scene.is(k, Classes::HEAD) || scene.known(k).is_some())
    };
    let thing = |open: usize| {
        // "Loan Forgiveness (LFG) programme"
        let project = || scene.lettered_end(open).is_some_and(|k| scene.hint(k, Hint::UNDERTAKING) && scene.together(open, k));
        (scene.hint(open - 1, Hint::LETTERED_THING) || project()) && !bodied(open)
    };
    // "Law on Clean Air (LCA)": the law's own letter begins the acronym
    let named = |open: usize| {
        let first = scene.text.str(open + 1).chars().next();
        let back = (open.saturating_sub(8)..open).rev().take_while(|&k| scene.together(k, open));
        back.into_iter().any(|k| scene.capital(k) && law(k) && scene.text.str(k).chars().next() == first)
    };
    let marks = scene.text.candidates(1..scene.text.tokens.len(), Facts::MARK);
    let brackets = marks.filter(|&k| scene.mark(k) == b'(' && (law(k - 1) || thing(k) || named(k) || is_matter(scene, k)));
    let mut laws: FxHashSet<u64> = brackets.filter_map(|k| scene.token(k + 1)).map(|t| t.hash).collect();
    // "the BOOST Act", "Zarnat Growth (BOOST) Act"
    for k in scene.text.candidates(1..scene.text.tokens.len(), Facts::CAPITAL).filter(|&k| matches!(scene.fold(k), "act" | "treaty")) {
        let letters = if scene.mark(k - 1) == b')' { k.checked_sub(2) } else { Some(k - 1) };
        laws.extend(letters.and_then(|k| scene.token(k)).filter(|t| t.case == Case::Upper && t.span.len() > 2).map(|t| t.hash));
    }
    laws
}

/// «программа «Туризм»»: what a project's word and a quotation mark stand before is its name.
fn after_project_word(scene: &Scene, first: usize) -> bool {
    first >= 2 && scene.fold(first - 1) == "\"" && scene.is(first - 2, Classes::PROJECT) && !scene.is(first - 2, Classes::HEAD)
}

/// "Home   News   Economics": single words with wide gaps.
fn is_menu(scene: &Scene, first: usize, end: usize) -> bool {
    (first + 1..end).any(|k| scene.text.gap(k) > 1)
}

#[cfg(test)]
mod tests {
    use crate::mention::{Tagged, TaggedKind};
    use crate::page::Page;

    #[test]
    fn letters_of_a_matter_are_no_body() {
        let found = |source: &str, letters: &str| {
            let page = Page::new(source, true);
            let at = page.text.tokens.iter().position(|t| page.text.slice(t.span) == letters).unwrap_or_default() as u32;
            let tagged = [Tagged { tokens: (at, at + 1), kind: TaggedKind::Organization, confidence: 0.9, margin: (12.0, 12.0) }];
            super::super::find(&page, &[], &tagged, &[]).iter().any(|m| page.text.slice(m.span) == letters)
        };
        assert!(!found("They hold an Early Farm Assessment (EFA) in two towns.", "EFA"));
        assert!(!found("It is paid by the Loan Forgiveness (LFG) programme there.", "LFG"));
        assert!(found("It is paid by the Garda Fund for Risk Reduction (GFRR) there.", "GFRR"));
    }

    #[test]
    fn quoted_names_in_a_row_behind_a_word_for_works_are_works() {
        let kept = |source: &str| {
            let page = Page::new(source, true);
            let at = page.text.tokens.iter().position(|t| page.text.slice(t.span) == "Полдень").unwrap_or_default() as u32;
            let tagged = [Tagged { tokens: (at, at + 1), kind: TaggedKind::Organization, confidence: 0.9, margin: (12.0, 12.0) }];
            let names = super::super::find(&page, &[], &tagged, &[]);
            names.iter().any(|m| page.text.slice(m.span).contains("Полдень"))
        };
        assert!(!kept("Она снялась в таких картинах, как «Заря», «Синий восход» и «Полдень»."));
        assert!(!kept("Он написал песню «Полдень»."));
        assert!(kept("Призы дали «Заря», «Синий восход» и «Полдень»."));
    }
}
