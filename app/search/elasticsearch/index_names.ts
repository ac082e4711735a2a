import { TABLES, type Table } from '#search/elasticsearch/documents'

/** What the indices are called: an alias for each table over an index whose name tells when it was made. */
export class IndexNames {
  /** The aliases of all tables. */
  readonly aliases: string[]

  /** @param prefix what all names begin with */
  constructor(private prefix: string) {
    this.aliases = TABLES.map((table) => this.alias(table))
  }

  /** What searches and writes go by, `kirana-products`. */
  alias(table: Table) {
    return `${this.prefix}-${table}`
  }

  /** What an index goes by while it is being built. */
  building(table: Table) {
    return `${this.alias(table)}-building`
  }

  /** A new name, `kirana-products-20261122t182139123`. */
  version(table: Table, now = new Date()) {
    const time = now
      .toISOString()
      .replace(/[-:.Z]/g, '')
      .toLowerCase()
    return `${this.alias(table)}-${time}`
  }

  /** A pattern for the versions of a table's index. */
  versions(table: Table) {
    return `${this.alias(table)}-2*`
  }
}
