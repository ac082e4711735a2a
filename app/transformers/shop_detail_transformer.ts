import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { AREA_KINDS, areaOf } from '#delivery/delivery_area'
import { stateOf, takesOrders, type Opening } from '#hours/opening'
import { toRupees } from '#locale/rupees'
import type ShopSettings from '#models/shop_settings'
import { rupeesSchema } from '#transformers/money'
import { shopFields, transformShop, type ShopDetails } from '#transformers/shop_transformer'

const moment = (description: string) =>
  vine.string().nullable().meta({ format: 'date-time', description })
const time = (description: string) => vine.string().meta({ description })

export const shopDetailSchema = vine.create({
  ...shopFields(),
  phone: vine.string().nullable(),
  address: vine.string().nullable(),
  takes_orders: vine.boolean({ strict: true }).meta({
    description: 'Whether an order can be placed now; with a delivery slot also when not',
  }),
  open_state: vine.enum(['open', 'ending', 'closed'] as const).meta({
    description: 'ending: open, but too late for an order',
  }),
  open_until: moment('When it closes; null when it is closed, or not for weeks'),
  orders_until: moment('The last moment for an order'),
  opens_at: moment('When orders are taken again'),
  hours: vine
    .array(
      vine.object({
        weekday: vine
          .number({ strict: true })
          .withoutDecimals()
          .meta({ description: '1 is Monday' }),
        opens: time('Indian time: `07:30`'),
        closes: time('`24:00` is midnight, `26:00` two hours later'),
      })
    )
    .meta({ description: 'Empty for a shop that is always open' }),
  holidays: vine.array(vine.string().meta({ format: 'date' })),
  minimum_order: rupeesSchema('Of items, for a delivery'),
  delivery_fee: rupeesSchema(),
  free_delivery_from: rupeesSchema('Value of items; null for never').nullable(),
  delivery_area: vine.object({
    kind: vine.enum(['anywhere', 'nowhere', ...AREA_KINDS] as const),
    pin_codes: vine.array(vine.string()).nullable(),
    pin_prefix: vine.string().nullable(),
    kilometres: vine.number({ strict: true }).nullable(),
  }),
})

/** A shop with what customers ask before they order. */
export type DescribedShop = ShopDetails & { opening: Opening | null } & ShopSettings['facts'] &
  ShopSettings['delivery']

export function transformShopDetail(
  shop: DescribedShop,
  now = new Date()
): Infer<typeof shopDetailSchema> {
  const state = stateOf(shop.opening, now)
  const area = areaOf(shop, shop.pinCode)
  const free = shop.freeDeliveryFromPaise
  return {
    ...transformShop(shop),
    phone: shop.phone,
    address: shop.address,
    takes_orders: takesOrders(shop.opening, now),
    open_state: state?.kind ?? 'open',
    open_until: state?.until ?? null,
    orders_until: state?.ordersUntil ?? null,
    opens_at: state?.opensAt ?? null,
    hours: (shop.opening?.spans ?? []).map(([weekday, from, to]) => {
      return { weekday, opens: clock(from), closes: clock(to) }
    }),
    holidays: shop.opening?.holidays ?? [],
    minimum_order: toRupees(shop.minimumOrderPaise),
    delivery_fee: toRupees(shop.deliveryFeePaise),
    free_delivery_from: free === null ? null : toRupees(free),
    delivery_area: {
      kind: area.kind,
      pin_codes: area.kind === 'pins' ? area.pins : null,
      pin_prefix: area.kind === 'district' || area.kind === 'prefix' ? area.prefix : null,
      kilometres: area.kind === 'kilometres' ? area.kilometres : null,
    },
  }
}

function clock(minutes: number) {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
