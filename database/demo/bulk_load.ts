import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** The values of one row, in the order of the columns that they are for. */
export type Row = readonly (string | number | null)[]

const CHUNK = 64 * 1024

/**
 * Runs `work` in a transaction that does not wait for the disk; a later commit that does makes it durable.
 *
 * @throws what `work` throws, after everything was rolled back
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
 * Sends rows by COPY, which is an error as a whole when one of them exists.
 *
 * @param target a table and its columns, `shops (id, name)`
 * @returns how many rows there were
 */
export async function copyRows(client: ClientBase, target: string, rows: Iterable<Row>) {
  const copy = client.query(copyFrom(`COPY ${target} FROM STDIN`))
  await pipeline(Readable.from(copyText(rows)), copy)
  return copy.rowCount
}

/**
 * Sends rows by COPY to a temporary table `staged`, which has no constraints and no log, and runs
 * `insert`, which takes them on from there. Call it in a transaction, at whose end the table goes.
 *
 * @param columns the table's columns with their types
 * @returns how many rows there were, and how many of them `insert` made
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

/** Splits what is iterated into arrays of `size`, the last of them shorter. */
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

/** Rows in the text format of COPY, in pieces that are worth a write to the socket. */
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

/** COPY gives a meaning to backslashes, tabs and the ends of lines. */
function escape(value: string | number | null) {
  if (value === null) return String.raw`\N`
  if (typeof value === 'number' || !/[\\\t\n\r]/.test(value)) return value
  return value.replace(/[\\\t\n\r]/g, (character) => `\\${character}`)
}
