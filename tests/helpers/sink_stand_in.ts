import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '@elastic/elasticsearch'
import { Kafka, logLevel, type Consumer, type EachBatchPayload, type KafkaMessage } from 'kafkajs'
import config from '#config/connectors'

export interface SinkOptions {
  /** Of the connector: `connect-` and its name. */
  group: string
  topics: string[]
  client: Client
  /** What `transforms.toIndex` makes of a topic. */
  indexOf(topic: string): string
  /** As the worker's `offset.flush.interval.ms`. */
  commitEvery?: number
}

/** As `retry.backoff.ms`. */
const RETRY_AFTER = 200

const CONFLICT = 409
const MALFORMED = 400

/**
 * Reads topics into indices as Confluent's sink does with `connectors/kirana-es-sink.json`: the key's `id` is the
 * document's, the offset is its external version, a null value deletes; versions that are too low and malformed
 * documents are passed over, everything else is retried; offsets are committed at intervals, after writing.
 */
export class SinkStandIn {
  #written = new Map<string, { topic: string; partition: number; offset: string }>()
  #ending = new AbortController()
  #committing: Promise<void> = Promise.resolve()
  /** While false, what is written is not committed. */
  commits = true

  private constructor(
    private consumer: Consumer,
    private options: SinkOptions
  ) {}

  static async start(options: SinkOptions) {
    const kafka = new Kafka({ brokers: config.brokers, logLevel: logLevel.NOTHING })
    const consumer = kafka.consumer({
      groupId: options.group,
      maxWaitTimeInMs: 20,
      sessionTimeout: 6_000,
      heartbeatInterval: 1_500,
    })
    const sink = new SinkStandIn(consumer, options)
    await consumer.connect()
    await consumer.subscribe({ topics: options.topics, fromBeginning: true })
    await consumer.run({ autoCommit: false, eachBatch: (payload) => sink.#write(payload) })
    sink.#committing = sink.#commitRepeatedly()
    return sink
  }

  get isStopped() {
    return this.#ending.signal.aborted
  }

  /** Leaves the group. What was written since the last commit is written again by the next one. */
  async stop() {
    this.#ending.abort()
    await this.#committing
    await this.consumer.disconnect()
  }

  async #write({ batch, heartbeat }: EachBatchPayload) {
    const { topic, partition, messages } = batch
    while (!this.#ending.signal.aborted) {
      if (await this.#isWritten(topic, messages)) {
        const offset = String(BigInt(batch.lastOffset()) + 1n)
        this.#written.set(topic, { topic, partition, offset })
        return
      }
      await delay(RETRY_AFTER)
      await heartbeat().catch(() => {})
    }
    throw new Error('The sink was stopped')
  }

  async #isWritten(topic: string, messages: KafkaMessage[]) {
    const index = this.options.indexOf(topic)
    const operations = messages.flatMap(({ key, value, offset }): object[] => {
      const target = {
        _index: index,
        _id: JSON.parse(String(key)).id,
        version: Number(offset),
        version_type: 'external',
      }
      return value ? [{ index: target }, JSON.parse(String(value))] : [{ delete: target }]
    })
    try {
      const { items } = await this.options.client.bulk({ operations })
      return items
        .map((item) => Object.values(item)[0]!)
        .every(({ error, status }) => !error || status === CONFLICT || status === MALFORMED)
    } catch {
      return false
    }
  }

  async #commitRepeatedly() {
    const { signal } = this.#ending
    while (!signal.aborted) {
      await delay(this.options.commitEvery ?? 50, null, { signal }).catch(() => {})
      if (!this.commits || this.#written.size === 0) continue
      const offsets = [...this.#written.values()]
      this.#written.clear()
      await this.consumer.commitOffsets(offsets).catch(() => {})
    }
  }
}
