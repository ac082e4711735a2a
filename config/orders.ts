import env from '#start/env'

export default {
  /** Maximum open orders of one customer at a shop. */
  openOrders: env.get('OPEN_ORDERS_PER_SHOP') ?? 5,

  /** Maximum orders of one customer per minute, at all shops. */
  perMinute: env.get('ORDERS_PER_MINUTE') ?? 10,

  /** Maximum requests of one user for order pages per minute. */
  pagesPerMinute: env.get('ORDER_PAGES_PER_MINUTE') ?? 120,

  /** How often a server looks for expired orders, in milliseconds. */
  expiryEvery: 15_000,

  /** Limits per owner, across all their shops, and of the addresses that a user saves. */
  allowance: {
    shops: env.get('SHOPS_PER_OWNER') ?? 20,
    products: env.get('PRODUCTS_PER_OWNER') ?? 5_000,
    addresses: 10,
  },
}
