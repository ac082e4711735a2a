import i18nManager from '@adonisjs/i18n/services/main'
import fc from 'fast-check'
import { test } from '@japa/runner'
import { AmountText } from '#measures/amount_text'
import { MEASURES, MOST_COUNTS } from '#measures/goods'
import { readAmount } from '#measures/read_amount'

test.group('Writing an amount', () => {
  for (const locale of ['en', 'hi']) {
    test(`is what a customer can type, in ${locale}`, ({ assert }) => {
      const { amount } = AmountText.in(i18nManager.locale(locale))
      const amounts = fc.tuple(fc.constantFrom(...MEASURES), fc.nat(MOST_COUNTS * 1000))
      fc.assert(
        fc.property(amounts, ([measure, baseUnits]) => {
          for (const some of [baseUnits, baseUnits % 2000]) {
            const text = amount(some, { measure })
            assert.equal(readAmount(text, measure), some, text)
          }
        })
      )
    })
  }
})
