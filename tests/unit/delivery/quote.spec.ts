import fc from 'fast-check'
import { test } from '@japa/runner'
import { quoteFor } from '#delivery/quote'

const TERMS = { deliveryFeePaise: 3_000, freeDeliveryFromPaise: 50_000, minimumOrderPaise: 10_000 }

test.group('The quote for a delivery', () => {
  test('says the fee, and what is missing to a free delivery and to the minimum', ({ assert }) => {
    assert.deepEqual(quoteFor(TERMS, 8_000), {
      feePaise: 3_000,
      minimumPaise: 10_000,
      tooLittlePaise: 2_000,
      freeFromPaise: 50_000,
      moreForFreePaise: 42_000,
    })
    assert.deepInclude(quoteFor(TERMS, 50_000), { feePaise: 0, moreForFreePaise: 0 })
    const never = { ...TERMS, freeDeliveryFromPaise: null }
    assert.deepInclude(quoteFor(never, 90_000_000), { feePaise: 3_000, moreForFreePaise: 0 })
  })

  test('asks the fee or nothing, and what it says is missing is exactly enough', ({ assert }) => {
    const paise = fc.integer({ min: 0, max: 100_000_000 })
    const from = fc.option(fc.integer({ min: 1, max: 100_000_000 }))
    fc.assert(
      fc.property(paise, from, paise, paise, (fee, freeDeliveryFromPaise, minimum, items) => {
        const terms = { deliveryFeePaise: fee, freeDeliveryFromPaise, minimumOrderPaise: minimum }
        const quote = quoteFor(terms, items)
        assert.include([0, fee], quote.feePaise)
        assert.isAtLeast(quote.moreForFreePaise, 0)
        assert.equal(quote.tooLittlePaise === 0, items >= minimum)
        assert.equal(quoteFor(terms, items + quote.tooLittlePaise).tooLittlePaise, 0)
        if (quote.moreForFreePaise > 0) {
          assert.equal(quoteFor(terms, items + quote.moreForFreePaise).feePaise, 0)
          assert.equal(quoteFor(terms, items + quote.moreForFreePaise - 1).feePaise, fee)
        }
        assert.isAtMost(quoteFor(terms, items + 1).feePaise, quote.feePaise)
      })
    )
  })
})
