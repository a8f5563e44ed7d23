// The worker's own part, after Oxigraph's: load the graphs once, then answer one query after another.
const PAGE_OF_LABELS = 400;
let store = null;

const unpack = async (packed) => {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
};

// N-Quads again, and the merge of all graphs as default graph: Oxigraph's own union gives a triple once for each graph.
const expand = (terms, quads) => {
  const known = [];
  let term = '';
  for (const line of terms.split('\n')) {
    const space = line.indexOf(' ');
    term = term.slice(0, parseInt(line.slice(0, space), 36)) + line.slice(space + 1);
    known.push(term);
  }
  const named = [];
  const merged = [];
  const graphs = new Set();
  let [s, p, o, g] = ['', '', '', ''];
  for (const line of quads.split('\n')) {
    const [a, b, c, d] = line.split(',');
    if (d) { g = known[parseInt(d, 36)]; graphs.add(g.slice(1, -1)); }
    if (a || b || c) {
      if (a) s = known[parseInt(a, 36)];
      if (b) p = known[parseInt(b, 36)];
      if (c) o = known[parseInt(c, 36)];
      merged.push(`${s} ${p} ${o} .\n`);
    }
    named.push(`${s} ${p} ${o} ${g} .\n`);
  }
  return { named, merged, graphs: [...graphs].sort() };
};

const load = async ({ wasm: packed, terms, quads }) => {
  const module = WebAssembly.compile(await unpack(packed));
  const { named, merged, graphs } = expand(terms, quads);
  await __wbg_init({ module_or_path: await module });
  store = new Store();
  const options = { format: 'application/n-quads', no_transaction: true, lenient: true };
  for (const lines of [named, merged]) {
    store.load(lines.join(''), options);
  }
  return { count: named.length, graphs };
};

// Every name of every thing, for the parameters of questions: [IRI, name, language, whether it is its label].
const names = () => {
  const rows = JSON.parse(store.query(`
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT DISTINCT ?s ?kind ?name WHERE {
      VALUES ?kind { rdfs:label skos:prefLabel skos:altLabel skos:notation }
      GRAPH ?g { ?s ?kind ?name } FILTER(isIRI(?s)) } ORDER BY ?s ?name`,
  { results_format: 'json' })).results.bindings;
  return rows.map(({ s, kind, name }) => [s.value, name.value, name['xml:lang'] || '', /#(label|prefLabel)$/.test(kind.value)]);
};

const labels = (iris, language) => {
  const found = { 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type': [language === 'nl' ? 'bestaat als' : 'exists as', language] };
  for (let begin = 0; begin < iris.length; begin += PAGE_OF_LABELS) {
    const values = iris.slice(begin, begin + PAGE_OF_LABELS).map((iri) => `<${iri}>`).join(' ');
    const rows = JSON.parse(store.query(`
      PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
      PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX rg: <https://w3id.org/regiograaf/def#>
      SELECT DISTINCT ?s ?name ?short WHERE { VALUES ?s { ${values} }
        GRAPH ?g { ?s rdfs:label|skos:prefLabel ?name
          OPTIONAL { ?s rg:sha256 ?digest ; dcterms:alternative ?short } } } ORDER BY ?s ?name`,
    { results_format: 'json' })).results.bindings;
    for (const { s, name, short } of rows) {
      const own = name['xml:lang'] || '';
      if (own === language || !found[s.value]) found[s.value] = short ? [short.value, short['xml:lang'] || 'nl'] : [name.value, own];
    }
  }
  return found;
};

const plain = (term) => {
  if (term.termType === 'NamedNode') return { type: 'uri', value: term.value };
  if (term.termType === 'BlankNode') return { type: 'bnode', value: term.value };
  if (term.termType === 'Quad') {
    return { type: 'triple', value: { subject: plain(term.subject), predicate: plain(term.predicate), object: plain(term.object) } };
  }
  const found = { type: 'literal', value: term.value };
  if (term.language) found['xml:lang'] = term.language;
  else if (term.datatype.value !== 'http://www.w3.org/2001/XMLSchema#string') found.datatype = term.datatype.value;
  return found;
};

const iris = (rows) => {
  const found = new Set();
  const look = (term) => {
    if (!term) return;
    if (term.type === 'uri') found.add(term.value);
    if (term.type === 'triple') Object.values(term.value).forEach(look);
  };
  rows.forEach((row) => row.forEach(look));
  return [...found].filter((iri) => !/[<>"{}|^`\\\s]/.test(iri)).sort();
};

// The query that ends in our LIMIT; where it does not parse, the reader's own, which has the mistake in its place.
const query = ({ text, plain: own }, options) => {
  try {
    return store.query(text, options);
  } catch (error) {
    if (text === own || error instanceof WebAssembly.RuntimeError || !/^error at /.test(String(error.message || error))) throw error;
    return store.query(own, options);
  }
};

const ask = ({ text, plain: own, form, base, language, rows: most, mentioned }) => {
  const start = performance.now();
  const answer = { variables: [], rows: [], truth: null, cut: false };
  if (form === 'SELECT' || form === 'ASK') {
    const found = JSON.parse(query({ text, plain: own }, { base_iri: base, results_format: 'json' }));
    if (form === 'ASK') answer.truth = found.boolean;
    else {
      answer.variables = found.head.vars || [];
      answer.rows = found.results.bindings.map((row) => answer.variables.map((name) => row[name] || null));
    }
  } else {
    const quads = query({ text, plain: own }, { base_iri: base });
    answer.variables = ['subject', 'predicate', 'object'];
    answer.rows = quads.map(({ subject, predicate, object }) => [plain(subject), plain(predicate), plain(object)]);
  }
  if (answer.rows.length > most) {
    answer.rows.length = most;
    answer.cut = true;
  }
  answer.ms = performance.now() - start;
  answer.labels = labels(iris(answer.rows), language);
  answer.absent = mentioned.filter((iri) => !store.query(`ASK { { <${iri}> ?p ?o } UNION { ?s <${iri}> ?o } UNION { ?s ?p <${iri}> } UNION { GRAPH <${iri}> { ?s ?p ?o } } }`));
  return answer;
};

self.onmessage = async ({ data }) => {
  const { id, kind } = data;
  try {
    let answer;
    if (kind === 'load') answer = await load(data);
    else if (kind === 'names') answer = names();
    else if (kind === 'turtle') answer = store.query(data.text, { base_iri: data.base, results_format: 'text/turtle' });
    else answer = ask(data);
    self.postMessage({ id, answer });
  } catch (error) {
    // A trap of WebAssembly leaves the engine unusable; anything else is a message about the query.
    const fatal = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    self.postMessage({ id, error: String((error && error.message) || error), fatal });
  }
};
