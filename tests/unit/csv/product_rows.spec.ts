import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { given, readProductRows, refuse } from '#csv/product_rows'
import { readList } from '#csv/read_list'
import { LISTED_FIELDS } from '#validators/product'

const i18n = i18nManager.locale('en')

function rowsOf(text: string, corrections = {}) {
  const list = readList(text, { separator: 'usual', columns: null, hasHeader: true })
  return readProductRows(list, corrections, i18n)
}

test.group('The lines of a list', () => {
  test('are products, with what their cells say', async ({ assert }) => {
    const [row, other] = await rowsOf(
      'brand,name,price,category\nRajdhani, Besan ,52,flours\n,Poha,,'
    )
    assert.equal(row.line, 2)
    assert.deepEqual(row.errors, [])
    assert.deepEqual(row.product, { name: 'Besan', brand: 'Rajdhani', category: 'flours' })
    assert.sameMembers(Object.keys(row.values), LISTED_FIELDS)
    assert.containsSubset(row.values, { name: 'Besan', price: '52', unit: '', stock: '' })
    assert.deepEqual([other.line, other.product], [3, { name: 'Poha' }])
  })

  test('are without a product where a cell is wrong', async ({ assert }) => {
    const [row] = await rowsOf(`name,brand,gst\nBesan,${'x'.repeat(61)},7`)
    assert.isNull(row.product)
    assert.deepEqual(
      row.errors.map(({ field }) => field),
      ['brand', 'gst']
    )
    assert.equal(row.errors[0].message, 'The brand can have at most 60 characters')
    assert.equal(row.values.gst, '7')
  })

  test('are without the apostrophe that a download puts before a formula', async ({ assert }) => {
    const [row] = await rowsOf("name,brand\n'=Besan,'Fortune'")
    assert.deepEqual(row.product, { name: '=Besan', brand: "'Fortune'" })
  })

  test('are as their owner corrected them, with nothing too', async ({ assert }) => {
    const text = 'name,brand\nBesan,Fortune\nPoha,Tata'
    const corrections = { 'name-2': 'Besan fine', 'brand-3': '', 'maker-3': 'Tata Consumer' }
    const [besan, poha] = await rowsOf(text, corrections)
    assert.deepEqual(besan.product, { name: 'Besan fine', brand: 'Fortune' })
    assert.deepEqual(poha.product, { name: 'Poha', maker: 'Tata Consumer' })
    assert.equal(poha.values.brand, '')
  })

  test('are refused as a whole when broken, until their owner has been through them', async ({
    assert,
  }) => {
    const text = 'name,brand\n"Besan,Fortune\nPoha,Tata'
    const [broken, whole] = await rowsOf(text)
    assert.isNull(broken.product)
    assert.deepEqual(
      broken.errors,
      LISTED_FIELDS.map((field) => ({ field, message: i18n.t('imports.broken') }))
    )
    assert.deepEqual([whole.errors, whole.product?.name], [[], 'Poha'])
    const [corrected] = await rowsOf(text, { 'name-2': 'Besan' })
    assert.deepEqual([corrected.errors, corrected.product?.name], [[], 'Besan'])
  })

  test('give cells in our words, without the empty ones', async ({ assert }) => {
    const [row] = await rowsOf(
      'name,category,diet,gst,sold as,stock\nBesan,आटा,Vegetarian,GST@5%,खुला,'
    )
    const values = { ...row.values, category: i18nManager.locale('hi').t('categories.flours') }
    assert.deepEqual(given(values), {
      name: 'Besan',
      category: 'flours',
      diet: 'veg',
      gst: '5%',
      sold_as: 'loose',
    })
    assert.equal(given({ ...values, category: 'Rocks' }).category, 'Rocks')
  })

  test('keep what they say when they are refused', async ({ assert }) => {
    const [row] = await rowsOf('name\nBesan')
    const error = { field: 'name', message: 'Twice' } as const
    assert.deepEqual(refuse(row, error), { ...row, product: null, errors: [error] })
  })
})
