import { refused } from '#api/products/refused'
import { toRupees } from '#locale/rupees'
import { isLoose, type Goods } from '#measures/goods'

/** The MRP of packs; null empties it. @throws E_VALIDATION_ERROR */
export function mrpAfter(
  { price, mrp }: { price?: number; mrp?: number | null },
  goods: Goods & { pricePaise: number },
  before: { mrpPaise: number | null } | null
): number | null {
  const known = before?.mrpPaise ?? null
  if (isLoose(goods)) {
    if (mrp && mrp !== known) throw refused('mrp', 'Only packed goods have an MRP')
    return null
  }
  const mrpPaise = mrp === undefined ? known : mrp
  if (mrpPaise !== null && goods.pricePaise > mrpPaise) {
    const field = price === undefined ? 'mrp' : 'price'
    throw refused(field, `The price is above the MRP of ₹${toRupees(mrpPaise)}`)
  }
  return mrpPaise
}
