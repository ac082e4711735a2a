import config from '@adonisjs/core/services/config'
import { test } from '@japa/runner'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop, createUser, PASSWORD } from '#tests/helpers/factories'
import { standbyCaughtUp } from '#tests/helpers/standby'

function request(path: string, headers: Record<string, string> = {}) {
  return fetch(`http://127.0.0.1:${process.env.PORT}${path}`, { headers })
}

test.group('API over HTTP', (group) => {
  group.each.setup(emptyDatabase)

  test('what cannot be answered is a problem with a detail', async ({ assert }) => {
    const client = await ApiClient.of(await createUser())
    const text = { 'content-type': 'text/plain' }
    const json = { 'content-type': 'application/json' }
    const broken = { headers: json, text: '{"username":' }
    const large = { headers: json, text: JSON.stringify({ username: 'a'.repeat(100_000) }) }
    const answers: [number, Promise<{ status: number; headers: Headers; body: any }>][] = [
      [404, client.get('/api/nowhere')],
      [404, client.get('/api/shops/not-an-id')],
      [405, client.delete('/api/me')],
      [406, client.get('/api/me', { headers: { accept: 'text/html' } })],
      [415, client.post('/api/register', { headers: text, text: 'username' })],
      [400, client.post('/api/register', broken)],
      [400, client.post('/api/register', { headers: json, text: '"username"' })],
      [413, client.post('/api/register', large)],
      [422, client.get('/api/search')],
    ]
    for (const [expected, answer] of answers) {
      const { status, headers, body } = await answer
      assert.equal(status, expected)
      assert.equal(headers.get('content-type'), 'application/problem+json')
      assert.equal(body.status, expected)
      assert.isNotEmpty(body.detail)
    }
    assert.equal((await answers[2][1]).headers.get('allow'), 'GET')
  })

  test('every answer has the id of its request', async ({ assert }) => {
    const headers = { 'x-request-id': 'order-run-17' }
    for (const path of [
      '/api/me',
      '/api/nowhere',
      '/api/%E0%A4%A',
      '/%E0%A4%A',
      '/shops',
      '/openapi.json',
      '/favicon.svg',
    ]) {
      const known = await request(path, headers)
      assert.equal(known.headers.get('x-request-id'), 'order-run-17', path)
      const [one, other] = await Promise.all([request(path), request(path)])
      assert.match(one.headers.get('x-request-id')!, /^[0-9a-f-]{36}$/, path)
      assert.notEqual(one.headers.get('x-request-id'), other.headers.get('x-request-id'), path)
    }
  })

  test('an id that is long or not plain is not taken over', async ({ assert }) => {
    const longest = '~'.repeat(128)
    for (const [chosen, taken] of [
      [longest, true],
      [`${longest}~`, false],
      ['a'.repeat(5_000), false],
      ['one two', false],
      ['caf\u00e9', false],
      ['', false],
    ] as const) {
      const { headers } = await request('/api/me', { 'x-request-id': chosen })
      assert.isNotEmpty(headers.get('x-request-id'))
      assert.equal(headers.get('x-request-id') === chosen, taken, chosen)
    }
  })

  test('a user who asks too much is told when to come again, the others are not', async ({
    assert,
    cleanup,
  }) => {
    const usual = config.get('api.requestsPerMinute')
    cleanup(() => config.set('api.requestsPerMinute', usual))
    const [eager, other] = [await createUser(), await createUser()]
    const client = await ApiClient.of(eager)
    config.set('api.requestsPerMinute', 3)
    for (const left of [2, 1, 0]) {
      const { status, headers } = await client.get('/api/me')
      assert.equal(status, 200)
      assert.include(headers.get('ratelimit'), `r=${left};`)
    }
    const again = await ApiClient.of(eager)
    const { status, headers } = await again.get('/api/me')
    assert.equal(status, 429)
    assert.isAbove(Number(headers.get('retry-after')), 0)
    assert.include(headers.get('ratelimit-policy'), 'q=3')
    assert.equal((await (await ApiClient.of(other)).get('/api/me')).status, 200)
  })

  test('who registers too often is not told of the limit of another operation', async ({
    assert,
  }) => {
    const account = { password: PASSWORD, role: 'customer', full_name: 'Asha', address: 'Indore' }
    const register = (n: number) => {
      const json = { ...account, username: `asha${n}`, mobile: '9876543210' }
      return new ApiClient().post('/api/register', { json })
    }
    for (let number = 0; number < 20; number++) await register(number)
    const { status, headers } = await register(20)
    assert.equal(status, 429)
    assert.match(headers.get('ratelimit')!, /r=0;t=3[56]\d\d$/)
    assert.isNull(headers.get('ratelimit-policy'))
  })

  test('an address that cannot be decoded is a problem too', async ({ assert }) => {
    const { status, headers, body } = await new ApiClient().get('/api/shops/%ff')
    assert.equal(status, 400)
    assert.equal(headers.get('content-type'), 'application/problem+json')
    assert.isNotEmpty(body.detail)
  })

  test('a page of another site may use the API only when it is named', async ({
    assert,
    cleanup,
  }) => {
    const allowed = config.get('cors.origin') as string[]
    allowed.push('https://app.example')
    cleanup(() => void allowed.pop())
    for (const [origin, expected] of [
      ['https://app.example', 'https://app.example'],
      ['https://evil.example', null],
    ] as const) {
      const asked = { origin, 'access-control-request-method': 'GET' }
      const preflight = await new ApiClient().request('OPTIONS', '/api/me', { headers: asked })
      assert.equal(preflight.headers.get('access-control-allow-origin'), expected)
      const { headers } = await new ApiClient().get('/api/me', { headers: { origin } })
      assert.equal(headers.get('access-control-allow-origin'), expected)
      assert.isNull(headers.get('access-control-allow-credentials'))
      assert.include(headers.get('vary'), 'Origin')
    }
  })

  test('a large answer is compressed when the client can read it', async ({ assert }) => {
    const shop = await createShop()
    for (let number = 0; number < 20; number++) await createProduct({ shopId: shop.id })
    const client = await ApiClient.of(await createUser())
    await standbyCaughtUp()
    for (const encoding of ['gzip', 'br']) {
      const headers = { 'accept-encoding': encoding }
      const answer = await client.get(`/api/shops/${shop.id}/products/`, { headers })
      assert.equal(answer.headers.get('content-encoding'), encoding)
      assert.lengthOf(answer.body, 20)
    }
  })
})
