//! Russian names of bodies: a head noun, the adjectives before it and the tail after it.
//!
//! Only the first word has a capital («Государственный комитет по экологии»), so the end is found
//! by form (`tail`). A name all in small letters counts when its tail names something («управление здравоохранения Согдийской области»,
//! «школа № 8»). Two heads joined by «и» are two bodies.

use super::dedication::named_after;
use super::found::{Found, Scene};
use super::tail::Tail;
use crate::lexicon;
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::{
    Form, adjective_cases, agrees, is_adjective, is_adjective_plural, is_determiner, is_genitive, is_participle, is_plural, noun_cases,
};
use crate::lexicon::hints::{self, Hint};
use crate::text::{Case, Kind, Script};

/// Reads the name whose head noun is token `head`, if it is one. Gives the name and whether the
/// head is a project's.
pub(crate) fn read(scene: &Scene, head: usize) -> Option<(Found, bool)> {
    let token = scene.token(head)?;
    let word = scene.word(head);
    let project = word.classes.is(Classes::PROJECT) && (!word.classes.is(Classes::HEAD) || is_held(scene, head));
    if token.script != Script::Cyrillic || scene.words.is_shouted(scene.text, head) {
        return None;
    }
    // «семинар» has the stem of «семинария»
    if matches!(word.word, "семинар" | "семинария") && !scene.fold(head).starts_with("семинари") {
        return None;
    }
    // «Дорожная карта», «Озёрская карта»
    if word.word == "карта" && !(head > 0 && scene.fold(head - 1).starts_with("дорожн")) {
        return None;
    }
    // «судя по всему»
    if word.word == "суд" && scene.fold(head) == "судя" {
        return None;
    }
    // so have «примар» and «примария», «мэр» and «мэрия»
    if word.word.strip_suffix('я').is_some_and(|stem| stem.ends_with('и') && !scene.fold(head).starts_with(stem)) {
        return None;
    }
    // «Полтавские библиотеки»
    let before = scene.fold(head.saturating_sub(1));
    let many = head > 0 && (before.ends_with("ые") || before.ends_with("ие")) && is_adjective(before);
    let plural = if word.word.ends_with(['о', 'е']) { ['я', 'а'] } else { ['ы', 'и'] };
    if many && scene.fold(head).ends_with(plural) && !word.word.ends_with(['ы', 'и']) && token.case != Case::Upper {
        return None;
    }
    // «двух ведущих агентства ООН»
    if head > 0 && is_adjective_plural(before) && !scene.capital(head) {
        return None;
    }
    // «начальник отдела Министерства»: a part that has no name
    if matches!(word.word, "отдел" | "сектор") && !scene.capital(head) && scene.capital(head + 1) && scene.is(head + 1, Classes::HEAD)
    {
        return None;
    }
    // «пресс-служба», «пресс-центр» are no bodies of their own
    if scene.fold(head.saturating_sub(1)) == "-" && !token.spaced && scene.fold(head.saturating_sub(2)) == "пресс" {
        return None;
    }
    if is_plural(scene.fold(head), word.word) && token.case != Case::Upper {
        return None;
    }
    // «мэрии городов Ош и Бишкек»: of each its own
    if matches!(scene.fold(head + 1), "городов" | "районов" | "областей" | "стран" | "сел" | "сёл") && !scene.capital(head)
    {
        return None;
    }
    let first = start(scene, head);
    // «проект «Сеть жизни»»
    if first >= 2 && scene.fold(first - 1) == "\"" && scene.is(first - 2, Classes::PROJECT) && !scene.is(first - 2, Classes::HEAD) {
        return None;
    }
    if scene.place(first).is_some_and(|end| end > head) {
        return None; // «Российская Федерация»
    }
    // «министр лесного управления и связи»: the field of a ministry
    if first > 0 && !scene.capital(first) && hints::is(scene.fold(first - 1), Hint::MINISTER) {
        return None;
    }
    let capital = (first..=head).any(|k| scene.capital(k));
    // «московский банк «Северный мост»»: the name in quotation marks says that one is meant, from this word on
    let quoted = !capital && !word.classes.is(Classes::LOWER) && is_type_of_quoted(scene, head);
    let scheme = project && !capital && names_scheme(scene, head);
    if !capital && !word.classes.is(Classes::LOWER) && !quoted && !scheme {
        return None;
    }
    // «ГУ МВД по Озёрской области»
    let chief = first == head && head > 0 && scene.hint(head - 1, Hint::CHIEF_OFFICE) && scene.hint(head, Hint::TERRITORIAL);
    let letters = chief && scene.together(head - 1, head) && scene.token(head - 1).is_some_and(|t| t.case == Case::Upper);
    let first = if quoted { head } else { first - usize::from(letters) };
    let mut tail = Tail { named: false, end: head + 1 };
    tail.read(scene, first, head);
    // «Европейским банком реконструкции и развития кредитных средств»: a body of the table is whole
    if let Some(to) = scene.known(first).filter(|&to| to > head + 2 && to < tail.end && !tail.named) {
        tail.end = to;
    }
    let end = tail.end;
    let bare = end == head + 1;
    if !capital && !tail.named && !scheme {
        return None;
    }
    // «миграционная служба МВД»
    let service = word.word == "аппарат" && scene.fold(head + 1) == "президента"
        || word.word == "служба" && first < head && (scene.known(head + 1).is_some() || scene.is(head + 1, Classes::SOLE));
    if !capital
        && word.classes.is(Classes::LOOSE)
        && !service
        && !(head + 1..end)
            .any(|k| matches!(scene.fold(k), "\"" | "имени" | "им") || scene.token(k).is_some_and(|t| t.kind == Kind::Number))
    {
        return None;
    }
    // «в центре Москвы» is a place in it
    let only_place = scene.place(head + 1) == Some(end);
    // «Делегация Озерии приехала»: guests, no body
    if only_place && first == head && word.word == "делегация" {
        return None;
    }
    // «в центральном офисе партии «Исток»»: a house of the body
    let house =
        word.word == "офис" && first < head && !capital && scene.mark(end - 1) == b'"' && hints::is(scene.fold(first), Hint::MAIN_HOUSE);
    if house {
        return None;
    }
    // «опорный вуз области», «профильного комитета парламента»: one that is pointed at, not named
    let pointed = !capital && first > 0 && scene.known(head + 1) == Some(end) && is_determiner(scene.fold(first - 1));
    if pointed && agrees(scene.fold(first - 1), word.word) || word.word == "вуз" && only_place {
        return None;
    }
    if !capital && only_place && first == head && hints::is(word.word, Hint::HOUSE) {
        return None;
    }
    // «агентство «Пирвели»», «компания «Шелл»»: the descriptor stays outside, and so does what opens
    // the sentence before it, «Итальянская компания «Шелл»»
    let named = scene.fold(head + 1) == "\"" || scene.token(head + 1).is_some_and(|t| t.script == Script::Latin);
    let described = word.classes.is(Classes::DESCRIPTOR) && named;
    let opens = || {
        if first == head {
            return scene.opens_sentence(head) && !word.classes.is(Classes::TYPE);
        }
        let before = scene.fold(first);
        let stem = before.char_indices().rev().nth(1).map_or("", |(i, _)| &before[..i]);
        let which = stem.ends_with("ск") && !stem.starts_with("республиканск") || is_participle(before);
        first < head && which && !scene.capital(head) && scene.opens_sentence(first)
    };
    // «агентство Рейтер»
    let known = word.classes.is(Classes::DESCRIPTOR) && !capital && scene.known(head + 1) == Some(end);
    if known || described && (!capital || opens()) {
        return None;
    }
    // «крупнейшая клиника страны»
    if !capital && first > 0 && scene.form(first - 1, Form::RANKING) || scene.form(first, Form::RANKING) {
        return None;
    }
    // «Летняя школа «Имя»»: what is held, not a body
    if word.word == "школа" && scene.mark(head + 1) == b'"' && scene.is_common(first, head + 1) {
        return None;
    }
    // «PR-компания»
    if bare && word.classes.is(Classes::DESCRIPTOR) && scene.token(first).is_some_and(|t| t.script == Script::Latin) {
        return None;
    }
    if first < head && (bare || only_place) && is_plain(scene, first, head) {
        return None;
    }
    if bare && first == head {
        return None; // «Фонд»: a short form, tied to its body elsewhere
    }
    if bare && scene.opens_sentence(first) && word.classes.is(Classes::LOOSE.with(Classes::PROJECT)) {
        return None;
    }
    if bare && !scene.capital(first) || scene.is_common(first, end) || !tail.named && scene.is_common(first, head + 1) {
        return None; // «Советский Союз», «Гражданское общество», «Совет директоров»
    }
    if !capital && scene.is_common(first, head + 1) && (head + 1..end).all(|k| scene.token(k).is_some_and(|t| t.case == Case::Upper)) {
        return None; // «гражданского общества ЕС»
    }
    // «Всемирным банком РМ»: initials of a country behind a whole name are no part of it
    if scene.known(first) == Some(head + 1)
        && scene.place(head + 1) == Some(end)
        && scene.token(head + 1).is_some_and(|t| t.case == Case::Upper)
    {
        return None;
    }
    // «Совет ЕФСР одобрил»: what opens a sentence may be a plain noun before the body's name
    if first == head && scene.opens_sentence(head) && word.classes.is(Classes::LOOSE) && scene.known(head + 1) == Some(end) {
        return None;
    }
    let confidence = match (capital, tail.named) {
        (true, true) => 0.92,
        (true, false) => 0.85,
        (false, _) => 0.75,
    };
    let rule = (
        "russian",
        if scheme {
            "scheme"
        } else if bare {
            "head"
        } else {
            "head-tail"
        },
    );
    Some((Found { first, end, rule, row: None, kind: if project { "" } else { word.kind }, confidence }, project))
}

/// «Белгородский вуз», «Крупное предприятие Перми», «Сильное правительство»: what a body is, said at the start of a
/// sentence, which alone gives it the capital. «Японское правительство» is that of a country.
fn is_plain(scene: &Scene, first: usize, head: usize) -> bool {
    if scene.capital(head) || !scene.opens_sentence(first) || scene.is_titled(first) {
        return false;
    }
    let word = scene.word(head).word;
    let of_where = || {
        let which = scene.fold(first);
        let stem = which.char_indices().rev().nth(1).map_or(which, |(i, _)| &which[..i]);
        stem.ends_with("цк") || stem.ends_with("ск") && !stem.ends_with("ическ")
    };
    hints::is(word, Hint::PLAIN_BODY) || word == "правительство" && !of_where()
}

/// «программа правительства Озерии по безвозмездной помощи», «программа малых грантов»: a scheme that has its name in small letters.
fn names_scheme(scene: &Scene, head: usize) -> bool {
    let near = (head + 1..head + 6).take_while(|&k| scene.together(head, k) && scene.is_word(k));
    scene.fold(head).starts_with("программ") && near.into_iter().any(|k| scene.hint(k, Hint::AID_KIND) && scene.hint(k + 1, Hint::AID))
}

/// Whether a new name in quotation marks stands right behind a head noun that belongs to such names.
fn is_type_of_quoted(scene: &Scene, head: usize) -> bool {
    let classes = scene.word(head).classes;
    let typed = classes.is(Classes::TYPE) && !classes.is(Classes::LOOSE);
    typed && scene.capital(head + 2) && scene.known(head + 2).is_none() && scene.quoted_end(head + 1).is_some()
}

/// «Фонд Ханса Зайделя», «дом-музей Аркадия Лунина», «Центр Аркадия Лунина»: the name of a person in
/// the genitive. A museum may have the surname alone.
pub(crate) fn dedicated(scene: &Scene, head: usize) -> Option<Found> {
    let word = scene.word(head);
    if !matches!(word.word, "фонд" | "музей" | "дом" | "центр") || word.word == "центр" && !scene.capital(head) {
        return None;
    }
    let genitive = |k: usize| {
        let fold = scene.fold(k);
        let named = scene.is_person(k) || lexicon::classes_of(scene.text, k) & (lexicon::FIRST_NAME | lexicon::SURNAME) != 0;
        let adjective = fold.ends_with("ий") || fold.ends_with("ый");
        named && scene.capital(k) && !adjective && fold.ends_with(['а', 'я', 'ы', 'и', 'о', 'й']) && !lexicon::is_nominative(fold)
    };
    let tied = scene.fold(head + 1) == "-" && scene.fold(head + 2).starts_with("музе");
    let name = if tied { head + 3 } else { head + 1 };
    if word.word == "дом" && !tied || !scene.together(head, name) || !genitive(name) {
        return None;
    }
    let end = (name..name + 4).find(|&k| !genitive(k) || scene.text.tokens[k].line != scene.text.tokens[head].line)?;
    // «Фонд Аркадия Лунина «Свет»»
    let quoted =
        scene.quoted_end(end).filter(|_| scene.mark(end) == b'"' && scene.capital(end + 1) && scene.token(end).is_some_and(|t| t.spaced));
    let end = quoted.unwrap_or(end);
    let museum = tied || word.word == "музей";
    let mut first = head;
    if museum && head > 0 && scene.capital(head - 1) && is_adjective(scene.fold(head - 1)) && agrees(scene.fold(head - 1), word.word) {
        first -= 1;
    }
    (end > name + 1 || museum && scene.is_person(name)).then_some(Found {
        first,
        end,
        rule: ("russian", "dedicated"),
        row: None,
        kind: word.kind,
        confidence: 0.8,
    })
}

/// «НИИ кардиологии имени Лунина», «ГГУ им. Ф. Светлова»: letters for a body and whom it is named
/// after. `at` is the token «имени» or «им».
pub(crate) fn lettered(scene: &Scene, at: usize) -> Option<Found> {
    let mut first = at.checked_sub(1)?;
    let mut small = 0;
    while small < 4 && first > 0 && scene.token(first)?.case == Case::Lower && is_genitive(scene.fold(first)) || scene.fold(first) == "и" {
        first -= 1;
        small += 1;
    }
    let letters = scene.token(first)?;
    let acronym = letters.case == Case::Upper && letters.script == Script::Cyrillic && (4..=14).contains(&letters.span.len());
    if !acronym || !scene.together(first, at) || scene.form(first, Form::TOPIC) || scene.is_shouted(first) || scene.place(first).is_some() {
        return None;
    }
    let end = named_after(scene, at)?;
    Some(Found { first, end, rule: ("russian", "letters"), row: None, kind: scene.word(first).kind, confidence: 0.85 })
}

/// «участники 8-го Всемирного конгресса», «Конгресс врачей состоялся»: a meeting that is held, no body. A word of
/// holding or of taking part, or a number, stands near.
pub(super) fn is_held(scene: &Scene, head: usize) -> bool {
    let near = |k: &usize| scene.together(*k, head);
    let first = (head.saturating_sub(4)..head).rev().take_while(near).find(|&k| !scene.capital(k)).unwrap_or(head.saturating_sub(4));
    let sign = |k: usize| scene.form(k, Form::EVENT_SIGN);
    let roman = |k: usize| scene.token(k).is_some_and(|t| t.case == Case::Upper && t.script == Script::Latin) && sign(k);
    let number = |k: usize| scene.token(k).is_some_and(|t| t.kind == Kind::Number) && !scene.form(k + 1, Form::SMALL);
    let before = (first.saturating_sub(2)..head).filter(near).any(|k| sign(k) || roman(k) || number(k) && k + 4 > first);
    before || (head + 1..head + 8).take_while(near).any(sign)
}

/// The first token of the name: over adjectives that agree with the head, to the leftmost capital.
pub(super) fn start(scene: &Scene, head: usize) -> usize {
    let mut best = head;
    let mut k = head;
    let cases = noun_cases(scene.fold(head));
    while k > 0 && scene.together(k - 1, head) && head - k < 10 {
        let p = k - 1;
        let fold = scene.fold(p);
        let token = &scene.text.tokens[p];
        match token.kind {
            Kind::Word if token.script == Script::Cyrillic => {
                // «Российский центр …» amid a sentence begins a name
                let points = is_determiner(fold) && !(token.case == Case::Title && !scene.opens_sentence(p) && !scene.is_titled(p));
                if is_adjective(fold) && (adjective_cases(fold) & cases != 0) && !points && agrees(fold, scene.word(head).word) {
                    if token.is_capital() {
                        best = p;
                        // a capital opens the name, unless the word before is one of it as well
                    }
                    k = p;
                } else if fold == "и"
                    && k < head
                    && p > 0
                    && is_adjective(scene.fold(p - 1))
                    && scene.capital(first_adjective(scene, p - 1))
                {
                    k = p;
                } else if token.is_capital() && p + 1 == head && is_proper_modifier(scene, p, head) {
                    best = p;
                    break;
                } else {
                    break;
                }
            }
            // «историко-художественный», «эколого-географическое»
            Kind::Mark if fold == "-" && p > 0 && !token.spaced && scene.is_word(p - 1) && !scene.text.tokens[k].spaced => {
                k = p - 1;
                if scene.capital(k) {
                    best = k;
                }
            }
            Kind::Mark
                if fold == ","
                    && k < head
                    && p > 0
                    && is_adjective(scene.fold(p - 1))
                    && adjective_cases(scene.fold(p - 1)) & cases != 0
                    && is_series(scene, p - 1, k) =>
            {
                k = p
            }
            _ => break,
        }
    }
    if scene.capital(best) || best != head {
        return best;
    }
    // a head in small letters: take the adjectives that belong to it
    let mut k = head;
    while k > 0 && scene.together(k - 1, head) {
        let p = k - 1;
        let fold = scene.fold(p);
        if scene.is_word(p)
            && is_adjective(fold)
            && adjective_cases(fold) & cases != 0
            && !is_determiner(fold)
            && !is_participle(fold)
            && agrees(fold, scene.word(head).word)
            && head - p <= 3
        {
            k = p;
        } else if fold == "-" && p > 0 && scene.is_word(p - 1) && !scene.text.tokens[p].spaced && !scene.text.tokens[k].spaced {
            k = p - 1;
        } else {
            break;
        }
    }
    k
}

/// «Ошский, Чуйский банки», and not «сказала Лунина Озёрской, Чуйский банк …»: two with capitals end alike.
fn is_series(scene: &Scene, a: usize, b: usize) -> bool {
    let ending = |k: usize| scene.fold(k).as_bytes().last_chunk::<4>();
    !scene.capital(a) || !scene.capital(b) || ending(a) == ending(b)
}

fn first_adjective(scene: &Scene, mut k: usize) -> usize {
    while k > 0 && (scene.fold(k - 1) == "," || scene.fold(k - 1) == "-" || scene.is_word(k - 1) && is_adjective(scene.fold(k - 1))) {
        k -= 1;
    }
    k
}

/// «Жогорку Кенеш», «Назарбаев Университет»: a capitalised word before a capitalised head.
fn is_proper_modifier(scene: &Scene, p: usize, head: usize) -> bool {
    scene.capital(head)
        && !matches!(scene.fold(p), "о" | "об") // «О полиции»
        && !scene.opens_sentence(p)
        && scene.known(head).is_none()
        && scene.place(p).is_none()
        && !scene.is(p, Classes::TITLE.with(Classes::HEAD))
        && matches!(scene.word(head).kind, "university" | "government" | "bank" | "company")
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn tails_hold_words_that_point_elsewhere() {
        assert_eq!(found("Курс открыла Академия местного самоуправления и права."), ["Академия местного самоуправления и права"]);
        assert_eq!(found("Директор Агентства по делам госслужбы и МСУ Анна Лунина приехала."), ["Агентства по делам госслужбы и МСУ"]);
        assert_eq!(found("Отбор ведёт Фонд по развитию потенциала молодых учителей."), ["Фонд по развитию потенциала молодых учителей"]);
        assert_eq!(found("В Госагентстве по рыболовству и озёрам ответили сразу."), ["Госагентстве по рыболовству и озёрам"]);
    }

    #[test]
    fn a_bureau_for_lands_belongs_to_its_parent() {
        let page = |text| crate::Record::of(text).texts("organization").join("; ");
        let whole = "Регионального бюро для Европы и СНГ ПРООН";
        assert_eq!(page("Она работает директором Регионального бюро для Европы и СНГ ПРООН в городе."), whole);
        assert_eq!(page("Это сделано по постановлению Правительства №469 от 8 июля."), "Правительства");
        assert_eq!(page("Деньги дал Глобальный экологический фонд (ПРООН/ГЭФ) в мае."), "Глобальный экологический фонд; ПРООН; ГЭФ");
    }

    #[test]
    fn a_quoted_name_is_that_of_the_type_word_before_it() {
        let text = "Спонсор праздника — местный банк «Тихий причал». Помог союз «Зелёный берег». В сети «Рыбак» об этом пишут.";
        assert_eq!(found(text), ["банк «Тихий причал»", "союз «Зелёный берег»"]);
    }

    #[test]
    fn a_name_before_a_comma_is_no_adjective_of_the_next() {
        assert_eq!(found("По словам Анны Озерской, Азиатский банк мостов согласен."), ["Азиатский банк мостов"]);
        assert_eq!(found("Она вела Северный, Южный институт рек."), ["Северный, Южный институт рек"]);
    }

    #[test]
    fn a_congress_is_a_body_unless_it_is_held() {
        assert_eq!(found("Она работает во Всемирном конгрессе рыбаков."), ["Всемирном конгрессе рыбаков"]);
        assert!(found("Она была на открытии 8-го Всемирного конгресса рыбаков.").is_empty());
        assert!(found("В мае Всемирный конгресс рыбаков состоялся на озере.").is_empty());
    }

    #[test]
    fn the_first_of_several_hospitals_has_its_number() {
        assert_eq!(found("Врачи Первой городской больницы приехали."), ["Первой городской больницы"]);
    }

    #[test]
    fn letters_with_the_name_of_a_person_are_a_body() {
        assert_eq!(found("Гостей встретили в КГУ им. Ф. Светлова."), ["КГУ им. Ф. Светлова"]);
        assert_eq!(found("Директор НИИ кардиологии имени Лунина Пётр Светлов болен."), ["НИИ кардиологии имени Лунина"]);
    }

    #[test]
    fn houses_and_schools_of_two_nouns_are_whole() {
        assert_eq!(found("Дети Сосновской школы-интерната пели."), ["Сосновской школы-интерната"]);
        assert_eq!(found("Книги отдали школе для умственно отсталых детей № 5."), ["школе для умственно отсталых детей № 5"]);
        assert_eq!(found("Выиграла команда Токмакской СОШ №3."), ["Токмакской СОШ №3"]);
        assert_eq!(found("Письмо пришло из Комитета по печати при городском совете."), ["Комитета по печати при городском совете"]);
    }

    #[test]
    fn tails_go_on_over_lists_and_what_a_body_is_for() {
        assert_eq!(
            found("Глава Федеральной службы по горному, лесному и водному надзору приехал."),
            ["Федеральной службы по горному, лесному и водному надзору"]
        );
        assert_eq!(found("Помог Фонд для людей с инвалидностью."), ["Фонд для людей с инвалидностью"]);
        assert_eq!(found("Создано Общество дружбы с Таджикистаном."), ["Общество дружбы с Таджикистаном"]);
        assert_eq!(
            found("Мы видели Российский центр навыков в сфере туризма и спорта."),
            ["Российский центр навыков в сфере туризма и спорта"]
        );
        assert_eq!(
            found("По словам главы Российской Ассоциации Мирного Сотрудничества Петра Лунина, это так."),
            ["Российской Ассоциации Мирного Сотрудничества"]
        );
    }

    #[test]
    fn tails_hold_what_is_helped_and_end_where_a_name_is_whole() {
        assert_eq!(found("Пришёл Сосновский фонд содействия развитию рыболовства."), ["Сосновский фонд содействия развитию рыболовства"]);
        assert_eq!(found("Открыт Центр помощи беженцам и мигрантам."), ["Центр помощи беженцам и мигрантам"]);
        assert_eq!(found("Работает Сосновский Центр по Мирной Дипломатии."), ["Сосновский Центр по Мирной Дипломатии"]);
        assert_eq!(found("Решил Совет Безопасности ООН практически сразу."), ["Совет Безопасности ООН"]);
        assert_eq!(found("Вёл дело Институт глазных болезней."), ["Институт глазных болезней"]);
        assert_eq!(found("Помогла компания «Volta» SRL."), ["«Volta» SRL"]);
        assert!(found("Судя по всему, суд «не оправдал надежд».").is_empty());
    }

    #[test]
    fn what_is_only_pointed_at_is_no_name() {
        assert_eq!(found("Это решил профильный комитет Жогорку Кенеша."), ["Жогорку Кенеша"]);
        assert_eq!(found("Ответили в Росводресурсах и Росгидромете."), ["Росводресурсах", "Росгидромете"]);
    }

    #[test]
    fn a_school_is_named_after_somebody() {
        assert_eq!(found("Открыли новую школу имени А.Лунина на 275 мест."), ["школу имени А.Лунина"]);
        assert_eq!(found("Мебель получила сельская школа им. Ж.Светлова."), ["сельская школа им. Ж.Светлова"]);
        assert!(found("Парты получила школа в селе.").is_empty());
    }

    #[test]
    fn a_body_stands_at_the_president_of_its_state() {
        assert_eq!(found("Помог Комитет развития сёл при президенте республики."), ["Комитет развития сёл при президенте республики"]);
    }

    #[test]
    fn fields_of_posts_and_guests_are_no_bodies() {
        assert!(found("Приехал министр лесного управления и связи Озерии.").is_empty());
        assert_eq!(found("Приехал глава Лесного управления."), ["Лесного управления"]);
        assert_eq!(found("Встреча в центральном офисе партии «Нур Отан» прошла."), ["Нур Отан"]);
        assert_eq!(
            found("Это решило Управление по культурным связям администрации президента."),
            ["Управление по культурным связям администрации президента"]
        );
    }

    #[test]
    fn tails_end_before_papers_thanks_and_shows() {
        assert_eq!(
            found("Подписан договор с Международным банком реконструкции и развития «О займе для сёл»."),
            ["Международным банком реконструкции и развития"]
        );
        assert_eq!(found("Благодарим Ассоциацию рыбаков за предоставление зала."), ["Ассоциацию рыбаков"]);
        assert_eq!(found("Пишет Союз рыбаков за чистые реки."), ["Союз рыбаков за чистые реки"]);
        assert_eq!(found("Это видно в Музее воды и рек новой экспозиции «Исток»."), ["Музее воды и рек"]);
        assert_eq!(
            found("Помогло Министерство по делам религий и гражданского общества."),
            ["Министерство по делам религий и гражданского общества"]
        );
        assert_eq!(
            found("Работает Общественный фонд по поддержке фермеров и других институтов общества."),
            ["Общественный фонд по поддержке фермеров и других институтов общества"]
        );
        assert_eq!(found("Пришёл Фонд по сохранению барса и защиты его природы."), ["Фонд по сохранению барса и защиты его природы"]);
        assert_eq!(found("Помогло Бюро ОБСЕ и ушло."), ["Бюро ОБСЕ"]);
    }

    #[test]
    fn posts_and_their_offices_are_told_apart() {
        assert!(found("Мэр не пришёл, примар Лунин тоже.").is_empty());
        assert_eq!(found("Об этом сказали в примарии города Сосны."), ["примарии города Сосны"]);
        assert_eq!(
            found("Ответило Министерство связи, строительства и жилищно-коммунального хозяйства."),
            ["Министерство связи, строительства и жилищно-коммунального хозяйства"]
        );
    }

    #[test]
    fn what_a_body_is_at_the_start_of_a_sentence_names_none() {
        assert!(found("Сосновский вуз открыл лабораторию.").is_empty());
        assert!(found("Крупное машиностроительное предприятие Перми закрыто.").is_empty());
        assert!(found("Коалиционное правительство ушло в отставку.").is_empty());
        assert_eq!(found("Японское правительство ушло в отставку."), ["Японское правительство"]);
        assert_eq!(found("Озёрский институт открыл лабораторию."), ["Озёрский институт"]);
        assert!(found("Правительство региона выделило деньги.").is_empty());
    }

    #[test]
    fn verbs_end_a_name() {
        assert_eq!(found("Сосновская комиссия пришла к выводу. Озёрская лига внесла проект."), ["Сосновская комиссия", "Озёрская лига"]);
        assert_eq!(found("Работает Музей ремесла."), ["Музей ремесла"]);
    }

    #[test]
    fn works_that_say_what_they_make_are_bodies() {
        assert_eq!(found("Сырьё идёт на Сосновский льнокомбинат волокна не хватает."), ["Сосновский льнокомбинат"]);
        assert_eq!(
            found("Работает мясокомбинат «Светлый луг» и Озёрская птицефабрика."),
            ["мясокомбинат «Светлый луг»", "Озёрская птицефабрика"]
        );
        assert_eq!(found("Дело ведёт Сосновский РОВД."), ["Сосновский РОВД"]);
    }

    #[test]
    fn names_end_in_letters_of_their_own_and_in_families() {
        assert_eq!(found("Пришёл Союз рыбаков ООН ПРИЧАЛ вчера."), ["Союз рыбаков ООН ПРИЧАЛ"]);
        assert_eq!(found("Работает Группа ООН по ВИЧ/СПИДу в городе."), ["Группа ООН по ВИЧ/СПИДу"]);
        assert_eq!(found("Помог Фонд семьи Овнанян и рыбаки."), ["Фонд семьи Овнанян"]);
        assert_eq!(found("Есть резолюция Совета Безопасности ООН «Женщины и мир»."), ["Совета Безопасности ООН"]);
    }

    #[test]
    fn branches_in_the_regions_have_the_region_in_their_name() {
        let bodies = |text| crate::Record::of(text).texts("organization").into_iter().map(str::to_string).collect::<Vec<_>>();
        assert_eq!(bodies("Об этом сообщили в УМВД России по Пензенской области."), ["УМВД России по Пензенской области"]);
        assert_eq!(bodies("Это подтвердили в ГУ МВД по городу Москве."), ["ГУ МВД по городу Москве"]);
        let committee = "Следственный комитет России по Челябинской области";
        assert_eq!(bodies("Следственный комитет России по Челябинской области начал проверку."), [committee]);
        assert_eq!(bodies("Это план МВД по борьбе с пожарами."), ["МВД"]);
        assert_eq!(
            bodies("Сообщили в Управлении делами президента Республики Казахстан."),
            ["Управлении делами президента Республики Казахстан"]
        );
    }

    #[test]
    fn laws_houses_and_stations_with_a_quoted_name_are_no_bodies() {
        assert!(found("Принят ФЗ «О полиции» и построен ЖК «Солнечный луг».").is_empty());
        assert!(found("Через КПП «Сосновка» прошли машины.").is_empty());
    }

    #[test]
    fn a_descriptor_that_opens_a_sentence_stays_outside() {
        assert_eq!(found("Компания «Светлофор» строит мост."), ["Светлофор"]);
        assert_eq!(found("Компания FastNet строит мост."), ["FastNet"]);
    }

    #[test]
    fn short_names_end_a_chain_and_stand_in_brackets() {
        assert_eq!(found("Пришли люди из Межрегионального управления Роскомнадзора."), ["Межрегионального управления Роскомнадзора"]);
        assert_eq!(found("Ответили в миграционной службе МВД."), ["миграционной службе МВД"]);
        assert_eq!(
            found("Помогло Государственное агентство водных дорог (Росводдор)."),
            ["Государственное агентство водных дорог", "Росводдор"]
        );
        assert_eq!(
            found("Ответила Нацкомиссия по делам женщин и семейно-бытовой политике."),
            ["Нацкомиссия по делам женщин и семейно-бытовой политике"]
        );
        assert_eq!(found("Просьбу прислало Духовное управление мусульман."), ["Духовное управление мусульман"]);
    }

    #[test]
    fn adjectives_with_a_consonant_before_their_ending_open_a_name() {
        assert_eq!(found("Учёные Озёрского института леса приехали."), ["Озёрского института леса"]);
        assert_eq!(found("В Учебном центре Государственной службы лесов пели."), ["Учебном центре Государственной службы лесов"]);
    }

    #[test]
    fn governments_and_boards_have_no_field() {
        assert_eq!(found("Меры Правительства по снижению цен помогли."), ["Правительства"]);
        assert_eq!(found("Операции Минфина по покупке валюты начались."), ["Минфина"]);
        assert!(found("Это решил Совет директоров по ключевой ставке.").is_empty());
    }

    #[test]
    fn state_agencies_in_short_are_the_ones_named_in_full() {
        let names = found("Приехал директор Государственного агентства лесов. В Госагентстве это подтвердили.");
        assert_eq!(names, ["Государственного агентства лесов", "Госагентстве"]);
    }

    #[test]
    fn marks_that_do_not_pair_close_at_the_first() {
        assert_eq!(
            found("Фонд «Дети – детям «Светлый день» и центр «Луч» собирают книги для центра «Дом»."),
            ["Фонд «Дети – детям «Светлый день»", "центр «Луч»", "центра «Дом»"]
        );
    }

    #[test]
    fn praise_many_and_nationality_are_no_part_of_a_name() {
        assert!(found("Это крупнейшая клиника при Министре.").is_empty());
        assert!(found("Собрались пять общественных объединений.").is_empty());
        assert!(found("Пели детские отделения библиотек и двух ведущих агентства.").is_empty());
        assert!(found("Открывая музей, она улыбалась.").is_empty());
        assert_eq!(found("Итальянская компания «Светлофор» строит мост."), ["Светлофор"]);
    }
}
