import env from '#start/env'

export default {
  /** How many orders of one customer a shop has at a time that have not ended. */
  openOrders: env.get('OPEN_ORDERS_PER_SHOP') ?? 5,

  /** How many orders one customer places in a minute, at all shops. */
  perMinute: env.get('ORDERS_PER_MINUTE') ?? 10,

  /** How often a server looks for orders that nobody accepted in time, in milliseconds. */
  expiryEvery: 15_000,

  /** What one owner may have, in all their shops. */
  allowance: {
    shops: env.get('SHOPS_PER_OWNER') ?? 20,
    products: env.get('PRODUCTS_PER_OWNER') ?? 5_000,
  },
}
