import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import pg from 'pg'
import { test } from '@japa/runner'
import env from '#start/env'
import { TokenCache } from '#tokens/token_cache'
import type Product from '#models/product'
import type User from '#models/user'
import { parsePosition, type Position } from '#replication/position'
import { Replication } from '#replication/replication'
import type { SessionClock } from '#replication/session_clock'
import { SearchEngine } from '#search/search_engine'
import { swapped } from '#tests/helpers/swapped'
import { ApiClient } from '#tests/helpers/api_client'
import { anotherProcess } from '#tests/helpers/knowledge'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { ownCluster, pauseReplay, resumeReplay } from '#tests/helpers/standby'

/** The standby's replay is paused throughout. */
test.group('API while the replica stands still', (group) => {
  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))

  let owner: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Rajma', pricePaise: 100 })
    await pauseReplay()
    return resumeReplay
  })

  test('an owner sees each new price in the very next answer, search included', async ({
    assert,
  }) => {
    const client = await ApiClient.of(owner)
    const shop = `/api/shops/${product.shopId}/products/`
    const reads: [string, (body: any) => number][] = [
      [shop, ([first]) => first.price],
      ['/api/search?q=rajma', ({ results }) => results[0].price],
    ]
    for (let round = 0; round < 10; round++) {
      const price = 701 + round
      const path = `${shop}${product.id}/`
      assert.equal((await client.put(path, { name: 'Rajma', price })).status, 200)
      const [read, priceOf] = reads[round % reads.length]
      const { body } = await client.get(read)
      assert.equal(priceOf(body), price, `${read} in round ${round}`)
    }
  })

  test('a token that was just issued holds', async ({ assert }) => {
    const client = await ApiClient.of(await createUser())
    assert.equal((await client.get('/api/me')).status, 200)
  })
})

test.group('The position of a token', (group) => {
  group.each.setup(emptyDatabase)

  test('is what later reads ask for, once something was written', async ({ assert, cleanup }) => {
    const asked: Position[] = []
    const restore = swapped(SearchEngine, () => {
      return {
        search: async (_: unknown, clock: SessionClock) => {
          asked.push(clock.needed)
          return { count: 0, more: false, hits: [] }
        },
      } as unknown as SearchEngine
    })
    cleanup(restore)
    const replication = await app.container.make(Replication)
    const client = await ApiClient.of(await createOwner())
    await client.get('/api/search?q=besan')
    const before = await replication.currentPosition()
    await client.post('/api/shops', { form: { name: 'Apna', city: 'Pune' } })
    await client.get('/api/search?q=besan')
    assert.equal(asked[0], 0n)
    assert.isTrue(asked[1] > before)
  })

  test('is known to the other processes when the write is answered', async ({
    assert,
    cleanup,
  }) => {
    const replication = await app.container.make(Replication)
    const client = await ApiClient.of(await createOwner())
    const id = Buffer.from(client.token!.split('_')[1].split('.')[0], 'base64url').toString()
    const other = await anotherProcess()
    cleanup(() => other.stop())
    const there = new TokenCache(other.knowledge, db)
    assert.isNull((await there.find(id))!.written)
    const written = await replication.currentPosition()
    await client.post('/api/shops', { form: { name: 'Apna', city: 'Pune' } })
    assert.isTrue(parsePosition((await there.find(id))!.written!) >= written)
  })

  test('is not lowered by a request that waited for another', async ({ assert, cleanup }) => {
    const { token } = await ApiClient.of(await createUser())
    const id = Buffer.from(token!.split('_')[1].split('.')[0], 'base64url').toString()
    const tokens = await app.container.make(TokenCache)
    const other = new pg.Client({ connectionString: env.get('DATABASE_URL') })
    await other.connect()
    cleanup(() => other.end())
    await other.query('BEGIN')
    await other.query('SELECT FROM access_tokens WHERE id = $1 FOR UPDATE', [id])
    const waiting = tokens.noteWrite(id)
    await eventually(async () => {
      const { rows } = await db.rawQuery('SELECT FROM pg_locks WHERE NOT granted')
      assert.isNotEmpty(rows)
    })
    await db.rawQuery(`SELECT pg_logical_emit_message(false, 'test', 'the log has moved on')`)
    const noted = await other.query(
      'UPDATE access_tokens SET written = pg_current_wal_insert_lsn() WHERE id = $1 RETURNING written',
      [id]
    )
    await other.query('COMMIT')
    await waiting
    const { rows } = await db.rawQuery('SELECT written FROM access_tokens WHERE id = ?', [id])
    assert.isTrue(parsePosition(rows[0].written) >= parsePosition(noted.rows[0].written))
  })
})
