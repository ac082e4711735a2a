import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { EmbeddedCluster } from '#infra/embedded_postgres/cluster'
import { endWhenTold } from '#infra/ending'
import { freeze, processesOf } from '#infra/frozen_processes'
import { parsePosition, type Position } from '#replication/position'

const HELP = `Shows that a PostgreSQL replica makes a commit visible before pg_last_wal_replay_lsn() reports it:

    npm run bench:visibility -- --seconds=60

  --seconds=N             length of each of the two runs with random reads (30)
  --tables=N,N,...        tables dropped by the transactions whose window is measured (0,10,100,1000,2000)
  --primary=URL           a primary and its replica of your own, instead of a temporary cluster;
  --replica=URL           a schema replica_visibility is made there and dropped; no process is stopped

See docs/replica-visibility.md.`

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    tables: { type: 'string', default: '0,10,100,1000,2000' },
    primary: { type: 'string' },
    replica: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

const READERS = 3
const REPEATS = 5
const SCHEMA = 'replica_visibility'

interface Servers {
  primary: string
  replica: string
  /** Processes that apply the log on the replica; none where they cannot be stopped. */
  startup: number[]
}

async function connect(connectionString: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client
}

async function one(client: pg.Client, sql: string, values: unknown[] = []) {
  return (await client.query(sql, values)).rows[0]
}

/** Updates the row. Returns a position at or before the beginning of the commit's record. */
async function commit(primary: pg.Client, value: number, more = '') {
  await primary.query(`BEGIN; ${more}`)
  await primary.query(`UPDATE ${SCHEMA}.row SET value = $1`, [value])
  const { position } = await one(primary, 'SELECT pg_current_wal_insert_lsn() AS position')
  return { beforeCommit: parsePosition(position), end: () => primary.query('COMMIT') }
}

/** What the replica shows, and how far it says afterwards that it has replayed. */
async function look(replica: pg.Client) {
  const { value } = await one(replica, `SELECT value FROM ${SCHEMA}.row`)
  const { position } = await one(replica, 'SELECT pg_last_wal_replay_lsn() AS position')
  return { value: Number(value), replayed: parsePosition(position) }
}

async function caughtUp(primary: pg.Client, replica: pg.Client) {
  const { position } = await one(primary, 'SELECT pg_current_wal_insert_lsn() AS position')
  while ((await one(replica, 'SELECT pg_last_wal_replay_lsn() < $1 AS behind', [position])).behind)
    await delay(5)
}

/** Reads at random moments; counts those that show a commit which the replica does not report yet. */
async function readAtRandom({ primary, replica, startup }: Servers, seconds: number) {
  const writer = await connect(primary)
  const commits = new Map<number, Position>()
  const end = performance.now() + seconds * 1_000
  const isOver = () => performance.now() > end
  const count = { writes: 0, reads: 0, ahead: 0 }

  const write = async () => {
    const { value: first } = await one(writer, `SELECT value FROM ${SCHEMA}.row`)
    for (let value = Number(first) + 1; !isOver(); value++, count.writes++) {
      const { beforeCommit, end: finish } = await commit(writer, value)
      commits.set(value, beforeCommit)
      await finish()
    }
    await writer.end()
  }
  const read = async () => {
    const reader = await connect(replica)
    while (!isOver()) {
      const { value, replayed } = await look(reader)
      count.reads++
      if (replayed <= (commits.get(value) ?? -1n)) count.ahead++
    }
    await reader.end()
  }
  const stop = async () => {
    while (startup.length > 0 && !isOver()) {
      const wake = freeze(startup)
      await delay(2 + Math.random() * 4)
      wake()
      await delay(Math.random() * 3)
    }
  }
  await Promise.all([write(), stop(), ...Array.from({ length: READERS }, read)])
  return count
}

/** Milliseconds from a commit's first appearance on the replica until its position is reported. */
async function windowOf({ primary, replica }: Servers, tables: number) {
  const [writer, reader] = [await connect(primary), await connect(replica)]
  await writer.query(`CREATE SCHEMA ${SCHEMA}_old`)
  await writer.query(`DO $$ BEGIN FOR i IN 1..${tables} LOOP
    EXECUTE format('CREATE TABLE ${SCHEMA}_old.t%s (id int)', i);
  END LOOP; END $$`)
  await caughtUp(writer, reader)
  const next = (await look(reader)).value + 1
  const { beforeCommit, end } = await commit(writer, next, `DROP SCHEMA ${SCHEMA}_old CASCADE`)
  const committed = end()
  let [reads, shownAt, reportedAt] = [0, 0, 0]
  while (reportedAt === 0) {
    const { value, replayed } = await look(reader)
    const now = performance.now()
    if (value === next && shownAt === 0) shownAt = now
    if (value === next && replayed <= beforeCommit) reads++
    if (replayed > beforeCommit) reportedAt = now
  }
  await committed
  await Promise.all([writer.end(), reader.end()])
  return { reads, milliseconds: reads === 0 ? 0 : reportedAt - shownAt }
}

async function experiment(servers: Servers) {
  const admin = await connect(servers.primary)
  await admin.query(`DROP SCHEMA IF EXISTS ${SCHEMA}, ${SCHEMA}_old CASCADE`)
  await admin.query(`CREATE SCHEMA ${SCHEMA}`)
  await admin.query(`CREATE TABLE ${SCHEMA}.row AS SELECT 0::bigint AS value`)
  const reader = await connect(servers.replica)
  await caughtUp(admin, reader)
  const { version } = await one(admin, `SELECT current_setting('server_version') AS version`)
  await reader.end()
  try {
    console.log(`PostgreSQL ${version}\n`)
    const number = (value: number) => value.toLocaleString('en')
    const runs = [{ name: 'left alone', startup: [] as number[] }]
    if (servers.startup.length > 0)
      runs.push({ name: 'stopped for 2 to 6 ms', startup: servers.startup })
    for (const { name, startup } of runs) {
      const run = await readAtRandom({ ...servers, startup }, Number(flags.seconds))
      console.log(
        `startup process ${name}: ${number(run.writes)} commits, ${number(run.reads)} reads, ` +
          `${number(run.ahead)} showed a commit that was not reported afterwards`
      )
    }
    console.log(`\nA transaction that also drops tables, ${REPEATS} times:`)
    for (const tables of flags.tables.split(',').map(Number)) {
      const seen = []
      for (let time = 0; time < REPEATS; time++) seen.push(await windowOf(servers, tables))
      const times = seen.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
      const reads = seen.reduce((sum, run) => sum + run.reads, 0)
      console.log(
        `${number(tables).padStart(7)} tables: shown ${times[REPEATS >> 1].toFixed(1)} ms before it was reported ` +
          `(${times[0].toFixed(1)} to ${times.at(-1)!.toFixed(1)}), ${number(reads)} reads in that time`
      )
    }
  } finally {
    await admin.query(`DROP SCHEMA IF EXISTS ${SCHEMA}, ${SCHEMA}_old CASCADE`)
    await admin.end()
  }
}

async function onTemporaryCluster() {
  const directory = await mkdtemp(join(tmpdir(), 'kirana-visibility-'))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  const cluster = await EmbeddedCluster.start({ directory: join(directory, 'postgres') })
  endWhenTold(() => cluster.stop())
  await experiment({
    primary: cluster.primaryUrl,
    replica: cluster.standbyUrl,
    startup: processesOf(join(directory, 'postgres', 'standby'), 'startup'),
  })
  await cluster.stop()
  process.exit()
}

const { primary, replica } = flags
if (flags.help) console.log(HELP)
else if (primary && replica) await experiment({ primary, replica, startup: [] })
else await onTemporaryCluster()
