import { AsyncLocalStorage } from 'node:async_hooks'
import { Socket } from 'node:net'
import type { Client } from 'pg'

/** Messages of pg for a query, and a connection, past its deadline. */
const LATE = 'Query read timeout'
const NOT_CONNECTED = 'timeout expired'

/** After a timeout, how long subsequent deadlines are shortened unless the database answers, in milliseconds. */
const DOUBT = 1_000
const SHORT = 300

const allowed = new AsyncLocalStorage<number>()
let lateAt = Number.NEGATIVE_INFINITY

/**
 * Overrides the connection's deadline for statements of `work`, in milliseconds: shorter for pages, longer for
 * imports.
 */
export function withDeadline<T>(milliseconds: number, work: () => PromiseLike<T>): Promise<T> {
  // Lucid queries start when awaited, which must happen in this scope.
  return allowed.run(milliseconds, async () => await work())
}

/**
 * For the pool's `afterCreate`. A frozen database never fires its own `statement_timeout`, so the client enforces
 * it as well. After a timeout the connection is discarded: the late response must not be taken for that of the
 * next statement.
 *
 * @param usual deadline outside of `withDeadline`, in milliseconds
 */
export function keepDeadlines(usual: number) {
  return (client: Client, done: (error: Error | null, client: Client) => void) => {
    const ask = client.query.bind(client) as (...parameters: unknown[]) => unknown
    const query = (statement: unknown, ...rest: unknown[]) => {
      const wasInDoubt = isInDoubt()
      const note = (error: Error | null) => {
        if (!error) lateAt = Number.NEGATIVE_INFINITY
        if (error?.message !== LATE) return
        doubt(wasInDoubt)
        discard(client, error)
      }
      const callback = rest.at(-1)
      if (typeof callback === 'function') {
        rest[rest.length - 1] = (error: Error | null, result: unknown) => {
          note(error)
          callback(error, result)
        }
      }
      const answer = ask(inTime(statement, usual), ...rest)
      if (answer instanceof Promise) answer.then(() => note(null), note)
      return answer
    }
    done(null, Object.assign(client, { query }))
  }
}

/** Connection settings with a connect timeout, in milliseconds. */
export function connectsWithin(usual: number) {
  return {
    get connectionTimeoutMillis() {
      return shortInDoubt(usual)
    },
    stream() {
      const wasInDoubt = isInDoubt()
      return new Socket().once('error', ({ message }) => {
        if (message === NOT_CONNECTED) doubt(wasInDoubt)
      })
    },
  }
}

/** A COPY stream only has the server's timeout. */
function inTime(statement: unknown, usual: number) {
  const query = typeof statement === 'string' ? { text: statement } : statement
  if (typeof query !== 'object' || 'submit' in query!) return query
  return { ...query, query_timeout: shortInDoubt(allowed.getStore() ?? usual) }
}

/** A page runs several statements and should not wait in full for each after a timeout. */
function shortInDoubt(deadline: number) {
  return isInDoubt() ? Math.min(SHORT, deadline) : deadline
}

const isInDoubt = () => performance.now() - lateAt < DOUBT

/** A shortened deadline that passes does not prolong the state: the next one is full. */
function doubt(wasInDoubt: boolean) {
  if (!wasInDoubt) lateAt = performance.now()
}

function discard(client: Client, error: Error) {
  Object.assign(client, { __knex__disposed: error.message })
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  connection.stream.destroy()
}
