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
    ['egg', 'अंडा'],
    ['12 EGGS', '12 अंडे'],
    ['1.5 kg', '1.5 किलो'],
    ['30 cm', '30 सेमी'],
    ['250 gm.', '250 ग्राम'],
    ['2x100 g', '2 × 100 ग्राम'],
    ['2 X 100 g', '2 × 100 ग्राम'],
    ['2* 1/2 kg', '2 × 1/2 किलो'],
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

  test('a spelling of its own language stays, which another language gets in its own', ({
    assert,
  }) => {
    assert.equal(said('500 किग्रा', 'hi'), '500 किग्रा')
    const keyed = (unit: string) =>
      unitText(unit, 'ta', (key, { n, count }) => `${n} ${key} ${count}`)
    assert.equal(keyed('500 किग्रा'), '500 measures.kg 500')
    assert.equal(keyed('egg'), 'measures.counted.egg 1')
    assert.equal(keyed('2 x 3 eggs'), '2 × 3 measures.counted.egg 2')
  })

  test('a unit that is not understood stays as it is', ({ assert }) => {
    for (const unit of [
      ...['1 tiffin', 'Pack of 2', '12', 'constructor', ''],
      ...['about 2 kg', '2 kg pack', '2 k.g', '2 kg..'],
    ]) {
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

  const PLURALS =
    'bags bars blades bottles boxes bunches candles capsules coils cubes cups diapers eggs jars packs pads pairs pens ' +
    'pencils plates pouches rolls sachets sheets sticks tablets tins tubes wipes'

  test('more than one of them is the same word', ({ assert }) => {
    for (const many of PLURALS.split(' ')) {
      const one = many.replace(/(?<=x|ch)es$|s$/, '')
      assert.equal(said(`2 ${many}`, 'hi'), said(`2 ${one}`, 'hi'), many)
      assert.notEqual(said(`2 ${many}`, 'hi'), `2 ${many}`)
    }
    for (const pack of ['pkt', 'pkts', 'packet', 'packets'])
      assert.equal(said(`1 ${pack}`, 'hi'), '1 पैकेट')
    for (const can of ['can', 'cans']) assert.equal(said(`1 ${can}`, 'hi'), said('1 tin', 'hi'))
  })
})
