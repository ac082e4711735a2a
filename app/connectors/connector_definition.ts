import { readFile } from 'node:fs/promises'
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
