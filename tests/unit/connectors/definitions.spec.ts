import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { ConnectorDefinition } from '#connectors/connector_definition'

const read = (kind: 'source' | 'sink') => ConnectorDefinition.read(kind, app.appRoot)

/** The options of Confluent's sink 15.x that the definition uses, as its documentation names them. */
const SINK_OPTIONS = [
  'behavior.on.malformed.documents',
  'behavior.on.null.values',
  'connection.url',
  'flush.synchronously',
  'key.ignore',
  'linger.ms',
  'max.retries',
  'retry.backoff.ms',
  'schema.ignore',
  'write.method',
]

const OPTIONS_OF_ANY_CONNECTOR =
  /^(connector\.class|tasks\.max|topics|transforms|predicates|errors\.log\.enable)$|^(transforms|predicates|key\.converter|value\.converter)(\.|$)/

test.group('Connector definitions', () => {
  test('the source says which slot and topics are its own', async ({ assert }) => {
    const source = await read('source')
    assert.equal(source.name, 'kirana-pg-source')
    assert.equal(source.slot, 'kirana_slot')
    assert.deepEqual(source.topics, [
      'kirana.public.shops',
      'kirana.public.products',
      'kirana.public.search_names',
      'kirana.public.cities',
      '__debezium-heartbeat.kirana',
    ])
  })

  test('the source chooses partitions by the shop where there are several', async ({ assert }) => {
    const source = await read('source')
    assert.strictEqual(source.inPartitions(1), source)
    const { config } = source.inPartitions(3)
    assert.equal(config.transforms, 'shops,products,unwrap')
    assert.equal(config['transforms.shops.partition.payload.fields'], 'change.id')
    assert.equal(config['transforms.products.partition.payload.fields'], 'change.shop_id')
    assert.equal(config['topic.creation.shops.partitions'], '3')
    assert.equal(config['topic.creation.default.partitions'], '1')
  })

  test('the sink reads what the source writes, and owns nothing', async ({ assert }) => {
    const [source, sink] = [await read('source'), await read('sink')]
    assert.deepEqual(sink.reads, source.topics.slice(0, 3))
    assert.deepEqual(source.reads, [])
    assert.equal(sink.group, 'connect-kirana-es-sink')
    assert.isUndefined(source.group)
    assert.deepEqual(sink.topics, [])
    assert.isUndefined(sink.slot)
  })

  /** What has been committed would otherwise not be in the index yet. */
  test('the sink commits after it has written', async ({ assert }) => {
    const { config } = await read('sink')
    assert.equal(config['flush.synchronously'], 'true')
    assert.equal(config['tasks.max'], '1')
  })

  test('topics become the indices of the search', async ({ assert }) => {
    const { config } = await read('sink')
    const pattern = new RegExp(config['transforms.toIndex.regex'])
    const replacement = config['transforms.toIndex.replacement']
    const indices = config.topics.split(',').map((topic) => topic.replace(pattern, replacement))
    assert.deepEqual(indices, ['kirana-shops', 'kirana-products', 'kirana-search_names'])
  })

  test('the sink uses only options that its documentation knows', async ({ assert }) => {
    const { config } = await read('sink')
    const own = Object.keys(config).filter((option) => !OPTIONS_OF_ANY_CONNECTOR.test(option))
    assert.sameMembers(own, SINK_OPTIONS)
  })

  test('no host, user or password is in a file', async ({ assert }) => {
    for (const file of ['kirana-pg-source', 'kirana-es-sink']) {
      const { config } = JSON.parse(
        await readFile(app.makePath(`connectors/${file}.json`), 'utf8')
      ) as { config: Record<string, string> }
      const secrets = Object.keys(config).filter((option) =>
        /^(database\.(hostname|port|dbname|user|password)|connection\.url)$/.test(option)
      )
      assert.isNotEmpty(secrets)
      for (const option of secrets) assert.match(config[option], /^\$\{env:KIRANA_\w+\}$/)
    }
  })
})
