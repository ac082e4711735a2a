import type { ChangeEvent, ChangeOperation } from '#change_feed/change_event'
import { UndecodableRecord } from '#change_feed/undecodable_record'

type HeaderValue = Buffer | string | (Buffer | string)[] | undefined

/** What the decoder needs of a Kafka record. */
export interface SourceRecord {
  key: Buffer | null
  headers?: Record<string, HeaderValue>
}

const OPERATIONS: Record<string, ChangeOperation> = { c: 'create', u: 'update', d: 'delete' }

/** Whether the record belongs to a snapshot: rows as they are, of which nothing says that they changed. */
export function isSnapshot({ headers }: SourceRecord) {
  return String(headers?.__op) === 'r'
}

/**
 * Turns a record of the source connector into a change event. All that is needed is in the record's key
 * (the replica identity's columns) and in the headers that the connector adds, which a tombstone has
 * too; a row that changed its key comes as a delete and a create.
 *
 * @throws UndecodableRecord
 */
export function decodeRecord(topic: string, { key, headers = {} }: SourceRecord): ChangeEvent {
  try {
    const operation = OPERATIONS[String(headers.__op)]
    if (!operation) throw new Error(`Its operation is ${String(headers.__op)}`)
    return {
      table: topic.slice(topic.lastIndexOf('.') + 1),
      operation,
      key: identityOf(key),
      keyBefore: null,
      transactionId: wholeNumber(headers.__source_txId),
      committedAt: new Date(wholeNumber(headers.__source_ts_ms)),
    }
  } catch (cause) {
    throw new UndecodableRecord(undefined, { cause })
  }
}

function identityOf(key: Buffer | null): Record<string, string> {
  const identity = JSON.parse(String(key))
  if (typeof identity?.id !== 'string') throw new Error('Its key has no id')
  return identity
}

function wholeNumber(value: HeaderValue) {
  const number = Number(String(value))
  if (!Number.isSafeInteger(number)) throw new Error(`${String(value)} is not a whole number`)
  return number
}
