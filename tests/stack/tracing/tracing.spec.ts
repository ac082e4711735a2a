import { randomUUID } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { Replication } from '#replication/replication'
import { searchClient } from '#search/elasticsearch/clients'
import { ElasticsearchIndex } from '#search/elasticsearch/elasticsearch_index'
import { IndexNames } from '#search/elasticsearch/index_names'
import { ApplicationProcess } from '#tests/helpers/application_process'
import { ELASTICSEARCH_URL, removeIndices } from '#tests/helpers/elasticsearch'
import { eventually } from '#tests/helpers/eventually'
import { traceContract } from '#tests/functional/tracing/trace_contract'
import { runSourceConnector } from '#tests/helpers/stack_source'

const WITHIN = 60_000
const prefix = `test-${randomUUID().slice(0, 8)}`
const names = new IndexNames(prefix)

/** Before that, rows are indexed by a rebuild, which belongs to no trace. */
async function indexFollows() {
  const replication = await app.container.make(Replication)
  const now = await replication.currentPosition()
  const client = searchClient(ELASTICSEARCH_URL, 5_000)
  const index = new ElasticsearchIndex(client, names)
  try {
    await eventually(async () => {
      const indexed = await index.position()
      if (indexed === null || indexed < now) throw new Error('The index is behind')
    }, WITHIN)
  } finally {
    await client.close()
  }
}

traceContract(
  'through Debezium and Kafka',
  async (env) => {
    await runSourceConnector()
    const server = await ApplicationProcess.start({ ...env, ELASTICSEARCH_PREFIX: prefix })
    const stop = async () => {
      await server.stop()
      await removeIndices({ names })
    }
    return { origin: server.origin, stop }
  },
  {
    system: 'kafka',
    works: { 'raise floors': 1, 'index documents': 1 },
    areReady: indexFollows,
  }
)
