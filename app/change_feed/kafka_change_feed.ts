import { setTimeout as delay } from 'node:timers/promises'
import {
  Kafka,
  logLevel,
  type Batch,
  type Consumer,
  type EachBatchPayload,
  type KafkaConfig,
} from 'kafkajs'
import pLimit from 'p-limit'
import type { Database } from '@adonisjs/lucid/database'
import type { Logger } from '@adonisjs/core/logger'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeListener } from '#change_feed/change_feed'
import { decodeRecord, isSnapshot } from '#change_feed/debezium_decoder'
import { GroupProgress } from '#change_feed/group_progress'
import { sendHeartbeat } from '#change_feed/heartbeat'
import { ReconnectingFeed } from '#change_feed/reconnecting_feed'
import { SourceProgress } from '#change_feed/source_progress'
import { changesSetAside } from '#metrics/metrics'

/** Times in milliseconds. */
export interface KafkaOptions {
  client: KafkaConfig
  /** Processes of one group share the work; a change is delivered once to each group. */
  group: string
  topics: string[]
  /** The source connector's slot, which tells how far it has come. */
  sourceSlot: string
  /** How often the feed looks whether it is complete. */
  heartbeatEvery: number
  /** The longest pause between two attempts to connect. */
  longestPause: number
  /** Whether the listener keeps what it was told when the process ends: then a start is no gap. */
  resumes?: boolean
}

/** Fast enough that a process that died is replaced before cached values count as expired. */
const SESSION = { sessionTimeout: 6_000, heartbeatInterval: 1_000, rebalanceTimeout: 10_000 }

const LOOK_AGAIN_AFTER = 20

/** A listener may take long, for example to make up for a gap; the group must not take that for a death. */
const STAY_EVERY = 1_000

/** Reads what Debezium writes to Kafka, as a member of a consumer group. */
export class KafkaChangeFeed extends ReconnectingFeed {
  #kafka: Kafka
  /** A listener gets one call at a time, from the partitions and from the heartbeat. */
  #turn = pLimit(1)
  #inSnapshot = new Set<string>()

  constructor(
    private db: Database,
    logger: Logger,
    private options: KafkaOptions
  ) {
    super(logger, options.longestPause, options.resumes)
    this.#kafka = new Kafka({
      connectionTimeout: 1_000,
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 },
      logLevel: logLevel.WARN,
      logCreator:
        () =>
        ({ namespace, log }) =>
          logger.debug({ namespace, ...log }, 'kafka client'),
      ...options.client,
    })
  }

  /** Records that are lost show while the feed is streaming: only Kafka knows of them. */
  protected async hasGap() {
    return false
  }

  protected async stream(listener: ChangeListener, signal: AbortSignal) {
    const { group, topics } = this.options
    const consumer = this.#kafka.consumer({
      groupId: group,
      maxWaitTimeInMs: 50,
      allowAutoTopicCreation: false,
      retry: { retries: 3, restartOnFailure: async () => false },
      ...SESSION,
    })
    const lost = Promise.withResolvers<never>()
    consumer.on('consumer.crash', ({ payload }) => lost.reject(payload.error))
    const ended = new AbortController()
    lost.promise.catch(() => {})
    try {
      await this.#ensureTopics()
      await consumer.connect()
      await consumer.subscribe({ topics, fromBeginning: true })
      await Promise.race([lost.promise, this.#consume(consumer, listener)])
      this.connected()
      const both = AbortSignal.any([signal, ended.signal])
      await Promise.race([lost.promise, this.#vouch(consumer, listener, both)])
    } finally {
      ended.abort()
      await consumer.disconnect()
    }
  }

  /** The source makes a topic with its first record, which may be long after its start. */
  async #ensureTopics() {
    const admin = this.#kafka.admin()
    try {
      await admin.connect()
      const existing = await admin.listTopics()
      const missing = this.options.topics.filter((topic) => !existing.includes(topic))
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map((topic) => ({
          topic,
          numPartitions: 1,
          configEntries: [{ name: 'cleanup.policy', value: 'compact' }],
        })),
      })
    } finally {
      await admin.disconnect()
    }
  }

  #consume(consumer: Consumer, listener: ChangeListener) {
    return consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.#turn(() => this.#deliver(payload, listener)),
    })
  }

  async #deliver(payload: EachBatchPayload, listener: ChangeListener) {
    const { batch, isRunning, isStale, resolveOffset } = payload
    if (!isRunning() || isStale()) return
    const { changes, gap } = this.#decode(batch)
    const staying = setInterval(() => payload.heartbeat().catch(() => {}), STAY_EVERY)
    try {
      if (gap) await listener.gap()
      if (changes.length > 0) await listener.changes(changes)
    } finally {
      clearInterval(staying)
    }
    resolveOffset(batch.lastOffset())
    await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets())
    this.heard()
  }

  /** A snapshot begins where changes were missed, and so does what stands in for a record that cannot be read. */
  #decode({ topic, partition, messages }: Batch) {
    const changes: ChangeEvent[] = []
    let gap = false
    for (const record of messages) {
      if (isSnapshot(record)) {
        gap ||= !this.#inSnapshot.has(topic)
        this.#inSnapshot.add(topic)
        continue
      }
      this.#inSnapshot.delete(topic)
      try {
        changes.push(decodeRecord(topic, record))
      } catch (error) {
        const { offset } = record
        this.logger.error({ err: error, topic, partition, offset }, 'change event set aside')
        changesSetAside.inc()
        gap = true
      }
    }
    return { changes, gap }
  }

  /** Sends heartbeats to the listener for as long as the feed is complete; says why when it is not. */
  async #vouch(consumer: Consumer, listener: ChangeListener, signal: AbortSignal) {
    const { sourceSlot, group, topics, heartbeatEvery } = this.options
    const admin = this.#kafka.admin()
    const source = new SourceProgress(this.db, sourceSlot)
    const progress = new GroupProgress(admin, group, topics)
    let complaint = ''
    try {
      await admin.connect()
      while (!signal.aborted) {
        try {
          await this.#skipLost(consumer, listener, progress)
          await this.#beat(listener, source, progress, signal)
          complaint = ''
        } catch (error) {
          const { message } = error as Error
          if (message !== complaint) this.logger.warn({ err: error }, 'no heartbeat')
          complaint = message
        }
        await delay(heartbeatEvery, null, { signal }).catch(() => {})
      }
    } finally {
      await admin.disconnect()
    }
  }

  async #skipLost(consumer: Consumer, listener: ChangeListener, progress: GroupProgress) {
    const lost = await progress.lost()
    if (lost.length === 0) return
    this.logger.error({ lost }, 'records were gone before they could be handled')
    await this.#turn(() => listener.gap())
    await consumer.commitOffsets(lost)
  }

  /**
   * All that the primary had at the sample's moment is in the topics; once the group has handled the
   * topics up to their ends, nothing of that is missing.
   */
  async #beat(
    listener: ChangeListener,
    source: SourceProgress,
    progress: GroupProgress,
    signal: AbortSignal
  ) {
    await sendHeartbeat(this.db)
    const sample = await source.sample()
    const ends = await progress.ends()
    while (!(await progress.hasReached(ends))) {
      await delay(LOOK_AGAIN_AFTER)
      if (signal.aborted || (await progress.lost()).length > 0) return
    }
    if (!sample) return
    await this.#turn(() => listener.heartbeat(sample.sentAt, sample.watermark))
    this.heard()
  }
}
