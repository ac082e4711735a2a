import router from '@adonisjs/core/services/router'
import limiter from '@adonisjs/limiter/services/main'
import { test } from '@japa/runner'
import { operationOf } from '#api/operations'
import Address from '#models/address'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import * as malformed from '#tests/helpers/malformed'
import { createOrder } from '#tests/helpers/orders'
import { ask } from '#tests/helpers/raw_request'
import { FROM_OUR_PAGES, Visitor } from '#tests/helpers/visitor'

type Headers = Record<string, string>

interface Route {
  method: string
  pattern: string
  name: string
}

interface Request {
  what: string
  method: string
  path: string
  headers: Headers
  body?: Buffer
}

const FORM = 'application/x-www-form-urlencoded'

/** Every so many of them, beginning with another one each time: all are tried, though not everywhere. */
const everyNth = <T>(items: T[], n: number, from: number) =>
  items.filter((_, index) => index % n === from % n)

test.group('Malformed input', (group) => {
  const people: Record<string, Visitor> = {}
  const programs: Record<string, ApiClient> = {}
  let ids: Record<string, string>
  let names: string[]

  group.each.timeout(120_000)
  group.setup(emptyDatabase)
  group.setup(async () => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const product = await createProduct({ shopId: shop.id })
    const customer = await createUser()
    const khata = await openKhata(shop.id, customer, 100_000)
    const order = await createOrder({ customer, product, paymentMethod: 'khata' })
    const values = { line: '12 MG Road', pinCode: '452001', mobile: '9876543210' }
    const address = await Address.add(customer, values)
    ids = { shops: shop.id, products: product.id, orders: order.id, khatas: khata.id }
    ids.addresses = address.id
    people.guest = new Visitor()
    people.customer = await loggedIn(customer)
    people.owner = await loggedIn(owner)
    programs.customer = await ApiClient.of(customer)
    programs.owner = await ApiClient.of(owner)
    names = await malformed.fieldNames()
  })
  group.each.teardown(() => limiter.clear())

  function routes(): Route[] {
    return router.toJSON().root.flatMap(({ pattern, methods, name }) => {
      const method = methods.find((known) => known !== 'HEAD')!
      return pattern === '/logout' ? [] : [{ method, pattern, name: name ?? '' }]
    })
  }

  function pathOf(pattern: string, other: Record<string, string> = {}) {
    const of = (things: string) => ids[things] ?? ids.khatas
    return pattern
      .replace(/([a-z-]+)\/:id\b/g, (_, things) => `${things}/${other.id ?? of(things)}`)
      .replace(/:(\w+)_id\b/g, (all, thing) => other[all.slice(1)] ?? of(`${thing}s`))
      .replace(':role', other.role ?? 'customer')
  }

  function headersFor({ pattern }: Route): Headers {
    if (pattern.startsWith('/api')) {
      const { token } = pattern.includes('orders') ? programs.customer : programs.owner
      return { authorization: `Bearer ${token}` }
    }
    const who = /login|register/.test(pattern)
      ? 'guest'
      : pattern.startsWith('/owner')
        ? 'owner'
        : 'customer'
    const { cookieHeader: cookie } = people[who]
    return { cookie, ...FROM_OUR_PAGES }
  }

  async function answers(requests: Request[]) {
    const statuses = new Map<string, number>()
    for (const [index, { what, ...asked }] of requests.entries()) {
      if (index % 20 === 0) await limiter.clear()
      statuses.set(what, (await ask(asked)).status)
    }
    return statuses
  }

  async function failures(requests: Request[]) {
    return [...(await answers(requests))].filter(([, status]) => status >= 500)
  }

  test('what is no id, role or file is not found', async ({ assert }) => {
    const requests = routes().flatMap((route) => {
      const parameters = [...route.pattern.matchAll(/:(\w+)/g)].map(([, name]) => name)
      return parameters.flatMap((name) =>
        malformed.PARAMETERS.map((value) => ({
          what: `${route.method} ${route.pattern} ${name}=${value.slice(0, 40)}`,
          method: route.method,
          path: pathOf(route.pattern, { [name]: value }),
          headers: headersFor(route),
        }))
      )
    })
    assert.isAbove(requests.length, 500)
    const found = [...(await answers(requests))].filter(
      ([, status]) => ![400, 404, 405].includes(status)
    )
    assert.deepEqual(found, [])
  })

  test('no query string is an error of the server', async ({ assert }) => {
    const { fields, texts } = malformed.malformedQueries(names)
    const requests = routes().flatMap((route, turn) =>
      [...fields, ...everyNth(texts, 4, turn)].map((query, index) => ({
        what: `${route.method} ${route.pattern}?${query.slice(0, 40)} (${index})`,
        method: route.method,
        path: `${pathOf(route.pattern)}?${query}`,
        headers: headersFor(route),
      }))
    )
    assert.deepEqual(await failures(requests), [])
  })

  test('no body is an error of the server', async ({ assert }) => {
    const fields = malformed.malformedFields(names)
    const others = malformed.malformedBodies(names)
    const requests = routes()
      .filter(({ method }) => method !== 'GET')
      .flatMap((route, turn) =>
        [...fields, ...everyNth(others, 4, turn)].map(({ what, type, encoding, bytes }) => ({
          what: `${route.method} ${route.pattern}: ${what} as ${type ?? 'nothing'}`,
          method: route.method,
          path: pathOf(route.pattern),
          body: bytes,
          headers: {
            ...headersFor(route),
            'content-length': String(bytes.length),
            ...(type ? { 'content-type': type } : {}),
            ...(encoding ? { 'content-encoding': encoding } : {}),
          },
        }))
      )
    assert.deepEqual(await failures(requests), [])
  })

  test('no header is an error of the server', async ({ assert }) => {
    const requests = routes()
      .filter(({ method }) => method === 'GET')
      .flatMap((route, turn) =>
        everyNth(malformed.HEADERS, 3, turn).map((headers) => ({
          what: `${route.method} ${route.pattern} ${JSON.stringify(headers).slice(0, 60)}`,
          method: route.method,
          path: pathOf(route.pattern),
          headers: { ...headersFor(route), ...headers },
        }))
      )
    assert.deepEqual(await failures(requests), [])
  })

  test('no single field of a form is an error of the server', async ({ assert }) => {
    const requests: Request[] = []
    for (const route of routes().filter(({ method }) => method === 'GET')) {
      if (/^\/api|stream$|\.(csv|svg|pdf)$/.test(route.pattern)) continue
      const headers = headersFor(route)
      for (const { action, fields } of await formsOf(route)) {
        for (const [name] of fields) {
          if (name === '_csrf') continue
          const rest = new URLSearchParams(fields.filter(([other]) => other !== name))
          const typed = { ...headers, 'content-type': FORM }
          for (const value of everyNth(malformed.VALUES, 4, requests.length)) {
            const what = `${action} ${name}${value.slice(0, 30)}`
            const body = Buffer.from(`${rest}&${encodeURIComponent(name)}${value}`)
            requests.push({ what, method: 'POST', path: action, headers: typed, body })
          }
        }
      }
    }
    const different = [...new Map(requests.map((request) => [request.what, request])).values()]
    assert.isAbove(different.length, 100)
    assert.deepEqual(await failures(different), [])
  })

  /** What the page's forms would send as it stands; logging out would end the walk. */
  async function formsOf(route: Route) {
    const who = /login|register/.test(route.pattern)
      ? people.guest
      : route.pattern.startsWith('/owner')
        ? people.owner
        : people.customer
    await limiter.clear()
    const { $ } = await who.visit(pathOf(route.pattern))
    return $('form[method=post]')
      .toArray()
      .map((form) => ({
        action: $(form).attr('action') ?? '',
        fields: $(form)
          .serializeArray()
          .map(({ name, value }) => [name, value] as [string, string]),
      }))
      .filter(({ action }) => !/logout|language/.test(action))
  }

  test('no single field of an operation is an error of the server', async ({ assert }) => {
    const requests = routes().flatMap((route) => {
      const { example } = operationOf(route.name)?.body ?? {}
      return Object.keys(example ?? {}).flatMap((field) =>
        malformed.JSON_VALUES.map((value) => ({
          what: `${route.method} ${route.pattern} ${field}: ${value.slice(0, 30)}`,
          method: route.method,
          path: pathOf(route.pattern),
          headers: { ...headersFor(route), 'content-type': 'application/json' },
          body: Buffer.from(
            JSON.stringify({ ...example, [field]: '…' }).replace('"…"', () => value)
          ),
        }))
      )
    })
    assert.isAbove(requests.length, 100)
    assert.deepEqual(await failures(requests), [])
  })
})
