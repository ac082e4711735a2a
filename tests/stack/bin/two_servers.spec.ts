import { test } from '@japa/runner'
import * as cheerio from 'cheerio'
import type { Assert } from '@japa/assert'
import { eventually } from '#tests/helpers/eventually'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, PASSWORD } from '#tests/helpers/factories'
import { RedisServer } from '#tests/helpers/redis_server'
import { ServerProcess } from '#tests/helpers/server_process'
import { FROM_OUR_PAGES } from '#tests/helpers/visitor'

const LONG = 60_000

/** A browser that a balancer sends to another server with every request. */
class Roamer {
  #cookies = new Map<string, string>()

  async visit(server: ServerProcess, path: string, form?: Record<string, string>) {
    const response = await fetch(new URL(path, server.url), {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      redirect: 'manual',
      headers: {
        ...FROM_OUR_PAGES,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split(/=(.*)/s)
      this.#cookies.set(name, value)
    }
    const html = await response.text()
    return { status: response.status, html, page: cheerio.load(html) }
  }

  async submit(server: ServerProcess, from: string, to: string, form: Record<string, string>) {
    await this.visit(server, from)
    return this.visit(server, to, form)
  }
}

test.group('Two servers on one database and one Redis', (group) => {
  let redis: RedisServer
  let servers: ServerProcess[] = []

  group.each.timeout(180_000)
  group.each.setup(async () => {
    await emptyDatabase()
    redis = await RedisServer.start()
    servers = await Promise.all(
      [1, 2].map(() => ServerProcess.start('bin/server.ts', { REDIS_URL: redis.url }))
    )
    for (const server of servers) {
      await eventually(async () => {
        if ((await server.status('/health/live')) !== 200) throw new Error('not up')
      }, LONG)
    }
    return async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await redis.stop()
      await emptyDatabase()
    }
  })

  test('a login and a cart hold on both, also when Redis is emptied and away', async ({
    assert,
  }) => {
    const [one, other] = servers
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const product = await createProduct({ shopId: shop.id, name: 'Besan' })
    const roamer = new Roamer()
    const login = { username: owner.username, password: PASSWORD }
    assert.oneOf((await roamer.submit(one, '/login', '/login', login)).status, [302, 303])
    const item = { product_id: product.id, quantity: '2' }
    assert.oneOf(
      (await roamer.submit(other, `/shops/${shop.id}`, '/cart/items', item)).status,
      [302, 303]
    )
    const isAtHome = async (server: ServerProcess) => {
      assert.equal((await roamer.visit(server, '/owner/shops')).status, 200)
      assert.include((await roamer.visit(server, '/cart')).html, 'Besan')
    }
    for (const server of servers) await isAtHome(server)
    await redis.kill()
    for (const server of servers) await isAtHome(server)
    await redis.startAgain()
    for (const server of servers) await isAtHome(server)
  })

  test('attempts to log in are counted together', async ({ assert }) => {
    for (const server of servers) await eventually(() => assertConnected(server, assert), LONG)
    const wrong = { username: 'nobody', password: 'wrong-password' }
    const statuses: number[] = []
    const allowedByEach = 10
    while (!statuses.includes(429) && statuses.length < 2 * allowedByEach) {
      const server = servers[statuses.length % 2]
      statuses.push((await new Roamer().submit(server, '/login', '/login', wrong)).status)
    }
    assert.equal(statuses.at(-1), 429)
    assert.isAbove(statuses.length, allowedByEach)
  })

  test('a server that Redis refuses serves, and says why once', async ({ assert }) => {
    await redis.requirePassword('secret')
    const refused = await ServerProcess.start('bin/server.ts', {
      REDIS_URL: redis.url,
      LOG_LEVEL: 'warn',
    })
    servers.push(refused)
    await eventually(async () => assert.equal(await refused.status('/shops'), 200), LONG)
    await eventually(() => assert.include(refused.output, 'Redis refuses the password'), LONG)
    assert.include(await (await refused.get('/metrics')).text(), 'kirana_redis_up 0')
    await redis.requirePassword('')
    await eventually(() => assertConnected(refused, assert), LONG)
  })
})

async function assertConnected(server: ServerProcess, assert: Assert) {
  assert.include(await (await server.get('/metrics')).text(), 'kirana_redis_up 1')
}
