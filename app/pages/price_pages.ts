import type { HttpContext } from '@adonisjs/core/http'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Infer } from '@vinejs/vine/types'
import { rowEdit, type EditedRow, type TypedRow } from '#edits/edit_prices'
import { productTexts } from '#edits/texts'
import { categoriesOf, countPriced, pricePage, type PriceFilter } from '#models/price_list'
import { lastPriceChange } from '#models/price_change'
import Product from '#models/product'
import type { priceListValidator } from '#validators/price_list'

/** Rows of the first view, and of what is loaded as it is scrolled. */
const FIRST = 25
const MORE = 100

/** Rows of a page without JavaScript. */
const WHOLE = 200

type Asked = Partial<Infer<typeof priceListValidator>>

/** A page of the list of prices. */
export function pricesPage({ isFragment, own, shop }: HttpContext, asked: Asked) {
  const filter = filterOf(asked)
  const size = asked.whole ? WHOLE : isFragment ? MORE : FIRST
  return own.read(async (client) => {
    const page = await pricePage(shop.id, filter, { after: asked.after, size }, client)
    const frame = isFragment ? {} : await frameOf(shop.id, filter, client)
    return { ...page, ...frame, ...addressed(asked), rows: page.items.map(priceRow) }
  })
}

/** The rows that were sent, again, with what was typed; of those that were saved, with what is stored. */
export async function typedPrices(
  { shop }: HttpContext,
  asked: Asked,
  typed: Map<string, TypedRow>,
  refused: EditedRow[] = []
) {
  const products = await Product.query()
    .where('shop_id', shop.id)
    .whereIn('id', [...typed.keys()])
    .orderByRaw('name_key(name)')
  const rows = products.map(({ id, details: product }) => {
    const row = refused.find((other) => other.product.id === id)
    if (!row && refused.length > 0) return priceRow(product)
    return typedRow(row ?? { product, edit: rowEdit(typed.get(id)!), errors: {} })
  })
  const frame = await frameOf(shop.id, filterOf(asked))
  return { ...frame, ...addressed(asked), rows, next: null, first: true }
}

/** A row that shows what is stored. */
export function priceRow(product: Product['details']) {
  const { price, stock } = productTexts(product)
  return { product, values: { price, stock }, shown: { price, stock }, errors: {} }
}

/** A row that shows what was typed beside what is stored. */
export function typedRow({ product, edit, errors }: Omit<EditedRow, 'before'>) {
  return { product, ...edit.state(productTexts(product)), errors }
}

export function filterOf({ category, changed, out }: Asked): PriceFilter {
  return { category, changed, out }
}

/** The list in an address, without what is not asked for. */
export function addressOf({ category, changed, out }: PriceFilter, rest: object = {}) {
  const query = { category, changed: changed && 1, out: out && 1, ...rest }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value))
}

function addressed(asked: Asked) {
  const filter = filterOf(asked)
  return { filter, whole: asked.whole, address: addressOf }
}

async function frameOf(shopId: string, filter: PriceFilter, client?: QueryClientContract) {
  return {
    total: await countPriced(shopId, filter, client),
    categories: await categoriesOf(shopId, client),
    last: await lastPriceChange(shopId, client),
  }
}
