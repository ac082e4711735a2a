import db from '@adonisjs/lucid/services/db'
import { createRequire } from 'node:module'
import { test } from '@japa/runner'
import { ApplicationProcess } from '#tests/helpers/application_process'
import { createProduct } from '#tests/helpers/factories'
import { ServerCluster } from '#tests/helpers/server_cluster'
import { traceContract } from './trace_contract.js'

const DELIVERY = { system: 'postgresql' }

traceContract(
  'embedded',
  async (given) => {
    const { DATABASE_URL, DATABASE_READ_URL } = process.env
    const env = { DATABASE_URL, DATABASE_READ_URL, WEB_CONCURRENCY: '1', ...given }
    return ApplicationProcess.start(env)
  },
  { ...DELIVERY, works: { 'raise floors': 1 } }
)

traceContract(
  'in a server of two processes',
  async (given) => {
    const cluster = await ServerCluster.start(given)
    return { origin: cluster.url, stop: () => cluster.stop() }
  },
  { ...DELIVERY, works: { 'raise floors': 2 } }
)

test.group('Tracing that is off', () => {
  test('loads nothing of OpenTelemetry but what the Elasticsearch client needs', ({ assert }) => {
    const { cache } = createRequire(import.meta.url)
    const packages = Object.keys(cache).flatMap((file) => {
      return file.match(/@opentelemetry\/(sdk|exporter|instrumentation)[\w-]*/)?.[0] ?? []
    })
    assert.deepEqual(packages, [])
  })

  test('notes nothing about changes', async ({ assert }) => {
    await db.from('change_traces').delete()
    await createProduct()
    assert.isEmpty(await db.from('change_traces'))
  })
})
