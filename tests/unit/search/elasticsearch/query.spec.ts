import { test } from '@japa/runner'
import {
  namesBody,
  offersBody,
  offersOfShopsBody,
  productsOfShopsBody,
  shopsBody,
  soldBody,
  suggestedProductBody,
  suggestedShopsBody,
} from '#search/elasticsearch/query'
import { slicesOf } from '#search/slices'
import { searchFor, type SearchQuery } from '#search/search_engine'
import { Understanding } from '#search/understanding/understanding'
import { Synonyms } from '#search/understanding/synonyms'
import type { Interpretation } from '#search/search_index'

const understanding = new Understanding(new Synonyms([{ name: 'test', text: 'chini, sugar' }]))

const ANY = { by: 'price_paise', inStock: true } as const

/** Everywhere, in all shops. */
function placed(given: Partial<SearchQuery>) {
  return { ...searchFor(given), shops: null }
}

function interpretationsOf(q: string, doubtful: string[] = []): Interpretation[] {
  const { parts } = understanding.of(q)
  return [{ parts, least: parts.length, weight: 1, doubtful: new Set(doubtful) }]
}

function names(q: string) {
  return namesBody(interpretationsOf(q))
}

function productsOfShops(q: string, given: Partial<SearchQuery> = {}) {
  return productsOfShopsBody(interpretationsOf(q), placed({ q, ...given }), 21, ['Besan'])
}

function shops(q: string, given: Partial<SearchQuery> = {}, doubtful: string[] = []) {
  return shopsBody(interpretationsOf(q, doubtful), placed({ q, ...given }), 21)
}

/** All clauses of one kind, however deep they are. */
function clauses(within: unknown, kind: string): any[] {
  if (typeof within !== 'object' || within === null) return []
  return Object.entries(within).flatMap(([key, value]) => {
    return key === kind ? [value] : clauses(value, kind)
  })
}

/** The most that a word counts in each field that it is looked for in. */
function boostsOf(within: unknown, word: string) {
  const boosts: Record<string, number> = {}
  for (const match of clauses(within, 'match')) {
    const [[field, { query, boost, fuzziness }]] = Object.entries<any>(match)
    if (query === word && !fuzziness) boosts[field] = Math.max(boosts[field] ?? 0, boost)
  }
  return boosts
}

test.group('Elasticsearch query', () => {
  test('a word counts by the field it is in, and most where it is whole', ({ assert }) => {
    const boosts = boostsOf(productsOfShops('besan'), 'besan')
    assert.equal(boosts.name, 3)
    assert.equal(boosts.shop_name, 2)
    assert.equal(boosts.shop_city, 1)
    for (const field of ['name', 'name_hi', 'shop_name', 'shop_city']) {
      assert.isBelow(boosts[`${field}.spelling`], boosts[field])
      assert.isBelow(boosts[`${field}.beginnings`], boosts[`${field}.spelling`])
    }
  })

  test('products are looked for by their names first, and by their shops without those', ({
    assert,
  }) => {
    assert.deepEqual(clauses(names('besan'), 'filter'), [[{ term: { kind: 'product' } }]])
    assert.deepInclude(clauses(productsOfShops('besan'), 'must_not'), {
      terms: { 'name.folded': ['Besan'] },
    })
  })

  test('nothing of a closed shop is looked for', ({ assert }) => {
    const query = placed({ q: 'besan' })
    const ofShops = [shops('besan'), suggestedShopsBody(interpretationsOf('besan'), null, 5)]
    const ofProducts = [
      productsOfShops('besan'),
      offersBody('besan', query, ANY, 12),
      offersOfShopsBody(['besan'], interpretationsOf('besan'), query),
      soldBody(['besan'], query),
      suggestedProductBody('besan', null),
    ]
    for (const [bodies, field] of [
      [ofShops, 'closed_at'],
      [ofProducts, 'shop_closed_at'],
      [ofProducts, 'withdrawn_at'],
    ] as const) {
      for (const body of bodies) {
        assert.deepInclude(clauses(body, 'must_not'), { exists: { field } })
      }
    }
  })

  test('other names are looked for as whole names of products, and count less', ({ assert }) => {
    const boosts = boostsOf(productsOfShops('chini'), 'sugar')
    assert.sameMembers(Object.keys(boosts), [
      'name',
      'name.spelling',
      'name_hi',
      'name_hi.spelling',
    ])
    assert.isBelow(boosts.name, 3)
    assert.isEmpty(boostsOf(shops('chini'), 'sugar'))
  })

  test('a spelling is looked for once, as what counts most', ({ assert }) => {
    const spellings = clauses(names('sugar'), 'match').map((match) => {
      const [[field, { query }]] = Object.entries<any>(match)
      return `${field} ${query}`
    })
    assert.lengthOf(new Set(spellings), spellings.length)
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
        const matches = clauses(shops(word, {}, doubtful), 'match')
        return matches.flatMap((match) => Object.values<any>(match)[0].fuzziness ?? [])
      }
      assert.deepEqual(forgivenIn([word]), errors ? [errors, errors] : [])
      assert.isEmpty(forgivenIn([]))
    })

  test('filters by what was asked for, and by nothing else', ({ assert }) => {
    const filtersOf = (body: object) => clauses(body, 'filter').flat()
    const isCity = ({ term }: any) => Boolean(term?.['city.folded'] ?? term?.['shop_city.folded'])
    assert.isEmpty(filtersOf(productsOfShops('om')).filter(isCity))
    assert.deepInclude(filtersOf(shops('om', { city: 'Pune', inStock: true })), {
      term: { 'city.folded': 'Pune' },
    })
    const given = {
      category: 'dals',
      brand: 'Tata',
      country: 'IN',
      priceFrom: 100,
      priceTo: 200,
      inStock: true,
    }
    const wanted = [
      { term: { category: 'dals' } },
      { term: { brand: 'Tata' } },
      { term: { country: 'IN' } },
      { range: { price_paise: { gte: 100, lte: 200 } } },
      { range: { stock: { gt: 0 } } },
    ]
    const query = placed({ q: 'om', ...given })
    const offers = offersBody('besan', query, ANY, 12)
    const sold = soldBody(['besan'], query)
    for (const body of [productsOfShops('om', given), offers, sold]) {
      assert.includeDeepMembers(filtersOf(body), wanted)
    }
  })

  test('looks up goods that can be bought in an amount apart', ({ assert }) => {
    const query = placed({ q: 'besan 500g' })
    const amount = { measure: 'weight' as const, baseUnits: 500 }
    const [packed, loose, any] = slicesOf({ ...query, amount }).map((slice) => {
      const body = offersBody('besan', query, { ...slice, inStock: true }, 12)
      return { filters: clauses(body, 'filter').flat(), sort: body.sort }
    })
    assert.includeDeepMembers(packed.filters, [
      { term: { measure: 'weight' } },
      { term: { sold_as: 'packed' } },
      { term: { net_quantity: 500 } },
    ])
    assert.includeDeepMembers(loose.filters, [
      { term: { sold_as: 'loose' } },
      { range: { smallest: { lte: 500 } } },
      { range: { stock: { gte: 500 } } },
    ])
    assert.deepEqual(loose.sort, [{ unit_price_paise: 'asc' }, { id: 'asc' }])
    assert.notDeepInclude(any.filters, { term: { measure: 'weight' } })
    assert.deepEqual(any.sort, [{ 'name.folded': 'asc' }, { price_paise: 'asc' }, { id: 'asc' }])
  })

  test('looks up the cheapest of each measure, and Indian goods, apart when sorted so', ({
    assert,
  }) => {
    const asked = { amount: null }
    const byUnitPrice = slicesOf({ ...asked, order: 'unit_price' }, ['volume', 'pieces'])
    assert.deepEqual(byUnitPrice, [
      { by: 'unit_price_paise', measure: 'volume' },
      { by: 'unit_price_paise', measure: 'pieces' },
    ])
    assert.deepEqual(slicesOf({ ...asked, order: 'country' }), [
      { by: 'price_paise', country: 'IN' },
      { by: 'price_paise' },
    ])
  })

  test('groups and counts products only when asked', ({ assert }) => {
    assert.notProperty(productsOfShops('om'), 'collapse')
    assert.notProperty(productsOfShops('om'), 'aggs')
    assert.property(productsOfShops('om', { grouped: true }), 'collapse')
    assert.property(productsOfShops('om', { facets: true }), 'aggs')
    const counted = (facets: boolean) => soldBody(['besan'], placed({ q: 'om', facets })).aggs
    assert.notProperty(counted(false), 'cities')
    assert.property(counted(true), 'cities')
    assert.property(counted(true), 'brands')
    assert.property(counted(true), 'countries')
    assert.notProperty(shops('om', { grouped: true, facets: true }), 'collapse')
  })
})
