// ---- state, and the address that carries it

const LAYOUTS = ['samenhang', 'lagen'];
const state = {
  language: 'nl',
  node: null,
  line: null,
  claim: null,
  group: null,
  bundle: null,
  steps: 0,
  view: 'kaart',
  layout: 'samenhang',
  size: 'schakel',
  theme: null,
  years: null,
  undated: false,
  on: new Map(),
};
const showAll = () => {
  for (const facet of FACETS) state.on.set(facet.key, new Set(facet.first));
  state.years = null;
  state.undated = false;
};
const narrowed = (facet) => [...facet.first].some((value) => !state.on.get(facet.key).has(value));
const changed = (facet) => narrowed(facet) || state.on.get(facet.key).size !== facet.first.size;
const passes = (thing, on, except) =>
  FACETS.every(
    (facet) =>
      facet.on !== on || facet === except || facet.of(thing).some((value) => state.on.get(facet.key).has(value)),
  );

// A value may hold the signs that the list itself is written with.
const guard = (value) => value.replace(/[%.!]/g, (sign) => '%' + sign.charCodeAt(0).toString(16));
function pack(facet) {
  const on = state.on.get(facet.key),
    off = facet.values.filter((value) => !on.has(value)),
    few = off.length && off.length < on.size;
  return (few ? '!' : '') + (few ? off : facet.values.filter((value) => on.has(value))).map(guard).join('.');
}
function unpack(facet, text) {
  const named = new Set(text.replace(/^!/, '').split('.')),
    known = facet.values.some((value) => named.has(guard(value)));
  // An old link may name only what is no longer there; no name at all means none.
  if (text && !known) return new Set(facet.first);
  return new Set(facet.values.filter((value) => named.has(guard(value)) !== text.startsWith('!')));
}
function address() {
  const parts = new URLSearchParams();
  for (const facet of FACETS) if (changed(facet)) parts.set(facet.key, pack(facet));
  if (state.years) parts.set('jaren', state.years.join('-'));
  if (state.years && state.undated) parts.set('ongedateerd', '1');
  if (state.node) parts.set('knoop', state.node.key);
  if (state.line) parts.set('relatie', (state.claim || state.line.members[0]).key);
  if (state.steps) parts.set('stappen', state.steps);
  if (openGroups.size) parts.set('open', [...openGroups].map((group) => group.id).join('.'));
  if (state.view !== 'kaart') parts.set('beeld', state.view);
  if (state.layout !== LAYOUTS[0]) parts.set('indeling', state.layout);
  if (state.size !== 'schakel') parts.set('grootte', state.size);
  if (state.language !== 'nl') parts.set('taal', state.language);
  if (state.theme) parts.set('kleur', state.theme === 'dark' ? 'donker' : 'licht');
  return parts.toString();
}
function setYears(first, last, undated = state.undated) {
  const within = (year) => Math.min(YEARS[1], Math.max(YEARS[0], year));
  const years =
    YEARS && Number.isInteger(first) && Number.isInteger(last) && first <= last ? [within(first), within(last)] : null;
  state.years = years && (years[0] > YEARS[0] || years[1] < YEARS[1]) ? years : null;
  state.undated = !!state.years && undated;
}
function restore() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const among = (name, allowed) => (allowed.includes(parts.get(name)) ? parts.get(name) : allowed[0]);
  showAll();
  for (const facet of FACETS) if (parts.has(facet.key)) state.on.set(facet.key, unpack(facet, parts.get(facet.key)));
  const years = /^(\d{4})-(\d{4})$/.exec(parts.get('jaren') || '');
  setYears(years && Number(years[1]), years && Number(years[2]), parts.get('ongedateerd') === '1');
  state.node = BY_KEY.get(parts.get('knoop')) || null;
  state.claim = state.node ? null : BY_CLAIM.get(parts.get('relatie')) || null;
  state.line = state.claim && state.claim.line;
  state.group = state.bundle = null;
  openGroups.clear();
  for (const id of (parts.get('open') || '').split('.')) if (GROUP_IDS.has(id)) openGroups.add(GROUP_IDS.get(id));
  state.steps = state.node ? Number(among('stappen', ['0', '1', '2', '3'])) : 0;
  state.view = among('beeld', ['kaart', 'tabel']);
  state.layout = among('indeling', LAYOUTS);
  state.size = among('grootte', Object.keys(MEASURES));
  state.language = among('taal', LANGUAGES);
  state.theme = { licht: 'light', donker: 'dark', '': null }[among('kleur', ['', 'licht', 'donker'])];
}
let written = null;
function writeAddress() {
  const hash = address();
  written = hash;
  if (hash === location.hash.slice(1)) return;
  try {
    history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
  } catch (error) {
    location.hash = hash;
  }
}
