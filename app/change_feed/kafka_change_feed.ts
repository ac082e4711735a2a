import { setTimeout as delay } from 'node:timers/promises'
import {
  Kafka,
  logLevel,
  type Admin,
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
import { isByShop } from '#change_feed/announced_tables'
import { decodeRecord, isSnapshot } from '#change_feed/debezium_decoder'
import { GroupProgress } from '#change_feed/group_progress'
import { sendHeartbeat } from '#change_feed/heartbeat'
import { ReconnectingFeed } from '#change_feed/reconnecting_feed'
import { SourceProgress } from '#change_feed/source_progress'
import { changesSetAside } from '#metrics/metrics'

/** Times in milliseconds. */
export interface KafkaOptions {
  client: KafkaConfig
  /** Consumer group: processes share its partitions; each change is delivered once per group. */
  group: string
  topics: string[]
  /** How many partitions a missing topic gets if records of a shop can share it; 1 by default. */
  partitions?: number
  /** Replication slot of the source connector, which shows its progress. */
  sourceSlot: string
  /** How often the feed checks that it is complete. */
  heartbeatEvery: number
  /** Maximum pause between connection attempts. */
  longestPause: number
  /** Whether the listener's state survives a restart, so that a start is not a gap. */
  resumes?: boolean
}

/** Short enough to replace a dead process before cached values expire. */
const SESSION = { sessionTimeout: 6_000, heartbeatInterval: 1_000, rebalanceTimeout: 10_000 }

/** Until a member notices that a topic has got more partitions, in milliseconds. */
const NOTICE_PARTITIONS_AFTER = 5_000

const LOOK_AGAIN_AFTER = 20

/** Keeps the group membership alive while a listener is busy, for example rebuilding after a gap. */
const STAY_EVERY = 1_000

/** Consumes the topics written by Debezium, as a member of a consumer group. */
export class KafkaChangeFeed extends ReconnectingFeed {
  #kafka: Kafka
  /** Serialises listener calls from partitions and heartbeats. */
  #turn = pLimit(1)
  /** Partitions whose last record belonged to a snapshot. */
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

  /**
   * A group that should resume and has no offsets is new, expired, or its topics were recreated. Other losses are
   * detected while streaming.
   */
  protected async hasGap() {
    if (!this.options.resumes) return false
    const { group, topics } = this.options
    return this.#withAdmin(async (admin) => {
      await this.#ensureTopics(admin)
      return new GroupProgress(admin, group, topics).isNew()
    })
  }

  protected async stream(listener: ChangeListener, signal: AbortSignal) {
    const { group, topics } = this.options
    const consumer = this.#kafka.consumer({
      groupId: group,
      maxWaitTimeInMs: 50,
      allowAutoTopicCreation: false,
      metadataMaxAge: NOTICE_PARTITIONS_AFTER,
      retry: { retries: 3, restartOnFailure: async () => false },
      ...SESSION,
    })
    const lost = Promise.withResolvers<never>()
    consumer.on('consumer.crash', ({ payload }) => lost.reject(payload.error))
    const ended = new AbortController()
    lost.promise.catch(() => {})
    try {
      await this.#withAdmin((admin) => this.#ensureTopics(admin))
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

  /** The source creates a topic with its first record, which may be long after startup. */
  async #ensureTopics(admin: Admin) {
    const existing = await admin.listTopics()
    const missing = this.options.topics.filter((topic) => !existing.includes(topic))
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({
        topic,
        numPartitions: isByShop(topic) ? (this.options.partitions ?? 1) : 1,
        configEntries: [{ name: 'cleanup.policy', value: 'compact' }],
      })),
    })
  }

  async #withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.#kafka.admin()
    try {
      await admin.connect()
      return await work(admin)
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

  /** A snapshot, like an undecodable record, counts as a gap: changes may be missing before it. */
  #decode({ topic, partition, messages }: Batch) {
    const changes: ChangeEvent[] = []
    let gap = false
    const name = `${topic}-${partition}`
    for (const record of messages) {
      if (isSnapshot(record)) {
        gap ||= !this.#inSnapshot.has(name)
        this.#inSnapshot.add(name)
        continue
      }
      this.#inSnapshot.delete(name)
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

  /** Sends heartbeats to the listener while the feed is complete; logs why when it is not. */
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
    this.logger.error({ lost }, 'unprocessed records were lost')
    await this.#turn(() => listener.gap())
    await consumer.commitOffsets(lost)
  }

  /**
   * Everything on the primary at the time of the sample is in the topics, so once the group has committed the
   * topics' ends nothing is missing.
   */
  async #beat(
    listener: ChangeListener,
    source: SourceProgress,
    progress: GroupProgress,
    signal: AbortSignal
  ) {
    await sendHeartbeat(this.db)
    const sample = await source.sample()
    if (source.hasGap) {
      await this.#turn(() => listener.gap())
      source.closeGap()
    }
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
