import pg from 'pg'
import { Visitor } from '#tests/helpers/visitor'

/**
 * Measures the growth of each table over a number of visits to a running server with demo data. A visit: the start
 * page, shops, a shop, a search; half add a product to the cart, one in ten logs in, one in ten makes a
 * zero-result search.
 *
 * BENCH_URL, DATABASE_URL, VISITS
 */
type Sizes = Map<string, { rows: number; bytes: number }>

const origin = process.env.BENCH_URL ?? 'http://localhost:3333'
const visits = Number(process.env.VISITS ?? 1_000)
const db = new pg.Client({ connectionString: process.env.DATABASE_URL })
await db.connect()

/** By rows: pages fill up slowly, so sizes say little after a few visits. */
async function sizes() {
  const { rows } = await db.query(`SELECT relname AS name FROM pg_stat_user_tables`)
  const counted: Sizes = new Map()
  for (const { name } of rows) {
    const { rows: found } = await db.query(
      `SELECT count(*)::int AS rows, pg_total_relation_size('${name}')::int AS bytes FROM "${name}"`
    )
    counted.set(name, found[0])
  }
  return counted
}

async function visit(number: number) {
  const visitor = new Visitor(undefined, origin)
  await visitor.visit('/')
  const { $ } = await visitor.visit('/shops?city=Indore')
  const shop = $('a[href^="/shops/"]').first().attr('href')!
  await visitor.visit(shop)
  if (number % 2 === 0) await visitor.submit('form[action*="/cart/items"]')
  await visitor.visit(`/search?q=${number % 10 === 0 ? `zzz${number}` : 'besen'}`)
  if (number % 10 !== 0) return
  await visitor.visit('/login')
  const [username, password] =
    number % 20 === 0 ? ['customer', 'Pass@1234'] : ['nobody', 'x'.repeat(9)]
  await visitor.submit('form[action*="/login"]', { username, password })
}

const before = await sizes()
for (let number = 0; number < visits; number++) await visit(number)
await new Promise((resolve) => setTimeout(resolve, 6_000))
for (const [name, { rows, bytes }] of await sizes()) {
  const more = rows - before.get(name)!.rows
  if (more > 0) console.log(`${name}: ${more} rows, ${bytes - before.get(name)!.bytes} bytes`)
}
await db.end()
