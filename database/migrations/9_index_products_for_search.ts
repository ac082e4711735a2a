import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Indexes from a name to its products, in-stock first: everywhere, and by city.
 *
 * `in_stock` is a column, because an index on an expression of `stock` would be written on every stock change; now
 * only selling out and restocking touch it.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE products ADD COLUMN in_stock boolean GENERATED ALWAYS AS (stock > 0) STORED`)
    this.schema.raw(`
      CREATE INDEX products_search ON products (search_key(name, name_hi), in_stock, id)`)
    this.schema.raw(`
      CREATE INDEX products_search_in_city
      ON products (search_key(name, name_hi, shop_city), in_stock, id)`)
  }

  async down() {
    this.schema.raw('DROP INDEX products_search, products_search_in_city')
    this.schema.raw('ALTER TABLE products DROP COLUMN in_stock')
  }
}
