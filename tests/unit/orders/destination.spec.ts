import { test } from '@japa/runner'
import { destinationOf } from '#orders/destination'

const to = (address: string, pinCode: string | null) =>
  destinationOf({ fulfilment: 'delivery', address, pinCode })

test.group('The destination of an order', () => {
  test('is of the PIN code in the field, also if the address has other numbers', ({ assert }) => {
    for (const address of [
      'H.No 6-3-124-103, Ameerpet',
      'Plot 245-118',
      'Flat 101 202, Green Tower',
      'Green Park, call +91 987 654 3210',
    ]) {
      const kept = { pinCode: '110024', address: `${address} 110024` }
      assert.deepEqual(to(address, '110024'), kept)
    }
  })

  test('is of the PIN code at the end of the address without one in the field', ({ assert }) => {
    assert.equal(to('12 MG Road, Indore 452001', null).pinCode, '452001')
    assert.isNull(to('Plot 110-999, Green Tower, Noida 2013', null).pinCode)
  })

  test('is refused when the two differ', ({ assert }) => {
    assert.throws(() => to('12 MG Road, Indore 452001', '110024'), /pin_differs/)
  })
})
