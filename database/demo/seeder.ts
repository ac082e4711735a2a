import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { LOGINS, countsOf, productsOf, shops, users } from './generator.js'
import type { DemoShop, DemoSize } from './generator.js'

/** What to make, and the hash that every account's `password` column gets. */
export interface SeedOptions extends DemoSize {
  passwordHash: string
}

export type SeedTable = 'users' | 'shops' | 'products'

export interface SeedProgress {
  table: SeedTable
  /** Rows of that table that are stored by now, or that were found there. */
  done: number
  total: number
}

export interface Tally {
  made: number
  alreadyThere: number
}

export interface SeedReport {
  users: Tally
  shops: Tally
  products: Tally
  /** Which of the usernames `owner` and `customer` were there before and so keep their password. */
  keptLogins: string[]
  /** Usernames meant for owners that belong to customers: their shops were left out. */
  takenUsernames: string[]
  /** Of the whole run. */
  seconds: number
  /** Products made for each second that the products took. */
  productsPerSecond: number
}

type Row = readonly (string | number)[]

const BATCH = 20_000
const CHUNK = 64 * 1024
const LOCK = `hashtext('kirana-ghar demo data')`

/**
 * Rows arrive by COPY in a temporary table that has no constraints and no log, and go on from there
 * with `ON CONFLICT DO NOTHING`: what exists stays as it is, whichever unique index finds it.
 */
const STAGES: Record<SeedTable, { columns: string; insert: string }> = {
  users: {
    columns:
      'id uuid, username text, password text, role text, full_name text, address text, mobile text',
    insert: `INSERT INTO users (id, username, password, role, full_name, address, mobile)
      SELECT * FROM demo_stage ON CONFLICT DO NOTHING`,
  },
  shops: {
    columns: 'id uuid, owner text, name text, city text, pin_code text',
    insert: `INSERT INTO shops (id, owner_id, name, city, pin_code)
      SELECT staged.id, users.id, staged.name, staged.city, staged.pin_code
      FROM demo_stage staged JOIN users ON lower(users.username) = staged.owner
      ON CONFLICT DO NOTHING`,
  },
  products: {
    columns: `id uuid, shop_id uuid, name text, name_hi text, category text, unit text,
      price_paise integer, stock integer`,
    insert: `INSERT INTO products
        (id, shop_id, name, name_hi, category, unit, price_paise, stock, shop_name, shop_city)
      SELECT staged.*, shops.name, shops.city
      FROM demo_stage staged JOIN shops ON shops.id = staged.shop_id
      ON CONFLICT DO NOTHING`,
  },
}

/**
 * Fills the database with demo data, in transactions of a few thousand rows. What a former run or a
 * person has made is kept, so a run that was interrupted is finished by running it again. Two runs at
 * once take turns.
 *
 * @param clients connections to the primary that nobody else uses meanwhile; the products are shared
 *   out among them, because one of PostgreSQL's processes keeps one core busy
 * @throws what PostgreSQL says when a batch fails; the batches before it stay
 */
export async function seedDemo(
  clients: readonly [ClientBase, ...ClientBase[]],
  options: SeedOptions,
  onProgress: (progress: SeedProgress) => void = () => {}
): Promise<SeedReport> {
  const started = performance.now()
  const [client] = clients
  const counts = countsOf(options)
  const report = (table: SeedTable) => (done: number) =>
    onProgress({ table, done, total: counts[table] })
  await client.query(`SELECT pg_advisory_lock(${LOCK})`)
  try {
    const keptLogins = await existing(client, loginNames(), 'true')
    const madeUsers = await store([client], 'users', userRows(options), report('users'))
    const takenUsernames = await existing(client, ownerNames(options), `role <> 'shopowner'`)
    const demoShops = () => shopsOf(options, new Set(takenUsernames))
    const madeShops = await store([client], 'shops', shopRows(demoShops()), report('shops'))
    const productsStarted = performance.now()
    const madeProducts = await store(
      clients,
      'products',
      productRows(demoShops(), options),
      report('products')
    )
    const productsPerSecond = Math.round(madeProducts.made / secondsSince(productsStarted))
    if (madeUsers.made + madeShops.made + madeProducts.made > 0) {
      await client.query('ANALYZE users, shops, products')
    }
    return {
      users: madeUsers,
      shops: madeShops,
      products: madeProducts,
      keptLogins,
      takenUsernames,
      seconds: secondsSince(started),
      productsPerSecond,
    }
  } finally {
    /** A connection that is lost has lost its lock too, and what broke it is already on its way up. */
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => {})
  }
}

/** Stores all rows; each client takes the next batch as soon as it is done with one. */
async function store(
  clients: readonly ClientBase[],
  table: SeedTable,
  rows: Generator<Row, void>,
  onBatch: (done: number) => void
): Promise<Tally> {
  const tally = { made: 0, alreadyThere: 0 }
  const outcomes = await Promise.allSettled(
    clients.map(async (client) => {
      let batch: { staged: number; made: number }
      do {
        batch = await storeBatch(client, table, rows)
        tally.made += batch.made
        tally.alreadyThere += batch.staged - batch.made
        onBatch(tally.made + tally.alreadyThere)
      } while (batch.staged === BATCH)
    })
  )
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  return tally
}

async function storeBatch(client: ClientBase, table: SeedTable, rows: Generator<Row, void>) {
  const { columns, insert } = STAGES[table]
  await client.query('BEGIN; SET LOCAL synchronous_commit = off')
  try {
    await client.query(`CREATE TEMPORARY TABLE demo_stage (${columns}) ON COMMIT DROP`)
    const copy = client.query(copyFrom('COPY demo_stage FROM STDIN'))
    await pipeline(Readable.from(copyText(rows)), copy)
    const { rowCount } = await client.query(insert)
    await client.query('COMMIT')
    return { staged: copy.rowCount, made: rowCount ?? 0 }
  } catch (error) {
    rows.return()
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/** The next batch of rows in the text format of COPY, in pieces that are worth a write to the socket. */
function* copyText(rows: Generator<Row, void>) {
  let text = ''
  for (let count = 0; count < BATCH; count++) {
    const { value, done } = rows.next()
    if (done) break
    text += `${value.join('\t')}\n`
    if (text.length < CHUNK) continue
    yield text
    text = ''
  }
  if (text) yield text
}

/** COPY gives a meaning to backslashes and control characters. */
function escape(text: string) {
  return text.replace(/[\\\t\n\r]/g, (character) => `\\${character}`)
}

function* userRows(options: SeedOptions): Generator<Row, void> {
  const password = escape(options.passwordHash)
  for (const { id, username, role, fullName, address, mobile } of users(options)) {
    yield [id, username, password, role, fullName, address, mobile]
  }
}

function* shopRows(demoShops: Iterable<DemoShop>): Generator<Row, void> {
  for (const { id, owner, name, city, pinCode } of demoShops) {
    yield [id, owner, name, city, pinCode]
  }
}

function* productRows(demoShops: Iterable<DemoShop>, size: DemoSize): Generator<Row, void> {
  for (const shop of demoShops) {
    for (const { id, shopId, item, pricePaise, stock } of productsOf(shop, size)) {
      yield [id, shopId, item.name, item.nameHi, item.category, item.unit, pricePaise, stock]
    }
  }
}

function* shopsOf(options: DemoSize, taken: Set<string>): Generator<DemoShop, void> {
  for (const shop of shops(options)) if (!taken.has(shop.owner)) yield shop
}

function loginNames() {
  return Object.values(LOGINS).map(({ username }) => username)
}

function ownerNames(options: DemoSize) {
  return Array.from(users({ ...options, customers: 0 }), ({ username }) => username)
}

async function existing(client: ClientBase, usernames: string[], condition: string) {
  const { rows } = await client.query<{ username: string }>(
    `SELECT lower(username) AS username FROM users
     WHERE lower(username) = ANY($1) AND ${condition} ORDER BY 1`,
    [usernames]
  )
  return rows.map(({ username }) => username)
}

function secondsSince(started: number) {
  return (performance.now() - started) / 1000
}
