import { test } from '@japa/runner'
import { kilometresBetween } from '#places/distance'
import { readDegrees } from '#numbers/degrees'
import { pinCodeNear, pointOf } from '#places/pin_points'

const between = (one: string, other: string) => kilometresBetween(pointOf(one)!, pointOf(other)!)

test.group('Points of PIN codes', () => {
  test('are where their post offices are', ({ assert }) => {
    assert.closeTo(between('110001', '400001'), 1150, 20)
    assert.closeTo(between('452001', '482001'), 445, 30)
    assert.isBelow(between('452001', '452010'), 15)
  })

  test('are the middle of the district for a code without post offices', ({ assert }) => {
    assert.isBelow(between('110999', '110001'), 20)
  })

  test('are not made up where there is no district', ({ assert }) => {
    assert.isNull(pointOf('999999'))
    assert.isNull(pointOf('199001'))
  })

  test('lead back to a PIN code close by', ({ assert }) => {
    for (const pin of ['110001', '482001', '452001', '560001', '700001']) {
      const near = pinCodeNear(pointOf(pin)!)!
      assert.isAtMost(between(pin, near), 1, `${pin} ${near}`)
    }
  })

  test('are none outside India', ({ assert }) => {
    assert.isNull(pinCodeNear({ latitude: 51.5, longitude: 0 }))
  })
})

test.group('The distance between two points', () => {
  test('is the same in both directions, and none to itself', ({ assert }) => {
    const delhi = { latitude: 28.63, longitude: 77.21 }
    const mumbai = { latitude: 18.94, longitude: 72.83 }
    assert.closeTo(kilometresBetween(delhi, mumbai), 1160, 10)
    assert.equal(kilometresBetween(delhi, mumbai), kilometresBetween(mumbai, delhi))
    assert.equal(kilometresBetween(delhi, delhi), 0)
  })
})

test.group('A position', () => {
  test('is read as browsers tell it', ({ assert }) => {
    assert.equal(readDegrees('23.17', 90), '23.17')
    assert.equal(readDegrees('-179', 180), '-179')
    for (const text of ['', '91', 'NaN', '1e1', '0x1', '1,5']) assert.isNull(readDegrees(text, 90))
  })
})
