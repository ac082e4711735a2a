import { createRequire } from 'node:module'
import { channel } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import type { HttpContext } from '@adonisjs/core/http'
import { makeSpansWith } from '#tracing/in_span'
import { PrivateExporter } from '#tracing/private_exporter'

const NAME = 'kirana-ghar'

/** The instrumentations change these when they are required, wherever they were loaded before. */
const INSTRUMENTED = ['node:http', 'pg', 'ioredis']

/**
 * Sends a span for each request, and for each statement and Redis command in it, to the OTLP endpoint that the
 * `OTEL_*` variables name. A trace begins in this server unless `OTEL_PROPAGATORS` says how a proxy in front of it
 * passes its own on: strangers could otherwise choose what is sampled.
 *
 * @param isIgnored requests without a trace, for example for files
 * @returns what ends it, after sending what is left
 */
export function startTracing(isIgnored: (request: IncomingMessage) => boolean) {
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': NAME, 'process.pid': process.pid }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new PrivateExporter(new OTLPTraceExporter()))],
  })
  provider.register({ propagator: process.env.OTEL_PROPAGATORS ? undefined : null })
  registerInstrumentations({
    instrumentations: [
      new HttpInstrumentation({
        disableOutgoingRequestInstrumentation: true,
        ignoreIncomingRequestHook: isIgnored,
      }),
      /** The comment tells the database which span a change belongs to, see `ChangeTraces`. */
      new PgInstrumentation({ requireParentSpan: true, addSqlCommenterCommentToQueries: true }),
      new IORedisInstrumentation({
        requireParentSpan: true,
        dbStatementSerializer: (command) => command,
      }),
    ],
  })
  const load = createRequire(import.meta.url)
  for (const name of INSTRUMENTED) load(name)
  nameRequests()
  makeSpansWith(inChildSpan)
  return () => provider.shutdown()
}

/** By method and pattern of the route, once it is known. */
function nameRequests() {
  channel('tracing:adonisjs.http.request:asyncStart').subscribe((message) => {
    const { request, route } = (message as { ctx: HttpContext }).ctx
    const span = trace.getActiveSpan()
    if (!route || !span) return
    span.updateName(`${request.method()} ${route.pattern}`)
    span.setAttribute('http.route', route.pattern)
  })
}

async function inChildSpan<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!trace.getActiveSpan()) return work()
  return trace.getTracer(NAME).startActiveSpan(name, async (span) => {
    try {
      return await work()
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}
