import { BaseSchema } from '@adonisjs/lucid/schema'

/** A price means nothing without the amount that it is for, so a change notes both as they were before it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE price_changes ADD measure text, ADD sold_as text, ADD net_quantity integer;
      UPDATE price_changes
        SET measure = products.measure, sold_as = products.sold_as, net_quantity = products.net_quantity
        FROM products WHERE products.id = product_id;
      ALTER TABLE price_changes ALTER measure SET NOT NULL, ALTER sold_as SET NOT NULL,
        ALTER net_quantity SET NOT NULL;

      CREATE OR REPLACE FUNCTION products_note_price() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO price_changes
          (shop_id, product_id, before_paise, after_paise, measure, sold_as, net_quantity)
        VALUES (NEW.shop_id, NEW.id, OLD.price_paise, NEW.price_paise,
          OLD.measure, OLD.sold_as, OLD.net_quantity);
        RETURN NULL;
      END $$;
    `)
  }

  async down() {
    this.schema.raw(`
      CREATE OR REPLACE FUNCTION products_note_price() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO price_changes (shop_id, product_id, before_paise, after_paise)
        VALUES (NEW.shop_id, NEW.id, OLD.price_paise, NEW.price_paise);
        RETURN NULL;
      END $$;
      ALTER TABLE price_changes DROP measure, DROP sold_as, DROP net_quantity;
    `)
  }
}
