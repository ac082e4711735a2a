import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { RedisConnection } from '@adonisjs/redis'
import { Kafka, logLevel } from 'kafkajs'
import pg from 'pg'
import { RedisCache } from '#caches/redis_cache'
import { TOPICS } from '#change_feed/announced_tables'
import { KafkaChangeFeed } from '#change_feed/kafka_change_feed'
import config from '#config/change_feed'
import { connectionTo } from '#config/redis'
import { formatPosition } from '#replication/position'
import { Replication } from '#replication/replication'
import { eventually } from '#tests/helpers/eventually'
import { stack } from '#tests/helpers/stack'
import { processesWith, type Platform } from '../../consistency/platform.js'

const REPLICAS = ['replica-1', 'replica-2'] as const
const CATCH_UP = 30_000

async function onEachReplica(sql: string, values: unknown[] = []) {
  return Promise.all(
    REPLICAS.map(async (name) => {
      const url = new URL(stack.environment.DATABASE_URL)
      url.port = String(stack.part(name).port)
      const client = new pg.Client({ connectionString: url.href })
      client.on('error', () => {})
      try {
        await client.connect()
        return (await client.query({ text: sql, values, rowMode: 'array' })).rows[0]?.[0]
      } finally {
        await client.end().catch(() => {})
      }
    })
  )
}

async function forgetGroup(groupId: string) {
  const { client } = config.kafka
  const admin = new Kafka({ ...client, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  await admin.deleteGroups([groupId]).catch(() => {})
  await admin.disconnect()
}

/** Redis, Kafka behind Debezium, and two replicas behind HAProxy. */
export function stackPlatform(): Platform & { close(): void } {
  const redis = new RedisConnection('consistency', connectionTo(stack.environment.REDIS_URL))
  redis.on('error', () => {})
  let restarts = 0
  const platform: Platform = {
    maximumSilence: 3_000,
    async createCache(replication) {
      const cache = new RedisCache(redis, () => replication.currentPosition())
      return { cache, expire: () => void redis.flushall().catch(() => {}) }
    },
    createFeed(name) {
      return new KafkaChangeFeed(db, logger, {
        ...config.kafka,
        topics: TOPICS,
        group: name,
        heartbeatEvery: 300,
        longestPause: 500,
      })
    },
    forget: forgetGroup,
    async pauseReplay() {
      await platform.standbyCaughtUp()
      await onEachReplica('SELECT pg_wal_replay_pause()')
      await eventually(async () => {
        const states = await onEachReplica('SELECT pg_get_wal_replay_pause_state()')
        if (states.some((state) => state !== 'paused')) throw new Error(`Replay is ${states}`)
      })
    },
    async resumeReplay() {
      await onEachReplica('SELECT pg_wal_replay_resume()')
    },
    async restartStandby() {
      const replica = stack.part(REPLICAS[restarts++ % REPLICAS.length])
      await replica.stop()
      await replica.start()
    },
    async standbyCaughtUp() {
      const replication = await app.container.make(Replication)
      const position = formatPosition(await replication.currentPosition())
      await eventually(async () => {
        const sql = 'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn'
        const there = await onEachReplica(sql, [position])
        if (!there.every(Boolean)) throw new Error('A replica is behind')
      }, CATCH_UP)
    },
    processesOf: (role) => {
      const [primary, ...replicas] = ['primary', ...REPLICAS].map((name) => {
        return join(stack.settings.directory, 'postgres', name)
      })
      return processesWith(role, primary, replicas)
    },
  }
  return { ...platform, close: () => redis.ioConnection.disconnect() }
}
