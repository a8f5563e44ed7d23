// ---- keys and clicks

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
function walk(key) {
  const [dx, dy] = DIRECTIONS[key],
    shown = drawnThings(),
    from = state.node || state.group;
  if (!from) {
    const first = closed[0] || RANKED.find((node) => shownNodes.has(node.id)) || shown[0];
    if (first) {
      chooseThing(first);
      keepInView(first);
    }
    return;
  }
  const [x, y] = place(from);
  let best = null,
    least = Infinity;
  for (const node of shown) {
    const along = (place(node)[0] - x) * dx + (place(node)[1] - y) * dy,
      aside = Math.abs((place(node)[0] - x) * dy) + Math.abs((place(node)[1] - y) * dx);
    if (node !== from && along > 0 && along + 2.5 * aside < least) {
      best = node;
      least = along + 2.5 * aside;
    }
  }
  if (!best) return;
  chooseThing(best);
  keepInView(best);
}
// Brings what is selected into the part of the map that no sheet covers.
function keepInView(...nodes) {
  if (!drawable()) return;
  const { width, height, at } = mapWindow(),
    low = height - covered(),
    inside = ({ x, y }) => x > 40 && y > 40 && x < width - 40 && y < low - 40;
  if (nodes.every((node) => inside(at(place(node))))) return;
  const box = extent(nodes);
  network.moveTo({
    position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 },
    offset: { x: 0, y: -covered() / 2 },
    animation: false,
  });
}
const zoom = (factor) =>
  network.moveTo({
    scale: Math.min(6, Math.max(0.05, network.getScale() * factor)),
    animation: CALM ? false : { duration: 150 },
  });
function mapKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (Object.hasOwn(DIRECTIONS, event.key)) walk(event.key);
  else if (event.key === 'Enter' && closed.includes(state.group)) openGroup(state.group);
  else if (event.key === 'Enter' && isChosen()) focusDetail();
  else if (event.key === '+' || event.key === '=') zoom(1.3);
  else if (event.key === '-') zoom(1 / 1.3);
  else if (event.key === '0') fit();
  else if (/^[1-3]$/.test(event.key) && state.node) setSteps(Number(event.key));
  else return;
  event.preventDefault();
}
function pageKeys(event) {
  const typing = event.target.matches && event.target.matches('input[type=text], input[type=search], select, textarea');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    $('q').focus();
    $('q').select();
    return;
  }
  if (event.key !== 'Escape' || typing || event.defaultPrevented) return;
  if (sheet() === 'filters' || (sheet() && !isChosen())) closeSheet();
  else if (isChosen()) {
    const inside = $('detail').contains(document.activeElement);
    clear();
    if (!closeSheet() && inside) $('net').focus();
  }
}
function searchKeys(event) {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if ($('hits').hidden) search();
    else if (found.length) {
      at = (at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
      point();
    }
  } else if (event.key === 'Enter' && at >= 0 && !$('hits').hidden) pick(at);
  else if (event.key === 'Escape') {
    $('q').value = '';
    search();
  }
}
function listenMap() {
  $('net').addEventListener('keydown', mapKeys);
  network.on('beforeDrawing', paintBands);
  network.on('afterDrawing', paint);
  network.on(
    'click',
    ({
      nodes,
      edges,
      pointer: {
        DOM: { x, y },
      },
    }) => {
      const label = labels.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
      const thing = nodes.length ? thingOf(nodes[0]) : !edges.length && label ? label.node : null;
      if (thing) isGroup(thing) ? openGroup(thing) : select(thing);
      else if (edges.length)
        LINES.has(edges[0]) ? selectLine(LINES.get(edges[0])) : chooseBundle(bundles.get(edges[0]));
      else {
        clear();
        closeSheet(false);
      }
    },
  );
  const hand = (cursor) => {
    $('net').style.cursor = cursor;
  };
  network.on('hoverNode', ({ node }) => {
    hovered = node;
    hand('pointer');
    network.redraw();
  });
  network.on('blurNode', () => {
    hovered = null;
    hand('');
    network.redraw();
  });
  network.on('hoverEdge', () => hand('pointer'));
  network.on('blurEdge', () => hand(''));
  let waiting = 0;
  // An observer also reports when it starts: fitting then would undo what a quick reader has selected.
  new ResizeObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (drawable() && measuredFor !== measure()) refresh();
    }, 120);
  }).observe($('net'));
}
function listen() {
  addEventListener('keydown', pageKeys);
  $('q').addEventListener('input', search);
  $('q').addEventListener('blur', closeSearch);
  $('q').addEventListener('keydown', searchKeys);
  for (const [id, action] of [
    ['b-map', () => show('kaart')],
    ['b-table', () => show('tabel')],
    ['z-in', () => zoom(1.4)],
    ['z-out', () => zoom(1 / 1.4)],
    ['z-all', () => fit()],
    ['b-rows', moreRows],
  ])
    $(id).addEventListener('click', action);
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    show('kaart');
    $('net').focus();
  });
  $('skip-table').addEventListener('click', (event) => {
    event.preventDefault();
    show('tabel');
  });
  $('b-dark').addEventListener('click', () => {
    state.theme = isDark() ? 'light' : 'dark';
    setTheme();
    refresh();
  });
  $('b-language').addEventListener('click', () => setLanguage(state.language === 'nl' ? 'en' : 'nl'));
  $('layout').addEventListener('change', (event) => {
    state.layout = event.target.value;
    refresh();
  });
  $('size').addEventListener('change', (event) => {
    state.size = event.target.value;
    refresh();
  });
  $('reset').addEventListener('click', () => {
    showAll();
    openGroups.clear();
    state.node = state.line = state.claim = state.group = state.bundle = null;
    state.steps = 0;
    refresh();
    fit();
  });
  addEventListener('hashchange', () => {
    if (location.hash.slice(1) === written) return;
    restore();
    setTheme();
    speak();
    refresh();
    fit(false);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    setTheme();
    refresh();
  });
  addEventListener('beforeprint', beforePaper);
  addEventListener('afterprint', afterPaper);
  listenPanels();
  listenTimeline();
  listenMap();
}
