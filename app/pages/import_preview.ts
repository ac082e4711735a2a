import { digestOf, isEffective, type PlannedRow } from '#csv/import_plan'
import { LISTED_FIELDS } from '#validators/product'
import type { List } from '#csv/read_list'
import { CATEGORIES } from '#models/category'
import { TEXT_NAMES } from '#models/product_texts'

const MOST_ERRORS = 10
const MOST_CHANGES = 20

interface Pages {
  errors?: number
  changes?: number
}

/** What an import would do: counts, then a page of the lines with errors, and one of the changes. */
export function importPreview({ header, columns }: List, plan: PlannedRow[], pages: Pages) {
  const wrong = plan.filter(({ product }) => !product)
  const effective = plan.filter(isEffective)
  const added = effective.filter(({ present }) => !present).length
  const used = new Set(Object.values(columns))
  return {
    shown: digestOf(plan),
    counts: {
      added,
      changed: effective.length - added,
      same: plan.length - wrong.length - effective.length,
      wrong: wrong.length,
      effective: effective.length,
    },
    wrong: pageOf(wrong, MOST_ERRORS, pages.errors),
    changes: pageOf(effective, MOST_CHANGES, pages.changes),
    unused: header.filter((name, index) => name && !used.has(index)),
    texts: TEXT_NAMES,
    fields: LISTED_FIELDS,
    categories: CATEGORIES,
  }
}

/** The last page, if there are fewer. */
function pageOf(rows: PlannedRow[], size: number, asked = 1) {
  const last = Math.max(Math.ceil(rows.length / size), 1)
  const number = Math.min(asked, last)
  const shown = rows.slice((number - 1) * size, number * size)
  return { rows: shown, number, next: number < last ? number + 1 : null }
}
