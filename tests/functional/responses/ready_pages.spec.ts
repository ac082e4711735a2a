import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Cache } from '#caches/cache'
import type Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { everythingPassed } from '#tests/helpers/passed'
import { ASKS, comparable, countAsked, look, readyAt, type Headers } from '#tests/helpers/ready'
import { pricesIn } from '#tests/helpers/prices_in'
import { ownCluster, pauseReplay, resumeReplay } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'

const ENGLISH = { 'accept-language': 'en' }
const HTTPS = { 'x-forwarded-proto': 'https' }

test.group('A page that is ready', (group) => {
  let product: Product
  let shop: string

  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ name: 'Besan', pricePaise: 5_200, stock: 20 })
    for (const name of ['Besan Laddu', 'Besan Fine', 'Besan Coarse']) {
      await createProduct({ shopId: product.shopId, name })
    }
    shop = `/shops/${product.shopId}`
    await eventually(async () => {
      if (!(await look(shop)).text.includes('Coarse')) throw new Error('not there yet')
    })
    await everythingPassed()
    return countAsked()
  })

  test('is sent without the application, with the answer that the application gives', async ({
    assert,
  }) => {
    const fragment = { ...ENGLISH, 'hx-request': 'true', 'hx-request-type': 'partial' }
    const kinds: Headers[] = [
      ENGLISH,
      {},
      { 'accept-language': 'hi' },
      { 'accept-language': 'hi', 'cookie': 'locale=en' },
      { cookie: 'locale=hi' },
      { cookie: 'locale=nonsense' },
      { ...ENGLISH, 'accept-encoding': 'gzip' },
      { ...ENGLISH, 'accept-encoding': 'gzip, deflate, br, zstd' },
      { ...ENGLISH, 'accept-encoding': 'identity' },
      { ...fragment, 'accept-encoding': 'gzip' },
      { ...ENGLISH, 'hx-request': 'true', 'hx-request-type': 'full' },
      { ...ENGLISH, range: 'bytes=0-10' },
      { ...ENGLISH, authorization: 'Bearer nonsense' },
      { ...ENGLISH, 'sec-fetch-site': 'none' },
      { ...ENGLISH, 'sec-fetch-site': 'same-origin' },
      { ...ENGLISH, 'sec-fetch-site': 'none', 'service-worker-navigation-preload': 'true' },
      { ...HTTPS },
      { ...HTTPS, cookie: '__Host-locale=hi' },
      { ...HTTPS, cookie: 'locale=hi' },
      { cookie: '__Host-locale=hi' },
    ]
    const paths = [
      ...['/', '/shops', `/shops?city=${product.shopCity}&x=1`, shop],
      ...[`${shop}/products/${product.id}`, '/search?q=besan'],
    ]
    for (const path of paths) await look(path)
    await everythingPassed()
    for (const path of paths) {
      for (const headers of kinds) {
        const what = `${path} ${JSON.stringify(headers)}`
        const ready = await readyAt(path, headers)
        const ordinary = await look(path, { ...headers, ...ASKS })
        assert.isFalse(ordinary.isReady, what)
        assert.equal(ready.status, 200)
        assert.equal(ordinary.status, 200)
        assert.deepEqual(comparable(ready), comparable(ordinary), what)
        assert.isTrue(ready.text === ordinary.text, what)
        assert.equal(ready.headers['content-length'], String(ready.length))
      }
    }
  }).timeout(60_000)

  test('is a 304 for those who have it, as from the application', async ({ assert }) => {
    for (const headers of [
      ENGLISH,
      { ...ENGLISH, 'accept-encoding': 'gzip' },
      HTTPS,
    ] as Headers[]) {
      const page = await readyAt(shop, headers)
      const tag = page.headers.etag!
      for (const known of [tag, `"x", ${tag}`, '*', '"x"', tag.replace('W/', ''), '']) {
        const [ready, ordinary] = [
          await look(shop, { ...headers, 'if-none-match': known }),
          await look(shop, { ...headers, 'if-none-match': known, ...ASKS }),
        ]
        assert.isTrue(ready.isReady)
        assert.isFalse(ordinary.isReady)
        assert.equal(ready.status, ordinary.status, known)
        assert.deepEqual(comparable(ready), comparable(ordinary), known)
        assert.isTrue(ready.text === ordinary.text)
      }
      assert.equal((await look(shop, { ...headers, 'if-none-match': tag })).status, 304)
    }
  })

  test('repeats the id of the request, or has one of its own', async ({ assert }) => {
    await readyAt(shop)
    const chosen = await look(shop, { ...ENGLISH, 'x-request-id': 'mine' })
    assert.isTrue(chosen.isReady)
    assert.equal(chosen.headers['x-request-id'], 'mine')
    const ids = [await look(shop), await look(shop)].map(({ headers }) => headers['x-request-id'])
    assert.match(String(ids[0]), /^[\da-f-]{36}$/)
    assert.notEqual(ids[0], ids[1])
  })

  test('is for those of whom nothing is known but the language', async ({ assert }) => {
    await readyAt(shop)
    const asha = await loggedIn(await createUser({ fullName: 'Asha Verma' }))
    const guest = new Visitor()
    await guest.visit(shop)
    await guest.submit(`#buy-${product.id} form`)
    const cookies = [
      asha.cookieHeader,
      guest.cookieHeader,
      'kirana_session=forged',
      'seen_12345678=forged',
      'cart_12345678=forged',
      'flash=forged',
      'known=forged',
      'locale=hi; other=1',
      '',
    ]
    for (let round = 0; round < 2; round++) {
      for (const cookie of cookies) {
        assert.isFalse((await look(shop, { ...ENGLISH, cookie })).isReady, cookie)
      }
    }
    assert.include((await look(shop, { cookie: asha.cookieHeader })).text, 'Asha Verma')
    assert.notInclude((await readyAt(shop)).text, 'Asha')
  })

  test('is neither an error, nor the answer to a request with a body', async ({ assert }) => {
    const nowhere = '/shops/00000000-0000-7000-8000-000000000000'
    await readyAt(shop)
    for (let round = 0; round < 3; round++) {
      assert.isFalse((await look(nowhere)).isReady)
      assert.isFalse((await look(shop, { ...ENGLISH, ...ASKS })).isReady)
    }
    const head = await fetch(`http://127.0.0.1:${process.env.PORT}${shop}`, {
      method: 'HEAD',
      headers: ENGLISH,
    })
    assert.equal(head.status, 200)
    assert.equal(head.headers.get('etag'), (await look(shop)).headers.etag)
    assert.equal(await head.text(), '')
  })

  test('is not a search that is counted because it finds little', async ({ assert }) => {
    await eventually(async () => {
      const { headers } = await look('/search?q=unobtainium')
      assert.equal(headers['cache-control'], 'public, no-cache')
    }, 20_000)
    for (let round = 0; round < 5; round++) {
      assert.isFalse((await look('/search?q=unobtainium')).isReady)
    }
  })

  test('is asked for again when a change of something that it shows was announced', async ({
    assert,
  }) => {
    const cache = await app.container.make(Cache)
    const [home, city] = ['/', '/shops'].map((path) => `${path}?city=${product.shopCity}`)
    const showing: Record<string, string[]> = {
      'shops:customer': [
        '/',
        home,
        '/shops',
        city,
        '/search?q=besan',
        '/search?q=besan&pin=452001',
      ],
      [`shops:customer:${product.shopCity}`]: [home, city],
      [`products:${product.shopId}`]: [shop, `${shop}/products/${product.id}`],
      'search': ['/search?q=besan', '/search?q=besan&pin=452001'],
    }
    const paths = [...new Set(Object.values(showing).flat())]
    const notReady = async () => {
      const looks = []
      for (const path of paths) if (!(await look(path)).isReady) looks.push(path)
      return looks
    }
    const allReady = () => eventually(async () => assert.deepEqual(await notReady(), []), 20_000)
    for (const [key, shown] of Object.entries(showing)) {
      await allReady()
      await cache.raiseFloor([key], 1n)
      assert.includeMembers(await notReady(), shown, key)
    }
    await allReady()
    await cache.raiseAllFloors(1n)
    assert.includeMembers(await notReady(), paths)
  }).timeout(60_000)

  test('shows a price that was changed with psql as soon as that was announced', async ({
    assert,
  }) => {
    const cache = await app.container.make(Cache)
    const key = `products:${product.shopId}`
    const forms: Headers[] = [
      ENGLISH,
      { cookie: 'locale=hi' },
      { ...ENGLISH, 'accept-encoding': 'gzip' },
      { ...ENGLISH, 'hx-request': 'true', 'hx-request-type': 'partial' },
    ]
    for (let paise = 5_300; paise < 5_600; paise += 100) {
      for (const headers of forms) await readyAt(shop, headers)
      const before = cache.versionOf(key, '')
      await db.rawQuery('UPDATE products SET price_paise = ? WHERE id = ?', [paise, product.id])
      await eventually(() => {
        if (cache.versionOf(key, '') === before) throw new Error('not announced yet')
      })
      for (const headers of forms) {
        assert.equal(pricesIn((await look(shop, headers)).text).get(product.id), paise)
      }
    }
  })

  test('is made by the application while a replica has not passed what it shows', async ({
    assert,
    cleanup,
  }) => {
    await readyAt(shop)
    await pauseReplay()
    cleanup(resumeReplay)
    await product.merge({ pricePaise: 9_900 }).save()
    await eventually(async () => assert.include((await look(shop)).text, '₹99'))
    for (let round = 0; round < 5; round++) {
      const page = await look(shop)
      assert.isFalse(page.isReady)
      assert.match(String(page.headers['set-cookie']), /seen_/)
    }
    await resumeReplay()
    assert.include((await readyAt(shop)).text, '₹99')
  }).skip(!ownCluster, 'needs the embedded cluster')
})
