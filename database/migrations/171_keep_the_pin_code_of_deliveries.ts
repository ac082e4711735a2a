import { BaseSchema } from '@adonisjs/lucid/schema'

/** The PIN code that an order is delivered to; none for pick-ups, and for addresses that never said one. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE orders ADD pin_code text,
        ADD CONSTRAINT orders_pin_code_form CHECK (pin_code ~ '^[1-9][0-9]{5}$'),
        ADD CONSTRAINT orders_pin_code_of_deliveries CHECK (fulfilment = 'delivery' OR pin_code IS NULL);
    `)
  }

  async down() {
    this.schema.raw('ALTER TABLE orders DROP pin_code')
  }
}
