// Who with whom: bodies that fund, carry out and organize, tied where one document tells of both.
//
// Fruchterman and Reingold's springs (1991) from a fixed start: the same corpus gives the same picture.

function networkOf(corpus, panel) {
  const figure = byId('network');
  const ROLES = ['funds', 'carries out', 'organizes'];
  const BUSY = 24;
  let ties = [];

  function tied(documents) {
    const nodes = new Map();
    const edges = new Map();
    for (const doc of documents) {
      const roles = new Map();
      corpus.eachPart(doc, (kind, name) => {
        if (kind < 3) roles.set(name, (roles.get(name) || 0) | (1 << kind));
      });
      const names = [...roles.keys()].slice(0, BUSY).sort((a, b) => a - b);
      for (const name of names) {
        if (!nodes.has(name)) nodes.set(name, { name, documents: 0, kinds: [0, 0, 0], strength: 0 });
        const node = nodes.get(name);
        node.documents++;
        for (let kind = 0; kind < 3; kind++) if (roles.get(name) & (1 << kind)) node.kinds[kind]++;
      }
      for (let i = 0; i < names.length; i++) {
        for (let j = i + 1; j < names.length; j++) {
          const key = names[i] * corpus.data.texts.length + names[j];
          if (!edges.has(key)) edges.set(key, { from: names[i], to: names[j], documents: [] });
          edges.get(key).documents.push(doc);
          // a long list of names makes many ties, which weigh the less (Newman 2001)
          nodes.get(names[i]).strength += 1 / (names.length - 1);
          nodes.get(names[j]).strength += 1 / (names.length - 1);
        }
      }
    }
    return { nodes, edges: [...edges.values()] };
  }

  // Park and Miller's generator: the same numbers everywhere
  function seeded(seed) {
    let state = seed;
    return () => (state = (state * 48271) % 2147483647) / 2147483647;
  }

  // bodies that hang together get a part of the picture to themselves
  function groups(nodes, edges) {
    const group = new Map(nodes.map((node) => [node.name, [node]]));
    for (const edge of edges) {
      const [a, b] = [group.get(edge.from), group.get(edge.to)];
      if (a === b) continue;
      const [large, small] = a.length >= b.length ? [a, b] : [b, a];
      for (const node of small) {
        large.push(node);
        group.set(node.name, large);
      }
    }
    return [...new Set(group.values())].sort((a, b) => b.length - a.length);
  }

  function split(parts, x, y, width, height, take) {
    if (parts.length === 1) return take(parts[0], x, y, width, height);
    const weight = (list) => list.reduce((sum, part) => sum + part.length + 0.7, 0);
    const all = weight(parts);
    let cut = 1;
    while (cut < parts.length - 1 && weight(parts.slice(0, cut)) < all / 2) cut++;
    const share = weight(parts.slice(0, cut)) / all;
    if (width > height * 1.2) {
      split(parts.slice(0, cut), x, y, width * share, height, take);
      split(parts.slice(cut), x + width * share, y, width * (1 - share), height, take);
    } else {
      split(parts.slice(0, cut), x, y, width, height * share, take);
      split(parts.slice(cut), x, y + height * share, width, height * (1 - share), take);
    }
  }

  // springs in a square, which is stretched to its part of the picture
  function laid(nodes, edges, left, top, width, height) {
    const random = seeded(20);
    const by = new Map(nodes.map((node) => [node.name, node]));
    const own = edges.filter((edge) => by.has(edge.from));
    const ideal = 1 / Math.sqrt(nodes.length);
    nodes.forEach((node, n) => {
      const angle = (n / nodes.length) * 2 * Math.PI;
      [node.x, node.y] = [0.5 + Math.cos(angle) * 0.4 + random() * 0.01, 0.5 + Math.sin(angle) * 0.4 + random() * 0.01];
    });
    const rounds = 400;
    for (let round = 0; round < rounds; round++) {
      const heat = 0.1 * (1 - round / rounds) + 0.001;
      for (const node of nodes) [node.dx, node.dy] = [(0.5 - node.x) * 0.3, (0.5 - node.y) * 0.3];
      for (let i = 0; i < nodes.length; i++) {
        for (let j = i + 1; j < nodes.length; j++) {
          const [a, b] = [nodes[i], nodes[j]];
          const [dx, dy] = [a.x - b.x, a.y - b.y];
          const push = (ideal * ideal) / Math.max(1e-4, dx * dx + dy * dy);
          a.dx += dx * push;
          a.dy += dy * push;
          b.dx -= dx * push;
          b.dy -= dy * push;
        }
      }
      for (const edge of own) {
        const [a, b] = [by.get(edge.from), by.get(edge.to)];
        const [dx, dy] = [a.x - b.x, a.y - b.y];
        const pull = (Math.hypot(dx, dy) / ideal) * Math.min(1.6, 0.6 + Math.log2(edge.documents.length) / 4);
        a.dx -= dx * pull;
        a.dy -= dy * pull;
        b.dx += dx * pull;
        b.dy += dy * pull;
      }
      for (const node of nodes) {
        const far = Math.max(1e-9, Math.hypot(node.dx, node.dy));
        const step = Math.min(far, heat) / far;
        node.x += node.dx * step;
        node.y += node.dy * step;
      }
    }
    // a part that is long lies along the longer side
    const span = (axis) => {
      const values = nodes.map((node) => node[axis]);
      return [Math.min(...values), Math.max(...values)];
    };
    let [[x0, x1], [y0, y1]] = [span('x'), span('y')];
    if ((x1 - x0 < y1 - y0) !== (width < height)) {
      for (const node of nodes) [node.x, node.y] = [node.y, node.x];
      [[x0, x1], [y0, y1]] = [[y0, y1], [x0, x1]];
    }
    // few bodies need no large part
    const part = Math.min(1, Math.sqrt(nodes.length) / 2.4);
    const [padX, padY] = [width / 2 - (width / 2 - Math.min(70, width * 0.2)) * part, height / 2 - (height / 2 - Math.min(28, height * 0.2)) * part];
    for (const node of nodes) {
      node.x = left + padX + (x1 - x0 < 1e-6 ? 0.5 : (node.x - x0) / (x1 - x0)) * (width - 2 * padX);
      node.y = top + padY + (y1 - y0 < 1e-6 ? 0.5 : (node.y - y0) / (y1 - y0)) * (height - 2 * padY);
    }
  }

  const main = (node) => node.kinds.indexOf(Math.max(...node.kinds));

  // a shape as well as a colour for each part
  function shape(kind, x, y, r) {
    if (kind === 0) return draw('circle', { class: 'ring k0', cx: x, cy: y, r });
    if (kind === 1) return draw('rect', { class: 'ring k1', x: x - r * 0.88, y: y - r * 0.88, width: r * 1.76, height: r * 1.76, rx: 1 });
    return draw('path', { class: 'ring k2', d: `M${x} ${y - r * 1.2}L${x + r * 1.2} ${y}L${x} ${y + r * 1.2}L${x - r * 1.2} ${y}Z` });
  }

  function render(documents) {
    const { nodes, edges } = tied(documents);
    ties = edges;
    const width = Math.max(280, figure.clientWidth);
    const isNarrow = width < 600;
    const most = Math.min(Number(byId('network-top').value), isNarrow ? 15 : 60);
    let top = [...nodes.values()].filter((node) => node.strength > 0)
      .sort((a, b) => b.strength - a.strength || b.documents - a.documents || (corpus.text(a.name) < corpus.text(b.name) ? -1 : 1)).slice(0, most);
    const kept = new Set(top.map((node) => node.name));
    const drawn = edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to));
    // a body that is tied to none of the others drawn says nothing here
    const tiedUp = new Set(drawn.flatMap((edge) => [edge.from, edge.to]));
    top = top.filter((node) => tiedUp.has(node.name));
    byId('network-note').textContent = [
      `${plural(nodes.size, 'body', 'bodies')} and ${plural(edges.length, 'tie')}: two bodies are tied where one document names both as donor, as who carries out or as who organizes`,
      nodes.size > top.length ? `the ${top.length} with the most ties are drawn, the CSV has all` : '',
    ].filter(Boolean).join(' · ');
    if (!top.length) return nothing(figure, 'No document here names two bodies with a part.');
    const height = isNarrow ? 520 : Math.round(Math.min(720, 300 + top.length * 8));
    split(groups(top, drawn), 0, 0, width, height, (part, ...box) => laid(part, drawn, ...box));
    const by = new Map(top.map((node) => [node.name, node]));
    const heaviest = Math.max(3, ...top.map((node) => node.documents));
    const thickest = Math.max(...drawn.map((edge) => edge.documents.length), 1);
    const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': 'Bodies and their ties' });
    const lines = drawn.map((edge) => {
      const [a, b] = [by.get(edge.from), by.get(edge.to)];
      const ends = { x1: a.x.toFixed(1), y1: a.y.toFixed(1), x2: b.x.toFixed(1), y2: b.y.toFixed(1) };
      const title = `${corpus.text(edge.from)} and ${corpus.text(edge.to)}: ${plural(edge.documents.length, 'document')}`;
      const mark = draw('g', { class: 'marked', 'aria-label': title, on: { click: () => showEdge(edge) } },
        draw('line', { class: 'edge', 'stroke-width': 1 + 5 * Math.sqrt((edge.documents.length - 1) / Math.max(1, thickest - 1 || 1)), ...ends }),
        draw('line', { class: 'wire', ...ends }), draw('title', {}, title));
      mark.edge = edge;
      return mark;
    });
    const boxes = [];
    const marks = top.map((node) => {
      const r = 5 + 9 * Math.sqrt(node.documents / heaviest);
      node.r = r;
      boxes.push([node.x - r * 1.2, node.y - r * 1.2, node.x + r * 1.2, node.y + r * 1.2]);
      const parts = ROLES.map((role, kind) => (node.kinds[kind] ? `${role} in ${node.kinds[kind]}` : '')).filter(Boolean).join(', ');
      const title = `${corpus.text(node.name)}: ${parts}`;
      const mark = draw('g', { class: 'marked', 'aria-label': title, on: { click: () => showNode(node) } }, shape(main(node), node.x, node.y, r), draw('title', {}, title));
      mark.node = node;
      return mark;
    });
    const isFree = (box) => boxes.every((other) => box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]);
    top.forEach((node, n) => {
      const whole = corpus.text(node.name);
      const room = node.r * 1.25;
      for (const letters of isNarrow ? [22, 12] : [40, 24, 14]) {
        const text = shortened(whole, letters);
        const long = wide(text);
        for (const [dx, dy, anchor] of [[room + 3, 4, 'start'], [-room - 3, 4, 'end'], [0, room + 13, 'middle'], [0, -room - 5, 'middle']]) {
          const left = node.x + dx - (anchor === 'end' ? long : anchor === 'middle' ? long / 2 : 0);
          const box = [left, node.y + dy - 11, left + long, node.y + dy + 3];
          if (box[0] < 0 || box[2] > width || box[1] < 0 || !isFree(box)) continue;
          boxes.push(box);
          marks[n].append(draw('text', { class: 'strong halo', x: node.x + dx, y: node.y + dy, 'text-anchor': anchor }, text));
          return;
        }
      }
      // no room: it is written when the mark is pointed at
      const text = shortened(whole, 40);
      const half = Math.min(wide(text) / 2, width / 2);
      marks[n].append(draw('text', { class: 'strong halo late', x: Math.max(half, Math.min(node.x, width - half)), y: node.y - node.r - 5, 'text-anchor': 'middle', visibility: 'hidden' }, text));
    });
    const near = (mark, on) => {
      const own = mark.node.name;
      const around = new Set([own, ...drawn.filter((edge) => edge.from === own || edge.to === own).flatMap((edge) => [edge.from, edge.to])]);
      for (const other of marks) {
        other.classList.toggle('dim', on && !around.has(other.node.name));
        const late = other.querySelector('.late');
        if (late) late.setAttribute('visibility', on && around.has(other.node.name) ? 'visible' : 'hidden');
      }
      for (const line of lines) line.classList.toggle('dim', on && line.edge.from !== own && line.edge.to !== own);
    };
    for (const mark of marks) {
      for (const [event, on] of [['mouseenter', true], ['mouseleave', false], ['focus', true], ['blur', false]]) mark.addEventListener(event, () => near(mark, on));
    }
    svg.append(...lines, ...marks);
    reachable(svg, [...marks, ...lines]);
    const sample = (kind, text) => el('span', {}, draw('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' }, shape(kind, 6, 6, 5)), text);
    figure.replaceChildren(el('div', { class: 'legend' }, sample(0, 'mostly funds'), sample(1, 'mostly carries out'), sample(2, 'mostly organizes')), svg);
  }

  const both = (...names) => partEvidence(corpus, (kind, name) => kind < 3 && names.includes(name));

  function showNode(node) {
    const documents = current.filter((doc) => [0, 1, 2].some((kind) => corpus.hasPart(doc, kind, node.name)));
    panel.list(corpus.text(node.name), documents, both(node.name));
  }
  function showEdge(edge) {
    panel.list(`${corpus.text(edge.from)} and ${corpus.text(edge.to)}`, edge.documents, both(edge.from, edge.to));
  }

  let current = [];
  return {
    render(documents) {
      current = documents;
      render(documents);
    },
    csv: () => [['body', 'with', 'documents'], ...ties.map((edge) => [corpus.text(edge.from), corpus.text(edge.to), edge.documents.length]).sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1))],
  };
}
