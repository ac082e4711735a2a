import { Client, type ClientOptions } from '@elastic/elasticsearch'

/** Names and passwords in the address are taken as they are for PostgreSQL and Redis. */
function optionsFor(url: string): ClientOptions {
  const { username, password, origin, pathname } = new URL(url)
  const auth = username
    ? { username: decodeURIComponent(username), password: decodeURIComponent(password) }
    : undefined
  return { node: `${origin}${pathname}`, auth }
}

/** For searches: somebody is waiting, and there is another engine that can answer. */
export function searchClient(url: string, timeout: number) {
  return new Client({ ...optionsFor(url), requestTimeout: timeout, maxRetries: 0 })
}

/** For indexing, which nobody waits for. */
export function indexingClient(url: string) {
  return new Client({ ...optionsFor(url), requestTimeout: 30_000, maxRetries: 1 })
}
