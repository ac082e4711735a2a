import { test } from '@japa/runner'
import fc from 'fast-check'
import { apportion, kindOf, sumOf, taxed, taxIn, type Charged } from '#bills/tax'

const RATES = [null, 0, 5, 25, 300, 500, 1200, 1800, 2800, 4000]
const rate = fc.constantFrom(...RATES)
const lines = fc.array(
  fc.record({ amountPaise: fc.integer({ min: 1, max: 99_00_00_00_000 }), gstBasisPoints: rate }),
  { minLength: 1, maxLength: 30 }
)
const fee = fc.integer({ min: 0, max: 100_000_000 })
const scheme = fc.constantFrom(
  null,
  'unregistered' as const,
  'composition' as const,
  'regular' as const
)
const terms = fc.record({ scheme, isInterState: fc.boolean() })

const add = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0)

test.group('The tax of a bill', () => {
  test('is in the price: 5 % of ₹105 is ₹5, half of it for each government', ({ assert }) => {
    const [line] = taxed([{ amountPaise: 10_500, gstBasisPoints: 500 }], 0, {
      scheme: 'regular',
      isInterState: false,
    })
    assert.deepEqual(line, {
      ...{ feePaise: 0, taxablePaise: 10_000, cgstPaise: 250, sgstPaise: 250, igstPaise: 0 },
    })
  })

  test('is integrated for another state', ({ assert }) => {
    const [line] = taxed([{ amountPaise: 11_800, gstBasisPoints: 1800 }], 0, {
      scheme: 'regular',
      isInterState: true,
    })
    assert.deepEqual(line, {
      ...{ feePaise: 0, taxablePaise: 10_000, cgstPaise: 0, sgstPaise: 0, igstPaise: 1_800 },
    })
  })

  test('is rounded half up', ({ assert }) => {
    assert.equal(taxIn(21, 500), 1)
    assert.equal(taxIn(10, 500), 0)
    assert.equal(taxIn(21, 500, 2), 1)
    assert.equal(taxIn(20, 500, 2), 0)
    assert.equal(taxIn(300, 20_000, 2), 100)
  })

  test('never makes more or less of a price, nor different halves', ({ assert }) => {
    fc.assert(
      fc.property(lines, fee, terms, (charged, deliveryFee, about) => {
        const result = taxed(charged, deliveryFee, about)
        for (const [index, line] of result.entries()) {
          const { feePaise, taxablePaise, cgstPaise, sgstPaise, igstPaise } = line
          const value = charged[index].amountPaise + feePaise
          assert.equal(taxablePaise + cgstPaise + sgstPaise + igstPaise, value)
          assert.equal(cgstPaise, sgstPaise)
          assert.equal(about.isInterState ? cgstPaise : igstPaise, 0)
          assert.isAtLeast(Math.min(taxablePaise, cgstPaise, igstPaise, feePaise), 0)
        }
        const total = add(charged.map(({ amountPaise }) => amountPaise)) + deliveryFee
        assert.equal(sumOf(result).valuePaise, total)
        assert.equal(add(result.map(({ feePaise }) => feePaise)), deliveryFee)
      })
    )
  })

  test('is within half a paisa of the exact tax of each government', ({ assert }) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), rate, (price, basisPoints) => {
        const points = basisPoints ?? 0
        const exact = (price * points) / (2 * (10_000 + points))
        assert.isAtMost(Math.abs(taxIn(price, points, 2) - exact), 0.5 + 1e-6)
      })
    )
  })

  test('is there only for a regular taxpayer, and for lines with a rate', ({ assert }) => {
    const goods = [
      { amountPaise: 10_500, gstBasisPoints: 500 },
      { amountPaise: 10_500, gstBasisPoints: null },
    ]
    for (const other of [null, 'unregistered', 'composition'] as const) {
      assert.equal(sumOf(taxed(goods, 100, { scheme: other, isInterState: false })).taxPaise, 0)
    }
    const [, unstated] = taxed(goods, 0, { scheme: 'regular', isInterState: false })
    assert.equal(unstated.taxablePaise, 10_500)
  })
})

test.group('A delivery fee', () => {
  test('is part of the value of the goods, by their value', ({ assert }) => {
    assert.deepEqual(apportion(3_000, [10_000, 20_000]), [1_000, 2_000])
    assert.deepEqual(apportion(100, [1, 1, 1]), [34, 33, 33])
    assert.deepEqual(apportion(0, [1, 2]), [0, 0])
  })

  test('is split to the paisa, within one paisa of the exact share', ({ assert }) => {
    const weights = fc.array(fc.integer({ min: 1, max: 1_000_000 }), {
      minLength: 1,
      maxLength: 40,
    })
    fc.assert(
      fc.property(fee, weights, (paise, of) => {
        const shares = apportion(paise, of)
        assert.equal(add(shares), paise)
        for (const [index, share] of shares.entries()) {
          assert.isBelow(Math.abs(share - (paise * of[index]) / add(of)), 1 + 1e-6)
        }
      })
    )
  })
})

test.group('The kind of a bill', () => {
  const kinds: [Parameters<typeof kindOf>[0], Charged['gstBasisPoints'][], string][] = [
    [null, [500, 0], 'bill'],
    ['unregistered', [500], 'bill'],
    ['composition', [500, 0], 'bill_of_supply'],
    ['regular', [0, 0], 'bill_of_supply'],
    ['regular', [500, 1800], 'tax_invoice'],
    ['regular', [500, 0], 'invoice_cum_bill_of_supply'],
    ['regular', [null], 'tax_invoice'],
    ['regular', [null, 0], 'invoice_cum_bill_of_supply'],
  ]

  test('follows the tax scheme and the rates: {0} {1} {2}')
    .with(kinds)
    .run(({ assert }, [of, rates, kind]) => {
      assert.equal(kindOf(of, rates), kind)
    })
})
