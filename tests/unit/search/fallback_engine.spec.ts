import { setTimeout as delay } from 'node:timers/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { FallbackEngine } from '#search/fallback_engine'
import { SearchBehind } from '#search/search_behind'
import { SessionClock } from '#replication/session_clock'
import { NOTHING, SearchEngine, searchFor, type SearchResults } from '#search/search_engine'
import { SearchUnavailable } from '#search/search_unavailable'

const query = searchFor({ q: 'besan' })
const clock = new SessionClock(5n, null)

/** Answers as it is told, and counts how often it was asked. */
class ScriptedEngine extends SearchEngine {
  asked = 0

  constructor(public failure: Error | null) {
    super()
  }

  async search(): Promise<SearchResults> {
    this.asked++
    if (this.failure) throw this.failure
    return NOTHING
  }

  async suggest() {
    return { products: [], shops: [], categories: [] }
  }

  async ping() {
    if (this.failure) throw this.failure
  }
}

test.group('Search with a fallback', () => {
  const create = async (failure: Error | null, otherFailure: Error | null = null) => {
    const engines = [new ScriptedEngine(failure), new ScriptedEngine(otherFailure)]
    const logger = await app.container.make('logger')
    return { engines, search: new FallbackEngine(engines[0], engines[1], logger) }
  }

  test('asks the other engine only when it has to', async ({ assert }) => {
    const { engines, search } = await create(null)
    assert.isUndefined((await search.search(query, clock)).simpler)
    assert.equal(engines[1].asked, 0)
  })

  test('says so when the usual engine is away', async ({ assert }) => {
    const { search } = await create(new SearchUnavailable())
    assert.isTrue((await search.search(query, clock)).simpler)
    await assert.doesNotReject(() => search.ping())
  })

  test('leaves an engine that is away alone for a while, and goes back to it', async ({
    assert,
  }) => {
    const { engines, search } = await create(new SearchUnavailable())
    for (let time = 0; time < 5; time++) await search.search(query, clock)
    assert.equal(engines[0].asked, 1)
    engines[0].failure = null
    await delay(1_050)
    assert.isUndefined((await search.search(query, clock)).simpler)
  })

  test('an engine that is behind is no engine that is away', async ({ assert }) => {
    const { engines, search } = await create(new SearchBehind())
    for (let time = 0; time < 3; time++) {
      assert.isUndefined((await search.search(query, clock)).simpler)
    }
    assert.equal(engines[0].asked, 3)
    assert.equal(engines[1].asked, 3)
  })

  test('is unavailable when neither can answer', async ({ assert }) => {
    const { search } = await create(new SearchUnavailable(), new SearchUnavailable())
    await assert.rejects(() => search.search(query, clock), SearchUnavailable as any)
  })

  test('does not hide a mistake in the engine', async ({ assert }) => {
    const { search } = await create(new TypeError('mistake'))
    await assert.rejects(() => search.search(query, clock), 'mistake')
  })
})
