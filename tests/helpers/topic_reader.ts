import { Kafka, logLevel, type Consumer } from 'kafkajs'
import { createTopics } from '#tests/helpers/kafka'

interface Change {
  key: any
  /** Null for a tombstone. */
  value: any
  headers: Record<string, string>
}

/** Reads the source connector's topics from the beginning. */
export class TopicReader {
  #changes = new Map<string, Change[]>()

  private constructor(private consumer: Consumer) {}

  static async start(brokers: string[], topics: string[]) {
    const kafka = new Kafka({ clientId: 'kirana-test', brokers, logLevel: logLevel.NOTHING })
    const consumer = kafka.consumer({ groupId: `kirana-test-${Date.now()}`, maxWaitTimeInMs: 50 })
    const reader = new TopicReader(consumer)
    await createTopics(topics)
    await consumer.connect()
    await consumer.subscribe({ topics, fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ topic, message }) => {
        const headers = Object.fromEntries(
          Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)])
        )
        reader.changes(topic).push({
          key: JSON.parse(message.key!.toString()),
          value: message.value && JSON.parse(message.value.toString()),
          headers,
        })
      },
    })
    return reader
  }

  changes(topic: string) {
    if (!this.#changes.has(topic)) this.#changes.set(topic, [])
    return this.#changes.get(topic)!
  }

  async stop() {
    await this.consumer.disconnect()
  }
}
