import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { TcpProxy } from '#tests/helpers/tcp_proxy'
import { ServerProcess } from '#tests/helpers/server_process'

const LONG = 60_000

/** The database of the tests, behind a proxy that is closed. */
async function proxiedDatabase() {
  const url = new URL(process.env.DATABASE_URL!)
  const proxy = await TcpProxy.to(url.href)
  url.port = String(proxy.port)
  return { proxy, DATABASE_URL: url.href, DATABASE_READ_URL: url.href }
}

test.group('A server whose dependencies are away', (group) => {
  group.each.timeout(180_000)
  /** `npm start` fills a marketplace that is empty. */
  group.each.teardown(() => emptyDatabase())

  for (const script of ['bin/server.ts', 'bin/start.ts']) {
    test(`${script} starts without its database and is ready when that comes`, async ({
      assert,
    }) => {
      const { proxy, ...urls } = await proxiedDatabase()
      const server = await ServerProcess.start(script, urls)
      try {
        await eventually(async () => assert.equal(await server.status('/health/live'), 200), LONG)
        assert.equal(await server.status('/health/ready'), 503)
        const page = await server.get('/shops')
        assert.equal(page.status, 503)
        assert.equal(page.headers.get('retry-after'), '5')

        await proxy.open()
        await eventually(async () => assert.equal(await server.status('/health/ready'), 200), LONG)
        assert.equal(await server.status('/shops'), 200)
        if (script === 'bin/start.ts') {
          await eventually(() => assert.include(server.output, 'Kirana Ghar is open at'), LONG)
        }

        await proxy.close()
        await eventually(async () => assert.equal(await server.status('/health/ready'), 503), LONG)
        await proxy.open()
        await eventually(async () => assert.equal(await server.status('/shops'), 200), LONG)
        assert.equal(await server.stop(), 0)
      } finally {
        await server.stop()
        await proxy.close()
      }
    })
  }

  test('npm start says in one line what it waits for', async ({ assert }) => {
    const { proxy, ...urls } = await proxiedDatabase()
    const server = await ServerProcess.start('bin/start.ts', { ...urls, LOG_LEVEL: 'fatal' })
    try {
      await eventually(() => assert.include(server.output, 'waiting for it'), LONG)
      assert.match(server.output, /The database does not answer \(.*ECONNREFUSED.*\)/)
      await proxy.open()
      await eventually(() => assert.include(server.output, 'Kirana Ghar is open at'), LONG)
    } finally {
      await server.stop()
      await proxy.close()
    }
  })

  test('npm start ends when the database refuses it', async ({ assert }) => {
    const url = new URL(process.env.DATABASE_URL!)
    url.password = 'wrong'
    const server = await ServerProcess.start('bin/start.ts', {
      ...{ DATABASE_URL: url.href, DATABASE_READ_URL: url.href, LOG_LEVEL: 'fatal' },
    })
    await eventually(() => assert.include(server.output, 'check DATABASE_URL'), LONG)
    assert.equal(await server.stop(), 1)
  })

  test('Redis may be away when it starts', async ({ assert }) => {
    const server = await ServerProcess.start('bin/server.ts', {
      REDIS_URL: 'redis://127.0.0.1:9/0',
    })
    try {
      await eventually(async () => assert.equal(await server.status('/shops'), 200), LONG)
      assert.equal(await server.status('/health/ready'), 200)
    } finally {
      await server.stop()
    }
  })
})
