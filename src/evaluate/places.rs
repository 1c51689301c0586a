//! When two place names are the same, and how far two places lie apart.

use unicode_normalization::UnicodeNormalization;

/// Words for the kind of region, which do not tell two names apart.
const DROPPED: &[&str] =
    &["region", "oblast", "province", "district", "city", "the", "of", "republic", "raion", "rayon", "viloyat", "shahri"];

/// A name without case, accents, punctuation and the word for the kind of region.
///
/// Case is folded in full (ß is ss), after compatibility decomposition.
pub(super) fn fold(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => plain.push_str("ss"),
            'ς' => plain.push('σ'),
            c if c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c) || c.is_whitespace() => plain.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = plain.split_whitespace().filter(|word| !DROPPED.contains(word)).collect();
    if words.is_empty() { plain } else { words.join(" ") }
}

/// Kilometres between two points on the sphere of the earth's mean radius (IUGG), both in degrees
/// north and east.
pub(super) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    const RADIUS: f64 = 6371.0088;
    let (north_a, north_b) = (a.0.to_radians(), b.0.to_radians());
    let (north, east) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (north / 2.0).sin().powi(2) + north_a.cos() * north_b.cos() * (east / 2.0).sin().powi(2);
    2.0 * RADIUS * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_regions_do_not_count() {
        assert_eq!(fold("Naryn Region"), fold("NARYN oblast"));
        assert_eq!(fold("Issyk-Kul’"), "issykkul");
        assert_eq!(fold("Йошкар-Ола"), "иошкарола");
        assert_eq!(fold("The City"), "the city");
    }

    #[test]
    fn bishkek_lies_a_known_way_from_osh() {
        let way = kilometres((42.87, 74.59), (40.53, 72.80));
        assert!((way - 299.0).abs() < 3.0, "{way}");
    }
}
