import type { ClientBase } from 'pg'
import { batches, copyRows, inTransaction, mergeRows, type Row } from './bulk_load.js'
import { LOGINS, countsOf, shops, users } from './generator.js'
import type { DemoShop, DemoSize, DemoUser } from './generator.js'
import {
  HOLIDAY_ROWS,
  HOUR_ROWS,
  SLOT_ROWS,
  holidayRows,
  hourRows,
  slotRows,
} from './shop_times.js'
import { PRODUCTS, PRODUCT_COLUMNS, productRows, SETTINGS, settingRows } from './rows.js'

/** What to create, and the password hash of every account. */
export interface SeedOptions extends DemoSize {
  passwordHash: string
}

export type SeedTable = 'users' | 'shops' | 'products'

export interface SeedProgress {
  table: SeedTable
  /** Rows of that table that are stored or already existed. */
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
  /** Which of `owner` and `customer` already existed and keep their password. */
  keptLogins: string[]
  /** Owner usernames that belong to customers; their shops were skipped. */
  takenUsernames: string[]
  /** Of the whole run. */
  seconds: number
  /** Average rate while inserting products. */
  productsPerSecond: number
}

/** Rows per transaction: large enough to be efficient, small enough for change feeds. */
const BATCH = 20_000
const LOCK = `hashtext('kirana-ghar demo data')`
const INTEGRITY_VIOLATIONS = '23'

const USERS = {
  columns:
    'id uuid, username text, password text, role text, full_name text, address text, mobile text',
  insert: `INSERT INTO users (id, username, password, role, full_name, address, mobile, is_demo)
    SELECT *, true FROM staged ON CONFLICT DO NOTHING`,
}

const SHOPS = {
  columns: 'id uuid, owner text, name text, city text, pin_code text',
  insert: `INSERT INTO shops (id, owner_id, name, city, pin_code)
    SELECT staged.id, users.id, staged.name, staged.city, staged.pin_code
    FROM staged JOIN users ON lower(users.username) = staged.owner
    ON CONFLICT DO NOTHING`,
}

/**
 * Fills the database with demo data, in transactions of a few thousand rows. Existing data is kept, so an
 * interrupted run is completed by repeating it. Concurrent runs take turns.
 *
 * @param clients dedicated connections to the primary; shops are distributed among them, because each connection
 * uses one core of the database
 * @throws PostgreSQL's error when a batch fails; earlier batches stay
 */
export async function seedDemo(
  clients: readonly [ClientBase, ...ClientBase[]],
  options: SeedOptions,
  onProgress: (progress: SeedProgress) => void = () => {}
): Promise<SeedReport> {
  const started = performance.now()
  const [client] = clients
  await client.query(`SELECT pg_advisory_lock(${LOCK})`)
  try {
    const keptLogins = await existing(client, loginNames(), 'true')
    const madeUsers = await storeUsers(client, options, onProgress)
    const takenUsernames = await existing(client, ownerNames(options), `role <> 'shopowner'`)
    const taken = new Set(takenUsernames)
    const madeShops = await storeShops(client, shopsOf(options, taken), options, onProgress)
    const productsStarted = performance.now()
    const madeProducts = await storeProducts(clients, shopsOf(options, taken), options, onProgress)
    const productsPerSecond = Math.round(madeProducts.made / secondsSince(productsStarted))
    if (madeUsers.made + madeShops.made + madeProducts.made > 0) {
      await client.query('ANALYZE users, shops, products')
    }
    const seconds = secondsSince(started)
    return {
      users: madeUsers,
      shops: madeShops,
      products: madeProducts,
      keptLogins,
      takenUsernames,
      seconds,
      productsPerSecond,
    }
  } finally {
    /** A lost connection has lost its lock too; its error is already being thrown. */
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => {})
  }
}

async function storeUsers(
  client: ClientBase,
  options: SeedOptions,
  onProgress: (progress: SeedProgress) => void
) {
  const tally = emptyTally()
  const total = countsOf(options).users
  for (const batch of batches(users(options), BATCH)) {
    const rows = userRows(batch, options.passwordHash)
    add(tally, await inTransaction(client, () => merge(client, USERS, rows)))
    onProgress({ table: 'users', done: sum(tally), total })
  }
  return tally
}

async function storeShops(
  client: ClientBase,
  demoShops: Iterable<DemoShop>,
  size: DemoSize,
  onProgress: (progress: SeedProgress) => void
) {
  const tally = emptyTally()
  const total = countsOf(size).shops
  for (const batch of batches(demoShops, BATCH)) {
    add(tally, await inTransaction(client, () => openShops(client, batch, size)))
    onProgress({ table: 'shops', done: sum(tally), total })
  }
  return tally
}

/** Terms come with the shop: those that its owner changed stay. */
async function openShops(client: ClientBase, batch: DemoShop[], size: DemoSize) {
  const tally = await merge(client, SHOPS, shopRows(batch))
  if (tally.made === 0) return tally
  await merge(client, SETTINGS, settingRows(batch, size))
  await merge(client, HOUR_ROWS, hourRows(batch, size))
  await merge(client, HOLIDAY_ROWS, holidayRows(batch, size))
  await merge(client, SLOT_ROWS, slotRows(batch, size))
  return tally
}

/** Clients take the next shops as they become free; a failure stops them all. */
async function storeProducts(
  clients: readonly ClientBase[],
  demoShops: Iterable<DemoShop>,
  size: DemoSize,
  onProgress: (progress: SeedProgress) => void
) {
  const tally = emptyTally()
  const total = countsOf(size).products
  if (total === 0) return tally
  const pending = batches(demoShops, Math.max(1, Math.floor(BATCH / size.productsPerShop)))
  const outcomes = await Promise.allSettled(
    clients.map(async (client) => {
      for (const batch of pending) {
        add(tally, await inTransaction(client, () => fillShops(client, batch, size)))
        onProgress({ table: 'products', done: sum(tally), total })
      }
    })
  )
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  return tally
}

/**
 * While no shop has products, COPY writes directly to the table in half the time. It is rolled back on a conflict:
 * an owner added a product or deleted the shop, or a product was moved from a shop deleted meanwhile.
 */
async function fillShops(client: ClientBase, batch: DemoShop[], size: DemoSize): Promise<Tally> {
  if (await haveProducts(client, batch)) return mergeProducts(client, batch, size)
  await client.query('SAVEPOINT empty_shops')
  try {
    const target = `products (${PRODUCT_COLUMNS})`
    return { made: await copyRows(client, target, productRows(batch, size)), alreadyThere: 0 }
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith(INTEGRITY_VIOLATIONS)) throw error
    await client.query('ROLLBACK TO SAVEPOINT empty_shops')
    return mergeProducts(client, batch, size)
  }
}

async function haveProducts(client: ClientBase, batch: DemoShop[]) {
  const { rows } = await client.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT FROM products WHERE shop_id = ANY($1)) AS found',
    [batch.map(({ id }) => id)]
  )
  return rows[0].found
}

function mergeProducts(client: ClientBase, batch: DemoShop[], size: DemoSize) {
  return merge(client, PRODUCTS, productRows(batch, size))
}

async function merge(client: ClientBase, stage: typeof PRODUCTS, rows: Iterable<Row>) {
  const { count, made } = await mergeRows(client, stage, rows)
  return { made, alreadyThere: count - made }
}

function* userRows(batch: DemoUser[], passwordHash: string): Generator<Row, void> {
  for (const { id, username, role, fullName, address, mobile } of batch) {
    yield [id, username, passwordHash, role, fullName, address, mobile]
  }
}

function* shopRows(batch: DemoShop[]): Generator<Row, void> {
  for (const { id, owner, name, city, pinCode } of batch) yield [id, owner, name, city, pinCode]
}

function* shopsOf(size: DemoSize, taken: Set<string>): Generator<DemoShop, void> {
  for (const shop of shops(size)) if (!taken.has(shop.owner)) yield shop
}

function loginNames() {
  return Object.values(LOGINS).map(({ username }) => username)
}

function ownerNames(size: DemoSize) {
  return Array.from(users({ ...size, customers: 0 }), ({ username }) => username)
}

async function existing(client: ClientBase, usernames: string[], condition: string) {
  const { rows } = await client.query<{ username: string }>(
    `SELECT lower(username) AS username FROM users
     WHERE lower(username) = ANY($1) AND ${condition} ORDER BY 1`,
    [usernames]
  )
  return rows.map(({ username }) => username)
}

function emptyTally(): Tally {
  return { made: 0, alreadyThere: 0 }
}

function add(tally: Tally, { made, alreadyThere }: Tally) {
  tally.made += made
  tally.alreadyThere += alreadyThere
}

function sum({ made, alreadyThere }: Tally) {
  return made + alreadyThere
}

function secondsSince(started: number) {
  return (performance.now() - started) / 1000
}
