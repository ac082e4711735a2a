import { test } from '@japa/runner'
import { listedProductValidator } from '#validators/product'

test.group('A line of a list', () => {
  test('has decimal commas only where its owner says so', async ({ assert }) => {
    const line = { name: 'Besan', price: '1.250,50', stock: '1.000', stock_seen: '12' }
    const [errors] = await listedProductValidator.tryValidate(line, { meta: {} })
    assert.sameMembers(
      errors!.messages.map(({ field }: { field: string }) => field),
      ['price', 'stock']
    )
    const product = await listedProductValidator.validate(line, { meta: { decimalMark: ',' } })
    assert.containSubset(product, { price: 1_250_50, stock: 1_000, stock_seen: 12 })
    const dotted = { name: 'Besan', price: '52.50' }
    const [refused] = await listedProductValidator.tryValidate(dotted, {
      meta: { decimalMark: ',' },
    })
    assert.equal(refused!.messages[0].field, 'price')
  })
})
