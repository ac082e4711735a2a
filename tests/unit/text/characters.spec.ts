import { test } from '@japa/runner'
import {
  BLANK,
  CONTROL,
  EMOJI,
  INVISIBLE,
  JOINED,
  JOINER,
  SELECTOR,
  VIRAMA,
} from '#text/characters'

const everyCharacter = Array.from({ length: 0x110000 }, (_, point) => point)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point))
  .join('')

/** Characters of a class, given without its brackets. */
const inside = (source: string) => matching(`[${source}]`)

const matching = (pattern: string) => everyCharacter.match(new RegExp(pattern, 'gu')) ?? []

test.group('Character classes', () => {
  test('blanks and control characters are Unicode’s, and every control character is one of both', ({
    assert,
  }) => {
    assert.deepEqual(inside(BLANK), matching('\\p{White_Space}'))
    assert.deepEqual(inside(CONTROL), matching('(?!\\p{White_Space})\\p{Cc}'))
  })

  test('every character that Unicode ignores by default is invisible, a joiner or a selector', ({
    assert,
  }) => {
    const known = new Set(inside(`${INVISIBLE}${JOINER}${SELECTOR}`))
    const ignored = matching('\\p{Default_Ignorable_Code_Point}')
    assert.deepEqual(
      ignored.filter((character) => !known.has(character)),
      []
    )
    assert.deepEqual(inside(JOINER), ['\u200C', '\u200D'])
    assert.deepEqual(inside(SELECTOR), ['\uFE0E', '\uFE0F'])
    assert.includeMembers([...known], ['\u2800', '\u200E', '\u202E', '\u{E0067}', '\u{1BCA0}'])
  })

  test('nothing that is seen is invisible', ({ assert }) => {
    const seen = inside(INVISIBLE).filter((character) => /[\p{L}\p{N}\p{P}]/u.test(character))
    assert.deepEqual(seen, ['\u115F', '\u1160', '\u3164', '\uFFA0'], 'Hangul fillers are letters')
  })

  test('viramas, joining scripts and emoji are where they are', ({ assert }) => {
    assert.deepEqual(inside(VIRAMA), [
      ...'\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA',
    ])
    assert.includeMembers(inside(JOINED), [...'ابپकকਕકକகకಕകක', ...inside(VIRAMA)])
    assert.notIncludeMembers(inside(JOINED), [...'aé中あ'])
    assert.includeMembers(inside(EMOJI), [...'❤☎🛒😀🧅🔥'])
    assert.notIncludeMembers(inside(EMOJI), [...'aक中'])
  })
})
