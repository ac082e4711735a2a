import { test } from '@japa/runner'
import { typedWords, withFractionsApart } from '#measures/typed_words'

test.group('The words of a typed amount', () => {
  test('"{text}" is {words}')
    .with([
      { text: '250 g', words: ['250', 'g'] },
      { text: '२५०ग्राम', words: ['250', 'ग्राम'] },
      { text: '1½kg', words: ['1', '1⁄2', 'kg'] },
      { text: '½5', words: ['1⁄2', '5'] },
      { text: '5²', words: ['5', '2'] },
      { text: '1 / 2 kg', words: ['1/2', 'kg'] },
      { text: '1 ⁄2', words: ['1⁄2'] },
      { text: '1/ 20', words: ['1/20'] },
      { text: '1,250.5 GM.', words: ['1,250.5', 'gm'] },
      { text: '.5 kg. 20', words: ['.5', 'kg', '20'] },
      { text: 'k.g', words: ['k', '.', 'g'] },
      { text: '5. kg', words: ['5.', 'kg'] },
      { text: '+5', words: ['+', '5'] },
      { text: 'dhai  sau', words: ['dhai', 'sau'] },
      { text: '', words: [] },
    ])
    .run(({ assert }, { text, words }) => assert.deepEqual(typedWords(text), words))

  test('have a blank between a digit and a fraction', ({ assert }) => {
    assert.equal(withFractionsApart('12½ ½3 5²'), '12 ½ ½ 3 5 ²')
    assert.equal(withFractionsApart('12 ½ kg½'), '12 ½ kg½')
  })
})
