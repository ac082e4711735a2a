import { LEASE } from '#knowledge/lease'

/** Runs a statement on the primary; its notifications are those of the channel. */
export type Ask = (sql: string, values: unknown[]) => Promise<{ rows: any[] }>

export const FENCES = 'fences'

/** Clocks of different machines do not run at exactly the same speed. */
const MARGIN = 100

/**
 * Sends a fence behind everything committed before, and lists the processes that may use copies, with the time
 * that is left of their leases. After a start of the primary the list may be incomplete.
 */
const SEND = `
  WITH sent AS (SELECT pg_notify('${FENCES}', $1))
  SELECT listeners.id,
    ${LEASE} - extract(epoch FROM clock_timestamp() - confirmed_at)::float8 * 1000 AS left,
    ${LEASE} - extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::float8 * 1000
      AS unlisted
  FROM sent LEFT JOIN listeners
    ON confirmed_at > clock_timestamp() - make_interval(secs => ${LEASE / 1_000})`

const ACKNOWLEDGE = `
  SELECT pg_notify('${FENCES}', 'heard ' || fence || ' ' || $2) FROM unnest($1::text[]) AS fence`

/**
 * Announcements arrive in the order of their commits. So a process that acknowledges a fence has heard of
 * everything committed before the fence was sent.
 */
export class Fences {
  #count = 0
  /** By number: what to do when a process acknowledges. */
  #sent = new Map<string, (process: string) => void>()
  #owed: string[] = []

  constructor(private id: string) {}

  /** A notification of the channel. `answer` sends acknowledgements. */
  heard(payload: string, answer: Ask | null) {
    const [kind, sender, number, process] = payload.split(' ')
    if (kind === 'left') {
      for (const heardBy of this.#sent.values()) heardBy(sender)
    } else if (kind === 'heard') {
      if (sender === this.id) this.#sent.get(number)?.(process)
    } else if (sender === this.id) {
      this.#sent.get(number)?.(this.id)
    } else if (answer && this.#owed.push(`${sender} ${number}`) === 1) {
      setImmediate(() => answer(ACKNOWLEDGE, [this.#owed.splice(0), this.id]).catch(() => {}))
    }
  }

  /**
   * Sends a fence. Resolves to a promise that resolves when every process has heard it, or can no longer rely on
   * what it heard before.
   */
  async send(ask: Ask) {
    const number = String(++this.#count)
    const heardBy = new Set<string>()
    const { promise, resolve } = Promise.withResolvers<void>()
    let awaited: string[] | null = null
    const check = () => {
      if (awaited?.every((id) => heardBy.has(id))) resolve()
    }
    this.#sent.set(number, (process) => {
      heardBy.add(process)
      check()
    })
    const forget = () => this.#sent.delete(number)
    const { rows } = await ask(SEND, [`fence ${this.id} ${number}`]).catch((error) => {
      forget()
      throw error
    })
    awaited = rows.flatMap(({ id }) => id ?? [])
    const longest = Math.max(...rows.map(({ left, unlisted }) => Math.max(left ?? 0, unlisted)))
    const timer = setTimeout(resolve, Math.max(longest, 0) + MARGIN)
    if (rows[0].unlisted <= 0) check()
    else awaited = null
    promise.finally(() => clearTimeout(timer)).finally(forget)
    return { isHeard: promise }
  }
}
