import { BaseSchema } from '@adonisjs/lucid/schema'

const refer = (rule: string) => `
  ALTER TABLE orders DROP CONSTRAINT orders_shop_id_foreign,
    ADD CONSTRAINT orders_shop_id_foreign FOREIGN KEY (shop_id) REFERENCES shops (id) ${rule}`

/** A shop with orders is closed rather than deleted: without its row the owner would lose them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(refer(''))
  }

  async down() {
    this.schema.raw(refer('ON DELETE SET NULL'))
  }
}
