//! What depends on the other choices, and what speaks for none of them.

use super::features::{COUNT, Choice, F, Features};
use super::sentences::Sentence;
use super::standing::{Size, size};
use crate::mention::Name;
use crate::page::Page;

/// Without one of these nothing says that something happens there.
const SUPPORT: [F; 9] =
    [F::title, F::dateline, F::stands_where, F::visited, F::body_where, F::chain_where, F::nested_where, F::refines, F::here];

/// What speaks for none of the places.
pub(super) fn none(page: &Page, choices: &[Choice], sentences: &[Sentence]) -> Features {
    let mut none = [0.0; COUNT];
    let mut set = |feature: F, value: f32| none[feature as usize] = value;
    let flag = |on: bool| f32::from(u8::from(on));
    let mut most = [0.0_f32; COUNT];
    for choice in choices {
        most.iter_mut().zip(&choice.features).for_each(|(most, own)| *most = most.max(*own));
    }
    let any = |feature: F| most[feature as usize] > 0.0;
    let title_sentence = page.zones.title.map(|t| page.text.sentence_at(t.start)).and_then(|n| sentences.get(n));
    let lead_money = sentences.iter().any(|s| s.rank == Some(0) && s.money);
    set(F::none, 1.0);
    set(F::none_undated, flag(!sentences.iter().any(|s| s.dated)));
    set(F::none_money, flag(title_sentence.is_some_and(|s| s.money) || lead_money));
    set(F::none_no_lead_where, flag(!any(F::lead_where) && !any(F::title_where) && !any(F::dated_where)));
    let countries = choices.iter().filter(|c| c.place.kind == "country").count();
    set(F::none_countries, (1.0 + countries as f32).ln());
    let lead = sentences.iter().filter(|s| matches!(s.rank, Some(0..=2)));
    let leads: Vec<&Sentence> = title_sentence.into_iter().chain(lead).collect();
    let main = |f: fn(&Sentence) -> bool| leads.iter().any(|s| f(s));
    set(F::none_online, flag(main(|s| s.online)));
    set(F::none_statement, flag(main(|s| s.statement)));
    let sites: u32 = choices.iter().map(|c| c.sites).sum();
    set(F::none_sites, (1.0 + sites as f32).ln());
    let happens = |s: &Sentence| s.held.is_some() || s.event;
    set(F::none_no_happening, flag(!main(happens)));
    set(F::none_online_event, flag(main(|s| s.online && (s.dated || s.event))));
    set(F::none_call, flag(main(|s| s.call)));
    set(F::none_result, flag(main(|s| s.result)));
    set(F::none_only_countries, flag(choices.iter().all(|c| c.has(F::unsupported) || c.has(F::country) || c.has(F::wide))));
    set(F::none_places, (1.0 + choices.len() as f32).ln());
    set(F::none_siteless_date, flag(sentences.iter().any(|s| s.dated) && !any(F::dated_where)));
    set(F::none_title_where, flag(any(F::title_where)));
    set(F::none_title_place, flag(any(F::title)));
    set(F::none_strength, choices.iter().map(|c| c.strength).fold(0.0, f32::max));
    set(F::none_study, flag(main(|s| s.study)));
    none
}

/// What depends on the other choices.
pub(super) fn finish(choices: &mut [Choice], any_dated: bool, lead_happens: bool) {
    let mut countries: Vec<([u8; 2], usize)> = Vec::new();
    for choice in choices.iter() {
        if let Some(country) = choice.place.country {
            match countries.iter_mut().find(|(c, _)| *c == country) {
                Some((_, n)) => *n += choice.spans.len(),
                None => countries.push((country, choice.spans.len())),
            }
        }
    }
    let all: usize = countries.iter().map(|(_, n)| n).sum();
    let main = countries.iter().max_by_key(|(_, n)| *n).map(|(c, _)| *c);
    let seen: Vec<Seen> = choices
        .iter()
        .map(|c| Seen {
            name: &c.place.name,
            country: c.place.country,
            admin1: c.place.admin1.as_ref(),
            size: size(c.place.kind),
            large: c.large,
            inside: c.inside,
            coordinates: c.place.coordinates,
            strength: c.strength,
            busy: c.strength > 0.03 || c.has(F::dated) || c.has(F::here),
            clear: (c.site.is_some() || c.has(F::refines) || c.has(F::lead_where))
                && (c.has(F::dated) || c.has(F::body_lead) && !any_dated),
            well: c.has(F::stands_where) || c.has(F::title),
            listed: c.has(F::listed),
            plain: c.plain > 0,
            title: c.has(F::title),
            site: c.site.is_some(),
            count: c.spans.len(),
        })
        .collect();
    let nearest = choices.iter().map(|c| c.features[F::near_date as usize]).fold(0.0, f32::max);
    let settlements = choices.iter().filter(|c| size(c.place.kind) == Some(Size::Settlement) && c.outside > 0).count();
    // a place below a country in the headline, besides that of a dateline
    let in_title = choices.iter().any(|c| size(c.place.kind).is_some_and(|s| s < Size::Country) && !c.has(F::dateline) && c.has(F::title));
    let datelines = choices.iter().filter(|c| c.has(F::dateline)).count();
    let strongest = choices.iter().map(|c| c.strength).fold(0.0, f32::max);
    let lines: Vec<u32> = choices.iter().filter_map(|c| c.line).collect();
    // "Skopje – Belgrade – Zagreb, 11 October": who signs, not where something happens
    for c in choices.iter_mut() {
        if c.line.is_some_and(|line| lines.iter().filter(|l| **l == line).count() > 1) {
            c.set(F::dateline_shared, true);
            for feature in [F::dateline, F::dateline_dated, F::dateline_wire, F::dateline_same_day] {
                c.features[feature as usize] = 0.0;
            }
        }
    }
    let first_site = choices.iter().filter_map(|c| c.site).min();
    let with_site = choices.iter().filter(|c| c.site.is_some()).count();
    let mut firsts: Vec<usize> = choices.iter().filter_map(|c| c.first).collect();
    firsts.sort_unstable();
    let openings = choices.iter().filter(|c| c.opening && size(c.place.kind).is_some_and(|s| s < Size::Country)).count();
    let mut heirs: Vec<(usize, usize)> = Vec::new();
    let bits = |is: &dyn Fn(&Seen) -> bool| seen.iter().enumerate().filter(|(_, s)| is(s)).fold(0, |bits: u64, (n, _)| bits | 1 << n);
    let holds: Vec<u64> = seen.iter().enumerate().map(|(outer, whole)| bits(&|part| lies_in(part, whole, outer))).collect();
    let clear = bits(&|s| s.clear);
    for (number, c) in choices.iter_mut().enumerate() {
        let order = c.first.map_or(firsts.len(), |first| firsts.partition_point(|f| *f < first));
        let kind = match c.place.kind {
            "country" => F::country,
            "admin1" => F::admin1,
            "district" | "municipality" => F::district,
            "area" | "sea" | "river" | "lake" | "desert" | "mountains" => F::wide,
            _ => F::settlement,
        };
        let count = c.spans.len() as u32;
        c.set(kind, true);
        c.set(F::unlisted, c.place.coordinates.is_none());
        c.features[F::early as usize] = 1.0 / (1.0 + order as f32);
        c.features[F::often as usize] = (count as f32).ln();
        c.features[F::where_often as usize] = (1.0 + c.wheres as f32).ln();
        c.set(F::from_only, c.from == count);
        c.set(F::main_country, c.place.country.is_some() && c.place.country == main);
        let share = c.place.country.and_then(|own| countries.iter().find(|(c, _)| *c == own)).map_or(0.0, |(_, n)| *n as f32 / all as f32);
        let own = size(c.place.kind);
        let inside: Vec<&Seen> = seen.iter().enumerate().filter(|(n, _)| (holds[number] >> n) & 1 == 1).map(|(_, s)| s).collect();
        c.set(F::holds_other, inside.iter().any(|s| s.well));
        c.set(F::inside_listed, inside.iter().any(|s| s.listed));
        c.set(F::whole_alone, own.is_some_and(|o| o > Size::Settlement) && inside.iter().all(|s| !s.plain));
        c.set(F::abroad, share < 0.3);
        if c.place.admin1.is_some() {
            let near: usize =
                seen.iter().filter(|s| s.country == c.place.country && s.admin1 == c.place.admin1.as_ref()).map(|s| s.count).sum();
            c.features[F::region_share as usize] = near as f32 / all.max(1) as f32;
        }
        let capital = c.place.kind == "capital";
        c.set(F::capital, capital);
        c.set(F::dateline_many, c.has(F::dateline) && datelines > 2);
        if !any_dated {
            c.set(F::undated_where, c.has(F::stands_where));
            c.set(F::country_undated, c.place.kind == "country");
        }
        c.set(F::dateline_rival, c.has(F::dateline) && in_title && !c.has(F::title));
        c.set(F::abroad_where, share < 0.3 && (c.has(F::lead_where) || c.has(F::dated_where)));
        c.set(F::first_site, c.site.is_some() && c.site == first_site);
        c.set(F::only_site, c.site.is_some() && with_site == 1);
        c.features[F::sites as usize] = (1.0 + c.sites as f32).ln();
        c.set(F::seat_only, c.seats == count);
        let around = |other: &&Seen| {
            other.title
                && other.country == c.place.country
                && own.zip(other.size).is_some_and(|(own, other)| own < other)
                && (other.size == Some(Size::Country) || c.place.admin1.as_ref() == Some(other.name) || other.size == Some(Size::District))
        };
        let titled = seen.iter().any(|s| around(&s));
        c.set(F::whole_title_site, titled && c.site.is_some());
        c.set(F::dateline_own, c.has(F::dateline) && !c.has(F::dateline_wire));
        c.features[F::strength as usize] = c.strength;
        c.set(F::strongest, c.strength >= strongest && strongest > 0.15);
        if !c.has(F::title) && strongest > c.strength {
            c.features[F::rival_strength as usize] = strongest - c.strength;
        }
        let supported = SUPPORT.iter().any(|&f| c.has(f));
        c.set(F::unsupported, !supported);
        c.set(F::outdone, inside.iter().any(|s| s.site));
        c.set(F::never_outside, c.outside == 0 && !c.has(F::dateline));
        c.set(F::dateline_happening, c.has(F::dateline) && lead_happens);
        c.set(F::spoken_only, c.spoken == count);
        if c.strength > 0.1 {
            let alike = |s: &&Seen| s.size == own && *s.name != c.place.name && s.strength > 0.7 * c.strength;
            c.features[F::siblings as usize] = (1.0 + seen.iter().filter(alike).count() as f32).ln();
        }
        c.set(F::lead_only, c.opening && openings == 1 && own.is_some_and(|own| own < Size::Country));
        let rival = seen
            .iter()
            .filter(|s| *s.name != c.place.name && s.size.is_some_and(|s| s < Size::Country))
            .map(|s| s.strength)
            .fold(0.0, f32::max);
        // "DUSHANBE, 5 May – Three schools of Khatlon province …"
        let other = c.has(F::dateline) && openings > usize::from(c.opening);
        c.set(F::dateline_opening, other);
        c.set(F::wire_opening, other && c.has(F::dateline_wire));
        if c.has(F::dateline) {
            c.features[F::dateline_outdone as usize] = rival;
            c.features[F::wire_outdone as usize] = if c.has(F::dateline_wire) { rival } else { 0.0 };
        }
        // «в селе Мады Кара-Суйского района»: the one place in it where something happens that day
        // three districts of a region: it happens in the region
        let several = inside.iter().filter(|s| s.busy && s.plain).count() > 2;
        c.set(F::gathers, own == Some(Size::Region) && several && (c.has(F::body_lead) || c.has(F::title)));
        if seen[number].clear {
            for (outer, whole) in seen.iter().enumerate().filter(|(outer, _)| (holds[*outer] >> number) & 1 == 1) {
                let alone = (holds[outer] & clear) == 1 << number;
                if whole.large == Some(Size::Country) {
                    c.set(F::one_of_country, alone);
                } else if alone {
                    heirs.push((number, outer));
                }
            }
        }
        c.set(F::also_larger, c.large > own);
        let near = c.features[F::near_date as usize];
        c.set(F::nearest, nearest > 0.0 && near >= nearest);
        match kind {
            F::country => {
                c.features[F::country_share as usize] = share;
                c.features[F::country_many as usize] = (countries.len() as f32).ln();
            }
            F::admin1 => {
                c.features[F::admin1_many as usize] = (1.0 + inside.iter().filter(|s| s.plain).count() as f32).ln();
            }
            F::settlement => {
                c.set(F::settlement_title_where, c.has(F::title_where));
                c.features[F::settlement_late as usize] = c.features[F::late as usize];
                c.set(F::only_settlement, settlements == 1 && c.outside > 0);
                c.features[F::settlement_many as usize] = (1.0 + settlements as f32).ln();
            }
            _ => {}
        }
    } // what speaks for the district speaks for the one village in it where something happens
    let before: Vec<Features> = heirs.iter().map(|&(_, outer)| choices[outer].features).collect();
    for (&(number, _), outer) in heirs.iter().zip(&before) {
        for feature in INHERITED {
            choices[number].raise(feature, outer[feature as usize]);
        }
    }
}

/// What a place has of the larger one in which it alone is where something happens.
const INHERITED: [F; 9] = [
    F::title,
    F::title_where,
    F::title_label,
    F::settlement_title_where,
    F::early,
    F::often,
    F::lead_only,
    F::also_larger,
    F::only_settlement,
];

/// What is known of a place when others are compared with it.
struct Seen<'m> {
    name: &'m Name,
    country: Option<[u8; 2]>,
    admin1: Option<&'m Name>,
    size: Option<Size>,
    large: Option<Size>,
    inside: u64,
    coordinates: Option<(f32, f32)>,
    strength: f32,
    clear: bool,
    busy: bool,
    well: bool,
    listed: bool,
    plain: bool,
    title: bool,
    site: bool,
    count: usize,
}

/// How far from a district's middle its villages may lie, in degrees of latitude.
const DISTRICT_REACH: f32 = 0.6;

/// Whether a place lies in a larger one of the number `number`.
fn lies_in(small: &Seen, large: &Seen, number: usize) -> bool {
    if small.country != large.country || small.name == large.name {
        return false;
    }
    let Some((part, whole)) = small.size.zip(large.large).filter(|(part, whole)| part < whole) else { return false };
    if (small.inside >> number) & 1 == 1 || whole == Size::Country || small.admin1 == Some(large.name) {
        return true;
    }
    if whole != Size::District || part == Size::Municipality && small.coordinates.is_some() {
        return false;
    }
    match (small.coordinates, large.coordinates) {
        (Some(a), Some(b)) => {
            let east = (a.1 - b.1) * a.0.to_radians().cos();
            (a.0 - b.0).hypot(east) < DISTRICT_REACH
        }
        _ => true,
    }
}
