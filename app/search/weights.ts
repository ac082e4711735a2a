/** How much a match counts by what it is found in: for products, and for shops. */
export const FIELDS = {
  product: { product: 3, shop: 2, city: 1 },
  shop: { shop: 3, city: 1 },
} as const

/** A word that is spelled like the typed word, or begins with it; more, the less of it is missing. */
export const SPELLED_ALIKE = 0.88
export const BEGINNING = { least: 0.6, most: 0.8, usual: 0.7 }

/** A word that is one or two typing errors away. */
export const TYPING_ERRORS = [1, 0.5, 0.35]

/** A name of a corrected word. */
export const CORRECTED = 0.5

/** Two typed words written as one. */
export const JOINED = 2

/** How well a product must match, compared with the best, to be sorted by price. */
export const GOOD_ENOUGH = 0.7
