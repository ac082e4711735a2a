import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { readState } from '#infra/embedded_postgres/cluster_state'
import { withAdmin } from '#infra/embedded_postgres/connection'
import { eventually } from '#tests/helpers/eventually'
import { clusterDirectory } from '#tests/helpers/standby'

const SETTINGS = { log_statement: 'all', log_line_prefix: '<%a> ' }

/** Connections that answer requests; those of background work have names of their own. */
const REQUESTS = 'kirana'

/** Statements on the primary, from its log. */
export class StatementLog {
  #path = join(clusterDirectory(), 'primary.log')
  #from = 0

  static async start() {
    await change((name, value) => `SET ${name} = '${value}'`, 'all')
    return new StatementLog()
  }

  stop() {
    return change((name) => `RESET ${name}`, 'none')
  }

  /** Statements of requests while `work` runs. */
  async during(work: () => Promise<unknown>): Promise<string[]> {
    this.#from = statSync(this.#path).size
    await work()
    const text = readFileSync(this.#path).subarray(this.#from).toString()
    const lines = text.matchAll(/^<(.*?)> LOG: {2}(?:statement|execute [^:]+): (.*)$/gm)
    return [...lines].filter(([, by]) => by === REQUESTS).map(([, , statement]) => statement)
  }
}

async function change(clause: (name: string, value: string) => string, expected: string) {
  const { primaryPort: port, adminPassword: password } = readState(clusterDirectory())!
  await withAdmin({ port, password }, async (admin) => {
    for (const [name, value] of Object.entries(SETTINGS)) {
      await admin.query(`ALTER SYSTEM ${clause(name, value)}`)
    }
    await admin.query('SELECT pg_reload_conf()')
  })
  await eventually(async () => {
    const { rows } = await db.rawQuery('SHOW log_statement')
    if (rows[0].log_statement !== expected) throw new Error('Not reloaded yet')
  })
}
