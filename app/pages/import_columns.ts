import type ImportDraft from '#csv/import_draft'
import { LISTED_FIELDS } from '#validators/product'

const MOST_SAMPLES = 3

/** The columns of a draft, each with its first cells and what it is taken for. */
export function importColumns(draft: ImportDraft) {
  const { header, columns, rows } = draft.list()
  const samples = rows.slice(0, MOST_SAMPLES)
  const widest = Math.max(header.length, ...samples.map(({ cells }) => cells.length))
  const taken = new Map(Object.entries(columns).map(([field, index]) => [index, field]))
  return {
    draft: { id: draft.id },
    format: {
      separator: draft.separator,
      decimal_mark: draft.decimalMark,
      first_line: draft.hasHeader ? 'names' : 'product',
    },
    columns: Array.from({ length: Math.min(widest, 60) }, (_, index) => ({
      key: `c${index}`,
      number: index + 1,
      name: draft.hasHeader ? header[index] : '',
      samples: samples.map(({ cells }) => cells[index]).filter(Boolean),
      field: taken.get(index) ?? '',
    })),
    fields: LISTED_FIELDS,
  }
}
