import { test } from '@japa/runner'
import { searchValidator } from '#validators/search'

const NOTHING = {
  q: '',
  type: 'all',
  city: null,
  pin: null,
  wrongPin: null,
  category: null,
  brand: null,
  country: null,
  price: null,
  stock: false,
  order: null,
  size: 16,
}

test.group('A search in the address', () => {
  test('looks for everything, everywhere, when it does not say', async ({ assert }) => {
    assert.deepEqual(await searchValidator.validate({}), NOTHING as any)
    const empty = Object.fromEntries(Object.keys(NOTHING).map((name) => [name, '']))
    assert.deepEqual(await searchValidator.validate(empty), NOTHING as any)
  })

  test('is taken as it is said', async ({ assert }) => {
    const query = {
      q: '  besan  ',
      type: 'product',
      city: ' Indore ',
      pin: '452 001',
      category: 'flours',
      brand: ' Amul ',
      country: 'IN',
      price: '1',
      stock: '1',
      order: 'price',
      size: '50',
    }
    const expected = {
      ...query,
      q: 'besan',
      city: 'Indore',
      pin: '452001',
      wrongPin: null,
      brand: 'Amul',
      price: 1,
      stock: true,
      size: 50,
    }
    assert.deepEqual(await searchValidator.validate(query), expected as any)
  })

  test('says what was given instead of a PIN code', async ({ assert }) => {
    const { pin, wrongPin } = await searchValidator.validate({ pin: ' 4520\u200b ' })
    assert.deepEqual({ pin, wrongPin }, { pin: null, wrongPin: '4520' })
  })

  test('is cut where nobody types any more, between characters', async ({ assert }) => {
    const { q } = await searchValidator.validate({ q: '😀'.repeat(10_000) })
    assert.equal(q, '😀'.repeat(200))
  })

  test('with {what} is taken without it')
    .with([
      { what: 'an unknown type', data: { type: 'everything' } },
      { what: 'too large a size', data: { size: '99' } },
      { what: 'a word for a size', data: { size: 'many' } },
      { what: 'several sizes', data: { size: ['1', '2'] } },
      { what: 'several texts', data: { q: ['a'] } },
      { what: 'an object for a text', data: { q: { a: 'b' } } },
      { what: 'an endless city', data: { city: 'x'.repeat(81) } },
      { what: 'a NUL in the city', data: { city: 'a\0b' } },
      { what: 'a pin code of letters', data: { pin: ['452001', '1'] } },
      { what: 'an unknown category', data: { category: 'weapons' } },
      { what: 'an endless brand', data: { brand: 'x'.repeat(61) } },
      { what: 'a NUL in the brand', data: { brand: 'a\0b' } },
      { what: 'half a character in the brand', data: { brand: '\uD83D' } },
      { what: 'several brands', data: { brand: ['Amul', 'MDH'] } },
      { what: 'a price band that there is not', data: { price: '9' } },
      { what: 'a price band of no number', data: { price: 'length' } },
      { what: 'an unknown country', data: { country: 'XY' } },
      { what: 'a country in small letters', data: { country: 'in' } },
      { what: 'several countries', data: { country: ['IN', 'US'] } },
      { what: 'an unknown order', data: { order: 'sideways' } },
    ])
    .run(async ({ assert }, { data }) => {
      assert.deepEqual(await searchValidator.validate(data), NOTHING as any)
    })
})
