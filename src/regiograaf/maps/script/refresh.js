// ---- keeping everything in step

function drawAll() {
  order = null;
  near = isNear();
  grain = grainNow();
  drawThings();
  network.redraw();
}
// The map is measured for one layout in one size of panel; the table hides the panel.
let measuredFor = '';
const measure = () => `${state.layout} ${$('net').clientWidth}x${$('net').clientHeight}`;
function fitToPanel() {
  if (!drawable() || measuredFor === measure()) return false;
  measureUnit();
  measuredFor = measure();
  return true;
}
function refresh() {
  document.body.dataset.view = state.view;
  choose();
  // What is drawn, and how, depends on the part of the map that is seen.
  if (fitToPanel()) fit(false);
  drawAll();
  showRows();
  $('status').textContent = $('status').dataset.counts =
    `${shownNodes.size} ${t('of')} ${DATA.nodes.length} ${t('nodes')}, ${shownClaims.size} ${t('of')} ${CLAIMS.length} ${t('relations')}`;
  document.body.toggleAttribute('data-chosen', isChosen());
  $('b-map').setAttribute('aria-pressed', state.view === 'kaart');
  $('b-table').setAttribute('aria-pressed', state.view === 'tabel');
  $('layout').value = state.layout;
  $('size').value = state.size;
  showFacets();
  showTimeline();
  showCard();
  writeAddress();
}
// What a reader who does not see the map must hear.
function say(text) {
  $('say').textContent = text;
}
function hideTooltip() {
  const tooltip = document.querySelector('.vis-tooltip');
  if (tooltip) tooltip.style.visibility = 'hidden';
}
function select(node, move = false) {
  hideTooltip();
  state.node = node;
  state.line = state.claim = state.group = state.bundle = null;
  if (!shownNodes.has(node.id)) {
    showAll();
    state.steps = 0;
  }
  refresh();
  openSheet('detail');
  say(
    [name(node), kindOf(node), t('claims')(node.claims.filter((claim) => shownClaims.has(claim)).length)]
      .filter(Boolean)
      .join(', '),
  );
  if (!move) {
    if (sheet()) keepInView(node);
  } else if (drawable())
    network.moveTo({
      position: { x: place(node)[0], y: place(node)[1] },
      offset: { x: 0, y: -covered() / 2 },
      scale: Math.max(network.getScale(), frame(DATA.nodes).scale * 1.3),
      animation: CALM ? false : { duration: 350 },
    });
}
function selectLine(line, claim = null) {
  hideTooltip();
  state.line = line;
  state.claim = claim;
  state.node = state.group = state.bundle = null;
  state.steps = 0;
  if (!(claim ? shownClaims.has(claim) : shownLines.has(line))) {
    showAll();
    for (const facet of FACETS)
      if (facet.on === 'claim')
        for (const value of facet.of(claim || line.members[0])) state.on.get(facet.key).add(value);
  }
  refresh();
  openSheet('detail');
  if (sheet()) keepInView(line.source, line.target);
  say(`${sentence(claim || line.members[0])}, ${MODALITIES.get(line.modality)[state.language]}`);
}
function clear() {
  const near = state.steps;
  state.node = state.line = state.claim = state.group = state.bundle = null;
  state.steps = 0;
  refresh();
  if (near) fit();
}
function setSteps(n) {
  if (!state.node) return;
  state.steps = state.steps === n ? 0 : n;
  refresh();
  fit();
  say($('status').textContent);
}
function show(view) {
  state.view = view;
  refresh();
  if (view === 'tabel') $('tabel').focus();
  else network.redraw();
}
