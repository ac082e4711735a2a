import { test } from '@japa/runner'
import { issueToken } from '#tokens/token_users'
import type Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createUser } from '#tests/helpers/factories'
import { freeze } from '#tests/helpers/freeze'
import { loggedIn } from '#tests/helpers/log_in'
import { ServerProcess } from '#tests/helpers/server_process'
import { ownCluster } from '#tests/helpers/standby'
import { FROM_OUR_PAGES, Visitor } from '#tests/helpers/visitor'

const LONG = 60_000
/** How long a page may keep a person waiting, in milliseconds. */
const PATIENCE = 3_000

test.group('A database that is frozen', (group) => {
  let server: ServerProcess
  let product: Product
  let visitor: Visitor
  let headers: Record<string, string>

  group.each.timeout(120_000)
  group.each.skip(!ownCluster, 'it freezes the cluster of the tests')
  group.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ name: 'Besan', pricePaise: 5200 })
    const { value } = await issueToken(await createOwner())
    server = await ServerProcess.start('bin/server.ts', { LOG_LEVEL: 'warn' })
    await eventually(async () => {
      if ((await server.status('/health/ready')) !== 200) throw new Error(server.output)
    }, LONG)
    visitor = await loggedIn(
      await createUser(),
      new Visitor({ 'accept-language': 'en' }, server.url)
    )
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit('form[action="/cart/items"]')
    headers = { cookie: visitor.cookieHeader, authorization: `Bearer ${value!.release()}` }
  })
  group.teardown(async () => {
    await server.stop()
    await emptyDatabase()
  })

  const ask = (path: string, options: RequestInit = {}) => {
    return fetch(new URL(path, server.url), {
      ...{ headers, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) },
      ...options,
    })
  }
  const send = (path: string, fields: Record<string, string>, locale = 'en') => {
    const body = new URLSearchParams(fields)
    const cookies = { ...FROM_OUR_PAGES, ...headers, 'accept-language': locale }
    return ask(path, { method: 'POST', body, headers: cookies })
  }
  /** What this process knows under its lease is still right, and shown. */
  const refusalOf = (path: string) =>
    eventually(async () => {
      const answer = await ask(path)
      if (answer.status !== 503) throw new Error(`${path} answers ${answer.status}`)
      return answer
    })
  const untilItServes = () =>
    eventually(async () => {
      if ((await ask('/cart')).status !== 200) throw new Error(server.output)
    }, LONG)

  test('every page is refused in time, with a page that helps', async ({ assert }) => {
    const wake = freeze('primary')
    try {
      for (const path of ['/cart', '/orders', `/shops/${product.shopId}`, '/cart']) {
        const answer = await refusalOf(path)
        assert.equal(answer.headers.get('retry-after'), '5')
        assert.include(await answer.text(), 'Nothing is lost.')
      }
      const many = await Promise.all(Array.from({ length: 40 }, () => ask('/cart')))
      assert.deepEqual([...new Set(many.map(({ status }) => status))], [503])
      assert.equal((await ask('/health/live')).status, 200)
      assert.equal((await ask('/health/ready')).status, 503)
    } finally {
      wake()
    }
    await untilItServes()
  })

  test('what was sent may have been saved, and is there to be sent again', async ({ assert }) => {
    const item = { product_id: product.id, quantity: '2' }
    const wake = freeze('primary')
    try {
      const answer = await send('/cart/items', item)
      assert.equal(answer.status, 503)
      const page = await answer.text()
      assert.include(page, 'before you send it again')
      for (const value of Object.values(item)) assert.include(page, `value="${value}"`)
      assert.include(page, 'action="/cart/items"')

      const again = await send('/cart/items', { ...item, form_key: 'a key' })
      assert.include(await again.text(), 'Send it again: it counts only once.')
      const hindi = await send('/cart/items', { ...item, form_key: 'a key' }, 'hi')
      assert.include(await hindi.text(), 'गिना एक ही बार जाएगा')

      const login = await send('/login', { username: 'meena', password: 'Pass@1234' })
      assert.equal(login.status, 503)
      assert.notInclude(await login.text(), 'Pass@1234')
    } finally {
      wake()
    }
    await untilItServes()
  })

  test('a program is told the same', async ({ assert }) => {
    const wake = freeze('primary')
    try {
      const answer = await ask('/api/shops', {
        method: 'POST',
        body: JSON.stringify({ name: 'Apna', city: 'Pune' }),
        headers: { ...headers, 'content-type': 'application/json' },
      })
      assert.equal(answer.status, 503)
      const { detail } = (await answer.json()) as { detail: string }
      assert.include(detail, 'check whether it was saved before you retry')
    } finally {
      wake()
    }
    await untilItServes()
  })

  test('the log does not grow with every request', async ({ assert }) => {
    const wake = freeze('primary')
    const before = server.output.length
    try {
      for (let time = 0; time < 3; time++) {
        await Promise.all(Array.from({ length: 60 }, () => ask('/cart')))
      }
    } finally {
      wake()
    }
    await untilItServes()
    assert.isBelow(server.output.length - before, 50_000, server.output.slice(before))
  })

  test('a frozen replica is not waited for', async ({ assert }) => {
    const wake = freeze('standby')
    try {
      for (const path of ['/shops', '/cart', `/shops/${product.shopId}`]) {
        assert.equal((await ask(path)).status, 200, path)
      }
    } finally {
      wake()
    }
  })
})
