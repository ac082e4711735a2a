import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'
import { adjustedPrice, adjustmentText, type PriceAdjustment } from '#models/price_adjustment'
import { categoriesOf, countPriced, pricePage } from '#models/price_list'
import type Product from '#models/product'
import { addressOf, filterOf } from '#pages/price_pages'
import type { priceListValidator } from '#validators/price_list'
import { LARGEST_PRICE } from '#validators/rupees'

/** Rows of a page: each is a field, and a form has at most 1,000. */
const MOST = 900

interface Preview {
  adjustment: PriceAdjustment
  /** Which rows are ticked. */
  isTicked: (id: string) => boolean
  /** Only these products. */
  only?: string[]
}

type Asked = Partial<Infer<typeof priceListValidator>>

/** Products of the filter with the prices that they would have; without a preview none. */
export function priceChangePage({ own, shop }: HttpContext, asked: Asked, preview?: Preview) {
  const filter = filterOf(asked)
  const { after } = asked
  return own.read(async (client) => {
    const frame = {
      filter,
      address: addressOf,
      after,
      total: await countPriced(shop.id, filter, client),
      categories: await categoriesOf(shop.id, client),
    }
    if (!preview) return { ...frame, rows: [], counts: null, next: null }
    const { adjustment, only } = preview
    const page = await pricePage(shop.id, only ? { only } : filter, { after, size: MOST }, client)
    const rows = page.items.map((product) => rowOf(product, preview))
    const counts = Map.groupBy(rows, ({ outcome }) => outcome)
    const previewed = adjustmentText(adjustment)
    return { ...frame, rows, next: page.next, counts: countsOf(counts), previewed }
  })
}

function rowOf(product: Product['details'], { adjustment, isTicked }: Preview) {
  const paise = adjustedPrice(product.pricePaise, adjustment)
  return { product, paise, outcome: outcomeOf(product, paise), isTicked: isTicked(product.id) }
}

type Row = ReturnType<typeof rowOf>

function outcomeOf({ pricePaise, mrpPaise }: Product['details'], paise: number) {
  if (paise === pricePaise) return 'same'
  if (paise > (mrpPaise ?? paise)) return 'above_mrp'
  return paise < 1 || paise > LARGEST_PRICE ? 'out_of_range' : 'new'
}

function countsOf(rows: Map<Row['outcome'], Row[]>) {
  return [...rows].map(([outcome, { length: count }]) => ({ outcome, count }))
}
