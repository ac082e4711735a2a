import { BaseSchema } from '@adonisjs/lucid/schema'

/** A field of many products that was set at once. `rows` has what each was, so that it can be undone. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE product_edits (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        shop_id uuid NOT NULL REFERENCES shops ON DELETE CASCADE,
        field text NOT NULL CHECK (field IN ('stock', 'category')),
        rows jsonb NOT NULL,
        made_at timestamptz NOT NULL DEFAULT now(),
        undone_at timestamptz
      );
      CREATE INDEX product_edits_shop_id_index ON product_edits (shop_id);
      CREATE INDEX product_edits_made_at_index ON product_edits (made_at);
    `)
  }

  async down() {
    this.schema.dropTable('product_edits')
  }
}
