import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { CounterSaleSchema } from '#database/schema'
import { SaleRefused } from '#exceptions/sale_refused'
import { goodsOf } from '#measures/goods'
import CounterSaleLine from '#models/counter_sale_line'
import Khata from '#models/khata'
import KhataTransaction from '#models/khata_transaction'
import Product from '#models/product'
import Shop from '#models/shop'
import type User from '#models/user'

const MOST_PAISE = 1_000_000_000

export interface SaleAtCounter {
  /** Goods without a line, in paise. */
  otherPaise: number
  items: { productId: string; typed: string }[]
  payment: CounterSale['payment']
  /** Whose khata; null when it is paid. */
  khataId: string | null
}

/** What a shop sells over its counter. `amountPaise` is the sum of the lines and of goods without a line. */
export default class CounterSale extends CounterSaleSchema {
  @hasMany(() => CounterSaleLine, { foreignKey: 'saleId' })
  declare lines: HasMany<typeof CounterSaleLine>

  @belongsTo(() => KhataTransaction)
  declare khataTransaction: BelongsTo<typeof KhataTransaction>

  /** Sells: moves the stock, and charges the khata. @throws SaleRefused */
  static async sell(
    shop: Shop,
    { otherPaise, items, payment, khataId }: SaleAtCounter,
    owner: User,
    client: TransactionClientContract
  ) {
    const isOpen = await Shop.open(client).where('id', shop.id).forShare().first()
    if (!isOpen) throw new SaleRefused('shop_closed')
    const lines = await linesOf(shop, items, client)
    const amountPaise = lines.reduce((sum, line) => sum + line.amountPaise, otherPaise)
    if (amountPaise < 1) throw new SaleRefused('nothing')
    if (amountPaise > MOST_PAISE) throw new SaleRefused('too_much')
    await Product.takeOut(
      lines.map(({ productId, taken }) => ({ productId, quantity: taken })),
      client
    )
    const khataTransactionId =
      payment === 'khata' ? await chargeKhata(shop, khataId!, amountPaise, owner, client) : null
    const sold = { shopId: shop.id, amountPaise, payment, khataTransactionId, actorId: owner.id }
    const sale = await this.create(sold, { client })
    await sale.related('lines').createMany(lines)
    return sale
  }

  /** Undoes it on the day of the sale. @param reason for the line in the khata @throws SaleRefused */
  async undo(owner: User, reason: string) {
    await db.transaction(async (client) => {
      const sale = await CounterSale.query({ client })
        .where('id', this.id)
        .forUpdate()
        .firstOrFail()
      if (sale.undoneAt) return
      if (!(await sale.isOfToday(client))) throw new SaleRefused('too_late')
      const lines = await sale.related('lines').query()
      await Product.putBack(
        lines.map((line) => ({
          ...goodsOf(line),
          productId: line.productId,
          quantity: line.taken,
        })),
        client
      )
      if (sale.khataTransactionId) {
        const charge = await KhataTransaction.findOrFail(sale.khataTransactionId, { client })
        const khata = await Khata.findOrFail(charge.khataId, { client })
        await khata.takeBack(charge, sale.amountPaise, owner, reason, client)
      }
      await sale.merge({ undoneAt: DateTime.now() }).save()
    })
  }

  async isOfToday(client: TransactionClientContract) {
    const own = client.from('counter_sales').where('id', this.id)
    return (await own.whereRaw('sold_on = indian_date(now())').first()) !== null
  }
}

async function linesOf(
  shop: Shop,
  items: SaleAtCounter['items'],
  client: TransactionClientContract
) {
  const ids = items.map(({ productId }) => productId)
  const held = await Product.hold(shop.id, ids, client)
  return items.map(({ productId, typed }) => {
    const product = held.find(({ id }) => id === productId)
    if (!product) throw new SaleRefused('gone', { productId })
    return CounterSaleLine.of(product, typed)
  })
}

async function chargeKhata(
  shop: Shop,
  khataId: string,
  amountPaise: number,
  owner: User,
  client: TransactionClientContract
) {
  const khata = await shop.findKhata(khataId, client)
  return (await khata.sell(amountPaise, owner, client)).id
}
