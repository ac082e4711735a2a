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

const NO_FOODS: Category[] = ['personal-care', 'cleaning', 'pooja']

/** Who sells these needs a licence or registration for food. */
export const FOODS = CATEGORIES.filter((category) => !NO_FOODS.includes(category))
