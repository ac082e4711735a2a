import { test } from '@japa/runner'
import { pinCodeIn, readPinCodes, readPinPrefix } from '#numbers/pin_code'

test.group('The PIN code of an address', () => {
  const addresses = [
    ['12 MG Road, Indore 452001', '452001'],
    ['12 MG Road, Indore - 452 001.', '452001'],
    ['१२ एमजी रोड, इंदौर ४५२००१', '452001'],
    ['Sector 62 201301', '201301'],
    ['MG Road, Indore-452001, India', '452001'],
    ['Plot 110 001, PIN Code: 452 001, call 9876543210', '452001'],
    ['प्लॉट 110 001, पिन ४५२००१, फ़ोन 9876543210', '452001'],
    ['H.No 6-3-124-103, Ameerpet', null],
    ['H.No 6-3-124103', null],
    ['Plot 245-118', null],
    ['Flat 101 202, Green Tower', null],
    ['Green Park, call +91 987 654 3210', null],
    ['Plot 110-999, Green Tower, Noida 2013', null],
    ['12 MG Road, Indore', null],
    ['Call 9876543210', null],
  ] as const

  test('is after the word or at the end: {0}')
    .with([...addresses])
    .run(({ assert }, [address, pinCode]) => assert.equal(pinCodeIn(address), pinCode))
})

test.group('A list of PIN codes', () => {
  test('has commas, spaces or line ends between, and each code once', ({ assert }) => {
    const codes = ['452001', '452010']
    for (const text of ['452001, 452010', '452 001;452-010', '452001 452010', '४५२००१,\n452010,']) {
      assert.deepEqual(readPinCodes(text), codes, text)
    }
    assert.deepEqual(readPinCodes('452001, 452001'), ['452001'])
  })

  test('has nothing else', ({ assert }) => {
    for (const text of ['', '45200', '4520011', '452001, Indore', '012345', '452001452010']) {
      assert.isNull(readPinCodes(text), text)
    }
  })
})

test.group('The first digits of PIN codes', () => {
  test('are one to six', ({ assert }) => {
    assert.equal(readPinPrefix(' 4520 '), '4520')
    assert.equal(readPinPrefix('४५'), '45')
    for (const text of ['', '0', '4520011', '45a', '-4']) assert.isNull(readPinPrefix(text), text)
  })
})
