import fc from 'fast-check'
import { test } from '@japa/runner'
import { readAmount } from '#numbers/amount'
import { readCount, readWhole } from '#numbers/count'
import { MOBILE, readMobile } from '#numbers/mobile'
import { readPinCode } from '#numbers/pin_code'
import { plain } from '#numbers/plain'
import { readReference, withUtr } from '#numbers/reference'
import { readStockEdit } from '#numbers/stock_edit'
import { readUpiId } from '#numbers/upi_id'

const ZEROS = [...'0०০੦૦୦௦౦೦൦０']

const inScript = (text: string, zero: string) => {
  return text.replace(/\d/g, (digit) => String.fromCharCode(zero.charCodeAt(0) + Number(digit)))
}

const grouped = (paise: number, locale: string) => {
  return (paise / 100).toLocaleString(locale, { minimumFractionDigits: 2 })
}

/** Text out of the signs of numbers in every script, so that much of it is nearly a number. */
const nearly = fc.string({
  unit: fc.constantFrom(...'0123456789,.-+eExXbo₹ /²½−–', '\u00a0', '\u200e', '०', '９', 'Rs.'),
  maxLength: 12,
})
const anything = fc.oneof(nearly, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))

test.group('For any number', () => {
  test('every usual spelling of an amount is that amount', ({ assert }) => {
    const amounts = fc.tuple(fc.nat(100_000_000), fc.constantFrom(...ZEROS))
    fc.assert(
      fc.property(amounts, ([paise, zero]) => {
        for (const locale of ['en-IN', 'en-US']) {
          const text = inScript(grouped(paise, locale), zero)
          for (const spelling of [text, `₹${text}`, `Rs. ${text}/-`, `\u200e${text}\u00a0`]) {
            assert.equal(readAmount(spelling), paise, spelling)
          }
        }
        assert.equal(readAmount(inScript(grouped(paise, 'de-DE'), zero), ','), paise)
      })
    )
  })

  test('every usual spelling of a count is that count', ({ assert }) => {
    const counts = fc.tuple(fc.nat(1_000_000), fc.constantFrom(...ZEROS))
    fc.assert(
      fc.property(counts, ([count, zero]) => {
        for (const text of [
          `${count}`,
          count.toLocaleString('en-IN'),
          count.toLocaleString('en-US'),
        ]) {
          assert.equal(readCount(inScript(text, zero)), count, text)
        }
        assert.equal(readCount(inScript(count.toLocaleString('de-DE'), zero), ','), count)
      })
    )
  })
})

test.group('For any text', () => {
  test('what is read is a number that its digits spell, or nothing', ({ assert }) => {
    fc.assert(
      fc.property(anything, (text) => {
        const digits = plain(text).replace(/\D/g, '')
        const [amount, count, whole] = [readAmount(text), readCount(text), readWhole(text)]
        if (amount !== null)
          assert.include([digits, `${digits}0`, `${digits}00`].map(Number), amount)
        if (count !== null) {
          assert.equal(readWhole(text), count)
          assert.include(
            [1, 10, 100].map((by) => Number(digits) / by),
            count
          )
        }
        assert.equal(whole === null, readStockEdit(text) === null)
      }),
      { numRuns: 2_000 }
    )
  })

  test('what is read is read the same again', ({ assert }) => {
    const readers = [readMobile, readPinCode, readReference, readUpiId, withUtr, plain]
    fc.assert(
      fc.property(anything, (text) => {
        for (const read of readers) {
          const meant = read(text)
          if (meant !== null) assert.equal(read(meant), meant)
        }
      }),
      { numRuns: 2_000 }
    )
  })

  test('the pattern of the description accepts what is read', ({ assert }) => {
    const pattern = new RegExp(MOBILE, 'u')
    const digits = fc.stringMatching(
      /^(\+91|0091|91|0)?[ ()-]{0,3}([5-9][ .–-]?){1}(\d[ ()-]?){8,10}$/
    )
    fc.assert(
      fc.property(fc.oneof(digits, anything), (text) => {
        assert.equal(readMobile(text) !== null, pattern.test(text), text)
        const mobile = readMobile(text)
        if (mobile !== null) assert.match(mobile, /^[6-9]\d{9}$/)
      }),
      { numRuns: 2_000 }
    )
  })
})
