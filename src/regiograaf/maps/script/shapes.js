// ---- small things to draw with

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'text') element.textContent = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};
// Words of the letters, which exist in Dutch only.
const dutch = (tag, attributes, ...children) =>
  make(tag, { lang: state.language === 'nl' ? null : 'nl', ...attributes }, ...children);
const SVG = 'http://www.w3.org/2000/svg';
const vector = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'text') element.textContent = value;
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
};
const icon = (width, height, box, ...parts) =>
  vector('svg', { width, height, viewBox: box, 'aria-hidden': 'true' }, ...parts);
const SHAPES = {
  overheid: 'square',
  regio: 'dot',
  maatschappij: 'triangle',
  bedrijf: 'diamond',
  programma: 'hexagon',
  onderwerp: 'dot',
};
const PATHS = {
  dot: 'M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0',
  square: 'M-5-5H5V5H-5z',
  diamond: 'M0-7L7 0 0 7-7 0z',
  triangle: 'M0-6.5L6.5 5h-13z',
  hexagon: 'M6.5 0L3.25 5.6h-6.5L-6.5 0l3.25-5.6h6.5z',
};
const KNOWN = (family) => (Object.hasOwn(SHAPES, family) ? family : 'onderwerp');
const shape = (family, there = true) => {
  const colour = 'var(--' + KNOWN(family) + ')',
    ring = KNOWN(family) === 'onderwerp';
  return icon(
    16,
    16,
    '-8 -8 16 16',
    vector('path', {
      d: PATHS[SHAPES[KNOWN(family)]],
      style: `fill:${ring || !there ? 'none' : colour};stroke:${colour};stroke-width:${ring ? 2.5 : 1.3};stroke-dasharray:${there ? 'none' : '2.5 2'}`,
    }),
  );
};
const outline = (there) =>
  icon(
    16,
    16,
    '-8 -8 16 16',
    vector('path', {
      d: PATHS.square,
      style: `fill:none;stroke:var(--muted);stroke-width:1.6;stroke-dasharray:${there ? 'none' : '2.5 2'}`,
    }),
  );
const STYLES = {
  thick: { width: 2.6, dashes: false },
  solid: { width: 1.2, dashes: false },
  dash: { width: 1.3, dashes: [9, 5] },
  dot: { width: 1.4, dashes: [2, 4] },
  dashdot: { width: 1.3, dashes: [10, 4, 2, 4] },
};
const styleOf = (modality) => {
  const style = MODALITIES.has(modality) ? MODALITIES.get(modality).style : 'solid';
  return Object.hasOwn(STYLES, style) ? STYLES[style] : STYLES.solid;
};
const DOTS = [
  [-3.5, 2],
  [3.5, 2],
  [0, -4],
];
const sample = (modality, inferred = false) => {
  const { width, dashes } = styleOf(modality);
  if (inferred)
    return icon(
      34,
      14,
      '0 0 34 14',
      vector('path', {
        d: 'M0 7H11M23 7H34' + DOTS.map(([x, y]) => `M${17 + x} ${8 + y}h.01`).join(''),
        style: 'stroke:var(--inferred);stroke-width:1.6;stroke-linecap:round;',
      }),
    );
  return icon(
    34,
    10,
    '0 0 34 10',
    vector('line', {
      x1: 0,
      x2: 34,
      y1: 5,
      y2: 5,
      style: `stroke:var(--ink);stroke-width:${width === 2.6 ? 3.2 : 1.6};stroke-dasharray:${dashes ? dashes.join(' ') : 'none'}`,
    }),
  );
};
const name = (node) => (state.language === 'en' && node.label_en) || node.label;
const kindOf = (node) => (state.language === 'en' && node.kind_en) || node.kind_nl;
const statusOf = (node) =>
  STATUSES.get(node.status)[state.language] +
  (THERE.has(node.status) || node.status === 'beeindigd' ? '' : ', ' + t('notYet'));
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
// No letter says it as such: it was inferred, or a query put it together.
const derived = (line) => line.inferred || !!line.query;
const sentence = (claim) => `${name(claim.source)} ${claim[state.language]} ${name(claim.target)}`;
