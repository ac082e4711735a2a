import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ApplicationService } from '@adonisjs/core/types'
import type { NativeStack } from '#infra/native/native_stack'
import type { PartName } from '#infra/native/part'
import type { ApplicationProcess } from '#tests/helpers/application_process'
import { eventually } from '#tests/helpers/eventually'

const REPLICAS = ['replica-1', 'replica-2'] as const
/** Of the stack's ports, below those that clients are given. */
const LOWEST_OFFSET = 12_000
const OFFSETS = 1_000
/** Limits that the load would reach. */
const UNLIMITED = '1000000000'
const LONG = 120_000

type Say = (line: string) => void

/**
 * What is put to the proof, all of it on this machine and gone afterwards: a primary, two replicas and two servers.
 * Embedded, each server has a replica, a cache in memory and a feed of its own; on the stack they share Redis, what
 * Debezium writes to Kafka, and the replicas behind HAProxy.
 */
export class System {
  private constructor(
    readonly isStack: boolean,
    readonly stack: NativeStack,
    readonly app: ApplicationService,
    readonly servers: ApplicationProcess[],
    private directory: string
  ) {}

  static async start(isStack: boolean, say: Say) {
    const directory = mkdtempSync(join(tmpdir(), 'kirana-proof-'))
    // PostgreSQL may run as another user.
    chmodSync(directory, 0o755)
    process.env.STACK_DIR = join(directory, 'stack')
    process.env.STACK_PORT_OFFSET = String(LOWEST_OFFSET + 10 * (process.pid % OFFSETS))
    const { NativeStack } = await import('#infra/native/native_stack')
    const stack = NativeStack.open(undefined, say)
    try {
      await stack.up(isStack ? undefined : [...REPLICAS])
      const environments = environmentsOf(stack, isStack, directory)
      Object.assign(process.env, environments[0])
      const app = await boot()
      const { migrate } = await import('#database/prepare')
      await migrate(app)
      if (isStack) await (await import('#tests/helpers/stack_source')).runSourceConnector()
      const { ApplicationProcess } = await import('#tests/helpers/application_process')
      say('servers: starting')
      const servers = []
      for (const environment of environments) {
        servers.push(
          await ApplicationProcess.start(environment, { isCompiled: true, isApart: true })
        )
      }
      const system = new System(isStack, stack, app, servers, directory)
      await system.isWell()
      return system
    } catch (error) {
      await stack.down()
      rmSync(directory, { recursive: true, force: true })
      throw error
    }
  }

  get primary() {
    return this.postgres('primary')
  }

  get replicas() {
    return REPLICAS.map((name) => this.postgres(name))
  }

  /** A server of PostgreSQL, with `query` for a superuser. */
  postgres(name: PartName) {
    return this.stack.part(name) as import('#infra/native/parts/postgres').Postgres
  }

  /** Waits until every part serves. @throws Error with what does not */
  async isWell() {
    await eventually(async () => {
      for (const replica of this.replicas) {
        if (!(await replica.isReady())) throw new Error(`${replica.name} does not follow`)
      }
      for (const server of this.servers) {
        const health = await server.health()
        const ill = Object.keys(health).find((part) => health[part].healthy === false)
        if (ill) throw new Error(`${ill} of ${server.origin} is not healthy; see ${server.logFile}`)
      }
    }, LONG)
  }

  /** Waits until each transaction that is running now has ended. */
  async transactionsEnd() {
    const running = (sql: string, values: unknown[] = []) =>
      this.primary.query(async (client) => (await client.query(sql, values)).rows[0])
    const { now } = await eventually(() => running('SELECT clock_timestamp() AS now'), LONG)
    await eventually(async () => {
      const { count } = await running(
        `SELECT count(*)::int FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND xact_start < $1`,
        [now]
      )
      if (count > 0) throw new Error(`${count} transactions are still running`)
    }, LONG)
  }

  /** Waits until both replicas show everything. */
  async replicasFollow() {
    const { end } = await this.primary.query(async (client) => {
      return (await client.query('SELECT pg_current_wal_flush_lsn() AS end')).rows[0]
    })
    await eventually(async () => {
      for (const replica of this.replicas) {
        const sql = 'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS is'
        const { is } = await replica.query(
          async (client) => (await client.query(sql, [end])).rows[0]
        )
        if (!is) throw new Error(`${replica.name} is behind`)
      }
    }, LONG)
  }

  async stop() {
    await Promise.all(this.servers.map((server) => server.stop()))
    await this.app.terminate()
    await this.stack.down()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** For each server, what differs from the environment of this command. */
function environmentsOf(stack: NativeStack, isStack: boolean, directory: string) {
  const ours = {
    LOG_LEVEL: 'warn',
    WEB_CONCURRENCY: '1',
    DATA_DIR: directory,
    SECURITY_LOG: join(directory, 'logs'),
    API_REQUESTS_PER_MINUTE: UNLIMITED,
    OPEN_ORDERS_PER_SHOP: UNLIMITED,
    ORDERS_PER_MINUTE: UNLIMITED,
    ORDER_PAGES_PER_MINUTE: UNLIMITED,
  }
  if (isStack) return [1, 2].map(() => ({ ...stack.environment, ...ours }))
  const { DATABASE_URL } = stack.environment
  return REPLICAS.map((name) => {
    const url = new URL(DATABASE_URL)
    url.port = String(stack.part(name).port)
    return { DATABASE_URL, DATABASE_READ_URL: url.href, ...ours }
  })
}

/** The application's own parts in this process, for setting up and for looking into the database. */
async function boot() {
  process.env.NODE_ENV = 'production'
  process.env.LOG_LEVEL = 'fatal'
  const { createIgnitor } = await import('../../bin/ignitor.js')
  const app = createIgnitor({ withDatabase: false, endsWhenTold: false }).createApp('console')
  await app.init()
  await app.boot()
  await app.start(() => {})
  return app
}
