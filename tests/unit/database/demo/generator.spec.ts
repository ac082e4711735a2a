import { test } from '@japa/runner'
import { CATALOGUE_SIZE, PRODUCTS } from '#database/demo/catalogue'
import { LOGINS, countsOf, productsOf, shops, users } from '#database/demo/generator'
import type { DemoSize } from '#database/demo/generator'
import { termsOf } from '#database/demo/shop_terms'
import { readUnit } from '#measures/read_unit'
import { readFssai } from '#numbers/fssai'
import { readGstin } from '#numbers/gstin'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

function sizeOf(values: Partial<DemoSize> = {}): DemoSize {
  return { owners: 12, customers: 15, shopsPerOwner: 3, productsPerShop: 40, seed: 7, ...values }
}

function everything(size: DemoSize) {
  const allShops = [...shops(size)]
  return {
    users: [...users(size)],
    shops: allShops,
    products: allShops.flatMap((shop) => [...productsOf(shop, size)]),
  }
}

test.group('Demo generator', () => {
  test('makes the same data of the same seed, and other data of another', ({ assert }) => {
    assert.deepEqual(everything(sizeOf()), everything(sizeOf()))
    const other = everything(sizeOf({ seed: 8 }))
    const ids = new Set(everything(sizeOf()).products.map(({ id }) => id))
    assert.isFalse(other.products.some(({ id }) => ids.has(id)))
  })

  test('makes more of the same of a larger size', ({ assert }) => {
    const small = everything(sizeOf())
    const large = everything(
      sizeOf({ owners: 14, customers: 20, shopsPerOwner: 5, productsPerShop: 700 })
    )
    for (const kind of ['users', 'shops', 'products'] as const) {
      const wanted = new Set(small[kind].map(({ id }) => id))
      const found = (large[kind] as { id: string }[]).filter(({ id }) => wanted.has(id))
      assert.deepEqual(found, small[kind])
    }
  })

  test('makes as many as it was asked for', ({ assert }) => {
    const made = everything(sizeOf())
    assert.deepEqual(countsOf(sizeOf()), { users: 27, shops: 36, products: 1440 })
    assert.lengthOf(made.users, 27)
    assert.lengthOf(made.shops, 36)
    assert.lengthOf(made.products, 1440)
  })

  test('gives every row an id of its own that sorts by when it was made', ({ assert }) => {
    const made = everything(sizeOf({ owners: 60, customers: 60, productsPerShop: 60 }))
    const ids = [...made.users, ...made.shops, ...made.products].map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    for (const id of ids) assert.match(id, UUID_V7)
    const shopIds = made.shops.map(({ id }) => id)
    assert.deepEqual(shopIds.toSorted(), shopIds)
  })

  test('begins with the accounts that people log in with', ({ assert }) => {
    const made = [...users(sizeOf({ seed: 99 }))]
    const owner = made.find(({ username }) => username === 'owner')
    const customer = made.find(({ username }) => username === 'customer')
    assert.containsSubset(owner, { role: 'shopowner', fullName: LOGINS.owner.fullName })
    assert.containsSubset(customer, { role: 'customer', fullName: LOGINS.customer.fullName })
    const [first] = shops(sizeOf({ seed: 99 }))
    assert.equal(first.owner, 'owner')
  })

  test('gives people usernames and numbers that they could have registered with', ({ assert }) => {
    const made = [...users(sizeOf({ owners: 3000, customers: 3000 }))]
    assert.equal(new Set(made.map(({ username }) => username)).size, made.length)
    for (const { username, fullName, mobile, address } of made) {
      assert.match(username, /^[a-z0-9._-]{3,30}$/)
      assert.match(fullName, /^[A-Z][a-z]+ [A-Z][a-z]+$/)
      assert.match(mobile, /^[6-9]\d{9}$/)
      assert.match(address, /^\d+, .+, .+, .+ [1-9]\d{5}$/)
    }
  })

  test('puts a shop in the city of its owner under a name without gaps', ({ assert }) => {
    const size = sizeOf({ owners: 300 })
    const addresses = new Map([...users(size)].map((user) => [user.username, user.address]))
    for (const { owner, city, name, pinCode } of shops(size)) {
      assert.include(addresses.get(owner), city)
      assert.notMatch(name, /[{}\\\p{Cc}]|undefined|\s\s/u)
      assert.isTrue(name.length <= 120)
      assert.match(pinCode, /^[1-9]\d{5}$/)
    }
  })

  test('stocks no product twice, however large the shop')
    .with([60, PRODUCTS.length, 5000, CATALOGUE_SIZE])
    .run(({ assert }, productsPerShop) => {
      const size = sizeOf({ owners: 1, shopsPerOwner: 1, productsPerShop })
      const [shop] = shops(size)
      const names = Array.from(productsOf(shop, size), ({ item }) => item.name.toLowerCase())
      assert.lengthOf(names, productsPerShop)
      assert.equal(new Set(names).size, productsPerShop)
    })

  test('varies what shops stock, and sells what is needed every day in most of them', ({
    assert,
  }) => {
    const size = sizeOf({ owners: 50, shopsPerOwner: 2, productsPerShop: 60 })
    const shelves = Array.from(shops(size), (shop) => {
      return new Set(Array.from(productsOf(shop, size), ({ item }) => item.name))
    })
    const carriers = (name: string) => shelves.filter((shelf) => shelf.has(name)).length
    for (const name of ['Atta', 'Toor Dal', 'Dahi']) assert.isAtLeast(carriers(name), 40, name)
    assert.isAtLeast(new Set(shelves.flatMap((shelf) => [...shelf])).size, PRODUCTS.length * 0.95)
    assert.notDeepEqual(shelves[0], shelves[1])
  })

  test('asks prices near those of the catalogue, in rupees or half rupees', ({ assert }) => {
    const { products } = everything(sizeOf({ owners: 60 }))
    for (const { item, pricePaise, netQuantity } of products) {
      assert.isTrue(Number.isInteger(pricePaise) && pricePaise % 50 === 0)
      const usual = (item.pricePaise * netQuantity) / (readUnit(item.unit)?.netQuantity ?? 1)
      assert.closeTo(pricePaise / usual, 1, 0.2, item.name)
    }
    const besan = products.filter(({ item, soldAs }) => item.name === 'Besan' && soldAs === 'loose')
    assert.isAbove(new Set(besan.map(({ pricePaise }) => pricePaise)).size, 1)
  })

  test('sells a third of the products loose, and what some sell loose others sell in packs', ({
    assert,
  }) => {
    const { products } = everything(sizeOf({ owners: 60, productsPerShop: 60 }))
    const loose = products.filter(({ soldAs }) => soldAs === 'loose')
    assert.closeTo(loose.length / products.length, 1 / 3, 0.05)
    const kinds = (name: string) => {
      return new Set(products.filter(({ item }) => item.name === name).map(({ soldAs }) => soldAs))
    }
    assert.deepEqual([...kinds('Toor Dal')].toSorted(), ['loose', 'packed'])
    assert.deepEqual([...kinds('Pyaz (Onion)')], ['loose'])
    assert.deepEqual([...kinds('Tata Salt')], ['packed'])
    const units = new Set(loose.map(({ unit }) => unit))
    assert.includeMembers([...units], ['kg', 'l', 'dozen'])
  })

  test('prints no MRP below the price, and none on loose goods', ({ assert }) => {
    const { products } = everything(sizeOf({ owners: 60 }))
    for (const { item, mrpPaise, pricePaise, soldAs } of products) {
      if (soldAs === 'loose') assert.isNull(mrpPaise, item.name)
      else assert.isTrue(mrpPaise === null || mrpPaise >= pricePaise, item.name)
    }
  })

  test('gives shops numbers of the right form, which belong to nobody', ({ assert }) => {
    const size = sizeOf({ owners: 100 })
    const terms = [...shops(size)].map((shop) => termsOf(shop, size.seed))
    for (const { fssaiNumber, gstin, taxScheme } of terms) {
      if (fssaiNumber) assert.equal(readFssai(fssaiNumber), fssaiNumber)
      if (gstin) assert.equal(readGstin(gstin), gstin)
      if (gstin) assert.equal(gstin.slice(2, 7), 'DEMPO')
      assert.equal(gstin !== null, taxScheme === 'regular' || taxScheme === 'composition')
    }
    assert.equal(terms[0].taxScheme, 'regular')
    assert.sameMembers(
      [...new Set(terms.map(({ taxScheme }) => taxScheme))],
      ['unregistered', 'composition', 'regular', null]
    )
  })

  test('has some products sold out and most in stock', ({ assert }) => {
    const { products } = everything(sizeOf({ owners: 60 }))
    const soldOut = products.filter(({ stock }) => stock === 0).length / products.length
    assert.isTrue(soldOut > 0.02 && soldOut < 0.12, `${soldOut}`)
    assert.isTrue(products.every(({ stock }) => Number.isInteger(stock) && stock >= 0))
  })

  test('makes rows as they are asked for', ({ assert }) => {
    const size = sizeOf({ owners: 100_000, shopsPerOwner: 100, productsPerShop: 5000 })
    const [first] = shops(size)
    const [product] = productsOf(first, size)
    assert.equal(product.shopId, first.id)
  })
})
