import { test } from '@japa/runner'
import KNOWN from '../../../../database/cities.json' with { type: 'json' }
import { CITIES } from '#database/demo/generator'

/** The first two digits of India's pin codes, by the postal circle of the state. */
const CIRCLES: Record<string, string> = {
  'Delhi': '11',
  'Haryana': '12 13',
  'Punjab': '14 15',
  'Chandigarh': '16',
  'Himachal Pradesh': '17',
  'Jammu and Kashmir': '18 19',
  'Uttar Pradesh': '20 21 22 23 24 25 26 27 28',
  'Uttarakhand': '24 26',
  'Rajasthan': '30 31 32 33 34',
  'Gujarat': '36 37 38 39',
  'Goa': '40',
  'Maharashtra': '40 41 42 43 44',
  'Madhya Pradesh': '45 46 47 48',
  'Chhattisgarh': '49',
  'Telangana': '50',
  'Andhra Pradesh': '51 52 53',
  'Karnataka': '56 57 58 59',
  'Tamil Nadu': '60 61 62 63 64',
  'Kerala': '67 68 69',
  'West Bengal': '70 71 72 73 74',
  'Odisha': '75 76 77',
  'Assam': '78',
  'Bihar': '80 81 82 84 85',
  'Jharkhand': '81 82 83',
}

test.group('Demo cities', () => {
  test('are 40 or more, each named once', ({ assert }) => {
    assert.isAtLeast(CITIES.length, 40)
    assert.equal(new Set(CITIES.map(({ name }) => name.toLowerCase())).size, CITIES.length)
  })

  test('are known by both names', ({ assert }) => {
    const known = KNOWN.map(({ name }) => name)
    for (const { name } of CITIES) assert.include(known, name)
  })

  test('have three or more pin codes each, which belong to their state', ({ assert }) => {
    for (const { name, state, pinCodes } of CITIES) {
      assert.isAtLeast(new Set(pinCodes).size, 3, name)
      for (const pinCode of pinCodes) {
        assert.match(pinCode, /^[1-9]\d{5}$/)
        assert.include(CIRCLES[state].split(' '), pinCode.slice(0, 2), `${name} ${pinCode}`)
      }
    }
  })

  test('do not share a pin code', ({ assert }) => {
    const all = CITIES.flatMap(({ pinCodes }) => pinCodes)
    assert.equal(new Set(all).size, all.length)
  })
})
