import limiter from '@adonisjs/limiter/services/main'
import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import { emptyDatabase, emptyShops } from '#tests/helpers/database'
import { API } from './api_table.js'
import { askAsProgram, askAsVisitor, requestIn } from './ask.js'
import { Crowd } from './crowd.js'
import { check, holds } from './holds.js'
import { OWNER_PAGES } from './owner_page_table.js'
import { PAGES as CUSTOMER_PAGES } from './page_table.js'
import { CALLERS, VISITORS, type Row } from './rules.js'
import { SERVICES } from './service_table.js'
import { createThings, rows, type World } from './world.js'

const PAGES = { ...CUSTOMER_PAGES, ...OWNER_PAGES }

const UNDER_A_SHOP = /^\S+ \/(owner|api)\/shops\/:shop_id\/.*:/

test.group('Authorisation', (group) => {
  let crowd: Crowd
  let world: World

  group.setup(async () => {
    await emptyDatabase()
    crowd = await Crowd.gather()
  })

  group.each.setup(async () => {
    await emptyShops()
    await limiter.clear()
    world = await createThings(crowd.people)
  })

  const requestOf = (route: string, row?: Row<unknown>, ids?: Record<string, string>) =>
    requestIn(world, route, row, ids)

  test('has an entry for every route, and a route for every entry', ({ assert }) => {
    const routes = router.toJSON().root.flatMap(({ methods, pattern }) => {
      return methods.filter((name) => name !== 'HEAD').map((name) => `${name} ${pattern}`)
    })
    const entries = [PAGES, API, SERVICES].flatMap((table) => Object.keys(table))
    assert.sameMembers(entries, routes)
  })

  for (const [route, row] of Object.entries(PAGES)) {
    test(`of ${route} is as the table says`, async ({ assert }) => {
      const ask = async (actor: (typeof VISITORS)[number]) => {
        return askAsVisitor(await crowd.visitor(actor), requestOf(route, row))
      }
      await holds(route, row, VISITORS, ask, assert)
      if (row.ends) crowd.comeAgain()
    })
  }

  for (const [route, row] of Object.entries(API)) {
    test(`of ${route} is as the table says`, async ({ assert }) => {
      const ask = async (actor: (typeof CALLERS)[number]) => {
        return askAsProgram(requestOf(route, row), await crowd.bearer(actor))
      }
      await holds(route, row, CALLERS, ask, assert)
      if (row.ends) crowd.comeAgain()
    })
  }

  for (const [route, who] of Object.entries(SERVICES)) {
    test(`of ${route} is for ${who}`, async ({ assert }) => {
      const elsewhere = { 'x-forwarded-for': '203.0.113.9' }
      for (const headers of [{}, await crowd.bearer('admin')]) {
        const here = await askAsProgram(requestOf(route), headers)
        assert.equal(here.status, 200)
        const { status } = await askAsProgram(requestOf(route), { ...headers, ...elsewhere })
        assert.equal(status, who === 'everybody' ? 200 : 404)
      }
    })
  }

  test('a token opens no page', async ({ assert }) => {
    const headers = await crowd.bearer('owner')
    for (const [route, row] of Object.entries(PAGES)) {
      if (row.who.guest !== 'login') continue
      const visitor = await crowd.visitor('guest')
      check(await askAsVisitor(visitor, requestOf(route, row), headers), 'login', route, assert)
    }
  })

  test('a session opens nothing of the API', async ({ assert }) => {
    const { cookieHeader: cookie } = await crowd.visitor('owner')
    for (const [route, row] of Object.entries(API)) {
      if (row.who.nobody !== 401) continue
      check(await askAsProgram(requestOf(route, row), { cookie }), 401, route, assert)
    }
  })

  test("things of another shop are not found under one's own", async ({ assert }) => {
    const before = await rows()
    const [visitor, headers] = [await crowd.visitor('otherOwner'), await crowd.bearer('otherOwner')]
    const own = { shop_id: world.otherShop.id }
    const rowsUnder = (table: Record<string, Row<unknown>>) => {
      return Object.entries(table).filter(([route]) => UNDER_A_SHOP.test(route))
    }
    for (const [route, row] of rowsUnder(PAGES)) {
      check(await askAsVisitor(visitor, requestOf(route, row, own)), 404, route, assert)
    }
    for (const [route, row] of rowsUnder(API)) {
      check(await askAsProgram(requestOf(route, row, own), headers), 404, route, assert)
    }
    assert.deepEqual(await rows(), before)
  })
})
