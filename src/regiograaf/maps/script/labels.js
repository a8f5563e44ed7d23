// ---- labels: never over each other, the largest nodes first

const FEW = 120,
  FIRST = 40,
  ALWAYS = 12,
  GIANTS = 20,
  CELL = 48;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
function fill(words, limit) {
  const rows = [];
  for (const word of words) {
    const last = rows.length - 1;
    if (rows.length && (rows[last] + ' ' + word).length <= limit) rows[last] += ' ' + word;
    else rows.push(word);
  }
  return rows;
}
// The narrowest rows that fit; what does not fit ends in dots.
function wrap(text, limit, most) {
  const words = text.split(' '),
    shortest = Math.min(limit, Math.max(...words.map((word) => word.length)));
  for (let rows = 1; rows <= most; rows++)
    for (
      let width = Math.max(shortest, Math.ceil(text.length / rows));
      width <= (rows === 1 ? 0.8 * limit : limit);
      width++
    )
      if (fill(words, width).length <= rows) return fill(words, width);
  const all = fill(words, limit),
    kept = all.slice(0, most),
    cut = (row) => row.slice(0, limit + 3).trimEnd() + '…';
  return kept.map((row, i) => (row.length > limit + 4 || (i === most - 1 && all.length > most) ? cut(row) : row));
}
// In one row, by whole words where that leaves most of it.
function shortened(text, limit) {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1),
    space = cut.lastIndexOf(' ');
  return (space > limit / 2 ? cut.slice(0, space) : cut.trimEnd()) + '…';
}
const widths = new Map(),
  wrapped = new Map();
const rowsOf = (text, limit, most) => {
  const known = `${limit} ${most} ${text}`;
  if (!wrapped.has(known)) wrapped.set(known, wrap(text, limit, most));
  return wrapped.get(known);
};
function widthOf(context, text, font) {
  const known = font + text;
  if (!widths.has(known)) {
    context.font = font;
    widths.set(known, context.measureText(text).width);
  }
  return widths.get(known);
}
const meets = (a, b, slack = 0) =>
  a[0] < b[2] - slack && a[2] > b[0] + slack && a[1] < b[3] - slack && a[3] > b[1] + slack;
// Boxes by where they lie, so that each is compared with its neighbours only.
function field() {
  const cells = new Map();
  const each = (box, visit) => {
    for (let x = Math.floor(box[0] / CELL); x <= box[2] / CELL; x++)
      for (let y = Math.floor(box[1] / CELL); y <= box[3] / CELL; y++) if (visit(x * 65536 + y)) return true;
    return false;
  };
  return {
    add: (box) => {
      each(box, (cell) => {
        if (cells.has(cell)) cells.get(cell).push(box);
        else cells.set(cell, [box]);
      });
    },
    hit: (box) => each(box, (cell) => cells.has(cell) && cells.get(cell).some((other) => meets(box, other))),
    under: (box, slack) => {
      const found = new Set();
      each(box, (cell) => {
        for (const other of cells.get(cell) || []) if (meets(box, other, slack)) found.add(other);
      });
      return found;
    },
  };
}
// Where canvas coordinates lie in a window on the map.
const windowOn = (width, height, scale, middle) => ({
  width,
  height,
  scale,
  at: ([x, y]) => ({ x: (x - middle.x) * scale + width / 2, y: (y - middle.y) * scale + height / 2 }),
});
// The table hides the map; a figure then shows what the map showed last, or all of it.
let lastSize = null;
function mapWindow() {
  if (drawable()) lastSize = [$('net').clientWidth, $('net').clientHeight];
  if (lastSize) return windowOn(...lastSize, network.getScale(), network.getViewPosition());
  const box = extent(DATA.nodes.filter((node) => shownNodes.has(node.id))),
    scale = Math.min(1.5, 720 / Math.max(1, box.right - box.left), 560 / Math.max(1, box.bottom - box.top));
  return windowOn(840, 640, scale, { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });
}
// The order of names changes with what is shown and how large, not with every frame.
let order = null;
function labelOrder() {
  if (order) return order;
  const large = (a, b) => weight(b) - weight(a) || b.between - a.between || b.said - a.said;
  const first = (node) =>
    node === state.node || (!!state.line && (node === state.line.source || node === state.line.target));
  const shown = [...drawnThings()].sort((a, b) => first(b) - first(a) || large(a, b));
  order = {
    nodes: shown,
    nth: new Map(shown.filter((node) => isGroup(node) || !isSubject(node)).map((node, i) => [node, i])),
  };
  return order;
}
function placeLabels(context, view, blocked) {
  const { nodes, nth } = labelOrder(),
    { width, height, scale } = view,
    at = new Map(),
    dots = field(),
    giants = field(),
    taken = field(),
    placed = [],
    bands = bandsIn(view);
  for (const box of blocked) taken.add(box);
  for (const node of nodes) {
    const point = view.at(place(node));
    if (point.x < 0 || point.y < 0 || point.x > width || point.y > height) continue;
    const radius = size(node) * scale,
      box = [point.x - radius, point.y - radius, point.x + radius, point.y + radius];
    at.set(node, { ...point, radius, box });
    if (faded(node)) continue;
    dots.add(box);
    if (nth.get(node) < GIANTS) giants.add(box);
  }
  const over = hovered && thingOf(hovered),
    chosen = state.node || state.line,
    ends = state.line ? [state.line.source, state.line.target] : [state.node];
  for (const node of over && at.has(over) ? [over, ...nodes.filter((one) => one !== over)] : nodes) {
    const point = at.get(node),
      must = node === over || ends.includes(node);
    if (!point || (faded(node) && !must)) continue;
    // A name of a group covers no other.
    const rank = isGroup(node) ? FIRST : nth.has(node) ? nth.get(node) : Infinity;
    const first = !near && !must && !chosen ? Math.floor(roomOfFirst(node, view) / 6.8) : 0;
    if (!near && !must && !chosen && rank === Infinity && first < 9) continue;
    const pixels = isGroup(node) ? 11 : Math.round(width < 500 ? 11 + 3 * weight(node) : 11.5 + 4 * weight(node)),
      font = `${ends.includes(node) || (rank < ALWAYS && !chosen) ? '600 ' : ''}${pixels}px ${FONT}`;
    const { x, y, radius: r, box: own } = point,
      band = !isGroup(node) && bands.find(({ top, bottom }) => y >= top && y < bottom),
      room = band ? Math.floor((band.bottom - band.top - 2) / rowHeight(pixels)) : Infinity,
      most = Math.max(1, Math.min(room, near || rank < ALWAYS ? 3 : 2));
    const rows = isGroup(node)
      ? [...rowsOf(name(node), 15, 3), String(node.shown)]
      : must
        ? rowsOf(name(node), 26, 4)
        : first
          ? [shortened(name(node), first)]
          : rowsOf(name(node), width < 500 && most > 2 ? 15 : 21, most);
    const wide = Math.max(...rows.map((row) => widthOf(context, row, font))) + 4,
      high = rows.length * pixels * 1.18 + 2;
    const d = r * 0.72 + 2;
    // At the edge of the map a name above or below its node gives way sideways, at the edge of a layer up or down.
    const level = Math.min(Math.max(y - high / 2, band ? band.top : -Infinity), band ? band.bottom - high : Infinity);
    const middle = Math.min(Math.max(2, x - wide / 2), Math.max(2, width - 2 - wide));
    const corners = [
      [middle, y + r + 2],
      [x + r + 3, level],
      [x - r - 3 - wide, level],
      [middle, y - r - high - 2],
      [x + d, y + d - 2],
      [x - d - wide, y + d - 2],
      [x + d, y - d - high + 2],
      [x - d - wide, y - d - high + 2],
    ];
    // A group is large enough to write on.
    if (isGroup(node)) corners.unshift([x - wide / 2, y - high / 2]);
    const options = (first ? [corners[1]] : corners)
      .map(([left, top]) => [left, top, left + wide, top + high])
      // A name stays in the layer of its node.
      .filter((box) => must || !band || (box[1] > band.top - 0.5 && box[3] < band.bottom + 0.5))
      .filter((box) => must || (box[0] >= 2 && box[1] >= 2 && box[2] <= width - 2 && box[3] <= height - 2));
    // The first names may cover small nodes, as few as they can.
    const largest = must || rank < ALWAYS ? Infinity : rank < FIRST ? 12 : 0;
    let best = null,
      least = Infinity;
    for (const [i, option] of options.entries()) {
      if (taken.hit(option)) continue;
      // Over one of the largest nodes a name would be read as that node's.
      const giant = [...giants.under(option, 1)].some((dot) => dot !== own);
      if (giant && rank >= 4 && !must) continue;
      let cost = 4 * i + (giant ? 1e6 : 0);
      for (const dot of dots.under(option, 2))
        if (dot !== own) cost += dot[2] - dot[0] > largest ? Infinity : (dot[2] - dot[0]) ** 2 / 8;
      if (cost < least) {
        best = option;
        least = cost;
      }
    }
    if (!best && !must) continue;
    best = best || options[0];
    taken.add(best);
    placed.push({ node, box: best, text: rows, font, pixels, strong: weight(node) > 0.2 || must || !!chosen });
  }
  return placed;
}
const rowHeight = (pixels) => pixels * 1.18;
// Marks on lines: three dots where it is inferred, a cross where it is denied.
function marksOf(line) {
  if (isChosen() && !selected(line)) return [];
  return [
    derived(line) && 'dots',
    line.members.some((claim) => claim.denied && shownClaims.has(claim)) && 'cross',
  ].filter(Boolean);
}
const middleOf = (line) => {
  const { x, y } = network.body.edges[line.id].edgeType.getPoint(0.5);
  return [x, y];
};
const headBoxes = (context, heads) =>
  heads.map(({ text, x, y, font }) => [x - 4, y - 2, x + widthOf(context, text, font) + 4, y + 14]);
function paint(context) {
  const ratio = network.canvas.pixelRatio || devicePixelRatio || 1,
    view = mapWindow();
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.lineJoin = 'round';
  context.textBaseline = 'top';
  const corner = $('net').getBoundingClientRect(),
    zooms = document.querySelector('.zoom').getBoundingClientRect();
  const write = (text, x, y, colour) => {
    context.lineWidth = 3.5;
    context.strokeStyle = colours.paper;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  };
  const heads = headsOf(context, view);
  context.textAlign = 'left';
  for (const { text, x, y, font } of heads) {
    context.font = font;
    write(text, x, y, colours.muted);
  }
  for (const line of drawnLines())
    for (const mark of marksOf(line)) {
      const { x, y } = view.at(middleOf(line));
      context.lineWidth = 2;
      context.strokeStyle = mark === 'cross' ? colours.denied : colours.paper;
      context.fillStyle = selected(line) ? colours.accent : colours.inferred;
      if (mark === 'dots')
        for (const [left, down] of DOTS) {
          context.beginPath();
          context.arc(x + left, y + down, 2, 0, 7);
          context.stroke();
          context.fill();
        }
      else {
        context.beginPath();
        context.moveTo(x - 4, y - 4);
        context.lineTo(x + 4, y + 4);
        context.moveTo(x - 4, y + 4);
        context.lineTo(x + 4, y - 4);
        context.stroke();
      }
    }
  if (near !== isNear() || grain !== grainNow()) setTimeout(drawAll);
  labels = placeLabels(context, view, [
    [zooms.left - corner.left, zooms.top - corner.top, zooms.right - corner.left, zooms.bottom - corner.top],
    ...headBoxes(context, heads),
  ]);
  paintCounts(context, view);
  context.textAlign = 'center';
  for (const { box, text, font, pixels, strong } of labels) {
    context.font = font;
    text.forEach((row, i) =>
      write(row, (box[0] + box[2]) / 2, box[1] + 1 + i * rowHeight(pixels), strong ? colours.ink : colours.muted),
    );
  }
  context.restore();
}
