import type { CachedValue, SessionClock } from '#replication/session_clock'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** All that the answer depends on besides the request; null when some of it may have changed unnoticed. */
    madeOf?: CachedValue[] | null
  }
}

/** What the request read, if the answer is made of that and nothing else. */
export function madeOf(from: unknown[], { values }: SessionClock) {
  const isCached = (item: unknown) => item === null || values?.some(({ data }) => data === item)
  return from.every(isCached) ? values : null
}
