import config from '@adonisjs/core/services/config'
import router from '@adonisjs/core/services/router'
import type { I18n } from '@adonisjs/i18n'
import { wordsOf } from '#locale/words'
import { isLoose } from '#measures/goods'
import type Product from '#models/product'
import { inMessages } from '#pages/in_messages'
import { withoutMarks } from '#pages/whatsapp_link'

interface PriceList {
  shop: { id: string; name: string }
  /** Such as `2026-11-29`. */
  day: string
  /** Those of a category beside each other. */
  products: Product['details'][]
}

/** A list of prices as WhatsApp messages in the reader's language. Nothing without products. */
export function priceMessages(i18n: I18n, { shop, day, products }: PriceList): string[] {
  if (products.length === 0) return []
  const { date, money, nameOf, per, unitText } = wordsOf(i18n)
  const lineOf = (product: Product['details']) => {
    const unit = isLoose(product) ? per(product) : unitText(product.unit)
    const name = withoutMarks(`${nameOf(product)}, ${unit}`)
    const line = `${name}: ${money(product.pricePaise)}`
    const isOut = product.stock < (product.smallest ?? 1)
    return isOut ? `${line} (${i18n.t('prices.out')})` : line
  }
  const groups = Map.groupBy(products, ({ category }) => category)
  const url = new URL(router.makeUrl('shops.show', { id: shop.id }), config.get('app.appUrl'))
  return inMessages({
    head: `${bold(shop.name)}\n${i18n.t('prices.message.head', { date: date(day) })}`,
    groups: [...groups].map(([category, members]) => ({
      title: bold(i18n.t(category ? `categories.${category}` : 'prices.message.others')),
      lines: members.map(lineOf),
    })),
    foot: `${i18n.t('prices.message.order')}\n${url}`,
  })
}

/** As WhatsApp marks it. */
const bold = (text: string) => `*${withoutMarks(text)}*`
