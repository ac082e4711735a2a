import { test } from '@japa/runner'
import { searchBody, type Reading } from '#search/elasticsearch/query'
import { searchFor, type SearchQuery } from '#search/search_engine'
import { Understanding } from '#search/understanding/understanding'
import { Synonyms } from '#search/understanding/synonyms'
import type { Table } from '#search/elasticsearch/documents'

const understanding = new Understanding(new Synonyms([{ name: 'test', text: 'chini, sugar' }]))

function body(table: Table, q: string, given: Partial<SearchQuery> = {}, doubtful: string[] = []) {
  const { parts } = understanding.of(q)
  const reading: Reading = { parts, least: parts.length, weight: 1, doubtful: new Set(doubtful) }
  return searchBody(table, [reading], searchFor({ q, ...given }), 21)
}

/** All clauses of one kind, however deep they are. */
function clauses(within: unknown, kind: string): any[] {
  if (typeof within !== 'object' || within === null) return []
  return Object.entries(within).flatMap(([key, value]) => {
    return key === kind ? [value] : clauses(value, kind)
  })
}

/** The boost of each field that a word is looked for in. */
function boostsOf(within: unknown, word: string) {
  const matches = clauses(within, 'match').flatMap((match) => Object.entries<any>(match))
  return Object.fromEntries(
    matches
      .filter(([, { query, fuzziness }]) => query === word && !fuzziness)
      .map(([field, { boost }]) => [field, boost])
  )
}

test.group('Elasticsearch query', () => {
  test('a word counts by the field it is in, and most where it is whole', ({ assert }) => {
    const boosts = boostsOf(body('products', 'besan'), 'besan')
    assert.equal(boosts.name, 3)
    assert.equal(boosts.shop_name, 2)
    assert.equal(boosts.shop_city, 1)
    for (const field of ['name', 'name_hi', 'shop_name', 'shop_city']) {
      assert.isBelow(boosts[`${field}.spelling`], boosts[field])
      assert.isBelow(boosts[`${field}.beginnings`], boosts[`${field}.spelling`])
    }
  })

  test('other names are looked for as whole names of products, and count less', ({ assert }) => {
    const boosts = boostsOf(body('products', 'chini'), 'sugar')
    assert.sameMembers(Object.keys(boosts), [
      'name',
      'name.spelling',
      'name_hi',
      'name_hi.spelling',
    ])
    assert.isBelow(boosts.name, 3)
    assert.isEmpty(boostsOf(body('shops', 'chini'), 'sugar'))
  })

  test('forgives "{word}" {errors} typing errors')
    .with([
      { word: 'te', errors: 0 },
      { word: 'tea', errors: 1 },
      { word: 'basmati', errors: 2 },
      { word: '500x', errors: 0 },
      { word: 'आटा', errors: 1 },
    ])
    .run(({ assert }, { word, errors }) => {
      const forgivenIn = (doubtful: string[]) => {
        const matches = clauses(body('shops', word, {}, doubtful), 'match')
        return matches.flatMap((match) => Object.values<any>(match)[0].fuzziness ?? [])
      }
      assert.deepEqual(forgivenIn([word]), errors ? [errors, errors] : [])
      assert.isEmpty(forgivenIn([]))
    })

  test('filters by what was asked for, and by nothing else', ({ assert }) => {
    const filtersOf = (table: Table, given: Partial<SearchQuery>) => {
      return clauses(body(table, 'om', given).query!.bool, 'filter').flat()[0]
    }
    assert.isUndefined(filtersOf('products', {})?.term)
    assert.deepEqual(filtersOf('shops', { city: 'Pune', inStock: true }), {
      term: { 'city.folded': 'Pune' },
    })
    const { filter } = body('products', 'om', {
      category: 'dals',
      priceFrom: 100,
      priceTo: 200,
      inStock: true,
    }).query!.bool!
    assert.deepEqual(filter, [
      { term: { category: 'dals' } },
      { range: { price_paise: { gte: 100, lte: 200 } } },
      { range: { stock: { gt: 0 } } },
    ])
  })

  test('groups and counts products only when asked', ({ assert }) => {
    assert.notProperty(body('products', 'om'), 'collapse')
    assert.notProperty(body('products', 'om'), 'aggs')
    assert.property(body('products', 'om', { grouped: true }), 'collapse')
    assert.property(body('products', 'om', { facets: true }), 'aggs')
    assert.notProperty(body('shops', 'om', { grouped: true, facets: true }), 'collapse')
  })
})
