// ---- start

restore();
document.body.dataset.view = state.view;
setTheme();
speak();
measureUnit();
choose();
update(boxes, DATA.nodes.map(boxOf));
update(lines, DATA.edges.map(lineOf));
network = new vis.Network($('net'), { nodes: boxes, edges: lines }, {
  physics: false, layout: { improvedLayout: false }, nodes: { chosen: false }, edges: { chosen: false, arrowStrikethrough: false },
  interaction: { hover: true, selectConnectedEdges: false, tooltipDelay: 150, keyboard: { enabled: false }, dragNodes: false, hideEdgesOnDrag: DATA.edges.length > 3000 },
});
// vis makes its own div a second tab stop.
for (const inner of $('net').querySelectorAll('[tabindex]')) inner.tabIndex = -1;
listen();
refresh();
fit(false);
window.regiograaf = {
  visible: () => ({ nodes: DATA.nodes.filter((node) => shownNodes.has(node.id)).map((node) => node.iri), rels: CLAIMS.filter((claim) => shownClaims.has(claim)).map((claim) => claim.iri) }),
  select: (key) => select(BY_KEY.get(key), true), selEdge: (id) => selectLine(LINES.get(id)), labels: () => labels.map(({ node, box }) => ({ key: node.key, box })), csv, state, net: network, ready: performance.now(),
};
document.documentElement.dataset.klaar = '1';
