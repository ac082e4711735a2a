import { spawnSync } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * `node start.js` compiles the sources where they have changed and runs `bin/start`; `node start.js server` runs
 * `bin/server`. The compiler is another process: this one becomes the server, in the compiled files alone.
 */
const compiler = fileURLToPath(new URL('infra/compiled/main.ts', import.meta.url))
const { status, stdout } = spawnSync(process.execPath, [compiler, String(process.pid)], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
})
if (status !== 0) process.exit(status ?? 1)

const entry = process.argv[2] === 'server' ? 'server' : 'start'
await import(pathToFileURL(`${stdout.trim()}/bin/${entry}.js`).href)
