import { readFile } from 'node:fs/promises'
import { SHOP_ID } from '#change_feed/announced_tables'
import type { ConnectorConfig } from '#connectors/connect_client'

export type ConnectorKind = 'source' | 'sink'

const FILES: Record<ConnectorKind, string> = {
  source: 'connectors/kirana-pg-source.json',
  sink: 'connectors/kirana-es-sink.json',
}

export const CONNECTOR_KINDS = Object.keys(FILES) as ConnectorKind[]

/** A connector defined by a file in `connectors/`. */
export class ConnectorDefinition {
  constructor(
    readonly kind: ConnectorKind,
    readonly name: string,
    readonly config: ConnectorConfig
  ) {}

  /** @param root of the project */
  static async read(kind: ConnectorKind, root: URL) {
    const { name, config } = JSON.parse(await readFile(new URL(FILES[kind], root), 'utf8'))
    return new ConnectorDefinition(kind, name, config)
  }

  /**
   * The source with several partitions in the topics of shops and products: all records of a shop and its products are
   * in the partition of the shop's id. A record's key would not do: it is that of the row, and a shop that moves to
   * another city gets another one. The other topics have no shop, and one partition.
   */
  inPartitions(partitions: number): ConnectorDefinition {
    if (this.kind === 'sink' || partitions === 1) return this
    const routed = Object.entries(SHOP_ID).map(([table, field]) => ({
      [`transforms.${table}.type`]: 'io.debezium.transforms.partitions.PartitionRouting',
      [`transforms.${table}.partition.payload.fields`]: `change.${field}`,
      [`transforms.${table}.partition.topic.num`]: String(partitions),
      [`transforms.${table}.predicate`]: table,
      [`predicates.${table}.type`]:
        'org.apache.kafka.connect.transforms.predicates.TopicNameMatches',
      [`predicates.${table}.pattern`]: `.*\\.${table}`,
    }))
    const tables = Object.keys(SHOP_ID)
    return new ConnectorDefinition(this.kind, this.name, {
      ...Object.assign({}, this.config, ...routed),
      'transforms': [...tables, this.config.transforms].join(','),
      'predicates': tables.join(','),
      'topic.creation.groups': 'shops',
      'topic.creation.shops.include': `.*\\.(${tables.join('|')})`,
      'topic.creation.shops.partitions': String(partitions),
    })
  }

  get plugin() {
    return this.config['connector.class']
  }

  /** The replication slot of the source; undefined for a sink. */
  get slot(): string | undefined {
    return this.config['slot.name']
  }

  /** The consumer group of the sink; undefined for a source. */
  get group(): string | undefined {
    return this.kind === 'sink' ? `connect-${this.name}` : undefined
  }

  /** The topics read by the sink; empty for a source. */
  get reads(): string[] {
    return this.config.topics?.split(',') ?? []
  }

  /** The topics written by the source; empty for a sink. */
  get topics(): string[] {
    const { 'topic.prefix': prefix, 'table.include.list': tables } = this.config
    if (!prefix) return []
    return [
      ...tables.split(',').map((table) => `${prefix}.${table}`),
      `__debezium-heartbeat.${prefix}`,
    ]
  }
}
