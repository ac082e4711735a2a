import type { Pgoutput } from 'pg-logical-replication'
import type { ChangeEvent, ChangeOperation } from '#change_feed/change_event'

type Row = Record<string, unknown>

/** Decodes messages of PostgreSQL's `pgoutput` plugin into change events. Stateful: needs all messages in order. */
export class PgoutputDecoder {
  #transaction: { id: number; committedAt: Date } = { id: 0, committedAt: new Date(0) }

  decode(message: Pgoutput.Message): ChangeEvent[] {
    switch (message.tag) {
      case 'begin':
        this.#transaction = { id: message.xid, committedAt: toDate(message.commitTime) }
        return []
      case 'insert':
        return [this.#event('create', message.relation, message.new)]
      case 'update':
        return [
          this.#event('update', message.relation, message.new, message.key ?? message.old ?? null),
        ]
      case 'delete':
        return [this.#event('delete', message.relation, message.key ?? message.old ?? {})]
      case 'truncate':
        return message.relations.map((relation) => this.#event('truncate', relation, {}))
      default:
        return []
    }
  }

  #event(
    operation: ChangeOperation,
    relation: Pgoutput.MessageRelation,
    row: Row,
    before: Row | null = null
  ): ChangeEvent {
    return {
      table: relation.name,
      operation,
      key: identity(relation, row),
      keyBefore: before && identity(relation, before),
      transactionId: this.#transaction.id,
      committedAt: this.#transaction.committedAt,
    }
  }
}

function identity({ keyColumns }: Pgoutput.MessageRelation, row: Row) {
  const present = keyColumns.filter((column) => row[column] !== undefined)
  return Object.fromEntries(present.map((column) => [column, String(row[column])]))
}

/** Microseconds since 1970; the library has already converted from PostgreSQL's epoch. */
export function toDate(commitTime: bigint | BigInt) {
  return new Date(Number(BigInt(commitTime.toString()) / 1000n))
}
