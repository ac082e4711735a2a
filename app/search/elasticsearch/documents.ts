/** The tables that are searched; each has an index of its own. */
export const TABLES = ['shops', 'products', 'search_names'] as const

export type Table = (typeof TABLES)[number]

/**
 * The document that says how far an index has read: it shows every change up to `position`. The indexer
 * writes it, after everything that was changed before.
 */
export const HEARTBEAT_ID = 'heartbeat'

export interface HeartbeatDocument {
  /** As PostgreSQL writes it. */
  position: string
}
