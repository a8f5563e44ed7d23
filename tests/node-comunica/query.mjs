// Asks an endpoint with Comunica, and prints what it was told as JSON.
import { QueryEngine } from "@comunica/query-sparql";

const engine = new QueryEngine();
const context = { sources: [{ type: "sparql", value: process.argv[2] }] };
const label = "http://www.w3.org/2000/01/rdf-schema#label";
const programme = "https://w3id.org/regiograaf/id/programma/novex-zuidelijke-randstad";

const bindings = await engine.queryBindings(
  `SELECT ?name WHERE { <${programme}> <${label}> ?name FILTER(LANG(?name) = "nl") }`,
  context,
);
const rows = await bindings.toArray();
const triples = await engine.queryQuads(`CONSTRUCT { ?s <${label}> ?o } WHERE { ?s <${label}> ?o } LIMIT 3`, context);
console.log(
  JSON.stringify({
    label: rows[0].get("name").value,
    ask: await engine.queryBoolean(`ASK { <${programme}> ?p ?o }`, context),
    triples: (await triples.toArray()).length,
  }),
);
