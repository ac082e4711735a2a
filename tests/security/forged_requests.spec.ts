import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { attackedServer } from '#tests/helpers/attacked_server'
import { changingRoutes } from '#tests/helpers/changing_routes'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

/** What a browser adds to a form that another site makes it send. */
const FORGED: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site', 'origin': 'https://evil.example' },
  { 'sec-fetch-site': 'same-site', 'origin': 'https://evil.kirana.example' },
  { 'sec-fetch-site': '', 'origin': 'https://evil.example' },
  { 'sec-fetch-site': '', 'origin': 'null' },
  { 'sec-fetch-site': '' },
]
const KEPT = ['users', 'shops', 'products', 'orders', 'khatas', 'sessions']

test.group('Forged requests', (group) => {
  const server = attackedServer(group)

  group.each.timeout(120_000)
  group.each.setup(emptyDatabase)

  test('change nothing in the name of an owner who is logged in', async ({ assert }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const product = await createProduct({ shopId: shop.id })
    const visitor = await loggedIn(owner, new Visitor(undefined, server.origin()))
    /** The expiry of a session moves some seconds after a look. */
    const rows = async () => {
      const found = await Promise.all(KEPT.map((table) => db.from(table).orderBy('id')))
      return found.flat().map((row) => ({ ...row, expires_at: null }))
    }
    const before = await rows()
    let tries = 0
    for (const { method, path } of changingRoutes()) {
      const own = path
        .replace(/(products\/)[0-9a-f-]{36}/, `$1${product.id}`)
        .replace(/(shops\/)[0-9a-f-]{36}/, `$1${shop.id}`)
      for (const headers of FORGED) {
        const body = new URLSearchParams({ name: 'Mine', city: 'Pune', locale: 'hi' })
        const response = await visitor.send(method, own, body, headers)
        assert.equal(response.status, 403, `${method} ${own} ${JSON.stringify(headers)}`)
        tries++
      }
    }
    assert.isAbove(tries, 200)
    assert.deepEqual(await rows(), before)
  })

  test('log nobody in and open no account', async ({ assert }) => {
    const owner = await createOwner({ username: 'evil' })
    for (const headers of FORGED) {
      const visitor = new Visitor(undefined, server.origin())
      const login = new URLSearchParams({ username: owner.username, password: 'Pass@1234' })
      const response = await visitor.send('POST', '/login', login, headers)
      assert.equal(response.status, 403)
    }
    assert.lengthOf(await db.from('sessions'), 0)
  })
})
