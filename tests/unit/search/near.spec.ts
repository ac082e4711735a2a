import { test } from '@japa/runner'
import { citiesNear, nearestOf } from '#search/near'

const AREAS = [
  { city: 'Delhi', area: '110' },
  { city: 'Mumbai', area: '400' },
  { city: 'Thane', area: '400' },
  { city: 'Pune', area: '411' },
  { city: 'Nashik', area: '422' },
  { city: 'Pune', area: '412' },
]

test.group('Cities near a pin code', () => {
  test('come in the order of the digits that they have in common', ({ assert }) => {
    assert.deepEqual(citiesNear('411030', AREAS), ['Pune', 'Mumbai', 'Thane', 'Nashik'])
    assert.deepEqual(citiesNear('110092', AREAS), ['Delhi'])
  })

  test('are none in a region without shops', ({ assert }) => {
    assert.isEmpty(citiesNear('700001', AREAS))
  })
})

test.group('Hits near a place', () => {
  const hits = ['Jabalpur', 'jabalpur', 'Bhopal', 'Pune'].map((city, at) => {
    return { type: 'shop' as const, id: String(at), name: city, city, score: 1 }
  })
  const idsOf = (some: { id: string }[]) => some.map(({ id }) => id).join('')

  test('are those of the nearest city that has any', ({ assert }) => {
    const { nearest, further } = nearestOf(hits, ['Katni', 'Jabalpur', 'Bhopal'])
    assert.deepEqual([idsOf(nearest), idsOf(further)], ['01', '23'])
  })

  test('are those of shops that deliver, when there are any', ({ assert }) => {
    const deliverers = [{ id: '2', city: 'Bhopal' }]
    const { nearest, further, isDelivered } = nearestOf(hits, ['Jabalpur'], deliverers)
    assert.deepEqual([idsOf(nearest), idsOf(further), isDelivered], ['2', '013', true])
    const others = nearestOf(hits, ['Jabalpur'], [{ id: '9', city: 'Bhopal' }])
    assert.deepEqual([idsOf(others.nearest), others.isDelivered], ['01', false])
  })

  test('are all when no city near by has any, or no place is known', ({ assert }) => {
    for (const near of [['Katni'], []]) {
      const { nearest, further } = nearestOf(hits, near)
      assert.deepEqual([idsOf(nearest), idsOf(further)], ['0123', ''])
    }
    assert.deepEqual(nearestOf([], ['Katni']).nearest, [])
  })
})
