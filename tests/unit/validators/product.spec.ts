import { test } from '@japa/runner'
import { listedGoodsValidator } from '#validators/product'
import { GoodsReading } from '#validators/read_goods'

test.group('A line of a list', () => {
  test('has decimal commas only where its owner says so', async ({ assert }) => {
    const line = {
      unit: '500 g',
      price: '1.250,50',
      mrp: '1.300',
      stock: '1.000',
      stock_seen: '12',
    }
    const [errors] = await listedGoodsValidator.tryValidate(line, { meta: {} })
    const wrong = errors!.messages.map(({ field }: { field: string }) => field)
    assert.sameMembers(wrong, ['price', 'mrp', 'stock'])
    const meta = { decimalMark: ',', isList: true } as const
    await listedGoodsValidator.validate(line, { meta })
    const { pricePaise, mrpPaise, stock, stockSeen } = new GoodsReading(line, meta)
    assert.deepEqual(
      { pricePaise, mrpPaise, stock, stockSeen },
      { pricePaise: 1_250_50, mrpPaise: 1_300_00, stock: { to: 1_000 }, stockSeen: 12 }
    )
    const dotted = { unit: '500 g', price: '52.50', stock: '1' }
    const [refused] = await listedGoodsValidator.tryValidate(dotted, { meta })
    assert.equal(refused!.messages[0].field, 'price')
  })
})
