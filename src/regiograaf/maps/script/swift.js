// ---- quick changes and quick moves: what vis does for a thousand nodes by its own rules takes a third of a second

// What only looks different is set where vis reads it (9.1.2, of which the digest is checked): no option is parsed anew.
const alike = (a, b) => {
  if (a === b) return true;
  if (!a || !b || typeof a !== 'object' || typeof b !== 'object') return false;
  for (const key in a) if (!alike(a[key], b[key])) return false;
  return true;
};
const MADE_BY = ['hidden', 'shape', 'from', 'to', 'smooth'];
function repaintNode({ id, x, y, size, opacity, borderWidth, color, shapeProperties, title }) {
  const node = network.body.nodes[id],
    { options } = node;
  Object.assign(node, { x, y });
  Object.assign(options, { size, opacity, borderWidth, title });
  Object.assign(options.color, color);
  Object.assign(options.shapeProperties, shapeProperties);
  node.shape.refreshNeeded = true;
}
function repaintLine({ id, width, dashes, arrows, color, title }) {
  const line = network.body.edges[id],
    { options } = line;
  Object.assign(options, { width, dashes });
  Object.assign(options.arrows.to, arrows && arrows.to);
  Object.assign(options.color, color);
  line.title = title;
}
let stale = false;
function update(set, things) {
  const anew = [];
  for (const thing of things) {
    const known = drawn.get(thing.id);
    if (known && alike(thing, known)) continue;
    drawn.set(thing.id, thing);
    if (!network || !known || !MADE_BY.every((key) => alike(thing[key], known[key]))) {
      anew.push(thing);
      continue;
    }
    Object.assign(set._data.get(thing.id), thing);
    (set === boxes ? repaintNode : repaintLine)(thing);
    stale = true;
  }
  if (anew.length) {
    stale = true;
    set.update(anew);
    // vis draws no node of which it does not know the box, and works that out only when it draws.
    if (network && set === boxes) network.body.emitter.emit('_resizeNodes');
  }
}
// Everything that is no longer drawn.
function forget(set, things) {
  const kept = new Set(things.map((thing) => thing.id)),
    gone = set.getIds().filter((id) => !kept.has(id));
  for (const id of gone) drawn.delete(id);
  if (gone.length) {
    stale = true;
    set.remove(gone);
  }
}

// While a full map moves, the last picture of it moves; it is drawn anew when it rests, or when too much is missing.
const FULL = 600,
  REST = 120;
function glide() {
  const {
      renderer,
      canvas,
      body: { view },
    } = network,
    draw = renderer._redraw.bind(renderer),
    kept = document.createElement('canvas');
  let last = null,
    waiting = 0;
  const now = () => ({ x: view.translation.x, y: view.translation.y, scale: view.scale });
  const whole = () => {
    clearTimeout(waiting);
    draw(false);
    last = now();
    stale = false;
    kept.width = 0;
  };
  function moved() {
    const surface = canvas.frame.canvas,
      { x, y, scale } = now();
    if (
      !last ||
      stale ||
      !surface.width ||
      drawnLines().size + drawnThings().length < FULL ||
      (x === last.x && y === last.y && scale === last.scale)
    )
      return false;
    const times = scale / last.scale,
      wide = surface.clientWidth,
      high = surface.clientHeight,
      left = x - last.x * times,
      top = y - last.y * times;
    const missing = Math.max(left, 0) + Math.max(wide - left - wide * times, 0),
      below = Math.max(top, 0) + Math.max(high - top - high * times, 0);
    if (times > 1.6 || missing > 0.2 * wide || below > 0.2 * high) return false;
    if (!kept.width) {
      kept.width = surface.width;
      kept.height = surface.height;
      kept.getContext('2d').drawImage(surface, 0, 0);
    }
    const context = surface.getContext('2d');
    renderer.redrawRequested = false;
    context.save();
    context.setTransform(canvas.pixelRatio, 0, 0, canvas.pixelRatio, 0, 0);
    context.clearRect(0, 0, wide, high);
    context.drawImage(kept, left, top, wide * times, high * times);
    context.restore();
    clearTimeout(waiting);
    waiting = setTimeout(whole, REST);
    return true;
  }
  renderer._redraw = (hidden) => {
    // Only a frame that was asked for says false; a picture made since then has served it.
    if (hidden === false && !renderer.redrawRequested) return;
    if (hidden || !renderer.allowRedraw) draw(!!hidden);
    else if (!moved()) whole();
  };
  network.on('dragEnd', whole);
}
