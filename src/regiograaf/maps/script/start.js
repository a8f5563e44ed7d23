// ---- start

restore();
document.body.dataset.view = state.view;
showPanels();
setTheme();
speak();
network = new vis.Network(
  $('net'),
  { nodes: boxes, edges: lines },
  {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { chosen: false },
    edges: { chosen: false, arrowStrikethrough: false },
    interaction: {
      hover: true,
      selectConnectedEdges: false,
      tooltipDelay: 150,
      keyboard: { enabled: false },
      dragNodes: false,
    },
  },
);
// vis makes its own div a second tab stop.
for (const inner of $('net').querySelectorAll('[tabindex]')) inner.tabIndex = -1;
glide();
listen();
refresh();
if (state.node || state.line) {
  openSheet('detail');
  if (sheet()) keepInView(...(state.node ? [state.node] : [state.line.source, state.line.target]));
}
// For tests and for whoever embeds the page: what is shown, and the same actions as the page has.
window.regiograaf = {
  // what is shown
  visible: () => ({
    nodes: DATA.nodes.filter((node) => shownNodes.has(node.id)).map((node) => node.iri),
    rels: CLAIMS.filter((claim) => shownClaims.has(claim)).map((claim) => claim.iri),
  }),
  labels: () => labels.map(({ node, box, text }) => ({ key: node.key, box, text: text.join(' ') })),
  counts: () =>
    Object.fromEntries(
      FACETS.map((facet) => {
        const found = count(facet);
        return [facet.key, Object.fromEntries(facet.values.map((value) => [value, found.get(value) || 0]))];
      }),
    ),
  timeline,
  // what can be taken along: texts; of the PNG a promise of a Blob
  csv,
  svg,
  png,
  citation: (key) => citation(BY_CLAIM.get(key)),
  report: (key) => report(BY_CLAIM.get(key)),
  // what a reader can do
  select: (key) => select(BY_KEY.get(key), true),
  selEdge: (id) => selectLine(LINES.get(id)),
  setSteps,
  setLanguage,
  show,
  setTheme: (theme) => {
    state.theme = theme;
    setTheme();
    refresh();
  },
  setYears: (first, last, undated = false) => {
    setYears(first, last, undated);
    refresh();
  },
  state,
  net: network,
  ready: performance.now(),
};
document.documentElement.dataset.klaar = '1';
