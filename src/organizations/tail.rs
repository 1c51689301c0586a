//! The tail of a Russian name: what follows the head noun and belongs to it.
//!
//! A chain of genitives («информационных технологий и связи»), phrases with «по», «при», «для»,
//! «имени», a quoted name, a number, a place or an acronym at the end. The ending of each word says
//! whether the chain may go on (`forms`); a name of a person, a verb or a second body ends it.

use super::dedication::named_after;
use super::found::Scene;
use super::phrase::{
    adjective_then_head, body_after_adjectives, capital_run, comma_goes_on, compound, is_branch, is_clipped_acronym, is_instrumental,
    phrase,
};
use crate::lexicon;
use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::{
    Form, is_adjective, is_adjective_plural, is_bare_plural, is_determiner, is_genitive, is_no_subject, is_plural, is_small_word, is_verb,
};
use crate::lexicon::hints::{self, Hint};
use crate::text::{Case, Kind, Script};

/// How far a name reaches behind its head.
pub(super) struct Tail {
    /// Whether the tail names something: a place, a quoted name, a number, an acronym, a known body.
    pub named: bool,
    /// One past its last token.
    pub end: usize,
}

impl Tail {
    /// Reads on from the head as long as the words can belong to the name.
    pub fn read(&mut self, scene: &Scene, first: usize, head: usize) {
        // «Российский центр культуры в Улан-Баторе»
        let abroad = first < head && super::is_demonym(scene.words.stems[first]);
        let bureau = scene.word(head).word == "бюро" && scene.known(head + 1) == Some(head + 2);
        let center = scene.fold(head).starts_with("центр") && (scene.known(head + 1).is_some() || abroad) || bureau;
        let office =
            center || scene.word(head).classes.is(Classes::OFFICE) || matches!(scene.fold(head).get(..12), Some("отделе" | "филиал"));
        let mut k = head + 1;
        // «школа-интернат», «музей-заповедник», but «банк-партнёр»
        while scene.fold(k) == "-"
            && scene.token(k).is_some_and(|t| !t.spaced)
            && scene.token(k + 1).is_some_and(|t| !t.spaced && t.case != Case::Upper && t.kind == Kind::Word)
            && (scene.is(k + 1, Classes::HEAD) || !scene.capital(k + 1) && !hints::begins(scene.fold(k + 1), Hint::PART_TAKEN))
        {
            k += 2;
            self.end = k;
        }
        let known = scene.known(first);
        // «правительство», «Минфин», «совет директоров» have a country or a body behind them and no field
        let board = scene.word(head).word == "совет" && scene.fold(head + 1) == "директоров";
        let narrow = board || scene.is(head, Classes::SOLE) || hints::is(scene.word(head).word, Hint::WHOLE);
        // «на мясокомбинат продукции»
        let product = hints::is(scene.word(head).word, Hint::OWN_PRODUCT);
        let mut dedicated = false; // to a person: «имени Лунина»
        let mut genitive = true; // a chain of genitives may go on
        let mut placed = false; // the last word was a place's or a body's name
        while scene.together(head, k) && k < head + 40 && !(scene.is_apart(k) && scene.text.same_line(k - 1, k)) {
            let fold = scene.fold(k);
            let token = &scene.text.tokens[k];
            if fold == "\"" {
                // «суд «не оправдал надежд»», «правительством «пиратского»»: words that are quoted, no name
                // and «Банком развития «О займе для сёл»»: the title of a paper
                let paper = matches!(scene.fold(k + 1), "о" | "об" | "обо") && scene.is_word(k + 2);
                let words = paper || scene.token(k + 1).is_some_and(|t| t.case == Case::Lower && t.script == Script::Cyrillic);
                let Some(end) = scene.quoted_end(k).filter(|_| token.spaced && !placed && (board || !narrow) && !words && known != Some(k))
                else {
                    return;
                };
                self.named = true;
                self.end = end;
                k = end;
                // «Агентство «Икс» Министерства …»: a parent in the genitive may follow
                let mut parent = k;
                while scene.is_word(parent)
                    && is_adjective(scene.fold(parent))
                    && parent < k + 3
                    && ["ого", "его", "ой", "ей"].iter().any(|e| scene.fold(parent).ends_with(e))
                {
                    parent += 1;
                }
                let owned = scene.is(parent, Classes::HEAD)
                    && ["а", "я", "и", "ы"].iter().any(|e| scene.fold(parent).ends_with(e))
                    && scene.text.tokens.get(k).is_some_and(|t| t.spaced);
                if owned && !is_plural(scene.fold(parent), scene.word(parent).word) {
                    self.end = parent + 1;
                    k = parent + 1;
                    continue;
                }
                if !office {
                    return;
                }
                genitive = false;
                continue;
            }
            // «Совета Безопасности ООН № 5»: that of a paper
            let whole = narrow || placed && known.is_some_and(|to| to >= k);
            if matches!(scene.text.str(k), "№" | "N") && !whole && scene.token(k + 1).is_some_and(|t| t.kind == Kind::Number) {
                self.named = true;
                self.end = k + 2;
                k += 2;
                continue;
            }
            if matches!(fold, "имени" | "им") {
                match named_after(scene, k) {
                    Some(end) => {
                        dedicated = true;
                        self.named = true;
                        self.end = end;
                        k = end;
                        continue;
                    }
                    None => return,
                }
            }
            if !token.is_capital()
                && matches!(fold, "г" | "с" | "пос" | "обл" | "р")
                && scene.fold(k + 1) == "."
                && scene.capital(k + 2)
                && genitive
            {
                let end = scene.place(k + 2).unwrap_or(k + 3);
                self.named = true;
                self.end = end;
                k = end;
                continue;
            }
            if token.kind != Kind::Word {
                if fold == "," && genitive && comma_goes_on(scene, k) {
                    k += 1;
                    continue;
                }
                if fold == "-" && !token.spaced {
                    k += 1;
                    continue;
                }
                return;
            }
            // «российско-азербайджанских», «Кыргыз-Атинского»: the last part shows the case
            if scene.fold(k + 1) == "-"
                && scene.token(k + 1).is_some_and(|t| !t.spaced)
                && scene.is_word(k + 2)
                && scene.place(k).is_none()
                && scene.known(k).is_none()
            {
                k += 2;
                continue;
            }
            // «Фонд Uzbekistan Vision»: a name in other letters
            let foreign = token.script == Script::Latin
                && scene.known(k).is_none()
                && scene.place(k) == Some(k + 1)
                && scene.capital(k + 1)
                && scene.is_latin(k + 1)
                && scene.together(k, k + 1);
            if let Some(end) = scene.known(k).or_else(|| scene.place(k)).filter(|_| genitive && !foreign) {
                // «агентство по вкладам | Банк Озерии проводит»: a nominative begins the next
                let lemma = scene.word(k).word;
                let next = scene.is(k, Classes::HEAD) && k > head + 1 && scene.fold(k) == lemma && scene.known(k).is_some();
                if next && token.case == Case::Title && !lemma.ends_with(['а', 'я', 'о', 'е', 'ь']) {
                    return;
                }
                // «программа ООН | Россия направит»: no genitive
                if placed
                    && end == k + 1
                    && token.case == Case::Title
                    && !scene.fold(end - 1).ends_with(['а', 'и', 'ы', 'й', 'х', 'о', 'е', 'у'])
                {
                    return;
                }
                // «министерству здравоохранения Озерии | Японским агентством»: an instrumental says by whom
                if placed && token.case == Case::Title && end > k + 1 && (fold.ends_with("ым") || fold.ends_with("им")) {
                    return;
                }
                self.named = true;
                self.end = end;
                k = end;
                placed = true;
                continue;
            }
            // «управление Росводхоза»: the short name of a state body
            // and no second body in the dative: «передал Росстату»
            let dative = token.case == Case::Title && fold.ends_with(['у', 'ю', 'е']);
            if genitive && !placed && token.is_capital() && scene.is(k, Classes::SOLE) && !dative {
                self.named = true;
                self.end = k + 1;
                k += 1;
                placed = scene.place(k).is_none();
                continue;
            }
            match fold {
                // «Европейского Союза по обмену»: a body of the table is whole
                "по" | "для" | "при" if known == Some(k) && k > head => return,
                "в" if known == Some(k) && k > head && !office => return,
                // «УМВД России по Озёрской области», «МВД по городу Озёрску»: the branch in a region
                "по" if is_territorial(scene, head) && region(scene, k + 1).is_some() => {
                    self.named = true;
                    self.end = region(scene, k + 1).unwrap_or(k + 1);
                    return;
                }
                "по" | "в" if narrow && !office => return,
                // «резервный фонд для финансирования строек»: what it is used for
                "для" if (first < head || self.end > head + 1) && scene.hint(k + 1, Hint::PURPOSE) => {
                    return;
                }
                // «программа правительства Японии по безвозмездной помощи»
                "по" if hints::is(scene.word(head).word, Hint::NO_MATTER) && placed => {
                    return;
                }
                // «Центр по Мирной Дипломатии»
                "по" if scene.capital(head)
                    && scene.capital(k + 2)
                    && scene.is_word(k + 2)
                    && is_adjective(scene.fold(k + 1))
                    && scene.place(k + 1).is_none()
                    && scene.place(k + 2).is_none()
                    && scene.token(k + 1).is_some_and(|t| t.case == Case::Title) =>
                {
                    let end = capital_run(scene, k + 1);
                    if end < k + 3 {
                        return;
                    }
                    self.end = end;
                    k = end;
                    continue;
                }
                "по" if !scene.is(k + 1, Classes::TITLE.with(Classes::PROJECT))
                    && !is_no_subject(scene.fold(k + 1))
                    && self.end > head
                    && (!is_branch(scene.word(head).word) || scene.place(k + 1).is_none()) =>
                {
                    let Some(end) = phrase(scene, k + 1) else { return };
                    self.end = end;
                    k = end;
                    placed = false; // «… Совета по вопросам рек «Исток»»
                    continue;
                }
                // «Управление МВД по Ошской области»
                "по" if is_branch(scene.word(head).word) && scene.place(k + 1).is_some() => {
                    self.named = true;
                    self.end = scene.place(k + 1).unwrap_or(k + 1);
                    return;
                }
                // «представительство по г. Алматы», «управление по городу Шымкенту»
                "по" if is_branch(scene.word(head).word) && matches!(scene.fold(k + 1), "г" | "гор" | "городу") => {
                    let at = k + 2 + usize::from(scene.mark(k + 2) == b'.');
                    let Some(end) = scene.place(at) else { return };
                    self.named = true;
                    self.end = end;
                    return;
                }
                // «агентство по инвестициям при президенте»
                "при" if scene.hint(k + 1, Hint::PATRON) && !scene.capital(k + 1) => {
                    let state = usize::from(matches!(scene.fold(k + 2), "республики" | "страны"));
                    self.end = scene.place(k + 2).unwrap_or(k + 2 + state);
                    self.named = true;
                    return;
                }
                "при" if scene.capital(k + 1) || body_after_adjectives(scene, k + 1) => {
                    k += 1;
                    // «при Жогорку Кенеше»
                    if let Some(end) = scene.known(k) {
                        self.end = end;
                        self.named = true;
                        k = end;
                        continue;
                    }
                    // «при Генеральной прокуратуре»
                    let body = (k..k + 4).find(|&i| !(scene.is_word(i) && is_adjective(scene.fold(i))));
                    if let Some(body) = body.filter(|&i| i > k && scene.is(i, Classes::HEAD) && scene.together(k, i)) {
                        k = body;
                    }
                    self.end = k + 1;
                    self.named = true;
                    k += 1;
                    continue;
                }
                // «Инвестиционный фонд для Центральной Азии»
                // and «Бюро для Европы и СНГ ПРООН»
                "для" if scene.capital(k + 1) && scene.place(k + 1).is_some() => {
                    let named = |k: usize| scene.place(k).or_else(|| scene.known(k)).filter(|_| scene.together(head, k));
                    let end = named(k + 1).unwrap_or(k + 2);
                    let end = if scene.fold(end) == "и" { named(end + 1).unwrap_or(end) } else { end };
                    self.named = true;
                    self.end = scene.known(end).filter(|_| scene.together(head, end)).unwrap_or(end);
                    return;
                }
                // «благодарим Союз рыбаков за поддержку», «школу № 5 за врачей»
                "за" if hints::is(scene.fold(k + 1), Hint::THANKED_FOR) || scene.text.tokens[k - 1].kind == Kind::Number => return,
                // «Агентство по контролю за оборотом наркотиков»
                "за" if scene.hint(k - 1, Hint::CONTROL) && is_instrumental(scene.fold(k + 1)) && !scene.capital(k + 1) => {
                    self.end = k + 2;
                    k += 2;
                    continue;
                }
                // «Центр защиты населения от туберкулёза»
                "от" if (head + 1..k).any(|m| scene.hint(m, Hint::GUARDING)) && is_genitive(scene.fold(k + 1)) && !scene.capital(k + 1) =>
                {
                    self.end = k + 2;
                    k += 2;
                    continue;
                }
                // «Агентство по сотрудничеству в целях развития»
                "в" if scene.fold(k + 1) == "целях" => {
                    let Some(end) = phrase(scene, k + 2) else { return };
                    self.end = end;
                    k = end;
                    continue;
                }
                "для" | "против" | "за"
                    if !matches!(scene.word(head).kind, "government" | "bank" | "ministry" | "company" | "embassy")
                        && scene.is_word(k + 1)
                        && !scene.capital(k + 1) =>
                {
                    let Some(end) = phrase(scene, k + 1) else { return };
                    self.end = end;
                    k = end;
                    continue;
                }
                // «Фонд борьбы с коррупцией», «Отдел работы с молодёжью»
                "с" | "со" if scene.hint(k - 1, Hint::JOINED_WITH) && is_instrumental(scene.fold(compound(scene, k + 1))) => {
                    let mut end = compound(scene, k + 1) + 1;
                    while scene.is_word(end) && is_adjective(scene.fold(end - 1)) && !scene.capital(end) && is_instrumental(scene.fold(end))
                    {
                        end += 1;
                    }
                    self.end = end;
                    k = end;
                    continue;
                }
                // «Институт наук о Земле»
                "о" | "об" if scene.fold(k - 1) == "наук" && scene.is_word(k + 1) && scene.fold(k + 1).ends_with(['е', 'и', 'х']) =>
                {
                    self.end = k + 2;
                    k += 2;
                    continue;
                }
                "над" if scene.hint(k - 1, Hint::JOINED_OVER) => {
                    let Some(end) = phrase(scene, k + 1) else { return };
                    self.end = end;
                    k = end;
                    continue;
                }
                "в" if scene.hint(k + 1, Hint::SPHERE) && !scene.capital(k + 2) => {
                    let Some(end) = phrase(scene, k + 2) else { return };
                    self.end = end;
                    k = end;
                    continue;
                }
                // «консульство в г. Екатеринбурге»
                "в" if office && matches!(scene.fold(k + 1), "г" | "гор" | "городе") && !scene.capital(k + 1) => {
                    let Some(end) = scene.place(k + 2 + usize::from(scene.mark(k + 2) == b'.')) else { return };
                    self.named = true;
                    self.end = end;
                    return;
                }
                "в" | "во" if office => {
                    let end = match scene.place(k + 1) {
                        Some(end) => end,
                        None if scene.capital(k + 1) && scene.is_word(k + 1) => capital_run(scene, k + 1),
                        None => return,
                    };
                    self.named = true;
                    self.end = with_letters(scene, head, with_regions(scene, end));
                    return;
                }
                // «Центральной и Западной Азии»
                "и" if genitive
                    && k > head + 1
                    && is_adjective(scene.fold(k - 1))
                    && scene.is_word(k + 1)
                    && is_adjective(scene.fold(k + 1)) =>
                {
                    k += 1;
                    continue;
                }
                // «Совет ректоров Узбекистана и Беларуси»: the countries whose body it is
                "и" if genitive && placed && self.of_countries(scene, head, k) => {
                    self.end = scene.place(k + 1).unwrap_or(k + 2);
                    k = self.end;
                    continue;
                }
                // «банком развития и дорожной службой»: nor a second part
                "и" if known == Some(k) && k > first + 3 => return,
                "и" if genitive => {
                    // «молодых учёных и специалистов»: the first is a noun that looks like an adjective
                    let noun = |k: usize| scene.is_word(k) && !scene.capital(k) && is_adjective_plural(scene.fold(k));
                    if self.end == head + 1 && k > head + 2 && noun(k - 1) && noun(k - 2) && is_genitive(scene.fold(k + 1)) {
                        self.end = k;
                    }
                    // a second body, or the end of the list?
                    if scene.capital(k + 1) && scene.is(k + 1, Classes::HEAD)
                        || scene.is(k + 1, Classes::HEAD) && !scene.is(k + 1, Classes::LOOSE)
                        || scene.known(k + 1).is_some()
                        || scene.place(k + 1).is_some()
                        || self.end == head + 1
                        || dedicated
                        || placed
                    {
                        return;
                    }
                    // «перед Министерством промышленности и регионами»: an instrumental that nothing in the name asks for
                    let many = |fold: &str| fold.len() > 10 && (fold.ends_with("ами") || fold.ends_with("ями"));
                    if many(scene.fold(k + 1)) && !many(scene.fold(k - 1)) {
                        return;
                    }
                    // «государственной службы и МСУ»
                    if scene.form(k + 1, Form::TOPIC) && scene.known(k + 1).is_none() {
                        self.end = k + 2;
                        k += 2;
                        continue;
                    }
                    if scene.is_word(k + 1)
                        && is_genitive(scene.fold(compound(scene, k + 1)))
                        && (!scene.capital(k + 1) || scene.capital(k - 1))
                        && !adjective_then_head(scene, k + 1)
                    {
                        k += 1;
                        continue;
                    }
                    return;
                }
                _ => {}
            }
            // «Фонд содействия развитию», «Центр помощи беженцам»
            let dative = ["ию", "ям", "ам", "ому", "ему", "у", "ю", "ым", "им"].iter().any(|e| fold.ends_with(e));
            if genitive && dative && token.case == Case::Lower && k > head && matches!(scene.fold(k - 1), "содействия" | "помощи")
            {
                let Some(end) = phrase(scene, k) else { return };
                self.end = end;
                k = end;
                continue;
            }
            if !genitive {
                return;
            }
            // «Банк России обязан», «Банка России Эльвиры»: a country ends the chain
            if placed {
                self.end = with_letters(scene, head, self.end);
                return;
            }
            // «в Государственной думе политики спорят»: a body of the table is whole
            if known == Some(k) && k > head + 1 && token.case == Case::Lower && !hints::is(fold, Hint::UNIT) {
                return;
            }
            if token.is_capital() {
                // «Фонд В. Потанина»: initials and a surname
                if token.span.len() == 2
                    && scene.fold(k + 1) == "."
                    && matches!(scene.word(head).kind, "NGO" | "culture" | "university" | "health")
                {
                    let mut last = k + 2;
                    while scene.fold(last + 1) == "." && scene.token(last).is_some_and(|t| t.span.len() == 2) {
                        last += 2;
                    }
                    let surname = scene.fold(last);
                    if scene.capital(last)
                        && scene.token(last).is_some_and(|t| t.span.len() > 4)
                        && ["а", "я", "ой", "ого", "его", "их", "ых"].iter().any(|e| surname.ends_with(e))
                    {
                        self.named = true;
                        self.end = last + 1;
                        k = last + 1;
                        continue;
                    }
                    return;
                }
                // «Фонд семьи Луниных»
                if hints::is(scene.fold(k - 1), Hint::OF_FAMILY) && scene.word(head).word == "фонд" {
                    self.named = true;
                    self.end = k + 1;
                    return;
                }
                // «Центр КОНТАКТ», «офис Erasmus+»: a name in other letters
                if token.script == Script::Latin {
                    let (_, end) = super::english::group(scene, k, false);
                    if end <= k {
                        return;
                    }
                    self.named = true;
                    self.end = end;
                    k = end;
                    continue;
                }
                if token.span.len() > 2 && (token.case == Case::Upper || is_clipped_acronym(scene, k)) {
                    // an acronym at the end: a country's or a parent's
                    self.named = true;
                    self.end = k + 1;
                    k += 1;
                    continue;
                }
                let after = scene.capital(k + 1)
                    && scene.is_word(k + 1)
                    && scene.together(k, k + 1)
                    && scene.token(k + 1).is_some_and(|t| t.case == Case::Title);
                // «Ассоциации Международного Сотрудничества»: the noun of an adjective with a capital
                let described = k > head + 1 && scene.capital(k - 1) && is_adjective(scene.fold(k - 1)) && !is_adjective(fold);
                let known_word =
                    scene.is(k, Classes::HEAD) || is_adjective(fold) || described || scene.is(k, Classes::TITLE) && is_genitive(fold);
                if scene.is_person(k)
                    || !is_genitive(fold)
                    || !known_word && after && !scene.is(k + 1, Classes::HEAD) && !is_adjective(scene.fold(k + 1))
                {
                    return;
                }
                // «театр Сатиры»: a capital that no person has
                let free = scene.capital(head)
                    && !after
                    && !known_word
                    && lexicon::classes_of(scene.text, k) & (lexicon::SURNAME | lexicon::FIRST_NAME | lexicon::PATRONYMIC) == 0
                    && matches!(scene.word(head).kind, "culture" | "university" | "academic");
                if !known_word && !free && !scene.capital(k - 1) && !scene.hint(k - 1, Hint::BEFORE_CAPITAL) {
                    return;
                }
                if !is_adjective(fold) {
                    self.end = k + 1;
                    self.named |= scene.is(k, Classes::HEAD.with(Classes::TITLE));
                }
                k += 1;
                continue;
            }
            if hints::is(fold, Hint::UNIT) {
                let end = scene.place(k + 1).or_else(|| (scene.capital(k + 1) && scene.is_word(k + 1)).then(|| capital_run(scene, k + 1)));
                match end {
                    Some(end) => {
                        self.named = true;
                        self.end = end;
                        k = end;
                    }
                    None => {
                        self.named |= k > 0 && scene.capital(k - 1);
                        self.end = k + 1;
                        k += 1;
                    }
                }
                continue;
            }
            // «администрация президента», «управление связи администрации президента»
            let of_president = || hints::is(scene.word(k - 1).word, Hint::OF_PRESIDENT) || scene.fold(k - 1) == "делами";
            if fold == "президента" && of_president() {
                self.named = true;
                self.end = k + 1;
                k += 1;
                continue;
            }
            // «Музей воды выставки «Исток»»: what is held there
            if scene.mark(k + 1) == b'"' && scene.is(k, Classes::PROJECT) && !scene.is(k, Classes::HEAD) && self.end > head + 1 {
                return;
            }
            // after «инклюзивных» any noun is a genitive plural: «практик»
            let after_plural =
                k > head + 1 && is_adjective_plural(scene.fold(k - 1)) && !is_small_word(fold) && !is_verb(fold) && fold.len() > 6;
            let person =
                scene.is(k, Classes::TITLE) && !scene.is(k, Classes::HEAD) && !["ов", "ев", "ей"].iter().any(|e| fold.ends_with(e));
            // «местного самоуправления», «первой помощи» belong to a name
            let points = is_determiner(fold) && !["местн", "перв", "нов", "российск"].iter().any(|s| fold.starts_with(s));
            let bureau = fold == "бюро" && is_adjective(scene.fold(k - 1));
            if !is_genitive(fold) && !after_plural && !bureau || person || points || product || narrow && !(board && k == head + 1) {
                return;
            }
            if !is_adjective(fold) || is_bare_plural(fold) {
                self.end = k + 1;
                // «управление культуры Гомельского облисполкома»
                self.named |= scene.is(k, Classes::HEAD) && scene.capital(k - 1) && is_adjective(scene.fold(k - 1));
            }
            k += 1;
        }
    }
}

/// «Центр поддержки рыбаков Озерии ПРИЧАЛ»: a society's own name in capitals behind its country.
fn with_letters(scene: &Scene, head: usize, end: usize) -> usize {
    let society = matches!(scene.word(head).kind, "NGO" | "culture" | "academic" | "health");
    let letters = scene.token(end).is_some_and(|t| t.case == Case::Upper && t.kind == Kind::Word && t.spaced);
    let free = || {
        let long = scene.text.str(end).chars().count() > 4 && scene.known(end).is_none() && scene.place(end).is_none();
        long && scene.together(head, end) && !scene.is_shouted(end) && !scene.is_person(end) && !scene.is(end, Classes::SOLE)
    };
    end + usize::from(society && letters && free())
}

/// Whether a body has a branch of its name in each region.
fn is_territorial(scene: &Scene, head: usize) -> bool {
    let word = scene.word(head).word;
    hints::is(scene.fold(head), Hint::TERRITORIAL)
        || hints::is(word, Hint::TERRITORIAL)
        || word == "комитет" && head > 0 && scene.fold(head - 1).starts_with("следственн")
}

/// One past the region or the town, but no country, whose name starts at token `k`: «городу Озёрску», «г. Озёрску».
fn region(scene: &Scene, k: usize) -> Option<usize> {
    let small = !scene.capital(k) && matches!(scene.fold(k), "г" | "гор" | "городу");
    let at = k + usize::from(small) + usize::from(small && scene.mark(k + 1) == b'.');
    scene.place(at).filter(|_| !scene.is_country(at))
}

/// «полпредство в Ошской, Чуйской и Нарынской областях»: the regions that have one noun; `end` is past the first place.
fn with_regions(scene: &Scene, end: usize) -> usize {
    if !is_adjective(scene.fold(end - 1)) {
        return end;
    }
    let mut to = end;
    while scene.mark(to) == b',' || scene.fold(to) == "и" {
        match scene.place(to + 1).filter(|_| scene.together(end, to + 1)) {
            Some(next) => to = next,
            None => return end,
        }
        if !is_adjective(scene.fold(to - 1)) {
            return to; // the noun
        }
    }
    end
}

impl Tail {
    /// Whether the «и» at `k` joins two countries that have the body in common; a ministry or a government is of one.
    fn of_countries(&self, scene: &Scene, head: usize, k: usize) -> bool {
        let Some(end) = scene.place(k + 1) else { return false };
        let last = scene.fold(end - 1);
        let genitive = last.ends_with(['а', 'и', 'ы']) || last.ends_with("ии");
        let shared = !matches!(scene.word(head).kind, "ministry" | "government" | "embassy" | "bank" | "company" | "media");
        let country = (head..k).any(|from| scene.is_country(from) && scene.place(from) == Some(k));
        shared && country && scene.is_country(k + 1) && genitive && !lexicon::is_nominative(last)
    }
}
