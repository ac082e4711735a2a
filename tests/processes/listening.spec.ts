import { connect } from 'node:net'
import { once } from 'node:events'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createUser } from '#tests/helpers/factories'
import { ServerProcess } from '#tests/helpers/server_process'

const LONG = 60_000

/** Linux has all of 127.0.0.0/8 on this machine, so that another address of it stands for the network's. */
async function answersAt(host: string, url: string) {
  const socket = connect(Number(new URL(url).port), host)
  const answers = once(socket, 'connect').then(
    () => true,
    () => false
  )
  return answers.finally(() => socket.destroy())
}

async function withServer(
  env: Record<string, string>,
  work: (server: ServerProcess) => Promise<void>,
  script = 'bin/server.ts'
) {
  const server = await ServerProcess.start(script, env)
  try {
    await eventually(async () => {
      if ((await server.status('/health/ready')) !== 200) throw new Error(server.output)
    }, LONG)
    await work(server)
  } finally {
    await server.stop()
  }
}

test.group('Where a server listens', (group) => {
  group.each.timeout(120_000)
  group.setup(async () => {
    await emptyDatabase()
    await createUser({ username: 'customer', isDemo: true })
    return () => emptyDatabase()
  })

  test('it is this machine alone when nothing is said', async ({ assert }) => {
    await withServer({ HOST: '' }, async ({ url, output }) => {
      assert.isTrue(await answersAt('127.0.0.1', url))
      assert.isFalse(await answersAt('127.0.0.2', url))
      assert.notInclude(output, 'demo')
    })
  })

  test('others reach it when HOST says so, and it warns of demo accounts', async ({ assert }) => {
    await withServer({ HOST: '0.0.0.0' }, async (server) => {
      assert.isTrue(await answersAt('127.0.0.2', server.url))
      await eventually(() => assert.match(server.output, /1 demo accounts.+except on this machine/))
      assert.match(server.output, /node ace demo:remove/)
    })
  })

  test('npm start warns too, and offers no login that is refused', async ({ assert }) => {
    await withServer(
      { APP_URL: 'https://kirana.example' },
      async (server) => {
        await eventually(() => assert.include(server.output, 'node ace demo:remove'))
        assert.match(server.output, /is open at https:\/\/kirana\.example\n/)
        assert.include(server.output, 'refused unless DEMO=true is set')
      },
      'bin/start.ts'
    )
  })

  test('DEMO=true is warned of wherever it listens', async ({ assert }) => {
    await withServer({ DEMO: 'true' }, async (server) => {
      await eventually(() => assert.match(server.output, /Everyone who reaches.+DEMO=true/))
    })
  })

  test('a server for this machine alone says how to try it', async ({ assert }) => {
    await withServer(
      {},
      async (server) => {
        await eventually(() => assert.include(server.output, '(log in as "customer" or "owner"'))
        assert.notInclude(server.output, 'Warning')
      },
      'bin/start.ts'
    )
  })
})
