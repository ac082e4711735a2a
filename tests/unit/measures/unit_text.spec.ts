import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { unitText } from '#measures/unit_text'

const said = (unit: string, locale: string) => {
  const i18n = i18nManager.locale(locale)
  return unitText(unit, locale, (key, values) => i18n.t(key, values))
}

test.group('The unit of a pack on a page', () => {
  for (const [unit, hindi] of [
    ['250 g', '250 ग्राम'],
    ['250gm', '250 ग्राम'],
    ['1 kg', '1 किलो'],
    ['500 ml', '500 मिली'],
    ['1 Litre', '1 लीटर'],
    ['10 pcs', '10 नग'],
    ['1 dozen', '1 दर्जन'],
    ['2 x 100 g', '2 × 100 ग्राम'],
    ['1/2 kg', '1/2 किलो'],
    ['6 eggs', '6 अंडे'],
    ['1 egg', '1 अंडा'],
    ['1 packet', '1 पैकेट'],
    ['kg', 'किलो'],
  ]) {
    test(`${unit} is ${hindi} in Hindi, and as the shop wrote it in English`, ({ assert }) => {
      assert.equal(said(unit, 'hi'), hindi)
      assert.equal(said(unit, 'en'), unit)
    })
  }

  test('what is written in Hindi is read in English too', ({ assert }) => {
    assert.equal(said('१ किलो', 'en'), '1 kg')
    assert.equal(said('500 ग्राम', 'en'), '500 g')
    assert.equal(said('500 ग्राम', 'hi'), '500 ग्राम')
  })

  test('a unit that is not understood stays as it is', ({ assert }) => {
    for (const unit of ['1 tiffin', 'Pack of 2', '12', 'constructor', '']) {
      assert.equal(said(unit, 'hi'), unit)
      assert.equal(said(unit, 'en'), unit)
    }
  })

  test('each word that packs are counted in has its word in Hindi', ({ assert }) => {
    for (const word of Object.keys(i18nManager.getTranslationsFor('hi')).filter((key) =>
      key.startsWith('measures.counted.')
    )) {
      assert.match(said(`2 ${word.split('.').at(-1)}`, 'hi'), /^2 [\u0900-\u097F]+$/)
    }
  })
})
