import { test } from '@japa/runner'
import { clean } from '#text/clean'

const BIDI = [
  '\u200E',
  '\u200F',
  '\u202A',
  '\u202B',
  '\u202C',
  '\u202D',
  '\u202E',
  '\u2066',
  '\u2069',
]
const NOTHING = [
  '\u200B',
  '\u2060',
  '\u2064',
  '\u00AD',
  '\uFEFF',
  '\u180E',
  '\u034F',
  '\u3164',
  '\u2800',
]
const LONE = ['\u200C', '\u200D', '\uFE0F', '\u{E0067}', '\u{E0101}']

test.group('Cleaned text', () => {
  test('has nothing that nobody sees', ({ assert }) => {
    for (const character of [...BIDI, ...NOTHING, ...LONE]) {
      assert.equal(clean(character), '', character.codePointAt(0)!.toString(16))
      assert.equal(clean(`To${character}or ${character}Dal${character}`), 'Toor Dal')
    }
  })

  test('is composed, with single blanks', ({ assert }) => {
    assert.equal(clean('Cafe\u0301'), 'Café')
    assert.equal(clean('प\u095Dाई'), 'प\u0922\u093Cाई')
    assert.equal(clean('\u3000Toor\u00A0\u2003\tDal\r\n500\u2028g\u202F\uFEFF'), 'Toor Dal 500 g')
  })

  test('keeps joiners and selectors where they do something', ({ assert }) => {
    const texts = ['क्\u200Dष', 'क्\u200Cष', 'র\u200D্য', 'അവന്\u200D', 'می\u200Cخواهم', 'अ\u200Dॅप']
    for (const text of [...texts, '❤\uFE0F\u200D🔥', '👨\u200D👩\u200D👧', '5\uFE0F\u20E3']) {
      assert.equal(clean(text), text)
    }
    assert.equal(clean('क\u200D दाल\u200C'), 'क दाल')
  })

  test('is made in a few steps, however long the chain of what depends on what', ({ assert }) => {
    const chain = `\u0301\u200D${'\u094D\u200D'.repeat(100_000)}`
    assert.equal(clean(clean(chain)), clean(chain))
  })

  test('is left alone when it is plain', ({ assert }) => {
    for (const text of ['Toor Dal', 'a', '~!', 'Parle-G 50 g', '']) assert.equal(clean(text), text)
  })

  test('is the same for plain text with too many blanks', ({ assert }) => {
    assert.equal(clean(' Toor Dal'), 'Toor Dal')
    assert.equal(clean('Toor Dal '), 'Toor Dal')
    assert.equal(clean('Toor  Dal'), 'Toor Dal')
    assert.equal(clean('Dal  '), 'Dal')
    assert.equal(clean('Dal \u200B'), 'Dal')
    assert.equal(clean('  Toor   Dal\t 500 g '), 'Toor Dal 500 g')
    assert.equal(clean(' '), '')
  })

  test('loses everything invisible of a run, and every run', ({ assert }) => {
    assert.equal(clean('T\u200B\u2060oor D\u00AD\u{1D173}\u{1BCA0}al'), 'Toor Dal')
    assert.equal(clean('\u202Eदाल\u202C\u2066'), 'दाल')
  })

  test('keeps what chooses how an emoji looks only behind one', ({ assert }) => {
    for (const text of ['❤\uFE0F', '☎\uFE0E', '©\uFE0F', '㊗\uFE0F', '#\uFE0F\u20E3', '🛒\uFE0F']) {
      assert.equal(clean(text), text)
    }
    assert.equal(clean('a\uFE0F ❤\uFE0F\uFE0F 5\uFE0F 5\uFE0E\u20E3'), 'a ❤\uFE0F 5 5\u20E3')
    assert.equal(clean('\uFE0Eदाल\uFE0Fआटा\uFE0F'), 'दालआटा')
  })

  test('keeps a joiner only between letters that join, behind a virama, or between emoji', ({
    assert,
  }) => {
    assert.equal(clean('a\u200Db ❤\u200Da ❤\u200C🔥'), 'ab ❤a ❤🔥')
    assert.equal(clean('दा\u200Dल\u200D आ'), 'दा\u200Dल आ')
    assert.equal(clean('क्\u200D a\u200D'), 'क्\u200D a')
    assert.equal(clean('❤\u200D'), '❤')
  })

  test('has at most thirty marks on a letter', ({ assert }) => {
    assert.equal(clean(`q${'\u0316'.repeat(30)} dal`), `q${'\u0316'.repeat(30)} dal`)
    assert.equal(clean(`q${'\u0316'.repeat(32)} dal`), `q${'\u0316'.repeat(30)} dal`)
    const both = `${'\u0316'.repeat(31)}dal`
    assert.equal(clean(`q${both} q${both}`), `q${both.slice(1)} q${both.slice(1)}`)
    const composed = clean(`q${'\u0344'.repeat(30)}`)
    assert.equal(composed, `q${'\u0308\u0301'.repeat(15)}`, 'a mark that becomes two')
  })

  test('does without joiners and selectors where they depend on each other', ({ assert }) => {
    const nonsense = '\u0301\u200D\u094D\u200D\u094D\u200Dक❤\uFE0F'
    assert.equal(clean(nonsense), '\u094D\u094D\u0301क❤')
  })
})
