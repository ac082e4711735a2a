import type { HttpContext } from '@adonisjs/core/http'
import { LISTED_FIELDS } from '#validators/product'
import { cellsOf } from '#csv/goods_cells'
import { toCsv } from '#csv/to_csv'
import { namedTexts } from '#models/product_texts'

/** A shop's products as CSV, in the format of the import; categories in the page's language. */
export default class ProductExportsController {
  async show({ i18n, response, shop }: HttpContext) {
    const products = await shop.related('products').query().orderByRaw('name_key(name)')
    const rows = products.map((product) => {
      const { name, details } = product
      const category = product.category && i18n.t(`categories.${product.category}`)
      const cells = cellsOf(details)
      return { name, ...namedTexts(product), category, ...cells, stock_seen: cells.stock }
    })
    response.type('text/csv').header('Content-Disposition', 'attachment; filename="products.csv"')
    return toCsv(rows, LISTED_FIELDS)
  }
}
