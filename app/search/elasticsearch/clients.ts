import { Client, type ClientOptions } from '@elastic/elasticsearch'

/** Credentials in the URL are used as they are for PostgreSQL and Redis. */
function optionsFor(url: string): ClientOptions {
  const { username, password, origin, pathname } = new URL(url)
  const auth = username
    ? { username: decodeURIComponent(username), password: decodeURIComponent(password) }
    : undefined
  return { node: `${origin}${pathname}`, auth }
}

/** For searches: short timeout and no retries, because a user waits and there is a fallback. */
export function searchClient(url: string, timeout: number) {
  return new Client({ ...optionsFor(url), requestTimeout: timeout, maxRetries: 0 })
}

/** For indexing in the background. */
export function indexingClient(url: string) {
  return new Client({ ...optionsFor(url), requestTimeout: 30_000, maxRetries: 1 })
}
