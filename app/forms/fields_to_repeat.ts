interface Field {
  name: string
  value: string
}

/** Secrets are never written into a page, not even into hidden fields. */
export const isSecret = (name: string) => /password/i.test(name)

/** Flattens fields as a form encodes them: `items[0][name]`, `tags[]`. */
export function fieldsToRepeat(value: unknown, name = ''): Field[] {
  if (typeof value !== 'object' || value === null) return [{ name, value: String(value ?? '') }]
  return Object.entries(value).flatMap(([key, inner]) =>
    fieldsToRepeat(inner, name ? `${name}[${isListed(value, inner) ? '' : key}]` : key)
  )
}

/** Scalar lists use `[]`: with indices, long lists would not be parsed as lists. */
function isListed(value: object, inner: unknown) {
  return Array.isArray(value) && (inner === null || typeof inner !== 'object')
}
