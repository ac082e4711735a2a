import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** A file of the application, by its path from the project's root. */
export interface Source {
  name: string
  bytes: Buffer
}

/** Tests and benchmarks run from TypeScript. */
const FOLDERS = [
  '.adonisjs/server',
  'app',
  'bin',
  'commands',
  'config',
  'connectors',
  'database',
  'infra',
  'providers',
  'public',
  'resources',
  'start',
]

const FILES = ['ace.js', 'adonisrc.ts', 'package.json', 'package-lock.json', 'tsconfig.json']

/** Drafts of editors, documentation and types are no part of it. */
const isLeftOut = (name: string) => /^\.|~$|\.md$|\.d\.ts$/.test(name)

export function readSources(root: string): Source[] {
  return [...FILES, ...FOLDERS.flatMap((folder) => filesBelow(root, folder))]
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(root, name)) }))
}

function filesBelow(root: string, folder: string) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isLeftOut(entry.name))
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
}

/** Changes with everything that a build depends on. */
export function fingerprintOf(sources: Source[]) {
  const [major] = process.versions.node.split('.')
  const hash = createHash('sha256').update(`Node ${major}`)
  for (const { name, bytes } of sources) hash.update(`\n${name} ${bytes.length}\n`).update(bytes)
  return hash.digest('hex').slice(0, 16)
}
