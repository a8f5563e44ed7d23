// ---- the map

let colours = {},
  network = null,
  hovered = null,
  labels = [],
  unit = 1,
  whole = 1,
  near = true,
  grain = 1;
const boxes = new vis.DataSet(),
  lines = new vis.DataSet(),
  drawn = new Map();
// A layout is stretched to the shape of the panel, within reason.
let stretch = [1, 1];
const place = (node) => {
  const [x, y] = node[state.layout];
  return [x * stretch[0], y * stretch[1]];
};
function readColours() {
  const probe = make('span'),
    styles = getComputedStyle(document.documentElement);
  document.body.append(probe);
  for (const property of [
    'paper',
    'ink',
    'muted',
    'edge',
    'accent',
    'band',
    'sunk',
    'denied',
    'inferred',
    'group',
    ...Object.keys(SHAPES),
  ]) {
    // A canvas does not know light-dark(): let the browser work the colour out.
    probe.style.color = `var(--${property})`;
    colours[property] = getComputedStyle(probe).color;
  }
  probe.remove();
  $('b-dark').setAttribute('aria-pressed', isDark());
  return styles;
}
const isDark = () => (state.theme ? state.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
const weight = (node) => Math.sqrt(isGroup(node) ? node.shown / largestGroup : MEASURES[state.size](node));
// Subjects are many and are what things are about, not who acts: they stay small.
const isSubject = (node) => KNOWN(node.family) === 'onderwerp';
const size = (node) =>
  isGroup(node)
    ? groupSize(node)
    : (isSubject(node) ? (near ? 3.4 : 2.6) + 6 * weight(node) : 5.5 + 17.5 * weight(node)) * unit * grain ** 0.4;
const faded = (node) =>
  isGroup(node)
    ? groupFaded(node)
    : state.line
      ? node !== state.line.members[0].source && node !== state.line.members[0].target
      : !!state.node && node !== state.node && !beside.has(node.id);
// Something is chosen: the rest is pale.
const isChosen = () => !!(state.node || state.line || state.group || state.bundle);
const selected = (line) =>
  line === state.line || (!!state.node && (line.from === state.node.id || line.to === state.node.id));
function boxOf(node) {
  const colour = colours[KNOWN(node.family)],
    hollow = KNOWN(node.family) === 'onderwerp' || !THERE.has(node.status),
    [x, y] = place(node);
  return {
    id: node.id,
    x,
    y,
    shape: SHAPES[KNOWN(node.family)],
    size: size(node),
    hidden: !shownNodes.has(node.id),
    opacity: faded(node) ? 0.15 : 1,
    // vis keeps a border as wide as this on the screen, and its dashes as long as this on the map.
    borderWidth: node === state.node ? 4 : hollow ? (near ? 2 : Math.min(1.4, 0.4 * size(node) * whole)) : 1,
    color: {
      background: hollow ? colours.paper : colour,
      border: node === state.node ? colours.ink : hollow ? colour : colours.paper,
    },
    shapeProperties: { borderDashes: THERE.has(node.status) ? false : [0.6 * size(node), 0.45 * size(node)] },
    title: `${name(node)} – ${kindOf(node)}${THERE.has(node.status) ? '' : ', ' + statusOf(node)}`,
  };
}
// Lines between the same two bend away from each other; of many lines those that are alone are straight, which draws faster.
const PARALLEL = new Map(),
  CURVED = 500;
for (const line of LINES.values()) {
  const pair = line.from + ' ' + line.to;
  line.nth = PARALLEL.get(pair) || 0;
  PARALLEL.set(pair, line.nth + 1);
}
const bendOfLine = (line) =>
  LINES.size > CURVED &&
  line.from !== line.to &&
  PARALLEL.get(line.from + ' ' + line.to) === 1 &&
  !PARALLEL.has(line.to + ' ' + line.from)
    ? false
    : { enabled: true, type: 'curvedCW', roundness: 0.08 + 0.09 * line.nth };
function lineOf(line) {
  const members = line.members.filter((claim) => shownClaims.has(claim)),
    style = styleOf(line.modality),
    on = selected(line);
  const first = members[0] || line.members[0],
    more = members.length > 1 ? ` (+${members.length - 1})` : '';
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    hidden: !members.length,
    dashes: style.dashes && style.dashes.map((length) => length * unit * grain),
    width:
      (style.width * (near || on ? 1 : 0.8) + Math.min(members.length - 1, 5) * 0.7 + (line === state.line ? 1 : 0)) *
      Math.sqrt(unit) *
      grain,
    arrows: { to: { enabled: near || on, scaleFactor: 0.5 * Math.sqrt(unit) * grain } },
    color: {
      color: on ? colours.accent : derived(line) ? colours.inferred : colours.edge,
      opacity: on ? 1 : paleLine(line) ? 0.1 : near ? 1 : isSubject(line.source) || isSubject(line.target) ? 0.38 : 0.8,
    },
    smooth: bendOfLine(line),
    title: `${name(first.source)} ${first[state.language]} ${name(first.target)} – ${MODALITIES.get(line.modality)[state.language]}${derived(line) ? ', ' + ORIGINS.get(line.members[0].origin)[state.language] : ''}${more}`,
  };
}
function extent(nodes) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const node of nodes) {
    const [x, y] = place(node);
    if (x < box.left) box.left = x;
    if (x > box.right) box.right = x;
    if (y < box.top) box.top = y;
    if (y > box.bottom) box.bottom = y;
  }
  return box;
}
// Of all nodes, which is asked for with every frame.
let extentKnown = {};
function wholeExtent() {
  if (extentKnown.layout !== state.layout || extentKnown.stretch !== stretch)
    extentKnown = { layout: state.layout, stretch, box: extent(DATA.nodes) };
  return { ...extentKnown.box };
}
// What nodes take with the bands that they stand in, and the room of the panel for it.
function framed(nodes) {
  const box = nodes === DATA.nodes ? wholeExtent() : extent(nodes),
    layered = state.layout === 'lagen';
  if (layered) {
    box.left = Math.min(box.left, bandLeft());
    box.right = Math.max(box.right, bandRight());
    box.top -= HEAD * stretch[1];
    box.bottom += FOOT * stretch[1];
  }
  const left = layered ? 12 : 40,
    right = layered ? 56 : 40,
    above = layered ? 8 : 28,
    below = layered ? 12 : 34;
  const under = covered(),
    wide = ($('net').clientWidth - left - right) / Math.max(1, box.right - box.left),
    high = ($('net').clientHeight - under - above - below) / Math.max(1, box.bottom - box.top);
  return { box, left, right, above, below, under, wide, high };
}
function frame(nodes) {
  const { box, left, right, above, below, under, wide, high } = framed(nodes),
    scale = Math.min(1.5, wide, high);
  return {
    scale,
    position: {
      x: (box.left + box.right + (right - left) / scale) / 2,
      y: (box.top + box.bottom + (below + under - above) / scale) / 2,
    },
  };
}
const drawable = () => $('net').clientWidth > 160 && $('net').clientHeight > 140;
function fit(moving = true) {
  const nodes = DATA.nodes.filter((node) => shownNodes.has(node.id));
  if (nodes.length && drawable())
    network.moveTo({ ...frame(nodes), animation: moving && !CALM ? { duration: 300 } : false });
}
function measureUnit() {
  // Shapes are drawn larger where the whole map must be shrunk a lot, so that small nodes stay visible.
  unit = 1;
  stretch = [1, 1];
  if (DATA.nodes.length && drawable()) {
    const { wide, high } = framed(DATA.nodes);
    const s = Math.min(1.35, Math.max(0.74, Math.sqrt(wide / high)));
    stretch = [s, 1 / s];
    whole = frame(DATA.nodes).scale;
    unit = Math.min(1.8, Math.max(1, 0.75 / whole));
  }
}
// Lines and nodes do not grow as fast as the map that is zoomed in on.
const grainNow = () => {
  const zoomed = network ? network.getScale() / whole : 1;
  return zoomed < 1.7 ? 1 : zoomed < 2.8 ? 0.6 : zoomed < 5 ? 0.36 : 0.22;
};
// From afar a large map is read by who acts: arrows and the names of subjects come with zooming in.
const isNear = () => drawnThings().length <= FEW || (!!network && network.getScale() > 1.3 * whole);
