import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE orders ALTER COLUMN address DROP NOT NULL')
    this.schema.raw(`
      ALTER TABLE orders ADD CONSTRAINT orders_delivery_has_address
      CHECK (fulfilment = 'pickup' OR address IS NOT NULL)`)
  }

  async down() {
    this.schema.raw('ALTER TABLE orders DROP CONSTRAINT orders_delivery_has_address')
    this.schema.raw(`UPDATE orders SET address = '' WHERE address IS NULL`)
    this.schema.raw('ALTER TABLE orders ALTER COLUMN address SET NOT NULL')
  }
}
