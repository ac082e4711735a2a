import { BaseSchema } from '@adonisjs/lucid/schema'

/** Which line of a cart an item was ordered from, so that the same line is not ordered twice. */
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
