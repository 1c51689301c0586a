//! Names and middles of countries by their codes, as the gazetteer has them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::places::Gazetteer;
use crate::places::PlaceKind;

static COUNTRIES: LazyLock<BTreeMap<[u8; 2], String>> = LazyLock::new(|| {
    let gazetteer = Gazetteer::default();
    let places = (0..gazetteer.base_rows()).filter_map(|row| gazetteer.place(row));
    let countries = places.filter(|place| place.kind == PlaceKind::Country);
    countries.filter_map(|place| Some((place.country?, place.name.to_string()))).collect()
});

/// The usual English name of a country by its ISO 3166-1 alpha-2 code, or the code itself.
#[must_use]
pub fn country_name(code: &str) -> &str {
    let name = <[u8; 2]>::try_from(code.as_bytes()).ok().and_then(|code| COUNTRIES.get(&code));
    name.map_or(code, String::as_str)
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_have_names() {
        assert_eq!(super::country_name("KG"), "Kyrgyzstan");
        assert_eq!(super::country_name("?"), "?");
    }
}
