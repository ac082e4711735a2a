import db from '@adonisjs/lucid/services/db'
import Khata from '#models/khata'
import Shop from '#models/shop'

let count = 0

/** Opens a khata by name, as an owner does. */
export async function openByName(
  shopId: string,
  { name = 'Ramesh', limitPaise = 100_000, mobile = `98${String(++count).padStart(8, '0')}` } = {}
) {
  const shop = await Shop.findOrFail(shopId)
  return db.transaction((client) => Khata.openByName(shop, { name, mobile, limitPaise }, client))
}
