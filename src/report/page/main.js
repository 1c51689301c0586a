// Filters, which all figures follow, and the page as a whole.

function coverage(corpus, panel) {
  const { data } = corpus;
  const read = data.id.length - data.errors.length;
  byId('coverage').append(el('div', { class: 'bars' }, data.coverage.map(({ name, documents }) => {
    const bar = el('div', {});
    bar.style.width = `${read ? (documents / read) * 100 : 0}%`;
    const share = read ? Math.round((documents / read) * 100) : 0;
    return [el('div', {}, name), el('div', { class: 'bar' }, bar), el('div', { class: 'n' }, `${documents.toLocaleString('en')} · ${share} %`)];
  })));
  const worries = data.worries.map(({ what, count, documents }) => el('li', {},
    el('button', { type: 'button', class: 'link', on: { click: () => panel.list(what, documents, null, count > documents.length ? `the first of ${count.toLocaleString('en')}` : '') } }, what), ` ${count.toLocaleString('en')}`));
  byId('worries').append(worries.length ? el('ul', { class: 'plain' }, worries) : el('p', { class: 'note' }, 'Nothing.'));
}

function foot(corpus) {
  const left = corpus.data.left_out;
  const lines = [`Made by ${corpus.data.made}. Figures count documents, not mentions. Nothing on this page comes from a network.`];
  const out = [left.sentences ? `${plural(left.sentences, 'sentence')}` : '', left.names ? `${plural(left.names, 'name')} of places and bodies beyond the first of their documents` : ''].filter(Boolean);
  if (out.length) lines.push(`To open fast, this page leaves out ${out.join(' and ')}: every body, place and year keeps its first ones, counts of parts and events are whole, and the tables of dateline extract have all of it.`);
  lines.push('Outlines of countries: Natural Earth. They take no side in what is disputed.');
  byId('foot').append(...lines.map((line) => el('p', {}, line)));
}

function themes() {
  const root = document.documentElement;
  const button = byId('theme');
  button.addEventListener('click', () => {
    const next = { auto: 'light', light: 'dark', dark: 'auto' }[root.dataset.theme || 'auto'];
    if (next === 'auto') delete root.dataset.theme;
    else root.dataset.theme = next;
    button.textContent = `Theme: ${next}`;
  });
}

function filtersOf(corpus, changed) {
  const all = Array.from({ length: corpus.size }, (_, doc) => doc);
  const count = (of) => {
    const counts = new Map();
    for (const doc of all) for (const key of of(doc)) add(counts, key);
    return counts;
  };
  const languages = ranked(count((doc) => (corpus.errors.has(doc) ? [] : [corpus.language(doc) || 'und'])), (code) => code);
  const option = (value, text) => el('option', { value }, text);
  byId('language').append(option('', 'all'), ...languages.map(([code, n]) => option(code, `${named(code)} (${n.toLocaleString('en')})`)));
  const countries = ranked(count((doc) => corpus.countriesOf(doc)), corpus.countryName);
  byId('country').append(option('', 'all'), ...countries.map(([code, n]) => option(code, `${corpus.countryName(code)} (${n.toLocaleString('en')})`)));
  let [first, last] = [Infinity, -Infinity];
  for (const doc of all) {
    const year = corpus.year(doc);
    if (year !== null && year !== undefined) [first, last] = [Math.min(first, year), Math.max(last, year)];
  }
  if (first <= last) {
    byId('from').placeholder = first;
    byId('to').placeholder = last;
  }
  byId('once-label').hidden = !(corpus.copyOf.size + corpus.versionOf.size);
  const search = searcher(corpus);

  function selected() {
    const language = byId('language').value;
    const country = byId('country').value;
    const [from, to] = ['from', 'to'].map((id) => (byId(id).value === '' ? null : Number(byId(id).value)));
    const once = byId('once').checked;
    const holds = search(byId('search').value);
    return all.filter((doc) => {
      if (language && (corpus.language(doc) || 'und') !== language) return false;
      if (country && !corpus.countriesOf(doc).includes(country)) return false;
      if (from !== null || to !== null) {
        const year = corpus.year(doc);
        if (year === null || year === undefined || (from !== null && year < from) || (to !== null && year > to)) return false;
      }
      if (once && (corpus.copyOf.has(doc) || corpus.versionOf.has(doc))) return false;
      return !holds || holds(doc);
    });
  }
  let waiting = 0;
  const later = (wait) => () => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, wait);
  };
  const form = byId('filters');
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', later(150));
  form.addEventListener('reset', later(0));
  return { selected, languages: languages.map(([code]) => code), countries: countries.length, years: first <= last ? [first, last] : null };
}

async function start() {
  const corpus = corpusOf(await unpacked());
  themes();
  const panel = panelOf(corpus);
  const figures = {
    timeline: timelineOf(corpus, panel),
    map: mapOf(corpus, panel),
    heat: heatOf(corpus, panel),
    network: networkOf(corpus, panel),
    documents: documentsOf(corpus, panel),
  };
  let documents = [];
  const filters = filtersOf(corpus, () => render());
  const read = (found) => found.filter((doc) => !corpus.errors.has(doc));
  function render(only) {
    documents = only ? documents : filters.selected();
    const some = read(documents);
    for (const [name, figure] of Object.entries(figures)) {
      if (only && only !== name) continue;
      figure.render(name === 'documents' ? documents : some, filters.languages);
    }
    byId('count').textContent = documents.length === corpus.size ? '' : `${documents.length.toLocaleString('en')} of ${plural(corpus.size, 'document')}`;
  }
  const copies = corpus.copyOf.size + corpus.versionOf.size;
  byId('lede').textContent = [
    plural(corpus.size, 'document'),
    corpus.errors.size ? `${corpus.errors.size.toLocaleString('en')} could not be read` : '',
    copies ? plural(corpus.size - corpus.errors.size - copies, 'event') : '',
    filters.languages.slice(0, 2).map(named).join(', ') + (filters.languages.length > 2 ? ` and ${filters.languages.length - 2} more` : ''),
    filters.years ? filters.years.filter((year, n, all) => all.indexOf(year) === n).join('–') : '',
    plural(filters.countries, 'country', 'countries'),
  ].filter(Boolean).join(' · ');
  for (const id of ['timeline-by', 'timeline-per', 'map-of', 'heat-rows', 'heat-columns', 'heat-in', 'network-top']) {
    byId(id).addEventListener('change', () => render(id.split('-')[0]));
  }
  for (const button of document.querySelectorAll('[data-csv]')) {
    const name = button.dataset.csv;
    button.setAttribute('aria-label', `Save the data of this figure as CSV: ${name}`);
    button.addEventListener('click', () => save(`${name}.csv`, figures[name].csv()));
  }
  coverage(corpus, panel);
  foot(corpus);
  render();
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    render();
  });
  document.documentElement.dataset.ready = 'yes';
}

start().catch((error) => {
  byId('lede').textContent = `The data of this page could not be read: ${error.message}`;
  throw error;
});
