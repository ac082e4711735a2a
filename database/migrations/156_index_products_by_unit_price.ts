import { BaseSchema } from '@adonisjs/lucid/schema'

const KEYS = {
  products_compared: 'search_key(name, name_hi)',
  products_compared_in_city: 'search_key(name, name_hi, shop_city)',
}

/**
 * Of products with the same name, search shows those that are cheapest per kg, litre, metre or piece, and those that can
 * be bought in the amount that was asked for. What follows `id` is read in the index, without the rows.
 */
export default class extends BaseSchema {
  async up() {
    for (const [index, key] of Object.entries(KEYS))
      this.schema.raw(`
        CREATE INDEX ${index} ON products
          (${key}, in_stock, measure, unit_price_paise, id, sold_as, net_quantity)
        WHERE shop_closed_at IS NULL`)
  }

  async down() {
    this.schema.raw(`DROP INDEX ${Object.keys(KEYS).join(', ')}`)
  }
}
