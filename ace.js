import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The framework needs Node 24; where an older one runs this file, the one from the packages takes over. */
const bundledNode = fileURLToPath(new URL('node_modules/.bin/node', import.meta.url))

if (Number.parseInt(process.versions.node) < 24 && existsSync(bundledNode)) {
  const { status } = spawnSync(bundledNode, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(status ?? 1)
}

/** A build has no TypeScript. */
if (existsSync(new URL('bin/console.ts', import.meta.url))) await import('@poppinss/ts-exec')
await import('./bin/console.js')
