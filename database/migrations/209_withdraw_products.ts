import { BaseSchema } from '@adonisjs/lucid/schema'

const check = (fields: string) => `
  ALTER TABLE product_edits DROP CONSTRAINT product_edits_field_check;
  ALTER TABLE product_edits ADD CONSTRAINT product_edits_field_check CHECK (field IN (${fields}));`

/** What a shop does not sell for now stays with it. No index: few products are, and lists skip them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE products ADD COLUMN withdrawn_at timestamptz')
    this.schema.raw(check(`'stock', 'category', 'withdrawn'`))
  }

  async down() {
    this.schema.raw(`DELETE FROM product_edits WHERE field = 'withdrawn'`)
    this.schema.raw(check(`'stock', 'category'`))
    this.schema.raw('ALTER TABLE products DROP COLUMN withdrawn_at')
  }
}
