import vine from '@vinejs/vine'
import { count } from '#validators/count'
import { LISTED_FIELDS, type ListedField } from '#validators/product'
import type { DecimalMark } from '#numbers/grouped'

/** Between the columns; commas and tabs are told apart. */
export const SEPARATORS = ['usual', 'semicolon'] as const
export type Separator = (typeof SEPARATORS)[number]

const DECIMAL_MARKS = ['.', ','] as const satisfies DecimalMark[]

const writing = {
  separator: vine.enum(SEPARATORS).parse((given) => given ?? SEPARATORS[0]),
  decimal_mark: vine.enum(DECIMAL_MARKS).parse((given) => given ?? DECIMAL_MARKS[0]),
}

/** Pasted text, or none beside a file, and how the list is written. */
export const productImportValidator = vine.create({
  csv: vine.string().maxLength(2_000_000).nullable().optional(),
  ...writing,
})

const page = () => count().range([1, 10_000]).optional()

const pages = { errors: page(), changes: page() }

/** Pages of the two lists of a preview. */
export const importPreviewValidator = vine.create(pages)

/** By `keyOf` a field and a line, from these pages. */
export const correctionsValidator = vine.create({
  corrections: vine.record(vine.string().maxLength(20_000).nullable()).optional(),
  ...pages,
})

interface Before {
  /** The separator until now: with another one, the columns are others too. */
  before: Separator
}

const isMapping = vine.createRule((value, _, field) => {
  if ((field.meta as Before).before !== field.parent.separator) return
  const chosen = Object.values(value as Record<string, ListedField | null>).filter(Boolean)
  const isTwice = chosen.some((name, index) => chosen.indexOf(name) !== index)
  if (isTwice) field.report('A field is chosen twice', 'columns_twice', field)
  else if (!chosen.includes('name')) field.report('No column has names', 'columns_name', field)
})

/** By `c` and the number of the column; a column that is not used is left empty. */
export const importColumnsValidator = vine.withMetaData<Before>().create({
  ...writing,
  first_line: vine.enum(['names', 'product']),
  columns: vine.record(vine.enum(LISTED_FIELDS).nullable()).use(isMapping()),
})

/** Digest of the preview. */
export const importValidator = vine.create({ shown: vine.string().maxLength(100) })
