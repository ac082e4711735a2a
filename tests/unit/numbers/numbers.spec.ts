import { test } from '@japa/runner'
import { readAmount } from '#numbers/amount'
import { readCount, readWhole } from '#numbers/count'
import { MOBILE, readMobile } from '#numbers/mobile'
import { readPinCode } from '#numbers/pin_code'
import { plain } from '#numbers/plain'
import { readReference } from '#numbers/reference'
import { isDifference, readStockEdit } from '#numbers/stock_edit'
import {
  AMOUNTS,
  COUNTS,
  MOBILES,
  MORE_AMOUNTS,
  MORE_COUNTS,
  MORE_MOBILES,
  MORE_NO_AMOUNTS,
  MORE_NO_COUNTS,
  MORE_NO_MOBILES,
  NO_MOBILES,
  NO_NUMBERS,
  NO_PINS,
  PINS,
  UTRS,
} from '#tests/unit/numbers/spellings'

test.group('An amount', () => {
  test('{$self} is read')
    .with(Object.entries({ ...AMOUNTS, ...MORE_AMOUNTS }))
    .run(({ assert }, [text, paise]) => assert.equal(readAmount(text), paise))

  test('is not guessed from {$self}')
    .with([...NO_NUMBERS, ...MORE_NO_AMOUNTS])
    .run(({ assert }, text) => assert.isNull(readAmount(text)))

  test('has a comma before the paise where its list says so', ({ assert }) => {
    const spellings = {
      '52,50': 52_50,
      '1.250,00': 1_250_00,
      '1.00.000,5': 1_00_000_50,
      '52': 52_00,
    }
    for (const [text, paise] of Object.entries(spellings)) {
      assert.equal(readAmount(text, ','), paise, text)
    }
    assert.equal(readAmount('Rs. 52,50', ','), 52_50)
    for (const text of ['52.50', '1,250.00', '1,250']) assert.isNull(readAmount(text, ','), text)
  })
})

test.group('A count', () => {
  test('{$self} is read')
    .with(Object.entries({ ...COUNTS, ...MORE_COUNTS }))
    .run(({ assert }, [text, count]) => assert.equal(readCount(text), count))

  test('is not guessed from {$self}')
    .with([...NO_NUMBERS, ...MORE_NO_COUNTS])
    .run(({ assert }, text) => {
      assert.isNull(readCount(text))
      assert.isNull(readWhole(text))
      assert.isNull(readStockEdit(text))
    })

  test('has dots between groups where its list says so', ({ assert }) => {
    assert.equal(readCount('1.000', ','), 1_000)
    assert.equal(readCount('12,00', ','), 12)
    assert.isNull(readCount('1,000', ','))
  })

  test('of a stock is a change when it has a sign', ({ assert }) => {
    assert.deepEqual(readStockEdit('१०'), { to: 10 })
    assert.deepEqual(readStockEdit('1,000'), { to: 1_000 })
    for (const text of ['+12', '+ 12', '＋१२']) assert.deepEqual(readStockEdit(text), { by: 12 })
    for (const text of ['-3', '−3', '–3', '- 3']) {
      assert.deepEqual(readStockEdit(text), { by: -3 })
      assert.isTrue(isDifference(text))
    }
    assert.isFalse(isDifference('3'))
  })
})

test.group('A mobile number', () => {
  test('{$self} is 9876543210')
    .with([...MOBILES, ...MORE_MOBILES])
    .run(({ assert }, text) => assert.equal(readMobile(text), '9876543210'))

  test('is not {$self}')
    .with([...NO_MOBILES, ...MORE_NO_MOBILES])
    .run(({ assert }, text) => assert.isNull(readMobile(text)))

  test('may itself begin with 91', ({ assert }) => {
    assert.equal(readMobile('91987 65432'), '9198765432')
  })

  test('has a pattern that other languages can read', ({ assert }) => {
    assert.notMatch(MOBILE, /\\p|\\[sdw]/)
  })
})

test.group('A PIN code', () => {
  test('{$self} is 452001')
    .with(PINS)
    .run(({ assert }, text) => assert.equal(readPinCode(text), '452001'))

  test('is not {$self}')
    .with(NO_PINS)
    .run(({ assert }, text) => assert.isNull(readPinCode(text)))
})

test.group('A reference', () => {
  test('{$self} is 123456789012')
    .with(UTRS)
    .run(({ assert }, text) => assert.equal(readReference(text), '123456789012'))

  test('of letters keeps its dashes and loses its blanks', ({ assert }) => {
    assert.equal(readReference('HDFC 0012 3456'), 'HDFC00123456')
    assert.equal(readReference('AXIS/12–34'), 'AXIS/12-34')
    assert.isNull(readReference('UTR: 1234'))
    assert.isNull(readReference('५²'))
  })
})

test('Digits of every Indian script are digits', ({ assert }) => {
  const written = [
    ...['०१२३४५६७८९', '০১২৩৪৫৬৭৮৯', '੦੧੨੩੪੫੬੭੮੯', '૦૧૨૩૪૫૬૭૮૯', '୦୧୨୩୪୫୬୭୮୯', '௦௧௨௩௪௫௬௭௮௯'],
    ...['౦౧౨౩౪౫౬౭౮౯', '೦೧೨೩೪೫೬೭೮೯', '൦൧൨൩൪൫൬൭൮൯', '۰۱۲۳۴۵۶۷۸۹', '０１２３４５６７８９'],
  ]
  for (const digits of written) assert.equal(plain(digits), '0123456789')
})
