// ---- keeping everything in step

function refreshLines() {
  near = isNear();
  update(lines, DATA.edges.map(lineOf));
  network.redraw();
}
function refresh() {
  choose();
  near = isNear();
  update(boxes, DATA.nodes.map(boxOf));
  update(lines, DATA.edges.map(lineOf));
  if (network) network.redraw();
  const chosen = new Set(state.line ? state.line.members : state.node ? state.node.claims : []);
  for (const claim of CLAIMS) {
    claim.row.hidden = !shownClaims.has(claim);
    claim.row.classList.toggle('selected', chosen.has(claim));
  }
  $('status').textContent = `${shownNodes.size} ${t('of')} ${DATA.nodes.length} ${t('nodes')}, ${shownClaims.size} ${t('of')} ${CLAIMS.length} ${t('relations')}`;
  document.body.dataset.view = state.view;
  $('b-map').setAttribute('aria-pressed', state.view === 'kaart');
  $('b-table').setAttribute('aria-pressed', state.view === 'tabel');
  for (const facet of FACETS) {
    const times = count(facet);
    for (const value of facet.values) {
      facet.inputs.get(value).checked = state.on.get(facet.key).has(value);
      facet.counts.get(value).textContent = times.get(value);
    }
    facet.toggle.textContent = state.on.get(facet.key).size ? t('none') : t('all');
  }
  $('layout').value = state.layout;
  $('size').value = state.size;
  showCard();
  writeAddress();
}
function hideTooltip() {
  const tooltip = document.querySelector('.vis-tooltip');
  if (tooltip) tooltip.style.visibility = 'hidden';
}
function select(node, move = false) {
  hideTooltip();
  state.node = node; state.line = state.claim = null;
  if (!shownNodes.has(node.id)) { showAll(); state.steps = 0; }
  refresh();
  if (move && drawable()) network.moveTo({ position: { x: place(node)[0], y: place(node)[1] }, scale: Math.max(network.getScale(), frame(DATA.nodes).scale * 1.3), animation: CALM ? false : { duration: 350 } });
}
function selectLine(line, claim = null) {
  hideTooltip();
  state.line = line; state.claim = claim; state.node = null; state.steps = 0;
  if (!shownLines.has(line)) {
    showAll();
    for (const facet of FACETS) if (facet.on === 'claim') for (const value of facet.of(claim || line.members[0])) state.on.get(facet.key).add(value);
  }
  refresh();
}
function clear() {
  const near = state.steps;
  state.node = state.line = state.claim = null; state.steps = 0;
  refresh();
  if (near) fit();
}
function show(view) {
  state.view = view;
  refresh();
  if (view === 'tabel') $('tabel').focus();
  else network.redraw();
}
