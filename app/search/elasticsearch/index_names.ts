import { TABLES, type Table } from '#search/elasticsearch/documents'

/** Index names: for each table an alias to an index whose name contains its creation time. */
export class IndexNames {
  /** The aliases of all tables. */
  readonly aliases: string[]

  /** @param prefix of all names */
  constructor(private prefix: string) {
    this.aliases = TABLES.map((table) => this.alias(table))
  }

  /** Alias for searches and writes, `kirana-products`. */
  alias(table: Table) {
    return `${this.prefix}-${table}`
  }

  /** Alias of an index during its rebuild. */
  building(table: Table) {
    return `${this.alias(table)}-building`
  }

  /** A new index name, `kirana-products-20261122t182139123`. */
  version(table: Table, now = new Date()) {
    const time = now
      .toISOString()
      .replace(/[-:.Z]/g, '')
      .toLowerCase()
    return `${this.alias(table)}-${time}`
  }

  /** Wildcard for all index versions of a table. */
  versions(table: Table) {
    return `${this.alias(table)}-2*`
  }
}
