// When: documents by year or month, stacked by language.

function timelineOf(corpus, panel) {
  const figure = byId('timeline');
  const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  let bins = [];
  let fact = 'event';

  const name = (bin) => (bin.month === null ? String(bin.year) : `${MONTHS[bin.month]} ${bin.year}`);

  function binned(documents) {
    const dated = documents.filter((doc) => corpus.day(doc, fact) !== null);
    if (!dated.length) return { bins: [], without: documents.length };
    let first = Infinity;
    let last = -Infinity;
    for (const doc of dated) {
      const n = corpus.data[fact][doc];
      const month = corpus.years[n] * 12 + corpus.months[n];
      first = Math.min(first, month);
      last = Math.max(last, month);
    }
    const asked = byId('timeline-per').value;
    const byMonth = asked === 'month' ? last - first < 1200 : asked === 'auto' && last - first < 48;
    const of = byMonth ? (n) => corpus.years[n] * 12 + corpus.months[n] : (n) => corpus.years[n];
    const start = byMonth ? first : Math.floor(first / 12);
    const count = (byMonth ? last : Math.floor(last / 12)) - start + 1;
    const all = Array.from({ length: count }, (_, n) => ({
      year: byMonth ? Math.floor((start + n) / 12) : start + n, month: byMonth ? (start + n) % 12 : null, documents: [],
    }));
    for (const doc of dated) all[of(corpus.data[fact][doc]) - start].documents.push(doc);
    return { bins: all, without: documents.length - dated.length };
  }

  function render(documents, languages) {
    fact = byId('timeline-by').value;
    const found = binned(documents);
    bins = found.bins;
    const main = languages.slice(0, 2);
    const rest = languages.length > 2;
    byId('timeline-note').textContent = [
      `${plural(documents.length - found.without, 'document')} by ${fact === 'event' ? 'date of the event' : 'day of publication'}`,
      found.without ? `${found.without.toLocaleString('en')} without one` : '',
    ].filter(Boolean).join(', ');
    if (!bins.length) return nothing(figure, 'No document here has such a date.');
    const width = Math.max(280, figure.clientWidth);
    const height = 230;
    const most = Math.max(...bins.map((bin) => bin.documents.length), 1);
    const [left, right, top, bottom] = [most > 9999 ? 48 : 36, 4, 8, 24];
    const step = (width - left - right) / bins.length;
    const y = (count) => height - bottom - (count / most) * (height - top - bottom);
    const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': 'Documents by time' });
    for (const tick of ticks(most)) {
      svg.append(draw('line', { class: tick ? 'grid' : 'axis', x1: left, x2: width - right, y1: y(tick), y2: y(tick) }));
      svg.append(draw('text', { x: left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, tick.toLocaleString('en')));
    }
    const marks = [];
    const every = Math.max(1, Math.ceil(46 / step));
    bins.forEach((bin, n) => {
      const x = left + n * step;
      const isYear = bin.month === null || bin.month === 0 || (n === 0 && bins[12 - bin.month] === undefined);
      const wide = bin.month === null ? every : Math.max(1, Math.ceil(46 / (step * 12)));
      if (bin.month === null ? n % every === 0 : isYear && (bin.month !== 0 || bin.year % wide === 0)) {
        svg.append(draw('text', { x: bin.month === null ? x + step / 2 : x, y: height - 7, 'text-anchor': bin.month === null ? 'middle' : 'start' }, bin.month === null || bin.month === 0 ? String(bin.year) : name(bin)));
        if (bin.month !== null) svg.append(draw('line', { class: 'axis', x1: x, x2: x, y1: height - bottom, y2: height - bottom + 4 }));
      }
      if (!bin.documents.length) return;
      const parts = [0, 0, 0];
      for (const doc of bin.documents) {
        const at = main.indexOf(corpus.language(doc) || 'und');
        parts[at < 0 ? 2 : at]++;
      }
      const thick = Math.max(1, Math.min(44, step * (step > 6 ? 0.78 : 0.94)));
      const mark = draw('g', { class: 'marked', 'aria-label': `${name(bin)}: ${plural(bin.documents.length, 'document')}`, on: { click: () => show(bin) } });
      mark.append(draw('rect', { class: 'hit', x, y: top, width: step, height: height - top - bottom }));
      let below = 0;
      parts.forEach((part, at) => {
        if (part) mark.append(draw('rect', { class: `f${at}`, x: x + (step - thick) / 2, width: thick, y: y(below + part), height: Math.max(0.5, y(below) - y(below + part)) }));
        below += part;
      });
      mark.append(draw('title', {}, `${name(bin)}: ${plural(bin.documents.length, 'document')}`));
      marks.push(mark);
    });
    svg.append(...marks);
    reachable(svg, marks);
    const swatch = (at, text) => el('span', {}, draw('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' }, draw('rect', { class: `f${at}`, width: 12, height: 12 })), text);
    figure.replaceChildren(
      el('div', { class: 'legend' }, main.map((language, at) => swatch(at, named(language))), rest ? swatch(2, 'other languages') : null), svg);
  }

  function show(bin) {
    panel.list(name(bin), bin.documents, (doc) => [[fact === 'event' ? 'event' : 'published', corpus.shown(doc, fact)]]);
  }

  return {
    render,
    csv: () => [['when', 'language', 'documents'], ...bins.flatMap((bin) => {
      const counts = new Map();
      for (const doc of bin.documents) add(counts, corpus.language(doc) || 'und');
      const when = bin.month === null ? String(bin.year) : `${bin.year}-${String(bin.month + 1).padStart(2, '0')}`;
      return ranked(counts, (code) => code).map(([code, count]) => [when, code, count]);
    })],
  };
}

const LANGUAGES = { en: 'English', ru: 'Russian', und: 'undecided' };
const named = (code) => LANGUAGES[code] || code;
