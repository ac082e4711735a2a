import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import getPort from 'get-port'
import type { ApplicationService } from '@adonisjs/core/types'
import { createIgnitor } from '../../bin/ignitor.js'
import { embeddedCluster } from '#infra/database'
import { HoldingProxy } from './holding_proxy.js'

/** Settings of a `.env` that would lead to other databases. */
const NOT_OURS = ['DATABASE_URL', 'DATABASE_READ_URL', 'REDIS_URL', 'TRUSTED_PROXIES']

/** The application with a database of its own, in this process. */
export interface RunningServer {
  app: ApplicationService
  url: string
  primaryUrl: string
  /** The replica itself, and through the proxy that the application uses. */
  replicaUrl: string
  proxy: HoldingProxy
  /** Data directories of the two PostgreSQL servers. */
  directories: { primary: string; standby: string }
}

/** Starts the server on a new database in a temporary directory, which is removed when this process ends. */
export async function startServer(): Promise<RunningServer> {
  const directory = join(tmpdir(), `kirana-race-${randomUUID()}`)
  process.once('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }))
  const port = await getPort()
  Object.assign(process.env, {
    ...Object.fromEntries(NOT_OURS.map((name) => [name, ''])),
    NODE_ENV: 'production',
    LOG_LEVEL: 'fatal',
    DATA_DIR: directory,
    HOST: '127.0.0.1',
    PORT: String(port),
    APP_URL: `http://127.0.0.1:${port}`,
    WEB_CONCURRENCY: '1',
    CHANGE_FEED: 'pgoutput',
    SEARCH_ENGINE: 'embedded',
    API_REQUESTS_PER_MINUTE: '600',
  })

  const { default: env } = await import('#start/env')
  let app: ApplicationService
  let proxy: HoldingProxy
  const ignitor = createIgnitor().tap((application) => {
    app = application
    app.booting(async () => {
      proxy = await HoldingProxy.to(embeddedCluster()!.standbyUrl)
      env.set('DATABASE_READ_URL', proxy.url)
    })
    app.starting(async () => {
      const { migrate } = await import('#database/prepare')
      await migrate(app)
    })
    app.terminating(() => proxy.close())
  })
  const { createHttpServer } = await import('../../bin/http_server.js')
  await ignitor.httpServer().start(createHttpServer)

  const { primaryUrl, standbyUrl } = embeddedCluster()!
  const [primary, standby] = ['primary', 'standby'].map((name) => join(directory, 'postgres', name))
  return {
    ...{ app: app!, proxy: proxy!, url: process.env.APP_URL!, directories: { primary, standby } },
    ...{ primaryUrl, replicaUrl: standbyUrl },
  }
}
