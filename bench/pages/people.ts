import { DEMO_PASSWORD } from '#database/demo/options'
import { Visitor } from '#tests/helpers/visitor'

const LINES = 10

export async function logIn(url: URL, username: string) {
  const visitor = new Visitor(undefined, url.origin)
  await visitor.visit('/login')
  const { path } = await visitor.submit('form[action^="/login"]', {
    username,
    password: DEMO_PASSWORD,
  })
  if (path.startsWith('/login')) throw new Error(`${username} could not log in`)
  return visitor
}

/** A logged-in customer with products of a shop in the cart. */
export async function customerWithCart(url: URL, shop: string) {
  const customer = await logIn(url, 'customer')
  await customer.request('DELETE', '/cart')
  const { $ } = await customer.visit(`/shops/${shop}`)
  const products = $('form[action*="/cart/items"] [name=product_id]').get()
  const units = new Map(
    products.map((field) => {
      const unit = $(field).closest('form').find('[name=base_unit]').attr('value') ?? 'pack'
      return [$(field).attr('value')!, unit]
    })
  )
  for (const [id, unit] of [...units].slice(0, LINES)) {
    const line = new URLSearchParams({ product_id: id, base_unit: unit })
    await customer.request('POST', '/cart/items', line)
  }
  const cart = await customer.visit('/cart')
  const lines = cart.$('form[action^="/cart/items/"]').get()
  const inCart = new Set(lines.map((form) => cart.$(form).attr('action')!.split('?')[0]))
  if (inCart.size !== LINES) throw new Error(`The cart has ${inCart.size} lines`)
  return customer
}

/** The first shop that a page links to under a path. */
export async function firstShop(visitor: Visitor, path: string) {
  const { $ } = await visitor.visit(path)
  const links = $(`a[href^="${path}/"]`).get()
  const ids = links.map(
    (link) =>
      $(link)
        .attr('href')!
        .match(/[\da-f-]{36}$/)?.[0]
  )
  return ids.find((id) => id !== undefined)!
}

export async function tokenOf(url: URL, username: string) {
  const body = new URLSearchParams({ username, password: DEMO_PASSWORD })
  const response = await fetch(new URL('/api/token', url), { method: 'POST', body })
  const { access_token: token } = (await response.json()) as { access_token: string }
  return token
}
