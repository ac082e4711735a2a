import { randomUUID } from 'node:crypto'
import { DateTime } from 'luxon'
import Product from '#models/product'
import Shop from '#models/shop'
import User from '#models/user'

export const PASSWORD = 'Pass@1234'

export function createUser(values: Partial<User> = {}) {
  return User.create({
    username: `user-${randomUUID().slice(0, 8)}`,
    password: PASSWORD,
    role: 'customer',
    fullName: 'Asha Verma',
    address: '12 MG Road, Indore 452001',
    mobile: '9876543210',
    ...values,
  })
}

export function createOwner(values: Partial<User> = {}) {
  return createUser({ role: 'shopowner', fullName: 'Ramesh Gupta', ...values })
}

export async function createShop(values: Partial<Shop> = {}) {
  const ownerId = values.ownerId ?? (await createOwner()).id
  return Shop.create({
    name: 'Gupta Kirana',
    city: 'Indore',
    pinCode: '452001',
    ...values,
    ownerId,
  })
}

export async function createProduct(values: Partial<Product> = {}) {
  const shopId = values.shopId ?? (await createShop()).id
  const product = await Product.create({
    name: `Besan ${randomUUID().slice(0, 8)}`,
    nameHi: 'बेसन',
    category: 'flours',
    unit: '500 g',
    pricePaise: 5200,
    stock: 20,
    ...values,
    shopId,
  })
  return product.refresh()
}

/** Closes a shop like `Shop.close` with orders. */
export function closeShop(shop: Shop) {
  return shop.merge({ closedAt: DateTime.now() }).save()
}
