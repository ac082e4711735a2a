import { test } from '@japa/runner'
import { ParsedValues } from '#caches/parsed_values'

const KILOBYTE = 1024
const text = (number: number) => JSON.stringify({ number, much: 'x'.repeat(KILOBYTE) })

test.group('Parsed values', () => {
  test('gives everybody the same object for the same text', ({ assert }) => {
    const values = new ParsedValues((given) => JSON.parse(given) as { number: number })
    assert.strictEqual(values.of(text(1)), values.of(text(1)))
    assert.notStrictEqual(values.of(text(1)), values.of(text(2)))
  })

  test('lets those go that were used longest ago when their bytes are used up', ({ assert }) => {
    let parsed = 0
    const values = new ParsedValues(
      (given) => {
        parsed++
        return JSON.parse(given) as object
      },
      { bytes: 20 * KILOBYTE }
    )
    const used = values.of(text(0))
    for (let number = 1; number < 50; number++) {
      values.of(text(number))
      assert.strictEqual(values.of(text(0)), used)
    }
    assert.equal(parsed, 50)
    values.of(text(1))
    assert.equal(parsed, 51)
  })
})
