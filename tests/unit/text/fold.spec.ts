import { test } from '@japa/runner'
import { fold, wordsOf } from '#text/fold'

test.group('Folded text', () => {
  test('{0} is searched as {1}')
    .with([
      ['Toor DAL', 'toor dal'],
      ['Café Crème', 'cafe creme'],
      ['पढ़ाई', 'पढाई'],
      ['Haldiram’s', 'haldirams'],
      ["Haldiram's", 'haldirams'],
      ['Haldiram`s', 'haldirams'],
      ['Haldiram´s', 'haldirams'],
      ['Ｔｏｏｒ', 'toor'],
      ['To\u200Bor\u00AD', 'toor'],
      ['½', '1⁄2'],
      ['ΟΔΟΣ οδος', 'οδοσ οδοσ'],
      ['İmli', 'imli'],
    ])
    .run(({ assert }, [text, folded]) => assert.equal(fold(text), folded))

  test('digits of Indian scripts are 0 to 9')
    .with(['०१२३४५६७८९', '০১২৩৪৫৬৭৮৯', '੦੧੨੩੪੫੬੭੮੯', '૦૧૨૩૪૫૬૭૮૯', '୦୧୨୩୪୫୬୭୮୯', '௦௧௨௩௪௫௬௭௮௯'])
    .run(({ assert }, digits) => assert.equal(fold(`a${digits}`), 'a0123456789'))

  test('ends after 400 characters, however many units they take', ({ assert }) => {
    assert.equal(fold('ab'.repeat(300)), 'ab'.repeat(200))
    assert.equal(fold('😀'.repeat(500)), '😀'.repeat(400))
    assert.equal(fold(`${'a'.repeat(399)}😀b`), `${'a'.repeat(399)}😀`)
  })

  test('half a character becomes the sign for an unknown one', ({ assert }) => {
    assert.equal(fold('a\ud800b'), 'a\ufffdb')
  })
})

test.group('Words of a folded text', () => {
  test('are separated by everything but letters, digits and viramas', ({ assert }) => {
    assert.deepEqual(wordsOf('toor-dal, 500 g (new!)'), ['toor', 'dal', '500', 'g', 'new'])
    assert.deepEqual(wordsOf('चक्की आटा'), ['चक्की', 'आटा'])
    assert.deepEqual(wordsOf('  dal  '), ['dal'])
    assert.deepEqual(wordsOf('—'), [])
    assert.deepEqual(wordsOf(''), [])
  })

  test('end after 40 characters', ({ assert }) => {
    assert.deepEqual(wordsOf(`${'a'.repeat(60)} dal`), ['a'.repeat(40), 'dal'])
    assert.deepEqual(wordsOf('𝒜'.repeat(41)), ['𝒜'.repeat(40)])
  })
})
