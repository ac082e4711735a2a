import { Edit } from '#edits/edit'
import { locked } from '#edits/locked'
import { PRODUCT_FIELDS, productTexts, type ProductField } from '#edits/texts'
import { reportTaken } from '#validators/report_taken'
import Product, { stockAfter } from '#models/product'
import { eachText, textsOf } from '#models/product_texts'
import { productEditValidator } from '#validators/product'
import type { HttpContext } from '@adonisjs/core/http'

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

/** Saves the user's changes. @throws E_VALIDATION_ERROR */
export async function editProduct(ctx: HttpContext, known: Product, edit: Edit<ProductField>) {
  const { i18n, request } = ctx
  const data = edit.over(productTexts(known))
  const payload = await request.validateUsing(productEditValidator, { data })
  const { name, category, unit, price: pricePaise, stock } = payload
  const texts = textsOf(payload)
  return reportTaken(UNIQUE, ctx, () =>
    locked(Product, known.id, (product) => {
      const values = {
        name: { name },
        ...eachText(({ property }) => ({ [property]: texts[property] })),
        category: { category: category ?? null },
        unit: { unit },
        price: { pricePaise },
        stock: { stock: stockAfter(product.stock, stock) },
      }
      edit.apply(product, productTexts(product), values, i18n, (field, text) => {
        return field === 'category' ? i18n.t(`categories.${text}`) : text
      })
    })
  )
}
