import { hash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { extname } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { load } from 'cheerio'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { askForBytes } from '#tests/helpers/raw_request'
import { Visitor } from '#tests/helpers/visitor'

const KEPT = 'public, max-age=31536000, immutable'

const files = () =>
  readdirSync(app.publicPath(), { recursive: true, encoding: 'utf8' }).filter(extname)
const texts = () => files().filter((file) => extname(file) !== '.png')

test.group('Public files', (group) => {
  let address: string

  group.setup(async () => {
    const { $ } = await new Visitor().visit('/login')
    address = $('link[rel=stylesheet]').attr('href')!
  })

  test('come compressed as the browser prefers, and are the same unpacked', async ({ assert }) => {
    for (const file of texts()) {
      const plain = await ask(`/${file}`)
      const [br, gzip] = [await ask(`/${file}`, 'gzip, br'), await ask(`/${file}`, 'gzip')]
      assert.isTrue(brotliDecompressSync(br.body).equals(plain.body), file)
      assert.isTrue(gunzipSync(gzip.body).equals(plain.body), file)
      assert.isBelow(br.body.length, gzip.body.length, file)
      assert.deepEqual(
        [plain, br, gzip].map(({ headers }) => headers['content-encoding']),
        [undefined, 'br', 'gzip']
      )
      for (const { headers, body } of [plain, br, gzip]) {
        assert.equal(headers.vary, 'Accept-Encoding')
        assert.equal(headers['content-length'], String(body.length))
        assert.isUndefined(headers['set-cookie'])
      }
    }
  })

  test('pictures come as they are', async ({ assert }) => {
    const { body, headers } = await ask('/icons/192.png', 'gzip, br')
    assert.isUndefined(headers['content-encoding'])
    assert.equal(headers['content-type'], 'image/png')
    assert.equal(body.subarray(1, 4).toString(), 'PNG')
  })

  test('each form has its own ETag, and is not sent to who has it', async ({ assert }) => {
    const tags = []
    for (const encoding of ['br', 'gzip', 'identity']) {
      const { etag } = (await ask(address, encoding)).headers
      tags.push(etag)
      for (const known of [etag!, `"other", W/${etag}`]) {
        const again = await ask(address, encoding, { 'if-none-match': known })
        assert.equal(again.status, 304)
        assert.lengthOf(again.body, 0)
        assert.equal(again.headers['cache-control'], KEPT)
      }
    }
    assert.lengthOf(new Set(tags), 3)
    assert.equal((await ask(address, 'br', { 'if-none-match': tags[1]! })).status, 200)
  })

  test('are kept for good at the address of their content, and only there', async ({ assert }) => {
    assert.match(address, /^\/app\.css\?v=[0-9a-f]{10}$/)
    assert.equal((await ask(address)).headers['cache-control'], KEPT)
    for (const other of ['/app.css', '/app.css?v=0123456789', '/robots.txt', '/favicon.svg?v=']) {
      const { status, headers } = await ask(other)
      assert.equal(status, 200, other)
      assert.equal(headers['cache-control'], 'public, no-cache', other)
    }
  })

  test('are only read', async ({ assert }) => {
    const head = await askForBytes({ method: 'HEAD', path: address })
    assert.equal(head.status, 200)
    assert.lengthOf(head.body, 0)
    assert.isAbove(Number(head.headers['content-length']), 1_000)
    assert.equal((await askForBytes({ method: 'POST', path: '/app.css' })).status, 404)
  })

  test('are those of the folder and no other', async ({ assert }) => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/app.css/',
      '//app.css',
      '/.env',
    ]) {
      assert.equal((await ask(path)).status, 404, path)
    }
  })
})

test.group('The stylesheets of a page', (group) => {
  let pages: { path: string; headers: Record<string, string> }[]

  group.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    const { id, shopId } = await createProduct({
      shopId: (await createShop({ ownerId: owner.id })).id,
    })
    const shop = `/shops/${shopId}`
    const { cookieHeader: cookie } = await loggedIn(owner)
    const guest = [
      '/',
      '/shops',
      shop,
      `${shop}/products/${id}`,
      '/search?q=dal',
      '/login',
      '/nowhere',
    ]
    const own = ['/', shop, '/cart', '/owner/orders', `/owner${shop}`, `/owner${shop}/prices`]
    pages = [
      ...guest.map((path) => ({ path, headers: {} })),
      ...own.map((path) => ({ path, headers: { cookie } })),
    ]
  })

  async function look({ path, headers }: (typeof pages)[number], more: Record<string, string>) {
    const { body, headers: answered } = await ask(path, 'identity', { ...headers, ...more })
    const $ = load(body.toString())
    const addresses = (of: string) =>
      $(`link[rel=${of}]`)
        .get()
        .map(({ attribs }) => attribs.href)
    const policy = String(answered['content-security-policy'])
    const styles = $('style')
      .get()
      .map((element) => $(element).text())
    return {
      ...{ styles, linked: addresses('stylesheet'), prefetched: addresses('prefetch') },
      allowed: /style-src ([^;]*)/.exec(policy)![1].split(' '),
      vary: String(answered.vary),
    }
  }

  const textOf = async (address: string) => (await ask(address)).body.toString()

  test('are inside it on a first visit, as its policy allows, and fetched for the next page', async ({
    assert,
  }) => {
    for (const page of pages) {
      const { linked } = await look(page, {})
      for (const site of ['none', 'cross-site']) {
        const first = await look(page, { 'sec-fetch-site': site })
        assert.isEmpty(first.linked, page.path)
        assert.deepEqual(first.prefetched, linked, page.path)
        assert.deepEqual(first.styles, await Promise.all(linked.map(textOf)), page.path)
        for (const style of first.styles) {
          const digest = hash('sha256', style, 'base64')
          assert.include(first.allowed, `'sha256-${digest}'`, page.path)
        }
        assert.notInclude(first.allowed, `'unsafe-inline'`)
      }
    }
  })

  test('are linked for everybody else, whose policy allows none inside', async ({ assert }) => {
    for (const page of pages) {
      for (const headers of [
        {},
        { 'sec-fetch-site': 'same-origin' },
        { 'sec-fetch-site': 'none', 'service-worker-navigation-preload': 'true' },
      ] as Record<string, string>[]) {
        const { linked, prefetched, styles, allowed, vary } = await look(page, headers)
        assert.match(linked[0], /^\/app\.css\?v=/, page.path)
        assert.isEmpty([...prefetched, ...styles], page.path)
        assert.deepEqual(allowed, [`'self'`], page.path)
        assert.match(vary, /Sec-Fetch-Site, Service-Worker-Navigation-Preload/, page.path)
      }
    }
  })
})

async function ask(path: string, encoding = 'identity', headers: Record<string, string> = {}) {
  return askForBytes({ path, headers: { 'accept-encoding': encoding, ...headers } })
}
