import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import db from '@adonisjs/lucid/services/db'
import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { get } from 'node:http'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { Markup } from '#markup/markup'
import { impersonal } from '#markup/rendering'
import type Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { pricesIn } from '#tests/helpers/prices_in'
import { noteRenderings } from '#tests/helpers/renderings'
import { Visitor } from '#tests/helpers/visitor'

const PAGES = (product: Product) => [
  '/',
  `/?city=${product.shopCity}`,
  '/shops',
  `/shops?city=${product.shopCity}`,
  `/shops/${product.shopId}`,
  `/shops/${product.shopId}/products/${product.id}`,
  `/search?q=${encodeURIComponent(product.name)}&pin=452001`,
  '/search/suggestions?q=be',
]

const rendered = noteRenderings()
const isPage = (path: string) => /\/(pages|partials)\//.test(path)
const renderingsOf = (template: string) =>
  rendered.filter((path) => path.endsWith(`/${template}.edge`)).length

async function add(visitor: Visitor, product: Product, quantity = 1) {
  await visitor.visit(`/shops/${product.shopId}`)
  await visitor.submit(`#buy-${product.id} form`, { quantity: String(quantity) })
}

/** What is sent, byte for byte. */
async function bytesOf(path: string, headers: Record<string, string>) {
  const request = get(`http://127.0.0.1:${process.env.PORT}${path}`, { headers })
  const [response] = await once(request, 'response')
  return { headers: response.headers, body: await buffer(response) }
}

test.group('Pages that are the same for everybody', (group) => {
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ name: 'Besan', pricePaise: 5_200, stock: 20 })
    await eventually(async () => {
      const { status, text } = await new Visitor().visit(`/shops/${product.shopId}`)
      if (status !== 200 || !text.includes('Besan')) throw new Error('not there yet')
    })
  })

  test('are rendered once for a change and a language, for guests and people alike', async ({
    assert,
  }) => {
    const path = `/shops/${product.shopId}`
    const [asha, ramesh] = [await loggedIn(await createUser()), await loggedIn(await createOwner())]
    const visitors = [new Visitor(), new Visitor(), asha, ramesh]
    const all = async (price: string) => {
      const before = renderingsOf('partials/products/list')
      for (const visitor of visitors) assert.include((await visitor.visit(path)).text, price)
      for (const query of ['?from=1', '?from=2']) await new Visitor().visit(path + query)
      return renderingsOf('partials/products/list') - before
    }
    await eventually(async () => assert.equal(await all('₹52'), 0))
    await product.merge({ pricePaise: 5_300 }).save()
    await eventually(async () => assert.equal(await all('₹53'), 0))
  })

  test('are not rendered again while nothing changes, each of them', async ({ assert }) => {
    const asha = await loggedIn(await createUser())
    for (const path of PAGES(product)) {
      for (const visitor of [new Visitor(), asha]) {
        await visitor.visit(path)
        await eventually(async () => {
          const before = rendered.length
          assert.equal((await visitor.visit(path)).status, 200)
          assert.deepEqual(rendered.slice(before).filter(isPage), [], path)
        })
      }
    }
  })

  test('show a price that was changed with psql on the next page, in every form', async ({
    assert,
  }) => {
    const path = `/shops/${product.shopId}`
    const guest = new Visitor()
    const asha = await loggedIn(await createUser())
    for (let paise = 5_300; paise < 5_600; paise += 100) {
      await db.rawQuery('UPDATE products SET price_paise = ? WHERE id = ?', [paise, product.id])
      await eventually(async () => {
        const { html } = await new Visitor().visit(path)
        if (pricesIn(html).get(product.id) !== paise) throw new Error('not announced yet')
      })
      for (const page of [
        await guest.visit(path),
        await asha.visit(path),
        await guest.fragment('GET', path),
        await new Visitor({ 'accept-language': 'hi' }).visit(path),
      ]) {
        assert.equal(pricesIn(page.html).get(product.id), paise)
      }
    }
  })

  test('are not shown in another language', async ({ assert }) => {
    for (const path of PAGES(product)) {
      for (let round = 0; round < 2; round++) {
        for (const language of ['en', 'hi', 'en', 'hi']) {
          const visitor = new Visitor({ 'accept-language': language })
          const page = await visitor.visit(path)
          assert.equal(page.$('html').attr('lang'), language, path)
          const other = language === 'en' ? 'हिंदी' : 'English'
          assert.include(page.$('header').text(), other, path)
        }
      }
    }
  })

  test('show nothing of a person to another', async ({ assert }) => {
    const asha = await loggedIn(await createUser({ fullName: 'Asha Verma' }))
    await add(asha, product, 3)
    const ravi = await loggedIn(await createUser({ fullName: 'Ravi Kumar' }))
    const owner = await loggedIn(await createOwner({ fullName: 'Ramesh Gupta' }))
    for (const path of PAGES(product)) {
      for (let round = 0; round < 2; round++) {
        const guest = await new Visitor().visit(path)
        assert.equal((await asha.visit(path)).$('header strong').text(), 'Asha Verma', path)
        assert.equal((await ravi.visit(path)).$('header strong').text(), 'Ravi Kumar', path)
        const shop = await owner.visit(path)
        assert.equal(shop.$('header strong').text(), 'Ramesh Gupta', path)
        assert.lengthOf(shop.$('header nav a[href="/owner/shops"]'), 1)
        for (const other of [guest, ravi.page!, shop]) {
          assert.notInclude(other.html, 'Asha')
          assert.notInclude(other.html, 'in-cart')
          assert.match(other.$('#cart-badge').text(), /^\s*0/)
        }
        assert.lengthOf(guest.$('form[action="/logout"], header nav a[href*="orders"]'), 0)
        assert.lengthOf(ravi.page!.$('header nav a[href="/owner/shops"]'), 0)
      }
    }
    assert.match(asha.page!.$('#cart-badge').text(), /^\s*3/)
  })

  test('show what is in the cart already, without JavaScript, on that card only', async ({
    assert,
  }) => {
    const other = await createProduct({ shopId: product.shopId, name: 'Rice' })
    const path = `/shops/${product.shopId}`
    await eventually(async () => assert.include((await new Visitor().visit(path)).text, 'Rice'))
    for (const visitor of [new Visitor(), await loggedIn(await createUser())]) {
      await add(visitor, product, 2)
      const page = await visitor.visit(path)
      assert.match(page.$(`#buy-${product.id} .in-cart`).text(), /2/)
      assert.lengthOf(page.$(`#buy-${other.id} .in-cart`), 0)
      assert.match(page.$('#cart-badge').text(), /^\s*2/)
      const fragment = await visitor.fragment('GET', path)
      assert.match(fragment.$(`#buy-${product.id} .in-cart`).text(), /2/)
      assert.lengthOf((await new Visitor().visit(path)).$('.in-cart'), 0)
    }
  })

  test('show a message once, to those who are meant', async ({ assert }) => {
    const visitor = new Visitor()
    await add(visitor, product)
    assert.lengthOf(visitor.page!.$('#status .notice-success'), 1)
    assert.lengthOf((await new Visitor().visit(visitor.page!.path)).$('#status .notice'), 0)
    assert.lengthOf((await visitor.visit(visitor.page!.path)).$('#status .notice'), 0)
  })

  test('leave compressed, with their length and one tag for all encodings', async ({ assert }) => {
    for (const path of PAGES(product)) {
      const plain = await bytesOf(path, { 'accept-encoding': 'identity' })
      const gzip = await bytesOf(path, { 'accept-encoding': 'gzip' })
      const brotli = await bytesOf(path, { 'accept-encoding': 'gzip, deflate, br, zstd' })
      assert.isUndefined(plain.headers['content-encoding'])
      assert.equal(gzip.headers['content-encoding'], 'gzip')
      assert.equal(brotli.headers['content-encoding'], 'br')
      assert.isTrue(gunzipSync(gzip.body).equals(plain.body), path)
      assert.isTrue(brotliDecompressSync(brotli.body).equals(plain.body), path)
      for (const { headers, body } of [plain, gzip, brotli]) {
        assert.equal(headers['content-length'], String(body.length))
        assert.equal(headers['content-type'], 'text/html; charset=utf-8')
        assert.include(headers.vary!, 'Accept-Encoding')
        assert.equal(headers.etag, plain.headers.etag)
      }
    }
  })

  test('have another tag when they are about something else', async ({ assert }) => {
    const path = `/shops/${product.shopId}`
    const tagOf = async (visitor: Visitor) => (await visitor.visit(path)).headers.get('etag')
    const english = await tagOf(new Visitor())
    assert.match(english!, /^W\//)
    assert.notEqual(await tagOf(new Visitor({ 'accept-language': 'hi' })), english)
    const fragment = await new Visitor().fragment('GET', path)
    assert.notEqual(fragment.headers.get('etag'), english)
    await product.merge({ pricePaise: 9_900 }).save()
    await eventually(async () => assert.notEqual(await tagOf(new Visitor()), english))
  })

  test('of a person are compressed once, in one piece', async ({ assert }) => {
    const asha = await loggedIn(await createUser())
    await add(asha, product, 2)
    const paths = [`/shops/${product.shopId}`, '/cart', '/account', '/login']
    for (const path of paths) {
      const headers = { 'cookie': asha.cookieHeader, 'accept-encoding': 'gzip, br' }
      const { headers: sent, body } = await bytesOf(path, headers)
      if (sent.location) continue
      assert.equal(sent['content-encoding'], 'gzip', path)
      assert.equal(sent['content-length'], String(body.length), path)
      const html = gunzipSync(body)
      assert.equal(body.readUInt32LE(body.length - 4), html.length, path)
      assert.include(html.toString(), 'Asha Verma')
    }
  })

  test('of two shops are two, and a closed shop has none', async ({ assert }) => {
    const second = await createShop({ name: 'Iyer Provision', city: 'Chennai' })
    await eventually(async () => {
      const page = await new Visitor().visit(`/shops/${second.id}`)
      assert.equal(page.$('h1').text(), 'Iyer Provision')
    })
    const first = await new Visitor().visit(`/shops/${product.shopId}`)
    assert.equal(first.$('h1').text(), 'Gupta Kirana')
    await second.merge({ closedAt: product.createdAt }).save()
    await eventually(async () => {
      assert.equal((await new Visitor().visit(`/shops/${second.id}`)).status, 404)
    })
  })
})

test.group('A page that is kept', () => {
  test('with a form key is not sent twice', async ({ assert }) => {
    const renderer = impersonal(i18nManager.locale('en'))
    const markup = Markup.of(await renderer.render('components/form_key'))
    assert.isTrue(markup.isForOne)
  })
})
