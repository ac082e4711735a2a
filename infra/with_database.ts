import { spawn } from 'node:child_process'
import { once } from 'node:events'
import env from '#start/env'
import { ensureDatabase, releaseDatabase } from '#infra/database'
import { endWhenTold, ending } from '#infra/ending'
import { endFamily } from '#infra/family'

/**
 * Runs a command with the embedded database, so that a development server can restart without stopping the
 * database: `with_database.ts node ace serve --hmr`.
 */
const [command, ...args] = process.argv.slice(2)
let pid: number | undefined

endWhenTold(async (signal) => {
  if (pid) await endFamily(pid, signal)
}, 0)
await ensureDatabase(env, { shared: true }).catch((error) => {
  if (!ending.aborted) throw error
  return new Promise(() => {})
})
const child = spawn(command, args, { stdio: 'inherit', env: process.env })
pid = child.pid
const [code] = await once(child, 'exit')
if (!ending.aborted) {
  await endFamily(child.pid!, 'SIGTERM')
  await releaseDatabase()
  process.exit(code ?? 0)
}
