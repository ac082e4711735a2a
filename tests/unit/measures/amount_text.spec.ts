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

  const said = AmountText.in(i18nManager.locale('en'))

  test('has the larger unit from one of it on, and dozens only when they are whole', ({
    assert,
  }) => {
    const { amount } = said
    assert.equal(amount(999, { measure: 'weight' }), '999 g')
    assert.equal(amount(1000, { measure: 'weight' }), '1 kg')
    assert.equal(amount(1250, { measure: 'volume' }), '1.25 l')
    assert.equal(amount(99, { measure: 'length' }), '99 cm')
    assert.equal(amount(100, { measure: 'length' }), '1 m')
    assert.equal(amount(0, { measure: 'pieces' }), '0 pieces')
    assert.equal(amount(1, { measure: 'pieces' }), '1 piece')
    assert.equal(amount(24, { measure: 'pieces' }), '2 dozen')
    assert.equal(amount(25, { measure: 'pieces' }), '25 pieces')
  })

  test('is a number of packs, or an amount of loose goods', ({ assert }) => {
    const packs = { measure: 'weight', soldAs: 'packed' } as const
    const loose = { measure: 'weight', soldAs: 'loose' } as const
    assert.equal(said.portion(2, packs), '2 ×')
    assert.equal(said.portion(250, loose), '250 g')
    assert.equal(said.stockWords(1200, packs), '1,200')
    assert.equal(said.stockWords(1200, loose), '1.2 kg')
  })
})
