// The table of documents: only the rows in sight exist, so that any number opens at once.

function documentsOf(corpus, panel) {
  const holder = byId('table');
  const PRINTED = 300;
  const parts = (doc, kind) => {
    const names = [];
    corpus.eachPart(doc, (part, name) => {
      if (part === kind && !names.includes(name)) names.push(name);
    });
    return names.map(corpus.text).join('; ');
  };
  const placeOf = (doc) => (corpus.place(doc) >= 0 ? corpus.placeName(corpus.place(doc)) : '');
  const COLUMNS = [
    { name: 'Document', key: (doc) => folded(corpus.title(doc)) },
    { name: 'Lang.', key: (doc) => corpus.language(doc), cell: (doc) => corpus.language(doc) || '–', only: true },
    { name: 'Published', key: (doc) => corpus.date(doc, 'published'), cell: (doc) => brief(corpus.date(doc, 'published')) },
    { name: 'Event', key: (doc) => corpus.date(doc, 'event'), cell: (doc) => brief(corpus.date(doc, 'event')), only: true },
    { name: 'Place', key: (doc) => placeOf(doc), cell: placeOf, only: true },
    { name: 'Donors', key: (doc) => folded(parts(doc, 0)), cell: (doc) => parts(doc, 0), only: true },
  ];
  const HEIGHT = 46;
  let documents = [];
  let order = null;
  let sorted = { column: -1, down: false };
  let at = 0;

  const heads = COLUMNS.map((column, n) => el('div', { role: 'columnheader', class: column.only && 'wide-only' }, el('button', { type: 'button', on: { click: () => sort(n) } }, column.name)));
  const sizer = el('div', { class: 'sizer', role: 'rowgroup' });
  const scroller = el('div', { class: 'window', on: { scroll: () => paint(false) } }, sizer);
  holder.append(el('div', { class: 'row headings', role: 'row' }, heads), scroller);

  function sort(column) {
    sorted = { column, down: sorted.column === column ? !sorted.down : false };
    heads.forEach((head, n) => head.setAttribute('aria-sort', n !== column ? 'none' : sorted.down ? 'descending' : 'ascending'));
    arrange();
    scroller.scrollTop = 0;
    paint(true);
  }

  function arrange() {
    order = documents;
    if (sorted.column < 0) return;
    const keyed = documents.map((doc) => [COLUMNS[sorted.column].key(doc), doc]);
    const turn = sorted.down ? -1 : 1;
    // what has no value comes last in both directions
    keyed.sort(([a, x], [b, y]) => (a === b ? x - y : a === '' ? 1 : b === '' ? -1 : a < b ? -turn : turn));
    order = keyed.map(([, doc]) => doc);
  }

  function line(n) {
    const doc = order[n];
    const error = corpus.errors.get(doc);
    const row = el('div', { class: 'row item', role: 'row', tabindex: n === at ? '0' : '-1', 'aria-rowindex': n + 2, on: { click: () => panel.document(doc) } },
      COLUMNS.map((column, at) => at === 0
        ? el('div', { role: 'cell' }, el('span', { class: 'name' }, corpus.title(doc)), el('span', { class: error ? 'file bad' : 'file' }, error ? `not read: ${error[0]}` : corpus.data.headline[doc] ? corpus.id(doc) : 'no headline'))
        : el('div', { role: 'cell', class: column.only && 'wide-only', title: column.cell(doc) }, column.cell(doc))));
    row.number = n;
    row.style.top = `${n * HEIGHT}px`;
    return row;
  }

  let from = -1;
  let until = -1;
  function paint(anew) {
    const first = Math.max(0, Math.floor(scroller.scrollTop / HEIGHT) - 8);
    const last = Math.min(order.length, Math.ceil((scroller.scrollTop + scroller.clientHeight) / HEIGHT) + 8);
    if (!anew && first === from && last === until) return;
    const focused = document.activeElement && document.activeElement.number;
    [from, until] = [first, last];
    sizer.style.height = `${order.length * HEIGHT}px`;
    if (at < first || at >= last) at = Math.min(last - 1, Math.max(first, at));
    sizer.replaceChildren(...Array.from({ length: last - first }, (_, n) => line(first + n)));
    if (focused !== undefined) sizer.children[focused - first]?.focus({ preventScroll: true });
  }

  sizer.addEventListener('keydown', (event) => {
    const row = event.target.closest('.item');
    if (!row) return;
    const page = Math.floor(scroller.clientHeight / HEIGHT) - 1;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (step !== undefined) {
      at = Math.max(0, Math.min(order.length - 1, row.number + step));
      const top = at * HEIGHT;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top + HEIGHT > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + HEIGHT - scroller.clientHeight;
      paint(true);
      sizer.children[at - from]?.focus({ preventScroll: true });
      event.preventDefault();
    } else if (event.key === 'Enter' || event.key === ' ') {
      panel.document(order[row.number]);
      event.preventDefault();
    }
  });

  // on paper there is no scrolling
  addEventListener('beforeprint', () => {
    sizer.replaceChildren(...Array.from({ length: Math.min(PRINTED, order.length) }, (_, n) => line(n)));
    if (order.length > PRINTED) sizer.append(el('p', { class: 'note' }, `The first ${PRINTED} of ${plural(order.length, 'document')}.`));
  });
  addEventListener('afterprint', () => paint(true));

  return {
    render(found) {
      documents = found;
      arrange();
      at = 0;
      scroller.scrollTop = 0;
      holder.setAttribute('aria-rowcount', String(found.length + 1));
      byId('documents-note').textContent = found.length ? `${plural(found.length, 'document')}; click one to see what was found in it and what shows it` : 'No document here.';
      paint(true);
    },
    csv: () => [['id', 'title', 'language', 'published', 'event', 'place', 'country', 'donors', 'implementers', 'organizers'], ...order.map((doc) => [
      corpus.id(doc), corpus.title(doc), corpus.language(doc), corpus.date(doc, 'published'), corpus.date(doc, 'event'), placeOf(doc),
      corpus.place(doc) >= 0 ? corpus.placeCountry(corpus.place(doc)) : '', parts(doc, 0), parts(doc, 1), parts(doc, 2)])],
  };
}
