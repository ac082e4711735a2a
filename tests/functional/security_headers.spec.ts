import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { ask, say } from '#tests/helpers/raw_request'
import { Visitor } from '#tests/helpers/visitor'

const HTTPS = { 'x-forwarded-proto': 'https' }
const ID = '0198c0de-0000-7000-8000-000000000000'
const EXPECTED = {
  'content-security-policy': /default-src 'self'.*frame-ancestors 'none'/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^same-origin$/,
  'permissions-policy': /geolocation=\(self\), camera=\(self\).*microphone=\(\)/,
  'cross-origin-opener-policy': /^same-origin$/,
}
const ELSEWHERE = ['/app.css', '/robots.txt', '/nowhere', '/%ZZ', '/api/%ZZ', '/api/nowhere', '*']

test.group('Security headers', (group) => {
  group.setup(emptyDatabase)

  function paths() {
    const routes = router.toJSON().root.map(({ pattern }) => pattern)
    const filledIn = routes.map((pattern) =>
      pattern.replace(':role', 'customer').replace(/:\w+/g, ID)
    )
    return [...new Set([...filledIn, ...ELSEWHERE])]
  }

  test('every answer has them, for any request', async ({ assert }) => {
    for (const path of paths()) {
      for (const method of ['GET', 'POST', 'OPTIONS', 'PATCH']) {
        const { headers } = await ask({ method, path })
        for (const [name, value] of Object.entries(EXPECTED)) {
          assert.match(String(headers[name]), value, `${method} ${path}`)
        }
        assert.isUndefined(headers['strict-transport-security'], path)
      }
    }
  })

  test('a file that has not changed and a live page have them', async ({ assert }) => {
    const owner = await createOwner()
    const { cookieHeader: cookie } = await loggedIn(owner)
    const { headers: known } = await ask({ path: '/app.css' })
    const unchanged = { 'if-none-match': String(known.etag) }
    for (const request of [
      { path: '/app.css', headers: unchanged, status: 304 },
      { path: '/orders/stream', headers: { cookie }, status: 200 },
    ]) {
      const { status, headers } = await ask(request)
      assert.equal(status, request.status)
      assert.match(String(headers['content-security-policy']), /frame-ancestors/)
    }
  })

  test('over https browsers are told to stay there, for this host alone', async ({ assert }) => {
    for (const path of ['/', '/app.css', '/api/me', '/%ZZ', '/nowhere']) {
      const { headers } = await ask({ path, headers: HTTPS })
      assert.equal(headers['strict-transport-security'], 'max-age=31536000', path)
    }
  })

  test('what is no request is answered with them too', async ({ assert }) => {
    const answer = await say('nonsense\r\n\r\n')
    assert.match(answer, /^HTTP\/1.1 400 /)
    for (const [name, value] of Object.entries(EXPECTED)) {
      const [, sent] = new RegExp(`^${name}: (.*)\r$`, 'im').exec(answer) ?? []
      assert.match(String(sent), value, name)
    }
    assert.notMatch(answer, /node:|at .*\.[jt]s/)
  })

  test('no cache keeps what is shown to one person', async ({ assert }) => {
    const shop = await createShop()
    const product = await createProduct({ shopId: shop.id })
    const customer = await createUser()
    const order = await createOrder({ customer, product })
    const person = await loggedIn(customer)
    const owner = await loggedIn(await createOwner())
    const guest = new Visitor()
    const caching = async (visitor: Visitor, path: string, fragment = false) => {
      const page = fragment
        ? await visitor.fragment('GET', path)
        : await visitor.request('GET', path)
      return page.headers.get('cache-control')
    }
    for (const path of ['/cart', '/login', '/register/customer']) {
      assert.equal(await caching(guest, path), 'private, no-store', path)
    }
    for (const path of ['/', '/shops', `/shops/${shop.id}`, `/orders/${order.id}`, '/khatas']) {
      assert.equal(await caching(person, path), 'private, no-store', path)
    }
    for (const path of ['/owner/shops', '/owner/orders', '/owner/orders.csv']) {
      assert.equal(await caching(owner, path), 'private, no-store', path)
    }
    assert.equal(await caching(person, '/shops', true), 'private, no-store')
    for (const path of ['/', '/shops', `/shops/${shop.id}`, '/search?q=besan', '/docs']) {
      await caching(new Visitor(), path)
      assert.match((await caching(guest, path))!, /^(public|private), no-cache$/, path)
    }
  })
})
