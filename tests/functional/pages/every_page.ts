import router from '@adonisjs/core/services/router'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'
import { createPeople, createThings, pathOf, type World } from '../authorisation/world.js'

/** Live pages never end, and files are no pages. */
const NO_PAGE =
  /^\/(api|owner\/orders\/stream)|\/stream$|\.(svg|png|csv|json|pdf)$|^\/(metrics|health)/

/** The customer and the owner of a small world, and every page that there is, filled in with its ids. */
export async function everyPage(change: (world: World) => Promise<unknown> = async () => {}) {
  const people = await createPeople()
  const world = await createThings(people)
  await change(world)
  const patterns = router
    .toJSON()
    .root.filter(({ methods, pattern }) => methods.includes('GET') && !NO_PAGE.test(pattern))
    .map(({ pattern }) => pattern)
  const [customer, owner] = [await loggedIn(people.customer), await loggedIn(people.owner)]
  await customer.request(
    'POST',
    '/cart/items',
    new URLSearchParams({ product_id: world.product.id })
  )
  const pages = patterns.map((pattern) => pathOf(pattern, world))
  return { world, customer, owner, pages }
}

/** Each page that the visitor may see, where they end up. */
export async function* pagesOf(visitor: Visitor, paths: string[]) {
  for (const path of paths) {
    const page = await visitor.visit(path)
    if (page.status === 200) yield { ...page, asked: path }
  }
}
