import { createServer } from 'node:net'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { issueToken } from '#tokens/token_users'
import { listProcesses } from '#infra/embedded_postgres/processes'
import type Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import type { KeptConnection } from '#tests/helpers/kept_connection'
import { ServerCluster } from '#tests/helpers/server_cluster'
import { ServerProcess } from '#tests/helpers/server_process'

const LONG = 60_000
const EMBEDDED = { DATABASE_URL: '', DATABASE_READ_URL: '' }
const MISSES = 'kirana_cache_reads_total{outcome="miss"}'

const isRunning = (pid: number) => listProcesses().some((entry) => entry.pid === pid)

async function slots() {
  const { rows } = await db.rawQuery(
    `SELECT slot_name FROM pg_replication_slots WHERE slot_name LIKE 'kirana_embedded%'`
  )
  return rows
}

async function metric(connection: KeptConnection, name: string) {
  const { text } = await connection.get('/metrics')
  const line = text.split('\n').find((each) => each.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

/** Those who are no longer waited for. */
async function leftOf(heard: string[]) {
  const left = () => heard.filter((text) => text.startsWith('left ')).map((text) => text.slice(5))
  await eventually(() => {
    if (left().length === 0) throw new Error('Nobody has left')
  })
  return left()
}

/** Asks again and again, until `stop`; counts what was answered, and what was not. */
function load(connection: KeptConnection, path: string) {
  const counts = { answered: 0, failed: 0, other: 0 }
  let isStopped = false
  const running = (async () => {
    while (!isStopped) {
      const answer = await connection.get(path).catch(() => null)
      if (!answer) counts.failed++
      else if (answer.status === 200) counts.answered++
      else counts.other++
    }
  })()
  const stop = async () => {
    isStopped = true
    await running
    return counts
  }
  return { counts, stop }
}

test.group('A process of a server', (group) => {
  let cluster: ServerCluster
  let product: Product

  group.each.timeout(180_000)
  group.each.skip(process.platform !== 'linux', 'it finds connections in /proc')
  group.setup(async () => {
    cluster = await ServerCluster.start({ CHANGE_FEED_MAXIMUM_SILENCE: '2000' })
    return async () => {
      await cluster.stop()
      await emptyDatabase()
    }
  })
  group.each.setup(async () => {
    await emptyDatabase()
    const shop = await createShop({ ownerId: (await createOwner()).id })
    product = await createProduct({ shopId: shop.id, pricePaise: 4_100 })
  })

  const page = async (connection: KeptConnection) =>
    (await connection.get(`/shops/${product.shopId}`, { 'accept-language': 'en' })).text

  test('that is killed under load loses its own requests only, and is replaced', async ({
    assert,
    cleanup,
  }) => {
    const connections = await cluster.oneToEach()
    const [[killed, lost], [kept, well]] = [...connections]
    const before = await metric(well, MISSES)
    const path = `/shops/${product.shopId}`
    const [ofLost, ofWell] = [load(lost, path), load(well, path)]
    cleanup(() => Promise.all([ofLost.stop(), ofWell.stop()]).then(() => {}))
    await eventually(() => assert.isAbove(ofLost.counts.answered, 20), LONG)
    process.kill(killed, 'SIGKILL')
    const answered = ofWell.counts.answered
    await eventually(() => assert.isAbove(ofWell.counts.answered, answered + 20), LONG)
    await eventually(() => assert.isAbove(ofLost.counts.failed, 0), LONG)
    const { failed, other } = await ofLost.stop()
    assert.deepEqual({ failed, other }, { failed: 1, other: 0 })
    assert.deepInclude(await ofWell.stop(), { failed: 0, other: 0 })

    await cluster.isComplete()
    assert.include(cluster.workers, kept)
    assert.include(cluster.server.output, 'A server process ended (SIGKILL) and is replaced')
    assert.isAtLeast(await metric(well, MISSES), before)
    assert.lengthOf(await slots(), 1)
    await product.merge({ pricePaise: 9_300 }).save()
    for (const connection of (await cluster.oneToEach()).values()) {
      await eventually(async () => assert.include(await page(connection), '₹93'), LONG)
    }
  })

  test('that hangs holds up neither changes nor visitors, and shows nothing old', async ({
    assert,
    cleanup,
  }) => {
    const [[frozen, hung], [, well]] = [...(await cluster.oneToEach())]
    for (const connection of [hung, well]) assert.include(await page(connection), '₹41')
    process.kill(frozen, 'SIGSTOP')
    cleanup(() => void process.kill(frozen, 'SIGCONT'))
    await product.merge({ pricePaise: 9_300 }).save()
    await eventually(async () => assert.include(await page(well), '₹93'), LONG)
    await delay(3_000)
    await eventually(async () => {
      const { changeFeed } = JSON.parse((await well.get('/health/ready')).text)
      assert.isTrue(changeFeed.healthy)
    }, LONG)
    let answered = 0
    for (let visitor = 0; visitor < 10; visitor++) {
      const answer = cluster.connect().get('/health/live')
      answer.then(
        () => answered++,
        () => {}
      )
    }
    await eventually(() => assert.isAtLeast(answered, 8), LONG)

    process.kill(frozen, 'SIGCONT')
    assert.include(await page(hung), '₹93')
    await cluster.isComplete()
    assert.include(cluster.workers, frozen)
  })

  test('that hangs and is killed leaves the visitors whom it has not seen to the others', async ({
    assert,
    cleanup,
  }) => {
    const [frozen] = cluster.workers
    process.kill(frozen, 'SIGSTOP')
    cleanup(() => void (isRunning(frozen) && process.kill(frozen, 'SIGKILL')))
    const visitors = Array.from({ length: 10 }, () => cluster.connect())
    let answered = 0
    const answers = visitors.map(async (visitor) => {
      const { status } = await visitor.get('/health/live')
      answered++
      return status
    })
    await eventually(() => assert.isAtLeast(answered, 8), LONG)
    await delay(300)
    assert.isBelow(answered, 10)
    process.kill(frozen, 'SIGKILL')
    assert.deepEqual([...new Set(await Promise.all(answers))], [200])
    await cluster.isComplete()
  })

  test('that is killed is not waited for by those who write', async ({ assert, cleanup }) => {
    const listeners = async () => (await db.from('listeners').select('id')).map(({ id }) => id)
    const heard: string[] = []
    const client = new pg.Client(process.env.DATABASE_URL)
    client.on('notification', ({ payload }) => heard.push(payload!))
    await client.connect()
    cleanup(() => client.end())
    await client.query('LISTEN fences')

    const [[killed], [, well]] = [...(await cluster.oneToEach())]
    const before = await listeners()
    process.kill(killed, 'SIGKILL')
    const answer = await well.ask('/api/token', { method: 'POST' })
    const after = await listeners()
    assert.equal(answer.status, 422)
    const gone = before.filter((id) => !after.includes(id))
    assert.lengthOf(gone, 1)
    assert.deepEqual(await leftOf(heard), gone)
    await cluster.isComplete()
  })

  test('that is told to end finishes what it does, and is replaced', async ({ assert }) => {
    const connections = await cluster.oneToEach()
    const [told] = connections.keys()
    process.kill(told, 'SIGTERM')
    await eventually(() => assert.isFalse(isRunning(told)), LONG)
    await cluster.isComplete()
    assert.notInclude(cluster.workers, told)
  })
})

test.group('The end of a server with two processes', (group) => {
  group.each.timeout(180_000)
  group.each.skip(process.platform !== 'linux', 'it finds connections in /proc')
  group.each.setup(async () => {
    await emptyDatabase()
    return () => emptyDatabase()
  })

  test('what they have in hand is finished, and nothing is left behind', async ({
    assert,
    cleanup,
  }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const product = await createProduct({ shopId: shop.id, pricePaise: 4_100 })
    const { value } = await issueToken(owner)
    const headers = {
      'authorization': `Bearer ${value!.release()}`,
      'content-type': 'application/json',
    }
    const cluster = await ServerCluster.start()
    cleanup(() => void cluster.stop())
    const { workers } = cluster
    const connections = [...(await cluster.oneToEach()).values()]

    const lock = await db.transaction()
    await lock.from('products').where('id', product.id).forUpdate()
    const path = `/api/shops/${shop.id}/products/${product.id}`
    const answers = connections.map(async (connection) => {
      const body = JSON.stringify({ stock_change: 1 })
      const answer = connection.ask(path, { method: 'PATCH', headers, body })
      return answer.catch(({ code }) => ({ status: code }))
    })
    await eventually(async () => {
      const { rows } = await db.rawQuery('SELECT FROM pg_locks WHERE NOT granted')
      assert.isAtLeast(rows.length, 1)
    })
    await delay(200)
    process.kill(cluster.server.pid, 'SIGTERM')
    await delay(300)
    await lock.rollback()
    for (const answer of answers) assert.equal((await answer).status, 200)
    assert.equal(await cluster.server.ended(), 0)
    for (const pid of workers) assert.isFalse(isRunning(pid))
    assert.notInclude(cluster.server.output, 'is replaced')
  })

  test('a process that hangs does not keep it', async ({ assert, cleanup }) => {
    const cluster = await ServerCluster.start()
    cleanup(() => void cluster.stop())
    const { workers } = cluster
    process.kill(workers[0], 'SIGSTOP')
    process.kill(cluster.server.pid, 'SIGTERM')
    process.kill(cluster.server.pid, 'SIGINT')
    assert.equal(await cluster.server.ended(), 0)
    for (const pid of workers) assert.isFalse(isRunning(pid))
  })

  test('processes end with their server, however that ends', async ({ assert, cleanup }) => {
    const cluster = await ServerCluster.start()
    cleanup(() => void cluster.stop())
    const { workers } = cluster
    assert.lengthOf(workers, 2)
    process.kill(cluster.server.pid, 'SIGKILL')
    for (const pid of workers) await eventually(() => assert.isFalse(isRunning(pid)), LONG)
  })
})

test.group('A server that can not start', (group) => {
  group.each.timeout(180_000)

  const ends = async (env: Record<string, string>) => {
    const server = await ServerProcess.start('bin/server.ts', {
      DATABASE_URL: process.env.DATABASE_URL!,
      DATABASE_READ_URL: process.env.DATABASE_READ_URL!,
      WEB_CONCURRENCY: '2',
      LOG_LEVEL: 'fatal',
      ...env,
    })
    return { code: await server.ended(), output: server.output.trim() }
  }

  test('says in one line that its port is taken', async ({ assert, cleanup }) => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    cleanup(() => void taken.close())
    const PORT = String((taken.address() as { port: number }).port)
    const { code, output } = await ends({ PORT })
    assert.equal(code, 1)
    assert.match(output, new RegExp(`^Port ${PORT} is taken: .+$`))
  })

  test('says in one line that the embedded database has too few connections', async ({
    assert,
  }) => {
    const { code, output } = await ends({ ...EMBEDDED, WEB_CONCURRENCY: '9' })
    assert.equal(code, 1)
    assert.match(output, /^WEB_CONCURRENCY=9 is more .+ choose at most 8, or set DATABASE_URL .+$/)
  })

  test('says in one line which number of processes is no number', async ({ assert }) => {
    for (const wrong of ['0', 'many', '1.5', '65']) {
      const { code, output } = await ends({ WEB_CONCURRENCY: wrong })
      assert.equal(code, 1)
      assert.match(output, /^.*WEB_CONCURRENCY must be a whole number from 1 to 64.*$/)
    }
  })
})
