import type { Attributes } from '@opentelemetry/api'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node'

/** Attributes that say nothing about a person. The statement has placeholders for its values. */
const EXPORTED = new Set([
  'db.collection.name',
  'db.name',
  'db.namespace',
  'db.operation',
  'db.operation.name',
  'db.query.text',
  'db.response.status_code',
  'db.statement',
  'db.system',
  'db.system.name',
  'error.type',
  'exception.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'messaging.batch.message_count',
  'messaging.consumer.group.name',
  'messaging.destination.name',
  'messaging.operation.name',
  'messaging.system',
])

/**
 * Exports spans without personal data: addresses, query strings and values are in attributes that instrumentations
 * add, and in messages of errors. So only the attributes above are exported, and of errors only their type.
 */
export class PrivateExporter implements SpanExporter {
  constructor(private exporter: SpanExporter) {}

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]) {
    this.exporter.export(spans.map(withoutPersonalData), done)
  }

  shutdown() {
    return this.exporter.shutdown()
  }

  async forceFlush() {
    await this.exporter.forceFlush?.()
  }
}

function withoutPersonalData(span: ReadableSpan): ReadableSpan {
  const { attributes, events, links, status } = span
  return Object.create(span, {
    attributes: { value: exported(attributes) },
    events: {
      value: events.map((event) => ({ ...event, attributes: exported(event.attributes) })),
    },
    links: { value: links.map((link) => ({ ...link, attributes: exported(link.attributes) })) },
    status: { value: { code: status.code } },
  })
}

function exported(attributes: Attributes = {}): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => EXPORTED.has(name)))
}
