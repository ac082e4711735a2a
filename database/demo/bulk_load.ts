import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** The values of one row, in column order. */
export type Row = readonly (string | number)[]

const CHUNK = 64 * 1024

/**
 * Runs `work` in a transaction with asynchronous commit; a later synchronous commit makes it durable.
 *
 * @throws errors of `work`, after rolling back
 */
export async function inTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN; SET LOCAL synchronous_commit = off')
  try {
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/**
 * Loads rows by COPY; fails as a whole if a row already exists.
 *
 * @param target table with columns, `shops (id, name)`
 * @returns the number of rows
 */
export async function copyRows(client: ClientBase, target: string, rows: Iterable<Row>) {
  const copy = client.query(copyFrom(`COPY ${target} FROM STDIN`))
  await pipeline(Readable.from(copyText(rows)), copy)
  return copy.rowCount
}

/**
 * Loads rows by COPY into a temporary table `staged`, without constraints or WAL, then runs `insert`, which reads
 * from it. Must run in a transaction, at whose end the table is dropped.
 *
 * @param columns of the table, with types
 * @returns the number of rows staged, and of rows inserted
 */
export async function mergeRows(
  client: ClientBase,
  { columns, insert }: { columns: string; insert: string },
  rows: Iterable<Row>
) {
  await client.query(`CREATE TEMPORARY TABLE staged (${columns}) ON COMMIT DROP`)
  const count = await copyRows(client, 'staged', rows)
  const result = await client.query(insert)
  await client.query('DROP TABLE staged')
  return { count, made: result.rowCount ?? 0 }
}

/** Splits an iterable into arrays of `size`; the last may be shorter. */
export function* batches<T>(items: Iterable<T>, size: number): Generator<T[], void> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Rows in COPY's text format, in chunks large enough for a socket write. */
function* copyText(rows: Iterable<Row>) {
  let text = ''
  for (const row of rows) {
    text += `${row.map(escape).join('\t')}\n`
    if (text.length < CHUNK) continue
    yield text
    text = ''
  }
  if (text) yield text
}

/** Escapes backslashes, tabs and line ends for COPY. */
function escape(value: string | number) {
  if (typeof value === 'number' || !/[\\\t\n\r]/.test(value)) return value
  return value.replace(/[\\\t\n\r]/g, (character) => `\\${character}`)
}
