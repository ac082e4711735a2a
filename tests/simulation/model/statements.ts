import { parsePosition, formatPosition, type Position } from '#replication/position'
import type { Primary, Row } from '#tests/simulation/model/primary'
import type { Replica } from '#tests/simulation/model/replica'
import type { Listeners } from '#tests/simulation/model/listeners'

/** What a transaction remembers between its statements. */
export interface Session {
  /** The next transaction id when the position was sampled. */
  next?: number
  /** The rows that it shows, where it does not show the current ones. */
  rows?: Map<string, Row>
}

export interface Server {
  primary: Primary
  /** Null for the primary. */
  replica: Replica | null
  listeners: Listeners
  areAnswersSlow: boolean
}

type Values = readonly unknown[]
type Answer = object[]
type Statement = (server: Server, session: Session, values: Values) => Answer | Promise<Answer>

const format = (position: Position) => formatPosition(position)

/** Whether every transaction that was writing when the position was sampled has ended. */
function isSettled({ running, nextXid }: Primary, next: number) {
  return Math.min(nextXid, ...running) >= next
}

const insert = ({ primary }: Server) => [{ position: format(primary.insert) }]

/** By a part of their text that no other has. */
const STATEMENTS: [part: string, statement: Statement][] = [
  ['pg_current_xact_id()', ({ primary }) => [{ id: String(primary.nextXid++) }]],
  [
    'pg_snapshot_xmin(pg_current_snapshot())::text AS id',
    ({ primary: { running, nextXid } }) => [{ id: String(Math.min(nextXid, ...running)) }],
  ],
  [
    'AS timeline',
    ({ primary, replica }, session) => {
      if (replica)
        return [
          { replica: true, position: format(replica.replayed), settled: true, timeline: null },
        ]
      session.next = primary.nextXid
      const settled = isSettled(primary, session.next)
      return [{ replica: false, position: format(primary.insert), settled, timeline: '00000001' }]
    },
  ],
  [
    'AS between_records',
    ({ replica }) => [
      { between_records: replica!.isBetweenRecords, position: format(replica!.replayed) },
    ],
  ],
  ['AS settled', ({ primary }, session) => [{ settled: isSettled(primary, session.next!) }]],
  [
    'pg_current_snapshot() AS taken',
    ({ primary }) => {
      const running = [...primary.running].map(String)
      return [{ next: String(primary.nextXid), running, position: format(primary.insert) }]
    },
  ],
  [
    'UPDATE access_tokens SET written',
    async ({ primary }, _, [id]) => {
      const values = { written: format(primary.insert) }
      const change = { table: 'access_tokens', id: id as string, values }
      await primary.commit([change], [{ channel: 'rows', payload: `access_tokens ${id}` }])
      return []
    },
  ],
  [
    'INSERT INTO listeners',
    ({ listeners, primary }, _, [id, passed]) => {
      listeners.confirm(id as string, passed === null ? null : parsePosition(passed as string))
      return [{ position: format(primary.insert) }]
    },
  ],
  ['AS "isOneAway"', ({ listeners }, _, [seconds]) => [listeners.passed(Number(seconds) * 1_000)]],
  [
    'WITH sent AS',
    ({ listeners, primary }, _, [payload]) => {
      const rows = listeners.leases()
      primary.notify([{ channel: 'fences', payload: payload as string }])
      return rows
    },
  ],
  [
    "'heard ' ||",
    ({ primary }, _, [fences, id]) => {
      const heard = (fences as string[]).map((fence) => `heard ${fence} ${id}`)
      primary.notify(heard.map((payload) => ({ channel: 'fences', payload })))
      return []
    },
  ],
  ['SELECT pg_current_wal_insert_lsn() AS position', insert],
  ['clock_timestamp() AS now', () => [{ now: new Date() }]],
  ["nextval('search_versions')", ({ primary }) => [{ version: ++primary.searchVersions }]],
  ['SELECT count(*)::int AS total', () => [{ total: 0 }]],
  ['FROM shops AS row', () => []],
  ['FROM search_names AS row', () => []],
  [
    'FROM products AS row WHERE id = ANY',
    ({ primary }, _, [ids]) => documentsOf(primary, (id) => (ids as string[]).includes(id)),
  ],
  [
    'FROM products AS row WHERE id >',
    ({ primary }, _, [after]) => documentsOf(primary, (id) => id > (after as string)),
  ],
  ['SET LOCAL statement_timeout', () => []],
  ['pg_advisory_xact_lock', () => []],
  ['FROM sessions', (server, session, [id]) => rowOf(server, session, `sessions ${id}`)],
  ['FROM access_tokens', (server, session, [id]) => rowOf(server, session, `access_tokens ${id}`)],
  ['FROM products', (server, session, [id]) => rowOf(server, session, `products ${id}`)],
  ['FROM orders', (server, session, [id]) => rowOf(server, session, `orders ${id}`)],
  ['LISTEN', () => []],
]

function rowOf({ primary, replica }: Server, { rows }: Session, key: string) {
  const row = (rows ?? (replica ?? primary).rows).get(key)
  return row ? [row] : []
}

function documentsOf({ rows }: Primary, isWanted: (id: string) => boolean) {
  return [...rows]
    .filter(([key]) => key.startsWith('products '))
    .map(([key, document]) => ({ id: key.slice('products '.length), document }))
    .filter(({ id }) => isWanted(id))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** Tells whether a statement matches. The application has few, and asks them often. */
export function matching(pattern: RegExp) {
  const seen = new Map<string, boolean>()
  return (sql: string) => {
    let matches = seen.get(sql)
    if (matches === undefined) seen.set(sql, (matches = pattern.test(sql)))
    return matches
  }
}

const known = new Map<string, Statement>()

/** Runs a statement of the application. @throws Error for a text that the model does not know */
export function run(sql: string, server: Server, session: Session, values: Values) {
  let statement = known.get(sql)
  if (!statement) {
    const found = STATEMENTS.find(([part]) => sql.includes(part))
    if (!found) throw new Error(`The model of the database does not know: ${sql}`)
    known.set(sql, (statement = found[1]))
  }
  return statement(server, session, values)
}
