import { readFileSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'

type Row = Record<string, any>

/** The last migration of the demo data in `goods_of_140.jsonl`, when goods had no measure. */
export const LAST_OF_OLD = 140

const FILE = new URL('../functional/database/goods_of_140.jsonl', import.meta.url)
const LINES = readFileSync(FILE, 'utf8').trim().split('\n')
const ENTRIES = LINES.map((line) => JSON.parse(line) as [kind: string, value: any])

function entriesOf<T>(kind: string): T[] {
  return ENTRIES.filter(([name]) => name === kind).map(([, value]) => value)
}

export const OLD_SCHEMA = entriesOf<string>('schema')
/** Orders with their items, as the API of that version answered. */
export const OLD_ORDERS = entriesOf<Row>('order')
/** The owner's orders as a file of that version. */
export const [OLD_ORDERS_CSV] = entriesOf<string>('orders.csv')

const NOT_ROWS = ['schema', 'order', 'orders.csv']
export const OLD_TABLES = [...new Set(ENTRIES.map(([kind]) => kind))].filter(
  (kind) => !NOT_ROWS.includes(kind)
)

export const oldRows = (table: string) => entriesOf<Row>(table)

/** Their triggers number new orders and guard steps; these have taken theirs. */
const WITHOUT_TRIGGERS = ['orders', 'khatas', 'khata_transactions', 'khata_entries']

/** Stores the rows in a database of that version. */
export async function loadOldDemo() {
  await db.transaction(async (client) => {
    for (const table of WITHOUT_TRIGGERS) {
      await client.rawQuery(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    }
    for (const table of OLD_TABLES) {
      for (const row of entriesOf<Row>(table)) {
        const names = Object.keys(row).map((name) => `"${name}"`)
        await client.rawQuery(
          `INSERT INTO ${table} (${names}) OVERRIDING SYSTEM VALUE
           SELECT ${names} FROM jsonb_populate_record(null::${table}, ?)`,
          [JSON.stringify(row)]
        )
      }
    }
    for (const table of WITHOUT_TRIGGERS) {
      await client.rawQuery(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    }
  })
}

/** Every row of these tables, in a stable order. */
export async function storedRows(tables = OLD_TABLES) {
  const stored: Record<string, Row[]> = {}
  for (const table of tables) {
    const { rows } = await db.rawQuery(
      `SELECT to_jsonb(stored) AS row FROM ${table} AS stored ORDER BY to_jsonb(stored)::text`
    )
    stored[table] = rows.map(({ row }: { row: Row }) => row)
  }
  return stored
}
