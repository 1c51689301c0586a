//! Russian names in their cases.
//!
//! The generator of the gazetteer writes every form out, so that the run-time only looks up.
//! Regular words decline by their ending; words that do otherwise stand in
//! `data/places/declension.tsv`. Where usage wavers ("Череповца", "Владивостока"; "в Иваново",
//! "в Иванове") both forms are made: a form that nobody writes costs a few bytes and finds
//! nothing. After Zaliznyak's grammatical dictionary, without its stress patterns.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::hints::{self, Hint};
use crate::table;

/// The forms of one word: genitive, dative, accusative, instrumental, prepositional.
type Paradigm = [Vec<String>; 5];

static IRREGULAR: LazyLock<FxHashMap<&str, Paradigm>> = LazyLock::new(|| {
    table::rows::<6>(include_str!("../../data/places/declension.tsv"))
        .map(|[word, cases @ ..]| (word, cases.map(|cell| table::values(cell).map(Into::into).collect())))
        .collect()
});

/// Words inside a name after which nothing declines.
const LINKS: [&str; 16] = ["на", "над", "под", "де", "дю", "дель", "да", "ду", "ла", "ле", "сюр", "эль", "аль", "им.", "имени", "к"];

/// All forms of a Russian name of one or several words, the nominative first, without repeats.
///
/// `plural`: whether a name in -ы or -и may be a plural (Черкассы), or stays as it is (Алматы).
///
/// ```
/// let forms = dateline::places::forms("Чолпон-Ата", false);
/// assert!(forms.contains(&"Чолпон-Ате".to_string()));
/// ```
#[must_use]
pub fn forms(name: &str, plural: bool) -> Vec<String> {
    let mut out = vec![name.to_string()];
    let mut add = |form: String| {
        if !out.contains(&form) {
            out.push(form);
        }
    };
    if let Some((a, b)) = name.split_once(" и ") {
        // two names joined: each declines for itself, or the first alone
        let first = phrase(a, plural);
        for (a, b) in first.iter().zip(phrase(b, plural)) {
            for a in a {
                for b in &b {
                    add(format!("{a} и {b}"));
                }
            }
        }
        for a in first.iter().flatten() {
            add(format!("{a} и {b}"));
        }
    } else {
        for form in phrase(name, plural).into_iter().flatten() {
            add(form);
        }
    }
    out
}

/// The forms of a phrase, case by case.
fn phrase(name: &str, plural: bool) -> Paradigm {
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() == 1 {
        return compound(name, plural);
    }
    if let Some(forms) = IRREGULAR.get(name) {
        return forms.clone();
    }
    let link = words.iter().position(|w| LINKS.contains(w)).unwrap_or(words.len());
    let head = words[..link].iter().position(|w| hints::is(&w.to_lowercase(), Hint::PLACE_HEAD));
    let adjectives: Vec<bool> = words.iter().map(|w| adjective(w).is_some()).collect();
    let mut declines = vec![false; words.len()];
    let mut bare = false;
    if let Some(head) = head {
        declines[head] = true;
        declines[..head].copy_from_slice(&adjectives[..head]);
        bare = head + 1 < words.len();
    } else if adjectives[..link].iter().any(|&a| a) {
        let noun = (0..link).rev().find(|&i| !adjectives[i]);
        for i in 0..link {
            declines[i] = adjectives[i] || Some(i) == noun;
        }
    } else if link > 0 {
        declines[link - 1] = true;
    }
    let mut out: Paradigm = Default::default();
    join(&words, &declines, plural || adjectives.iter().any(|&a| a), &mut out);
    if bare {
        // "в Республике Беларусь" and "в Республике Беларуси"
        let last = words.len() - 1;
        let mut also = declines.clone();
        also[last] = link == words.len();
        join(&words, &also, plural, &mut out);
    }
    out
}

fn join(words: &[&str], declines: &[bool], plural: bool, out: &mut Paradigm) {
    for (case, out) in out.iter_mut().enumerate() {
        let mut built = vec![String::new()];
        for (word, &moves) in words.iter().zip(declines) {
            let forms = if moves { compound(word, plural)[case].clone() } else { vec![(*word).to_string()] };
            let mut next = Vec::with_capacity(built.len() * forms.len());
            for start in &built {
                for form in &forms {
                    next.push(if start.is_empty() { form.clone() } else { format!("{start} {form}") });
                }
            }
            built = next;
            built.truncate(24);
        }
        for form in built {
            if !out.contains(&form) {
                out.push(form);
            }
        }
    }
}

/// The forms of a word that may have hyphens.
fn compound(word: &str, plural: bool) -> Paradigm {
    if let Some(forms) = IRREGULAR.get(word) {
        return forms.clone();
    }
    let parts: Vec<&str> = word.split('-').collect();
    if parts.len() == 1 {
        return simple(word, plural);
    }
    let last = parts.len() - 1;
    let link = parts.iter().position(|p| LINKS.contains(p) || p.is_empty());
    let mut out: Paradigm = Default::default();
    let mut put = |front: &[&str], moving: &Paradigm, back: &[&str]| {
        for (case, forms) in moving.iter().enumerate() {
            for form in forms {
                let mut all: Vec<&str> = front.to_vec();
                all.push(form);
                all.extend_from_slice(back);
                out[case].push(all.join("-"));
            }
        }
    };
    match link {
        // Ростов-на-Дону, Франкфурт-на-Майне; Рио-де-Жанейро and Нур-эль-Дин move at the end if at all
        Some(at) if at > 0 && matches!(parts[at], "на" | "над" | "под" | "сюр") => {
            put(&parts[..at - 1], &simple(parts[at - 1], plural), &parts[at..]);
        }
        // Петропавловск-Камчатский: both move
        _ if adjective(parts[last]).is_some() && adjective(parts[0]).is_none() && word.ends_with("кий") => {
            let (noun, adj) = (simple(parts[0], plural), simple(parts[last], plural));
            for case in 0..5 {
                for n in &noun[case] {
                    for a in &adj[case] {
                        let mut all: Vec<&str> = vec![n];
                        all.extend_from_slice(&parts[1..last]);
                        all.push(a);
                        out[case].push(all.join("-"));
                    }
                }
            }
        }
        _ => put(&parts[..last], &simple(parts[last], plural), &[]),
    }
    out
}

#[derive(Clone, Copy, PartialEq)]
enum Gender {
    Masculine,
    Feminine,
    Neuter,
    Plural,
}

/// The stem and gender of a word that has an adjective's ending.
fn adjective(word: &str) -> Option<(&str, Gender)> {
    let long = |stem: &&str| stem.chars().count() >= 3;
    for (ending, gender) in [
        ("ый", Gender::Masculine),
        ("ий", Gender::Masculine),
        ("ая", Gender::Feminine),
        ("яя", Gender::Feminine),
        ("ое", Gender::Neuter),
        ("ее", Gender::Neuter),
        ("ые", Gender::Plural),
        ("ие", Gender::Plural),
    ] {
        if let Some(stem) = word.strip_suffix(ending).filter(long) {
            return Some((stem, gender));
        }
    }
    // "Кривой", "Большой", but "Ханой"
    word.strip_suffix("ой").filter(|s| matches!(*s, "Крив" | "Больш" | "Сух" | "Толст" | "Золот" | "Морск")).map(|s| (s, Gender::Masculine))
}

/// The forms of one word without hyphens.
fn simple(word: &str, plural: bool) -> Paradigm {
    if let Some(forms) = IRREGULAR.get(word) {
        return forms.clone();
    }
    let mut out: Paradigm = Default::default();
    let mut put = |stem: &str, endings: [&str; 5]| {
        for (case, ending) in endings.iter().enumerate() {
            for ending in ending.split('/') {
                let form = format!("{stem}{}", ending.trim_start_matches('='));
                if !out[case].contains(&form) {
                    out[case].push(form);
                }
            }
        }
    };
    if let Some((stem, gender)) = adjective(word) {
        let soft = word.ends_with("ий") && !stem.ends_with(['к', 'г', 'х', 'ш', 'щ', 'ж', 'ч'])
            || word.ends_with("яя")
            || word.ends_with("ее") && !stem.ends_with(['ш', 'щ', 'ж', 'ч']);
        let hush = stem.ends_with(['к', 'г', 'х', 'ш', 'щ', 'ж', 'ч']) || soft;
        let i = if hush { "и" } else { "ы" };
        let o = if soft { "е" } else { "о" };
        let e = if stem.ends_with(['ш', 'щ', 'ж', 'ч']) && !word.ends_with("ой") { "е" } else { o };
        match gender {
            Gender::Masculine | Gender::Neuter => {
                let nominative = word.strip_prefix(stem).unwrap_or_default().to_string();
                put(stem, [&format!("{e}го"), &format!("{e}му"), &nominative, &format!("{i}м"), &format!("{e}м")]);
            }
            Gender::Feminine => {
                put(stem, [&format!("{e}й"), &format!("{e}й"), if soft { "юю" } else { "ую" }, &format!("{e}й"), &format!("{e}й")]);
            }
            Gender::Plural => {
                let nominative = format!("{i}е");
                put(stem, [&format!("{i}х"), &format!("{i}м"), &nominative, &format!("{i}ми"), &format!("{i}х")]);
            }
        }
        return out;
    }
    let Some(last) = word.chars().last() else { return out };
    let stem = &word[..word.len() - last.len_utf8()];
    let before = stem.chars().last().unwrap_or(' ');
    let hush = matches!(before, 'ж' | 'ш' | 'щ' | 'ч' | 'ц');
    match last {
        'а' if word.chars().count() > 2 => {
            let y = if matches!(before, 'к' | 'г' | 'х' | 'ж' | 'ш' | 'щ' | 'ч') { "и" } else { "ы" };
            put(stem, [y, "е", "у", if hush { "ей/ой" } else { "ой/ою" }, "е"]);
        }
        // "в Кызыл-Кие": a short word may keep the -е
        'я' if before == 'и' && word.chars().count() <= 4 => put(stem, ["и", "и/е", "ю", "ей", "и/е"]),
        'я' if before == 'и' => put(stem, ["и", "и", "ю", "ей", "и"]),
        'я' if word.chars().count() > 2 => put(stem, ["и", "е", "ю", "ей/ёй", "е"]),
        'ь' => {
            put(stem, ["я", "ю", "ь", "ем/ём", "е"]);
            put(stem, ["и", "и", "ь", "ью", "и"]);
        }
        'й' if before == 'и' => put(stem, ["я", "ю", "й", "ем", "и"]),
        'й' => put(stem, ["я", "ю", "й", "ем", "е"]),
        'о' if ["ово", "ево", "ёво", "ино", "ыно", "ское", "ище", "ло", "ско", "ство"].iter().any(|e| word.ends_with(e)) =>
        {
            put(stem, ["а", "у", "о", "ом/ым", "е"]);
        }
        'е' if word.ends_with("ье") => put(stem, ["я", "ю", "е", "ем", "е/и"]),
        'е' if word.ends_with("ие") => put(stem, ["я", "ю", "е", "ем", "и"]),
        'е' if word.ends_with("ище") || word.ends_with("це") || word.ends_with("ре") && word.to_lowercase() == "море" => {
            let (a, u) = if before == 'р' { ("я", "ю") } else { ("а", "у") };
            put(stem, [a, u, "е", "ем", "е"]);
        }
        'ы' if plural => {
            put(stem, ["=/ов", "ам", "ы", "ами", "ах"]);
            // Бровары, Черкассы; Пески goes below
        }
        'и' if plural && matches!(before, 'к' | 'г' | 'х' | 'ж' | 'ш' | 'щ' | 'ч') => {
            put(stem, ["=/ов/ей", "ам", "и", "ами", "ах"]);
            let bare = stem.strip_suffix('к').unwrap_or_default();
            if !bare.is_empty() {
                put(bare, ["ок/ек", "кам", "ки", "ками", "ках"]);
            }
        }
        'и' if plural => put(stem, ["ей/ев/ь", "ям", "и", "ями", "ях"]),
        'б' | 'в' | 'г' | 'д' | 'ж' | 'з' | 'к' | 'л' | 'м' | 'н' | 'п' | 'р' | 'с' | 'т' | 'ф' | 'х' | 'ц' | 'ч' | 'ш' | 'щ' =>
        {
            let ins = if matches!(last, 'ж' | 'ш' | 'щ' | 'ч' | 'ц') { "ем/ом" } else { "ом" };
            put(word, ["а", "у", "=", ins, "е"]);
            // a vowel that falls out: Череповец, Торжок
            for (ending, short) in [("ец", "ц"), ("ок", "к"), ("ёк", "ьк"), ("ел", "л"), ("ёл", "л")] {
                if let Some(stem) = word.strip_suffix(ending).filter(|s| s.chars().count() >= 2) {
                    let soft = ending == "ец" && stem.ends_with('л');
                    let vowel = ending == "ец" && stem.ends_with(['а', 'о', 'у', 'е', 'и', 'ы']);
                    let stem = if soft {
                        format!("{stem}ь{short}")
                    } else if vowel {
                        format!("{stem}й{short}")
                    } else {
                        format!("{stem}{short}")
                    };
                    let ins = if ending == "ец" { "ом/ем" } else { "ом" };
                    put(&stem, ["а", "у", "а", ins, "е"]);
                }
            }
        }
        _ => {}
    }
    for forms in &mut out {
        if forms.is_empty() {
            forms.push(word.to_string());
        }
    }
    out
}

/// The stem of a Russian adjective in -ский or -цкий, from any of its cases: `ошской` → `ошск`.
#[must_use]
pub fn adjective_stem(folded: &str) -> Option<&str> {
    const ENDINGS: [&str; 13] = ["ого", "ому", "ими", "ий", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ою"];
    // few words have a к of two bytes where the ending begins
    let at = |n: usize| folded.len().checked_sub(n).and_then(|at| folded.as_bytes().get(at..at + 2));
    if at(6) != Some("к".as_bytes()) && at(8) != Some("к".as_bytes()) {
        return None;
    }
    ENDINGS.iter().find_map(|ending| folded.strip_suffix(ending)).filter(|stem| stem.ends_with("ск") || stem.ends_with("цк"))
}

/// The stems of the adjectives that may be made from the name of a town: Талас → `таласск`,
/// Кыргыз-Ата → `кыргыз-атинск`, Кадамжай → `кадамжайск`. In lower case, `ё` as `е`.
#[must_use]
pub fn adjectives_of(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace('ё', "е");
    let Some(last) = name.chars().last() else { return Vec::new() };
    let stem = &name[..name.len() - last.len_utf8()];
    let mut out = Vec::new();
    match last {
        'а' | 'я' => {
            out.push(format!("{stem}инск"));
            out.push(format!("{stem}ск"));
            out.push(format!("{name}нск"));
        }
        'о' | 'е' => {
            out.push(format!("{stem}ск"));
            out.push(format!("{name}нск"));
            out.push(format!("{name}йск"));
        }
        'ы' | 'и' => {
            out.push(format!("{stem}инск"));
            out.push(format!("{stem}ск"));
            out.push(format!("{name}йск"));
            out.push(format!("{name}нск"));
        }
        'у' | 'ю' | 'э' => {
            out.push(format!("{name}йск"));
            out.push(format!("{name}нск"));
            out.push(format!("{name}ск"));
            out.push(format!("{stem}инск"));
        }
        'ь' | 'й' => {
            out.push(format!("{name}ск"));
            out.push(format!("{stem}ск"));
        }
        _ if name.ends_with("ск") || name.ends_with("цк") => out.push(name.clone()),
        'ц' => {
            out.push(format!("{stem}цк"));
            if let Some(stem) = stem.strip_suffix('е') {
                out.push(format!("{stem}ецк"));
            }
        }
        'к' => {
            out.push(format!("{name}ск"));
            out.push(format!("{stem}чск"));
            out.push(format!("{stem}цк"));
        }
        _ => {
            out.push(format!("{name}ск"));
            out.push(format!("{name}овск"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(name: &str, plural: bool, expected: &[&str]) {
        let made = forms(name, plural);
        for form in expected {
            assert!(made.iter().any(|f| f == form), "{name}: no {form} in {made:?}");
        }
    }

    #[test]
    fn words_of_each_declension() {
        has("Ош", false, &["Оша", "Ошу", "Ошем", "Оше"]);
        has("Москва", false, &["Москвы", "Москве", "Москву", "Москвой"]);
        has("Казань", false, &["Казани", "Казанью"]);
        has("Ярославль", false, &["Ярославля", "Ярославлем"]);
        has("Грузия", false, &["Грузии", "Грузию", "Грузией"]);
        has("Закарпатье", false, &["Закарпатья", "Закарпатьем"]);
        has("Череповец", false, &["Череповца", "Череповце"]);
        has("Иваново", false, &["Иваново", "Иванове", "Иванова"]);
        has("Черкассы", true, &["Черкасс", "Черкассах"]);
        assert_eq!(forms("Алматы", false), ["Алматы"]);
        assert_eq!(forms("Баку", false), ["Баку"]);
    }

    #[test]
    fn names_of_several_words() {
        has("Нижний Новгород", false, &["Нижнего Новгорода", "Нижнем Новгороде", "Нижним Новгородом"]);
        has("Чолпон-Ата", false, &["Чолпон-Ате", "Чолпон-Ату"]);
        has("Ростов-на-Дону", false, &["Ростове-на-Дону"]);
        has("Петропавловск-Камчатский", false, &["Петропавловске-Камчатском"]);
        has("Республика Беларусь", false, &["Республики Беларусь", "Республике Беларусь"]);
        has("Босния и Герцеговина", false, &["Боснии и Герцеговины", "Боснией и Герцеговиной"]);
        has("Южная Осетия", false, &["Южной Осетии", "Южную Осетию"]);
        has("Великие Луки", true, &["Великих Луках"]);
        has("Каспийское море", false, &["Каспийского моря", "Каспийским морем"]);
        has("Кыргызская Республика", false, &["Кыргызской Республики", "Кыргызскую Республику"]);
    }

    #[test]
    fn adjectives_give_their_stem() {
        assert_eq!(adjective_stem("ошской"), Some("ошск"));
        assert_eq!(adjective_stem("ноокатского"), Some("ноокатск"));
        assert_eq!(adjective_stem("новой"), None);
        assert!(adjectives_of("Кыргыз-Ата").contains(&"кыргыз-атинск".to_string()));
        assert!(adjectives_of("Куляб").contains(&"кулябск".to_string()));
    }
}
