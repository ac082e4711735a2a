/** The searched tables; each has its own index. */
export const TABLES = ['shops', 'products', 'search_names'] as const

export type Table = (typeof TABLES)[number]

/** Who writes the documents: this application, or the sink connector. */
export type Indexer = 'app' | 'connect'

/**
 * Document that records how far an index has read: it shows every change up to `position`. Written by the indexer
 * after all earlier changes.
 */
export const HEARTBEAT_ID = 'heartbeat'

export interface HeartbeatDocument {
  /** In PostgreSQL's notation. */
  position: string
  /** With the sink: the offsets before which its group had written everything, by `topic-partition`. */
  offsets?: Record<string, string>
}
