import { AsyncLocalStorage } from 'node:async_hooks'
import { Socket } from 'node:net'
import type { Client } from 'pg'

/** What pg says of a query, and of a connection, whose deadline has passed. */
const LATE = 'Query read timeout'
const NOT_CONNECTED = 'timeout expired'

/** For how long after a deadline the next ones are short, unless the database has answered meanwhile. */
const DOUBT = 1_000
const SHORT = 300

const allowed = new AsyncLocalStorage<number>()
let lateAt = Number.NEGATIVE_INFINITY

/**
 * Gives every statement of `work` a deadline of its own, in milliseconds, instead of that of its connection:
 * a shorter one for a page that people wait for, a longer one for an import.
 */
export function withDeadline<T>(milliseconds: number, work: () => PromiseLike<T>): Promise<T> {
  // A query of Lucid begins when it is waited for, which must be in here.
  return allowed.run(milliseconds, async () => await work())
}

/**
 * For the pool's `afterCreate`. A database that is frozen never fires its own `statement_timeout`, so the
 * client looks at the clock too. A connection whose answer is late is thrown away: the answer may still come, and
 * must not be waited for by the next statement.
 *
 * @param usual for a statement outside of `withDeadline`, in milliseconds
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

/** Settings of a connection whose making has a deadline, in milliseconds. */
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

/** The stream of a COPY has the server's deadline alone. */
function inTime(statement: unknown, usual: number) {
  const query = typeof statement === 'string' ? { text: statement } : statement
  if (typeof query !== 'object' || 'submit' in query!) return query
  return { ...query, query_timeout: shortInDoubt(allowed.getStore() ?? usual) }
}

/** A page asks several times, and must not wait each time for a database that just let it wait in vain. */
function shortInDoubt(deadline: number) {
  return isInDoubt() ? Math.min(SHORT, deadline) : deadline
}

const isInDoubt = () => performance.now() - lateAt < DOUBT

/** A short deadline that passes is no reason for more of them: the next one is waited for in full. */
function doubt(wasInDoubt: boolean) {
  if (!wasInDoubt) lateAt = performance.now()
}

function discard(client: Client, error: Error) {
  Object.assign(client, { __knex__disposed: error.message })
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  connection.stream.destroy()
}
