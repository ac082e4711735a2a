/**
 * The texts that a product may have, by their names in the database, forms, lists and the API. Validators, lists, edits,
 * search hits and answers follow from this.
 */
const TEXTS = {
  name_hi: { property: 'nameHi', longest: 120 },
  brand: { property: 'brand', longest: 60 },
} as const

export type TextName = keyof typeof TEXTS
type Property = (typeof TEXTS)[TextName]['property']

/** The texts as a model has them. */
export type ProductTexts = Record<Property, string | null>

type Named<T> = Partial<Record<TextName, T>>

export const TEXT_NAMES = Object.keys(TEXTS) as TextName[]

/** Something for each text, by its name. */
export function eachText<T>(make: (text: { property: Property; longest: number }) => T) {
  const made = TEXT_NAMES.map((name) => [name, make(TEXTS[name])])
  return Object.fromEntries(made) as Record<TextName, T>
}

/** The texts as they are called outside. */
export function namedTexts(product: Partial<ProductTexts>) {
  return eachText(({ property }) => product[property] ?? null)
}

/** The texts as the model calls them; what is not given is as it was. */
export function textsOf(given: Named<string | null>, before: Partial<ProductTexts> = {}) {
  const texts = TEXT_NAMES.map((name) => {
    const { property } = TEXTS[name]
    return [property, given[name] ?? before[property] ?? null]
  })
  return Object.fromEntries(texts) as ProductTexts
}
