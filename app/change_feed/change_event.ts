export type ChangeOperation = 'create' | 'update' | 'delete' | 'truncate'

/** A row that changed in the primary, as the write-ahead log announces it. */
export interface ChangeEvent {
  table: string
  operation: ChangeOperation
  /** The replica identity's columns of the row as it is now (for a delete: as it was); empty for a truncate. */
  key: Record<string, string>
  /** The identity's columns before an update that changed them, otherwise null. */
  keyBefore: Record<string, string> | null
  /** The transaction's id, 32 bits as in the log, or null where the feed does not tell. */
  transactionId: number | null
  /** When the transaction committed, by the clock of the primary. */
  committedAt: Date
}
