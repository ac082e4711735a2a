import { Counter, Gauge, Registry } from 'prom-client'

/** Metrics of this process; those of a server's processes are added up, or as `aggregator` says. Shown by `/metrics` and `data:status`. */
export const registry = new Registry()

const registers = [registry]

export const cacheReads = new Counter({
  name: 'kirana_cache_reads_total',
  help: 'Reads through the cache by outcome: hit, or miss when the database was asked',
  labelNames: ['outcome'] as const,
  registers,
})

export const cacheFills = new Counter({
  name: 'kirana_cache_fills_total',
  help: 'Fills by outcome: kept, refused because the key had changed, or failed',
  labelNames: ['outcome'] as const,
  registers,
})

export const databaseReads = new Counter({
  name: 'kirana_database_reads_total',
  help: 'Reads at a position by the server that answered',
  labelNames: ['source'] as const,
  registers,
})

export const replicaFailures = new Counter({
  name: 'kirana_replica_failures_total',
  help: 'Reads that a replica failed to answer',
  registers,
})

export const slowQueries = new Counter({
  name: 'kirana_slow_queries_total',
  help: 'Statements that took a second or longer',
  labelNames: ['connection'] as const,
  registers,
})

export const slowedLogins = new Counter({
  name: 'kirana_slowed_logins_total',
  help: 'Logins that had to wait because strangers guess at the name',
  registers,
})

export const pushMessages = new Counter({
  name: 'kirana_push_messages_total',
  help: 'Messages to push services by outcome: sent, retried, refused, gone with their subscription, or no longer wanted',
  labelNames: ['outcome'] as const,
  registers,
})

export const changesHandled = new Counter({
  name: 'kirana_changes_handled_total',
  help: 'Change events that every handler has handled',
  labelNames: ['table'] as const,
  registers,
})

export const changesSetAside = new Counter({
  name: 'kirana_changes_set_aside_total',
  help: 'Change events that could not be handled',
  registers,
})

export const feedHeartbeatAge = new Gauge({
  name: 'kirana_change_feed_heartbeat_age_seconds',
  help: 'Time since the last heartbeat or change came through the feed; -1 before the first',
  aggregator: 'max',
  registers,
})

export const primaryPosition = new Gauge({
  name: 'kirana_primary_position_bytes',
  help: 'Position of the primary in the write-ahead log',
  aggregator: 'max',
  registers,
})

export const replicaLag = new Gauge({
  name: 'kirana_replica_lag_bytes',
  help: 'How far a replica is behind the primary',
  labelNames: ['replica'] as const,
  aggregator: 'max',
  registers,
})

export const slotRetained = new Gauge({
  name: 'kirana_slot_retained_bytes',
  help: 'Write-ahead log that the primary keeps for a slot',
  labelNames: ['slot'] as const,
  aggregator: 'max',
  registers,
})

export const slotLost = new Gauge({
  name: 'kirana_slot_lost',
  help: '1 when the primary has given the slot up',
  labelNames: ['slot'] as const,
  aggregator: 'max',
  registers,
})

export const searches = new Counter({
  name: 'kirana_searches_total',
  help: 'Searches by who answered: the engine, or the simpler one because it was behind or unavailable',
  labelNames: ['outcome'] as const,
  registers,
})

export const documentsIndexed = new Counter({
  name: 'kirana_search_documents_total',
  help: 'Search documents sent to Elasticsearch by outcome: written, or refused for what they contain',
  labelNames: ['table', 'outcome'] as const,
  registers,
})

export const indexPosition = new Gauge({
  name: 'kirana_search_index_position_bytes',
  help: 'Position in the write-ahead log up to which the search index shows every change',
  aggregator: 'max',
  registers,
})

export const redisUp = new Gauge({
  name: 'kirana_redis_up',
  help: '1 while Redis answers this process; 0 also where there is none',
  aggregator: 'min',
  registers,
})

export const connectorRunning = new Gauge({
  name: 'kirana_connector_running',
  help: '1 while a connector and its tasks run; where a server depends on it',
  labelNames: ['connector'] as const,
  aggregator: 'min',
  registers,
})

export const processMemory = new Gauge({
  name: 'kirana_process_memory_bytes',
  help: 'Memory of the process that takes the most, in the kinds of Node: rss is what the system counts',
  labelNames: ['kind'] as const,
  aggregator: 'max',
  registers,
  collect() {
    for (const [kind, bytes] of Object.entries(process.memoryUsage())) this.set({ kind }, bytes)
  },
})

export const processesServing = new Gauge({
  name: 'kirana_processes_serving',
  help: 'Processes of this server that answer requests',
  aggregator: 'max',
  registers,
})
processesServing.set(1)
