export type ChangeOperation = 'create' | 'update' | 'delete' | 'truncate'

/** A changed row, decoded from the primary's write-ahead log. */
export interface ChangeEvent {
  table: string
  operation: ChangeOperation
  /** Replica identity of the row after the change (before it, for a delete); empty for a truncate. */
  key: Record<string, string>
  /** Replica identity before an update that changed it, otherwise null. */
  keyBefore: Record<string, string> | null
  /** Transaction id, the 32 bits in the log; null when the feed does not provide it. */
  transactionId: number | null
  /** Commit time, by the primary's clock. */
  committedAt: Date
}
