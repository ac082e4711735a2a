import { setTimeout as delay } from 'node:timers/promises'

/** An owner with a shop, a product and an order, and a customer, for a fuzz that would hit nobody's ids by chance. */
export async function prepareMarket(url: URL, password: string) {
  const ask = async (path: string, options: RequestInit): Promise<Record<string, string>> => {
    const response = await fetch(new URL(`/api${path}`, url), { method: 'POST', ...options })
    if (response.status === 429) {
      await delay(1_000 * Number(response.headers.get('retry-after') ?? 1))
      return ask(path, options)
    }
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Record<string, string>
  }
  const asJson = (token: string, body: unknown) => ({
    headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const logIn = async (username: string) => {
    const { access_token: token } = await ask('/token', {
      body: new URLSearchParams({ username, password }),
    })
    return token
  }
  const tokens = { owner: await logIn('owner'), customer: await logIn('customer') }
  const shop = await ask('/shops', asJson(tokens.owner, { name: 'Fuzz', city: 'Indore' }))
  const product = await ask(
    `/shops/${shop.id}/products`,
    asJson(tokens.owner, { name: 'Besan', price: 52.5 })
  )
  const order = await ask(
    '/orders',
    asJson(tokens.customer, { shop_id: shop.id, items: [{ product_id: product.id }] })
  )
  return { tokens, configuration: configurationFor(shop.id, product.id, order.id) }
}

/**
 * Which ids exist, and what no schema can say: that a cursor is only valid when a `Link` header gave it, and
 * that a name is taken, a product is another shop's or an order is packed, for which clients expect 400.
 */
function configurationFor(shop: string, product: string, order: string) {
  return `
[parameters]
"path.shop_id" = "${shop}"

[[operations]]
include-path-regex = "^/api/orders/"
[operations.parameters]
"path.id" = "${order}"

[[operations]]
include-path = "/api/shops/{shop_id}/products/{product_id}"
include-method = "PUT"
[operations.parameters]
"path.shop_id" = "${shop}"
"path.product_id" = "${product}"

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
