// ---- data: Maps, never plain objects, where a key comes from the data

const $ = (id) => document.getElementById(id);
const DATA = JSON.parse($('data').textContent);
const PAGE = DATA.page;
const FAMILIES = new Map(Object.entries(PAGE.families));
const MODALITIES = new Map(Object.entries(PAGE.modalities));
const LETTERS = new Map(Object.entries(PAGE.letters));
const STATUSES = new Map(Object.entries(PAGE.statuses));
const ORIGINS = new Map(Object.entries(PAGE.origins));
const TIMES = new Map();
for (const { iri: [, last] } of DATA.nodes) TIMES.set(last, (TIMES.get(last) || 0) + 1);
for (const node of DATA.nodes) {
  const [head, last] = node.iri;
  node.iri = PAGE.heads[head] + last;
  // What the address of the page calls a node: short where that is enough.
  node.key = TIMES.get(last) === 1 ? last : node.iri;
  node.family = [...FAMILIES.keys()][node.family];
  [, node.kind_nl, node.kind_en] = PAGE.kinds[node.kind];
  node.status = node.status || 'bestaand';
  node.samenhang = node.at.slice(0, 2);
  node.lagen = node.at.slice(2);
  node.claims = [];
}
const NODES = new Map(DATA.nodes.map((node) => [node.id, node]));
const BY_KEY = new Map(DATA.nodes.map((node) => [node.key, node]));
DATA.edges.forEach((line, i) => Object.assign(line, { id: 'e' + i, modality: [...MODALITIES.keys()][line.modality], source: NODES.get(line.from), target: NODES.get(line.to), members: [] }));
const LINES = new Map(DATA.edges.map((line) => [line.id, line]));
const COLUMNS = PAGE.claims.columns, LETTER_KEYS = [...LETTERS.keys()], ORIGIN_KEYS = [...ORIGINS.keys()], WHY = PAGE.claims.why || {};
function textsOf(cell) {
  const quote = cell.querySelector('q'), mark = cell.querySelector('mark'), anchor = cell.querySelector('i');
  const parts = quote ? [...quote.childNodes] : [], at = mark ? parts.indexOf(mark) : parts.length, join = (some) => some.map((part) => part.textContent).join('');
  return { before: join(parts.slice(0, at)), marked: mark ? mark.textContent : '', after: join(parts.slice(at + 1)), anchor: anchor ? anchor.textContent.slice(1, -1) : '' };
}
const CLAIMS = [...$('rows').rows].map((row, i) => {
  const line = DATA.edges[COLUMNS.line[i]], [nl, en, predicate] = PAGE.claims.relations[COLUMNS.relation[i]];
  const claim = {
    row, line, nl, en, predicate, key: COLUMNS.key[i], iri: (COLUMNS.key[i].includes('://') ? '' : PAGE.claims.head) + COLUMNS.key[i], why: WHY[i], modality: line.modality, source: line.source, target: line.target, from: line.from, to: line.to,
    denied: !!COLUMNS.denied[i], origin: ORIGIN_KEYS[COLUMNS.origin[i]], english: COLUMNS.english[i], dutch: row.cells[4].textContent,
    themes: COLUMNS.themes[i].map((theme) => PAGE.claims.themes[theme]).join(', '), period: PAGE.claims.periods[COLUMNS.period[i]], speaker: PAGE.claims.speakers[COLUMNS.speaker[i]],
    evidence: COLUMNS.evidence[i].map(([letter, section, begin, end], nth) => ({ key: LETTER_KEYS[letter], letter: LETTERS.get(LETTER_KEYS[letter]), section: PAGE.claims.sections[section], begin, end, ...textsOf(row.cells[5].children[nth]) })),
  };
  claim.letters = new Set(claim.evidence.map((piece) => piece.key));
  line.members.push(claim);
  claim.source.claims.push(claim);
  if (claim.target !== claim.source) claim.target.claims.push(claim);
  return claim;
});
// An inferred relation counts as of the letters that it rests on.
const premises = (step) => [...(step.claims || []).map((i) => CLAIMS[i]), ...(step.on || []).flatMap(premises)];
for (const claim of CLAIMS) if (claim.why) for (const premise of premises(claim.why)) for (const key of premise.letters) claim.letters.add(key);
const BY_CLAIM = new Map(CLAIMS.map((claim) => [claim.key, claim]));
// What is inferred makes nothing larger.
for (const node of DATA.nodes) node.said = node.claims.filter((claim) => claim.origin !== 'inferred').length;
const RANKED = DATA.nodes.filter((node) => node.family !== 'onderwerp').sort((a, b) => b.between - a.between || b.said - a.said);
const MOST = Math.max(1, ...DATA.nodes.map((node) => node.said));
const SAID = CLAIMS.filter((claim) => claim.origin !== 'inferred').length;
const THERE = new Set(['bestaand', 'onbekend']);
const CALM = matchMedia('(prefers-reduced-motion: reduce)').matches;
