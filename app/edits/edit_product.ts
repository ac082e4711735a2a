import { Edit } from '#edits/edit'
import { locked } from '#edits/locked'
import { productTexts } from '#edits/texts'
import { reportTaken } from '#validators/report_taken'
import { stockAfter } from '#models/product'
import { eachOfLabel, labelFrom } from '#models/product_label'
import { eachText, textsOf } from '#models/product_texts'
import {
  PRODUCT_FIELDS,
  productValidator,
  stockChangeValidator,
  type ProductField,
} from '#validators/product'
import { GoodsReading } from '#validators/read_goods'
import type Product from '#models/product'
import type { HttpContext } from '@adonisjs/core/http'
import type { I18n } from '@adonisjs/i18n'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'

/** Constraints, with the form field to blame. */
export const UNIQUE = { products_shop_id_name_unique: 'name' }

/** The submitted product form. */
export function productEdit({ request }: HttpContext) {
  return new Edit<ProductField>(PRODUCT_FIELDS, request.body(), ['stock'])
}

/** The stock in a list row, which has a button of its own. */
export function stockEdit({ request }: HttpContext) {
  return new Edit<ProductField>(PRODUCT_FIELDS, request.body(), ['stock'], ['stock'])
}

/** Saves the user's changes to the product that the query finds. @throws E_VALIDATION_ERROR */
export async function editProduct(
  ctx: HttpContext,
  rows: ModelQueryBuilderContract<typeof Product>,
  edit: Edit<ProductField>
) {
  return reportTaken(UNIQUE, ctx, () => locked(rows, (product) => applyEdit(ctx, product, edit)))
}

/** Merges the user's changes into the locked product. @throws E_VALIDATION_ERROR */
export async function applyEdit(
  { i18n, request }: HttpContext,
  product: Product,
  edit: Edit<ProductField>
) {
  const textsNow = ({ details }: Product) => productTexts(details)
  const data = edit.over(textsNow(product))
  const meta = { before: product }
  const payload = await request.validateUsing(productValidator, { data, meta })
  const { name, category, price: pricePaise } = payload
  const texts = textsOf(payload)
  const label = labelFrom(payload)
  const { values: goods, stock } = new GoodsReading(data, meta)
  const values = {
    name: { name },
    ...eachText(({ property }) => ({ [property]: texts[property] })),
    category: { category: category ?? null },
    sold_as: goods,
    measure: goods,
    unit: goods,
    smallest: goods,
    step: goods,
    presets: goods,
    price: { pricePaise },
    mrp: goods,
    stock: { stock: stockAfter(product, stock) },
    ...eachOfLabel((property) => ({ [property]: label[property] })),
  }
  edit.apply(product, textsNow, values, i18n, (field, text) => said(i18n, field, text))
}

/** One of the two buttons beside the stock. @throws E_VALIDATION_ERROR */
export function changeStock(
  { request }: HttpContext,
  rows: ModelQueryBuilderContract<typeof Product>
) {
  return locked(rows, async (product) => {
    const { change } = await request.validateUsing(stockChangeValidator, { meta: product })
    product.merge({ stock: stockAfter(product, { by: change }) })
  })
}

const NAMED: Partial<Record<ProductField, string>> = {
  category: 'categories',
  sold_as: 'owner.sold_as_choices',
  measure: 'owner.measures',
  diet: 'label',
}

/** A value as the form shows it. */
function said(i18n: I18n, field: ProductField, text: string) {
  return NAMED[field] ? i18n.t(`${NAMED[field]}.${text}`) : text
}
