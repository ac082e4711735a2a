import type { HttpContext } from '@adonisjs/core/http'
import { editPrices, type EditedRow, type TypedRow } from '#edits/edit_prices'
import { rupeesText } from '#locale/rupees'
import { isUuid } from '#models/keyset'
import { adjustedPrice, type PriceAdjustment } from '#models/price_adjustment'

/** The price in paise that the preview showed for each ticked product. */
export type TickedPrices = Map<string, number>

/** What the form sent. */
export function tickedPrices({ request }: HttpContext): TickedPrices {
  const sent = Object.entries(request.input('rows') ?? {})
  const known = sent.filter(([id, paise]) => isUuid(id) && /^[1-9]\d{0,8}$/.test(String(paise)))
  return new Map(known.map(([id, paise]) => [id.toLowerCase(), Number(paise)]))
}

/** Changes the ticked prices in one transaction, each as an edit of the price that was shown. */
export async function adjustPrices(
  ctx: HttpContext,
  shopId: string,
  { adjustment, ticked }: { adjustment: PriceAdjustment; ticked: TickedPrices }
) {
  const target = new Map([...ticked].map(([id, paise]) => [id, adjustedPrice(paise, adjustment)]))
  const typed = new Map<string, TypedRow>()
  for (const [id, shown] of ticked) {
    const price = rupeesText(target.get(id)!)
    typed.set(id, { price, stock: undefined, shown: { price: rupeesText(shown) } })
  }
  const rows = await editPrices(ctx, shopId, typed)
  const isDone = ({ product }: EditedRow) => product.pricePaise === target.get(product.id)
  const done = rows.filter(isDone)
  const others = rows.filter((row) => !isDone(row))
  const isOvertaken = ({ product }: EditedRow) => product.pricePaise !== ticked.get(product.id)
  return {
    changed: done.length,
    /** Someone else changed them since the preview. */
    overtaken: others.filter(isOvertaken),
    /** Not allowed, as the preview said. */
    refused: others.filter((row) => !isOvertaken(row)),
  }
}
