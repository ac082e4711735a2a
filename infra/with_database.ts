import { spawn } from 'node:child_process'
import env from '#start/env'
import { ensureDatabase, releaseDatabase } from '#infra/database'

/**
 * Runs a command with the embedded database beside it, so that a development server can restart as
 * often as it likes without taking the database down: `with_database.ts node ace serve --hmr`.
 */
const [command, ...args] = process.argv.slice(2)

await ensureDatabase(env, { shared: true })
const child = spawn(command, args, { stdio: 'inherit', env: process.env })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill(signal))
}
child.once('exit', async (code) => {
  await releaseDatabase()
  process.exit(code ?? 0)
})
