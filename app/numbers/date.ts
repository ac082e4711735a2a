import { DateTime } from 'luxon'
import { plain } from '#numbers/plain'

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/
const DAY_FIRST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/

/** A day as people in India write it, as `2026-11-28`; null for anything else. Reads `28-11-2026`, `28/11/2026`, `२८.११.२०२६`. */
export function readDate(text: string): string | null {
  const written = plain(text).replaceAll(' ', '')
  const [year, month, day] = (
    YEAR_FIRST.exec(written)?.slice(1) ??
    DAY_FIRST.exec(written)?.slice(1).reverse() ??
    []
  ).map(Number)
  if (!year || year < 2000 || year > 2100) return null
  const date = DateTime.utc(year, month, day)
  return date.isValid ? date.toISODate() : null
}
