import { Kafka, logLevel, type Consumer } from 'kafkajs'
import { parsePosition, type Position } from '#replication/position'

interface Change {
  key: any
  /** Null for a tombstone. */
  value: any
  headers: Record<string, string>
  /** Position of the last heartbeat that stood before it in its topic. */
  vouchedFor: Position
}

/** Reads what the source connector wrote, from the first record on. */
export class TopicReader {
  #changes = new Map<string, Change[]>()
  #positions = new Map<string, Position>()

  private constructor(private consumer: Consumer) {}

  static async start(brokers: string[], topics: string[]) {
    const kafka = new Kafka({ clientId: 'kirana-test', brokers, logLevel: logLevel.NOTHING })
    const consumer = kafka.consumer({ groupId: `kirana-test-${Date.now()}`, maxWaitTimeInMs: 50 })
    const reader = new TopicReader(consumer)
    await consumer.connect()
    await consumer.subscribe({ topics, fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ topic, message }) => {
        const headers = Object.fromEntries(
          Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)])
        )
        const value = message.value && JSON.parse(message.value.toString())
        if (headers.heartbeat) {
          reader.#positions.set(topic, parsePosition(value.position))
          return
        }
        reader.changes(topic).push({
          key: JSON.parse(message.key!.toString()),
          value: value ?? null,
          headers,
          vouchedFor: reader.position(topic),
        })
      },
    })
    return reader
  }

  changes(topic: string) {
    if (!this.#changes.has(topic)) this.#changes.set(topic, [])
    return this.#changes.get(topic)!
  }

  /** Of the last heartbeat. */
  position(topic: string) {
    return this.#positions.get(topic) ?? 0n
  }

  async stop() {
    await this.consumer.disconnect()
  }
}
