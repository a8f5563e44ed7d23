// ---- data: Maps, never plain objects, where a key comes from the data

const $ = (id) => document.getElementById(id);
const DATA = JSON.parse($('data').textContent);
const PAGE = DATA.page;
const FAMILIES = new Map(Object.entries(PAGE.families));
const MODALITIES = new Map(Object.entries(PAGE.modalities));
const LETTERS = new Map(Object.entries(PAGE.letters));
const STATUSES = new Map(Object.entries(PAGE.statuses));
const ORIGINS = new Map(Object.entries(PAGE.origins));

// Numbers and texts are in code (codes.py says how); each text is read when it is first asked for.
const SIGNS = new Map(
  Array.from({ length: 94 }, (_, i) => String.fromCharCode(32 + i))
    .filter((sign) => !'"\\&\'<>'.includes(sign))
    .map((sign, i) => [sign, i]),
);
const LAST = 50,
  FIRST_SIGNS = SIGNS.size - LAST,
  VOCABULARY = DATA.words.split(' '),
  TEXTS = [];
function numbers(code) {
  const found = [];
  let begun = 0;
  for (const sign of code) {
    const value = SIGNS.get(sign);
    if (value >= LAST) begun = begun * FIRST_SIGNS + value - LAST + 1;
    else {
      found.push(begun * LAST + value);
      begun = 0;
    }
  }
  return found;
}
const CODED = { texts: DATA.texts.split('~'), dutch: DATA.dutch.split('~'), english: DATA.english.split('~') };
const decoded = (code) =>
  numbers(code)
    .map((word) => VOCABULARY[word])
    .join(' ');
const textOf = (i) => (TEXTS[i] === undefined ? (TEXTS[i] = decoded(CODED.texts[i])) : TEXTS[i]);
// Numbers of every row as one text; lists of numbers, and texts, as one for each.
const read = (columns) =>
  Object.fromEntries(
    Object.entries(columns).map(([key, column]) => [key, typeof column === 'string' ? numbers(column) : column]),
  );

const keysOf = (map) => [...map.keys()],
  FAMILY_KEYS = keysOf(FAMILIES),
  MODALITY_KEYS = keysOf(MODALITIES),
  LETTER_KEYS = keysOf(LETTERS);
const STATUS_KEYS = keysOf(STATUSES),
  ORIGIN_KEYS = keysOf(ORIGINS),
  LAYER_KEYS = Object.keys(PAGE.layers);
const ENTITY = read(DATA.nodes),
  LINE = read(DATA.edges),
  COLUMNS = read(PAGE.claims.columns),
  PIECES = read(PAGE.claims.evidence),
  BETWEEN = numbers(PAGE.between);
const PLACES = Object.entries(PAGE.places).map(
  ([
    layout,
    {
      corner: [left, top],
      x,
      y,
    },
  ]) => [layout, numbers(x).map((along) => along + left), numbers(y).map((along) => along + top)],
);
const TIMES = new Map();
for (const tail of ENTITY.tail || []) TIMES.set(tail, (TIMES.get(tail) || 0) + 1);
class Entity {
  constructor(i) {
    const tail = ENTITY.tail[i];
    this.nth = i;
    this.id = 'n' + i;
    this.iri = PAGE.heads[ENTITY.head[i]] + tail;
    // What the address of the page calls a node: short where that is enough.
    this.key = TIMES.get(tail) === 1 ? tail : this.iri;
    this.family = FAMILY_KEYS[ENTITY.family[i]];
    this.layer = LAYER_KEYS[ENTITY.layer[i]];
    this.status = STATUS_KEYS[ENTITY.status[i]];
    this.between = BETWEEN[i] / 1000;
    [, this.kind_nl, this.kind_en] = PAGE.kinds[ENTITY.kind[i]];
    for (const [layout, xs, ys] of PLACES) this[layout] = [xs[i], ys[i]];
    this.claims = [];
    this.said = 0;
  }
  get label() {
    return textOf(ENTITY.label[this.nth]);
  }
  get label_en() {
    return textOf(ENTITY.label_en[this.nth]);
  }
  get definition() {
    return textOf(ENTITY.definition[this.nth]);
  }
  get aliases() {
    return this.nth in PAGE.aliases ? numbers(PAGE.aliases[this.nth]).map(textOf) : null;
  }
  get identifiers() {
    const found = numbers(PAGE.identifiers[this.nth] || '').map(textOf);
    return found.flatMap((label, i) => (i % 2 ? [] : [[label, found[i + 1]]]));
  }
}
DATA.nodes = Array.from(ENTITY.id || [], (i) => new Entity(i));
DATA.edges = Array.from(LINE.from || [], (from, i) => {
  const source = DATA.nodes[from],
    target = DATA.nodes[LINE.to[i]];
  return {
    id: 'e' + i,
    from: source.id,
    to: target.id,
    source,
    target,
    modality: MODALITY_KEYS[LINE.modality[i]],
    inferred: LINE.origin[i] === 1,
    query: LINE.origin[i] === 2,
    members: [],
  };
});
const NODES = new Map(DATA.nodes.map((node) => [node.id, node]));
const BY_KEY = new Map(DATA.nodes.map((node) => [node.key, node]));
const LINES = new Map(DATA.edges.map((line) => [line.id, line]));

const LISTS = PAGE.claims.lists,
  DATES = LISTS.dates.map(([first, second, third, last]) =>
    first === undefined ? null : { begin: [first, second], end: [third, last] },
  );
const QUANTITIES = LISTS.quantities.map((list) => list.map(([nl, en]) => ({ nl, en })));
const WHY = PAGE.claims.why || {};
// Where the passages of each claim begin and end.
const PASSAGES = [0];
for (const count of COLUMNS.passages) PASSAGES.push(PASSAGES[PASSAGES.length - 1] + count);
const passagesOf = (i) => Array.from({ length: PASSAGES[i + 1] - PASSAGES[i] }, (_, nth) => PASSAGES[i] + nth);
function passage(nth) {
  const key = LETTER_KEYS[PIECES.letter[nth]],
    begin = PIECES.begin[nth],
    anchor = textOf(PIECES.anchor[nth]);
  const before = PIECES.before && PIECES.before[nth] ? textOf(PIECES.before[nth] - 1) : '',
    found = PIECES.after && PIECES.after[nth];
  const words = found
    ? { before, marked: anchor, after: textOf(found - 1), anchor: '' }
    : { before, marked: '', after: '', anchor };
  return {
    key,
    letter: LETTERS.get(key),
    section: PAGE.claims.sections[PIECES.section[nth]],
    begin,
    end: begin + PIECES.length[nth],
    ...words,
  };
}
if (PAGE.claims.texts) PAGE.claims.texts = PAGE.claims.texts.map((pair) => pair.map(textOf));
class Claim {
  constructor(i, line) {
    const key = PAGE.claims.key[i];
    this.nth = i;
    this.line = line;
    this.key = key;
    this.iri = (key.includes('://') ? '' : PAGE.claims.head) + key;
    this.why = WHY[i];
    this.modality = line.modality;
    this.source = line.source;
    this.target = line.target;
    this.from = line.from;
    this.to = line.to;
    [this.nl, this.en, this.predicate] = LISTS.relation[COLUMNS.relation[i]];
    this.denied = !!COLUMNS.denied[i];
    this.origin = ORIGIN_KEYS[COLUMNS.origin[i]];
    this.themeKeys = LISTS.themes[COLUMNS.themes[i]];
    this.period = LISTS.period[COLUMNS.period[i]];
    this.dates = DATES[COLUMNS.dates[i]];
    this.present = !!COLUMNS.present[i];
    this.quantities = QUANTITIES[COLUMNS.quantities[i]];
    this.speaker = LISTS.speaker[COLUMNS.speaker[i]];
    this.letters = new Set(passagesOf(i).map((nth) => LETTER_KEYS[PIECES.letter[nth]]));
  }
  get dutch() {
    return decoded(CODED.dutch[this.nth]);
  }
  get english() {
    return decoded(CODED.english[this.nth]);
  }
  get themes() {
    return this.themeKeys.join(', ');
  }
  get evidence() {
    const pieces = passagesOf(this.nth).map(passage);
    Object.defineProperty(this, 'evidence', { value: pieces });
    return pieces;
  }
}
const CLAIMS = DATA.edges.flatMap((line, i) => Array.from({ length: LINE.claims[i] }, () => line));
CLAIMS.forEach((line, i) => {
  const claim = (CLAIMS[i] = new Claim(i, line));
  line.members.push(claim);
  claim.source.claims.push(claim);
  if (claim.target !== claim.source) claim.target.claims.push(claim);
});
// An inferred relation counts as of the letters that it rests on.
const premises = (step) => [...(step.claims || []).map((i) => CLAIMS[i]), ...(step.on || []).flatMap(premises)];
for (const claim of CLAIMS)
  if (claim.why) for (const premise of premises(claim.why)) for (const key of premise.letters) claim.letters.add(key);
const BY_CLAIM = new Map(CLAIMS.map((claim) => [claim.key, claim]));
// What is inferred makes nothing larger.
for (const node of DATA.nodes) node.said = node.claims.filter((claim) => claim.origin !== 'inferred').length;
const RANKED = DATA.nodes
  .filter((node) => node.family !== 'onderwerp')
  .sort((a, b) => b.between - a.between || b.said - a.said);
const MOST = DATA.nodes.reduce((most, node) => Math.max(most, node.said), 1);
const SAID = CLAIMS.filter((claim) => claim.origin !== 'inferred').length;
const THERE = new Set(['bestaand', 'onbekend']);
const CALM = matchMedia('(prefers-reduced-motion: reduce)').matches;
