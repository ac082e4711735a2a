import { test } from '@japa/runner'
import { citiesNear } from '#search/near'

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
