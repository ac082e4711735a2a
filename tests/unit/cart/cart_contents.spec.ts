import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { CartContents } from '#cart/cart_contents'
import { countOf, MOST_ITEMS, type CartItem } from '#cart/cart_item'

const item = (quantity = 1, values: Partial<CartItem> = {}): CartItem => ({
  ...{ productId: randomUUID(), line: randomUUID(), quantity, pricePaise: 5200 },
  ...{ name: 'Besan', nameHi: null, unit: '1 kg' },
  ...{ measure: 'weight', soldAs: 'packed', netQuantity: 1000 },
  shop: { id: randomUUID(), name: 'Gupta Kirana', city: 'Indore' },
  ...values,
})

const LOOSE = { soldAs: 'loose', measure: 'weight', netQuantity: 1000, unit: 'kg' } as const

const quantities = ({ items }: CartContents) => items.map(({ quantity }) => quantity)

test.group('Contents of a cart', () => {
  test('of two carts are joined: quantities add up, and lines keep their ids', ({ assert }) => {
    const [besan, poha] = [item(2), item(1)]
    const contents = new CartContents([besan])
    contents.join([item(3, { productId: besan.productId }), poha])
    assert.deepEqual(quantities(contents), [5, 1])
    assert.deepEqual(
      contents.items.map(({ line }) => line),
      [besan.line, poha.line]
    )
  })

  test('of two carts add up to 99 pieces', ({ assert }) => {
    const besan = item(60)
    const contents = new CartContents([besan])
    contents.join([{ ...besan, quantity: 60 }])
    assert.deepEqual(quantities(contents), [99])
  })

  test('of two carts are no more lines than a cart has room for', ({ assert }) => {
    const full = Array.from({ length: MOST_ITEMS }, () => item())
    const contents = new CartContents(full)
    contents.join([item(), { ...full[3], quantity: 2 }])
    assert.lengthOf(contents.items, MOST_ITEMS)
    assert.equal(contents.items[3].quantity, 3)
  })

  test('that do not change stay the same objects, so that only changes are written', ({
    assert,
  }) => {
    const [besan, poha] = [item(), item()]
    const contents = new CartContents([besan, poha])
    contents.change(poha.productId, 4)
    assert.strictEqual(contents.items[0], besan)
    assert.notStrictEqual(contents.items[1], poha)
    assert.equal(poha.quantity, 1)
  })

  test('are not changed by a page that showed another quantity', ({ assert }) => {
    const besan = item(3)
    const contents = new CartContents([besan])
    assert.isNotNull(contents.change(besan.productId, 2, 1))
    assert.isNotNull(contents.change(besan.productId, 0, 4))
    assert.isNotNull(contents.change(randomUUID(), 2, 1))
    assert.isNotNull(contents.clear(2))
    assert.deepEqual(quantities(contents), [3])
    assert.isNull(contents.change(besan.productId, 3, 1), 'it is what was wanted already')
    assert.isNull(contents.change(besan.productId, 4, 3))
    assert.isNull(contents.change(randomUUID(), 0, 1), 'it is gone already')
    assert.isNull(contents.clear(4))
    assert.deepEqual(quantities(contents), [])
  })

  test('lose what was ordered, and keep what came to the line meanwhile as a new line', ({
    assert,
  }) => {
    const [besan, poha, suji] = [item(2), item(3), item(1)]
    const contents = new CartContents([besan, poha, suji])
    contents.takeOut([
      { cartLine: besan.line, quantity: 2 },
      { cartLine: poha.line, quantity: 1 },
      { cartLine: null, quantity: 1 },
    ])
    assert.deepEqual(quantities(contents), [2, 1])
    assert.notEqual(contents.items[0].line, poha.line)
    assert.strictEqual(contents.items[1], suji)
  })

  test('count a loose line once, and notice when its amount changes', ({ assert }) => {
    const [dal, besan] = [item(250, LOOSE), item(2)]
    const contents = new CartContents([dal, besan])
    assert.equal(countOf(contents.items), 3)
    assert.isNull(contents.change(dal.productId, 500, 250))
    assert.isNotNull(contents.clear(252))
    assert.isNull(contents.clear(502))
  })

  test('of two carts are not added up when they count something else', ({ assert }) => {
    const packs = item(2)
    const contents = new CartContents([packs])
    contents.join([{ ...packs, ...LOOSE, quantity: 250 }])
    assert.deepEqual(contents.items, [packs])
  })

  test('take loose goods up to 99 kg', ({ assert }) => {
    const dal = item(60_000, LOOSE)
    const contents = new CartContents([dal])
    contents.join([dal])
    assert.deepEqual(quantities(contents), [99_000])
  })
})
