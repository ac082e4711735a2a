import db from '@adonisjs/lucid/services/db'
import type { I18n } from '@adonisjs/i18n'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { billPaper } from '#documents/bill_paper'
import { billsOfMonth, monthsWithBills } from '#documents/bills_of_month'
import { GST_TABLES } from '#bills/gst_tables'
import { TIME_ZONE } from '#locale/time_zone'
import Bill from '#models/bill'
import type Order from '#models/order'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'

/** An order's bill; without one, `paper` is null and `missing` says why. */
export async function billPage(order: Order, i18n: I18n, client?: QueryClientContract) {
  const bill = await Bill.of(order, client)
  return { order, bill, paper: bill && billPaper(bill, i18n), missing: missing(order) }
}

function missing({ state, isReturned }: Order) {
  if (state === 'delivered') return 'none_old' as const
  return isReturned ? ('none_ended' as const) : ('none_yet' as const)
}

/** A shop's bills of a month, by default the latest with any. */
export async function monthPage(
  shop: Shop,
  asked: string | undefined,
  locale: string,
  client: QueryClientContract = db.connection()
) {
  const months = await monthsWithBills(shop.id, client)
  const month = asked ?? months[0] ?? DateTime.now().setZone(TIME_ZONE).toFormat('yyyy-MM')
  const { taxScheme } = await ShopSettings.of(shop.id, client)
  const names = new Intl.DateTimeFormat(`${locale}-IN`, {
    ...{ month: 'long', year: 'numeric', timeZone: TIME_ZONE, numberingSystem: 'latn' },
  })
  const options = [...new Set([month, ...months])]
    .toSorted()
    .toReversed()
    .map((value) => {
      return { value, label: names.format(new Date(`${value}-15`)) }
    })
  const about = { shopId: shop.id, month }
  return {
    ...{ shop: shop.summary, month, options, tables: GST_TABLES },
    isRegular: taxScheme === 'regular',
    ...(await billsOfMonth(about, client)),
  }
}
