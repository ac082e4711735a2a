import app from '@adonisjs/core/services/app'
import encryption from '@adonisjs/core/services/encryption'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ChangeFeed } from '#change_feed/change_feed'
import type Product from '#models/product'
import { formatPosition } from '#replication/position'
import { Replication } from '#replication/replication'
import { runChangeFeed } from '#tests/helpers/change_feed'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct } from '#tests/helpers/factories'
import { everythingPassed } from '#tests/helpers/passed'
import { ownCluster, pauseReplay, resumeReplay } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'
import { everyPage } from './every_page.js'

const FORMS = ['/login', '/register/customer', '/cart', '/no-such-page']

const setCookies = (headers: Headers) => headers.getSetCookie().map((text) => text.split('=')[0])

test.group('A guest who looks', (group) => {
  let product: Product
  let pages: string[]

  group.each.setup(async () => {
    await emptyDatabase()
    await db.rawQuery('TRUNCATE locks')
    product = await createProduct({ name: 'Besan', pricePaise: 10_100 })
    pages = ['/', '/shops', `/shops/${product.shopId}`, '/search?q=besan', '/docs']
  })

  const look = async (path: string, headers: Record<string, string> = {}) => {
    const response = await new Visitor().send('GET', path, undefined, headers)
    return { status: response.status, headers: response.headers, html: await response.text() }
  }

  /** When everybody has passed what the page shows. */
  const lookAgain = (path: string) =>
    eventually(async () => {
      const page = await look(path)
      if (setCookies(page.headers).length > 0) throw new Error('It sets a cookie')
      return page
    }, 20_000) as ReturnType<typeof look>

  test('gets no session, no lock and no cookie', async ({ assert }) => {
    for (const path of [...pages, ...FORMS]) {
      assert.deepEqual(setCookies((await lookAgain(path)).headers), [], path)
    }
    for (const table of ['sessions', 'locks']) assert.lengthOf(await db.from(table), 0, table)
  })

  test('gets no session by choosing a language, but a cookie for the language', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    await visitor.visit('/')
    const page = await visitor.submit('form[action*="/language"] button[value=hi]')
    assert.equal(page.$('html').attr('lang'), 'hi')
    assert.sameMembers(
      [...visitor.cookies.keys()].filter((name) => !name.startsWith('seen')),
      ['locale']
    )
    assert.lengthOf(await db.from('sessions'), 0)
  })

  test('gets pages that may be kept, and are compared before each use', async ({ assert }) => {
    for (const path of pages) {
      const page = await lookAgain(path)
      assert.equal(page.headers.get('cache-control'), 'public, no-cache', path)
      for (const name of ['Accept-Language', 'Accept-Encoding', 'Cookie']) {
        assert.include(page.headers.get('vary')!, name, path)
      }
      const again = await look(path, { 'if-none-match': page.headers.get('etag')! })
      assert.equal(again.status, 304, path)
      assert.equal(again.html, '')
      assert.equal(again.headers.get('etag'), page.headers.get('etag'))
      assert.equal(again.headers.get('cache-control'), 'public, no-cache')
    }
  })

  test('is not shown one language for another, nor a fragment for a page', async ({ assert }) => {
    const english = await look('/shops')
    const tag = { 'if-none-match': english.headers.get('etag')! }
    const others: Record<string, string>[] = [
      { 'accept-language': 'hi' },
      { 'hx-request': 'true', 'hx-request-type': 'partial' },
    ]
    for (const headers of others) {
      const other = await look('/shops', { ...headers, ...tag })
      assert.equal(other.status, 200)
      assert.notEqual(other.headers.get('etag'), english.headers.get('etag'))
    }
    assert.include(english.headers.get('vary')!, 'HX-Request-Type')
    const chosen = await new Visitor().send('GET', '/shops', undefined, tag)
    assert.equal(chosen.status, 304)
    const visitor = new Visitor()
    visitor.cookies.set('locale', 'hi')
    const hindi = await visitor.send('GET', '/shops', undefined, tag)
    assert.equal(hindi.status, 200)
    assert.include(await hindi.text(), 'lang="hi"')
  })

  test('is told nothing that is kept when the page has a message', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.visit(`/shops/${product.shopId}`)
    const page = await visitor.submit('form[action*="/cart/items"]')
    assert.equal(page.headers.get('cache-control'), 'private, no-store')
    assert.isNull(page.headers.get('etag'))
  })

  test('gets the errors of public pages for once only', async ({ assert }) => {
    const page = await look('/shops/00000000-0000-7000-8000-000000000000')
    assert.equal(page.status, 404)
    assert.equal(page.headers.get('cache-control'), 'private, no-store')
  })
})

/** How many rows each table has, but for that of the processes, which report to each other. */
async function rowCounts() {
  const { rows: tables } = await db.rawQuery(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'listeners'`
  )
  const counts = tables.map(async ({ name }: { name: string }) => {
    return [name, (await db.rawQuery(`SELECT count(*) FROM ${name}`)).rows[0].count]
  })
  return Object.fromEntries(await Promise.all(counts))
}

test.group('A guest who walks over every page that there is', (group) => {
  group.each.setup(emptyDatabase)

  test('leaves no row behind, and gets no cookie', async ({ assert }) => {
    const { pages, world } = await everyPage()
    const asked = [...pages, `/shops/${world.shop.id}?after=a`, '/search?q=besan', '/no-such-page']
    await everythingPassed()
    const before = await rowCounts()
    const statuses = new Set<number>()
    for (const path of asked) {
      await eventually(async () => {
        const { headers, status } = await new Visitor().send('GET', path)
        statuses.add(status)
        assert.deepEqual(setCookies(headers), [], path)
      }, 20_000)
    }
    assert.includeMembers([...statuses], [200, 303, 404])
    assert.deepEqual(await rowCounts(), before)
  }).timeout(60_000)
})

test.group('A guest who has seen what the replica has not', (group) => {
  let product: Product
  let path: string

  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))
  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ pricePaise: 10_100 })
    path = `/shops/${product.shopId}`
    await everythingPassed()
    await pauseReplay()
    return resumeReplay
  })

  const change = async (pricePaise: number) => {
    await product.merge({ pricePaise }).save()
    const visitor = new Visitor()
    for (;;) {
      visitor.cookies.clear()
      const page = await visitor.visit(path)
      if (page.html.includes(`${pricePaise / 100}`)) return visitor
    }
  }

  test('remembers it until it is passed, on a page that no proxy keeps', async ({ assert }) => {
    const visitor = await change(20_200)
    const { headers } = visitor.page!
    assert.match(setCookies(headers)[0], /^seen_/)
    assert.equal(headers.get('cache-control'), 'private, no-cache')
    await resumeReplay()
    await everythingPassed()
    await eventually(async () => {
      const page = await visitor.visit(path)
      assert.deepEqual(setCookies(page.headers), [])
      assert.equal(page.headers.get('cache-control'), 'public, no-cache')
    }, 20_000)
  })

  test('remembers it also when the page is the one that the browser has', async ({ assert }) => {
    const { page } = await change(20_200)
    const tag = { 'if-none-match': page!.headers.get('etag')! }
    const again = await new Visitor().send('GET', path, undefined, tag)
    assert.equal(again.status, 304)
    assert.match(setCookies(again.headers)[0], /^seen_/)
    assert.equal(again.headers.get('cache-control'), 'private, no-cache')
  })

  test('is not told that an older page is still right', async ({ assert }) => {
    const older = (await new Visitor().visit(path)).headers.get('etag')!
    const visitor = await change(20_200)
    for (let round = 0; round < 10; round++) {
      const answer = await visitor.send('GET', path, undefined, { 'if-none-match': older })
      assert.equal(answer.status, 200)
      assert.include(await answer.text(), '202')
    }
  })

  test('elsewhere is shown it here, where nothing has been heard of it', async ({
    assert,
    cleanup,
  }) => {
    const older = (await new Visitor().visit(path)).headers.get('etag')!
    const feed = await app.container.make(ChangeFeed)
    await feed.stop()
    cleanup(async () => void (await runChangeFeed()))
    await product.merge({ pricePaise: 20_200 }).save()
    const replication = await app.container.make(Replication)
    const position = formatPosition(await replication.currentPosition())
    const signed = encryption.getMessageVerifier().sign(position, undefined, 'seen_1')
    const tag = { 'if-none-match': older }
    const visitor = new Visitor()
    assert.equal((await visitor.send('GET', path, undefined, tag)).status, 304)
    visitor.cookies.set('seen_1', encodeURIComponent(`s:${signed}`))
    const answer = await visitor.send('GET', path, undefined, tag)
    assert.equal(answer.status, 200)
    assert.include(await answer.text(), '202')
  })
})
