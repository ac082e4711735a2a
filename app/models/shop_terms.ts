import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { DeliverySettings } from '#delivery/delivery_to'
import type { Opening } from '#hours/opening'
import type { WeeklySlot } from '#hours/slots'
import { RETURNING_STATES } from '#models/order_state'

/** What decides when and where a shop delivers, and for how much. */
export interface ShopTerms extends DeliverySettings {
  id: string
  pinCode: string | null
  opening: Opening | null
  slots: WeeklySlot[]
  /** Orders for slots that are ahead; times are ISO strings. */
  taken: { from: string; to: string; orders: number }[]
}

const TERMS = `
  SELECT shops.id, pin_code AS "pinCode", shop_opening(shops.id) AS opening,
    coalesce(delivery_fee_paise, 0) AS "deliveryFeePaise", coalesce(minimum_order_paise, 0) AS "minimumOrderPaise",
    free_delivery_from_paise AS "freeDeliveryFromPaise", delivery_area AS "deliveryArea",
    delivery_pins AS "deliveryPins", delivery_prefix AS "deliveryPrefix", delivery_kilometres AS "deliveryKilometres",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('weekday', weekday, 'from', from_minute, 'to', to_minute,
        'capacity', capacity, 'cutoffMinutes', cutoff_minutes) ORDER BY weekday, from_minute, to_minute), '[]')
      FROM shop_slots WHERE shop_id = shops.id) AS slots,
    (SELECT coalesce(jsonb_agg(counted), '[]') FROM (
      SELECT slot_from AS "from", slot_to AS "to", count(*)::integer AS orders FROM orders
      WHERE shop_id = shops.id AND slot_from > now() AND state <> ALL(:returned) GROUP BY 1, 2
    ) AS counted) AS taken
  FROM shops LEFT JOIN shop_settings AS settings ON settings.shop_id = shops.id
  WHERE shops.id = ANY(cast(:ids AS uuid[])) AND closed_at IS NULL`

/** The terms of those of these shops that are not closed for good. */
export async function termsOfShops(
  ids: string[],
  client: QueryClientContract
): Promise<ShopTerms[]> {
  const { rows } = await client.rawQuery(TERMS, { ids, returned: [...RETURNING_STATES] })
  return rows
}
