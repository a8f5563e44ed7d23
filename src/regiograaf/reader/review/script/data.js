// ---- data: Maps, never plain objects, where a key comes from the data

const $ = (id) => document.getElementById(id);
const DATA = JSON.parse($('data').textContent);
const MODALITIES = new Map(DATA.modalities);
const RELATIONS = new Map(DATA.relations);
const KINDS = new Map(DATA.kinds);
const THEMES = new Map(DATA.themes);
const TYPE = 'rdf:type',
  ABOUT = 'rg:betreft',
  STATUS = 'rg:status';

// Blocks as the Turtle file has them: [name, sort, [[property, [value, …]], …]].
const BLOCKS = new Map(DATA.blocks.map((block) => [block[0], block]));
const valuesOf = (block, property) => (block[2].find(([name]) => name === property) || [null, []])[1];
const valueOf = (block, property) => valuesOf(block, property)[0] || '';

// An entity is known by its name in the file. origin: placed (the project has its block), register, or new.
const ENTITIES = new Map(
  DATA.entities.map(([id, label, kind, origin, reason, ...aliases]) => [
    id,
    { id, label, kind, origin: ['placed', 'register', 'new'][origin], reason, aliases, mentions: [] },
  ]),
);
const LINES = DATA.lines.map(([text, kind, block, begin, end, section, fingerprint, anchor, page], i) => ({
  i,
  text,
  kind: ['sentence', 'heading', 'head'][kind],
  block,
  begin,
  end,
  section: DATA.sections[section],
  fingerprint,
  anchor,
  page,
  mentions: [],
  values: [],
  claims: [],
}));
DATA.mentions.forEach(([line, start, stop, entity, rule]) => {
  const mention = { line: LINES[line], start, stop, entity: DATA.entities[entity][0], rule: DATA.ways[rule] };
  LINES[line].mentions.push(mention);
  ENTITIES.get(mention.entity).mentions.push(mention);
});
for (const [line, start, stop] of DATA.values) LINES[line].values.push({ start, stop });

const contentOf = (block) => ({
  subject: valueOf(block, 'rdf:subject'),
  predicate: valueOf(block, 'rdf:predicate'),
  object: valueOf(block, 'rdf:object'),
  modality: valueOf(block, 'rg:modaliteit').replace('modaliteit:', ''),
  negated: valueOf(block, 'rg:ontkend') === 'true',
  addressee: valueOf(block, 'rg:geadresseerde'),
  speaker: valueOf(block, 'prov:wasAttributedTo'),
  without: [],
});
const CLAIMS = DATA.claims.map(([name, line, rule, score, ends], i) => {
  const block = BLOCKS.get(name),
    first = contentOf(block);
  return {
    i,
    name,
    block,
    first,
    line: LINES[line],
    rule: DATA.rules[rule],
    score,
    ends,
    // The same for the same draft of the same sentence, whatever else is drafted.
    id: [LINES[line].begin, first.subject, first.predicate, first.object].join(' '),
  };
});
const WORDINGS = new Map(DATA.wordings);
// What goes with a claim and can be left out: [property, value].
const EXTRAS = ['rg:thema', 'rg:periode', 'rg:grootheid', 'rg:aangehaaldUit'];
const extrasOf = (claim) =>
  EXTRAS.flatMap((property) => (claim.block ? valuesOf(claim.block, property).map((value) => [property, value]) : []));
