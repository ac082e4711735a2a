import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import hash from '@adonisjs/core/services/hash'
import { test } from '@japa/runner'
import { load } from 'cheerio'
import { DEMO_PASSWORD, DEMO_SIZE } from '#database/demo/options'
import { runDemoSeed } from '#database/demo/run'
import User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { askForBytes } from '#tests/helpers/raw_request'
import { Visitor } from '#tests/helpers/visitor'

const KILOBYTE = 1024
const IN_CART = 10

test.group('Page weight', (group) => {
  let shop: string

  group.setup(async () => {
    await emptyDatabase()
    await runDemoSeed({ db, hash }, { ...DEMO_SIZE, password: DEMO_PASSWORD })
    const { $ } = await new Visitor().visit('/shops')
    shop = $('main a[href^="/shops/"]').first().attr('href')!
  })

  /** The searches with the largest pages of the demo data. */
  const pages = () => [
    '/',
    '/shops',
    shop,
    '/search?q=oil',
    '/search?q=masala',
    '/search?q=masala&pin=482001',
  ]

  for (const [language, encoding, site, visit] of [
    ['en', 'gzip', 'none', 'on a first visit'],
    ['hi', 'gzip', 'none', 'on a first visit'],
    ['hi', 'br', 'none', 'on a first visit'],
    ['hi', 'gzip', 'same-origin', 'from our own pages'],
  ]) {
    const headers = {
      'accept-language': language,
      'accept-encoding': encoding,
      'sec-fetch-site': site,
    }
    const how = `in ${language} with ${encoding}, ${visit}`

    test(`of HTML and CSS is at most 14 KB, ${how}`, async ({ assert }) => {
      for (const path of pages()) assert.isAtMost(await firstPaint(path, headers), 14, path)
    }).timeout(30_000)

    test(`is at most that with a full cart too, ${how}`, async ({ assert }) => {
      const customer = await loggedIn(await User.findByOrFail('username', 'customer'))
      const { $ } = await customer.visit(shop)
      const products = $('form[action="/cart/items"] [name=product_id]').get()
      for (const { attribs } of products.slice(0, IN_CART)) {
        const line = new URLSearchParams({ product_id: attribs.value })
        await customer.request('POST', '/cart/items', line)
      }
      const cookie = { cookie: customer.cookieHeader }
      for (const path of pages()) {
        assert.isAtMost(await firstPaint(path, { ...headers, ...cookie }), 14, path)
      }
    }).timeout(30_000)
  }

  for (const language of ['en', 'hi']) {
    test(`of the first views of 600 products and prices is at most 14 KB, in ${language}`, async ({
      assert,
    }) => {
      const owner = await createOwner()
      const { id: shopId } = await createShop({ ownerId: owner.id })
      await db.rawQuery(
        `INSERT INTO products (shop_id, name, name_hi, category, brand, unit, price_paise, mrp_paise, stock)
         SELECT :shopId, name || ' ' || n, name_hi, category, brand, unit, price_paise, mrp_paise, stock
         FROM (SELECT DISTINCT ON (name) * FROM products LIMIT 600) AS listed, generate_series(1, 30) AS n
         LIMIT 600`,
        { shopId }
      )
      const visitor = await loggedIn(owner)
      const headers = {
        'accept-language': language,
        'accept-encoding': 'gzip',
        'sec-fetch-site': 'none',
        'cookie': visitor.cookieHeader,
      }
      const list = `/owner/shops/${shopId}`
      assert.isAbove((await visitor.visit(list)).$('#products > .row').length, 9)
      assert.isAtMost(await firstPaint(list, headers), 14, list)
      assert.isAtMost(await firstPaint(`${list}/sales`, headers), 14, 'sales')
      const prices = `${list}/prices`
      assert.isAbove((await visitor.visit(prices)).$('.price-row').length, 20)
      assert.isAtMost(await firstPaint(prices, headers), 14, prices)
    }).timeout(30_000)
  }

  for (const language of ['en', 'hi']) {
    test(`of the board of a busy hour is at most 14 KB, in ${language}`, async ({ assert }) => {
      const owner = await createOwner()
      const product = await createProduct({ shopId: (await createShop({ ownerId: owner.id })).id })
      for (let n = 0; n < 6; n++) await createOrder({ product })
      const visitor = await loggedIn(owner)
      const headers = {
        'accept-language': language,
        'accept-encoding': 'gzip',
        'sec-fetch-site': 'none',
        'cookie': visitor.cookieHeader,
      }
      assert.lengthOf((await visitor.visit('/owner/orders')).$('.board .order-card'), 6)
      assert.isAtMost(await firstPaint('/owner/orders', headers), 14)
    }).timeout(30_000)
  }

  test('of scripts is at most 25 KB', async ({ assert }) => {
    for (const path of pages()) {
      const { $ } = await new Visitor().visit(path)
      const scripts = $('script[src]').get()
      const urls = new Set(scripts.map(({ attribs }) => attribs.src))
      let bytes = 0
      for (const url of urls) bytes += (await ask(url, { 'accept-encoding': 'gzip' })).bytes
      assert.isAtMost(bytes / KILOBYTE, 25, path)
    }
  })

  test('htmx is the published one, byte for byte', ({ assert }) => {
    const published = createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js')
    assert.isTrue(readFileSync(app.publicPath('htmx.min.js')).equals(readFileSync(published)))
  })
})

/** Kilobytes of a page and its stylesheets, as they are sent. */
async function firstPaint(path: string, headers: Record<string, string>) {
  const page = await ask(path, headers)
  const $ = load(page.html)
  let bytes = page.bytes
  for (const { attribs } of $('link[rel=stylesheet]').get()) {
    bytes += (await ask(attribs.href, headers)).bytes
  }
  return bytes / KILOBYTE
}

async function ask(path: string, headers: Record<string, string>) {
  const { body, status, headers: answered } = await askForBytes({ path, headers })
  const encoding = answered['content-encoding']
  if (!encoding) throw new Error(`${path} came uncompressed, ${status}`)
  const plain = encoding === 'br' ? brotliDecompressSync(body) : gunzipSync(body)
  return { html: plain.toString(), bytes: body.length }
}
