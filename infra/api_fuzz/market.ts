/** More than a fuzz can buy. */
const STOCK = 1_000_000

/** The tokens of an owner, who is an admin too, and of a customer. */
export interface Tokens {
  owner: string
  customer: string
}

/**
 * Makes a shop with a product and an order, and says where they are, for a fuzz that would hit nobody's ids
 * by chance.
 *
 * @returns settings of Schemathesis, and ids for the bodies of requests
 */
export async function prepareMarket(url: URL, tokens: Tokens) {
  const post = async (path: string, token: string, body: unknown) => {
    const response = await fetch(new URL(`/api${path}`, url), {
      method: 'POST',
      headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as { id: string }
  }
  const shop = await post('/shops', tokens.owner, { name: 'Fuzz', city: 'Indore' })
  const addProduct = (name: string) => {
    const product = { name, price: 52.5, stock: STOCK }
    return post(`/shops/${shop.id}/products`, tokens.owner, product)
  }
  const product = await addProduct('Besan')
  const order = await post('/orders', tokens.customer, {
    shop_id: shop.id,
    items: [{ product_id: product.id }],
  })
  return {
    settings: settingsFor(shop.id, product.id, (await addProduct('Maida')).id, order.id),
    knownIds: { shop_id: shop.id, product_id: product.id },
  }
}

/**
 * Which ids exist, and what no schema can say: that a cursor is only valid when a `Link` header gave it, and
 * that a name is taken, a product is another shop's or an order is packed, for which clients expect 400.
 */
function settingsFor(shop: string, product: string, removed: string, order: string) {
  return `
hooks = "${new URL('hooks.py', import.meta.url).pathname}"

[parameters]
"path.shop_id" = "${shop}"

[[operations]]
include-path-regex = "^/api/orders/"
[operations.parameters]
"path.id" = "${order}"

[[operations]]
include-operation-id = "api.shops.show"
[operations.parameters]
"path.id" = "${shop}"

[[operations]]
include-operation-id = "api.products.update"
[operations.parameters]
"path.product_id" = "${product}"

[[operations]]
include-operation-id = "api.products.destroy"
[operations.parameters]
"path.product_id" = "${removed}"

[[operations]]
include-method = "GET"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "422", "429"]

[[operations]]
include-operation-id = ["api.accounts.store", "api.orders.store", "api.order_cancellations.store"]
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "400", "401", "403", "404", "409", "422", "429"]
`
}
