import vine from '@vinejs/vine'
import { readWhole } from '#numbers/count'

/** Without this, VineJS reads text with `Number()`: `0x10` as 16, `1e3` as 1000 and a list of one as its item. */
function read(value: unknown) {
  if (typeof value === 'string') return value.trim() ? (readWhole(value) ?? Number.NaN) : null
  return typeof value === 'object' && value !== null ? Number.NaN : value
}

/** A whole number as people type it, or a JSON number. */
export const count = () => vine.number().parse(read).withoutDecimals()
