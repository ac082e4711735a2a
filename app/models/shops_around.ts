import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { areaOf, delivers, type AreaSettings } from '#delivery/delivery_area'
import type { Opening } from '#hours/opening'
import { kilometresBetween } from '#places/distance'
import { districtsAround, pointOf } from '#places/pin_points'

/** A shop that is further away is not near, whether it delivers or not. */
const FAR_KM = 100

/** More shops of these districts are not looked at: of those, the ones of the same district come first. */
const MOST_LOOKED_AT = 500

const SHOWN = 12

/** Shops that come before all others in a search; their ids are part of its key in the cache. */
const SEARCHED = 60

const NEAR = `
  SELECT shops.id, name, city, pin_code AS "pinCode", shop_opening(shops.id) AS opening,
    delivery_area AS "deliveryArea", delivery_pins AS "deliveryPins", delivery_prefix AS "deliveryPrefix",
    delivery_kilometres AS "deliveryKilometres",
    coalesce(delivery_fee_paise, 0) AS "deliveryFeePaise",
    coalesce(minimum_order_paise, 0) AS "minimumOrderPaise"
  FROM shops LEFT JOIN shop_settings AS settings ON settings.shop_id = shops.id
  WHERE closed_at IS NULL AND left(pin_code, 3) = ANY(:districts)
  ORDER BY left(pin_code, 3) <> :own, abs(pin_code::integer - :pin::integer), name, shops.id
  LIMIT ${MOST_LOOKED_AT}`

interface ListedShop {
  id: string
  name: string
  city: string
  pinCode: string
  opening: Opening | null
  deliveryFeePaise: number
  minimumOrderPaise: number
}

type Row = AreaSettings & ListedShop

export interface ShopNear extends ListedShop {
  delivers: boolean
  /** Whole, between the points of the PIN codes; null where one has none. */
  kilometres: number | null
}

/** The shops nearest to a PIN code: those that deliver there first, then those to pick up from. */
export async function shopsAround(pin: string, client: QueryClientContract): Promise<ShopNear[]> {
  return (await nearestTo(pin, client)).slice(0, SHOWN)
}

/** The nearest shops that deliver to a PIN code. */
export async function shopsDelivering(pin: string, client: QueryClientContract) {
  const shops = (await nearestTo(pin, client)).filter((shop) => shop.delivers)
  return shops.slice(0, SEARCHED).map(({ id, city }) => ({ id, city }))
}

async function nearestTo(pin: string, client: QueryClientContract): Promise<ShopNear[]> {
  const districts = districtsAround(pin, FAR_KM)
  const { rows } = await client.rawQuery(NEAR, { pin, districts, own: pin.slice(0, 3) })
  return (rows as Row[])
    .map((row) => seenFrom(pin, row))
    .filter((shop) => shop.delivers || (shop.kilometres ?? 0) <= FAR_KM)
    .sort(
      (one, other) => Number(other.delivers) - Number(one.delivers) || apart(one) - apart(other)
    )
}

const apart = ({ kilometres }: ShopNear) => kilometres ?? FAR_KM

function seenFrom(pin: string, row: Row): ShopNear {
  const { id, name, city, pinCode, opening, deliveryFeePaise, minimumOrderPaise } = row
  const [here, there] = [pointOf(pin), pointOf(pinCode)]
  const kilometres = here && there ? Math.round(kilometresBetween(here, there)) : null
  const shop = { id, name, city, pinCode, opening, deliveryFeePaise, minimumOrderPaise }
  return { ...shop, kilometres, delivers: delivers(areaOf(row, pinCode), { pin }) }
}
