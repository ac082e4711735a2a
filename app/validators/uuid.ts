import vine from '@vinejs/vine'

/** UUIDs are case-insensitive; lower case as in the database. */
export const lowerCased = (id: string) => id.toLowerCase()

/** A UUID in a body. */
export const uuid = () => vine.string().uuid().transform(lowerCased)

/** A UUID in a path. */
export const uuidInPath = {
  match: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  cast: lowerCased,
}

/** No two items of the list have the same id under `key`, ignoring case. */
export const differentIds = vine.createRule((list, key: string, field) => {
  const ids = (list as Record<string, unknown>[]).map((item) => String(item?.[key]).toLowerCase())
  if (new Set(ids).size === ids.length) return
  field.report('The {{ field }} field has duplicate values', 'distinct', field)
})
