// ---- labels: never over each other, the most central first

const FEW = 120, FIRST = 40, ALWAYS = 12;
const wrap = (text, longest) => {
  if (text.length <= 20) return [text];
  const limit = Math.max(12, text.length / 2 + 3);
  let first = '', second = '';
  for (const word of text.split(' ')) {
    if (!second && (first + ' ' + word).trim().length <= limit) first = (first + ' ' + word).trim();
    else second = (second + ' ' + word).trim();
  }
  return [first, second].filter(Boolean).map((line) => line.length > longest ? line.slice(0, longest - 1).trimEnd() + '…' : line);
};
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
const widths = new Map();
function widthOf(context, text, font) {
  const known = font + text;
  if (!widths.has(known)) { context.font = font; widths.set(known, context.measureText(text).width); }
  return widths.get(known);
}
const meets = (a, b, slack = 0) => a[0] < b[2] - slack && a[2] > b[0] + slack && a[1] < b[3] - slack && a[3] > b[1] + slack;
function placeLabels(context, taken) {
  const width = $('net').clientWidth, height = $('net').clientHeight, scale = network.getScale();
  const order = DATA.nodes.filter((node) => shownNodes.has(node.id) && (!faded(node) || node.id === hovered)).sort((a, b) =>
    (b === state.node) - (a === state.node) || (b.id === hovered) - (a.id === hovered) || b.between - a.between || b.said - a.said);
  const at = new Map(), dots = [];
  for (const node of DATA.nodes) {
    if (!shownNodes.has(node.id)) continue;
    const point = network.canvasToDOM({ x: place(node)[0], y: place(node)[1] });
    if (point.x < 0 || point.y < 0 || point.x > width || point.y > height) continue;
    const radius = size(node) * scale;
    at.set(node, { ...point, radius });
    if (!faded(node)) dots.push([point.x - radius, point.y - radius, point.x + radius, point.y + radius, node]);
  }
  const placed = [], rank = new Map(RANKED.map((node, i) => [node, i])), chosen = state.node || state.line;
  for (const node of order) {
    const point = at.get(node);
    if (!point) continue;
    const must = node === state.node || node.id === hovered, nth = rank.has(node) ? rank.get(node) : Infinity;
    if (!near && !must && !chosen && nth === Infinity) continue;
    const pixels = Math.round(11.5 + 4.5 * weight(node)), font = `${node === state.node ? '600 ' : ''}${pixels}px ${FONT}`;
    const text = wrap(name(node), near || must ? 34 : 27), w = Math.max(...text.map((line) => widthOf(context, line, font))) + 4, h = text.length * pixels * 1.15 + 2;
    const { x, y, radius: r } = point, d = r * 0.72 + 2;
    const options = [[x - w / 2, y + r + 2], [x + r + 3, y - h / 2], [x - r - 3 - w, y - h / 2], [x - w / 2, y - r - h - 2], [x + d, y + d - 2], [x - d - w, y + d - 2], [x + d, y - d - h + 2], [x - d - w, y - d - h + 2]]
      .map(([left, top]) => [left, top, left + w, top + h]).filter((box) => must || box[0] >= 2 && box[1] >= 2 && box[2] <= width - 2 && box[3] <= height - 2);
    // The first names may cover small nodes, as few as they can.
    const most = must || nth < ALWAYS ? Infinity : nth < FIRST ? 12 : 0;
    let box = null, least = Infinity;
    for (const [i, option] of options.entries()) {
      if (taken.some((other) => meets(option, other)) || placed.some((other) => meets(option, other.box))) continue;
      const covered = dots.filter((dot) => dot[4] !== node && meets(option, dot, 2)).map((dot) => dot[2] - dot[0]);
      const cost = covered.reduce((sum, wide) => sum + (wide > most ? Infinity : wide), 4 * i);
      if (cost < least) { box = option; least = cost; }
    }
    if (box || must) placed.push({ node, box: box || options[0], text, font, pixels });
  }
  return placed;
}
function paint(context) {
  const ratio = network.canvas.pixelRatio || devicePixelRatio || 1, scale = network.getScale();
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.lineJoin = 'round';
  context.textBaseline = 'top';
  const corner = $('net').getBoundingClientRect();
  const taken = [$('status'), document.querySelector('.zoom')].map((element) => element.getBoundingClientRect()).map((box) => [box.left - corner.left, box.top - corner.top, box.right - corner.left, box.bottom - corner.top]);
  const write = (text, x, y, colour) => { context.lineWidth = 3.5; context.strokeStyle = colours.paper; context.strokeText(text, x, y); context.fillStyle = colour; context.fillText(text, x, y); };
  if (state.layout === 'lagen') {
    const font = `600 12.5px ${FONT}`;
    for (const band of PAGE.bands) {
      const { x, y } = network.canvasToDOM({ x: bandLeft(), y: band.top }), top = y - Math.max(20, 44 * scale), left = Math.max(x, 8);
      context.font = font;
      context.textAlign = 'left';
      write(band[state.language], left, top - 15, colours.muted);
      taken.push([left - 4, top - 18, left + widthOf(context, band[state.language], font) + 4, top + 1]);
    }
  }
  for (const line of shownLines) {
    if (!line.inferred || (state.node || state.line) && !selected(line)) continue;
    const { x, y } = network.canvasToDOM(network.body.edges[line.id].edgeType.getPoint(0.5));
    context.lineWidth = 2;
    context.strokeStyle = colours.paper;
    context.fillStyle = selected(line) ? colours.accent : colours.inferred;
    for (const [left, down] of DOTS) { context.beginPath(); context.arc(x + left, y + down, 2, 0, 7); context.stroke(); context.fill(); }
  }
  context.strokeStyle = colours.denied;
  for (const line of shownLines) {
    if (!line.members.some((claim) => claim.denied && shownClaims.has(claim)) || (state.node || state.line) && !selected(line)) continue;
    const { x, y } = network.canvasToDOM(network.body.edges[line.id].edgeType.getPoint(0.5));
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x - 4, y - 4); context.lineTo(x + 4, y + 4); context.moveTo(x - 4, y + 4); context.lineTo(x + 4, y - 4);
    context.stroke();
  }
  if (near !== isNear()) setTimeout(refreshLines);
  labels = placeLabels(context, taken);
  context.textAlign = 'center';
  for (const { node, box, text, font, pixels } of labels) {
    context.font = font;
    const colour = weight(node) > 0.2 || node === state.node || node.id === hovered || state.node || state.line ? colours.ink : colours.muted;
    text.forEach((line, i) => write(line, (box[0] + box[2]) / 2, box[1] + 1 + i * pixels * 1.15, colour));
  }
  context.restore();
}
function paintBands(context) {
  if (state.layout !== 'lagen' || !DATA.nodes.length) return;
  const scale = network.getScale(), right = extent(DATA.nodes).right + 40 * unit;
  context.strokeStyle = colours.band;
  context.lineWidth = 1 / scale;
  for (const band of PAGE.bands) {
    const y = band.top - Math.max(20 / scale, 44);
    context.beginPath(); context.moveTo(bandLeft(), y); context.lineTo(right, y); context.stroke();
  }
}
