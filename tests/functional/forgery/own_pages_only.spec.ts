import { test } from '@japa/runner'
import User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { changingRoutes } from '#tests/helpers/changing_routes'
import { createOwner, createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const PORT = Number(process.env.PORT)
const OWN = `http://127.0.0.1:${PORT}`

const OURS: Record<string, string>[] = [
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'same-origin', 'origin': 'null' },
  { 'sec-fetch-site': 'none' },
  { origin: OWN },
]
const FOREIGN: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site', 'origin': OWN },
  { 'sec-fetch-site': 'same-origin, cross-site' },
  { 'sec-fetch-site': 'unheard-of' },
  { origin: 'null' },
  { origin: 'https://evil.example' },
  { origin: OWN.replace('http:', 'https:') },
  { origin: `http://127.0.0.1:${PORT + 1}` },
  { origin: `${OWN}.evil.example` },
  { origin: `http://localhost:${PORT}` },
]
const BODIES: Record<string, () => URLSearchParams | FormData | string | undefined> = {
  form: () => new URLSearchParams({ a: 'b' }),
  multipart: () => {
    const body = new FormData()
    body.set('file', new File(['name,price'], 'list.csv'))
    return body
  },
  text: () => 'a=b',
  nothing: () => undefined,
}

const REFUSALS = /came from another site|keeps something back|Is this from you/

/** Only a form can name a method in its address; what else is posted there may find no route. */
const findsRoute = (path: string, kind: string) =>
  !path.includes('_method') || ['form', 'multipart'].includes(kind)

async function send(
  { method, path }: { method: string; path: string },
  headers: Record<string, string>,
  body: ReturnType<(typeof BODIES)[string]>
) {
  const response = await fetch(new URL(path, OWN), {
    ...{ method, body, redirect: 'manual' as const },
    headers: { 'accept-language': 'en', ...headers },
  })
  return { status: response.status, text: await response.text() }
}

test.group('Requests that change something', (group) => {
  group.setup(emptyDatabase)
  group.each.timeout(120_000)

  test('are refused on every route when they come from elsewhere', async ({ assert }) => {
    assert.isAbove(changingRoutes().length, 30)
    for (const route of changingRoutes()) {
      const isRefused = async (headers: Record<string, string>, kind: string) => {
        const what = `${route.method} ${route.path} ${JSON.stringify(headers)} ${kind}`
        const { status, text } = await send(route, headers, BODIES[kind]())
        assert.include(findsRoute(route.path, kind) ? [403] : [403, 404], status, what)
        if (status === 403) assert.include(text, 'came from another site', what)
      }
      const kinds = Object.keys(BODIES)
      await Promise.all(FOREIGN.flatMap((headers) => kinds.map((kind) => isRefused(headers, kind))))
    }
    assert.lengthOf(await User.all(), 0)
  })

  test('get past it on every route when they come from a page of ours', async ({ assert }) => {
    for (const route of changingRoutes()) {
      for (const headers of OURS) {
        const { text } = await send(route, headers, BODIES.form())
        assert.notMatch(text, REFUSALS, `${route.method} ${route.path} ${JSON.stringify(headers)}`)
      }
    }
  })

  test('that do not say where they come from are never done at once', async ({ assert }) => {
    for (const route of changingRoutes()) {
      for (const [kind, body] of Object.entries(BODIES)) {
        const { status, text } = await send(route, {}, body())
        assert.include(findsRoute(route.path, kind) ? [403] : [403, 404], status)
        if (status === 404) continue
        const canBeShown = route.method === 'POST' && ['form', 'nothing'].includes(kind)
        assert.include(text, canBeShown ? 'Did you send this?' : 'cannot upload files here')
      }
    }
  })

  test('are not made harmless by a method that only their address names', async ({ assert }) => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'get']) {
      for (const path of ['/cart', '/login', '/logout']) {
        const route = { method: 'POST', path: `${path}?_method=${method}` }
        const { status } = await send(route, FOREIGN[0], BODIES.form())
        assert.include([403, 404], status, `${method} ${path}`)
      }
    }
  })

  test('are known behind a proxy by the address that people see', async ({ assert }) => {
    const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'kirana.example:443' }
    const from = (origin: string) =>
      send({ method: 'POST', path: '/cart/items' }, { ...proxied, origin }, BODIES.form())
    assert.notMatch((await from('https://kirana.example')).text, REFUSALS)
    for (const origin of ['http://kirana.example', 'https://kirana.example:8443', OWN]) {
      assert.include((await from(origin)).text, 'came from another site', origin)
    }
  })

  test('of the API need a token of their own, and a cookie counts for nothing', async ({
    assert,
  }) => {
    const user = await createUser()
    const form = new URLSearchParams({ username: user.username, password: PASSWORD })
    const token = await send({ method: 'POST', path: '/api/token' }, FOREIGN[0], form)
    assert.equal(token.status, 200)
    const { cookieHeader } = await loggedIn(await createOwner())
    const headers = { cookie: cookieHeader, ...OURS[0] }
    const shop = new URLSearchParams({ name: 'Mine', city: 'Pune' })
    assert.equal((await send({ method: 'POST', path: '/api/shops' }, headers, shop)).status, 401)
  })

  test('work in a browser on a network without https, which sends the origin alone', async ({
    assert,
  }) => {
    await createUser({ username: 'asha', fullName: 'Asha Verma' })
    const visitor = new Visitor({ 'accept-language': 'en', 'sec-fetch-site': '', 'origin': OWN })
    await visitor.visit('/login')
    const login = { username: 'asha', password: PASSWORD }
    const page = await visitor.submit('form[action*="/login"]', login)
    assert.include(page.text, 'Asha Verma')
    assert.notInclude((await visitor.submit('form[action*="/logout"]')).text, 'Asha Verma')
  })

  test('are not kept from saying where they come from by our own pages', async ({ assert }) => {
    for (const path of ['/', '/login', '/register/customer', '/cart']) {
      const { headers, html } = await new Visitor().visit(path)
      assert.notEqual(headers.get('referrer-policy'), 'no-referrer')
      assert.notMatch(html, /no-?referrer/)
    }
  })

  test('need no session: pages carry no token, and begin none', async ({ assert }) => {
    const visitor = new Visitor()
    for (const path of ['/', '/login', '/register/customer', '/cart']) {
      const { html } = await visitor.visit(path)
      assert.notMatch(html, /csrf/i)
    }
    const { default: db } = await import('@adonisjs/lucid/services/db')
    await db.from('sessions').delete()
    await visitor.visit('/shops')
    assert.lengthOf(await db.from('sessions'), 0)
  })
})
