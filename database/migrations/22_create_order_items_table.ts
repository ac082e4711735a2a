import { BaseSchema } from '@adonisjs/lucid/schema'

/** Name, unit and price are copied from the product, which may change or be deleted. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('order_items', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('order_id').notNullable().references('orders.id').onDelete('CASCADE')
      table.uuid('product_id').references('products.id').onDelete('SET NULL').index()
      table.text('name').notNullable()
      table.text('name_hi')
      table.text('unit').notNullable()
      table.integer('price_paise').notNullable()
      table.integer('quantity').notNullable()
      table.boolean('available').notNullable().defaultTo(true)
      table.unique(['order_id', 'product_id'])
      table.check('price_paise > 0', [], 'order_items_price_in_range')
      table.check('quantity BETWEEN 1 AND 99', [], 'order_items_quantity_in_range')
    })
  }

  async down() {
    this.schema.dropTable('order_items')
  }
}
