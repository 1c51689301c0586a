//! Addresses: stretches that are no language, so that nothing is read into them.
//!
//! `https://example.org/2019/05/30/osh` holds neither a date nor a place. A bare domain such as
//! `24.kg` may be a body's name and is left alone; with a path behind it, it is an address.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::Regex;

use crate::span::Span;

/// Web addresses, e-mail addresses, file paths with a drive, hash tags and handles.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    let rest = r#"[^\s<>"'«»“”(){}\[\]|]*"#;
    let pattern = [
        format!(r"(?i:https?|ftp)://{rest}"),
        format!(r"(?i:www)\.{rest}"),
        r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+".to_string(),
        format!(r"[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[a-z]{{2,6}}/{rest}"),
        r"[#@]\w[\w.]*".to_string(),
    ]
    .join("|");
    Regex::new(&pattern).expect("a constant that the tests compile")
});

/// The end of "www.", in small letters and in capitals.
static WEB: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| [Finder::new("ww."), Finder::new("WW.")]);

/// The addresses of a text, in order, without overlaps. A mark that ends the sentence stays outside.
pub(super) fn find(source: &str) -> Vec<Span> {
    // without one of these there is none, and none runs over a space: most of a text is passed over
    let bytes = source.as_bytes();
    let mut signs: Vec<usize> = memchr::memchr3_iter(b'/', b'@', b'#', bytes).collect();
    for web in &*WEB {
        signs.extend(web.find_iter(bytes));
    }
    signs.sort_unstable();
    let (mut found, mut past) = (Vec::new(), 0);
    for at in signs {
        if at < past {
            continue;
        }
        let start = bytes[past..at].iter().rposition(u8::is_ascii_whitespace).map_or(past, |space| past + space + 1);
        past = bytes[at..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |space| at + space);
        found.extend(ADDRESS.find_iter(&source[start..past]).map(|address| {
            let kept = address.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', '…']);
            Span::new(start + address.start(), start + address.start() + kept.len())
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(source: &str) -> Vec<&str> {
        find(source).into_iter().map(|span| &source[span.range()]).collect()
    }

    #[test]
    fn addresses_of_all_kinds_are_found_without_the_mark_behind() {
        let source = "See https://example.org/2019/05/30/osh-region, www.example.kg or write to press.osh@example.org. #BishkekForum2020";
        let found = ["https://example.org/2019/05/30/osh-region", "www.example.kg", "press.osh@example.org", "#BishkekForum2020"];
        assert_eq!(addresses(source), found);
        assert_eq!(addresses("(подробнее на example.kg/news/2020)"), ["example.kg/news/2020"]);
    }

    #[test]
    fn an_address_is_found_wherever_it_stands() {
        assert_eq!(addresses("a/b www.example.kg\nWWW.EXAMPLE.KG/x"), ["www.example.kg", "WWW.EXAMPLE.KG/x"]);
        assert_eq!(addresses("ошибка@\u{a0}(press@example.org)\u{a0}#Ош"), ["press@example.org", "#Ош"]);
    }

    #[test]
    fn names_dates_and_fractions_are_no_addresses() {
        assert_eq!(addresses("24.kg сообщает 05/06/2020, 3/4 и/или №5, п. 7.2/3; Бишкек/Ош"), [""; 0]);
    }
}
