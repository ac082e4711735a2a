import type { ProductLabel } from '#models/product_label'

export interface GivenLabel {
  country?: string | null
  maker?: string | null
  maker_address?: string | null
  best_before?: string | null
  diet?: ProductLabel['diet']
  hsn_code?: string | null
  gst_rate?: number | null
}

/** What is missing stays as it was; null empties it. */
export function labelAfter(given: GivenLabel, before: ProductLabel | null): ProductLabel {
  return {
    country: after(given.country, before?.country),
    maker: after(given.maker, before?.maker),
    makerAddress: after(given.maker_address, before?.makerAddress),
    bestBefore: after(given.best_before, before?.bestBefore),
    diet: after(given.diet, before?.diet),
    hsnCode: after(given.hsn_code, before?.hsnCode),
    gstBasisPoints: after(given.gst_rate, before?.gstBasisPoints),
  }
}

function after<T>(given: T | null | undefined, before: T | null = null): T | null {
  return given === undefined ? before : given
}
