import { gstRateText } from '#numbers/gst_rate'

export const DIETS = ['veg', 'non_veg'] as const
export type Diet = (typeof DIETS)[number]

/**
 * What the law wants to be said of a product besides name, quantity and prices, by its names in forms, lists and the API.
 * Nothing is made up: what is not stated is null.
 */
const PROPERTIES = {
  country: 'country',
  maker: 'maker',
  maker_address: 'makerAddress',
  best_before: 'bestBefore',
  diet: 'diet',
  hsn_code: 'hsnCode',
  gst: 'gstBasisPoints',
} as const

export type LabelName = keyof typeof PROPERTIES

export const LABEL_NAMES = Object.keys(PROPERTIES) as LabelName[]

/** The label as a model has it. */
export interface ProductLabel {
  /** ISO 3166-1 alpha-2. */
  country: string | null
  /** Of packed goods: who made, packed or imported them, and where. */
  maker: string | null
  makerAddress: string | null
  /** A day, as `2026-11-28`. */
  bestBefore: string | null
  diet: Diet | null
  hsnCode: string | null
  gstBasisPoints: number | null
}

/** The label as it is called outside, after validation. */
export type GivenLabel = { [Name in LabelName]?: ProductLabel[(typeof PROPERTIES)[Name]] }

/** Something for each part of the label, by its name. */
export function eachOfLabel<T>(make: (property: keyof ProductLabel, name: LabelName) => T) {
  const made = LABEL_NAMES.map((name) => [name, make(PROPERTIES[name], name)])
  return Object.fromEntries(made) as Record<LabelName, T>
}

/** The label alone, as plain data. */
export function labelOf(product: ProductLabel): ProductLabel {
  const { country, maker, makerAddress, bestBefore, diet, hsnCode, gstBasisPoints } = product
  return { country, maker, makerAddress, bestBefore, diet, hsnCode, gstBasisPoints }
}

/** The label as the model calls it; what is not given is as it was. */
export function labelFrom(given: GivenLabel, before: Partial<ProductLabel> = {}): ProductLabel {
  const parts = LABEL_NAMES.map((name) => {
    const property = PROPERTIES[name]
    return [property, given[name] ?? before[property] ?? null]
  })
  return Object.fromEntries(parts) as unknown as ProductLabel
}

/** What fields and lists show. */
export function labelTexts(product: ProductLabel): Record<LabelName, string> {
  const { gstBasisPoints } = product
  const gst = gstBasisPoints === null ? '' : gstRateText(gstBasisPoints)
  return { ...eachOfLabel((property) => String(product[property] ?? '')), gst }
}
