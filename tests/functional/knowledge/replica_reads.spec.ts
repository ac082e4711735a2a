import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { KnownCarts } from '#cart/known_carts'
import type Product from '#models/product'
import type User from '#models/user'
import { Replication } from '#replication/replication'
import { KnownSessions } from '#sessions/known_sessions'
import { KnownUsers } from '#sessions/known_users'
import { TokenCache } from '#tokens/token_cache'
import { issueToken } from '#tokens/token_users'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'
import { anotherProcess } from '#tests/helpers/knowledge'
import { loggedIn } from '#tests/helpers/log_in'
import { ownCluster, pauseReplay, resumeReplay } from '#tests/helpers/standby'
import { StatementLog } from '#tests/helpers/statement_log'
import type { Visitor } from '#tests/helpers/visitor'

/** Longer than three checks take, after which a change is not recent any more. */
const NOT_RECENT = 2_000

test.group('What a process does not know yet', (group) => {
  let there: Awaited<ReturnType<typeof anotherProcess>>
  let sources: { name: string; read: () => Promise<unknown> }[]
  let product: Product
  let user: User
  let visitor: Visitor
  let log: StatementLog

  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))
  group.each.timeout(60_000)
  group.setup(async () => {
    log = await StatementLog.start()
    return () => log.stop()
  })
  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ name: 'Besan' })
    user = await createUser({ fullName: 'Asha Verma' })
    visitor = await loggedIn(user)
    await add()
    there = await anotherProcess(await app.container.make(Replication))
    const { knowledge } = there
    const [{ id: session }] = await db.from('sessions')
    const { identifier: token } = await issueToken(user)
    const carts = new KnownCarts(knowledge, db)
    const sessions = new KnownSessions(knowledge, db)
    const users = new KnownUsers(knowledge)
    const tokens = new TokenCache(knowledge, db)
    sources = [
      { name: 'cart', read: async () => (await cart(carts))?.quantity },
      { name: 'session', read: () => sessions.find(session) },
      { name: 'user', read: async () => (await users.find(user.id))?.fullName },
      { name: 'token', read: async () => (await tokens.find(String(token)))?.id },
    ]
    return () => there.stop()
  })

  const add = () =>
    visitor.request('POST', '/cart/items', new URLSearchParams({ product_id: product.id }))
  const cart = async (carts: KnownCarts) =>
    (await carts.find({ userId: user.id, digests: [] }))[0]?.items[0]
  const forget = () => there.knowledge.heard('carts *', 'rows')
  const pieces = () => sources[0].read()
  const name = () => sources[2].read()

  test('comes from a replica, and the primary is asked nothing', async ({ assert }) => {
    await eventually(async () => {
      const asked = await log.during(async () => {
        for (const source of sources) assert.isOk(await source.read(), source.name)
      })
      for (const table of ['carts', 'sessions', 'users', 'access_tokens']) {
        there.knowledge.heard(`${table} *`, 'rows')
      }
      await delay(NOT_RECENT)
      assert.deepEqual(asked, [])
    }, 30_000)
  })

  test('is as another process has just left it, though the replica stands still', async ({
    assert,
    cleanup,
  }) => {
    await eventually(async () => {
      const asked = await log.during(pieces)
      forget()
      await delay(NOT_RECENT)
      assert.deepEqual(asked, [])
    }, 30_000)
    await pauseReplay()
    cleanup(resumeReplay)
    for (let quantity = 2; quantity < 7; quantity++) {
      await add()
      assert.equal(await pieces(), quantity)
    }
  })

  test('is never older than a change that was announced, however long ago', async ({
    assert,
    cleanup,
  }) => {
    await name()
    await pauseReplay()
    cleanup(resumeReplay)
    await db.from('users').where('id', user.id).update({ full_name: 'Asha Joshi' })
    await delay(NOT_RECENT)
    assert.equal(await name(), 'Asha Joshi')
  })
})
