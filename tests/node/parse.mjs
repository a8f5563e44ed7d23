// Prints how many triples or quads n3 reads from each file: {file: number}. Usage: node parse.mjs < list-of-files

import { readFileSync } from 'node:fs'
import { Parser } from 'n3'

const files = readFileSync(0, 'utf8').split('\n').filter(Boolean)
const found = {}
for (const file of files) found[file] = new Parser().parse(readFileSync(file, 'utf8')).length
process.stdout.write(JSON.stringify(found))
