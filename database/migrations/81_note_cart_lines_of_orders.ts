import { BaseSchema } from '@adonisjs/lucid/schema'

/** The cart line of an order item, so that a line is not ordered twice. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE order_items ADD cart_line uuid')
    this.schema.raw(`
      CREATE INDEX order_items_cart_line_index ON order_items (cart_line)
      WHERE cart_line IS NOT NULL`)
  }

  async down() {
    this.schema.raw('ALTER TABLE order_items DROP cart_line')
  }
}
