import { test } from '@japa/runner'
import { areaOf, delivers, isRestricted, type AreaSettings } from '#delivery/delivery_area'

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

  test('is anywhere for a shop that never said where it is', ({ assert }) => {
    assert.isFalse(isRestricted(areaOf(UNSAID, null)))
    assert.isTrue(reaches({}, '482001', null))
    assert.isTrue(reaches({ deliveryArea: 'kilometres', deliveryKilometres: 5 }, '482001', null))
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
