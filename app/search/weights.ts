/** Field weights, for products and for shops. */
export const FIELDS = {
  product: { product: 3, shop: 2, city: 1 },
  shop: { shop: 3, city: 1 },
} as const

/** Weight of a word spelled alike or with the typed prefix; for a prefix less, the more is missing. */
export const SPELLED_ALIKE = 0.88
export const BEGINNING = { least: 0.6, most: 0.8, usual: 0.7 }

/** Weight of a match by number of typing errors. */
export const TYPING_ERRORS = [1, 0.5, 0.35]

/** Weight of a synonym of a corrected word. */
export const CORRECTED = 0.5

/** Weight of two typed words joined into one. */
export const JOINED = 2

/** The part of a score that goods lose when they cannot be bought in the amount that was asked for. */
export const AMOUNT = 0.25

/** Minimum score relative to the best, to be sorted by price, unit price or country. */
export const GOOD_ENOUGH = 0.7
