import { test } from '@japa/runner'
import { readCountry, countryChoices, countryName, COUNTRIES } from '#locale/countries'
import { readDate } from '#numbers/date'
import { readFssai } from '#numbers/fssai'
import { GST_RATES, gstRateText, readGstRate } from '#numbers/gst_rate'
import { readGstin, stateOf } from '#numbers/gstin'
import { readHsn } from '#numbers/hsn'

const GSTIN = '27AAPFU0939F1ZV'
const CHARACTERS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']

test.group('A GSTIN', () => {
  test('is read as people write it', ({ assert }) => {
    for (const text of [GSTIN, '27aapfu0939f1zv', ' 27 AAPFU0939F 1ZV ', '२७AAPFU०९३९F१ZV']) {
      assert.equal(readGstin(text), GSTIN, text)
    }
    assert.equal(readGstin('27-AAPFU-0939-F-1ZV'), GSTIN)
    assert.equal(stateOf(GSTIN), '27')
  })

  test('of any state has its check digit', ({ assert }) => {
    const others = ['29AAGCB7383J1Z4', '34AABCB5576G1ZQ', '07AABCB5576GAZE', '33AABCB5576G1ZS']
    for (const gstin of others) assert.equal(readGstin(gstin), gstin)
    const ladakh = CHARACTERS.map((digit) => readGstin(`38AABCB5576G1Z${digit}`))
    assert.lengthOf(ladakh.filter(Boolean), 1)
    const nowhere = CHARACTERS.map((digit) => readGstin(`39AABCB5576G1Z${digit}`))
    assert.lengthOf(nowhere.filter(Boolean), 0)
  })

  test('with one character mistyped, or two of them swapped, is none', ({ assert }) => {
    for (let at = 0; at < GSTIN.length; at++) {
      for (const character of CHARACTERS.filter((one) => one !== GSTIN[at])) {
        const typed = GSTIN.slice(0, at) + character + GSTIN.slice(at + 1)
        assert.isNull(readGstin(typed), typed)
      }
    }
    for (const swapped of ['27AAPFU9039F1ZV', '27AAPUF0939F1ZV', '72AAPFU0939F1ZV']) {
      assert.isNull(readGstin(swapped), swapped)
    }
  })

  test('is not read from {$self}')
    .with(['', 'GSTIN', GSTIN.slice(1), `${GSTIN}1`, '00AAPFU0939F1Z5', '27AAPFU0939F1XV'])
    .run(({ assert }, text) => assert.isNull(readGstin(text)))
})

test.group('An FSSAI number', () => {
  const today = new Date('2026-11-28')

  test('is read as people write it', ({ assert }) => {
    for (const text of ['10012022000234', '1 00 12 022 000234', '१००१२०२२०००२३४']) {
      assert.equal(readFssai(text, today), '10012022000234', text)
    }
    assert.equal(readFssai('21526042000123', today), '21526042000123')
  })

  test('is not read from {$self}')
    .with([
      ...['', '1001202200023', '100120220002345', '1001202200023A'],
      ...['30012022000234', '19912022000234', '10009022000234', '11527042000123'],
    ])
    .run(({ assert }, text) => assert.isNull(readFssai(text, today)))
})

test.group('An HSN code', () => {
  test('has four, six or eight digits', ({ assert }) => {
    const codes = { '1006': '1006', '1006 30': '100630', '1006.30.20': '10063020', '१००६': '1006' }
    for (const [text, code] of Object.entries(codes)) assert.equal(readHsn(text), code)
    for (const text of ['', '10', '10063', '1006302', '100630201', '1OO6', '10.06x']) {
      assert.isNull(readHsn(text), text)
    }
  })
})

test.group('A GST rate', () => {
  test('is read in percent', ({ assert }) => {
    for (const rate of GST_RATES) {
      const text = gstRateText(rate)
      for (const written of [text, `${text}%`, `${text} %`]) {
        assert.equal(readGstRate(written), rate, written)
      }
    }
    assert.equal(readGstRate('१८ %'), 1800)
    assert.equal(readGstRate('0.25'), 25)
  })

  test('is not read from {$self}')
    .with(['', '7', '-5', '5.5', '0,25', '500', '5 percent', '1e1'])
    .run(({ assert }, text) => assert.isNull(readGstRate(text)))
})

test.group('A date', () => {
  test('is read with the day or the year first', ({ assert }) => {
    const written = ['2026-11-28', '28-11-2026', '28/11/2026', '28.11.2026', '२८-११-२०२६']
    for (const text of written) assert.equal(readDate(text), '2026-11-28', text)
    assert.equal(readDate('1/2/2027'), '2027-02-01')
  })

  test('is not guessed from {$self}')
    .with(['', '28-11-26', '31-02-2026', '2026-13-01', '28 Nov 2026', '1899-01-01', '20261128'])
    .run(({ assert }, text) => assert.isNull(readDate(text)))
})

test.group('A country', () => {
  test('has a name in both languages', ({ assert }) => {
    assert.lengthOf(COUNTRIES, 249)
    assert.equal(countryName('en', 'IN'), 'India')
    assert.equal(countryName('hi', 'IN'), 'भारत')
    for (const code of COUNTRIES) {
      assert.match(countryName('hi', code), /[\u0900-\u097F]/, code)
      assert.notEqual(countryName('en', code), code)
    }
  })

  test('is chosen from a list that begins with India', ({ assert }) => {
    const names = countryChoices('en').map(({ label }) => label)
    assert.equal(names[0], 'India')
    assert.deepEqual(names.slice(1), names.slice(1).toSorted(new Intl.Collator('en').compare))
    assert.deepEqual(countryChoices('hi')[0], { value: 'IN', label: 'भारत' })
  })

  test('is read by its code, or by its name in either language', ({ assert }) => {
    for (const text of ['IN', 'in', 'India', ' INDIA ', 'भारत']) {
      assert.equal(readCountry(text), 'IN', text)
    }
    assert.equal(readCountry('Thailand'), 'TH')
    for (const text of ['', 'XX', 'Bharat', 'ZZ']) assert.isNull(readCountry(text), text)
  })
})
