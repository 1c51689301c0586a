//! The nominative of a Russian name that no table has.
//!
//! The ending alone does not tell («в Язде»: Язд or Язда), so the other forms in the text decide
//! where there are any, and the preposition where there are none.

use crate::lexicon::hints::{self, Hint};

/// The nominative of `name`, from the word before it, and from whether a form is seen elsewhere.
pub(super) fn nominative(name: &str, before: &str, seen: impl Fn(&str) -> bool) -> String {
    let (head, word) = match name.rsplit_once(' ') {
        Some((head, word)) => (Some(head), word),
        None => (None, name),
    };
    let found = of_word(word, before, seen);
    match head {
        Some(head) => format!("{head} {found}"),
        None => found,
    }
}

fn of_word(word: &str, before: &str, seen: impl Fn(&str) -> bool) -> String {
    let last = word.rsplit('-').next().unwrap_or(word);
    if last.chars().count() < 4 && !word.contains('-') {
        return word.into();
    }
    let mut options: Vec<String> = Vec::new();
    for (ending, others) in
        [("ом", &[""][..]), ("ой", &["а"]), ("е", &["", "а"]), ("а", &[""]), ("у", &["", "а"]), ("ы", &["а"]), ("и", &["а", "ь"])]
    {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| ends_in_consonant(s)) {
            options.extend(others.iter().map(|other| format!("{stem}{other}")));
        }
    }
    if let Some(option) = options.iter().find(|option| seen(last_part(option))) {
        return option.clone();
    }
    let locative = hints::is(before, Hint::LOCATIVE);
    let genitive = hints::is(before, Hint::GENITIVE);
    if locative && let Some(stem) = word.strip_suffix('е').filter(|s| ends_in_consonant(s)) {
        let mut end = stem.chars().rev();
        let (a, b) = (end.next().unwrap_or(' '), end.next().unwrap_or(' '));
        let feminine = last == "Ате" || is_consonant(b) && matches!(a, 'к' | 'в' | 'н') && !matches!(b, 'н' | 'р' | 'с' | 'ш');
        return if feminine { format!("{stem}а") } else { stem.into() };
    }
    if genitive {
        if let Some(stem) = word.strip_suffix('а').filter(|s| ends_in_consonant(s)) {
            return stem.into();
        }
        if let Some(stem) = word.strip_suffix('ы').filter(|s| ends_in_consonant(s)) {
            return format!("{stem}а");
        }
    }
    word.into()
}

/// The nominative of a village's name that is an adjective, after the word for its kind: «в селе
/// Пригородном» → Пригородное. Endings that are also a noun's are left alone.
pub(super) fn of_adjective(name: &str, kind: &str) -> Option<String> {
    let endings = match kind {
        "село" | "с." | "поселение" => ["ое", "ое"],
        "поселок" | "посёлок" | "пос." | "п." | "хутор" => ["ый", "ий"],
        "деревня" | "дер." | "станица" => ["ая", "ая"],
        _ => return None,
    };
    let feminine = endings[0] == "ая";
    let (stem, sure) = match (name.strip_suffix("ого"), feminine) {
        (Some(stem), false) => (stem, true),
        (_, false) => (name.strip_suffix("ом")?, false),
        (_, true) => (name.strip_suffix("ой")?, false),
    };
    let adjective = ["н", "ск", "цк", "ов", "ев"].iter().any(|end| stem.ends_with(end));
    let soft = stem.ends_with(['к', 'г', 'х']);
    (stem.chars().count() > 2 && (sure || adjective)).then(|| format!("{stem}{}", endings[usize::from(soft)]))
}

fn last_part(word: &str) -> &str {
    word.rsplit('-').next().unwrap_or(word)
}

fn ends_in_consonant(stem: &str) -> bool {
    stem.chars().last().is_some_and(is_consonant)
}

fn is_consonant(c: char) -> bool {
    matches!(c, 'б' | 'в' | 'г' | 'д' | 'ж' | 'з' | 'к' | 'л' | 'м' | 'н' | 'п' | 'р' | 'с' | 'т' | 'ф' | 'х' | 'ц' | 'ч' | 'ш' | 'щ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_adjectives_take_the_gender_of_their_kind() {
        assert_eq!(of_adjective("Верхнезелёного", "село").as_deref(), Some("Верхнезелёное"));
        assert_eq!(of_adjective("Загородном", "село").as_deref(), Some("Загородное"));
        assert_eq!(of_adjective("Краснополянском", "поселок").as_deref(), Some("Краснополянский"));
        assert_eq!(of_adjective("Тёсовой", "деревня").as_deref(), Some("Тёсовая"));
        assert_eq!(of_adjective("Бахром", "село"), None);
        assert_eq!(of_adjective("Тоготой", "село"), None);
    }

    #[test]
    fn the_text_decides_and_then_the_preposition() {
        assert_eq!(nominative("Язде", "в", |_| false), "Язд");
        assert_eq!(nominative("Николаевке", "в", |_| false), "Николаевка");
        assert_eq!(nominative("Бешик-Жоне", "селе", |_| false), "Бешик-Жон");
        assert_eq!(nominative("Кыргыз-Ате", "в", |_| false), "Кыргыз-Ата");
        assert_eq!(nominative("Озерны", "около", |_| false), "Озерна");
        assert_eq!(nominative("Жыргалана", "", |w| w == "жыргалан" || w == "Жыргалан"), "Жыргалан");
        assert_eq!(nominative("Тоготой", "селе", |_| false), "Тоготой");
    }
}
