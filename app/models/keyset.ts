const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Keyset pagination: each page starts after the last row of the previous, so page 1,000 costs no more than page 1.
 */
export interface Page<T> {
  items: T[]
  /** Cursor of the next page; null on the last one. */
  next: string | null
  first: boolean
}

/** The key as URL-safe text. */
export function encodeCursor(key: string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The key in a cursor whose parts pass `checks`; null for the first page and for an invalid cursor. */
export function decodeCursor(
  cursor: string | null | undefined,
  checks: ((part: unknown) => boolean)[]
): string[] | null {
  if (!cursor) return null
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const valid = Array.isArray(key) && key.length === checks.length
    return valid && checks.every((check, index) => check(key[index])) ? key : null
  } catch {
    return null
  }
}

/** Makes a page from rows read with a limit of `size + 1`. */
export function toPage<Row, Item>(
  rows: Row[],
  size: number,
  after: string[] | null,
  keyOf: (row: Row) => string[],
  present: (row: Row) => Item
): Page<Item> {
  const shown = rows.slice(0, size)
  const next = rows.length > size ? encodeCursor(keyOf(shown[shown.length - 1])) : null
  return { items: shown.map(present), next, first: after === null }
}

/** A key part that PostgreSQL accepts as text. */
export function isText(part: unknown): part is string {
  return typeof part === 'string' && !part.includes('\0')
}

/** A key or URL part that PostgreSQL accepts as a UUID. */
export function isUuid(part: unknown): part is string {
  return typeof part === 'string' && UUID.test(part)
}
