import { extname, join } from 'node:path'
import type { Ignitor } from '@adonisjs/core'
import { Crew } from '#infra/cluster/crew'
import { processesWanted } from '#infra/cluster/processes'
import { becomePrimary } from '#infra/cluster/role'
import { createHttpServer } from './http_server.js'
import { createIgnitor } from './ignitor.js'
import { fail } from './fail.js'

/** `worker.ts`, or `worker.js` when compiled. */
const WORKER = join(import.meta.dirname, `worker${extname(import.meta.filename)}`)

/**
 * Runs the server: in this process alone, or in several processes that share its port. This one then has the
 * database and the jobs, and answers no request.
 *
 * @param prepare adds to the application before it starts
 */
export async function serve(prepare: (ignitor: Ignitor) => Ignitor) {
  const size = await wanted().catch(fail)
  if (!size) return
  if (size === 1) return prepare(createIgnitor()).httpServer().start(createHttpServer).catch(fail)

  process.env.WEB_CONCURRENCY = String(size)
  const onNotice = (line: string) => console.error(`› ${line}`)
  const crew = new Crew({ size, script: WORKER, onNotice, onLost: fail })
  becomePrimary(crew)
  const ignitor = createIgnitor().tap((app) => {
    app.ready(() => crew.start())
    app.terminating(() => crew.stop())
  })
  return startWithoutHttp(prepare(ignitor)).catch(fail)
}

async function wanted() {
  const { default: env } = await import('#start/env')
  return processesWanted(env)
}

async function startWithoutHttp(ignitor: Ignitor) {
  const app = ignitor.createApp('web')
  await app.init()
  await app.boot()
  await app.start(() => {})
}
