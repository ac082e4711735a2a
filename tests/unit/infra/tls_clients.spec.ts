import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { CERTIFICATE, tlsServer } from '#tests/helpers/tls_server'

const CLIENTS = {
  PostgreSQL: `
    const { Client } = (await import('pg')).default
    const client = new Client({ connectionString: 'postgres://u:p@localhost:PORT/d?sslmode=verify-full' })
    await client.connect()`,
  Redis: `
    const { connectionTo } = await import('#config/redis')
    const { Redis } = await import('ioredis')
    const client = new Redis({ ...connectionTo('rediss://u:p@localhost:PORT'), retryStrategy: null })
    let reason
    client.on('error', (error) => (reason = error))
    await client.connect().catch((error) => Promise.reject(reason ?? error))`,
  Elasticsearch: `
    const { searchClient } = await import('#search/elasticsearch/clients')
    await searchClient('https://localhost:PORT', 2_000).info()`,
  Connect: `
    const { ConnectClient } = await import('#connectors/connect_client')
    await new ConnectClient('https://localhost:PORT', { timeout: 1_000, patience: 0, pause: 0 }).status('source')`,
}

/** In a process of its own: Node reads the authorities that it trusts when it starts. */
async function connect(code: string, port: number, env: NodeJS.ProcessEnv = {}) {
  const program = `
    process.on('uncaughtException', () => {})
    try {${code.replace('PORT', String(port))}} catch (error) {
      const reasons = []
      for (let cause = error; cause; cause = cause.cause) reasons.push(cause.message)
      console.log(reasons.join('; '))
    }
    process.exit(0)`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import=@poppinss/ts-exec', '--input-type=module', '--eval', program],
    { cwd: app.makePath(), env: { ...process.env, ...env } }
  )
  return stdout
}

test.group('TLS to services', (group) => {
  group.each.timeout(60_000)

  for (const [service, code] of Object.entries(CLIENTS)) {
    const start = () => tlsServer({ asPostgres: service === 'PostgreSQL' })

    test(`is not spoken with a ${service} that nobody vouches for`, async ({ assert, cleanup }) => {
      const server = await start()
      cleanup(() => void server.close())
      assert.match(await connect(code, server.port), /self-signed certificate/)
      assert.deepEqual(server.heard, [])
    })

    test(`is spoken with a ${service} of an authority that is named`, async ({
      assert,
      cleanup,
    }) => {
      const server = await start()
      const folder = await mkdtemp(join(tmpdir(), 'authority-'))
      cleanup(() => void server.close())
      cleanup(() => rm(folder, { recursive: true }))
      const authority = join(folder, 'authority.pem')
      await writeFile(authority, CERTIFICATE)
      await connect(code, server.port, { NODE_EXTRA_CA_CERTS: authority })
      assert.lengthOf(server.heard, 1)
    })
  }
})
