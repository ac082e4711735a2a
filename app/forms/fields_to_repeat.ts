interface Field {
  name: string
  value: string
}

/** Never written into a page, not even where nobody sees it. */
export const isSecret = (name: string) => /password/i.test(name)

/** As a form would send them again: `items[0][name]`, `tags[]`. */
export function fieldsToRepeat(value: unknown, name = ''): Field[] {
  if (typeof value !== 'object' || value === null) return [{ name, value: String(value ?? '') }]
  return Object.entries(value).flatMap(([key, inner]) =>
    fieldsToRepeat(inner, name ? `${name}[${isListed(value, inner) ? '' : key}]` : key)
  )
}

/** Such items need no number, and a long list with numbers would not be read as a list. */
function isListed(value: object, inner: unknown) {
  return Array.isArray(value) && (inner === null || typeof inner !== 'object')
}
