import { BaseSchema } from '@adonisjs/lucid/schema'

const WAYS = {
  products_search: 'search_key(name, name_hi)',
  products_search_in_city: 'search_key(name, name_hi, shop_city)',
}

/** Of products with the same name, search shows the cheapest. */
export default class extends BaseSchema {
  async up() {
    for (const [index, key] of Object.entries(WAYS))
      this.#replace(index, `${key}, in_stock, price_paise, id`)
  }

  async down() {
    for (const [index, key] of Object.entries(WAYS)) this.#replace(index, `${key}, in_stock, id`)
  }

  #replace(index: string, columns: string) {
    this.schema.raw(`DROP INDEX ${index}`)
    this.schema.raw(`CREATE INDEX ${index} ON products (${columns})`)
  }
}
