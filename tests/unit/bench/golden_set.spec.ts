import { test } from '@japa/runner'
import { readGolden, readGoldenLanguages } from '#bench/golden/read_golden'
import { ndcgOf, relevanceOf } from '#bench/golden/relevance'

const grades = new Map([
  ['Atta', 3],
  ['Chakki Fresh Atta', 2],
  ['Bajra Atta', 1],
])

test.group('Golden set', () => {
  test('has at least 200 queries, each once, and a third of them held out', ({ assert }) => {
    const golden = readGolden()
    assert.isAtLeast(golden.length, 200)
    assert.lengthOf(new Set(golden.map(({ q }) => q)), golden.length)
    assert.isAtLeast(golden.filter(({ heldOut }) => heldOut).length, golden.length / 3)
    assert.isTrue(golden.every((judged) => [...judged.grades.values()].includes(3)))
  })

  test('has at least 60 queries for each language, and a third of them held out', ({ assert }) => {
    for (const [language, golden] of readGoldenLanguages()) {
      assert.isAtLeast(golden.length, 60, language)
      assert.lengthOf(new Set(golden.map(({ q }) => q)), golden.length, language)
      assert.isAtLeast(golden.filter(({ heldOut }) => heldOut).length, golden.length / 3, language)
      assert.isTrue(
        golden.every((judged) => [...judged.grades.values()].includes(3)),
        language
      )
    }
  })

  test('takes the grades of another query', ({ assert }) => {
    const [{ grades: same }] = readGolden('? sakhar\n= chini', readGolden())
    assert.equal(same.get('Sugar (Chini)'), 3)
    assert.throws(() => readGolden('? sakhar\n= moon dust', readGolden()), /No query is called/)
  })

  test('a product counts with the best grade that names it', ({ assert }) => {
    const [judged] = readGolden('? atta\n1 *Atta\n3 Atta')
    assert.equal(judged.grades.get('Atta'), 3)
    assert.equal(judged.grades.get('Bajra Atta'), 1)
    assert.isFalse(judged.heldOut)
    assert.isTrue(readGolden('! atta\n3 Atta')[0].heldOut)
  })

  test('names only what the catalogue has', ({ assert }) => {
    assert.throws(() => readGolden('? atta\n3 Moon Dust'), /Nothing in the catalogue/)
    assert.throws(() => readGolden('? atta\nAtta'), /Not a line/)
  })
})

test.group('Relevance', () => {
  test('is 1 for the best order, and less for any other', ({ assert }) => {
    const best = ['Atta', 'Chakki Fresh Atta', 'Bajra Atta']
    assert.equal(ndcgOf(best, grades), 1)
    assert.equal(ndcgOf([...best, 'Soap'], grades), 1)
    assert.isBelow(ndcgOf(best.toReversed(), grades), 1)
    assert.isBelow(ndcgOf(['Soap', ...best], grades), 1)
    assert.equal(ndcgOf([], grades), 0)
  })

  test('is the average over queries, with the share that found nothing', ({ assert }) => {
    const judged = { q: 'atta', heldOut: false, grades }
    const all = ['Atta', 'Chakki Fresh Atta', 'Bajra Atta']
    const answers = [
      { judged, names: all },
      { judged, names: [] },
    ]
    assert.deepEqual(relevanceOf(answers), { queries: 2, ndcg: 0.5, zero: 0.5 })
  })
})
