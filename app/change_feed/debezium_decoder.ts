import type { ChangeEvent, ChangeOperation } from '#change_feed/change_event'
import { UndecodableRecord } from '#change_feed/undecodable_record'

type HeaderValue = Buffer | string | (Buffer | string)[] | undefined

/** The fields of a Kafka record that are decoded. */
export interface SourceRecord {
  key: Buffer | null
  headers?: Record<string, HeaderValue>
}

const OPERATIONS: Record<string, ChangeOperation> = { c: 'create', u: 'update', d: 'delete' }

/** Snapshot records contain existing rows, not changes. */
export function isSnapshot({ headers }: SourceRecord) {
  return String(headers?.__op) === 'r'
}

/**
 * Decodes a record of the source connector. It needs only the record key (the replica identity) and the headers
 * added by the connector, which tombstones also have; a row whose key changed arrives as delete and create.
 *
 * @throws UndecodableRecord
 */
export function decodeRecord(topic: string, { key, headers = {} }: SourceRecord): ChangeEvent {
  try {
    const operation = OPERATIONS[String(headers.__op)]
    if (!operation) throw new Error(`Unknown operation ${String(headers.__op)}`)
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
  if (typeof identity?.id !== 'string') throw new Error('The key has no id')
  return identity
}

function wholeNumber(value: HeaderValue) {
  const number = Number(String(value))
  if (!Number.isSafeInteger(number)) throw new Error(`${String(value)} is not a whole number`)
  return number
}
