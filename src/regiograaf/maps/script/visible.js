// ---- what is visible

let shownNodes = new Set(), shownClaims = new Set(), shownLines = new Set(), beside = new Set();
function choose() {
  const good = new Set(DATA.nodes.filter((node) => passes(node, 'node')).map((node) => node.id));
  shownClaims = new Set(CLAIMS.filter((claim) => passes(claim, 'claim') && good.has(claim.from) && good.has(claim.to)));
  const touched = new Set([...shownClaims].flatMap((claim) => [claim.from, claim.to]));
  const all = !FACETS.some((facet) => facet.on === 'claim' && narrowed(facet));
  shownNodes = new Set([...good].filter((id) => all || touched.has(id)));
  if (state.node && !shownNodes.has(state.node.id)) { state.node = null; state.steps = 0; }
  if (state.node && state.steps) {
    const near = new Set([state.node.id]);
    for (let step = 0; step < state.steps; step++) for (const claim of [...shownClaims].filter((c) => near.has(c.from) !== near.has(c.to)).flatMap((c) => [c.from, c.to])) near.add(claim);
    shownNodes = near;
    shownClaims = new Set([...shownClaims].filter((claim) => near.has(claim.from) && near.has(claim.to)));
  }
  shownLines = new Set([...shownClaims].map((claim) => claim.line));
  beside = new Set(state.node ? state.node.claims.filter((claim) => claim.origin !== 'inferred' || passes(claim, 'claim')).flatMap((claim) => [claim.from, claim.to]) : []);
  if (state.line && !shownLines.has(state.line)) state.line = state.claim = null;
}
function count(facet) {
  const times = new Map(facet.values.map((value) => [value, 0]));
  const claims = CLAIMS.filter((c) => passes(c, 'claim', facet));
  if (facet.on === 'claim') {
    for (const claim of claims) if (passes(claim.source, 'node') && passes(claim.target, 'node')) for (const value of facet.of(claim)) times.set(value, times.get(value) + 1);
  } else {
    const all = !FACETS.some((other) => other.on === 'claim' && narrowed(other));
    const touched = new Set(claims.flatMap((claim) => [claim.from, claim.to]));
    for (const node of DATA.nodes) if ((all || touched.has(node.id)) && passes(node, 'node', facet)) for (const value of facet.of(node)) times.set(value, times.get(value) + 1);
  }
  return times;
}
