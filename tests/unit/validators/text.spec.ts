import { Ajv2020 } from 'ajv/dist/2020.js'
import { test } from '@japa/runner'
import vine from '@vinejs/vine'
import { schemaOf } from '#api/json_schema'
import { line } from '#validators/text'

const BLANKS = [...' \t\n\v\f\r\u0085\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000']
const UNSEEN = [...'\u200b\u200d\u200f\u202e\u2066\u00ad\ufeff\u3164\u2800\ufe0f\u{e0067}\u{e0101}']
const CONTROLS = [...'\0\b\u001f\u007f\u0080']

const BESAN = [...BLANKS, ...UNSEEN].flatMap((mark) => [
  `${mark}besan${mark}`,
  mark.repeat(9) + 'b' + mark,
  `be${mark}an`,
])

const TEXTS = [
  ...['', 'b', 'be', 'besan', 'besan!', 'be an', 'आटा', '😀'.repeat(5), '😀'.repeat(6)],
  ...BESAN,
  ...[...BLANKS, ...UNSEEN, ...CONTROLS],
  ...CONTROLS.flatMap((mark) => [`${mark}besan`, `be${mark}an`, mark.repeat(9) + 'b']),
]

async function acceptedBy(validator: ReturnType<typeof vine.create<any>>, name = 'name') {
  const accepted: string[] = []
  for (const text of TEXTS) {
    const [errors] = await validator.tryValidate({ [name]: text })
    if (!errors) accepted.push(text)
  }
  return accepted
}

test.group('A line of text', () => {
  test('is accepted when its JSON schema says so, and only then')
    .with([true, false])
    .run(async ({ assert }, optional) => {
      const validator = vine.create({ name: optional ? line(5).optional() : line(5) })
      const described = new Ajv2020().compile(schemaOf(validator, 'body'))
      const accepted = await acceptedBy(validator)
      assert.sameMembers(
        accepted,
        TEXTS.filter((name) => described({ name }))
      )
      assert.includeMembers(accepted, ['besan', ...BESAN])
      assert.notIncludeMembers(accepted, ['besan!', 'be\0an'])
    })

  test('is missing when nobody sees anything of it', async ({ assert }) => {
    for (const text of [...BLANKS, ...UNSEEN, '', ' \u200b\u3164 ']) {
      const [errors] = await vine.create({ name: line(5) }).tryValidate({ name: text })
      assert.deepInclude(errors!.messages[0], { field: 'name', rule: 'required' })
      assert.deepEqual(await vine.create({ name: line(5).optional() }).validate({ name: text }), {})
    }
  })

  test('is refused when half a character is missing', async ({ assert }) => {
    const [errors] = await vine.create(line(5)).tryValidate('a\ud800b')
    assert.isNotNull(errors)
  })

  test('comes cleaned, and is counted then', async ({ assert }) => {
    const validator = vine.create(line(5))
    assert.equal(await validator.validate('\n besan\ufeff'), 'besan')
    assert.equal(await validator.validate('be \u00a0\r\n an'), 'be an')
    assert.equal(await validator.validate('e\u0301'.repeat(5)), 'é'.repeat(5))
    const [errors] = await validator.tryValidate('\u095d'.repeat(3))
    assert.equal(errors!.messages[0].rule, 'maxLength')
  })
})
