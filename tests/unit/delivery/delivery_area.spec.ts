import { test } from '@japa/runner'
import { areaOf, delivers, reachOf, type AreaSettings } from '#delivery/delivery_area'

const UNSAID: AreaSettings = {
  deliveryArea: null,
  deliveryPins: null,
  deliveryPrefix: null,
  deliveryKilometres: null,
}

function reaches(settings: Partial<AreaSettings>, pin: string, shopPin: string | null = '452001') {
  return delivers(areaOf({ ...UNSAID, ...settings }, shopPin), { pin })
}

test.group('The delivery area of a shop', () => {
  test('is the district of its PIN code until the owner says it', ({ assert }) => {
    assert.isTrue(reaches({}, '452016'))
    assert.isFalse(reaches({}, '482001'))
    assert.isFalse(reaches({ deliveryArea: 'district' }, '453001'))
  })

  test('is anywhere for a shop that said neither where it is nor where it delivers to', ({
    assert,
  }) => {
    assert.isTrue(reaches({}, '482001', null))
    assert.equal(reachOf(areaOf(UNSAID, null), null), 'delivered')
  })

  test('is nowhere for a shop that said how far, but not from where', ({ assert }) => {
    for (const kind of ['kilometres', 'district'] as const) {
      const settings = { ...UNSAID, deliveryArea: kind, deliveryKilometres: 100 }
      assert.isFalse(reaches(settings, '452001', null))
      assert.equal(reachOf(areaOf(settings, null), null), 'outside')
      assert.equal(reachOf(areaOf(settings, '452001'), null), 'unknown')
    }
    assert.isTrue(reaches({ deliveryArea: 'prefix', deliveryPrefix: '4' }, '482001', null))
    assert.isTrue(reaches({ deliveryArea: 'pins', deliveryPins: ['482001'] }, '482001', null))
  })

  test('is not known to reach a customer without a place, unless it is anywhere', ({ assert }) => {
    const within = { ...UNSAID, deliveryArea: 'kilometres' as const, deliveryKilometres: 5 }
    assert.equal(reachOf(areaOf(within, '452001'), null), 'unknown')
    assert.equal(reachOf(areaOf(within, '452001'), '452001'), 'delivered')
    assert.equal(reachOf(areaOf(within, '452001'), '482001'), 'outside')
  })

  test('can be a list of PIN codes, the first digits of some, or a distance', ({ assert }) => {
    const pins = { deliveryArea: 'pins', deliveryPins: ['452001', '453111'] } as const
    assert.isTrue(reaches({ ...pins, deliveryPins: [...pins.deliveryPins] }, '453111'))
    assert.isFalse(reaches({ ...pins, deliveryPins: [...pins.deliveryPins] }, '452010'))
    assert.isTrue(reaches({ deliveryArea: 'prefix', deliveryPrefix: '4520' }, '452099'))
    assert.isFalse(reaches({ deliveryArea: 'prefix', deliveryPrefix: '4520' }, '452100'))
    const within = (deliveryKilometres: number, pin: string) => {
      return reaches({ deliveryArea: 'kilometres', deliveryKilometres }, pin)
    }
    assert.isTrue(within(20, '452010'))
    assert.isFalse(within(100, '482001'))
    assert.isTrue(within(1, '452001'))
  })

  test('is the district where a distance cannot be measured', ({ assert }) => {
    const settings = { deliveryArea: 'kilometres', deliveryKilometres: 100 } as const
    assert.isTrue(reaches(settings, '999001', '999002'))
    assert.isFalse(reaches(settings, '999001'))
  })
})
