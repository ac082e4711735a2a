import { processes } from '#config/processes'
import { networkOf } from '#passwords/network'
import type SecurityEvent from '#events/security_event'
import type { SecurityEventName } from '#events/security_event'

/** Events that anonymous clients can trigger at will. */
const NOISY: SecurityEventName[] = [
  'login.failed',
  'login.slowed',
  'token.refused',
  'limit.reached',
  'access.refused',
  'request.forged',
]

const MINUTE = 60_000

/** Lines per minute: per address and event, and in total. Processes write to the same file. */
const MOST_OF_ONE = Math.ceil(20 / processes)
const MOST = Math.ceil(200 / processes)

/** Keeps attackers from filling the disk: lines beyond the budget of a minute are counted instead of written. */
export class LineBudget {
  #minute = 0
  #written = 0
  #ofOne = new Map<string, number>()
  #leftOut: Record<string, number> = {}

  /** Whether the event may be written. */
  allows({ name, from, time }: SecurityEvent) {
    if (!NOISY.includes(name)) return true
    this.#begin(Math.floor(time.getTime() / MINUTE))
    const key = `${name} ${'address' in from ? networkOf(from.address) : ''}`
    const written = this.#ofOne.get(key) ?? 0
    if (this.#written >= MOST || written >= MOST_OF_ONE) {
      this.#leftOut[name] = (this.#leftOut[name] ?? 0) + 1
      return false
    }
    this.#written++
    this.#ofOne.set(key, written + 1)
    return true
  }

  /** Number of suppressed lines by event since the last call, or null. */
  takeLeftOut() {
    const leftOut = this.#leftOut
    this.#leftOut = {}
    return Object.keys(leftOut).length > 0 ? leftOut : null
  }

  #begin(minute: number) {
    if (minute === this.#minute) return
    this.#minute = minute
    this.#written = 0
    this.#ofOne.clear()
  }
}
