import { LISTED_FIELDS, type ListedField } from '#validators/product'
import type { ListRecord } from '#csv/read_records'

/** What the owner typed instead of cells, by `keyOf`. */
export type Corrections = Record<string, string>

export const keyOf = (field: ListedField, line: number) => `${field}-${line}`

/** A broken line counts once the owner has been through its cells. */
export function isBroken({ broken, line }: ListRecord, corrections: Corrections) {
  return Boolean(broken) && !(keyOf('name', line) in corrections)
}

/** Longer than any field, and short enough that no draft grows without end. */
const LONGEST = 500

/** As the database can keep it. */
const storable = (text: string) => text.replaceAll('\0', '').slice(0, LONGEST).toWellFormed()

/** What was typed, without what belongs to no line of the list. */
export function correctionsOf(typed: Record<string, string | null>, rows: ListRecord[]) {
  const lines = new Set(rows.map(({ line }) => String(line)))
  const own = Object.entries(typed).filter(([key]) => {
    const [field, line] = key.split('-')
    return LISTED_FIELDS.includes(field as ListedField) && lines.has(line)
  })
  return Object.fromEntries(own.map(([key, text]) => [key, storable(text ?? '')])) as Corrections
}
