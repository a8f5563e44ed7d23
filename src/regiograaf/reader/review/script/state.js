// ---- state: what the coder decided, kept in the browser, and undone step by step

const state = {
  language: DATA.language,
  theme: null,
  pane: 'claims',
  filter: 'all',
  below: 0,
  selected: null, // a claim
  line: null, // a sentence to which a claim is being added
  editing: false,
  name: null, // an entity
  keys: true,
  judged: new Map(), // id of a claim -> accepted or dropped
  changes: new Map(), // id of a claim -> its new content
  names: new Map(), // entity -> { label, kind }, { same } or { dropped }
  made: new Map(), // entity -> { label, kind }: of the coder's own
  added: new Map(), // id -> { line, content }: claims of the coder's own
};
const KEPT = ['judged', 'changes', 'names', 'made', 'added'];

// ---- undo

const steps = [];
let step = null;
// One step of the coder: everything that it sets is undone together.
function doing(claim, work) {
  step = { claim, before: [] };
  work();
  if (step.before.length) steps.push(step);
  step = null;
  keep();
}
function set(where, key, value) {
  const map = state[where];
  step.before.push([where, key, map.has(key), map.get(key)]);
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
function undo() {
  const last = steps.pop();
  if (!last) return null;
  for (const [where, key, had, value] of last.before.reverse()) {
    if (had) state[where].set(key, value);
    else state[where].delete(key);
  }
  keep();
  return last;
}

// ---- what the browser keeps; where it may not (private windows, some file systems) nothing is said of it

const PLACE = `regiograaf-review ${DATA.digest}`;
function keep() {
  try {
    const content = KEPT.map((name) => [name, [...state[name]]]);
    localStorage.setItem(PLACE, JSON.stringify({ version: 1, ...Object.fromEntries(content) }));
  } catch {
    // nothing is kept
  }
}
// [judgements found again, judgements of claims that are gone]
function restore() {
  let found = null;
  try {
    found = JSON.parse(localStorage.getItem(PLACE));
  } catch {
    // nothing was kept
  }
  if (!found || found.version !== 1) return [0, 0];
  const entries = (name) =>
    Array.isArray(found[name]) ? found[name].filter((pair) => Array.isArray(pair) && pair.length === 2) : [];
  for (const [id, one] of entries('made')) if (isName(one)) state.made.set(id, one);
  const there = (id) => ENTITIES.has(id) || state.made.has(id);
  for (const [id, one] of entries('names'))
    if (there(id) && (isName(one) || one.dropped === true || there(one.same))) state.names.set(id, one);
  const isContent = (content) =>
    content &&
    there(content.subject) &&
    RELATIONS.has(content.predicate) &&
    MODALITIES.has(content.modality) &&
    (there(content.object) || KINDS.has(content.object) || THEMES.has(content.object)) &&
    Array.isArray(content.without);
  for (const [id, one] of entries('added')) if (LINES[one?.line] && isContent(one.content)) state.added.set(id, one);
  const ids = new Set([...CLAIMS.map((claim) => claim.id), ...state.added.keys()]);
  for (const [id, content] of entries('changes')) if (ids.has(id) && isContent(content)) state.changes.set(id, content);
  let lost = 0;
  for (const [id, judgement] of entries('judged')) {
    if (ids.has(id) && ['accepted', 'dropped'].includes(judgement)) state.judged.set(id, judgement);
    else lost += 1;
  }
  return [state.judged.size, lost];
}
const isName = (one) => !!one && typeof one.label === 'string' && typeof one.kind === 'string';

// ---- what it comes to

// An entity of the coder's own looks like the others.
const entity = (id) =>
  ENTITIES.get(id) ||
  (state.made.has(id) ? { id, ...state.made.get(id), origin: 'new', reason: '', aliases: [], mentions: [] } : null);
const meant = (id) => {
  const seen = new Set();
  while (state.names.get(id)?.same && !seen.has(id)) {
    seen.add(id);
    id = state.names.get(id).same;
  }
  return id;
};
const isDropped = (id) => !!state.names.get(meant(id))?.dropped;
const kindOfEntity = (id) => state.names.get(meant(id))?.kind || entity(meant(id))?.kind || '';
const words = (pair) => (pair ? pair[state.language] : '');
// How anything that a claim names is called: an entity, a class or a theme.
const called = (id) => {
  if (KINDS.has(id)) return words(KINDS.get(id));
  if (THEMES.has(id)) return words(THEMES.get(id));
  return state.names.get(meant(id))?.label || entity(meant(id))?.label || id;
};
const kindLabel = (kind) => (KINDS.has(kind) ? words(KINDS.get(kind)) : kind);
const familyOf = (id) => KINDS.get(KINDS.has(id) ? id : kindOfEntity(id))?.family || 'onderwerp';

const ownClaims = () =>
  [...state.added].map(([id, { line, content }]) => ({
    i: -1,
    id,
    name: id,
    block: null,
    first: content,
    line: LINES[line],
    rule: '',
    score: null,
    ends: null,
  }));
// All claims, in the order of the text; those of the coder's own behind the others of their sentence.
const allClaims = () => {
  const own = ownClaims();
  if (!own.length) return CLAIMS;
  return [...CLAIMS, ...own].sort((a, b) => a.line.i - b.line.i || (a.i < 0) - (b.i < 0) || a.i - b.i);
};
const content = (claim) => state.changes.get(claim.id) || claim.first;
// Without a name that stands, a claim says nothing.
const isNameless = (claim) => isDropped(content(claim).subject) || isDropped(content(claim).object);
const standing = (claim) => (isNameless(claim) ? 'dropped' : state.judged.get(claim.id) || 'open');
const counts = () => {
  const found = { all: 0, open: 0, accepted: 0, dropped: 0 };
  for (const claim of allClaims()) {
    found.all += 1;
    found[standing(claim)] += 1;
  }
  return found;
};

// Whether the shapes let a relation stand between two kinds; what is not known of a kind counts as fitting.
const isKindOf = (kind, classes) => {
  const known = KINDS.get(kind);
  return !classes.length || !known || known.above.some((one) => classes.includes(one));
};
const fits = (predicate, subject, object) => {
  const relation = RELATIONS.get(predicate);
  return (
    !!relation &&
    (predicate === TYPE || predicate === ABOUT || !(KINDS.has(object) || THEMES.has(object))) &&
    isKindOf(kindOfEntity(subject), relation.subject) &&
    (KINDS.has(object) || THEMES.has(object) || isKindOf(kindOfEntity(object), relation.object))
  );
};
// Entities of which every claim that stands says that they are not there yet: entity -> modality.
function notYet() {
  const found = new Map();
  for (const claim of allClaims()) {
    const { subject, predicate, modality, negated } = content(claim);
    if (predicate !== TYPE || negated || standing(claim) === 'dropped') continue;
    const id = meant(subject);
    if (modality === 'bestaand' || modality === 'beeindigd') found.set(id, '');
    else if (!found.has(id)) found.set(id, modality);
  }
  return found;
}
