import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** The fields of an OTLP span that tests look at. */
export interface ReceivedSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: { key: string; value: Record<string, unknown> }[]
}

/** Receives spans as OTLP over HTTP, in JSON, as a collector does. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = []
  /** Everything that was sent. */
  body = ''

  private constructor(private server: Server) {
    server.on('request', async (request, response) => {
      const body = await text(request)
      if (request.url === '/v1/traces') this.#take(body)
      response.setHeader('content-type', 'application/json').end('{}')
    })
  }

  static async start() {
    const receiver = new OtlpReceiver(createServer())
    receiver.server.listen(0, '127.0.0.1')
    await once(receiver.server, 'listening')
    return receiver
  }

  /** What a server needs to send its spans here, soon. */
  get environment() {
    const { port } = this.server.address() as AddressInfo
    return {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    }
  }

  /** The traces that begin with a span of this name, the latest first. */
  tracesOf(name: string) {
    const roots = this.spans.filter((span) => span.name === name && !span.parentSpanId)
    return roots
      .reverse()
      .map(({ traceId }) => this.spans.filter((span) => span.traceId === traceId))
  }

  async stop() {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  #take(body: string) {
    this.body += body
    for (const { scopeSpans } of JSON.parse(body).resourceSpans) {
      for (const { spans } of scopeSpans) this.spans.push(...spans)
    }
  }
}
