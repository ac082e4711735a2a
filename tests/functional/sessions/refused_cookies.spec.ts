import { createHmac, randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Product from '#models/product'
import type User from '#models/user'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const COOKIE = 'kirana_session'
const NAME = 'Asha Verma'

/** The same content, signed with another key. */
function signedElsewhere(cookie: string) {
  const content = decodeURIComponent(cookie).slice(2).split('.')[0]
  const signature = createHmac('sha256', randomBytes(32)).update(content).digest('base64url')
  return encodeURIComponent(`s:${content}.${signature}`)
}

const FORGERIES: Record<string, (cookie: string) => string> = {
  'is made up': () => 's%3Aabc.def',
  'is empty': () => '',
  'is not signed': (cookie) => decodeURIComponent(cookie).slice(2).split('.')[0],
  'is cut off in its signature': (cookie) => cookie.slice(0, -5),
  'is cut off in its content': (cookie) => cookie.slice(0, 30),
  'is signed with another key': signedElsewhere,
  'is very long': (cookie) => cookie + 'A'.repeat(8_000),
}

test.group('A session cookie that', (group) => {
  let user: User
  let cookie: string

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser({ fullName: NAME })
    cookie = (await loggedIn(user)).cookies.get(COOKIE)!
  })

  const bearing = (value: string) => {
    const visitor = new Visitor()
    visitor.cookies.set(COOKIE, value)
    return visitor
  }

  for (const [what, forge] of Object.entries(FORGERIES)) {
    test(`${what} counts as none`, async ({ assert }) => {
      const visitor = bearing(forge(cookie))
      const page = await visitor.visit('/shops')
      assert.equal(page.status, 200)
      assert.notInclude(page.text, NAME)
      assert.match(page.headers.get('cache-control')!, /no-cache$/)
      assert.match((await visitor.visit('/orders')).path, /^\/login/)
      await visitor.visit('/')
      const chosen = await visitor.submit('form[action*="/language"] button[value=hi]')
      assert.equal(chosen.status, 200)
      await bearing(forge(cookie)).request('POST', '/logout')
      assert.lengthOf(await db.from('sessions'), 1)
      assert.include((await bearing(cookie).visit('/account')).text, NAME)
    })
  }

  const ENDS: Record<string, () => Promise<unknown>> = {
    'belongs to a user who was deleted': () => user.delete(),
    'belongs to a session that was ended': () => user.endSessions(),
  }

  for (const [what, end] of Object.entries(ENDS)) {
    test(`${what} counts as none, and begins nothing`, async ({ assert }) => {
      await end()
      await announced()
      const visitor = bearing(cookie)
      for (let view = 0; view < 2; view++) {
        const page = await visitor.visit('/shops')
        assert.notInclude(page.text, NAME)
        assert.match(page.headers.get('cache-control')!, /no-cache$/)
      }
      assert.match((await visitor.visit('/orders')).path, /^\/login/)
      await visitor.visit('/')
      await visitor.submit('form[action*="/language"] button[value=hi]')
      assert.lengthOf(await db.from('sessions'), 0)
    })
  }
})

test.group('A cookie of another kind that', (group) => {
  const kinds = ['known', 'flash', 'cart_0123abcd', 'seen_0123abcd']
  let product: Product
  let cookies: Record<string, string>

  group.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ name: 'Besan' })
    const guest = new Visitor()
    guest.keepCookies(await guest.send('POST', '/cart/items', wanted()))
    const known = await loggedIn(await createUser())
    const found = [...guest.cookies, ...known.cookies]
    const valueOf = (kind: string) =>
      found.find(([name]) => name.split('_')[0] === kind.split('_')[0])?.[1] ?? ''
    cookies = Object.fromEntries(kinds.map((kind) => [kind, valueOf(kind)]))
  })

  const wanted = () => new URLSearchParams({ product_id: product.id })

  for (const [what, forge] of Object.entries(FORGERIES)) {
    test(`${what} counts as none`, async ({ assert }) => {
      const forged = () => {
        const visitor = new Visitor()
        for (const [kind, value] of Object.entries(cookies)) visitor.cookies.set(kind, forge(value))
        return visitor
      }
      const before = await db.from('cart_lines')
      for (const path of ['/', '/shops', `/shops/${product.shopId}`, '/cart', '/login']) {
        const page = await forged().visit(path)
        assert.equal(page.status, 200, path)
        assert.lengthOf(page.$('#status .notice'), 0, path)
        assert.equal(page.$('#cart-badge [aria-hidden]').text(), '0', path)
      }
      const visitor = forged()
      assert.equal((await visitor.request('POST', '/cart/items', wanted())).status, 200)
      assert.equal((await visitor.visit('/cart')).$('.stepper .quantity').length, 1)
      assert.sameDeepMembers(
        (await db.from('cart_lines')).slice(0, before.length),
        before,
        'the carts of others are as they were'
      )
    })
  }
})
