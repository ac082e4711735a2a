import { test } from '@japa/runner'
import { errors } from '@vinejs/vine'
import { searchValidator } from '#validators/search'

const fieldsAtFault = async (data: object) => {
  const [error] = await searchValidator.tryValidate(data)
  if (!(error instanceof errors.E_VALIDATION_ERROR)) return []
  return error.messages.map(({ field }: { field: string }) => field)
}

test.group('A search in the address', () => {
  test('looks for everything, everywhere, when it does not say', async ({ assert }) => {
    const nothing = { q: '', type: 'all', city: null, size: 20 }
    assert.deepEqual(await searchValidator.validate({}), nothing)
    assert.deepEqual(
      await searchValidator.validate({ q: '', type: '', city: '', size: '' }),
      nothing
    )
  })

  test('is taken as it is said', async ({ assert }) => {
    const query = { q: '  besan  ', type: 'product', city: ' Indore ', size: '50' }
    assert.deepEqual(await searchValidator.validate(query), {
      q: 'besan',
      type: 'product',
      city: 'Indore',
      size: 50,
    })
  })

  test('is cut where nobody types any more, between characters', async ({ assert }) => {
    const { q } = await searchValidator.validate({ q: '😀'.repeat(10_000) })
    assert.equal(q, '😀'.repeat(200))
  })

  test('with {what} is refused at the field {field}')
    .with([
      { what: 'an unknown type', data: { type: 'everything' }, field: 'type' },
      { what: 'no size at all', data: { size: '0' }, field: 'size' },
      { what: 'too large a size', data: { size: '51' }, field: 'size' },
      { what: 'half a hit', data: { size: '1.5' }, field: 'size' },
      { what: 'a word for a size', data: { size: 'many' }, field: 'size' },
      { what: 'several sizes', data: { size: ['1', '2'] }, field: 'size' },
      { what: 'several texts', data: { q: ['a'] }, field: 'q' },
      { what: 'an object for a text', data: { q: { a: 'b' } }, field: 'q' },
      { what: 'an endless city', data: { city: 'x'.repeat(81) }, field: 'city' },
      { what: 'a NUL in the city', data: { city: 'a\0b' }, field: 'city' },
    ])
    .run(async ({ assert }, { data, field }) => {
      assert.deepEqual(await fieldsAtFault(data), [field])
    })
})
