// ---- what is visible

let shownNodes = new Set(),
  shownClaims = new Set(),
  shownLines = new Set(),
  beside = new Set();
function around(node, steps, claims) {
  const near = new Set([node.id]);
  for (let step = 0; step < steps; step++) {
    const next = claims.filter((claim) => near.has(claim.from) !== near.has(claim.to));
    for (const claim of next) {
      near.add(claim.from);
      near.add(claim.to);
    }
  }
  return near;
}
// Nodes and claims under every filter, or under all but one.
function filtered(except = null) {
  const good = new Set(DATA.nodes.filter((node) => passes(node, 'node', except)).map((node) => node.id));
  let claims = CLAIMS.filter(
    (claim) => good.has(claim.from) && good.has(claim.to) && inYears(claim) && passes(claim, 'claim', except),
  );
  // A node without a relation is shown as long as no filter asks for relations of some sort.
  const all = !state.years && !FACETS.some((facet) => facet.on === 'claim' && facet !== except && narrowed(facet));
  let nodes = all ? good : new Set(claims.flatMap((claim) => [claim.from, claim.to]));
  if (state.node && state.steps && nodes.has(state.node.id)) {
    nodes = around(state.node, state.steps, claims);
    claims = claims.filter((claim) => nodes.has(claim.from) && nodes.has(claim.to));
  }
  return { nodes, claims };
}
let base = null;
function choose() {
  base = filtered();
  if (state.node && !base.nodes.has(state.node.id)) {
    const focused = state.steps;
    state.node = null;
    state.steps = 0;
    if (focused) base = filtered();
  }
  shownNodes = base.nodes;
  shownClaims = new Set(base.claims);
  shownLines = new Set(base.claims.map((claim) => claim.line));
  beside = new Set(
    state.node
      ? state.node.claims
          .filter((claim) => claim.origin !== 'inferred' || passes(claim, 'claim'))
          .flatMap((claim) => [claim.from, claim.to])
      : [],
  );
  if (state.line && !shownLines.has(state.line)) state.line = state.claim = null;
  arrange();
}
// How many would be shown with each value if this facet were wholly on and the rest as it is.
function count(facet) {
  const { nodes, claims } = state.on.get(facet.key).size === facet.values.length ? base : filtered(facet);
  const things = facet.on === 'claim' ? claims : [...nodes].map((id) => NODES.get(id));
  return times(things.flatMap(facet.of));
}
