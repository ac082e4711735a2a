import type { ProductHit } from '#search/search_engine'

/** Makes one hit of all that are the same but for their shop: the first one, with the others as its offers. */
export function grouped(hits: ProductHit[]): ProductHit[] {
  const groups = Map.groupBy(hits, ({ name, nameHi, unit }) => {
    return JSON.stringify([name.toLowerCase(), nameHi, unit.toLowerCase()])
  })
  return Array.from(groups.values(), ([first, ...others]) => ({
    ...first,
    offers: others.map(({ id, pricePaise, stock, shopId, shopName, shopCity }) => {
      return { id, pricePaise, stock, shopId, shopName, shopCity }
    }),
  }))
}
