import { test } from '@japa/runner'
import type Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { everythingPassed } from '#tests/helpers/passed'
import { SharedCache, type Answer } from '#tests/helpers/shared_cache'
import { Visitor } from '#tests/helpers/visitor'

const ENGLISH = { 'accept-language': 'en', 'accept-encoding': 'gzip' }
const HINDI = { ...ENGLISH, 'accept-language': 'hi' }
const PART = { 'hx-request': 'true', 'hx-request-type': 'partial' }

async function ask(path: string, headers: Headers): Promise<Answer> {
  const answer = await fetch(`http://127.0.0.1:${process.env.PORT}${path}`, { headers })
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

test.group('Public pages behind a cache that everybody shares', (group) => {
  let product: Product
  let pages: string[]
  let crowd: Record<string, Headers>

  /** Without what was seen, which counts for nothing once everything has passed. */
  const bearing = (visitor: Visitor, headers: Record<string, string> = ENGLISH) => {
    for (const name of visitor.cookies.keys()) {
      if (name.startsWith('seen_')) visitor.cookies.delete(name)
    }
    return new Headers({ ...headers, cookie: visitor.cookieHeader })
  }

  async function withCart(visitor = new Visitor()) {
    const body = new URLSearchParams({ product_id: product.id })
    await visitor.request('POST', '/cart/items', body)
    return visitor
  }

  group.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ name: 'Besan' })
    pages = ['/', '/shops', `/shops/${product.shopId}`, '/search?q=besan&pin=452001', '/docs']
    pages.push('/search/suggestions?q=be')
    await everythingPassed()
    const chose = new Visitor()
    await chose.request('POST', '/language', new URLSearchParams({ locale: 'hi', back: '/' }))
    const told = new Visitor()
    const login = new URLSearchParams({ product_id: product.id })
    told.keepCookies(await told.send('POST', '/cart/items', login))
    for (const name of told.cookies.keys()) if (name.startsWith('cart_')) told.cookies.delete(name)
    crowd = {
      'a guest': new Headers(ENGLISH),
      'a guest who reads Hindi': new Headers(HINDI),
      'a guest who chose Hindi': bearing(chose),
      'a guest from elsewhere': new Headers({ ...ENGLISH, 'sec-fetch-site': 'cross-site' }),
      'a guest with our service worker': new Headers({
        ...ENGLISH,
        'sec-fetch-site': 'cross-site',
        'service-worker-navigation-preload': 'true',
      }),
      'a part': new Headers({ ...ENGLISH, ...PART }),
      'a part in Hindi': new Headers({ ...HINDI, ...PART }),
      'a browser that cannot decompress': new Headers({
        ...ENGLISH,
        'accept-encoding': 'identity',
      }),
      'a guest with a cart': bearing(await withCart()),
      'a guest with a message': bearing(told),
      'Asha': bearing(await loggedIn(await createUser())),
      'Asha with a cart': bearing(await withCart(await loggedIn(await createUser()))),
      'Ramesh': bearing(await loggedIn(await createOwner())),
    }
    await everythingPassed()
    for (const path of pages) {
      await eventually(async () => {
        for (const headers of Object.values(crowd)) {
          const { headers: sent } = await ask(path, headers)
          const names = sent.getSetCookie().map((cookie) => cookie.split('_')[0])
          if (names.includes('seen')) throw new Error('Not passed yet')
        }
      }, 20_000)
    }
  })

  for (const compares of [true, false]) {
    const how = compares ? 'compares each page' : 'gives one page to all who ask at once'
    test(`are what each of them would be given by the server, when it ${how}`, async ({
      assert,
    }) => {
      for (const path of pages) {
        const people = Object.entries(crowd)
        for (const [first] of people.entries()) {
          const cache = new SharedCache(ask, compares)
          for (const [who, headers] of [...people.slice(first), ...people.slice(0, first)]) {
            const expected = await ask(path, headers)
            const answer = await cache.get(path, headers)
            assert.equal(answer.body, expected.body, `${path} for ${who}`)
            const encoding = answer.headers.get('content-encoding')
            const readable = [null, headers.get('accept-encoding')]
            assert.isTrue(readable.includes(encoding), `${path} for ${who} in ${encoding}`)
            await cache.get(path, headers)
          }
          assert.isAbove(cache.hits, 1, path)
        }
      }
    }).timeout(60_000)
  }

  test('are stored by none when they show a name, a number on the cart or a message', async ({
    assert,
  }) => {
    const personal = Object.keys(crowd).filter((who) => /cart|message|Asha|Ramesh/.test(who))
    assert.lengthOf(personal, 5)
    for (const path of pages) {
      const { headers } = await ask(path, crowd['a guest'])
      for (const who of personal) {
        const asked = new Headers(crowd[who])
        asked.set('if-none-match', headers.get('etag')!)
        const answer = await ask(path, asked)
        assert.equal(answer.status, 200, `${path} for ${who}`)
        assert.equal(answer.headers.get('cache-control'), 'private, no-store', `${path} for ${who}`)
        assert.isNull(answer.headers.get('etag'), `${path} for ${who}`)
      }
    }
  })
})
