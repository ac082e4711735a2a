import { randomUUID } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Kafka, logLevel, Partitioners, type Message } from 'kafkajs'
import config from '#config/connectors'
import { SinkProgress } from '#connectors/sink_progress'
import { deleteTopics } from '#connectors/leftovers'
import { Replication } from '#replication/replication'
import { SearchCache } from '#search/search_cache'
import { TABLES, type Table } from '#search/elasticsearch/documents'
import { indexingClient } from '#search/elasticsearch/clients'
import { IndexNames } from '#search/elasticsearch/index_names'
import { DocumentWriter } from '#search/elasticsearch/indexing/document_writer'
import { FollowSink } from '#search/elasticsearch/indexing/follow_sink'
import { SearchIndices } from '#search/elasticsearch/indexing/search_indices'
import { SinkPosition } from '#search/elasticsearch/indexing/sink_position'
import { SinkRebuild } from '#search/elasticsearch/indexing/sink_rebuild'
import { ELASTICSEARCH_URL, engineOn, rowsOf } from '#tests/helpers/elasticsearch'
import { createTopics, withAdmin } from '#tests/helpers/kafka'
import { SinkConnector, usesRealSink } from '#tests/helpers/sink_connector'
import { SinkStandIn } from '#tests/helpers/sink_stand_in'

const VISIBLE_WITHIN = 50

/** A running sink. */
export type Sink = Pick<SinkStandIn, 'stop' | 'isStopped' | 'commits'>

/** Topics, a sink that reads them into separate indices, and everything that follows it. */
export async function sinkUnderTest(url = ELASTICSEARCH_URL) {
  const name = `test-${randomUUID().slice(0, 8)}`
  const topics = TABLES.map((table) => topicOf(name, table))
  const group = `connect-${name}`
  const names = new IndexNames(name)
  const [client, logger] = [indexingClient(url), await app.container.make('logger')]
  const indices = new SearchIndices(client, names, 'connect')
  const progress = new SinkProgress(config.brokers, group, topics)
  const position = new SinkPosition(client, names)
  const writer = new DocumentWriter(db, indices, logger)
  const rebuild = new SinkRebuild(db, indices, writer, progress, position, VISIBLE_WITHIN)
  const source = new SourceStandIn(name)
  const indexOf = (topic: string) => topic.replace(/\.public\./, '-')
  await createTopics(topics)
  await source.connect()
  return {
    ...{ names, client, indices, topics, group, progress, position, rebuild, source },
    follower: new FollowSink(progress, position, rebuild, logger),
    engine: await engineOn(names, url, await app.container.make(SearchCache)),
    startSink(): Promise<Sink> {
      if (usesRealSink) return SinkConnector.start(name, topics, url)
      return SinkStandIn.start({ group, topics, client, indexOf })
    },
    /** Makes the sink start over, as `connectors:reset --only=sink` does. */
    forgetOffsets: () => withAdmin((admin) => admin.deleteGroups([group])),
    /** Every change so far is in the topics, which a heartbeat says. Resolves with the position. */
    async beat() {
      const replication = await app.container.make(Replication)
      const reached = await replication.currentPosition()
      await source.publish()
      await this.follower.heartbeat(0, reached)
      return reached
    },
    async remove() {
      await Promise.all([source.disconnect(), progress.close()])
      await deleteTopics(config.brokers, topics)
      await client.close()
    },
  }
}

export type SinkUnderTest = Awaited<ReturnType<typeof sinkUnderTest>>

/** Writes what has changed in the tables into topics, as Debezium does, whenever it is told to. */
class SourceStandIn {
  #producer = new Kafka({ brokers: config.brokers, logLevel: logLevel.NOTHING }).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  #published = new Map<Table, Map<string, string>>()

  constructor(private prefix: string) {}

  connect() {
    return this.#producer.connect()
  }

  disconnect() {
    return this.#producer.disconnect()
  }

  /** Returns whether anything has changed. */
  async publish(): Promise<boolean> {
    const topicMessages = []
    for (const table of TABLES) {
      const messages = await this.#changesOf(table)
      if (messages.length > 0) topicMessages.push({ topic: topicOf(this.prefix, table), messages })
    }
    if (topicMessages.length > 0) await this.#producer.sendBatch({ topicMessages })
    return topicMessages.length > 0
  }

  /** Writes every row again, as a snapshot does. */
  startOver() {
    this.#published.clear()
  }

  /** As if what has happened until now had been lost. */
  async skip() {
    for (const table of TABLES) await this.#changesOf(table)
  }

  async #changesOf(table: Table): Promise<Message[]> {
    const before = this.#published.get(table) ?? new Map()
    const rows = await rowsOf(table)
    const now = new Map(Array.from(rows, ([id, row]) => [id, JSON.stringify(row)]))
    this.#published.set(table, now)
    const gone = [...before.keys()].filter((id) => !now.has(id))
    return [
      ...gone.map((id) => ({ key: JSON.stringify({ id }), value: null })),
      ...Array.from(now)
        .filter(([id, value]) => before.get(id) !== value)
        .map(([id, value]) => ({ key: JSON.stringify({ id }), value })),
    ]
  }
}

function topicOf(prefix: string, table: Table) {
  return `${prefix}.public.${table}`
}
