// ---- state, and the address that carries it

const state = { language: 'nl', node: null, line: null, claim: null, steps: 0, view: 'kaart', layout: 'samenhang', size: 'schakel', theme: null, on: new Map() };
const t = (key) => WORDS[state.language][key];
const showAll = () => { for (const facet of FACETS) state.on.set(facet.key, new Set(facet.first)); };
const narrowed = (facet) => [...facet.first].some((value) => !state.on.get(facet.key).has(value));
const changed = (facet) => narrowed(facet) || state.on.get(facet.key).size !== facet.first.size;
const passes = (thing, on, except) => FACETS.every((facet) => facet.on !== on || facet === except || facet.of(thing).some((value) => state.on.get(facet.key).has(value)));

function address() {
  const parts = new URLSearchParams();
  for (const facet of FACETS) if (changed(facet)) parts.set(facet.key, [...state.on.get(facet.key)].join('.'));
  if (state.node) parts.set('knoop', state.node.key);
  if (state.line) parts.set('relatie', (state.claim || state.line.members[0]).key);
  if (state.steps) parts.set('stappen', state.steps);
  if (state.view !== 'kaart') parts.set('beeld', state.view);
  if (state.layout !== 'samenhang') parts.set('indeling', state.layout);
  if (state.size !== 'schakel') parts.set('grootte', state.size);
  if (state.language !== 'nl') parts.set('taal', state.language);
  return parts.toString();
}
function restore() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const among = (name, allowed) => allowed.includes(parts.get(name)) ? parts.get(name) : allowed[0];
  showAll();
  for (const facet of FACETS) if (parts.has(facet.key)) state.on.set(facet.key, new Set(parts.get(facet.key).split('.').filter((value) => facet.values.includes(value))));
  state.node = BY_KEY.get(parts.get('knoop')) || null;
  state.claim = state.node ? null : BY_CLAIM.get(parts.get('relatie')) || null;
  state.line = state.claim && state.claim.line;
  state.steps = state.node ? Number(among('stappen', ['0', '1', '2'])) : 0;
  state.view = among('beeld', ['kaart', 'tabel']);
  state.layout = among('indeling', ['samenhang', 'lagen']);
  state.size = among('grootte', ['schakel', 'relaties', 'gelijk']);
  state.language = among('taal', ['nl', 'en']);
}
let written = null;
function writeAddress() {
  const hash = address();
  written = hash;
  if (hash === location.hash.slice(1)) return;
  try { history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search); } catch (error) { location.hash = hash; }
}
