import vine from '@vinejs/vine'

/** Upper case is the same id: everything behind it sees one way of writing it, as the database has it. */
export const lowerCased = (id: string) => id.toLowerCase()

/** An id in a body. */
export const uuid = () => vine.string().uuid().transform(lowerCased)

/** An id in the address. */
export const uuidInPath = {
  match: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  cast: lowerCased,
}

/** No two items of a list have the same id there, in whichever case it is written. */
export const differentIds = vine.createRule((list, key: string, field) => {
  const ids = (list as Record<string, unknown>[]).map((item) => String(item?.[key]).toLowerCase())
  if (new Set(ids).size === ids.length) return
  field.report('The {{ field }} field has duplicate values', 'distinct', field)
})
