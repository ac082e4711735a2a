import { round } from '#search/hits'
import { matchOf, wordsOfName, type Lead } from '#search/postgres/names'
import { productsNamed, productsOfShopsNamed } from '#search/postgres/statements/hits'
import { bestOf } from '#search/ranking'
import { FIELDS } from '#search/weights'
import type { Candidate } from '#search/postgres/candidates'
import type { Catalogue } from '#search/postgres/catalogue'
import type { ProductScope } from '#search/postgres/statements/hits'
import type { ProductHit } from '#search/search_engine'

/** Maximum names listed in a condition on the other kind. */
const LISTED = 1_000

/** Number of products to check: first few, then more. */
const EXAMINED = [200, 600, 3_000]

interface Side {
  words: Candidate[][]
  leads: Lead[]
}

/**
 * Products where both the name and the shop match. Searches by product names and by shop names, because either may
 * be rare, until one fills the page or is exhausted; the second round starts with the more productive one.
 */
export async function byProductAndShop(
  catalogue: Catalogue,
  product: Side,
  shop: Side,
  scope: ProductScope,
  { page, thorough }: { page: number; thorough: boolean }
): Promise<ProductHit[]> {
  const [productScore, shopScore] = [scoreOf('product', product), scoreOf('shop', shop)]
  const sides = [
    {
      leads: product.leads,
      among: listed(shop.leads),
      statement: productsNamed,
      other: ({ shopName }: ProductHit) => shopScore([shopName]),
    },
    {
      leads: shop.leads,
      among: listed(product.leads),
      statement: productsOfShopsNamed,
      other: ({ name, nameHi }: ProductHit) => productScore([name, nameHi ?? '']),
    },
  ]
  const found: ProductHit[] = []
  for (const examine of thorough ? EXAMINED : EXAMINED.slice(0, 1)) {
    const counts = new Map<(typeof sides)[number], number>()
    for (const side of sides) {
      const leads = side.leads.slice(0, examine / 2)
      const condition = { among: side.among, examine }
      const statement = side.statement(leads, { ...scope, condition })
      const { hits, examined } = await catalogue.examined(statement)
      const met = hits.flatMap((hit) => {
        const other = side.other(hit)
        return other === null ? [] : { ...hit, score: round(hit.score + other) }
      })
      found.push(...met.slice(0, scope.limit))
      const isEnd = examined < examine && leads.length === side.leads.length
      if (isEnd || met.length >= page) return bestOf(found)
      counts.set(side, met.length)
    }
    sides.sort((a, b) => counts.get(b)! - counts.get(a)!)
  }
  return bestOf(found)
}

function listed(leads: Lead[]): Lead[] | null {
  return leads.length < LISTED ? leads : null
}

/** Score of a name, or null when it does not match. */
function scoreOf(field: 'product' | 'shop', { words }: Side) {
  const match = matchOf(words)
  return (texts: string[]) => {
    const score = match(wordsOfName(...texts))
    return score === null ? null : score * FIELDS.product[field]
  }
}
