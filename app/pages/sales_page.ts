import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'
import { dateOf, dayAt, dayOf } from '#hours/india'
import { deadStockOf } from '#models/dead_stock'
import { salesOf, type SalesHour } from '#models/shop_sales'
import { barsOf } from '#pages/bars'
import { IDLE_DAYS, SALES_DAYS, type salesValidator } from '#validators/sales'

const MOST = 20

/** What a shop sold, and what it did not sell. */
export async function salesPage(
  { own, shop }: HttpContext,
  { days = 30, idle = 30 }: Partial<Infer<typeof salesValidator>>
) {
  const key = `${shop.id} ${dayAt(Date.now())}`
  const { hours, totals, items } = await own.keep(`sales ${days} ${key}`, (client) => {
    return salesOf(shop.id, { days, most: MOST }, client)
  })
  const dead = await own.keep(`dead stock ${idle} ${key}`, (client) => {
    return deadStockOf(shop.id, { days: idle, most: MOST }, client)
  })
  const last = dayOf(totals.today)
  const dates = Array.from({ length: days }, (_, index) => dateOf(last - days + 1 + index))
  const asked = { days, idle, periods: SALES_DAYS, idlePeriods: IDLE_DAYS }
  return {
    shop: shop.summary,
    ...asked,
    ...{ totals, items, dead },
    byDay: charted(sumsOf(hours, 'day'), dates),
    byHour: charted(sumsOf(hours, 'hour'), [...Array(24).keys()]),
  }
}

type Sum = Pick<SalesHour, 'orders' | 'sales' | 'paise'>

function sumsOf<Key extends 'day' | 'hour'>(hours: SalesHour[], key: Key) {
  const sums = new Map<SalesHour[Key], Sum>()
  for (const hour of hours) {
    const { orders, sales, paise } = sums.get(hour[key]) ?? { orders: 0, sales: 0, paise: 0 }
    sums.set(hour[key], {
      orders: orders + hour.orders,
      sales: sales + hour.sales,
      paise: paise + hour.paise,
    })
  }
  return sums
}

/** A bar for each key, also where nothing was sold. */
function charted<Key>(sums: Map<Key, Sum>, keys: Key[]) {
  const nothing = { orders: 0, sales: 0, paise: 0 }
  const values = keys.map((key) => ({ key, ...(sums.get(key) ?? nothing) }))
  const bars = barsOf(values.map(({ paise }) => paise))
  return values.map((value, index) => ({ ...value, bar: bars[index] }))
}
