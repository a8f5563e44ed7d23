'use strict';
// A small drawing of triples between things: circles by a spring layout, the same at every time, names beside them.
window.regiograafGraph = (() => {
  const MOST = 50;
  const LETTERS = 30;
  const SVG = 'http://www.w3.org/2000/svg';
  const make = (name, attributes, parent) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (parent) parent.append(element);
    return element;
  };

  /** The nodes with most relations, and the relations between them. */
  const pick = (rows) => {
    const ties = rows.filter(([subject, , object]) => subject.type !== 'literal' && object.type !== 'literal' && object.type !== 'triple'
      && subject.value !== object.value);
    const degree = new Map();
    for (const [subject, , object] of ties) {
      for (const { value } of [subject, object]) degree.set(value, (degree.get(value) || 0) + 1);
    }
    const nodes = [...degree.keys()].sort((a, b) => degree.get(b) - degree.get(a) || (a < b ? -1 : 1)).slice(0, MOST);
    const place = new Map(nodes.map((node, i) => [node, i]));
    const kept = ties.filter(([subject, , object]) => place.has(subject.value) && place.has(object.value));
    return { nodes, all: degree.size, ties: kept.map(([s, p, o]) => [place.get(s.value), p.value, place.get(o.value)]) };
  };

  /** Places by Fruchterman and Reingold's springs, from a spiral. */
  const layout = (count, ties, width, height) => {
    const side = Math.sqrt((width * height) / Math.max(1, count)) * 0.75;
    const at = Array.from({ length: count }, (_, i) => {
      const [turn, out] = [i * 2.399963, Math.sqrt((i + 0.5) / count) * 0.45];
      return [width * (0.5 + out * Math.cos(turn)), height * (0.5 + out * Math.sin(turn))];
    });
    for (let step = 0; step < 300; step += 1) {
      const heat = (width / 12) * (1 - step / 300);
      const move = at.map(() => [0, 0]);
      const push = (i, j, force) => {
        const [dx, dy] = [at[i][0] - at[j][0] || 0.01, (at[i][1] - at[j][1]) || 0.01];
        const far = Math.hypot(dx, dy);
        const strength = force(far) / far;
        move[i][0] += dx * strength; move[i][1] += dy * strength;
        move[j][0] -= dx * strength; move[j][1] -= dy * strength;
      };
      for (let i = 0; i < count; i += 1) for (let j = 0; j < i; j += 1) push(i, j, (far) => (side * side) / far);
      for (const [i, , j] of ties) push(i, j, (far) => -(far * far) / side);
      at.forEach((point, i) => {
        const far = Math.hypot(...move[i]) || 1;
        point[0] = Math.min(width - 90, Math.max(90, point[0] + (move[i][0] / far) * Math.min(far, heat)));
        point[1] = Math.min(height - 22, Math.max(22, point[1] + (move[i][1] / far) * Math.min(far, heat)));
      });
    }
    return at;
  };

  const clipped = (words) => (words.length > LETTERS ? `${words.slice(0, LETTERS - 2).trimEnd()} …` : words);

  /** The same places over the whole area, and then so far apart that names do not lie over each other. */
  const spread = (at, texts, width, height) => {
    const wide = texts.map((text) => Math.max(40, text.length * 7.2));
    for (const [axis, from, to] of [[0, 105, width - 105], [1, 30, height - 16]]) {
      const all = at.map((point) => point[axis]);
      const [low, high] = [Math.min(...all), Math.max(...all)];
      at.forEach((point) => { point[axis] = high > low ? from + ((point[axis] - low) / (high - low)) * (to - from) : (from + to) / 2; });
    }
    for (let round = 0; round < 200; round += 1) {
      let moved = false;
      for (let i = 0; i < at.length; i += 1) {
        for (let j = 0; j < i; j += 1) {
          const [dx, dy] = [at[i][0] - at[j][0], at[i][1] - at[j][1]];
          if (Math.abs(dx) >= (wide[i] + wide[j]) / 2 || Math.abs(dy) >= 27) continue;
          const push = (27.5 - Math.abs(dy)) / 2;
          const sign = dy > 0 || (dy === 0 && i > j) ? 1 : -1;
          at[i][1] = Math.min(height - 16, Math.max(30, at[i][1] + sign * push));
          at[j][1] = Math.min(height - 16, Math.max(30, at[j][1] - sign * push));
          moved = true;
        }
      }
      if (!moved) break;
    }
    return at;
  };

  /** Draw into a figure; `name` gives the words of an IRI, `address` its page or null. Returns what was drawn. */
  const draw = (figure, rows, name, address, title) => {
    const { nodes, ties, all } = pick(rows);
    figure.replaceChildren();
    if (!nodes.length) return { nodes: 0, ties: 0, all };
    const [width, height] = [980, 200 + nodes.length * 14];
    const at = spread(layout(nodes.length, ties, width, height), nodes.map((iri) => clipped(name(iri))), width, height);
    const svg = make('svg', { viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': title }, figure);
    const marker = make('marker', { id: 'tip', viewBox: '0 0 10 10', refX: 10, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto' }, make('defs', {}, svg));
    make('path', { d: 'M0 0 10 5 0 10z', class: 'tip' }, marker);
    for (const [from, relation, to] of ties) {
      const [[x, y], [u, v]] = [at[from], at[to]];
      const far = Math.hypot(u - x, v - y) || 1;
      const [dx, dy] = [(u - x) / far, (v - y) / far];
      const line = make('line', { x1: x + dx * 7, y1: y + dy * 7, x2: u - dx * 9, y2: v - dy * 9, class: 'tie', 'marker-end': 'url(#tip)' }, svg);
      make('title', {}, line).textContent = `${name(nodes[from])} ${name(relation)} ${name(nodes[to])}`;
      if (ties.length <= 40) make('text', { x: (x + u) / 2, y: (y + v) / 2 - 3, class: 'how' }, svg).textContent = name(relation);
    }
    nodes.forEach((iri, i) => {
      const page = address(iri);
      const node = page ? make('a', { href: page }, svg) : make('g', {}, svg);
      const words = name(iri);
      make('circle', { cx: at[i][0], cy: at[i][1], r: 6, class: 'dot' }, node);
      make('text', { x: at[i][0], y: at[i][1] - 10, class: 'node' }, node).textContent = clipped(words);
      make('title', {}, node).textContent = words;
    });
    return { nodes: nodes.length, ties: ties.length, all };
  };

  return { draw };
})();
