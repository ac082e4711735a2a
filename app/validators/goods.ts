import vine from '@vinejs/vine'
import { MEASURES, SOLD_AS } from '#measures/goods'
import { GoodsReading, type GoodsField, type GoodsOptions } from '#validators/read_goods'
import { price } from '#validators/rupees'
import { cleanText, line } from '#validators/text'
import type { FieldContext } from '@vinejs/vine/types'

const isLoose = ({ parent }: Pick<FieldContext, 'parent'>) => parent.sold_as === 'loose'

/** Reports what is wrong with the field beside the others; `GoodsReading` then has the values. */
const ofGoods = vine.createRule<GoodsField>(
  (_, name, field) => {
    const error = new GoodsReading(field.parent, field.meta as GoodsOptions).errors[name]
    if (error) field.report('The {{ field }} field is invalid', error.rule, field, error.args)
  },
  { implicit: true }
)

export const goodsField = (name: GoodsField) => vine.any().use(ofGoods(name)).nullable().optional()

/** How a product is sold; the metadata is `GoodsOptions`. */
export const goodsFields = () => ({
  sold_as: vine.enum(SOLD_AS).nullable().optional(),
  measure: vine
    .enum(MEASURES)
    .parse((given, field) => (isLoose(field) ? given : null))
    .nullable()
    .optional(),
  unit: line(40)
    .parse((given, field) => (isLoose(field) ? null : cleanText(given)))
    .use(ofGoods('unit'))
    .nullable()
    .optional(),
  smallest: goodsField('smallest'),
  step: goodsField('step'),
  presets: goodsField('presets'),
  price: price(ofGoods('price')),
  mrp: goodsField('mrp'),
  stock: goodsField('stock'),
})
