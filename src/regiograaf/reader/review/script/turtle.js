// ---- the Turtle file, as regiograaf/reader/turtle.py writes it

const escaped = (text) =>
  text.replace(/[\\"\n\r\t]/g, (sign) => '\\' + { '\\': '\\', '"': '"', '\n': 'n', '\r': 'r', '\t': 't' }[sign]);
const literal = (text, tail = '') => `"${escaped(text)}"${tail}`;
const slug = (label) =>
  label
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

// The name in the file of a new entity with this label and kind, free of those that are taken.
function nameFor(label, kind, taken) {
  const sort = DATA.sorts[kind] || 'entiteit',
    plain = slug(label) || 'naam',
    base = plain.startsWith(`${sort}-`) ? plain.slice(sort.length + 1) : plain;
  let found = `${sort}:${base}`;
  for (let n = 2; taken.has(found); n += 1) found = `${sort}:${base}-${n}`;
  return found;
}
// Entity -> its name in the file. One that was relabelled is named after its new label.
function fileNames() {
  const taken = new Set([...ENTITIES.keys(), ...state.made.keys()]),
    names = new Map();
  for (const [id, { label, kind }] of [...state.names].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = entity(id);
    if (label === undefined || (label === before.label && kind === before.kind)) continue;
    taken.delete(id);
    const name = nameFor(label, kind, taken);
    taken.add(name).add(id);
    names.set(id, name);
  }
  return (id) => names.get(meant(id)) || meant(id);
}

// A claim in the words of its labels.
function paraphrase({ subject, predicate, object, modality, negated }) {
  const dutchOf = (id) => (KINDS.get(id) || THEMES.get(id))?.nl || called(id),
    isType = predicate === TYPE,
    said = isType
      ? `${called(subject)} (${dutchOf(object)})`
      : `${called(subject)} ${RELATIONS.get(predicate).nl} ${dutchOf(object)}`;
  let lead = modality === 'bestaand' ? (isType ? 'er is' : '') : MODALITIES.get(modality).nl;
  if (negated) lead = lead ? `${lead}, niet` : 'niet';
  const text = lead ? `${lead}: ${said}.` : `${said}.`;
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const ROWS = [
  'a',
  STATUS,
  'rdf:subject',
  'rdf:predicate',
  'rdf:object',
  'rg:modaliteit',
  'rg:ontkend',
  'prov:wasAttributedTo',
  'rg:geadresseerde',
  'rg:thema',
  'rg:aangehaaldUit',
  'rg:periode',
  'rg:grootheid',
  'rg:parafrase',
  'rg:bewijs',
  'skos:editorialNote',
];
const NAMED = ['rdf:subject', 'rdf:object', 'prov:wasAttributedTo', 'rg:geadresseerde', 'rg:aangehaaldUit'];
// What a claim or the letter can do without, when its name is dropped.
const OPTIONAL = ['rg:geadresseerde', 'rg:aangehaaldUit', 'rg:ontvanger', 'rg:regio'];
const SENDER = valueOf(DATA.blocks[0], 'rg:afzender');

// The rows of a claim of the coder's own, or of one that the coder changed.
function rowsOf(claim, name) {
  const now = content(claim),
    rows = new Map(claim.block ? claim.block[2] : []);
  rows.set('a', ['rg:Bewering']);
  rows.set('rdf:subject', [now.subject]);
  rows.set('rdf:predicate', [now.predicate]);
  rows.set('rdf:object', [now.object]);
  rows.set('rg:modaliteit', [`modaliteit:${now.modality}`]);
  rows.set('rg:ontkend', now.negated ? ['true'] : []);
  rows.set('prov:wasAttributedTo', [now.speaker || SENDER]);
  rows.set('rg:geadresseerde', now.addressee ? [now.addressee] : []);
  for (const [property, value] of now.without)
    rows.set(
      property,
      (rows.get(property) || []).filter((one) => one !== value),
    );
  rows.set('rg:parafrase', [literal(paraphrase(now), '@nl')]);
  rows.set('rg:bewijs', [`${name}-b1`]);
  // The rule and its chance were those of the draft.
  rows.set('skos:editorialNote', []);
  return ROWS.map((property) => [property, rows.get(property) || []]).filter(([, values]) => values.length);
}
const evidenceOf = (line, name) => [
  `${name}-b1`,
  'evidence',
  [
    ['a', ['rg:Bewijs']],
    ['rg:sectie', [literal(line.section)]],
    ['rg:begin', [String(line.begin)]],
    ['rg:eind', [String(line.end)]],
    ['rg:anker', [literal(line.anchor)]],
    ['rg:vingerafdruk', [literal(line.fingerprint)]],
  ],
];
const entityBlock = (name, kind, label, note) => [
  name,
  'entity',
  [
    ['a', [kind]],
    [STATUS, [DATA.draft]],
    ['rdfs:label', [literal(label, '@nl'), literal(label, '@en')]],
    ...(note ? [['skos:editorialNote', [literal(note, '@nl')]]] : []),
  ],
];
const without = (block, property) => [block[0], block[1], block[2].filter(([name]) => name !== property)];

// The blocks of the file: without what was dropped, and without the status of what was accepted.
function blocksNow() {
  const claims = allClaims(),
    kept = claims.filter((claim) => standing(claim) !== 'dropped'),
    finished = claims.length > 0 && claims.every((claim) => standing(claim) !== 'open'),
    nameOf = fileNames(),
    used = new Set(),
    settled = new Set();
  const named = (block, accepted) => {
    const rows = block[2].map(([property, values]) => {
      if (!NAMED.includes(property) && block[1] !== 'letter') return [property, values];
      const found = values.map((value) => {
        if (!entity(value)) return value;
        const id = isDropped(value) && property === 'prov:wasAttributedTo' ? meant(SENDER) : meant(value);
        return isDropped(id) && OPTIONAL.includes(property) ? null : id;
      });
      return [property, found.filter((value) => value !== null)];
    });
    for (const [, values] of rows)
      for (const value of values) {
        used.add(value);
        if (accepted) settled.add(value);
      }
    const renamed = rows.map(([property, values]) => [
      property,
      values.map((value) => (entity(value) ? nameOf(value) : value)),
    ]);
    return [block[0], block[1], renamed.filter(([, values]) => values.length)];
  };
  const letter = named(DATA.blocks[0], finished);
  const found = [];
  let last = CLAIMS.length;
  const numbers = new Map(
    ownClaims().map((claim) => [claim.id, `brief:w${String((last += 1)).padStart(DATA.width, '0')}`]),
  );
  const inFile = [...kept.filter((claim) => claim.block), ...kept.filter((claim) => !claim.block)];
  for (const claim of inFile) {
    const name = numbers.get(claim.id) || claim.name,
      accepted = standing(claim) === 'accepted',
      renamed = [content(claim).subject, content(claim).object].some((id) => state.names.has(id)),
      asDrafted = claim.block && !state.changes.has(claim.id) && !renamed,
      block = named(asDrafted ? claim.block : [name, 'claim', rowsOf(claim, name)], accepted);
    found.push(accepted ? without(block, STATUS) : block);
    if (!accepted && !valueOf(block, STATUS)) found[found.length - 1][2].splice(1, 0, [STATUS, [DATA.draft]]);
    found.push(claim.block ? BLOCKS.get(`${claim.name}-b1`) : evidenceOf(claim.line, name));
  }
  const entities = [...used]
    .filter((id) => entity(id) && (entity(id).origin !== 'placed' || state.names.has(id)))
    .map((id) => {
      const { label, kind, origin, reason } = entity(id),
        now = state.names.get(id) || {},
        drafted = BLOCKS.get(id),
        changed = now.label !== undefined && (now.label !== label || now.kind !== kind);
      const note = origin === 'register' ? DATA.register : reason && !changed ? `${DATA.fresh}${reason}` : '';
      const block =
        drafted && !changed
          ? drafted
          : entityBlock(nameOf(id), now.kind || kind || 'rg:Entiteit', now.label || label, note);
      return finished || settled.has(id) ? without(block, STATUS) : block;
    })
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const shared = DATA.blocks.filter(([name, sort]) => (sort === 'period' || sort === 'quantity') && used.has(name));
  return [finished ? without(letter, STATUS) : letter, ...entities, ...found, ...shared];
}

const prefixesOf = ([name, , rows]) =>
  [name, ...rows.flatMap(([property, values]) => [property, ...values])].flatMap((token) => {
    if (token.startsWith('"')) return token.endsWith('^^xsd:date') ? ['xsd'] : [];
    return token.startsWith('<') || !token.includes(':') ? [] : [token.slice(0, token.indexOf(':'))];
  });
function written([name, , rows]) {
  const width = Math.max(...rows.map(([property]) => property.length));
  const lines = rows.map(([property, values]) => `    ${property.padEnd(width)} ${values.join(' , ')}`);
  return `${name}\n${lines.join(' ;\n')} .`;
}
function turtle(blocks = blocksNow()) {
  const used = [...new Set(blocks.flatMap(prefixesOf))].sort(),
    width = Math.max(...used.map((prefix) => prefix.length)) + 1,
    bases = new Map(DATA.bases);
  const lines = used.map((prefix) => `@prefix ${`${prefix}:`.padEnd(width)} <${bases.get(prefix)}> .\n`);
  const isDraft = blocks.some(([, , rows]) => rows.some(([property]) => property === STATUS));
  return [isDraft ? `${DATA.header}\n` : '', ...lines, ...blocks.map((block) => `\n${written(block)}\n`)].join('');
}
