import { inject } from '@adonisjs/core'
import { Database } from '@adonisjs/lucid/database'
import { Replication, type Read } from '#replication/replication'

export interface ReplicaState {
  name: string
  state: string
  /** Replayed position, in PostgreSQL's notation. */
  position: string
  lagBytes: number
  /** By the primary's measurement; null when nothing was replayed lately. */
  lagSeconds: number | null
}

export interface SlotState {
  name: string
  kind: 'physical' | 'logical'
  active: boolean
  /** `reserved`, `extended`, `unreserved` or `lost`. */
  walStatus: string
  /** Log retained for it on the primary. */
  retainedBytes: number
}

const REPLICAS = `
  SELECT application_name AS name, state, coalesce(replay_lsn, '0/0')::text AS position,
    pg_wal_lsn_diff(pg_current_wal_insert_lsn(), coalesce(replay_lsn, '0/0'))::float8 AS "lagBytes",
    extract(epoch FROM replay_lag)::float8 AS "lagSeconds"
  FROM pg_stat_replication
  WHERE pid NOT IN (
    SELECT active_pid FROM pg_replication_slots WHERE slot_type = 'logical' AND active
  )
  ORDER BY name`

const SLOTS = `
  SELECT slot_name AS name, slot_type AS kind, active, coalesce(wal_status, 'lost') AS "walStatus",
    coalesce(pg_wal_lsn_diff(
      pg_current_wal_insert_lsn(), least(restart_lsn, confirmed_flush_lsn)
    ), 0)::float8 AS "retainedBytes"
  FROM pg_replication_slots
  ORDER BY slot_type, slot_name`

export interface Server {
  /** Null on a Unix socket. */
  ip: string | null
  port: number | null
  is_replica: boolean
}

const SERVER = `
  SELECT host(inet_server_addr()) AS ip, inet_server_port() AS port,
    pg_is_in_recovery() AS is_replica`

/** Replicas and slots, as the primary reports them. */
@inject()
export class DataPlane {
  constructor(
    private db: Database,
    private replication: Replication
  ) {}

  /** Servers that answer reads and writes. */
  async servers(): Promise<{ read_db: Server; write_db: Server }> {
    const ask: Read<Server> = async (client) => (await client.rawQuery(SERVER)).rows[0]
    const [read, write] = await Promise.all([
      this.replication.readAt(null, ask),
      this.replication.readLatest(ask),
    ])
    return { read_db: read.value, write_db: write.value }
  }

  async position(): Promise<string> {
    const { rows } = await this.db.rawQuery('SELECT pg_current_wal_insert_lsn() AS position')
    return rows[0].position
  }

  async replicas(): Promise<ReplicaState[]> {
    const { rows } = await this.db.rawQuery(REPLICAS)
    return rows
  }

  async slots(): Promise<SlotState[]> {
    const { rows } = await this.db.rawQuery(SLOTS)
    return rows
  }
}
