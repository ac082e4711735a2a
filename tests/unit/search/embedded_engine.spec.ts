import { test } from '@japa/runner'
import { EmbeddedEngine } from '#search/embedded_engine'
import { SearchUnavailable } from '#search/search_unavailable'
import type { Replication } from '#replication/replication'

const query = { q: 'atta', type: 'all' as const, city: null, size: 20 }
const engineOn = (readAt: unknown) => new EmbeddedEngine({ readAt } as Replication)

test.group('Embedded search engine', () => {
  test('reads at the position that the session needs', async ({ assert }) => {
    const positions: unknown[] = []
    const engine = engineOn(async (position: unknown) => {
      positions.push(position)
      return { value: { count: 0, more: false, hits: [] } }
    })
    await engine.search(query, 42n)
    await engine.search(query, null)
    assert.deepEqual(positions, [42n, null])
  })

  test('says that search is unavailable, and why, when the database is', async ({ assert }) => {
    const cause = new Error('connection refused')
    const engine = engineOn(() => Promise.reject(cause))
    for (const attempt of [() => engine.search(query, null), () => engine.ping()]) {
      const error = await attempt().catch((thrown) => thrown)
      assert.instanceOf(error, SearchUnavailable)
      assert.equal(error.code, 'E_SEARCH_UNAVAILABLE')
      assert.equal(error.status, 503)
      assert.strictEqual(error.cause, cause)
    }
  })
})
