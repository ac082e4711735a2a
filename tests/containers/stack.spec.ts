import { setTimeout as delay } from 'node:timers/promises'
import { test } from '@japa/runner'
import { buildStandIns } from '#infra/containers/stand_in_images'
import { buildImage } from '#tests/helpers/container'
import { composedStack } from '#tests/helpers/composed'
import { DEMO_PASSWORD } from '#database/demo/options'
import { EventStream } from '#tests/helpers/event_stream'
import { eventually } from '#tests/helpers/eventually'
import { OrderRush, RemoteAccount, send } from '#tests/helpers/remote_market'
import { Visitor } from '#tests/helpers/visitor'

const LONG = 120_000
/** Exit code of what did not end within its grace period. */
const KILLED = 137
const GRACE_SECONDS = 10
const CUSTOMERS = 6
const SHOPS = 2
const ORDERS_EACH = 5
const STATELESS = ['web', 'haproxy-read', 'app']

/** The steps follow each other on one stack: it takes minutes to bring up. */
test.group('docker-compose.yml in containers', (group) => {
  const stack = composedStack('kirana-ghar-test')
  let origin: string
  let owner: RemoteAccount
  let customers: RemoteAccount[]
  let goods: { shop: string; product: string }[]

  group.tap((each) => each.timeout(480_000))
  group.setup(async () => {
    await buildStandIns(() => {})
    await buildImage()
    await stack.down({ volumes: true })
    return () => stack.down({ volumes: true })
  })

  const web = async () => `http://127.0.0.1:${await stack.container('web').port(3333)}`
  const running = () =>
    stack.services
      .filter((name) => !['migrate', 'connectors'].includes(name))
      .flatMap((name) => stack.containers(name).map((container) => ({ name, container })))
  const psql = (server: string, statement: string, database = 'kirana') =>
    stack
      .container(server)
      .execute('psql', '--username=postgres', `--dbname=${database}`, '-Atc', statement)

  /** How many pages of `path` came with each status, asked one after the other while `deed` is done. */
  async function visitsDuring(path: string, deed: () => Promise<unknown>) {
    const answers: (number | string)[] = []
    let isDone = false
    const visits = (async () => {
      while (!isDone) {
        const answer = fetch(new URL(path, origin)).then(async (response) => {
          await response.text()
          return response.status
        })
        answers.push(await answer.catch((error) => String(error.cause ?? error)))
        await delay(20)
      }
    })()
    await deed().finally(() => (isDone = true))
    await visits
    return answers
  }

  const failuresOf = (answers: (number | string)[]) => answers.filter((answer) => answer !== 200)

  test('it comes up from nothing, each service after those that it waits for', async ({
    assert,
  }) => {
    await stack.up()
    origin = await web()
    for (const name of stack.services) {
      for (const { needed, condition } of stack.needs(name)) {
        for (const container of stack.containers(name)) {
          const { started } = await container.times()
          for (const before of stack.containers(needed)) {
            const { checked, finished } = await before.times()
            const ready = condition === 'service_healthy' ? checked : finished
            assert.isAtMost(Number(ready), Number(started), `${needed} before ${container.name}`)
          }
        }
      }
    }
  })

  test('nothing runs as root, and nothing can gain rights', async ({ assert }) => {
    for (const { name, container } of running()) {
      const status = await container.execute('cat', '/proc/1/status')
      assert.match(status, /^Uid:\t[1-9]/m, name)
      assert.match(status, /^NoNewPrivs:\t1$/m, name)
      assert.match(status, /^CapEff:\t0{16}$/m, name)
      if (STATELESS.includes(name)) assert.match(status, /^CapBnd:\t0{16}$/m, name)
    }
  })

  test('what keeps no files cannot write to its root', async ({ assert }) => {
    for (const { name, container } of running()) {
      if (!STATELESS.includes(name)) continue
      assert.match(await container.execute('cat', '/proc/1/mounts'), /^\S+ \/ \S+ ro[, ]/m, name)
      await assert.rejects(() => container.execute('touch', '/tmp/file'), /Read-only file system/)
    }
  })

  test('demo data comes by the command of the README', async ({ assert }) => {
    const size = ['--owners=1', `--customers=${CUSTOMERS}`, '--shops-per-owner=1']
    const seed = ['node', 'ace.js', 'seed:demo', ...size, '--products-per-shop=5']
    await stack.run('migrate', ...seed)
    const usernames = async (role: string) => {
      const rows = await psql(
        'postgres-primary',
        `SELECT username FROM users WHERE role = '${role}'`
      )
      return rows.split('\n')
    }
    const [name] = await usernames('shopowner')
    owner = await RemoteAccount.logIn(origin, name)
    const names = await usernames('customer')
    assert.lengthOf(names, CUSTOMERS)
    customers = []
    // One after the other: a server that is busy with passwords turns others away for a moment.
    for (const each of names) {
      customers.push(await eventually(() => RemoteAccount.logIn(origin, each), LONG))
    }
  })

  test('pages and API answer through web, and are fresh', async ({ assert }) => {
    for (const path of ['/', '/shops', '/login', '/app.css', '/docs', '/health/ready']) {
      assert.equal((await fetch(new URL(path, origin))).status, 200, path)
    }
    goods = []
    for (let count = 1; count <= SHOPS; count++) {
      const shop = await owner.ask('POST', '/api/shops', {
        name: `Patil Kirana ${count}`,
        city: 'Pune',
      })
      const product = { name: 'Ambemohar Rice', price: 90 }
      const { id } = await owner.ask('POST', `/api/shops/${shop.id}/products`, product)
      goods.push({ shop: shop.id, product: id })
    }
    const [{ shop, product }] = goods
    const path = `/api/shops/${shop}/products/${product}`
    for (let price = 101; price <= 120; price++) {
      await owner.ask('PATCH', path, { price })
      assert.equal((await owner.ask('GET', path)).price, price)
    }
    await eventually(async () => {
      assert.include(await (await fetch(new URL(`/shops/${shop}`, origin))).text(), '₹120')
    }, LONG)
  })

  test('both replicas have it, and HAProxy reads from both', async ({ assert }) => {
    const { product } = goods[0]
    for (const replica of ['postgres-replica-1', 'postgres-replica-2']) {
      await eventually(async () => {
        const price = await psql(
          replica,
          `SELECT price_paise FROM products WHERE id = '${product}'`
        )
        assert.equal(price, '12000')
      }, LONG)
    }
    assert.deepEqual(await balanced(), { 'replica-1': 'UP', 'replica-2': 'UP' })
  })

  /** State of each replica at HAProxy. */
  async function balanced() {
    const port = await stack.container('haproxy-read').port(8404)
    const text = await (await fetch(`http://127.0.0.1:${port}/;csv`)).text()
    const [head, ...rows] = text
      .replace('# ', '')
      .split('\n')
      .map((line) => line.split(','))
    const named = rows.filter((row) => row[1]?.startsWith('replica-'))
    return Object.fromEntries(named.map((row) => [row[1], row[head.indexOf('status')]]))
  }

  test('a new product goes through Kafka into Elasticsearch, and is found', async ({ assert }) => {
    const { shop } = goods[0]
    await owner.ask('POST', `/api/shops/${shop}/products`, {
      name: 'Jowar Flour',
      price: 60,
    })
    const found = () =>
      stack
        .container('elasticsearch')
        .execute(...['curl', '--silent', '--fail', 'http://127.0.0.1:9200/_search?q=name:jowar'])
    await eventually(async () => assert.include(await found(), 'Jowar Flour'), LONG)
    await eventually(async () => {
      const page = await fetch(new URL('/search?q=jowar+flour&city=Pune', origin))
      assert.include(await page.text(), 'Jowar Flour')
    }, LONG)
  })

  test('the worker confirms what it has read at the pace of worker.properties', async ({
    assert,
  }) => {
    const position = await psql('postgres-primary', 'SELECT pg_current_wal_lsn()')
    const confirmed = `SELECT confirmed_flush_lsn >= '${position}' FROM pg_replication_slots WHERE slot_name = 'kirana_slot'`
    const { shop, product } = goods[0]
    await owner.ask('PATCH', `/api/shops/${shop}/products/${product}`, { price: 130 })
    await eventually(
      async () => assert.equal(await psql('postgres-primary', confirmed), 't'),
      20_000
    )
  })

  test('a replica that is killed is not missed, and comes back', async ({ assert }) => {
    const replica = stack.container('postgres-replica-1')
    const before = await replica.times()
    const answers = await visitsDuring(`/shops/${goods[0].shop}`, async () => {
      await replica.crash()
      await eventually(async () => {
        assert.isAbove(Number((await replica.times()).started), Number(before.started))
        assert.deepEqual(await balanced(), { 'replica-1': 'UP', 'replica-2': 'UP' })
        const streaming = `SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND usename = 'standby'`
        assert.equal(await psql('postgres-primary', streaming), '2')
      }, LONG)
    })
    assert.isEmpty(failuresOf(answers), `of ${answers.length}`)
  })

  test('a replica that is made again, at another address, is found', async ({ assert }) => {
    await stack.remove('postgres-replica-2', { volume: 'postgres-replica-2' })
    await stack.up()
    const price = `SELECT count(*) FROM products WHERE id = '${goods[0].product}'`
    assert.equal(await psql('postgres-replica-2', price), '1')
    await eventually(async () => {
      assert.deepEqual(await balanced(), { 'replica-1': 'UP', 'replica-2': 'UP' })
    }, LONG)
  })

  test('each application that is killed is replaced by the other, and comes back', async ({
    assert,
  }) => {
    for (const application of stack.containers('app')) {
      const before = await application.times()
      const answers = await visitsDuring('/shops', async () => {
        await application.crash()
        await eventually(async () => {
          assert.isAbove(Number((await application.times()).started), Number(before.started))
          assert.isTrue(await application.isHealthy())
        }, LONG)
        await delay(3_000)
      })
      assert.isAtMost(failuresOf(answers).length, 1, failuresOf(answers).join())
    }
  })

  test('each service ends within 10 s in the middle of orders, and none is lost or doubled', async ({
    assert,
    cleanup,
  }) => {
    const visitor = new Visitor({}, origin)
    await visitor.visit('/login')
    await visitor.submit('form[action*="/login"]', {
      username: customers[0].username,
      password: DEMO_PASSWORD,
    })
    const page = await EventStream.open(visitor, '/orders/stream')
    await page.opened()
    cleanup(() => page.close())
    const rush = new OrderRush(customers, goods, ORDERS_EACH)
    await eventually(() => assert.isAbove(rush.confirmed.length, CUSTOMERS), LONG)

    const began = performance.now()
    const endings = Object.entries(await stack.stop())
    const total = (performance.now() - began) / 1_000
    await rush.end()
    const seconds = endings.map(([name, ending]) => `${name} ${ending.seconds.toFixed(1)} s`)
    console.log(`    stopped in ${total.toFixed(1)} s: ${seconds.join(', ')}`)
    for (const [name, ending] of endings) {
      assert.notEqual(ending.code, KILLED, name)
      assert.isBelow(ending.seconds, GRACE_SECONDS, name)
    }
    assert.isNotEmpty(rush.unanswered, 'orders were sent until it stopped')

    await stack.down({ volumes: false })
    await stack.up()
    origin = await web()
    for (const order of rush.confirmed) {
      const { status } = await order.customer.at(origin).request('GET', `/api/orders/${order.id}`)
      assert.equal(status, 200, `confirmed order ${order.key}`)
    }
    for (const order of rush.unanswered) await send(order, origin)
    const shops = goods.map(({ shop }) => `'${shop}'`).join()
    const placed = `SELECT count(*) FROM orders WHERE shop_id IN (${shops})`
    assert.equal(await psql('postgres-primary', placed), String(rush.sent.length))
  })

  test('everything is there after down and up', async ({ assert }) => {
    const page = await fetch(new URL(`/shops/${goods[0].shop}`, origin))
    assert.include(await page.text(), '₹130')
    await eventually(async () => {
      const search = await fetch(new URL('/search?q=jowar+flour&city=Pune', origin))
      assert.include(await search.text(), 'Jowar Flour')
    }, LONG)
    await owner.at(origin).ask('GET', '/api/me')
  })
})
