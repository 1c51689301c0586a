//! Addresses: stretches that are no language, so that nothing is read into them.
//!
//! `https://example.org/2019/05/30/osh` holds neither a date nor a place. A bare domain such as
//! `24.kg` may be a body's name and is left alone; with a path behind it, it is an address.

use std::sync::LazyLock;

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

/// The addresses of a text, in order, without overlaps. A mark that ends the sentence stays outside.
pub(super) fn find(source: &str) -> Vec<Span> {
    // without one of these letters there is none, and most texts have none
    if memchr::memchr3(b'/', b'@', b'#', source.as_bytes()).is_none() && !source.contains("ww.") && !source.contains("WW.") {
        return Vec::new();
    }
    let trim = |found: regex::Match| {
        let kept = found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', '…']);
        Span::new(found.start(), found.start() + kept.len())
    };
    ADDRESS.find_iter(source).map(trim).collect()
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
    fn names_dates_and_fractions_are_no_addresses() {
        assert_eq!(addresses("24.kg сообщает 05/06/2020, 3/4 и/или №5, п. 7.2/3; Бишкек/Ош"), [""; 0]);
    }
}
