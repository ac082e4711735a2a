import {
  context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { ChangeEvent } from '#change_feed/change_event'
import { ChangeHandler } from '#change_feed/change_handler'
import type { Position } from '#replication/position'
import type { ChangeTraces } from '#tracing/change_traces'

const propagator = new W3CTraceContextPropagator()

interface Options {
  /** Of the span, for example `raise floors`. */
  name: string
  /** Says what delivered the change. */
  delivery: Attributes
}

/**
 * Continues the traces of the statements that made the changes: with a span from the commit to the delivery, and in
 * it one for the work of the handler. Work on changes of several traces shows in each.
 */
export class TracedHandler extends ChangeHandler {
  #tracer = trace.getTracer('kirana-ghar')

  constructor(
    private handler: ChangeHandler,
    private traces: ChangeTraces,
    private options: Options
  ) {
    super()
  }

  async handle(changes: ChangeEvent[], position: Position) {
    const spans = await this.#continue(changes)
    const active = spans[0] ? trace.setSpan(context.active(), spans[0]) : context.active()
    try {
      await context.with(active, () => this.handler.handle(changes, position))
    } catch (error) {
      for (const span of spans) span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      for (const span of spans) span.end()
    }
  }

  heartbeat(age: number, watermark: Position) {
    return this.handler.heartbeat(age, watermark)
  }

  gap(position: Position) {
    return this.handler.gap(position)
  }

  /** A change is handled even if nobody can say which trace it belongs to. */
  async #continue(changes: ChangeEvent[]): Promise<Span[]> {
    const byTransaction = Map.groupBy(changes, ({ transactionId }) => transactionId)
    const ids = [...byTransaction.keys()].filter((id) => id !== null)
    const traces = await this.traces.of(ids).catch(() => new Map<number, string>())
    return Array.from(traces, ([id, traceparent]) =>
      this.#start(traceparent, byTransaction.get(id)!)
    )
  }

  #start(traceparent: string, changes: ChangeEvent[]) {
    const statement = propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter)
    const delivered = this.#tracer.startSpan(
      `deliver ${changes[0].table}`,
      {
        kind: SpanKind.CONSUMER,
        /** By the primary's clock, which may be ahead. */
        startTime: Math.min(changes[0].committedAt.getTime(), Date.now()),
        attributes: { ...this.options.delivery, 'messaging.batch.message_count': changes.length },
      },
      statement
    )
    delivered.end()
    return this.#tracer.startSpan(this.options.name, {}, trace.setSpan(statement, delivered))
  }
}
