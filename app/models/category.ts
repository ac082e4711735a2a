/** Product categories; their display names are messages `categories.<slug>`. */
export const CATEGORIES = [
  'staples',
  'flours',
  'rice',
  'dals',
  'oils',
  'spices',
  'dairy',
  'vegetables',
  'fruits',
  'tea-coffee',
  'biscuits',
  'snacks',
  'sweets',
  'breakfast',
  'beverages',
  'pickles-sauces',
  'dry-fruits',
  'personal-care',
  'cleaning',
  'pooja',
] as const

export type Category = (typeof CATEGORIES)[number]
