// Where: places as circles whose areas are counts, over outlines of countries.
//
// Plate carrée, true to shape at the middle of what is shown: simple to zoom, and right where one looks.

function mapOf(corpus, panel) {
  const figure = byId('map');
  const MOST = 500;
  const { data } = corpus;
  let places = [];
  let view = null;
  let isOwn = false;
  let size = [600, 400];
  let of = 'event';

  // the outlines, as one path in degrees, longitude and minus latitude
  function outlines() {
    const arcs = data.outlines.arcs.map((text) => {
      const points = [];
      let [at, x, y] = [0, 0, 0];
      const next = () => {
        let [value, shift, byte] = [0, 0, 0];
        do {
          byte = text.charCodeAt(at++) - 63;
          value |= (byte & 31) << shift;
          shift += 5;
        } while (byte >= 32);
        return value & 1 ? ~(value >> 1) : value >> 1;
      };
      while (at < text.length) {
        x += next();
        y += next();
        points.push([x / 50, -y / 50]);
      }
      return points;
    });
    return data.outlines.rings.map((ring) => {
      let turn = 0;
      let last = null;
      const points = ring.flatMap((n) => (n < 0 ? arcs[~n].slice().reverse() : arcs[n])).map(([lon, lat]) => {
        // a ring goes on beyond the antimeridian
        if (last !== null && Math.abs(lon - last) > 180) turn += lon < last ? 360 : -360;
        last = lon;
        return `${(lon + turn).toFixed(2)} ${lat}`;
      });
      return `M${points.join('L')}Z`;
    }).join('');
  }
  let path = null;

  function counted(documents) {
    const found = new Map();
    for (const doc of documents) {
      const named = of === 'event' ? [corpus.place(doc)] : corpus.placesOf(doc);
      for (const place of named) {
        if (place < 0) continue;
        if (!found.has(place)) found.set(place, []);
        found.get(place).push(doc);
      }
    }
    return [...found].map(([place, documents]) => ({ place, documents, at: data.places[place][2] }))
      .sort((a, b) => b.documents.length - a.documents.length || a.place - b.place);
  }

  // the middle nine tenths of the documents in both directions, with room around
  function fitted() {
    const between = (axis) => {
      const sorted = places.map((place) => [place.at[axis], place.documents.length]).sort((a, b) => a[0] - b[0]);
      const all = sorted.reduce((sum, [, count]) => sum + count, 0);
      let sum = 0;
      let [low, high] = [sorted[0][0], sorted[sorted.length - 1][0]];
      let isLow = true;
      for (const [value, count] of sorted) {
        sum += count;
        if (isLow && sum >= all * 0.05) [low, isLow] = [value, false];
        if (sum >= all * 0.95) {
          high = value;
          break;
        }
      }
      return [low, high];
    };
    const [[south, north], [west, east]] = [between(0), between(1)];
    const lat = (south + north) / 2;
    const cos = Math.max(0.2, Math.cos((lat * Math.PI) / 180));
    const tall = Math.max(6, (north - south) * 1.35);
    const wide = Math.max(10, (east - west) * 1.25);
    return { lat, lon: (west + east) / 2, cos, k: Math.min(size[1] / tall, size[0] / (wide * cos)) };
  }
  const world = () => ({ lat: 20, lon: 10, cos: 0.85, k: size[0] / (360 * 0.85) });

  function render(documents) {
    of = byId('map-of').value;
    const all = counted(documents);
    places = all.filter((place) => place.at);
    const lost = all.length - places.length;
    const missing = of === 'event' ? documents.filter((doc) => corpus.place(doc) < 0).length : documents.filter((doc) => !corpus.placesOf(doc).length).length;
    byId('map-note').textContent = [
      plural(all.length, 'place'),
      missing ? `${plural(missing, 'document')} without one` : '',
      lost ? `${plural(lost, 'place')} of unknown coordinates ${lost === 1 ? 'is' : 'are'} not drawn: ${shortened(all.filter((place) => !place.at).map((place) => corpus.placeName(place.place)).join(', '), 80)}` : '',
      places.length > MOST ? `the ${MOST} with the most documents are drawn` : '',
    ].filter(Boolean).join(' · ');
    if (!places.length) return nothing(figure, 'No document here has a place whose coordinates are known.');
    const width = Math.max(280, figure.clientWidth);
    size = [width, Math.round(Math.max(260, Math.min(520, width * 0.52)))];
    if (!isOwn || !view) view = fitted();
    paint();
  }

  function paint() {
    const [width, height] = size;
    path ||= outlines();
    const x = (lon) => (lon - view.lon) * view.cos * view.k + width / 2;
    const y = (lat) => (view.lat - lat) * view.k + height / 2;
    const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': 'Places' });
    svg.append(draw('rect', { class: 'sea', x: 0.5, y: 0.5, width: width - 1, height: height - 1 }));
    for (const turn of [-360, 0, 360]) {
      if (x(180 + turn) < 0 || x(-180 + turn) > width) continue;
      svg.append(draw('path', { class: 'land', d: path, transform: `translate(${x(turn)} ${y(0)}) scale(${view.k * view.cos} ${view.k})` }));
    }
    const most = places[0].documents.length;
    // one document is never a large circle
    const largest = Math.min(30, width / 22, 3 + 4.5 * Math.sqrt(most));
    const marks = [];
    const boxes = [];
    const labels = [];
    let outside = 0;
    const isFree = (box) => boxes.every((other) => box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]);
    places.slice(0, MOST).forEach(({ place, documents, at }) => {
      const [cx, cy] = [x(at[1]), y(at[0])];
      if (cx < -largest || cx > width + largest || cy < -largest || cy > height + largest) {
        outside++;
        return;
      }
      const r = Math.max(3, Math.sqrt(documents.length / most) * largest);
      const title = `${placeTitle(place)}: ${plural(documents.length, 'document')}`;
      marks.push(draw('g', { class: 'marked', 'aria-label': title, on: { click: () => show(place, documents) } },
        draw('circle', { class: 'place ring', cx, cy, r }), draw('circle', { class: 'hit', cx, cy, r: Math.max(r, 9) }), draw('title', {}, title)));
      boxes.push([cx - r * 0.7, cy - r * 0.7, cx + r * 0.7, cy + r * 0.7]);
      labels.push([cx, cy, r, `${corpus.placeName(place)} ${documents.length.toLocaleString('en')}`]);
    });
    const written = [];
    labels.forEach(([cx, cy, r, text], n) => {
      if (written.length >= width / 45) return;
      const long = wide(text);
      const own = boxes[n];
      boxes[n] = [0, 0, -1, -1];
      for (const [dx, dy, anchor] of [[r + 4, 4, 'start'], [-r - 4, 4, 'end'], [0, -r - 5, 'middle'], [0, r + 14, 'middle']]) {
        const left = cx + dx - (anchor === 'end' ? long : anchor === 'middle' ? long / 2 : 0);
        const box = [left, cy + dy - 11, left + long, cy + dy + 4];
        if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2 || !isFree(box)) continue;
        boxes.push(box);
        written.push(draw('text', { class: 'strong halo', x: cx + dx, y: cy + dy, 'text-anchor': anchor, 'aria-hidden': 'true', 'pointer-events': 'none' }, text));
        break;
      }
      boxes[n] = own;
    });
    // small circles lie on top of large ones
    svg.append(...marks, ...written);
    reachable(svg, marks);
    svg.addEventListener('pointerdown', (event) => {
      if (event.pointerType !== 'mouse' || event.button !== 0) return;
      let [fromX, fromY, moved] = [event.clientX, event.clientY, false];
      const scale = size[0] / svg.getBoundingClientRect().width;
      const move = (to) => {
        const [dx, dy] = [(to.clientX - fromX) * scale, (to.clientY - fromY) * scale];
        if (!moved && Math.hypot(dx, dy) < 5) return;
        moved = true;
        svg.style.transform = `translate(${(to.clientX - fromX)}px, ${(to.clientY - fromY)}px)`;
      };
      const up = (to) => {
        removeEventListener('pointermove', move);
        removeEventListener('pointerup', up);
        if (!moved) return;
        addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
        isOwn = true;
        view = { ...view, lon: view.lon - ((to.clientX - fromX) * scale) / (view.k * view.cos), lat: Math.max(-80, Math.min(84, view.lat + ((to.clientY - fromY) * scale) / view.k)) };
        paint();
      };
      addEventListener('pointermove', move);
      addEventListener('pointerup', up);
    });
    figure.replaceChildren(svg, el('p', { class: 'note' }, outside ? `${plural(outside, 'place')} outside the picture: World shows all` : ''));
  }

  function placeTitle(place) {
    const [name, country] = [corpus.placeName(place), corpus.countryName(corpus.placeCountry(place))];
    return country && country !== name ? `${name}, ${country}` : name;
  }

  function show(place, documents) {
    panel.list(placeTitle(place), documents, (doc) => {
      const shown = corpus.placeShown(doc, place);
      return [of === 'event' ? ['place of the event', corpus.shown(doc, 'place')] : ['named in', { words: shown.sentence ? corpus.placeName(place) : '', sentence: shown.sentence }]];
    });
  }

  const zoom = (by) => () => {
    isOwn = true;
    view.k *= by;
    paint();
  };
  byId('map-in').addEventListener('click', zoom(1.6));
  byId('map-out').addEventListener('click', zoom(1 / 1.6));
  byId('map-fit').addEventListener('click', () => {
    isOwn = false;
    view = fitted();
    paint();
  });
  byId('map-all').addEventListener('click', () => {
    isOwn = true;
    view = world();
    paint();
  });
  return {
    render,
    csv: () => [['place', 'country', 'latitude', 'longitude', 'documents'], ...places.map(({ place, documents, at }) => [corpus.placeName(place), corpus.placeCountry(place), at[0], at[1], documents.length])],
  };
}
