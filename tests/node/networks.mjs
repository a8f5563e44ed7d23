// Prints the network that others read: {file: {nodes: {id: {…}}, edges: {id: {source, target, …}}}}. GEXF and GraphML
// are read by graphology, which Gephi Lite is built on, and .cyjs by cytoscape.js. Usage: node networks.mjs < list-of-files

import { readFileSync } from 'node:fs'
import cytoscape from 'cytoscape'
import Graph from 'graphology'
import gexf from 'graphology-gexf'
import graphml from 'graphology-graphml'

function ofGraphology(graph) {
  const edges = graph.mapEdges((id, attributes, source, target) => [id, { ...attributes, source, target }])
  return { nodes: Object.fromEntries(graph.mapNodes((id, attributes) => [id, attributes])), edges: Object.fromEntries(edges) }
}

function ofCytoscape(text) {
  const network = cytoscape({ headless: true, ...JSON.parse(text) })
  const by = elements => Object.fromEntries(elements.map(element => [element.id(), element.data()]))
  return { nodes: by(network.nodes()), edges: by(network.edges()) }
}

const readers = {
  gexf: text => ofGraphology(gexf.parse(Graph, text)),
  graphml: text => ofGraphology(graphml.parse(Graph, text)),
  cyjs: ofCytoscape
}
const found = {}
for (const file of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  found[file] = readers[file.split('.').pop()](readFileSync(file, 'utf8'))
}
process.stdout.write(JSON.stringify(found))
