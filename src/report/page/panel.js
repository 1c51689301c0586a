// The panel at the side: the documents behind a mark, and what shows it in each.

function panelOf(corpus) {
  const panel = byId('panel');
  const body = byId('panel-body');
  const heading = byId('panel-title');
  const trail = [];
  let opener = null;
  const AT_ONCE = 40;

  function quote(what, { words, sentence }, amount) {
    if (!words && !sentence) {
      const why = corpus.data.left_out.sentences ? 'the sentence is left out of this page' : 'no words of the text are known to show it';
      return el('p', { class: 'note' }, `${[what, amount].filter(Boolean).join(' · ')}: ${why}`);
    }
    const children = [];
    if (what || amount) children.push(el('span', { class: 'what' }, [what, amount].filter(Boolean).join(' · ')));
    const at = sentence && words ? sentence.indexOf(words) : -1;
    if (at >= 0) children.push(sentence.slice(0, at), el('mark', {}, words), sentence.slice(at + words.length));
    else if (sentence) children.push(sentence);
    else if (words) children.push(el('mark', {}, words), corpus.data.left_out.sentences ? ' (its sentence is left out of this page)' : '');
    return el('blockquote', {}, children);
  }

  function facts(doc) {
    const line = [corpus.language(doc), corpus.date(doc, 'published') && 'published ' + brief(corpus.date(doc, 'published')), corpus.date(doc, 'event') && 'event ' + brief(corpus.date(doc, 'event'))];
    if (corpus.place(doc) >= 0) line.push(corpus.placeName(corpus.place(doc)));
    return line.filter(Boolean).join(' · ');
  }

  function article(doc, evidence) {
    return el('article', {},
      el('h3', {}, el('button', { type: 'button', class: 'link', on: { click: () => open(() => whole(doc)) } }, corpus.title(doc))),
      el('div', { class: 'file' }, corpus.id(doc)),
      el('div', { class: 'note' }, facts(doc)),
      (evidence ? evidence(doc) : []).map(([what, shown, amount]) => quote(what, shown, amount)));
  }

  function whole(doc) {
    const rows = [];
    const error = corpus.errors.get(doc);
    const row = (name, value) => value && rows.push(el('dt', {}, name), el('dd', {}, value));
    row('File', corpus.id(doc));
    if (error) row('Not read', error.join(': '));
    row('Language', corpus.language(doc));
    row('Published', corpus.date(doc, 'published'));
    row('Event', corpus.date(doc, 'event'));
    const place = corpus.place(doc);
    if (place >= 0) row('Place', [corpus.placeName(place), corpus.countryName(corpus.placeCountry(place))].filter((text, n, all) => text && all.indexOf(text) === n).join(', '));
    row('Names places', corpus.placesOf(doc).map(corpus.placeName).join('; '));
    row('Names bodies', corpus.bodiesOf(doc).map(corpus.text).join('; '));
    const quotes = [];
    for (const [fact, what] of [['published', 'published'], ['event', 'event'], ['place', 'place of the event']]) {
      const shown = corpus.shown(doc, fact);
      if (shown.words || shown.sentence) quotes.push(quote(what, shown));
    }
    for (const part of corpus.partsOf(doc)) quotes.push(quote(`${KINDS[part.kind]}: ${corpus.text(part.name)}`, { words: corpus.text(part.words), sentence: corpus.text(part.sentence) }, part.amount));
    const others = [];
    for (const [map, what] of [[corpus.copyOf, 'A copy of '], [corpus.versionOf, 'Tells of the same event as ']]) {
      const other = map.get(doc);
      if (other >= 0) others.push(el('p', { class: 'note' }, what, el('button', { type: 'button', class: 'link', on: { click: () => open(() => whole(other)) } }, corpus.id(other))));
    }
    return { title: corpus.title(doc), note: '', content: [el('dl', {}, rows), others, el('article', {}, el('h3', {}, 'What shows it'), quotes.length ? quotes : el('p', { class: 'note' }, 'Nothing was found.'))] };
  }

  function list(title, documents, evidence, note) {
    const holder = el('div', {});
    let shown = 0;
    const more = el('button', { type: 'button', on: { click: go } });
    function go() {
      holder.append(...documents.slice(shown, shown + AT_ONCE).map((doc) => article(doc, evidence)));
      shown += AT_ONCE;
      more.hidden = shown >= documents.length;
      more.textContent = `Show ${Math.min(AT_ONCE, documents.length - shown)} more of ${plural(documents.length, 'document')}`;
    }
    go();
    return { title, note: [plural(documents.length, 'document'), note].filter(Boolean).join(' · '), content: [holder, more] };
  }

  function show(make) {
    const { title, note, content } = make();
    heading.textContent = title;
    byId('panel-note').textContent = note;
    body.replaceChildren(...content.flat());
    byId('panel-back').hidden = trail.length < 2;
    panel.hidden = false;
    panel.scrollTop = 0;
    heading.focus({ preventScroll: true });
  }

  function open(make) {
    if (panel.hidden) opener = document.activeElement;
    trail.push(make);
    show(make);
  }

  function close() {
    panel.hidden = true;
    trail.length = 0;
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  }

  byId('panel-close').addEventListener('click', close);
  byId('panel-back').addEventListener('click', () => {
    trail.pop();
    show(trail[trail.length - 1]);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !panel.hidden) close();
  });
  return {
    close,
    document: (doc) => open(() => whole(doc)),
    // `evidence` gives for a document: what, words and sentence, sum of money
    list(title, documents, evidence, note) {
      trail.length = 0;
      open(() => list(title, documents, evidence, note));
    },
  };
}

// What shows a body's part in a document.
const partEvidence = (corpus, wanted) => (doc) =>
  corpus.partsOf(doc).filter((part) => wanted(part.kind, part.name))
    .map((part) => [`${KINDS[part.kind]}: ${corpus.text(part.name)}`, { words: corpus.text(part.words), sentence: corpus.text(part.sentence) }, part.amount]);
