// ---- keys and clicks

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
function walk(key) {
  const [dx, dy] = DIRECTIONS[key], shown = DATA.nodes.filter((node) => shownNodes.has(node.id));
  if (!state.node) { const first = RANKED.find((node) => shownNodes.has(node.id)) || shown[0]; if (first) select(first); return; }
  const [x, y] = place(state.node);
  let best = null, least = Infinity;
  for (const node of shown) {
    const along = (place(node)[0] - x) * dx + (place(node)[1] - y) * dy, aside = Math.abs((place(node)[0] - x) * dy) + Math.abs((place(node)[1] - y) * dx);
    if (node !== state.node && along > 0 && along + 2.5 * aside < least) { best = node; least = along + 2.5 * aside; }
  }
  if (!best) return;
  select(best);
  const { x: left, y: top } = network.canvasToDOM({ x: place(best)[0], y: place(best)[1] });
  if (left < 40 || top < 40 || left > $('net').clientWidth - 40 || top > $('net').clientHeight - 40) network.moveTo({ position: { x: place(best)[0], y: place(best)[1] }, animation: false });
}
const zoom = (factor) => network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * factor)), animation: CALM ? false : { duration: 150 } });
function listen() {
  $('net').addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (Object.hasOwn(DIRECTIONS, event.key)) walk(event.key);
    else if (event.key === 'Enter' && (state.node || state.line)) $('detail').focus();
    else if (event.key === '+' || event.key === '=') zoom(1.3);
    else if (event.key === '-') zoom(1 / 1.3);
    else if (event.key === '0') fit();
    else return;
    event.preventDefault();
  });
  addEventListener('keydown', (event) => {
    const typing = event.target.matches && event.target.matches('input[type=text], select, textarea');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); $('q').focus(); $('q').select(); }
    else if (event.key === 'Escape' && !typing && (state.node || state.line)) { const inside = $('detail').contains(document.activeElement); clear(); if (inside) $('net').focus(); }
  });
  $('q').addEventListener('input', search);
  $('q').addEventListener('blur', closeSearch);
  $('q').addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); if ($('hits').hidden) search(); else if (found.length) { active = (active + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length; point(); } }
    else if (event.key === 'Enter' && active >= 0 && !$('hits').hidden) pick(active);
    else if (event.key === 'Escape') { $('q').value = ''; search(); }
  });
  for (const [id, action] of [['b-map', () => show('kaart')], ['b-table', () => show('tabel')], ['z-in', () => zoom(1.4)], ['z-out', () => zoom(1 / 1.4)], ['z-all', () => fit()], ['b-csv', () => download('regiograaf.csv', 'text/csv;charset=utf-8', csv())]]) $(id).addEventListener('click', action);
  document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); show('kaart'); $('net').focus(); });
  $('skip-table').addEventListener('click', (event) => { event.preventDefault(); show('tabel'); });
  $('b-link').addEventListener('click', async () => {
    writeAddress();
    let done = true;
    try { await navigator.clipboard.writeText(location.href); } catch (error) { done = false; }
    $('status').textContent = t(done ? 'copied' : 'copyYourself');
  });
  $('b-dark').addEventListener('click', () => { state.theme = isDark() ? 'light' : 'dark'; setTheme(); refresh(); });
  $('b-language').addEventListener('click', () => { state.language = state.language === 'nl' ? 'en' : 'nl'; speak(); refresh(); });
  $('layout').addEventListener('change', (event) => { state.layout = event.target.value; measureUnit(); refresh(); fit(); });
  $('size').addEventListener('change', (event) => { state.size = event.target.value; refresh(); });
  $('reset').addEventListener('click', () => { showAll(); state.node = state.line = state.claim = null; state.steps = 0; refresh(); fit(); });
  addEventListener('hashchange', () => { if (location.hash.slice(1) === written) return; restore(); measureUnit(); speak(); refresh(); fit(false); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { setTheme(); refresh(); });
  network.on('beforeDrawing', paintBands);
  network.on('afterDrawing', paint);
  network.on('click', ({ nodes, edges, pointer: { DOM: { x, y } } }) => {
    const label = labels.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
    if (nodes.length) select(NODES.get(nodes[0]));
    else if (edges.length) selectLine(LINES.get(edges[0]));
    else if (label) select(label.node);
    else clear();
  });
  const hand = (cursor) => { $('net').style.cursor = cursor; };
  network.on('hoverNode', ({ node }) => { hovered = node; hand('pointer'); network.redraw(); });
  network.on('blurNode', () => { hovered = null; hand(''); network.redraw(); });
  network.on('hoverEdge', () => hand('pointer'));
  network.on('blurEdge', () => hand(''));
  let waiting = 0;
  const measured = () => `${$('net').clientWidth}x${$('net').clientHeight}`;
  let size = measured();
  // An observer also reports when it starts: fitting then would undo what a quick reader has selected.
  new ResizeObserver(() => { clearTimeout(waiting); waiting = setTimeout(() => { if (!drawable() || measured() === size) return; size = measured(); measureUnit(); refresh(); fit(false); }, 120); }).observe($('net'));
}
