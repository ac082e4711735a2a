import type { HttpContext } from '@adonisjs/core/http'
import { PRODUCT_COLUMNS } from '#csv/product_rows'
import { toCsv } from '#csv/to_csv'
import { withPaise } from '#locale/rupees'
import { namedTexts } from '#models/product_texts'

/** A shop's products as CSV, in the format of the import. */
export default class ProductExportsController {
  async show({ response, shop }: HttpContext) {
    const products = await shop.related('products').query().orderByRaw('name_key(name)')
    const rows = products.map((product) => {
      const { name, category, unit, pricePaise, stock } = product
      const price = withPaise(pricePaise)
      return { name, ...namedTexts(product), category, unit, price, stock, stock_seen: stock }
    })
    response.type('text/csv').header('Content-Disposition', 'attachment; filename="products.csv"')
    return toCsv(rows, PRODUCT_COLUMNS)
  }
}
