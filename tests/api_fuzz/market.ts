/** More than a fuzz can buy, in packs or kg. */
const STOCK = 100_000
const LOOSE = { sold_as: 'loose', measure: 'weight' }

/** The tokens of an owner, who is an admin too, and of a customer. */
export interface Tokens {
  owner: string
  customer: string
}

interface Order {
  id: string
  items?: { id: string }[]
}

/**
 * Makes a shop with a product and an order, and says where they are, for a fuzz that would hit nobody's ids
 * by chance.
 *
 * @returns settings of Schemathesis, and what its hooks put into requests
 */
export async function prepareMarket(url: URL, tokens: Tokens) {
  const post = async (path: string, token: string, body: unknown) => {
    const response = await fetch(new URL(`/api${path}`, url), {
      method: 'POST',
      headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Order
  }
  const shop = await post('/shops', tokens.owner, { name: 'Fuzz', city: 'Indore' })
  const addProduct = (name: string, goods = {}) => {
    const product = { name, price: 52.5, stock: STOCK, ...goods }
    return post(`/shops/${shop.id}/products`, tokens.owner, product)
  }
  const product = await addProduct('Besan', LOOSE)
  const items = { shop_id: shop.id, items: [{ product_id: product.id }] }
  const order = await post('/orders', tokens.customer, items)
  const removed = await addProduct('Maida')
  await post('/shops', tokens.owner, { name: 'Fuzz 2', city: 'Indore' })
  await post('/orders', tokens.customer, items)
  const cursorOf = async (path: string, token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    const { headers: answered } = await fetch(new URL(`/api${path}?limit=1`, url), { headers })
    const cursor = /[?&]cursor=([^&>]+)>; rel="next"/.exec(answered.get('link') ?? '')?.[1]
    if (!cursor) throw new Error(`${path} has no second page`)
    return cursor
  }
  return {
    settings: settingsFor(shop.id, product.id, removed.id, order),
    known: {
      ids: { shop_id: shop.id, product_id: product.id },
      cursors: {
        'api.shops.index': await cursorOf('/shops', tokens.owner),
        'api.products.index': await cursorOf(`/shops/${shop.id}/products`, tokens.owner),
        'api.orders.index': await cursorOf('/orders/me', tokens.customer),
      },
    },
  }
}

/**
 * Which ids exist, and which operations have rules that no schema can say, for which clients expect 400. What
 * the rules are is in `hooks.py`.
 */
function settingsFor(shop: string, product: string, removed: string, order: Order) {
  return `
hooks = "${new URL('hooks.py', import.meta.url).pathname}"

[parameters]
"path.shop_id" = "${shop}"

[[operations]]
include-path-regex = "^/api/orders/"
[operations.parameters]
"path.id" = "${order.id}"
"path.item_id" = "${order.items![0].id}"

[[operations]]
include-operation-id = "api.shops.show"
[operations.parameters]
"path.id" = "${shop}"

[[operations]]
include-operation-id = ["api.products.show", "api.products.update", "api.products.patch"]
[operations.parameters]
"path.product_id" = "${product}"

[[operations]]
include-operation-id = "api.products.destroy"
[operations.parameters]
"path.product_id" = "${removed}"

[[operations]]
include-operation-id = ["api.products.update", "api.products.patch", "api.orders.update", "api.order_statuses.update", "api.order_items.update", "api.weight_answers.store"]
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "400", "401", "403", "404", "409", "412", "422", "429"]
[operations.checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "429"]

[[operations]]
include-operation-id = ["api.accounts.store", "api.shops.store", "api.products.store", "api.orders.store", "api.order_cancellations.store"]
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "400", "401", "403", "404", "409", "422", "429"]
`
}
