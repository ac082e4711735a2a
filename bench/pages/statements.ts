import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { readState } from '#infra/embedded_postgres/cluster_state'
import { withAdmin } from '#infra/embedded_postgres/connection'
import type { Production } from './production.js'
import { nameOf, type Row } from './rows.js'

const VIEWS = 20

/** Connections that answer requests; those of background work have names of their own. */
export const REQUESTS = 'kirana'

const LOGGED = { log_statement: 'all', log_line_prefix: '<%a> ' }

/** Counts the statements of cached views on the primary, from its log. */
export async function statements({ url, settings }: Production, rows: Row[]) {
  const directory = join(settings.directory, 'postgres')
  const { primaryPort: port, adminPassword: password } = readState(directory)!
  const log = new Log(join(directory, 'primary.log'))
  return withAdmin({ port, password }, async (admin) => {
    await logStatements(admin, true)
    const counts = []
    for (const row of rows) {
      await view(url, row)
      log.skip()
      for (let count = 0; count < VIEWS; count++) await view(url, row)
      await delay(100)
      const asked = log.statements().filter(({ by }) => by === REQUESTS)
      counts.push({ what: nameOf(row), each: asked.length / VIEWS, asked: distinct(asked) })
    }
    await logStatements(admin, false)
    return counts
  })
}

/** Turns the log of all statements on or off. */
export async function logStatements(admin: pg.Client, on: boolean) {
  for (const [name, value] of Object.entries(LOGGED)) {
    await admin.query(`ALTER SYSTEM ${on ? `SET ${name} = '${value}'` : `RESET ${name}`}`)
  }
  await admin.query('SELECT pg_reload_conf()')
  await delay(500)
}

async function view(url: URL, { path, headers }: Row) {
  const response = await fetch(new URL(path, url), { headers })
  await response.arrayBuffer()
}

interface Statement {
  by: string
  text: string
}

const distinct = (asked: Statement[]) => [...new Set(asked.map(({ text }) => text))]

/** A log that the server appends to. */
export class Log {
  #from = 0

  constructor(private path: string) {}

  skip() {
    this.#read()
  }

  statements(): Statement[] {
    const lines = this.#read().matchAll(/^<(.*?)> LOG: {2}(?:statement|execute [^:]+): (.*)$/gm)
    return [...lines].map(([, by, text]) => ({ by, text }))
  }

  #read() {
    const file = openSync(this.path, 'r')
    const { size } = fstatSync(file)
    const length = Math.max(0, size - this.#from)
    const buffer = Buffer.alloc(length)
    readSync(file, buffer, 0, length, this.#from)
    closeSync(file)
    this.#from = size
    return buffer.toString()
  }
}
