import type { I18n } from '@adonisjs/i18n'
import { cellsOf } from '#csv/goods_cells'
import { given, type ProductRow, type RowError } from '#csv/product_rows'
import type Product from '#models/product'
import type { DecimalMark } from '#numbers/grouped'
import { listedGoodsValidator } from '#validators/product'
import { GoodsReading } from '#validators/read_goods'

const NUMBERS = ['price', 'mrp', 'smallest', 'step'] as const

/** How the product of a line is sold: as it is now, with what the line says on top. */
export async function readListedGoods(
  { values }: ProductRow,
  present: Product | null,
  decimalMark: DecimalMark,
  i18n: I18n
): Promise<{ goods: GoodsReading; errors: RowError[] }> {
  const texts = { ...(present ? writtenWith(decimalMark, present) : {}), ...given(values) }
  const meta = { before: present ?? undefined, decimalMark, isList: true }
  const options = { meta, messagesProvider: i18n.createMessagesProvider() }
  const [error] = await listedGoodsValidator.tryValidate(texts, options)
  return { goods: new GoodsReading(texts, meta), errors: error?.messages ?? [] }
}

function writtenWith(mark: DecimalMark, product: Product) {
  const cells = cellsOf(product.details)
  if (mark === '.') return cells
  const numbers = NUMBERS.map((field) => [field, cells[field].replace('.', mark)])
  return { ...cells, ...Object.fromEntries(numbers) }
}
