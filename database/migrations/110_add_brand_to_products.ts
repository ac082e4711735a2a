import { BaseSchema } from '@adonisjs/lucid/schema'

/** No index: search looks brands up among the products of the names that match. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('products', (table) => {
      table.text('brand')
      table.check('char_length(brand) BETWEEN 1 AND 60', [], 'products_brand_length')
    })
  }

  async down() {
    this.schema.alterTable('products', (table) => table.dropColumn('brand'))
  }
}
