import { test } from '@japa/runner'
import { addressText, partsOfAddress } from '#models/address_text'

test.group('The text of an address', () => {
  test('ends with the PIN code, after the parts that there are', ({ assert }) => {
    const place = { line: '12 MG Road', pinCode: '452001' }
    assert.equal(addressText(place), '12 MG Road 452001')
    assert.equal(
      addressText({ ...place, landmark: 'near the well', city: 'Indore' }),
      '12 MG Road, near the well, Indore 452001'
    )
  })

  for (const [text, line, pinCode] of [
    ['12 MG Road, Indore 452001', '12 MG Road, Indore', '452001'],
    ['12 MG Road, Indore - 452 001', '12 MG Road, Indore', '452001'],
    ['१२ एमजी रोड, इंदौर ४५२००१', '१२ एमजी रोड, इंदौर', '452001'],
    ['4 Station Road', '4 Station Road', ''],
    ['Flat 052001', 'Flat 052001', ''],
    ['Call 9876543210', 'Call 9876543210', ''],
    ['452001', '', '452001'],
    ['', '', ''],
  ]) {
    test(`is taken apart: ${JSON.stringify(text)}`, ({ assert }) => {
      assert.deepEqual(partsOfAddress(text), { line, pinCode })
    })
  }
})
