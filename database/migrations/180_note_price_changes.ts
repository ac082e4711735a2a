import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Every change of a price, also by the API or an import, so that those of today can be found. Prices that were changed
 * together have the transaction and its time in common.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE price_changes (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        shop_id uuid NOT NULL REFERENCES shops ON DELETE CASCADE,
        product_id uuid NOT NULL REFERENCES products ON DELETE CASCADE,
        before_paise integer NOT NULL,
        after_paise integer NOT NULL,
        made_at timestamptz NOT NULL DEFAULT now(),
        transaction xid8 NOT NULL DEFAULT pg_current_xact_id()
      );
      CREATE INDEX price_changes_shop_index ON price_changes (shop_id, made_at);
      CREATE INDEX price_changes_product_index ON price_changes (product_id, made_at);
      CREATE INDEX price_changes_made_at_index ON price_changes (made_at);

      CREATE FUNCTION products_note_price() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO price_changes (shop_id, product_id, before_paise, after_paise)
        VALUES (NEW.shop_id, NEW.id, OLD.price_paise, NEW.price_paise);
        RETURN NULL;
      END $$;
      CREATE TRIGGER products_note_price AFTER UPDATE OF price_paise ON products
        FOR EACH ROW WHEN (OLD.price_paise <> NEW.price_paise)
        EXECUTE FUNCTION products_note_price();
    `)
  }

  async down() {
    this.schema.raw('DROP FUNCTION products_note_price() CASCADE; DROP TABLE price_changes')
  }
}
