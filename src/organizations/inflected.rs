//! Russian names in the nominative whose head noun no table has.
//!
//! The adjectives before a noun show its gender and number: «Рогунской ГЭС» is feminine, «Вооружёнными
//! силами» plural. With that the noun's ending tells its nominative for the regular declensions; where it
//! leaves two («земли», «узла») the name stays as it stands. A lone short name is read by the word that it
//! ends with («Химбанка», «Горизбиркома»; `data/organizations/compounds.tsv`).

use std::sync::LazyLock;

use super::identity::Name;
use super::nominative::{Gender, adjective};
use crate::lexicon::forms;
use crate::table;
use crate::text::{Case, Kind, Script, Text};

/// What the ending of an adjective shows of its noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Feminine,
    /// Masculine or neuter.
    Other,
    Plural,
}

/// The name in the nominative, where it surely stands in another case.
pub(super) fn of(text: &Text, name: &Name) -> Option<String> {
    if name.end == name.first + 1 {
        return lone(text, name.first);
    }
    let cyrillic = |k: usize| text.tokens[k].kind == Kind::Word && text.tokens[k].script == Script::Cyrillic;
    let mut shown = None;
    let mut noun = name.first;
    while noun < name.end && cyrillic(noun) {
        // «Национально-культурной»
        if text.fold(noun + 1) == "-" && noun + 2 < name.end && !text.tokens[noun + 1].spaced {
            noun += 2;
            continue;
        }
        let fold = text.fold(noun);
        if text.tokens[noun].case == Case::Upper || !forms::is_adjective(fold) {
            break;
        }
        let now = oblique(fold)?;
        if shown.is_some_and(|shown| shown != now) {
            return None;
        }
        shown = Some(now);
        noun += 1;
        // «сборной Озерии»
        if fold.starts_with("сборн") && now == Shown::Feminine && noun < name.end && text.tokens[noun].is_capital() {
            let whole = adjective(text.str(noun - 1), Gender::Feminine)?;
            return Some(joined(text, name, &[whole], noun)).filter(|_| noun == name.first + 1);
        }
    }
    let shown = shown.filter(|_| noun < name.end && cyrillic(noun))?;
    let word = text.str(noun);
    let (gender, nominative) = match text.tokens[noun].case {
        // letters have no cases, and of the genders only the feminine is sure
        Case::Upper => (Some(Gender::Feminine).filter(|_| shown == Shown::Feminine)?, word.to_string()),
        _ => match shown {
            Shown::Feminine => (Gender::Feminine, feminine(word)?),
            Shown::Other => other(word)?,
            Shown::Plural => (Gender::Masculine, plural(word)?),
        },
    };
    let mut parts: Vec<String> = Vec::with_capacity(noun + 1 - name.first);
    for k in name.first..noun {
        let part = text.str(k);
        let whole = text.tokens[k].kind != Kind::Word || text.fold(k + 1) == "-";
        match shown {
            _ if whole => parts.push(part.to_string()),
            Shown::Plural => parts.push(many(part)?),
            _ => parts.push(adjective(part, gender)?),
        }
    }
    parts.push(nominative);
    Some(joined(text, name, &parts, noun + 1))
}

/// The first words of a name as `parts`, the others from token `rest` on as they stand.
fn joined(text: &Text, name: &Name, parts: &[String], rest: usize) -> String {
    let mut out = String::new();
    for (k, part) in (name.first..).zip(parts) {
        if text.tokens[k].spaced && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    if rest < name.end {
        if text.tokens[rest].spaced {
            out.push(' ');
        }
        out.push_str(&text.slice(text.span(rest, name.end - 1)).split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let mut chars = out.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => out,
    }
}

/// What an adjective's ending shows; nothing for a nominative, and for one that may be any.
fn oblique(fold: &str) -> Option<Shown> {
    let ends = |endings: &[&str]| endings.iter().any(|e| fold.ends_with(e));
    if ends(&["ой", "ей", "ую", "юю"]) {
        Some(Shown::Feminine)
    } else if ends(&["ого", "его", "ому", "ему", "ом", "ем", "ым", "им"]) {
        Some(Shown::Other)
    } else if ends(&["ых", "их", "ыми", "ими"]) {
        Some(Shown::Plural)
    } else {
        None
    }
}

/// A feminine noun from another case.
fn feminine(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ью") {
        return Some(format!("{stem}ь"));
    }
    if matches!(word, "церкви" | "Церкви") {
        return Some(word.replace("кви", "ковь"));
    }
    for ending in ["ии", "ию", "ией"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return Some(format!("{stem}ия"));
        }
    }
    if let Some(stem) = word.strip_suffix("сти") {
        return Some(format!("{stem}сть"));
    }
    if let Some(stem) = word.strip_suffix('и') {
        return stem.ends_with(['г', 'к', 'х']).then(|| format!("{stem}а"));
    }
    let stem = ["ой", "ы", "у", "е"].iter().find_map(|ending| word.strip_suffix(ending))?;
    let hard = stem.chars().count() >= 2 && !stem.ends_with(['а', 'е', 'и', 'о', 'у', 'ь', 'л', 'н', 'р']);
    (hard || word.ends_with('ы') && stem.chars().count() >= 2).then(|| format!("{stem}а"))
}

/// A masculine or neuter noun from another case.
fn other(word: &str) -> Option<(Gender, String)> {
    for ending in ["ства", "ству", "ством", "стве"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return Some((Gender::Neuter, format!("{stem}ство")));
        }
    }
    for ending in ["ия", "ию", "ием", "ии"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return Some((Gender::Neuter, format!("{stem}ие")));
        }
    }
    for ending in ["ища", "ищу", "ищем", "ище"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return Some((Gender::Neuter, format!("{stem}ище")));
        }
    }
    for ending in ["ея", "ею", "еем"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return Some((Gender::Masculine, format!("{stem}ей")));
        }
    }
    for ending in ["аля", "алю", "алем", "еля", "елю", "елем"] {
        if word.ends_with(ending) {
            let stem = word.trim_end_matches("ем").trim_end_matches(['я', 'ю']);
            return Some((Gender::Masculine, format!("{stem}ь")));
        }
    }
    // «Красном Кресте»
    masculine(word).or_else(|| word.strip_suffix('е').filter(|stem| is_stem(stem))).map(|stem| (Gender::Masculine, stem.to_string()))
}

/// A masculine noun of the hard declension: its stem, where no vowel can have fallen out of it.
pub(super) fn masculine(word: &str) -> Option<&str> {
    ["ом", "а", "у"].iter().find_map(|ending| word.strip_suffix(ending)).filter(|stem| is_stem(stem))
}

/// Whether a masculine noun can end so, with no vowel fallen out of it.
fn is_stem(stem: &str) -> bool {
    const CLUSTERS: [&str; 18] =
        ["нт", "ст", "рт", "банк", "нд", "кт", "нг", "мп", "рк", "рд", "льт", "нс", "кс", "пт", "льм", "полк", "нтр", "рс"];
    const NEUTER: [&str; 12] = ["озер", "мест", "окн", "кольц", "дел", "слов", "прав", "тел", "ядр", "болот", "войск", "сел"];
    let vowel = |c: char| matches!(c, 'а' | 'е' | 'ё' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'ь' | 'й' | 'ъ');
    let mut back = stem.chars().rev();
    let (Some(last), Some(before)) = (back.next(), back.next()) else { return false };
    let open = before != 'ь' && vowel(before) && before != 'й' || CLUSTERS.iter().any(|c| stem.ends_with(c));
    let neuter = NEUTER.iter().any(|n| stem.to_lowercase() == *n);
    !vowel(last) && last != 'ц' && open && !neuter
}

/// A noun in the plural from another case.
fn plural(word: &str) -> Option<String> {
    let fold = word.to_lowercase();
    if let Some(ending) = ["сил", "войск"].iter().find(|w| fold.strip_prefix(**w).is_some_and(|e| matches!(e, "" | "ам" | "ами" | "ах")))
    {
        let stem: String = word.chars().take(ending.chars().count()).collect();
        return Some(format!("{stem}{}", if *ending == "сил" { "ы" } else { "а" }));
    }
    if let Some(stem) = word.strip_suffix("ий") {
        return Some(format!("{stem}ии"));
    }
    let stem = ["ами", "ов"].iter().find_map(|ending| word.strip_suffix(ending)).filter(|s| s.chars().count() > 2)?;
    let soft = stem.ends_with(['г', 'к', 'х', 'ж', 'ш', 'ч', 'щ']);
    Some(format!("{stem}{}", if soft { 'и' } else { 'ы' }))
}

/// «Железных», «железными»: «железные».
fn many(adjective: &str) -> Option<String> {
    let hard = ["ыми", "ых"].iter().find_map(|ending| adjective.strip_suffix(ending)).map(|stem| format!("{stem}ые"));
    hard.or_else(|| ["ими", "их"].iter().find_map(|ending| adjective.strip_suffix(ending)).map(|stem| format!("{stem}ие")))
}

/// Words that short names end with, in the nominative.
static COMPOUNDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    table::rows::<1>(include_str!("../../data/organizations/compounds.tsv")).map(|[word]| word).filter(|word| *word != "word").collect()
});

/// The nominative of a short name of one word, by the word that it ends with.
fn lone(text: &Text, at: usize) -> Option<String> {
    let token = &text.tokens[at];
    if token.kind != Kind::Word || token.script != Script::Cyrillic || !matches!(token.case, Case::Title | Case::Mixed) {
        return None;
    }
    let (word, fold) = (text.str(at), text.fold(at));
    COMPOUNDS.iter().find_map(|base| {
        let (stem, endings): (&str, &[&str]) = match base.chars().next_back()? {
            'а' => (base.strip_suffix('а')?, &["ы", "и", "е", "у", "ой"]),
            'я' => (base.strip_suffix('я')?, &["и", "ю", "ей"]),
            'ь' => (base.strip_suffix('ь')?, &["и", "ью"]),
            'й' => (base.strip_suffix('й')?, &["я", "ю", "ем", "е"]),
            _ => (base, &["а", "у", "ом", "е"]),
        };
        let ending = endings.iter().find(|ending| fold.strip_suffix(**ending).is_some_and(|rest| rest.ends_with(stem)))?;
        let whole = word.strip_suffix(*ending)?;
        let before = whole.chars().count().checked_sub(stem.chars().count())?;
        (before >= 2).then(|| format!("{whole}{}", &base[stem.len()..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nominative(source: &str) -> Option<String> {
        let text = Text::new(source);
        let end = text.tokens.len();
        of(&text, &Name { mention: 0, first: 0, end, keys: Vec::new(), row: None, maybe: None, shared: None, head: None })
    }

    #[test]
    fn adjectives_show_gender_and_number_of_an_unlisted_noun() {
        let cases = [
            ("Озёрской ГЭС", "Озёрская ГЭС"),
            ("Централизованной Библиотечной Системы Озёрска", "Централизованная Библиотечная Система Озёрска"),
            ("Вооружёнными силами Озерии", "Вооружённые силы Озерии"),
            ("Международных сил содействия миру", "Международные силы содействия миру"),
            ("Лунного государства", "Лунное государство"),
            ("Исполнительного органа города", "Исполнительный орган города"),
            ("Озёрского химзавода", "Озёрский химзавод"),
            ("Красном Кресте", "Красный Крест"),
            ("Центрального телевидения", "Центральное телевидение"),
            ("Русской православной церкви", "Русская православная церковь"),
        ];
        for (source, expected) in cases {
            assert_eq!(nominative(source).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn what_may_be_two_words_stays() {
        for source in ["Горного узла", "Озёрская ГЭС", "Лунный берег", "Луна", "Озёрском ТЮЗе"]
        {
            assert_eq!(nominative(source), None, "{source}");
        }
    }

    #[test]
    fn short_names_are_read_by_their_last_word() {
        let cases = [("Лунбанка", "Лунбанк"), ("Горизбиркому", "Горизбирком"), ("Озернефти", "Озернефть"), ("Лунгвардией", "Лунгвардия")];
        for (source, expected) in cases {
            assert_eq!(nominative(source).as_deref(), Some(expected), "{source}");
        }
        assert_eq!(nominative("Лунбанк"), None);
    }
}
