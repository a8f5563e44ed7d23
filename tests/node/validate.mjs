// Prints what rdf-validate-shacl finds: {file: [{shape, focus, severity}]}. Usage: node validate.mjs SHAPES < list-of-files

import { readFileSync } from 'node:fs'
import rdf from '@rdfjs/dataset'
import { Parser } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'

const read = path => rdf.dataset(new Parser().parse(readFileSync(path, 'utf8')))
const files = readFileSync(0, 'utf8').split('\n').filter(Boolean)
const validator = new SHACLValidator(read(process.argv[2]), { maxNodeChecks: 0 })
const found = {}
for (const file of files) {
  const report = await validator.validate(read(file))
  found[file] = report.results.map(({ sourceShape, focusNode, severity }) => ({
    shape: sourceShape.value, focus: focusNode.value, severity: severity.value
  }))
}
process.stdout.write(JSON.stringify(found))
