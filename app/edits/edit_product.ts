import { Edit } from '#edits/edit'
import { locked } from '#edits/locked'
import { PRODUCT_FIELDS, productTexts, type ProductField } from '#edits/texts'
import { reportTaken } from '#validators/report_taken'
import { stockAfter } from '#models/product'
import { eachText, textsOf } from '#models/product_texts'
import { productEditValidator } from '#validators/product'
import type Product from '#models/product'
import type { HttpContext } from '@adonisjs/core/http'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'

/** Unique constraints, with the form field to blame. */
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
  const { i18n, request } = ctx
  return reportTaken(UNIQUE, ctx, () =>
    locked(rows, async (product) => {
      const now = productTexts(product)
      const payload = await request.validateUsing(productEditValidator, { data: edit.over(now) })
      const { name, category, unit, price: pricePaise, stock } = payload
      const texts = textsOf(payload)
      const values = {
        name: { name },
        ...eachText(({ property }) => ({ [property]: texts[property] })),
        category: { category: category ?? null },
        unit: { unit },
        price: { pricePaise },
        stock: { stock: stockAfter(product, stock) },
      }
      edit.apply(product, now, values, i18n, (field, text) => {
        return field === 'category' ? i18n.t(`categories.${text}`) : text
      })
    })
  )
}
