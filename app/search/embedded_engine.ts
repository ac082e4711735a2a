import type { SearchCache } from '#search/search_cache'
import { Catalogue } from '#search/postgres/catalogue'
import { EmbeddedSearch, merged, type Hits } from '#search/postgres/embedded_search'
import { EmbeddedSuggestions } from '#search/postgres/embedded_suggestions'
import { facetsOfHits, toFacets } from '#search/postgres/count_facets'
import { Finder } from '#search/postgres/finder'
import { Reader } from '#search/postgres/reader'
import { Vocabulary } from '#search/postgres/vocabulary'
import { arranged } from '#search/ranking'
import { NOTHING, SearchEngine, searchFor } from '#search/search_engine'
import { SearchUnavailable } from '#search/search_unavailable'
import { fold } from '#search/understanding/fold'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { City } from '#search/postgres/statements/leads'
import type {
  SearchQuery,
  SearchResults,
  SuggestionQuery,
  Suggestions,
} from '#search/search_engine'
import type { Understanding } from '#search/understanding/understanding'
import type { Position } from '#replication/position'
import type { Read, Replication } from '#replication/replication'
import type { SessionClock } from '#replication/session_clock'

/** PostgreSQL cannot store NUL, so nothing can be found by it either. */
const NUL = /\0/g

/** One of two, so that the database meets few different statements: room for a page and one more. */
const limitFor = (size: number) => (size <= 20 ? 21 : 51)

/** How many of the nearest cities to search before all of them. */
const NEAREST = 8

/**
 * Search in the database itself, through tables that triggers keep (see the migration of
 * `search_vocabulary`). There is no index that could lag: what a reader's PostgreSQL shows is found.
 */
export class EmbeddedEngine extends SearchEngine {
  #vocabulary = new Vocabulary()

  constructor(
    private replication: Replication,
    private cache: SearchCache,
    private understanding: Understanding
  ) {
    super()
  }

  search(query: SearchQuery, clock: SessionClock): Promise<SearchResults> {
    const clean = { ...query, ...cleaned(query), q: fold(query.q).replace(NUL, ' ').trim() }
    return this.#read(clean.city, { search: clean }, clock, (client) => this.#search(clean, client))
  }

  suggest(query: SuggestionQuery, clock: SessionClock): Promise<Suggestions> {
    const clean = {
      ...query,
      ...cleaned(query),
      prefix: fold(query.prefix).replace(NUL, ' ').trim(),
    }
    return this.#read(clean.city, { suggest: clean }, clock, (client) => {
      return this.#suggest(clean, client)
    })
  }

  async ping() {
    try {
      await this.#vocabulary.load(this.replication)
      await this.replication.readAt(null, (client) => {
        return client.rawQuery('SELECT FROM search_names LIMIT 1')
      })
    } catch (cause) {
      throw new SearchUnavailable(undefined, { cause })
    }
  }

  async #search(query: SearchQuery, client: TransactionClientContract): Promise<SearchResults> {
    await this.#vocabulary.refresh(client)
    const places = this.#places(query)
    if (places.length === 0) return NOTHING
    const catalogue = new Catalogue(client)
    const limit = limitFor(query.order === 'price' ? 50 : query.size)
    const reader = new Reader(this.#vocabulary, this.understanding, query.q)
    let hits: Hits = { shops: [], products: [] }
    let finder!: Finder
    for (const cities of places) {
      if (hits.shops.length + hits.products.length >= query.size) break
      finder = new Finder(catalogue, this.#vocabulary, query, cities, limit)
      hits = merged(hits, await new EmbeddedSearch(reader, finder, query, limit).hits())
    }
    const results = arranged(hits.shops, hits.products, query)
    if (!query.facets) return results
    return { ...results, facets: await this.#facets(results, finder) }
  }

  /** Of products that were found by their names all are counted; of others those on the page. */
  async #facets({ hits, more }: SearchResults, finder: Finder) {
    const products = hits.filter((hit) => hit.type === 'product')
    if (products.length === 0 || finder.hasNarrowed) return facetsOfHits(products, more)
    return toFacets(await finder.facets(products), more)
  }

  /** Where to search: in one city, or in those that are near first, or everywhere. */
  #places(query: SearchQuery): (City[] | null)[] {
    if (query.city !== null) {
      const cities = this.#citiesLike(query.city)
      return cities.length > 0 ? [cities] : []
    }
    if (query.order !== 'nearest' || query.near.length === 0) return [null]
    const nearest = query.near.slice(0, NEAREST).map((name) => ({ name, score: 0 }))
    return [...nearest.map((city) => [city]), null]
  }

  async #suggest({ prefix, city, size }: SuggestionQuery, client: TransactionClientContract) {
    await this.#vocabulary.refresh(client)
    const cities = city === null ? null : this.#citiesLike(city)
    if (cities?.length === 0) return { products: [], shops: [], categories: [] }
    const reader = new Reader(this.#vocabulary, this.understanding, prefix)
    const query = searchFor({ q: prefix })
    const finder = new Finder(new Catalogue(client), this.#vocabulary, query, cities, size)
    return new EmbeddedSuggestions(reader, finder, size).suggestions()
  }

  #citiesLike(city: string): City[] {
    return this.#vocabulary.citiesLike(city).map((name) => ({ name, score: 0 }))
  }

  async #read<T>(city: string | null, search: object, clock: SessionClock, read: Read<T>) {
    try {
      await this.#vocabulary.load(this.replication)
      const readAt = (needed: Position, seen: Position) => {
        return this.replication.readAt(needed, read, seen)
      }
      const source = { readAt, mayLag: false }
      return await this.cache.get(city, JSON.stringify(search), clock, source)
    } catch (cause) {
      throw new SearchUnavailable(undefined, { cause })
    }
  }
}

function cleaned({ city }: { city: string | null }) {
  return { city: city?.toWellFormed().replace(NUL, ' ') ?? null }
}
