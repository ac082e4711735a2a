import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { CachedEngine } from '#search/cached_engine'
import { PostgresIndex } from '#search/postgres/postgres_index'
import { Search } from '#search/search'
import { searchFor } from '#search/search_engine'
import { SearchUnavailable } from '#search/search_unavailable'
import { SessionClock } from '#replication/session_clock'
import { Understanding } from '#search/understanding/understanding'
import type { SearchCache } from '#search/search_cache'
import type { Replication } from '#replication/replication'

const nothingKnown = async () => ({ value: [{ horizon: '0', kind: null }], latest: 0n })

const engineOn = async (get: SearchCache['get'], readAt: unknown = nothingKnown) => {
  const understanding = await app.container.make(Understanding)
  const search = new Search(new PostgresIndex({ readAt } as Replication), understanding)
  return new CachedEngine(search, { get } as SearchCache)
}

test.group('Search engine in PostgreSQL', () => {
  test("reads by the session's clock, and once for texts that mean the same", async ({
    assert,
  }) => {
    const asked: unknown[] = []
    const engine = await engineOn(async (city, search, clock) => {
      asked.push([city, search, clock])
      return { count: 0, more: false, hits: [], facets: null } as any
    })
    const clock = new SessionClock(42n, null)
    for (const q of ['Crème', ' creme ']) await engine.search(searchFor({ q, city: 'Pune' }), clock)
    assert.strictEqual((asked[0] as unknown[])[2], clock)
    assert.deepEqual(asked[0], asked[1])
  })

  test('says that search is unavailable, and why, when the database is', async ({ assert }) => {
    const cause = new Error('connection refused')
    const fail = () => Promise.reject(cause)
    const engine = await engineOn(fail, fail)
    const clock = new SessionClock(null, null)
    for (const attempt of [
      () => engine.search(searchFor({ q: 'atta' }), clock),
      () => engine.suggest({ prefix: 'at', city: null, size: 5 }, clock),
      () => engine.ping(),
    ]) {
      const error = await attempt().catch((thrown) => thrown)
      assert.instanceOf(error, SearchUnavailable)
      assert.equal(error.code, 'E_SEARCH_UNAVAILABLE')
      assert.equal(error.status, 503)
      assert.strictEqual(error.cause, cause)
    }
  })
})
