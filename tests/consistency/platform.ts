import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import env from '#start/env'
import { MemoryCache } from '#caches/memory_cache'
import type { Cache } from '#caches/cache'
import { PgoutputChangeFeed } from '#change_feed/pgoutput_change_feed'
import type { ChangeFeed } from '#change_feed/change_feed'
import { embeddedCluster } from '#infra/database'
import { processesOf } from '#infra/frozen_processes'
import type { Replication } from '#replication/replication'
import { dropSlot } from '#tests/helpers/feed_recorder'
import {
  clusterDirectory,
  pauseReplay,
  resumeReplay,
  standbyCaughtUp,
} from '#tests/helpers/standby'

/** What a consistency run is done on: the adapters that the application has there, and what can be disturbed. */
export interface Platform {
  /** Longer than the run's pauses between heartbeats, shorter than its longest stops of the feed. */
  maximumSilence: number
  createCache(replication: Replication): Promise<{ cache: Cache; expire(): void }>
  createFeed(name: string): ChangeFeed
  /** Makes the feed forget where it was. */
  forget(name: string): Promise<unknown>
  pauseReplay(): Promise<void>
  resumeReplay(): Promise<void>
  restartStandby(): Promise<void>
  standbyCaughtUp(): Promise<unknown>
  /** The processes that play this part, on every server that has it. */
  processesOf(role: Role): number[]
}

/** Processes of PostgreSQL; a backend serves one connection, and here it is one of the primary's. */
export type Role = 'startup' | 'walreceiver' | 'walsender' | 'backend'

/** The processes with this part, given where the primary and the replicas have their data. */
export function processesWith(role: Role, primary: string, replicas: string[]) {
  const user = new URL(env.get('DATABASE_URL')!).username
  if (role === 'backend') return processesOf(primary, `${user} `)
  const servers = role === 'walsender' ? [primary] : replicas
  return servers.flatMap((server) => processesOf(server, role))
}

/** A memory cache whose entries can be made to run out; floors stay, as they do when a time runs out. */
class ExpiringCache extends MemoryCache {
  #expired = new Set<string>()
  #all = new Set<string>()

  async read(key: string, field: string) {
    const found = await super.read(key, field)
    return this.#expired.has(key) ? { ...found, entry: null } : found
  }

  async fill(...parameters: Parameters<MemoryCache['fill']>) {
    const kept = await super.fill(...parameters)
    this.#all.add(parameters[0])
    if (kept) this.#expired.delete(parameters[0])
    return kept
  }

  expire() {
    this.#expired = new Set(this.#all)
  }
}

export function pgoutputOptions(slot: string) {
  return {
    connectionString: env.get('DATABASE_URL')!,
    publication: 'dbz_publication',
    slot,
    heartbeatEvery: 100,
    longestPause: 500,
  }
}

export const embeddedPlatform: Platform = {
  maximumSilence: 1_000,
  async createCache() {
    const cache = new ExpiringCache()
    return { cache, expire: () => cache.expire() }
  },
  createFeed: (name) => new PgoutputChangeFeed(db, logger, pgoutputOptions(name)),
  forget: dropSlot,
  pauseReplay,
  resumeReplay,
  restartStandby: () => embeddedCluster()!.restartStandby(),
  standbyCaughtUp,
  processesOf: (role) => {
    const [primary, standby] = ['primary', 'standby'].map((name) => join(clusterDirectory(), name))
    return processesWith(role, primary, [standby])
  },
}
