import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { BillSchema } from '#database/schema'
import { placeOfSupply, stateOfShop } from '#bills/states'
import { kindOf, sumOf, taxed } from '#bills/tax'
import BillLine from '#models/bill_line'
import type Order from '#models/order'
import type OrderItem from '#models/order_item'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'

/**
 * The bill of a delivered order, with a copy of everything that it shows. It is written once, and the database numbers
 * it. When its delivery was undone and the order ends otherwise, it is cancelled.
 */
export default class Bill extends BillSchema {
  @hasMany(() => BillLine)
  declare lines: HasMany<typeof BillLine>

  /** With its lines; null for orders without a bill. */
  static of({ id }: Order, client?: QueryClientContract): Promise<Bill | null> {
    return this.query({ client })
      .where('order_id', id)
      .preload('lines', (lines) => lines.orderBy('position'))
      .first()
  }

  /** Writes the bill of an order that is delivered, unless it has one from a delivery that was undone. */
  static async write(order: Order, client: TransactionClientContract) {
    if (await this.query({ client }).where('order_id', order.id).first()) return
    const items = await order.related('items').query().where('available', true).orderBy('name')
    const parties = await partiesOf(order, client)
    const { taxScheme } = parties
    const kind = kindOf(
      taxScheme,
      items.map(({ gstBasisPoints }) => gstBasisPoints)
    )
    const bill = await this.create({ ...parties, ...amountsOf(order), kind }, { client })
    const { isInterState } = bill
    const taxes = taxed(items, order.deliveryFeePaise, { scheme: taxScheme, isInterState })
    await bill
      .related('lines')
      .createMany(
        items.map((item, index) => ({ ...lineOf(item), ...taxes[index], position: index + 1 }))
      )
  }

  /** The order ended without its delivery. */
  static async cancel({ id }: Order, client: TransactionClientContract) {
    await client.rawQuery(
      'UPDATE bills SET cancelled_at = now() WHERE order_id = ? AND cancelled_at IS NULL',
      [id]
    )
  }

  /** Between states the tax is integrated. */
  get isInterState() {
    return this.placeOfSupply !== this.shopState
  }

  /** Needs the lines. */
  get sums() {
    return sumOf(this.lines)
  }
}

async function partiesOf(order: Order, client: TransactionClientContract) {
  const shop = await Shop.findOrFail(order.shopId, { client })
  const settings = await ShopSettings.of(shop.id, client)
  const { gstin = null, fssaiNumber = null, legalName = null, taxScheme = null } = settings
  const shopState = stateOfShop(gstin, shop.pinCode)
  const customerAddress = order.fulfilment === 'delivery' ? order.address : null
  return {
    orderId: order.id,
    orderNumber: order.number,
    shopId: shop.id,
    ...{ taxScheme, gstin, fssaiNumber, shopState },
    shopName: order.shopName,
    shopLegalName: legalName,
    shopAddress: settings.legalAddress ?? [shop.city, shop.pinCode].filter(Boolean).join(' '),
    customerName: order.customerName,
    customerAddress,
    placeOfSupply: placeOfSupply(customerAddress, shopState),
  }
}

function amountsOf({ itemsPaise, deliveryFeePaise, totalPaise }: Order) {
  return { itemsPaise, deliveryFeePaise, totalPaise }
}

function lineOf(item: OrderItem) {
  const { name, nameHi, unit, measure, soldAs, netQuantity, pricePaise, amountPaise } = item
  return {
    ...{ name, nameHi, unit, measure, soldAs, netQuantity, pricePaise, amountPaise },
    orderedQuantity: item.quantity,
    quantity: item.charged,
    hsnCode: item.hsnCode,
    gstBasisPoints: item.gstBasisPoints,
  }
}
