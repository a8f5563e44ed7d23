(() => {
'use strict';

// ---- words

const WORDS = {
  nl: {
    skipMap: 'Ga naar de kaart', skipTable: 'Ga naar de tabel met alle relaties',
    search: 'Zoek een partij, programma of onderwerp…', nothing: 'Geen resultaat', also: 'ook', hits: 'Zoekresultaten',
    map: 'Kaart', table: 'Tabel', copy: 'Kopieer link', csv: 'Download CSV', dark: 'Donker', view: 'Weergave', layout: 'Indeling', size: 'Grootte',
    samenhang: 'Samenhang', lagen: 'Bestuurslagen', schakel: 'Schakelfunctie', relaties: 'Aantal relaties', gelijk: 'Gelijk', reset: 'Alles tonen',
    help: 'Pijltjestoetsen lopen langs de knopen, Enter gaat naar het bewijs, Escape wist de selectie, plus en min zoomen, 0 toont alles.',
    caption: 'Alle relaties met vindplaats', from: 'Van', relation: 'Relatie', to: 'Naar', modality: 'Modaliteit', paraphrase: 'Parafrase', evidence: 'Vindplaats',
    soort: 'Soort knoop', bestaan: 'Bestaat het al?', modaliteit: 'Modaliteit', brief: 'Brief', herkomst: 'Herkomst', noLetter: 'zonder brief',
    none: 'geen', all: 'alle', nodes: 'knopen', relations: 'relaties', letters: 'brieven', of: 'van', copied: 'Link gekopieerd', copyYourself: 'Kopieer de link uit de adresbalk',
    denied: 'ontkend', undated: 'ongedateerd', speaker: 'Gezegd door', period: 'Periode', themes: 'Thema’s', characters: 'tekens', reference: 'kenmerk', section: '§',
    noEvidence: 'Geen passage in een brief', follows: 'Geen brief zegt dit zo; het volgt uit:', inferred: 'afgeleid', notYet: 'bestaat nog niet', onLine: (n) => n === 1 ? '1 relatie op deze lijn' : n + ' relaties op deze lijn',
    claims: (n) => n === 1 ? '1 relatie met bewijs' : n + ' relaties met bewijs', isAlso: 'Ook bekend als', neighbours: 'Alleen buren', two: '2 stappen', close: 'Sluit', identifiers: 'Identificatie',
    broker: (i, n) => 'schakel nr. ' + i + ' van ' + n, what: 'Wat staat er op de kaart?',
    intro: 'Partijen, programma’s en onderwerpen uit de brieven. Elke lijn is een uitspraak met vindplaats: klik erop en lees wie het zegt, en waar.',
    brokers: 'Belangrijkste schakels in het hele netwerk', how: 'Hoe lees je de kaart?',
    reading: ['Vorm en kleur geven het soort knoop. Een gestippelde rand: het bestaat nog niet, of niet meer.', 'De lijnstijl geeft de modaliteit; het precieze woord staat bij het bewijs. Een kruisje op een lijn: de brief ontkent dit.', 'Een grotere knoop verbindt meer delen van het netwerk. Zoom in voor meer namen.'], dots: 'Drie punten op een lijn: geen brief zegt dit zo, het volgt uit wat brieven zeggen. Een klik toont waaruit. Zet ze aan en uit onder Herkomst.',
    filters: 'Legenda en filters', share: 'Weergave en delen', zoom: 'Zoomen', zoomIn: 'Inzoomen', zoomOut: 'Uitzoomen', zoomAll: 'Hele kaart tonen', theMap: 'Netwerkkaart',
  },
  en: {
    skipMap: 'Go to the map', skipTable: 'Go to the table of all relations',
    search: 'Search a party, programme or subject…', nothing: 'Nothing found', also: 'also', hits: 'Search results',
    map: 'Map', table: 'Table', copy: 'Copy link', csv: 'Download CSV', dark: 'Dark', view: 'View', layout: 'Layout', size: 'Size',
    samenhang: 'Coherence', lagen: 'Layers of government', schakel: 'Brokerage', relaties: 'Number of relations', gelijk: 'Equal', reset: 'Show all',
    help: 'Arrow keys walk along the nodes, Enter goes to the evidence, Escape clears the selection, plus and minus zoom, 0 shows all.',
    caption: 'All relations with their source', from: 'From', relation: 'Relation', to: 'To', modality: 'Modality', paraphrase: 'Paraphrase', evidence: 'Source',
    soort: 'Kind of node', bestaan: 'Does it exist yet?', modaliteit: 'Modality', brief: 'Letter', herkomst: 'Origin', noLetter: 'without a letter',
    none: 'none', all: 'all', nodes: 'nodes', relations: 'relations', letters: 'letters', of: 'of', copied: 'Link copied', copyYourself: 'Copy the link from the address bar',
    denied: 'denied', undated: 'undated', speaker: 'Said by', period: 'Period', themes: 'Themes', characters: 'characters', reference: 'reference', section: '§',
    noEvidence: 'No passage in a letter', follows: 'No letter says this as such; it follows from:', inferred: 'inferred', notYet: 'does not exist yet', onLine: (n) => n === 1 ? '1 relation on this line' : n + ' relations on this line',
    claims: (n) => n === 1 ? '1 relation with evidence' : n + ' relations with evidence', isAlso: 'Also known as', neighbours: 'Neighbours only', two: '2 steps', close: 'Close', identifiers: 'Identifiers',
    broker: (i, n) => 'broker no. ' + i + ' of ' + n, what: 'What is on the map?',
    intro: 'Parties, programmes and subjects from the letters. Each line is a statement with its source: click it and read who says so, and where.',
    brokers: 'Main brokers in the whole network', how: 'How to read the map',
    reading: ['Shape and colour give the kind of node. A dashed outline: it does not exist yet, or no longer.', 'The style of a line gives the modality; the exact word stands with the evidence. A cross on a line: the letter denies this.', 'A larger node connects more parts of the network. Zoom in for more names.'], dots: 'Three dots on a line: no letter says this as such, it follows from what letters say. A click shows from what. Switch them on and off under Origin.',
    filters: 'Legend and filters', share: 'View and sharing', zoom: 'Zoom', zoomIn: 'Zoom in', zoomOut: 'Zoom out', zoomAll: 'Show the whole map', theMap: 'Network map',
  },
};

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
const CLAIMS = [...$('rows').rows].map((row, i) => {
  const line = DATA.edges[COLUMNS.line[i]], [nl, en, predicate] = PAGE.claims.relations[COLUMNS.relation[i]];
  const claim = {
    row, line, nl, en, predicate, key: COLUMNS.key[i], iri: (COLUMNS.key[i].includes('://') ? '' : PAGE.claims.head) + COLUMNS.key[i], why: WHY[i], modality: line.modality, source: line.source, target: line.target, from: line.from, to: line.to,
    denied: !!COLUMNS.denied[i], origin: ORIGIN_KEYS[COLUMNS.origin[i]], english: COLUMNS.english[i], dutch: row.cells[4].textContent,
    themes: COLUMNS.themes[i].map((theme) => PAGE.claims.themes[theme]).join(', '), period: PAGE.claims.periods[COLUMNS.period[i]], speaker: PAGE.claims.speakers[COLUMNS.speaker[i]],
    evidence: COLUMNS.evidence[i].map(([letter, section, begin, end], nth) => ({ key: LETTER_KEYS[letter], letter: LETTERS.get(LETTER_KEYS[letter]), section: PAGE.claims.sections[section], begin, end, cell: row.cells[5].children[nth] })),
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

// ---- facets: the legend is the filter

const byLanguage = (map) => (key) => map.get(key)[state.language];
const FACETS = [
  { key: 'soort', on: 'node', values: [...FAMILIES.keys()].filter((f) => DATA.nodes.some((n) => n.family === f)), of: (node) => [node.family], label: byLanguage(FAMILIES), swatch: (key) => shape(key) },
  { key: 'modaliteit', on: 'claim', values: [...MODALITIES.keys()].filter((m) => CLAIMS.some((c) => c.modality === m)), of: (claim) => [claim.modality], label: byLanguage(MODALITIES), swatch: (key) => sample(key) },
  { key: 'herkomst', on: 'claim', values: [...ORIGINS.keys()].filter((o) => CLAIMS.some((c) => c.origin === o)), of: (claim) => [claim.origin], label: byLanguage(ORIGINS), swatch: (key) => sample('bestaand', key === 'inferred'), off: PAGE.off, optional: true },
  { key: 'brief', on: 'claim', values: [...LETTERS.keys(), ...(CLAIMS.some((c) => !c.letters.size) ? ['-'] : [])], of: (claim) => claim.letters.size ? [...claim.letters] : ['-'], label: (key) => key === '-' ? t('noLetter') : LETTERS.get(key).short },
  { key: 'bestaan', on: 'node', values: [...STATUSES.keys()], of: (node) => [node.status], label: byLanguage(STATUSES), optional: true },
].filter((facet) => !facet.optional || facet.values.length > 1);
for (const facet of FACETS) facet.first = new Set(facet.values.filter((value) => !(facet.off || []).includes(value)));

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

// ---- small things to draw with

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'text') element.textContent = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
};
const SVG = 'http://www.w3.org/2000/svg';
function draw(width, height, box, tag, attributes) {
  const svg = document.createElementNS(SVG, 'svg'), part = document.createElementNS(SVG, tag);
  for (const [name, value] of [['width', width], ['height', height], ['viewBox', box], ['aria-hidden', 'true']]) svg.setAttribute(name, value);
  for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
  svg.append(part);
  return svg;
}
const SHAPES = { overheid: 'square', regio: 'dot', maatschappij: 'triangle', bedrijf: 'diamond', programma: 'hexagon', onderwerp: 'dot' };
const PATHS = { dot: 'M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0', square: 'M-5-5H5V5H-5z', diamond: 'M0-7L7 0 0 7-7 0z', triangle: 'M0-6.5L6.5 5h-13z', hexagon: 'M6.5 0L3.25 5.6h-6.5L-6.5 0l3.25-5.6h6.5z' };
const KNOWN = (family) => Object.hasOwn(SHAPES, family) ? family : 'onderwerp';
const shape = (family, there = true) => {
  const colour = 'var(--' + KNOWN(family) + ')', ring = KNOWN(family) === 'onderwerp';
  return draw(16, 16, '-8 -8 16 16', 'path', { d: PATHS[SHAPES[KNOWN(family)]], style: `fill:${ring || !there ? 'none' : colour};stroke:${colour};stroke-width:${ring ? 2.5 : 1.3};stroke-dasharray:${there ? 'none' : '2.5 2'}` });
};
const STYLES = { thick: { width: 2.6, dashes: false }, solid: { width: 1.2, dashes: false }, dash: { width: 1.3, dashes: [9, 5] }, dot: { width: 1.4, dashes: [2, 4] }, dashdot: { width: 1.3, dashes: [10, 4, 2, 4] } };
const styleOf = (modality) => { const style = MODALITIES.get(modality).style; return Object.hasOwn(STYLES, style) ? STYLES[style] : STYLES.solid; };
const DOTS = [[-3.5, 2], [3.5, 2], [0, -4]];
const sample = (modality, inferred = false) => {
  const { width, dashes } = styleOf(modality);
  if (inferred) return draw(34, 14, '0 0 34 14', 'path', { d: 'M0 7H11M23 7H34' + DOTS.map(([x, y]) => `M${17 + x} ${8 + y}h.01`).join(''), style: 'stroke:var(--inferred);stroke-width:1.6;stroke-linecap:round;' });
  return draw(34, 10, '0 0 34 10', 'line', { x1: 0, x2: 34, y1: 5, y2: 5, style: `stroke:var(--ink);stroke-width:${width === 2.6 ? 3.2 : 1.6};stroke-dasharray:${dashes ? dashes.join(' ') : 'none'}` });
};
const name = (node) => state.language === 'en' && node.label_en || node.label;
const kindOf = (node) => state.language === 'en' && node.kind_en || node.kind_nl;
const statusOf = (node) => STATUSES.get(node.status)[state.language] + (THERE.has(node.status) || node.status === 'beeindigd' ? '' : ', ' + t('notYet'));
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// ---- the map

let colours = {}, network = null, hovered = null, labels = [], unit = 1, whole = 1, near = true;
const boxes = new vis.DataSet(), lines = new vis.DataSet(), drawn = new Map();
const place = (node) => node[state.layout];
function readColours() {
  const probe = make('span'), styles = getComputedStyle(document.documentElement);
  document.body.append(probe);
  for (const property of ['paper', 'ink', 'muted', 'edge', 'accent', 'band', 'denied', 'inferred', ...Object.keys(SHAPES)]) {
    // A canvas does not know light-dark(): let the browser work the colour out.
    probe.style.color = `var(--${property})`;
    colours[property] = getComputedStyle(probe).color;
  }
  probe.remove();
  $('b-dark').setAttribute('aria-pressed', isDark());
  return styles;
}
const isDark = () => state.theme ? state.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
const weight = (node) => state.size === 'gelijk' ? 0.15 : Math.sqrt(state.size === 'relaties' ? node.said / MOST : KNOWN(node.family) === 'onderwerp' ? node.said / MOST / 2 : node.between);
// Subjects are many and are what things are about, not who acts: they stay small.
const size = (node) => (KNOWN(node.family) === 'onderwerp' ? 3.2 + 6 * weight(node) : 5.5 + 17.5 * weight(node)) * unit;
const faded = (node) => state.line ? node !== state.line.members[0].source && node !== state.line.members[0].target : !!state.node && node !== state.node && !beside.has(node.id);
const selected = (line) => line === state.line || !!state.node && (line.from === state.node.id || line.to === state.node.id);
function boxOf(node) {
  const colour = colours[KNOWN(node.family)], hollow = KNOWN(node.family) === 'onderwerp' || !THERE.has(node.status), [x, y] = place(node);
  return {
    id: node.id, x, y, shape: SHAPES[KNOWN(node.family)], size: size(node), hidden: !shownNodes.has(node.id), opacity: faded(node) ? 0.15 : 1,
    borderWidth: (node === state.node ? 4 : KNOWN(node.family) === 'onderwerp' ? 1.3 : hollow ? 1.7 : 1) * unit,
    color: { background: hollow ? colours.paper : colour, border: node === state.node ? colours.ink : hollow ? colour : colours.paper },
    shapeProperties: { borderDashes: THERE.has(node.status) ? false : [4 * unit, 3 * unit] },
    title: `${name(node)} – ${kindOf(node)}${THERE.has(node.status) ? '' : ', ' + statusOf(node)}`,
  };
}
const PARALLEL = new Map();
for (const line of LINES.values()) {
  const pair = line.from + ' ' + line.to;
  line.nth = PARALLEL.get(pair) || 0;
  PARALLEL.set(pair, line.nth + 1);
}
function lineOf(line) {
  const members = line.members.filter((claim) => shownClaims.has(claim)), style = styleOf(line.modality), on = selected(line);
  const first = members[0] || line.members[0], more = members.length > 1 ? ` (+${members.length - 1})` : '';
  return {
    id: line.id, from: line.from, to: line.to, hidden: !members.length, dashes: style.dashes && style.dashes.map((length) => length * unit),
    width: (style.width * (near || on ? 1 : 0.8) + Math.min(members.length - 1, 5) * 0.7 + (line === state.line ? 1 : 0)) * Math.sqrt(unit),
    arrows: { to: { enabled: near || on, scaleFactor: 0.42 * Math.sqrt(unit) } },
    color: { color: on ? colours.accent : line.inferred ? colours.inferred : colours.edge, opacity: (state.node || state.line) && !on ? 0.12 : 1 },
    smooth: { enabled: true, type: 'curvedCW', roundness: 0.08 + 0.09 * line.nth },
    title: `${name(first.source)} ${first[state.language]} ${name(first.target)} – ${MODALITIES.get(line.modality)[state.language]}${line.inferred ? ', ' + t('inferred') : ''}${more}`,
  };
}
function update(set, things) {
  // Rewriting what did not change is what makes a click slow.
  const changed = things.filter((thing) => { const signature = JSON.stringify(thing); if (drawn.get(thing.id) === signature) return false; drawn.set(thing.id, signature); return true; });
  if (changed.length) set.update(changed);
}
const extent = (nodes) => {
  const xs = nodes.map((node) => place(node)[0]), ys = nodes.map((node) => place(node)[1]);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
};
const bandLeft = () => extent(DATA.nodes).left - 70 * unit;
function frame(nodes) {
  const width = $('net').clientWidth, height = $('net').clientHeight, box = extent(nodes);
  const layered = state.layout === 'lagen';
  if (layered) box.left = Math.min(box.left, bandLeft());
  const left = layered ? 24 : 40, right = 62, above = layered ? 64 : 42, below = layered ? 44 : 30;
  const scale = Math.min(1.5, (width - left - right) / Math.max(1, box.right - box.left), (height - above - below) / Math.max(1, box.bottom - box.top));
  return { scale, position: { x: (box.left + box.right + (right - left) / scale) / 2, y: (box.top + box.bottom + (below - above) / scale) / 2 } };
}
const drawable = () => $('net').clientWidth > 160 && $('net').clientHeight > 140;
function fit(moving = true) {
  const nodes = DATA.nodes.filter((node) => shownNodes.has(node.id));
  if (nodes.length && drawable()) network.moveTo({ ...frame(nodes), animation: moving && !CALM ? { duration: 300 } : false });
}
function measureUnit() {
  // Shapes are drawn larger where the whole map must be shrunk a lot, so that small nodes stay visible.
  unit = 1;
  if (DATA.nodes.length && drawable()) { whole = frame(DATA.nodes).scale; unit = Math.min(1.8, Math.max(1, 0.75 / whole)); }
}
// From afar a large map is read by who acts: arrows and the names of subjects come with zooming in.
const isNear = () => shownNodes.size <= FEW || !!network && network.getScale() > 1.3 * whole;


// ---- labels: never over each other, the most central first

const FEW = 120, FIRST = 40, ALWAYS = 12;
const wrap = (text, longest) => {
  if (text.length <= 20) return [text];
  const limit = Math.max(12, text.length / 2 + 3);
  let first = '', second = '';
  for (const word of text.split(' ')) {
    if (!second && (first + ' ' + word).trim().length <= limit) first = (first + ' ' + word).trim();
    else second = (second + ' ' + word).trim();
  }
  return [first, second].filter(Boolean).map((line) => line.length > longest ? line.slice(0, longest - 1).trimEnd() + '…' : line);
};
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
const widths = new Map();
function widthOf(context, text, font) {
  const known = font + text;
  if (!widths.has(known)) { context.font = font; widths.set(known, context.measureText(text).width); }
  return widths.get(known);
}
const meets = (a, b, slack = 0) => a[0] < b[2] - slack && a[2] > b[0] + slack && a[1] < b[3] - slack && a[3] > b[1] + slack;
function placeLabels(context, taken) {
  const width = $('net').clientWidth, height = $('net').clientHeight, scale = network.getScale();
  const order = DATA.nodes.filter((node) => shownNodes.has(node.id) && (!faded(node) || node.id === hovered)).sort((a, b) =>
    (b === state.node) - (a === state.node) || (b.id === hovered) - (a.id === hovered) || b.between - a.between || b.said - a.said);
  const at = new Map(), dots = [];
  for (const node of DATA.nodes) {
    if (!shownNodes.has(node.id)) continue;
    const point = network.canvasToDOM({ x: place(node)[0], y: place(node)[1] });
    if (point.x < 0 || point.y < 0 || point.x > width || point.y > height) continue;
    const radius = size(node) * scale;
    at.set(node, { ...point, radius });
    if (!faded(node)) dots.push([point.x - radius, point.y - radius, point.x + radius, point.y + radius, node]);
  }
  const placed = [], rank = new Map(RANKED.map((node, i) => [node, i])), chosen = state.node || state.line;
  for (const node of order) {
    const point = at.get(node);
    if (!point) continue;
    const must = node === state.node || node.id === hovered, nth = rank.has(node) ? rank.get(node) : Infinity;
    if (!near && !must && !chosen && nth === Infinity) continue;
    const pixels = Math.round(11.5 + 4.5 * weight(node)), font = `${node === state.node ? '600 ' : ''}${pixels}px ${FONT}`;
    const text = wrap(name(node), near || must ? 34 : 27), w = Math.max(...text.map((line) => widthOf(context, line, font))) + 4, h = text.length * pixels * 1.15 + 2;
    const { x, y, radius: r } = point, d = r * 0.72 + 2;
    const options = [[x - w / 2, y + r + 2], [x + r + 3, y - h / 2], [x - r - 3 - w, y - h / 2], [x - w / 2, y - r - h - 2], [x + d, y + d - 2], [x - d - w, y + d - 2], [x + d, y - d - h + 2], [x - d - w, y - d - h + 2]]
      .map(([left, top]) => [left, top, left + w, top + h]).filter((box) => must || box[0] >= 2 && box[1] >= 2 && box[2] <= width - 2 && box[3] <= height - 2);
    // The first names may cover small nodes, as few as they can.
    const most = must || nth < ALWAYS ? Infinity : nth < FIRST ? 12 : 0;
    let box = null, least = Infinity;
    for (const [i, option] of options.entries()) {
      if (taken.some((other) => meets(option, other)) || placed.some((other) => meets(option, other.box))) continue;
      const covered = dots.filter((dot) => dot[4] !== node && meets(option, dot, 2)).map((dot) => dot[2] - dot[0]);
      const cost = covered.reduce((sum, wide) => sum + (wide > most ? Infinity : wide), 4 * i);
      if (cost < least) { box = option; least = cost; }
    }
    if (box || must) placed.push({ node, box: box || options[0], text, font, pixels });
  }
  return placed;
}
function paint(context) {
  const ratio = network.canvas.pixelRatio || devicePixelRatio || 1, scale = network.getScale();
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.lineJoin = 'round';
  context.textBaseline = 'top';
  const corner = $('net').getBoundingClientRect();
  const taken = [$('status'), document.querySelector('.zoom')].map((element) => element.getBoundingClientRect()).map((box) => [box.left - corner.left, box.top - corner.top, box.right - corner.left, box.bottom - corner.top]);
  const write = (text, x, y, colour) => { context.lineWidth = 3.5; context.strokeStyle = colours.paper; context.strokeText(text, x, y); context.fillStyle = colour; context.fillText(text, x, y); };
  if (state.layout === 'lagen') {
    const font = `600 12.5px ${FONT}`;
    for (const band of PAGE.bands) {
      const { x, y } = network.canvasToDOM({ x: bandLeft(), y: band.top }), top = y - Math.max(20, 44 * scale), left = Math.max(x, 8);
      context.font = font;
      context.textAlign = 'left';
      write(band[state.language], left, top - 15, colours.muted);
      taken.push([left - 4, top - 18, left + widthOf(context, band[state.language], font) + 4, top + 1]);
    }
  }
  for (const line of shownLines) {
    if (!line.inferred || (state.node || state.line) && !selected(line)) continue;
    const { x, y } = network.canvasToDOM(network.body.edges[line.id].edgeType.getPoint(0.5));
    context.lineWidth = 2;
    context.strokeStyle = colours.paper;
    context.fillStyle = selected(line) ? colours.accent : colours.inferred;
    for (const [left, down] of DOTS) { context.beginPath(); context.arc(x + left, y + down, 2, 0, 7); context.stroke(); context.fill(); }
  }
  context.strokeStyle = colours.denied;
  for (const line of shownLines) {
    if (!line.members.some((claim) => claim.denied && shownClaims.has(claim)) || (state.node || state.line) && !selected(line)) continue;
    const { x, y } = network.canvasToDOM(network.body.edges[line.id].edgeType.getPoint(0.5));
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x - 4, y - 4); context.lineTo(x + 4, y + 4); context.moveTo(x - 4, y + 4); context.lineTo(x + 4, y - 4);
    context.stroke();
  }
  if (near !== isNear()) setTimeout(refreshLines);
  labels = placeLabels(context, taken);
  context.textAlign = 'center';
  for (const { node, box, text, font, pixels } of labels) {
    context.font = font;
    const colour = weight(node) > 0.2 || node === state.node || node.id === hovered || state.node || state.line ? colours.ink : colours.muted;
    text.forEach((line, i) => write(line, (box[0] + box[2]) / 2, box[1] + 1 + i * pixels * 1.15, colour));
  }
  context.restore();
}
function paintBands(context) {
  if (state.layout !== 'lagen' || !DATA.nodes.length) return;
  const scale = network.getScale(), right = extent(DATA.nodes).right + 40 * unit;
  context.strokeStyle = colours.band;
  context.lineWidth = 1 / scale;
  for (const band of PAGE.bands) {
    const y = band.top - Math.max(20 / scale, 44);
    context.beginPath(); context.moveTo(bandLeft(), y); context.lineTo(right, y); context.stroke();
  }
}

// ---- the card

const goTo = (node) => make('button', { type: 'button', class: 'link', text: name(node), onclick: () => select(node, true) });
const tag = (words, cls = '', ...before) => make('span', { class: 'tag ' + cls }, ...before, words);
function passages(claim) {
  // The texts stand in the page once, as the table's own elements: copy those.
  return claim.evidence.map(({ letter, section, begin, end, cell }) => {
    const passage = [...cell.querySelectorAll('i, q')].flatMap((part) => [part.cloneNode(true), ' ']);
    const facts = [letter.sender, letter.date || t('undated'), letter.reference && `${t('reference')} ${letter.reference}`, Number.isInteger(begin) && Number.isInteger(end) && `${t('characters')} ${begin}–${end}`];
    return make('div', { class: 'passage' }, make('blockquote', {}, ...passage),
      make('p', { class: 'source' }, make('span', { class: 'letter', text: letter.title }), ' · ', make('span', { class: 'section', text: `${t('section')} ${section}` }), make('br'), facts.filter(Boolean).join(' · ')));
  });
}
function reasons(claim, step) {
  const text = (i) => PAGE.claims.texts[i][state.language === 'en' ? 1 : 0], because = step.because && make('p', { class: 'note because', text: text(step.because[0]) });
  const said = (step.claims || []).map((i) => CLAIMS[i]), words = step.says.map(text).join(' ');
  const open = said.length && (() => { selectLine(said[0].line, said[0]); $('detail').focus(); });
  return make('li', {}, make('p', { class: 'head' }, open ? make('button', { type: 'button', class: 'link', text: words, onclick: open }) : words), because || null,
    ...said.flatMap(passages), ...passages({ evidence: (step.own || []).map((nth) => claim.evidence[nth]) }), step.on ? make('ul', { class: 'why' }, ...step.on.map((premise) => reasons(claim, premise))) : null);
}
function follows(claim) {
  // From the conclusion down: the rule, and below it what the rule was applied to.
  const { because, on = [] } = claim.why, words = because && PAGE.claims.texts[because[0]][state.language === 'en' ? 1 : 0];
  return [make('p', { text: t('follows') }), words ? make('p', { class: 'note because', text: words }) : null, make('ul', { class: 'why' }, ...on.map((premise) => reasons(claim, premise)))].filter(Boolean);
}
function card(claim) {
  const modality = MODALITIES.get(claim.modality)[state.language], words = state.language === 'en' && claim.english || claim.dutch;
  const facts = ['speaker', 'period', 'themes'].map((key) => [key, claim[key]]).filter(([, value]) => value);
  return make('article', { class: 'claim', 'data-claim': claim.key },
    make('p', { class: 'head' }, goTo(claim.source), ` ${claim[state.language]} `, goTo(claim.target)),
    make('p', { class: 'tags' }, tag(modality, 'modality', sample(claim.modality, claim.line.inferred)), claim.denied ? tag(t('denied'), 'denied') : null, claim.origin === 'claim' ? null : tag(ORIGINS.get(claim.origin)[state.language])),
    ...(claim.why ? follows(claim) : [words ? make('p', { class: 'paraphrase', text: words }) : null]),
    ...(claim.why ? [] : claim.evidence.length ? passages(claim) : [make('p', { class: 'note', text: t('noEvidence') })]),
    ...facts.map(([key, value]) => make('p', { class: 'note', text: `${t(key)}: ${value}` })));
}
function lineCard(line) {
  const members = line.members.filter((claim) => shownClaims.has(claim)), { source, target } = line.members[0];
  const tools = make('p', { class: 'tools' }, make('button', { type: 'button', text: t('close'), onclick: clear }));
  return [make('h2', { text: `${name(source)} → ${name(target)}` }), make('p', { class: 'note', text: t('onLine')(members.length) }), tools, ...members.map(card)];
}
function nodeCard(node) {
  const rank = RANKED.indexOf(node) + 1, members = node.claims.filter((claim) => shownClaims.has(claim));
  const step = (n, key) => make('button', { type: 'button', 'aria-pressed': state.steps === n, text: t(key), 'data-steps': n, onclick: () => { state.steps = state.steps === n ? 0 : n; refresh(); fit(); $('detail').querySelector(`[data-steps="${n}"]`).focus(); } });
  const web = (url) => /^https?:\/\//i.test(url);
  return [
    make('h2', { text: name(node) }),
    make('p', { class: 'tags' }, tag(kindOf(node) || FAMILIES.get(node.family)[state.language], '', shape(node.family, THERE.has(node.status))), tag(statusOf(node), THERE.has(node.status) ? 'status' : 'status not-there'), rank && node.between ? tag(t('broker')(rank, RANKED.length)) : null),
    node.definition ? make('p', { text: node.definition }) : null,
    node.aliases ? make('p', { class: 'note', text: `${t('isAlso')}: ${node.aliases.join(', ')}` }) : null,
    make('p', { class: 'tools' }, step(1, 'neighbours'), step(2, 'two'), make('button', { type: 'button', text: t('close'), onclick: clear })),
    make('h3', { text: t('claims')(members.length) }),
    make('ul', { class: 'claims' }, ...members.map((claim) => make('li', {}, sample(claim.modality, claim.line.inferred),
      make('button', { type: 'button', class: 'link', 'data-claim': claim.key, title: MODALITIES.get(claim.modality)[state.language], onclick: () => { selectLine(claim.line, claim); $('detail').focus(); } },
        `${claim.source === node ? '' : name(claim.source) + ' '}${claim[state.language]}${claim.target === node ? '' : ' ' + name(claim.target)}`),
      claim.denied ? make('span', { class: 'denied', text: t('denied') }) : null))),
    make('h3', { text: t('identifiers') }),
    ...[[node.iri, node.iri], ...(node.identifiers || [])].map(([label, url]) => make('p', { class: 'note' }, web(url) ? make('a', { href: url, rel: 'noreferrer noopener', target: '_blank', text: label }) : `${label} ${url}`)),
  ];
}
function startCard() {
  const top = RANKED.filter((node) => shownNodes.has(node.id) && node.between > 0).slice(0, 8);
  return [
    make('h2', { text: t('what') }), make('p', { text: t('intro') }), top.length ? make('h3', { text: t('brokers') }) : null,
    make('ol', { class: 'brokers' }, ...top.map((node) => make('li', {}, shape(node.family, THERE.has(node.status)), goTo(node), make('span', { class: 'bar', style: `width:${Math.round(70 * node.between)}px`, 'aria-hidden': 'true' })))),
    make('h3', { text: t('how') }), ...[...t('reading'), ...(SAID < CLAIMS.length ? [t('dots')] : [])].map((text) => make('p', { text })),
  ];
}
function showCard() {
  const detail = $('detail');
  detail.replaceChildren(...(state.line ? lineCard(state.line) : state.node ? nodeCard(state.node) : startCard()).filter(Boolean));
  const wanted = state.claim && [...detail.querySelectorAll('.claim')].find((article) => article.dataset.claim === state.claim.key);
  if (wanted && state.line.members.length > 1) wanted.scrollIntoView({ block: 'nearest' });
  else detail.scrollTop = 0;
}

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

// ---- legend, words, theme

function buildFacets() {
  $('facets').replaceChildren(...FACETS.map((facet) => {
    facet.inputs = new Map(); facet.counts = new Map();
    facet.toggle = make('button', { type: 'button', onclick: () => { state.on.set(facet.key, state.on.get(facet.key).size ? new Set() : new Set(facet.values)); refresh(); } });
    return make('fieldset', { 'data-facet': facet.key }, make('legend', {}, t(facet.key), facet.toggle), ...facet.values.map((value) => {
      const input = make('input', { type: 'checkbox', value, onchange: () => { if (input.checked) state.on.get(facet.key).add(value); else state.on.get(facet.key).delete(value); refresh(); } });
      const number = make('span', { class: 'count' });
      facet.inputs.set(value, input); facet.counts.set(value, number);
      const long = facet.key === 'brief' && value !== '-' ? LETTERS.get(value).title : null;
      return make('label', { title: long }, input, facet.swatch ? facet.swatch(value) : null, make('span', { text: facet.label(value) }), number);
    }));
  }));
}
function speak() {
  document.documentElement.lang = state.language;
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  $('subtitle').textContent = `${DATA.nodes.length} ${t('nodes')} · ${SAID} ${t('relations')} · ${LETTERS.size} ${t('letters')}${SAID < CLAIMS.length ? ` · ${CLAIMS.length - SAID} ${t('inferred')}` : ''}`;
  $('q').placeholder = t('search');
  for (const [id, key] of [['q', 'search'], ['hits', 'hits'], ['net', 'theMap'], ['filters', 'filters'], ['map', 'map'], ['detail', 'evidence'], ['tabel', 'caption'], ['z-in', 'zoomIn'], ['z-out', 'zoomOut'], ['z-all', 'zoomAll']]) $(id).setAttribute('aria-label', t(key));
  document.querySelector('.actions').setAttribute('aria-label', t('share'));
  document.querySelector('.zoom').setAttribute('aria-label', t('zoom'));
  $('b-language').textContent = state.language === 'nl' ? 'English' : 'Nederlands';
  $('b-language').lang = state.language === 'nl' ? 'en' : 'nl';
  for (const claim of CLAIMS) {
    const [from, relation, to, modality, paraphrase] = claim.row.cells;
    from.textContent = name(claim.source);
    relation.replaceChildren(make('button', { type: 'button', class: 'link', text: claim[state.language], onclick: () => { state.view = 'kaart'; selectLine(claim.line, claim); $('detail').focus(); } }));
    to.textContent = name(claim.target);
    modality.replaceChildren(MODALITIES.get(claim.modality)[state.language], ...(claim.denied ? [' ', make('b', { text: t('denied') })] : []), ...(claim.origin === 'claim' ? [] : [' ', make('i', { text: ORIGINS.get(claim.origin)[state.language] })]));
    paraphrase.textContent = state.language === 'en' && claim.english || claim.dutch;
  }
  buildFacets();
}
function setTheme() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  readColours();
}

// ---- search

let found = [], active = -1;
const INDEX = DATA.nodes.map((node) => ({ node, names: [node.label, node.label_en || '', ...(node.aliases || [])].filter(Boolean).map((text) => [text, fold(text)]) }));
function search() {
  const query = fold($('q').value.trim()), list = $('hits');
  const at = (text) => text.startsWith(query) ? 0 : text.includes(' ' + query) ? 1 : text.includes(query) ? 2 : 9;
  found = !query ? [] : INDEX.map(({ node, names }) => { const best = names.map(([text, folded], i) => [at(folded) + (i ? 0.5 : 0), text]).sort((a, b) => a[0] - b[0])[0]; return { node, rank: best[0], by: best[1] }; })
    .filter((hit) => hit.rank < 9).sort((a, b) => a.rank - b.rank || b.node.between - a.node.between || b.node.said - a.node.said).slice(0, 9);
  active = found.length ? 0 : -1;
  list.replaceChildren(...(found.length ? found.map(({ node, by }, i) => make('li', { role: 'option', id: 'hit-' + i, 'aria-selected': i === 0, onmousedown: (event) => { event.preventDefault(); pick(i); } },
    shape(node.family, THERE.has(node.status)), make('span', { text: name(node) }), make('small', { text: by === name(node) ? kindOf(node) : `${t('also')}: ${by}` }))) : [make('li', { role: 'option', 'aria-selected': 'false', 'aria-disabled': 'true', text: t('nothing') })]));
  list.hidden = !query;
  $('q').setAttribute('aria-expanded', !!query);
  point();
}
function point() {
  [...$('hits').children].forEach((item, i) => item.setAttribute('aria-selected', i === active));
  if (active >= 0) { $('q').setAttribute('aria-activedescendant', 'hit-' + active); $('hit-' + active).scrollIntoView({ block: 'nearest' }); } else $('q').removeAttribute('aria-activedescendant');
}
function closeSearch() {
  $('hits').hidden = true;
  $('q').setAttribute('aria-expanded', 'false');
  $('q').removeAttribute('aria-activedescendant');
}
function pick(i) {
  const { node } = found[i];
  closeSearch();
  state.view = 'kaart';
  select(node, true);
}

// ---- CSV

function csv() {
  const safe = (value) => { const text = String(value); return '"' + (/^[\s]*[=+\-@]/.test(text) ? "'" + text : text).replace(/"/g, '""') + '"'; };
  const head = [t('from'), t('relation'), t('to'), t('modality'), t('denied'), t('herkomst'), t('brief'), 'datum', t('section'), 'begin', 'einde', 'anker', 'citaat', t('paraphrase'), t('speaker'), t('period'), t('themes'), 'predicaat', 'bewering'];
  const rows = CLAIMS.filter((claim) => shownClaims.has(claim)).flatMap((claim) => (claim.evidence.length ? claim.evidence : [null]).map((piece) => {
    const part = (selector) => { const found = piece.cell.querySelector(selector); return found ? found.textContent : ''; };
    const where = piece ? [piece.letter.title, piece.letter.date || t('undated'), piece.section, piece.begin, piece.end, part('mark') || part('i').replace(/^«|»$/g, ''), part('q')] : Array(7).fill('');
    return [name(claim.source), claim[state.language], name(claim.target), MODALITIES.get(claim.modality)[state.language], claim.denied ? t('denied') : '', ORIGINS.get(claim.origin)[state.language], ...where,
      state.language === 'en' && claim.english || claim.dutch, claim.speaker, claim.period, claim.themes, claim.predicate, claim.iri];
  }));
  return '\ufeff' + [head, ...rows].map((row) => row.map(safe).join(';')).join('\r\n') + '\r\n';
}
function download(file, type, text) {
  const link = make('a', { download: file, href: URL.createObjectURL(new Blob([text], { type })) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}

// ---- keys and clicks

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
function walk(key) {
  const [dx, dy] = DIRECTIONS[key], shown = DATA.nodes.filter((node) => shownNodes.has(node.id));
  if (!state.node) { const first = RANKED.find((node) => shownNodes.has(node.id)) || shown[0]; if (first) select(first); return; }
  const [x, y] = place(state.node);
  let best = null, least = Infinity;
  for (const node of shown) {
    const along = (place(node)[0] - x) * dx + (place(node)[1] - y) * dy, aside = Math.abs((place(node)[0] - x) * dy) + Math.abs((place(node)[1] - y) * dx);
    if (node !== state.node && along > 0 && along + 2.5 * aside < least) { best = node; least = along + 2.5 * aside; }
  }
  if (!best) return;
  select(best);
  const { x: left, y: top } = network.canvasToDOM({ x: place(best)[0], y: place(best)[1] });
  if (left < 40 || top < 40 || left > $('net').clientWidth - 40 || top > $('net').clientHeight - 40) network.moveTo({ position: { x: place(best)[0], y: place(best)[1] }, animation: false });
}
const zoom = (factor) => network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * factor)), animation: CALM ? false : { duration: 150 } });
function listen() {
  $('net').addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (Object.hasOwn(DIRECTIONS, event.key)) walk(event.key);
    else if (event.key === 'Enter' && (state.node || state.line)) $('detail').focus();
    else if (event.key === '+' || event.key === '=') zoom(1.3);
    else if (event.key === '-') zoom(1 / 1.3);
    else if (event.key === '0') fit();
    else return;
    event.preventDefault();
  });
  addEventListener('keydown', (event) => {
    const typing = event.target.matches && event.target.matches('input[type=text], select, textarea');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); $('q').focus(); $('q').select(); }
    else if (event.key === 'Escape' && !typing && (state.node || state.line)) { const inside = $('detail').contains(document.activeElement); clear(); if (inside) $('net').focus(); }
  });
  $('q').addEventListener('input', search);
  $('q').addEventListener('blur', closeSearch);
  $('q').addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); if ($('hits').hidden) search(); else if (found.length) { active = (active + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length; point(); } }
    else if (event.key === 'Enter' && active >= 0 && !$('hits').hidden) pick(active);
    else if (event.key === 'Escape') { $('q').value = ''; search(); }
  });
  for (const [id, action] of [['b-map', () => show('kaart')], ['b-table', () => show('tabel')], ['z-in', () => zoom(1.4)], ['z-out', () => zoom(1 / 1.4)], ['z-all', () => fit()], ['b-csv', () => download('regiograaf.csv', 'text/csv;charset=utf-8', csv())]]) $(id).addEventListener('click', action);
  document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); show('kaart'); $('net').focus(); });
  $('skip-table').addEventListener('click', (event) => { event.preventDefault(); show('tabel'); });
  $('b-link').addEventListener('click', async () => {
    writeAddress();
    let done = true;
    try { await navigator.clipboard.writeText(location.href); } catch (error) { done = false; }
    $('status').textContent = t(done ? 'copied' : 'copyYourself');
  });
  $('b-dark').addEventListener('click', () => { state.theme = isDark() ? 'light' : 'dark'; setTheme(); refresh(); });
  $('b-language').addEventListener('click', () => { state.language = state.language === 'nl' ? 'en' : 'nl'; speak(); refresh(); });
  $('layout').addEventListener('change', (event) => { state.layout = event.target.value; measureUnit(); refresh(); fit(); });
  $('size').addEventListener('change', (event) => { state.size = event.target.value; refresh(); });
  $('reset').addEventListener('click', () => { showAll(); state.node = state.line = state.claim = null; state.steps = 0; refresh(); fit(); });
  addEventListener('hashchange', () => { if (location.hash.slice(1) === written) return; restore(); measureUnit(); speak(); refresh(); fit(false); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { setTheme(); refresh(); });
  network.on('beforeDrawing', paintBands);
  network.on('afterDrawing', paint);
  network.on('click', ({ nodes, edges, pointer: { DOM: { x, y } } }) => {
    const label = labels.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
    if (nodes.length) select(NODES.get(nodes[0]));
    else if (edges.length) selectLine(LINES.get(edges[0]));
    else if (label) select(label.node);
    else clear();
  });
  const hand = (cursor) => { $('net').style.cursor = cursor; };
  network.on('hoverNode', ({ node }) => { hovered = node; hand('pointer'); network.redraw(); });
  network.on('blurNode', () => { hovered = null; hand(''); network.redraw(); });
  network.on('hoverEdge', () => hand('pointer'));
  network.on('blurEdge', () => hand(''));
  let waiting = 0;
  const measured = () => `${$('net').clientWidth}x${$('net').clientHeight}`;
  let size = measured();
  // An observer also reports when it starts: fitting then would undo what a quick reader has selected.
  new ResizeObserver(() => { clearTimeout(waiting); waiting = setTimeout(() => { if (!drawable() || measured() === size) return; size = measured(); measureUnit(); refresh(); fit(false); }, 120); }).observe($('net'));
}

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
})();
