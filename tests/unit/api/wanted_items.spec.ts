import { test } from '@japa/runner'
import { ANY_PRICE, offeredItems, type WantedItem } from '#api/wanted_items'

const goods = (id: string, measure: string, netQuantity: number, smallest: number | null) =>
  ({ id, name: id, measure, netQuantity, smallest, soldAs: smallest ? 'loose' : 'packed' }) as any

const SHOP = [
  goods('besan', 'weight', 500, null),
  goods('dal', 'weight', 1000, 50),
  goods('eggs', 'pieces', 12, 1),
]

const quantities = (...wanted: WantedItem[]) =>
  offeredItems(wanted, SHOP).map(({ productId, quantity }) => [productId, quantity])

test.group('Items wanted by the API', () => {
  test('are counted in packs or base units', ({ assert }) => {
    for (const [item, quantity] of [
      [{ product_id: 'besan' }, 1],
      [{ product_id: 'besan', quantity: 2 }, 2],
      [{ product_id: 'besan', base_quantity: 99 }, 99],
      [{ product_id: 'dal' }, 1000],
      [{ product_id: 'dal', quantity: 0.25 }, 250],
      [{ product_id: 'dal', quantity: 0.251, base_quantity: 251 }, 251],
      [{ product_id: 'dal', base_quantity: 99_000 }, 99_000],
      [{ product_id: 'eggs', quantity: 0.5 }, 6],
      [{ product_id: 'eggs', quantity: 7 / 12 }, 7],
    ] as [WantedItem, number][]) {
      assert.deepEqual(quantities(item), [[item.product_id, quantity]], JSON.stringify(item))
    }
  })

  test('of one product add up, at the lowest price that was agreed to', ({ assert }) => {
    const wanted = [
      { product_id: 'dal', quantity: 0.02, unit_price: 12_500 },
      { product_id: 'besan' },
      { product_id: 'dal', base_quantity: 30, unit_price: 12_000 },
    ]
    assert.deepEqual(offeredItems(wanted, SHOP), [
      { productId: 'dal', quantity: 50, pricePaise: 12_000, baseUnit: 'g' },
      { productId: 'besan', quantity: 1, pricePaise: ANY_PRICE, baseUnit: 'pack' },
    ])
  })

  test('cannot be part of a base unit, too little, too much, or two things', ({ assert }) => {
    const refusals: [WantedItem[], RegExp][] = [
      [[{ product_id: 'besan', quantity: 1.5 }], /whole number of packs/],
      [[{ product_id: 'dal', quantity: 0.2505 }], /whole number of g/],
      [[{ product_id: 'dal', base_quantity: 49 }], /dal is sold from 50 g/],
      [[{ product_id: 'dal', base_quantity: 99_001 }], /at most 99 kg of one product/],
      [[{ product_id: 'besan', base_quantity: 100 }], /at most 99 of one product/],
      [[{ product_id: 'dal', quantity: 0.25, base_quantity: 25 }], /differ/],
      [[{ product_id: 'ghee' }], /not found/],
    ]
    for (const [wanted, message] of refusals) {
      try {
        offeredItems(wanted, SHOP)
      } catch (error: any) {
        assert.match((error.messages ?? [error])[0].message, message)
        continue
      }
      assert.fail(`${message} was taken`)
    }
  })
})
