import { customerWithCart, firstShop, logIn } from '#bench/pages/people'
import { Visitor } from '#tests/helpers/visitor'

export interface PhonePage {
  name: string
  path: string
  /** Of the person who looks at it; empty for a guest. */
  cookies: Map<string, string>
}

/** A search whose goods are in shops near by and far away. */
const SEARCH = '/search?q=atta&pin=452001'

const NOBODY = new Map<string, string>()

/** The pages that people look at most, on a running server with the demo data. */
export async function phonePages(url: URL): Promise<PhonePage[]> {
  const guest = new Visitor(undefined, url.origin)
  const shop = await firstShop(guest, '/shops')
  const { $ } = await guest.visit(`/shops/${shop}`)
  const product = $('main a[href*="/products/"]').first().attr('href')!
  const customer = await customerWithCart(url, shop)
  const owner = await logIn(url, 'owner')
  const own = await firstShop(owner, '/owner/shops')
  return [
    { name: 'home', path: '/', cookies: NOBODY },
    { name: 'shop', path: `/shops/${shop}`, cookies: NOBODY },
    { name: 'search with PIN', path: SEARCH, cookies: NOBODY },
    { name: 'product', path: product, cookies: NOBODY },
    { name: 'cart', path: '/cart', cookies: customer.cookies },
    { name: "owner's list", path: `/owner/shops/${own}`, cookies: owner.cookies },
    { name: "owner's prices", path: `/owner/shops/${own}/prices`, cookies: owner.cookies },
    { name: 'board', path: '/owner/orders', cookies: owner.cookies },
  ]
}
