// When: documents by year or month, stacked by language.

function timelineOf(corpus, panel) {
  const figure = byId('timeline');
  const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const YEARS = 120;
  let bins = [];
  let all = [];
  let byMonth = false;
  let fact = 'event';

  const name = (bin) => (bin.month === null ? String(bin.year) : `${MONTHS[bin.month]} ${bin.year}`);

  // the month of a document's date, counted from year 0
  const monthOf = (doc) => corpus.years[corpus.data[fact][doc]] * 12 + corpus.months[corpus.data[fact][doc]];

  function binned(documents) {
    const dated = documents.filter((doc) => corpus.day(doc, fact) !== null);
    all = dated;
    if (!dated.length) return { bins: [], without: documents.length, outside: 0 };
    const months = Int32Array.from(dated, monthOf).sort();
    let [first, last] = [months[0], months[months.length - 1]];
    // a date of long ago, or a slip, would leave no room for the others
    if (last - first > YEARS * 12) {
      last = months[Math.floor((months.length - 1) * 0.995)];
      first = Math.max(months[Math.floor((months.length - 1) * 0.005)], last - YEARS * 12);
    }
    const asked = byId('timeline-per').value;
    byMonth = asked === 'month' ? last - first < 1200 : asked === 'auto' && last - first < 48;
    const of = (month) => (byMonth ? month : Math.floor(month / 12));
    const start = of(first);
    const bins = Array.from({ length: of(last) - start + 1 }, (_, n) => ({
      year: byMonth ? Math.floor((start + n) / 12) : start + n, month: byMonth ? (start + n) % 12 : null, documents: [],
    }));
    let outside = 0;
    for (const doc of dated) {
      const bin = bins[of(monthOf(doc)) - start];
      if (bin) bin.documents.push(doc);
      else outside++;
    }
    return { bins, without: documents.length - dated.length, outside };
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
      found.outside ? `${found.outside.toLocaleString('en')} long before or after the others not drawn, but in the CSV` : '',
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
    csv() {
      const counts = new Map();
      for (const doc of all) {
        const month = monthOf(doc);
        const year = String(Math.floor(month / 12)).padStart(4, '0');
        add(counts, `${byMonth ? `${year}-${String((month % 12) + 1).padStart(2, '0')}` : year},${corpus.language(doc) || 'und'}`);
      }
      return [['when', 'language', 'documents'], ...[...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([key, count]) => [...key.split(','), count])];
    },
  };
}

const LANGUAGES = { en: 'English', ru: 'Russian', und: 'undecided' };
const named = (code) => LANGUAGES[code] || code;
