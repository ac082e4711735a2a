import { Ajv2020 } from 'ajv/dist/2020.js'
import { test } from '@japa/runner'
import vine from '@vinejs/vine'
import { line } from '#validators/text'

const BLANKS = [...' \t\n\v\f\r\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\ufeff']
const CONTROLS = [...'\0\b\u001f\u007f\u0085']

const TEXTS = [
  ...['', 'b', 'be', 'besan', 'besan!', 'be an', 'आटा', '😀'.repeat(5), '😀'.repeat(6)],
  ...[...BLANKS, ...CONTROLS].flatMap((mark) => [
    mark,
    `${mark}besan${mark}`,
    mark.repeat(9) + 'b',
    `be${mark}an`,
    `b${mark.repeat(9)}n`,
  ]),
]

test.group('A line of text', () => {
  test('is accepted when its JSON schema says so, and only then: from {$self} to 5 characters')
    .with([1, 2, 4])
    .run(async ({ assert }, least) => {
      const validator = vine.create(line(5, least))
      const described = new Ajv2020().compile(validator.toJSONSchema())
      const accepted: string[] = []
      for (const text of TEXTS) {
        const [errors] = await validator.tryValidate(text)
        if (!errors) accepted.push(text)
      }
      assert.sameMembers(
        accepted,
        TEXTS.filter((text) => described(text))
      )
      assert.includeMembers(accepted, ['besan', '\u00a0besan\u00a0'])
      assert.notIncludeMembers(accepted, ['besan!', ' ', 'be\tan'])
    })

  test('is refused when half a character is missing', async ({ assert }) => {
    const [errors] = await vine.create(line(5)).tryValidate('a\ud800b')
    assert.isNotNull(errors)
  })

  test('comes without the blanks around it', async ({ assert }) => {
    assert.equal(await vine.create(line(5)).validate('\n besan\ufeff'), 'besan')
  })
})
