import kafkajs from 'kafkajs'
import app from '@adonisjs/core/services/app'
import { Database } from '@adonisjs/lucid/database'
import config from '#config/connectors'
import env from '#start/env'
import { ConnectClient } from '#connectors/connect_client'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { Connectors } from '#connectors/connectors'
import { deleteTopics, dropSlot } from '#connectors/leftovers'
import { withAdmin } from '#tests/helpers/kafka'

/** The project's source connector on the test database, with separate names. */
export async function sourceDefinition(name: string, changes: Record<string, string> = {}) {
  const { config: original } = await ConnectorDefinition.read('source', app.appRoot)
  const url = new URL(env.get('DATABASE_URL')!)
  return new ConnectorDefinition('source', name, {
    ...original,
    'database.hostname': url.hostname,
    'database.port': url.port || '5432',
    'database.dbname': url.pathname.slice(1),
    'database.user': url.username,
    'database.password': decodeURIComponent(url.password),
    'slot.name': name,
    'topic.prefix': name,
    ...changes,
  })
}

/** A running source connector that tests can control. */
export class SourceConnector {
  static #client = new ConnectClient(config.url, config)
  static #connectors = new Connectors(SourceConnector.#client, { ...config, settle: 500 })

  readonly topics: string[]
  readonly slot: string

  private constructor(private definition: ConnectorDefinition) {
    this.topics = definition.topics.slice(0, 2)
    this.slot = definition.slot!
  }

  static async register(name: string, partitions = 1) {
    const definition = await sourceDefinition(name)
    const source = new SourceConnector(definition.inPartitions(partitions))
    await source.remove()
    await source.#run()
    return source
  }

  async stop() {
    await SourceConnector.#client.stop(this.definition.name)
  }

  async resume() {
    await this.#run()
  }

  /** Deletes the topics' records, like retention. */
  async deleteRecords() {
    await withAdmin(async (admin) => {
      await admin.alterConfigs({
        validateOnly: false,
        resources: this.topics.map((name) => ({
          type: kafkajs.ConfigResourceTypes.TOPIC,
          name,
          configEntries: [{ name: 'cleanup.policy', value: 'delete' }],
        })),
      })
      for (const topic of this.topics) {
        const offsets = await admin.fetchTopicOffsets(topic)
        await admin.deleteTopicRecords({
          topic,
          partitions: offsets.map(({ partition, high }) => ({ partition, offset: high })),
        })
      }
    })
  }

  async remove() {
    await SourceConnector.#connectors.forget(this.definition)
    await dropSlot(await app.container.make(Database), this.slot)
    await deleteTopics(config.brokers, this.definition.topics)
  }

  async #run() {
    const { state, problem } = await SourceConnector.#connectors.register(this.definition)
    if (state !== 'RUNNING') throw new Error(`${this.definition.name} is ${state}: ${problem}`)
  }
}
