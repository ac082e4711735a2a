import { errors } from '@vinejs/vine'
import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import { Edit } from '#edits/edit'
import { applyEdit } from '#edits/edit_product'
import { isUuid } from '#models/keyset'
import Product from '#models/product'
import { PRODUCT_FIELDS, type ProductField } from '#validators/product'

/** A row of the list as it was sent: what was typed, and what the list had shown. */
export type TypedRow = Record<'price' | 'stock', unknown> & { shown?: Record<string, unknown> }

const FIELDS = ['price', 'stock'] as const

/** What became of a row that was changed. */
export interface EditedRow {
  product: Product['details']
  /** The fields that were saved, as they were. */
  before: { pricePaise?: number; stock?: number }
  edit: Edit<ProductField>
  /** Message by field. */
  errors: Record<string, string>
}

/** The rows of a list of prices, by product. */
export function typedRows({ request }: HttpContext): Map<string, TypedRow> {
  const { rows } = request.body()
  const sent = isObject(rows) ? Object.entries(rows) : []
  const known = sent.filter(([id, row]) => isUuid(id) && isObject(row))
  return new Map(known.map(([id, row]) => [id.toLowerCase(), row as TypedRow]))
}

/** Nothing but the price and the stock can be changed in the list. */
export function rowEdit({ price, stock, shown }: TypedRow) {
  return new Edit<ProductField>(PRODUCT_FIELDS, { price, stock, shown }, ['stock'])
}

/** Saves what was changed of many products in one transaction. A row that is refused stops no other. */
export function editPrices(ctx: HttpContext, shopId: string, typed: Map<string, TypedRow>) {
  return db.transaction(async (client) => {
    const changed = [...typed].filter(([, row]) => isChanged(row)).map(([id]) => id)
    const rows: EditedRow[] = []
    for (const product of await Product.hold(shopId, changed, client)) {
      rows.push(await editRow(ctx, product, rowEdit(typed.get(product.id)!)))
    }
    return rows
  })
}

async function editRow(
  ctx: HttpContext,
  product: Product,
  edit: Edit<ProductField>
): Promise<EditedRow> {
  const { pricePaise, stock } = product
  try {
    await applyEdit(ctx, product, edit)
    const { $dirty } = product
    const before = {
      ...('pricePaise' in $dirty && { pricePaise }),
      ...('stock' in $dirty && { stock }),
    }
    await product.save()
    return { product: product.details, before, edit, errors: {} }
  } catch (error) {
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
    return { product: product.details, before: {}, edit, errors: byField(error.messages) }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** As the page saw it; what is stored now is looked at under the lock. */
function isChanged({ shown, ...typed }: TypedRow) {
  return FIELDS.some((field) => typed[field] !== undefined && typed[field] !== shown?.[field])
}

function byField(messages: { field: string; message: string }[]) {
  return Object.fromEntries(messages.map(({ field, message }) => [field, message]))
}
