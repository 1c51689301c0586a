// Donors × countries × years: a table whose cells are the darker the more documents stand behind them.

function heatOf(corpus, panel) {
  const figure = byId('heat');
  const [ROWS, COLUMNS] = [20, 16];
  const TITLES = ['donors', 'bodies that carry it out', 'bodies that organize'];
  let cells = [];
  let kind = 0;

  const columnsOf = (doc, by) => (by === 'country' ? corpus.countriesOf(doc) : [corpus.year(doc)].filter((year) => year !== null && year !== undefined));
  const shownName = (by, key) => (by === 'country' ? corpus.countryName(key) : String(key));

  // the third dimension: a year where countries are columns, a country where years are
  function offer(documents, other) {
    const select = byId('heat-in');
    const was = select.value;
    const counts = new Map();
    for (const doc of documents) for (const key of columnsOf(doc, other)) add(counts, String(key));
    const keys = [...counts.keys()].sort((a, b) => (other === 'year' ? b - a : shownName(other, a) < shownName(other, b) ? -1 : 1));
    select.replaceChildren(el('option', { value: '' }, other === 'year' ? 'all years' : 'all countries'), ...keys.map((key) => el('option', { value: key }, shownName(other, key))));
    select.value = keys.includes(was) ? was : '';
    return select.value;
  }

  function render(documents) {
    kind = Number(byId('heat-rows').value);
    const by = byId('heat-columns').value;
    const other = by === 'country' ? 'year' : 'country';
    const only = offer(documents, other);
    const rows = new Map();
    const columns = new Map();
    const sums = new Map();
    const without = { documents: 0 };
    cells = [];
    for (const doc of documents) {
      const names = new Set();
      corpus.eachPart(doc, (part, name) => part === kind && names.add(name));
      if (!names.size || (only && !columnsOf(doc, other).map(String).includes(only))) continue;
      const keys = columnsOf(doc, by);
      if (!keys.length) without.documents++;
      for (const name of names) {
        add(sums, name);
        if (!rows.has(name)) rows.set(name, new Map());
        for (const key of keys) {
          const row = rows.get(name);
          if (!row.has(key)) row.set(key, []);
          row.get(key).push(doc);
        }
      }
      for (const key of keys) add(columns, key);
    }
    for (const [name, row] of rows) for (const [key, found] of row) cells.push([corpus.text(name), by, String(key), only, found.length]);
    const top = ranked(sums, corpus.text).slice(0, ROWS).map(([name]) => name);
    let shown = ranked(columns, (key) => shownName(by, key)).map(([key]) => key);
    if (by === 'year') shown = shown.sort((a, b) => a - b).slice(-COLUMNS);
    else shown = shown.slice(0, COLUMNS);
    byId('heat-note').textContent = [
      `${plural(rows.size, 'body', 'bodies')} as ${TITLES[kind]}`,
      rows.size > top.length ? `the first ${top.length} are shown` : '',
      columns.size > shown.length ? `${shown.length} of ${plural(columns.size, by === 'country' ? 'country' : 'year', by === 'country' ? 'countries' : 'years')}` : '',
      without.documents ? `${plural(without.documents, 'document')} of no known ${by}` : '',
      by === 'country' ? 'the country of the event, or without one those that the release names' : '',
      rows.size > top.length || columns.size > shown.length ? 'the CSV has all' : '',
    ].filter(Boolean).join(' · ');
    if (!top.length) return nothing(figure, `No document here names ${TITLES[kind]}.`);
    const most = Math.max(4, ...top.flatMap((name) => shown.map((key) => rows.get(name).get(key)?.length || 0)));
    const head = el('tr', {}, el('td', { class: 'sum' }), shown.map((key) => el('th', { scope: 'col', title: shownName(by, key) }, by === 'year' ? shownName(by, key) : el('span', {}, shownName(by, key)))), el('th', { scope: 'col' }, el('span', {}, 'documents')));
    const lines = top.map((name) => {
      const row = el('tr', {}, el('th', { scope: 'row', title: corpus.text(name) }, el('button', { type: 'button', on: { click: () => show(corpus.text(name), name, documentsOf(documents, name, only, other)) } }, corpus.text(name))));
      for (const key of shown) {
        const found = rows.get(name).get(key);
        const cell = el('td', {});
        if (found) {
          const share = found.length / most;
          const button = el('button', { type: 'button', 'aria-label': `${corpus.text(name)}, ${shownName(by, key)}: ${plural(found.length, 'document')}`, on: { click: () => show(`${corpus.text(name)} · ${shownName(by, key)}`, name, found) } }, found.length.toLocaleString('en'));
          cell.style.backgroundColor = `rgba(var(--heat), ${(0.18 + 0.7 * share).toFixed(2)})`;
          if (share > 0.6) button.className = 'dark';
          cell.append(button);
        }
        row.append(cell);
      }
      row.append(el('td', { class: 'sum' }, sums.get(name).toLocaleString('en')));
      return row;
    });
    const table = el('table', { class: 'heat' }, el('thead', {}, head), el('tbody', {}, lines));
    reachable(table, [...table.querySelectorAll('button')]);
    figure.replaceChildren(table);
  }

  const documentsOf = (documents, name, only, other) => documents.filter((doc) => corpus.hasPart(doc, kind, name) && (!only || columnsOf(doc, other).map(String).includes(only)));

  function show(title, name, documents) {
    panel.list(title, documents, partEvidence(corpus, (part, body) => part === kind && body === name));
  }

  return {
    render,
    csv: () => [['body', 'by', 'value', 'only', 'documents'], ...cells.sort((a, b) => b[4] - a[4] || (a[0] < b[0] ? -1 : 1))],
  };
}
