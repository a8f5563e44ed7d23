// ---- groups: what a map of thousands of nodes opens with (groups.py says which)

const FLAT = 1500,
  BUNDLES = 400;
class Group {
  constructor(layout, nth) {
    this.id = `${layout === LAYOUTS[0] ? 'g' : 'l'}${nth}`;
    this.layout = layout;
    this.members = [];
  }
  get key() {
    return this.id;
  }
  // A group is called after its most connected member.
  get named() {
    return (
      this.first ||
      (this.first = [...this.members].sort(
        (a, b) => isSubject(a) - isSubject(b) || b.between - a.between || b.said - a.said,
      ))
    );
  }
  get label() {
    return this.named[0].label + ' e.a.';
  }
  get label_en() {
    return (this.named[0].label_en || this.named[0].label) + ' et al.';
  }
  get frame() {
    if (!this.corners) {
      const along = (axis) => this.members.map((node) => node[this.layout][axis]).sort((a, b) => a - b),
        ends = (list) => [list[0] - 26, list[list.length - 1] + 26];
      this.corners = [ends(along(0)), ends(along(1))];
    }
    return this.corners;
  }
}
const GROUPS = new Map();
for (const [layout, code] of Object.entries(PAGE.groups)) {
  const found = [];
  numbers(code).forEach((nth, i) => {
    (found[nth] = found[nth] || new Group(layout, nth)).members.push(DATA.nodes[i]);
  });
  for (const group of found) group[layout] = group.frame.map(([low, high]) => (low + high) / 2);
  GROUPS.set(layout, {
    list: found,
    of: new Map(found.flatMap((group) => group.members.map((node) => [node, group]))),
  });
}
const GROUP_IDS = new Map([...GROUPS.values()].flatMap(({ list }) => list.map((group) => [group.id, group])));
const largestGroup = Math.max(1, ...[...GROUP_IDS.values()].map((group) => group.members.length));
const openGroups = new Set(),
  bundles = new Map();
let closed = [],
  drawnNodes = [],
  linesDrawn = new Set();
const isGroup = (thing) => thing instanceof Group;
const thingOf = (id) => NODES.get(id) || GROUP_IDS.get(id) || null;
const isGrouped = () => GROUPS.has(state.layout) && shownNodes.size > FLAT;
const groupOf = (node) => GROUPS.get(state.layout).of.get(node);
// What is on the map: nodes, and the groups that are closed.
const drawnThings = () => (closed.length ? [...drawnNodes, ...closed] : drawnNodes);
const drawnLines = () => linesDrawn;

// What is chosen is in an open group; of the others the one that was opened longest ago makes room.
function openNeeded() {
  const chosen = state.line ? [state.line.source, state.line.target] : state.node ? [state.node] : [],
    needed = new Set(chosen.map(groupOf));
  if (openGroups.has(state.group)) needed.add(state.group);
  for (const group of needed) {
    openGroups.delete(group);
    openGroups.add(group);
  }
  let room = FLAT;
  for (const group of [...openGroups].reverse()) {
    if (group.layout !== state.layout) continue;
    room -= group.members.length;
    if (room < 0 && !needed.has(group)) openGroups.delete(group);
  }
}
// Lines that end in a closed group come together: one for each pair of what is on the map.
function bundleLines(inClosed) {
  for (const line of shownLines) {
    const from = inClosed.get(line.from) || line.source,
      to = inClosed.get(line.to) || line.target;
    if (!isGroup(from) && !isGroup(to)) linesDrawn.add(line);
    else if (from !== to) {
      const id = pairOf(from, to);
      if (!bundles.has(id)) bundles.set(id, { id, ends: from.id < to.id ? [from, to] : [to, from], lines: [] });
      bundles.get(id).lines.push(line);
    }
  }
  state.bundle = (state.bundle && bundles.get(state.bundle.id)) || null;
  // The widest are drawn, and those of what the reader has chosen.
  const must = (bundle) => bundle === state.bundle || touchesChosen(bundle),
    ordered = [...bundles.values()].sort((a, b) => b.lines.length - a.lines.length || (a.id < b.id ? -1 : 1));
  for (const bundle of ordered.slice(BUNDLES)) if (!must(bundle)) bundles.delete(bundle.id);
}
function arrange() {
  bundles.clear();
  closed = [];
  if (!isGrouped()) {
    state.group = state.bundle = null;
    drawnNodes = DATA.nodes.filter((node) => shownNodes.has(node.id));
    linesDrawn = shownLines;
    return;
  }
  if (state.group && state.group.layout !== state.layout) state.group = null;
  openNeeded();
  drawnNodes = [];
  linesDrawn = new Set();
  const inClosed = new Map();
  for (const group of GROUPS.get(state.layout).list) {
    const members = group.members.filter((node) => shownNodes.has(node.id));
    group.shown = members.length;
    if (openGroups.has(group)) drawnNodes.push(...members);
    else if (members.length) {
      closed.push(group);
      for (const node of members) inClosed.set(node.id, group);
    }
  }
  bundleLines(inClosed);
}
const touchesChosen = ({ ends }) => ends.includes(state.node || state.group || null);
const claimsOf = (bundle) => bundle.lines.flatMap((line) => line.members.filter((claim) => shownClaims.has(claim)));
const paleLine = (line) =>
  state.group ? groupOf(line.source) !== state.group || groupOf(line.target) !== state.group : isChosen();
const groupFaded = (group) =>
  state.line
    ? true
    : state.node
      ? !bundles.has(pairOf(group, state.node))
      : !!state.group && group !== state.group && !bundles.has(pairOf(group, state.group));
const pairOf = (a, b) => (a.id < b.id ? `${a.id} ${b.id}` : `${b.id} ${a.id}`);
const groupSize = (group) => 15 * Math.sqrt(group.shown);
function groupBox(group) {
  const [x, y] = place(group);
  return {
    id: group.id,
    x,
    y,
    shape: 'dot',
    size: groupSize(group),
    hidden: false,
    opacity: groupFaded(group) ? 0.2 : 1,
    borderWidth: group === state.group ? 4 : 1.6,
    color: { background: colours.group, border: group === state.group ? colours.ink : colours.accent },
    shapeProperties: { borderDashes: false },
    title: `${name(group)} – ${t('groupOf')(group.shown)}`,
  };
}
function bundleLine(bundle) {
  const [from, to] = bundle.ends,
    on = bundle === state.bundle || touchesChosen(bundle),
    count = bundle.lines.length;
  return {
    id: bundle.id,
    from: from.id,
    to: to.id,
    hidden: false,
    dashes: false,
    width:
      Math.min(14, 0.6 + Math.sqrt(count)) *
      (closed.includes(from) && closed.includes(to) ? 1.6 : 1) *
      Math.sqrt(unit) *
      grain,
    arrows: { to: { enabled: false, scaleFactor: 1 } },
    color: {
      color: on ? colours.accent : colours.edge,
      opacity: on ? 0.9 : state.node || state.line || state.group || state.bundle ? 0.1 : 0.35,
    },
    smooth: false,
    title: `${name(from)} – ${name(to)}: ${t('inBundle')(claimsOf(bundle).length)}`,
  };
}
// What is added later lies on top: small nodes on large ones.
const BACK_TO_FRONT = [...DATA.nodes].sort((a, b) => b.between - a.between);
const allBoxes = () => (GROUPS.size ? [...closed.map(groupBox), ...drawnNodes.map(boxOf)] : BACK_TO_FRONT.map(boxOf));
const allLines = () =>
  GROUPS.size ? [...[...bundles.values()].map(bundleLine), ...[...linesDrawn].map(lineOf)] : DATA.edges.map(lineOf);
function drawThings() {
  const nodes = allBoxes(),
    strokes = allLines(),
    { renderer } = network;
  // vis would draw in between, when only half of it is there.
  renderer.allowRedraw = false;
  if (GROUPS.size) {
    forget(lines, strokes);
    forget(boxes, nodes);
  }
  update(boxes, nodes);
  update(lines, strokes);
  renderer.allowRedraw = true;
  renderer.redrawRequested = false;
}
function frameOf(group) {
  const [[left, right], [top, bottom]] = group.frame.map((ends, axis) => ends.map((at) => at * stretch[axis]));
  return { left, right, top, bottom };
}
function openGroup(group, move = true) {
  openGroups.add(group);
  openSheet('detail');
  fitToPanel();
  // At once, and before anything is drawn: gliding there draws a full map twenty times.
  if (move && drawable()) {
    const { left, right, top, bottom } = frameOf(group),
      { clientWidth: wide, clientHeight: high } = $('net');
    network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 },
      offset: { x: 0, y: -covered() / 2 },
      scale: Math.min(1.5, 0.8 * Math.min(wide / (right - left), (high - covered()) / (bottom - top))),
      animation: false,
    });
  }
  chooseGroup(group);
}
function closeGroup(group) {
  openGroups.delete(group);
  if (state.node && groupOf(state.node) === group) {
    state.node = null;
    state.steps = 0;
  }
  if (state.line && [state.line.source, state.line.target].some((node) => groupOf(node) === group))
    state.line = state.claim = null;
  chooseGroup(group);
}
function chooseGroup(group) {
  hideTooltip();
  state.node = state.line = state.claim = state.bundle = null;
  state.steps = 0;
  state.group = group;
  refresh();
  openSheet('detail');
  say(`${name(group)}, ${t('groupOf')(group.shown)}`);
}
function chooseBundle(bundle) {
  hideTooltip();
  state.node = state.line = state.claim = state.group = null;
  state.steps = 0;
  state.bundle = bundle;
  refresh();
  openSheet('detail');
  say(`${bundle.ends.map(name).join(' – ')}, ${t('inBundle')(claimsOf(bundle).length)}`);
}
const LONG = 60;
const chooseThing = (thing) => (isGroup(thing) ? chooseGroup(thing) : select(thing));
const thingLink = (thing) =>
  make('button', {
    type: 'button',
    class: 'link',
    text: name(thing),
    onclick: () => (isGroup(thing) ? chooseGroup(thing) : select(thing, true)),
  });
const rest = (number) => (number > 0 ? make('p', { class: 'note', text: t('andMore')(number) }) : null);
function groupCard(group) {
  const open = openGroups.has(group),
    shown = group.named.filter((node) => shownNodes.has(node.id)),
    ties = [...bundles.values()]
      .filter((bundle) => bundle.ends.includes(group))
      .sort((a, b) => b.lines.length - a.lines.length);
  const toggle = make('button', {
    type: 'button',
    'data-group': group.id,
    'aria-expanded': open,
    text: t(open ? 'closeGroup' : 'openGroup'),
    onclick: () => {
      if (open) closeGroup(group);
      else openGroup(group);
      $('card').querySelector('[data-group]').focus();
    },
  });
  return [
    heading(name(group)),
    make('p', { class: 'tags' }, tag(t('groupOf')(group.shown))),
    make('p', { class: 'tools' }, toggle),
    make('h3', { text: t('members') }),
    make(
      'ul',
      { class: 'claims' },
      ...shown
        .slice(0, LONG)
        .map((node) => make('li', {}, shape(node.family, THERE.has(node.status)), thingLink(node))),
    ),
    rest(shown.length - LONG),
    ties.length ? make('h3', { text: t('ties') }) : null,
    make(
      'ul',
      { class: 'claims' },
      ...ties
        .slice(0, LONG)
        .map((bundle) =>
          make(
            'li',
            {},
            thingLink(bundle.ends.find((end) => end !== group)),
            make('span', { class: 'count', text: bundle.lines.length }),
          ),
        ),
    ),
    rest(ties.length - LONG),
  ];
}
function bundleCard(bundle) {
  const claims = claimsOf(bundle);
  return [
    heading(bundle.ends.map(name).join(' – ')),
    make('p', { class: 'note', text: t('inBundle')(claims.length) }),
    make('ul', { class: 'claims' }, ...claims.slice(0, LONG).map((claim) => claimLink(claim, null))),
    rest(claims.length - LONG),
  ];
}
// Outlines of open groups, and what they are called.
const groupFrames = () =>
  isGrouped()
    ? [...openGroups].filter((group) => group.layout === state.layout).map((group) => ({ group, ...frameOf(group) }))
    : [];
function paintGroups(context) {
  context.lineWidth = 1.5 / network.getScale();
  context.strokeStyle = colours.accent;
  context.fillStyle = colours.group;
  for (const { left, right, top, bottom } of groupFrames()) {
    context.beginPath();
    context.roundRect(left, top, right - left, bottom - top, 24);
    context.globalAlpha = 0.5;
    context.fill();
    context.globalAlpha = 1;
    context.stroke();
  }
}
// How many nodes are in each closed group, where that fits in its disc.
function paintCounts(context, view) {
  context.textAlign = 'center';
  context.fillStyle = colours.ink;
  context.font = `12px ${FONT}`;
  const named = new Set(labels.map(({ node }) => node));
  for (const group of closed) {
    if (named.has(group)) continue;
    const { x, y } = view.at(place(group));
    if (!groupFaded(group) && groupSize(group) * view.scale > 11) context.fillText(group.shown, x, y - 6);
  }
}
const groupHeads = (view) =>
  groupFrames().map(({ group, left, top }) => {
    const { x, y } = view.at([left, top]);
    return { text: name(group), x, y: y - 18, group };
  });
