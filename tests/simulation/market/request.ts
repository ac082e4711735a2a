import type { HttpContext } from '@adonisjs/core/http'
import { WRITTEN_KEY } from '#middleware/read_your_writes_middleware'
import type { Process } from '#tests/simulation/market/process'
import type { World } from '#tests/simulation/world'

export type Jar = Map<string, string>

/** The context of a request, as far as the middleware of freshness looks at it. */
export class Request {
  /** Cookies of the response; null deletes. */
  readonly cookies = new Map<string, string | null>()
  readonly session: SessionValues
  readonly ctx: HttpContext

  constructor(
    world: World,
    process: Process,
    method: 'GET' | 'POST',
    jar: Jar,
    id: string | null,
    values: Record<string, unknown>
  ) {
    const isShared = world.without('each response has its own `seen` cookie')
    const nameOf = (name: string) => (isShared ? 'seen' : name)
    const elsewhere = world.without("the session's position is in the session")
    this.session = elsewhere
      ? new SessionInMemory(values, process.ownSessions, id)
      : new SessionValues(values)
    this.ctx = {
      request: {
        method: () => method,
        cookiesList: () => Object.fromEntries(jar),
        cookie: (name: string) => jar.get(name),
      },
      response: {
        getStatus: () => 200,
        cookie: (name: string, value: string) => this.cookies.set(nameOf(name), value),
        clearCookie: (name: string) => this.cookies.set(name, null),
      },
      session: this.session,
    } as unknown as HttpContext
  }

  /** What the browser does with the cookies of the response. */
  applyTo(jar: Jar) {
    for (const [name, value] of this.cookies) {
      if (value === null) jar.delete(name)
      else jar.set(name, value)
    }
  }
}

class SessionValues {
  constructor(readonly values: Record<string, unknown>) {}

  get(key: string) {
    return this.values[key]
  }

  has(key: string) {
    return this.get(key) !== undefined
  }

  put(key: string, value: unknown) {
    this.values[key] = value
  }

  forget(key: string) {
    delete this.values[key]
  }
}

/** Keeps the position in this process. */
class SessionInMemory extends SessionValues {
  constructor(
    values: Record<string, unknown>,
    private own: Map<string, unknown>,
    private id: string | null
  ) {
    super(values)
  }

  get(key: string) {
    return key === WRITTEN_KEY ? this.own.get(this.id!) : super.get(key)
  }

  put(key: string, value: unknown) {
    if (key === WRITTEN_KEY) this.own.set(this.id!, value)
    else super.put(key, value)
  }
}
