import type { SessionClock } from '#replication/session_clock'

/** What the request read, if the answer is made of that and nothing else. */
export function madeOf(from: unknown[], { values }: SessionClock) {
  const isCached = (item: unknown) => item === null || values?.some(({ data }) => data === item)
  return from.every(isCached) ? values : null
}
