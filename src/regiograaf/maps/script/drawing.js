// ---- the map

let colours = {}, network = null, hovered = null, labels = [], unit = 1, whole = 1, near = true;
const boxes = new vis.DataSet(), lines = new vis.DataSet(), drawn = new Map();
const place = (node) => node[state.layout];
function readColours() {
  const probe = make('span'), styles = getComputedStyle(document.documentElement);
  document.body.append(probe);
  for (const property of ['paper', 'ink', 'muted', 'edge', 'accent', 'band', 'denied', 'inferred', ...Object.keys(SHAPES)]) {
    // A canvas does not know light-dark(): let the browser work the colour out.
    probe.style.color = `var(--${property})`;
    colours[property] = getComputedStyle(probe).color;
  }
  probe.remove();
  $('b-dark').setAttribute('aria-pressed', isDark());
  return styles;
}
const isDark = () => state.theme ? state.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
const weight = (node) => state.size === 'gelijk' ? 0.15 : Math.sqrt(state.size === 'relaties' ? node.said / MOST : KNOWN(node.family) === 'onderwerp' ? node.said / MOST / 2 : node.between);
// Subjects are many and are what things are about, not who acts: they stay small.
const size = (node) => (KNOWN(node.family) === 'onderwerp' ? 3.2 + 6 * weight(node) : 5.5 + 17.5 * weight(node)) * unit;
const faded = (node) => state.line ? node !== state.line.members[0].source && node !== state.line.members[0].target : !!state.node && node !== state.node && !beside.has(node.id);
const selected = (line) => line === state.line || !!state.node && (line.from === state.node.id || line.to === state.node.id);
function boxOf(node) {
  const colour = colours[KNOWN(node.family)], hollow = KNOWN(node.family) === 'onderwerp' || !THERE.has(node.status), [x, y] = place(node);
  return {
    id: node.id, x, y, shape: SHAPES[KNOWN(node.family)], size: size(node), hidden: !shownNodes.has(node.id), opacity: faded(node) ? 0.15 : 1,
    borderWidth: (node === state.node ? 4 : KNOWN(node.family) === 'onderwerp' ? 1.3 : hollow ? 1.7 : 1) * unit,
    color: { background: hollow ? colours.paper : colour, border: node === state.node ? colours.ink : hollow ? colour : colours.paper },
    shapeProperties: { borderDashes: THERE.has(node.status) ? false : [4 * unit, 3 * unit] },
    title: `${name(node)} – ${kindOf(node)}${THERE.has(node.status) ? '' : ', ' + statusOf(node)}`,
  };
}
const PARALLEL = new Map();
for (const line of LINES.values()) {
  const pair = line.from + ' ' + line.to;
  line.nth = PARALLEL.get(pair) || 0;
  PARALLEL.set(pair, line.nth + 1);
}
function lineOf(line) {
  const members = line.members.filter((claim) => shownClaims.has(claim)), style = styleOf(line.modality), on = selected(line);
  const first = members[0] || line.members[0], more = members.length > 1 ? ` (+${members.length - 1})` : '';
  return {
    id: line.id, from: line.from, to: line.to, hidden: !members.length, dashes: style.dashes && style.dashes.map((length) => length * unit),
    width: (style.width * (near || on ? 1 : 0.8) + Math.min(members.length - 1, 5) * 0.7 + (line === state.line ? 1 : 0)) * Math.sqrt(unit),
    arrows: { to: { enabled: near || on, scaleFactor: 0.42 * Math.sqrt(unit) } },
    color: { color: on ? colours.accent : line.inferred ? colours.inferred : colours.edge, opacity: (state.node || state.line) && !on ? 0.12 : 1 },
    smooth: { enabled: true, type: 'curvedCW', roundness: 0.08 + 0.09 * line.nth },
    title: `${name(first.source)} ${first[state.language]} ${name(first.target)} – ${MODALITIES.get(line.modality)[state.language]}${line.inferred ? ', ' + t('inferred') : ''}${more}`,
  };
}
function update(set, things) {
  // Rewriting what did not change is what makes a click slow.
  const changed = things.filter((thing) => { const signature = JSON.stringify(thing); if (drawn.get(thing.id) === signature) return false; drawn.set(thing.id, signature); return true; });
  if (changed.length) set.update(changed);
}
const extent = (nodes) => {
  const xs = nodes.map((node) => place(node)[0]), ys = nodes.map((node) => place(node)[1]);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
};
const bandLeft = () => extent(DATA.nodes).left - 70 * unit;
function frame(nodes) {
  const width = $('net').clientWidth, height = $('net').clientHeight, box = extent(nodes);
  const layered = state.layout === 'lagen';
  if (layered) box.left = Math.min(box.left, bandLeft());
  const left = layered ? 24 : 40, right = 62, above = layered ? 64 : 42, below = layered ? 44 : 30;
  const scale = Math.min(1.5, (width - left - right) / Math.max(1, box.right - box.left), (height - above - below) / Math.max(1, box.bottom - box.top));
  return { scale, position: { x: (box.left + box.right + (right - left) / scale) / 2, y: (box.top + box.bottom + (below - above) / scale) / 2 } };
}
const drawable = () => $('net').clientWidth > 160 && $('net').clientHeight > 140;
function fit(moving = true) {
  const nodes = DATA.nodes.filter((node) => shownNodes.has(node.id));
  if (nodes.length && drawable()) network.moveTo({ ...frame(nodes), animation: moving && !CALM ? { duration: 300 } : false });
}
function measureUnit() {
  // Shapes are drawn larger where the whole map must be shrunk a lot, so that small nodes stay visible.
  unit = 1;
  if (DATA.nodes.length && drawable()) { whole = frame(DATA.nodes).scale; unit = Math.min(1.8, Math.max(1, 0.75 / whole)); }
}
// From afar a large map is read by who acts: arrows and the names of subjects come with zooming in.
const isNear = () => shownNodes.size <= FEW || !!network && network.getScale() > 1.3 * whole;
