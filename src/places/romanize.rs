//! Russian names in Latin letters, for places that no table knows.
//!
//! After the BGN/PCGN system of 1947 without its apostrophes, with the letters that Kyrgyz and
//! Tajik names have in English: ж is `j` there and `zh` elsewhere.

/// The name in Latin letters.
///
/// `country`: of the place, where known; it decides on `ж`.
#[must_use]
pub(super) fn romanize(name: &str, country: Option<[u8; 2]>) -> String {
    let j = matches!(country, Some([b'K', b'G'] | [b'T', b'J'] | [b'T', b'M']));
    let mut out = String::with_capacity(name.len());
    let mut before = ' ';
    for c in name.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let latin = match lower {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' => "g",
            'д' => "d",
            'е' if matches!(before, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'ь' | 'ъ' | ' ' | '-') => "ye",
            'е' | 'э' => "e",
            'ё' => "yo",
            'ж' if j => "j",
            'ж' => "zh",
            'з' => "z",
            'и' => "i",
            'й' => "y",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' | 'ө' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' | 'ү' | 'ұ' => "u",
            'ф' => "f",
            'х' if j => "kh",
            'х' => "kh",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ъ' | 'ь' => "",
            'ы' => "y",
            'ю' => "yu",
            'я' => "ya",
            'ң' => "ng",
            'қ' => "q",
            'ғ' => "gh",
            'ҳ' | 'һ' => "h",
            'ҷ' => "j",
            'ӣ' | 'і' => "i",
            'ӯ' => "u",
            'ә' => "a",
            _ => {
                out.push(c);
                before = lower;
                continue;
            }
        };
        if c.is_uppercase() {
            let mut letters = latin.chars();
            out.extend(letters.next().map(|l| l.to_ascii_uppercase()));
            out.extend(letters);
        } else {
            out.push_str(latin);
        }
        before = lower;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_they_stand_on_english_maps() {
        assert_eq!(romanize("Ачык-Суу", Some(*b"KG")), "Achyk-Suu");
        assert_eq!(romanize("Жыргалан", Some(*b"KG")), "Jyrgalan");
        assert_eq!(romanize("Железногорск", Some(*b"RU")), "Zheleznogorsk");
        assert_eq!(romanize("Алексеевка", Some(*b"RU")), "Alekseyevka");
    }
}
